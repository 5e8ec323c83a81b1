"""The table of operations: one row each, with its numpy form, scalar form, shape rule and vector-Jacobian product.

A vector-Jacobian product (vjp) is written with the same operations, so the derivative of a graph is a graph again.
`g` is the gradient of the result `y`; what a row returns may still have the shape that broadcasting gave it, the
caller sums it back (`derivative.gradients`). Rows with `expand` are composites of other rows and need neither.

To add an operation: add a row here and a case in tests/engine/test_ops.py. It then exists in formulas, files, the
palette of the window, exports and races.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from . import numeric, shapes
from .cached import cached_property
from .errors import EngineError, ShapeError, suggestion

if TYPE_CHECKING:
    from .expression import Term

VARIADIC = ("values", "...")


@dataclass(frozen=True)
class Operation:
    """One row of the table.

    Attributes:
        name: as in formulas and files.
        inputs: the names of the input slots; `("values", "...")` for any number.
        category, symbol, meaning, latex: for palettes, nodes and typesetting; `latex` has {0}, {1} for the inputs.
        attributes: name -> default.
        ufunc: an elementwise numpy function that takes `out=`.
        kernel: (batch_ndim, argument shapes, attributes) -> function of arrays, for all that is no ufunc.
        shape: (*argument shapes, **attributes) -> shape of the result.
        vjps: for each slot (g, y, *arguments, **attributes) -> gradient of that argument, or None where it is zero;
            a function of the slot where the number of slots is open.
        expand: (*terms, **attributes) -> Term, for composites.
        scalar: template of the Python expression on floats.
        view: the result may share memory with the argument.
        into: the function of `kernel` takes `out=`, a contiguous array.
        listed: whether people meet it; the others only appear in derivatives.
    """

    name: str
    inputs: tuple[str, ...]
    category: str
    symbol: str
    meaning: str
    latex: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    ufunc: Callable | None = None
    kernel: Callable | None = None
    shape: Callable = shapes.broadcast
    vjps: tuple[Callable | None, ...] | Callable = ()
    expand: Callable | None = None
    scalar: str = ""
    view: bool = False
    into: bool = False
    listed: bool = True

    @cached_property
    def arity(self) -> int | None:
        """The number of inputs, None for any number."""
        return None if self.inputs == VARIADIC else len(self.inputs)

    def vjp(self, slot: int) -> Callable | None:
        """The vector-Jacobian product for input `slot`: (g, y, *inputs, **attributes) -> terms; None = no gradient."""
        if callable(self.vjps):
            return self.vjps(slot)
        return self.vjps[slot] if slot < len(self.vjps) else None

    def function(self, batch_ndim: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
        """The numpy function of this row for arrays of (*shape, *batch axes), of which there are `batch_ndim`.

        Args:
            argument_shapes: of the inputs, without their batch axes.
            attributes: those of the node.
        """
        if self.ufunc is not None:
            return self.ufunc
        assert self.kernel is not None, f"{self.name} is a composite"
        return self.kernel(batch_ndim, argument_shapes, attributes)


def _call(name: str) -> Callable[..., Term]:
    def call(*args: Term | float, **attributes: Any) -> Term:
        tape = next(arg.tape for arg in args if hasattr(arg, "tape"))
        return tape.apply(name, *args, **attributes)

    return call


absolute, square, sqrt, exp, log, sin, cos = map(_call, ("abs", "square", "sqrt", "exp", "log", "sin", "cos"))
tanh, sigmoid, relu, softplus, sign = map(_call, ("tanh", "sigmoid", "relu", "softplus", "sign"))
log1p, expm1, erf, erfc, reciprocal = map(_call, ("log1p", "expm1", "erf", "erfc", "reciprocal_or_zero"))
maximum, minimum, power, where, greater, less, equal = map(
    _call, ("maximum", "minimum", "power", "where", "greater", "less", "equal")
)
matmul, transpose, reshape, concatenate, index = map(
    _call, ("matmul", "transpose", "reshape", "concatenate", "index")
)
total, mean, largest, softmax, log_softmax = map(_call, ("sum", "mean", "max", "softmax", "log_softmax"))
stop_gradient, broadcast_to, scatter, stack, gate = map(
    _call, ("stop_gradient", "broadcast_to", "scatter", "stack", "gate")
)


def _spread(g: Term, x: Term, axis: Any, keepdims: bool) -> Term:
    """A gradient of a reduction of x, given its reduced axes back (with size 1)."""
    return g if keepdims else reshape(g, shape=shapes.reduced(x.shape, axis, keepdims=True))


def _swap(x: Term) -> Term:
    n = len(x.shape)
    return transpose(x, axes=(*range(n - 2), n - 1, n - 2))


def matmul_of_vectors(a: Term, b: Term) -> Term:
    """numpy's matmul: vectors become a row or a column for the product."""
    if not a.shape or not b.shape:
        raise ShapeError(
            f"{shapes.show(a.shape)} @ {shapes.show(b.shape)}: matmul needs tensors; use * for scalars"
        )
    rows = reshape(a, shape=(1, *a.shape)) if len(a.shape) == 1 else a
    columns = reshape(b, shape=(*b.shape, 1)) if len(b.shape) == 1 else b
    if rows.shape[-1] != columns.shape[-2]:
        raise ShapeError(
            f"{shapes.show(a.shape)} @ {shapes.show(b.shape)}: the last axis of the first, {a.shape[-1]}, "
            f"must equal {columns.shape[-2]}"
        )
    y = rows.tape.primitive("matmul", (rows, columns))
    if len(a.shape) == 1 or len(b.shape) == 1:
        kept = (
            y.shape[:-2]
            + (y.shape[-2:-1] if len(a.shape) > 1 else ())
            + (y.shape[-1:] if len(b.shape) > 1 else ())
        )
        return reshape(y, shape=kept)
    return y


