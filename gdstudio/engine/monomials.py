"""Products of powers of terms along one axis, all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .expression import Term, reachable
from .layout import function_of, is_elementwise

# A product of powers: (index of a term, exponent), sorted.
Monomial = tuple[tuple[int, int], ...]


class Rows:
    """The values of some products as rows of a matrix, by numpy calls one after the other.

    Args:
        keys: the products.
        terms: those whose powers are multiplied, by index: single numbers that depend on one axis.
    """

    def __init__(self, keys: Sequence[Monomial], terms: Mapping[int, Term]) -> None:
        self._count = self._size = len(keys)
        self._ones = [row for row, key in enumerate(keys) if not key]
        # Where a power is, and where one belongs that is itself wanted.
        self._known: dict[tuple[int, int], int] = {}
        self._home = {key[0]: row for row, key in enumerate(keys) if len(key) == 1}
        # What registers hold that are no rows; these are counted from the last one back.
        self._given: list[str | np.ndarray] = []
        # (function, registers that it reads, register that it writes, whether it is a ufunc)
        self._steps: list[tuple[Callable, tuple[int, ...], int, bool]] = []
        atoms = {index for key in keys for index, _exponent in key}
        for term in reachable(terms[index] for index in sorted(atoms)):
            self._add(term, term.index in atoms)
        for row, key in enumerate(keys):
            powers = [self._power(index, exponent) for index, exponent in key]
            for number, power in enumerate(powers[1:]):
                self._step(np.multiply, (row if number else powers[0], power), row)

    def __call__(self, inputs: Mapping[str, np.ndarray], n: int) -> np.ndarray:
        """The products, (products, n), of inputs (n,) by name; numpy's error state is the caller's business."""
        matrix = np.empty((self._size, n))
        registers: list[Any] = [*matrix]
        registers += [inputs[given] if isinstance(given, str) else given for given in reversed(self._given)]
        for row in self._ones:
            registers[row].fill(1.0)
        # An array to write into is quicker as an argument by position.
        for function, args, out, into in self._steps:
            if not into:
                registers[out][...] = function(*[registers[arg] for arg in args])
            elif len(args) == 2:
                function(registers[args[0]], registers[args[1]], registers[out])
            else:
                function(registers[args[0]], registers[out])
        return matrix[: self._count]

    def _add(self, term: Term, wanted: bool) -> None:
        if term.args:
            args = tuple(self._known[arg.index, 1] for arg in term.args)
            self._known[term.index, 1] = self._row((term.index, 1))
            self._step(function_of(term, 0), args, self._known[term.index, 1], is_elementwise(term))
            return
        self._given.append(term.attributes["name"] if term.value is None else term.value)
        self._known[term.index, 1] = -len(self._given)
        if wanted:
            row = self._row((term.index, 1))
            self._step(np.positive, (self._known[term.index, 1],), row)
            self._known[term.index, 1] = row

    def _power(self, index: int, exponent: int) -> int:
        """The register of a power of a term, from smaller ones."""
        if (index, exponent) not in self._known:
            half = self._power(index, exponent // 2)
            row = self._known[index, exponent] = self._row((index, exponent))
            self._step(np.square, (half,), row)
            if exponent % 2:
                self._step(np.multiply, (row, self._known[index, 1]), row)
        return self._known[index, exponent]

    def _row(self, power: tuple[int, int]) -> int:
        if power in self._home:
            return self._home[power]
        self._size += 1
        return self._size - 1

    def _step(self, function: Callable, args: tuple[int, ...], out: int, into: bool = True) -> None:
        self._steps.append((function, args, out, into))
