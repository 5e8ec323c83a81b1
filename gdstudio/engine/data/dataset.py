"""What a dataset is, and the error of everything that has to do with data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import EngineError, shown

Array = np.ndarray

MOST_POINTS = 1_000_000


class DataError(EngineError):
    """A table or a dataset that cannot be used.

    Attributes:
        line, column: where in the file, counted from 1; None where no single place is at fault.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        place = (
            f"line {line}" + (f", column {column}" if column is not None else "") if line is not None else ""
        )
        super().__init__(f"{place}: {message}" if place else message)
        self.line = line
        self.column = column


def frozen(values: Any) -> Array:
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Dataset:
    """Points with targets; arrays are read-only.

    Attributes:
        name: the name in the registry, or the file it came from.
        inputs: shape (N,) for one input, (N, d) for several.
        targets: shape (N,): numbers to predict, or class numbers 0, 1, ….
        classes: the names of the classes; empty for numbers to predict.
        options: what it was made with.
    """

    name: str
    inputs: Array
    targets: Array
    classes: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", frozen(self.inputs))
        object.__setattr__(self, "targets", frozen(self.targets))

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that `column` knows for this dataset."""
        signs = ("sign",) if len(self.classes) == 2 else ()
        return ("x", "y", "one_hot", *signs) if self.classes else ("x", "y")

    def column(self, name: str) -> Array:
        """A leaf's value: `x` inputs, `y` targets, `one_hot` (N, classes), `sign` ±1 for two classes."""
        if name not in self.columns:
            known = ", ".join(self.columns)
            raise DataError(f'the dataset "{self.name}" has no column "{name}"; it has {known}')
        if name == "one_hot":
            return frozen(np.equal.outer(self.targets, np.arange(len(self.classes))))
        if name == "sign":
            return frozen(2 * self.targets - 1)
        return self.inputs if name == "x" else self.targets

    def leaves(self) -> dict[str, Array]:
        """Inputs and targets under the names `x` and `y`, ready for `parse(..., constants=...)`."""
        return {"x": self.inputs, "y": self.targets}

    def take(self, rows: Array) -> Dataset:
        """The dataset of these rows only."""
        return Dataset(self.name, self.inputs[rows], self.targets[rows], self.classes, self.options)

    def split(self, fraction: float = 0.8, seed: int = 0) -> tuple[Dataset, Dataset]:
        """Shuffled and cut in two, for training and validation; `fraction` of the rows go to the first."""
        if not 0 < fraction < 1:
            raise DataError(f"the fraction for training must lie between 0 and 1, not {shown(fraction)}")
        rows = np.random.default_rng(seed).permutation(len(self))
        cut = min(max(1, round(fraction * len(self))), len(self) - 1)
        return self.take(rows[:cut]), self.take(rows[cut:])


def checked_seed(seed: int) -> int:
    """The seed of a generator, or an error that says what a seed is."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise DataError(f"a seed is a whole number from 0 up, not {shown(seed)}")
    return int(seed)
