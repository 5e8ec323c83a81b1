"""Networks with a column for each row of data, and biases as a row of their matrix.

The rows of a batch, one example each, stay rows through all layers of h @ W + b. Turned around, Wᵀ hᵀ has the few classes
of a loss as rows, over which maxima and sums run in whole vectors, and a row of ones below hᵀ is contiguous memory:
where b follows W in the vector of coordinates, [W; b]ᵀ [hᵀ; 1] is the whole layer, and its gradient [hᵀ; 1] g is that
of both. A step of a small network is some dozens of calls, so each one saved counts. This changes the last bits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain

import numpy as np

from . import ops
from .expression import Term, reachable
from .layout import is_elementwise
from .shapes import axes_of

# Turned constants are copies; larger ones are read across, which products do as fast.
_COPIED = 1 << 16
_ELEMENTWISE = ("gate", "where", "stop_gradient")
_ALONG = ("softmax", "log_softmax")


def columnwise(outputs: Sequence[Term]) -> list[Term]:
    """The same outputs, on the same tape, from turned matrices; the outputs themselves where there are none.

    Args:
        outputs: terms without batch axes.
    """
    terms = reachable(outputs)
    tall = _tall(terms)
    return _Columns(terms, outputs, tall).outputs if tall else list(outputs)


def _is_data(term: Term) -> bool:
    return term.value is not None or (term.op == "input" and term.attributes["name"].startswith("data "))


def _tall(terms: Sequence[Term]) -> set[int]:
    """The terms with a row for each row of data."""
    found: set[int] = set()
    for term in terms:
        if len(term.shape) != 2:
            continue
        if term.op == "matmul":
            a, b = term.args
            matrices = len(a.shape) == len(b.shape) == 2
            tall = matrices and (a.index in found or _is_data(a)) and b.index not in found
        elif term.op in _ALONG or term.op in _ELEMENTWISE or is_elementwise(term):
            tall = any(arg.index in found and arg.shape == term.shape for arg in term.args)
        else:
            tall = False
        if tall and term.value is None:
            found.add(term.index)
    return found


class _Columns:
    def __init__(self, terms: Sequence[Term], outputs: Sequence[Term], tall: set[int]) -> None:
        self._tape = outputs[0].tape
        self._tall = tall
        self._uses: dict[int, int] = {}
        for used in chain(outputs, *(term.args for term in terms)):
            self._uses[used.index] = self._uses.get(used.index, 0) + 1
        self._new: dict[int, Term] = {}
        self._turned: dict[int, Term] = {}
        for term in terms:
            if term.index in tall:
                self._turned[term.index] = self._rebuilt_turned(term)
            else:
                self._new[term.index] = self._rebuilt(term)
        self.outputs = [self._upright(term) for term in outputs]

    def _upright(self, term: Term) -> Term:
        """The new term for an old one."""
        if term.index not in self._new:
            self._new[term.index] = _across(self._turned[term.index])
        return self._new[term.index]

    def _on_its_side(self, term: Term) -> Term:
        """The transpose of an old term of two axes."""
        if term.index not in self._turned:
            if term.value is not None and math.prod(term.shape) <= _COPIED:
                self._turned[term.index] = self._tape.constant(np.ascontiguousarray(term.value.T))
            else:
                self._turned[term.index] = _across(self._upright(term))
        return self._turned[term.index]

    def _operand(self, term: Term) -> Term:
        """What an operand of a tall elementwise operation becomes; broadcasting costs more than a number."""
        value = term.value
        if value is not None and value.size and np.all(value == value.flat[0]):
            return self._tape.constant(value.flat[0])
        if len(term.shape) == 2:
            return self._on_its_side(term)
        return ops.reshape(self._upright(term), shape=(-1, 1)) if term.shape else self._upright(term)

    def _with_ones(self, term: Term) -> Term | None:
        """The transpose of a tall term or of data with a row of ones below, where that costs no copy in each run."""
        rows = term.shape[0]
        if term.value is not None and math.prod(term.shape) <= _COPIED:
            return self._tape.constant(np.vstack([term.value.T, np.ones(rows)]))
        if term.index not in self._tall:
            return None
        return ops.concatenate(self._on_its_side(term), self._tape.constant(np.ones((1, rows))), axis=0)

    def _rebuilt_turned(self, term: Term) -> Term:
        """The transpose of a tall term."""
        if term.op == "matmul":
            a, b = term.args
            return self._tape.primitive("matmul", (_across(self._upright(b)), self._on_its_side(a)))
        if term.op in _ALONG:
            axis = 1 - term.attributes["axis"] % 2
            return self._tape.primitive(term.op, (self._on_its_side(term.args[0]),), {"axis": axis})
        if term.op == "add":
            layer = self._layer(term)
            if layer is not None:
                return layer
        operands = tuple(self._operand(arg) for arg in term.args)
        return self._tape.primitive(term.op, operands, term.attributes)

    def _layer(self, term: Term) -> Term | None:
        """The transpose of h @ W + b as one product, where b follows W in one vector."""
        for product, bias in (term.args, term.args[::-1]):
            if product.op != "matmul" or product.index not in self._tall or self._uses[product.index] > 1:
                continue
            h, weights = product.args
            joint = _joined(weights, bias)
            inputs = None if joint is None else self._with_ones(h)
            if joint is not None and inputs is not None:
                return self._tape.primitive("matmul", (_across(joint), inputs))
        return None

    def _rebuilt(self, term: Term) -> Term:
        if not term.args or term.value is not None:
            return term
        made = self._total(term) if term.op in ("sum", "multiply", "divide", "negative") else None
        if made is not None:
            return made
        if term.op == "concatenate" and len(term.shape) == 1:
            return self._gathered(term)
        if term.op == "opaque":
            return self._tape.opaque(self._upright(term.args[0]), term.attributes["label"])
        return self._tape.primitive(term.op, tuple(self._upright(arg) for arg in term.args), term.attributes)

    def _total(self, term: Term) -> Term | None:
        """A sum over a tall term: one over all of a product, with its constant factor, is a product of vectors."""
        factor = 1.0
        inner = term
        while inner.op != "sum":
            numbers = [arg for arg in inner.args if arg.value is not None and arg.shape == ()]
            others = [arg for arg in inner.args if arg.value is None]
            if len(others) != 1 or inner.shape != () or self._uses[others[0].index] > 1:
                return None
            if inner.op == "negative":
                factor = -factor
            elif inner.op == "multiply" and numbers:
                factor *= float(numbers[0].value or 0.0)
            elif inner.op == "divide" and numbers and numbers[0] is inner.args[1] and numbers[0].value:
                factor /= float(numbers[0].value)
            else:
                return None
            (inner,) = others
        (summed,) = inner.args
        if summed.index not in self._tall:
            return None
        if inner.shape == () and summed.op == "multiply" and self._uses[summed.index] == 1:
            a, b = summed.args
            if a.shape == b.shape:
                left, right = self._on_its_side(a), self._on_its_side(b)
                if factor != 1 and left.value is not None:
                    left, factor = self._tape.constant(factor * left.value), 1.0
                if factor == 1:
                    return self._tape.primitive("contract", (left, right))
        if inner is not term:
            return None
        axes = axes_of(summed.shape, inner.attributes["axis"])
        turned = self._on_its_side(summed)
        if inner.attributes["keepdims"]:
            return _across(ops.total(turned, axis=tuple(1 - axis for axis in axes), keepdims=True))
        if axes == (0,):
            # As a product it costs half the call.
            ones = self._tape.constant(np.ones((summed.shape[0], 1)))
            return ops.reshape(self._tape.primitive("matmul", (turned, ones)), shape=term.shape)
        return ops.total(turned, axis=tuple(1 - axis for axis in axes))

    def _gathered(self, term: Term) -> Term:
        """Vectors in a row; the gradients of W and of the b behind it are one product."""
        parts: list[Term] = []
        before: Term | None = None
        for arg in term.args:
            both = None if before is None else self._layer_gradient(before, arg)
            if both is not None:
                parts[-1] = ops.reshape(both, shape=(-1,))
            else:
                parts.append(self._upright(arg))
            before = arg
        return parts[0] if len(parts) == 1 else ops.concatenate(*parts)

    def _layer_gradient(self, weights: Term, bias: Term) -> Term | None:
        """hᵀ g above the sum of g over its rows, as one product."""
        product, column = _plain(weights), _plain(bias)
        if product.op != "matmul" or column.op != "sum" or column.args[0] is not product.args[1]:
            return None
        g = column.args[0]
        across = product.args[0]
        if (
            g.index not in self._tall
            or column.shape != g.shape[1:]
            or axes_of(g.shape, column.attributes["axis"]) != (0,)
        ):
            return None
        if across.value is not None:
            inputs = self._with_ones(self._tape.constant(across.value.T))
        else:
            inputs = self._with_ones(across.args[0]) if across.op == "transpose" else None
        if inputs is None:
            return None
        return self._tape.primitive("matmul", (inputs, _across(self._on_its_side(g))))


def _across(x: Term) -> Term:
    return ops.transpose(x, axes=(1, 0))


def _plain(term: Term) -> Term:
    """A term without the change of shape around it."""
    while term.op == "reshape":
        term = term.args[0]
    return term


def _joined(weights: Term, bias: Term) -> Term | None:
    """W with b as one more row, where both are parts of one vector and b comes next."""
    upper, lower = _plain(weights), _plain(bias)
    if upper.op != "index" or lower.op != "index" or upper.args[0] is not lower.args[0]:
        return None
    (whole,) = upper.args
    (first, *_), (second, *_) = upper.attributes["index"], lower.attributes["index"]
    if len(whole.shape) != 1 or not isinstance(first, tuple) or not isinstance(second, tuple):
        return None
    rows, columns = weights.shape
    if bias.shape not in ((columns,), (1, columns)) or first[1] != second[0]:
        return None
    return ops.reshape(ops.index(whole, index=((first[0], second[1]),)), shape=(rows + 1, columns))
