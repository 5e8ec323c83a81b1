"""Terms as generated Python on floats: for small graphs far quicker than numpy calls on tiny arrays.

The source holds only names of the engine's own making, the operators of Python, and functions of the operations table;
every number comes in as an argument, so nothing a person wrote ever reaches `exec`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from . import numeric, ops
from .bounded import bounded
from .expression import Tape, Term, reachable

# Single-use values are written into the expression that uses them until it has grown to this many characters.
_INLINE_LENGTH = 200


class TooLarge(Exception):
    """The terms have more scalar operations than the limit."""


def scalarized(
    outputs: Sequence[Term], inputs: Mapping[str, np.ndarray], tape: Tape, limit: int
) -> list[np.ndarray]:
    """Tensor terms taken apart: for each output an object array of scalar terms on `tape`.

    Args:
        inputs: for each input name an object array of scalar terms.
        limit: raise TooLarge beyond so many terms on `tape`.
    """
    terms = reachable(outputs)
    # Far too large is seen at once, without building the terms first.
    if sum(map(_scalar_count, terms)) > 4 * limit:
        raise TooLarge
    values: dict[int, np.ndarray] = {}
    for term in terms:
        args = [values[arg.index] for arg in term.args]
        if term.op == "input":
            result = inputs[term.attributes["name"]]
        elif term.value is not None:
            if term.value.size > limit:
                raise TooLarge
            result = _filled(term.shape, [tape.constant(number) for number in term.value.ravel()])
        else:
            result = _apart(term, args, tape)
        values[term.index] = result
        if tape.count > limit:
            raise TooLarge
    return [values[term.index] for term in outputs]


def _scalar_count(term: Term) -> int:
    """About how many scalar operations a term comes to."""
    if not term.args or ops.table.get(term.op) is None or ops.table[term.op].view:
        return 0
    if term.op == "matmul":
        return math.prod(term.shape) * 2 * term.args[0].shape[-1]
    return max(math.prod(term.shape), *(math.prod(arg.shape) for arg in term.args))


def _filled(shape: tuple[int, ...], terms: Iterable[Term]) -> np.ndarray:
    flat = list(terms)
    result = np.empty(len(flat), dtype=object)
    result[:] = flat
    return result.reshape(shape)


def _apart(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    row = ops.table.get(term.op)
    if row is None:
        return args[0]
    if row.scalar and not row.view:
        same = all(arg.shape == args[0].shape for arg in args)
        wide = args if same else np.broadcast_arrays(*args)
        return _filled(
            term.shape,
            (tape.primitive(term.op, scalars) for scalars in zip(*(w.flat for w in wide), strict=True)),
        )
    special = _SPECIAL.get(term.op)
    if special is not None:
        return special(term, args, tape)
    return row.function(0, tuple(arg.shape for arg in args), term.attributes)(*args)


def _folded(x: np.ndarray, term: Term, join: Callable[[Term, Term], Term]) -> np.ndarray:
    """`x` reduced over the term's axes by joining two scalars at a time."""
    axes = ops.shapes.axes_of(x.shape, term.attributes["axis"])
    kept = [a for a in range(x.ndim) if a not in axes]
    columns = x.transpose(*kept, *axes).reshape(*(x.shape[a] for a in kept), -1)
    rows = columns.reshape(-1, columns.shape[-1])
    return _filled(term.shape, (reduce(join, row) for row in rows))


