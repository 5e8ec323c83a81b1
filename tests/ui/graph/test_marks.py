"""Frames around nodes, and free notes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdstudio.document import files
from gdstudio.document.model import Document
from gdstudio.ui.graph import marks

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def reread(document: Document) -> Document:
    return files.from_text(files.to_text(document))


@pytest.fixture
def framed(hand):
    """A frame called "line" around x1 and x2."""
    hand.click(hand.title("x1"))
    hand.click(hand.title("x2"), SHIFT)
    hand.key(Key.Key_G, CTRL)
    hand.type("frameTitleEditor", "line")
    return hand


def frame(hand):
    return hand.editor.scene.marks["frame", 0]


def strip(hand):
    """A place on the title strip of the frame."""
    return hand.pixel(frame(hand).handle().topLeft() + QPointF(20, 12))


def put_note(hand, text="Mind the sign."):
    hand.key(Key.Key_N)
    field = hand.field("noteEditor")
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return, CTRL)
    return hand.editor.scene.marks["note", 0]


def test_a_frame_lies_around_its_nodes_and_follows_them(framed):
    assert frame(framed).frame == marks.Frame("line", ("x1", "x2"))
    bodies = [framed.editor.scene.nodes[id].scene_body() for id in ("x1", "x2")]
    assert all(frame(framed).rect.contains(body) for body in bodies)
    before = frame(framed).rect
    framed.editor.actions_.move({"x2": (2000.0, 0.0)})
    assert frame(framed).rect.right() > before.right()
    assert reread(framed.session.document) == framed.session.document


def test_dragging_the_title_moves_the_nodes_in_one_step(framed):
    places = framed.editor.scene.places()
    count = framed.session.undo_stack.count()
    framed.drag(strip(framed), strip(framed) + QPointF(32, 48).toPoint())
    after = framed.editor.scene.places()
    moved = {id for id in places if places[id] != after[id]}
    assert moved == {"x1", "x2"}
    shift = {(after[id][0] - places[id][0], after[id][1] - places[id][1]) for id in moved}
    assert len(shift) == 1 and shift.pop()[1] > 0
    assert framed.session.undo_stack.count() == count + 1
    framed.session.undo_stack.undo()
    assert framed.editor.scene.places() == places


def test_a_frame_follows_renaming_and_deleting(framed):
    framed.editor.actions_.rename("x1", "product")
    assert frame(framed).frame.nodes == ("product", "x2")
    framed.editor.actions_.delete(["product"])
    assert frame(framed).frame.nodes == ("x2",)
    framed.editor.actions_.delete(["x2"])
    assert framed.editor.scene.marks == {}
    assert "frames" not in framed.session.document.graph_extra
    framed.undo_all()
    assert framed.editor.scene.marks == {}


def test_deleting_a_frame_keeps_its_nodes(framed):
    framed.click(strip(framed))
    assert framed.editor.scene.selected_marks() == [("frame", 0)]
    framed.key(Key.Key_Delete)
    assert framed.editor.scene.marks == {}
    assert {"x1", "x2"} <= framed.graph().nodes.keys()
    framed.session.undo_stack.undo()
    assert frame(framed).frame.title == "line"


def test_a_frame_without_nodes_says_what_it_needs(hand):
    hand.key(Key.Key_G, CTRL)
    assert hand.field("graphRefusal").text() == "Select the nodes that the frame is for."
    assert hand.session.undo_stack.count() == 0


def test_the_title_is_edited_in_place(framed):
    framed.double_click(strip(framed))
    framed.type("frameTitleEditor", "affine map")
    assert frame(framed).frame.title == "affine map"
    framed.click(strip(framed))
    framed.key(Key.Key_Return)
    framed.type("frameTitleEditor", "nothing", enter=False)
    QTest.keyClick(framed.field("frameTitleEditor"), Key.Key_Escape)
    assert frame(framed).frame.title == "affine map"


def test_a_note_is_written_moved_edited_and_deleted(hand):
    item = put_note(hand)
    assert item.note.text == "Mind the sign."
    start = item.note.pos
    at = hand.pixel(item.rect.center())
    hand.drag(at, at + QPointF(64, 0).toPoint())
    assert item.note.pos[0] > start[0] and item.note.pos[1] == start[1]
    hand.key(Key.Key_Down)
    assert item.note.pos[1] == start[1] + 16
    hand.double_click(hand.pixel(item.rect.center()))
    field = hand.field("noteEditor")
    field.selectAll()
    QTest.keyClicks(field, "Two")
    QTest.keyClick(field, Key.Key_Return)
    QTest.keyClicks(field, "lines")
    QTest.keyClick(field, Key.Key_Return, CTRL)
    assert item.note.text == "Two\nlines"
    assert reread(hand.session.document) == hand.session.document
    hand.key(Key.Key_Delete)
    assert hand.editor.scene.marks == {}
    hand.session.undo_stack.undo()
    assert hand.editor.scene.marks["note", 0].note.text == "Two\nlines"


def test_a_note_that_undo_takes_away_is_dragged_no_further(hand):
    place = QPointF(*put_note(hand).note.pos) + QPointF(10, 10)
    at = hand.pixel(place)
    hand.drag(at, at + QPoint(40, 0), release=False)
    hand.session.undo_stack.undo()
    QTest.mouseMove(hand.viewport, at + QPoint(60, 0))
    QTest.mouseRelease(hand.viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 0))
    assert not marks.marks_of(hand.session.document)
    hand.session.undo_stack.redo()
    assert hand.editor.scene.marks["note", 0].note.text == "Mind the sign."


def test_a_note_given_up_or_left_empty_is_none(hand):
    for text, key in (("Never mind", Key.Key_Escape), ("  ", Key.Key_Return)):
        hand.key(Key.Key_N)
        QTest.keyClicks(hand.field("noteEditor"), text)
        QTest.keyClick(hand.field("noteEditor"), key, CTRL)
    assert hand.editor.scene.marks == {}
    assert hand.session.undo_stack.count() == 0


def test_the_keyboard_reaches_frames_and_notes(framed):
    put_note(framed)
    framed.editor.scene.select()
    framed.key(Key.Key_Backtab, SHIFT)
    assert framed.editor.scene.selected_marks() == [("note", 0)]
    assert framed.view.accessibleDescription() == "Note: Mind the sign."
    framed.key(Key.Key_Backtab, SHIFT)
    assert framed.editor.scene.selected_marks() == [("frame", 0)]
    assert framed.view.accessibleDescription() == "Frame line around x1, x2."
    framed.key(Key.Key_Backtab, SHIFT)
    assert framed.selected() == ["loss"]


def choose(hand, point, name):
    hand.editor.open_menu(hand.view.mapToScene(point), hand.viewport.mapToGlobal(point))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.objectName() == name).trigger()
    menu.close()


def test_the_menus_select_and_delete_what_the_keys_do(framed):
    put_note(framed)
    scene = framed.editor.scene
    choose(framed, framed.nowhere(), "graphMenuSelectAll")
    assert set(scene.selected_nodes()) == set(scene.nodes)
    assert set(scene.selected_marks()) == set(scene.marks) != set()
    choose(framed, framed.title("x1"), "graphMenuDelete")
    assert not framed.graph().nodes and not marks.marks_of(framed.session.document)
    assert framed.session.undo_stack.undoText().startswith("Delete")


def test_their_menu_names_what_it_is_for(framed):
    point = strip(framed)
    framed.editor.open_menu(framed.view.mapToScene(point), framed.viewport.mapToGlobal(point))
    menu = QApplication.activePopupWidget()
    assert menu.objectName() == "graphMarkMenu"
    next(a for a in menu.actions() if a.objectName() == "graphMenuSelectFramed").trigger()
    menu.close()
    assert set(framed.selected()) == {"x1", "x2"}


def test_entries_that_cannot_be_read_are_kept_and_not_shown(hand, chain):
    odd = {
        "frames": [7, {"title": "no nodes"}, {"title": 3, "nodes": ["w", 5, "ghost"]}],
        "notes": [
            {"text": "nowhere"},
            "text",
            {"text": "here", "pos": [1, 2]},
            {"text": "far", "pos": [1e99, 0]},
        ],
    }
    document = reread(chain.replace(graph_extra=odd))
    assert marks.marks_of(document) == {
        ("frame", 2): marks.Frame("", ("w",)),
        ("note", 2): marks.Note("here", (1.0, 2.0)),
    }
    edited = marks.without_nodes(marks.renamed(document, "w", "v"), ["b"])
    assert edited.graph_extra["frames"][:2] == odd["frames"][:2]
    hand.session.open(document)
    assert set(hand.editor.scene.marks) == {("frame", 2), ("note", 2)}
