"""Classical rules that use gradients alone: descent by line searches, coordinates in turn, conjugate gradients.

Every move is for one racer or a crowd, see `classical_rule`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..options import Option
from .classical_rule import ClassicalRule, Here, Memory, Move, Options
from .common import learning_rate
from .crowdwise import Array, dot, quotient, where
from .linesearch import Line, Problem, backtrack, line_minimum


def _exact(problem: Problem, here: Here, direction: Array, first: Any) -> Array:
    """The lowest point along a direction."""
    line = Line(problem, here.x, direction)
    return here.x + line_minimum(line, line.start(here.value, here.gradient), first) * direction


def _blocks(problem: Problem, here: Here, memory: Memory, options: Options, size: int) -> tuple:
    """One step in `size` neighbouring coordinates, the others held fixed."""
    n = len(here.x)
    starts = np.arange(0, n, size)
    if options["order"] == "cyclic":
        block = np.full(here.x.shape[1:], (here.t - 1) % len(starts))
    else:
        block = np.argmax(np.sqrt(np.add.reduceat(here.gradient**2, starts)), axis=0)
    direction = np.where(np.equal.outer(np.arange(n) // size, block), -here.gradient, 0.0)
    if options["search"] == "exact":
        return _exact(problem, here, direction, options["learning_rate"]), memory
    return here.x + options["learning_rate"] * direction, memory


def _coordinate_descent(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    return _blocks(problem, here, memory, options, 1)


def _block_coordinate_descent(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    return _blocks(problem, here, memory, options, int(options["block_size"]))


def _block_rest(n: int, options: Options) -> int:
    """Once round all blocks; a fixed step can be too short to show in one coordinate and not in another."""
    return -(-n // int(options.get("block_size", 1)))


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
    rest=_block_rest,
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
    alike=("block_size",),
    rest=_block_rest,
)  # fmt: skip


def _barzilai_borwein(_problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    step = options["learning_rate"]
    if memory:
        s, y = here.x - memory["x"], here.gradient - memory["gradient"]
        curvature = dot(s, y)
        long = options["formula"] == "long"
        measured = quotient(dot(s, s), curvature) if long else quotient(curvature, dot(y, y))
        step = where(curvature > 0, np.minimum(measured, options["largest_step"]), step)
    return here.x - step * here.gradient, {"x": here.x, "gradient": here.gradient}


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
    # Without a last move it takes the step of the option once more.
    rest=lambda _n, _options: 2,
)  # fmt: skip


def _armijo(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    line = Line(problem, here.x, -here.gradient)
    start = line.start(here.value, here.gradient)
    step = backtrack(line, start, options["learning_rate"], options["armijo"], options["shrink"])
    return here.x - step * here.gradient, memory


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
)  # fmt: skip


def _steepest(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    return _exact(problem, here, -here.gradient, options["learning_rate"]), memory


EXACT_LINE_SEARCH = ClassicalRule(
    "exact_line_search", "Steepest descent, exact line search",
    "Goes down the gradient to the lowest point of that line; in a ravine it zigzags at right angles.",
    "Cauchy 1847",
    (Option("learning_rate", 1.0, 1e-12, 1e6, meaning="the first step of the search", log=True),),
    "value",
    "a = argmin over a > 0 of f(x - a*g)      on quadratics a = (g·g)/(g·H·g)\nx = x - a*g",
    _steepest,
)  # fmt: skip


def _conjugate(beta: Callable[[Array, Array], Any]) -> Move:
    def move(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
        gradient = here.gradient
        direction = -gradient
        if memory:
            every = where(options["restart"] >= 1, options["restart"] // 1, len(gradient))
            conjugate = direction + beta(gradient, memory["gradient"]) * memory["direction"]
            # A direction that does not lead down means that conjugacy is lost: begin again.
            useful = ((here.t - 1) % every != 0) & (dot(conjugate, gradient) < 0)
            direction = where(useful, conjugate, direction)
        moved = _exact(problem, here, direction, options["learning_rate"])
        return moved, {"direction": direction, "gradient": gradient}

    return move


def _conjugate_rest(n: int, options: Options) -> int:
    """From one restart to the next: then everything begins again as it was."""
    return 2 * max(n, int(np.max(options["restart"])))


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
    _conjugate(lambda g, last: quotient(dot(g, g), dot(last, last))),
    rest=_conjugate_rest,
)  # fmt: skip

POLAK_RIBIERE = ClassicalRule(
    "polak_ribiere", "Conjugate gradients (Polak-Ribière)",
    "Conjugate gradients that begin again by themselves when the gradient hardly changes.",
    "Polak & Ribière 1969, with Powell's max(0, ·)",
    _CG_OPTIONS, "value", "beta = max(0, g·(g - g_last)/(g_last·g_last))\n" + _CG_FORMULA,
    _conjugate(lambda g, last: np.fmax(0.0, quotient(dot(g, g - last), dot(last, last)))),
    rest=_conjugate_rest,
)  # fmt: skip


RULES = (
    BACKTRACKING, EXACT_LINE_SEARCH, BARZILAI_BORWEIN, COORDINATE_DESCENT, BLOCK_COORDINATE_DESCENT,
    FLETCHER_REEVES, POLAK_RIBIERE,
)  # fmt: skip
