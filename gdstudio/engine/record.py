"""What a race keeps of its racers: while they move, and as its result."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import recycle
from .racer import Racer


@dataclass(frozen=True)
class RaceResult:
    """What happened, racer by racer.

    Attributes:
        racers: as given.
        coordinates: names of the columns of `paths`.
        paths: (steps + 1, n) for each racer, row 0 is the start; shorter where a racer diverged: its finite part.
        losses, gradient_norms: (steps + 1,), at the rows of the path. Losses are over all data, also with mini-batches.
        learning_rates: (steps + 1,), the rate of the step that leaves this row; NaN for rules without one.
        evaluations: (steps + 1,), what coming to each row took, in gradient evaluations: 1 for each gradient, over a batch
            too; 2n for one by differences; for rules that ask more, as `CountedProblem` counts.
        epochs: (steps + 1,), the same as how often all rows of data have been looked at: a batch is its part of them.
        averages, average_losses: the moving average of the path, (steps + 1, n), from its start on, and its losses; those
            of the path itself for a racer without `average_decay`.
        status: "converged", "stalled", "running" or "diverged".
        reasons: a sentence for each status.
    """

    racers: tuple[Racer, ...]
    coordinates: tuple[str, ...]
    paths: tuple[np.ndarray, ...]
    losses: tuple[np.ndarray, ...]
    gradient_norms: tuple[np.ndarray, ...]
    learning_rates: tuple[np.ndarray, ...]
    evaluations: tuple[np.ndarray, ...]
    epochs: tuple[np.ndarray, ...]
    averages: tuple[np.ndarray, ...]
    average_losses: tuple[np.ndarray, ...]
    status: tuple[str, ...]
    reasons: tuple[str, ...]

    def average(self, index: int) -> np.ndarray:
        """The moving average of racer `index`, (steps + 1, n)."""
        return self.averages[index]


class Record:
    """One racer's record while it is being computed; `finite` is False after a loss that is not."""

    def __init__(self, steps: int, size: int, rate: float) -> None:
        self._path = recycle.empty((steps + 1, size))
        self._losses = np.empty(steps + 1)
        self._norms = np.empty(steps + 1)
        self._count = 0
        self.rates = np.full(steps + 1, rate)
        self.evaluations = np.arange(steps + 1)
        self.finite = True

    def place(self, x: np.ndarray) -> None:
        """The next point, (n,); `add` completes it."""
        self._path[self._count] = x

    def add(self, loss: float, gradient: np.ndarray) -> None:
        """The loss and the gradient, (n,), at the point placed last."""
        row = self._count
        self._losses[row] = loss
        self._norms[row] = math.sqrt(gradient.dot(gradient))
        self._count += 1
        self.finite = math.isfinite(loss)

    def add_rows(self, rows: np.ndarray) -> None:
        """Several points at once: rows of (x…, loss, gradient…)."""
        size = self._path.shape[1]
        part = slice(self._count, self._count + len(rows))
        self._path[part] = rows[:, :size]
        self._losses[part] = rows[:, size]
        gradients = rows[:, size + 1 :]
        with np.errstate(all="ignore"):
            self._norms[part] = np.sqrt(np.einsum("ij,ij->i", gradients, gradients))
        self._count += len(rows)

    def result(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Path, losses, gradient norms and learning rates, up to the last finite loss (but always the start)."""
        count = self._count if self.finite else max(1, self._count - 1)
        return self._path[:count], self._losses[:count], self._norms[:count], self.rates[:count]


def averaged(path: np.ndarray, decay: float) -> np.ndarray:
    """The exponential moving average of a path, (steps + 1, n), from its start on."""
    if decay == 0:
        return path
    result = np.empty_like(path)
    result[0] = path[0]
    for row in range(1, len(path)):
        result[row] = decay * result[row - 1] + (1.0 - decay) * path[row]
    return result
