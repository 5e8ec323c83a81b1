"""Waiting for a call that takes a while, such as hashing or writing a large file, without holding up the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

# What concerns a file of at most so many bytes takes some milliseconds, and is done at once.
AT_ONCE_BYTES = 250_000
PATIENCE_MS = 200

_Result = TypeVar("_Result")


class _Call(QObject, Generic[_Result]):
    """A call in a thread of its own. `ended()` comes from that thread."""

    ended = Signal()

    def __init__(self, call: Callable[[], _Result]) -> None:
        super().__init__()
        self.results: list[_Result] = []
        self.error: BaseException | None = None
        self._call = call
        self.thread_ = threading.Thread(target=self._run, name="aside")

    def _run(self) -> None:
        try:
            self.results.append(self._call())
        except BaseException as error:
            self.error = error
        self.ended.emit()


def aside(call: Callable[[], _Result]) -> _Result:
    """What `call` returns or raises. It runs in a thread; events are handled meanwhile, but no keys and no mouse.

    After a moment the pointer says that the program works.
    """
    made: _Call[Any] = _Call(call)
    loop = QEventLoop()
    made.ended.connect(loop.quit)
    is_long: list[bool] = []

    def say() -> None:
        is_long.append(True)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)

    QTimer.singleShot(PATIENCE_MS, loop, say)
    made.thread_.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    made.thread_.join()
    if is_long:
        QGuiApplication.restoreOverrideCursor()
    if made.error is not None:
        raise made.error
    return made.results[0]


def aside_if(is_large: bool, call: Callable[[], _Result]) -> _Result:
    """What `call` returns or raises; at once when it is no large thing."""
    return aside(call) if is_large else call()
