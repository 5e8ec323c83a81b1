"""Kernels that numpy or `math` lack, exact over the whole range of float64 and silent about overflow.

Array kernels take arrays of any shape. The scalar kernels are the IEEE-exact stand-ins for Python's `math`, which
raises where floating point has an answer (exp(800) is inf, 1/0 is inf, log(0) is -inf).
"""

from __future__ import annotations

import math
from numbers import Real

import numpy as np

Array = np.ndarray

_SHORT = 16
# A Python number would be made into an array by every call.
_ZERO = np.zeros(())
_SIGN_BIT = np.array(63, np.int64)


def numbers(value: object) -> Array:
    """A new float64 array of a number or nested lists of numbers.

    Raises:
        ValueError, TypeError, OverflowError: for anything else; numpy alone would make NaN of None, and numbers of
            texts and of the real parts of complex numbers.
    """
    given = np.asarray(value)
    if given.dtype.kind not in "biuf" and not all(isinstance(entry, Real) for entry in given.flat):
        raise TypeError("not a number")
    return np.array(given, dtype=np.float64)


def sigmoid(x: Array, out: Array | None = None) -> Array:
    """1 / (1 + exp(-x)) without overflow; the small tail keeps its full precision."""
    e = np.exp(-np.abs(x))
    return np.divide(np.where(np.less(x, 0), e, 1.0), 1.0 + e, out=out)


def softplus(x: Array, out: Array | None = None) -> Array:
    """log(1 + exp(x)), linear for large x."""
    return np.logaddexp(0.0, x, out=out)


def relu(x: Array, out: Array | None = None) -> Array:
    """max(x, 0)."""
    return np.maximum(x, _ZERO, out=out)


def gate(a: Array, x: Array, out: Array | None = None) -> Array:
    """a where x is positive, 0 elsewhere whatever a is: the gradient of relu.

    Where x is not a number the result may be a or 0; the loss is not a number there either.
    """
    if out is None:
        return np.where(np.greater(x, _ZERO), a, _ZERO)
    # np.where costs several passes; the bits of a masked by the sign of 0 - x cost three light ones. 0 - x is 0 with a
    # plus for both zeros.
    bits = np.subtract(_ZERO, x, out=out).view(np.int64)
    np.right_shift(bits, _SIGN_BIT, out=bits)
    np.bitwise_and(bits, a.view(np.int64), out=bits)
    return out


def select(condition: Array, a: Array, b: Array) -> Array:
    """a where the condition is not zero, b elsewhere; nothing of the other side leaks through, not even NaN."""
    return np.where(condition if condition.dtype == bool else np.not_equal(condition, 0), a, b)


def reciprocal_or_zero(x: Array, out: Array | None = None) -> Array:
    """1/x, and 0 where x is 0: the factor in derivatives of roots, with 0 as their subgradient at 0."""
    zero = np.equal(x, 0)
    result = np.divide(1.0, x, out=out)
    return np.where(zero, 0.0, result) if out is None else _cleared(result, zero)


def _cleared(x: Array, where: Array) -> Array:
    if where.any():
        x[where] = 0.0
    return x


def norm(x: Array, axis: tuple[int, ...], keepdims: bool = False) -> Array:
    """The L2 norm over `axis`; scaled only where the plain sum of squares would overflow or underflow."""
    total = np.sum(np.square(x), axis=axis, keepdims=True)
    unsafe = ~((total > 1e-280) & (total < math.inf))
    if not np.any(unsafe):
        root = np.sqrt(total)
    else:
        size = np.max(np.abs(x), axis=axis, keepdims=True, initial=0.0)
        scale = np.where((size > 0) & (size < math.inf), size, 1.0)
        root = np.where(
            unsafe, scale * np.sqrt(np.sum(np.square(x / scale), axis=axis, keepdims=True)), np.sqrt(total)
        )
    return root if keepdims else np.squeeze(root, axis=axis)


