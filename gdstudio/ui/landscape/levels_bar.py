"""The colour bar of the plane: two handles say which losses the ends of the colours stand for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape.colour_bar import ColourBar
from gdstudio.ui.landscape.colour_scale import ColourScale

_REACH = 9.0
_HALF = 5.0
_CLOSEST = 0.02


class LevelsBar(ColourBar):
    """A colour bar over all losses in view, with a handle at each end of the colours.

    Dragging a handle squeezes the colours; a double click has them span everything again.

    Signals:
        levels_dragged(float, float): a hand moved a handle; the losses at both ends.
        drag_ended(): the hand let go.
        reset_wanted(): a double click.
    """

    levels_dragged = Signal(float, float)
    drag_ended = Signal()
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: int | None = None
        self._colours: ColourScale | None = None
        self.setMouseTracking(True)
        self.setToolTip(
            self.tr("Drag the handles to spread the colours over fewer losses; double click: all")
        )

    def show_levels(self, whole: ColourScale, colours: ColourScale, colour_map: str) -> None:
        """Show all losses in view along the bar, in the colours of another scale."""
        self._colours = colours
        self.show_scale(whole, colour_map, colours)

    @property
    def handles(self) -> tuple[float, float]:
        """The positions of the low and the high handle in pixels from the widget's top."""
        if self._colours is None or self._colours.empty:
            return (0.0, 0.0)
        low, high = self._colours.low, self._colours.high
        return self._height_of(low), self._height_of(high)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if self._colours is None or self._colours.empty or self._is_flat():
            return
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self.bar.left(), self.bar.right()
        for number, y in enumerate(self.handles):
            painter.setPen(QPen(now.text, 2.0 if self._held == number else 1.4))
            painter.drawLine(QPointF(left - 1.0, y), QPointF(right + 1.0, y))
            painter.setPen(QPen(now.background, 1.0))
            painter.setBrush(now.accent if self._held == number else now.muted)
            tip = QPointF(left, y)
            painter.drawPolygon(QPolygonF([tip, tip - QPointF(8.0, _HALF), tip - QPointF(8.0, -_HALF)]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._handle_at(event.position().y())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        y = event.position().y()
        if self._held is None:
            near = self._handle_at(y) is not None
            self.setCursor(Qt.CursorShape.SizeVerCursor if near else Qt.CursorShape.ArrowCursor)
            return
        colours, whole = self._colours, self._scale
        if colours is None or whole is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        ends = [float(whole.position(colours.low)), float(whole.position(colours.high))]
        bar: QRectF = self.bar
        share = min(max((bar.bottom() - y) / bar.height(), 0.0), 1.0)
        other = ends[1 - self._held]
        ends[self._held] = min(share, other - _CLOSEST) if self._held == 0 else max(share, other + _CLOSEST)
        low, high = (float(loss) for loss in whole.loss(np.array(ends)))
        if low < high:
            self.levels_dragged.emit(low, high)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.update()
            self.drag_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_wanted.emit()

    def _handle_at(self, y: float) -> int | None:
        """The handle within reach: 0 = low, 1 = high."""
        if self._colours is None or self._colours.empty or self._is_flat():
            return None
        gaps = [abs(y - handle) for handle in self.handles]
        nearest = int(np.argmin(gaps))
        return nearest if gaps[nearest] <= _REACH else None

    def _is_flat(self) -> bool:
        return self._scale is None or self._scale.losses.size < 2
