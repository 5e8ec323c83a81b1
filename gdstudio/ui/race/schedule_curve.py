"""The learning rate over the steps of a race, as a small picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.theme import RacerStyle

_HEIGHT = 74
_MARGIN = 5.0


class ScheduleCurve(QWidget):
    """Draws rates, (steps + 1,), from 0 to the largest, and the step that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rates = np.empty(0)
        self._style: RacerStyle | None = None
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def show_rates(self, rates: np.ndarray, style: RacerStyle) -> None:
        """Show rates in the colour of a racer."""
        self.rates, self._style = rates, style
        if len(rates):
            first, last = format_measured(float(rates[0]), 3), format_measured(float(rates[-1]), 3)
            words = self.tr("Learning rate from {0} at step 0 to {1} at step {2}")
            self.setToolTip(words.format(first, last, len(rates) - 1))
            self.setAccessibleDescription(self.toolTip())
        self.update()

    def set_step(self, step: int) -> None:
        """Mark a step."""
        if step != self._step:
            self._step = step
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(now.line, 1.0))
        painter.setBrush(now.field)
        painter.drawRoundedRect(frame, 4.0, 4.0)
        finite = self.rates[np.isfinite(self.rates)]
        if self._style is None or not finite.size or not finite.max() > 0:
            return
        painter.setFont(themes.small_font())
        metrics = QFontMetricsF(painter.font())
        inside = frame.adjusted(_MARGIN, _MARGIN + metrics.height(), -_MARGIN, -_MARGIN)
        steps = max(1, len(self.rates) - 1)

        def x_of(step: float) -> float:
            return inside.left() + inside.width() * step / steps

        if self._step <= steps:
            painter.setPen(QPen(now.line, 1.0))
            painter.drawLine(
                QPointF(x_of(self._step), inside.top()), QPointF(x_of(self._step), inside.bottom())
            )
        # More points than pixels would only cost time.
        places = np.unique(np.linspace(0, steps, min(steps + 1, 600)).astype(int))
        places = places[places < len(self.rates)]
        heights = inside.bottom() - inside.height() * self.rates[places] / finite.max()
        painter.setPen(QPen(self._style.color, 1.6))
        painter.drawPolyline(QPolygonF([QPointF(x_of(s), h) for s, h in zip(places, heights, strict=True)]))
        painter.setPen(now.muted)
        shown = min(self._step, len(self.rates) - 1)
        text = self.tr("{0} at step {1}").format(format_measured(float(self.rates[shown]), 3), shown)
        top = QRectF(inside.left(), frame.top() + 3.0, inside.width(), metrics.height())
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft, text)
        highest = self.tr("most {0}").format(format_measured(float(finite.max()), 3))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight, highest)
