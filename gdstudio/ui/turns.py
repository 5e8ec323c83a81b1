"""How long the event loop's turn has taken so far.

No key and no mouse is heard within a turn. What can wait until the next one, such as painting or tidying up, asks here
whether it should.
"""

from __future__ import annotations

from time import thread_time

from PySide6.QtCore import QAbstractEventDispatcher

# Processor time in seconds from which on a turn is long.
_LONG_S = 0.01

# The dispatcher whose turns are watched; held so that another one, of another application, is told from it.
_watched: list[QAbstractEventDispatcher] = []
_began = [0.0]


def watch() -> None:
    """Call in the GUI thread once there is an application; later calls change nothing."""
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher not in _watched:
        _watched[:] = [dispatcher]
        for begins in (dispatcher.awake, dispatcher.aboutToBlock):
            begins.connect(_begin)
        _begin()


def is_long() -> bool:
    """Whether this turn has taken so long that more should wait for the next one."""
    return thread_time() - _began[0] >= _LONG_S


def _begin() -> None:
    _began[0] = thread_time()
