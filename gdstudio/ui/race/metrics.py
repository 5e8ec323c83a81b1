"""What the curves can show of a racer, step by step. Numbers only, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from gdstudio.ui.race.curve import Curve
from gdstudio.ui.race.results import RacerResult

Array = np.ndarray


def step_lengths(result: RacerResult) -> Array:
    """The length of every step, (steps + 1,); row 0 has none and is not a number."""
    lengths = np.full(len(result.path), np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        lengths[1:] = np.linalg.norm(np.diff(result.path, axis=0), axis=1)
    return lengths


def effective_rates(result: RacerResult) -> Array:
    """The length of every step over the norm of the gradient that it was taken from, (steps + 1,)."""
    rates = np.full(len(result.path), np.nan)
    with np.errstate(all="ignore"):
        rates[1:] = step_lengths(result)[1:] / result.gradient_norms[:-1]
    return np.where(np.isfinite(rates), rates, np.nan)


def distances(result: RacerResult, minima: Array) -> Array:
    """How far the racer is from the nearest of some minima (m, n), (steps + 1,); empty when there is none."""
    if not len(minima):
        return np.empty(0)
    with np.errstate(over="ignore", invalid="ignore"):
        each = [np.linalg.norm(result.path - minimum, axis=1) for minimum in minima]
    return np.min(each, axis=0)


METRICS: dict[str, Callable[[RacerResult, Array], Array]] = {
    "loss": lambda result, _: result.losses,
    "gradient_norm": lambda result, _: result.gradient_norms,
    "distance": distances,
    "learning_rate": lambda result, _: result.learning_rates,
    "effective_rate": lambda result, _: effective_rates(result),
    "step_length": lambda result, _: step_lengths(result),
}


def curves_as_text(axis: str, curves: Sequence[Curve]) -> str:
    """Curves as a table with tabs between: two columns for each racer, where it is on the axis and its value.

    Args:
        axis: what the curves are drawn against, in words.
    """
    shown = [curve for curve in curves if len(curve.values)]
    lines = ["\t".join(f"{axis}\t{curve.name}" for curve in shown)]
    for row in range(max((len(curve.values) for curve in shown), default=0)):
        cells = []
        for curve in shown:
            there = row < len(curve.values)
            cells += [f"{curve.xs[row]:.17g}", f"{curve.values[row]:.17g}"] if there else ["", ""]
        lines.append("\t".join(cells))
    return "\n".join(lines)
