"""The last resort: what a person sees, and what is kept, when an exception comes out that nothing caught.

Qt goes on after an exception in a slot, an event or a timer, and so does the program. The document is written to a
rescue file and the error, with versions, to a report beside it; a dialog says so once. The same error again, as from a
paint event that fails at every repaint, is a quiet sentence in the window.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

import PySide6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from gdstudio import __version__
from gdstudio.ui import translation
from gdstudio.ui.settings import data_folder

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

# For so many seconds the same error is not told again.
QUIET_S = 60.0
_MOST_PLACES = 200
# What PySide puts before the message for every call that an error came through.
_ON_THE_WAY = re.compile(r"(Error calling Python override of \S+ )+")


class _Caught(NamedTuple):
    """An error, and where it came from."""

    sentence: str
    details: str
    place: str


class LastResort(QObject):
    """Tells a person about errors that nothing else caught, in any thread, and keeps the document.

    Args:
        window: the one with the document; None = there is none yet.
    """

    _caught = Signal(object)

    def __init__(self, window: MainWindow | None = None) -> None:
        super().__init__()
        self._window: MainWindow | None = None
        self._is_showing = False
        self._told: dict[str, float] = {}  # when each error was last told, by its place
        # An exception may come out of another thread, or out of a paint event, where no dialog can open.
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        if window is not None:
            self.follow(window)

    def install(self) -> None:
        """Take what nothing catches, from now on."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_in_thread

    def follow(self, window: MainWindow) -> None:
        """Answer for a window, and for the one that replaces it."""
        self._window = window
        window.replaced.connect(self.follow)

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        if sys.__stderr__ is not None:
            sys.__stderr__.write(details)
        _log.error("unexpected error\n%s", details)
        sentence = _ON_THE_WAY.sub("", traceback.format_exception_only(kind, error)[-1].strip())
        self._caught.emit(_Caught(sentence, details, _place(kind, trace)))

    def tell_rest(self) -> None:
        """Tell what came when there was no event loop: before it began, or while the window closed."""
        QCoreApplication.sendPostedEvents(self)

    def _handle_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.handle(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _tell(self, caught: _Caught) -> None:
        now = monotonic()
        is_known = caught.place in self._told
        if self._is_showing or (is_known and now - self._told[caught.place] < QUIET_S):
            return
        if len(self._told) < _MOST_PLACES:
            self._told[caught.place] = now
        if is_known:
            self._tell_again(caught)
            return
        self._is_showing = True
        try:
            self._show(caught)
        finally:
            self._is_showing = False
            self._told[caught.place] = monotonic()

    def _tell_again(self, caught: _Caught) -> None:
        if self._window is not None:
            self._window.message_bar.show_message(
                self.tr("The same error happened again: {0}.").format(caught.sentence.rstrip("."))
            )

    def _show(self, caught: _Caught) -> None:
        rescue = rescue_path()
        more = [self._state(), self._keep_document(rescue), self._report(rescue, caught)]
        parent = self._window if self._window is not None and self._window.isVisible() else None
        box = QMessageBox(parent)
        box.setObjectName("errorDialog")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Something Went Wrong"))
        box.setText(
            self.tr("gdstudio met an error that it did not expect: {0}").format(caught.sentence[:500])
        )
        box.setInformativeText(" ".join(filter(None, more)))
        box.setDetailedText(caught.details)
        box.exec()

    def _state(self) -> str:
        """What a person can do now."""
        if self._window is None:
            return self.tr("It could not start.")
        if not self._window.is_complete:
            return self.tr("The window is not complete. Please close it and start gdstudio again.")
        if not self._window.isVisible():
            return ""
        return self.tr("Your document is still open, and you can go on.")

    def _keep_document(self, rescue: Path) -> str:
        """Write a copy of the document; a sentence about it."""
        if self._window is None or not self._window.is_complete:
            return ""
        from gdstudio.document import files
        from gdstudio.document.model import DocumentError

        try:
            rescue.parent.mkdir(parents=True, exist_ok=True)
            files.write(self._window.session.document, rescue)
            return self.tr("A copy of your document is in {0}.").format(rescue)
        except (DocumentError, OSError) as problem:
            return self.tr("A copy of your document could not be written: {0}.").format(
                translation.of_error(problem)
            )

    def _report(self, rescue: Path, caught: _Caught) -> str:
        """Add the error to this run's report; a sentence about it."""
        report = rescue.with_name("error-report.txt")
        is_first = len(self._told) == 1
        try:
            rescue.parent.mkdir(parents=True, exist_ok=True)
            with report.open("w" if is_first else "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{_versions()}\n\n{caught.details}\n")
        except OSError as problem:
            _log.warning("no report could be written: %s", problem)
            return ""
        return self.tr("What happened is written down in {0}.").format(report)


def rescue_path() -> Path:
    """Where a document is kept when something goes wrong."""
    return data_folder() / "rescued.gdstudio"


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind of an error and the innermost line that it came from."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return f"{kind.__name__} {where}"


def _versions() -> str:
    """What ran, line by line, for a report."""
    numpy = sys.modules.get("numpy")  # never imported for this: the import itself may be what failed
    return "\n".join(
        (
            f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            f"gdstudio {__version__}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
            f"numpy {getattr(numpy, '__version__', 'not loaded')}",
            f"{platform.platform()}, Qt platform {QApplication.platformName()}",
        )
    )
