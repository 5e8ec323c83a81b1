"""Factors that all racers of a crowd share, moved out of passes over the whole crowd.

Every term over all racers is kept as a shared number times a core. Products, quotients, squares and roots multiply the
numbers, which costs nothing, and a sum needs one pass to bring its addends to the same number; only where a function is
not so simple, or a result is wanted, does a number meet its core. What a rule remembers may be kept divided by a number:
Adam's moments without their (1 - beta), so that its bias corrections come down to a factor of the step and one of epsilon.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from .expression import Tape, Term, reachable
from .layout import is_view

Interval = tuple[float, float]
_ANYTHING: Interval = (-math.inf, math.inf)
# What is divided may let something else be divided too: the largest v so far, once v itself is.
_ROUNDS = 3


@dataclass(frozen=True)
class Factored:
    """The same outputs with fewer passes.

    Attributes:
        outputs: on a tape of their own.
        divisors: the inputs that are to be given divided by a number, and whose next values come out so: that number, as
            a term of shared inputs.
    """

    outputs: list[Term]
    divisors: dict[str, Term]


def factored(
    outputs: Sequence[Term],
    masks: Mapping[str, int],
    ranges: Mapping[str, Interval],
    following: Mapping[str, int],
    steady: Collection[str],
) -> Factored:
    """The outputs with shared factors moved out, or as they are where that saves nothing.

    Args:
        masks: input -> 1 where it differs from racer to racer, else 0.
        ranges: shared input -> the least and the greatest value that it takes; anything where nothing is said.
        following: input that a run remembers -> the number of the output that is its next value.
        steady: the shared inputs that stay during a run.
    """
    numbers = _Numbers(ranges)
    best: tuple[int, list[Term], dict[str, Term]] = (passes(outputs, masks), list(outputs), {})
    given: dict[str, _Scale] = {}
    for _round in range(_ROUNDS):
        found = _Factoring(outputs, masks, numbers, following, given)
        cost = passes(found.outputs, masks)
        if cost < best[0]:
            best = (cost, found.outputs, {name: numbers.term(scale) for name, scale in given.items()})
        more = found.divisors(steady)
        if not more:
            break
        given = given | more
    return Factored(best[1], best[2])


def passes(outputs: Sequence[Term], masks: Mapping[str, int]) -> int:
    """How many numbers are computed for each racer."""
    wide: set[int] = set()
    count = 0
    for term in reachable(outputs):
        own = term.op == "input" and masks[term.attributes["name"]] != 0
        if own or any(arg.index in wide for arg in term.args):
            wide.add(term.index)
            if term.args and not is_view(term) and term.op != "stack":
                count += math.prod(term.shape)
    return count


@dataclass(frozen=True)
class _Scale:
    """A shared number: a constant times powers of shared terms, (index, exponent); exponents are multiples of 1/2."""

    constant: float = 1.0
    powers: tuple[tuple[int, float], ...] = ()

    def times(self, other: _Scale, exponent: float = 1.0) -> _Scale:
        """self · other**exponent; the constant of `other` is positive where the exponent is no whole number."""
        powers = dict(self.powers)
        for index, power in other.powers:
            powers[index] = powers.get(index, 0.0) + exponent * power
        kept = tuple(sorted((index, power) for index, power in powers.items() if power))
        return _Scale(self.constant * other.constant**exponent, kept)

    def over(self, other: _Scale) -> _Scale:
        return self.times(other, -1.0)

    def shared_with(self, other: _Scale) -> _Scale:
        """The factors that both have."""
        theirs = dict(other.powers)
        powers = []
        for index, power in self.powers:
            if power * theirs.get(index, 0.0) > 0:
                powers.append((index, min(power, theirs[index], key=abs)))
        return _Scale(self.constant if self.constant == other.constant else 1.0, tuple(powers))


_ONE = _Scale()


@dataclass(frozen=True)
class _Value:
    """scale · core; a shared number has no core."""

    scale: _Scale
    core: Term | None = None


class _Numbers:
    """Shared numbers on a tape: what their factors are, and where they lie."""

    def __init__(self, ranges: Mapping[str, Interval]) -> None:
        self.tape = Tape()
        self._ranges = ranges
        self._factors: dict[int, Term] = {}
        self._intervals: dict[int, Interval] = {}

    def scale(self, term: Term) -> _Scale:
        """A shared number taken apart into its factors."""
        if term.value is not None and math.isfinite(term.value) and float(term.value):
            return _Scale(float(term.value))
        parts = [self.scale(arg) for arg in term.args] if term.op in _FACTORS else []
        if term.op == "multiply":
            return parts[0].times(parts[1])
        if term.op == "divide" and self.is_nonzero(parts[1]):
            return parts[0].over(parts[1])
        if term.op == "negative":
            return _Scale(-1.0).times(parts[0])
        if term.op == "square":
            return _ONE.times(parts[0], 2.0)
        if term.op == "sqrt" and self.is_positive(parts[0]):
            return _ONE.times(parts[0], 0.5)
        self._factors[term.index] = term
        return _Scale(1.0, ((term.index, 1.0),))

    def term(self, scale: _Scale) -> Term:
        """The number as a term."""
        above, below = ([self._power(i, abs(p)) for i, p in scale.powers if p * sign > 0] for sign in (1, -1))
        result = reduce(lambda a, b: a * b, above, self.tape.constant(scale.constant))
        return result / reduce(lambda a, b: a * b, below) if below else result

    def _power(self, index: int, exponent: float) -> Term:
        factor = self._factors[index]
        whole = factor ** float(math.floor(exponent)) if exponent >= 1 else None
        if exponent == math.floor(exponent):
            assert whole is not None
            return whole
        root = self.tape.apply("sqrt", factor)
        return root if whole is None else whole * root

    def is_positive(self, scale: _Scale) -> bool:
        """Whether the number is known to be positive."""
        return scale.constant > 0 and all(self.interval(self._factors[i])[0] > 0 for i, _p in scale.powers)

    def is_nonzero(self, scale: _Scale) -> bool:
        """Whether the number is known not to be 0."""
        intervals = [self.interval(self._factors[index]) for index, _power in scale.powers]
        return all(low > 0 or high < 0 for low, high in intervals)

    def depends_on(self, scale: _Scale) -> set[str]:
        """The names of the inputs that it is made of."""
        terms = reachable(self._factors[index] for index, _power in scale.powers)
        return {term.attributes["name"] for term in terms if term.op == "input"}

    def interval(self, term: Term) -> Interval:
        """Bounds on a shared number."""
        if term.index not in self._intervals:
            self._intervals[term.index] = self._interval(term)
        return self._intervals[term.index]

    def _interval(self, term: Term) -> Interval:
        if term.op == "input":
            return self._ranges.get(term.attributes["name"], _ANYTHING)
        if term.value is not None:
            value = float(term.value)
            return _ANYTHING if math.isnan(value) else (value, value)
        if term.op not in ("add", "subtract", "power"):
            return _ANYTHING
        (a, b), (c, d) = map(self.interval, term.args)
        if term.op == "add":
            return a + c, b + d
        if term.op == "subtract":
            return a - d, b - c
        if a >= 0 and b <= 1 and c > 0:
            return 0.0, b**c
        return (0.0, math.inf) if a >= 0 else _ANYTHING


_FACTORS = ("multiply", "divide", "negative", "square", "sqrt")


class _Factoring:
    """One way through the outputs, with some inputs divided by given numbers."""

    def __init__(
        self,
        outputs: Sequence[Term],
        masks: Mapping[str, int],
        numbers: _Numbers,
        following: Mapping[str, int],
        given: Mapping[str, _Scale],
    ) -> None:
        self._numbers = numbers
        self._masks, self._given = masks, given
        self._next = {outputs[number].index: name for name, number in following.items()}
        self._found: dict[str, _Scale] = {}
        self._values: dict[int, _Value] = {}
        for term in reachable(outputs):
            self._values[term.index] = self._value(term)
        self.outputs = []
        names = {number: name for name, number in following.items()}
        for number, term in enumerate(outputs):
            value = self._values[term.index]
            divisor = given.get(names.get(number, ""), _ONE)
            self.outputs.append(self._whole(replace(value, scale=value.scale.over(divisor))))

    def divisors(self, steady: Collection[str]) -> dict[str, _Scale]:
        """The remembered inputs that had better be divided, and by what."""
        return {
            name: scale
            for name, scale in self._found.items()
            if scale != _ONE
            and self._numbers.is_positive(scale)
            and self._numbers.depends_on(scale) <= set(steady)
        }

    def _whole(self, value: _Value) -> Term:
        if value.core is None:
            return self._numbers.term(value.scale)
        return value.core if value.scale == _ONE else self._numbers.term(value.scale) * value.core

    def _value(self, term: Term) -> _Value:
        tape = self._numbers.tape
        if term.op == "input":
            name = term.attributes["name"]
            made = tape.input(name, term.shape)
            return _Value(self._given.get(name, _ONE), made) if self._masks[name] else self._shared(made)
        if term.value is not None:
            return self._shared(tape.constant(term.value))
        values = [self._values[arg.index] for arg in term.args]
        if all(value.core is None for value in values):
            return self._shared(tape.primitive(term.op, tuple(map(self._whole, values)), term.attributes))
        value = values[0] if term.op == "opaque" else self._by_rule(term, values)
        if value is not None:
            return value
        return _Value(_ONE, tape.primitive(term.op, tuple(map(self._whole, values)), term.attributes))

    def _shared(self, term: Term) -> _Value:
        """What all racers share; only single numbers are moved about."""
        return _Value(_ONE, term) if term.shape else _Value(self._numbers.scale(term))

    def _by_rule(self, term: Term, values: list[_Value]) -> _Value | None:
        """A term of which an argument differs between racers, where its operation lets numbers through."""
        tape, numbers = self._numbers.tape, self._numbers
        first, second = values[0], values[-1]
        if term.op == "multiply":
            cores = [value.core for value in values if value.core is not None]
            return _Value(first.scale.times(second.scale), reduce(lambda a, b: a * b, cores))
        if term.op == "divide" and numbers.is_nonzero(second.scale):
            scale = first.scale.over(second.scale)
            if second.core is None:
                return _Value(scale, first.core)
            return _Value(scale, (tape.constant(1.0) if first.core is None else first.core) / second.core)
        if term.op in ("add", "subtract"):
            return self._sum(term, first, _negated(second) if term.op == "subtract" else second)
        if term.op == "negative":
            return _negated(first)
        if term.op == "square":
            return _Value(_ONE.times(first.scale, 2.0), tape.primitive("square", (_core(first),)))
        if term.op in ("sqrt", "abs") and numbers.is_positive(first.scale):
            scale = _ONE.times(first.scale, 0.5) if term.op == "sqrt" else first.scale
            return _Value(scale, tape.primitive(term.op, (_core(first),)))
        if term.op in ("maximum", "minimum"):
            return self._extreme(term, values)
        if term.op == "stack":
            return self._stack(term, values)
        if is_view(term):
            return _Value(first.scale, tape.primitive(term.op, (_core(first),), term.attributes))
        return None

    def _sum(self, term: Term, first: _Value, second: _Value) -> _Value | None:
        """A sum of two, of which one may be shared."""
        self._beside(term, first, second)
        self._beside(term, second, first)
        numbers = self._numbers
        if first.core is None or second.core is None:
            number, wide = (first, second) if first.core is None else (second, first)
            if not numbers.is_nonzero(wide.scale):
                return None
            return _Value(wide.scale, _signed_sum(_core(wide), number.scale.over(wide.scale), None, numbers))
        if first.core is second.core:
            total = numbers.term(first.scale) + numbers.term(second.scale)
            return _Value(numbers.scale(total), first.core)
        common = first.scale.shared_with(second.scale)
        one, other = first.scale.over(common), second.scale.over(common)
        if other == _ONE or (one != _ONE and not numbers.is_nonzero(one)):
            first, second, one, other = second, first, other, one
        if not numbers.is_nonzero(one):
            cores = [self._whole(_Value(part, _core(v))) for part, v in ((one, first), (other, second))]
            return _Value(common, cores[0] + cores[1])
        return _Value(first.scale, _signed_sum(_core(first), other.over(one), second.core, numbers))

    def _beside(self, term: Term, own: _Value, other: _Value) -> None:
        """Takes note of the factor of what is added to a remembered input to make its next value."""
        name = self._next.get(term.index)
        if name is None or own.core is None or other.core is None or own.core.op != "input":
            return
        if own.core.attributes["name"] == name and name not in self._given:
            self._found[name] = replace(other.scale, constant=abs(other.scale.constant))

    def _extreme(self, term: Term, values: list[_Value]) -> _Value | None:
        """The larger or the smaller of two."""
        first, second = values
        self._beside(term, first, second)
        self._beside(term, second, first)
        wide = first if first.core is not None else second
        if not self._numbers.is_positive(wide.scale):
            return None
        if first.core is not None and second.core is not None and first.scale != second.scale:
            return None
        parts = [replace(value, scale=value.scale.over(wide.scale)) for value in values]
        made = self._numbers.tape.primitive(term.op, (self._whole(parts[0]), self._whole(parts[1])))
        return _Value(wide.scale, made)

    def _stack(self, term: Term, values: list[_Value]) -> _Value:
        """Rows brought to the number that most of them have."""
        known = [value.scale for value in values if value.core is not None]
        known = [_ONE, *(scale for scale in known if self._numbers.is_nonzero(scale))]
        scale = max(known, key=[value.scale for value in values].count)
        rows = tuple(self._whole(replace(value, scale=value.scale.over(scale))) for value in values)
        return _Value(scale, self._numbers.tape.primitive("stack", rows))


def _core(value: _Value) -> Term:
    assert value.core is not None
    return value.core


def _negated(value: _Value) -> _Value:
    return replace(value, scale=_Scale(-1.0).times(value.scale))


def _signed_sum(wide: Term, scale: _Scale, core: Term | None, numbers: _Numbers) -> Term:
    """wide + scale · core, the sign taken off the scale."""
    size = numbers.term(replace(scale, constant=abs(scale.constant)))
    part = size if core is None else size * core
    return wide - part if scale.constant < 0 else wide + part
