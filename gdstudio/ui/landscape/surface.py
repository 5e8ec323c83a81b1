"""The still picture of the plane: losses as colours, holes as a hatch, contour lines with labels, arrows and
streamlines.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from gdstudio.ui import theme
from gdstudio.ui.landscape import contours, strokes
from gdstudio.ui.landscape.arrows import Arrows
from gdstudio.ui.landscape.colour_scale import ColourScale, colour_table, number_text
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import CachedLayer
from gdstudio.ui.landscape.streamlines import Streamlines

Array = np.ndarray

CONTOUR_COUNT = 13
_ON_DARK = QColor(240, 240, 240)
_ON_LIGHT = QColor(25, 25, 25)
_LABEL_PADDING = 4.0


@dataclass(frozen=True)
class Surface:
    """Losses `z[i, j]` at `(xs[i], ys[j])` on an even grid; a cell that is not finite is a hole."""

    xs: Array
    ys: Array
    z: Array

    @property
    def has_holes(self) -> bool:
        return not bool(np.isfinite(self.z).all())

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, right, low and high edge of the cells, which lie around the grid's points."""
        dx = (self.xs[-1] - self.xs[0]) / (2 * (len(self.xs) - 1))
        dy = (self.ys[-1] - self.ys[0]) / (2 * (len(self.ys) - 1))
        return (
            float(self.xs[0] - dx),
            float(self.xs[-1] + dx),
            float(self.ys[0] - dy),
            float(self.ys[-1] + dy),
        )

    def nearest(self, x: Array, y: Array) -> Array:
        """The losses of the cells in which the points (x[i], y[j]) lie, or of the nearest ones."""
        return self.z[np.ix_(_nearest(self.xs, x), _nearest(self.ys, y))]

    def at(self, x: Array, y: Array) -> Array:
        """The losses of the cells in which the points (x[i], y[i]) lie, or of the nearest ones."""
        return self.z[_nearest(self.xs, x), _nearest(self.ys, y)]


def _nearest(values: Array, wanted: Array) -> Array:
    """Indices of the nearest of evenly spaced values."""
    place = np.rint((wanted - values[0]) / (values[1] - values[0]))
    return place.clip(0, len(values) - 1).astype(int)


@dataclass(frozen=True)
class _Lines:
    """Contours and their labels in the pixels of a frame. While the map is only pushed, they move along."""

    frame: Frame
    paths: list[tuple[QPainterPath, QColor]]
    labels: list[tuple[contours.Label, str, QColor]]


