"""The whole graph in a corner, with the part that is in view. Shown only where not all of it is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph.mark_items import FrameItem
from gdstudio.ui.graph.view import GraphView

_SIZE = QSize(168, 116)
_CORNER = 12
_MARGIN = 8.0
_FINE = 200
# In a smaller view the map would cover too much of the graph.
_LEAST_VIEW = QSize(420, 300)


class MiniMap(QWidget):
    """A map of a `GraphView`; a click or drag on it brings that place into view."""

    def __init__(self, view: GraphView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._wanted = True
        self._around = QRectF(0, 0, 1, 1)  # what the map shows: everything, as of the last edit
        self._picture: tuple[tuple[str, float], QPixmap] | None = None
        self.setObjectName("graphMiniMap")
        self.setAccessibleName(self.tr("Map of the graph"))
        self.setToolTip(self.tr("The whole graph; click to go there (M hides the map)"))
        self.setFixedSize(_SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Scrolling and edits come in bursts; the map follows once for all of them.
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._follow)
        view.zoomed.connect(self.refresh)
        view.resized.connect(self.refresh)
        view.horizontalScrollBar().valueChanged.connect(self.refresh)
        view.verticalScrollBar().valueChanged.connect(self.refresh)
        theme.switch().follow(self.refresh)
        self.hide()

    @property
    def wanted(self) -> bool:
        """Whether the map comes when it is of use."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        self._wanted = wanted
        self.refresh()

    def refresh(self, *_: object) -> None:
        """The part of the graph in view has changed."""
        self._pause.start()

    def draw_anew(self) -> None:
        """The graph has changed."""
        self._picture = None
        self._around = QRectF(self._view.graph_scene.bounds())
        self.refresh()

    def _follow(self) -> None:
        scene, room = self._view.graph_scene, self._view.viewport().size()
        large = room.width() >= _LEAST_VIEW.width() and room.height() >= _LEAST_VIEW.height()
        self.setVisible(
            self._wanted and large and len(scene.nodes) > 1 and not self._view.shows(self._around)
        )
        self.move(
            room.width() - self.width() - _CORNER,
            room.height() - self.height() - _CORNER,
        )
        self.update()

    def _in_view(self) -> QRectF:
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def _scale(self) -> tuple[float, QPointF]:
        """Map pixels for a scene unit, and the scene point in the middle of the map."""
        bounds = self._around
        width, height = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        return min(width / bounds.width(), height / bounds.height()), bounds.center()

    def _mapped(self, rect: QRectF, scale: float, middle: QPointF) -> QRectF:
        corner = (rect.topLeft() - middle) * scale + QPointF(self.width() / 2, self.height() / 2)
        return QRectF(corner, rect.size() * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        scale, middle = self._scale()
        key = theme.current().name, self.devicePixelRatioF()
        if self._picture is None or self._picture[0] != key:
            # While the graph stays, only the part in view moves over the same picture.
            self._picture = key, self._painted(scale, middle)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._picture[1])
        painter.setClipRect(self.rect().adjusted(2, 2, -2, -2))
        painter.setPen(QPen(theme.current().accent, 1.5))
        painter.drawRect(self._mapped(self._in_view(), scale, middle))

    def _painted(self, scale: float, middle: QPointF) -> QPixmap:
        """The whole graph, without the part that is in view."""
        colors, scene = theme.current(), self._view.graph_scene
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colors.panel)
        ground.setAlphaF(0.92)
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frames = [item.rect for item in scene.marks.values() if isinstance(item, FrameItem)]
        painter.drawRects([self._mapped(rect, scale, middle) for rect in frames])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.muted)
        corner = np.array([middle.x(), middle.y()] * 2)
        center = np.array([self.width(), self.height()] * 2) / 2
        # Sharp rectangles are quick, and so small that nobody sees the difference.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(scene.nodes) <= _FINE)
        rects = (scene.boxes.edges - corner) * scale + center
        rects[:, 2:] -= rects[:, :2]
        painter.drawRects([QRectF(*row) for row in rects.tolist()])
        painter.end()
        return picture

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)

    def _go(self, event: QMouseEvent) -> None:
        scale, middle = self._scale()
        away = event.position() - QPointF(self.width() / 2, self.height() / 2)
        self._view.touched.emit()
        self._view.centerOn(middle + away / scale)
