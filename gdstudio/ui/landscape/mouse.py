"""Mouse and wheel on a plot: one class for each gesture, and the pane above the plot that starts them.

The pane takes Qt's own events, so pyqtgraph's mouse handling (which drops moves that follow each other
quickly) never sees them. What a gesture does to the document is asked of the view that owns the pane.
"""

from __future__ import annotations

from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QGraphicsSceneWheelEvent,
)

from gdstudio.ui.landscape.frame import Frame, Ranges
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.landscape.starts import Handle

_ZOOM_PER_NOTCH = 1.2
_NOTCH = 120.0


class Owner(Protocol):
    """What gestures ask of the view. Positions are pixels of the frame."""

    def handle_at(self, px: float, py: float) -> Handle | None: ...
    def racer_at(self, px: float, py: float) -> int | None: ...
    def section_end_at(self, px: float, py: float) -> int | None: ...
    def draw_section(self, pressed: QPointF, at: QPointF, end: int | None) -> None: ...
    def end_section(self, cancelled: bool) -> None: ...
    def drag_to(self, handle: Handle, px: float, py: float) -> None: ...
    def end_drag(self, cancelled: bool) -> None: ...
    def select_racer(self, index: int) -> None: ...
    def place_start(self, px: float, py: float) -> None: ...
    def pin(self, px: float, py: float) -> None: ...
    def show_ranges(self, ranges: Ranges) -> None: ...
    def reset_view(self) -> None: ...
    def hover(self, at: QPointF | None) -> None: ...
    def open_menu(self, at: QPointF, screen: QPoint) -> None: ...


class Gesture:
    """From a press to the release of the same button."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, owner: Owner, pressed: QPointF) -> None:
        self.owner = owner
        self.pressed = pressed
        self.moved = False

    def move(self, at: QPointF) -> None:
        distance = (at - self.pressed).manhattanLength()
        if not self.moved and distance < QApplication.startDragDistance() / 2:
            return
        self.moved = True
        self.drag(at)

    def drag(self, at: QPointF) -> None: ...
    def release(self, at: QPointF) -> None: ...
    def cancel(self) -> None: ...


class Pan(Gesture):
    """Pushes the map. A left press that does not move is a click: it selects a racer or places a start.

    With Ctrl held a click pins the tangent plane instead.
    """

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self, owner: Owner, pressed: QPointF, frame: Frame, clicks: bool, pins: bool = False
    ) -> None:
        super().__init__(owner, pressed)
        self._frame = frame
        self._clicks = clicks
        self._pins = pins

    def drag(self, at: QPointF) -> None:
        push = at - self.pressed
        self.owner.show_ranges(self._frame.moved(push.x(), push.y()))

    def release(self, at: QPointF) -> None:
        if self.moved or not self._clicks:
            return
        if self._pins:
            self.owner.pin(at.x(), at.y())
            return
        racer = self.owner.racer_at(at.x(), at.y())
        if racer is not None:
            self.owner.select_racer(racer)
        else:
            self.owner.place_start(at.x(), at.y())

    def cancel(self) -> None:
        self.owner.show_ranges(self._frame.ranges)


class DragHandle(Gesture):
    """Moves a start or the graph's point; a press that does not move selects the start's racer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, owner: Owner, pressed: QPointF, handle: Handle, centre: QPointF) -> None:
        super().__init__(owner, pressed)
        self._handle = handle
        self._offset = centre - pressed

    def drag(self, at: QPointF) -> None:
        place = at + self._offset
        self.owner.drag_to(self._handle, place.x(), place.y())

    def release(self, at: QPointF) -> None:
        if self.moved:
            self.owner.end_drag(cancelled=False)
        elif len(self._handle.racers) == 1:
            self.owner.select_racer(self._handle.racers[0])

    def cancel(self) -> None:
        if self.moved:
            self.owner.end_drag(cancelled=True)


class DrawSection(Gesture):
    """Draws a cross-section from where the button was pressed, or moves one end of it."""

    def __init__(self, owner: Owner, pressed: QPointF, end: int | None) -> None:
        super().__init__(owner, pressed)
        self._end = end

    def drag(self, at: QPointF) -> None:
        self.owner.draw_section(self.pressed, at, self._end)

    def release(self, at: QPointF) -> None:
        self.owner.end_section(cancelled=False)

    def cancel(self) -> None:
        self.owner.end_section(cancelled=True)


class Pane(Layer):
    """The transparent top layer: turns presses into gestures and passes hovering, the wheel and menus on."""

    def __init__(self, box: pg.ViewBox, owner: Owner) -> None:
        super().__init__(box, z=1e6)
        self._owner = owner
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self.setAcceptedMouseButtons(
            Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton
        )
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def busy(self) -> bool:
        """Whether a button is held."""
        return self._gesture is not None

    def cancel(self) -> None:
        """Give up the gesture and take back what it did."""
        if self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.cancel()
            self.setCursor(Qt.CursorShape.CrossCursor)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """The pane itself cannot be seen."""

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        if self._gesture is not None:
            return
        at, frame = event.pos(), self.frame
        left = event.button() == Qt.MouseButton.LeftButton
        end = self._owner.section_end_at(at.x(), at.y()) if left else None
        handle = self._owner.handle_at(at.x(), at.y()) if left else None
        if left and (end is not None or event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self._gesture = DrawSection(self._owner, at, end)
        elif left and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._gesture = Pan(self._owner, at, frame, clicks=True, pins=True)
        elif handle is not None:
            y = handle.at[1] if len(handle.at) > 1 else frame.to_data(at.x(), at.y())[1]
            px, py = frame.to_pixels(handle.at[0], y)
            self._gesture = DragHandle(self._owner, at, handle, QPointF(float(px), float(py)))
        else:
            self._gesture = Pan(self._owner, at, frame, clicks=left)
        self._button = event.button()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is not None:
            self._gesture.move(event.pos())
            if self._gesture is not None and self._gesture.moved:
                self.setCursor(self._gesture.cursor)
        self._owner.hover(event.pos())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is None or event.button() != self._button:
            return
        gesture, self._gesture = self._gesture, None
        self._point_at(event.pos())
        gesture.release(event.pos())
        if event.button() == Qt.MouseButton.RightButton and not gesture.moved:
            self._owner.open_menu(event.pos(), event.screenPos())

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self._owner.reset_view()

    def contextMenuEvent(self, event: QGraphicsSceneContextMenuEvent) -> None:
        # The right button opens the menu when it is released, since pressing it may begin a pan.
        event.setAccepted(event.reason() == QGraphicsSceneContextMenuEvent.Reason.Mouse)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._point_at(event.pos())
        self._owner.hover(event.pos())

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._owner.hover(None)

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        event.accept()
        if self._gesture is None and event.orientation() == Qt.Orientation.Vertical:
            factor = _ZOOM_PER_NOTCH ** (-event.delta() / _NOTCH)
            self._owner.show_ranges(self.frame.zoomed(factor, event.pos().x(), event.pos().y()))

    def _point_at(self, at: QPointF) -> None:
        over = (
            self._owner.handle_at(at.x(), at.y()) is not None
            or self._owner.racer_at(at.x(), at.y()) is not None
            or self._owner.section_end_at(at.x(), at.y()) is not None
        )
        self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.CrossCursor)
