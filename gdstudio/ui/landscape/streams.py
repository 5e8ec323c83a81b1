"""Streamlines of the surface in view, computed in a thread of their own."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QSizeF, Signal

from gdstudio.ui.landscape.streamlines import Streamlines, streamlines
from gdstudio.ui.results import GridResult
from gdstudio.ui.worker import Progress, Worker

_KIND = "streams"
_FIELD = 128
_SPACING = 24.0
_MOST_CELLS = 64


class Streams(QObject):
    """Finds the streamlines of the surfaces it is given; the newest wins.

    Signals:
        found(Streamlines)
        rested(): nothing is looked for any more.
    """

    found = Signal(object)
    rested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._give_up)
        self._version = self._answered = 0

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being looked for."""
        return self._answered == self._version

    def ask(self, grid: GridResult, size: QSizeF) -> None:
        """Have the streamlines of a surface found that is shown in so many pixels."""
        self._version += 1
        cells = (_cells(size.width()), _cells(size.height()))
        self._worker.ask(_KIND, self._version, partial(_found, grid, cells))

    def forget(self) -> None:
        """Want none."""
        self._answered = self._version = self._version + 1
        self.rested.emit()

    def _receive(self, _kind: str, version: int, lines: Streamlines) -> None:
        if version == self._version:
            self._answered = version
            self.found.emit(lines)
            self.rested.emit()

    def _give_up(self, _kind: str, version: int, _error: Exception) -> None:
        if version == self._version:
            self.forget()


def _cells(pixels: float) -> int:
    return min(max(4, round(pixels / _SPACING)), _MOST_CELLS)


def _found(grid: GridResult, cells: tuple[int, int], _progress: Progress) -> Streamlines:
    xs, ys, z, gx, gy = grid.landscape.field(_FIELD)
    # Where there is no loss, as of a logarithm below 0, its formula may have a slope all the same.
    hole = ~np.isfinite(z)
    return streamlines(xs, ys, np.where(hole, np.nan, gx), np.where(hole, np.nan, gy), cells)
