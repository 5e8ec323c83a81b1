"""Adding nodes: the palette by keyboard and mouse, wires dropped on the canvas, the side list, formulas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.search import entries, matches
from gdstudio.ui.graph.shelf import OPERATION_MIME

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def best(query: str) -> str:
    return matches(query, entries())[0].title


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("relu", "relu"),
        ("mul", "multiply"),
        ("*", "multiply"),
        ("+", "add"),
        ("Σ", "sum"),
        ("@", "matmul"),
        ("absolute", "abs"),
        ("ce", "cross_entropy"),
        ("bce", "binary_cross_entropy"),
        ("linear algebra", "matmul"),
        ("sfmx", "softmax"),
        ("3.5", "constant 3.5"),
        ("w = 2", "parameter w = 2"),
        ("abs(x - y)", "abs(x - y)"),
    ],
)
def test_search_finds_names_symbols_categories_numbers_and_formulas(query, expected):
    assert best(query) == expected


def test_search_without_a_match_finds_nothing():
    assert matches("qqqq", entries()) == []


@pytest.mark.parametrize("opening", ["space", "tab", "shift+a", "double click", "button"])
def test_the_palette_opens_and_enter_adds(hand, opening):
    if opening == "space":
        hand.key(Key.Key_Space)
    elif opening == "tab":
        hand.key(Key.Key_Tab)
    elif opening == "shift+a":
        hand.key(Key.Key_A, SHIFT)
    elif opening == "double click":
        hand.double_click(hand.nowhere())
    else:
        QTest.mouseClick(hand.field("graphAdd"), Qt.MouseButton.LeftButton)
    search = hand.field("nodePaletteSearch")
    assert QApplication.focusWidget() is search
    QTest.keyClicks(search, "tanh")
    QTest.keyClick(search, Key.Key_Return)
    assert not hand.sees("nodePalette")
    assert hand.graph().nodes["tanh1"].op == "tanh"
    assert hand.selected() == ["tanh1"]
    assert QApplication.focusWidget() is hand.view
    assert hand.session.undo_stack.count() == 1


def test_a_new_node_lies_where_the_palette_was_asked_for(hand):
    spot = hand.nowhere()
    hand.double_click(spot)
    hand.type("nodePaletteSearch", "exp")
    body = hand.editor.scene.nodes["exp1"].scene_body()
    assert body.contains(hand.view.mapToScene(spot))


def test_adding_moves_no_other_node(hand):
    before = {id: item.pos() for id, item in hand.editor.scene.nodes.items()}
    hand.key(Key.Key_Space)
    hand.type("nodePaletteSearch", "exp")
    assert {id: hand.editor.scene.nodes[id].pos() for id in before} == before


def test_arrows_choose_in_the_palette_and_escape_closes_it(hand):
    hand.key(Key.Key_Space)
    search = hand.field("nodePaletteSearch")
    first = hand.field("nodePaletteList").currentItem().text()
    QTest.keyClick(search, Key.Key_Down)
    assert hand.field("nodePaletteList").currentItem().text() != first
    QTest.keyClick(search, Key.Key_Escape)
    assert not hand.sees("nodePalette")
    assert hand.session.undo_stack.count() == 0


def test_a_click_in_the_list_adds(hand):
    hand.key(Key.Key_Space)
    QTest.keyClicks(hand.field("nodePaletteSearch"), "sigmoid")
    entries_ = hand.field("nodePaletteList")
    QTest.mouseClick(
        entries_.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        entries_.visualItemRect(entries_.item(0)).center(),
    )
    assert "sigmoid1" in hand.graph().nodes


def test_typing_an_assignment_adds_a_parameter(hand):
    hand.key(Key.Key_Space)
    hand.type("nodePaletteSearch", "rate = [0.5, 1]")
    node = hand.graph().nodes["rate"]
    assert node.op == "parameter"
    assert node.value.tolist() == [0.5, 1.0]


def test_typing_a_formula_adds_its_nodes_wired_to_the_graph(hand):
    hand.key(Key.Key_Space)
    hand.type("nodePaletteSearch", "penalty = w**2 + k")
    nodes = hand.graph().nodes
    assert nodes["penalty"].op == "add"
    square, other = nodes["penalty"].inputs
    assert (nodes[square].op, nodes[square].inputs) == ("square", ("w",))
    assert (other, nodes[other].op) == ("k", "parameter")
    assert hand.session.undo_stack.count() == 1


def test_a_formula_that_reaches_out_of_sight_is_brought_into_view(hand):
    view = hand.view
    view.set_scale(1.5)
    corner = view.viewport().rect().bottomRight() - QPoint(60, 60)
    QTest.mouseMove(view.viewport(), corner)
    hand.key(Key.Key_Space)
    hand.type("nodePaletteSearch", "far = sin(cos(tanh(exp(w * 3 + 1))))")
    assert view.shows(hand.editor.scene.bounds(["far"]))


def test_a_formula_with_a_mistake_says_where(hand):
    document = hand.session.document
    hand.key(Key.Key_Space)
    hand.type("nodePaletteSearch", "q = relu(w, w)")
    assert "relu" in hand.field("nodePaletteComplaint").text()
    assert not hand.sees("graphRefusal")
    assert hand.session.document is document
    # What was typed stands there still, to be put right.
    search = hand.field("nodePaletteSearch")
    assert search.text() == "q = relu(w, w)" and search.hasFocus()
    for key in [Key.Key_Left, *[Key.Key_Backspace] * 3, Key.Key_Return]:
        QTest.keyClick(search, key)
    assert hand.graph().nodes["q"].inputs == ("w",)
    assert not hand.sees("nodePalette")


def test_a_wire_dropped_on_the_canvas_adds_and_connects(hand):
    hand.drag(hand.output("x2"), hand.nowhere())
    assert "x2" in hand.field("nodePaletteTitle").text()
    hand.type("nodePaletteSearch", "square")
    assert hand.graph().nodes["square1"].inputs == ("x2",)
    assert hand.session.undo_stack.count() == 1


def test_a_wire_from_an_open_input_can_be_fed_by_a_new_constant(hand):
    hand.drag(hand.input("x1", 1), hand.nowhere())
    hand.drag(hand.input("x1", 1), hand.nowhere())
    hand.type("nodePaletteSearch", "7")
    hand.settle()
    source = hand.graph().nodes["x1"].inputs[1]
    assert hand.graph().nodes[source].op == "constant"
    # |4 − (2·7 + 1)| = 11
    assert hand.shown("loss")[0] == "11"


def test_a_node_dropped_on_a_wire_is_inserted(hand):
    hand.key(Key.Key_Space)
    hand.type("nodePaletteSearch", "negative")
    wire = hand.editor.scene.wires["difference", 1]
    item = hand.editor.scene.nodes["negative1"]
    middle = hand.pixel(wire.path.pointAtPercent(0.5))
    grip = hand.title("negative1")
    hand.drag(grip, middle + (grip - hand.pixel(item.scene_body().center())))
    hand.settle()
    assert hand.graph().nodes["negative1"].inputs == ("x2",)
    assert hand.graph().nodes["difference"].inputs == ("y_true", "negative1")
    # |4 + 7| = 11
    assert hand.shown("loss")[0] == "11"


class OperationDrag:
    """An operation of the side list, dragged over the canvas."""

    def __init__(self, hand, name: str) -> None:
        self._viewport = hand.viewport
        self._data = QMimeData()
        self._data.setData(OPERATION_MIME, name.encode())
        buttons = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self._details = (Qt.DropAction.CopyAction, self._data, *buttons)

    def enter(self, at: QPoint) -> bool:
        """Come over a place; whether that is taken."""
        event = QDragEnterEvent(at, *self._details)
        QApplication.sendEvent(self._viewport, event)
        return event.isAccepted()

    def drop(self, at: QPoint) -> None:
        QApplication.sendEvent(self._viewport, QDropEvent(QPointF(at), *self._details))


def test_an_operation_dragged_from_the_side_list_lands_on_the_canvas(hand):
    QTest.mouseClick(hand.field("graphShelf"), Qt.MouseButton.LeftButton)
    assert hand.sees("nodeShelf")
    drag = OperationDrag(hand, "relu")
    assert drag.enter(hand.nowhere())
    drag.drop(hand.nowhere())
    assert hand.graph().nodes["relu1"].op == "relu"


def test_an_operation_dragged_onto_a_wire_is_put_into_it(hand):
    drag, wire = OperationDrag(hand, "negative"), hand.editor.scene.wires["difference", 1]
    middle = hand.pixel(wire.path.pointAtPercent(0.5))
    drag.enter(middle)
    assert wire._light is Light.VALUE
    drag.drop(middle)
    hand.settle()
    assert hand.graph().nodes["negative1"].inputs == ("x2",)
    assert hand.graph().nodes["difference"].inputs == ("y_true", "negative1")
    # |4 + 7| = 11
    assert hand.shown("loss")[0] == "11"
    assert all(item._light is Light.PLAIN for item in hand.editor.scene.wires.values())
    hand.session.undo_stack.undo()
    assert "negative1" not in hand.graph().nodes


def test_a_drag_that_leaves_the_canvas_lights_nothing(hand):
    wire = hand.editor.scene.wires["difference", 1]
    OperationDrag(hand, "negative").enter(hand.pixel(wire.path.pointAtPercent(0.5)))
    QApplication.sendEvent(hand.viewport, QDragLeaveEvent())
    assert wire._light is Light.PLAIN


def test_enter_on_an_operation_changes_it(hand):
    hand.click(hand.title("loss"))
    hand.key(Key.Key_Return)
    hand.type("nodePaletteSearch", "square")
    hand.settle()
    assert hand.graph().nodes["loss"].op == "square"
    assert hand.graph().nodes["loss"].inputs == ("difference",)
    # (−3)² = 9 and dloss/dw = 2·(−3)·(−1)·2 = 12
    assert hand.shown("loss")[0] == "9"
    assert hand.shown("w")[1] == "12"


def test_a_graph_is_built_with_the_keyboard_alone(hand):
    hand.key(Key.Key_A, CTRL)
    hand.key(Key.Key_Delete)
    assert dict(hand.graph().nodes) == {}
    for text in ("u = 3", "c = 4", "multiply"):
        hand.key(Key.Key_Space)
        hand.type("nodePaletteSearch", text)
    for source, slot in (("u", "multiply1 · a"), ("c", "multiply1 · b")):
        hand.editor.scene.select([source])
        hand.key(Key.Key_C)
        hand.type("nodePaletteSearch", slot)
    hand.settle()
    assert hand.graph().nodes["multiply1"].inputs == ("u", "c")
    assert hand.graph().output == "multiply1"
    assert hand.shown("multiply1") == ("12", "1")
    assert hand.shown("u") == ("3", "4")


def test_the_palette_goes_with_the_node_that_it_is_about(hand):
    hand.editor.actions_.add("tanh", hand.view.mapToScene(hand.nowhere()))
    hand.editor.choices.change_operation("tanh1")
    assert hand.sees("nodePalette")
    hand.session.undo_stack.undo()
    assert not hand.sees("nodePalette")
