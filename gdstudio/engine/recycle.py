"""Large result arrays, given out again once nobody else holds them.

A fresh array of megabytes costs the operating system's page faults, which for a simple surface is as much as computing
it. So the last few are remembered; CPython's reference count tells when an array, and every view of it, has been let go.
"""

from __future__ import annotations

import math
import sys
import threading

import numpy as np

# Smaller arrays come from the allocator's own stock.
_SMALLEST = 1 << 18
_MEMORY = 1 << 26
_PADDING = 16
# What sees an idle array: the stock's list, the loop variable, and the argument of getrefcount.
_IDLE = 3

_stock: list[np.ndarray] = []
_lock = threading.Lock()


def empty(shape: tuple[int, ...]) -> np.ndarray:
    """An uninitialised float64 array, perhaps one that was used before."""
    fresh = 8 * math.prod(shape) < _SMALLEST
    if fresh or sys.implementation.name != "cpython":
        return np.empty(shape)
    with _lock:
        for array in _stock:
            if array.shape == shape and sys.getrefcount(array) == _IDLE:
                return array
        array = np.empty(shape)
        _stock.append(array)
        while sum(kept.nbytes for kept in _stock) > _MEMORY:
            del _stock[0]
        return array


def padded(shape: tuple[int, int]) -> np.ndarray:
    """The same for a matrix product; rows a power of two apart would share the few same lines of the cache."""
    n, m = shape
    return empty((n, m + _PADDING))[:, :m] if m % 64 == 0 else empty(shape)
