"""A step of a race as generated Python on floats, for graphs of few scalar operations.

The loss is written once for a program and a rule once for all programs; a race function is the two glued together.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .bounded import bounded
from .cached import cached_property
from .expression import Tape, Term
from .kernel import blocks_of, differentiated
from .optimizers import UpdateRule
from .program import Program
from .scalar import Writer, compiled, listed, numbered, scalarized, signature_functions, unpacked
from .shapes import Shape
from .update import StateLike, initial_terms, lower_update

# Beyond so many scalar operations numpy calls on whole arrays are quicker.
SCALAR_LIMIT = 12_000
_NAME = re.compile(r"\b[a-z]\w*")
# Rules are longer for each coordinate than a loss.
_RULE_LIMIT = 10 * SCALAR_LIMIT


@dataclass(frozen=True)
class _Code:
    """Lines that compute `loss` and `g0`, `g1`, … from `x0`, `x1`, …"""

    lines: tuple[str, ...]
    constants: tuple[float, ...]


class ScalarLoss:
    """Loss and gradient of a program as code.

    Args:
        numerical: central differences instead of the graph's gradient.
        limit: of scalar operations.

    Raises:
        TooLarge: when there are more.
    """

    def __init__(self, program: Program, numerical: bool = False, limit: int = SCALAR_LIMIT) -> None:
        tape = Tape()
        leaves = {name: tape.input(name, shape) for name, shape in program.shapes.items()}
        loss = program.lowered(tape, lambda name, _shape: leaves[name])
        found = differentiated(program, loss, leaves, numerical)
        scalars = Tape()
        self._names = {f"x{i}": f"x{i}" for i in range(program.size)}
        rows = np.array([scalars.input(name) for name in self._names], dtype=object)
        value, *parts = scalarized([loss, *found.values()], program.split(rows), scalars, limit)
        (self._loss,) = value.flat
        self._gradient: list[Term] = [term for part in parts for term in part.flat]
        self._codes: dict[tuple[bool, bool], _Code] = {}

    def code(self, safe: bool, gradient: bool = True) -> _Code:
        """The lines; the safe ones never raise."""
        key = (safe, gradient)
        if key not in self._codes:
            results = [("loss", self._loss)]
            results += [(f"g{i}", term) for i, term in enumerate(self._gradient)] if gradient else []
            called = {term.index: name for name, term in reversed(results)}
            writer = Writer([term for _name, term in results], self._names, safe, called=called)
            lines = writer.lines(lambda term: True)
            lines += [f"{name} = {writer.text(term)}" for name, term in results if writer.text(term) != name]
            self._codes[key] = _Code(tuple(lines), tuple(writer.constants))
        return self._codes[key]


@dataclass(frozen=True)
class _RuleCode:
    """One block's share of a step: what can be computed ahead of all steps, the lines of a step, and its results."""

    ahead: tuple[str, ...]
    lines: tuple[str, ...]
    moved: tuple[str, ...]
    state: tuple[str, ...]
    constants: tuple[float, ...]


@dataclass(frozen=True)
class _Part:
    """A rule for the coordinates at `positions`; its states are `s{first_state}`, … and its options `o0`, …"""

    text: str
    states: tuple[StateLike, ...]
    options: tuple[str, ...]
    positions: tuple[int, ...]
    shape: Shape
    first_state: int

    @property
    def prefix(self) -> str:
        """Begins the names of this part's own values."""
        return f"b{self.positions[0]}_"

    @property
    def state_size(self) -> int:
        return sum(1 if state.scalar else len(self.positions) for state in self.states)


@bounded(lambda part, scheduled, safe: len(part.positions), 1 << 13)
def _rule_code(part: _Part, scheduled: bool, safe: bool) -> _RuleCode:
    """What a part does in each step."""
    (moved, *state), names, _initial = _rule_terms(part)
    flat = [*moved.flat, *(term for array in state for term in array.flat)]
    writer = Writer(flat, names, safe, prefix=part.prefix)
    constant = {name for name in names if name[0] == "o" and name[1:].isdigit()}
    if scheduled:
        constant.discard(f"o{part.options.index('learning_rate')}")
    varying = _depends(writer.terms, set(names) - constant)
    ahead = writer.lines(lambda term: term.index not in varying)
    lines = writer.lines(lambda term: True)
    texts = [writer.text(term) for term in flat]
    size = len(part.positions)
    return _RuleCode(
        tuple(ahead), tuple(lines), tuple(texts[:size]), tuple(texts[size:]), tuple(writer.constants)
    )


