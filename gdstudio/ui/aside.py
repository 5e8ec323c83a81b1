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


class Call(QObject, Generic[_Result]):
    """A call in a thread of its own. `ended()` comes from that thread.

    Args:
        daemon: whether the program may end before the call does.
    """

    ended = Signal()

    def __init__(self, call: Callable[[], _Result], daemon: bool = False) -> None:
        super().__init__()
        self._results: list[_Result] = []
        self._error: BaseException | None = None
        self._call = call
        self._thread = threading.Thread(target=self._run, name="aside", daemon=daemon)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether there is a thread."""
        return self._thread.is_alive()

    @property
    def is_over(self) -> bool:
        """Whether there is something to take."""
        return bool(self._results) or self._error is not None

    def take(self) -> _Result:
        """What the call returned, or raise what it raised; once it is over."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._call())
        except BaseException as error:
            self._error = error
        self.ended.emit()


def aside(call: Callable[[], _Result]) -> _Result:
    """What `call` returns or raises. It runs in a thread; events are handled meanwhile, but no keys and no mouse.

    After a moment the pointer says that the program works.
    """
    made: Call[Any] = Call(call)
    loop = QEventLoop()
    made.ended.connect(loop.quit)
    is_long: list[bool] = []

    def say() -> None:
        if not loop.isRunning():  # an error keeps what belongs to the call, and so the loop, for a while
            return
        is_long.append(True)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)

    QTimer.singleShot(PATIENCE_MS, loop, say)
    made.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if is_long:
        QGuiApplication.restoreOverrideCursor()
    return made.take()


def aside_if(is_large: bool, call: Callable[[], _Result]) -> _Result:
    """What `call` returns or raises; at once when it is no large thing."""
    return aside(call) if is_large else call()
