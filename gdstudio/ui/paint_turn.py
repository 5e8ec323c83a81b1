"""Gives the painting of a window a turn of the event loop of its own.

Qt paints among the other events of a turn. Where results have arrived in the same turn, or a click has changed much,
work and painting would add up to a time in which no key and no mouse is heard; so painting waits for the next turn then,
which begins at once. Nothing is painted twice, and nothing is left out.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from gdstudio.ui import turns


class PaintTurn(QObject):
    """Has a window painted in short turns. It is a child of the window, and goes with it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_due = False
        # With no time between, it would come due in the same turn, before keys are heard.
        self._next = QTimer(self, singleShot=True, interval=1)
        self._next.timeout.connect(self._paint)
        turns.watch()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._is_due or _at_once:
            return False
        if not turns.is_long():
            return False
        self._next.start()
        return True

    def _paint(self) -> None:
        self._is_due = True
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        self._is_due = False


# What is painted at once.
_at_once: list[QWidget] = []


def paint_at_once(widget: QWidget) -> None:
    """Paint a widget in this turn, however long it has taken."""
    _at_once.append(widget)
    widget.repaint()
    _at_once.pop()
