"""Has a change of theme or text size run over the windows, part by part.

To restyle and repaint a whole window at once would hold the GUI thread up for some tenths of a second. So the parts of
a window, its graph or its surface, keep what they show until it is their turn; between two of them events are handled.
What is not in sight follows last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from types import MethodType
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio.ui.dressing import restyle

_SLICE_S = 0.01


class _Follower(QObject):
    """One method that is called after a change. It is a child of the method's object, and goes with it."""

    due = Signal(object)

    def widget(self) -> QWidget | None:
        """The widget that the method's object is, or belongs to."""
        owner: QObject | None = self.parent()
        while owner is not None and not isinstance(owner, QWidget):
            owner = owner.parent()
        return owner


class Wave(QObject):
    """Restyles widgets and calls what follows the theme.

    Signals:
        ended(): everything has followed the last change.
    """

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._followers: list[_Follower] = []
        self._parts: list[QWidget] = []
        self._waiting: list[QWidget] = []  # parts whose turn has not come
        self._rest: Iterator[bool] = iter(())
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    @property
    def is_rolling(self) -> bool:
        """Whether there are parts that have not followed yet."""
        return self._turn.isActive()

    def follow(self, method: Callable[..., Any]) -> None:
        """Have a method of a `QObject` called after each change, with the theme, as long as the object lives."""
        assert isinstance(method, MethodType) or hasattr(method, "__self__")
        follower = _Follower(method.__self__)
        follower.due.connect(method)
        self._followers = [*filter(shiboken6.isValid, self._followers), follower]

    def add_part(self, part: QWidget) -> None:
        """Count a widget as a part of its window, which follows in a turn of its own."""
        self._parts = [*filter(shiboken6.isValid, self._parts), part]

    def run(self, change: Callable[[], None], theme: object) -> None:
        """Make a change that everything follows: where parts are in sight one after the other, else at once."""
        self._let_go()
        self._waiting = [part for part in self._parts if shiboken6.isValid(part) and part.isVisible()]
        for part in self._waiting:
            part.setUpdatesEnabled(False)
        change()
        if self._waiting:
            self._begin(self._turns(theme))
        else:
            self._follow_at_once(theme)

    def _follow_at_once(self, theme: object) -> None:
        hidden: list[QWidget] = []
        for _ in restyle(QApplication.topLevelWidgets(), hidden):
            pass
        for _ in self._called(self._living(), theme):
            pass
        self._begin(self._restyled(hidden))

    def _turns(self, theme: object) -> Iterator[bool]:
        """Yields whether events must be handled before it goes on, or it may go on for the rest of a slice."""
        hidden: list[QWidget] = []
        parts = list(self._waiting)
        # What stands around the parts goes first.
        yield from self._restyled(QApplication.topLevelWidgets(), hidden, parts)
        owners = [(follower, follower.widget()) for follower in self._living()]
        outside = [f for f, owner in owners if not _is_within(owner, parts) and _is_in_sight(owner)]
        yield from self._called(outside, theme)
        yield True
        for part in parts:
            if shiboken6.isValid(part):
                yield from self._restyled([part], hidden)
                inside = [f for f, owner in owners if _is_within(owner, [part]) and _is_in_sight(owner)]
                yield from self._called(inside, theme)
                yield True  # layouts follow another size of text
            if shiboken6.isValid(part):
                part.setUpdatesEnabled(True)
                # Now, since requests to paint are put together with those of the next part.
                part.repaint()
                yield True
            self._waiting.remove(part)
        called = set(outside)
        yield from self._called(
            [f for f, owner in owners if f not in called and not _is_in_sight(owner)], theme
        )
        yield from self._restyled(hidden)

    def _called(self, followers: list[_Follower], theme: object) -> Iterator[bool]:
        for follower in followers:
            if shiboken6.isValid(follower):
                follower.due.emit(theme)
                yield False

    @staticmethod
    def _restyled(
        widgets: list[QWidget], hidden: list[QWidget] | None = None, apart: list[QWidget] | None = None
    ) -> Iterator[bool]:
        for _ in restyle(widgets, hidden, apart or []):
            yield False

    def _living(self) -> list[_Follower]:
        self._followers = [*filter(shiboken6.isValid, self._followers)]
        return self._followers

    def _begin(self, rest: Iterator[bool]) -> None:
        self._rest = rest
        self._turn.start()

    def _let_go(self) -> None:
        """End what is under way; all that it has left is done by the change that comes."""
        self._turn.stop()
        self._rest = iter(())
        for part in filter(shiboken6.isValid, self._waiting):
            part.setUpdatesEnabled(True)
        self._waiting = []

    def _go_on(self) -> None:
        ends = perf_counter() + _SLICE_S
        for must_wait in self._rest:
            if must_wait or perf_counter() > ends:
                return
        self._turn.stop()
        self.ended.emit()


def _is_within(widget: QWidget | None, parts: list[QWidget]) -> bool:
    return widget is not None and any(part is widget or part.isAncestorOf(widget) for part in parts)


def _is_in_sight(widget: QWidget | None) -> bool:
    """Whether a widget can be seen; what belongs to none counts as seen."""
    return widget is None or widget.isVisible()
