"""The numbers of a tensor as a table: cells, pasted blocks, another shape. No view."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.translation import of_error

MOST_NUMBERS = 100_000
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TensorModel(QAbstractTableModel):
    """A table over an array of any dimension: a vector is one row, more than two axes stand below each other.

    The array is a copy; `array` is what has become of it. A text that is no number changes nothing and is told
    to `refused`.
    """

    def __init__(self, array: np.ndarray, editable: bool, refused: Callable[[str], None]) -> None:
        super().__init__()
        self._array = np.array(array, dtype=np.float64)
        self._editable = editable
        self._refused = refused

    @property
    def array(self) -> np.ndarray:
        return self._array

    @property
    def _cells(self) -> np.ndarray:
        """The array as rows and columns; shares its numbers."""
        array = self._array
        return array.reshape(1, -1) if array.ndim < 2 else array.reshape(-1, array.shape[-1])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._cells.shape[0]

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._cells.shape[1]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return numbers.short(self._cells[index.row(), index.column()], 5)
        if role == Qt.ItemDataRole.ForegroundRole:
            finite = np.isfinite(self._cells[index.row(), index.column()])
            return None if finite else theme.current().error
        if role == Qt.ItemDataRole.EditRole:
            return numbers.full_text(np.asarray(self._cells[index.row(), index.column()]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical and self._array.ndim > 2:
            return ", ".join(str(int(i)) for i in np.unravel_index(section, self._array.shape[:-1]))
        return str(section)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        try:
            number = numbers.parse_value(str(value))
            if number.ndim:
                raise ValueError("A cell holds one number such as 2.5.")
        except ValueError as error:
            self._refused(of_error(error))
            return False
        self._cells[index.row(), index.column()] = float(number)
        self.dataChanged.emit(index, index)
        return True

    def reshape(self, shape: tuple[int, ...]) -> None:
        """Take another shape: as many numbers keep their order; else rows and columns are cut, or filled by 0."""
        if shape == self._array.shape:
            return
        self.beginResetModel()
        if int(np.prod(shape)) == self._array.size:
            self._array = self._array.reshape(shape).copy()
        else:
            old = self._cells
            self._array = np.zeros(shape)
            rows, columns = (min(a, b) for a, b in zip(old.shape, self._cells.shape, strict=True))
            self._cells[:rows, :columns] = old[:rows, :columns]
        self.endResetModel()

    def paste(self, text: str, row: int, column: int) -> None:
        """Put a block of numbers from a spreadsheet at a cell; a vector or matrix grows where it must.

        Raises:
            ValueError: the text is no block of numbers, or does not fit; one sentence.
        """
        block = parse_block(text)
        if self._array.ndim < 2 and block.shape[1] == 1 and row == column == 0:
            block = block.T  # a column fills a vector, too
        rows, columns = row + block.shape[0], column + block.shape[1]
        have = self._cells.shape
        if rows > have[0] or columns > have[1]:
            rows, columns = max(rows, have[0]), max(columns, have[1])
            if self._array.ndim > 2:
                raise ValueError(
                    f"The block reaches beyond the {have[0]}×{have[1]} cells; change the shape first."
                )
            if rows * columns > MOST_NUMBERS:
                raise ValueError(f"A table has at most {MOST_NUMBERS:,} numbers.")
            self.reshape((columns,) if rows == 1 and self._array.ndim < 2 else (rows, columns))
        self.beginResetModel()
        self._cells[row : row + block.shape[0], column : column + block.shape[1]] = block
        self.endResetModel()


def parse_block(text: str) -> np.ndarray:
    """Numbers in lines, with tabs, semicolons, commas or spaces between, as rows and columns.

    Between tabs or semicolons a comma is a decimal comma.

    Raises:
        ValueError: one sentence that names the first cell that is no number.
    """
    lines = [line for line in text.replace("−", "-").splitlines() if line.strip()]
    if not lines:
        raise ValueError("The clipboard holds no numbers.")
    mark = next((mark for mark in ("\t", ";") if any(mark in line for line in lines)), None)
    rows = [
        line.split(mark) if mark else [cell for cell in re.split(r"[,\s]+", line.strip("[](), ")) if cell]
        for line in lines
    ]
    width = max(len(row) for row in rows)
    block = np.zeros((len(rows), width))
    for i, row in enumerate(rows):
        if len(row) != width:
            raise ValueError(f"Line {i + 1} has {len(row)} numbers where others have {width}.")
        for j, cell in enumerate(row):
            plain = cell.strip().replace(",", ".") if mark else cell.strip()
            try:
                block[i, j] = float(plain) if plain else 0.0
            except ValueError:
                raise ValueError(f"“{cell.strip()[:24]}” in line {i + 1} is no number.") from None
    return block


def parse_shape(text: str) -> tuple[int, ...]:
    """`3×2`, `3 x 2`, `3, 2` or nothing (a single number) as a shape.

    Raises:
        ValueError: one sentence that says what would be right.
    """
    words = [word for word in re.split(r"[×xX*,;\s\[\]()]+", text) if word]
    try:
        shape = tuple(int(word) for word in words)
    except ValueError:
        raise ValueError(f"“{text.strip()[:24]}” is no shape; type one such as 3 or 3×2.") from None
    if any(size < 1 for size in shape):
        raise ValueError("Each size of a shape is at least 1, such as 3×2.")
    if len(shape) > 8 or int(np.prod(shape, dtype=object)) > MOST_NUMBERS:
        raise ValueError(f"A table has at most {MOST_NUMBERS:,} numbers.")
    return shape