# The reduce methods of ufuncs are what np.max and np.sum call, without their Python wrappers.


def softmax(x: Array, axis: int, out: Array | None = None) -> Array:
    e = np.subtract(x, np.maximum.reduce(x, axis=axis, keepdims=True), out=out)
    np.exp(e, out=e)
    return np.divide(e, np.add.reduce(e, axis=axis, keepdims=True), out=e)


def log_softmax(x: Array, axis: int, out: Array | None = None) -> Array:
    if axis == 1 and x.ndim == 2 and x.shape[1] <= _SHORT:
        # Reducing many short rows costs a loop for each; reducing few long columns does not.
        return _into(out, log_softmax(np.ascontiguousarray(x.T), 0).T)
    shifted = np.subtract(x, np.maximum.reduce(x, axis=axis, keepdims=True), out=out)
    total = np.add.reduce(np.exp(shifted), axis=axis, keepdims=True)
    return np.subtract(shifted, np.log(total, out=total), out=shifted)


def inner(a: Array, b: Array, out: Array | None = None) -> Array:
    """The sum of the products of all elements of two contiguous arrays of one shape."""
    return np.dot(a.reshape(-1), b.reshape(-1), out=out)


def scatter(g: Array, index: tuple, shape: tuple[int, ...], batch_ndim: int) -> Array:
    """Zeros of `shape` (plus g's batch axes) with g at `index`; the adjoint of indexing."""
    out = np.zeros(shape + g.shape[g.ndim - batch_ndim :])
    out[index] = g
    return out


def matmul(a: Array, b: Array, batch_ndim: int, out: Array | None = None) -> Array:
    """a @ b over the two axes before the batch axes; where only one side has a batch, one large product."""
    static = a.ndim - batch_ndim, b.ndim - batch_ndim
    if static == (2, 2) and math.prod(a.shape[2:]) == 1:
        columns = b.reshape(b.shape[0], -1)
        flat: Array | None = None if out is None else out.reshape(a.shape[0], -1)
        return np.matmul(a.reshape(a.shape[:2]), columns, out=flat).reshape(a.shape[:1] + b.shape[1:])
    if static == (2, 2) and math.prod(b.shape[2:]) == 1:
        # The points stay innermost: for each row of a, (out, in) @ (in, points). A matrix that was cut out of an array
        # is made contiguous first, or numpy would do it again for each row.
        rows = a.reshape(a.shape[:2] + (-1,))
        flat = None if out is None else out.reshape(a.shape[0], b.shape[1], -1)
        product = np.matmul(np.ascontiguousarray(b.reshape(b.shape[:2])).T, rows, out=flat)
        return product.reshape(a.shape[:1] + b.shape[1:2] + a.shape[2:])
    if (
        static == (2, 2)
        and batch_ndim == 2
        and out is not None
        and b.shape[3] == 1
        and a.shape[2] == b.shape[2]
    ):
        # A matrix for each row of a grid.
        for row in range(a.shape[2]):
            np.matmul(np.ascontiguousarray(b[:, :, row, 0]).T, a[:, :, row], out=out[:, :, row])
        return out
    batch = tuple(range(-batch_ndim, 0))
    front = tuple(range(batch_ndim))
    rank = max(a.ndim, b.ndim)
    # The batch axes in front must not be taken for static axes of the side that has fewer of those.
    a, b = (
        np.moveaxis(side.reshape((1,) * (rank - side.ndim) + side.shape), batch, front) for side in (a, b)
    )
    return _into(out, np.moveaxis(np.matmul(a, b), front, batch))


