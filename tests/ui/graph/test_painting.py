"""What is kept between repaints is never out of date: after any edit the canvas looks as if drawn from nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from gdstudio.ui import theme as themes
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.scene import Port

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
# Levels of 255.
SMOOTHING = 40
FEW = 3


def fresh(hand) -> QImage:
    """The canvas drawn from nothing."""
    hand.editor.scene.node_layer.forget()
    hand.view.draw_anew()
    return hand.viewport.grab().toImage()


def difference(a: QImage, b: QImage) -> int:
    """How many pixels differ by more than smoothed edges of the same line drawn in parts do."""
    assert a.size() == b.size()
    pictures = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (a, b)]
    one, other = (np.frombuffer(p.constBits(), np.uint8).astype(int) for p in pictures)
    return int((abs(one - other) > SMOOTHING).reshape(-1, 4).any(axis=1).sum())


def drag_half(hand) -> None:
    start = hand.title("x1")
    QTest.mousePress(hand.viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(hand.viewport, start + QPoint(20, 30))
    QTest.mouseMove(hand.viewport, start + QPoint(40, 90))


def drag_and_give_up(hand) -> None:
    drag_half(hand)
    hand.key(Key.Key_Escape)


ACTS: dict[str, Callable] = {
    "add": lambda hand: hand.editor.actions_.add("log", QPointF(300, 420), Port("loss", -1)),
    "move": lambda hand: hand.editor.actions_.move({"x1": (400.0, 300.0)}),
    "drag": drag_half,
    "give up a drag": drag_and_give_up,
    "delete": lambda hand: hand.editor.actions_.delete(["x2"]),
    "delete and undo": lambda hand: (hand.editor.actions_.delete(["x2"]), hand.session.undo_stack.undo()),
    "cut a wire": lambda hand: hand.editor.actions_.disconnect_wires([("x2", 1)]),
    "connect": lambda hand: hand.editor.actions_.connect_ports("w", "x2", 1),
    "value": lambda hand: hand.editor.actions_.set_value("w", -7.25),
    "rename": lambda hand: hand.editor.actions_.rename("w", "slope"),
    "operation": lambda hand: hand.editor.actions_.set_operation("x1", "add"),
    "output": lambda hand: hand.editor.actions_.set_output("x2"),
    "select": lambda hand: hand.editor.scene.select(["x1", "w"], [("loss", 0)]),
    "select and not": lambda hand: (hand.editor.scene.select(["x1"]), hand.editor.scene.select()),
    "duplicate": lambda hand: (hand.editor.scene.select(["x1", "w"]), hand.key(Key.Key_D, CTRL)),
    "frame": lambda hand: hand.editor.actions_.add_frame(["x1", "x2"], "line"),
    "note": lambda hand: hand.editor.actions_.add_note("Mind the sign.", QPointF(100, 500)),
    "locals": lambda hand: hand.editor.show_locals(True),
    "light": lambda hand: hand.editor.scene.lights.show(Light.VALUE, ["x1"], [("x1", 0)]),
    "light and not": lambda hand: (
        hand.editor.scene.lights.show(Light.VALUE, ["x1"]),
        hand.editor.scene.lights.show(),
    ),
    "pan": lambda hand: hand.view.pan(QPointF(37, -23)),
    "arrange": lambda hand: hand.editor.framing.auto_layout(),
    "theme": lambda hand: themes.switch().choose("light"),
}
# After these everything looks as before.
QUIET = ("delete and undo", "select and not", "light and not")


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.3, 0.12])
@pytest.mark.parametrize("name", ACTS)
def test_the_canvas_is_as_if_drawn_from_nothing(hand, name, scale):
    hand.editor.framing.touch()
    hand.view.set_scale(scale)
    hand.view.centerOn(hand.editor.scene.bounds().center())
    hand.qtbot.waitUntil(lambda: not hand.editor.scene.node_layer.hurry, timeout=30_000)
    before = hand.viewport.grab().toImage()
    ACTS[name](hand)
    hand.settle()
    hand.qtbot.waitUntil(lambda: hand.editor.scene.wiring.is_settled, timeout=30_000)
    after = hand.viewport.grab().toImage()
    assert difference(after, fresh(hand)) <= FEW
    if name in QUIET:
        assert difference(after, before) <= FEW


def test_numbers_arrive_at_nodes_that_nobody_looked_at(hand):
    """Nodes out of view get their numbers when they come into view."""
    hand.editor.framing.touch()
    hand.view.set_scale(1.0)
    hand.qtbot.waitUntil(lambda: not hand.editor.scene.node_layer.hurry, timeout=30_000)
    hand.view.centerOn(hand.editor.scene.nodes["w"].pos() + QPointF(-3000, 0))
    hand.editor.actions_.set_value("w", 5.0)
    hand.settle()
    hand.view.centerOn(hand.editor.scene.nodes["x1"].pos())
    assert difference(hand.viewport.grab().toImage(), fresh(hand)) <= FEW
    # x1 = x · w = 2 · 5.
    assert hand.shown("x1")[0] == "10"