@bounded(lambda part: len(part.positions), 1 << 13)
def _start_code(part: _Part) -> tuple[tuple[str, ...], tuple[str, ...], tuple[float, ...]]:
    """(lines, results, constants) of a part's states before the first step."""
    _after, names, initial = _rule_terms(part)
    flat = [term for array in initial for term in array.flat]
    writer = Writer(flat, names, safe=True, prefix=part.prefix)
    lines = writer.lines(lambda term: True)
    return tuple(lines), tuple(writer.text(term) for term in flat), tuple(writer.constants)


def _rule_terms(part: _Part) -> tuple[list[np.ndarray], dict[str, str], list[np.ndarray]]:
    """A part taken apart into scalars: the new x and states, the names of its inputs, and the initial states."""
    positions, shape = part.positions, part.shape
    tape, scalars = Tape(), Tape()
    names: dict[str, str] = {}

    def given(labels: Sequence[str], shape: Shape) -> np.ndarray:
        names.update({label: label for label in labels})
        result = np.empty(len(labels), dtype=object)
        result[:] = [scalars.input(label) for label in labels]
        return result.reshape(shape)

    inputs = {
        "x": given([f"x{p}" for p in positions], shape),
        "g": given([f"g{p}" for p in positions], shape),
        "t": given(["t"], ()),
        "value": given(["loss"], ()),
    }
    x, g, t, value = tape.input("x", shape), tape.input("g", shape), tape.input("t"), tape.input("value")
    option_terms = {}
    for k, name in enumerate(part.options):
        option_terms[name] = tape.input(f"option {name}")
        inputs[f"option {name}"] = given([f"o{k}"], ())
    state_terms = {}
    count = part.first_state
    for state in part.states:
        own: Shape = () if state.scalar else shape
        size = 1 if state.scalar else len(positions)
        state_terms[state.name] = tape.input(f"state {state.name}", own)
        inputs[f"state {state.name}"] = given([f"s{count + i}" for i in range(size)], own)
        count += size
    lowered = lower_update(part.text, tape, x, g, t, option_terms, state_terms, value)
    initial = initial_terms(part.states, tape, x, option_terms)
    after = scalarized([lowered.x, *lowered.state.values()], inputs, scalars, _RULE_LIMIT)
    before = scalarized(list(initial.values()), inputs, scalars, _RULE_LIMIT)
    return after, names, before


def _depends(terms: Sequence[Term], names: set[str]) -> set[int]:
    found: set[int] = set()
    for term in terms:
        if (
            term.op == "input"
            and term.attributes["name"] in names
            or any(arg.index in found for arg in term.args)
        ):
            found.add(term.index)
    return found


