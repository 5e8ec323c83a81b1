"""Dragging nodes, frames and notes: what is selected moves together, as one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from gdstudio.ui import theme
from gdstudio.ui.commands import Point
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.guides import alignment
from gdstudio.ui.graph.interaction import Interaction, Modifier
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.mark_items import FrameItem, NoteItem
from gdstudio.ui.graph.marks import Key
from gdstudio.ui.graph.node_item import NodeItem
from gdstudio.ui.graph.wire_item import WireItem

if TYPE_CHECKING:
    from gdstudio.ui.graph.view import GraphView

_ALIGN_PIXELS = 6.0


class Move(Interaction):
    """Selects what lies under the mouse, if it is not selected, and drags the selection.

    It snaps to the grid; with Alt it moves freely. Subclasses say what is under the mouse.
    """

    def __init__(self, view: GraphView, event: QMouseEvent) -> None:
        super().__init__(view, event)
        self._extends = bool(event.modifiers() & (Modifier.ShiftModifier | Modifier.ControlModifier))
        self._was_selected = self._is_selected()
        if not self._was_selected:
            self._select(self._extends)
        nodes, notes = self.scene.selected_to_move()
        self._places = {id: self.scene.nodes[id].pos() for id in nodes}
        self._notes = {key: QPointF(*note.pos) for key, note in notes.items()}
        self._moved = False

    def _is_selected(self) -> bool:
        raise NotImplementedError

    def _select(self, extends: bool) -> None:
        """Select what is under the mouse, with the selection or instead of it."""
        raise NotImplementedError

    def _unselect(self) -> None:
        raise NotImplementedError

    def _shift(self, event: QMouseEvent) -> QPointF:
        """How far the selection is dragged, in scene units."""
        free = self.at(event) - self.start_point
        return free if event.modifiers() & Modifier.AltModifier else geometry.snapped(free)

    def _show(self, shift: QPointF) -> tuple[dict[str, Point], dict[Key, Point]]:
        """Show the selection elsewhere, and say where."""
        places = {id: (at.x() + shift.x(), at.y() + shift.y()) for id, at in self._places.items()}
        notes = {key: (at.x() + shift.x(), at.y() + shift.y()) for key, at in self._notes.items()}
        self.scene.move_items(places)
        for key, place in notes.items():
            item = self.scene.marks.get(key)
            if isinstance(item, NoteItem):
                item.show_at(QPointF(*place))
        return places, notes

    def move(self, event: QMouseEvent) -> None:
        if self._moved or not self.is_click(event):
            self._moved = True
            self._show(self._shift(event))

    def finish(self, event: QMouseEvent) -> None:
        if not self._moved:
            if self._extends and self._was_selected:
                self._unselect()
            elif not self._extends:
                self._select(False)
            return
        places, notes = self._show(self._shift(event))
        self.cancel()
        self.actions.move(places, notes=notes)

    def cancel(self) -> None:
        self._show(QPointF())
        self.scene.put_down()


class MoveMark(Move):
    """Drags by a note or the title of a frame."""

    def __init__(self, view: GraphView, event: QMouseEvent, item: FrameItem | NoteItem) -> None:
        self._item = item
        super().__init__(view, event)

    def _is_selected(self) -> bool:
        return self._item.is_selected

    def _select(self, extends: bool) -> None:
        others = self.scene.selected_marks() if extends else []
        nodes = self.scene.selected_nodes() if extends else []
        self.scene.select(nodes, marks=[*others, self._item.key])

    def _unselect(self) -> None:
        others = [key for key in self.scene.selected_marks() if key != self._item.key]
        self.scene.select(self.scene.selected_nodes(), marks=others)


class MoveNode(Move):
    """Drags by a node, into line with other nodes, which guides show. A node without wires goes into one below it."""

    def __init__(self, view: GraphView, event: QMouseEvent, item: NodeItem) -> None:
        self._item = item
        super().__init__(view, event)
        self._corner = item.pos()
        self._others = self.scene.boxes.without(self._places)
        self._guides: list[QGraphicsPathItem] = []
        self._lit: WireItem | None = None

    def _is_selected(self) -> bool:
        return self._item.is_selected

    def _select(self, extends: bool) -> None:
        nodes = self.scene.selected_nodes() if extends else []
        self.scene.select([*nodes, self._item.id], marks=self.scene.selected_marks() if extends else ())

    def _unselect(self) -> None:
        nodes = [id for id in self.scene.selected_nodes() if id != self._item.id]
        self.scene.select(nodes, marks=self.scene.selected_marks())

    def _shift(self, event: QMouseEvent) -> QPointF:
        place = self._corner + self.at(event) - self.start_point
        lines: list[QLineF] = []
        if not event.modifiers() & Modifier.AltModifier:
            body = self._item.body().translated(place)
            found = alignment(body, self._others, self.view.reach(_ALIGN_PIXELS))
            grid = geometry.snapped(place)
            place = QPointF(
                grid.x() if found.dx is None else place.x() + found.dx,
                grid.y() if found.dy is None else place.y() + found.dy,
            )
            lines = found.lines
        self._show_guides(lines)
        return place - self._corner

    def _show_guides(self, lines: list[QLineF]) -> None:
        """One item for each guide: around all of them would be half the picture to paint anew."""
        while len(self._guides) < len(lines):
            guide = QGraphicsPathItem()
            pen = QPen(theme.current().accent, 1, Qt.PenStyle.DashLine)
            pen.setCosmetic(True)
            guide.setPen(pen)
            guide.setZValue(4)
            self.scene.addItem(guide)
            self._guides.append(guide)
        for i, guide in enumerate(self._guides):
            path = QPainterPath()
            if i < len(lines):
                path.moveTo(lines[i].p1())
                path.lineTo(lines[i].p2())
            guide.setPath(path)

    def move(self, event: QMouseEvent) -> None:
        super().move(event)
        if not self._moved:
            return
        wire = self._wire_below()
        if wire is not self._lit:
            self._lit = wire
            self.scene.lights.show(Light.VALUE, wires=[wire.key] if wire is not None else [])

    def _wire_below(self) -> WireItem | None:
        """The wire that a single, unwired node lies on; it would be put in there."""
        item = self._item
        if len(self._places) != 1 or self._notes:
            return None
        if not item.ports or any(item.face.wired) or self.scene.graph.consumers.get(item.id):
            return None
        return self.scene.wire_at(item.scene_body().center(), self.view.reach(geometry.INSERT_REACH))

    def finish(self, event: QMouseEvent) -> None:
        if self._moved:
            places, _ = self._show(self._shift(event))
            wire = self._wire_below()
            if wire is not None:
                self.cancel()
                self.actions.insert(self._item.id, wire.key, places[self._item.id])
                return
        super().finish(event)

    def cancel(self) -> None:
        for guide in self._guides:
            self.scene.removeItem(guide)
        self._guides.clear()
        self.scene.lights.show()
        super().cancel()
