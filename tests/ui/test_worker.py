"""The worker: newest request of a kind wins, long jobs let others in between and can be stopped, errors arrive."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from gdstudio.ui import worker as workers
from gdstudio.ui.worker import Progress, Worker

GUARD = 20.0  # seconds after which a test that waits for the other thread gives up


@pytest.fixture
def worker(qapp) -> Iterator[Worker]:
    made = Worker(("urgent", "slow"))
    yield made
    made.close()


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Every job counts as long from its start."""
    monkeypatch.setattr(workers, "PATIENCE", -1.0)


def hold(worker: Worker) -> threading.Event:
    """Keep the thread busy until the event is set."""
    begun, go_on = threading.Event(), threading.Event()
    worker.ask("hold", 0, lambda _progress: begun.set() or go_on.wait(GUARD))
    assert begun.wait(GUARD)
    return go_on


def finished(worker: Worker) -> list[tuple[str, int, object]]:
    seen: list[tuple[str, int, object]] = []
    worker.finished.connect(lambda kind, version, result: seen.append((kind, version, result)))
    return seen


def test_a_result_arrives_with_kind_and_version(worker, qtbot):
    with qtbot.waitSignal(worker.finished) as done:
        worker.ask("slow", 7, lambda _progress: 6 * 7)
    assert done.args == ["slow", 7, 42]


def test_a_result_waits_for_a_turn_that_is_short_and_not_for_ever(worker, qtbot, monkeypatch):
    """Painting and a result in one turn would add up to a time in which no key is heard."""
    seen, turns_asked_about = finished(worker), []

    def is_long() -> bool:
        turns_asked_about.append(len(seen))
        return len(turns_asked_about) != 3

    monkeypatch.setattr(workers, "turns", SimpleNamespace(is_long=is_long))
    worker.ask("slow", 1, lambda _progress: "one")
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=30_000)
    assert turns_asked_about == [0, 0, 0]
    worker.ask("slow", 2, lambda _progress: "two")
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=30_000)
    assert turns_asked_about == [0] * 3 + [1] * 6
    assert [result for *_, result in seen] == ["one", "two"]


def test_a_worker_that_is_closed_tells_nothing_more(worker, qtbot):
    seen = finished(worker)
    go_on = hold(worker)
    go_on.set()
    worker.close()
    QCoreApplication.processEvents()
    assert seen == []


def test_of_waiting_requests_of_a_kind_the_newest_runs_alone(worker, qtbot):
    seen = finished(worker)
    go_on = hold(worker)
    for version in range(1, 6):
        worker.ask("slow", version, lambda _progress, version=version: version)
    go_on.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[1] == ("slow", 5, 5)


def test_urgent_kinds_run_first_and_unknown_ones_last(worker, qtbot):
    seen = finished(worker)
    go_on = hold(worker)
    for kind in ("other", "slow", "urgent"):
        worker.ask(kind, 0, lambda _progress: None)
    go_on.set()
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert [kind for kind, _version, _result in seen[1:]] == ["urgent", "slow", "other"]


def test_an_error_arrives_and_the_next_job_runs(worker, qtbot):
    def wrong(_progress: Progress) -> None:
        raise ZeroDivisionError("by nought")

    with qtbot.waitSignal(worker.failed) as failed:
        worker.ask("slow", 1, wrong)
    assert str(failed.args[2]) == "by nought"
    with qtbot.waitSignal(worker.finished):
        worker.ask("slow", 2, lambda _progress: None)


def test_an_error_goes_with_its_last_reader(worker, qtbot):
    """Its traceback holds all that the job had in hand, which is not to wait for the garbage collector."""

    class Fault(Exception):
        pass

    def job(_progress: Progress) -> None:
        raise Fault

    seen: list[weakref.ref] = []
    worker.failed.connect(lambda kind, version, error: seen.append(weakref.ref(error)))
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with qtbot.waitSignal(worker.failed, timeout=30_000):
            worker.ask("slow", 1, job)
        with qtbot.waitSignal(worker.finished, timeout=30_000):
            worker.ask("slow", 2, lambda _progress: None)
        assert seen[0]() is None
    finally:
        if was_enabled:
            gc.enable()


