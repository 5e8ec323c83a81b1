"""Engine work off the GUI thread: one thread, one waiting request of each kind, the newest wins.

The worker knows nothing of documents: a job is a function that takes a `Progress` and returns a result. Results
arrive on the GUI thread through signals, in the order in which they were computed. A long job that asks whether to
go on lets others in between, so a race of many steps does not hold up the surface. The thread begins with the first
request, sleeps while nothing is asked for, and ends with the worker.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gdstudio.ui import garbage, turns

# A job that has run for this long (seconds) shows its progress, lets others in between, and gives way to a newer
# request of its kind. Quicker ones are let finish, so that a drag that outruns the engine still sees its surface
# follow.
PATIENCE = 0.2
# For so long (seconds) at most the next job waits until the GUI thread has shown what the last one found: two threads
# of Python take turns, and a race would draw out the painting of the surface that it runs on.
COURTESY = 0.05


class Cancelled(Exception):
    """Raised inside a job that is no longer wanted."""


class Progress:
    """What a job sees of the worker: it says how far it is and asks whether to go on."""

    def __init__(self, worker: Worker, request: Request) -> None:
        self._worker = worker
        self._request = request
        self._started = time.monotonic()
        self._reported = 0.0

    @property
    def _is_long(self) -> bool:
        return time.monotonic() - self._started > PATIENCE

    def cancelled(self) -> bool:
        """Whether the job should stop. Other requests may be served before this returns."""
        if self._worker._is_unwanted(self._request, self._is_long):
            return True
        if self._is_long:
            self._worker._serve_others()
        return self._worker._is_unwanted(self._request, self._is_long)

    def report(self, fraction: float) -> None:
        """Say that `fraction` (0 to 1) is done."""
        now = time.monotonic()
        if self._is_long and now - self._reported > 0.05:
            self._reported = now
            self._worker.progressed.emit(self._request.kind, float(fraction))

    def check(self) -> None:
        """Leave the job by an exception when it should stop."""
        if self.cancelled():
            raise Cancelled


@dataclass(frozen=True, eq=False)
class Request:
    kind: str
    version: int
    job: Callable[[Progress], Any]


class Worker(QObject):
    """The thread and its waiting room.

    Signals (all delivered in the GUI thread):
        finished(kind, version, result): a job is done.
        failed(kind, version, error): it raised `error`, an Exception.
        cancelled(kind, version): it was stopped on the way.
        progressed(kind, fraction): a job takes longer than 0.2 s and is this far.
    """

    finished = Signal(str, int, object)
    failed = Signal(str, int, object)
    cancelled = Signal(str, int)
    progressed = Signal(str, float)
    _handed_over = Signal(object)  # from the thread: what the GUI thread is to call

    def __init__(self, kinds: Sequence[str], parent: QObject | None = None) -> None:
        """`kinds` in order of urgency; requests of other kinds come after them, first come, first served."""
        super().__init__(parent)
        garbage.keep_to_gui_thread()
        self.finished.connect(self._tidy)
        self._shown = threading.Event()
        self._handed_over.connect(self._take)
        self._untold: deque[Callable[[], object]] = deque()
        self._patience = turns.Patience()
        self._next_turn = QTimer(self, singleShot=True, interval=0)
        self._next_turn.timeout.connect(self._tell)
        self._kinds = tuple(kinds)
        self._waiting: dict[str, Request] = {}
        self._newest: dict[str, Request] = {}
        self._running: list[Request] = []  # the last one runs, those before it wait until it is done
        self._condition = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None
        self.destroyed.connect(lambda: self.close())

    @Slot()
    def _tidy(self) -> None:
        # After the result is shown.
        QTimer.singleShot(0, garbage.tidy)

    @Slot(object)
    def _take(self, tell: Callable[[], object]) -> None:
        self._untold.append(tell)
        self._tell()

    def _tell(self) -> None:
        """Tell what came of requests, as long as the turn of the event loop is short: views have much to do then."""
        while self._untold and not self._closed:
            if self._patience.must_wait(turns.is_long()):
                self._next_turn.start()
                return
            self._untold.popleft()()

    def _let_on(self) -> None:
        # What a result has painted anew comes before timers, or where it is put off (see `paint_turn`), with them.
        QTimer.singleShot(0, self._let_on_soon)

    @Slot()
    def _let_on_soon(self) -> None:
        QTimer.singleShot(0, self._shown.set)

    def ask(self, kind: str, version: int, job: Callable[[Progress], Any]) -> None:
        """Have `job(progress)` run; it replaces a waiting request of its kind. After `close` nothing runs any more."""
        with self._condition:
            if self._closed:
                return
            self._newest[kind] = self._waiting[kind] = Request(kind, version, job)
            self._condition.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Forget every waiting request and stop the running ones."""
        with self._condition:
            self._waiting.clear()
            self._newest.clear()

    def close(self) -> None:
        """Stop the thread; waits until the running job has noticed, 2 s at most."""
        self._untold.clear()
        with self._condition:
            self._waiting.clear()
            self._closed = True
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(2.0)

    def _is_unwanted(self, request: Request, is_long: bool) -> bool:
        newest = self._newest.get(request.kind)
        return self._closed or newest is None or (is_long and newest is not request)

    def _work(self) -> None:
        np.seterr(
            all="ignore"
        )  # overflow and 0/0 are results here, and numpy keeps this setting for each thread
        while True:
            with self._condition:
                while not self._waiting and not self._closed:
                    self._condition.wait()
                if self._closed:
                    return
                request = self._next()
            if request is not None:
                self._run(request)

    def _serve_others(self) -> None:
        """Run what waits and is of another kind than all that is under way."""
        while not self._closed:
            with self._condition:
                request = self._next()
            if request is None:
                return
            self._run(request)

    def _next(self) -> Request | None:
        busy = {request.kind for request in self._running}
        for kind in (*self._kinds, *self._waiting):
            if kind in self._waiting and kind not in busy:
                return self._waiting.pop(kind)
        return None

    def _run(self, request: Request) -> None:
        self._running.append(request)
        try:
            result = request.job(Progress(self, request))
        except Cancelled:
            tell = partial(self.cancelled.emit, request.kind, request.version)
        except Exception as error:
            tell = partial(self.failed.emit, request.kind, request.version, error)
        else:
            tell = partial(self.finished.emit, request.kind, request.version, result)
        finally:
            self._running.pop()
        try:
            self._handed_over.emit(tell)
            if self._waiting:
                self._shown.clear()
                self._handed_over.emit(self._let_on)
                self._shown.wait(COURTESY)
        except RuntimeError:
            # The window, and this object with it, went away while the job ran.
            self._closed = True
        # An error holds this frame, which therefore must not hold the error.
        del tell
