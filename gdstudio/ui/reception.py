"""Takes in files that come from outside a window: from other starts of the program, and from the desktop."""

from __future__ import annotations

import logging
import os
import queue
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, Signal
from PySide6.QtWidgets import QApplication

from gdstudio import instances

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

_log = logging.getLogger(__name__)


class Reception(QObject):
    """Answers for a window, and for the one that replaces it."""

    _asked = Signal(object, object)  # the message, and the queue that waits for the reply

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._listener: instances.Listener | None = None
        self._asked.connect(self._reply)
        self._follow(window)

    def open(self) -> None:
        """Begin to answer; a window that cannot be reached works all the same."""
        if self._listener is None:
            try:
                self._listener = instances.Listener(self._answer)
            except OSError as error:
                _log.info("other starts of the program will not find this window: %s", error)

    def close(self) -> None:
        """Be found no more."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def receive(self, path: Path) -> None:
        """Show a file, here or in a new window."""
        if self.state(path) == "busy":
            start_another(str(path))
        else:
            self._show(path, None)

    def state(self, path: Path | None) -> instances.Answer:
        """Whether the window shows a file, could show one, or neither."""
        window = self._window
        if path is not None and window.is_complete and window.session.path is not None:
            if _same(window.session.path, path):
                return "has"
        if window.settings.always_new_window:
            return "busy"
        return "free" if window.is_free and QApplication.activeModalWidget() is None else "busy"

    def _follow(self, window: MainWindow) -> None:
        self._window = window
        window.replaced.connect(self._follow)

    def _answer(self, message: Mapping[str, object]) -> str:
        """In the listener's thread: the reply that the GUI thread gives."""
        reply: queue.Queue[str] = queue.Queue()
        self._asked.emit(message, reply)
        try:
            return reply.get(timeout=instances.PATIENCE_S)
        except queue.Empty:
            return "busy"

    def _reply(self, message: Mapping[str, object], reply: queue.Queue[str]) -> None:
        wish = message.get("ask", message.get("show"))
        if not isinstance(wish, dict):
            reply.put("busy")
            return
        path = Path(wish["file"]) if isinstance(wish.get("file"), str) else None
        name = wish["name"] if isinstance(wish.get("name"), str) else None
        state = self.state(path)
        if "ask" in message or state == "busy":
            reply.put(state)
            return
        token = message.get("token")
        if isinstance(token, str):
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt reads it when the window asks for the focus
        # Opening may ask a question, and nobody waits for the answer.
        reply.put("shown")
        self._show(None if state == "has" else path, name)

    def _show(self, path: Path | None, name: str | None) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if path is not None:
            window.open_path(path)
        elif name is not None:
            window.open_bundled(name)


def start_another(file: str | None = None) -> bool:
    """Start the program once more, with a window of its own; whether that worked."""
    frozen = getattr(sys, "frozen", False)
    program = Path(sys.executable)
    if sys.platform == "win32":
        # The one beside it that shows no terminal of its own.
        windowed = program.with_name("gdstudio.exe" if frozen else "pythonw.exe")
        program = windowed if windowed.exists() else program
    arguments = [*([] if frozen else ["-m", "gdstudio"]), "open", "--new-window"]
    process = QProcess()
    process.setProgram(str(program))
    process.setArguments([*arguments, file] if file else arguments)
    environment = QProcessEnvironment.systemEnvironment()
    # Else a one-file build would take its parent's unpacked files, which go when the parent ends.
    environment.insert("PYINSTALLER_RESET_ENVIRONMENT", "1")
    process.setProcessEnvironment(environment)
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return first.absolute() == second.absolute()
