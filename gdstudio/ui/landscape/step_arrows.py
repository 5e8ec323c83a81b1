"""Arrows of the selected racer's next step: what plain descent would do there, and what the rule does.

The first arrow is −learning rate · gradient, the last one the step; the dashed one between them is what the
rule's memory and scaling add. For adaptive rules the gradient, the velocity and the ellipse of moments.py stand in the
place of the first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gdstudio.ui import theme
from gdstudio.ui.landscape.arrowheads import RIM, draw_arrow
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.landscape.moments import Moments, draw_moments
from gdstudio.ui.race.numbers import format_value

_SHORTEST = 70.0
_LONGEST = 0.45
_BESIDE = 8.0


@dataclass(frozen=True)
class StepArrows:
    """A step in the coordinates of the axes.

    Attributes:
        x, y: where the racer is.
        descent: (dx, dy) of plain descent with the racer's learning rate; None when the rule has no such rate.
        step: (dx, dy) of the step it takes.
        color: the racer's.
        moments: what an adaptive rule remembers there. It has no use for the plain gradient's length, so the gradient is
            then drawn with its memory, to a scale of their own.
    """

    x: float
    y: float
    descent: tuple[float, float] | None
    step: tuple[float, float]
    color: QColor
    moments: Moments | None = None

    @property
    def adds_to_descent(self) -> bool:
        """Whether there is a dashed arrow: the rule does something else than plain descent."""
        if self.descent is None or self.moments is not None:
            return False
        return not np.allclose(self.descent, self.step, rtol=1e-3, atol=0.0)


class StepArrowsLayer(Layer):
    """Draws the arrows of one step, larger or smaller than they are when they could not be seen otherwise."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=8.0)
        self.arrows: StepArrows | None = None

    def set_arrows(self, arrows: StepArrows | None) -> None:
        if arrows != self.arrows:
            self.arrows = arrows
            self.update()

    def magnification(self, frame: Frame) -> float:
        """How many times larger than they are the arrows are drawn."""
        arrows = self.arrows
        if arrows is None:
            return 1.0
        shown = (arrows.step,) if arrows.moments is not None else (arrows.descent, arrows.step)
        lengths = [np.hypot(*self._pixels(frame, each)) for each in shown if each]
        longest = max(lengths)
        if not np.isfinite(longest) or longest == 0:
            return 1.0
        most = _LONGEST * min(frame.width, frame.height)
        if _SHORTEST <= longest <= most:
            return 1.0
        return _round_factor((_SHORTEST if longest < _SHORTEST else most) / longest, up=longest < _SHORTEST)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        arrows = self.arrows
        if arrows is None:
            return
        px, py = (float(v) for v in frame.to_pixels(arrows.x, arrows.y))
        factor = self.magnification(frame)
        origin = QPointF(px, py)
        step = origin + _point(factor * self._pixels(frame, arrows.step))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if arrows.moments is not None:
            draw_moments(painter, frame, origin, arrows.moments)
        elif arrows.descent is not None:
            descent = origin + _point(factor * self._pixels(frame, arrows.descent))
            draw_arrow(painter, origin, descent, theme.current().gradient)
            _draw_dashes(painter, descent, step)
        draw_arrow(painter, origin, step, arrows.color)
        picture = QRectF(0.0, 0.0, frame.width, frame.height)
        if factor != 1.0 and picture.intersects(
            QRectF(origin, step).normalized().adjusted(-1.0, -1.0, 1.0, 1.0)
        ):
            self._draw_factor(painter, frame, step, factor)

    @staticmethod
    def _pixels(frame: Frame, move: tuple[float, float]) -> np.ndarray:
        with np.errstate(over="ignore", invalid="ignore"):
            pixels = np.array(move) * frame.scale
        return np.where(np.isfinite(pixels), pixels, 0.0)

    @staticmethod
    def _draw_factor(painter: QPainter, frame: Frame, at: QPointF, factor: float) -> None:
        """Say that the arrows are not to scale."""
        text = f"×{format_value(factor)}"
        painter.setFont(theme.small_font())
        metrics = QFontMetricsF(painter.font())
        box = box_beside(frame, at, metrics.horizontalAdvance(text) + 8.0, metrics.height() + 2.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().background)
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setPen(theme.current().muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def box_beside(frame: Frame, tip: QPointF, width: float, height: float) -> QRectF:
    """Where a caption goes, in pixels: right of the tip of an arrow, else left of it, and never out of sight."""
    x = tip.x() + _BESIDE
    if x + width > frame.width:
        x = tip.x() - _BESIDE - width
    x, y = min(x, frame.width - width), min(tip.y() - height / 2, frame.height - height)
    return QRectF(max(0.0, x), max(0.0, y), width, height)


def _round_factor(factor: float, up: bool) -> float:
    """The next of ... 0.5, 1, 2, 5, 10 ... so that the arrows do not breathe while a race plays."""
    power = 10.0 ** np.floor(np.log10(factor))
    digits = [d for d in (1.0, 2.0, 5.0, 10.0) if (d * power >= factor if up else d * power <= factor)]
    return float(f"{(min(digits) if up else max(digits)) * power:.6g}")


def _point(move: np.ndarray) -> QPointF:
    return QPointF(float(move[0]), float(move[1]))


def _draw_dashes(painter: QPainter, tail: QPointF, tip: QPointF) -> None:
    for color, width in ((RIM, 3.0), (QColor(255, 255, 255, 220), 1.4)):
        pen = QPen(color, width)
        pen.setDashPattern([10.0 / width, 7.0 / width])
        painter.setPen(pen)
        painter.drawLine(tail, tip)
