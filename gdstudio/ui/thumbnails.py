"""Small pictures of the surfaces of bundled documents, computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gdstudio.document import library
from gdstudio.ui import results
from gdstudio.ui.landscape.colour_scale import ColourScale, colour_table
from gdstudio.ui.slices import Slice
from gdstudio.ui.worker import Progress, Worker

PIXELS = 96


class Thumbnails(QObject):
    """Draws the surfaces of the documents called `names`, once.

    Signals:
        drawn(str, QImage): the picture of a document.
        finished(): all are drawn, or cannot be.
    """

    drawn = Signal(str, QImage)
    finished = Signal()

    def __init__(self, names: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = set(names)
        self._worker = Worker(names, self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(lambda name, _version, _error: self._count_down(name))
        for name in names:
            self._worker.ask(name, 0, partial(_colours, name))

    def close(self) -> None:
        """Stop the thread."""
        self._worker.close()

    def _receive(self, name: str, _version: int, colours: np.ndarray) -> None:
        height, width = colours.shape[:2]
        image = QImage(colours.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.drawn.emit(name, image)
        self._count_down(name)

    def _count_down(self, name: str) -> None:
        self._waiting.discard(name)
        if not self._waiting:
            self.finished.emit()


def _colours(name: str, progress: Progress) -> np.ndarray:
    """The surface of a bundled document, uint8 of shape (rows from the top, columns, RGBA)."""
    z = results.compute_grid(Slice(library.get(name)), PIXELS, progress).z
    indices = ColourScale.of(z, "rank").indices(z)
    return np.ascontiguousarray(colour_table("viridis")[indices].swapaxes(0, 1)[::-1])
