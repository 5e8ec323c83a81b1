"""Smooth surfaces interpolated from few points, for pictures.

A grid of hundreds of points along each axis is cut into cells, and where the surface is analytic around a cell, a
polynomial through a dozen Chebyshev points along each axis of the cell gives all its points: two small matrix products
in the place of sines, exponentials and roots. How many points are enough is not guessed. The error of a polynomial
through m points along an axis is at most 4·M·rho^(1-m) / (rho - 1), with M the largest value on an ellipse around the
axis in the complex plane, whose half axes add up to rho times half the cell (L. N. Trefethen, Approximation Theory and
Approximation Practice, theorem 8.2); `analytic` bounds M. Cells of which that cannot be said are computed point by point.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from . import blas, recycle
from .analytic import Region, bounds
from .bounded import bounded
from .expression import Term, reachable
from .plan import THREADS, ArrayPlan, grid_inputs, share

# The error of interpolation, as a share of the difference between the highest and the lowest value; rounding adds what
# `_ROUNDING` times the largest value is, which must stay below `_VISIBLE`.
_TOLERANCE = 1e-10
_VISIBLE = 1e-10
_ROUNDING = 1e-14
# Cells along each axis, and the most Chebyshev points along a side of one.
_CUTS = 4
_MOST_NODES = 32
_SMALLEST_SIDE = 128
# Points along each axis by which the spread is estimated.
_SAMPLES = 32
# Colours by rank show any error on a plateau: so many samples within this share of the spread, more than lie on two lines.
_EQUALS, _FLAT = 80, 1e-8
# Larger graphs are not looked at: bounding each of their terms takes longer than it saves.
_MOST_TERMS = 300
# Positions that are less exact than this share of a cell are no even grid.
_COARSEST = 1e-10
_EPSILON = float(np.finfo(np.float64).eps)
# How much larger an interpolant may be than the values that it goes through (Lebesgue's constant, up to 32 points).
_LEBESGUE = 3.3
_RHO = 1.5 ** np.arange(1.0, 9.0)

# Nanoseconds a point on one core, roughly: what an operation takes; a result as matrix product, a part of that for each
# Chebyshev point, and the least that it is. Then how many nanoseconds must be at stake for bounds to be looked for.
_COSTS = {
    "sin": 12.0, "cos": 12.0, "tan": 20.0, "tanh": 15.0, "sigmoid": 12.0, "softplus": 20.0, "erf": 80.0, "erfc": 80.0,
    "exp": 6.0, "expm1": 15.0, "log": 6.0, "log1p": 15.0, "power": 20.0, "arctan": 15.0, "sqrt": 1.8, "divide": 0.6,
    "reciprocal_or_zero": 1.0,
}  # fmt: skip
_LIGHT, _RESULT, _NODE, _LEAST, _PROOF = 0.35, 0.5, 0.06, 1.2, 1.5e6
# What is saved must be worth the estimate's errors.
_WORTH = 0.7


class _Cells(NamedTuple):
    """An axis of n points in cells of `size`; the last reaches back over the one before where n is no multiple."""

    begins: np.ndarray
    size: int

    @classmethod
    def of(cls, n: int) -> _Cells:
        """About `_CUTS` cells, of a size that divides n if there is such."""
        size = min(range(n // (2 * _CUTS), 2 * n // _CUTS), key=lambda s: (-n % s, abs(s - n // _CUTS)))
        return cls(np.minimum(np.arange(0, n, size), n - size), size)

    def ends(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Middle and half the width of each cell."""
        low, high = positions[self.begins], positions[self.begins + self.size - 1]
        return 0.5 * (low + high), 0.5 * (high - low)

    def part(self, begin: int, end: int) -> slice:
        """The points of the cells from `begin` to before `end`."""
        return slice(int(self.begins[begin]), int(self.begins[end - 1]) + self.size)


class _Choice(NamedTuple):
    """A way to interpolate: nanoseconds a point, cells and Chebyshev points along each axis, which cells."""

    cost: float
    cells: list[_Cells]
    counts: list[int]
    good: np.ndarray


def cost_of(plan: ArrayPlan) -> float:
    """Nanoseconds a point on one core, roughly."""
    return sum(_COSTS.get(term.op, _LIGHT) * math.prod(term.shape) for term in plan.late)


