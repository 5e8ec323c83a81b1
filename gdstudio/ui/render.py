"""Pictures of a document without a screen: `gdstudio render`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gdstudio.document.model import Document
from gdstudio.interruptions import Interruptions

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QApplication

    from gdstudio.ui.theme import ThemeName

View = Literal["window", "graph", "landscape", "race", "curves"]
VIEWS: tuple[View, ...] = ("window", "graph", "landscape", "race", "curves")
PATIENCE_MS = 120_000
MOST_PIXELS = 16_384


class RenderError(OSError):
    """A picture that could not be made or written; one sentence says why."""


def render(
    document: Document,
    path: str | os.PathLike[str],
    view: View = "window",
    size: tuple[int, int] = (1600, 1000),
    step: int | None = None,
    theme: ThemeName = "dark",
) -> None:
    """Write a picture of a view of `document` to `path`, as PNG, SVG or PDF as the name ends; as PNG where it has no end.

    Args:
        size: width and height in pixels.
        step: the step of the race that is shown; None = the last one.

    Raises:
        ValueError: no such view, a size out of range, or a name that ends as no picture's (a PictureError).
        RenderError: the file cannot be written, or computing took too long.
        ImportError: Qt or a system library that it needs is missing.
    """
    if view not in VIEWS:
        raise ValueError(f'there is no view "{view}"; there are {", ".join(VIEWS)}')
    if not all(64 <= pixels <= MOST_PIXELS for pixels in size):
        raise ValueError(f"a picture has 64 to {MOST_PIXELS} pixels each way, not {size[0]}x{size[1]}")
    prefer_offscreen()
    with Interruptions() as interruptions:
        _render(interruptions, document, path, view, size, step, theme)


def _render(
    interruptions: Interruptions,
    document: Document,
    path: str | os.PathLike[str],
    view: View,
    size: tuple[int, int],
    step: int | None,
    theme: ThemeName,
) -> None:
    from PySide6.QtCore import QEvent, QSettings, QSize, Qt

    from gdstudio.ui import application, export
    from gdstudio.ui import theme as themes
    from gdstudio.ui.main_window import MainWindow

    export.check_suffix(Path(path))
    app = application.create()
    before = themes.switch().choice
    # Settings of its own: a picture must not depend on how the user's window was left. They need a real file, since
    # QSettings puts a new one in the place of what it is given, even of a device such as /dev/null.
    folder = tempfile.TemporaryDirectory(prefix="gdstudio-", ignore_cleanup_errors=True)
    settings = QSettings(os.path.join(folder.name, "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("theme", theme)
    window = MainWindow(document, settings)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    views = {
        "graph": window.graph,
        "landscape": window.landscape,
        "race": window.race,
        "curves": window.race.curves,
    }
    widget = views.get(view, window)
    try:
        themes.switch().choose(theme)
        window.resize(*size)
        window.arrangement.fit()
        if widget is not window:
            # Alone, the view has the whole picture.
            widget.setParent(None)
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            widget.resize(*size)
            widget.show()
        window.show()
        _wait(interruptions, window.session.settled, lambda: window.session.is_settled)
        typesetter = window.inspector.typesetter
        _wait(interruptions, typesetter.typeset, lambda: typesetter.is_idle)
        landscape = window.landscape
        _wait(interruptions, landscape.rested, lambda: landscape.is_idle)
        window.session.set_step(window.session.last_step if step is None else step)
        # A slice may follow the selected racer.
        _wait(interruptions, window.session.settled, lambda: window.session.is_settled)
        _wait(interruptions, landscape.rested, lambda: landscape.is_idle)
        _let_draw(app)
        interruptions.check()
        try:
            export.write_picture(window.pictures.of(view), Path(path), QSize(*size))
        except OSError as error:
            raise RenderError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    finally:
        window.session.undo_stack.setClean()
        window.close()
        for made in dict.fromkeys((widget, window)):
            made.deleteLater()
            app.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)
        themes.switch().choose(before)
        settings.sync()
        folder.cleanup()


def prefer_offscreen() -> None:
    """Have Qt draw without a screen, unless an application runs or the caller has chosen a platform."""
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtWidgets import QApplication

        if QApplication.instance() is not None:
            return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _wait(interruptions: Interruptions, signal: SignalInstance, done: Callable[[], bool]) -> None:
    """Return when `done` is true, as it is after one of the times that `signal` fires."""
    from PySide6.QtCore import QEventLoop, QTimer

    if done():
        return
    loop = QEventLoop()
    signal.connect(lambda: loop.quit() if done() else None)
    timer = QTimer(singleShot=True, interval=PATIENCE_MS)
    timer.timeout.connect(loop.quit)
    timer.start()
    interruptions.run(loop)
    if not done():
        raise RenderError(f"computing took longer than {PATIENCE_MS // 1000} s")


def _let_draw(app: QApplication) -> None:
    """Let the views lay themselves out and draw what they were told; layouts post events of their own."""
    for _ in range(3):
        app.sendPostedEvents()
        app.processEvents()
