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
from .expression import Evaluation, Term, reachable
from .plan import THREADS, share

# Beyond these sizes the plain plan is as quick.
_MOST_PRODUCTS = 64
_HIGHEST_RANK = 12
_SMALLEST_GRID = 1 << 14
# A picture has 256 colours; an error of 1e-9 of what is seen is invisible on any scale, even far down a log scale.
_TOLERANCE = 1e-9
_ROUNDING = 4 * float(np.finfo(np.float64).eps)
_SAMPLES = 32
_PADDING = 16
_THREADED_WORK = 1 << 20

# A product of powers of what lives on one axis: (term, exponent), sorted.
_Monomial = tuple[tuple[int, int], ...]
# u(x)·v(y) -> coefficient.
_Sum = dict[tuple[_Monomial, _Monomial], float]


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
    """Outputs of two axes, each as (powers along the first axis) @ matrix @ (powers along the second)."""

    def __init__(self, outputs: Sequence[Term], sums: Sequence[_Sum]) -> None:
        terms = {term.index: term for term in reachable(outputs)}
        keys = [sorted({key[side] for found in sums for key in found}) for side in (0, 1)]
        places = [{key: place for place, key in enumerate(side)} for side in keys]
        # For each output the rows of u, the rows of v, and the coefficients between them.
        self._products: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        for found in sums:
            matrix = np.zeros((len(keys[0]), len(keys[1])))
            for (u, v), coefficient in found.items():
                matrix[places[0][u], places[1][v]] = coefficient
            first, second = np.flatnonzero(matrix.any(axis=1)), np.flatnonzero(matrix.any(axis=0))
            if min(len(first), len(second)) > _HIGHEST_RANK:
                raise _NotSeparable
            self._products.append((first, second, matrix[np.ix_(first, second)]))
        self._keys = keys
        self._atoms = [sorted({index for key in side for index, _exponent in key}) for side in keys]
        self._bases = [Evaluation([terms[index] for index in atoms]) for atoms in self._atoms]

    def run(self, inputs: Mapping[str, np.ndarray], shape: tuple[int, int]) -> list[np.ndarray] | None:
        """The outputs on the grid, or None where the plain plan does better: on small grids, and where cancelling hurts.

        Args:
            inputs: by name, of shape (n, 1) or (1, m).
        """
        if shape[0] * shape[1] < _SMALLEST_GRID:
            return None
        flat = {name: values.ravel() for name, values in inputs.items()}
        u_rows, v_rows = (
            _rows(keys, dict(zip(atoms, bases(flat), strict=True)), n)
            for keys, atoms, bases, n in zip(self._keys, self._atoms, self._bases, shape, strict=True)
        )
        largest = np.abs(u_rows).max(axis=1), np.abs(v_rows).max(axis=1)
        factors = []
        for first, second, matrix in self._products:
            u, v = u_rows[first].T, v_rows[second]
            left, right = (u @ matrix, v) if len(first) > len(second) else (u, matrix @ v)
            error = _ROUNDING * (largest[0][first] @ np.abs(matrix) @ largest[1][second])
            sample = left[:: -(-shape[0] // _SAMPLES)] @ right[:, :: -(-shape[1] // _SAMPLES)]
            # Not "greater": with an infinity or a NaN the question has no answer.
            if not error <= _TOLERANCE * (sample.max() - sample.min()):
                return None
            factors.append((left, right))
        results = [_empty(shape) for _ in factors]
        threaded = THREADS > 1 and sum(left.size for left, _right in factors) * shape[1] > _THREADED_WORK
        middle = shape[0] // 2
        halves = (slice(0, middle), slice(middle, None)) if threaded else (slice(None),)
        parts = [
            (left[rows], right, result[rows])
            for (left, right), result in zip(factors, results, strict=True)
            for rows in halves
        ]
        with blas.one_thread():
            share(_multiply, parts, threaded)
        return results


def _multiply(part: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    """out = left @ right for (left, right, out)."""
    left, right, out = part
    (np.matmul if right.shape[0] > 1 else np.multiply)(left, right, out=out)


def _rows(keys: Sequence[_Monomial], bases: Mapping[int, np.ndarray], n: int) -> np.ndarray:
    """The values of monomials as rows of n, from those of their factors: numbers and vectors (n,)."""
    powers: dict[tuple[int, int], np.ndarray] = {(index, 1): base for index, base in bases.items()}

    def power(index: int, exponent: int) -> np.ndarray:
        known = powers.get((index, exponent))
        if known is None:
            half = power(index, exponent // 2)
            known = half * half if exponent % 2 == 0 else half * half * bases[index]
            powers[index, exponent] = known
        return known

    rows = np.ones((len(keys), n))
    with np.errstate(all="ignore"):
        for row, key in zip(rows, keys, strict=True):
            for index, exponent in key:
                row *= power(index, exponent)
    return rows


def _empty(shape: tuple[int, int]) -> np.ndarray:
    """An array for a product; rows a power of two apart would share the few same lines of the cache."""
    n, m = shape
    return recycle.empty((n, m + _PADDING))[:, :m] if m % 64 == 0 else recycle.empty(shape)


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


def _merged(a: _Monomial, b: _Monomial) -> _Monomial:
    powers = dict(a)
    for index, exponent in b:
        powers[index] = powers.get(index, 0) + exponent
    return tuple(sorted(powers.items()))
