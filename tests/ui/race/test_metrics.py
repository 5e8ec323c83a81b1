from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from gdstudio.document import library
from gdstudio.document.model import RacerSettings
from gdstudio.ui.landscape.minima import known_points
from gdstudio.ui.race.metrics import METRICS
from gdstudio.ui.race.results import RacerResult
from tests.ui.race.support import SGD, bowl, child

NAN = float("nan")
RESULT = RacerResult(
    path=np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 4.0]]),
    losses=np.array([1.0, 2.0, 2.0]),
    gradient_norms=np.array([10.0, 0.0, 0.0]),
    learning_rates=np.array([0.5, 0.5, 0.5]),
    evaluations=np.array([0, 1, 2]),
    epochs=np.array([0.0, 0.25, 0.5]),
    average_losses=np.array([1.0, 2.0, 2.0]),
    status="running",
    reason="",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("step_length", [NAN, 5.0, 0.0]),
        # A step from where the gradient is 0 says nothing about a rate.
        ("effective_rate", [NAN, 0.5, NAN]),
        ("distance", [2.0, np.sqrt(13.0), np.sqrt(13.0)]),
    ],
)
def test_metrics_by_hand(name, expected):
    minima = np.array([[0.0, 2.0], [3.0, 0.0]])
    assert METRICS[name](RESULT, minima) == pytest.approx(expected, nan_ok=True)


def test_the_minima_of_a_test_function_come_in_the_order_of_its_coordinates():
    points = known_points(library.get("himmelblau"))
    assert points.shape == (4, 2)
    assert np.abs(points - (3.0, 2.0)).max(axis=1).min() < 1e-12
    assert known_points(bowl(SGD)).shape == (0, 2)


def choose(panel, data: str) -> None:
    field = child(panel, QComboBox, "curveQuantity")
    field.setCurrentIndex(field.findData(data))


def test_the_distance_to_the_nearest_minimum_is_drawn(open_panel):
    racer = RacerSettings("SGD", "sgd", {"learning_rate": 0.01}, start=(2.0, 1.0))
    document = library.get("himmelblau")
    panel = open_panel(document.replace(race=document.race.replace(racers=(racer,))))
    choose(panel, "distance")
    assert panel.curves.shown[0].values[0] == pytest.approx(np.sqrt(2.0))


def test_without_a_known_minimum_the_plot_says_so(open_panel):
    panel = open_panel(bowl(SGD))
    choose(panel, "distance")
    assert child(panel, QLabel, "curveNote").text() == "no minimum of this graph is known"
    choose(panel, "loss")
    assert "no minimum" not in child(panel, QLabel, "curveNote").text()
