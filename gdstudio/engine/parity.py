"""Which surfaces keep their values, or change only their sign, when axes are reversed: half of a grid then gives all.

A surface may be even or odd along an axis, such as x²·y, or when both are reversed together, such as sin(x·y) + (x - y)².
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from .expression import Term, reachable

# What an operation makes of an odd argument.
_ODD = {
    "sin",
    "tan",
    "tanh",
    "arctan",
    "erf",
    "sign",
    "negative",
    "reciprocal_or_zero",
    "opaque",
    "stop_gradient",
}
_EVEN = {"cos", "square", "abs"}
# These jump, perhaps at a point of the grid, which the rounding of positions may put on either side.
_JUMPING = {"floor", "sign", "greater", "less", "equal", "where", "gate"}


def parities(outputs: Sequence[Term], reversed_inputs: Collection[str]) -> list[int]:
    """For each output 1 where it stays when all these inputs change their sign, -1 where it changes its own, else 0."""
    found: dict[int, int] = {}
    constant: set[int] = set()
    for term in reachable(outputs):
        if term.op == "input" and term.attributes["name"] in reversed_inputs:
            found[term.index] = -1
        elif all(arg.index in constant for arg in term.args):
            constant.add(term.index)
            found[term.index] = 1
        else:
            found[term.index] = _parity(term.op, [found[arg.index] for arg in term.args])
    return [found[term.index] for term in outputs]


def _parity(op: str, args: Sequence[int]) -> int:
    if 0 in args:
        return 0
    if op in ("multiply", "divide"):
        return args[0] * args[1]
    if op in ("add", "subtract"):
        return args[0] if args[0] == args[1] else 0
    if -1 not in args:
        return 0 if op in _JUMPING else 1
    if op in _ODD:
        return -1
    return 1 if op in _EVEN else 0


class Symmetry(NamedTuple):
    """Of all outputs on a grid over (-a, a) and (-b, b): for each its parity, nothing where one has none.

    Attributes:
        rows: when the first axis is reversed.
        columns: when the second one is.
        turn: when both are.
    """

    rows: list[int]
    columns: list[int]
    turn: list[int]

    def known(self, shape: tuple[int, int]) -> tuple[int, int]:
        """How many rows and columns must be computed."""
        n, m = shape
        if not self.rows and not self.columns:
            return (-(-n // 2) if self.turn else n), m
        return (-(-n // 2) if self.rows else n), (-(-m // 2) if self.columns else m)

    def unfold(self, results: Sequence[np.ndarray]) -> None:
        """Fills grids of which the `known` rows and columns are there; numpy's settings should be those of `quieten`."""
        n, m = results[0].shape
        rows, columns = self.known((n, m))
        for number, result in enumerate(results):
            if columns < m:
                _fill(result[:rows, columns:], result[:rows, m - columns - 1 :: -1], self.columns[number])
            if rows < n:
                source = result[n - rows - 1 :: -1]
                sign = self.rows[number] if self.rows else self.turn[number]
                _fill(result[rows:], source if self.rows else source[:, ::-1], sign)


def _fill(target: np.ndarray, source: np.ndarray, sign: int) -> None:
    if sign > 0:
        np.copyto(target, source)
    else:
        np.negative(source, out=target)


def symmetry(
    outputs: Sequence[Term], names: Sequence[str], ranges: Sequence[tuple[float, float]]
) -> Symmetry:
    """The symmetry of some outputs of two axes.

    Args:
        names: of the input along each axis.
        ranges: (low, high) of each axis.
    """
    rows, columns = (
        _all(parities(outputs, [name])) if low == -high else []
        for name, (low, high) in zip(names, ranges, strict=True)
    )
    about_0 = all(low == -high for low, high in ranges)
    return Symmetry(rows, columns, _all(parities(outputs, names)) if about_0 else [])


def _all(found: list[int]) -> list[int]:
    return found if all(found) else []
