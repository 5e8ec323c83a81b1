"""Large result arrays, given out again once nobody else holds them.

A fresh array of megabytes costs the operating system's page faults, which for a simple surface is as much as computing
it. So the last few are remembered; CPython's reference count tells when an array, and every view of it, has been let go.
"""

from __future__ import annotations

import math
import sys
import threading

import numpy as np

# Bytes; smaller arrays come from the allocator's own stock.
_SMALLEST = 1 << 18
_MEMORY = 1 << 26
_PADDING = 16
# Numbers in 2 MB.
_HUGE_PAGE = 1 << 18
_SLAB = 4 * _HUGE_PAGE

_stock: list[np.ndarray] = []
_lock = threading.Lock()


def _count(stock: list[np.ndarray], index: int) -> int:
    """How many references there are to an array of a stock, this one included."""
    return sys.getrefcount(stock[index])


# That of an array which the stock alone holds. How many the interpreter adds differs from one Python to another.
_IDLE = _count([np.empty(0)], 0)


def empty(shape: tuple[int, ...]) -> np.ndarray:
    """An uninitialised float64 array, perhaps one that was used before."""
    fresh = 8 * math.prod(shape) < _SMALLEST
    if fresh or sys.implementation.name != "cpython":
        return np.empty(shape)
    with _lock:
        for index in range(len(_stock)):
            if _stock[index].shape == shape and _count(_stock, index) == _IDLE:
                return _stock[index]
        array = np.empty(shape)
        _stock.append(array)
        while sum(kept.nbytes for kept in _stock) > _MEMORY:
            del _stock[0]
        return array


def forget_idle() -> None:
    """Let go of the arrays that nobody holds; for times when nothing is computed."""
    with _lock:
        _stock[:] = [_stock[index] for index in range(len(_stock)) if _count(_stock, index) != _IDLE]


def padded(shape: tuple[int, int]) -> np.ndarray:
    """The same for a matrix product; rows a power of two apart would share the few same lines of the cache."""
    n, m = shape
    return empty((n, m + _PADDING))[:, :m] if m % 64 == 0 else empty(shape)


class Slab:
    """Gives out arrays that lie together, for work that goes through all of them again and again.

    numpy asks for huge pages from 4 MB on only; with them a tenth of the time of such work is saved.
    """

    def __init__(self) -> None:
        self._rest = np.empty(0)

    def empty(self, shape: tuple[int, ...]) -> np.ndarray:
        """An uninitialised float64 array; the next one begins in other lines of the cache."""
        count = math.prod(shape)
        if 8 * count < _SMALLEST:
            return np.empty(shape)
        if count > self._rest.size:
            whole = empty((max(count, _SLAB) + _HUGE_PAGE,))
            begin = -(whole.ctypes.data // 8) % _HUGE_PAGE
            self._rest = whole[begin:]
        result = self._rest[:count].reshape(shape)
        self._rest = self._rest[-(-count // 8) * 8 + 3 * _PADDING :]
        return result
