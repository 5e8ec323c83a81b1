"""The wires of a scene: made and dropped as the graph changes, led around nodes, found by place.

Making and leading a wire costs a tenth of a millisecond. The few at a node that moves are led at once, hundreds are made
and led in slices between which the window lives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsScene

from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.boxes import Boxes, around
from gdstudio.ui.graph.exposure import Exposure
from gdstudio.ui.graph.node_items import NodeItems
from gdstudio.ui.graph.routing import wire_path
from gdstudio.ui.graph.wire_item import WireItem, WireKey, draw_plain
from gdstudio.ui.graph.wire_layer import WireLayers

# So many wires are led at once; more of them are led in slices of so many seconds.
_AT_ONCE = 150
_SLICE_SECONDS = 0.015
# So much at a time goes into new ways for wires that are not at a node that moved.
_DETOUR_SECONDS = 0.005


class Wiring(QObject):
    """The wires of a `GraphScene`, by (target, slot).

    Signals:
        led(): hundreds of wires that had no way have one.
    """

    led = Signal()

    def __init__(
        self,
        scene: QGraphicsScene,
        nodes: NodeItems,
        bodies: Boxes[str],
        exposure: Exposure,
        made: Callable[[WireItem], object],
    ) -> None:
        """`made` is called with every new wire, before it has a way."""
        super().__init__(scene)
        self._made = made
        self.items: dict[WireKey, WireItem] = {}
        self._nodes, self._bodies, self._exposure = nodes, bodies, exposure
        self._boxes: Boxes[WireKey] = Boxes()
        self._layers = WireLayers(scene, exposure, self._boxes)
        self._at: dict[str, set[WireKey]] = defaultdict(set)
        self._lifted: set[WireKey] = set()
        self._lifted_nodes: set[str] = set()
        self._detours: set[WireKey] = set()
        self._found: dict[WireKey, QPainterPath] = {}  # new ways that are taken all at once
        self._new: dict[WireKey, str] = {}  # those that wait for a way, or to be made: key -> source
        self._leisure = QTimer(self, singleShot=True, interval=0)
        self._leisure.timeout.connect(self._go_on)

    @property
    def is_settled(self) -> bool:
        """Whether every wire has its way around the nodes as they stand."""
        return not self._detours and not self._new and not self._found

    @property
    def bounds(self) -> QRectF:
        """The rectangle around all wires."""
        return self._boxes.around()

    def of(self, id: str) -> set[WireKey]:
        """The wires that begin or end at a node."""
        return self._at.get(id, set())

    # Keeping in step

    def drop(self, wanted: Mapping[WireKey, str]) -> list[WireItem]:
        """Remove the wires that are not among `wanted`, (target, slot) -> source; returns them."""
        self._new = {key: source for key, source in self._new.items() if wanted.get(key) == source}
        gone = [wire for key, wire in self.items.items() if wanted.get(key) != wire.source]
        for wire in gone:
            del self.items[wire.key]
            self._at[wire.source].discard(wire.key)
            self._at[wire.target].discard(wire.key)
            wire.remove()
        self._boxes.discard_all(wire.key for wire in gone)
        return gone

    def clear(self) -> None:
        """Remove all wires."""
        for wires in (self.items, self._at, self._new, self._found):
            wires.clear()
        for names in (self._lifted, self._lifted_nodes, self._detours):
            names.clear()
        self._boxes.clear()
        self._layers.clear()
        self._exposure.all_ground()

    def forget_node(self, id: str) -> None:
        """A node has gone."""
        self._at.pop(id, None)

    def add(self, wanted: Mapping[WireKey, str]) -> None:
        """Make the wires among `wanted` that are not there yet."""
        self._lead({key: source for key, source in wanted.items() if key not in self.items})

    def _make(self, key: WireKey, source: str) -> WireItem:
        item = self.items[key] = WireItem(source, *key, self._layers)
        self._at[item.source].add(key)
        self._at[item.target].add(key)
        if not self._lifted_nodes.isdisjoint((item.source, item.target)):
            self._lifted.add(key)
            item.set_lifted(True)
        self._made(item)
        return item

    def lead_all(self) -> None:
        """Lead every wire anew."""
        self._lead(self._new | {key: wire.source for key, wire in self.items.items()})

    def lead_at(
        self, ids: Collection[str], swept: Sequence[QRectF] = (), shift: tuple[float, float] | None = None
    ) -> None:
        """Lead the wires at these nodes anew and, at leisure, those that pass the places in `swept`.

        Args:
            shift: how far all these nodes were moved, if it was the same for all.
        """
        keys = {key for id in ids for key in self.of(id)}
        if len(keys) < len(self.items):
            # To tell which wires pass one of hundreds of places takes as long as a slot of the GUI thread may.
            passing = self._boxes.meeting_any(swept) if len(swept) <= _AT_ONCE else self.items
            self._detours.update(key for key in passing if key not in keys)
        if shift is not None and len(keys) > _AT_ONCE:
            keys -= self._move_along(keys, ids, QPointF(*shift))
        self._lead({key: self.items[key].source for key in keys})
        self._lead_detours()

    def _move_along(self, keys: Iterable[WireKey], ids: Collection[str], shift: QPointF) -> set[WireKey]:
        """Move wires along with the nodes at both ends, until there is time for new ways; returns those."""
        moved = {
            key
            for key in keys
            if key not in self._new and self.items[key].source in ids and self.items[key].target in ids
        }
        for key in moved:
            self.items[key].move_by(shift)
            self._found.pop(key, None)
        self._boxes.move(moved, shift)
        self._detours |= moved
        self._exposure.all_ground()
        self._leisure.start()
        return moved

    def lift(self, ids: Collection[str]) -> None:
        """Take the wires at these nodes out of the background while the nodes move, until `put_down`."""
        self._lifted_nodes.update(ids)
        for key in {key for id in ids for key in self.of(id)} - self._lifted:
            self._lifted.add(key)
            self.items[key].set_lifted(True)

    def put_down(self) -> None:
        for key in self._lifted & self.items.keys():
            self.items[key].set_lifted(False)
        self._lifted.clear()
        self._lifted_nodes.clear()

    def _lead(self, sources: Mapping[WireKey, str]) -> None:
        """Find ways for these wires, key -> source, and make those that are not there."""
        if len(sources) <= _AT_ONCE:
            for key, source in sources.items():
                self._new.pop(key, None)
                self._find_way(self.items.get(key) or self._make(key, source))
            return
        # Those that wait are not drawn, rather than drawn where nodes stood before.
        self._boxes.discard_all(sources)
        self._new |= sources
        self._exposure.all_ground()
        self._leisure.start()

    def _go_on(self) -> None:
        if not self._new:
            self._lead_detours()
            return
        if self._nodes.waiting:
            # Nodes first: a wire would have those at its ends made here and now.
            self._leisure.start()
            return
        end = perf_counter() + _SLICE_SECONDS
        keys = iter(list(self._new))
        while self._new and perf_counter() < end:
            key = next(keys)
            source = self._new.pop(key)
            self._find_way(self.items.get(key) or self._make(key, source), quiet=True)
        if not self._new:
            # One repaint for all of them: each costs as much as a slice.
            self._exposure.all_ground()
            self.led.emit()
        if not self.is_settled:
            self._leisure.start()

    def _lead_detours(self) -> None:
        """Lead wires around nodes that stand elsewhere now; many of them one after another, at leisure.

        Those many change their ways at once, in the end: each time the background is painted takes as long as a slice.
        """
        together = len(self._detours) + len(self._found) > _AT_ONCE
        end = perf_counter() + (_SLICE_SECONDS if together else _DETOUR_SECONDS)
        while self._detours and perf_counter() < end:
            key = self._detours.pop()
            wire = self.items.get(key)
            if wire is not None and key not in self._new:
                if together:
                    self._found[key] = self._way(wire)
                else:
                    self._take_way(wire, self._way(wire))
        if self._detours:
            self._leisure.start()
        elif self._found:
            self._take_found()

    def _take_found(self) -> None:
        """Let wires take the ways that were found for them."""
        found, self._found = self._found, {}
        changed = False
        for key, way in found.items():
            wire = self.items.get(key)
            if wire is not None and key not in self._new and wire.path != way:
                changed = True
                self._take_way(wire, way, quiet=True)
        if changed:
            self._exposure.all_ground()

    def _find_way(self, wire: WireItem, quiet: bool = False) -> None:
        self._found.pop(wire.key, None)
        self._take_way(wire, self._way(wire), quiet)

    def _ends(self, wire: WireItem) -> tuple[QPointF, QPointF]:
        """The ports between which a wire runs."""
        return self._nodes[wire.source].port(-1), self._nodes[wire.target].port(wire.slot)

    def _way(self, wire: WireItem) -> QPainterPath:
        return wire_path(*self._ends(wire), self._bodies.edges)

    def _take_way(self, wire: WireItem, way: QPainterPath, quiet: bool = False) -> None:
        wire.set_path(way, quiet)
        self._boxes.set(wire.key, wire.bounds)

    # Drawing and finding

    def draw(self, painter: QPainter, area: QRectF, fine: bool = True) -> None:
        """Draw the plain wires in an area; what is not `fine` is quick, and serves while a view is zoomed."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = area.adjusted(-2, -2, 2, 2)
        wires = [self.items[key] for key in self._boxes.meeting(area)]
        draw_plain(painter, [wire for wire in wires if wire.is_grounded], area, fine)

    def nearest(self, point: QPointF, reach: float = geometry.WIRE_REACH) -> WireItem | None:
        """The nearest visible wire within `reach` of `point`."""
        near = [self.items[key] for key in self._boxes.meeting(around(point, reach + 2))]
        near = [item for item in near if item.is_shown and item.distance(point) <= reach + 2]
        return min(near, key=lambda item: item.distance(point), default=None)
