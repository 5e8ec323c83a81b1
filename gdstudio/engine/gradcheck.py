"""Gradients checked by central differences, leaf by leaf.

The analytic gradient is the program's own, the one that races use; the numerical one needs values only. The
two share nothing but the forward pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .given import NAMES, NUMBER, NUMBERS, Kind, optional, takes
from .graph import A_GRAPH, Graph
from .program import Program

STEPS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
TOLERANCE = 1e-6


def _are_steps(value: Any) -> bool:
    return NUMBERS.holds(value) and np.ndim(value) == 1 and len(value) > 0 and all(step > 0 for step in value)


_BLOCK = 1 << 20
_ROUNDINGS = 8.0
_SHRINKS = 1e-4


@dataclass(frozen=True, eq=False)
class LeafCheck:
    """One leaf's gradients.

    Attributes:
        name: id of the leaf.
        analytic, numerical: gradients in the leaf's shape; the numerical one taken with `step`.
        error: the largest difference between the two, relative to the largest component of either; what the rounding
            of the leaf's own numbers makes of them counts as none.
        step: the h, of those tried, whose difference quotient came closest; the difference is taken over
            h·max(1, |x|) on each side.
        kink: whether the slopes to the left and to the right differ: there is no gradient here.
        tolerance: what `error` is judged by.
    """

    name: str
    analytic: np.ndarray
    numerical: np.ndarray
    error: float
    step: float
    kink: bool
    tolerance: float = TOLERANCE

    @property
    def verdict(self) -> str:
        """ "agrees", "kink" or "differs"."""
        return "agrees" if self.error <= self.tolerance else "kink" if self.kink else "differs"

    @property
    def worst(self) -> tuple[int, ...]:
        """Where in the leaf the two differ most; () for a scalar."""
        difference = np.abs(self.analytic - self.numerical)
        return tuple(
            int(i)
            for i in np.unravel_index(np.argmax(np.nan_to_num(difference, nan=np.inf)), difference.shape)
        )


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The outcome for all leaves; `str` of it is a table, one line for each leaf at its worst element."""

    rows: tuple[LeafCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether no leaf differs; a kink is no mistake."""
        return all(row.verdict != "differs" for row in self.rows)

    def __iter__(self) -> Iterator[LeafCheck]:
        return iter(self.rows)

    def __getitem__(self, name: str) -> LeafCheck:
        return {row.name: row for row in self.rows}[name]

    def __str__(self) -> str:
        table = [("leaf", "analytic", "numerical", "error", "h", "")]
        for row in self.rows:
            place = f"{row.name}[{','.join(map(str, row.worst))}]" if row.worst else row.name
            pair = (f"{row.analytic[row.worst]:.10g}", f"{row.numerical[row.worst]:.10g}")
            table.append((place, *pair, f"{row.error:.1e}", f"{row.step:.0e}", row.verdict))
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines = []
        for cells in table:
            first, *numbers, last = (
                cell.ljust(width) if i in (0, 5) else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
            )
            lines.append("  ".join((first, *numbers, last)).rstrip())
        return "\n".join(lines)


@takes(
    graph=A_GRAPH,
    leaves=optional(NAMES),
    steps=Kind("a list of numbers above 0", _are_steps),
    tolerance=NUMBER,
)
def check_gradients(
    graph: Graph,
    output: str | None = None,
    leaves: Sequence[str] | None = None,
    steps: Sequence[float] = STEPS,
    tolerance: float = TOLERANCE,
) -> GradientCheck:
    """Compares the gradient of the output with central differences, at the stored values.

    Args:
        graph: with a scalar output.
        output: another node than the graph's own output.
        leaves: ids to check; all parameters by default, constants and data may be named too.
        steps: the h to try.
        tolerance: the relative error up to which a leaf agrees.

    Raises:
        GraphError: when the graph cannot be evaluated; EngineError: for steps that are none.

    Example:
        >>> print(check_gradients(parse("loss = (w*x - 1)**2", {"w": 3.0}, {"x": 2.0})))
        leaf  analytic  numerical    error      h
        w           20         20  5.3e-13  1e-02  agrees
    """
    chosen = list(graph.parameters if leaves is None else leaves)
    program = graph.compile(output=output, wrt=chosen)
    start = np.asarray(program.start, dtype=np.float64)
    with np.errstate(all="ignore"):
        value, analytic = program.value_and_gradient(start)
        slopes = np.stack([_slopes(program, start, float(value), step) for step in steps])
    central, left, right = slopes[:, 0], slopes[:, 1], slopes[:, 2]
    rows = []
    offset = 0
    for name in chosen:
        shape = program.shapes[name]
        part = slice(offset, offset + int(np.prod(shape)))
        offset = part.stop
        errors = [
            _relative_error(analytic[part], each[0, part], _blur(each[1, part], each[2, part], step))
            for each, step in zip(slopes, steps, strict=True)
        ]
        best = int(np.argmin(errors))
        rows.append(
            LeafCheck(
                name=name,
                analytic=np.reshape(analytic[part], shape),
                numerical=np.reshape(central[best, part], shape),
                error=errors[best],
                step=float(steps[best]),
                kink=_is_kink(left[:, part], right[:, part]),
                tolerance=tolerance,
            )
        )
    return GradientCheck(tuple(rows))


def _slopes(program: Program, start: np.ndarray, value: float, step: float) -> np.ndarray:
    """Central, left and right difference quotients for every coordinate, shape (3, n)."""
    n = start.size
    h = step * np.maximum(1.0, np.abs(start))
    result = np.empty((3, n))
    rows = max(1, _BLOCK // max(1, n))
    for begin in range(0, n, rows):
        part = np.arange(begin, min(begin + rows, n))
        points = np.repeat(start[None, None], 2, axis=0).repeat(part.size, axis=1)
        points[0, np.arange(part.size), part] += h[part]
        points[1, np.arange(part.size), part] -= h[part]
        # x + h rounds; the distance that was really travelled is what counts.
        ahead = points[0, np.arange(part.size), part] - start[part]
        behind = start[part] - points[1, np.arange(part.size), part]
        up, down = program.value(points)
        result[0, part] = (up - down) / (ahead + behind)
        result[1, part] = (value - down) / behind
        result[2, part] = (up - value) / ahead
    return result


def _blur(left: np.ndarray, right: np.ndarray, step: float) -> np.ndarray:
    """How much the slope changes over the rounding of the coordinate itself: finer than that nothing can be told."""
    return _ROUNDINGS * np.finfo(float).eps * np.abs(right - left) / step


def _relative_error(analytic: np.ndarray, numerical: np.ndarray, blur: np.ndarray) -> float:
    size = max(np.abs(analytic).max(initial=0.0), np.abs(numerical).max(initial=0.0))
    apart = np.abs(analytic - numerical)
    difference = np.where(apart <= blur, 0.0, apart).max(initial=0.0)
    if not np.isfinite(difference):
        return 0.0 if np.array_equal(analytic, numerical, equal_nan=True) else float("inf")
    return float(difference / size) if size > 0 else 0.0


def _is_kink(left: np.ndarray, right: np.ndarray) -> bool:
    """Whether the one-sided slopes, shape (steps, n), stay apart however small the step.

    At the bottom of a smooth bowl they have opposite signs at every step, but come together as it shrinks.
    """
    gap = np.abs(left - right)
    if not gap.size:
        return False
    apart = (gap / (1e-12 + np.abs(left) + np.abs(right))).min(axis=0) > 1e-2
    stays = gap.min(axis=0) > _SHRINKS * gap.max(axis=0)
    return bool((apart & stays).any())
