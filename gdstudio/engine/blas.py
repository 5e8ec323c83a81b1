"""How many threads numpy's matrix products take, and what its library can do that numpy does not offer.

OpenBLAS cuts larger products among threads of its own, which wait for each other by spinning. Where the engine's threads
already work on different blocks, or other programs use the machine, that is more threads than cores, and several times
slower: slices of a network took 0.2 s with one thread and up to 9 s with two on a busy machine of two cores.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np


@lru_cache(maxsize=1)
def _openblas() -> ctypes.CDLL | None:
    """The OpenBLAS that comes with numpy; None where numpy was built with another library."""
    home = Path(np.__file__).parent
    for folder in (home.parent / "numpy.libs", home / ".dylibs"):
        for path in sorted(folder.glob("libscipy_openblas*")):
            try:
                library = ctypes.CDLL(str(path))
            except OSError:
                continue
            if hasattr(library, "scipy_openblas_set_num_threads64_"):
                return library
    return None


@lru_cache(maxsize=1)
def axpby() -> Callable[[int, float, int, int, float, int, int], None] | None:
    """y = a·x + b·y as a function of n, a, the address of x, its stride, b, the address of y, its stride.

    For float64; strides in numbers. None where numpy's library does not have it.
    """
    function = getattr(_openblas(), "scipy_cblas_daxpby64_", None)
    if function is None:
        return None
    size, number, address = ctypes.c_int64, ctypes.c_double, ctypes.c_void_p
    function.argtypes = [size, number, address, size, number, address, size]
    function.restype = None
    return function


def threads() -> int | None:
    """How many threads a product takes at most, None where that is not known."""
    library = _openblas()
    return None if library is None else int(library.scipy_openblas_get_num_threads64_())


def set_threads(count: int) -> None:
    """Lets a product take so many threads, where that can be set."""
    library = _openblas()
    if library is not None:
        library.scipy_openblas_set_num_threads64_(ctypes.c_int(count))


_lock = threading.Lock()
_users = 0
_before: int | None = None


@contextmanager
def one_thread() -> Iterator[None]:
    """Every product of this process on one thread, until the last thread that asked for it is done."""
    global _users, _before
    with _lock:
        if _users == 0:
            _before = threads()
            if _before is not None and _before > 1:
                set_threads(1)
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0 and _before is not None and _before > 1:
                set_threads(_before)
