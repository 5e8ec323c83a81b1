"""The tangent plane at a point of the map that a person has pinned, with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gdstudio.ui import theme
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.race.numbers import MINUS, format_measured, format_value
from gdstudio.ui.results import GridResult

_RIM = QColor(10, 12, 16, 190)
_HALF = 5.0
_GAP = 10.0
_PADDING = 7.0


@dataclass(frozen=True)
class TangentPlane:
    """loss(at) + gradient · (point − at).

    Attributes:
        axes: the names along the map.
        at: where it touches the surface.
        loss, gradient: there.
    """

    axes: tuple[str, ...]
    at: tuple[float, float]
    loss: float
    gradient: tuple[float, float]

    @classmethod
    def of(cls, grid: GridResult, at: tuple[float, float]) -> TangentPlane | None:
        """The plane that touches a surface; None where there is no finite one."""
        loss, *slopes = (float(number) for number in grid.landscape.value_and_gradient(*at))
        if not np.isfinite([loss, *slopes]).all():
            return None
        return cls(grid.axes, at, loss, (slopes[0], slopes[1]))

    @property
    def lines(self) -> tuple[str, str]:
        """Where it touches, and its equation with numbers."""
        terms = [format_measured(self.loss, 4)]
        for name, place, slope in zip(self.axes, self.at, self.gradient, strict=True):
            sign = MINUS if slope < 0 else "+"
            terms.append(f"{sign} {format_measured(abs(slope), 4)}·{_shifted(name, place)}")
        where = ", ".join(f"{n} = {format_value(p)}" for n, p in zip(self.axes, self.at, strict=True))
        return where, "loss ≈ " + " ".join(terms)


def _shifted(name: str, place: float) -> str:
    if place == 0:
        return name
    sign = "+" if place < 0 else MINUS
    return f"({name} {sign} {format_value(abs(place))})"


class PinLayer(Layer):
    """Draws the pinned point with the numbers of its tangent plane beside it."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=9.5)
        self.plane: TangentPlane | None = None

    def set_plane(self, plane: TangentPlane | None) -> None:
        if plane != self.plane:
            self.plane = plane
            self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        if self.plane is None:
            return
        px, py = (float(v) for v in frame.to_pixels(*self.plane.at))
        if not frame.contains(px, py):
            return
        now = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF(px - _HALF, py - _HALF, 2 * _HALF, 2 * _HALF)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((_RIM, 4.4), (now.gradient, 2.2)):
            painter.setPen(QPen(color, width))
            painter.drawRect(square)
        painter.setFont(theme.small_font())
        metrics = QFontMetricsF(painter.font())
        lines = self.plane.lines
        width = max(map(metrics.horizontalAdvance, lines)) + 2 * _PADDING
        height = metrics.height() * len(lines) + _PADDING
        left = px + _GAP if px + _GAP + width < frame.width else px - _GAP - width
        top = py - _GAP - height if py - _GAP - height > 0 else py + _GAP
        box = QRectF(max(2.0, left), top, width, height)
        painter.setPen(QPen(now.line, 1.0))
        painter.setBrush(now.background)
        painter.drawRoundedRect(box, 4.0, 4.0)
        for number, (line, color) in enumerate(zip(lines, (now.muted, now.gradient), strict=True)):
            painter.setPen(color)
            at = QPointF(box.left() + _PADDING, box.top() + 1.0 + metrics.height() * (number + 1))
            painter.drawText(at, line)
