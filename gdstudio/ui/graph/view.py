"""The canvas: zooms, pans, frames, paints the grid; mouse and keys go on to interactions and the editor."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip

from gdstudio.ui import theme
from gdstudio.ui.dragged import take
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.backdrop import draw_ground, rects_of, strips_to_draw
from gdstudio.ui.graph.edge_scroll import EdgeScroll
from gdstudio.ui.graph.interactions import Interaction, Pan, begin
from gdstudio.ui.graph.lettering import font
from gdstudio.ui.graph.looks import SYMBOLS_ONLY
from gdstudio.ui.graph.scene import GraphScene, Port

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor

SMALLEST, LARGEST = 0.08, 4.0
_FRAME_MARGIN = 10.0
_MOST_PARTS = 16
# The zoom for one unit of a wheel, 120 to a notch; a pixel of two fingers that scroll counts for some of them.
_WHEEL = 1.0015
_ANGLE_OF_A_PIXEL = 2.0
_LEAST_PINCH = 0.1
# What was drawn in a hurry is drawn finely this long after the last step of zooming, so much at a time.
_SHARPEN_AFTER_MS = 120
_SHARPEN_SECONDS = 0.006

Key = Qt.Key
Modifier = Qt.KeyboardModifier


class GraphView(QGraphicsView):
    """Shows a `GraphScene`.

    Signals:
        zoomed(float): another scale.    resized(QSize): another size than that one.
        touched(): a hand has done something here; from now on nothing is laid out or framed by itself.
    """

    zoomed = Signal(float)
    touched = Signal()
    resized = Signal(QSize)

    def __init__(self, scene: GraphScene, editor: GraphEditor) -> None:
        super().__init__(scene, editor)
        self.setObjectName("graphView")
        self.setAccessibleName(self.tr("Graph"))
        self.graph_scene = scene
        self.editor = editor
        self._interaction: Interaction | None = None
        self._space_held = False
        self._space_used = False
        self._scroll = EdgeScroll(self, self._scroll_on)
        self._sharpen = QTimer(self, singleShot=True)
        self._sharpen.timeout.connect(self._sharpen_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)

    # Looking

    @property
    def scale_now(self) -> float:
        return self.transform().m11()

    def zoom_at(self, point: QPointF, factor: float) -> None:
        """Zoom so that what is under `point` (viewport coordinates) stays there."""
        target = min(max(self.scale_now * factor, SMALLEST), LARGEST)
        factor = target / self.scale_now
        if math.isclose(factor, 1.0):
            return
        before = self.mapToScene(point.toPoint())
        self.graph_scene.node_layer.hurry = True
        self._sharpen.start(_SHARPEN_AFTER_MS)
        self.scale(factor, factor)
        self._hold(before, point)
        self.zoomed.emit(self.scale_now)

    def _sharpen_on(self) -> None:
        """Draw finely, a few nodes at a time, what was drawn in a hurry."""
        layer = self.graph_scene.node_layer
        if layer.sharpen(_SHARPEN_SECONDS):
            layer.hurry = False
            self.draw_anew()
        else:
            self._sharpen.start(0)

    def draw_anew(self) -> None:
        """Draw everything in view again."""
        self.resetCachedContent()
        self.viewport().update()

    def _hold(self, scene_point: QPointF, point: QPointF) -> None:
        """Scroll so that a scene point lies at a viewport point."""
        shift = self.mapFromScene(scene_point) - point.toPoint()
        self.pan(QPointF(-shift))

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - round(by.x()))
        down.setValue(down.value() - round(by.y()))

    def set_scale(self, scale: float) -> None:
        """Zoom about the middle."""
        self.zoom_at(QPointF(self.viewport().rect().center()), scale / self.scale_now)

    def frame(self, rect: QRectF) -> None:
        """Show `rect` whole, at most at 100 %."""
        room = QRectF(self.viewport().rect()).adjusted(
            _FRAME_MARGIN, _FRAME_MARGIN, -_FRAME_MARGIN, -_FRAME_MARGIN
        )
        if room.width() <= 0 or room.height() <= 0 or rect.isEmpty():
            return
        scale = min(room.width() / rect.width(), room.height() / rect.height(), 1.0)
        scale = min(max(scale, SMALLEST), LARGEST)
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(rect.center())
        self.zoomed.emit(scale)

    def shows(self, rect: QRectF, size: QSize | None = None) -> bool:
        """Whether `rect` is in view as a whole, at the present or another size of the view."""
        area = self.viewport().rect() if size is None else QRect(QPoint(), size)
        return self.mapToScene(area).boundingRect().contains(rect)

    def cursor_point(self) -> QPointF:
        """The scene point under the mouse, or in the middle when the mouse is elsewhere."""
        point = self.viewport().mapFromGlobal(QCursor.pos())
        inside = self.viewport().rect().contains(point) and self.underMouse()
        return self.mapToScene(point if inside else self.viewport().rect().center())

    def port_at(self, point: QPointF, reach: float = geometry.PORT_REACH) -> Port | None:
        """The port within so many pixels of a scene point; none where ports are too small to be drawn."""
        return self.graph_scene.port_at(point, self.reach(reach)) if self.scale_now >= SYMBOLS_ONLY else None

    def reach(self, pixels: float) -> float:
        """A distance on the screen as scene units, never below its size at 100 %."""
        return pixels / min(self.scale_now, 1.0)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        place = painter.worldTransform()
        fine = not self.graph_scene.node_layer.hurry
        painter.save()
        painter.resetTransform()
        for strip in strips_to_draw(painter, place.mapRect(QRectF(rect)).toAlignedRect()):
            painter.setClipRect(strip)
            draw_ground(painter, strip, place)
            painter.setWorldTransform(place)
            self.graph_scene.wiring.draw(painter, place.inverted()[0].mapRect(QRectF(strip)), fine)
            painter.resetTransform()
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self.graph_scene.nodes:
            return
        colors = theme.current()
        painter.save()
        painter.resetTransform()
        painter.setFont(font(14))
        painter.setPen(colors.muted)
        hint = self.tr("Press Space or double-click to add a node.\nPaste a formula to make a graph of it.")
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, hint)
        painter.restore()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if not self.graph_scene.nodes:
            self.viewport().update()  # the words on an empty canvas stay where they are

    def paintEvent(self, event: QPaintEvent) -> None:
        # Qt tells an item only the rectangle around all that is to be painted.
        parts = rects_of(event.region()) if event.region().rectCount() <= _MOST_PARTS else [event.rect()]
        exposure = self.graph_scene.exposure
        exposure.begin([self.mapToScene(part.adjusted(-1, -1, 1, 1)).boundingRect() for part in parts])
        super().paintEvent(event)
        exposure.end()

    # Mouse

    @property
    def interaction(self) -> Interaction | None:
        """What the pressed mouse is doing."""
        return self._interaction

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.touched.emit()
        self.editor.notices.clear()
        if self._interaction is not None:
            # A second button during a drag gives the drag up.
            self.cancel_interaction()
            return
        middle = event.button() is Qt.MouseButton.MiddleButton
        if middle or (event.button() is Qt.MouseButton.LeftButton and self._space_held):
            self._space_used = self._space_held
            self._interaction = Pan(self, event)
        elif event.button() is Qt.MouseButton.LeftButton:
            self._interaction = begin(self, event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._interaction is not None:
            self._interaction.move(event)
            self._watch_edge(event)
        else:
            self._hover(event.position().toPoint())
        event.accept()

    def _watch_edge(self, event: QMouseEvent) -> None:
        """Scroll while something is dragged to the edge of the view or beyond it."""
        if self._interaction is not None and self._interaction.scrolls:
            self._scroll.watch(event, self.viewport().rect())
        else:
            self._scroll.stop()

    def _scroll_on(self, way: QPointF, last: QMouseEvent) -> None:
        if self._interaction is None:
            self._scroll.stop()
            return
        self.pan(way)
        self._interaction.move(last)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        interaction = self._interaction
        if interaction is not None and event.button() is interaction.button:
            self._scroll.stop()
            self._interaction = None
            interaction.finish(event)
            self._hover(event.position().toPoint())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.cancel_interaction()
        point = self.mapToScene(event.position().toPoint())
        node = self.graph_scene.node_at(point)
        if node is not None:
            self.editor.in_place.edit_at(node.id, point - node.pos())
        elif self.graph_scene.wire_at(point, self.reach(geometry.WIRE_REACH)) is None:
            mark = self.graph_scene.mark_at(point)
            if mark is not None:
                self.editor.in_place.edit_mark(mark.key)
            else:
                self.editor.open_palette(point)
        event.accept()

    def cancel_interaction(self) -> None:
        """Give up what the pressed mouse is doing; nothing changes."""
        self._scroll.stop()
        if self._interaction is not None:
            interaction, self._interaction = self._interaction, None
            interaction.cancel()

    def drop_interaction(self) -> None:
        """End what the pressed mouse is doing, as what it is about may be gone; call it while the scene is the old one."""
        self._scroll.stop()
        if self._interaction is not None:
            interaction, self._interaction = self._interaction, None
            interaction.drop()

    def leaveEvent(self, event: QEvent) -> None:
        if self._interaction is None:
            self.graph_scene.hover(None)
            self.editor.notices.show_problem(None)
        super().leaveEvent(event)

    def _hover(self, place: QPoint) -> None:
        point = self.mapToScene(place)
        port = self.port_at(point)
        node = self.graph_scene.nodes[port.node] if port else self.graph_scene.node_at(point)
        wire = None if node else self.graph_scene.wire_at(point, self.reach(geometry.WIRE_REACH))
        self.graph_scene.hover(node or wire, port.slot if port else None)
        self.editor.notices.show_problem(node.id if node else None)
        self.viewport().setCursor(self._cursor(node, port is not None, point))

    def _cursor(self, node, over_port: bool, point: QPointF) -> Qt.CursorShape:
        if self._space_held:
            return Qt.CursorShape.OpenHandCursor
        if over_port:
            return Qt.CursorShape.CrossCursor
        if node is not None and self.editor.in_place.is_draggable_number(node.id, point - node.pos()):
            return Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.ArrowCursor

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms, Shift pans sideways; two fingers on a trackpad pan, with Ctrl they zoom."""
        self.touched.emit()
        angle, pixels = event.angleDelta(), event.pixelDelta()
        if _is_trackpad(event) and not event.modifiers() & Modifier.ControlModifier:
            self.pan(QPointF(angle if pixels.isNull() else pixels))
        elif event.modifiers() & Modifier.ShiftModifier or not (angle.y() or pixels.y()):
            self.pan(QPointF(angle.y() or angle.x(), 0))
        else:
            self.zoom_at(event.position(), _WHEEL ** (angle.y() or _ANGLE_OF_A_PIXEL * pixels.y()))
        event.accept()

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        """What two fingers on a trackpad do beside scrolling; whether this is one of those things."""
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_at(event.position(), max(1.0 + event.value(), _LEAST_PINCH))
            case Qt.NativeGestureType.PanNativeGesture:
                self.pan(event.delta())
            case Qt.NativeGestureType.SmartZoomNativeGesture:
                whole = math.isclose(self.scale_now, 1.0)
                self.editor.framing.frame_all() if whole else self.zoom_at(
                    event.position(), 1.0 / self.scale_now
                )
            case Qt.NativeGestureType.BeginNativeGesture | Qt.NativeGestureType.EndNativeGesture:
                pass
            case _:
                return False
        self.touched.emit()
        event.accept()
        return True

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self._gesture(event):
            return True
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tooltip(event)
            return True
        return super().viewportEvent(event)

    def _tooltip(self, event: QHelpEvent) -> None:
        node = self.graph_scene.node_at(self.mapToScene(event.pos()))
        if node is not None and self._interaction is None:
            QToolTip.showText(event.globalPos(), self.graph_scene.maker.tooltip(node.id), self.viewport())
        else:
            QToolTip.hideText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.touched.emit()
        self.cancel_interaction()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.editor.open_menu_at_selection()
        else:
            self.editor.open_menu(self.mapToScene(event.pos()), event.globalPos())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(event.oldSize())

    # Drops from the side list

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._accept_drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept_drag(event)

    def _accept_drag(self, event: QDragMoveEvent) -> None:
        if self.editor.drops.can_drop(event.mimeData()):
            self.editor.drops.drag_over(event.mimeData(), self.mapToScene(event.position().toPoint()))
            take(event)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.graph_scene.lights.show()

    def dropEvent(self, event: QDropEvent) -> None:
        self.touched.emit()
        if self.editor.drops.drop(event.mimeData(), self.mapToScene(event.position().toPoint())):
            take(event)

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Keys of the canvas win over the window's shortcuts while the canvas has the focus.
            if self._is_own_key(event):
                event.accept()
                return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # Qt would take Tab for the focus before it became a key press.
            if (
                event.key() in (Key.Key_Tab, Key.Key_Backtab)
                and not event.modifiers() & Modifier.ControlModifier
            ):
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that reach the viewport are the view's."""
        keys = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
        if watched is self.viewport() and event.type() in keys:
            return self.event(event)
        return super().eventFilter(watched, event)

    def _is_own_key(self, event: QKeyEvent) -> bool:
        space = event.key() == Key.Key_Space and event.modifiers() == Modifier.NoModifier
        return space or event.key() == Key.Key_Escape or self.editor.keys.knows(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        if event.key() == Key.Key_Space and event.modifiers() == Modifier.NoModifier:
            if not event.isAutoRepeat():
                self._space_held, self._space_used = True, False
                self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif event.key() == Key.Key_Escape:
            event.setAccepted(self._escape())
        elif not self.editor.keys.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Space and not event.isAutoRepeat() and self._space_held:
            self._space_held = False
            self.viewport().unsetCursor()
            if not self._space_used and self._interaction is None:
                self.editor.open_palette(self.cursor_point())
        else:
            super().keyReleaseEvent(event)

    def _escape(self) -> bool:
        """Undo what a hand has begun, or close what is open; False = there was nothing to do."""
        if self._interaction is None:
            return self.editor.escape()
        self.cancel_interaction()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        super().focusOutEvent(event)


def _is_trackpad(event: QWheelEvent) -> bool:
    """Whether fingers scroll: the device says so, or the scrolling has a beginning and an end."""
    device = event.device()
    if device is not None and device.type() is QInputDevice.DeviceType.TouchPad:
        return True
    return not event.pixelDelta().isNull() and event.phase() is not Qt.ScrollPhase.NoScrollPhase
