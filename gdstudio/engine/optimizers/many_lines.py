"""The line searches of linesearch.py for many racers at once, each along its own line.

All racers go through a search in step; those that have finished are left out of the evaluations that follow. Points are
of shape (n, racers), losses, steps and slopes of shape (racers,).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

Array = np.ndarray


class ManyProblems(Protocol):
    """What a classical rule may ask about the loss at points of shape (n, racers)."""

    def value(self, x: Array) -> Array: ...

    def value_and_gradient(self, x: Array) -> tuple[Array, Array]: ...

    def hessian(self, x: Array) -> Array:
        """(n, n, racers)."""
        ...


def dot(a: Array, b: Array) -> Array:
    """The scalar products of columns, (racers,)."""
    return np.einsum("ij,ij->j", a, b)


@dataclass
class Probes:
    """Losses along each line at a step, and their slopes there."""

    step: Array
    value: Array
    slope: Array

    def of(self, which: Array) -> Probes:
        """Those of some racers, by number or mask."""
        return Probes(self.step[which], self.value[which], self.slope[which])

    def put(self, which: Array, other: Probes) -> None:
        """Overwrites those of some racers."""
        self.step[which], self.value[which], self.slope[which] = other.step, other.value, other.slope


@dataclass(frozen=True)
class Lines:
    """The losses as functions of the steps from x along directions."""

    problem: ManyProblems
    x: Array
    direction: Array

    def at(self, step: Array, which: Array) -> Probes:
        """Probes of the racers numbered `which`, at a step each."""
        direction = self.direction[:, which]
        value, gradient = self.problem.value_and_gradient(self.x[:, which] + step * direction)
        return Probes(step, value, dot(gradient, direction))


def backtrack(
    problem: ManyProblems, x: Array, direction: Array, value: Array, slope: Array, step: Array, share: Array,
    shrink: Array, limit: int = 60,
) -> Array:  # fmt: skip
    """For each racer the first of step, step·shrink, … that lowers the loss by `share` of what the slope promises, or 0."""
    result = np.zeros_like(value)
    trying = np.arange(len(value))
    step = step.copy()
    for _ in range(limit):
        tried = step[trying]
        found = problem.value(x[:, trying] + tried * direction[:, trying])
        accepted = found <= value[trying] + share[trying] * tried * slope[trying]
        result[trying[accepted]] = tried[accepted]
        trying = trying[~accepted]
        if not trying.size:
            break
        step[trying] *= shrink[trying]
    return result


def line_minima(lines: Lines, value: Array, slope: Array, step: Array, limit: int = 200) -> Array:
    """The steps to the first minimum along each line; 0 where the direction does not lead down.

    Args:
        value, slope: at step 0.
        step: the first try.
    """
    result = np.zeros_like(value)
    descending = np.flatnonzero(slope < 0)
    low = Probes(np.zeros_like(value), value.copy(), slope.copy())
    high = Probes(np.zeros_like(value), value.copy(), slope.copy())
    high.put(descending, lines.at(step[descending], descending))
    going, bracketed = descending, []
    for _ in range(limit):
        ahead = high.of(going)
        turned = (ahead.slope >= 0) | ~np.isfinite(ahead.value) | (ahead.value > low.value[going])
        bracketed.append(going[turned])
        going = going[~turned]
        if not going.size:
            break
        low.put(going, high.of(going))
        high.put(going, lines.at(2.0 * high.step[going], going))
    result[going] = low.step[going]

    going = np.concatenate(bracketed) if bracketed else descending
    for turn in range(limit):
        if not going.size:
            break
        left, right = low.of(going), high.of(going)
        width = right.step - left.step
        guess = left.step + 0.5 * width
        wide = ~(width <= 4e-16 * right.step)
        stop = np.zeros(len(going), dtype=bool)
        if turn % 3 != 2:
            secant = left.step - left.slope * width / (right.slope - left.slope)
            usable = np.isfinite(right.slope) & (right.slope > left.slope)
            guess = np.where(usable, np.minimum(np.maximum(secant, left.step), right.step), guess)
            stop = wide & usable & ((guess == left.step) | (guess == right.step))
            result[going[stop]] = guess[stop]
        result[going[~wide]] = _lower_end(left.of(~wide), right.of(~wide))
        on = wide & ~stop
        going, guess, left = going[on], guess[on], left.of(on)
        middle = lines.at(guess, going)
        level = middle.slope == 0
        result[going[level]] = guess[level]
        below = ~level & (middle.slope < 0) & (middle.value <= left.value)
        above = ~level & ~below
        low.put(going[below], middle.of(below))
        high.put(going[above], middle.of(above))
        going = going[~level]
    result[going] = _lower_end(low.of(going), high.of(going))
    return result


def _lower_end(low: Probes, high: Probes) -> Array:
    return np.where((low.value <= high.value) | ~np.isfinite(high.value), low.step, high.step)


def cubic_minima(a: Probes, b: Probes, low: Array, high: Array) -> Array:
    """The minima of the cubics through two probes each, within [low, high]; the middle where there is none."""
    swapped = a.step > b.step
    first = Probes(*(np.where(swapped, q, p) for p, q in _pairs(a, b)))
    second = Probes(*(np.where(swapped, p, q) for p, q in _pairs(a, b)))
    d1 = first.slope + second.slope - 3.0 * (first.value - second.value) / (first.step - second.step)
    square = d1 * d1 - first.slope * second.slope
    d2 = np.sqrt(square)
    bottom = second.slope - first.slope + 2.0 * d2
    place = second.step - (second.step - first.step) * ((second.slope + d2 - d1) / bottom)
    sound = (square >= 0) & (bottom != 0) & np.isfinite(place)
    return np.where(sound, np.minimum(np.maximum(place, low), high), 0.5 * (low + high))


def _pairs(a: Probes, b: Probes) -> list[tuple[Array, Array]]:
    return [(a.step, b.step), (a.value, b.value), (a.slope, b.slope)]


def strong_wolfe(
    lines: Lines, start: Probes, step: Array, size: Array, limit: Array,
    share: float = 1e-4, curvature: float = 0.9, tolerance: float = 1e-9,
) -> tuple[Array, Array]:  # fmt: skip
    """The steps that the search of `linesearch.strong_wolfe` finds, and how many evaluations each took.

    Args:
        start: the probes at step 0. step: the first try. size: the largest coordinate of each direction.
        limit: most evaluations of each racer.
    """

    def too_high(tried: Probes, which: Array) -> Array:
        return ~(tried.value <= start.value[which] + share * tried.step * start.slope[which])

    def flat(tried: Probes, which: Array) -> Array:
        return np.abs(tried.slope) <= -curvature * start.slope[which]

    count = len(step)
    every = np.arange(count)
    result = np.zeros(count)
    tries = np.zeros(count, dtype=np.int64)
    last = start.of(every)
    new = lines.at(step, every)
    going, bracketed = every, []
    for turn in range(int(limit.max(initial=0)) + 1):
        out = going[tries[going] >= limit[going]]
        result[out] = np.where(new.value[out] < start.value[out], new.step[out], 0.0)
        going = going[tries[going] < limit[going]]
        if not going.size:
            break
        tried, before = new.of(going), last.of(going)
        risen = too_high(tried, going) | ((tried.value >= before.value) if turn > 1 else False)
        good = ~risen & flat(tried, going)
        inside = risen | (~good & (tried.slope >= 0))
        result[going[good]] = tried.step[good]
        bracketed.append(going[inside])
        on = ~(good | inside)
        going, tried, before = going[on], tried.of(on), before.of(on)
        further = cubic_minima(
            before, tried, tried.step + 0.01 * (tried.step - before.step), 10.0 * tried.step
        )
        last.put(going, tried)
        new.put(going, lines.at(further, going))
        tries[going] += 1

    going = np.concatenate(bracketed) if bracketed else going
    _close_in(lines, (last, new), going, size, limit, tolerance, too_high, flat, tries, result)
    return result, tries + 1


def _close_in(
    lines: Lines, ends: tuple[Probes, Probes], going: Array, size: Array, limit: Array, tolerance: float,
    too_high: Test, flat: Test, tries: Array, result: Array,
) -> None:  # fmt: skip
    """The second half of the search: brackets become narrower until a step is good. Writes `tries` and `result`."""
    first, second = ends
    # Which end of each bracket is the lower one: 0 or 1.
    lower = np.zeros(len(result), dtype=np.int64)
    lower[going] = second.value[going] < first.value[going]
    stuck = np.zeros(len(result), dtype=bool)
    settled = going[:0]
    while True:
        narrow = np.abs(second.step[going] - first.step[going]) * size[going] < tolerance
        over = narrow | (tries[going] >= limit[going])
        settled = np.concatenate([settled, going[over]])
        going = going[~over]
        if not going.size:
            break
        a, b = first.of(going), second.of(going)
        left, right = np.minimum(a.step, b.step), np.maximum(a.step, b.step)
        at = cubic_minima(a, b, left, right)
        # Interpolation that keeps landing beside an end makes no progress: step a tenth inward.
        margin = 0.1 * (right - left)
        close = np.minimum(right - at, at - left) < margin
        forced = close & (stuck[going] | (at >= right) | (at <= left))
        inward = np.where(np.abs(at - right) < np.abs(at - left), right - margin, left + margin)
        at = np.where(forced, inward, at)
        stuck[going] = close & ~forced
        new = lines.at(at, going)
        tries[going] += 1

        at_second = lower[going] == 1
        low = Probes(*(np.where(at_second, q, p) for p, q in _pairs(a, b)))
        other = np.where(at_second, a.step, b.step)
        worse = too_high(new, going) | (new.value >= low.value)
        _put(ends, going[worse], ~at_second[worse], new.of(worse))
        changed = going[worse]
        lower[changed] = second.value[changed] < first.value[changed]
        done = ~worse & flat(new, going)
        turned = ~worse & ~done & (new.slope * (other - low.step) >= 0)
        _put(ends, going[turned], ~at_second[turned], low.of(turned))
        _put(ends, going[~worse], at_second[~worse], new.of(~worse))
        settled = np.concatenate([settled, going[done]])
        going = going[~done]
    result[settled] = np.where(lower[settled] == 1, second.step[settled], first.step[settled])


def _put(ends: tuple[Probes, Probes], which: Array, at_second: Array, probes: Probes) -> None:
    for end, part in zip(ends, (~at_second, at_second), strict=True):
        end.put(which[part], probes.of(part))


class Test(Protocol):
    """A condition on probes of the racers `which`."""

    def __call__(self, tried: Probes, which: Array) -> Array: ...
