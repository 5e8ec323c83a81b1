"""Classical rules that use or estimate the Hessian: BFGS, Newton's method, Sophia.

Every move is for one racer or a crowd, see `classical_rule`; matrices are (n, n) or (n, n, racers).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..options import Option
from .classical_rule import ClassicalRule, Here, Memory, Options
from .common import learning_rate, weight_decay
from .crowdwise import Array, anyone, dot, identity, largest, outer, quotient, root, times, transposed, where
from .lbfgs import LBFGS, first_rate
from .linesearch import Line, Problem, backtrack, strong_wolfe


def _bfgs(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    x, gradient, t = here.x, here.gradient, here.t
    inverse, direction = identity(x), -gradient
    if memory:
        inverse = _updated(memory["inverse"], x - memory["x"], gradient - memory["gradient"], t == 2)
        pointed = -times(inverse, gradient)
        downhill = dot(gradient, pointed) < 0
        inverse, direction = where(downhill, (inverse, pointed), (identity(x), direction))
    line = Line(problem, x, direction)
    start = line.start(here.value, gradient)
    start = start.only(abs(start.slope) < np.inf)
    first = options["learning_rate"] * (first_rate(gradient) if t == 1 else 1.0)
    step, _evaluations = strong_wolfe(line, start, first, largest(direction))
    return where(step != 0, x + step * direction, x), {"x": x, "gradient": gradient, "inverse": inverse}


def _updated(inverse: Array, s: Array, y: Array, scaled: bool) -> Array:
    """The inverse Hessian (n, n, …) after a move s with the change y of the gradient, (n, …); after the first move of all
    it is `scaled` to the curvature met."""
    curvature = dot(s, y)
    sound = curvature > 1e-10 * root(dot(s, s)) * root(dot(y, y))
    if not anyone(sound):
        return inverse
    base = quotient(curvature, dot(y, y)) * inverse if scaled else inverse
    # (I - s·yᵀ/c) H (I - y·sᵀ/c) + s·sᵀ/c, from the left and then from the right.
    share = s / curvature
    left = base - outer(share, times(transposed(base), y))
    both = left - outer(times(left, y), share)
    return where(sound, both + outer(s, share), inverse)


BFGS = ClassicalRule(
    "bfgs", "BFGS",
    "Builds the inverse Hessian from the changes of the gradient, and searches along Newton's direction.",
    "Broyden, Fletcher, Goldfarb, Shanno 1970",
    (Option("learning_rate", 1.0, 1e-12, 1e6, meaning="the first step of each line search", log=True),),
    "value",
    "s = x - x_last; y = g - g_last; r = 1/(y·s)\nH = (I - r*s*y^T) H (I - r*y*s^T) + r*s*s^T\n"
    "x = x - a*H*g, with a from the strong Wolfe conditions",
    _bfgs,
    # The first step of all is scaled; from the second on a step that does not move repeats itself.
    rest=lambda _n, _options: 2,
    numbers=lambda n, _options: 3 * n * n,
)  # fmt: skip


def _newton(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    x, gradient = here.x, here.gradient
    hessian = np.asarray(problem.hessian(x), dtype=np.float64)
    sound = np.isfinite(hessian).all(axis=(0, 1)) & np.isfinite(gradient).all(axis=0)
    symmetric = where(sound, 0.5 * (hessian + transposed(hessian)), np.zeros_like(hessian))
    curvatures, axes = _eigen(symmetric)
    floor = options["floor"] * np.maximum(1.0, largest(curvatures))
    along = times(transposed(axes), gradient) / _away_from_zero(curvatures, floor, options["bent_down"])
    direction = -times(axes, along)
    step = options["learning_rate"]
    if options["line_search"] == "backtracking":
        line = Line(problem, x, direction)
        start = line.start(here.value, gradient).only(sound)
        halved = backtrack(line, start, step, 1e-4, 0.5)
        step = where(start.slope < 0, halved, step)
    return where(sound, x + step * direction, np.full_like(x, np.nan)), memory


def _eigen(matrix: Array) -> tuple[Array, Array]:
    """Eigenvalues (n, …), rising, and eigenvectors (n, n, …), in columns, of symmetric matrices (n, n, …)."""
    values, vectors = np.linalg.eigh(np.moveaxis(matrix, (0, 1), (-2, -1)))
    return np.moveaxis(values, -1, 0), np.moveaxis(vectors, (-2, -1), (0, 1))


def _away_from_zero(curvatures: Array, floor: Any, bent_down: str) -> Array:
    """The curvatures, (n, …), that Newton's method divides by: none nearer to 0 than a floor.

    Args:
        bent_down: what becomes of negative ones: "turn" takes their size, "lift" the floor; else they stay.
    """
    if bent_down == "turn":
        return np.maximum(np.abs(curvatures), floor)
    if bent_down == "lift":
        return np.maximum(curvatures, floor)
    return np.where(np.abs(curvatures) < floor, floor, curvatures)


NEWTON = ClassicalRule(
    "newton", "Newton's method, damped",
    "Jumps to the minimum of the local quadratic, and halves the jump while it does not lead down.",
    "Newton 1669; turning at saddles: Dauphin et al., NeurIPS 2014",
    (
        Option("learning_rate", 1.0, 1e-12, 1.0, meaning="share of the full jump", log=True),
        Option(
            "line_search", "backtracking", choices=("backtracking", "none"),
            meaning="halve jumps that do not lead down, or not",
        ),
        Option(
            "bent_down", "turn", choices=("turn", "lift", "keep"),
            meaning="where the surface bends down: turn round, lift to the floor, or climb to the saddle",
        ),
        Option("floor", 1e-8, 0.0, 1.0, meaning="smallest curvature, relative to the largest", log=True),
    ),
    "hessian",
    "x = x - a*H^-1*g, with H the Hessian",
    _newton,
    numbers=lambda n, _options: 4 * n * n,
)  # fmt: skip


def _sophia(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    x, beta1, beta2, rate = here.x, options["beta1"], options["beta2"], options["learning_rate"]
    m = beta1 * memory.get("m", 0.0) + (1.0 - beta1) * here.gradient
    h = memory.get("h", np.zeros_like(x))
    if (here.t - 1) % int(options["every"]) == 0:
        h = beta2 * h + (1.0 - beta2) * np.einsum("ii...->i...", problem.hessian(x))
    step = np.clip(m / np.maximum(options["gamma"] * h, options["epsilon"]), -1.0, 1.0)
    return (1.0 - rate * options["weight_decay"]) * x - rate * step, {"m": m, "h": h}


SOPHIA = ClassicalRule(
    "sophia", "Sophia",
    "Momentum divided by a running mean of the Hessian's diagonal, with every step cut to the learning rate.",
    "Liu et al., ICLR 2024, with the exact diagonal in place of its estimate",
    (
        learning_rate(0.01),
        Option(
            "beta1", 0.965, 0.0, 1.0, meaning="share of the gradient average that is kept", below_high=True,
        ),
        Option(
            "beta2", 0.99, 0.0, 1.0, meaning="share of the curvature average that is kept", below_high=True,
        ),
        Option("gamma", 0.01, 1e-9, 1e6, meaning="how soon steps are cut: smaller cuts more", log=True),
        Option("epsilon", 1e-12, 0.0, 1.0, meaning="smallest curvature", log=True),
        Option("every", 10.0, 1.0, 10000.0, "steps", "how often the curvature is measured"),
        weight_decay(),
    ),
    "hessian",
    "m = beta1*m + (1 - beta1)*g\nh = beta2*h + (1 - beta2)*diag(H)\n"
    "x = x - learning_rate*clip(m/(gamma*h), -1, 1)",
    _sophia,
    alike=("every",),
    # Its averages go on changing while it stands still.
    rest=lambda _n, _options: 0,
    numbers=lambda n, _options: 4 * n * n,
)  # fmt: skip

RULES = (BFGS, LBFGS, NEWTON, SOPHIA)
