"""The learning rate against the curvature: bounds and rates by hand and against races, and the note in the form."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from gdstudio import engine
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.engine import Race, Racer
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.race.stability import Recurrence, observed_factor, recurrence_of
from tests.ui.race.support import ADAM, SGD, child, click_cell, type_into

# 5·x² + 0.5·y²: curvatures 1 and 10.
QUADRATIC = engine.parse("loss = 5*x**2 + 0.5*y**2", parameters={"x": 1.0, "y": 1.0})
CURVATURES = np.array([1.0, 10.0])
PLAIN = Recurrence("heavy ball", 0.0)


def test_plain_descent_by_hand():
    assert PLAIN.stable_rate(10.0) == 0.2
    assert PLAIN.best_rate(CURVATURES) == pytest.approx(2 / 11)
    # The best rate shrinks both ends alike, by (κ − 1)/(κ + 1).
    assert PLAIN.factor(2 / 11, CURVATURES) == pytest.approx(9 / 11)
    assert PLAIN.factor(0.2, CURVATURES) == pytest.approx(1.0)


@pytest.mark.parametrize("kind", ["heavy ball", "nesterov"])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_at_the_bound_a_race_neither_comes_nor_goes(kind, momentum):
    rule = Recurrence(kind, momentum)
    bound = rule.stable_rate(10.0)
    assert rule.factor(bound, np.array([10.0])) == pytest.approx(1.0)
    lengths = []
    for rate in (0.98 * bound, 1.02 * bound):
        options = {"learning_rate": rate, "momentum": momentum, "nesterov": kind == "nesterov"}
        result = Race(QUADRATIC.compile(), [Racer("sgd", options)], steps=400).run()
        lengths.append(np.linalg.norm(result.paths[0][-1]))
    assert lengths[0] < 1.0 < lengths[1]


@pytest.mark.parametrize("kind", ["heavy ball", "nesterov"])
@pytest.mark.parametrize(("momentum", "rate"), [(0.0, 0.05), (0.3, 0.05), (0.6, 0.01)])
def test_a_race_converges_at_the_predicted_rate(kind, momentum, rate):
    options = {"learning_rate": rate, "momentum": momentum, "nesterov": kind == "nesterov"}
    result = Race(QUADRATIC.compile(), [Racer("sgd", options)], steps=300).run()
    predicted = Recurrence(kind, momentum).factor(rate, CURVATURES)
    assert observed_factor(result.gradient_norms[0], 300) == pytest.approx(predicted, rel=2e-3)


def test_the_best_rate_has_no_better_neighbour():
    rule = Recurrence("heavy ball", 0.5)
    best = rule.best_rate(CURVATURES)
    factor = rule.factor(best, CURVATURES)
    assert all(rule.factor(best * share, CURVATURES) >= factor - 1e-3 for share in (0.5, 0.9, 1.1, 1.5))


def test_what_cannot_be_observed():
    norms = np.array([1.0, 0.5, 0.25, 0.0])
    assert observed_factor(norms, 0) is None
    assert observed_factor(norms, 2) == pytest.approx(0.5)
    assert observed_factor(norms, 3) is None
    assert observed_factor(norms, 9) is None


@pytest.mark.parametrize(
    ("optimizer", "options", "expected"),
    [
        ("sgd", {}, Recurrence("heavy ball", 0.0)),
        ("sgd", {"momentum": 0.9, "nesterov": True}, Recurrence("nesterov", 0.9)),
        ("momentum", {}, Recurrence("heavy ball", 0.9)),
        ("nesterov", {"momentum": 0.5}, Recurrence("nesterov", 0.5)),
        ("heavy_ball", {}, Recurrence("heavy ball", 0.9)),
        ("sgd", {"weight_decay": 0.1}, None),
        ("sgd", {"maximize": True}, None),
        ("adam", {}, None),
    ],
)
def test_which_rules_are_such_recurrences(optimizer, options, expected):
    assert recurrence_of(RacerSettings("A", optimizer, options)) == expected


@pytest.fixture
def note(open_panel, qtbot):
    """The note of a racer on the quadratic with the form open; a function that waits for words in it."""
    race = RaceSettings(steps=60, racers=(SGD.replace(options={"learning_rate": 0.05}), ADAM))
    panel = open_panel(Document("Quadratic", QUADRATIC, race=race))
    click_cell(panel, 0, Column.OPTIONS)

    def waiting_for(*words: str) -> str:
        label = child(panel, QLabel, "racerStability")
        qtbot.waitUntil(lambda: all(word in label.text() for word in words), timeout=30_000)
        return label.text()

    return panel, waiting_for


def test_the_note_tells_bound_best_predicted_and_observed(note):
    panel, waiting_for = note
    waiting_for("2/λ<sub>max</sub> = 0.200", "Quickest at η = 0.182", "by 0.9500")
    panel.session.set_step(60)
    # After sixty steps the steep direction is gone, and what is left shrinks by 1 − 0.05.
    waiting_for("Observed: the last steps multiplied the gradient by 0.9500")


def test_a_rate_that_is_too_large_is_said_to_be(note):
    panel, waiting_for = note
    type_into(child(panel, NumberField, "option_learning_rate"), "0.21")
    waiting_for("η = 0.210 is too large, so its steps grow")


def test_momentum_widens_the_bound(note):
    panel, waiting_for = note
    type_into(child(panel, NumberField, "option_momentum"), "0.5")
    waiting_for("2(1+β)/λ<sub>max</sub> = 0.300")


def test_rules_of_another_kind_have_no_note(note):
    panel, _ = note
    panel.session.select_racer(1)
    assert not child(panel, QLabel, "racerStability").isVisible()
    panel.session.select_racer(0)
    assert child(panel, QLabel, "racerStability").isVisible()
