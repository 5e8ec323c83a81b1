"""Copying: nodes take their frames along, frames their nodes, notes go with them, between windows too."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdstudio.document.model import Document
from gdstudio.ui.graph import GraphEditor, clipboard
from gdstudio.ui.graph.mark_items import FrameItem
from gdstudio.ui.graph.marks import Frame, Note, marks_of
from gdstudio.ui.session import Session
from tests.ui.helpers import wait_settled

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def framed(hand):
    """A frame called "line" around x1 and x2, and a note above."""
    actions = hand.editor.actions_
    actions.add_frame(["x1", "x2"], "line")
    actions.add_note("Mind the sign.", hand.editor.scene.nodes["x1"].pos() - QPoint(0, 200))
    hand.editor.scene.select()
    hand.editor.framing.frame_all()
    return hand


def found(hand):
    return list(marks_of(hand.session.document).values())


def test_nodes_that_are_all_of_a_frame_take_it_along(framed):
    before, count = framed.session.document, framed.session.undo_stack.count()
    framed.click(framed.title("x1"))
    framed.click(framed.title("x2"), SHIFT)
    framed.key(Key.Key_C, CTRL)
    framed.key(Key.Key_V, CTRL)
    first, second = framed.selected()
    assert Frame("line", (first, second)) in found(framed)
    assert framed.session.undo_stack.count() == count + 1
    framed.session.undo_stack.undo()
    assert framed.session.document is before


def test_a_part_of_a_frame_leaves_it_behind(framed):
    framed.click(framed.title("x1"))
    framed.key(Key.Key_D, CTRL)
    assert [mark for mark in found(framed) if isinstance(mark, Frame)] == [Frame("line", ("x1", "x2"))]


def test_a_frame_takes_its_nodes_along_and_is_cut_with_them(framed):
    framed.editor.scene.select(marks=[("frame", 0)])
    framed.editor.view.setFocus()
    framed.key(Key.Key_X, CTRL)
    assert not {"x1", "x2"} & framed.graph().nodes.keys()
    assert found(framed) == [Note("Mind the sign.", found(framed)[0].pos)]
    assert framed.session.undo_stack.undoText() == "Cut"
    framed.key(Key.Key_V, CTRL)
    assert len(framed.selected()) == 2
    assert Frame("line", tuple(framed.selected())) in found(framed)


def test_a_note_is_copied_beside_itself_and_as_plain_text(framed):
    framed.editor.scene.select(marks=[("note", 0)])
    framed.editor.view.setFocus()
    x, y = found(framed)[1].pos
    framed.key(Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Mind the sign."
    framed.key(Key.Key_D, CTRL)
    assert found(framed)[2] == Note("Mind the sign.", (x + 32, y + 32))
    assert framed.editor.scene.selected_marks() == [("note", 1)]


def test_everything_goes_to_another_window(framed, qtbot):
    framed.key(Key.Key_A, CTRL)
    framed.key(Key.Key_C, CTRL)
    session = Session(Document())
    other = GraphEditor(session)
    qtbot.addWidget(other)
    other.resize(700, 500)
    other.show()
    qtbot.waitExposed(other)
    QTest.keyClick(other.view, Key.Key_V, CTRL)
    wait_settled(qtbot, session)
    whole = framed.session.document
    copy = session.document
    assert len(copy.graph.nodes) == len(whole.graph.nodes)
    assert sorted(n.op for n in copy.graph.nodes.values()) == sorted(n.op for n in whole.graph.nodes.values())
    assert [type(mark) for mark in marks_of(copy).values()] == [Frame, Note]
    assert [copy.graph.nodes[id].op for id in marks_of(copy)["frame", 0].nodes] == ["multiply", "add"]
    # Places keep their distances, those of notes too.
    shifts = {
        (b.pos[0] - a[0], b.pos[1] - a[1])
        for a, b in zip(framed.editor.scene.places().values(), copy.graph.nodes.values(), strict=True)
    }
    (dx, dy), *more = shifts
    assert not more
    mine, theirs = marks_of(whole)["note", 0].pos, marks_of(copy)["note", 0].pos
    assert theirs == (mine[0] + dx, mine[1] + dy)
    session.close()


def test_what_is_pasted_covers_nothing_that_is_there(framed):
    framed.key(Key.Key_A, CTRL)
    framed.key(Key.Key_C, CTRL)
    before = set(framed.editor.scene.nodes)
    for _ in range(3):
        framed.editor.actions_.paste(framed.editor.scene.bounds(before).center())
    scene = framed.editor.scene
    bodies = [item.scene_body() for item in scene.nodes.values()]
    bodies += [item.rect for item in scene.marks.values() if not isinstance(item, FrameItem)]
    assert len(bodies) == 4 * (len(before) + 1)
    assert not any(a.intersects(b) for a, b in combinations(bodies, 2))
    frames = [item.rect for item in scene.marks.values() if isinstance(item, FrameItem)]
    assert len(frames) == 4
    assert not any(a.intersects(b) for a, b in combinations(frames, 2))


def test_the_clipboard_of_something_else_is_refused_in_one_sentence(framed):
    for data in (b"{", b"[]", b'{"document": {}, "outside": []}', b"\xff", b"[" * 100_000):
        mime = QMimeData()
        mime.setData(clipboard.MIME, data)
        QApplication.clipboard().setMimeData(mime)
        before = framed.session.document
        framed.key(Key.Key_V, CTRL)
        assert framed.session.document is before
        assert framed.field("graphRefusal").text().startswith("The clipboard holds no nodes")


def test_what_is_selected_is_dragged_and_nudged_together(framed):
    framed.editor.scene.select(["w"], marks=[("note", 0)])
    framed.editor.view.setFocus()
    count = framed.session.undo_stack.count()
    w, note = framed.editor.scene.places()["w"], found(framed)[1].pos
    start = framed.title("w")
    framed.drag(start, start + QPoint(40, 64))
    after = framed.editor.scene.places()["w"]
    shift = after[0] - w[0], after[1] - w[1]
    assert shift != (0.0, 0.0)
    assert found(framed)[1].pos == (note[0] + shift[0], note[1] + shift[1])
    framed.key(Key.Key_Left)
    assert found(framed)[1].pos == (note[0] + shift[0] - 16, note[1] + shift[1])
    assert framed.editor.scene.places()["w"] == (after[0] - 16, after[1])
    assert framed.session.undo_stack.count() == count + 2


def test_delete_takes_nodes_and_notes_in_one_step(framed):
    before, count = framed.session.document, framed.session.undo_stack.count()
    framed.editor.scene.select(["w"], marks=[("note", 0)])
    framed.editor.view.setFocus()
    framed.key(Key.Key_Delete)
    assert "w" not in framed.graph().nodes
    assert found(framed) == [Frame("line", ("x1", "x2"))]
    assert framed.session.undo_stack.count() == count + 1
    framed.session.undo_stack.undo()
    assert framed.session.document is before


def test_a_rubber_band_selects_notes_and_whole_frames(framed):
    bounds = framed.editor.scene.bounds().adjusted(-30, -30, 30, 30)
    framed.editor.view.frame(bounds.adjusted(-30, -30, 30, 30))
    framed.drag(framed.pixel(bounds.topLeft()), framed.pixel(bounds.bottomRight()))
    assert framed.editor.scene.selected_marks() == [("frame", 0), ("note", 0)]
    assert set(framed.selected()) == set(framed.graph().nodes)
