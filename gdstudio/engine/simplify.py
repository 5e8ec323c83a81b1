"""Simpler terms for what a tape is asked to make: neutral elements, signs, small powers, sums of products.

A rule changes no bit of a finite result, except that a power becomes products and that tapes with `split_affine` add
products of matrices in another order.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

from . import ops
from .shapes import Shape

if TYPE_CHECKING:
    from .expression import Tape, Term

_LARGEST_POWER = 16


def without_broadcasts(args: tuple[Term, ...], shape: Shape) -> tuple[tuple[Term, ...], bool]:
    """Two elementwise arguments without a broadcast that the other makes anyway, and whether there was one."""
    a, b = args
    if a.op == "broadcast_to" and b.shape == shape:
        return (a.args[0], b), True
    if b.op == "broadcast_to" and a.shape == shape:
        return (a, b.args[0]), True
    return args, False


def _add(tape: Tape, a: Term, b: Term) -> Term | None:
    if a.value is not None and a.is_number(0.0):
        return b
    if b.value is not None and b.is_number(0.0):
        return a
    if b.op == "negative":
        return a - b.args[0]
    if a.op == "negative":
        return b - a.args[0]
    return tape.primitive("add", (b, a)) if _misordered(a, b) else None


def _subtract(tape: Tape, a: Term, b: Term) -> Term | None:
    if b.is_number(0.0):
        return a
    if a.is_number(0.0):
        return -b
    return a + b.args[0] if b.op == "negative" else None


def _multiply(tape: Tape, a: Term, b: Term) -> Term | None:
    if a is b:
        return tape.primitive("square", (a,))
    if a.value is None and b.value is None:
        return tape.primitive("multiply", (b, a)) if a.index > b.index else None
    if a.is_number(1.0):
        return b
    if b.is_number(1.0):
        return a
    if a.is_number(-1.0):
        return -b
    if b.is_number(-1.0):
        return -a
    if _misordered(a, b):
        return tape.primitive("multiply", (b, a))
    if a.value is not None and a.shape == () and b.op == "negative":
        return tape.primitive("multiply", (tape.constant(-a.value), b.args[0]))
    # Powers of two commute with rounding, so gathering them changes no bit of a normal number.
    if a.value is not None and a.shape == () and b.op == "multiply":
        inner = b.args[0]
        if inner.value is not None and inner.shape == () and (_is_power_of_two(a) or _is_power_of_two(inner)):
            return tape.primitive("multiply", (tape.constant(a.value * inner.value), b.args[1]))
    return None


def _misordered(a: Term, b: Term) -> bool:
    """Whether a commutative pair should be swapped: constants first, then by age, so that equal products are one term."""
    return (a.value is None, a.index) > (b.value is None, b.index)


def _is_power_of_two(term: Term) -> bool:
    return term.value is not None and abs(math.frexp(float(term.value))[0]) == 0.5


def _divide(tape: Tape, a: Term, b: Term) -> Term | None:
    if b.is_number(1.0):
        return a
    if b.is_number(-1.0):
        return -a
    if (
        b.value is not None
        and b.shape == ()
        and float(b.value)
        and _is_power_of_two(b)
        and abs(float(b.value)) > 1e-300
    ):
        return a * tape.constant(1.0 / b.value)
    return None


def _negative(tape: Tape, x: Term) -> Term | None:
    if x.op == "negative":
        return x.args[0]
    if x.op == "subtract":
        return x.args[1] - x.args[0]
    return None


def _power(tape: Tape, a: Term, b: Term) -> Term | None:
    if b.value is None or b.shape != ():
        return None
    exponent = float(b.value)
    if exponent == 0.5:
        return tape.primitive("sqrt", (a,))
    if exponent != int(exponent) if abs(exponent) <= _LARGEST_POWER else True:
        return None
    if exponent == 0:
        return None
    result = tape.constant(1.0)
    square = a
    n = abs(int(exponent))
    while n:
        if n & 1:
            result = result * square
        n >>= 1
        if n:
            square = tape.primitive("square", (square,))
    return result if exponent > 0 else 1.0 / result


def _where(tape: Tape, condition: Term, a: Term, b: Term) -> Term | None:
    if a is b:
        return a
    if condition.value is not None and condition.shape == ():
        return a if float(condition.value) else b
    return None


def _transpose(tape: Tape, x: Term, axes: tuple[int, ...] | None) -> Term | None:
    if len(x.shape) < 2:
        return x
    if x.op == "transpose" and axes is not None:
        inner = x.attributes["axes"]
        if inner is not None and tuple(inner[a] for a in axes) == tuple(range(len(axes))):
            return x.args[0]
    return None


def _reshape(tape: Tape, x: Term, shape: Shape) -> Term | None:
    if x.op == "reshape":
        return ops.reshape(x.args[0], shape=shape)
    return x if -1 not in shape else None


def _unchanged(tape: Tape, x: Term, **_attributes: Any) -> Term | None:
    """A reduction over axes of size 1, or a broadcast to the same shape: kept only where the shape stays."""
    return x


def _sum(tape: Tape, x: Term, axis: Any, keepdims: bool) -> Term | None:
    kept = ops.shapes.reduced(x.shape, axis, keepdims)
    if math.prod(kept) == math.prod(x.shape):
        return ops.reshape(x, shape=kept)
    if tape.split_affine and math.prod(kept) == 1 and x.op == "multiply":
        scalar = _sum_of_product(tape, *x.args)
        return None if scalar is None else ops.reshape(scalar, shape=kept)
    return None


def _sum_of_product(tape: Tape, a: Term, b: Term) -> Term | None:
    """The sum over all elements of a·b, for tensors of one shape."""
    if a.shape != b.shape:
        return None
    if b.value is not None:
        a, b = b, a
    if a.value is None:
        return tape.primitive("contract", (a, b))
    if (
        b.op == "matmul"
        and len(a.shape) == 2
        and (b.args[0].op == "transpose" or b.args[0].value is not None)
    ):
        # Σ A·(XᵀG) = Σ (XA)·G: a product with one matrix for all points in the place of one for each point.
        across, g = b.args
        x = across.args[0] if across.value is None else tape.constant(across.value.T)
        return _sum_of_product(tape, tape.primitive("matmul", (x, a)), g)
    row, column = ops.reshape(a, shape=(1, -1)), ops.reshape(b, shape=(-1, 1))
    return ops.reshape(tape.primitive("matmul", (row, column)), shape=())


def _matmul(tape: Tape, a: Term, b: Term) -> Term | None:
    if not tape.split_affine:
        return None
    for matrix, product in (
        (b, lambda m: tape.primitive("matmul", (a, m))),
        (a, lambda m: tape.primitive("matmul", (m, b))),
    ):
        parts = _affine(matrix)
        if parts is None:
            continue
        whole: list[tuple[Term | None, Term]] = []
        split: list[tuple[Term | None, Term]] = []
        for scale, m in parts:
            stays = scale is None or (scale.op == "input" and scale.attributes["name"] == tape.together)
            (whole if stays else split).append((scale, m))
        if not split:
            continue
        made = [product(reduce(lambda p, q: p + q, map(_scaled, whole)))] if whole else []
        made += [product(m) if scale is None else scale * product(m) for scale, m in split]
        return reduce(lambda p, q: p + q, made)
    return None


def _scaled(part: tuple[Term | None, Term]) -> Term:
    scale, matrix = part
    return matrix if scale is None else scale * matrix


def _affine(term: Term) -> list[tuple[Term | None, Term]] | None:
    """A matrix as Σ scalar · constant, the scalar None for 1; None when it is no such sum."""
    if term.value is not None:
        return [(None, term)]
    if term.op == "multiply" and term.args[0].value is not None and term.args[1].shape == ():
        return [(term.args[1], term.args[0])]
    if term.op == "add":
        first, second = map(_affine, term.args)
        return None if first is None or second is None else first + second
    return None


# Operation -> (tape, *arguments, **attributes) -> a simpler term of the same value, or None where there is none.
RULES: dict[str, Callable[..., Term | None]] = {
    "matmul": _matmul,
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "negative": _negative,
    "power": _power,
    "where": _where,
    "transpose": _transpose,
    "reshape": _reshape,
    "broadcast_to": _unchanged,
    "sum": _sum,
}
