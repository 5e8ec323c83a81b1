"""A window that is painted in a turn of its own after much work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio.ui import turns
from gdstudio.ui.paint_turn import PaintTurn, paint_at_once

_WORK = QEvent.Type(QEvent.registerEventType())


class Window(QWidget):
    """Works when it gets an event, and counts how often it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0
        self.work: Callable[[], None] = lambda: None
        PaintTurn(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == _WORK:
            self.work()
            self.update()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


@pytest.fixture
def clock(monkeypatch) -> Iterator[list[float]]:
    """Processor time, in seconds."""
    now = [0.0]
    monkeypatch.setattr(turns, "thread_time", lambda: now[0])
    yield now


@pytest.fixture
def window(qtbot, clock) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made, timeout=30_000):
        made.show()
    qtbot.waitUntil(lambda: made.painted > 0, timeout=30_000)
    QApplication.processEvents()
    made.painted = 0
    return made


def work_and_paint() -> None:
    """Send what has been posted, and then what that has posted, as one turn does."""
    for _ in range(2):
        QCoreApplication.sendPostedEvents()


def test_what_is_painted_after_little_work_is_painted_in_the_same_turn(window, clock):
    window.work = lambda: clock.__setitem__(0, clock[0] + 0.005)
    QCoreApplication.postEvent(window, QEvent(_WORK))
    work_and_paint()
    assert window.painted == 1


def test_what_is_painted_after_much_work_is_painted_once_in_the_next_turn(window, clock, qtbot):
    window.work = lambda: clock.__setitem__(0, clock[0] + 0.05)
    for _ in range(2):
        QCoreApplication.postEvent(window, QEvent(_WORK))
    work_and_paint()
    assert window.painted == 0
    qtbot.waitUntil(lambda: window.painted > 0, timeout=30_000)
    QApplication.processEvents()
    assert window.painted == 1


def test_where_every_turn_is_long_painting_is_put_off_by_one(window, monkeypatch, qtbot):
    monkeypatch.setattr(turns, "thread_time", partial(next, count(1.0, 0.05)))
    for painted in (1, 2, 3):
        QCoreApplication.postEvent(window, QEvent(_WORK))
        work_and_paint()
        assert window.painted == painted - 1
        qtbot.waitUntil(lambda painted=painted: window.painted == painted, timeout=30_000)


def test_painting_at_once_waits_for_no_turn(window, clock):
    clock[0] += 0.05
    paint_at_once(window)
    assert window.painted == 1
