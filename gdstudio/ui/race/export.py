"""Saving the race: asks for a file, and writes in a thread of its own, since a race can be millions of numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from gdstudio.document.model import Document
from gdstudio.race_files import write_race
from gdstudio.ui.aside import PATIENCE_MS
from gdstudio.ui.folders import file_name
from gdstudio.ui.translation import of_error
from gdstudio.ui.worker import Progress, Worker

if TYPE_CHECKING:
    from gdstudio.engine import RaceResult

_KIND = "export"


class RaceExport(QObject):
    """Asks for a file and writes a race into it, with progress and a way to stop when it takes long.

    Signals:
        written(Path): the file is there.
        ended(str): it is over; a sentence when it could not be written.
    """

    written = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._finish)
        self._worker.cancelled.connect(lambda *_: self._end(""))
        self._worker.failed.connect(self._fail)
        self._worker.progressed.connect(self._show)
        self._version = 0
        self._dialog: QProgressDialog | None = None

    @property
    def is_writing(self) -> bool:
        return self._dialog is not None

    def ask(self, document: Document, result: RaceResult, folder: Path) -> None:
        """Let the person choose a file and a format, in a folder to begin with."""
        dialog = QFileDialog(self._parent, self.tr("Save the race"), str(folder))
        dialog.setObjectName("raceExportDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {
            "csv": self.tr("Table of all steps, the document beside it (*.csv)"),
            "json": self.tr("Race and document (*.json)"),
            "npz": self.tr("NumPy arrays and document (*.npz)"),
        }
        dialog.setNameFilters(list(filters.values()))
        dialog.setDefaultSuffix("csv")
        suffixes = {text: suffix for suffix, text in filters.items()}
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(suffixes[text]))
        dialog.selectFile(f"{file_name(document.title or 'race')}.csv")
        dialog.fileSelected.connect(lambda name: self.write(document, result, Path(name)))
        dialog.open()

    def write(self, document: Document, result: RaceResult, path: Path) -> None:
        """Write to a file in the thread."""

        def job(progress: Progress) -> Path:
            def wrote(share: float) -> None:
                progress.report(share)
                progress.check()

            write_race(document, result, path, wrote)
            return path

        words = self.tr("Writing {0} …").format(path.name)
        self._dialog = QProgressDialog(words, self.tr("Stop"), 0, 1000, self._parent)
        self._dialog.setObjectName("raceExportProgress")
        self._dialog.setMinimumDuration(PATIENCE_MS)
        self._dialog.setAutoReset(False)
        self._dialog.canceled.connect(self._worker.cancel)
        self._version += 1
        self._worker.ask(_KIND, self._version, job)

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _show(self, _kind: str, share: float) -> None:
        if self._dialog is not None:
            self._dialog.setValue(round(1000 * share))

    def _finish(self, _kind: str, _version: int, path: Path) -> None:
        self._end("")
        self.written.emit(path)

    def _fail(self, _kind: str, _version: int, error: Exception) -> None:
        text = QCoreApplication.translate("RaceExport", "The race cannot be saved: {0}.")
        self._end(text.format(of_error(error).rstrip(".。")))

    def _end(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.canceled.disconnect()
            self._dialog.reset()
            self._dialog.deleteLater()
            self._dialog = None
        self.ended.emit(sentence)
