"""Has a change of theme or text size run over the windows, part by part.

To restyle and repaint a whole window at once would hold the GUI thread up for some tenths of a second. So the parts of
a window, its graph or its surface, keep what they show until it is their turn; between two of them events are handled.
What is not in sight follows last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from time import perf_counter
from types import MethodType
from typing import Any
from weakref import ReferenceType, ref

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio.ui import turns
from gdstudio.ui.dressing import restyle
from gdstudio.ui.paint_turn import paint_at_once

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
        self._parts: list[ReferenceType[QWidget]] = []  # a closed window is not held
        self._waiting: list[QWidget] = []  # parts whose turn has not come
        self._rest: Iterator[bool] = iter(())
        self._patience = turns.Patience()
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
        self._parts = [known for known in self._parts if known() is not None] + [ref(part)]

    def run(self, change: Callable[[], None], theme: object) -> None:
        """Make a change that everything follows: a window with parts one after the other, any other at once."""
        self._let_go()
        self._waiting = self._shown_parts()
        for part in self._waiting:
            part.setUpdatesEnabled(False)
            # Else its window, which goes first, would paint its background over what the part shows.
            part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        change()
        slow = {part.window() for part in self._waiting}
        hidden: list[QWidget] = []
        for _ in restyle([window for window in QApplication.topLevelWidgets() if window not in slow], hidden):
            pass
        owners = [(follower, follower.widget()) for follower in self._living()]
        later = {
            follower: owner
            for follower, owner in owners
            if slow and owner is not None and (owner.window() in slow or not owner.isVisible())
        }
        for _ in self._called([follower for follower, _ in owners if follower not in later], theme):
            pass
        self._begin(self._turns(theme, list(self._waiting), later, hidden))

    def unveil(self, window: QWidget) -> None:
        """Have the parts of a window that comes into sight painted one after the other."""
        parts = [
            part for part in self._shown_parts() if part.window() is window and part not in self._waiting
        ]
        for part in parts:
            part.setUpdatesEnabled(False)
        self._waiting += parts
        # What stands around the parts goes first, in a turn of its own.
        self._begin(chain(self._rest, [True], chain.from_iterable(map(self._shown_again, parts))))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window of another size keeps nothing of what it showed: its parts are painted at once."""
        if event.type() == QEvent.Type.Resize and self._waiting:
            for part in filter(shiboken6.isValid, self._waiting):
                if part.window() is watched:
                    _release(part)
        return False

    def when_still(self, owner: QObject, call: Callable[[], object]) -> None:
        """Call once everything has followed, now where it has; not at all if `owner` is gone by then."""

        def now() -> None:
            if shiboken6.isValid(owner):
                call()

        if self.is_rolling:
            self.ended.connect(now, Qt.ConnectionType.SingleShotConnection)
        else:
            now()

    def finish(self) -> None:
        """Have all follow now that would follow between events: a picture is to be taken."""
        if self.is_rolling:
            for _ in self._rest:
                pass
            self._end()

    def _turns(
        self, theme: object, parts: list[QWidget], owners: dict[_Follower, QWidget], hidden: list[QWidget]
    ) -> Iterator[bool]:
        """Yields whether events must be handled before it goes on, or it may go on for the rest of a slice.

        Args:
            parts: those that wait for their turn.
            owners: whom a method is to be called for, and the widget that it belongs to.
            hidden: what is out of sight in other windows.
        """

        def called(within: Callable[[QWidget], bool]) -> Iterator[bool]:
            due = [
                follower for follower, owner in owners.items() if shiboken6.isValid(owner) and within(owner)
            ]
            for follower in due:
                del owners[follower]
            return self._called(due, theme)

        # What stands around the parts goes first.
        windows = {part.window() for part in parts if shiboken6.isValid(part)}
        yield from self._restyled(list(windows), hidden, parts)
        yield from called(partial(_is_shown_beside, parts))
        yield True
        for part in parts:
            if shiboken6.isValid(part):
                yield from self._restyled([part], hidden)
                yield from called(partial(_is_shown_in, part))
                yield True  # layouts follow another size of text
            yield from self._shown_again(part)
        yield from called(shiboken6.isValid)
        yield from self._restyled(hidden)

    def _shown_again(self, part: QWidget) -> Iterator[bool]:
        self._waiting.remove(part)
        if shiboken6.isValid(part):
            _release(part)
            # Now, since requests to paint are put together with those of the next part.
            paint_at_once(part)
            yield True

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

    def _shown_parts(self) -> list[QWidget]:
        there = [part for part in (known() for known in self._parts) if part is not None]
        return [part for part in there if shiboken6.isValid(part) and part.isVisible()]

    def _living(self) -> list[_Follower]:
        self._followers = [*filter(shiboken6.isValid, self._followers)]
        return self._followers

    def _begin(self, rest: Iterator[bool]) -> None:
        for window in {part.window() for part in self._waiting}:
            window.installEventFilter(self)  # once only, however often it is called
        self._rest = rest
        self._turn.start()

    def _let_go(self) -> None:
        """End what is under way; all that it has left is done by the change that comes."""
        self._turn.stop()
        self._rest = iter(())
        for part in filter(shiboken6.isValid, self._waiting):
            _release(part)
        self._waiting = []

    def _go_on(self) -> None:
        if self._patience.must_wait(turns.is_long()):
            return
        ends = perf_counter() + _SLICE_S
        for must_wait in self._rest:
            if must_wait or perf_counter() > ends:
                return
        self._end()

    def _end(self) -> None:
        self._turn.stop()
        self.ended.emit()


def _release(part: QWidget) -> None:
    part.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
    part.setUpdatesEnabled(True)


def _is_shown_in(part: QWidget, widget: QWidget) -> bool:
    return widget.isVisible() and (part is widget or part.isAncestorOf(widget))


def _is_shown_beside(parts: list[QWidget], widget: QWidget) -> bool:
    there = filter(shiboken6.isValid, parts)
    return widget.isVisible() and not any(_is_shown_in(part, widget) for part in there)
