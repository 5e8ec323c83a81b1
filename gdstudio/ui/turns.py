"""How long the event loop's turn has taken so far.

No key and no mouse is heard within a turn. What can wait until the next one, such as painting or tidying up, asks here
whether it should.
"""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

from PySide6.QtCore import QAbstractEventDispatcher

# Processor time in seconds from which on a turn is long.
_LONG_S = 0.01

# The dispatcher whose turns are watched; held so that another one, of another application, is told from it.
_watched: list[QAbstractEventDispatcher] = []
_began = [0.0]
# Whether the turn before was long. Some event loops say once more that they are awake when the work of a turn is done.
_was_long = [False]
_last_calls: list[Callable[[bool], object]] = []


class Patience:
    """Has work that may wait put off in a row of long turns, for so many of them at most."""

    def __init__(self, most: int = 5) -> None:
        self._most = most
        self._waited = 0

    def must_wait(self, is_long: bool) -> bool:
        """Whether work that is due now should come in a later turn, given whether this one is long already."""
        self._waited = self._waited + 1 if is_long and self._waited < self._most else 0
        return self._waited > 0


def watch() -> None:
    """Call in the GUI thread once there is an application; later calls change nothing."""
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher not in _watched:
        _watched[:] = [dispatcher]
        dispatcher.awake.connect(_begin)
        dispatcher.aboutToBlock.connect(_end)
        _begin()


def call_last(call: Callable[[bool], object]) -> None:
    """Have a function called at the end of each turn that is watched, with whether that was a long one."""
    if call not in _last_calls:
        _last_calls.append(call)


def is_long() -> bool:
    """Whether this turn has taken so long that more should wait for the next one."""
    return thread_time() - _began[0] >= _LONG_S


def _begin() -> None:
    _was_long[0] = is_long()
    _began[0] = thread_time()


def _end() -> None:
    was_long = is_long() or _was_long[0]
    for call in _last_calls:
        call(was_long)
    _begin()