# erf and erfc after W. J. Cody, "Rational Chebyshev approximation for the error function", Math. Comp. 23 (1969);
# coefficients as in his CALERF. Relative error about 1e-16 over the whole line.
_SMALL_P = (
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_SMALL_Q = (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3)
_MIDDLE_P = (
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
    8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
)  # fmt: skip
_MIDDLE_Q = (
    1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
)  # fmt: skip
_LARGE_P = (
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4,
)  # fmt: skip
_LARGE_Q = (
    1.0,
    2.56852019228982242,
    1.87295284992346047,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)


def _ratio(p: tuple[float, ...], q: tuple[float, ...], x: Array) -> Array:
    return np.polyval(p, x) / np.polyval(q, x)


def _erfc_tail(y: Array) -> Array:
    """erfc(y) for y > 0.46875."""
    # exp(-y²) loses digits for large y unless y² is split into an exact and a small part.
    head = np.trunc(y * 16.0) / 16.0
    gauss = np.exp(-head * head) * np.exp(-(y - head) * (y + head))
    inverse = 1.0 / np.square(y)
    far = (1.0 / math.sqrt(math.pi) - inverse * _ratio(_LARGE_P, _LARGE_Q, inverse)) / y
    return np.where(
        y > 26.6, 0.0, gauss * np.where(y <= 4.0, _ratio(_MIDDLE_P, _MIDDLE_Q, np.minimum(y, 4.0)), far)
    )


def erf(x: Array, out: Array | None = None) -> Array:
    """The error function."""
    y = np.abs(x)
    near = x * _ratio(_SMALL_P, _SMALL_Q, np.square(np.minimum(y, 0.5)))
    far = np.copysign(1.0 - _erfc_tail(np.maximum(y, 0.46875)), x)
    return _into(out, np.where(y <= 0.46875, near, far))


def erfc(x: Array, out: Array | None = None) -> Array:
    """1 - erf(x), with full relative precision in the right tail."""
    y = np.abs(x)
    near = 1.0 - x * _ratio(_SMALL_P, _SMALL_Q, np.square(np.minimum(y, 0.5)))
    tail = _erfc_tail(np.maximum(y, 0.46875))
    return _into(out, np.where(y <= 0.46875, near, np.where(x < 0, 2.0 - tail, tail)))


def _into(out: Array | None, result: Array) -> Array:
    if out is None:
        return result
    out[...] = result
    return out


def scalar_sign(x: float) -> float:
    return 1.0 if x > 0 else -1.0 if x < 0 else x if x != x else 0.0


def scalar_sigmoid(x: float) -> float:
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def scalar_softplus(x: float) -> float:
    return (x if x > 0 else 0.0) + math.log1p(math.exp(-abs(x))) if x == x else x


def scalar_floor(x: float) -> float:
    return float(math.floor(x)) if math.isfinite(x) else x


def _guarded(function, overflow: float | None = None):
    """`function` of one float, with IEEE answers where `math` raises."""

    def safe(x: float) -> float:
        try:
            return function(x)
        except OverflowError:
            return math.inf if overflow is None else overflow
        except (ValueError, ZeroDivisionError):
            return math.nan

    return safe


def safe_divide(a: float, b: float) -> float:
    try:
        return a / b
    except ZeroDivisionError:
        if a == 0 or a != a:
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)


def safe_log(x: float) -> float:
    return -math.inf if x == 0 else math.log(x) if x > 0 else math.nan


def safe_log1p(x: float) -> float:
    return -math.inf if x == -1 else math.log1p(x) if x > -1 else math.nan


def safe_power(a: float, b: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.power(np.float64(a), np.float64(b)))


# What generated scalar code may call: the fast table raises where floating point has an answer, the safe one never does.
FAST_SCALARS = {
    "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "tanh": math.tanh, "arctan": math.atan, "log1p": math.log1p, "expm1": math.expm1, "erf": math.erf,
    "erfc": math.erfc, "power": math.pow, "floor": scalar_floor, "sign": scalar_sign, "sigmoid": scalar_sigmoid,
    "softplus": scalar_softplus, "abs": abs,
}  # fmt: skip
SAFE_SCALARS = {name: _guarded(function) for name, function in FAST_SCALARS.items()} | {
    "log": safe_log,
    "log1p": safe_log1p,
    "power": safe_power,
    "divide": safe_divide,
}
