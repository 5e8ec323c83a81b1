"""Automatic layout with frames: members stay together, nothing foreign lies in a frame."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.ui.graph import geometry, marks
from gdstudio.ui.graph.framed_layout import layered_in_frames
from gdstudio.ui.graph.layout import layered
from gdstudio.ui.graph.mark_items import FRAME_AROUND, FRAME_TITLE

CTRL = Qt.KeyboardModifier.ControlModifier


def body(place, height=geometry.NODE_HEIGHT):
    return QRectF(QPointF(*place), QPointF(place[0] + geometry.NODE_WIDTH, place[1] + height))


def box(places, members):
    """The frame around these nodes, as the canvas draws it."""
    rect = QRectF()
    for id in members:
        rect = rect.united(body(places[id]))
    return rect.adjusted(-FRAME_AROUND, -FRAME_AROUND - FRAME_TITLE, FRAME_AROUND, FRAME_AROUND)


def check(places, frames):
    """Nodes cover nothing, and of every frame apart from others foreign nodes and frames keep out."""
    ids = list(places)
    for i, one in enumerate(ids):
        for other in ids[:i]:
            assert not body(places[one]).intersects(body(places[other])), (one, other)
    for frame in frames:
        for id in ids:
            assert (id in frame) == box(places, frame).intersects(body(places[id])), (frame, id)
    for i, one in enumerate(frames):
        for other in frames[:i]:
            assert not box(places, one).intersects(box(places, other))


CHAIN = [(f"n{i}", f"n{i + 1}", 0) for i in range(11)]


@pytest.mark.parametrize(
    "frames",
    [
        [{"n3", "n4", "n5"}],
        [{"n0", "n1"}, {"n5", "n6", "n7"}, {"n10", "n11"}],
        # The first feeds itself through nodes that are not in it.
        [{"n2", "n8"}, {"n4", "n5"}],
        [{f"n{i}" for i in range(12)}],
        [{"n4"}],
    ],
)
@pytest.mark.parametrize("view", [(640.0, 600.0), (2000.0, 400.0), (200.0, 200.0)])
def test_no_foreign_node_lies_in_a_frame(frames, view):
    heights = {f"n{i}": geometry.NODE_HEIGHT for i in range(12)}
    places = layered_in_frames(CHAIN, heights, frames, view)
    assert places.keys() == heights.keys()
    assert all(x % geometry.GRID == y % geometry.GRID == 0 for x, y in places.values())
    check(places, frames)


@settings(max_examples=60, deadline=None)
@given(
    wires=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=30),
    parts=st.lists(st.integers(0, 4), min_size=14, max_size=14),
)
def test_any_graph_in_any_frames(wires, parts):
    heights = {f"n{i}": geometry.NODE_HEIGHT for i in range(14)}
    edges = [(f"n{min(w)}", f"n{max(w)}", 0) for w in wires if w[0] != w[1]]
    frames = [frame for k in range(1, 5) if (frame := {f"n{i}" for i in range(14) if parts[i] == k})]
    check(layered_in_frames(edges, heights, frames), frames)


def test_a_frame_in_a_frame_has_room_for_both_titles(hand):
    graph = engine.parse("a = w * 2\nb = a + 1\nc = b * b\nd = c + w\nloss = d * d", parameters={"w": 1.0})
    document = Document(graph=graph)
    document, _ = marks.with_frame(document, "outer", ["a", "b", "c"])
    document, _ = marks.with_frame(document, "inner", ["a", "b"])
    hand.session.open(document)
    hand.settle()
    hand.editor.framing.auto_layout()
    outer, inner = hand.editor.scene.marks["frame", 0], hand.editor.scene.marks["frame", 1]
    assert outer.rect.contains(inner.rect)
    assert outer.handle().bottom() <= inner.rect.top()
    for id in ("d", "loss", "w"):
        assert not outer.rect.intersects(hand.editor.scene.nodes[id].scene_body())


def test_without_frames_it_is_the_plain_layout():
    heights = {f"n{i}": geometry.NODE_HEIGHT for i in range(12)}
    assert layered_in_frames(CHAIN, heights, []) == layered(CHAIN, heights)


def test_the_button_keeps_a_frame_together_and_its_note_near(hand):
    hand.editor.actions_.add_frame(["x1", "x2", "b"], "line")
    x1 = hand.editor.scene.nodes["x1"].pos()
    hand.editor.actions_.add_note("Mind the sign.", x1 + QPointF(0, -400))
    hand.editor.actions_.move({"x2": (3000.0, 0.0)})
    before = hand.session.document
    hand.click_tool("graphLayout")
    frame = hand.editor.scene.marks["frame", 0]
    for id, item in hand.editor.scene.nodes.items():
        assert (id in frame.frame.nodes) == frame.rect.intersects(item.scene_body())
    note = hand.editor.scene.marks["note", 0].rect
    assert not any(note.intersects(item.scene_body()) for item in hand.editor.scene.nodes.values())
    hand.session.undo_stack.undo()
    assert hand.session.document is before


def test_a_document_without_places_opens_with_its_frames_together(hand):
    graph = engine.parse("a = w * 2\nb = v * a\nc = b + w\nloss = c * c", parameters={"w": 1.0, "v": 2.0})
    document, _ = marks.with_frame(Document(graph=graph), "pair", ["a", "c"])
    hand.session.open(document)
    hand.settle()
    frame = hand.editor.scene.marks["frame", 0]
    inside = {id for id, item in hand.editor.scene.nodes.items() if frame.rect.intersects(item.scene_body())}
    assert inside == {"a", "c"}
