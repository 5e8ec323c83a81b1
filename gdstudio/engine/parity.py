"""Which surfaces are even or odd along an axis, so that half of a grid that is symmetric about 0 gives the other half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .expression import Term, reachable

# What an operation makes of the parity of its argument: -1 odd, 1 even, 0 neither.
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

# Along the first and along the second axis.
Parity = tuple[int, int]


def parities(outputs: Sequence[Term], names: Sequence[str]) -> list[Parity]:
    """The parity of each output.

    Args:
        names: of the input along each axis.
    """
    found = [_along(outputs, name) for name in names]
    return [(found[0][term.index], found[1][term.index]) for term in outputs]


def _along(outputs: Sequence[Term], name: str) -> dict[int, int]:
    """The parity of every term along the axis of an input."""
    found: dict[int, int] = {}
    constant: set[int] = set()
    for term in reachable(outputs):
        if term.op == "input" and term.attributes["name"] == name:
            found[term.index] = -1
        elif all(arg.index in constant for arg in term.args):
            constant.add(term.index)
            found[term.index] = 1
        else:
            found[term.index] = _parity(term.op, [found[arg.index] for arg in term.args])
    return found


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


def unfold(result: np.ndarray, parity: Parity, known: tuple[int, int]) -> None:
    """Fills a grid of which the first rows and columns are known, at least half along each axis; numpy as of `quieten`."""
    rows, columns = known
    n, m = result.shape
    for sign, source, target in (
        (parity[1], result[:rows, m - columns - 1 :: -1], result[:rows, columns:]),
        (parity[0], result[n - rows - 1 :: -1], result[rows:]),
    ):
        if target.size and sign > 0:
            np.copyto(target, source)
        elif target.size:
            np.negative(source, out=target)
