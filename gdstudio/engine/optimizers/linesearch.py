"""How far to go along a direction: Armijo's backtracking, the exact minimum, the strong Wolfe conditions.

Each search is a record of what is known so far, with the next step to try, and `after` gives the record once that has
been tried. `carried_out` tries on until every racer's search is done, whether that is one racer or a crowd (`crowdwise`).
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from .crowdwise import (
    Array,
    anyone,
    clamped,
    dot,
    largest,
    mapped,
    no,
    number,
    put,
    quotient,
    root,
    taken,
    where,
)

# Racers that are done are left out of a search once they are this part of it; leaving a few out is dearer.
_DONE = 0.25
# So many secants of an exact search may lie as near to an end of the bracket as they like; most searches need fewer.
_FREE = 18


class Problem(Protocol):
    """What a classical rule may ask about the loss, at points of shape (n,) or (n, racers)."""

    def value(self, x: Array) -> Any:
        """A number, or (racers,)."""
        ...

    def value_and_gradient(self, x: Array) -> tuple[Any, Array]:
        """The gradient is shaped as x."""
        ...

    def hessian(self, x: Array) -> Array:
        """(n, n) or (n, n, racers)."""
        ...


class Probe(NamedTuple):
    """The loss at x + step·direction, and its slope along the direction."""

    step: Any
    value: Any
    slope: Any

    def only(self, which: Any) -> Probe:
        """The probe at the start of a search that some racers have no need of: they are to find it level."""
        return Probe(self.step, self.value, where(which, self.slope, 0.0))


class Line(NamedTuple):
    """The loss as a function of the step from x along a direction."""

    problem: Problem
    x: Array
    direction: Array

    def start(self, value: Any, gradient: Array) -> Probe:
        """The probe at step 0, from loss and gradient at x."""
        return Probe(0.0, value, dot(gradient, self.direction))

    @property
    def grain(self) -> Any:
        """The least change of the step that x still shows."""
        spacing = 2.2e-16 * np.maximum(np.abs(self.x), 1e-200)
        return quotient(1.0, number(largest(self.direction / spacing)))

    def value(self, step: Any) -> Any:
        """The loss alone."""
        return number(self.problem.value(self.x + step * self.direction))

    def __call__(self, step: Any) -> Probe:
        value, gradient = self.problem.value_and_gradient(self.x + step * self.direction)
        return Probe(step, number(value), dot(gradient, self.direction))


Search = TypeVar("Search", bound="_Search")


class _Search(Protocol):
    """A line search.

    Attributes:
        done: whether it has come to its end.
        answer: what it has found then: numbers, truth values and tuples of them.
    """

    @property
    def done(self) -> Any: ...

    @property
    def answer(self) -> Any: ...

    def after(self: Search, line: Line) -> Search:
        """The search after its next step has been tried."""
        ...


def carried_out(search: Search, line: Line) -> Any:
    """The answer of a search after so many tries that it is done for every racer."""
    if not isinstance(search.done, np.ndarray):
        while not search.done:
            search = search.after(line)
        return search.answer
    result = mapped(lambda part: np.array(np.broadcast_to(part, search.done.shape)), search.answer)
    going = np.flatnonzero(~search.done)
    search, line = taken(search, going), taken(line, going)
    done = np.zeros(len(going), dtype=bool)
    while going.size:
        search = search.after(line)
        ended = np.flatnonzero(search.done & ~done)
        if not ended.size:
            continue
        put(result, going[ended], taken(search.answer, ended))
        done[ended] = True
        if np.count_nonzero(done) >= _DONE * len(going):
            on = np.flatnonzero(~done)
            going, done = going[on], done[on]
            search, line = taken(search, on), taken(line, on)
    return result


class _Backtracking(NamedTuple):
    """The search for the first step that lowers the loss enough.

    Attributes:
        start: the probe at step 0.
        share: how much of the descent that the slope promises must be met.
        shrink: the factor on a step that does not.
        tries: how many have been made.
    """

    step: Any
    done: Any
    start: Probe
    share: Any
    shrink: Any
    tries: Any

    @property
    def answer(self) -> Any:
        return self.step

    def after(self, line: Line) -> _Backtracking:
        start, share, shrink, tries = self.start, self.share, self.shrink, self.tries + 1
        # A loss that is not a number fails the comparison, so the step shrinks back into the domain.
        enough = line.value(self.step) <= start.value + share * self.step * start.slope
        hopeless = tries >= 60
        step = where(enough, self.step, where(hopeless, 0.0, self.step * shrink))
        return _Backtracking(step, enough | hopeless, start, share, shrink, tries)


def backtrack(line: Line, start: Probe, step: Any, share: Any, shrink: Any) -> Any:
    """The first of step, step·shrink, step·shrink², … that lowers the loss by `share` of what the slope promises.

    Args:
        start: the probe at step 0.

    Returns:
        0 where none of 60 steps does, and where the direction does not lead down.
    """
    level = no(start.slope < 0)
    search = _Backtracking(where(level, 0.0, number(step)), level, start, share, shrink, 0)
    return carried_out(search, line)


class _Minimum(NamedTuple):
    """The search for a line's first minimum.

    Attributes:
        low: the furthest probe that was lower than those before it and leads further down.
        high: a probe beyond the minimum; until there is one, its step is infinite.
        turn: how many tries went by since there is one, or from the beginning.
        grain: how narrow the search becomes.
    """

    step: Any
    done: Any
    low: Probe
    high: Probe
    turn: Any
    grain: Any

    @property
    def answer(self) -> Any:
        return self.step

    def after(self, line: Line) -> _Minimum:
        new = line(self.step)
        leads_down = (new.slope < 0) & (new.value <= self.low.value)
        low, high = where(leads_down, (new, self.high), (self.low, new))
        ahead = high.step == np.inf
        turn = where(no(ahead) & (self.high.step == np.inf), 0, self.turn + 1)

        width = high.step - low.step
        middle = low.step + 0.5 * width
        secant = low.step - quotient(low.slope * width, high.slope - low.slope)
        straight = (turn % 3 != 2) & (abs(high.slope) < np.inf) & (high.slope > low.slope)
        # Secants can go on landing beside the same end: then x has to show a difference at least.
        inward = where(turn < _FREE, 0.0, self.grain)
        guess = where(straight, clamped(secant, low.step + inward, high.step - inward), middle)
        met = straight & ((guess == low.step) | (guess == high.step))
        narrow = no(ahead) & ((width <= 4e-16 * high.step) | (width <= self.grain)) | (turn >= 200)
        level = new.slope == 0

        lower = where((high.value < low.value) & (abs(high.value) < np.inf), high.step, low.step)
        further = where(ahead, 2.0 * new.step, guess)
        step = where(level, new.step, where(narrow, lower, further))
        return _Minimum(step, level | narrow | met, low, high, turn, self.grain)


def line_minimum(line: Line, start: Probe, step: Any) -> Any:
    """The step to the first minimum along a descent direction, to the rounding of x; exact for quadratics at once.

    Brackets the place where the slope turns, then closes in by the secant rule with bisection as its safety net, so it
    finds kinks too. When the loss never turns upward, the furthest step tried.

    Args:
        start: the probe at step 0; the result is 0 where its slope does not lead down.
        step: the first try.
    """
    rising = no(start.slope < 0)
    nowhere = Probe(np.inf, np.inf, np.nan)
    search = _Minimum(where(rising, 0.0, number(step)), rising, start, nowhere, 0, line.grain)
    return carried_out(search, line)


def cubic_minimum(a: Probe, b: Probe, low: Any, high: Any) -> Any:
    """The minimum of the cubic through two probes, a before b, kept within [low, high]; the middle if there is none."""
    d1 = a.slope + b.slope - quotient(3.0 * (a.value - b.value), a.step - b.step)
    d2 = root(d1 * d1 - a.slope * b.slope)
    place = b.step - (b.step - a.step) * quotient(b.slope + d2 - d1, b.slope - a.slope + 2.0 * d2)
    return where(abs(place) < np.inf, clamped(place, low, high), 0.5 * (low + high))


class _Wolfe(NamedTuple):
    """What a step must fulfil.

    Attributes:
        start: the probe at step 0.
        size: the largest coordinate of the direction.
        limit: most evaluations after the first.
    """

    start: Probe
    size: Any
    limit: Any

    def too_high(self, probe: Probe) -> Any:
        """Whether the loss does not fall by 1e-4 of what the slope at the start promises."""
        return no(probe.value <= self.start.value + 1e-4 * probe.step * self.start.slope)

    def flat(self, probe: Probe) -> Any:
        """Whether the slope is small enough beside that at the start."""
        return abs(probe.slope) <= -0.9 * self.start.slope


class _Bracketing(NamedTuple):
    """The first half of the search by the strong Wolfe conditions: further and further until a good step lies behind.

    Attributes:
        last, new: the two latest probes.
        inside: whether a good step lies between them.
        tries: the number of the next one, from 0.
    """

    step: Any
    done: Any
    wanted: _Wolfe
    last: Probe
    new: Probe
    inside: Any
    tries: Any

    @property
    def answer(self) -> tuple[Any, Any, Any, Probe, Probe]:
        return self.step, self.tries, self.inside, self.last, self.new

    def after(self, line: Line) -> _Bracketing:
        wanted, last, new = self.wanted, self.new, line(self.step)
        spent = self.tries >= wanted.limit
        risen = wanted.too_high(new) | ((self.tries > 1) & (new.value >= last.value))
        good = no(risen) & wanted.flat(new)
        inside = (risen | (new.slope >= 0)) & no(good | spent)
        further = cubic_minimum(last, new, new.step + 0.01 * (new.step - last.step), 10.0 * new.step)
        step = where(spent & no(new.value < wanted.start.value), 0.0, new.step)
        done = spent | good | inside
        return _Bracketing(
            where(done, step, further),
            done,
            wanted,
            last,
            new,
            inside,
            where(done, self.tries, self.tries + 1),
        )


class _Narrowing(NamedTuple):
    """The second half: the bracket becomes narrower until a step is good.

    Attributes:
        first, second: its ends.
        stuck: whether the last try came to lie beside one of them.
        tries: how many have been made, after the very first.
    """

    step: Any
    done: Any
    wanted: _Wolfe
    first: Probe
    second: Probe
    stuck: Any
    tries: Any

    @property
    def answer(self) -> tuple[Any, Any]:
        return self.step, self.tries

    @staticmethod
    def between(wanted: _Wolfe, first: Probe, second: Probe, stuck: Any, tries: Any, good: Any) -> _Narrowing:
        """The search that goes on between two ends, unless one of them is `good`."""
        near, far = where(first.step > second.step, (second, first), (first, second))
        left, right = near.step, far.step
        width = right - left
        done = good | no(width * wanted.size >= 1e-9) | (tries >= wanted.limit)
        at = cubic_minimum(near, far, left, right)
        # Interpolation that keeps landing beside an end makes no progress: step a tenth inward.
        margin = 0.1 * width
        beside = (right - at < margin) | (at - left < margin)
        inward = beside & (stuck | (at >= right) | (at <= left))
        at = where(inward, where(abs(at - right) < abs(at - left), right - margin, left + margin), at)
        lower = where(_is_lower(first, second), first.step, second.step)
        return _Narrowing(where(done, lower, at), done, wanted, first, second, beside & no(inward), tries)

    def after(self, line: Line) -> _Narrowing:
        wanted, first, second, new = self.wanted, self.first, self.second, line(self.step)
        lower = _is_lower(first, second)
        low, high = where(lower, (first, second), (second, first))
        worse = wanted.too_high(new) | no(new.value < low.value)
        good = no(worse) & wanted.flat(new)
        turned = no(good) & (new.slope * (high.step - low.step) >= 0)
        low, high = where(worse, (low, new), (new, where(turned, low, high)))
        first, second = where(lower, (low, high), (high, low))
        return self.between(wanted, first, second, self.stuck, self.tries + 1, good)


def _is_lower(first: Probe, second: Probe) -> Any:
    """Whether the first end of a bracket is its lower one; a loss that is not a number is high."""
    return (first.value <= second.value) | (second.value != second.value)


def strong_wolfe(line: Line, start: Probe, step: Any, size: Any, limit: Any = 25) -> tuple[Any, Any]:
    """A step that lowers the loss enough and leaves a slope that is small enough.

    The search of Nocedal & Wright, chapter 3.5, with cubic interpolation and the details of Schmidt's minFunc, which
    PyTorch has too, so that its paths can be compared.

    Args:
        start: the probe at step 0. step: the first try. size: the largest coordinate of the direction, since the
            search ends when its bracket is narrow in x.
        limit: most evaluations after the first.

    Returns:
        The step, 0 where the direction does not lead down, and the number of evaluations.
    """
    wanted, level = _Wolfe(start, size, limit), no(start.slope < 0)
    search = _Bracketing(where(level, 0.0, number(step)), level, wanted, start, start, False, 0)
    found, tries, inside, last, new = carried_out(search, line)
    if anyone(inside):
        closer, tries = carried_out(_Narrowing.between(wanted, last, new, False, tries, no(inside)), line)
        found = where(inside, closer, found)
    return found, tries + 1