def _dot(a: Term, b: Term) -> Term:
    if len(a.shape) > 2 or len(b.shape) > 2:
        raise ShapeError(
            f"dot takes vectors or matrices, not {shapes.show(a.shape)} and {shapes.show(b.shape)}"
        )
    if a.shape and b.shape:
        return matmul(a, b)
    return a * b


def _outer(a: Term, b: Term) -> Term:
    return reshape(a, shape=(-1, 1)) * reshape(b, shape=(1, -1))


def _count(shape: tuple[int, ...], axis: Any) -> float:
    return float(math.prod(shape[a] for a in shapes.filled(shape, axis)))


def _concatenate_vjp(slot: int) -> Callable:
    def vjp(g: Term, _y: Term, *values: Term, axis: int) -> Term:
        (axis,) = shapes.axes_of(g.shape, axis)
        begin = sum(value.shape[axis] for value in values[:slot])
        return index(
            g, index=tuple((0, n) for n in g.shape[:axis]) + ((begin, begin + values[slot].shape[axis]),)
        )

    return vjp


def _max_vjp(g: Term, y: Term, x: Term, axis: Any, keepdims: bool) -> Term:
    hit = equal(x, _spread(y, x, axis, keepdims))
    return where(hit, _spread(g, x, axis, keepdims) / total(hit, axis=axis, keepdims=True), 0.0)


def _norm_vjp(g: Term, y: Term, x: Term, axis: Any, keepdims: bool) -> Term:
    # Not by 1/y, which overflows for the smallest norms.
    length = _spread(y, x, axis, keepdims)
    return _spread(g, x, axis, keepdims) * (x / where(equal(length, 0.0), math.inf, length))


def _softmax_vjp(g: Term, y: Term, _x: Term, axis: int) -> Term:
    return y * (g - (total(g * y, axis=axis, keepdims=True) if y.shape else g * y))


def _log_softmax_vjp(g: Term, y: Term, _x: Term, axis: int) -> Term:
    return g - exp(y) * (total(g, axis=axis, keepdims=True) if y.shape else g)


def _power_vjp_base(g: Term, _y: Term, a: Term, b: Term) -> Term:
    flat = equal(b, 0.0)
    if b.value is None or ((b.value > 0) & (b.value < 1)).any():
        # A root has slope 0 at 0, as sqrt has.
        flat = flat + equal(a, 0.0) * (greater(b, 0.0) * less(b, 1.0))
    return where(flat, 0.0, g * (b * power(a, b - 1.0)))


