"""The Qt application: made once, with icon and fonts, and run with a window."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent, QFontDatabase
from PySide6.QtWidgets import QApplication

from gdstudio import __version__
from gdstudio.ui import icons, translation
from gdstudio.ui.last_resort import LastResort
from gdstudio.ui.main_window import MainWindow
from gdstudio.ui.reception import Reception
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
    suit_desktop(app)
    return app


def suit_desktop(app: QApplication) -> None:
    """What two desktops would not do by themselves."""
    # On macOS, Tab leads to text fields alone unless a person has asked for more.
    app.styleHints().setTabFocusBehavior(Qt.TabFocusBehavior.TabFocusAllControls)
    if sys.platform == "win32" and not getattr(sys, "frozen", False):
        # The taskbar would put the window with those of all programs that Python runs, under its icon.
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("io.github.gdstudio")


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
    resort = LastResort()
    resort.install()
    try:
        startup = Startup(read, path, name)
    except Exception as error:
        resort.handle(type(error), error, error.__traceback__)
        resort.tell_rest()
        return 1
    window = startup.window
    resort.follow(window)
    # Python would see Ctrl+C only with the next event, which may never come; so the signal ends the program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Not before the window has come to rest: drafts may take a while to be read.
    window.completed.connect(lambda: QTimer.singleShot(0, window, partial(_greet, window)))
    reception = Reception(window)
    window.completed.connect(reception.open)
    if isinstance(app, Application):
        app.file_opened.connect(reception.receive)
    startup.show()
    status = app.exec()
    resort.tell_rest()
    reception.close()
    startup.wait()
    return status


def _greet(window: MainWindow) -> None:
    """What a person is asked and shown first: work that a crash left, else the tour, once and with a document."""
    if window.offer_restore() or window.settings.tour_seen:
        return
    # When the views have their places.
    show = partial(QTimer.singleShot, 0, window, window.actions_["actionTour"].trigger)
    if window.pages.currentWidget() is window.studio:
        show()
    else:
        window.files.opened.connect(show, Qt.ConnectionType.SingleShotConnection)


def _load_fonts() -> None:
    """Give Qt the fonts of the system where it finds none by itself."""
    families = FONT_FAMILIES + (CHINESE_FAMILIES if translation.current() == "zh_CN" else ())
    for folder in FONT_FOLDERS:
        for path in sorted(Path(os.path.expanduser(folder)).rglob("*.[to]t[cf]")):
            if path.stem.startswith(families):
                QFontDatabase.addApplicationFont(str(path))
