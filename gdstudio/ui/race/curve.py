"""One racer's curve as numbers: what is drawn upward, and what it is drawn against. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdstudio.ui.race.results import RacerResult
from gdstudio.ui.theme import RacerStyle

Against = Literal["step", "evaluations", "epochs"]

# What curves can be drawn against, each (steps + 1,) and never falling.
AGAINST: dict[str, Callable[[RacerResult], np.ndarray]] = {
    "step": lambda result: np.arange(len(result.losses), dtype=float),
    "evaluations": lambda result: result.evaluations.astype(float),
    "epochs": lambda result: result.epochs,
}


@dataclass(frozen=True)
class Curve:
    """One racer's quantity over the race.

    Attributes:
        name, style: of the racer.
        xs, values: (steps + 1,); both empty where there is nothing to draw.
        diverged: whether the curve ends because the racer did.
    """

    name: str
    style: RacerStyle
    xs: np.ndarray
    values: np.ndarray
    diverged: bool = False

    def row_at(self, x: float) -> int | None:
        """The last row that is reached with at most x; None before the curve begins and after it has ended."""
        if not len(self.xs) or not self.xs[0] <= x <= self.xs[-1]:
            return None
        return int(np.searchsorted(self.xs, x, side="right")) - 1

    def at_step(self, step: int) -> tuple[float, float] | None:
        """Where it is after a step; None after its end."""
        return (float(self.xs[step]), float(self.values[step])) if step < len(self.values) else None