def _sum(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    return _folded(args[0], term, lambda a, b: a + b)


def _max(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    return _folded(args[0], term, lambda a, b: tape.apply("maximum", a, b))


def _norm(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    squares = _filled(args[0].shape, (x * x for x in args[0].flat))
    total = _folded(squares, term, lambda a, b: a + b)
    return _filled(term.shape, (tape.apply("sqrt", x) for x in total.flat))


def _softmax(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    x = args[0]
    rows = np.moveaxis(x, term.attributes["axis"], -1) if x.ndim else x.reshape(1)
    result = np.empty(rows.shape, dtype=object)
    for place in np.ndindex(rows.shape[:-1]):
        row = rows[place]
        top = reduce(lambda a, b: tape.apply("maximum", a, b), row)
        powers = [tape.apply("exp", entry - top) for entry in row]
        total = reduce(lambda a, b: a + b, powers)
        if term.op == "softmax":
            result[place] = _filled((len(row),), (power / total for power in powers))
        else:
            result[place] = _filled((len(row),), (entry - top - tape.apply("log", total) for entry in row))
    return np.moveaxis(result, -1, term.attributes["axis"]) if x.ndim else result.reshape(())


def _matmul(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    a, b = args
    a = np.broadcast_to(a, term.shape[:-2] + a.shape[-2:])
    b = np.broadcast_to(b, term.shape[:-2] + b.shape[-2:])
    result = np.empty(term.shape, dtype=object)
    for place in np.ndindex(term.shape):
        row, column = a[place[:-1]], b[(*place[:-2], slice(None), place[-1])]
        result[place] = reduce(lambda p, q: p + q, [p * q for p, q in zip(row, column, strict=True)])
    return result


def _scatter(term: Term, args: list[np.ndarray], tape: Tape) -> np.ndarray:
    result = np.full(term.shape, tape.constant(0.0), dtype=object)
    result[ops.shapes.selection(term.attributes["index"])] = args[0]
    return result


_SPECIAL: dict[str, Callable[[Term, list[np.ndarray], Tape], np.ndarray]] = {
    "sum": _sum,
    "max": _max,
    "norm": _norm,
    "softmax": _softmax,
    "log_softmax": _softmax,
    "matmul": _matmul,
    "scatter": _scatter,
}


class Writer:
    """Writes scalar terms as Python assignments.

    Args:
        outputs: the terms whose values are wanted.
        names: Python names of the inputs, by input name.
        safe: write divisions as a call that gives the IEEE answer where Python raises.
        prefix: begins the names of constants and intermediate values.
        called: names that some terms must get, by index.
    """

    def __init__(
        self,
        outputs: Sequence[Term],
        names: Mapping[str, str],
        safe: bool = False,
        prefix: str = "",
        called: Mapping[int, str] | None = None,
    ) -> None:
        self.terms = reachable(outputs)
        self._safe = safe
        self._names = names
        self._prefix = prefix
        self._called = called or {}
        self._uses: dict[int, int] = {}
        self._repeated: set[int] = set()
        for term in self.terms:
            template = ops.table[term.op].scalar if term.args else ""
            for slot, arg in enumerate(term.args):
                self._uses[arg.index] = self._uses.get(arg.index, 0) + 1
                if template.count(f"{{{slot}}}") > 1:
                    self._repeated.add(arg.index)
        for term in outputs:
            self._uses[term.index] = self._uses.get(term.index, 0) + 2
        self._text: dict[int, str] = {}
        self.constants: list[float] = []

    def lines(self, wanted: Callable[[Term], bool]) -> list[str]:
        """Assignments for those terms that `wanted` picks, in order; the rest must have been or will be written."""
        result = []
        for term in self.terms:
            if term.index in self._text or not wanted(term):
                continue
            if term.op == "input":
                self._text[term.index] = self._names[term.attributes["name"]]
            elif term.value is not None:
                self._text[term.index] = f"{self._prefix}c{len(self.constants)}"
                self.constants.append(float(term.value))
            else:
                written = self._expression(term)
                if (
                    self._uses[term.index] > 1
                    or term.index in self._repeated
                    or len(written) > _INLINE_LENGTH
                ):
                    name = self._called.get(term.index, f"{self._prefix}v{term.index}")
                    result.append(f"{name} = {written}")
                    written = name
                else:
                    written = f"({written})"
                self._text[term.index] = written
        return result

    def text(self, term: Term) -> str:
        """How a written term reads in an expression."""
        return self._text[term.index]

    def _expression(self, term: Term) -> str:
        args = [self._text[arg.index] for arg in term.args]
        if term.op == "where" and args[0].startswith("((1.0 if ") and args[0].endswith(" else 0.0))"):
            # The comparison itself decides; it need not become a number first.
            args[0] = f"({args[0][9:-11]})"
        if self._safe and term.op == "divide":
            return f"divide({args[0]}, {args[1]})"
        if self._safe and term.op == "reciprocal_or_zero":
            return f"(divide(1.0, {args[0]}) if {args[0]} else 0.0)"
        return ops.table[term.op].scalar.format(*args)


@bounded(lambda source, name, safe: len(source), 1 << 23)
def compiled(source: str, name: str, safe: bool) -> Callable:
    """The function called `name` in generated source; it may call nothing but the scalar functions of the table.

    Numbers are arguments, so an edit of a value finds its source here already compiled.
    """
    namespace: dict[str, Any] = {"__builtins__": {"zip": zip}} | (
        numeric.SAFE_SCALARS if safe else numeric.FAST_SCALARS
    )
    exec(compile(source, f"<gdstudio {name}>", "exec"), namespace)  # noqa: S102
    # Taken out, since a function that its own globals hold is garbage that only the cyclic collector finds.
    return namespace.pop(name)


def signature_functions(source: str) -> str:
    """Keyword defaults that make the functions used in `source` locals, which Python finds faster than globals."""
    used = [name for name in numeric.SAFE_SCALARS if f"{name}(" in source]
    return "".join(f", {name}={name}" for name in used)


def numbered(stem: str, count: int) -> list[str]:
    """x0, x1, … for the stem x."""
    return [f"{stem}{i}" for i in range(count)]


def listed(names: Sequence[str]) -> str:
    """Names as the inside of a tuple, which may be empty or hold one."""
    return "".join(f"{name}, " for name in names)


def unpacked(names: Sequence[str], source: str) -> list[str]:
    """The line that unpacks `source` into `names`; none when there are no names."""
    return [f"{listed(names)}= {source}"] if names else []
