"""A picture of cells between two axes: hover says what a cell is, a click or Enter chooses it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.landscape.colour_scale import number_text, round_steps
from gdstudio.ui.plot import Plot
from gdstudio.ui.plot_colours import dress_plot

_TICKS = 6
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


def ticks(values: np.ndarray) -> list[tuple[float, str]]:
    """Round values and their places, where value number i stands in the middle of cell i."""
    low, high = float(values[0]), float(values[-1])
    if len(values) < 2 or not low < high:
        return [(0.5, number_text(low))]
    middles = np.arange(len(values)) + 0.5
    ratios = values[1:] / values[:-1] if low > 0 else np.zeros(1)
    logarithmic = len(values) > 2 and low > 0 and bool(np.allclose(ratios, ratios[0], rtol=1e-2))
    if logarithmic:
        decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
        steps = (1.0,) if len(decades) > 3 else (1.0, 2.0, 5.0)
        shown = [float(f"{m * 10.0**k:.6g}") for k in decades for m in steps]
        shown = [value for value in shown if low <= value <= high]
        places = np.interp(np.log10(shown), np.log10(values), middles)
    else:
        shown = [value for value in round_steps(low, high, _TICKS) if low <= value <= high]
        places = np.interp(shown, values, middles)
    return [(float(place), number_text(value, shown)) for place, value in zip(places, shown, strict=True)]


class CellsPlot(Plot):
    """Cells as an image; cell (i, j) belongs to the i-th value along x and the j-th along y.

    Signals:
        pointed((int, int) or None): the mouse or the keyboard is at a cell; the mouse left.
        chosen(int, int): a cell was clicked, or Enter pressed on it.
    """

    pointed = Signal(object)
    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseEnabled(False, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)
        self.box = self.getViewBox()
        self.box.setDefaultPadding(0.0)
        self._image = pg.ImageItem(axisOrder="col-major")
        self.addItem(self._image)
        self._mark = pg.ScatterPlotItem(pxMode=True)
        self.addItem(self._mark)
        self._cursor = pg.QtWidgets.QGraphicsRectItem()
        self._cursor.setZValue(5)
        self.addItem(self._cursor)
        self._cursor.hide()
        self._size = (0, 0)
        self._at: tuple[int, int] | None = None
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)
        self.dress()

    def dress(self) -> None:
        """Take the colours of the theme in use."""
        now = themes.current()
        dress_plot(self)
        self._cursor.setPen(pg.mkPen(now.accent, width=2, cosmetic=True))

    def show_axes(self, names: tuple[str, str], xs: np.ndarray, ys: np.ndarray) -> None:
        """Name the axes and mark round values along them; a `ys` of one value has no axis."""
        css = {"color": themes.current().text.name(), "font-size": f"{themes.small_pixels(2)}px"}
        for side, name, values in zip(("bottom", "left"), names, (xs, ys), strict=True):
            axis = self.getAxis(side)
            axis.setLabel(name, **css)
            axis.setTicks([ticks(values) if len(values) > 1 else []])
            axis.show()
        self.getAxis("left").setStyle(showValues=len(ys) > 1)

    def show_cells(self, colours: np.ndarray) -> None:
        """Show colours, RGBA uint8 of shape (columns, rows, 4)."""
        size = (colours.shape[0], colours.shape[1])
        self._image.setImage(colours, autoLevels=False)
        if size != self._size:
            self._size = size
            self._point(None)
            self.box.setRange(QRectF(0, 0, *size), padding=0)

    def mark(self, cell: tuple[int, int] | None) -> None:
        """Put a star on a cell."""
        if cell is None:
            self._mark.setData([], [])
        else:
            pen, brush = pg.mkPen("#000000", width=1), pg.mkBrush("#ffffff")
            self._mark.setData([cell[0] + 0.5], [cell[1] + 0.5], symbol="star", size=15, pen=pen, brush=brush)

    def clear_cells(self) -> None:
        """Show nothing, no axes either: their numbers would mean nothing."""
        for side in ("left", "bottom"):
            self.getAxis(side).hide()
        self._image.clear()
        self._size = (0, 0)
        self.mark(None)
        self._point(None)

    def cell_at(self, at: QPointF) -> tuple[int, int] | None:
        """The cell under a pixel of the viewport."""
        place = self.box.mapSceneToView(self.mapToScene(at.toPoint()))
        i, j = int(np.floor(place.x())), int(np.floor(place.y()))
        inside = 0 <= i < self._size[0] and 0 <= j < self._size[1]
        return (i, j) if inside else None

    def _point(self, cell: tuple[int, int] | None) -> None:
        if cell == self._at:
            return
        self._at = cell
        self._cursor.setVisible(cell is not None)
        if cell is not None:
            self._cursor.setRect(QRectF(*cell, 1.0, 1.0))
        self.pointed.emit(cell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.viewport() and event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().eventFilter(watched, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.cell_at(event.position()))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.chosen.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, rows = self._size
        if event.key() in _ARROWS and columns:
            dx, dy = _ARROWS[Qt.Key(event.key())]
            jump = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            i, j = self._at or (columns // 2 - dx * jump, rows // 2 - dy * jump)
            self._point((min(max(i + dx * jump, 0), columns - 1), min(max(j + dy * jump, 0), rows - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.chosen.emit(*self._at)
        else:
            super().keyPressEvent(event)
