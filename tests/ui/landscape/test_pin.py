"""The tangent plane by Ctrl and a click: its numbers, on every surface, until Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest

from gdstudio.ui import commands, theme
from gdstudio.ui.landscape.pin import TangentPlane
from tests.ui.helpers import find

from .support import bowl, with_holes


def pin(hand, x: float, y: float) -> None:
    viewport = hand.shown.plot.viewport()
    QTest.mouseClick(
        viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, hand.pixel(x, y)
    )


def test_ctrl_and_a_click_pin_the_tangent_plane_and_place_no_start(open_view):
    hand = open_view(bowl())
    pin(hand, 3.0, -1.0)
    # x0² + x1² at (3, -1): 10, with gradient (6, -2).
    plane = hand.shown.pin_layer.plane
    assert (plane.at, plane.loss, plane.gradient) == ((3.0, -1.0), 10.0, (6.0, -2.0))
    where, equation = plane.lines
    assert where == "x0 = 3, x1 = −1"
    assert equation == "loss ≈ 10.00 + 6.000·(x0 − 3) − 2.000·(x1 + 1)"
    assert hand.session.undo_stack.count() == 0


def test_it_is_marked_on_the_map(open_view):
    hand = open_view(bowl(contours=False, critical=False))
    pin(hand, 3.0, -1.0)
    image = hand.shown.plot.grab().toImage()
    at = hand.pixel(3.0, -1.0)
    around = [image.pixelColor(at.x() + dx, at.y() + 5) for dx in (-3, -1, 1, 3)]
    wanted: QColor = theme.current().gradient
    assert any(abs(c.red() - wanted.red()) < 40 and abs(c.blue() - wanted.blue()) < 60 for c in around)


def test_it_follows_the_surface(open_view, settle):
    hand = open_view(bowl())
    pin(hand, 3.0, -1.0)
    document = hand.session.document
    for node in hand.session.document.graph.nodes.values():
        if node.op in ("square", "power"):
            document = commands.set_operation(document, node.id, "abs")
    hand.session.edit("Operation", document)
    settle(hand.session)
    assert (hand.shown.pin_layer.plane.loss, hand.shown.pin_layer.plane.gradient) == (4.0, (1.0, -1.0))


def test_escape_takes_it_away_and_other_axes_too(open_view, settle, qtbot):
    hand = open_view(bowl())
    pin(hand, 3.0, -1.0)
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_Escape)
    assert hand.shown.pin_layer.plane is None
    pin(hand, 2.0, -1.0)
    hand.session.edit("Axes", commands.set_axes(hand.session.document, ("x1", "x0")))
    settle(hand.session)
    assert hand.shown.pin_layer.plane is None


def test_the_menus_entry_pins_the_middle_when_it_was_opened_elsewhere(open_view):
    hand = open_view(bowl())
    find(hand.view, "actionLandscapePin", QAction).trigger()
    assert hand.shown.pin_layer.plane.at == pytest.approx((0.0, 0.0))


def test_a_hole_has_no_tangent_plane(open_view):
    hand = open_view(with_holes())
    pin(hand, -1.0, 0.5)
    assert hand.shown.pin_layer.plane is None


@pytest.mark.parametrize(
    ("at", "gradient", "text"),
    [
        ((0.0, 2.0), (1.5, -0.5), "loss ≈ 4.000 + 1.500·a − 0.5000·(b − 2)"),
        ((-1.0, 0.0), (0.0, 2.0), "loss ≈ 4.000 + 0·(a + 1) + 2.000·b"),
    ],
)
def test_the_equation_is_written_with_its_signs(at, gradient, text):
    _, equation = TangentPlane(("a", "b"), at, 4.0, gradient).lines
    assert equation == text
