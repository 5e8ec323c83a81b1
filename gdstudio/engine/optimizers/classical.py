"""Optimizers that are no formula: they search along lines or move a few coordinates at a time.

Each is a `ClassicalRule`; its step is Python, for one racer at a time, and asks the problem for what it
needs. How many racers at once take the same step is written in many_classical.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import EngineError
from ..options import Option, find_option
from . import many_classical
from .common import learning_rate
from .linesearch import Line, Problem, backtrack, line_minimum
from .many_classical import Many
from .rule import GENERAL_OPTIONS, resolve

Memory = dict[str, Any]
Step = Callable[[Problem, np.ndarray, Memory, Mapping[str, Any]], tuple[np.ndarray, Memory]]

_MAXIMIZE = GENERAL_OPTIONS[0]


@dataclass(frozen=True)
class ClassicalRule:
    """An optimizer whose step is Python.

    Attributes:
        needs: the most that it asks of the problem: "gradient" (at x alone), "value" (loss and gradient
            wherever it likes) or "hessian".
        formula: the method in lines, to be read, not run.
        many: the same step for many racers at once.
    """

    name: str
    title: str
    meaning: str
    source: str
    options: tuple[Option, ...]
    needs: str
    formula: str
    move: Step
    many: Many
    conventions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
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

    def initial(self, x: np.ndarray, options: Mapping[str, Any]) -> Memory:
        """What the rule remembers before its first step at x."""
        return {"t": 0}

    def step(
        self, problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]
    ) -> tuple[np.ndarray, Memory]:
        """The point after one step from x of shape (n,), and the new memory; `state` is left as it was."""
        climbed = _Negated(problem) if options["maximize"] else problem
        state = {**state, "t": state["t"] + 1}
        return self.move(climbed, np.asarray(x, dtype=np.float64), state, options)


@dataclass(frozen=True)
class _Negated:
    problem: Problem

    def value(self, x: np.ndarray) -> float:
        return -self.problem.value(x)

    def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = self.problem.value_and_gradient(x)
        return -value, -gradient

    def hessian(self, x: np.ndarray) -> np.ndarray:
        return -self.problem.hessian(x)


@dataclass(frozen=True)
class GradientOnly:
    """A problem of which nothing is known but the gradient at one point."""

    rule: ClassicalRule
    x: np.ndarray
    gradient: np.ndarray

    def value(self, x: np.ndarray) -> float:
        raise EngineError(
            f"{self.rule.name} evaluates the loss at other points too; "
            "run it in a Race, or choose options without a search"
        )

    def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        if not np.array_equal(x, self.x):
            self.value(x)
        return np.nan, self.gradient

    def hessian(self, x: np.ndarray) -> np.ndarray:
        raise EngineError(f"{self.rule.name} needs the Hessian; run it in a Race")


def _gradient(problem: Problem, x: np.ndarray) -> np.ndarray:
    return np.asarray(problem.value_and_gradient(x)[1], dtype=np.float64)


def _exact(problem: Problem, x: np.ndarray, direction: np.ndarray, first: float) -> np.ndarray:
    """The lowest point along a direction."""
    return x + line_minimum(Line(problem, x, direction), first) * direction


def _blocks(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any], size: int) -> tuple:
    """One step in `size` neighbouring coordinates, the others held fixed."""
    gradient = _gradient(problem, x)
    count = -(-x.size // size)
    starts = np.arange(count) * size
    if options["order"] == "cyclic":
        block = (state["t"] - 1) % count
    else:
        block = int(np.argmax(np.sqrt(np.add.reduceat(gradient**2, starts))))
    direction = np.zeros_like(x)
    inside = slice(block * size, (block + 1) * size)
    direction[inside] = -gradient[inside]
    if options["search"] == "exact":
        return _exact(problem, x, direction, options["learning_rate"]), state
    return x + options["learning_rate"] * direction, state


def _coordinate_descent(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    return _blocks(problem, x, state, options, 1)


def _block_coordinate_descent(
    problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]
) -> tuple:
    return _blocks(problem, x, state, options, int(options["block_size"]))


_ORDER = Option(
    "order", "cyclic", choices=("cyclic", "steepest"), meaning="in turn, or the one with the largest gradient"
)
_SEARCH = Option(
    "search", "exact", choices=("exact", "fixed"), meaning="down to the lowest point, or learning_rate·g"
)

COORDINATE_DESCENT = ClassicalRule(
    "coordinate_descent", "Coordinate descent",
    "Minimizes along one axis at a time; in a slanted crease it can stop where no axis leads down.",
    "Wright, Mathematical Programming 2015",
    (learning_rate(0.1), _ORDER, _SEARCH),
    "value",
    "i = next coordinate\nx[i] = argmin over x[i] of f(x)",
    _coordinate_descent,
    many_classical.COORDINATE_DESCENT,
)  # fmt: skip

BLOCK_COORDINATE_DESCENT = ClassicalRule(
    "block_coordinate_descent", "Block coordinate descent",
    "Minimizes along the gradient of a few neighbouring coordinates at a time.",
    "Wright, Mathematical Programming 2015",
    (
        learning_rate(0.1), Option("block_size", 2.0, 1.0, 1e6, "coordinates", "how many move together"),
        _ORDER, _SEARCH,
    ),
    "value",
    "B = next block of coordinates\nx[B] = x[B] - a*g[B], with a the minimum along that line",
    _block_coordinate_descent,
    many_classical.BLOCK_COORDINATE_DESCENT,
)  # fmt: skip


def _barzilai_borwein(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    gradient = _gradient(problem, x)
    step = options["learning_rate"]
    if "x" in state:
        s, y = x - state["x"], gradient - state["gradient"]
        curvature = float(s @ y)
        if curvature > 0:
            step = float(s @ s) / curvature if options["formula"] == "long" else curvature / float(y @ y)
            step = min(step, options["largest_step"])
    return x - step * gradient, state | {"x": x, "gradient": gradient}


BARZILAI_BORWEIN = ClassicalRule(
    "barzilai_borwein", "Barzilai-Borwein",
    "Descent whose step is one over the curvature met in the last move; quick, not always downhill.",
    "Barzilai & Borwein, IMA J. Numerical Analysis 1988",
    (
        Option(
            "learning_rate", 0.001, 1e-12, 1e6, meaning="the first step, and wherever the surface bends down",
            log=True,
        ),
        Option("formula", "long", choices=("long", "short"), meaning="s·s / s·y, or the shorter s·y / y·y"),
        Option(
            "largest_step", 1e6, 1e-12, 1e12, meaning="no step is longer than this times the gradient",
            log=True,
        ),
    ),
    "gradient",
    "s = x - x_last; y = g - g_last\nx = x - (s·s)/(s·y) * g",
    _barzilai_borwein,
    many_classical.BARZILAI_BORWEIN,
)  # fmt: skip


def _armijo(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    value, gradient = problem.value_and_gradient(x)
    slope = -float(gradient @ gradient)
    step = backtrack(
        problem,
        x,
        -gradient,
        float(value),
        slope,
        options["learning_rate"],
        options["armijo"],
        options["shrink"],
    )
    return x - step * gradient, state


_ARMIJO = Option(
    "armijo",
    1e-4,
    0.0,
    1.0,
    meaning="share of the promised descent that must be met",
    log=True,
    below_high=True,
)
_SHRINK = Option("shrink", 0.5, 0.01, 1.0, meaning="factor on a step that was too long", below_high=True)

BACKTRACKING = ClassicalRule(
    "backtracking", "Descent with backtracking",
    "Gradient descent that halves its step until the loss falls enough (Armijo's condition).",
    "Armijo, Pacific J. Math. 1966",
    (
        Option("learning_rate", 1.0, 1e-12, 1e6, meaning="the first step that is tried", log=True), _ARMIJO,
        _SHRINK,
    ),
    "value",
    "a = learning_rate\nwhile f(x - a*g) > f(x) - armijo*a*(g·g): a = shrink*a\nx = x - a*g",
    _armijo,
    many_classical.BACKTRACKING,
)  # fmt: skip


def _steepest(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    return _exact(problem, x, -_gradient(problem, x), options["learning_rate"]), state


EXACT_LINE_SEARCH = ClassicalRule(
    "exact_line_search", "Steepest descent, exact line search",
    "Goes down the gradient to the lowest point of that line; in a ravine it zigzags at right angles.",
    "Cauchy 1847",
    (Option("learning_rate", 1.0, 1e-12, 1e6, meaning="the first step of the search", log=True),),
    "value",
    "a = argmin over a > 0 of f(x - a*g)      on quadratics a = (g·g)/(g·H·g)\nx = x - a*g",
    _steepest,
    many_classical.EXACT_LINE_SEARCH,
)  # fmt: skip


def _conjugate(beta: Callable[[np.ndarray, np.ndarray], float]) -> Step:
    def move(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
        gradient = _gradient(problem, x)
        direction = -gradient
        every = int(options["restart"]) or x.size
        if "direction" in state and (state["t"] - 1) % every != 0 and state["gradient"].any():
            conjugate = direction + beta(gradient, state["gradient"]) * state["direction"]
            # A direction that does not lead down means that conjugacy is lost: begin again.
            direction = conjugate if conjugate @ gradient < 0 else direction
        moved = _exact(problem, x, direction, options["learning_rate"])
        return moved, state | {"direction": direction, "gradient": gradient}

    return move


_CG_OPTIONS = (
    Option("learning_rate", 1.0, 1e-12, 1e6, meaning="the first step of each line search", log=True),
    Option("restart", 0.0, 0.0, 1e6, "steps", "begin again with the gradient so often; 0 = after n steps"),
)
_CG_FORMULA = "d = -g + beta*d\nx = x + a*d, with a the minimum along d\n"

FLETCHER_REEVES = ClassicalRule(
    "fletcher_reeves", "Conjugate gradients (Fletcher-Reeves)",
    "Line searches along directions that do not undo each other; n steps solve a quadratic in n dimensions.",
    "Fletcher & Reeves, Computer Journal 1964",
    _CG_OPTIONS, "value", "beta = (g·g)/(g_last·g_last)\n" + _CG_FORMULA,
    _conjugate(lambda g, last: float(g @ g) / float(last @ last)),
    many_classical.FLETCHER_REEVES,
)  # fmt: skip

POLAK_RIBIERE = ClassicalRule(
    "polak_ribiere", "Conjugate gradients (Polak-Ribière)",
    "Conjugate gradients that begin again by themselves when the gradient hardly changes.",
    "Polak & Ribière 1969, with Powell's max(0, ·)",
    _CG_OPTIONS, "value", "beta = max(0, g·(g - g_last)/(g_last·g_last))\n" + _CG_FORMULA,
    _conjugate(lambda g, last: max(0.0, float(g @ (g - last)) / float(last @ last))),
    many_classical.POLAK_RIBIERE,
)  # fmt: skip


RULES = (
    BACKTRACKING, EXACT_LINE_SEARCH, BARZILAI_BORWEIN, COORDINATE_DESCENT, BLOCK_COORDINATE_DESCENT,
    FLETCHER_REEVES, POLAK_RIBIERE,
)  # fmt: skip
