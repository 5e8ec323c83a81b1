"""How far to go along a direction: Armijo's backtracking, the strong Wolfe conditions, the exact minimum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np


class Problem(Protocol):
    """What a classical rule may ask about the loss; points are of shape (n,)."""

    def value(self, x: np.ndarray) -> float: ...

    def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]: ...

    def hessian(self, x: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Probe:
    """The loss at x + step·direction, its gradient there, and its slope along the direction."""

    step: float
    value: float
    gradient: np.ndarray
    slope: float


@dataclass
class Line:
    """The loss as a function of the step from x along a direction; counts its evaluations."""

    problem: Problem
    x: np.ndarray
    direction: np.ndarray
    evaluations: int = 0

    def __call__(self, step: float) -> Probe:
        self.evaluations += 1
        value, gradient = self.problem.value_and_gradient(self.x + step * self.direction)
        return Probe(step, float(value), gradient, float(gradient @ self.direction))


def backtrack(
    problem: Problem, x: np.ndarray, direction: np.ndarray, value: float, slope: float, step: float,
    share: float,
    shrink: float, limit: int = 60,
) -> float:  # fmt: skip
    """The first of step, step·shrink, step·shrink², … that lowers the loss by `share` of what the slope
    promises; 0 when none of `limit` steps does."""
    for _ in range(limit):
        # A loss that is not a number fails the comparison, so the step shrinks back into the domain.
        if problem.value(x + step * direction) <= value + share * step * slope:
            return step
        step *= shrink
    return 0.0


def line_minimum(line: Line, step: float = 1.0, limit: int = 200) -> float:
    """The step to the first minimum along a descent direction, to rounding; exact for quadratics at once.

    Brackets the place where the slope turns, then closes in by the secant rule with bisection as its safety
    net, so it finds kinks too. When the loss never turns upward, the last step at which it was finite.
    """
    low = line(0.0)
    if not low.slope < 0:
        return 0.0
    high = line(step)
    for _ in range(limit):
        if high.slope >= 0 or not math.isfinite(high.value) or high.value > low.value:
            break
        low, high = high, line(2.0 * high.step)
    else:
        return low.step
    for turn in range(limit):
        width = high.step - low.step
        if width <= 4e-16 * high.step:
            break
        guess = low.step + 0.5 * width
        if turn % 3 != 2 and math.isfinite(high.slope) and high.slope > low.slope:
            secant = low.step - low.slope * width / (high.slope - low.slope)
            guess = min(max(secant, low.step), high.step)
            if guess in (low.step, high.step):
                return guess
        middle = line(guess)
        if middle.slope == 0:
            return guess
        if middle.slope < 0 and middle.value <= low.value:
            low = middle
        else:
            high = middle
    return low.step if low.value <= high.value or not math.isfinite(high.value) else high.step


def cubic_minimum(a: Probe, b: Probe, low: float, high: float) -> float:
    """The minimum of the cubic through two probes, kept within [low, high]; the middle if there is none."""
    if a.step > b.step:
        a, b = b, a
    d1 = a.slope + b.slope - 3.0 * (a.value - b.value) / (a.step - b.step)
    square = d1 * d1 - a.slope * b.slope
    if square >= 0:
        d2 = math.sqrt(square)
        bottom = b.slope - a.slope + 2.0 * d2
        place = b.step - (b.step - a.step) * ((b.slope + d2 - d1) / bottom) if bottom != 0 else math.nan
        if math.isfinite(place):
            return min(max(place, low), high)
    return 0.5 * (low + high)


def strong_wolfe(
    line: Line, start: Probe, step: float, size: float,
    share: float = 1e-4, curvature: float = 0.9, tolerance: float = 1e-9, limit: int = 25,
) -> Probe:  # fmt: skip
    """A step that lowers the loss enough and leaves a slope that is small enough.

    The search of Nocedal & Wright, chapter 3.5, with cubic interpolation and the details of Schmidt's
    minFunc, which PyTorch has too, so that its paths can be compared.

    Args:
        start: the probe at step 0. step: the first try. size: the largest coordinate of the direction.
        share, curvature: the constants of the two conditions.
        tolerance: the search ends when the bracket is narrower than this, measured in x.
        limit: most evaluations.
    """

    def too_high(tried: Probe) -> bool:
        return not tried.value <= start.value + share * tried.step * start.slope

    def flat(tried: Probe) -> bool:
        return abs(tried.slope) <= -curvature * start.slope

    last, new = start, line(step)
    bracket: list[Probe] = []
    tries = 0
    while tries < limit:
        if too_high(new) or (tries > 1 and new.value >= last.value):
            bracket = [last, new]
            break
        if flat(new):
            return new
        if new.slope >= 0:
            bracket = [last, new]
            break
        further = cubic_minimum(last, new, new.step + 0.01 * (new.step - last.step), 10.0 * new.step)
        last, new = new, line(further)
        tries += 1
    if not bracket:
        return min(start, new, key=lambda tried: tried.value)

    stuck = False
    low, high = sorted((0, 1), key=lambda end: bracket[end].value)
    while tries < limit and abs(bracket[1].step - bracket[0].step) * size >= tolerance:
        left, right = min(b.step for b in bracket), max(b.step for b in bracket)
        at = cubic_minimum(bracket[0], bracket[1], left, right)
        # Interpolation that keeps landing beside an end makes no progress: step a tenth inward.
        margin = 0.1 * (right - left)
        if min(right - at, at - left) < margin:
            if stuck or at >= right or at <= left:
                at = right - margin if abs(at - right) < abs(at - left) else left + margin
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        new = line(at)
        tries += 1
        if too_high(new) or new.value >= bracket[low].value:
            bracket[high] = new
            low, high = sorted((0, 1), key=lambda end: bracket[end].value)
            continue
        done = flat(new)
        if not done and new.slope * (bracket[high].step - bracket[low].step) >= 0:
            bracket[high] = bracket[low]
        bracket[low] = new
        if done:
            break
    return bracket[low]
