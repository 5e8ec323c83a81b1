"""Selecting, walking, clipboard and looking around."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gdstudio.document.model import Document
from gdstudio.engine import parse
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.session import Session

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_the_session_knows_the_selected_node(hand):
    hand.click(hand.title("x2"))
    assert hand.session.selected_node == "x2"
    hand.click(hand.nowhere())
    assert hand.session.selected_node is None
    hand.session.select_node("b")
    assert hand.selected() == ["b"]


def test_the_rubber_band_selects_what_it_touches(hand):
    bounds = hand.editor.scene.bounds()
    hand.drag(
        hand.pixel(bounds.bottomRight() + QPointF(12, 12)), hand.pixel(bounds.topLeft() - QPointF(4, 4))
    )
    assert set(hand.selected()) == set(hand.graph().nodes)


def test_shift_click_adds_and_takes_away(hand):
    hand.click(hand.title("w"))
    hand.click(hand.title("b"), SHIFT)
    hand.click(hand.title("w"), SHIFT)
    assert hand.selected() == ["b"]


def test_tab_walks_along_the_graph_and_round(hand):
    hand.click(hand.title("w"))
    seen = ["w"]
    for _ in range(len(hand.graph().nodes) - 1):
        hand.key(Key.Key_Tab)
        seen += hand.selected()
    assert sorted(seen) == sorted(hand.graph().nodes)
    hand.key(Key.Key_Tab)
    assert hand.selected() == ["w"]
    hand.key(Key.Key_Backtab, SHIFT)
    assert hand.selected() == seen[-1:]


def test_shift_arrows_follow_the_wires(hand):
    hand.click(hand.title("w"))
    for expected in ("x1", "x2", "difference", "loss", "loss"):
        hand.key(Key.Key_Right, SHIFT)
        assert hand.selected() == [expected]
    hand.key(Key.Key_Left, SHIFT)
    assert hand.selected() == ["difference"]


def test_arrows_nudge_by_the_grid_in_one_step(hand):
    before = hand.editor.scene.nodes["w"].pos()
    hand.click(hand.title("w"))
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Down):
        hand.key(key)
    after = hand.editor.scene.nodes["w"].pos()
    assert (after.x() - before.x(), after.y() - before.y()) == (32, 16)
    assert hand.session.undo_stack.count() == 1


def test_the_description_speaks_of_the_selection(hand):
    hand.click(hand.title("x1"))
    assert hand.view.accessibleDescription() == "x1, multiply, from x, w, value 6, gradient 1."


def test_copies_have_names_of_their_own_and_keep_wires_from_outside(hand):
    hand.click(hand.title("x1"))
    hand.click(hand.title("x2"), SHIFT)
    hand.key(Key.Key_D, CTRL)
    assert len(hand.selected()) == 2
    first, second = hand.selected()
    nodes = hand.graph().nodes
    assert nodes[first].inputs == ("x", "w")
    assert nodes[second].inputs == (first, "b")
    assert hand.session.undo_stack.count() == 1


def test_copying_gives_the_formula_as_plain_text(hand):
    hand.click(hand.title("x1"))
    hand.click(hand.title("x2"), SHIFT)
    hand.key(Key.Key_C, CTRL)
    assert QApplication.clipboard().text().splitlines() == ["x1 = x * w", "x2 = x1 + b"]


def test_cut_and_paste_into_another_document(hand, qtbot):
    hand.key(Key.Key_A, CTRL)
    before = hand.session.document
    hand.key(Key.Key_X, CTRL)
    assert dict(hand.graph().nodes) == {}
    hand.session.undo_stack.undo()
    assert hand.session.document == before
    other = Session(Document())
    editor = GraphEditor(other)
    qtbot.addWidget(editor)
    editor.show()
    QTest.keyClick(editor.view, Key.Key_V, CTRL)
    pasted = other.document.graph
    assert len(pasted.nodes) == len(before.graph.nodes)
    assert sorted(node.op for node in pasted.nodes.values()) == sorted(
        node.op for node in before.graph.nodes.values()
    )
    assert float(pasted.trace(output=pasted.order[-1]).values[pasted.order[-1]]) == 3.0
    other.close()


def test_pasting_a_formula_makes_nodes(hand):
    QApplication.clipboard().setText("r = w * b\ns = tanh(r)")
    hand.key(Key.Key_V, CTRL)
    nodes = hand.graph().nodes
    assert nodes["r"].inputs == ("w", "b")
    assert nodes["s"].inputs == ("r",)
    assert set(hand.selected()) == {"r", "s"}


def test_pasting_nonsense_says_so_and_changes_nothing(hand):
    document = hand.session.document
    QApplication.clipboard().setText("to be or not to be?")
    hand.key(Key.Key_V, CTRL)
    assert hand.field("graphRefusal").text()
    assert hand.session.document is document


def wheel(view, point: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(point),
        QPointF(view.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_zooms_at_the_cursor(hand):
    place = hand.title("loss")
    under = hand.view.mapToScene(place)
    scale = hand.view.scale_now
    wheel(hand.view, place, -3)
    assert hand.view.scale_now < scale
    now = hand.view.mapToScene(place)
    assert abs(now.x() - under.x()) < 3 and abs(now.y() - under.y()) < 3


def test_ctrl_0_is_100_percent_and_f_frames(hand):
    wheel(hand.view, hand.title("loss"), -10)
    hand.key(Key.Key_0, CTRL)
    assert hand.view.scale_now == pytest.approx(1.0)
    wheel(hand.view, hand.title("loss"), 8)
    hand.click(hand.nowhere())
    hand.key(Key.Key_F)
    seen = hand.view.mapToScene(hand.viewport.rect()).boundingRect()
    assert seen.contains(hand.editor.scene.bounds())


def test_the_middle_button_and_space_pan(hand):
    start = hand.nowhere()
    before = hand.view.mapToScene(QPoint(0, 0))
    QTest.mousePress(hand.viewport, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(hand.viewport, start + QPoint(-30, -40))
    QTest.mouseRelease(
        hand.viewport, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, start + QPoint(-30, -40)
    )
    moved = hand.view.mapToScene(QPoint(0, 0)) - before
    assert moved.x() == pytest.approx(30 / hand.view.scale_now, abs=2)
    QTest.keyPress(hand.view, Key.Key_Space)
    hand.drag(start, start + QPoint(60, 0))
    QTest.keyRelease(hand.view, Key.Key_Space)
    assert not hand.sees("nodePalette")
    assert hand.view.mapToScene(QPoint(0, 0)).x() < before.x() + moved.x()


def test_the_whole_graph_is_in_view_at_first(hand):
    seen = hand.view.mapToScene(hand.viewport.rect()).boundingRect()
    assert seen.contains(hand.editor.scene.bounds())


def test_context_menus_name_what_they_are_for(hand, qtbot):
    for point, name in (
        (hand.title("w"), "graphNodeMenu"),
        (hand.nowhere(), "graphCanvasMenu"),
        (hand.pixel(hand.editor.scene.wires["loss", 0].path.pointAtPercent(0.5)), "graphWireMenu"),
    ):
        hand.editor.open_menu(hand.view.mapToScene(point), hand.viewport.mapToGlobal(point))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu) and menu.objectName() == name
        menu.close()


def test_the_node_menu_sets_the_output(hand):
    point = hand.title("x1")
    hand.editor.open_menu(hand.view.mapToScene(point), hand.viewport.mapToGlobal(point))
    menu = QApplication.activePopupWidget()
    action = next(a for a in menu.actions() if a.objectName() == "graphMenuOutput")
    action.trigger()
    menu.close()
    assert hand.graph().output == "x1"


def test_another_document_is_shown_whole(hand):
    hand.session.open(Document(graph=parse("loss = (p - 3)**2", parameters={"p": 1.0})))
    hand.settle()
    assert set(hand.editor.scene.nodes) == set(hand.graph().nodes)
    assert hand.shown("loss") == ("4", "1")
    assert hand.shown("p") == ("1", "−4")


def test_brackets_select_all_that_feeds_and_all_that_is_fed(hand):
    hand.click(hand.title("x2"))
    hand.key(Key.Key_BracketLeft)
    assert set(hand.selected()) == {"x", "w", "x1", "b", "x2"}
    hand.click(hand.title("x2"))
    hand.key(Key.Key_BracketRight)
    assert set(hand.selected()) == {"x2", "difference", "loss"}
    hand.editor.scene.select()
    hand.key(Key.Key_BracketLeft)
    assert hand.selected() == []
