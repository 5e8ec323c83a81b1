"""Garbage that a worker causes is collected in the GUI thread, and free memory goes back to the system."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import threading
import weakref
from itertools import count
from typing import Any

import pytest

from gdstudio.engine import recycle
from gdstudio.ui import garbage, turns
from gdstudio.ui.worker import Progress, Worker
from tests.ui.monkey import memory


@pytest.fixture(autouse=True)
def nothing_due(monkeypatch):
    """Neither a full collection nor a return of free memory is due, whatever came before and however long ago."""
    monkeypatch.setattr(garbage, "_is_wanted", [False])
    monkeypatch.setattr(garbage, "_next_return", [float("inf")])
    monkeypatch.setattr(garbage, "_patience", turns.Patience(most=20))


class Cycle:
    """Something that only the cyclic collector can free; it notes in which thread that happens."""

    freed: list[str] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Cycle.freed.append(threading.current_thread().name)


def allocate(_progress: Progress) -> Any:
    """Far more objects than an automatic collection would wait for, cycles among them."""
    for _ in range(2000):
        Cycle()
    return [[] for _ in range(50_000)]


def test_objects_are_freed_in_the_gui_thread_only(qtbot):
    Cycle.freed.clear()
    worker = Worker(("job",))
    try:
        with qtbot.waitSignal(worker.finished, timeout=10_000):
            worker.ask("job", 1, allocate)
        qtbot.waitUntil(lambda: len(Cycle.freed) == 2000, timeout=10_000)
    finally:
        worker.close()
    assert set(Cycle.freed) == {threading.main_thread().name}


def test_collections_look_at_what_comes_after_the_imports_alone(monkeypatch):
    monkeypatch.setattr(garbage, "_are_imports_kept", [False])
    Cycle.freed.clear()
    Cycle()
    garbage.keep_imports()
    Cycle()
    garbage.keep_imports()
    gc.collect()
    assert len(Cycle.freed) == 1
    gc.unfreeze()
    gc.collect()
    assert len(Cycle.freed) == 2


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no malloc_trim")
def test_free_memory_between_what_stays_goes_back_to_the_system(monkeypatch):
    monkeypatch.setattr(garbage, "_next_return", [0.0])
    # Below the size for which the C library asks the system each time, 128 KiB.
    large, small = [], []
    for _ in range(500):
        large.append(bytearray(b"1" * 100_000))
        small.append(bytearray(b"1" * 10_000))
    large.clear()
    gc.collect()
    held = memory()
    garbage.collect_if_due()
    assert held - memory() > 25.0  # of 50 MB
    assert len(small) == 500


_ALLOCATE_IN_THREADS = """
import ctypes, threading
from PySide6.QtCore import QCoreApplication
from gdstudio.ui import garbage

application = QCoreApplication([])
garbage.keep_to_gui_thread()
barrier = threading.Barrier(3)

def allocate():
    blocks = [bytearray(100_000) for _ in range(20)]
    barrier.wait()

threads = [threading.Thread(target=allocate) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no malloc_info")
def test_threads_allocate_in_one_heap():
    told = subprocess.run(
        [sys.executable, "-c", _ALLOCATE_IN_THREADS], capture_output=True, text=True, timeout=60
    )
    assert told.stdout.count("<heap nr=") == 1, told.stderr


def test_arrays_that_the_engine_keeps_for_its_next_result_are_let_go(monkeypatch):
    array = recycle.empty((700, 701))
    kept = weakref.ref(array)
    del array
    assert kept() is not None
    monkeypatch.setattr(garbage, "_next_return", [0.0])
    gc.collect()
    garbage.collect_if_due()
    assert kept() is None


def test_a_collection_waits_for_a_short_turn_of_the_event_loop_but_not_for_ever(qtbot, monkeypatch):
    collected: list[int] = []
    monkeypatch.setattr(garbage, "_generation_due", lambda: None if collected else 1)
    monkeypatch.setattr(garbage.gc, "collect", collected.append)
    asked = count()
    monkeypatch.setattr(turns, "is_long", lambda: next(asked) >= 0)  # every turn is a long one
    garbage.tidy()
    assert collected == []
    qtbot.waitUntil(lambda: collected == [1], timeout=10_000)
    assert next(asked) > 1


def test_a_collection_that_is_due_comes_at_once_in_a_short_turn(monkeypatch):
    collected: list[int] = []
    monkeypatch.setattr(garbage, "_generation_due", lambda: 1)
    monkeypatch.setattr(garbage.gc, "collect", collected.append)
    monkeypatch.setattr(turns, "is_long", lambda: False)
    garbage.tidy()
    assert collected == [1]


def test_free_memory_goes_back_before_a_young_collection_and_after_a_full_one(monkeypatch):
    done: list[int | str] = []
    monkeypatch.setattr(garbage, "_next_return", [0.0])
    monkeypatch.setattr(garbage.gc, "collect", done.append)
    monkeypatch.setattr(garbage, "return_free_memory", lambda: done.append("return"))
    generations = iter([2, 0, 1])
    monkeypatch.setattr(garbage, "_generation_due", lambda: next(generations))
    for _ in range(3):
        garbage.collect_if_due()
    assert done == [2, "return", 1]


class Entry(list):
    """A container of this module's."""


def test_what_stays_is_left_out_of_collections_with_all_that_belongs_to_it():
    entry = Entry([{"a": [1]}, [Entry()]])
    root = {"entries": [entry]}
    parts = (root, root["entries"], entry, entry[0], entry[0]["a"], entry[1], entry[1][0])
    assert all(map(gc.is_tracked, parts))
    garbage.leave_out(root, (__name__.partition(".")[0],))
    assert not any(map(gc.is_tracked, parts))


def test_what_is_left_out_keeps_what_it_refers_to_and_goes_with_its_last_reference():
    class Stranger:
        pass

    Stranger.__module__ = "elsewhere"
    root = Entry([Stranger()])
    gone = weakref.ref(root[0])
    garbage.leave_out(root, (__name__.partition(".")[0],))
    assert gc.is_tracked(root[0])
    gc.collect()
    assert gone() is not None
    del root
    assert gone() is None
