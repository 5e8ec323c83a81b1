"""The still picture of the plane: losses as colours, holes as a hatch, contour lines with labels, arrows and
streamlines.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from gdstudio.ui import theme
from gdstudio.ui.landscape import contours, strokes
from gdstudio.ui.landscape.arrows import Arrows
from gdstudio.ui.landscape.colour_scale import ColourScale
from gdstudio.ui.landscape.drawing import ON_DARK, ON_LIGHT, Drawing, Surface, is_light
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import CachedLayer
from gdstudio.ui.landscape.streamlines import Streamlines

Array = np.ndarray


class SurfaceLayer(CachedLayer):
    """Paints a `Drawing`, with the directions of descent over it."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=-10.0)
        self.drawing: Drawing | None = None
        self.arrows: Arrows | None = None
        self.streams: Streamlines | None = None
        self.colour_map = "viridis"
        self._show_contours = True

    @property
    def surface(self) -> Surface | None:
        """The losses that are shown."""
        return None if self.drawing is None else self.drawing.surface

    @property
    def colour_scale(self) -> ColourScale | None:
        """What gives the losses their colours."""
        return None if self.drawing is None else self.drawing.scale

    def set_drawing(self, drawing: Drawing | None) -> None:
        """Show other losses, or the same ones on another scale; None shows nothing."""
        self.drawing = drawing
        self.changed()

    def set_colour_map(self, name: str) -> None:
        self.colour_map = name
        self.changed()

    def dress(self) -> None:
        """Take the colours and fonts of the theme in use."""
        if self.drawing is not None:
            self.drawing.forget_fonts()
        self.changed()

    def set_contours(self, shown: bool) -> None:
        self._show_contours = shown
        self.changed()

    def set_arrows(self, arrows: Arrows | None) -> None:
        self.arrows = arrows
        self.changed()

    def set_streams(self, streams: Streamlines | None) -> None:
        self.streams = streams
        self.changed()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        drawing = self.drawing
        if drawing is None:
            return
        self._draw_losses(painter, frame, drawing)
        if self._show_contours:
            self._draw_contours(painter, frame, drawing)
        if self.arrows is not None:
            self._draw_arrows(painter, drawing, self.arrows.thinned(frame), frame)
        if self.streams is not None:
            self._draw_streams(painter, drawing, self.streams, frame)

    def _draw_losses(self, painter: QPainter, frame: Frame, drawing: Drawing) -> None:
        left, right, low, high = drawing.surface.edges
        (x0, x1), (y0, y1) = frame.to_pixels(np.array([left, right]), np.array([high, low]))
        target = QRectF(QPointF(x0, y0), QPointF(x1, y1))
        if drawing.surface.has_holes:
            painter.fillRect(target, theme.current().background)
            painter.fillRect(target, QBrush(theme.current().line, Qt.BrushStyle.BDiagPattern))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, drawing.image(self.colour_map))

    def _draw_contours(self, painter: QPainter, frame: Frame, drawing: Drawing) -> None:
        lines, push = drawing.lines(frame, self.colour_map)
        painter.save()
        painter.translate(*push)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path, color in lines.paths:
            painter.setPen(QPen(color, 1.0))
            painter.drawPath(path)
        font = theme.small_font()
        for label, text, color in lines.labels:
            _draw_label(painter, label, text, font, color)
        painter.restore()

    def _draw_arrows(self, painter: QPainter, drawing: Drawing, arrows: Arrows, frame: Frame) -> None:
        below = drawing.scale.indices(drawing.surface.nearest(arrows.xs, arrows.ys))
        on_dark, on_light = arrows.segments(frame, is_light(self.colour_map)[below])
        for segments, color in ((on_dark, ON_DARK), (on_light, ON_LIGHT)):
            painter.setPen(QPen(color, 1.4))
            strokes.draw_segments(painter, segments)

    def _draw_streams(self, painter: QPainter, drawing: Drawing, streams: Streamlines, frame: Frame) -> None:
        lines = np.concatenate([streams.segments(frame), streams.head_segments(frame)])
        x, y = (lines[:, 0] + lines[:, 2]) / 2.0, (lines[:, 1] + lines[:, 3]) / 2.0
        losses = drawing.surface.at(*frame.to_data(x, y))
        light = is_light(self.colour_map)[drawing.scale.indices(losses)]
        for segments, color in ((lines[~light], ON_DARK), (lines[light], ON_LIGHT)):
            painter.setPen(QPen(color, 1.2))
            strokes.draw_segments(painter, segments)


def _draw_label(painter: QPainter, label: contours.Label, text: str, font: QFont, color: QColor) -> None:
    painter.save()
    painter.translate(label.x, label.y)
    painter.rotate(label.angle)
    painter.setFont(font)
    painter.setPen(QColor(color.red(), color.green(), color.blue(), 210))
    painter.drawText(QRectF(-60.0, -10.0, 120.0, 20.0), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