def interpolated_plan(
    outputs: Sequence[Term], plan: ArrayPlan, names: Sequence[str], positions: Sequence[np.ndarray]
) -> InterpolatedPlan | None:
    """A plan for scalar outputs of two axes on one grid, or None where it would not be quicker or not be exact enough.

    Args:
        outputs: what `plan` computes, on any tape.
        names: of the input along each axis.
        positions: evenly spaced along each axis, ascending.
    """
    shape = tuple(map(len, positions))
    points = math.prod(shape)
    cost = cost_of(plan)
    gain = (cost - _LEAST * len(outputs)) * points
    if min(shape) < _SMALLEST_SIDE or gain < _PROOF or len(reachable(outputs)) > _MOST_TERMS:
        return None
    spreads = _spreads(plan, names, positions)
    if spreads is None:
        return None
    cells = [_Cells.of(n) for n in shape]
    ends = [own.ends(p) for own, p in zip(cells, positions, strict=True)]
    for p, (_middle, half) in zip(positions, ends, strict=True):
        if float(np.abs(p).max()) * _EPSILON > _COARSEST * float(half.min()):
            return None
    needed = _needed(outputs, names, ends, spreads)
    if needed is None:
        return None
    ways = _choices(needed, cells, len(outputs), cost)
    best = min(ways, key=lambda choice: choice.cost, default=None)
    if best is None or best.cost > _WORTH * cost:
        return None
    return InterpolatedPlan(plan, names, positions, best)


def _choices(needed: np.ndarray, cells: list[_Cells], outputs: int, cost: float) -> Iterator[_Choice]:
    """Ways to interpolate the cells that need few Chebyshev points, where all points cost so much each."""
    worst = needed.max(axis=0)
    for most in np.unique(worst[worst <= _MOST_NODES]):
        good = worst <= most
        counts = [int(own[good].max()) for own in needed]
        nodes = math.prod(counts) / math.prod(own.size for own in cells)
        result = _RESULT + _NODE * (counts[0] + nodes * cells[0].size)
        yield _Choice(outputs * result + cost * (nodes + 1.0 - good.mean()), cells, counts, good)


def _spreads(plan: ArrayPlan, names: Sequence[str], positions: Sequence[np.ndarray]) -> list[float] | None:
    """At most the difference between highest and lowest value of each output; None where small errors would be seen."""
    along = [p[np.linspace(0, len(p) - 1, _SAMPLES).astype(int)] for p in positions]
    result = []
    for sample in plan.run(grid_inputs(names, along), (_SAMPLES, _SAMPLES)):
        finite = sample[np.isfinite(sample)]
        spread = float(np.ptp(finite)) if finite.size else 0.0
        # What is highest elsewhere is so above all samples by the true spread at most.
        if not _ROUNDING * float(np.abs(finite).max(initial=0.0)) < _VISIBLE * spread:
            return None
        levels = np.sort(finite)
        if np.any(levels[_EQUALS:] - levels[:-_EQUALS] < _FLAT * spread):
            return None
        result.append(spread)
    return result


def _needed(
    outputs: Sequence[Term],
    names: Sequence[str],
    ends: Sequence[tuple[np.ndarray, np.ndarray]],
    spreads: Sequence[float],
) -> np.ndarray | None:
    """How many Chebyshev points each cell needs along each axis, (2, cells, cells), infinity where that is not known."""
    # Leading axes: along which of the two axes numbers are complex, and how far.
    widths = 0.5 * (_RHO + 1.0 / _RHO), 0.5 * (_RHO - 1.0 / _RHO)
    inputs = {}
    for axis, (name, (middle, half)) in enumerate(zip(names, ends, strict=True)):
        real, side = np.ones((2, len(_RHO), 1, 1)), np.zeros((2, len(_RHO), 1, 1))
        real[axis, :, 0, 0], side[axis, :, 0, 0] = widths
        middle, half = (part.reshape((-1, 1) if axis == 0 else (1, -1)) for part in (middle, half))
        inputs[name] = Region(middle - half * real, middle + half * real, half * side)
    found = bounds(outputs, inputs)
    if found is None:
        return None
    rho = _RHO[:, None, None]
    most = np.zeros((2, 1, 1))
    with np.errstate(all="ignore"):
        for largest, spread in zip(found, spreads, strict=True):
            # Each axis may take half of the error, and the second is interpolated along the first.
            allowed = _TOLERANCE * spread / (2.0 * _LEBESGUE)
            counts = 1.0 + np.log(4.0 * largest / (allowed * (rho - 1.0))) / np.log(rho)
            counts = np.where(counts < math.inf, np.maximum(counts, 1.0), math.inf).min(axis=1)
            most = np.maximum(most, np.ceil(counts))
    return np.broadcast_to(most, (2, len(ends[0][0]), len(ends[1][0])))


