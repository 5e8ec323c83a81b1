"""Turns of the event loop, and what comes at their end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from gdstudio.ui import turns

_WORK = QEvent.Type(QEvent.registerEventType())


class Worker(QObject):
    """Takes a second, by the clock, when it gets an event."""

    def __init__(self, clock: list[float]) -> None:
        super().__init__()
        self.clock = clock

    def work(self) -> None:
        self.clock[0] += 1.0

    def event(self, event: QEvent) -> bool:
        if event.type() == _WORK:
            self.work()
            return True
        return super().event(event)


@pytest.mark.parametrize("by", ["timer", "event"])
def test_what_comes_last_in_a_turn_is_told_whether_that_was_long(qtbot, monkeypatch, by):
    clock, told = [turns.thread_time()], []
    worker = Worker(clock)
    monkeypatch.setattr(turns, "thread_time", lambda: clock[0])
    monkeypatch.setattr(turns, "_last_calls", [])
    # As in the program: turns are watched before anybody asks to be called.
    turns.watch()
    turns.call_last(told.append)
    qtbot.waitUntil(lambda: told[-2:] == [False, False], timeout=30_000)
    if by == "timer":
        QTimer.singleShot(1, worker, worker.work)
    else:
        QCoreApplication.postEvent(worker, QEvent(_WORK))
    qtbot.waitUntil(lambda: True in told, timeout=30_000)
    qtbot.waitUntil(lambda: told[-2:] == [False, False], timeout=30_000)
    assert told.count(True) == 1


def test_work_that_may_wait_is_put_off_by_so_many_long_turns_in_a_row_at_most():
    patience = turns.Patience(most=3)
    waits = [
        patience.must_wait(is_long) for is_long in (True, True, False, True, True, True, True, True, False)
    ]
    assert waits == [True, True, False, True, True, True, False, True, False]
