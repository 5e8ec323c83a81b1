"""What adaptive rules remember, drawn at the selected racer: numbers by hand, and the picture of the ellipse."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from gdstudio import engine
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.moments import Moments, draw_moments, moments_of
from gdstudio.ui.race.explain import Explainer

GRAPH = engine.parse("loss = 2*x**2 + 0.5*y**2", parameters={"x": 1.0, "y": -4.0})


def document(*racers: RacerSettings) -> Document:
    return Document("Bowl", GRAPH, race=RaceSettings(steps=20, racers=racers))


def found(racer: RacerSettings, step: int = 0) -> Moments | None:
    made = document(racer)
    result = engine.Race(GRAPH.compile(), made.race_inputs(), steps=20).run()
    explainer = Explainer(made, racer, result.paths[0], result.learning_rates[0], 0)
    return moments_of(explainer.explain(step), ("x", "y"))


def test_the_first_step_of_adam_remembers_the_gradient_alone() -> None:
    """With their bias corrected, m is the gradient (4, −4) and the root of v its size."""
    moments = found(RacerSettings("Adam", "adam"))
    assert moments.gradient == (4.0, -4.0)
    assert moments.velocity == pytest.approx((4.0, -4.0))
    assert moments.scale == pytest.approx((4.0, 4.0))


def test_rmsprop_has_a_scale_and_no_velocity() -> None:
    """v = 0.01·g² after one step with rho 0.99."""
    moments = found(RacerSettings("RMSprop", "rmsprop", {"rho": 0.99}))
    assert moments.velocity is None
    assert moments.scale == pytest.approx((0.4, 0.4))


def test_adagrad_adds_squares_up() -> None:
    racer = RacerSettings("Adagrad", "adagrad", {"learning_rate": 0.5})
    result = engine.Race(GRAPH.compile(), document(racer).race_inputs(), steps=20).run()
    gradients = result.paths[0][:6] * (4.0, 1.0)
    assert found(racer, 5).scale == pytest.approx(tuple(np.sqrt(np.sum(gradients**2, axis=0))))


@pytest.mark.parametrize("optimizer", ["adamax", "adabelief", "nadam", "amsgrad", "yogi"])
def test_the_family_of_adam_has_both(optimizer: str) -> None:
    moments = found(RacerSettings("A", optimizer), 3)
    assert moments.velocity is not None
    assert min(moments.scale) > 0


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "lion", "dog", "newton"])
def test_rules_without_squared_gradients_have_no_ellipse(optimizer: str) -> None:
    assert found(RacerSettings("A", optimizer)) is None


def test_the_ellipse_and_the_arrows_are_drawn_to_one_scale() -> None:
    """The longest, the velocity of 10 units, has 95 pixels; the ellipse is 4 by 2 of these units."""
    image = QImage(400, 400, QImage.Format.Format_ARGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    frame = Frame((-1.0, 1.0), (-1.0, 1.0), 400.0, 400.0)
    draw_moments(painter, frame, QPointF(200.0, 200.0), Moments((0.0, 6.0), (10.0, 0.0), (4.0, 2.0)))
    painter.end()

    def lit(x: float, y: float) -> bool:
        return image.pixelColor(round(x), round(y)).lightness() > 60

    # Minus the velocity points left, minus the gradient down.
    assert lit(200 - 90, 200) and not lit(200 - 100, 200)
    assert lit(200, 200 + 50) and not lit(200, 200 + 62)
    row = [x for x in range(205, 260) if lit(x, 203)]
    assert max(row) == pytest.approx(200 + 38, abs=2)


def test_the_selected_racer_shows_what_it_remembers(open_view, qtbot) -> None:
    adam = RacerSettings("Adam", "adam", {"learning_rate": 0.2})
    shown = open_view(document(adam, RacerSettings("SGD", "sgd", {"learning_rate": 0.1})))
    session, plane = shown.session, shown.view.plane
    session.set_step(0)
    session.select_racer(0)
    qtbot.waitUntil(lambda: plane.step_arrows.arrows.moments is not None, timeout=30_000)
    assert plane.step_arrows.arrows.moments.scale == pytest.approx((4.0, 4.0))
    qtbot.waitUntil(lambda: "root of squared gradients" in shown.view.readout.text(), timeout=30_000)
    session.select_racer(1)
    qtbot.waitUntil(lambda: plane.step_arrows.arrows.moments is None, timeout=30_000)
    assert plane.step_arrows.arrows.descent == pytest.approx((-0.4, 0.4))
