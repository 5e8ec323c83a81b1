"""Bounds on terms at complex numbers around real intervals.

How fast polynomials approach a function on an interval follows from how large it is around that interval in the complex
plane. Here regions of complex numbers, each a rectangle that is symmetric about the real axis, go through the
operations one by one. What comes out holds every value; it is often wider than need be, and NaN where no bound is known,
as where a root may be taken of 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .expression import Term, reachable


class Region(NamedTuple):
    """Complex numbers with real part in [low, high] and imaginary part in [-side, side]; arrays of one shape."""

    low: Any
    high: Any
    side: Any


def bounds(outputs: Sequence[Term], inputs: Mapping[str, Region]) -> list[np.ndarray] | None:
    """For each output a bound on its absolute value, NaN where none is known; None where some term is no single number.

    Args:
        inputs: where each input lies, by name; numbers of numpy.
    """
    found: dict[int, Region] = {}
    with np.errstate(all="ignore"):
        for term in reachable(outputs):
            if term.shape:
                return None
            if term.op == "input":
                found[term.index] = inputs[term.attributes["name"]]
            elif term.value is not None:
                number = np.float64(term.value)
                found[term.index] = Region(number, number, np.float64(0.0))
            else:
                rule = _RULES.get(term.op)
                if rule is None:
                    return None
                found[term.index] = rule(*[found[arg.index] for arg in term.args])
        return [np.hypot(_reach(region), region.side) for region in (found[term.index] for term in outputs)]


def _reach(x: Region) -> Any:
    """The largest absolute value of the real part."""
    return np.maximum(np.abs(x.low), np.abs(x.high))


def _where(valid: Any, low: Any, high: Any, side: Any) -> Region:
    return Region(*(np.where(valid, part, math.nan) for part in (low, high, side)))


def _add(x: Region, y: Region) -> Region:
    return Region(x.low + y.low, x.high + y.high, x.side + y.side)


def _negative(x: Region) -> Region:
    return Region(-x.high, -x.low, x.side)


def _subtract(x: Region, y: Region) -> Region:
    return Region(x.low - y.high, x.high - y.low, x.side + y.side)


def _scaled(x: Region, by: float) -> Region:
    ends = by * x.low, by * x.high
    return Region(*(ends if by > 0 else ends[::-1]), abs(by) * x.side)


def _multiply(x: Region, y: Region) -> Region:
    for one, other in ((x, y), (y, x)):
        if isinstance(one.low, float) and one.low == one.high and one.side == 0.0:
            return _scaled(other, one.low)
    ends = x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high
    sides = x.side * y.side
    low = np.minimum(np.minimum(ends[0], ends[1]), np.minimum(ends[2], ends[3])) - sides
    high = np.maximum(np.maximum(ends[0], ends[1]), np.maximum(ends[2], ends[3])) + sides
    return Region(low, high, _reach(x) * y.side + _reach(y) * x.side)


def _square(x: Region) -> Region:
    nearest = np.maximum(np.maximum(x.low, -x.high), 0.0)
    reach = _reach(x)
    return Region(np.square(nearest) - np.square(x.side), np.square(reach), 2.0 * reach * x.side)


def _reciprocal(x: Region) -> Region:
    nearest = np.maximum(x.low, -x.high)
    ends = [end / (np.square(end) + np.square(x.side)) for end in (nearest, _reach(x))]
    low, high = np.minimum(*ends), 1.0 / nearest
    above = x.low > 0
    return _where(
        nearest > 0, np.where(above, low, -high), np.where(above, high, -low), x.side / np.square(nearest)
    )


def _divide(x: Region, y: Region) -> Region:
    return _multiply(x, _reciprocal(y))


def _sqrt(x: Region) -> Region:
    low = np.sqrt(x.low)
    return _where(x.low > 0, low, np.sqrt(np.hypot(x.high, x.side)), 0.5 * x.side / low)


def _exp(x: Region) -> Region:
    cosine = np.cos(np.minimum(x.side, math.pi))
    low, high = np.exp(x.low), np.exp(x.high)
    return Region(cosine * np.where(cosine > 0, low, high), high, high * np.minimum(x.side, 1.0))


def _log(x: Region) -> Region:
    return _where(x.low > 0, np.log(x.low), np.log(np.hypot(x.high, x.side)), np.arctan(x.side / x.low))


def _shifted(x: Region, by: float) -> Region:
    return Region(x.low + by, x.high + by, x.side)


def _power(x: Region, y: Region) -> Region:
    return _exp(_multiply(y, _log(x)))


def _wave(x: Region) -> Region:
    """sin and cos."""
    height = np.cosh(x.side)
    return Region(-height, height, np.sinh(x.side))


def _tanh(x: Region) -> Region:
    # tanh(a + ib) = (sinh 2a + i sin 2b) / (cosh 2a + cos 2b)
    return _where(x.side < math.pi / 4, -1.0, 1.0, np.tan(x.side))


def _sigmoid(x: Region) -> Region:
    return _where(x.side < math.pi / 2, 0.0, 1.0, 0.5 * np.tan(0.5 * x.side))


def _softplus(x: Region) -> Region:
    # The angle of 1 + exp(a + ib) is at most b.
    return _where(x.side < math.pi / 2, 0.0, np.logaddexp(0.0, x.high), x.side)


def _erf(x: Region) -> Region:
    # erf(a + ib) - erf(a) is an integral over b of 2/sqrt(pi)·exp(-(a + it)²), at most exp(t²) in size.
    away = 2.0 / math.sqrt(math.pi) * x.side * np.exp(np.square(x.side))
    return Region(-1.0 - away, 1.0 + away, away)


def _arctan(x: Region) -> Region:
    return _where(x.side < 1.0, -math.pi / 2, math.pi / 2, np.arctanh(x.side))


def _abs(x: Region) -> Region:
    above = x.low >= 0
    return _where(above | (x.high <= 0), np.where(above, x.low, -x.high), _reach(x), x.side)


def _sign(x: Region) -> Region:
    sign = np.where(x.low > 0, 1.0, -1.0)
    return _where((x.low > 0) | (x.high < 0), sign, sign, 0.0)


def _relu(x: Region) -> Region:
    above = x.low >= 0
    return _where(above | (x.high <= 0), *(np.where(above, part, 0.0) for part in x))


def _greater(x: Region, y: Region) -> Region:
    above = x.low > y.high
    answer = np.where(above, 1.0, 0.0)
    return _where(above | (x.high <= y.low), answer, answer, 0.0)


def _less(x: Region, y: Region) -> Region:
    return _greater(y, x)


def _equal(x: Region, y: Region) -> Region:
    return _where((x.low > y.high) | (x.high < y.low), 0.0, 0.0, 0.0)


def _select(condition: Region, x: Region, y: Region) -> Region:
    # The answer to a comparison is 0, 1 or unknown.
    parts = [np.where(condition.low == 1.0, a, b) for a, b in zip(x, y, strict=True)]
    return _where(condition.low == condition.high, *parts)


def _same(x: Region) -> Region:
    return x


_RULES: dict[str, Callable[..., Region]] = {
    "opaque": _same,
    "stop_gradient": _same,
    "add": _add,
    "subtract": _subtract,
    "negative": _negative,
    "multiply": _multiply,
    "square": _square,
    "divide": _divide,
    "reciprocal_or_zero": _reciprocal,
    "power": _power,
    "sqrt": _sqrt,
    "exp": _exp,
    "expm1": lambda x: _shifted(_exp(x), -1.0),
    "log": _log,
    "log1p": lambda x: _log(_shifted(x, 1.0)),
    "sin": _wave,
    "cos": _wave,
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "erf": _erf,
    "erfc": lambda x: _shifted(_negative(_erf(x)), 1.0),
    "arctan": _arctan,
    "abs": _abs,
    "sign": _sign,
    "relu": _relu,
    "greater": _greater,
    "less": _less,
    "equal": _equal,
    "where": _select,
}
