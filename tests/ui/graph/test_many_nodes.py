"""Hundreds of nodes: laid out off the GUI thread, their wires led in slices, only what differs made anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QPainter, QPicture

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.graph.faces import FaceMaker
from gdstudio.ui.graph.layout import layered
from gdstudio.ui.graph.node_item import NodeItem
from gdstudio.ui.graph.node_items import NodeItems
from gdstudio.ui.graph.places import AT_ONCE
from gdstudio.ui.session import Session

GROUPS = 100
NODES = 3 * GROUPS + 2


def many() -> Document:
    """A sum of w_i x over 100 parameters: 302 nodes and 401 wires; no node has a place."""
    lines, parameters = ["s0 = square(x)"], {}
    for i in range(GROUPS):
        parameters[f"w{i}"] = 0.01 * (i + 1)
        lines += [f"m{i} = x * w{i}", f"s{i + 1} = s{i} + m{i}"]
    return Document(graph=engine.parse("\n".join(lines), parameters=parameters, constants={"x": 0.5}))


@pytest.fixture
def editor(qtbot):
    session = Session(Document())
    made = GraphEditor(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    session.close()


def wait_for_places(editor, qtbot):
    scene = editor.scene
    qtbot.waitUntil(lambda: not scene.placing.rough and scene.wiring.is_settled, timeout=30_000)


def expected(editor):
    """The places that the layout gives the whole graph in this view."""
    size = editor.view.viewport().size()
    nodes = editor.session.document.graph.nodes
    wires = [(source, id, slot) for id, node in nodes.items() for slot, source in enumerate(node.inputs)]
    return layered(wires, dict.fromkeys(nodes, 80.0), (size.width(), size.height()))


def test_the_layout_of_many_nodes_comes_from_a_thread_and_is_no_edit(editor, qtbot):
    session = editor.session
    session.open(many())
    assert NODES > AT_ONCE
    assert len(editor.scene.nodes) == len(editor.scene.placing.rough) == NODES
    wait_for_places(editor, qtbot)
    assert editor.scene.places() == expected(editor)
    assert all(node.pos is None for node in session.document.graph.nodes.values())
    assert session.undo_stack.count() == 0
    assert editor.view.shows(editor.scene.bounds())


def test_what_a_hand_looks_at_stays_in_the_middle_when_the_layout_comes(editor, qtbot):
    editor.session.open(many())
    editor.framing.touch()
    editor.view.set_scale(1.0)
    editor.view.centerOn(editor.scene.nodes["s50"].scene_body().center())
    middle = editor.view.viewport().rect().center()

    def away() -> QPointF:
        return editor.view.mapToScene(middle) - editor.scene.nodes["s50"].pos()

    before, place = away(), editor.scene.nodes["s50"].pos()
    wait_for_places(editor, qtbot)
    assert editor.scene.nodes["s50"].pos() != place
    assert (away() - before).manhattanLength() <= 2
    assert editor.view.scale_now == 1.0


def test_until_it_comes_no_node_lies_on_another(editor):
    editor.session.open(many())
    places = editor.scene.places()
    assert len(set(places.values())) == NODES
    columns = {}
    for x, y in places.values():
        columns.setdefault(x, []).append(y)
    assert all(b - a >= 80 for ys in map(sorted, columns.values()) for a, b in zip(ys, ys[1:], strict=False))


def test_a_layout_for_another_graph_is_dropped_and_the_new_one_is_laid_out(editor, qtbot):
    session = editor.session
    session.open(many())
    small = engine.parse("y = a * b", parameters={"a": 1.0, "b": 2.0})
    session.open(Document(graph=small))
    wait_for_places(editor, qtbot)
    assert set(editor.scene.places()) == {"y", "a", "b"}
    session.open(many())
    wait_for_places(editor, qtbot)
    assert editor.scene.places() == expected(editor)


def test_arranging_many_nodes_by_hand_is_one_step_that_can_be_undone(editor, qtbot):
    session = editor.session
    session.open(many())
    wait_for_places(editor, qtbot)
    before = session.document
    editor.actions_.move({"x": (-960.0, 480.0)})
    moved = editor.scene.places()
    editor.framing.auto_layout()
    qtbot.waitUntil(lambda: session.undo_stack.count() == 2, timeout=30_000)
    assert editor.scene.places() == expected(editor) != moved
    session.undo_stack.undo()
    assert editor.scene.places() == moved
    session.undo_stack.undo()
    assert session.document == before


def test_every_wire_of_many_is_led_from_its_port_to_its_port(editor, qtbot):
    editor.show_locals(True)
    editor.session.open(many())
    wait_for_places(editor, qtbot)
    qtbot.waitUntil(lambda: editor.session.trace is not None, timeout=30_000)
    scene = editor.scene
    # ∂m0/∂x = w0.
    assert scene.wires["m0", 0].label == "0.01"
    assert all(scene.bounds().contains(wire.bounds) for wire in scene.wires.values())
    assert len(scene.wires) == 4 * GROUPS + 1
    for wire in scene.wires.values():
        assert wire.chord.p1() == scene.nodes[wire.source].port(-1)
        assert wire.chord.p2() == scene.nodes[wire.target].port(wire.slot)
        assert scene.wiring.nearest(wire.chord.center(), 2000.0) is not None


def test_a_connection_makes_anew_the_faces_that_differ_and_no_others(editor, qtbot, monkeypatch):
    editor.session.open(many())
    wait_for_places(editor, qtbot)
    faces = {id: item.face for id, item in editor.scene.nodes.items()}
    editor.session.cancel_work()
    made = []
    frame = FaceMaker._frame
    monkeypatch.setattr(FaceMaker, "_frame", lambda self, node: made.append(node.id) or frame(self, node))
    editor.actions_.disconnect_wires([("m7", 1)])
    # w7 feeds nothing any more; m7 has no second factor, so all sums from s8 on cannot be computed.
    broken = {"m7", *(f"s{i}" for i in range(8, GROUPS + 1))}
    now = {id: item.face for id, item in editor.scene.nodes.items()}
    assert {id for id in now if now[id].problem} == broken
    assert not now["w7"].feeds
    assert set(made) == broken | {"w7"}
    assert all(now[id].wired == faces[id].wired for id in now.keys() - {"m7"})


def test_items_that_wait_are_made_when_asked_for_and_the_others_in_slices(editor, qtbot):
    scene = editor.scene
    editor.session.open(many())
    assert len(scene.nodes.waiting) == NODES
    assert scene.node_at(scene.boxes["m7"].center()).id == "m7"
    assert "m7" not in scene.nodes.waiting
    wait_for_places(editor, qtbot)
    assert not scene.nodes.waiting
    assert list(scene.nodes) == list(scene.graph.nodes)
    assert all(item.scene_body() == scene.boxes[id] for id, item in scene.nodes.items())
    assert {id: (item.pos().x(), item.pos().y()) for id, item in scene.nodes.items()} == scene.places()


def test_what_is_in_view_comes_first(qtbot):
    made, filled = [], []

    def make(id):
        made.append(id)
        return NodeItem(id, (), lambda id: None)

    parent, seen = QObject(), ["n390", "n5"]
    items = NodeItems(parent, make, lambda: seen, lambda: filled.append(len(made)))
    items.expect(f"n{i}" for i in range(400))
    assert made == []
    qtbot.waitUntil(lambda: not items.waiting, timeout=30_000)
    assert made[:3] == ["n390", "n5", "n0"]
    assert sorted(made) == sorted(items)
    assert len(filled) == 1  # one repaint when a view has all that it shows


def test_a_graph_that_goes_before_its_items_are_made_leaves_nothing_behind(editor, qtbot):
    scene = editor.scene
    editor.session.open(many())
    editor.session.open(Document(graph=engine.parse("y = a * b", parameters={"a": 1.0, "b": 2.0})))
    assert not scene.nodes.waiting
    assert set(scene.nodes) == {"a", "b", "y"}
    assert [item.id for item in scene.nodes.all_made()] == list(scene.graph.nodes)


def test_a_picture_of_the_whole_graph_waits_for_no_slice(editor):
    editor.session.open(many())
    picture = QPicture()
    painter = QPainter(picture)
    editor.paint_graph(painter, QRectF(0, 0, 900, 600))
    painter.end()
    assert not editor.scene.nodes.waiting
