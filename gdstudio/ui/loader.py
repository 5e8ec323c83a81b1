"""Reading a document's file without holding up the window.

A small file is read at once. A larger one is read in a thread of its own; after a moment a dialog shows how far it is
and lets a person give up. Giving up does not wait for the thread: what it still brings is dropped.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from gdstudio.document import files
from gdstudio.document.limits import LIMITS, Limits
from gdstudio.document.model import Document
from gdstudio.ui.aside import PATIENCE_MS, Call

# A file of so many bytes is read in some hundredths of a second.
AT_ONCE_BYTES = 50_000


class Loader(QObject):
    """Reads files for a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._given_up: list[_Reading] = []  # their threads still run; only this thread may delete them

    def read(self, path: Path, limits: Limits = LIMITS) -> Document | None:
        """The document in a file; None when a person gave up.

        Events are handled meanwhile; keys and the mouse reach nothing but the dialog.

        Raises:
            DocumentError: as `files.read` does.
        """
        if _is_small(path):
            return files.read(path, limits)
        reading = _Reading(path, limits)
        loop = QEventLoop()
        reading.ended.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        reading.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not reading.is_over and not self._is_awaited(reading, path):
            reading.is_wanted = False
            self._given_up = [*(other for other in self._given_up if other.is_running), reading]
            return None
        return reading.take()

    def _is_awaited(self, reading: _Reading, path: Path) -> bool:
        """Wait in a dialog until the file is read; False = a person gave up before that."""
        dialog = QProgressDialog(
            self.tr("Reading {0}…").format(path.name), self.tr("Cancel"), 0, 100, self._window
        )
        dialog.setObjectName("readingProgress")
        dialog.setAccessibleName(self.tr("Progress of reading the file"))
        dialog.setWindowTitle(self.tr("Open"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.setValue(reading.percent)
        reading.progressed.connect(dialog.setValue)
        reading.ended.connect(dialog.accept)
        # A thread may have ended before the connection was made.
        if not reading.is_over:
            dialog.exec()
        dialog.deleteLater()
        return not dialog.wasCanceled()


class _GivenUp(Exception):
    """Raised inside the thread when nobody waits for the file any more."""


class _Reading(Call[Document]):
    """One file being read by a thread.

    Signals (from the thread):
        progressed(int): per cent.
    """

    progressed = Signal(int)

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(partial(files.read, path, limits, self._tell), daemon=True)
        self.percent = 0
        self.is_wanted = True

    def _tell(self, fraction: float) -> None:
        if not self.is_wanted:
            raise _GivenUp
        self.percent = round(100 * fraction)
        self.progressed.emit(self.percent)


def _is_small(path: Path) -> bool:
    """Whether to read it at once; what is no ordinary file is, since it is refused without being read."""
    try:
        return not path.is_file() or path.stat().st_size <= AT_ONCE_BYTES
    except (OSError, ValueError):
        return True
