"""The items of one graph: made, moved and dropped as the graph changes, and found by place.

The scene keeps items in step with `show(graph, trace)`; it knows no session and handles no events. Places of
nodes that the document gives no position live here, too, until an edit writes them down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from gdstudio.engine.graph import Graph
from gdstudio.engine.node import Node
from gdstudio.engine.trace import Trace
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.boxes import Boxes, around
from gdstudio.ui.graph.exposure import Exposure
from gdstudio.ui.graph.faces import ALL, Face, FaceMaker, Reveal, slot_count, slot_names
from gdstudio.ui.graph.layout import Point
from gdstudio.ui.graph.lights import Lights
from gdstudio.ui.graph.looks import NAMES_ONLY
from gdstudio.ui.graph.mark_items import FrameItem, NoteItem
from gdstudio.ui.graph.marks import Frame, Key, Note
from gdstudio.ui.graph.node_item import NodeItem
from gdstudio.ui.graph.node_items import NodeItems
from gdstudio.ui.graph.node_layer import NodeLayer
from gdstudio.ui.graph.places import Places, layout_job
from gdstudio.ui.graph.selection import Selection
from gdstudio.ui.graph.wire_item import WireItem
from gdstudio.ui.graph.wire_labels import WireLabels
from gdstudio.ui.graph.wiring import Wiring

_ROOM = 4000.0


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
        # A few items draw all there is.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.exposure = Exposure(self)
        self.boxes: Boxes[str] = Boxes()
        self.nodes = NodeItems(self, self._new_node, self._ids_in_view, self.update)
        self.wiring = Wiring(self, self.nodes, self.boxes, self.exposure, self._dress_wire)
        self.wires = self.wiring.items
        self.lights = Lights(self.nodes, self.wires)
        self.wiring.led.connect(self._follow_wires)
        self.labels = WireLabels(self)
        self.node_layer = NodeLayer(self.nodes, self.boxes, self.exposure)
        self.addItem(self.node_layer)
        self.marks: dict[Key, FrameItem | NoteItem] = {}
        self._selection = Selection(self.nodes.made, self.wires.get, self.marks.get)
        self.placing = Places()
        self.graph = Graph()
        self.trace: Trace | None = None
        self.own_values = True  # parameters and data show the graph's own values, not the trace's
        self._bounds: QRectF | None = None  # around everything, until something moves
        self._hovered: NodeItem | WireItem | None = None
        self.reveal = ALL
        self.maker = FaceMaker(self.graph, None)
        self.selectionChanged.connect(self._follow_selection)

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
        marked = self.maker.marked
        self.maker = FaceMaker(graph, trace, self.reveal, self.maker, self.own_values)
        nodes, old = graph.nodes, before.nodes
        changed = [id for id, node in nodes.items() if node is not old.get(id)]
        differing = {id for id in changed if not _looks_alike(nodes[id], old.get(id))}
        if graph.structure is before.structure and graph.output == before.output:
            self.placing.follow(graph, changed, view)
            self._show_nodes(changed, differing)
            return
        # A face that was never made is none that differs.
        differing.update(item.id for item in self.nodes.all_made() if self._is_out_of_date(item))
        differing.update(id for id in (before.output, graph.output) if id is not None and id in nodes)
        changed += [id for id in nodes if id not in self.nodes or id in differing]
        sources = self._sources()
        unselected = self._drop_old(sources)
        self.placing.follow(graph, changed, view)
        self._show_nodes(dict.fromkeys(changed), differing)
        self._renew_faces(marked)
        self._bounds = None
        self.wiring.add(sources)
        self.labels.update()
        if unselected:
            self.selectionChanged.emit()

    def _is_out_of_date(self, item: NodeItem) -> bool:
        """Whether the outline of a node that was drawn does not hold any more."""
        return item.has_outline and item.id in self.graph.nodes and not self.maker.has_frame(item.id)

    def clear_graph(self) -> None:
        """Remove all nodes and wires: another document comes, which shares nothing with this one."""
        unselected = self._selection.choose((), (), ())
        self.graph, self.trace = Graph(), None
        self.maker = FaceMaker(self.graph, None, self.reveal, None, self.own_values)
        self.nodes.clear()
        self.boxes.clear()
        self.wiring.clear()
        self.labels.clear()
        self.node_layer.forget()
        self.placing.clear()
        self._hovered = self._bounds = None
        self.lights.forget()
        self.update()
        if unselected:
            self.selectionChanged.emit()

    def _follow_wires(self) -> None:
        """Hundreds of wires have come."""
        self._bounds = None
        self._fit_room()
        self.labels.update()

    def show_marks(self, found: Mapping[Key, Frame | Note]) -> None:
        """Make frames and notes agree with these."""
        gone = [key for key in self.marks if key not in found]
        unselected = self._selection.forget(marks=gone)
        for key in gone:
            self.removeItem(self.marks.pop(key))
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
        if unselected:
            self.selectionChanged.emit()

    def _fit_frames(self) -> None:
        self._bounds = None
        frames = [item for item in self.marks.values() if isinstance(item, FrameItem)]
        # From the inside outwards: a frame lies around the frames in it, too.
        frames.sort(key=lambda item: len(item.frame.nodes))
        members = [set(item.frame.nodes) for item in frames]
        for i, item in enumerate(frames):
            bodies = [self.boxes[id] for id in item.frame.nodes if id in self.nodes]
            item.fit(bodies + [frames[j].rect for j in range(i) if members[j] < members[i]])

    def _sources(self) -> dict[tuple[str, int], str]:
        """The wires of the graph: (target, slot) -> source."""
        return {
            (node.id, slot): source
            for node in self.graph.nodes.values()
            for slot, source in enumerate(node.inputs)
            if source is not None and source in self.graph.nodes
        }

    def _drop_old(self, sources: Mapping[tuple[str, int], str]) -> bool:
        """Remove nodes that the graph has not, and wires that are not among `sources`; whether one was selected."""
        wires = self.wiring.drop(sources)
        gone = [id for id in self.nodes if id not in self.graph.nodes]
        unselected = self._selection.forget(gone, [wire.key for wire in wires])
        swept = [self.boxes[id] for id in gone]
        for id in gone:
            node = self.nodes.drop(id)
            self.wiring.forget_node(id)
            self.node_layer.forget(id)
            if node is not None:
                node.redraw()
            if node is self._hovered:
                self._hovered = None
        if self._hovered in wires:
            self._hovered = None
        self.boxes.discard_all(gone)
        if gone:
            self.update_paths(set(), swept)
        return unselected

    def _show_nodes(self, ids: Iterable[str], differing: Collection[str]) -> None:
        """Have nodes stand in their places; those that are differing have other faces, too."""
        moved: dict[str, None] = {}
        swept: list[QRectF] = []
        shifts: set[tuple[float, float] | None] = set()
        read = self._ids_read()
        for id in ids:
            item, place = self.nodes.made(id), self.placing[id]
            if item is not None:
                before, ports = item.scene_body(), item.ports
                if id in differing:
                    self._renew_face(item, id in read)
                if item.is_at(*place) and item.ports == ports:
                    continue
                swept.append(before)
                shifts.add(_shift(before, place) if item.ports == ports else None)
            else:
                shifts.add(None)
            self._put(id, place)
            swept.append(self.boxes[id])
            moved[id] = None
        if moved:
            self.nodes.expect(id for id in moved if id not in self.nodes)
            self.update_paths(set(moved), swept, shifts.pop() if len(shifts) == 1 else None)
            self._fit_room()

    def _renew_face(self, item: NodeItem, is_read: bool) -> None:
        if is_read:
            item.set_face(self.maker.face(item.id))
        else:
            item.expect_outline(slot_names(self.graph.nodes[item.id]))

    def _new_node(self, id: str) -> NodeItem:
        item = NodeItem(id, slot_names(self.graph.nodes[id]), self._make_face, self._make_outline)
        item.place(self.boxes[id].topLeft())
        item.set_selected(id in self._selection.nodes.keys)
        item.canvas = self.exposure
        return item

    def _dress_wire(self, wire: WireItem) -> None:
        """Have a new wire, which may come late, look as was asked for before it was there."""
        wire.set_selected(wire.key in self._selection.wires.keys)
        self.lights.dress(wire)

    def _put(self, id: str, place: Point) -> None:
        item, point = self.nodes.made(id), QPointF(*place)
        if item is None:
            # Where it will stand; its item, if there is to be one, takes its place from there.
            body = geometry.node_rect(slot_count(self.graph.nodes[id])).translated(point)
        else:
            item.place(point)
            body = item.scene_body()
        self.boxes.set(id, body)

    def _make_face(self, id: str) -> Face:
        return self.maker.face(id)

    def _make_outline(self, id: str) -> Face:
        return self.maker.outline(id)

    def show_trace(self, trace: Trace | None, reveal: Reveal = ALL) -> None:
        """New numbers for the same graph; only nodes that look different are painted again."""
        marked = self.maker.marked
        self.trace, self.reveal = trace, reveal
        self.maker = FaceMaker(self.graph, trace, reveal, self.maker, self.own_values)
        self._renew_faces(marked)
        self.labels.update()

    def _renew_faces(self, marked: frozenset[str]) -> None:
        """Have nodes show what the maker says now; those in `marked` were marked by the one before."""
        # What nobody can read now: hundreds of faces are made when, and if, somebody looks.
        for item in self.nodes.all_made():
            item.is_face_old = True
        for id in marked ^ self.maker.marked:
            if (marked_item := self.nodes.made(id)) is not None:
                marked_item.expect_outline()
        for id in self._ids_read():
            if (read_item := self.nodes.made(id)) is not None:
                read_item.set_face(self.maker.face(id))

    def _ids_read(self) -> set[str]:
        """The nodes that views show large enough for their numbers to be read."""
        area, readable = self._in_view()
        return set(self.boxes.meeting(area)) if readable else set()

    def _ids_in_view(self) -> list[str]:
        """The nodes that views show, at whatever scale."""
        return self.boxes.meeting(self._in_view()[0])

    def _in_view(self) -> tuple[QRectF, bool]:
        """What views show of the scene, and whether any shows it large enough for numbers to be read."""
        area, readable = QRectF(), False
        for view in self.views():
            area = area.united(view.mapToScene(view.viewport().rect()).boundingRect())
            readable = readable or view.transform().m11() >= NAMES_ONLY
        return area, readable

    def places(self) -> dict[str, Point]:
        """Where every node of the graph stands."""
        return {id: self.placing[id] for id in self.graph.nodes}

    def layout_job(
        self, view: tuple[float, float], ids: Iterable[str] | None = None
    ) -> Callable[[], dict[str, Point]]:
        """What computes the places that the automatic layout gives these nodes (None: all), in any thread."""
        return layout_job(self.graph, self.placing.frames, view, ids)

    def lay_out_again(self, view: tuple[float, float]) -> None:
        """Lay the nodes that the document gives no place out anew, for a view of another size."""
        self._put_all(self.placing.lay_out_again(self.graph, view))

    def take_layout(self, laid: Mapping[str, Point]) -> None:
        """Put the nodes that stand in rough columns where their layout wants them."""
        self._put_all(self.placing.take(self.graph, laid))

    def _put_all(self, ids: Iterable[str]) -> None:
        for id in ids:
            self._put(id, self.placing[id])
        self.update_paths()
        self._fit_room()

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
        rect = self.wiring.bounds.united(self.boxes.around().adjusted(-6, -18, 6, 0))
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
        self.wiring.lift(places)
        shifts = {_shift(self.nodes[id].scene_body(), place) for id, place in places.items()}
        for id, place in places.items():
            self._put(id, place)
        self.update_paths(set(places), (), shifts.pop() if len(shifts) == 1 else None)

    def put_down(self) -> None:
        """What was moved by `move_items` has come to rest."""
        self.wiring.put_down()

    def update_paths(
        self, ids: set[str] | None = None, swept: Sequence[QRectF] = (), shift: Point | None = None
    ) -> None:
        """Recompute the ways of the wires at these nodes (None: all) and near the places in `swept`.

        Args:
            shift: how far all these nodes were moved; None where that is not the same for all.
        """
        if ids is None:
            self.wiring.lead_all()
        else:
            self.wiring.lead_at(ids, swept, shift)
        self._fit_frames()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The plain wires: a view keeps its background, so hundreds of them cost nothing until they change."""
        self.wiring.draw(painter, QRectF(rect))

    # Finding

    def _nodes_near(self, point: QPointF, reach: float) -> list[NodeItem]:
        """The nodes within `reach` of a point, the topmost first."""
        near = [self.nodes[id] for id in self.boxes.meeting(around(point, reach))]
        return sorted(reversed(near), key=lambda item: not item.is_selected)

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
        return self.wiring.nearest(point, reach)

    def mark_at(self, point: QPointF) -> FrameItem | NoteItem | None:
        """The topmost note, or frame whose title strip, holds `point`."""
        for item in self.items(point):
            if isinstance(item, FrameItem | NoteItem) and item.handle().contains(point):
                return item
        return None

    # Selection

    def selected_nodes(self) -> list[str]:
        """Ids of the selected nodes, in the order of the graph."""
        return self._selection.nodes.within(self.nodes)

    def selected_wires(self) -> list[tuple[str, int]]:
        return self._selection.wires.within(self.wires)

    def selected_marks(self) -> list[Key]:
        return self._selection.marks.within(self.marks)

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
        if self._selection.choose(nodes, wires, marks):
            self.selectionChanged.emit()

    def _follow_selection(self) -> None:
        self.labels.follow()

    @property
    def hovered(self) -> NodeItem | WireItem | None:
        """What the mouse is over."""
        return self._hovered

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
            self.labels.follow()


def _shift(before: QRectF, place: Point) -> Point:
    """How far a body is moved to a place, without what rounding leaves."""
    return round(place[0] - before.x(), 6), round(place[1] - before.y(), 6)


def _looks_alike(node: Node, before: Node | None) -> bool:
    """Whether a node differs from the one before in its place at most."""
    return before is not None and (
        node.value is before.value
        and node.op == before.op
        and node.inputs == before.inputs
        and node.attrs == before.attrs
    )
