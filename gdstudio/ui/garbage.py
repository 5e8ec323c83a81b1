"""Python's cyclic garbage collector, kept to the GUI thread.

A collection starts in whichever thread happens to allocate. Started in the engine's thread, it would delete the widgets
of a closed window there, which Qt does not survive. So automatic collection is off while there is a GUI, and the GUI
thread collects when it has nothing else to do, and when a worker has delivered, if a collection is due. No timer: an
idle program stays idle.
"""

from __future__ import annotations

import gc
from time import perf_counter

from PySide6.QtCore import QAbstractEventDispatcher

# The dispatcher that collects; held so that another one, of another application, is told from it.
_watched: list[QAbstractEventDispatcher] = []
# A full collection takes as long as there are objects; so many times as long it is not repeated.
_PAUSE = 50.0
_next_full = [0.0]


def keep_to_gui_thread() -> None:
    """Call in the GUI thread once there is an application; later calls change nothing."""
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher is None or (dispatcher in _watched and not gc.isenabled()):
        return
    if gc.isenabled():
        gc.disable()
        # What the imports made stays anyway; without it a full collection is quick.
        gc.freeze()
    if dispatcher not in _watched:
        dispatcher.aboutToBlock.connect(collect_if_due)
        _watched[:] = [dispatcher]


def collect_if_due() -> None:
    """Collect the oldest generation that has filled up; for the GUI thread alone."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            began = perf_counter()
            if generation == 2 and began < _next_full[0]:
                continue
            gc.collect(generation)
            if generation == 2:
                now = perf_counter()
                _next_full[0] = now + _PAUSE * (now - began)
            return
