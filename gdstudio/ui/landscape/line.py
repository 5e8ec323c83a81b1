"""The line: the loss along one coordinate as a curve, with its tangent, and racers as balls on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape import polyline
from gdstudio.ui.landscape.companions import Companions, FaintDots
from gdstudio.ui.landscape.frame import Frame, Ranges
from gdstudio.ui.landscape.layers import CachedLayer, Layer
from gdstudio.ui.landscape.minima import minima_along
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.landscape.secant import Secant, SecantLayer
from gdstudio.ui.landscape.trails import Trail
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session

Array = np.ndarray

_TANGENT_LENGTH = 220.0
_FOOT = 0.08
_HEAD = 0.12


class CurveLayer(CachedLayer):
    """The curve itself; where the loss is not finite there is a gap with a hatch."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=-10.0)
        self._xs = self._z = np.empty(0)

    def set_curve(self, xs: Array, z: Array) -> None:
        self._xs, self._z = xs, z
        self.changed()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        if len(self._xs) < 2:
            return
        px, _ = frame.to_pixels(self._xs, 0.0)
        hole = ~np.isfinite(self._z)
        half = (px[1] - px[0]) / 2.0
        for x in px[hole]:
            strip = QRectF(float(x - half), 0.0, float(2 * half), frame.height)
            painter.fillRect(strip, pg.mkBrush(theme.current().line, style=Qt.BrushStyle.BDiagPattern))
        _, py = frame.to_pixels(0.0, np.where(hole, np.nan, self._z))
        painter.setPen(QPen(theme.current().muted, 2.0))
        painter.drawPath(pg.arrayToQPath(px, np.clip(py, -1e5, 1e5), connect="finite"))


class TangentLayer(Layer):
    """The tangent at one point, with its slope."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=5.0)
        self.at: tuple[float, float, float] | None = None
        self._text = ""

    def set_tangent(self, at: tuple[float, float, float] | None, text: str = "") -> None:
        """Show the tangent at (x, loss, slope) with a label; None or what is not finite shows none."""
        self.at = at if at is not None and all(map(math.isfinite, at)) else None
        self._text = text
        self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        if self.at is None:
            return
        x, loss, slope = self.at
        px, py = (float(v) for v in frame.to_pixels(x, loss))
        sx, sy = frame.scale
        angle = math.atan2(slope * sy, sx)
        half = QPointF(math.cos(angle), math.sin(angle)) * (_TANGENT_LENGTH / 2.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().gradient, 2.0))
        painter.drawLine(QPointF(px, py) - half, QPointF(px, py) + half)
        painter.setBrush(theme.current().gradient)
        painter.drawEllipse(QPointF(px, py), 3.0, 3.0)
        painter.setFont(theme.small_font())
        width = QFontMetricsF(painter.font()).horizontalAdvance(self._text) + 10.0
        left = min(max(px + half.x() + 8.0, 2.0), frame.width - width - 2.0)
        top = min(max(py + half.y() - 9.0, 2.0), frame.height - 20.0)
        box = QRectF(left, top, width, 18.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().background)
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setPen(theme.current().gradient)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text)


class StepsLayer(Layer):
    """The places that the racers have been at, as dots on the curve."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=0.0)
        self.trails: Sequence[Trail] = ()
        self.step = 0

    def draw(self, painter: QPainter, frame: Frame) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trail in self.trails:
            x, y = frame.to_pixels(trail.x[: self.step + 1], trail.y[: self.step + 1])
            segments = polyline.visible(x, y, frame.width, frame.height)
            pen = QPen(trail.style.color, 5.0)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(QPolygonF([QPointF(a, b) for a, b in segments[:, 2:].tolist()]))


class LineView(PlotView):
    """The loss along one coordinate.

    Signals:
        secant_changed(Secant or None): another secant is shown.
    """

    secant_changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.curve = CurveLayer(self.box)
        self.tangent = TangentLayer(self.box)
        self.secant = SecantLayer(self.box)
        self._epsilon: float | None = None
        self.steps = StepsLayer(self.box)
        self.companions = Companions(self, FaintDots)
        self.plot.showGrid(x=True, y=True, alpha=0.15)
        self._mouse: float | None = None
        self.hovered.connect(self._follow_mouse)
        self.dress()

    def dress(self) -> None:
        super().dress()
        self.curve.changed()
        self.tangent.update()
        self.secant.update()

    def set_epsilon(self, epsilon: float | None) -> None:
        """Show the secant to the point so far to the right of the tangent's; None shows none."""
        self._epsilon = epsilon
        self._move_tangent()

    def draw_grid(self, grid: GridResult) -> None:
        self.curve.set_curve(grid.xs, grid.z)
        self.marks.minima = [self.place(at) for at in minima_along(self.session.document, self.lens)]
        self._move_tangent()

    def draw_trails(self, trails: Sequence[Trail]) -> None:
        self.steps.trails = trails
        self.steps.update()
        self.companions.refresh()

    def show_step(self, step: int) -> None:
        super().show_step(step)
        self.steps.step = step
        self.steps.update()
        self.companions.set_step(step)
        self._move_tangent()

    def update_marks(self) -> None:
        super().update_marks()
        self._move_tangent()

    def home_ranges(self, grid: GridResult) -> Ranges:
        finite = grid.z[np.isfinite(grid.z)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        room = high - low or max(abs(high), 1.0)
        return grid.ranges[0], (low - _FOOT * room, high + _HEAD * room)

    def region(self, ranges: Ranges) -> tuple[tuple[float, float], ...]:
        return (ranges[0],)

    def place(self, at: Sequence[float]) -> tuple[float, float]:
        return at[0], self._loss_and_slope(at[0])[0]

    def point(self, px: float, py: float) -> tuple[float, ...]:
        return (self.frame.round_point(px, py)[0],)

    def trail(self, columns: Array, losses: Array, **style: Any) -> Trail:
        return Trail(columns[:, 0], losses, losses, **style)

    def _loss_and_slope(self, x: float) -> tuple[float, float]:
        if self.grid is None:
            return math.nan, math.nan
        loss, slope = self.grid.landscape.value_and_gradient(x)
        return float(loss), float(np.ravel(slope)[0])

    def _follow_mouse(self, at: tuple[float, ...] | None) -> None:
        self._mouse = None if at is None else at[0]
        self._move_tangent()

    def _move_tangent(self) -> None:
        """Put the tangent under the mouse, or else where it rests."""
        x = self._resting_place() if self._mouse is None else self._mouse
        self._move_secant(x)
        if x is None:
            self.tangent.set_tangent(None)
            return
        loss, slope = self._loss_and_slope(x)
        self.tangent.set_tangent((x, loss, slope), self.tr("slope {0}").format(format_measured(slope, 4)))

    def _move_secant(self, x: float | None) -> None:
        secant = None
        if x is not None and self._epsilon is not None:
            loss, slope = self._loss_and_slope(x)
            secant = Secant(x, loss, self._epsilon, self._loss_and_slope(x + self._epsilon)[0], slope)
        self.secant.set_secant(secant)
        self.secant_changed.emit(self.secant.secant)

    def _resting_place(self) -> float | None:
        """The selected racer's place, else the only one's; where nobody races, the graph's own point."""
        if not self.session.document.race.racers:
            return None if self.marks.point is None else self.marks.point[0]
        marks = self.marks.racers
        chosen = next((mark for mark in marks if mark.active), marks[0] if len(marks) == 1 else None)
        return None if chosen is None else chosen.x
