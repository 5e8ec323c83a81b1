"""The racers' paths on the plane, drawn up to the step of the playback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gdstudio.ui.landscape import polyline, strokes
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import CachedLayer
from gdstudio.ui.theme import RacerStyle, contrast

Array = np.ndarray

_WIDTH = 2.0
# A rim is this much darker than its line; that of a line with more contrast to white is light, this share of white.
_RIM_DARKER = 260
_LIGHTEST_WITH_LIGHT_RIM = 6.0
_RIM_WHITE = 0.6
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


@dataclass(frozen=True)
class _Piece:
    """A stretch of a trail in pixels: its rim, its dashes or whole line, and the ends of its long steps."""

    style: RacerStyle
    rim: Array
    line: Array
    dots: QPolygonF

    def draw(self, painter: QPainter) -> None:
        painter.setPen(QPen(rim_of(self.style.color), _WIDTH + 1.6))
        strokes.draw_segments(painter, self.rim)
        painter.setPen(QPen(self.style.color, _WIDTH))
        strokes.draw_segments(painter, self.line)
        if not self.dots.isEmpty():
            painter.setPen(QPen(self.style.color, 4.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(self.dots)


def rim_of(color: QColor) -> QColor:
    """The colour around a line, so that it is seen on every colour of a map: dark around light ones, light around dark."""
    if contrast(color, QColor("white")) < _LIGHTEST_WITH_LIGHT_RIM:
        return color.darker(_RIM_DARKER)
    own = color.red(), color.green(), color.blue()
    return QColor(*(round((1 - _RIM_WHITE) * part + _RIM_WHITE * 255) for part in own))


@dataclass(frozen=True)
class _Whole:
    """All trails up to a step in the pixels of a frame and some way around it."""

    frame: Frame
    step: int
    pieces: list[_Piece]
    drawn: list[_Drawn]


class TrailsLayer(CachedLayer):
    """Draws trails. Going forward adds the new steps to the finished picture; anything else begins anew.

    While the map is only pushed, the lines of the last beginning move along.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=0.0)
        self.trails: Sequence[Trail] = ()
        self.step = 0
        self._drawn: list[_Drawn] = []
        self._whole: _Whole | None = None

    def set_trails(self, trails: Sequence[Trail]) -> None:
        self.trails = trails
        self._whole = None
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
        whole = self._whole
        push = frame.offset(whole.frame) if whole is not None and whole.step == self.step else None
        far = push is None or abs(push[0]) > frame.width / 2 or abs(push[1]) > frame.height / 2
        if whole is None or push is None or far:
            drawn = [_Drawn() for _ in self.trails]
            pieces = self._pieces(frame, drawn, frame.width / 2, frame.height / 2)
            whole = self._whole = _Whole(frame, self.step, pieces, drawn)
            push = (0.0, 0.0)
        self._drawn = [replace(drawn) for drawn in whole.drawn]
        painter.save()
        painter.translate(*push)
        for piece in whole.pieces:
            piece.draw(painter)
        painter.restore()

    def extend(self, painter: QPainter, frame: Frame) -> None:
        for piece in self._pieces(frame, self._drawn):
            piece.draw(painter)

    def _pieces(
        self, frame: Frame, drawn: Sequence[_Drawn], around_x: float = 0.0, around_y: float = 0.0
    ) -> list[_Piece]:
        """What is still to draw up to the step, within the frame and so many pixels around it."""
        pieces = []
        for trail, before in zip(self.trails, drawn, strict=True):
            last = min(self.step, len(trail.x) - 1)
            if last > before.step:
                x, y = frame.to_pixels(trail.x[before.step : last + 1], trail.y[before.step : last + 1])
                pieces.append(_piece(x, y, frame, trail.style, before, around_x, around_y))
                before.step = last
        return pieces


def _piece(
    x: Array, y: Array, frame: Frame, style: RacerStyle, drawn: _Drawn, around_x: float, around_y: float
) -> _Piece:
    away = np.array([around_x, around_y, around_x, around_y])
    rim = polyline.visible(
        x + around_x, y + around_y, frame.width + 2 * around_x, frame.height + 2 * around_y
    )
    rim -= away
    line = rim
    if style.dash:
        # The pattern goes on where the last piece of this trail ended.
        pattern = [_WIDTH * length for length in style.dash]
        line = strokes.dashed(rim, pattern, drawn.length)
        drawn.length += float(strokes.lengths(rim).sum())
    return _Piece(style, rim, line, _step_ends(x, y, drawn))


def _step_ends(x: Array, y: Array, drawn: _Drawn) -> QPolygonF:
    """The end of each of the first long steps, so that single steps can be counted."""
    with np.errstate(over="ignore", invalid="ignore"):
        far = np.flatnonzero(np.hypot(np.diff(x), np.diff(y)) > _LONG_STEP) + 1
    far = far[: max(0, _MOST_DOTS - drawn.dots)]
    far = far[(np.abs(x[far]) < 1e5) & (np.abs(y[far]) < 1e5)]
    drawn.dots += far.size
    return QPolygonF([QPointF(a, b) for a, b in zip(x[far].tolist(), y[far].tolist(), strict=True)])
