"""Garbage that a worker causes is collected in the GUI thread."""

from __future__ import annotations

import threading
from typing import Any

from gdstudio.ui.worker import Progress, Worker


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
