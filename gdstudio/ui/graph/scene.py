"""The items of one graph: made, moved and dropped as the graph changes, and found by place.

The scene keeps items in step with `show(graph, trace)`; it knows no session and handles no events. Places of
nodes that the document gives no position live here, too, until an edit writes them down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from gdstudio.engine import EngineError
from gdstudio.engine.graph import Graph
from gdstudio.engine.trace import Trace
from gdstudio.ui.graph import geometry, numbers
from gdstudio.ui.graph.boxes import Boxes
from gdstudio.ui.graph.faces import ALL, Face, FaceMaker, Reveal, slot_names
from gdstudio.ui.graph.framed_layout import layered_in_frames
from gdstudio.ui.graph.layout import Point
from gdstudio.ui.graph.mark_items import FrameItem, MarkItem, NoteItem
from gdstudio.ui.graph.marks import Frame, Key, Note
from gdstudio.ui.graph.node_item import NAMES_ONLY, Light, NodeItem
from gdstudio.ui.graph.node_layer import NodeLayer
from gdstudio.ui.graph.routing import wire_path
from gdstudio.ui.graph.wire_item import WireItem, draw_plain

# A local derivative with more numbers than this is not computed: it would hold up the window.
_LOCAL_LIMIT = 4096
_SHORT_LABEL = 7
_ROOM = 4000.0
# So much at a time goes into new ways for wires that are not at a node that moved.
_DETOUR_SECONDS = 0.005


class Port(NamedTuple):
    """A port: input `slot` of `node`, or its output when slot is -1."""

    node: str
    slot: int

    @property
    def is_output(self) -> bool:
        return self.slot < 0


class GraphScene(QGraphicsScene):
    """Items for a graph. `nodes` by id, `wires` by (target, slot) and `marks` by key are for reading."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.nodes: dict[str, NodeItem] = {}
        self.wires: dict[tuple[str, int], WireItem] = {}
        self.boxes: Boxes[str] = Boxes()
        self._wire_boxes: Boxes[tuple[str, int]] = Boxes()
        self._wires_at: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._lifted: set[tuple[str, int]] = set()
        self._detours: set[tuple[str, int]] = set()
        self._leisure = QTimer(self, singleShot=True, interval=0)
        self._leisure.timeout.connect(self._lead_detours)
        self._labelled: set[tuple[str, int]] = set()
        self.node_layer = NodeLayer(self.nodes, self.boxes)
        self.addItem(self.node_layer)
        self.marks: dict[Key, FrameItem | NoteItem] = {}
        self.frames: Sequence[Collection[str]] = ()  # what a layout keeps together
        self.graph = Graph()
        self.trace: Trace | None = None
        self.own_values = True  # parameters and data show the graph's own values, not the trace's
        self._placed: dict[str, Point] = {}
        self._laid: dict[str, Point] = {}  # where the layout put nodes that the document gives no place
        self._bounds: QRectF | None = None  # around everything, until something moves
        self._locals_shown = False
        self._resting: tuple[Light, Collection[str], Collection[tuple[str, int]]] = (Light.PLAIN, (), ())
        self._lit_nodes: set[str] = set()
        self._lit_wires: set[tuple[str, int]] = set()
        self._hovered: NodeItem | WireItem | None = None
        self.reveal = ALL
        self.maker = FaceMaker(self.graph, None)
        self.selectionChanged.connect(self.update_wire_labels)

    @property
    def graph_in_view(self) -> Graph:
        """The graph with the values that its nodes show: its own, or those at a racer."""
        return self.graph if self.own_values or self.trace is None else self.trace.graph

    # Keeping in step

    def show(self, graph: Graph, trace: Trace | None, view: tuple[float, float]) -> None:
        """Make the items agree with `graph`; nodes without position are laid out for a view of that size.

        It costs what differs: a value or a place changes one item, only another structure looks at all.
        """
        before, self.graph, self.trace = self.graph, graph, trace
        self.maker = FaceMaker(graph, trace, self.reveal, self.maker, self.own_values)
        same = graph.structure is before.structure and graph.output == before.output
        if not same:
            self._drop_old()
        both = zip(before.nodes.values(), graph.nodes.values(), strict=True) if same else ()
        changed = [node.id for old, node in both if node is not old] if same else list(graph.nodes)
        self._place(graph, changed, view)
        self._show_nodes(changed)
        if not same:
            self._show_wires()
            self.update_wire_labels()

    def show_marks(self, found: Mapping[Key, Frame | Note]) -> None:
        """Make frames and notes agree with these."""
        for key in [key for key in self.marks if key not in found]:
            self._forget(self.marks.pop(key))
        for key, mark in found.items():
            item = self.marks.get(key)
            if item is None:
                item = FrameItem(key, mark) if isinstance(mark, Frame) else NoteItem(key, mark)
                self.marks[key] = item
                self.addItem(item)
            elif isinstance(item, FrameItem) and isinstance(mark, Frame):
                item.set_frame(mark)
            elif isinstance(item, NoteItem) and isinstance(mark, Note):
                item.set_note(mark)
        self._fit_frames()

    def _fit_frames(self) -> None:
        self._bounds = None
        frames = [item for item in self.marks.values() if isinstance(item, FrameItem)]
        # From the inside outwards: a frame lies around the frames in it, too.
        frames.sort(key=lambda item: len(item.frame.nodes))
        members = [set(item.frame.nodes) for item in frames]
        for i, item in enumerate(frames):
            bodies = [self.nodes[id].scene_body() for id in item.frame.nodes if id in self.nodes]
            item.fit(bodies + [frames[j].rect for j in range(i) if members[j] < members[i]])

    def _sources(self) -> dict[tuple[str, int], str]:
        """The wires of the graph: (target, slot) -> source."""
        return {
            (node.id, slot): source
            for node in self.graph.nodes.values()
            for slot, source in enumerate(node.inputs)
            if source is not None and source in self.graph.nodes
        }

    def _drop_old(self) -> None:
        """Remove the items of nodes and wires that the graph has not."""
        wanted = self._sources()
        for key in [key for key, item in self.wires.items() if wanted.get(key) != item.source]:
            wire = self.wires.pop(key)
            self._wire_boxes.remove(key)
            self._wires_at[wire.source].discard(key)
            self._wires_at[wire.target].discard(key)
            self._forget(wire)
        gone = [id for id in self.nodes if id not in self.graph.nodes]
        for id in gone:
            node = self.nodes.pop(id)
            node.redraw()
            self.boxes.remove(id)
            self._wires_at.pop(id, None)
            self.node_layer.forget(id)
            self._forget(node)
        if gone:
            self.update_paths()

    def _show_nodes(self, ids: Iterable[str]) -> None:
        moved: set[str] = set()
        swept: list[QRectF] = []
        for id in ids:
            face, place = self.maker.face(id), QPointF(*self._placed[id])
            item = self.nodes.get(id)
            if item is None:
                item = self.nodes[id] = NodeItem(id, face, self._make_face)
                item.on_change = self.node_layer.expose
                self.addItem(item)
            elif item.pos() == place and len(item.face.slots) == len(face.slots):
                item.set_face(face)
                continue
            else:
                swept.append(item.scene_body())
            item.set_face(face)
            self._put(item, place)
            swept.append(item.scene_body())
            moved.add(id)
        if moved:
            self.update_paths(moved, swept)
            self._fit_room()

    def _put(self, item: NodeItem, place: QPointF) -> None:
        item.place(place)
        self.boxes.set(item.id, item.scene_body())

    def _make_face(self, id: str) -> Face:
        return self.maker.face(id)

    def show_trace(self, trace: Trace | None, reveal: Reveal = ALL) -> None:
        """New numbers for the same graph; only nodes that look different are painted again."""
        marked = self.maker.marked
        self.trace, self.reveal = trace, reveal
        self.maker = FaceMaker(self.graph, trace, reveal, self.maker, self.own_values)
        marked ^= self.maker.marked
        area, readable = self._in_view()
        read = set(self.boxes.meeting(area)) if readable else ()
        # What nobody can read now: hundreds of faces are made when, and if, somebody looks.
        for item in self.nodes.values():
            item.is_face_old = True
        for id in marked:
            if id in self.nodes:
                self.nodes[id].expect_outline()
        for id in read:
            self.nodes[id].set_face(self.maker.face(id))
        self.update_wire_labels()

    def _in_view(self) -> tuple[QRectF, bool]:
        """What views show of the scene, and whether any shows it large enough for numbers to be read."""
        area, readable = QRectF(), False
        for view in self.views():
            area = area.united(view.mapToScene(view.viewport().rect()).boundingRect())
            readable = readable or view.transform().m11() >= NAMES_ONLY
        return area, readable

    def lay_out_again(self, view: tuple[float, float]) -> None:
        """Lay the nodes that the document gives no place out anew, for a view of another size."""
        self._placed, self._laid = {}, {}
        self._place(self.graph, self.graph.nodes, view)
        for id, item in self.nodes.items():
            self._put(item, QPointF(*self._placed[id]))
        self.update_paths()
        self._fit_room()

    def clear_places(self) -> None:
        """Forget all places: another document comes."""
        self._placed, self._laid = {}, {}

    def rename_place(self, old: str, new: str) -> None:
        """Give the place of one node to another: it was renamed."""
        if old in self._placed:
            self._placed[new] = self._placed[old]
        if old in self._laid:
            self._laid[new] = self._laid[old]

    def places(self) -> dict[str, Point]:
        """Where every node of the graph stands."""
        return {id: self._placed[id] for id in self.graph.nodes}

    def layout(self, view: tuple[float, float], ids: Iterable[str] | None = None) -> dict[str, Point]:
        """The places that the automatic layout would give these nodes (None: all)."""
        nodes = self.graph.nodes
        heights = {
            id: geometry.node_height(len(slot_names(nodes[id]))) for id in (nodes if ids is None else ids)
        }
        wires = [
            (source, id, slot)
            for id in heights
            for slot, source in enumerate(nodes[id].inputs)
            if source is not None and source in heights
        ]
        return layered_in_frames(wires, heights, self.frames, view)

    def _place(self, graph: Graph, changed: Iterable[str], view: tuple[float, float]) -> None:
        for id in changed:
            pos = graph.nodes[id].pos
            if pos is not None:
                self._placed[id] = (float(pos[0]), float(pos[1]))
            elif id in self._laid:
                # An undo has taken the place out of the document again.
                self._placed[id] = self._laid[id]
        missing = [id for id in graph.nodes if id not in self._placed]
        if not missing:
            return
        laid = self.layout(view, missing)
        if len(missing) < len(graph.nodes):
            known = [self._placed[id] for id in graph.nodes if id in self._placed]
            below = max(y for _, y in known) + geometry.NODE_HEIGHT + 3 * geometry.GRID
            left = min(x for x, _ in known)
            top = min(laid[id][1] for id in missing)
            start = min(laid[id][0] for id in missing)
            laid = {id: (laid[id][0] - start + left, laid[id][1] - top + below) for id in missing}
        self._laid.update({id: laid[id] for id in missing})
        self._placed.update({id: laid[id] for id in missing})

    def _show_wires(self) -> None:
        self._bounds = None
        for key, source in self._sources().items():
            if key not in self.wires:
                item = self.wires[key] = WireItem(source, *key)
                self._wires_at[source].add(key)
                self._wires_at[item.target].add(key)
                self.addItem(item)
                self._lead(item)

    def _forget(self, item: NodeItem | WireItem | MarkItem) -> None:
        if item is self._hovered:
            self._hovered = None
        self._bounds = None
        if isinstance(item, WireItem):
            self.invalidate(item.boundingRect(), QGraphicsScene.SceneLayer.BackgroundLayer)
        self.removeItem(item)

    def _fit_room(self) -> None:
        """Room to pan around the graph on all sides."""
        bounds = self.bounds()
        self.setSceneRect(bounds.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM))

    # Geometry

    def bounds(self, ids: Iterable[str] | None = None) -> QRectF:
        """The rectangle around these nodes (None: all), with the flag of an output."""
        if ids is None:
            if self._bounds is None:
                self._bounds = self._whole()
            return self._bounds
        return self._around(ids)

    def _whole(self) -> QRectF:
        rect = self._wire_boxes.around().united(self.boxes.around().adjusted(-6, -18, 6, 0))
        for mark in self.marks.values():
            rect = rect.united(mark.rect)
        return rect if not rect.isNull() else QRectF(0, 0, 1, 1)

    def _around(self, ids: Iterable[str]) -> QRectF:
        rect = QRectF()
        for id in ids:
            body = self.nodes[id].scene_body()
            rect = rect.united(body.adjusted(-6, -18 if self.nodes[id].has_flag else 0, 6, 0))
        return rect if not rect.isNull() else QRectF(0, 0, 1, 1)

    def move_items(self, places: Mapping[str, Point]) -> None:
        """Show nodes elsewhere without an edit, as while they are dragged, until `put_down`."""
        for key in {key for id in places for key in self._wires_at[id]} - self._lifted:
            self._lifted.add(key)
            self.wires[key].set_lifted(True)
        for id, place in places.items():
            self._put(self.nodes[id], QPointF(*place))
        self.update_paths(set(places))

    def put_down(self) -> None:
        """What was moved by `move_items` has come to rest."""
        for key in self._lifted & self.wires.keys():
            self.wires[key].set_lifted(False)
        self._lifted.clear()

    def update_paths(self, ids: set[str] | None = None, swept: Sequence[QRectF] = ()) -> None:
        """Recompute the ways of the wires at these nodes (None: all) and near the places in `swept`."""
        if ids is None:
            keys: Collection[tuple[str, int]] = self.wires
        else:
            keys = {key for id in ids for key in self._wires_of(id)}
            self._detours |= set(self._wire_boxes.meeting_any(swept)) - keys
        for key in keys:
            self._lead(self.wires[key])
        self._fit_frames()
        self._lead_detours()

    @property
    def has_detours(self) -> bool:
        """Whether wires still wait for a way around nodes that were moved."""
        return bool(self._detours)

    def _lead_detours(self) -> None:
        """Lead wires around nodes that stand elsewhere now; many of them one after another, at leisure."""
        end = perf_counter() + _DETOUR_SECONDS
        while self._detours and perf_counter() < end:
            wire = self.wires.get(self._detours.pop())
            if wire is not None:
                self._lead(wire)
        if self._detours:
            self._leisure.start()

    def _lead(self, wire: WireItem) -> None:
        """Find the way of a wire anew."""
        start, end = self.nodes[wire.source].port(-1), self.nodes[wire.target].port(wire.slot)
        wire.set_path(wire_path(start, end, self.boxes.edges))
        self._wire_boxes.set(wire.key, wire.bounds)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The plain wires: a view keeps its background, so hundreds of them cost nothing until they change."""
        self.draw_wires(painter, QRectF(rect))

    def draw_wires(self, painter: QPainter, area: QRectF, fine: bool = True) -> None:
        """Draw the plain wires in an area; what is not `fine` is quick, and serves while a view is zoomed."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = area.adjusted(-2, -2, 2, 2)
        keys = self._wire_boxes.meeting(area)
        wires = [wire for wire in map(self.wires.__getitem__, keys) if wire.is_grounded]
        draw_plain(painter, wires, area, fine)

    # Finding

    def _nodes_near(self, point: QPointF, reach: float) -> list[NodeItem]:
        """The nodes within `reach` of a point, the topmost first."""
        near = [self.nodes[id] for id in self.boxes.meeting(_around(point, reach))]
        return sorted(reversed(near), key=lambda item: not item.isSelected())

    def node_at(self, point: QPointF) -> NodeItem | None:
        """The topmost node whose body holds `point`."""
        return next(iter(self._nodes_near(point, 0.0)), None)

    def port_at(self, point: QPointF, reach: float = geometry.PORT_REACH) -> Port | None:
        """The nearest port within `reach` of `point`."""
        best: tuple[float, Port] | None = None
        for item in self._nodes_near(point, reach):
            for slot in range(-1, item.ports):
                away = item.port(slot) - point
                distance = (away.x() ** 2 + away.y() ** 2) ** 0.5
                if distance <= reach and (best is None or distance < best[0]):
                    best = distance, Port(item.id, slot)
        return best[1] if best else None

    def wire_at(self, point: QPointF, reach: float = geometry.WIRE_REACH) -> WireItem | None:
        """The nearest visible wire within `reach` of `point`."""
        near = [self.wires[key] for key in self._wire_boxes.meeting(_around(point, reach + 2))]
        near = [item for item in near if item.isVisible() and item.distance(point) <= reach + 2]
        return min(near, key=lambda item: item.distance(point), default=None)

    def mark_at(self, point: QPointF) -> FrameItem | NoteItem | None:
        """The topmost note, or frame whose title strip, holds `point`."""
        for item in self.items(point):
            if isinstance(item, FrameItem | NoteItem) and item.handle().contains(point):
                return item
        return None

    # Selection and light

    def selected_nodes(self) -> list[str]:
        """Ids of the selected nodes, in the order of the graph."""
        chosen = self._chosen()
        return [id for id in self.nodes if id in chosen] if len(chosen) > 1 else list(chosen)

    def _chosen(self) -> set[str]:
        return {item.id for item in self.selectedItems() if isinstance(item, NodeItem)}

    def selected_wires(self) -> list[tuple[str, int]]:
        chosen = {item.key for item in self.selectedItems() if isinstance(item, WireItem)}
        return [key for key in self.wires if key in chosen] if len(chosen) > 1 else list(chosen)

    def selected_marks(self) -> list[Key]:
        chosen = {item.key for item in self.selectedItems() if isinstance(item, FrameItem | NoteItem)}
        return [key for key in self.marks if key in chosen]

    def selected_to_move(self) -> tuple[list[str], dict[Key, Note]]:
        """What moves with the selection: its nodes and those in its frames, and its notes."""
        nodes = dict.fromkeys(self.selected_nodes())
        notes: dict[Key, Note] = {}
        for key in self.selected_marks():
            item = self.marks[key]
            if isinstance(item, FrameItem):
                nodes.update(dict.fromkeys(item.frame.nodes))
            else:
                notes[key] = item.note
        return list(nodes), notes

    def select(
        self,
        nodes: Iterable[str] = (),
        wires: Iterable[tuple[str, int]] = (),
        marks: Iterable[Key] = (),
    ) -> None:
        """Select exactly these; `selectionChanged` fires once at most."""
        before = set(self.selectedItems())
        after: set[QGraphicsItem] = {self.nodes[id] for id in nodes}
        after.update(self.wires[key] for key in wires)
        after.update(self.marks[key] for key in marks)
        self.blockSignals(True)
        for item in before ^ after:
            item.setSelected(item in after)
        self.blockSignals(False)
        if before != after:
            self.selectionChanged.emit()

    def hover(self, item: NodeItem | WireItem | None, port: int | None = None) -> None:
        """Mark what the mouse is over."""
        old = self._hovered
        if old is not None and old is not item:
            old.set_hover(False)
        self._hovered = item
        if isinstance(item, NodeItem):
            item.set_hover(True, port)
        elif item is not None:
            item.set_hover(True)
        if old is not item and (isinstance(old, WireItem) or isinstance(item, WireItem)):
            self.update_wire_labels()

    def light(
        self, light: Light = Light.PLAIN, nodes: Collection[str] = (), wires: Collection[tuple[str, int]] = ()
    ) -> None:
        """Light these and nothing else; without arguments, what is lit at rest."""
        if light is Light.PLAIN:
            light, nodes, wires = self._resting
        nodes, wires = self.nodes.keys() & set(nodes), self.wires.keys() & set(wires)
        for id in self._lit_nodes & self.nodes.keys() - nodes:
            self.nodes[id].set_light(Light.PLAIN)
        for key in self._lit_wires & self.wires.keys() - wires:
            self.wires[key].set_light(Light.PLAIN)
        for id in nodes:
            self.nodes[id].set_light(light)
        for key in wires:
            self.wires[key].set_light(light)
        self._lit_nodes, self._lit_wires = nodes, wires

    def set_resting_light(
        self, light: Light = Light.PLAIN, nodes: Collection[str] = (), wires: Collection[tuple[str, int]] = ()
    ) -> None:
        """Light these whenever no film or interaction lights anything."""
        self._resting = light, nodes, wires
        self.light()

    # Local derivatives

    def show_locals(self, shown: bool) -> None:
        """Show the local derivative on every wire, or only where the mouse or the selection is."""
        self._locals_shown = shown
        self.update_wire_labels()

    def update_wire_labels(self) -> None:
        """Give a label to the wires that show their local derivative; its text is made when it is painted."""
        spelled = set(self.selected_wires())
        if isinstance(self._hovered, WireItem):
            spelled.add(self._hovered.key)
        shown = set(self.wires) if self._locals_shown else spelled.union(*map(self._wires_of, self._chosen()))
        for key in self._labelled & self.wires.keys() - shown:
            self.wires[key].set_label(None)
        for key in shown:
            self.wires[key].set_label(partial(self.local_text, self.wires[key], key in spelled))
        self._labelled = shown

    def _wires_of(self, id: str) -> set[tuple[str, int]]:
        return self._wires_at.get(id, set())

    def local_text(self, wire: WireItem, spelled: bool = False) -> str:
        """The local derivative of a wire, `2` or spelled out `∂x1/∂w = 2`; empty while it is unknown."""
        local = self.local(wire)
        if local is None:
            return ""
        texts = numbers.local_summaries(local)
        if spelled:
            return f"∂{wire.target}/∂{wire.source} = {texts[0]}"
        # Between two nodes there is room for a few letters only.
        return next((text for text in texts if len(text) <= _SHORT_LABEL), texts[-1])

    def local(self, wire: WireItem) -> np.ndarray | None:
        """The local derivative of a wire; None while it is unknown or too large to show."""
        trace = self.trace
        if trace is None or wire.source not in trace.values or wire.target not in trace.values:
            return None
        if np.size(trace.values[wire.target]) * np.size(trace.values[wire.source]) > _LOCAL_LIMIT:
            return None
        try:
            return np.asarray(trace.local(wire.target, wire.source, wire.slot))
        except (EngineError, KeyError):
            return None


def _around(point: QPointF, reach: float) -> QRectF:
    return QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
