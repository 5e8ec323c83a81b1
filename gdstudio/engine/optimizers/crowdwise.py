"""Arithmetic that is written once for one racer and for a crowd of them.

A point is (n,) for one racer and (n, racers) for a crowd; a number that each racer has is a float or (racers,). So the
racers are the last axis of everything, or there is none, and most formulas need no help. Here is the help for the others:
choices, divisions (Python's raise where floating point has an answer), products over coordinates, and parting with some
of the racers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray


def number(value: Any) -> Any:
    """The number of one racer as a float, which is quicker than numpy's; those of a crowd as they are."""
    return value if isinstance(value, np.ndarray) else float(value)


def every(like: Any, value: Any) -> Any:
    """The same number, or truth value, for as many racers as `like` has numbers for."""
    return np.full(like.shape, value) if isinstance(like, np.ndarray) else value


def where(condition: Any, a: Any, b: Any) -> Any:
    """`a` for the racers for whom the condition holds, `b` for the others; both may be tuples of what racers have."""
    if not isinstance(condition, np.ndarray):
        return a if condition else b
    if isinstance(a, tuple):
        return mapped(lambda p, q: np.where(condition, p, q), a, b)
    return np.where(condition, a, b)


def anyone(condition: Any) -> bool:
    """Whether a condition holds for some racer."""
    return bool(condition.any()) if isinstance(condition, np.ndarray) else condition


def no(condition: Any) -> Any:
    """Whether a condition does not hold."""
    return ~condition if isinstance(condition, np.ndarray) else not condition


def clamped(value: Any, low: Any, high: Any) -> Any:
    """The number of [low, high] that is nearest to the value."""
    value = where(value > low, value, low)
    return where(value < high, value, high)


def quotient(a: Any, b: Any) -> Any:
    """a / b; not finite where b is 0."""
    if isinstance(b, np.ndarray):
        return a / b
    return a / b if b else math.nan


def root(a: Any) -> Any:
    """The square root; not a number for negative numbers."""
    if isinstance(a, np.ndarray):
        return np.sqrt(a)
    return math.sqrt(a) if a >= 0 else math.nan


def largest(a: Array) -> Any:
    """The size of the largest coordinate of each racer's vector, (n,) or (n, racers)."""
    return np.abs(a).max(axis=0)


def dot(a: Array, b: Array) -> Any:
    """The scalar product of each racer's vectors, (n,) or (n, racers)."""
    return float(a @ b) if a.ndim == 1 else np.einsum("ij,ij->j", a, b)


def times(matrix: Array, vector: Array) -> Array:
    """The product of each racer's matrix, (n, n, …), with its vector, (n, …)."""
    return matrix @ vector if vector.ndim == 1 else np.einsum("ijb,jb->ib", matrix, vector)


def outer(a: Array, b: Array) -> Array:
    """The matrices a·bᵀ, (n, n, …), of each racer's vectors, (n, …)."""
    return a[:, None] * b[None]


def identity(like: Array) -> Array:
    """An identity matrix, (n, n, …), for each of the vectors (n, …)."""
    eye = np.eye(len(like))
    return eye if like.ndim == 1 else np.broadcast_to(eye[..., None], (len(like), *like.shape))


def transposed(matrix: Array) -> Array:
    """Each racer's matrix, (n, n, …), transposed."""
    return matrix.swapaxes(0, 1)


def mapped(function: Callable, record: Any, *others: Any) -> Any:
    """A function of the arrays and numbers that tuples or dictionaries of the same form hold, in that form."""
    if isinstance(record, dict):
        return {name: mapped(function, part, *(o[name] for o in others)) for name, part in record.items()}
    if isinstance(record, tuple):
        parts = [
            mapped(function, *own) if isinstance(own[0], tuple | dict) else function(*own)
            for own in zip(record, *others, strict=True)
        ]
        return type(record)(*parts) if hasattr(record, "_fields") else tuple(parts)
    return function(record, *others)


def taken(record: Any, which: Array) -> Any:
    """The same record for some of a crowd's racers, by their numbers."""
    return mapped(lambda p: p.take(which, axis=-1) if isinstance(p, np.ndarray) else p, record)


def put(record: Any, which: Array, other: Any) -> None:
    """Overwrite a record, for the racers with these numbers, by what the other record holds for them in turn."""

    def write(own: Array, new: Array) -> None:
        own[..., which] = new

    mapped(write, record, other)
