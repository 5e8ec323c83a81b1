"""The colour bar: which loss has which colour, and where on it the loss under the mouse lies."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape.colour_scale import ColourScale, colour_table, number_text

_BAR = 14.0
_LEFT = 11.0
_TICK = 4.0
_WIDTH = 76
_PIXELS_PER_TICK = 56.0
_ROWS = 512


class ColourBar(QWidget):
    """A vertical bar with true losses as ticks.

    `margins` are the distances in pixels from the widget's top and bottom to the bar's, so that the bar can
    be as tall as the picture beside it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale: ColourScale | None = None
        self._colour_map = "viridis"
        self._shown: ColourScale | None = None
        self._pointer: float | None = None
        self._margins = (8.0, 8.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 120)

    @property
    def ticks(self) -> list[float]:
        """The losses with a label, ascending."""
        if self._scale is None or self._scale.empty:
            return []
        return self._scale.round_losses(max(2, int(self._length() / _PIXELS_PER_TICK)))

    @property
    def bar(self) -> QRectF:
        """Where the colours are, in pixels of the widget."""
        return QRectF(_LEFT, self._margins[0], _BAR, self._length())

    def show_scale(
        self, scale: ColourScale | None, colour_map: str, shown: ColourScale | None = None
    ) -> None:
        """Show the losses of a scale along the bar, in its own colours or in those of another scale."""
        self._scale, self._colour_map, self._shown = scale, colour_map, shown
        self.update()

    def point_at(self, loss: float | None) -> None:
        """Mark a loss beside the bar; None takes the mark away."""
        if loss != self._pointer:
            self._pointer = loss
            self.update()

    def set_margins(self, top: float, bottom: float) -> None:
        if (top, bottom) != self._margins:
            self._margins = top, bottom
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.background)
        if self._scale is None or self._scale.empty:
            return
        bar = self.bar
        painter.drawImage(bar, _gradient(self._colour_map, self._scale, self._shown))
        painter.setPen(QPen(now.line, 1.0))
        painter.drawRect(bar)
        painter.setFont(theme.small_font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ticks(painter, bar)
        if self._pointer is not None and np.isfinite(self._pointer):
            y = self._height_of(self._pointer)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.text)
            tip = QPointF(_LEFT - 1.0, y)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-8.0, -5.0), tip + QPointF(-8.0, 5.0)]))

    def _draw_ticks(self, painter: QPainter, bar: QRectF) -> None:
        now = theme.current()
        height = QFontMetricsF(painter.font()).height()
        losses = self.ticks
        last = np.inf
        for loss in losses:
            y = self._height_of(loss)
            if last - y < height:
                continue
            last = y
            painter.setPen(QPen(now.line, 1.0))
            painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + _TICK, y))
            painter.setPen(now.muted)
            box = QRectF(bar.right() + _TICK + 3.0, y - height / 2, self.width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, number_text(loss, losses))

    def _length(self) -> float:
        return max(1.0, self.height() - sum(self._margins))

    def _height_of(self, loss: float) -> float:
        assert self._scale is not None
        return self._margins[0] + (1.0 - float(self._scale.position(loss))) * self._length()


def _gradient(colour_map: str, scale: ColourScale, shown: ColourScale | None) -> QImage:
    """The colours along a bar of `scale` as a picture one pixel wide, highest loss on top."""
    table = colour_table(colour_map)
    if shown is None:
        colours = table[:0:-1]
    else:
        colours = table[shown.indices(scale.loss(np.linspace(1.0, 0.0, _ROWS)))]
    colours = np.ascontiguousarray(colours)
    return QImage(colours.data, 1, len(colours), 4, QImage.Format.Format_RGBA8888).copy()