@bounded(lambda lines, variables, after: len(lines), 1 << 17)
def in_place(lines: tuple[str, ...], variables: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Lines that give the variables the values `after`, where they can at once, under the variable's own name.

    Args:
        lines: assignments to names of their own, which read the variables.
        after: for each variable an expression.
    """
    made: dict[str, int] = {}
    read: dict[str, int] = {}
    for number, line in enumerate(lines):
        name, *names = _NAME.findall(line)
        made[name] = number
        read.update(dict.fromkeys(names, number))
    wanted = Counter(name for text in after for name in _NAME.findall(text))
    # A value is the only result of its name, and the variable that it takes the place of is read no more.
    renamed = {
        text: variable
        for variable, text in zip(variables, after, strict=True)
        if text in made
        and wanted[text] == 1
        and not wanted[variable]
        and read.get(variable, -1) <= made[text]
    }

    def current(text: str) -> str:
        return _NAME.sub(lambda match: renamed.get(match[0], match[0]), text)

    rest = {v: text for v, text in zip(variables, map(current, after), strict=True) if v != text}
    last = [f"{listed(list(rest))}= {listed(list(rest.values()))}"] if rest else []
    return (*map(current, lines), *last)


@dataclass(frozen=True)
class _Rule:
    """What a racer does besides asking for the loss.

    Attributes:
        parts: the rule for each block of coordinates.
        size: how many coordinates there are.
    """

    parts: tuple[_Part, ...]
    options: tuple[str, ...]
    size: int
    scheduled: bool
    noisy: bool

    @property
    def states(self) -> int:
        return sum(part.state_size for part in self.parts)


@bounded(lambda rule: rule.size, 1 << 13)
def _start_function(rule: _Rule) -> tuple[Callable, tuple[float, ...]]:
    """The states before the first step as a function of x, the options and the constants; and the constants."""
    codes = [_start_code(part) for part in rule.parts]
    lines = [*unpacked(numbered("x", rule.size), "x"), *unpacked(numbered("o", len(rule.options)), "o")]
    constants: tuple[float, ...] = ()
    for part, (own, _results, numbers) in zip(rule.parts, codes, strict=True):
        lines += _named_constants(part, len(constants), numbers)
        lines += own
        constants += numbers
    lines.append(f"return ({listed([text for code in codes for text in code[1]])})")
    text = "\n".join(f"    {line}" for line in lines)
    source = f"def start(x, o, c{signature_functions(text)}):\n{text}\n"
    return compiled(source, "start", safe=True), constants


@bounded(lambda loss, begin, rule, safe: len(loss) + rule.size, 1 << 17)
def _race_function(
    loss: tuple[str, ...], begin: int, rule: _Rule, safe: bool
) -> tuple[Callable, tuple[float, ...]]:
    """The steps of a race: the lines of a loss with `begin` constants and those of a rule, glued together.

    Returns:
        A function of x, states, options, constants, step numbers, rates, noise and what records; and the constants
        that come after those of the loss.
    """
    rules = [_rule_code(part, rule.scheduled, safe) for part in rule.parts]
    xs, gs, ss = numbered("x", rule.size), numbered("g", rule.size), numbered("s", rule.states)
    head = [
        *unpacked(xs, "x"),
        *unpacked(ss, "s"),
        *unpacked(numbered("o", len(rule.options)), "o"),
        *unpacked(numbered("c", begin), f"c[:{begin}]"),
    ]
    constants: tuple[float, ...] = ()
    moved: dict[int, str] = {}
    for part, code in zip(rule.parts, rules, strict=True):
        head += _named_constants(part, begin + len(constants), code.constants)
        head += code.ahead
        constants += code.constants
        moved |= dict(zip(part.positions, code.moved, strict=True))
    loop, each = ["t"], ["ts"]
    if rule.scheduled:
        loop, each = [*loop, f"o{rule.options.index('learning_rate')}"], [*each, "rates"]
    if rule.noisy:
        loop, each = [*loop, f"({listed(numbered('n', rule.size))})"], [*each, "noise"]
    body = [
        *loss,
        f"record(({listed([*xs, 'loss', *gs])}))",
        # The difference of an infinity or NaN with itself is not 0, the only number that is false.
        f"if loss - loss: return ({listed(xs)}), ({listed(ss)}), False",
        *([f"g{i} = g{i} + n{i}" for i in range(rule.size)] if rule.noisy else []),
    ]
    after = (*(moved[i] for i in range(rule.size)), *(text for code in rules for text in code.state))
    body += in_place(tuple(line for code in rules for line in code.lines), (*xs, *ss), after)
    lines = [
        *head,
        f"for {', '.join(loop)} in zip({', '.join(each)}):" if len(loop) > 1 else "for t in ts:",
        *(f"    {line}" for line in body),
        f"return ({listed(xs)}), ({listed(ss)}), True",
    ]
    text = "\n".join(f"    {line}" for line in lines)
    source = f"def race(x, s, o, c, ts, rates, noise, record{signature_functions(text)}):\n{text}\n"
    return compiled(source, "race", safe), constants


def _named_constants(part: _Part, begin: int, constants: tuple[float, ...]) -> list[str]:
    """The line that gives a part its constants, which begin at `begin` of all."""
    names = numbered(f"{part.prefix}c", len(constants))
    return unpacked(names, f"c[{begin}:{begin + len(constants)}]")


def _array(numbers: list[float]) -> np.ndarray:
    """An array of floats, in half the time that numpy takes to look at each."""
    return np.frombuffer(struct.pack(f"{len(numbers)}d", *numbers))


class ScalarKernel:
    """A step as generated Python on floats.

    Args:
        program: the loss.
        rule, options: how x moves; switches and choices shape the code, numbers are arguments.
        numerical: central differences instead of the graph's gradient.
        noisy: whether noise is added to the gradient.
        scheduled: whether the learning rate changes from step to step.

    Raises:
        TooLarge: when the loss has more scalar operations than the limit.
    """

    def __init__(
        self,
        program: Program,
        rule: UpdateRule,
        options: Mapping[str, object],
        numerical: bool = False,
        noisy: bool = False,
        scheduled: bool = False,
    ) -> None:
        key = ("scalar loss", numerical)
        if key not in program.kernels:
            program.kernels[key] = ScalarLoss(program, numerical)
        self._loss: ScalarLoss = program.kernels[key]
        names = tuple(rule.numbers(options))
        parts: list[_Part] = []
        count = 0
        for block in blocks_of(program):
            ndim = len(block.shape)
            states = rule.active_state(options, ndim)
            part = _Part(rule.text(options, ndim), states, names, block.positions, block.shape, count)
            parts.append(part)
            count += part.state_size
        self._rule = _Rule(tuple(parts), names, program.size, scheduled, noisy)
        self._race: dict[bool, tuple[Callable, tuple[float, ...]]] = {}

    def start(self, x: Sequence[float], options: Mapping[str, float]) -> tuple[float, ...]:
        """The states before the first step."""
        function, constants = self._started
        return function(tuple(x), [options[name] for name in self._rule.options], constants)

    @cached_property
    def _started(self) -> tuple[Callable, tuple[float, ...]]:
        return _start_function(self._rule)

    def _glued(self, safe: bool) -> tuple[Callable, tuple[float, ...]]:
        loss = self._loss.code(safe)
        function, constants = _race_function(loss.lines, len(loss.constants), self._rule, safe)
        return function, loss.constants + constants

    def run(
        self,
        x: Sequence[float],
        state: Sequence[float],
        options: Mapping[str, float],
        ts: Sequence[float],
        rates: Sequence[float] | None = None,
        noise: Sequence[Sequence[float]] | None = None,
    ) -> tuple[np.ndarray, tuple[float, ...], tuple[float, ...], bool]:
        """Some steps.

        Returns:
            Rows (x…, loss, gradient…) for the point before each step, the point and state after the last step, and
            whether all losses were finite; after one that is not, no step is done.
        """
        given = [options[name] for name in self._rule.options]
        for safe in (False, True):
            if safe not in self._race:
                self._race[safe] = self._glued(safe)
            function, constants = self._race[safe]
            rows: list[float] = []
            try:
                after = function(x, state, given, constants, ts, rates, noise, rows.extend)
            except (ArithmeticError, ValueError):
                # Python raises where floating point has an answer; the safe version gives that answer.
                if safe:
                    raise
                continue
            return _array(rows).reshape(-1, 2 * self._rule.size + 1), *after
        raise AssertionError("the safe version returns or raises")


class ScalarFunction:
    """Loss and gradient of a small graph at one point.

    Raises:
        TooLarge: when they have more scalar operations than the limit.
    """

    def __init__(self, program: Program, limit: int = SCALAR_LIMIT) -> None:
        loss = ScalarLoss(program, limit=limit)
        x = numbered("x", program.size)
        g = numbered("g", program.size)
        self._value = [
            self._written(loss.code(safe, gradient=False), x, ["loss"], safe) for safe in (False, True)
        ]
        self._both = [self._written(loss.code(safe), x, ["loss", *g], safe) for safe in (False, True)]

    @staticmethod
    def _written(
        code: _Code, x: list[str], results: list[str], safe: bool
    ) -> tuple[Callable, tuple[float, ...]]:
        constants = unpacked(numbered("c", len(code.constants)), "c")
        lines = [*unpacked(x, "x"), *constants, *code.lines, f"return ({listed(results)})"]
        text = "\n".join(f"    {line}" for line in lines)
        return compiled(f"def f(x, c{signature_functions(text)}):\n{text}\n", "f", safe), code.constants

    @staticmethod
    def _run(versions: list[tuple[Callable, tuple[float, ...]]], x: np.ndarray) -> tuple[float, ...]:
        point = x.tolist()
        function, constants = versions[0]
        try:
            return function(point, constants)
        except (ArithmeticError, ValueError):
            function, constants = versions[1]
            return function(point, constants)

    def value(self, x: np.ndarray) -> float:
        """The loss at a point (n,)."""
        return self._run(self._value, x)[0]

    def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss and its gradient (n,) at a point (n,)."""
        value, *gradient = self._run(self._both, x)
        return value, np.array(gradient)
