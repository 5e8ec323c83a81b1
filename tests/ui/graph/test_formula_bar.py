"""The graph as text: it follows the graph, and the graph follows the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdstudio.document.model import Document

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def text(hand):
    hand.key(Key.Key_K, CTRL)
    return hand.field("formulaText")


def write(hand, field, content: str) -> None:
    """Replace the text by hand and leave the field, which reads it."""
    field.setFocus()
    field.selectAll()
    first, *others = content.splitlines()
    QTest.keyClicks(field, first)
    for line in others:
        QTest.keyClick(field, Key.Key_Return)
        QTest.keyClicks(field, line)
    hand.view.setFocus()


def test_the_text_says_the_graph(text):
    assert text.toPlainText().splitlines() == [
        "w = parameter(3.0)",
        "b = parameter(1.0)",
        "x = constant(2.0)",
        "y_true = constant(4.0)",
        "x1 = x * w",
        "x2 = x1 + b",
        "difference = y_true - x2",
        "loss = abs(difference)",
    ]


def test_typing_changes_the_graph(hand, text):
    cursor = text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.select(QTextCursor.SelectionType.LineUnderCursor)
    text.setTextCursor(cursor)
    QTest.keyClicks(text, "loss = difference**2")
    hand.view.setFocus()
    hand.settle()
    assert hand.graph().nodes["loss"].op == "square"
    # (−3)² = 9, dloss/dw = 2·(−3)·(−1)·2 = 12
    assert hand.shown("loss")[0] == "9"
    assert hand.shown("w")[1] == "12"
    assert hand.session.undo_stack.count() == 1
    hand.session.undo_stack.undo()
    assert text.toPlainText().splitlines()[-1] == "loss = abs(difference)"


def test_the_text_follows_the_graph(hand, text):
    hand.editor.actions_.set_value("w", 5.0)
    assert text.toPlainText().splitlines()[0] == "w = parameter(5.0)"


def test_a_mistake_is_underlined_with_the_reason_and_changes_nothing(hand, text):
    document = hand.session.document
    write(hand, text, "y = 2 * (u + ")
    assert hand.field("formulaError").text()
    assert hand.session.document is document
    assert len(text.extraSelections()) == 1
    write(hand, text, "y = 2 * (u + 1)")
    assert not hand.sees("formulaError")
    assert text.extraSelections() == []
    assert {node.op for node in hand.graph().nodes.values()} == {"constant", "parameter", "add", "multiply"}


def test_shapes_that_do_not_fit_are_underlined_where_they_meet(hand, text):
    write(hand, text, "u = 2 * v\ny = u + v @ [1, 2]")
    assert "matmul" in hand.field("formulaError").text()
    (mark,) = text.extraSelections()
    assert (mark.cursor.block().text(), mark.cursor.selectedText()) == ("y = u + v @ [1, 2]", "v")


def test_a_text_that_is_again_as_it_was_is_no_edit_and_no_mistake(hand, text):
    before, written = hand.session.document, text.toPlainText()
    write(hand, text, "loss = (")
    assert hand.sees("formulaError")
    write(hand, text, written)
    assert not hand.sees("formulaError")
    assert hand.session.document is before
    assert hand.session.undo_stack.count() == 0


def test_nodes_that_stay_keep_their_places(hand, text):
    hand.editor.framing.auto_layout()
    places = {id: node.pos for id, node in hand.graph().nodes.items()}
    text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(text, " + w")
    hand.view.setFocus()
    assert hand.graph().nodes["loss"].op == "add"
    assert {id: hand.graph().nodes[id].pos for id in places} == places
    assert hand.graph().parameters == ("w", "b")


def test_escape_closes_the_text(hand, text):
    QTest.keyClick(text, Key.Key_Escape)
    assert not hand.sees("formulaBar")


def test_a_graph_typed_on_an_empty_canvas_is_in_view_as_it_grows(hand):
    hand.session.open(Document())
    hand.key(Key.Key_K, CTRL)
    field = hand.field("formulaText")
    write(hand, field, "h = tanh(x * w + b)")
    assert hand.view.shows(hand.editor.scene.bounds())
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(field, "p = sigmoid(exp(h * v + c) * u + d)")
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(field, "loss = (p - y)**2")
    hand.view.setFocus()
    assert "loss" in hand.graph().nodes
    assert hand.view.shows(hand.editor.scene.bounds())


def test_where_shapes_do_not_fit_a_tensor_is_shown(hand):
    hand.session.open(Document())
    hand.key(Key.Key_K, CTRL)
    field = hand.field("formulaText")
    write(hand, field, "h = x @ w")
    reason = hand.field("formulaError").text()
    assert reason.startswith("h: scalar @ scalar")
    assert "x = parameter([[1, 2], [3, 4]])" in reason
    write(hand, field, "h = x @")
    assert "A name without a value" not in hand.field("formulaError").text()


def press_undo(text, key: Key = Key.Key_Z) -> bool:
    """Ask the field whether it wants the keys of undo, and give them to it if so. False = they are the window's."""
    wanted = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL)
    wanted.ignore()
    QApplication.sendEvent(text, wanted)
    if wanted.isAccepted():
        QTest.keyClick(text, key, CTRL)
    return wanted.isAccepted()


def test_undo_in_the_text_is_that_of_the_document(hand, text):
    text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(text, " + 1")
    assert not press_undo(text)
    assert hand.session.undo_stack.count() == 1  # what was typed counts before it is taken back
    hand.session.undo_stack.undo()
    assert text.toPlainText().splitlines()[-1] == "loss = abs(difference)"
    assert text.textCursor().atEnd()  # where a person goes on typing
    assert not press_undo(text, Key.Key_Y)
    assert hand.session.undo_stack.canRedo()


def test_undo_of_a_mistake_takes_back_the_text_alone(hand, text):
    write(hand, text, "loss = w + 1")
    text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(text, " + (")
    assert press_undo(text)
    assert not hand.sees("formulaError")
    assert text.toPlainText().splitlines()[-1] == "loss = w + c1"
    assert hand.session.undo_stack.count() == 1
