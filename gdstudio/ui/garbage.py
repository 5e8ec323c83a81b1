"""Memory that is let go: Python's cyclic garbage collector, kept to the GUI thread, and the free part of the heap.

A collection starts in whichever thread happens to allocate. Started in the engine's thread, it would delete the widgets
of a closed window there, which Qt does not survive. So automatic collection is off while there is a GUI, and the GUI
thread collects when it has nothing else to do, and when a worker has delivered, if a collection is due, but not at the
end of a long turn of the event loop. No timer: an idle program stays idle.

The C library of Linux keeps freed memory for itself unless it lies at the end of the heap, where some small object that
stays always lies after a surface that goes. So with time the process would hold tens of megabytes that nobody uses;
every few seconds they are given back to the system when no full collection is due. All threads share one heap: with one
for each, what a thread has let go would serve no other.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Collection
from functools import lru_cache
from time import perf_counter

from PySide6.QtCore import QAbstractEventDispatcher, QTimer

from gdstudio.ui import turns

# The dispatcher that collects; held so that another one, of another application, is told from it.
_watched: list[QAbstractEventDispatcher] = []
# A full collection takes as long as there are objects; so many times as long it is not repeated.
_PAUSE = 50.0
_next_full = [0.0]
# Python collects the oldest generation after ten collections of the one before; garbage of this program is large.
_OLDEST_AFTER = 3
# Whether the next collection is a full one, whenever the last one was.
_is_wanted = [False]
# Whether what the program has imported is out of the collections already.
_are_imports_kept = [False]
# A full collection takes as long as some frames; a second of long turns may go by before it.
_patience = turns.Patience(most=20)
# Seconds between two returns of free memory, which take 2 to 25 ms.
_RETURN_PAUSE = 10.0
_next_return = [0.0]
# M_ARENA_MAX of glibc's malloc.h.
_MOST_HEAPS = -8


def keep_to_gui_thread() -> None:
    """Call in the GUI thread once there is an application; later calls change nothing."""
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher is None or (dispatcher in _watched and not gc.isenabled()):
        return
    if gc.isenabled():
        gc.disable()
        gc.freeze()  # what is imported by now stays
        _share_heap()
        gc.set_threshold(*gc.get_threshold()[:2], _OLDEST_AFTER)
        _next_return[0] = perf_counter() + _RETURN_PAUSE
    if dispatcher not in _watched:
        turns.watch()
        turns.call_last(_tidy)
        _watched[:] = [dispatcher]


def keep_imports() -> None:
    """Call when all that a window needs is imported, before it is built; later calls change nothing.

    Nine in ten objects belong to modules, which stay anyway. Without them a full collection takes a frame instead of
    a tenth of a second. Windows are looked at: they go when their language does.
    """
    if not _are_imports_kept[0]:
        _are_imports_kept[0] = True
        gc.freeze()


def leave_out(root: object, packages: Collection[str]) -> None:
    """Have collections no longer look at what is reached from an object that stays for ever; from any thread.

    Followed are lists, tuples, dictionaries and objects of these packages. Half of all objects that come after the
    imports are entries of a font: without them a full collection takes half as long.

    Source: PyObject_GC_UnTrack of Python's C API. What such an object refers to stays, as it does for any reference
    from outside.
    """
    untrack = ctypes.pythonapi.PyObject_GC_UnTrack
    untrack.argtypes, untrack.restype = [ctypes.py_object], None
    waiting = [root]
    while waiting:
        found = waiting.pop()
        kind = type(found)
        if gc.is_tracked(found) and (
            kind in (list, tuple, dict) or kind.__module__.partition(".")[0] in packages
        ):
            untrack(found)
            waiting += gc.get_referents(found)


def collect_soon() -> None:
    """Have everything looked at when there is nothing else to do, since much has gone, such as a window."""
    _is_wanted[0] = True


def tidy() -> None:
    """Collect, or return free memory, if that is due: now, or after a long turn in one of the next."""
    _tidy(turns.is_long())


def _tidy(after_long: bool) -> None:
    due = _generation_due() is not None or perf_counter() >= _next_return[0]
    if not due:
        return
    if _patience.must_wait(after_long):
        QTimer.singleShot(0, tidy)
    else:
        collect_if_due()


def collect_if_due() -> None:
    """Collect the oldest generation that has filled up, or return free memory; for the GUI thread alone.

    The young generations fill up all the time while a person works; free memory goes back all the same.
    """
    began = perf_counter()
    generation = _generation_due()
    if generation != 2 and began >= _next_return[0]:
        return_free_memory()
        _next_return[0] = perf_counter() + _RETURN_PAUSE
    elif generation is not None:
        gc.collect(generation)
        if generation == 2:
            now = perf_counter()
            _next_full[0] = now + _PAUSE * (now - began)
            _is_wanted[0] = False


def _generation_due() -> int | None:
    """The oldest generation that is to be collected; None = none."""
    if _is_wanted[0]:
        return 2
    oldest = 2 if perf_counter() >= _next_full[0] else 1
    filled = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [index for index, (count, most) in enumerate(filled) if count > most and index <= oldest]
    return max(due, default=None)


def return_free_memory() -> None:
    """Give the pages of the heap that hold nothing back to the system, where the C library can.

    Arrays that the engine keeps for its next result, up to 64 MB of them, go first.
    """
    # The engine is imported after the first paint; before, there is nothing to let go.
    recycle = sys.modules.get("gdstudio.engine.recycle")
    if recycle is not None:
        recycle.forget_idle()
    # malloc_trim(3)
    trim = _of_glibc("malloc_trim", ctypes.c_size_t)
    if trim is not None:
        trim(0)


def _share_heap() -> None:
    """Have threads that begin from now on allocate where the first one does; see the manual page mallopt(3)."""
    mallopt = _of_glibc("mallopt", ctypes.c_int, ctypes.c_int)
    if mallopt is not None:
        mallopt(_MOST_HEAPS, 1)


@lru_cache
def _of_glibc(name: str, *kinds: type) -> Callable[..., int] | None:
    """A function that the C library of Linux has beyond the standard, by the types of its arguments; else None."""
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function.argtypes, function.restype = list(kinds), ctypes.c_int
    return function
