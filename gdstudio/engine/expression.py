"""The form in which the engine computes: a tape of hash-consed terms.

A graph, the gradients of a graph and an update rule all become terms on a tape. Equal terms are one object, so shared
subexpressions are computed once, forward and backward alike. A term is always made after its arguments: the order of
the indices is a topological order, and nothing here recurses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from weakref import ref

import numpy as np

from . import ops
from .errors import ShapeError
from .shapes import Shape, checked_attributes
from .simplify import RULES, without_broadcasts

# Folding a large constant costs memory for as long as the tape lives; beyond this size it is left to the plan.
_FOLD_LIMIT = 1 << 16


class Term:
    """One value on a tape; the operators of Python build more of them."""

    __slots__ = ("__weakref__", "args", "attrs", "index", "op", "shape", "tape", "value")

    def __init__(
        self, tape: Tape, index: int, op: str, args: tuple[Term, ...], attrs: tuple, shape: Shape
    ) -> None:
        self.tape = tape
        self.index = index
        self.op = op
        self.args = args
        self.attrs = attrs
        self.shape = shape
        self.value: np.ndarray | None = None

    def __repr__(self) -> str:
        inside = ", ".join(f"#{arg.index}" for arg in self.args)
        return f"#{self.index} = {self.op}({inside}) {self.shape}"

    @property
    def attributes(self) -> dict[str, Any]:
        return dict(self.attrs)

    def is_number(self, number: float) -> bool:
        """Whether this is a constant scalar of that value."""
        return self.value is not None and self.shape == () and float(self.value) == number

    def __add__(self, other: Term | float | np.ndarray) -> Term:
        return self.tape.primitive("add", (self, self.tape.term(other)))

    def __radd__(self, other: Term | float) -> Term:
        return self.tape.primitive("add", (self.tape.term(other), self))

    def __sub__(self, other: Term | float | np.ndarray) -> Term:
        return self.tape.primitive("subtract", (self, self.tape.term(other)))

    def __rsub__(self, other: Term | float) -> Term:
        return self.tape.primitive("subtract", (self.tape.term(other), self))

    def __mul__(self, other: Term | float | np.ndarray) -> Term:
        return self.tape.primitive("multiply", (self, self.tape.term(other)))

    def __rmul__(self, other: Term | float) -> Term:
        return self.tape.primitive("multiply", (self.tape.term(other), self))

    def __truediv__(self, other: Term | float | np.ndarray) -> Term:
        return self.tape.primitive("divide", (self, self.tape.term(other)))

    def __rtruediv__(self, other: Term | float) -> Term:
        return self.tape.primitive("divide", (self.tape.term(other), self))

    def __pow__(self, other: Term | float | np.ndarray) -> Term:
        return self.tape.primitive("power", (self, self.tape.term(other)))

    def __matmul__(self, other: Term) -> Term:
        return self.tape.apply("matmul", self, other)

    def __neg__(self) -> Term:
        return self.tape.primitive("negative", (self,))


class Tape:
    """Makes terms.

    Terms hold their tape, but a tape does not hold its terms: it finds those again that somebody still holds. Otherwise
    every tape would be a cycle, and its memory would stay until Python's cyclic garbage collector comes.

    Args:
        simplify: fold constants, drop neutral elements, expand small integer powers. Off, a term is computed exactly
            as it was written.
        split_affine: multiply by a matrix that is a sum of constants times scalars one constant at a time, so that
            no matrix is ever formed for each point of a batch; and never sum a product over a tensor in two passes.
        together: an input whose multiples are not split off: a grid has few of its values, so that forming the
            matrix for each of them saves products.

    Attributes:
        count: of the terms made so far.
    """

    def __init__(self, simplify: bool = True, split_affine: bool = False, together: str = "") -> None:
        self.simplify = simplify
        self.split_affine = split_affine
        self.together = together
        self.count = 0
        self._known: dict[tuple, ref[Term]] = {}
        # What an operation without attributes made of its arguments.
        self._results: dict[tuple, ref[Term]] = {}
        self._numbers: dict[tuple[float, float], ref[Term]] = {}

    def input(self, name: str, shape: Shape = ()) -> Term:
        """A value given at each evaluation."""
        return self._make("input", (), (("name", name),), shape)

    def constant(self, value: Any) -> Term:
        """A fixed number or tensor."""
        if type(value) is float and value == value:
            number = (value, math.copysign(1.0, value))
            known = self._numbers.get(number)
            term = None if known is None else known()
            if term is None:
                term = self._constant(np.array(value))
                self._numbers[number] = ref(term)
            return term
        return self._constant(np.asarray(value, dtype=np.float64))

    def _constant(self, array: np.ndarray) -> Term:
        key = (array.shape, array.tobytes())
        term = self._make("constant", (), (key,), array.shape)
        if term.value is None:
            term.value = array
        return term

    def term(self, value: Term | float | np.ndarray) -> Term:
        """A term as it is, anything else as a constant."""
        return value if isinstance(value, Term) else self.constant(value)

    def apply(self, op: str, *args: Term | float | np.ndarray, **attributes: Any) -> Term:
        """The result of an operation; composites become their primitives.

        Raises:
            ShapeError: when shapes or attributes do not fit; EngineError: when there is no such operation.
        """
        row = ops.get(op)
        if row.arity is not None and len(args) != row.arity:
            raise ShapeError(f"{op} takes {row.arity} inputs ({', '.join(row.inputs)}), not {len(args)}")
        terms = tuple([self.term(arg) for arg in args])
        if row.attributes or attributes:
            attributes = checked_attributes(op, row.attributes, attributes)
        if op == "matmul" and (len(terms[0].shape) < 2 or len(terms[1].shape) < 2):
            return ops.matmul_of_vectors(*terms)
        if row.expand is not None:
            return row.expand(*terms, **attributes)
        return self.primitive(op, terms, attributes)

    def primitive(self, op: str, args: tuple[Term, ...], attributes: Mapping[str, Any] | None = None) -> Term:
        """One primitive operation on terms, simplified where that is on."""
        if not attributes:
            key = (op, *[arg.index for arg in args])
            known = self._results.get(key)
            result = None if known is None else known()
            if result is None:
                result = self._made(op, args)
                self._results[key] = ref(result)
            return result
        shape = ops.table[op].shape(*[arg.shape for arg in args], **attributes)
        if self.simplify:
            simpler = self._simplified(op, args, attributes, shape)
            if simpler is not None:
                return simpler
        return self._make(op, args, tuple(attributes.items()), shape)

    def _made(self, op: str, args: tuple[Term, ...]) -> Term:
        """What an operation without attributes makes of arguments that it has not met."""
        shape = ops.table[op].shape(*[arg.shape for arg in args])
        if self.simplify:
            simpler = self._simplified(op, args, {}, shape)
            if simpler is not None:
                return simpler
        return self._new(op, args, (), shape)

    def opaque(self, term: Term, label: str) -> Term:
        """The same value as a term of its own, which is never merged with an equal one."""
        return self._make("opaque", (term,), (("label", label),), term.shape)

    def _make(self, op: str, args: tuple[Term, ...], attrs: tuple, shape: Shape) -> Term:
        key = (op, tuple([arg.index for arg in args]), attrs, shape)
        known = self._known.get(key)
        term = None if known is None else known()
        if term is None:
            term = self._new(op, args, attrs, shape)
            self._known[key] = ref(term)
        return term

    def _new(self, op: str, args: tuple[Term, ...], attrs: tuple, shape: Shape) -> Term:
        term = Term(self, self.count, op, args, attrs, shape)
        self.count += 1
        return term

    def _simplified(
        self, op: str, args: tuple[Term, ...], attributes: Mapping[str, Any], shape: Shape
    ) -> Term | None:
        if (
            args[0].value is not None
            and all(arg.value is not None for arg in args)
            and math.prod(shape) <= _FOLD_LIMIT
        ):
            function = ops.table[op].function(0, tuple(arg.shape for arg in args), attributes)
            with np.errstate(all="ignore"):
                return self.constant(function(*[arg.value for arg in args]))
        # A broadcast argument that would be broadcast here anyway need not be.
        if len(args) == 2 and ops.table[op].ufunc:
            args, changed = without_broadcasts(args, shape)
            if changed:
                return self.primitive(op, args, attributes)
        rule = RULES.get(op)
        result = rule(self, *args, **attributes) if rule else None
        # A neutral element may have carried the shape.
        return result if result is not None and result.shape == shape else None


def reachable(outputs: Iterable[Term]) -> list[Term]:
    """All terms that the outputs need, arguments first."""
    found = {term.index: term for term in outputs}
    stack = list(found.values())
    while stack:
        for arg in stack.pop().args:
            if arg.index not in found:
                found[arg.index] = arg
                stack.append(arg)
    return [found[index] for index in sorted(found)]


def maker_of(term: Term, batch_ndim: int) -> Callable[..., np.ndarray]:
    """The function of a term that has arguments, which makes its own array of numbers."""
    if term.op == "opaque":
        return _identity
    function = ops.table[term.op].function(batch_ndim, tuple(a.shape for a in term.args), term.attributes)
    return partial(_as_numbers, function) if term.op in ("greater", "less", "equal") else function


def _as_numbers(comparison: Callable[..., np.ndarray], *args: np.ndarray) -> np.ndarray:
    """numpy compares to booleans, which do not subtract, and whose sine has the precision of float16."""
    return np.asarray(comparison(*args), dtype=np.float64)


def _identity(x: np.ndarray) -> np.ndarray:
    return x


class Evaluation:
    """Plain evaluation, term by term, of some outputs of a tape: the reference that every faster plan is tested against.

    Args:
        outputs: what is wanted.
        batch_ndim: how many batch axes follow the static axes of every array.
    """

    def __init__(self, outputs: Sequence[Term], batch_ndim: int = 0) -> None:
        terms = reachable(outputs)
        self._outputs = list(outputs)
        self._batch_ndim = batch_ndim
        self._inputs = [term for term in terms if term.op == "input"]
        self._constants = {term.index: term.value for term in terms if term.value is not None}
        self._steps = [
            (t.index, maker_of(t, batch_ndim), tuple(a.index for a in t.args)) for t in terms if t.args
        ]

    def __call__(self, inputs: Mapping[str, Any]) -> list[np.ndarray]:
        """The outputs for these inputs, by name; arrays of shape (*static shape, *batch axes).

        Non-finite values are results; nothing warns.
        """
        pad = (1,) * self._batch_ndim
        values = {index: value.reshape(value.shape + pad) for index, value in self._constants.items()}
        for term in self._inputs:
            values[term.index] = np.asarray(inputs[term.attributes["name"]], dtype=np.float64)
        with np.errstate(all="ignore"):
            for index, function, args in self._steps:
                values[index] = function(*[values[arg] for arg in args])
        return [np.asarray(values[term.index], dtype=np.float64) for term in self._outputs]