class SurfaceLayer(CachedLayer):
    """Draws a `Surface`. Computes a part of the picture again only when what it depends on has changed."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=-10.0)
        self.surface: Surface | None = None
        self.colour_scale: ColourScale | None = None
        self.arrows: Arrows | None = None
        self.streams: Streamlines | None = None
        self.colour_map = "viridis"
        self._show_contours = True
        self._image: QImage | None = None
        self._contours: list[contours.Contour] | None = None
        self._lines: _Lines | None = None

    def set_surface(self, surface: Surface | None, scale: ColourScale | None) -> None:
        """Show other losses, or the same ones on another scale; None shows nothing."""
        self.surface, self.colour_scale = surface, scale
        self._image = self._contours = self._lines = None
        self.changed()

    def set_colour_map(self, name: str) -> None:
        self.colour_map = name
        self._image = self._lines = None
        self.changed()

    def dress(self) -> None:
        """Take the colours and fonts of the theme in use."""
        self._lines = None
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
        if self.surface is None or self.colour_scale is None:
            return
        self._draw_losses(painter, frame, self.surface, self.colour_scale)
        if self._show_contours:
            self._draw_contours(painter, frame, self.surface, self.colour_scale)
        if self.arrows is not None:
            self._draw_arrows(painter, frame, self.arrows.thinned(frame))
        if self.streams is not None:
            self._draw_streams(painter, frame, self.streams)

    def _draw_losses(self, painter: QPainter, frame: Frame, surface: Surface, scale: ColourScale) -> None:
        left, right, low, high = surface.edges
        (x0, x1), (y0, y1) = frame.to_pixels(np.array([left, right]), np.array([high, low]))
        target = QRectF(QPointF(x0, y0), QPointF(x1, y1))
        if surface.has_holes:
            painter.fillRect(target, theme.current().background)
            painter.fillRect(target, QBrush(theme.current().line, Qt.BrushStyle.BDiagPattern))
        if self._image is None:
            self._image = _image(scale.indices(surface.z), self.colour_map)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._image)

    def _draw_contours(self, painter: QPainter, frame: Frame, surface: Surface, scale: ColourScale) -> None:
        if self._contours is None:
            levels = scale.levels(surface.z, CONTOUR_COUNT)
            self._contours = contours.contours(surface.xs, surface.ys, surface.z, levels)
        drawn, push = self._lines, None
        if drawn is not None:
            push = frame.offset(drawn.frame)
        if drawn is None or push is None:
            drawn, push = self._lines_in(frame, self._contours, scale), (0.0, 0.0)
            self._lines = drawn
        painter.save()
        painter.translate(*push)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path, color in drawn.paths:
            painter.setPen(QPen(color, 1.0))
            painter.drawPath(path)
        for label, text, color in drawn.labels:
            _draw_label(painter, label, text, theme.small_font(), color)
        painter.restore()

    def _lines_in(self, frame: Frame, found: Sequence[contours.Contour], scale: ColourScale) -> _Lines:
        """Contours in pixels, with gaps for their labels."""
        metrics = QFontMetricsF(theme.small_font())
        lines = [(c.loss, *frame.to_pixels(c.x, c.y)) for c in found]
        places = {label.loss: label for label in contours.labels(lines, frame.width, frame.height)}
        levels = [c.loss for c in found]
        paths, labels = [], []
        for loss, x, y in lines:
            color = self._line_color(float(scale.position(loss)))
            label = places.get(loss)
            if label is not None:
                text = number_text(loss, levels)
                half = metrics.horizontalAdvance(text) / 2.0 + _LABEL_PADDING
                x = np.where(np.hypot(x - label.x, y - label.y) < half, np.nan, x)
                labels.append((label, text, color))
            paths.append((pg.arrayToQPath(x, y, connect="finite"), color))
        return _Lines(frame, paths, labels)

    def _draw_arrows(self, painter: QPainter, frame: Frame, arrows: Arrows) -> None:
        surface, scale = self.surface, self.colour_scale
        assert surface is not None and scale is not None
        below = scale.indices(surface.nearest(arrows.xs, arrows.ys))
        on_dark, on_light = arrows.segments(frame, _is_light(self.colour_map)[below])
        for segments, color in ((on_dark, _ON_DARK), (on_light, _ON_LIGHT)):
            painter.setPen(QPen(color, 1.4))
            strokes.draw_segments(painter, segments)

    def _draw_streams(self, painter: QPainter, frame: Frame, streams: Streamlines) -> None:
        lines = np.concatenate([streams.segments(frame), streams.head_segments(frame)])
        x, y = (lines[:, 0] + lines[:, 2]) / 2.0, (lines[:, 1] + lines[:, 3]) / 2.0
        light = self._is_light_below(*frame.to_data(x, y))
        for segments, color in ((lines[~light], _ON_DARK), (lines[light], _ON_LIGHT)):
            painter.setPen(QPen(color, 1.2))
            strokes.draw_segments(painter, segments)

    def _is_light_below(self, x: Array, y: Array) -> Array:
        """Whether dark lines show better than light ones at points (x[i], y[i])."""
        surface, scale = self.surface, self.colour_scale
        assert surface is not None and scale is not None
        return _is_light(self.colour_map)[scale.indices(surface.at(x, y))]

    def _line_color(self, position: float) -> QColor:
        """The colour of a line at a position of the scale: one that shows on the map's colour there."""
        color = QColor(_ON_LIGHT if _is_light(self.colour_map)[1 + round(position * 254)] else _ON_DARK)
        color.setAlpha(120)
        return color


@functools.lru_cache(maxsize=16)
def _is_light(colour_map: str) -> Array:
    """Whether dark lines show better than light ones, for each colour of the map."""
    return colour_table(colour_map)[:, :3] @ np.array([0.299, 0.587, 0.114]) > 115.0


def _image(indices: Array, colour_map: str) -> QImage:
    """Indices of a grid (x first, y upwards) as a picture (rows downwards), ready for quick drawing."""
    rows = np.ascontiguousarray(indices.T[::-1])
    height, width = rows.shape
    image = QImage(rows.data, width, height, width, QImage.Format.Format_Indexed8)
    table = colour_table(colour_map).astype(np.uint32)
    image.setColorTable(
        ((table[:, 3] << 24) | (table[:, 0] << 16) | (table[:, 1] << 8) | table[:, 2]).tolist()
    )
    # The conversion copies, so the array may go.
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _draw_label(painter: QPainter, label: contours.Label, text: str, font: QFont, color: QColor) -> None:
    painter.save()
    painter.translate(label.x, label.y)
    painter.rotate(label.angle)
    painter.setFont(font)
    painter.setPen(QColor(color.red(), color.green(), color.blue(), 210))
    painter.drawText(QRectF(-60.0, -10.0, 120.0, 20.0), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
