"""How far surveys have come, told from several threads, and how they are stopped."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np

from .errors import EngineError, shown

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class SurveyCancelled(Exception):
    """The caller asked to stop."""


def require_steps(steps: int) -> int:
    """The number of steps of a survey, or an error that says what it must be."""
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 1:
        raise EngineError(f"steps must be a whole number of at least 1, not {shown(steps)}")
    return int(steps)


class Meter:
    """Adds up racer-steps from several threads and reports the fraction done."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress
        self._done = 0
        self._lock = Lock()

    def __call__(self, steps: int) -> None:
        """So many more have been done."""
        with self._lock:
            self._report(self._done + steps)

    def reach(self, done: int) -> None:
        """So many have been done altogether, at least."""
        with self._lock:
            self._report(max(done, self._done))

    def _report(self, done: int) -> None:
        self._done = done
        if self._progress is not None:
            self._progress(min(1.0, done / self._total))
