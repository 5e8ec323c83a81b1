"""Many racers of a classical rule at once: a block of them from start to end, without those that rest or have diverged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .optimizers import ClassicalRule
from .optimizers.classical_rule import Here, Memory
from .optimizers.crowdwise import taken
from .problem import central_differences
from .program import Program

Array = np.ndarray

_MOST_STAYING = 0.95


class ManyProblem:
    """A program as a `Problem` of the classical rules for points (n, racers).

    Args:
        numerical: take central differences instead of the graph's gradient.
        noise: standard deviation of the Gaussian noise on every gradient element.
        generator: of the noise.
    """

    def __init__(
        self, program: Program, numerical: bool, noise: float, generator: np.random.Generator
    ) -> None:
        self._program = program
        self._numerical = numerical
        self._noise, self._generator = noise, generator

    def value(self, x: Array) -> Array:
        return self._program.value(x.T)

    def value_and_gradient(self, x: Array) -> tuple[Array, Array]:
        if self._numerical:
            value, gradient = central_differences(self._program, x)
        else:
            value, rows = self._program.value_and_gradient(x.T)
            gradient = np.ascontiguousarray(rows.T)
        if self._noise:
            gradient = gradient + self._noise * self._generator.standard_normal(gradient.shape)
        return value, gradient

    def hessian(self, x: Array) -> Array:
        return np.moveaxis(self._program.hessian(x.T), 0, -1)


def advance(
    rule: ClassicalRule,
    problem: ManyProblem,
    starts: Array,
    options: Mapping[str, Any],
    steps: int,
    rates: Sequence[Array] | None = None,
    repeats: bool = True,
    watch: Callable[[int, Array, Array], None] | None = None,
    tick: Callable[[int], None] | None = None,
) -> tuple[Array, Array]:
    """Where racers are after some steps: points (n, racers), and losses; not finite where the loss was not on the way.

    A racer that stands still, and by its rule will for good, is left where it is.

    Args:
        starts: (n, racers).
        options: of the rule; an array (racers,) for each number that need not be the same for all.
        rates: the learning rate of each step, (racers,) or one number, where a schedule changes it.
        repeats: whether the same place gives the same step: there is no noise and no schedule.
        watch: sees (step, points, losses) of all racers, step 0 to the last.
        tick: told how many racer-steps have been done since it was last called.
    """
    places = np.array(starts, dtype=np.float64, order="C")
    losses = np.full(places.shape[1], np.nan)
    going = np.arange(places.shape[1])
    x, memory = places.copy(), Memory()
    unmoved = np.zeros(len(going), dtype=np.int64)
    rest = rule.rest(len(places), options) if repeats else 0
    for done in range(steps + 1):
        if going.size:
            value, gradient = problem.value_and_gradient(x)
            losses[going] = value
            finite = np.isfinite(value)
            x[:, ~finite] = places[:, going[~finite]] = np.nan
        if watch is not None:
            watch(done, places, losses)
        if done == steps or (watch is None and not going.size):
            break
        if not going.size:
            continue
        staying = finite & ~(unmoved >= rest) if rest else finite
        # Those that have come to an end may be taken along for a while: leaving a few out is dearer.
        if staying.sum() <= _MOST_STAYING * len(going):
            if tick is not None:
                tick(int((~staying).sum()) * (steps - done))
            on = np.flatnonzero(staying)
            state = taken((going, x, value, gradient, unmoved, memory, options), on)
            going, x, value, gradient, unmoved, memory, options = state
            if not going.size:
                continue
        if rates is not None:
            rate = rates[done]
            given = np.full(len(going), rate) if np.ndim(rate) == 0 else rate[going]
            options = {**options, "learning_rate": given}
        moved, memory = rule.moved(problem, Here(x, value, gradient, done + 1), memory, options)
        unmoved = np.where((moved == x).all(axis=0), unmoved + 1, 0)
        x = np.ascontiguousarray(moved)
        places[:, going] = x
        if tick is not None:
            tick(len(going))
    return places, losses