def _power_vjp_exponent(g: Term, y: Term, a: Term, b: Term) -> Term:
    # 0**b does not change with b for b >= 0, though log(0) is infinite.
    return where(equal(a, 0.0) * (1.0 - less(b, 0.0)), 0.0, g * (y * log(a)))


def _gelu(x: Term, approximate: str) -> Term:
    if approximate == "tanh":
        return 0.5 * x * (1.0 + tanh(math.sqrt(2.0 / math.pi) * (x + 0.044715 * (square(x) * x))))
    return 0.5 * x * erfc(x * -math.sqrt(0.5))


def _clip(x: Term, min: float | None, max: float | None) -> Term:
    if min is not None and max is not None and min > max:
        raise ShapeError(f"clip: min {min:g} lies above max {max:g}")
    y = x if max is None else where(greater(x, max), max, x)
    return y if min is None else where(less(x, min), min, y)


def _logsumexp(x: Term, axis: Any, keepdims: bool) -> Term:
    top = stop_gradient(largest(x, axis=axis, keepdims=True))
    # An infinite one taken off itself is no number.
    top = where(less(absolute(top), math.inf), top, 0.0)
    result = top + log(total(exp(x - top), axis=axis, keepdims=True))
    return result if keepdims else reshape(result, shape=shapes.reduced(x.shape, axis))


def _huber(prediction: Term, target: Term, delta: float) -> Term:
    if not delta > 0:
        raise ShapeError(f"huber: delta is {delta:g}, but must be above 0")
    error = prediction - target
    size = absolute(error)
    return mean(where(less(size, delta), 0.5 * square(error), delta * (size - 0.5 * delta)))


def _cross_entropy(logits: Term, target: Term) -> Term:
    shape = shapes.broadcast(logits.shape, target.shape)
    if not logits.shape or shape != logits.shape:
        raise ShapeError(
            f"cross_entropy needs logits of shape (classes,) or (rows, classes) and a target of the same shape, "
            f"not {shapes.show(logits.shape)} and {shapes.show(target.shape)}"
        )
    return -total(target * log_softmax(logits, axis=-1)) / float(math.prod(logits.shape[:-1]))


def _binary_cross_entropy(logits: Term, target: Term) -> Term:
    return mean(target * softplus(-logits) + (1.0 - target) * softplus(logits))


def _normalise(x: Term, gamma: Term, beta: Term, axis: int, eps: float) -> Term:
    if not x.shape:
        raise ShapeError("normalisation needs a tensor, not a scalar")
    _check_eps(eps)
    centred = x - mean(x, axis=axis, keepdims=True)
    variance = mean(square(centred), axis=axis, keepdims=True)
    y = centred / sqrt(variance + eps) * gamma + beta
    if y.shape != x.shape:
        raise ShapeError(
            f"gamma {shapes.show(gamma.shape)} and beta {shapes.show(beta.shape)} do not fit {x.shape}"
        )
    return y


def _check_eps(eps: float) -> None:
    if not eps >= 0:
        raise ShapeError(f"eps is {eps:g}, but must be at least 0")


def _batch_norm_inference(x: Term, gamma: Term, beta: Term, mean: Term, variance: Term, eps: float) -> Term:
    _check_eps(eps)
    return (x - mean) / sqrt(variance + eps) * gamma + beta


