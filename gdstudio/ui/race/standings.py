"""Who leads the race, and by what: numbers for each racer within a budget of gradient evaluations. No Qt."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gdstudio.ui.race.metrics import distances
from gdstudio.ui.race.numbers import tidy_end
from gdstudio.ui.race.results import RacerResult


@dataclass(frozen=True)
class Standing:
    """One racer's numbers; not-a-number where there is none.

    Attributes:
        loss: where it is when the race, or its budget, is over.   best: the smallest on the way.
        steps_to, evaluations_to: what it took to reach the target for the first time.
        distance: from the nearest known minimum at the end.
        evaluations: all that it took.
        end: its last point (n,), with 0 for what is nothing beside the way there.
        diverged: it has no place among the others.
    """

    loss: float
    best: float
    steps_to: float
    evaluations_to: float
    distance: float
    evaluations: float
    end: np.ndarray
    diverged: bool


# What racers can be ranked by; the smallest is the best of each.
MEASURES: dict[str, Callable[[Standing], float]] = {
    "loss": lambda standing: standing.loss,
    "best": lambda standing: standing.best,
    "steps_to": lambda standing: standing.steps_to,
    "evaluations_to": lambda standing: standing.evaluations_to,
    "distance": lambda standing: standing.distance,
    "evaluations": lambda standing: standing.evaluations,
}


def standing(
    result: RacerResult, target: float = math.nan, minima: np.ndarray | None = None, budget: float = math.inf
) -> Standing:
    """A racer's numbers.

    Args:
        target: a loss to be reached.
        minima: the known ones, (m, n).
        budget: gradient evaluations after which the race is over for everybody.
    """
    # At least the start, which costs nothing.
    rows = max(1, int(np.searchsorted(result.evaluations, budget, side="right")))
    losses, path = result.losses[:rows], result.path[:rows]
    with np.errstate(invalid="ignore"):
        reached = np.flatnonzero(losses <= target)
    first = int(reached[0]) if len(reached) else None
    finite = losses[np.isfinite(losses)]
    away = distances(result, np.empty((0, 0)) if minima is None else minima)
    return Standing(
        loss=float(losses[-1]),
        best=float(np.min(finite)) if len(finite) else math.nan,
        steps_to=math.nan if first is None else float(first),
        evaluations_to=math.nan if first is None else float(result.evaluations[first]),
        distance=float(away[rows - 1]) if len(away) else math.nan,
        evaluations=float(result.evaluations[rows - 1]),
        end=tidy_end(path),
        # What happens after the budget is spent does not count.
        diverged=result.status == "diverged" and rows == len(result.losses),
    )


def ranked(standings: Sequence[Standing | None], measure: str) -> list[int]:
    """Indices of the standings by a measure, best first; those without a number next, the diverged last."""

    def key(index: int) -> tuple[bool, bool, float]:
        each = standings[index]
        assert each is not None, "only those that are there are sorted"
        value = MEASURES[measure](each)
        return each.diverged, math.isnan(value), 0.0 if math.isnan(value) else value

    return sorted((i for i, each in enumerate(standings) if each is not None), key=key)


def common_target(results: Sequence[RacerResult | None]) -> float:
    """A loss that every racer reaches that does not diverge; not-a-number without any.

    It is the greatest of their smallest losses, rounded up to two digits.
    """
    best = [float(np.nanmin(r.losses)) for r in results if r is not None and r.status != "diverged"]
    worst = max((loss for loss in best if math.isfinite(loss)), default=math.nan)
    return _rounded_up(worst)


def _rounded_up(value: float) -> float:
    if not math.isfinite(value) or value == 0:
        return value
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    up = float(f"{math.ceil(value / unit - 1e-9) * unit:.2g}")
    return up if up >= value else float(f"{up + unit:.2g}")
