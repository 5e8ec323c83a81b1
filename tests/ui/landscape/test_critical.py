"""Critical points, curvature and the arrows of a step."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui import theme as themes
from gdstudio.ui.landscape import critical
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.step_arrows import StepArrows, StepArrowsLayer

from .support import bowl, parabola


def two_wells() -> Document:
    """(x² − 1)² + y²: minima at (±1, 0) with curvatures 2 and 8, a saddle at (0, 0) with −4 and 2."""
    graph = engine.parse("loss = (x**2 - 1)**2 + y**2", parameters={"x": 0.5, "y": 1.0})
    racer = RacerSettings("Momentum", "momentum", {"learning_rate": 0.05})
    landscape = LandscapeSettings(("x", "y"), ((-2.0, 2.0), (-2.0, 2.0)))
    return Document("Two wells", graph, landscape, RaceSettings(20, racers=(racer,)))


@pytest.fixture
def wells(open_view, qtbot):
    hand = open_view(two_wells())
    qtbot.waitUntil(lambda: hand.view.is_idle, timeout=30_000)
    return hand


def test_critical_points_are_found_and_marked(wells):
    marks = {mark.kind: [] for mark in wells.shown.marks.critical}
    for mark in wells.shown.marks.critical:
        marks[mark.kind].append((mark.x, mark.y))
    assert np.allclose(sorted(marks["minimum"]), [(-1, 0), (1, 0)], atol=1e-9)
    assert np.allclose(marks["saddle"], [(0, 0)], atol=1e-9)


def test_a_clock_that_leaps_as_that_of_windows_does_keeps_nothing_from_being_found(monkeypatch):
    leaps = itertools.count()
    monkeypatch.setattr(critical.time, "thread_time", lambda: next(leaps) * 0.015625)
    landscape = engine.Landscape(two_wells().graph.compile(), ("x", "y"), ((-2.0, 2.0), (-2.0, 2.0)))
    found = critical._search(landscape)
    assert found is not None and len(found[1]) == 3


def test_pointing_at_one_says_kind_loss_and_eigenvalues(wells):
    wells.move(1.0, 0.0)
    assert "minimum (1.000, 0)" in wells.view.readout.text().replace("−0", "0")
    assert "λ = 2.000, 8.000" in wells.view.readout.text()
    wells.move(0.0, 0.0)
    assert "saddle" in wells.view.readout.text()
    assert "loss = 1.000" in wells.view.readout.text()
    assert "λ = −4.000, 2.000" in wells.view.readout.text()


def test_the_readout_tells_the_curvature_elsewhere(wells):
    wells.move(0.5, 1.0)
    # ∂²/∂x² = 12x² − 4 = −1.
    assert "curvature λ = −1.000, 2.000" in wells.view.readout.text()


def test_critical_points_can_be_switched_off_and_on(wells, qtbot):
    wells.view.controls.critical.trigger()
    assert not wells.shown.marks.critical
    with qtbot.waitSignal(wells.view.critical.shown, timeout=20_000):
        wells.view.controls.critical.trigger()
    assert len(wells.shown.marks.critical) == 3


def test_points_of_another_surface_go_at_once(wells, settle):
    graph = engine.parse("loss = x**2 + y**2", parameters={"x": 0.5, "y": 1.0})
    wells.session.edit("", wells.session.document.replace(graph=graph))
    settle(wells.session)
    assert len(wells.shown.marks.critical) in (0, 1)


def test_of_too_many_points_the_lowest_minima_are_marked(wells):
    found = wells.shown.critical
    wells.shown.show_critical(found * 30)
    assert len(wells.shown.marks.critical) == 60
    assert {mark.kind for mark in wells.shown.marks.critical} == {"minimum"}


def test_a_line_marks_its_minimum(open_view, qtbot):
    hand = open_view(parabola())
    qtbot.waitUntil(lambda: hand.view.is_idle, timeout=30_000)
    (mark,) = hand.shown.marks.critical
    assert (mark.x, mark.y, mark.kind) == (
        pytest.approx(0.0, abs=1e-9),
        pytest.approx(0.0, abs=1e-9),
        "minimum",
    )


def test_the_arrows_are_descent_and_the_step_of_the_selected_racer(wells):
    session, layer = wells.session, wells.view.plane.step_arrows
    session.set_step(0)
    assert layer.arrows is None
    session.select_racer(0)
    # At (0.5, 1) the gradient is (4x³ − 4x, 2y) = (−1.5, 2); the first step of momentum is plain descent.
    assert layer.arrows.descent == pytest.approx((0.075, -0.1))
    assert layer.arrows.step == pytest.approx((0.075, -0.1))
    session.set_step(1)
    path = session.race_result.paths[0]
    assert layer.arrows.step == pytest.approx(tuple(path[2] - path[1]))
    # v = 0.9·v + g, so the step is what plain descent does and 0.9 of the last step.
    assert layer.arrows.step == pytest.approx(
        tuple(np.array(layer.arrows.descent) + 0.9 * (path[1] - path[0]))
    )
    assert wells.view.readout.text().startswith("→ −η·∇loss")
    # The first step of momentum adds nothing to descent, and the second one has a dashed arrow for what it adds.
    assert "╌ what the rule adds" in wells.view.readout.text()
    session.set_step(0)
    assert "the racer's step" in wells.view.readout.text()
    assert "what the rule adds" not in wells.view.readout.text()
    session.set_step(20)
    assert layer.arrows is None
    session.set_step(1)
    wells.view.controls.steps.trigger()
    assert layer.arrows is None


def test_the_sign_of_the_step_has_the_colour_of_its_arrow(wells):
    wells.session.select_racer(0)
    wells.session.set_step(0)
    readout = wells.view.readout
    color = wells.view.plane.step_arrows.arrows.color
    picture = readout.grab().toImage()
    drawn = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert color.name() in drawn
    assert color.name() not in (themes.current().gradient.name(), themes.current().text.name())


def test_arrows_too_short_to_see_are_drawn_larger_by_a_round_factor(open_view):
    layer = StepArrowsLayer(open_view(bowl()).shown.box)
    frame = Frame((0.0, 10.0), (0.0, 10.0), 500.0, 500.0)  # 50 pixels for each unit
    for step, factor in (((2.0, 0.0), 1.0), ((0.1, 0.0), 20.0), ((100.0, 0.0), 0.02)):
        layer.set_arrows(StepArrows(1.0, 1.0, None, step, QColor("red")))
        assert layer.magnification(frame) == factor


def test_the_factor_of_arrows_that_are_out_of_the_picture_is_not_said(open_view):
    layer = StepArrowsLayer(open_view(bowl()).shown.box)
    frame = Frame((0.0, 10.0), (0.0, 10.0), 500.0, 500.0)

    def drawn(x: float) -> bool:
        picture = QImage(500, 500, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        blank = picture.copy()
        layer.set_arrows(StepArrows(x, 1.0, None, (1e9, 0.0), QColor("red")))
        painter = QPainter(picture)
        layer.draw(painter, frame)
        painter.end()
        return picture != blank

    assert drawn(1.0) and not drawn(1e8)
