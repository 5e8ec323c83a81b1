"""Loading data from a CSV file into the graph: asks for the file, reads it in a thread, asks for the nodes, edits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog

from gdstudio.engine import EngineError
from gdstudio.engine.data import DataError, Table, read_csv
from gdstudio.ui.aside import PATIENCE_MS
from gdstudio.ui.commands import CommandError, Point
from gdstudio.ui.graph import csv_columns as columns
from gdstudio.ui.graph import edits, numbers
from gdstudio.ui.graph.csv_dialog import TableDialog
from gdstudio.ui.graph.faces import sentence
from gdstudio.ui.graph.geometry import NODE_HEIGHT, NODE_WIDTH
from gdstudio.ui.translation import of_error
from gdstudio.ui.worker import Worker

if TYPE_CHECKING:
    from gdstudio.ui.graph.editor import GraphEditor

_KIND = "table"
_GAP = 40.0


class TableLoading(QObject):
    """Loads tables for a graph editor; each is one edit.

    Signals:
        failed(str): one sentence; nothing has changed.
        loaded(str): what the nodes hold now, and from which file.
    """

    failed = Signal(str)
    loaded = Signal(str)

    def __init__(self, editor: GraphEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._session = editor.session
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._fail)
        self._version = 0
        self._path = Path()
        self._target: str | None = None
        self._progress: QProgressDialog | None = None

    def ask(self, target: str | None = None) -> None:
        """Ask for a file and load it, into the leaf `target` at first, None = into whichever nodes are chosen."""
        dialog = QFileDialog(self._editor, self.tr("Load CSV"), str(self._editor.folders.folder))
        dialog.setObjectName("tableFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Tables (*.csv *.tsv *.txt)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.load(Path(name), target))
        dialog.open()

    def load(self, path: Path, target: str | None = None) -> None:
        """Read a file in the thread, then ask which columns go where."""
        self._editor.folders.folder = path.resolve().parent
        self._stop()
        self._path, self._target = path, target
        words = self.tr("Reading {0}…").format(path.name)
        self._progress = QProgressDialog(words, self.tr("Cancel"), 0, 0, self._editor.window())
        self._progress.setObjectName("tableProgress")
        self._progress.setMinimumDuration(PATIENCE_MS)
        self._progress.canceled.connect(self._stop)
        self._version += 1
        self._worker.ask(_KIND, self._version, lambda _progress: _read(path))

    def close_worker(self) -> None:
        """End the thread."""
        self._stop()
        self._worker.close()

    def _stop(self) -> None:
        """Let go of a file that is being read; what the thread still brings is dropped."""
        self._version += 1
        self._worker.cancel()
        progress, self._progress = self._progress, None
        if progress is not None:
            progress.canceled.disconnect()
            progress.reset()
            progress.deleteLater()

    def _fail(self, _kind: str, version: int, error: Exception) -> None:
        if version == self._version:
            self._stop()
            words = sentence(of_error(error))
            # A place in the file is told with its name; any other sentence has it already.
            has_place = isinstance(error, DataError) and error.line is not None
            self.failed.emit(self.tr("{0}, {1}").format(self._path.name, words) if has_place else words)

    def _receive(self, _kind: str, version: int, found: tuple[Table, tuple[str, ...]]) -> None:
        if version != self._version:
            return
        self._stop()
        document = self._session.document
        target = self._target if self._target in document.graph.nodes else None
        dialog = TableDialog(*found, document, target, self._editor.window())
        dialog.chosen.connect(self._take)
        dialog.open()

    def _take(self, arrays: dict[str, np.ndarray]) -> None:
        editor = self._editor
        editor.in_place.give_up()
        document = edits.pinned(self._session.document, editor.scene.places())
        fresh = [name for name in arrays if name not in document.graph.nodes]
        try:
            document = columns.with_arrays(document, arrays, self._places(fresh))
        except (CommandError, EngineError) as error:
            self.failed.emit(sentence(str(error)))
            return
        self._session.edit(self.tr("Load {0}").format(self._path.name), document)
        editor.scene.select(name for name in arrays if name in editor.scene.nodes)
        editor.framing.show_added(fresh)
        held = ", ".join(f"{name}: {numbers.shape_text(array.shape)}" for name, array in arrays.items())
        self.loaded.emit(self.tr("Loaded from {0}: {1}").format(self._path.name, held))

    def _places(self, names: list[str]) -> dict[str, Point]:
        """Places for new leaves: one below the other, to the left of the graph, where inputs stand."""
        bounds = self._editor.scene.bounds() if self._editor.scene.nodes else None
        left = 0.0 if bounds is None else bounds.left() - NODE_WIDTH - _GAP
        top = 0.0 if bounds is None else bounds.top()
        return {name: (left, top + i * (NODE_HEIGHT + _GAP / 2)) for i, name in enumerate(names)}


def _read(path: Path) -> tuple[Table, tuple[str, ...]]:
    """The table in a file, and what its columns begin with."""
    table = read_csv(path)
    return table, columns.first_values(table)
