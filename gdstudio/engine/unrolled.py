"""What some kernels do on arrays that stay, as single numpy calls.

A kernel of `numeric` looks at its arguments, takes views and makes arrays in every call, which for the few thousand
numbers of a small network is as long as the work. Where the arrays stay, that is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from . import numeric

Array = np.ndarray
# A numpy function, its arguments, and the array that it writes.
Call = tuple[Callable, tuple[Any, ...], Array]

_ZERO = np.zeros(())
_SIGN_BIT = np.array(63, np.int64)
# Up to so many rows, one call a row is quicker than a reduction.
_FEW = 3
# Up to so many rows, a sum in every one of them is quicker than one that is broadcast.
_SHORT = 16


def unrolled(function: Callable, args: Sequence[Array], out: Array) -> list[Call] | None:
    """The calls by which `function(*args, out=out)` can be replaced; None where there is no such list.

    The arrays are of float64 and stay where they are; scratch arrays belong to the calls.
    """
    if isinstance(function, partial):
        maker = None if function.args else _MAKERS.get(function.func)
        return None if maker is None else maker(*args, out=out, **function.keywords)
    maker = _MAKERS.get(function)
    return None if maker is None else maker(*args, out=out)


def _relu(x: Array, out: Array) -> list[Call]:
    return [(np.maximum, (x, _ZERO), out)]


def _gate(a: Array, x: Array, out: Array) -> list[Call] | None:
    if not a.shape == x.shape == out.shape:
        return None
    bits = out.view(np.int64)
    return [
        (np.subtract, (_ZERO, x), out),
        (np.right_shift, (bits, _SIGN_BIT), bits),
        (np.bitwise_and, (bits, a.view(np.int64)), bits),
    ]


def _inner(a: Array, b: Array, out: Array) -> list[Call] | None:
    flat = a.reshape(-1), b.reshape(-1)
    staying = all(np.may_share_memory(*pair) for pair in zip(flat, (a, b), strict=True))
    return [(np.dot, flat, out)] if staying else None


def _log_softmax(x: Array, axis: int, out: Array) -> list[Call] | None:
    if axis != 0 or x.ndim != 2 or not out.flags.c_contiguous:
        return None
    rows, columns = x.shape
    largest, exponentials = np.empty(columns), np.empty(x.shape)
    if 1 < rows <= _FEW:
        calls: list[Call] = [
            (np.maximum, (x[0] if row == 1 else largest, x[row]), largest) for row in range(1, rows)
        ]
    else:
        calls = [(np.maximum.reduce, (x, 0, None), largest)]
    # The product leaves the sum in every row, so that what follows need not broadcast.
    ones = np.ones((rows, rows) if rows <= _SHORT else rows)
    sums = np.empty(ones.shape[:-1] + (columns,))
    return [
        *calls,
        (np.subtract, (x, largest), out),
        (np.exp, (out,), exponentials),
        (np.dot, (ones, exponentials), sums),
        (np.log, (sums,), sums),
        (np.subtract, (out, sums), out),
    ]


_MAKERS: dict[Callable, Callable[..., list[Call] | None]] = {
    numeric.relu: _relu,
    numeric.gate: _gate,
    numeric.inner: _inner,
    numeric.log_softmax: _log_softmax,
}