@bounded(lambda size, nodes: size * nodes, 1 << 22)
def _interpolation(size: int, nodes: int) -> tuple[np.ndarray, np.ndarray]:
    """Chebyshev points (nodes,) in [-1, 1], and the matrix (size, nodes) from values there to even points."""
    angles = (np.arange(nodes) + 0.5) * (math.pi / nodes)
    orders = np.arange(nodes)
    to_coefficients = np.cos(orders[:, None] * angles) * (2.0 / nodes)
    to_coefficients[0] *= 0.5
    even = np.cos(np.arccos(np.linspace(-1.0, 1.0, size))[:, None] * orders)
    return np.cos(angles), even @ to_coefficients


class InterpolatedPlan:
    """Outputs on one grid.

    Args:
        plan: gives them at any points.
        names, positions: of the axes, as for `interpolated_plan`.
        choice: how it is done.
    """

    def __init__(
        self,
        plan: ArrayPlan,
        names: Sequence[str],
        positions: Sequence[np.ndarray],
        choice: _Choice,
    ) -> None:
        self._plan, self._names, self._positions = plan, names, positions
        _cost, self._cells, self._counts, good = choice
        self._matrices = []
        along = []
        for own, p, count in zip(self._cells, positions, self._counts, strict=True):
            middle, half = own.ends(p)
            nodes, matrix = _interpolation(own.size, count)
            along.append((middle[:, None] + half[:, None] * nodes).ravel())
            self._matrices.append(matrix)
        self._nodes = grid_inputs(names, along)
        self._shape = len(along[0]), len(along[1])
        self._rest = _rectangles(~good, *self._cells)

    def run(self, out: Sequence[np.ndarray] | None = None) -> list[np.ndarray]:
        """The outputs.

        Args:
            out: arrays to write into, with contiguous rows.
        """
        n, m = map(len, self._positions)
        values = self._plan.run(self._nodes, self._shape)
        # Interpolated along the second axis.
        halfway = recycle.padded((len(values) * self._shape[0], m)).reshape(len(values), -1, m)
        results = [recycle.padded((n, m)) for _ in values] if out is None else list(out)
        middle = -(-len(self._cells[0].begins) // 2)
        parts = [
            (value, half, result, rows)
            for value, half, result in zip(values, halfway, results, strict=True)
            for rows in (range(middle), range(middle, len(self._cells[0].begins)))
        ]
        with blas.one_thread():
            share(self._interpolate, parts, THREADS > 1)
        for rows, columns in self._rest:
            along = [p[part] for p, part in zip(self._positions, (rows, columns), strict=True)]
            shape = len(along[0]), len(along[1])
            self._plan.run(
                grid_inputs(self._names, along), shape, [result[rows, columns] for result in results]
            )
        return results

    def _interpolate(self, part: tuple[np.ndarray, np.ndarray, np.ndarray, range]) -> None:
        """Some rows of cells: (values at the nodes, a place for those along the second axis, the result, which rows)."""
        values, halfway, result, rows = part
        (first, second), (across, along) = self._counts, self._matrices
        height, width = (own.size for own in self._cells)
        inner = slice(rows.start * first, rows.stop * first)
        values, halfway = values[inner], halfway[inner]
        n, m = result.shape
        whole, rest = divmod(m, width)
        np.matmul(
            values[:, : whole * second].reshape(-1, whole, second).swapaxes(0, 1),
            along.T,
            out=halfway[:, : whole * width].reshape(-1, whole, width).swapaxes(0, 1),
        )
        if rest:
            np.matmul(values[:, -second:], along[-rest:].T, out=halfway[:, -rest:])
        halfway = halfway.reshape(-1, first, m)
        whole = min(rows.stop, n // height) - rows.start
        result = result[rows.start * height : rows.stop * height]
        np.matmul(across, halfway[:whole], out=result[: whole * height].reshape(whole, height, m))
        if whole < len(rows):
            np.matmul(across[whole * height - len(result) :], halfway[-1], out=result[whole * height :])


def _rectangles(chosen: np.ndarray, down: _Cells, across: _Cells) -> list[tuple[slice, slice]]:
    """Rows and columns of the grid in which the chosen cells lie."""
    result = []
    open_since: dict[tuple[int, int], int] = {}
    for row, line in enumerate([*chosen, np.zeros(chosen.shape[1], bool)]):
        steps = np.flatnonzero(np.diff(line, prepend=False, append=False))
        runs = set(zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True))
        for begin, end in [run for run in open_since if run not in runs]:
            result.append((down.part(open_since.pop((begin, end)), row), across.part(begin, end)))
        for run in runs:
            open_since.setdefault(run, row)
    return result
