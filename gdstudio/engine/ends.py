"""Where the racers of a crowd ended, and what is watched on the way to say who diverged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .status import rest_rows

Array = np.ndarray
# What sees every row of some racers' paths: the step, the points (n, B), and the losses (B,), which are empty
# unless asked for.
Watch = Callable[[int, Array, Array], None]
# Given the numbers of the racers that advance together, what watches them.
Watcher = Callable[[Array], Watch]


@dataclass(frozen=True, eq=False)
class Ends:
    """Where racers ended: points (B, n), losses (B,), and who diverged, (B,), by the rule of `status`.

    The loss of one that left for good may be finite. It is not where a loss on the way was not.
    """

    points: Array
    losses: Array
    diverged: Array


class LastMoves:
    """How far racers are from their ends in the last rows of their paths, which say whether they rest.

    Args:
        ends: where they will be, (B, n).
        steps: of their race.

    Attributes:
        farthest: (B,), once they have raced.
    """

    def __init__(self, ends: Array, steps: int) -> None:
        self._ends = ends
        self._first = steps + 1 - rest_rows(steps)
        self.farthest = np.zeros(len(ends))

    def watch(self, members: Array) -> Watch:
        """The watch of those that advance together."""

        def look(step: int, points: Array, _losses: Array) -> None:
            if step >= self._first:
                far = np.linalg.norm(points.T - self._ends[members], axis=1)
                self.farthest[members] = np.maximum(self.farthest[members], far)

        return look


def noting_holes(watcher: Watcher | None, whole: Array, members: Array) -> Watch:
    """Watches for `watcher`, and takes note in `whole`, (B,), of those whose loss is no finite number on the way."""
    watch = None if watcher is None else watcher(members)

    def look(step: int, points: Array, losses: Array) -> None:
        whole[members] &= np.isfinite(losses)
        if watch is not None:
            watch(step, points, losses)

    return look
