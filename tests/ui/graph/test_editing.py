"""Editing a graph with mouse and keys: |y_true − (w·x + b)| at x = 2, w = 3, b = 1, y_true = 4."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gdstudio import engine
from gdstudio.document.model import Document

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_nodes_show_values_and_gradients(hand):
    shown = {id: hand.shown(id) for id in ("w", "b", "x", "y_true", "x1", "x2", "difference", "loss")}
    assert shown == {
        "w": ("3", "2"),
        "b": ("1", "1"),
        "x": ("2", "3"),
        "y_true": ("4", "−1"),
        "x1": ("6", "1"),
        "x2": ("7", "1"),
        "difference": ("−3", "−1"),
        "loss": ("3", "1"),
    }
    assert hand.face("loss").output == "loss"
    assert hand.face("w").output == ""


def test_opening_a_document_does_not_modify_it(hand):
    assert not hand.session.is_modified
    assert all(node.pos is None for node in hand.graph().nodes.values())


def test_a_value_typed_in_place_changes_what_depends_on_it(hand):
    hand.double_click(hand.number("w"))
    hand.type("nodeValueEditor", "5")
    hand.settle()
    # |4 − (2·5 + 1)| = 7; the sign is the same, so dloss/dw stays 2.
    assert float(hand.graph().nodes["w"].value) == 5
    assert hand.shown("loss")[0] == "7"
    assert hand.shown("w") == ("5", "2")
    assert hand.session.undo_stack.count() == 1
    assert not hand.sees("nodeValueEditor")


def test_nonsense_in_the_value_field_says_why_and_keeps_the_text(hand):
    hand.double_click(hand.number("w"))
    field = hand.type("nodeValueEditor", "three")
    assert field.text() == "three"
    assert hand.field("fieldError").text() == (
        "“three” is no number; type one such as 2.5, or a list such as [1, 2, 3]."
    )
    assert float(hand.graph().nodes["w"].value) == 3
    QTest.keyClick(field, Key.Key_Escape)
    assert not hand.sees("nodeValueEditor")
    assert not hand.sees("fieldError")
    assert hand.session.undo_stack.count() == 0


def test_a_list_typed_in_place_makes_a_tensor(hand):
    hand.click(hand.title("x"))
    hand.key(Key.Key_Return)
    hand.type("nodeValueEditor", "[1, 2, 3]")
    hand.settle()
    assert hand.face("x").shape == "3"
    assert hand.shown("x1")[0] == "3, 6, 9"


def test_dragging_on_a_number_is_one_step(hand):
    start = hand.number("w")
    hand.drag(start, start + QPoint(20, 0), start + QPoint(40, 0))
    # 40 pixels are 10 steps of 0.1.
    assert float(hand.graph().nodes["w"].value) == 4.0
    assert hand.session.undo_stack.count() == 1
    hand.session.undo_stack.undo()
    assert float(hand.graph().nodes["w"].value) == 3.0


def test_dragging_a_node_is_one_step_on_the_grid(hand):
    hand.key(Key.Key_0, CTRL)
    before = hand.editor.scene.nodes["w"].pos()
    start = hand.title("w")
    hand.drag(start, start + QPoint(-20, -30), start + QPoint(-45, -70))
    after = hand.editor.scene.nodes["w"].pos()
    assert (after.x() - before.x(), after.y() - before.y()) == (-48, -64)
    assert hand.graph().nodes["w"].pos == (after.x(), after.y())
    assert hand.session.undo_stack.count() == 1


def test_dragging_moves_the_whole_selection(hand):
    before = {id: hand.editor.scene.nodes[id].pos() for id in hand.editor.scene.nodes}
    hand.click(hand.title("w"))
    hand.click(hand.title("b"), SHIFT)
    assert hand.selected() == ["w", "b"]
    start = hand.title("b")
    hand.drag(start, start + QPoint(0, 64))
    moved = {id for id, place in before.items() if hand.editor.scene.nodes[id].pos() != place}
    assert moved == {"w", "b"}


def test_escape_gives_a_drag_up(hand):
    before = hand.editor.scene.nodes["w"].pos()
    start = hand.title("w")
    hand.drag(start, start + QPoint(80, 80), release=False)
    assert hand.editor.scene.nodes["w"].pos() != before
    hand.key(Key.Key_Escape)
    assert hand.editor.scene.nodes["w"].pos() == before
    assert hand.session.undo_stack.count() == 0


def test_a_wire_is_drawn_from_output_to_input(hand):
    hand.drag(hand.output("b"), hand.input("x1", 1))
    assert hand.graph().nodes["x1"].inputs == ("x", "b")
    assert hand.session.undo_stack.count() == 1


def test_a_wire_is_drawn_from_input_to_output(hand):
    hand.drag(hand.input("x1", 1), hand.nowhere())
    assert hand.graph().nodes["x1"].inputs == ("x", None)
    hand.drag(hand.input("x1", 1), hand.output("b"))
    assert hand.graph().nodes["x1"].inputs == ("x", "b")


def test_a_wire_dropped_on_a_node_takes_its_first_open_input(hand):
    hand.drag(hand.input("x1", 0), hand.nowhere())
    hand.drag(hand.output("b"), hand.body("x1"))
    assert hand.graph().nodes["x1"].inputs == ("b", "w")


def test_ports_that_fit_light_up_while_a_wire_is_drawn(hand):
    hand.drag(hand.output("x2"), hand.nowhere(), release=False)
    fitting = {id: item.fitting_ports for id, item in hand.editor.scene.nodes.items()}
    assert fitting["loss"] == {0}
    assert fitting["difference"] == {0, 1}
    # x1 feeds x2: a wire back would close a cycle.
    assert fitting["x1"] == frozenset()
    assert fitting["w"] == frozenset()
    hand.key(Key.Key_Escape)
    assert all(item.fitting_ports is None for item in hand.editor.scene.nodes.values())


def test_a_wire_that_closes_a_cycle_is_refused_with_the_reason(hand):
    document = hand.session.document
    hand.drag(hand.output("x2"), hand.input("x1", 0))
    assert hand.field("graphRefusal").text() == "x1 already feeds x2; this wire would close a cycle."
    assert hand.session.document is document


def test_a_wire_whose_shapes_do_not_fit_is_refused_with_both_shapes(hand):
    actions = hand.editor.actions_
    actions.set_value("x", [1.0, 2.0, 3.0])
    pair = actions.add_value("constant", hand.view.mapToScene(QPoint(60, 60)), [1.0, 2.0], "pair")
    hand.settle()
    before = hand.session.document
    hand.drag(hand.output(pair), hand.input("x1", 1))
    text = hand.field("graphRefusal").text()
    assert "3" in text and "2" in text and "shape" in text
    assert hand.session.document is before


def test_dragging_off_the_end_of_a_wire_disconnects_it(hand):
    hand.drag(hand.input("x2", 1), hand.nowhere())
    assert hand.graph().nodes["x2"].inputs == ("x1", None)
    hand.settle()
    assert hand.face("x2").problem == "Its input 'b' is not connected."
    assert hand.face("loss").waiting
    # Values up to the broken node stay; gradients are not computed, which is not 0.
    assert hand.shown("x1") == ("6", "–")
    assert hand.shown("loss") == ("–", "–")


def test_a_wire_end_moves_to_another_port_in_one_step(hand):
    hand.drag(hand.input("x1", 1), hand.input("x1", 0))
    assert hand.graph().nodes["x1"].inputs == ("w", None)
    assert hand.session.undo_stack.count() == 1


def test_delete_on_a_wire_cuts_it(hand):
    wire = hand.editor.scene.wires["x2", 0]
    hand.click(hand.pixel(wire.path.pointAtPercent(0.5)))
    assert hand.editor.scene.selected_wires() == [("x2", 0)]
    hand.key(Key.Key_Delete)
    assert hand.graph().nodes["x2"].inputs == (None, "b")


def test_deleting_nodes_opens_what_they_fed(hand):
    hand.click(hand.title("x1"))
    hand.key(Key.Key_Delete)
    assert "x1" not in hand.graph().nodes
    assert hand.graph().nodes["x2"].inputs == (None, "b")
    assert ("x2", 0) not in hand.editor.scene.wires


def test_delete_and_reconnect_joins_the_neighbours(hand):
    hand.click(hand.title("x2"))
    hand.key(Key.Key_Delete, CTRL)
    hand.settle()
    assert hand.graph().nodes["difference"].inputs == ("y_true", "x1")
    # |4 − 6| = 2
    assert hand.shown("loss")[0] == "2"


def test_ctrl_drag_cuts_the_wires_it_crosses(hand):
    wires = [hand.editor.scene.wires[key].path.pointAtPercent(0.5) for key in (("x1", 0), ("x1", 1))]
    across = hand.pixel(wires[0]), hand.pixel(wires[1])
    step = QPoint(0, 40) if across[0].y() < across[1].y() else QPoint(0, -40)
    hand.drag(across[0] - step, across[1] + step, modifiers=CTRL)
    assert hand.graph().nodes["x1"].inputs == (None, None)
    assert hand.session.undo_stack.count() == 1


def test_renaming_keeps_wires_and_place(hand):
    place = hand.editor.scene.nodes["w"].pos()
    hand.double_click(hand.title("w"))
    hand.type("nodeNameEditor", "slope")
    hand.settle()
    assert hand.graph().nodes["x1"].inputs == ("x", "slope")
    assert hand.session.document.landscape.axes == ("slope", "b")
    assert hand.editor.scene.nodes["slope"].pos() == place


@pytest.mark.parametrize(
    ("name", "reason"), [("b", "taken"), ("2w", "cannot be a name"), ("", "cannot be a name")]
)
def test_a_name_that_cannot_be_is_refused_at_the_field(hand, name, reason):
    hand.click(hand.title("w"))
    hand.key(Key.Key_F2)
    field = hand.field("nodeNameEditor")
    field.clear()
    hand.type("nodeNameEditor", name) if name else QTest.keyClick(field, Key.Key_Return)
    assert reason in hand.field("fieldError").text()
    assert "w" in hand.graph().nodes


def test_set_as_output_moves_the_mark(hand):
    hand.click(hand.title("x2"))
    hand.key(Key.Key_O)
    hand.settle()
    assert hand.graph().output == "x2"
    assert hand.face("x2").output == "loss"
    assert hand.face("loss").output == ""
    # d x2 / d w = x = 2
    assert hand.shown("w")[1] == "2"


def test_undoing_everything_gives_the_same_document_and_redo_the_last(hand):
    start = hand.session.document
    hand.drag(hand.input("x2", 1), hand.nowhere())
    hand.click(hand.title("x1"))
    hand.key(Key.Key_D, CTRL)
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Delete)
    hand.double_click(hand.number("w"))
    hand.type("nodeValueEditor", "1e3")
    hand.editor.framing.auto_layout()
    hand.click(hand.title("loss"))
    hand.key(Key.Key_Delete)
    end = hand.session.document
    assert end != start
    hand.undo_all()
    assert hand.session.document == start
    assert not hand.session.is_modified
    while hand.session.undo_stack.canRedo():
        hand.session.undo_stack.redo()
    assert hand.session.document == end
    assert set(hand.editor.scene.nodes) == set(end.graph.nodes)


def test_a_field_goes_with_the_node_that_it_is_about(hand):
    hand.editor.actions_.add("constant", hand.view.mapToScene(hand.nowhere()))
    hand.editor.in_place.edit_value("c1")
    assert hand.sees("nodeValueEditor")
    hand.session.undo_stack.undo()
    assert not hand.sees("nodeValueEditor")


def test_only_numbers_that_can_be_saved_are_taken(hand):
    hand.click(hand.title("w"))
    hand.key(Key.Key_Return)
    hand.type("nodeValueEditor", "inf")
    assert "NaN and infinity cannot be saved" in hand.field("fieldError").text()
    assert hand.session.undo_stack.count() == 0


def test_undo_of_the_first_drag_puts_the_node_back(hand):
    """The document gives no node a place, so the places are the layout's until something moves."""
    assert all(node.pos is None for node in hand.graph().nodes.values())
    before = hand.editor.scene.places()
    start = hand.title("w")
    hand.drag(start, start + QPoint(60, 90))
    after = hand.editor.scene.places()
    assert after["w"] != before["w"]
    hand.session.undo_stack.undo()
    assert hand.editor.scene.places() == before
    assert hand.editor.scene.nodes["w"].pos() == QPointF(*before["w"])
    hand.session.undo_stack.redo()
    assert hand.editor.scene.places() == after


@pytest.mark.parametrize("place", ["title", "output", "number"])
def test_a_drag_ends_when_undo_takes_its_node_away(hand, place):
    hand.editor.actions_.set_value("w", 3.5)
    hand.editor.actions_.add("constant", hand.view.mapToScene(hand.nowhere()))
    at = getattr(hand, place)("c1")
    hand.drag(at, at + QPoint(20, 0), release=False)
    steps = hand.session.undo_stack.count()
    while "c1" in hand.graph().nodes:
        hand.session.undo_stack.undo()
    assert hand.view.interaction is None
    QTest.mouseMove(hand.viewport, at + QPoint(40, 0))
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(40, 0))
    assert float(hand.graph().nodes["w"].value) == 3.5
    assert hand.session.undo_stack.count() == steps
    hand.session.undo_stack.redo()
    assert "c1" in hand.graph().nodes


def test_a_drag_ends_when_another_document_opens(hand):
    at = hand.title("w")
    hand.drag(at, at + QPoint(20, 0), release=False)
    other = Document("Other", engine.parse("loss = p**2", parameters={"p": 1.0}))
    hand.session.open(other)
    QTest.mouseMove(hand.viewport, at + QPoint(40, 0))
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(40, 0))
    assert hand.session.document is other
