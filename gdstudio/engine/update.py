"""Update rules as terms: the text of a rule becomes the same kind of expression that a graph does.

Arrays are (*parameter shape, *batch axes), one batch entry for each racer.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from .derivative import fitted
from .errors import EngineError, suggestion
from .expression import Evaluation, Tape, Term
from .shapes import Shape, show
from .syntax import NUMBERS, Reader, Statement, statements


class StateLike(Protocol):
    """What a state must tell; see `optimizers.State`."""

    @property
    def name(self) -> str: ...

    @property
    def initial(self) -> str: ...

    @property
    def scalar(self) -> bool: ...


@dataclass(frozen=True)
class Line:
    """One line of a rule at one step: what is assigned, the text of its expression, and the value it got."""

    name: str
    expression: str
    value: np.ndarray


@dataclass(frozen=True)
class Lowered:
    """A rule on a tape: the term of every line, the new point, and the new states by name."""

    lines: list[tuple[Statement, Term]]
    x: Term
    state: dict[str, Term]


class _TermReader(Reader[Term]):
    def __init__(self, tape: Tape, names: dict[str, Term]) -> None:
        self._tape = tape
        self.names = names

    def number(self, value: float) -> Term:
        return self._tape.constant(value)

    def tensor(self, value: np.ndarray) -> Term:
        return self._tape.constant(value)

    def name(self, name: str, node: ast.expr) -> Term:
        if name in self.names:
            return self.names[name]
        if name in NUMBERS:
            return self._tape.constant(NUMBERS[name])
        raise self.statement.error(f"{name!r} is not known here; there are {', '.join(self.names)}"
                                   f"{suggestion(name, self.names)}", node)  # fmt: skip

    def call(self, op: str, args: list[Term], attributes: dict[str, Any], node: ast.expr) -> Term:
        try:
            return self._tape.apply(op, *args, **attributes)
        except EngineError as error:
            raise self.statement.error(str(error), node) from None


def lower_update(
    text: str,
    tape: Tape,
    x: Term,
    g: Term,
    t: Term,
    options: Mapping[str, Term],
    state: Mapping[str, Term],
    value: Term,
) -> Lowered:
    """The lines of a rule as terms on `tape`; `value` is the loss at x.

    Raises:
        FormulaError: with line and column, for text outside the language, an unknown name, or shapes that do not fit.
    """
    reader = _TermReader(tape, {"x": x, "g": g, "t": t, "value": value, **options, **state})
    lines = []
    for statement in statements(text):
        if statement.target is None:
            raise statement.error("every line must read `name = expression`")
        term = reader.read(statement)
        kept = x if statement.target == "x" else state.get(statement.target)
        if kept is not None and term.shape != kept.shape:
            if not _fits(term.shape, kept.shape):
                raise statement.error(
                    f"{statement.target} has shape {show(kept.shape)}, but this line gives {show(term.shape)}"
                )
            term = fitted(term, kept.shape)
        reader.names[statement.target] = term
        lines.append((statement, term))
    return Lowered(lines, reader.names["x"], {name: reader.names[name] for name in state})


def _fits(shape: Shape, kept: Shape) -> bool:
    """Whether a value can be repeated to the shape of what it is assigned to."""
    padded = (1,) * (len(kept) - len(shape)) + shape
    return len(padded) == len(kept) and all(n in (1, m) for n, m in zip(padded, kept, strict=True))


def initial_terms(
    states: Sequence[StateLike], tape: Tape, x: Term, options: Mapping[str, Term]
) -> dict[str, Term]:
    """The states before the first step."""
    reader = _TermReader(tape, {"x": x, **options})
    result = {}
    for state in states:
        (statement,) = statements(f"{state.name} = {state.initial}")
        result[state.name] = fitted(reader.read(statement), () if state.scalar else x.shape)
    return result


class Update:
    """A rule for parameters of one shape, ready to step.

    Args:
        text: the lines of the rule.
        states: what it remembers.
        options: the names of its numeric options.
        shape: of the parameter.
    """

    def __init__(self, text: str, states: Sequence[StateLike], options: Sequence[str], shape: Shape) -> None:
        self.text = text
        self.states = tuple(states)
        self.options = tuple(options)
        self.shape = shape
        tape = Tape()
        x, g, t = tape.input("x", shape), tape.input("g", shape), tape.input("t")
        given = {name: tape.input(f"option {name}") for name in options}
        state = {s.name: tape.input(f"state {s.name}", () if s.scalar else shape) for s in states}
        self._lowered = lower_update(text, tape, x, g, t, given, state, tape.input("value"))
        self._initial = initial_terms(states, tape, x, given)
        self._plans: dict[tuple[str, int], Evaluation] = {}

    def _plan(self, what: str, batch_ndim: int) -> Evaluation:
        key = (what, batch_ndim)
        if key not in self._plans:
            outputs = {
                "initial": list(self._initial.values()),
                "step": [self._lowered.x, *self._lowered.state.values()],
                "lines": [term for _statement, term in self._lowered.lines],
            }[what]
            self._plans[key] = Evaluation(outputs, batch_ndim)
        return self._plans[key]

    def _inputs(self, x: np.ndarray, options: Mapping[str, Any], batch_ndim: int) -> dict[str, np.ndarray]:
        return {"x": x} | {f"option {name}": _padded(options[name], batch_ndim) for name in self.options}

    def initial(self, x: np.ndarray, options: Mapping[str, Any]) -> dict[str, np.ndarray]:
        """The states before the first step from x of shape (*shape, *batch)."""
        batch_ndim = x.ndim - len(self.shape)
        values = self._plan("initial", batch_ndim)(self._inputs(x, options, batch_ndim))
        batch = x.shape[len(self.shape) :]
        return {
            name: np.broadcast_to(value, term.shape + batch).copy()
            for (name, term), value in zip(self._initial.items(), values, strict=True)
        }

    def _run(
        self,
        what: str,
        x: np.ndarray,
        g: np.ndarray,
        t: Any,
        state: Mapping[str, Any],
        options: Mapping[str, Any],
        value: Any,
    ) -> list[np.ndarray]:
        batch_ndim = x.ndim - len(self.shape)
        inputs = self._inputs(x, options, batch_ndim) | {"g": g, "t": _padded(t, batch_ndim)}
        inputs["value"] = _padded(value, batch_ndim)
        inputs |= {f"state {s.name}": state[s.name] for s in self.states}
        return self._plan(what, batch_ndim)(inputs)

    def step(
        self,
        x: np.ndarray,
        g: np.ndarray,
        t: Any,
        state: Mapping[str, Any],
        options: Mapping[str, Any],
        value: Any = math.nan,
    ) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """One update.

        Args:
            x, g: the point and the gradient there, (*shape, *batch).
            t: the step, counted from 1; a number or (*batch).
            state: as `initial` or the last step gave it.
            options: each a number or (*batch).
            value: the loss at x, a number or (*batch), for rules that read it.

        Returns:
            The new point and the new state.
        """
        moved, *values = self._run("step", x, g, t, state, options, value)
        return np.broadcast_to(moved, x.shape), dict(zip(self._lowered.state, values, strict=True))

    def lines(
        self,
        x: np.ndarray,
        g: np.ndarray,
        t: Any,
        state: Mapping[str, Any],
        options: Mapping[str, Any],
        value: Any = math.nan,
    ) -> list[Line]:
        """Every line of the step with its value, in order; arguments as for `step`."""
        values = self._run("lines", x, g, t, state, options, value)
        return [
            Line(str(statement.target), statement.text, value)
            for (statement, _term), value in zip(self._lowered.lines, values, strict=True)
        ]


def _padded(value: Any, batch_ndim: int) -> np.ndarray:
    array = np.asarray(value, dtype=np.float64)
    return array.reshape((1,) * batch_ndim) if array.ndim == 0 else array


@lru_cache(maxsize=512)
def compile_update(
    text: str, states: tuple[StateLike, ...], options: tuple[str, ...], shape: Shape
) -> Update:
    """The `Update` of a rule's text; made once for each text and shape.

    Raises:
        FormulaError: with line and column, where the text is wrong.
    """
    return Update(text, states, options, shape)
