"""What a pressed mouse does on the canvas: one class for each interaction, chosen by `begin`.

An interaction shows what would happen while the mouse moves and makes at most one edit when it is released
(dragging a number makes merged edits, so that everything follows). `cancel` leaves no trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QRubberBand

from gdstudio.ui import theme
from gdstudio.ui.graph import geometry, numbers
from gdstudio.ui.graph.faces import sentence
from gdstudio.ui.graph.interaction import Interaction, Modifier
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.mark_items import FrameItem
from gdstudio.ui.graph.moving import MoveMark, MoveNode
from gdstudio.ui.graph.routing import wire_path
from gdstudio.ui.graph.scene import Port
from gdstudio.ui.graph.wire_item import WireItem

if TYPE_CHECKING:
    from gdstudio.ui.graph.view import GraphView

_PICK_UP_PIXELS = 28.0
_PIXELS_PER_STEP = 4.0


def begin(view: GraphView, event: QMouseEvent) -> Interaction:
    """The interaction that a press of the left button starts, by what lies under it."""
    scene = view.graph_scene
    point = view.mapToScene(event.position().toPoint())
    port = view.port_at(point)
    if port is not None:
        return DragWire(view, event, port)
    node = scene.node_at(point)
    if node is not None:
        plain = event.modifiers() == Modifier.NoModifier
        if plain and view.editor.in_place.is_draggable_number(node.id, point - node.pos()):
            return DragNumber(view, event, node.id)
        return MoveNode(view, event, node)
    wire = scene.wire_at(point, view.reach(geometry.WIRE_REACH))
    if wire is not None:
        return PressWire(view, event, wire)
    mark = scene.mark_at(point)
    if mark is not None:
        return MoveMark(view, event, mark)
    if event.modifiers() & Modifier.ControlModifier:
        return CutWires(view, event)
    return RubberBand(view, event)


class Pan(Interaction):
    """Moves the picture with the mouse."""

    scrolls = False

    def __init__(self, view: GraphView, event: QMouseEvent) -> None:
        super().__init__(view, event)
        self._last = event.position()
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, event: QMouseEvent) -> None:
        self.view.pan(event.position() - self._last)
        self._last = event.position()


class DragWire(Interaction):
    """Draws a wire from a port to where the mouse is; ports that fit light up.

    From a wired input it picks up the end of that wire: dropped on another port the wire moves there, dropped
    on the canvas it is taken away. Any other wire dropped on the canvas opens the palette with what fits.
    """

    def __init__(self, view: GraphView, event: QMouseEvent, port: Port) -> None:
        super().__init__(view, event)
        self._pressed = port
        self._picked: tuple[str, int] | None = None
        wire = self.scene.wires.get((port.node, port.slot))
        if wire is not None:
            self._picked = wire.key
            port = Port(wire.source, -1)
        self._port = port
        self._preview: QGraphicsPathItem | None = None

    def _begin(self) -> None:
        self._preview = QGraphicsPathItem()
        self._preview.setZValue(5)
        self.scene.addItem(self._preview)
        for id, ports in self.actions.fitting_ports(self._port, self._picked).items():
            item = self.scene.nodes[id]
            item.set_fitting(ports | {-1} if id == self._port.node and self._port.is_output else ports)
        if self._picked is not None:
            self.scene.wires[self._picked].set_shown(False)

    def move(self, event: QMouseEvent) -> None:
        if self._preview is None:
            if self.is_click(event):
                return
            self._begin()
        assert self._preview is not None
        point = self.at(event)
        end = self._end_at(point)
        reason = self._refusal(end) if end is not None else None
        colors = theme.current()
        color = colors.error if reason else colors.accent
        self._preview.setPen(QPen(color, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        here = self.scene.nodes[end.node].port(end.slot) if end is not None else point
        self._preview.setPath(self._curve(here))
        if reason:
            self.view.editor.notices.show_refusal(sentence(reason), event.position().toPoint(), None)
        else:
            self.view.editor.notices.clear()

    def _curve(self, free: QPointF) -> QPainterPath:
        fixed = self.scene.nodes[self._port.node].port(self._port.slot)
        return wire_path(fixed, free) if self._port.is_output else wire_path(free, fixed)

    def _end_at(self, point: QPointF) -> Port | None:
        """The port where the wire would end: the one there, or the first that fits on the node there."""
        port = self.view.port_at(point, geometry.PORT_REACH * 1.4)
        if port is not None and port.is_output != self._port.is_output:
            return port
        item = self.scene.node_at(point)
        if item is None or item.id == self._port.node:
            return None
        if not self._port.is_output:
            return Port(item.id, -1)
        slots = list(range(item.ports))
        open_first = sorted(slots, key=lambda slot: item.face.wired[slot])
        fits = [slot for slot in open_first if self._refusal(Port(item.id, slot)) is None]
        return Port(item.id, (fits or open_first)[0]) if slots else None

    def _ends(self, end: Port) -> tuple[str, str, int]:
        """Source, target and slot of the wire to `end`."""
        if self._port.is_output:
            return self._port.node, end.node, end.slot
        return end.node, self._port.node, self._port.slot

    def _refusal(self, end: Port) -> str | None:
        return self.actions.refusal(*self._ends(end), self._picked)

    def finish(self, event: QMouseEvent) -> None:
        dragged = self._preview is not None
        self._clear()
        if not dragged:
            self.scene.select([self._pressed.node])
            return
        end = self._end_at(self.at(event))
        if end is not None and (end.node, end.slot) == self._picked:
            return
        if end is not None:
            reason = self._refusal(end)
            if reason:
                self.view.editor.notices.show_refusal(sentence(reason), event.position().toPoint())
            else:
                self.actions.connect_ports(*self._ends(end), instead_of=self._picked)
        elif self._picked is not None:
            self.actions.disconnect_wires([self._picked])
        elif self.scene.node_at(self.at(event)) is None:
            self.view.editor.open_palette(self.at(event), wire=self._port)

    def cancel(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.view.editor.notices.clear()
        if self._preview is not None:
            self.scene.removeItem(self._preview)
        for item in self.scene.nodes.values():
            item.set_fitting(None)
        if self._picked in self.scene.wires:
            self.scene.wires[self._picked].set_shown(True)


class PressWire(Interaction):
    """Selects a wire; dragged near its input end it is picked up there."""

    def __init__(self, view: GraphView, event: QMouseEvent, wire: WireItem) -> None:
        super().__init__(view, event)
        extends = event.modifiers() & (Modifier.ShiftModifier | Modifier.ControlModifier)
        others = self.scene.selected_wires() if extends else []
        self.scene.select(self.scene.selected_nodes() if extends else (), [*others, wire.key])
        end = self.scene.nodes[wire.target].port(wire.slot)
        near_end = QLineF(end, self.start_point).length() < view.reach(_PICK_UP_PIXELS)
        self._drag = DragWire(view, event, Port(*wire.key)) if near_end else None

    def move(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._drag.move(event)

    def finish(self, event: QMouseEvent) -> None:
        if self._drag is not None and not self.is_click(event):
            self._drag.finish(event)
        else:
            self.cancel()

    def cancel(self) -> None:
        if self._drag is not None:
            self._drag.cancel()


class DragNumber(Interaction):
    """Turns the number of a leaf by dragging horizontally; Shift turns finely. A click selects the node."""

    scrolls = False

    def __init__(self, view: GraphView, event: QMouseEvent, id: str) -> None:
        super().__init__(view, event)
        self._id = id
        value = self.actions.document.graph.nodes[id].value
        self._value = float(value) if value is not None else 0.0
        self._unit = numbers.drag_unit(self._value)
        self._last = self.start.x()
        self._offset = 0.0
        self._turned = False
        if id not in self.scene.selected_nodes():
            self.scene.select([id])

    def move(self, event: QMouseEvent) -> None:
        if not self._turned and self.is_click(event):
            return
        self._turned = True
        fine = 0.1 if event.modifiers() & Modifier.ShiftModifier else 1.0
        grain = self._unit * fine
        self._offset += grain * (event.position().x() - self._last) / _PIXELS_PER_STEP
        self._last = event.position().x()
        value = numbers.turned(self._value, self._offset, grain)
        self.actions.set_value(self._id, value, merge=f"drag {self._id}")

    def finish(self, event: QMouseEvent) -> None:
        if self._turned:
            self.actions.end_merge()
        else:
            self.scene.select([self._id])

    def cancel(self) -> None:
        if self._turned:
            self.actions.set_value(self._id, self._value, merge=f"drag {self._id}")
            self.actions.end_merge()

    def drop(self) -> None:
        self.actions.end_merge()


class RubberBand(Interaction):
    """Selects the nodes and notes that a rectangle meets and the frames in it; a click selects nothing."""

    def __init__(self, view: GraphView, event: QMouseEvent) -> None:
        super().__init__(view, event)
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, view.viewport())
        extends = event.modifiers() & (Modifier.ShiftModifier | Modifier.ControlModifier)
        self._before = self.scene.selected_nodes() if extends else []
        self._marks_before = self.scene.selected_marks() if extends else []
        if not extends:
            self.scene.select()

    def move(self, event: QMouseEvent) -> None:
        if self.is_click(event) and not self._band.isVisible():
            return
        corner = self.view.mapFromScene(self.start_point)  # the picture may have been scrolled meanwhile
        self._band.setGeometry(QRect(corner, event.position().toPoint()).normalized())
        self._band.show()
        area = QRectF(self.start_point, self.at(event)).normalized()
        inside = self.scene.boxes.meeting(area)
        marks = [
            key
            for key, item in self.scene.marks.items()
            if (area.contains if isinstance(item, FrameItem) else area.intersects)(item.rect)
        ]
        self.scene.select([*self._before, *inside], marks=[*self._marks_before, *marks])

    def finish(self, event: QMouseEvent) -> None:
        self._remove()

    def cancel(self) -> None:
        self._remove()
        self.scene.select(self._before, marks=self._marks_before)

    def drop(self) -> None:
        self._remove()

    def _remove(self) -> None:
        self._band.hide()
        self._band.resize(QSize(0, 0))
        self._band.deleteLater()


class CutWires(Interaction):
    """Ctrl and drag: cuts every wire that the line crosses."""

    def __init__(self, view: GraphView, event: QMouseEvent) -> None:
        super().__init__(view, event)
        self._line = QGraphicsPathItem()
        self._line.setPen(QPen(theme.current().error, 1.6, Qt.PenStyle.DashLine))
        self._line.setZValue(5)
        self.scene.addItem(self._line)

    def _path(self, event: QMouseEvent) -> QPainterPath:
        path = QPainterPath(self.start_point)
        path.lineTo(self.at(event))
        return path

    def _crossed(self, event: QMouseEvent) -> list[tuple[str, int]]:
        line = QLineF(self.start_point, self.at(event))
        return [key for key, wire in self.scene.wires.items() if wire.crosses(line)]

    def move(self, event: QMouseEvent) -> None:
        self._line.setPath(self._path(event))
        self.scene.lights.show(Light.GRADIENT, wires=self._crossed(event))

    def finish(self, event: QMouseEvent) -> None:
        crossed = [] if self.is_click(event) else self._crossed(event)
        self.cancel()
        self.actions.disconnect_wires(crossed)

    def cancel(self) -> None:
        self.scene.removeItem(self._line)
        self.scene.lights.show()