def _reduction(function: Callable) -> Callable:
    def kernel(_batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
        axes = shapes.axes_of(argument_shapes[0], attributes["axis"])
        return partial(function, axis=axes, keepdims=attributes["keepdims"])

    return kernel


def _sum_kernel(batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    shape, axis = argument_shapes[0], attributes["axis"]
    if batch == 0 and len(shape) == 2 and not attributes["keepdims"] and shapes.axes_of(shape, axis) == (0,):
        # As a product it costs half the call.
        return partial(np.dot, np.ones(shape[0]))
    return _reduction(np.add.reduce)(batch, argument_shapes, attributes)


def _contract_kernel(batch: int, argument_shapes: tuple, _attributes: Mapping[str, Any]) -> Callable:
    if batch == 0:
        return numeric.inner
    static = list(range(len(argument_shapes[0])))
    rest = list(range(len(static), len(static) + batch))

    def kernel(a: np.ndarray, b: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        return np.einsum(a, static + rest, b, static + rest, rest, out=out)

    return kernel


def _along(function: Callable) -> Callable:
    def kernel(_batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
        if not argument_shapes[0]:
            return lambda x, out=None: function(x[None], axis=0, out=None if out is None else out[None])[0]
        return partial(function, axis=attributes["axis"] % len(argument_shapes[0]))

    return kernel


def _reshape_kernel(batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    shape = shapes.reshaped(argument_shapes[0], attributes["shape"])
    return lambda x: x.reshape(shape + x.shape[x.ndim - batch :])


def _transpose_kernel(batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    n = len(argument_shapes[0])
    axes = shapes.permutation(argument_shapes[0], attributes["axes"]) + tuple(range(n, n + batch))
    return lambda x: x.transpose(axes)


def _broadcast_kernel(batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    shape = attributes["shape"]
    pad = (1,) * (len(shape) - len(argument_shapes[0]))

    def kernel(x: np.ndarray) -> np.ndarray:
        tail = x.shape[x.ndim - batch :]
        return np.broadcast_to(x.reshape(pad + x.shape), shape + tail)

    return kernel


def _concatenate_kernel(batch: int, argument_shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    axis = attributes["axis"] % len(argument_shapes[0])
    if batch == 0:
        return lambda *values: np.concatenate(values, axis=axis)

    def kernel(*values: np.ndarray) -> np.ndarray:
        tail = np.broadcast_shapes(*(v.shape[v.ndim - batch :] for v in values))
        wide = [np.broadcast_to(v, v.shape[: v.ndim - batch] + tail) for v in values]
        return np.concatenate(wide, axis=axis)

    return kernel


def _stack_kernel(batch: int, argument_shapes: tuple, _attributes: Mapping[str, Any]) -> Callable:
    return lambda *values: np.stack(np.broadcast_arrays(*values), axis=0)


def _matmul_kernel(batch: int, argument_shapes: tuple, _attributes: Mapping[str, Any]) -> Callable:
    if batch == 0:
        # For two matrices np.dot does the same with less ado.
        return np.dot if all(len(shape) == 2 for shape in argument_shapes) else np.matmul
    return partial(numeric.matmul, batch_ndim=batch)


def _index_kernel(_batch: int, _shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    # The trailing Ellipsis keeps a view (and never a numpy scalar).
    chosen = (*shapes.selection(attributes["index"]), Ellipsis)
    return lambda x: x[chosen]


def _scatter_kernel(batch: int, _shapes: tuple, attributes: Mapping[str, Any]) -> Callable:
    chosen = shapes.selection(attributes["index"])
    return lambda g: numeric.scatter(g, chosen, attributes["shape"], batch)


def _unary(name: str, symbol: str, meaning: str, latex: str, ufunc: Callable, vjp: Callable | None, scalar: str = "",
           category: str = "function", listed: bool = True) -> Operation:  # fmt: skip
    return Operation(
        name,
        ("x",),
        category,
        symbol,
        meaning,
        latex,
        ufunc=ufunc,
        vjps=(vjp,),
        scalar=scalar or f"{name}({{0}})",
        listed=listed,
    )


def _binary(name: str, symbol: str, meaning: str, latex: str, ufunc: Callable, vjps: tuple, scalar: str,
            category: str = "arithmetic") -> Operation:  # fmt: skip
    return Operation(
        name, ("a", "b"), category, symbol, meaning, latex, ufunc=ufunc, vjps=vjps, scalar=scalar
    )


def _composite(name: str, inputs: tuple[str, ...], category: str, symbol: str, meaning: str, latex: str, expand: Callable,
               **attributes: Any) -> Operation:  # fmt: skip
    return Operation(name, inputs, category, symbol, meaning, latex, attributes, expand=expand)


_REDUCE = {"axis": None, "keepdims": False}
_PAIR = ("prediction", "target")
_LOGITS = ("logits", "target")
_NORMAL = ("x", "gamma", "beta")
_EPS = 1e-5

# fmt: off
_ROWS = [
    # Arithmetic. Kinks follow PyTorch: abs and relu have slope 0 at 0, maximum of equal values halves.
    _binary("add", "+", "a plus b", "{0} + {1}", np.add, (lambda g, y, a, b: g, lambda g, y, a, b: g), "{0} + {1}"),
    _binary("subtract", "−", "a minus b", "{0} - {1}", np.subtract, (lambda g, y, a, b: g, lambda g, y, a, b: -g), "{0} - {1}"),
    _binary("multiply", "·", "a times b", r"{0} \cdot {1}", np.multiply,
            (lambda g, y, a, b: g * b, lambda g, y, a, b: g * a), "{0} * {1}"),
    _binary("divide", "÷", "a divided by b", r"\frac{{{0}}}{{{1}}}", np.divide,
            (lambda g, y, a, b: g / b, lambda g, y, a, b: -(g * y) / b), "{0} / {1}"),
    _binary("power", "^", "a to the power b", "{{{0}}}^{{{1}}}", np.power, (_power_vjp_base, _power_vjp_exponent), "power({0}, {1})"),
    _binary("maximum", "max", "the larger of a and b", r"\max({0}, {1})", np.maximum,
            (lambda g, y, a, b: where(greater(a, b), g, where(equal(a, b), 0.5 * g, 0.0)),
             lambda g, y, a, b: where(less(a, b), g, where(equal(a, b), 0.5 * g, 0.0))), "({0} if {0} >= {1} or {0} != {0} else {1})"),
    _binary("minimum", "min", "the smaller of a and b", r"\min({0}, {1})", np.minimum,
            (lambda g, y, a, b: where(less(a, b), g, where(equal(a, b), 0.5 * g, 0.0)),
             lambda g, y, a, b: where(greater(a, b), g, where(equal(a, b), 0.5 * g, 0.0))), "({0} if {0} <= {1} or {0} != {0} else {1})"),
    _unary("negative", "−x", "minus x", "-{0}", np.negative, lambda g, y, x: -g, "-{0}", "arithmetic"),
    # Functions of one number.
    _unary("abs", "|x|", "distance from zero", r"\left|{0}\right|", np.abs, lambda g, y, x: g * sign(x)),
    _unary("sign", "sgn", "−1, 0 or 1", r"\operatorname{{sign}}({0})", np.sign, None),
    _unary("square", "x²", "x times x", "{{{0}}}^{{2}}", np.square, lambda g, y, x: 2.0 * g * x, "{0} * {0}"),
    _unary("sqrt", "√", "square root (slope 0 at 0)", r"\sqrt{{{0}}}", np.sqrt, lambda g, y, x: g * (0.5 * reciprocal(y))),
    _unary("exp", "exp", "e to the power x", "e^{{{0}}}", np.exp, lambda g, y, x: g * y),
    _unary("log", "ln", "natural logarithm", r"\ln {0}", np.log, lambda g, y, x: g / x),
    _unary("log1p", "ln(1+x)", "ln(1 + x), exact for small x", r"\ln(1 + {0})", np.log1p, lambda g, y, x: g / (1.0 + x)),
    _unary("expm1", "eˣ−1", "exp(x) − 1, exact for small x", "e^{{{0}}} - 1", np.expm1, lambda g, y, x: g * (y + 1.0)),
    _unary("sin", "sin", "sine (radians)", r"\sin {0}", np.sin, lambda g, y, x: g * cos(x)),
    _unary("cos", "cos", "cosine (radians)", r"\cos {0}", np.cos, lambda g, y, x: -(g * sin(x))),
    _unary("tan", "tan", "tangent (radians)", r"\tan {0}", np.tan, lambda g, y, x: g * (1.0 + square(y))),
    _unary("arctan", "arctan", "inverse tangent, in radians", r"\arctan {0}", np.arctan, lambda g, y, x: g / (1.0 + square(x))),
    _unary("erf", "erf", "the error function", r"\operatorname{{erf}}({0})", numeric.erf,
           lambda g, y, x: g * (2.0 / math.sqrt(math.pi) * exp(-square(x)))),
    _unary("erfc", "erfc", "1 − erf(x), exact in the tail", r"\operatorname{{erfc}}({0})", numeric.erfc,
           lambda g, y, x: g * (-2.0 / math.sqrt(math.pi) * exp(-square(x)))),
    _unary("floor", "⌊x⌋", "the largest whole number up to x", r"\lfloor {0} \rfloor", np.floor, None),
    _unary("reciprocal_or_zero", "1/x", "1/x, and 0 at 0", r"\frac{{1}}{{{0}}}", numeric.reciprocal_or_zero,
           lambda g, y, x: -(g * square(y)), "(1.0 / {0} if {0} else 0.0)", listed=False),
    Operation("stop_gradient", ("x",), "function", "⊘", "x, through which no gradient flows", r"\operatorname{{sg}}({0})",
              kernel=lambda batch, argument_shapes, attributes: lambda x: x, view=True, scalar="{0}", vjps=(None,)),
    # Activations.
    _unary("tanh", "tanh", "hyperbolic tangent", r"\tanh {0}", np.tanh, lambda g, y, x: g * (1.0 - square(y)), category="activation"),
    _unary("sigmoid", "σ", "1 / (1 + exp(−x))", r"\sigma({0})", numeric.sigmoid, lambda g, y, x: g * (y * (1.0 - y)), category="activation"),
    _unary("relu", "relu", "x where positive, else 0", r"\operatorname{{relu}}({0})", numeric.relu,
           lambda g, y, x: gate(g, x), "(0.0 if {0} <= 0.0 else {0})", "activation"),
    _unary("softplus", "softplus", "ln(1 + exp(x)), a smooth relu", r"\operatorname{{softplus}}({0})", numeric.softplus,
           lambda g, y, x: g * sigmoid(x), category="activation"),
    _composite("leaky_relu", ("x",), "activation", "leaky", "x where positive, else slope · x", r"\operatorname{{leaky\_relu}}({0})",
               lambda x, slope: where(greater(x, 0.0), x, slope * x), slope=0.01),
    _composite("elu", ("x",), "activation", "elu", "x where positive, else alpha · (exp(x) − 1)", r"\operatorname{{elu}}({0})",
               lambda x, alpha: where(greater(x, 0.0), x, alpha * expm1(where(greater(x, 0.0), 0.0, x))), alpha=1.0),
    _composite("gelu", ("x",), "activation", "gelu", "x times the normal distribution function", r"\operatorname{{gelu}}({0})",
               _gelu, approximate="none"),
    Operation("softmax", ("x",), "activation", "softmax", "exp(x) scaled to sum to 1", r"\operatorname{{softmax}}({0})", {"axis": -1},
              kernel=_along(numeric.softmax), shape=shapes.along, into=True, vjps=(_softmax_vjp,)),
    Operation("log_softmax", ("x",), "activation", "log softmax", "logarithm of softmax", r"\log\operatorname{{softmax}}({0})",
              {"axis": -1}, kernel=_along(numeric.log_softmax), shape=shapes.along, into=True, vjps=(_log_softmax_vjp,)),
    # Choices.
    Operation("where", ("condition", "a", "b"), "choice", "if", "a where the condition is not 0, else b",
              r"\begin{{cases}}{1} & {0}\\ {2} & \text{{else}}\end{{cases}}",
              kernel=lambda batch, argument_shapes, attributes: numeric.select,
              vjps=(None, lambda g, y, c, a, b: where(c, g, 0.0), lambda g, y, c, a, b: where(c, 0.0, g)),
              scalar="({1} if {0} else {2})"),
    _binary("greater", ">", "1 where a > b, else 0", "[{0} > {1}]", np.greater, (), "(1.0 if {0} > {1} else 0.0)", "choice"),
    _binary("less", "<", "1 where a < b, else 0", "[{0} < {1}]", np.less, (), "(1.0 if {0} < {1} else 0.0)", "choice"),
    _binary("equal", "=", "1 where a equals b, else 0", "[{0} = {1}]", np.equal, (), "(1.0 if {0} == {1} else 0.0)", "choice"),
    _composite("clip", ("x",), "choice", "clip", "x held between min and max", r"\operatorname{{clip}}({0})", _clip, min=None, max=None),
    Operation("gate", ("a", "x"), "choice", "a·[x>0]", "a where x is positive, else 0", "{0}",
              kernel=lambda batch, argument_shapes, attributes: numeric.gate, into=True,
              vjps=(lambda g, y, a, x: gate(g, x), None), scalar="({0} if {1} > 0.0 else 0.0)", listed=False),
    # Linear algebra.
    Operation("matmul", ("a", "b"), "linear algebra", "@", "matrix product", r"{0} \, {1}",
              kernel=_matmul_kernel, shape=shapes.product, into=True,
              vjps=(lambda g, y, a, b: matmul(g, _swap(b)), lambda g, y, a, b: matmul(_swap(a), g))),
    _composite("dot", ("a", "b"), "linear algebra", "·", "sum of the products of the elements; matrices multiply as with @", r"{0} \cdot {1}", _dot),
    _composite("outer", ("a", "b"), "linear algebra", "⊗", "every element of a times every element of b", r"{0} \otimes {1}", _outer),
    Operation("norm", ("x",), "linear algebra", "‖x‖", "L2 norm (slope 0 at 0)", r"\left\|{0}\right\|", _REDUCE,
              kernel=_reduction(numeric.norm), shape=shapes.reduced, vjps=(_norm_vjp,)),
    # Shape.
    Operation("transpose", ("x",), "shape", "xᵀ", "axes in another order", "{{{0}}}^{{T}}", {"axes": None}, kernel=_transpose_kernel,
              shape=shapes.transposed, view=True,
              vjps=(lambda g, y, x, axes: transpose(g, axes=tuple(np.argsort(shapes.permutation(x.shape, axes)).tolist())),)),
    Operation("reshape", ("x",), "shape", "▭", "the same elements in another shape", r"\operatorname{{reshape}}({0})", {"shape": (-1,)},
              kernel=_reshape_kernel, shape=lambda old, shape: shapes.reshaped(old, shape), view=True,
              vjps=(lambda g, y, x, shape: reshape(g, shape=x.shape),)),
    Operation("concatenate", VARIADIC, "shape", "⧺", "tensors joined along an axis", r"\operatorname{{concatenate}}({0})", {"axis": 0},
              kernel=_concatenate_kernel, shape=shapes.concatenated, vjps=_concatenate_vjp),
    Operation("index", ("x",), "shape", "x[i]", "one element or row", "{0}", {"index": (0,)}, kernel=_index_kernel, shape=shapes.indexed,
              view=True, vjps=(lambda g, y, x, index: scatter(g, index=index, shape=x.shape),)),
    Operation("broadcast_to", ("x",), "shape", "⇲", "x repeated to a larger shape", "{0}", {"shape": ()}, kernel=_broadcast_kernel,
              shape=lambda old, shape: shape, view=True, vjps=(lambda g, y, x, shape: g,), listed=False),
    Operation("scatter", ("x",), "shape", "⇱", "x placed into zeros", "{0}", {"index": (0,), "shape": ()}, kernel=_scatter_kernel,
              shape=lambda old, index, shape: shape, vjps=(lambda g, y, x, index, shape: _call("index")(g, index=index),), listed=False),
    Operation("stack", VARIADIC, "shape", "≡", "tensors as rows of a new axis", "{0}", kernel=_stack_kernel, shape=shapes.stacked,
              vjps=lambda slot: lambda g, y, *values: index(g, index=slot), listed=False),
    Operation("contract", ("a", "b"), "reduce", "Σab", "sum of the products of all elements", "{0} : {1}", kernel=_contract_kernel,
              shape=lambda a, b: (), into=True, vjps=(lambda g, y, a, b: g * b, lambda g, y, a, b: g * a), listed=False),
    # Reductions.
    Operation("sum", ("x",), "reduce", "Σ", "sum over axes", r"\sum {0}", _REDUCE, kernel=_sum_kernel, shape=shapes.reduced, into=True,
              vjps=(lambda g, y, x, axis, keepdims: broadcast_to(_spread(g, x, axis, keepdims), shape=x.shape),)),
    _composite("mean", ("x",), "reduce", "mean", "average over axes", r"\operatorname{{mean}}({0})",
               lambda x, axis, keepdims: total(x, axis=axis, keepdims=keepdims) / _count(x.shape, axis), **_REDUCE),
    Operation("max", ("x",), "reduce", "max", "largest over axes (equal ones share the gradient)", r"\max({0})", _REDUCE,
              kernel=_reduction(np.maximum.reduce), shape=shapes.extreme, into=True, vjps=(_max_vjp,)),
    _composite("min", ("x",), "reduce", "min", "smallest over axes (equal ones share the gradient)", r"\min({0})",
               lambda x, axis, keepdims: -largest(-x, axis=axis, keepdims=keepdims), **_REDUCE),
    _composite("logsumexp", ("x",), "reduce", "log Σ exp", "logarithm of the sum of exponentials", r"\operatorname{{logsumexp}}({0})",
               _logsumexp, **_REDUCE),
    # Losses.
    _composite("mse", _PAIR, "loss", "mse", "mean squared error", r"\operatorname{{mse}}({0}, {1})", lambda p, t: mean(square(p - t))),
    _composite("mae", _PAIR, "loss", "mae", "mean absolute error", r"\operatorname{{mae}}({0}, {1})", lambda p, t: mean(absolute(p - t))),
    _composite("huber", _PAIR, "loss", "huber", "square near 0, straight beyond delta; mean", r"\operatorname{{huber}}({0}, {1})",
               _huber, delta=1.0),
    _composite("half_squared_error", _PAIR, "loss", "½Σe²", "half the sum of squared errors", r"\tfrac12\sum({0} - {1})^2",
               lambda p, t: total(0.5 * square(p - t))),
    _composite("cross_entropy", _LOGITS, "loss", "cross entropy", "softmax cross-entropy, mean over rows",
               r"\operatorname{{cross\_entropy}}({0}, {1})", _cross_entropy),
    _composite("binary_cross_entropy", _LOGITS, "loss", "binary CE", "sigmoid cross-entropy, mean",
               r"\operatorname{{bce}}({0}, {1})", _binary_cross_entropy),
    _composite("hinge", _PAIR, "loss", "hinge", "mean of max(0, 1 − target · prediction), target ±1",
               r"\operatorname{{hinge}}({0}, {1})", lambda p, t: mean(relu(1.0 - t * p))),
    # Normalisation.
    _composite("batch_norm", _NORMAL, "normalise", "batch norm", "normalised over the rows of the batch (axis 0)",
               r"\operatorname{{batch\_norm}}({0})", lambda x, gamma, beta, eps: _normalise(x, gamma, beta, 0, eps), eps=_EPS),
    _composite("layer_norm", _NORMAL, "normalise", "layer norm", "normalised over the last axis",
               r"\operatorname{{layer\_norm}}({0})", lambda x, gamma, beta, eps: _normalise(x, gamma, beta, -1, eps), eps=_EPS),
    _composite("batch_norm_inference", (*_NORMAL, "mean", "variance"), "normalise", "batch norm (running)",
               "normalised by given running averages", r"\operatorname{{batch\_norm}}({0})", _batch_norm_inference, eps=_EPS),
]
_LEAVES = [
    Operation("parameter", (), "leaf", "θ", "a number or tensor that training changes"),
    Operation("constant", (), "leaf", "c", "a number or tensor that stays"),
    Operation("data", (), "leaf", "D", "given data, such as inputs and targets"),
]
# fmt: on

LEAF_OPS = tuple(row.name for row in _LEAVES)
table: dict[str, Operation] = {row.name: row for row in _LEAVES + _ROWS}
operations: dict[str, Operation] = {name: row for name, row in table.items() if row.listed}


def get(name: str) -> Operation:
    """The row called `name`.

    Raises:
        EngineError: when there is none; names the nearest.
    """
    try:
        return table[name]
    except (KeyError, TypeError):
        raise EngineError(f"no operation {name!r}{suggestion(str(name), operations)}") from None
