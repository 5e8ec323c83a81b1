"""When racers of a crowd arrived where they end, and which lie at a minimum for good and need not be advanced further.

A small step says nothing: racers creep over plateaus, linger at saddles, and a learning rate that is too large drives
away from a minimum what begins beside it. So a racer rests when it came from outside to a place close beside a strict
minimum, takes steps that are as small, and draws nearer still. That settles it for rules that are linear in what they
remember, such as momentum: near a minimum each of their steps is the same linear map, and what it has shrunk a million
times it shrinks further. It settles nothing for adaptive rules. What they divide by fades while they rest, until their
steps are too long for the curvature: Adam with learning rate 0.1 leaves the minima of the six-hump camel after 3,000
steps of rest, if only for a while.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
# For points (n, racers) the distance of each from the nearest strict minimum, (racers,).
Distance = Callable[[Array], Array]

# Steps between two looks.
EVERY = 16
_CLOSE = 1e-6


class Rest:
    """Watches one block of racers whose rule is linear and steady.

    Args:
        distance: in parts of what counts as being there.
        starts: (n, racers).
    """

    def __init__(self, distance: Distance, starts: Array) -> None:
        self._distance = distance
        self._far = distance(starts)
        self._close = np.zeros(len(self._far), dtype=bool)
        self._outside = self._far > _CLOSE

    def look(self, before: Array, now: Array) -> Array:
        """Which racers rest, (racers,), at their points (n, racers) now and one step before."""
        far = self._distance(now)
        close = self._outside & (far <= _CLOSE) & (self._distance(before) <= _CLOSE)
        resting = close & self._close & (far <= self._far)
        self._far, self._close = far, close
        return resting

    def keep(self, which: Array) -> None:
        """Forget all racers but these."""
        self._far, self._close, self._outside = (
            held[which] for held in (self._far, self._close, self._outside)
        )


class Trail:
    """The paths of a block of racers, of which fewer and fewer go on."""

    def __init__(self, count: int) -> None:
        self._parts: list[tuple[Array, list[Array]]] = [(np.arange(count), [])]

    def add(self, points: Array) -> None:
        """The next row: where those that go on are, (n, racers)."""
        self._parts[-1][1].append(points.copy())

    def keep(self, going: Array) -> None:
        """From the next row on only these racers go on."""
        self._parts.append((going, []))

    @property
    def last(self) -> Array:
        """The row that was added last."""
        return self._parts[-1][1][-1]

    def arrivals(self, ends: Array, near: Array) -> Array:
        """After how many steps each racer was within `near`, (n,), of its end, (n, racers), for good."""
        result = np.zeros(ends.shape[1], dtype=np.int64)
        step = 0
        for going, rows in self._parts:
            low, high = ends[:, going] - near[:, None], ends[:, going] + near[:, None]
            arrival = result[going]
            for row in rows:
                step += 1
                arrival[~((row >= low) & (row <= high)).all(axis=0)] = step
            result[going] = arrival
        return result


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Asks a crowd when each racer arrived.

    Attributes:
        steps: of the race.
        near: how near the end counts as there, in each coordinate, (n,).
        distance: from what racers may come to rest at.
        found: after how many steps each racer was there for good, (B,); the crowd writes it.
    """

    steps: int
    near: Array
    distance: Distance
    found: Array

    def watch(self, members: Array) -> Callable[[int, Array, Array], None]:
        """A watch for blocks of which all racers go on."""
        trail = Trail(len(members))

        def watch(step: int, points: Array, _losses: Array) -> None:
            trail.add(points)
            if step == self.steps:
                self.found[members] = trail.arrivals(points, self.near)

        return watch