def test_numbers_that_overflow_do_not_warn(worker, qtbot):
    import numpy as np

    with qtbot.waitSignal(worker.finished) as done:
        worker.ask("slow", 1, lambda _progress: float(np.float64(1e300) * np.float64(1e300)))
    assert done.args[2] == float("inf")


def test_a_long_job_gives_way_to_a_newer_one_of_its_kind(worker, qtbot, impatient):
    begun = threading.Event()

    def endless(progress: Progress) -> None:
        begun.set()
        while True:
            progress.check()

    with qtbot.waitSignals([worker.cancelled, worker.finished]):
        worker.ask("slow", 1, endless)
        assert begun.wait(GUARD)
        worker.ask("slow", 2, lambda _progress: None)


def test_a_quick_job_is_let_finish(worker, qtbot, monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE", GUARD)
    asked, begun = threading.Event(), threading.Event()

    def quick(progress: Progress) -> str:
        begun.set()
        asked.wait(GUARD)
        progress.check()
        return "done"

    seen = finished(worker)
    worker.ask("slow", 1, quick)
    assert begun.wait(GUARD)
    worker.ask("slow", 2, lambda _progress: "newer")
    asked.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert [result for _kind, _version, result in seen] == ["done", "newer"]


def test_a_long_job_lets_others_in_between(worker, qtbot, impatient):
    begun, served = threading.Event(), threading.Event()

    def long(progress: Progress) -> str:
        begun.set()
        while not served.is_set():
            progress.check()
        return "long"

    seen = finished(worker)
    worker.ask("slow", 1, long)
    assert begun.wait(GUARD)
    worker.ask("urgent", 2, lambda _progress: served.set())
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert [kind for kind, _version, _result in seen] == ["urgent", "slow"]


def test_progress_of_a_long_job_is_told(worker, qtbot, impatient):
    def half(progress: Progress) -> None:
        progress.report(0.5)

    with qtbot.waitSignal(worker.progressed) as progressed:
        worker.ask("slow", 1, half)
    assert progressed.args == ["slow", 0.5]


def test_cancelling_stops_what_runs_and_forgets_what_waits(worker, qtbot):
    begun = threading.Event()

    def endless(progress: Progress) -> None:
        begun.set()
        while True:
            progress.check()

    seen = finished(worker)
    with qtbot.waitSignal(worker.cancelled):
        worker.ask("slow", 1, endless)
        assert begun.wait(GUARD)
        worker.ask("urgent", 1, lambda _progress: None)
        worker.cancel()
    with qtbot.waitSignal(worker.finished):
        worker.ask("slow", 2, lambda _progress: None)
    assert seen == [("slow", 2, None)]


def test_a_result_is_shown_before_the_next_job_begins(worker, qtbot, monkeypatch):
    monkeypatch.setattr(workers, "COURTESY", GUARD)
    order: list[str] = []
    worker.finished.connect(lambda kind, *_: order.append(f"{kind} shown"))
    go_on = hold(worker)
    worker.ask("slow", 1, lambda _progress: order.append("slow"))
    worker.ask("urgent", 1, lambda _progress: order.append("urgent"))
    go_on.set()
    qtbot.waitUntil(lambda: "slow shown" in order, timeout=30_000)
    assert order == ["hold shown", "urgent", "urgent shown", "slow", "slow shown"]


def engine_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "engine"}


def test_closing_ends_the_thread(qapp):
    before = engine_threads()
    worker = Worker(())
    hold(worker).set()
    (thread,) = engine_threads() - before
    worker.close()
    assert not thread.is_alive()


def test_a_worker_that_was_never_asked_has_no_thread(qapp):
    before = engine_threads()
    worker = Worker(("anything",))
    assert engine_threads() == before
    worker.close()


def test_a_closed_worker_takes_no_more_requests(qapp):
    before = engine_threads()
    worker = Worker(())
    worker.close()
    worker.ask("late", 1, lambda _progress: None)
    assert engine_threads() == before


def test_the_thread_ends_with_the_parent(qapp):
    before = engine_threads()
    parent = QObject()
    worker = Worker((), parent)
    hold(worker).set()
    (thread,) = engine_threads() - before
    shiboken6.delete(parent)
    assert not thread.is_alive()
