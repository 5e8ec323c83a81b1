"""Timing things side by side: all in one process, by turns, so that a busy machine is unfair to nobody."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import geometric_mean, median
from typing import Any

import numpy as np

# A turn lasts at least so long, so that neither the clock nor the caches that the one before left cold are timed.
_TURN = 20e-3


@dataclass(frozen=True)
class Contender:
    """One engine at one task.

    Attributes:
        run: does the task once and returns arrays or numbers by which answers are compared.
        units: how much of the task a run does; times are per unit. A slow peer may do a part.
    """

    run: Callable[[], Any]
    units: float = 1.0


@dataclass(frozen=True)
class Case:
    """A task with those who do it.

    Attributes:
        tolerance: how far answers may lie apart, relative to the largest number of ours.
        compared: the part of an answer that is compared.
    """

    name: str
    ours: Contender
    peers: Mapping[str, Contender]
    tolerance: float = 1e-9
    compared: Callable[[Any], Any] = lambda answer: answer


def disagreement(ours: Any, theirs: Any) -> float:
    """The largest difference between two answers, relative to the largest finite number of ours."""
    worst = 0.0
    for a, b in zip(_arrays(ours), _arrays(theirs), strict=True):
        if a.shape != b.shape:
            return math.inf
        scale = max(float(np.abs(a).max(initial=0.0)), 1e-300)
        worst = max(worst, float(np.abs(a - b).max(initial=0.0)) / scale)
    return worst


def _arrays(answer: Any) -> list[np.ndarray]:
    parts = answer if isinstance(answer, list | tuple) else [answer]
    return [np.asarray(part, dtype=np.float64) for part in parts]


@dataclass(frozen=True)
class Stopwatch:
    """A clock, and which of the times of many turns counts."""

    clock: Callable[[], float]
    pick: Callable[[Sequence[float]], float]


ELAPSED = Stopwatch(time.perf_counter, median)
# What others do on the machine only ever adds to it, by emptying caches, so the quickest turn is nearest to the truth.
PROCESSOR = Stopwatch(time.process_time, min)


def interleaved(
    contenders: Sequence[Contender], seconds: float, watch: Stopwatch = ELAPSED, fewest: int = 3
) -> list[float]:
    """Seconds per unit of each, all taking turns for about `seconds` in all, and `fewest` rounds at least."""
    clock = watch.clock
    counts = []
    for contender in contenders:
        contender.run()
        begin = clock()
        contender.run()
        once = clock() - begin
        counts.append(max(1, round(_TURN / max(once, 1e-9))))
    times: list[list[float]] = [[] for _ in contenders]
    end = time.perf_counter() + seconds
    while len(times[0]) < fewest or time.perf_counter() < end:
        for contender, count, own in zip(contenders, counts, times, strict=True):
            begin = clock()
            for _ in range(count):
                contender.run()
            own.append((clock() - begin) / count / contender.units)
    return [watch.pick(own) for own in times]


@dataclass(frozen=True)
class Measured:
    """Seconds per unit at one case: ours, and of each peer."""

    case: str
    ours: float
    peers: Mapping[str, float]


def measure(case: Case, seconds: float, watch: Stopwatch = ELAPSED) -> Measured:
    """Times a case.

    Raises:
        AssertionError: when a peer computes something else than our engine does.
    """
    answer = case.compared(case.ours.run())
    for name, peer in case.peers.items():
        off = disagreement(answer, case.compared(peer.run()))
        assert off <= case.tolerance, f"{case.name}: {name} disagrees by {off:.1e} of the largest number"
    times = interleaved([case.ours, *case.peers.values()], seconds, watch)
    return Measured(case.name, times[0], dict(zip(case.peers, times[1:], strict=True)))


def ratio(results: Sequence[Measured], peer: str) -> float | None:
    """Geometric mean of the peer's time over ours; None when the peer took part nowhere."""
    shares = [result.peers[peer] / result.ours for result in results if peer in result.peers]
    return geometric_mean(shares) if shares else None


def duration(seconds: float) -> str:
    """A time in the unit that suits it, three digits."""
    for limit, factor, unit in ((1e-6, 1e9, "ns"), (1e-3, 1e6, "µs"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"
