"""A tensor as a small picture: one cell for each number, darker or brighter by its size."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

# More rows or columns than this are thinned out: the picture is a few dozen pixels wide.
_MOST_CELLS = 32
_WIDEST_STRIP = 6.0


class Heat:
    """The picture of one array. Two are equal when they show the very same array."""

    def __init__(self, array: np.ndarray) -> None:
        self._array = array
        self._levels: np.ndarray | None = None
        self._image: tuple[tuple[int, int, int], QImage] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Heat) and other._array is self._array

    def __hash__(self) -> int:
        return id(self._array)

    @property
    def levels(self) -> np.ndarray:
        """The cells, shape (rows, columns): 0 for the smallest number to 1 for the largest, NaN where not finite."""
        if self._levels is None:
            self._levels = levels(self._array)
        return self._levels

    def _picture(self, low: QColor, high: QColor, bad: QColor) -> QImage:
        key = low.rgb(), high.rgb(), bad.rgb()
        if self._image is None or self._image[0] != key:
            pixels = np.ascontiguousarray(_colors(self.levels, low, high, bad), dtype=np.uint32)
            rows, columns = pixels.shape
            image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
            self._image = key, image
        return self._image[1]

    def paint(
        self, painter: QPainter, area: QRectF, low: QColor, high: QColor, bad: QColor, edge: QColor
    ) -> None:
        """Draw the cells as large as they fit into the middle of `area`, with a thin edge."""
        image = self._picture(low, high, bad)
        rows, columns = image.height(), image.width()
        shape = QSizeF(min(columns, rows * _WIDEST_STRIP), min(rows, columns * _WIDEST_STRIP))
        size = shape.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(area.topLeft(), size)
        place.moveCenter(area.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place, image)
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        painter.restore()


def _colors(cells: np.ndarray, low: QColor, high: QColor, bad: QColor) -> np.ndarray:
    """The cells as opaque colours 0xffrrggbb."""
    ends = [np.array([color.red(), color.green(), color.blue()], dtype=np.float64) for color in (low, high)]
    level = np.nan_to_num(cells)[..., None]
    mixed = np.rint(ends[0] + level * (ends[1] - ends[0])).astype(np.uint32)
    mixed[np.isnan(cells)] = bad.red(), bad.green(), bad.blue()
    return 0xFF000000 | mixed[..., 0] << 16 | mixed[..., 1] << 8 | mixed[..., 2]


def levels(array: np.ndarray) -> np.ndarray:
    """An array of any shape as rows and columns of numbers from 0 to 1; a vector is one row."""
    table = array.reshape(1, -1) if array.ndim < 2 else array.reshape(-1, array.shape[-1])
    rows, columns = (-(-size // _MOST_CELLS) for size in table.shape)
    table = table[::rows, ::columns]
    finite = np.isfinite(table)
    if not finite.any():
        return np.full(table.shape, np.nan)
    low, high = table[finite].min(), table[finite].max()
    with np.errstate(all="ignore"):
        # Halves, because the difference of two very large numbers may be infinite.
        span = high / 2 - low / 2
        scaled = (table / 2 - low / 2) / span if span > 0 else np.full(table.shape, 0.5)
    return np.where(finite, np.clip(scaled, 0.0, 1.0), np.nan)
