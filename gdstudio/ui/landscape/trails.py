"""The racers' paths on the plane, drawn up to the step of the playback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gdstudio.ui.landscape import polyline, strokes
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import CachedLayer
from gdstudio.ui.theme import RacerStyle

Array = np.ndarray

_WIDTH = 2.0
_RIM_DARKER = 260
_LONG_STEP = 9.0
_MOST_DOTS = 200


@dataclass(frozen=True)
class Trail:
    """One racer's path.

    Attributes:
        x, y: where it is in the plot after each step, shape (steps + 1,), only finite ones.
        losses: its loss there.
        style: how it is drawn.
        racer: its place in `document.race.racers`.
    """

    x: Array
    y: Array
    losses: Array
    style: RacerStyle
    racer: int

    def at(self, step: int) -> tuple[float, float]:
        """Where the racer is after `step` steps; where it ended when it stopped before."""
        k = min(max(step, 0), len(self.x) - 1)
        return float(self.x[k]), float(self.y[k])


@dataclass
class _Drawn:
    """How far a trail has been drawn onto the layer's picture."""

    step: int = 0
    length: float = 0.0
    dots: int = 0


class TrailsLayer(CachedLayer):
    """Draws trails. Going forward adds the new steps to the finished picture; anything else begins anew."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=0.0)
        self.trails: Sequence[Trail] = ()
        self.step = 0
        self._drawn: list[_Drawn] = []

    def set_trails(self, trails: Sequence[Trail]) -> None:
        self.trails = trails
        self.changed()

    def set_step(self, step: int) -> None:
        if step == self.step:
            return
        back = step < self.step
        self.step = step
        if back:
            self.changed()
        else:
            self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        self._drawn = [_Drawn() for _ in self.trails]
        self.extend(painter, frame)

    def extend(self, painter: QPainter, frame: Frame) -> None:
        for trail, drawn in zip(self.trails, self._drawn, strict=True):
            last = min(self.step, len(trail.x) - 1)
            if last > drawn.step:
                x, y = frame.to_pixels(trail.x[drawn.step : last + 1], trail.y[drawn.step : last + 1])
                self._draw_piece(painter, frame, x, y, trail.style, drawn)
                drawn.step = last

    def _draw_piece(
        self, painter: QPainter, frame: Frame, x: Array, y: Array, style: RacerStyle, drawn: _Drawn
    ) -> None:
        segments = polyline.visible(x, y, frame.width, frame.height)
        painter.setPen(QPen(style.color.darker(_RIM_DARKER), _WIDTH + 1.6))
        strokes.draw_segments(painter, segments)
        painter.setPen(QPen(style.color, _WIDTH))
        if style.dash:
            # The pattern goes on where the last piece of this trail ended.
            pattern = [_WIDTH * length for length in style.dash]
            strokes.draw_segments(painter, strokes.dashed(segments, pattern, drawn.length))
            drawn.length += float(strokes.lengths(segments).sum())
        else:
            strokes.draw_segments(painter, segments)
        self._draw_steps(painter, x, y, style, drawn)

    def _draw_steps(self, painter: QPainter, x: Array, y: Array, style: RacerStyle, drawn: _Drawn) -> None:
        """A dot at the end of each of the first long steps, so that single steps can be counted."""
        with np.errstate(over="ignore", invalid="ignore"):
            far = np.flatnonzero(np.hypot(np.diff(x), np.diff(y)) > _LONG_STEP) + 1
        far = far[: max(0, _MOST_DOTS - drawn.dots)]
        far = far[(np.abs(x[far]) < 1e5) & (np.abs(y[far]) < 1e5)]
        if far.size == 0:
            return
        drawn.dots += far.size
        points = QPolygonF([QPointF(a, b) for a, b in zip(x[far].tolist(), y[far].tolist(), strict=True)])
        painter.setPen(QPen(style.color, 4.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(points)
