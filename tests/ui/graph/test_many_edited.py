"""Hundreds of nodes at once: selected, moved, copied, deleted and taken back, with all that is drawn in step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.ui import commands
from gdstudio.ui.graph import GraphEditor, actions, clipboard, marks
from gdstudio.ui.graph.boxes import Boxes
from gdstudio.ui.graph.exposure import Exposure
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.room import free_shift
from gdstudio.ui.graph.routing import wire_path
from gdstudio.ui.graph.scene import Port
from gdstudio.ui.graph.wire_layer import WireLayer
from gdstudio.ui.session import Session
from tests.ui.graph.test_many_nodes import GROUPS, many

CTRL = Qt.KeyboardModifier.ControlModifier


def placed() -> Document:
    """The nodes of `many` in a grid of 4 columns."""
    places = {"x": (0.0, 0.0), "s0": (160.0, 0.0)}
    for i in range(GROUPS):
        for column, id in enumerate((f"w{i}", f"m{i}", f"s{i + 1}")):
            places[id] = 160.0 * column, 96.0 * (i + 1)
    return commands.move_nodes(many(), places)


@pytest.fixture
def editor(qtbot):
    session = Session(placed())
    made = GraphEditor(session)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    rest(made, qtbot)
    yield made
    made.close()
    session.close()


def rest(editor, qtbot):
    scene = editor.scene
    qtbot.waitUntil(
        lambda: editor.session.trace is not None and not scene.nodes.waiting and scene.wiring.is_settled,
        timeout=30_000,
    )


def in_step(editor) -> bool:
    """Whether nodes and wires are those of the graph, and every wire has the way that it would be given now."""
    scene, nodes = editor.scene, editor.session.document.graph.nodes
    wired = {(id, slot): s for id, node in nodes.items() for slot, s in enumerate(node.inputs) if s}
    ways = {
        key: wire_path(scene.nodes[source].port(-1), scene.nodes[key[0]].port(key[1]), scene.boxes.edges)
        for key, source in wired.items()
    }
    return (
        set(scene.nodes) == set(nodes)
        and {id: (item.pos().x(), item.pos().y()) for id, item in scene.nodes.items()} == scene.places()
        and {key: wire.source for key, wire in scene.wires.items()} == wired
        and all(scene.wires[key].path == way for key, way in ways.items())
    )


def half(editor) -> list[str]:
    return list(editor.scene.nodes)[::2]


def test_deleting_what_is_selected_tells_once_that_nothing_is(editor, qtbot):
    scene = editor.scene
    QTest.keyClick(editor.view, Qt.Key.Key_A, CTRL)
    assert scene.selected_nodes() == list(scene.graph.nodes)
    scene.select(half(editor))
    kept = [id for id in scene.nodes if id not in half(editor)]
    told = []
    scene.selectionChanged.connect(lambda: told.append((scene.selected_nodes(), list(scene.nodes))))
    QTest.keyClick(editor.view, Qt.Key.Key_Delete)
    assert told == [([], kept)]  # when all of the scene is as the graph is
    rest(editor, qtbot)
    assert in_step(editor)


def test_undo_of_a_deletion_brings_all_back_and_selects_nothing(editor, qtbot):
    before = editor.session.document
    editor.scene.select(half(editor))
    QTest.keyClick(editor.view, Qt.Key.Key_Delete)
    editor.session.undo_stack.undo()  # at once, while wires still wait for their ways
    rest(editor, qtbot)
    assert editor.session.document is before
    assert editor.scene.selected_nodes() == []
    assert not any(item.is_selected for item in editor.scene.nodes.values())
    assert in_step(editor)


def test_one_selected_node_that_stays_is_told_when_the_others_are_deleted(editor):
    scene = editor.scene
    scene.select(["m1", "m2"])
    editor.actions_.delete(["m2"])
    assert scene.selected_nodes() == ["m1"]
    assert editor.session.selected_node == "m1"


def test_wires_go_along_at_once_with_the_nodes_at_both_ends(editor, qtbot):
    scene = editor.scene
    moved = [id for id in scene.nodes if id != "x"]
    before = {id: scene.nodes[id].pos() for id in moved}
    scene.select(moved)
    QTest.keyClick(editor.view, Qt.Key.Key_Right)
    shift = scene.nodes["s0"].pos() - before["s0"]
    assert shift != QPointF()
    assert all(scene.nodes[id].pos() - before[id] == shift for id in moved)
    inner = [wire for wire in scene.wires.values() if wire.source != "x"]
    assert len(inner) == 3 * GROUPS
    for wire in inner:
        assert wire.chord.p1() == scene.nodes[wire.source].port(-1)
        assert wire.chord.p2() == scene.nodes[wire.target].port(wire.slot)
        assert scene.wire_at(wire.path.pointAtPercent(0.5)) is not None
    rest(editor, qtbot)
    assert in_step(editor)


def test_an_undo_that_comes_while_wires_are_led_wins(editor, qtbot):
    before = editor.scene.places()
    editor.scene.select(half(editor))
    QTest.keyClick(editor.view, Qt.Key.Key_Down)
    QApplication.processEvents()
    editor.session.undo_stack.undo()
    QTest.keyClick(editor.view, Qt.Key.Key_Right)
    editor.session.undo_stack.undo()
    rest(editor, qtbot)
    assert editor.scene.places() == before
    assert in_step(editor)


def test_copies_of_many_nodes_lie_together_and_cover_nothing(editor, qtbot):
    scene = editor.scene
    originals = set(scene.nodes)
    scene.select(originals)
    QTest.keyClick(editor.view, Qt.Key.Key_C, CTRL)
    QTest.keyClick(editor.view, Qt.Key.Key_V, CTRL)
    copies = scene.selected_nodes()
    assert len(copies) == len(originals) == len(scene.nodes) / 2
    shifts = {
        (round(place[0] - old[0]), round(place[1] - old[1]))
        for place, old in zip(
            (scene.places()[id] for id in copies), (scene.places()[id] for id in scene.nodes), strict=False
        )
    }
    assert len(shifts) == 1
    area = QRectF()
    for id in copies:
        area = area.united(scene.boxes[id])
    assert not originals & set(scene.boxes.meeting(area))
    rest(editor, qtbot)
    assert in_step(editor)


@pytest.fixture
def meanwhile(monkeypatch):
    """A function that has something happen while another, named by module and name, works in its thread.

    It returns a list that grows with each call of the latter.
    """

    def happen(event: Callable[[], object], module: ModuleType, name: str) -> list[str]:
        done, calls, work = threading.Event(), [], getattr(module, name)

        def held(*given):
            calls.append(name)
            assert done.wait(30)
            return work(*given)

        def now() -> None:
            event()
            done.set()

        monkeypatch.setattr(module, name, held)
        monkeypatch.setattr(actions, "_AT_ONCE_LETTERS", 0)
        QTimer.singleShot(0, now)
        return calls

    return happen


@pytest.mark.parametrize(
    ("key", "module", "name"),
    [
        (Qt.Key.Key_V, actions, "with_copies"),
        (Qt.Key.Key_X, clipboard, "copied"),
        (Qt.Key.Key_D, clipboard, "copied"),
    ],
)
def test_what_was_begun_in_one_document_changes_no_other(editor, meanwhile, key, module, name):
    session, scene = editor.session, editor.scene
    scene.select(scene.nodes)
    QTest.keyClick(editor.view, Qt.Key.Key_C, CTRL)
    other = placed()
    calls = meanwhile(lambda: session.open(other), module, name)
    QTest.keyClick(editor.view, key, CTRL)
    assert calls == [name]
    assert session.document is other and session.undo_stack.count() == 0


def test_what_is_edited_while_copies_are_made_stays(editor, meanwhile):
    session, scene = editor.session, editor.scene
    count = len(scene.nodes)
    scene.select(scene.nodes)
    QTest.keyClick(editor.view, Qt.Key.Key_C, CTRL)
    tries = meanwhile(
        lambda: session.edit("value", commands.set_value(session.document, "w3", 7.0)), actions, "with_copies"
    )
    QTest.keyClick(editor.view, Qt.Key.Key_V, CTRL)
    assert len(tries) == 2
    assert session.undo_stack.count() == 2
    assert float(session.document.graph.nodes["w3"].value) == 7.0
    assert len(session.document.graph.nodes) == len(scene.nodes) == 2 * count


def open_another(editor) -> None:
    """Have a document come whose nodes and wires wait to be made."""
    editor.session.open(placed())
    assert not editor.scene.wires and len(editor.scene.nodes.waiting) == 3 * GROUPS + 2


def test_wires_that_are_made_late_look_as_was_asked_for_before(editor, qtbot):
    scene = editor.scene
    open_another(editor)
    scene.lights.rest(Light.GRADIENT, wires=[("m3", 1), ("m4", 1)])
    scene.select(wires=[("m5", 0)])
    scene.move_items({"s9": (5000.0, 0.0)})
    rest(editor, qtbot)
    assert {key for key, wire in scene.wires.items() if wire.is_selected} == {("m5", 0)}
    # s9 = s8 + m8 and s10 = s9 + m9
    moving = {("s9", 0), ("s9", 1), ("s10", 0)}
    assert {key for key, wire in scene.wires.items() if not wire.is_grounded} == moving
    over = next(item for item in scene.items() if isinstance(item, WireLayer) and item.zValue() == 0)
    assert {wire.key for wire in over.wires} == {("m3", 1), ("m4", 1)} | moving
    scene.put_down()
    scene.lights.rest()
    assert all(wire.is_grounded for wire in scene.wires.values())
    assert not over.wires
    assert scene.selected_wires() == [("m5", 0)]


def test_ports_that_fit_are_told_while_nodes_wait_to_be_made(editor):
    scene = editor.scene
    open_another(editor)
    fitting = editor.actions_.fitting_ports(Port("m7", -1))
    assert len(scene.nodes.waiting) == 3 * GROUPS + 2
    # What feeds m7 cannot be fed by it, nor can a parameter; s20 = s19 + m19 has two inputs.
    assert fitting["x"] == fitting["w7"] == fitting["w8"] == frozenset()
    assert fitting["s20"] == {0, 1}


def test_many_bodies_are_moved_below_everything_as_one_block():
    # 400 bodies in gaps of 400 others: one by one they would fit between them, as a block only below.
    taken = [QRectF(0, 64 * i, 32, 16) for i in range(400)]
    bodies = [QRectF(0, 64 * i, 32, 16) for i in range(400)]
    dx, dy = free_shift(bodies, taken)
    assert abs(dx) >= 32 or dy >= 64 * 399 + 16
    few = free_shift(bodies[:3], taken[:3])
    assert few != (0.0, 0.0) and max(map(abs, few)) < 64


def test_numbers_are_written_once_they_are_looked_at(editor, qtbot):
    scene = editor.scene
    editor.framing.touch()
    editor.view.set_scale(0.1)
    editor.actions_.set_output("s50")
    rest(editor, qtbot)
    editor.view.viewport().grab()
    assert scene.nodes["s50"].has_flag
    # s50 = 0.5² + 0.5 · 0.01 · (1 + … + 50)
    assert float(scene.nodes["s50"].face.values[0]) == pytest.approx(0.25 + 0.5 * 0.01 * 50 * 51 / 2)


def test_hundreds_of_selected_nodes_are_counted_for_screen_readers(editor):
    editor.scene.select(list(editor.scene.nodes)[:150])
    assert editor.view.accessibleDescription() == "150 nodes selected."
    assert all(wire.label == "" for wire in editor.scene.wires.values())
    editor.scene.select(["m3"])
    assert editor.view.accessibleDescription().startswith("m3, ")
    # ∂m3/∂w3 = x
    assert editor.scene.wires["m3", 1].label == "0.5"


def test_another_document_leaves_nothing_of_the_one_before(editor, qtbot):
    scene = editor.scene
    scene.select(half(editor))
    scene.hover(scene.nodes["m1"])
    editor.session.open(Document(graph=engine.parse("y = x * b", parameters={"x": 1.0, "b": 2.0})))
    rest(editor, qtbot)
    assert scene.selected_nodes() == [] and scene.hovered is None
    assert list(scene.nodes) == ["x", "b", "y"] and len(scene.boxes) == 3
    assert in_step(editor)


def test_a_wire_that_is_gone_is_painted_no_more(editor, qtbot):
    scene = editor.scene
    scene.select(wires=[("m3", 1)])
    gone = scene.wires["m3", 1]
    assert gone.label
    QTest.keyClick(editor.view, Qt.Key.Key_Delete)
    editor.session.undo_stack.undo()
    rest(editor, qtbot)
    standing_out = [wire for item in scene.items() if isinstance(item, WireLayer) for wire in item.wires]
    assert gone not in standing_out and scene.wires["m3", 1] not in standing_out


def test_a_frame_of_another_document_is_not_selected(editor, qtbot):
    editor.actions_.add_frame(["m1"], "of the one")
    assert editor.scene.selected_marks()
    other, _key = marks.with_frame(
        Document(graph=engine.parse("y = x * b", parameters={"x": 1.0, "b": 2.0})), "of the other", ["y"]
    )
    editor.session.open(other)
    rest(editor, qtbot)
    assert editor.scene.selected_marks() == []
    assert not any(item.is_selected for item in editor.scene.marks.values())


def test_hundreds_of_places_to_paint_are_the_whole_picture():
    class Scene:
        def __init__(self) -> None:
            self.updated, self.invalidated = [], []

        def sceneRect(self) -> QRectF:
            return QRectF(0, 0, 5000, 5000)

        def update(self, area: QRectF | None = None) -> None:
            self.updated.append(area)

        def invalidate(self, area: QRectF, _layer: object) -> None:
            self.invalidated.append(area)

    scene = Scene()
    exposure = Exposure(scene)
    places = [QRectF(10 * i, 0, 5, 5) for i in range(300)]
    for area in places:
        exposure.place(area)
        exposure.ground(area)
    assert scene.updated[-1] is None and len(scene.updated) < len(places)
    assert scene.invalidated[-1] == scene.sceneRect() and len(scene.invalidated) < len(places)
    assert exposure.is_whole and exposure.is_whole_ground
    exposure.begin([QRectF(0, 0, 9, 9)])
    assert not exposure.is_whole and not exposure.is_whole_ground
    exposure.place(places[0])
    assert scene.updated[-1] == places[0]


def test_boxes_are_moved_together():
    boxes: Boxes[str] = Boxes()
    for i, name in enumerate("abc"):
        boxes.set(name, QRectF(10 * i, 0, 5, 5))
    boxes.move(["a", "c"], QPointF(2, 3))
    assert boxes["a"] == QRectF(2, 3, 5, 5)
    assert boxes["b"] == QRectF(10, 0, 5, 5)
    assert np.array_equal(boxes.edges[2], [22, 3, 27, 8])


def test_many_boxes_are_forgotten_and_others_take_their_rows():
    boxes: Boxes[int] = Boxes()
    for i in range(200):
        boxes.set(i, QRectF(10 * i, 0, 5, 5))
    boxes.discard_all([*range(0, 200, 2), 777])
    assert len(boxes) == 100
    assert boxes.meeting(QRectF(0, 0, 100, 5)) == [1, 3, 5, 7, 9]
    boxes.set(4, QRectF(0, 50, 5, 5))
    boxes.discard_all([1])
    assert boxes.meeting(QRectF(0, 0, 31, 60)) == [3, 4]
    assert boxes.around() == QRectF(0, 0, 1995, 55)
