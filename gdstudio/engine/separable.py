"""Sums of products over a grid as matrix products, for pictures.

A polynomial of two coordinates is a sum of products u(x)·v(y), and so is each of its derivatives: with all u in one
matrix and all v in another, a whole surface is one matrix product of low rank. Expanding the sum cancels what the formula
kept apart, so the error is that of the largest product, not of the result; where that could be seen, `run` declines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from . import blas, recycle
from .expression import Term, reachable
from .monomials import Monomial, Rows
from .plan import THREADS, share

# Beyond these sizes the plain plan is as quick.
_MOST_PRODUCTS = 64
_HIGHEST_RANK = 12
_SMALLEST_GRID = 1 << 14
# A picture has 256 colours; an error of 1e-9 of what is seen is invisible on any scale, even far down a log scale.
_TOLERANCE = 1e-9
_ROUNDING = 4 * float(np.finfo(np.float64).eps)
_SAMPLES = 32
_THREADED_WORK = 1 << 20

# u(x)·v(y) -> coefficient.
_Sum = dict[tuple[Monomial, Monomial], float]


def separable_plan(outputs: Sequence[Term], masks: Mapping[str, int]) -> SeparablePlan | None:
    """A plan for scalar outputs of two axes, or None where they are no such sums, or so simple that it gains nothing.

    Args:
        masks: for each input the axis on which it depends, as a bit mask: 1 or 2.
    """
    try:
        sums = _sums(outputs, masks)
        mixed = sum(bool(u) and bool(v) for found in sums for u, v in found)
        return SeparablePlan(outputs, sums) if mixed > len(outputs) // 2 else None
    except _NotSeparable:
        return None


class SeparablePlan:
    """Outputs of two axes, each as (products along the first axis) @ matrix @ (products along the second)."""

    def __init__(self, outputs: Sequence[Term], sums: Sequence[_Sum]) -> None:
        keys = [sorted({key[side] for found in sums for key in found}) for side in (0, 1)]
        places = [{key: place for place, key in enumerate(side)} for side in keys]
        matrices = np.zeros((len(sums), len(keys[0]), len(keys[1])))
        for matrix, found in zip(matrices, sums, strict=True):
            for (u, v), coefficient in found.items():
                matrix[places[0][u], places[1][v]] = coefficient
        used = [(np.flatnonzero(m.any(axis=1)), np.flatnonzero(m.any(axis=0))) for m in matrices]
        self._ranks = [min(len(first), len(second)) for first, second in used]
        highest = max(self._ranks)
        if highest > _HIGHEST_RANK:
            raise _NotSeparable
        # From the rows of an axis to those that an output multiplies: on one axis chosen, on the other summed.
        chosen = np.zeros((len(sums), highest, len(keys[0]))), np.zeros((len(sums), highest, len(keys[1])))
        for number, (first, second) in enumerate(used):
            ranks, matrix = np.arange(self._ranks[number]), matrices[number]
            if len(first) > len(second):
                chosen[0][number, ranks] = matrix[:, second].T
                chosen[1][number, ranks, second] = 1.0
            else:
                chosen[0][number, ranks, first] = 1.0
                chosen[1][number, ranks] = matrix[first]
        self._first, self._second = (side.reshape(-1, side.shape[2]) for side in chosen)
        self._sizes = np.abs(matrices)
        terms = {term.index: term for term in reachable(outputs)}
        self._rows = [Rows(own, terms) for own in keys]

    def run(self, inputs: Mapping[str, np.ndarray], shape: tuple[int, int]) -> list[np.ndarray] | None:
        """The outputs on the grid, or None where the plain plan does better: on small grids, and where cancelling hurts.

        Args:
            inputs: by name, of shape (n, 1) or (1, m).
        """
        if shape[0] * shape[1] < _SMALLEST_GRID:
            return None
        flat = {name: values.ravel() for name, values in inputs.items()}
        with np.errstate(all="ignore"):
            u, v = (rows(flat, n) for rows, n in zip(self._rows, shape, strict=True))
            left = (self._first @ u).reshape(len(self._ranks), -1, shape[0])
            right = (self._second @ v).reshape(len(self._ranks), -1, shape[1])
            error = _ROUNDING * ((_largest(u) @ self._sizes) @ _largest(v))
            steps = [-(-n // _SAMPLES) for n in shape]
            sample = left[:, :, :: steps[0]].swapaxes(1, 2) @ right[:, :, :: steps[1]]
            spread = sample.max(axis=(1, 2)) - sample.min(axis=(1, 2))
        # Not "greater": with an infinity or a NaN the question has no answer.
        if not (error <= _TOLERANCE * spread).all():
            return None
        results = [recycle.padded(shape) for _ in self._ranks]
        threaded = THREADS > 1 and sum(self._ranks) * shape[0] * shape[1] > _THREADED_WORK
        middle = shape[0] // 2
        halves = (slice(0, middle), slice(middle, None)) if threaded else (slice(None),)
        parts = [
            (left[number, :rank, rows].T, right[number, :rank], results[number][rows])
            for number, rank in enumerate(self._ranks)
            for rows in halves
        ]
        with blas.one_thread():
            share(_multiply, parts, threaded)
        return results


def _largest(rows: np.ndarray) -> np.ndarray:
    """The largest absolute value in each row."""
    return np.maximum.reduce(np.abs(rows), axis=1)


def _multiply(part: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    """out = left @ right for (left, right, out)."""
    left, right, out = part
    (np.matmul if right.shape[0] > 1 else np.multiply)(left, right, out=out)


class _NotSeparable(Exception):
    """The outputs are no short sums of products over the axes."""


def _sums(outputs: Sequence[Term], masks: Mapping[str, int]) -> list[_Sum]:
    """Each output as a sum of products."""
    found: dict[int, _Sum] = {}
    axes: dict[int, int] = {}
    for term in reachable(outputs):
        own = masks[term.attributes["name"]] if term.op == "input" else 0
        mask = axes[term.index] = reduce(lambda a, b: a | b, (axes[arg.index] for arg in term.args), own)
        if term.shape != ():
            raise _NotSeparable
        if mask == 3:
            found[term.index] = _expanded(term, found)
        elif term.value is not None:
            found[term.index] = {((), ()): float(term.value)}
        else:
            atom = ((term.index, 1),)
            found[term.index] = {((), atom) if mask == 2 else (atom, ()): 1.0}
    return [found[term.index] for term in outputs]


def _expanded(term: Term, found: Mapping[int, _Sum]) -> _Sum:
    """A term of both axes from the sums of its arguments."""
    parts = [found[arg.index] for arg in term.args]
    if term.op == "add":
        return _plus(parts[0], parts[1], 1.0)
    if term.op == "subtract":
        return _plus(parts[0], parts[1], -1.0)
    if term.op == "negative":
        return _plus({}, parts[0], -1.0)
    if term.op == "multiply":
        return _times(parts[0], parts[1])
    if term.op == "square":
        return _times(parts[0], parts[0])
    if term.op == "divide" and term.args[1].value is not None and float(term.args[1].value):
        return _plus({}, parts[0], 1.0 / float(term.args[1].value))
    raise _NotSeparable


def _plus(a: _Sum, b: _Sum, sign: float) -> _Sum:
    result = dict(a)
    for key, coefficient in b.items():
        result[key] = result.get(key, 0.0) + sign * coefficient
    if len(result) > _MOST_PRODUCTS:
        raise _NotSeparable
    return result


def _times(a: _Sum, b: _Sum) -> _Sum:
    if len(a) * len(b) > _MOST_PRODUCTS:
        raise _NotSeparable
    result: _Sum = {}
    for (u, v), first in a.items():
        for (p, q), second in b.items():
            key = _merged(u, p), _merged(v, q)
            result[key] = result.get(key, 0.0) + first * second
    return result


def _merged(a: Monomial, b: Monomial) -> Monomial:
    powers = dict(a)
    for index, exponent in b:
        powers[index] = powers.get(index, 0) + exponent
    return tuple(sorted(powers.items()))
