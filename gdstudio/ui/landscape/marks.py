"""Marks on a landscape: starts as handles, racers, the graph's point and known minima, each with a
contrasting rim.

Drawn anew in each frame: they are few, and they are what moves.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from gdstudio.ui import theme
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.theme import RacerStyle

REACH = 11.0

_LIGHT = QColor(255, 255, 255, 235)
_DARK = QColor(10, 12, 16, 220)
_START_RADIUS = 7.5
_RACER_SIZE = 13.0
_MINIMUM_SIZE = 15.0
_CRITICAL = {"minimum": ("o", 7.0), "saddle": ("x", 9.0), "maximum": ("t1", 9.0)}


@dataclass(frozen=True)
class StartMark:
    """A start at (x, y) of the racers with these styles."""

    x: float
    y: float
    styles: tuple[RacerStyle, ...]
    active: bool = False


@dataclass(frozen=True)
class RacerMark:
    """Where a racer is now."""

    x: float
    y: float
    style: RacerStyle
    racer: int
    active: bool = False


@dataclass(frozen=True)
class CriticalMark:
    """A critical point that was found: "minimum", "saddle" or "maximum"."""

    x: float
    y: float
    kind: str


class MarksLayer(Layer):
    """Draws marks; positions are in coordinates of the axes."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=10.0)
        self.minima: Sequence[tuple[float, float]] = ()
        self.critical: Sequence[CriticalMark] = ()
        self.point: tuple[float, float] | None = None
        self.starts: Sequence[StartMark] = ()
        self.racers: Sequence[RacerMark] = ()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.critical:
            if not self._is_known(frame, mark):
                _at(painter, frame, mark.x, mark.y, partial(_draw_critical, kind=mark.kind))
        for x, y in self.minima:
            _at(painter, frame, x, y, _draw_minimum)
        if self.point is not None:
            _at(painter, frame, *self.point, _draw_point)
        for start in self.starts:
            _at(painter, frame, start.x, start.y, partial(_draw_start, mark=start))
        for racer in self.racers:
            _at(painter, frame, racer.x, racer.y, partial(_draw_racer, mark=racer))

    def _is_known(self, frame: Frame, mark: CriticalMark) -> bool:
        """Whether a star stands there already."""
        px, py = frame.to_pixels(mark.x, mark.y)
        others = (frame.to_pixels(x, y) for x, y in self.minima)
        return mark.kind == "minimum" and any(abs(px - x) + abs(py - y) < REACH for x, y in others)


def _at(painter: QPainter, frame: Frame, x: float, y: float, draw: Callable[[QPainter], None]) -> None:
    px, py = frame.pixel(x, y)
    if -20.0 <= px <= frame.width + 20.0 and -20.0 <= py <= frame.height + 20.0:
        painter.save()
        painter.translate(QPointF(px, py))
        draw(painter)
        painter.restore()


def _outlined(painter: QPainter, path: QPainterPath, color: QColor, light: float, dark: float) -> None:
    """Fill a path with a light rim inside a dark one: one of them contrasts with whatever lies below."""
    for pen in _rims(light, dark):
        painter.strokePath(path, pen)
    painter.fillPath(path, color)


@functools.lru_cache(maxsize=16)
def _rims(light: float, dark: float) -> tuple[QPen, ...]:
    pens = [QPen(rim, width) for rim, width in ((_DARK, 2 * (light + dark)), (_LIGHT, 2 * light))]
    for pen in pens:
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return tuple(pens)


@functools.lru_cache(maxsize=64)
def _symbol(name: str, size: float) -> QPainterPath:
    path = QPainterPath(Symbols[name])
    return QTransform.fromScale(size, size).map(path)


def _draw_racer(painter: QPainter, mark: RacerMark) -> None:
    size = _RACER_SIZE * (1.25 if mark.active else 1.0)
    _outlined(painter, _symbol(mark.style.marker, size), mark.style.color, 1.4, 1.0)


def _draw_start(painter: QPainter, mark: StartMark) -> None:
    """A ring in the racers' colours, an arc for each; the surface shows through its middle."""
    radius = _START_RADIUS + (1.5 if mark.active else 0.0)
    circle = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rim, width in ((_DARK, 7.0), (_LIGHT, 5.2)):
        painter.setPen(QPen(rim, width))
        painter.drawEllipse(circle)
    span = 360.0 / max(1, len(mark.styles))
    for number, style in enumerate(mark.styles):
        pen = QPen(style.color, 3.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(circle, round(16 * (90.0 - (number + 1) * span)), round(16 * span))


def _draw_point(painter: QPainter) -> None:
    """A cross in the colour of forward values: the graph editor's values are those at this point."""
    arm = 7.5
    path = QPainterPath()
    for x, y in ((1.0, 0.0), (0.0, 1.0)):
        path.moveTo(-arm * x, -arm * y)
        path.lineTo(arm * x, arm * y)
    for color, width in ((_DARK, 6.4), (_LIGHT, 4.6), (theme.current().value, 2.2)):
        painter.strokePath(path, QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))


def _draw_critical(painter: QPainter, kind: str) -> None:
    """A disc in a valley, a cross on a saddle, a triangle on a top; small, since there can be many."""
    symbol, size = _CRITICAL[kind]
    _outlined(painter, _symbol(symbol, size), _LIGHT, 0.0, 1.1)


def _draw_minimum(painter: QPainter) -> None:
    _outlined(painter, _symbol("star", _MINIMUM_SIZE), _LIGHT, 0.0, 1.3)
