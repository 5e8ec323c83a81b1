"""How the numbers of a tensor are distributed: a small histogram over what is finite."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.lettering import font

_HEIGHT = 84
_LABELS = 18.0
_MARGIN = 10.0
_PIXELS = 11
_MOST_BINS = 32
# Of more numbers than this every second, third, … is counted.
_MOST_COUNTED = 200_000


@dataclass(frozen=True)
class Bins:
    """Counts of numbers.

    Attributes:
        counts: (bins,) whole numbers.
        edges: (bins + 1,) rising.
        every: 1 = all numbers are counted, 2 = every second one, and so on.
    """

    counts: np.ndarray
    edges: np.ndarray
    every: int = 1

    def said(self, index: int) -> str:
        """`3 of 12 from 0.5 to 1`."""
        low, high = numbers.short(self.edges[index], 3), numbers.short(self.edges[index + 1], 3)
        return f"{self.counts[index]} / {int(self.counts.sum())}:  {low} … {high}"


def bins_of(array: np.ndarray) -> Bins | None:
    """The distribution of the finite numbers of an array of any shape; None where there are none.

    The number of bins is the square root of the number of values, between 5 and 32; one where all are equal.
    """
    every = max(1, math.ceil(array.size / _MOST_COUNTED))
    flat = np.ravel(array)[::every]
    finite = flat[np.isfinite(flat)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    count = min(max(math.ceil(math.sqrt(finite.size)), 5), _MOST_BINS)
    # In halves, because the difference of two very large numbers may be infinite.
    half = high / 2 - low / 2
    if half <= 0 or low + 2 * half / count in (low, high):
        return Bins(np.array([finite.size]), np.array([low, high]), every)
    edges = 2 * np.linspace(low / 2, high / 2, count + 1)
    edges[-1] = high
    places = np.clip(np.searchsorted(edges, finite, side="right") - 1, 0, count - 1)
    return Bins(np.bincount(places, minlength=count), edges, every)


class Histogram(QWidget):
    """Draws the bins of one array in a colour; the bar under the mouse says its numbers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Histogram"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setMouseTracking(True)
        self._bins: Bins | None = None
        self._ink = QColor()
        self._lit = -1

    @property
    def bins(self) -> Bins | None:
        """What is in view; None where there is nothing to count."""
        return self._bins

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def show_array(self, array: np.ndarray, ink: QColor) -> None:
        """Show the distribution of an array of any shape."""
        self._bins, self._ink = bins_of(array), ink
        self._lit = -1
        if self._bins is not None:
            edges = self._bins.edges
            text = self.tr("{0} bars from {1} to {2}, the highest with {3} numbers")
            words = text.format(
                len(self._bins.counts),
                numbers.short(edges[0], 3),
                numbers.short(edges[-1], 3),
                int(self._bins.counts.max()),
            )
            self.setAccessibleDescription(words)
        self.update()

    def bar(self, index: int) -> QRectF:
        """Where a bar stands; all of its column for the mouse."""
        assert self._bins is not None
        field = QRectF(self.rect()).adjusted(_MARGIN, 4, -_MARGIN, -_LABELS)
        width = field.width() / len(self._bins.counts)
        return QRectF(field.left() + index * width, field.top(), width, field.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._bins is None:
            return
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = int(self._bins.counts.max())
        for index, count in enumerate(self._bins.counts.tolist()):
            column = self.bar(index)
            ink = QColor(self._ink)
            ink.setAlphaF(0.95 if index == self._lit else 0.6)
            height = max(column.height() * count / highest, 1.5 if count else 0.0)
            gap = min(1.0, column.width() / 6)
            painter.fillRect(
                QRectF(column.left() + gap, column.bottom() - height, column.width() - 2 * gap, height), ink
            )
        self._paint_axis(painter, colors)
        painter.end()

    def _paint_axis(self, painter: QPainter, colors: theme.Theme) -> None:
        assert self._bins is not None
        edges = self._bins.edges
        first, last = self.bar(0), self.bar(len(self._bins.counts) - 1)
        painter.setPen(QPen(colors.muted, 1))
        painter.drawLine(first.bottomLeft(), last.bottomRight())
        if edges[0] < 0 < edges[-1]:
            part = -edges[0] / (edges[-1] - edges[0]) if math.isfinite(edges[-1] - edges[0]) else 0.5
            x = first.left() + part * (last.right() - first.left())
            painter.drawLine(QPointF(x, first.bottom()), QPointF(x, first.bottom() + 4))
            if 0.2 < part < 0.8:
                painter.setFont(font(_PIXELS))
                place = QRectF(x - 20, first.bottom() + 2, 40, _LABELS - 2)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "0")
        painter.setFont(font(_PIXELS))
        painter.setPen(colors.muted)
        below = QRectF(first.left(), first.bottom() + 2, last.right() - first.left(), _LABELS - 2)
        if edges[0] == edges[-1]:
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, numbers.short(edges[0], 3))
            return
        for edge, side in ((edges[0], Qt.AlignmentFlag.AlignLeft), (edges[-1], Qt.AlignmentFlag.AlignRight)):
            painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, numbers.short(edge, 3))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bins = self._bins
        if bins is None:
            return
        lit = next((i for i in range(len(bins.counts)) if self.bar(i).contains(event.position())), -1)
        if lit != self._lit:
            self._lit = lit
            self.update()
        QToolTip.showText(event.globalPosition().toPoint(), bins.said(lit) if lit >= 0 else "", self)

    def leaveEvent(self, event: QEvent) -> None:
        self._lit = -1
        self.update()
        super().leaveEvent(event)
