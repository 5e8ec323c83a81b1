"""Ctrl+C while Qt is at work: Python would raise it in whatever slot or import runs, and Qt passes no exception on."""

from __future__ import annotations

import signal
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QEventLoop

# Python sees a signal only when it runs, which in an event loop it may not do for long.
_PULSE_MS = 50


class Interruptions:
    """Within it, Ctrl+C is noted; it is raised as KeyboardInterrupt by `run`, by `check`, and at the end."""

    def __init__(self) -> None:
        self._came = False
        self._loop: QEventLoop | None = None
        self._before: Any = None

    def __enter__(self) -> Interruptions:
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if kind is None:
            self.check()

    def run(self, loop: QEventLoop) -> None:
        """Run an event loop until it quits.

        Raises:
            KeyboardInterrupt: Ctrl+C was pressed, now or before.
        """
        from PySide6.QtCore import QTimer

        self.check()
        pulse = QTimer(interval=_PULSE_MS)
        pulse.timeout.connect(lambda: None)
        pulse.start()
        self._loop = loop
        loop.exec()
        self._loop = None
        self.check()

    def check(self) -> None:
        """Pass on what came.

        Raises:
            KeyboardInterrupt: Ctrl+C was pressed.
        """
        if self._came:
            raise KeyboardInterrupt

    def _note(self, *_signal: object) -> None:
        self._came = True
        if self._loop is not None:
            self._loop.quit()
