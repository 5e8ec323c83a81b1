"""Mini-batches: which rows of the data each step of a race sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from ..bounded import bounded
from ..errors import shown
from ..given import NUMBER, whole
from .dataset import Array, DataError, checked_seed, frozen

Order = Literal["shuffle", "replacement", "sequential", "curriculum"]

_STEPS = whole(0, 1 << 40)


@dataclass(frozen=True, eq=False)
class Batches:
    """Which rows each step sees.

    Attributes:
        count: the number of rows there are.
        size: rows a step, or None for all of them, in their own order, every step. Every batch has exactly
            this many.
        order: "shuffle" goes through all rows in a new order each epoch (where `size` does not divide
            `count`, a batch takes its rest from the next epoch); "replacement" draws each row independently;
            "sequential" keeps the order of the file; "curriculum" draws from the easiest rows first.
        seed: rows depend on (seed, step) only.
        scores: for the curriculum, how hard each row is, shape (count,).
        opening, ramp: the curriculum draws from the easiest `opening` part at step 0 and from all rows from
            step `ramp` on; the part grows linearly between.
    """

    count: int
    size: int | None = None
    order: Order = "shuffle"
    seed: int = 0
    scores: Array | None = None
    opening: float = 0.2
    ramp: int = 100

    def __post_init__(self) -> None:
        checked_seed(self.seed)
        if not isinstance(self.count, int | np.integer) or self.count < 1:
            raise DataError(f"batches need at least one row, not {self.count}")
        whole = isinstance(self.size, int | np.integer) and not isinstance(self.size, bool)
        if self.size is not None and not (whole and 1 <= self.size <= self.count):
            raise DataError(
                f"the batch size must lie between 1 and the {self.count} rows there are, not {self.size}"
            )
        if self.order not in get_args(Order):
            raise DataError(
                f"the order of batches is one of {', '.join(get_args(Order))}, not {shown(self.order)}"
            )
        if self.order == "curriculum":
            if self.scores is None:
                raise DataError("a curriculum needs a score for each row that says how hard it is")
            object.__setattr__(self, "scores", frozen(self.scores))
            if self.scores.shape != (self.count,):
                raise DataError(
                    f"a curriculum needs {self.count} scores, not an array of shape {self.scores.shape}"
                )
            if not (NUMBER.holds(self.opening) and 0 < self.opening <= 1) or not _STEPS.holds(self.ramp):
                raise DataError(
                    "a curriculum opens with a part between 0 and 1 and widens over 0 or more steps"
                )

    def rows(self, step: int) -> Array:
        """The row numbers of a step (counted from 0), shape (size,); for the full batch 0, 1, … count − 1."""
        if self.size is None or (self.size == self.count and self.order != "replacement"):
            return np.arange(self.count)
        if self.order == "replacement":
            return np.random.default_rng([self.seed, step]).integers(0, self.count, self.size)
        if self.order == "curriculum":
            return self._curriculum(step)
        position = np.arange(step * self.size, (step + 1) * self.size)
        if self.order == "sequential":
            return position % self.count
        epochs = range(position[0] // self.count, position[-1] // self.count + 1)
        orders = np.concatenate([_permutation(self.seed, epoch, self.count) for epoch in epochs])
        return orders[position - epochs[0] * self.count]

    def epoch(self, step: int) -> int:
        """How often the rows have been gone through when `step` begins."""
        return step * (self.size or self.count) // self.count

    def _curriculum(self, step: int) -> Array:
        size = self.size or self.count
        part = 1.0 if step >= self.ramp else self.opening + (1 - self.opening) * step / self.ramp
        easiest = np.argsort(np.asarray(self.scores), kind="stable")[: max(size, round(part * self.count))]
        return np.random.default_rng([self.seed, step]).choice(easiest, size, replace=False)


@bounded(lambda seed, epoch, count: count, 1 << 22)
def _permutation(seed: int, epoch: int, count: int) -> Array:
    order = np.random.default_rng([seed, epoch]).permutation(count)
    order.setflags(write=False)
    return order
