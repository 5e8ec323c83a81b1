"""The secant of the line view: through the point of the tangent and another one a distance ε away.

As ε shrinks, its slope becomes that of the tangent, until rounding in the difference spoils it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured, format_value

# Ten notches to a power of ten, from 1 down to where float64 has nothing left.
_NOTCHES = 150
_PER_DECADE = 10.0
_REACH = 4000.0


@dataclass(frozen=True)
class Secant:
    """A secant through (x, loss) and (x + epsilon, other), beside the true slope at x."""

    x: float
    loss: float
    epsilon: float
    other: float
    slope: float

    @property
    def quotient(self) -> float:
        """(f(x + ε) − f(x)) / ε."""
        return (self.other - self.loss) / self.epsilon

    @property
    def error(self) -> float:
        """How far the quotient is from the slope."""
        return abs(self.quotient - self.slope)


class SecantLayer(Layer):
    """Draws a secant with its two points and the step between them."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=4.0)
        self.secant: Secant | None = None

    def set_secant(self, secant: Secant | None) -> None:
        finite = secant is not None and math.isfinite(secant.loss) and math.isfinite(secant.other)
        self.secant = secant if finite else None
        self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        secant = self.secant
        if secant is None:
            return
        xs, losses = np.array([secant.x, secant.x + secant.epsilon]), np.array([secant.loss, secant.other])
        (ax, bx), (ay, by) = (pixels.tolist() for pixels in frame.to_pixels(xs, losses))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        painter.setPen(QPen(now.muted, 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(ax, ay), QPointF(bx, ay))
        painter.drawLine(QPointF(bx, ay), QPointF(bx, by))
        # From the quotient, not from the two pixels, which may be the same one.
        sx, sy = frame.scale
        angle = math.atan2(secant.quotient * sy, sx)
        along = QPointF(math.cos(angle), math.sin(angle)) * _REACH
        painter.setPen(QPen(now.value, 1.6))
        painter.drawLine(QPointF(ax, ay) - along, QPointF(ax, ay) + along)
        painter.setBrush(now.value)
        for x, y in ((ax, ay), (bx, by)):
            painter.drawEllipse(QPointF(x, y), 3.5, 3.5)


class SecantBar(QWidget):
    """The slider of ε and the two slopes.

    Signals:
        epsilon_changed(float): a person chose another ε.
    """

    epsilon_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secantBar")
        self.slider = named(
            QSlider(Qt.Orientation.Horizontal),
            "secantEpsilon",
            self.tr("Distance ε of the secant's points"),
            self.tr("The distance between the secant's two points; to the right it shrinks"),
        )
        self.slider.setRange(0, _NOTCHES)
        self.slider.setPageStep(int(_PER_DECADE))
        self.slider.setMinimumWidth(110)
        self.slider.setMaximumWidth(240)
        self.label = named(QLabel(), "secantText", self.tr("Slope of the secant beside that of the tangent"))
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 10, 2)
        row.addWidget(QLabel("ε"))
        row.addWidget(self.slider)
        row.addWidget(self.label, 1)
        self.slider.valueChanged.connect(lambda _: self.epsilon_changed.emit(self.epsilon))

    @property
    def epsilon(self) -> float:
        """The distance that the slider says."""
        return float(f"{10.0 ** (-self.slider.value() / _PER_DECADE):.2g}")

    def show_epsilon(self, epsilon: float) -> None:
        """Put the slider where a distance is, without asking for it."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(-_PER_DECADE * math.log10(epsilon)))

    def show_secant(self, secant: Secant | None) -> None:
        """Say both slopes and their difference."""
        if secant is None:
            self.label.setText(self.tr("Point at the curve, or select a racer."))
            return
        now = theme.current()
        quotient, slope, error = (
            format_measured(v, 4) for v in (secant.quotient, secant.slope, secant.error)
        )
        self.label.setText(
            f"{format_value(secant.epsilon)} &nbsp; "
            f"<span style='color:{now.value.name()}'>{self.tr('secant {0}').format(quotient)}</span> &nbsp; "
            f"<span style='color:{now.gradient.name()}'>{self.tr('tangent {0}').format(slope)}</span> &nbsp; "
            f"<span style='color:{now.muted.name()}'>{self.tr('apart by {0}').format(error)}</span>"
        )
