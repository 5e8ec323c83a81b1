"""The Qt application, made once with icon and fonts, and the last resort against unexpected errors."""

from __future__ import annotations

import logging
import os
import platform
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent, QFontDatabase
from PySide6.QtWidgets import QApplication, QMessageBox

from gdstudio import __version__
from gdstudio.ui import icons, translation
from gdstudio.ui.main_window import MainWindow
from gdstudio.ui.reception import Reception
from gdstudio.ui.settings import data_folder
from gdstudio.ui.startup import Startup

if TYPE_CHECKING:
    from gdstudio.document.limits import Limits
    from gdstudio.document.model import Document

_log = logging.getLogger(__name__)

# Where fonts are on systems whose Qt platform does not look for them (the one without a screen).
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_FAMILIES = ("DejaVuSans", "NotoSans-Regular", "LiberationSans-Regular", "Cantarell")
CHINESE_FAMILIES = (
    "NotoSansCJK-Regular",
    "NotoSansSC-Regular",
    "SourceHanSansSC-Regular",
    "wqy-",
    "DroidSansFallback",
)


class Application(QApplication):
    """The application; macOS tells it which files to open.

    Signals:
        file_opened(Path): the desktop wants this file shown.
    """

    file_opened = Signal(Path)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def create() -> QApplication:
    """The application, made now or before."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    qInstallMessageHandler(_log_qt_message)
    # pyqtgraph keeps one shader program for all reliefs, so those of two windows, or of a film, must share it.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = Application([sys.argv[0] if sys.argv else "gdstudio"])
    app.setApplicationName("gdstudio")
    app.setApplicationDisplayName("gdstudio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("gdstudio")
    app.setWindowIcon(icons.application_icon())
    translation.choose("system")
    if not QFontDatabase.families():
        _load_fonts()
    return app


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to the log: a person at a terminal can do nothing about them."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.DEBUG,
        QtMsgType.QtWarningMsg: logging.INFO,
    }
    _log.log(levels.get(kind, logging.ERROR), "Qt: %s", text)


def run(read: Callable[[Limits], Document] | None = None, path: Path | None = None, name: str = "") -> int:
    """Open the window and stay until it is closed; the exit status.

    Args:
        read: gives the document that is shown within limits, or raises a `DocumentError`; None = the start page.
        path: the file that the document comes from.
        name: what the document is called while it is being read.
    """
    app = create()
    startup = Startup(read, path, name)
    window = startup.window
    sys.excepthook = LastResort(window).handle
    # Python would see Ctrl+C only with the next event, which may never come; so the signal ends the program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.completed.connect(partial(_greet, window))
    reception = Reception(window)
    window.completed.connect(reception.open)
    if isinstance(app, Application):
        app.file_opened.connect(reception.receive)
    startup.show()
    status = app.exec()
    reception.close()
    startup.wait()
    return status


def _greet(window: MainWindow) -> None:
    """What a person is asked and shown first: work that a crash left, else the tour, once and with a document."""
    if window.offer_restore() or window.settings.tour_seen:
        return
    show = partial(QTimer.singleShot, 0, window, window.show_tour)  # when the views have their places
    if window.pages.currentWidget() is window.studio:
        show()
    else:
        window.files.opened.connect(show, Qt.ConnectionType.SingleShotConnection)


class LastResort:
    """Tells a person about an error that nothing else caught, and keeps the document.

    The document is written to a rescue file and the error, with versions, to a report beside it; the program goes on.
    """

    def __init__(self, window: MainWindow) -> None:
        self._showing = False
        self._follow(window)

    def _follow(self, window: MainWindow) -> None:
        self._window = window
        window.replaced.connect(self._follow)

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("unexpected error\n%s", details)
        sys.__stderr__.write(details) if sys.__stderr__ is not None else None
        if self._showing:
            return
        self._showing = True
        # An exception may come out of the middle of a paint event, where no dialog can open.
        QTimer.singleShot(0, lambda: self._show(kind, error, details))

    def _show(self, kind: type[BaseException], error: BaseException, details: str) -> None:
        rescue = rescue_path()
        kept = self._keep_document(rescue) if self._window.is_complete else ""
        report = rescue.with_name("error-report.txt")
        try:
            rescue.parent.mkdir(parents=True, exist_ok=True)
            report.write_text(f"{_versions()}\n\n{details}", encoding="utf-8")
            kept += " " + self._window.tr("What happened is written down in {0}.").format(report)
        except OSError as problem:
            _log.warning("no report could be written: %s", problem)
        box = QMessageBox(self._window)
        box.setObjectName("errorDialog")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self._window.tr("Something Went Wrong"))
        box.setText(
            self._window.tr("gdstudio met an error that it did not expect: {0}: {1}").format(
                kind.__name__, error
            )
        )
        box.setInformativeText(
            self._window.tr("Your document is still open, and you can go on.") + " " + kept
        )
        box.setDetailedText(details)
        box.exec()
        self._showing = False

    def _keep_document(self, rescue: Path) -> str:
        """Write a copy of the document; a sentence about it."""
        from gdstudio.document import files
        from gdstudio.document.model import DocumentError

        try:
            rescue.parent.mkdir(parents=True, exist_ok=True)
            files.write(self._window.session.document, rescue)
            return self._window.tr("A copy of your document is in {0}.").format(rescue)
        except (DocumentError, OSError) as problem:
            return self._window.tr("A copy of your document could not be written: {0}.").format(
                translation.of_error(problem)
            )


def _versions() -> str:
    """What ran, line by line, for a report."""
    import numpy as np

    return "\n".join(
        (
            f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            f"gdstudio {__version__}",
            f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, numpy {np.__version__}",
            f"{platform.platform()}, Qt platform {QApplication.platformName()}",
        )
    )


def rescue_path() -> Path:
    """Where a document is kept when something goes wrong."""
    return data_folder() / "rescued.gdstudio"


def _load_fonts() -> None:
    """Give Qt the fonts of the system where it finds none by itself."""
    families = FONT_FAMILIES + (CHINESE_FAMILIES if translation.current() == "zh_CN" else ())
    for folder in FONT_FOLDERS:
        for path in sorted(Path(os.path.expanduser(folder)).rglob("*.[to]t[cf]")):
            if path.stem.startswith(families):
                QFontDatabase.addApplicationFont(str(path))
