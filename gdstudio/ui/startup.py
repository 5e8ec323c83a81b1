"""From the first paint to the whole window, while the window answers already.

The modules are imported, and the document is read, in a thread; then the views are built in the GUI thread, one slice
in each turn of the event loop. At last a thread imports what a person may open next.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from gdstudio.ui import garbage
from gdstudio.ui.main_window import MainWindow

if TYPE_CHECKING:
    from gdstudio.document.limits import Limits
    from gdstudio.document.model import Document

# A window that is covered or minimised is never painted; its views are built all the same.
UNSEEN_MS = 1000

# The first race comes first, and the first moments of looking at it.
REST_MS = 1500
# What is no part of the way to the first race, and would hold up the window for some 40 ms each when it is first opened.
OPENED_LATER = ("gdstudio.ui.survey", "gdstudio.ui.animation.dialog")


class Startup(QObject):
    """Shows a window at once and completes it after its first paint.

    Args:
        read: gives the document to open within limits, in the thread, or raises a `DocumentError`; None = the start page.
        path: the file that the document comes from.
        name: what is being opened, for the person who waits.
    """

    _readable = Signal()
    _prepared = Signal()

    def __init__(
        self, read: Callable[[Limits], Document] | None = None, path: Path | None = None, name: str = ""
    ) -> None:
        super().__init__()
        self._read = read
        self._path = path
        self._document: Document | None = None
        self._error: Exception | None = None
        self._is_read = threading.Event()
        self._thread = threading.Thread(target=self._prepare, name="startup")
        self._begun = False
        self.window: MainWindow
        self._readable.connect(lambda: self.window.build_next())
        self._prepared.connect(self._go_on)
        self.window = MainWindow(source=self._source)
        self._limit_factor = self.window.settings.limit_factor
        if read is not None:
            self.window.show_opening(name)
        self.window.installEventFilter(self)

    def show(self) -> None:
        """Show the window; what is missing follows."""
        self.window.show()
        QTimer.singleShot(UNSEEN_MS, self, self._begin)

    def wait(self) -> None:
        """Return when the thread is done."""
        self._begun = True
        if self._thread.is_alive():
            self._thread.join()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            garbage.keep_to_gui_thread()
            self._thread.start()

    def _prepare(self) -> None:
        # The session comes before the views: its race is over when they are there.
        try:
            importlib.import_module("gdstudio.ui.opening")
            if self._read is not None:
                from gdstudio.document.limits import LIMITS

                self._document = self._read(LIMITS.times(self._limit_factor))
        except Exception as error:
            self._error = error
        self._is_read.set()
        self._readable.emit()
        try:
            importlib.import_module("gdstudio.ui.studio")
        finally:
            self._prepared.emit()  # what fails here fails there, too, and is told

    def _source(self) -> tuple[Document | None, Path | None]:
        """The document and its file, as soon as they are there."""
        self._begin()
        self._is_read.wait()
        if self._error is not None:
            raise self._error
        return self._document, self._path

    def _go_on(self) -> None:
        if self.window.build_next():
            QTimer.singleShot(0, self, self._go_on)
        else:
            QTimer.singleShot(REST_MS, self, self._prepare_more)

    def _prepare_more(self) -> None:
        self._thread = threading.Thread(target=import_ahead, name="ahead")
        self._thread.start()


def import_ahead() -> None:
    """Import what windows that are opened later are made of; for a thread."""
    for name in OPENED_LATER:
        with suppress(ImportError):  # told when it is wanted
            importlib.import_module(name)
