"""What was asked of the worker: which answers are awaited, which come too late, and whether they take long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gdstudio.ui.worker import Progress, Worker

Job = Callable[[Progress], Any]

_BUSY_AFTER_MS = 200


class Requests(QObject):
    """Numbers what is asked, and passes on the answers that are newer than those before.

    Args:
        kinds: of results, in order of urgency.

    Signals:
        arrived(str, int, object): a result of that kind, and the number of its request.
        failed(str, Exception): there is none of that kind.
        progressed(float): the fraction done of a job that takes longer than 0.2 s.
        busy_changed(bool): answers are awaited for longer than 0.2 s.
        settled(): nothing is awaited any more.
    """

    arrived = Signal(str, int, object)
    failed = Signal(str, object)
    progressed = Signal(float)
    busy_changed = Signal(bool)
    settled = Signal()

    def __init__(self, kinds: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kinds = tuple(kinds)
        self._number = 0
        self._oldest = 0  # answers to requests before this one belong to another graph
        self._pending: dict[str, int] = {}
        self._answered: dict[str, int] = dict.fromkeys(kinds, 0)
        self._busy = False
        self._busy_timer = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._begin_to_be_busy)
        self._settle_timer = QTimer(self, singleShot=True, interval=0)
        self._settle_timer.timeout.connect(self._settle)
        self._worker = Worker(kinds, self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._receive_failure)
        self._worker.progressed.connect(self._receive_progress)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is awaited, and everybody knows."""
        return not self._pending and not self._settle_timer.isActive()

    @property
    def is_busy(self) -> bool:
        """Whether answers are awaited for longer than 0.2 s."""
        return self._busy

    def answered(self, kind: str) -> int:
        """The number of the newest request of a kind that was answered; 0 = none."""
        return self._answered[kind]

    def awaits(self, kind: str) -> bool:
        """Whether an answer of that kind is awaited."""
        return self._pending.get(kind, 0) > self._answered[kind]

    def ask(self, jobs: Mapping[str, Job]) -> None:
        """Have these jobs done, each in the place of what was asked of its kind before."""
        self._number += 1
        for kind in self._kinds:
            if kind in jobs:
                self._pending[kind] = self._number
                self._worker.ask(kind, self._number, jobs[kind])
        if not self._pending:
            self._settle_timer.start()
        elif not self._busy_timer.isActive() and not self._busy:
            self._busy_timer.start()

    def outdate(self) -> None:
        """Drop the answers to all that was asked so far."""
        self._oldest = self._number + 1

    def cancel(self) -> list[str]:
        """Stop what is under way; returns the kinds of which answers were awaited."""
        self._worker.cancel()
        kinds = list(self._pending)
        self._pending.clear()
        self._settle_timer.start()
        return kinds

    def close(self) -> None:
        """Stop the engine's thread; nothing is answered afterwards."""
        self._pending.clear()
        self._busy_timer.stop()
        self._settle_timer.stop()
        self._worker.close()

    def _receive(self, kind: str, number: int, result: Any) -> None:
        if self._is_news(kind, number):
            self.arrived.emit(kind, number, result)
            self._finish(kind, number)

    def _receive_failure(self, kind: str, number: int, error: Exception) -> None:
        if self._is_news(kind, number):
            self.failed.emit(kind, error)
            self._finish(kind, number)

    def _receive_progress(self, kind: str, fraction: float) -> None:
        if kind in self._pending:
            self.progressed.emit(fraction)

    def _is_news(self, kind: str, number: int) -> bool:
        if number < self._oldest or number <= self._answered[kind]:
            return False
        self._answered[kind] = number
        return True

    def _finish(self, kind: str, number: int) -> None:
        if self._pending.get(kind) == number:
            del self._pending[kind]
        if not self._pending:
            self._settle()

    def _settle(self) -> None:
        if self._pending:
            return
        self._busy_timer.stop()
        self._set_busy(False)
        self.settled.emit()

    def _begin_to_be_busy(self) -> None:
        self._set_busy(True)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
