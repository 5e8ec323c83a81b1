"""Sums of multiples in one pass: y = a·x + b·y with numbers a and b, for which numpy takes a product and then a sum.

The linear algebra library that comes with numpy has such a function, axpby. Passes over arrays are what a crowd's step
costs, and a fifth of them are such products. This changes the last bits; a product with 0 is 0, even that of infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from . import blas
from .layout import INTO, OWN, PAIR

Array = np.ndarray

_ONE = np.ones(())


class _Multiple(NamedTuple):
    """sign · factor · array, with what computes it: the position of an instruction, or None where it is there."""

    array: Array
    factor: Array = _ONE
    sign: float = 1.0
    position: int | None = None


class ScaledSum:
    """y = a·x + b·y on arrays that stay.

    Args:
        x, y: contiguous, of the same shape, apart from each other.
        a, b: a sign and an array of one number, which is read at each call.
    """

    def __init__(self, x: Array, y: Array, a: tuple[float, Array], b: tuple[float, Array]) -> None:
        function = blas.axpby()
        assert function is not None
        self._function = function
        # Addresses hold no array.
        self._arrays = x, y
        self._size, self._x, self._y = x.size, x.ctypes.data, y.ctypes.data
        self._a, self._b = a, b

    def __call__(self) -> None:
        (sign, a), (other, b) = self._a, self._b
        self._function(self._size, sign * a.item(), self._x, 1, other * b.item(), self._y, 1)


def scaled_sums(
    code: Sequence[tuple], arrays: Sequence[Any], kept: Sequence[int]
) -> tuple[Mapping[int, Callable[[], None]], set[int]]:
    """What can be done as one pass.

    Args:
        code: instructions, as of `Layout`.
        arrays: that of each register, None where it does not stay.
        kept: registers that are read after the last instruction.

    Returns:
        The calls that replace instructions, by position, and the positions of the products that they make superfluous.
    """
    if blas.axpby() is None:
        return {}, set()
    found = _Sums(code, arrays, kept)
    return found.calls, found.superfluous


class _Sums:
    def __init__(self, code: Sequence[tuple], arrays: Sequence[Any], kept: Sequence[int]) -> None:
        self._code, self._arrays = code, arrays
        self._reads: dict[int, int] = dict.fromkeys(kept, 2)
        self._made: dict[int, int] = {}
        for position, step in enumerate(code):
            for register in _arguments(step):
                self._reads[register] = self._reads.get(register, 0) + 1
            if step[0] == 2:
                self._made[step[-1]] = position
        self.calls: dict[int, Callable[[], None]] = {}
        self.superfluous: set[int] = set()
        for position, step in enumerate(code):
            if step[0] == 2 and step[1] in (np.add, np.subtract):
                self._add(position, step)

    def _add(self, position: int, step: tuple) -> None:
        """Takes a sum together with the products that it alone reads, where that leaves no other pass."""
        _kind, function, *registers, place = step
        out = self._arrays[place]
        if not _is_plain(out) or any(_shape(self._arrays[register]) != out.shape for register in registers):
            return
        choices = [self._choices(register, position) for register in registers]
        for first, second in product(*choices):
            if first.position is None and second.position is None:
                continue
            if function is np.subtract:
                second = second._replace(sign=-second.sign)
            for x, y in ((first, second), (second, first)):
                if _same(y.array, out) and not np.may_share_memory(x.array, out):
                    self.calls[position] = ScaledSum(x.array, out, (x.sign, x.factor), (y.sign, y.factor))
                    self.superfluous |= {m.position for m in (x, y) if m.position is not None}
                    return

    def _choices(self, register: int, position: int) -> list[_Multiple]:
        """An operand as a multiple of what it was made of, and as it is."""
        bare = _Multiple(self._arrays[register])
        made = self._made.get(register)
        if made is None or self._reads[register] > 1 or self._code[made][1] is not np.multiply:
            return [bare]
        operands = [self._arrays[argument] for argument in self._code[made][2:-1]]
        for factor, array in (operands, operands[::-1]):
            if _shape(factor) in ((), (1,)) and _is_plain(array) and array.shape == bare.array.shape:
                written = (
                    self._arrays[i] for step in self._code[made + 1 : position] for i in _results(step)
                )
                if not any(w is not None and np.may_share_memory(w, array) for w in written):
                    return [_Multiple(array, factor, position=made), bare]
        return [bare]


def _arguments(step: tuple) -> tuple[int, ...]:
    if step[0] in (INTO, OWN):
        return tuple(step[2])
    return step[2:3] if step[0] == PAIR else step[2:-1]


def _results(step: tuple) -> tuple[int, ...]:
    return step[-2:] if step[0] == PAIR else step[-1:]


def _shape(array: Any) -> tuple[int, ...] | None:
    return None if array is None else array.shape


def _is_plain(array: Any) -> bool:
    """Whether an array has several numbers, side by side."""
    return array is not None and array.size > 1 and array.flags.c_contiguous and array.dtype == np.float64


def _same(a: Array, b: Array) -> bool:
    """Whether two arrays of one shape are the same place."""
    return a.flags.c_contiguous and a.ctypes.data == b.ctypes.data
