"""The map of the graph, guides while nodes are moved, and scrolling while something is dragged."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gdstudio.ui.graph.guides import alignment

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier

OTHERS = np.array([[0.0, 0.0, 100.0, 50.0], [300.0, 200.0, 400.0, 280.0]])


def test_the_nearest_edge_or_middle_is_found_in_each_direction():
    found = alignment(QRectF(4, 100, 60, 60), OTHERS, 6)
    assert (found.dx, found.dy) == (-4, None)
    (line,) = found.lines
    assert (line.x1(), line.x2()) == (0, 0)
    assert (line.y1(), line.y2()) == (-8, 168)


def test_equal_sizes_get_one_guide_through_the_middle():
    found = alignment(QRectF(3, 100, 100, 50), OTHERS, 6)
    assert found.dx == -3
    assert [(line.x1(), line.x2()) for line in found.lines] == [(50, 50)]


def test_both_directions_come_into_line_at_once():
    found = alignment(QRectF(302, 2, 100, 80), OTHERS, 6)
    assert (found.dx, found.dy) == (-2, -2)
    assert len(found.lines) == 2


def test_nothing_near_means_no_guides():
    assert alignment(QRectF(1000, 1000, 10, 10), OTHERS, 6) == (None, None, [])
    assert alignment(QRectF(0, 0, 10, 10), np.empty((0, 4)), 6) == (None, None, [])


def guides(hand):
    """The lines that are drawn above the nodes."""
    return [item for item in hand.editor.scene.items() if item.zValue() == 4 and not item.path().isEmpty()]


def test_a_dragged_node_comes_into_line_and_guides_show_it(hand):
    hand.editor.actions_.move({"x1": (403.0, 0.0), "w": (0.0, 160.0)})
    hand.editor.framing.frame_all()
    target = hand.editor.scene.nodes["x1"].pos()
    start = hand.editor.scene.nodes["w"].pos()
    at = hand.title("w")
    to = hand.pixel(QPointF(target.x() + 2, start.y() + 96) + QPointF(30, 12))
    hand.drag(at, to, release=False)
    assert guides(hand)
    assert hand.editor.scene.nodes["w"].pos().x() == target.x()
    QTest.mouseRelease(hand.viewport, LEFT, NONE, to)
    assert guides(hand) == []
    assert hand.graph().nodes["w"].pos[0] == 403.0


def test_with_alt_a_node_moves_freely(hand):
    hand.key(Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    before = hand.editor.scene.nodes["w"].pos()
    hand.view.centerOn(before)
    at = hand.title("w")
    QTest.mousePress(hand.viewport, LEFT, ALT, at)
    for step in (5, 11):
        event_at = at + QPoint(step, 0)
        hand.move_mouse(event_at, ALT)
    QTest.mouseRelease(hand.viewport, LEFT, ALT, event_at)
    assert hand.editor.scene.nodes["w"].pos().x() - before.x() == 11


def test_a_drag_at_the_edge_scrolls_until_it_ends(hand):
    hand.key(Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    at = hand.title("w")
    edge = QPoint(hand.viewport.width() // 2, hand.viewport.height() - 2)
    before = hand.view.mapToScene(QPoint(0, 0)).y()
    hand.drag(at, edge, release=False)
    hand.qtbot.waitUntil(lambda: hand.view.mapToScene(QPoint(0, 0)).y() > before + 20)
    item = hand.editor.scene.nodes["w"]
    assert abs(hand.pixel(item.pos()).y() - edge.y()) < 40  # the node stays under the mouse
    QTest.keyClick(hand.view, Key.Key_Escape)
    assert not hand.view._scroll.is_active
    QTest.mouseRelease(hand.viewport, LEFT, NONE, edge)


def test_the_map_comes_when_not_all_is_in_view_and_leads_there(hand):
    minimap = hand.editor.minimap
    assert not minimap.isVisible()
    hand.view.set_scale(3.0)
    hand.qtbot.waitUntil(minimap.isVisible)
    bounds = hand.editor.scene.bounds()
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(10, minimap.height() // 2))
    middle = hand.view.mapToScene(hand.viewport.rect().center())
    assert abs(middle.x() - bounds.left()) < bounds.width() / 8
    assert hand.view.hasFocus()
    hand.key(Key.Key_M)
    hand.qtbot.waitUntil(lambda: not minimap.isVisible())
    hand.key(Key.Key_M)
    hand.qtbot.waitUntil(minimap.isVisible)
    hand.key(Key.Key_Home)
    hand.qtbot.waitUntil(lambda: not minimap.isVisible())
    assert minimap.accessibleName()


def test_a_bar_that_comes_into_view_does_not_move_nodes_placed_by_hand(hand):
    hand.editor.resize(1200, 1000)
    hand.settle()
    hand.editor.framing.frame_all()
    hand.drag(hand.title("w"), hand.title("w") + QPoint(0, 40))
    before = hand.output("w")
    height = hand.view.height()
    hand.key(Key.Key_G)
    hand.qtbot.waitUntil(lambda: hand.view.height() < height, timeout=30_000)
    assert hand.output("w") == before


def test_a_graph_that_was_framed_fills_a_larger_view_though_a_value_has_changed(hand):
    hand.editor.resize(500, 400)
    hand.settle()
    hand.editor.framing.touch()
    hand.editor.framing.frame_all()
    small = hand.view.scale_now
    hand.editor.actions_.set_value("w", np.array(7.0))
    hand.settle()
    hand.editor.resize(900, 700)
    hand.qtbot.waitUntil(lambda: hand.view.scale_now > small, timeout=5_000)


class PaintedArea(QObject):
    """What a widget paints anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_a_canvas_that_becomes_empty_says_again_how_to_begin(hand):
    hand.key(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    painted = PaintedArea(hand.viewport)
    hand.key(Key.Key_Delete)
    hand.qtbot.waitUntil(lambda: not painted.region.isEmpty(), timeout=30_000)
    assert not hand.graph().nodes
    assert painted.region.contains(hand.viewport.rect().center())
    assert QRegion(hand.viewport.rect()).subtracted(painted.region).isEmpty()


def test_the_factor_on_a_wire_is_wiped_away_when_its_node_is_no_longer_selected(hand):
    wire = hand.editor.scene.wires["loss", 0]
    hand.click(hand.title("loss"))
    hand.qtbot.waitUntil(lambda: wire.label != "", timeout=30_000)
    room = hand.view.mapFromScene(wire.room).boundingRect()
    painted = PaintedArea(hand.viewport)
    hand.click(hand.nowhere())
    hand.qtbot.waitUntil(lambda: QRegion(room).subtracted(painted.region).isEmpty(), timeout=30_000)
