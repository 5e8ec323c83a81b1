"""The line view: a curve, its tangent, and racers on it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox

from gdstudio.ui.landscape.words import Words

from .support import bowl, parabola
from .test_plane import numbers


def test_one_coordinate_is_shown_as_a_curve(open_view):
    hand = open_view(parabola())
    assert hand.shown is hand.view.pages.line
    assert hand.shown.frame.x == pytest.approx((-4.0, 4.0))
    low, high = hand.shown.frame.y
    assert low < 0.0 and high > 16.0
    hints = [words for words, _ in Words(hand.session).hints(hand.session.grid, False)]
    assert "Drag: move along the axis" in hints and "Drag: move the map" not in hints


def test_readout_says_loss_and_slope(open_view):
    hand = open_view(parabola())
    hand.move(1.5, 10.0)
    x, loss, slope = numbers(hand.view.readout.text())
    assert x == pytest.approx(1.5, abs=0.02)
    assert loss == pytest.approx(x * x, rel=1e-3) and slope == pytest.approx(2 * x, rel=1e-3)


def test_the_tangent_stands_at_the_mouse_and_else_at_the_only_racer(open_view):
    hand = open_view(parabola())
    hand.session.set_step(2)
    # x shrinks by the factor 1 - 2·0.1 in each step: 3, 2.4, 1.92.
    assert hand.shown.tangent.at == pytest.approx((1.92, 1.92**2, 3.84))
    hand.move(-1.0, 5.0)
    assert hand.shown.tangent.at == pytest.approx((-1.0, 1.0, -2.0))
    hand.session.set_step(5)
    assert hand.shown.tangent.at == pytest.approx((-1.0, 1.0, -2.0))


def test_balls_lie_on_the_curve(open_view):
    hand = open_view(parabola())
    for step in (0, 1, 30):
        hand.session.set_step(step)
        (mark,) = hand.shown.marks.racers
        assert mark.y == pytest.approx(mark.x**2) and mark.x == pytest.approx(3.0 * 0.8**step)


def test_dragging_a_start_along_the_curve(open_view):
    hand = open_view(parabola())
    hand.drag((3.0, 9.0), (2.0, 8.0), (-1.0, 3.0))
    assert hand.session.document.race.racers[0].start == pytest.approx((-1.0,), abs=0.02)
    assert hand.session.undo_stack.count() == 1


def test_a_click_places_a_start(open_view):
    hand = open_view(parabola())
    hand.click(1.0, 12.0)
    assert hand.session.document.race.racers[0].start == pytest.approx((1.0,), abs=0.02)


def test_any_coordinate_alone_gives_a_curve(open_view, settle):
    hand = open_view(bowl())
    combo = hand.view.findChild(QComboBox, "landscapeYAxis")
    combo.setCurrentIndex(combo.findData(None))
    combo.activated.emit(combo.currentIndex())
    settle(hand.session)
    assert hand.session.document.landscape.axes == ("x0",)
    assert hand.shown is hand.view.pages.line
    # x1 stays at 2, the graph's own value, so the curve is x0² + 4.
    assert hand.session.grid.z.min() == pytest.approx(4.0, abs=1e-2)


def test_the_wheel_asks_for_the_new_stretch(open_view, settle):
    hand = open_view(parabola())
    hand.turn_wheel(0.0, 5.0, notches=2)
    hand.shown._settle.timeout.emit()
    settle(hand.session)
    assert hand.session.grid.ranges[0] == pytest.approx((-4.0 / 1.44, 4.0 / 1.44), abs=0.02)


def test_an_averaged_path_goes_along_as_faint_dots(open_view, settle):
    document = parabola()
    racer = document.race.racers[0].replace(average_decay=0.9)
    hand = open_view(document.replace(race=document.race.replace(racers=(racer,))))
    (trail,) = hand.view.pages.line.companions.trails
    result = hand.session.race_result
    assert trail.x.tolist() == result.averages[0][:, 0].tolist()
    assert trail.y == pytest.approx(result.averages[0][:, 0] ** 2)
