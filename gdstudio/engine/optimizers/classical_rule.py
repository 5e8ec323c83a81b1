"""What a classical rule is: an optimizer that is no formula, since it searches along lines or solves a system.

Its move is Python, written once for one racer and for a crowd (`crowdwise`); the rules are tables in classical.py,
curvature.py and lbfgs.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import EngineError
from ..options import Option, find_option
from .crowdwise import Array, number
from .linesearch import Problem
from .rule import GENERAL_OPTIONS, resolve

Memory = dict[str, Any]
Options = Mapping[str, Any]

_MAXIMIZE = GENERAL_OPTIONS[0]


@dataclass(frozen=True)
class Here:
    """Where one racer or a crowd is.

    Attributes:
        x: the point, (n,) or (n, racers).
        value, gradient: the loss and its gradient there; the loss is one number or (racers,), the gradient is as x.
        t: the number of the step that begins, from 1.
    """

    x: Array
    value: Any
    gradient: Array
    t: int


Move = Callable[[Problem, Here, Memory, Options], tuple[Array, Memory]]


@dataclass(frozen=True)
class ClassicalRule:
    """An optimizer whose step is Python.

    Attributes:
        needs: the most that it asks of the problem: "gradient" (at x alone), "value" (loss and gradient
            wherever it likes) or "hessian".
        formula: the method in lines, to be read, not run.
        move: (problem, here, memory, options) -> the next point and the new memory. The memory is empty before the
            first step; it holds what `crowdwise.taken` can part with. Numeric options of a crowd are (racers,).
        alike: numeric options that racers who move together have in common, one number each.
        rest: (n, options) -> after so many steps in a row that left x as it was, all later ones will, too; 0 = never.
        numbers: (n, options) -> about how many numbers a racer remembers.
    """

    name: str
    title: str
    meaning: str
    source: str
    options: tuple[Option, ...]
    needs: str
    formula: str
    move: Move
    conventions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    alike: tuple[str, ...] = ()
    rest: Callable[[int, Options], int] = lambda _n, _options: 1
    numbers: Callable[[int, Options], int] = lambda n, _options: 2 * n
    state: tuple = ()

    def __post_init__(self) -> None:
        if _MAXIMIZE not in self.options:
            object.__setattr__(self, "options", (*self.options, _MAXIMIZE))

    def option(self, name: str) -> Option:
        """The option of that name; EngineError when the rule has none."""
        return find_option(self, name)

    def resolve(self, convention: str | None = None, **options: Any) -> dict[str, Any]:
        """Every option with its value: as given, else as the convention has it, else the default."""
        return resolve(self, convention, options)

    def initial(self, x: Array, options: Options) -> Memory:
        """What `step` remembers before its first step at x."""
        return {"t": 0, "memory": {}}

    def step(self, problem: Problem, x: Array, state: Memory, options: Options) -> tuple[Array, Memory]:
        """The point after one step from x of shape (n,), and the new memory; `state` is left as it was."""
        x = np.asarray(x, dtype=np.float64)
        value, gradient = problem.value_and_gradient(x)
        here = Here(x, number(value), gradient, state["t"] + 1)
        moved, memory = self.moved(problem, here, state["memory"], options)
        return moved, {"t": here.t, "memory": memory}

    def moved(self, problem: Problem, here: Here, memory: Memory, options: Options) -> tuple[Array, Memory]:
        """The next points of one racer or of a crowd that is `here`, up or down as the options say, and the new memory."""
        if options["maximize"]:
            problem, here = _Negated(problem), Here(here.x, -here.value, -here.gradient, here.t)
        return self.move(problem, here, memory, options)


@dataclass(frozen=True)
class _Negated:
    problem: Problem

    def value(self, x: Array) -> Any:
        return -self.problem.value(x)

    def value_and_gradient(self, x: Array) -> tuple[Any, Array]:
        value, gradient = self.problem.value_and_gradient(x)
        return -value, -gradient

    def hessian(self, x: Array) -> Array:
        return -self.problem.hessian(x)


@dataclass(frozen=True)
class GradientOnly:
    """A problem of which nothing is known but the gradient at the points where racers are."""

    rule: ClassicalRule
    x: Array
    gradient: Array

    def value(self, x: Array) -> Any:
        raise EngineError(
            f"{self.rule.name} evaluates the loss at other points too; "
            "run it in a Race, or choose options without a search"
        )

    def value_and_gradient(self, x: Array) -> tuple[Any, Array]:
        if not np.array_equal(x, self.x):
            self.value(x)
        return np.full(x.shape[1:], np.nan)[()], self.gradient

    def hessian(self, x: Array) -> Array:
        raise EngineError(f"{self.rule.name} needs the Hessian; run it in a Race")
