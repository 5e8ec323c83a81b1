"""Classical rules that use or estimate the Hessian: quasi-Newton methods, Newton's own, Sophia."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..options import Option
from . import many_classical
from .classical import ClassicalRule, Memory
from .common import learning_rate, weight_decay
from .linesearch import Line, Probe, Problem, backtrack, strong_wolfe


def _bfgs(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    value, gradient = problem.value_and_gradient(x)
    inverse = state.get("inverse")
    if inverse is None:
        inverse = np.eye(x.size)
    if "x" in state:
        s, y = x - state["x"], gradient - state["gradient"]
        curvature = float(s @ y)
        if curvature > 1e-10 * float(np.linalg.norm(s) * np.linalg.norm(y)):
            if state["t"] == 2:
                inverse = curvature / float(y @ y) * inverse
            left = np.eye(x.size) - np.outer(s, y) / curvature
            inverse = left @ inverse @ left.T + np.outer(s, s) / curvature
    direction = -inverse @ gradient
    slope = float(gradient @ direction)
    if not slope < 0:
        inverse, direction = np.eye(x.size), -gradient
        slope = float(gradient @ direction)
    kept = state | {"x": x, "gradient": gradient, "inverse": inverse}
    if slope == 0 or not np.isfinite(slope):
        return x, kept
    first = min(1.0, 1.0 / float(np.sum(np.abs(gradient)))) if state["t"] == 1 else 1.0
    origin = Probe(0.0, float(value), gradient, slope)
    size = float(np.max(np.abs(direction)))
    found = strong_wolfe(Line(problem, x, direction), origin, first * options["learning_rate"], size)
    return x + found.step * direction, kept


BFGS = ClassicalRule(
    "bfgs", "BFGS",
    "Builds the inverse Hessian from the changes of the gradient, and searches along Newton's direction.",
    "Broyden, Fletcher, Goldfarb, Shanno 1970",
    (Option("learning_rate", 1.0, 1e-12, 1e6, meaning="the first step of each line search", log=True),),
    "value",
    "s = x - x_last; y = g - g_last; r = 1/(y·s)\nH = (I - r*s*y^T) H (I - r*y*s^T) + r*s*s^T\n"
    "x = x - a*H*g, with a from the strong Wolfe conditions",
    _bfgs,
    many_classical.BFGS,
)  # fmt: skip


@dataclass(frozen=True)
class _Pairs:
    """The last steps s and gradient changes y of L-BFGS, oldest first."""

    steps: tuple[np.ndarray, ...] = ()
    changes: tuple[np.ndarray, ...] = ()
    scale: float = 1.0

    def with_pair(self, s: np.ndarray, y: np.ndarray, most: int) -> _Pairs:
        curvature = float(y @ s)
        if not curvature > 1e-10:
            return self
        return _Pairs((*self.steps, s)[-most:], (*self.changes, y)[-most:], curvature / float(y @ y))

    def direction(self, gradient: np.ndarray) -> np.ndarray:
        """-H·gradient by Nocedal's two loops."""
        q = -gradient
        weights = []
        for s, y in zip(reversed(self.steps), reversed(self.changes), strict=True):
            weights.append(float(s @ q) / float(y @ s))
            q = q - weights[-1] * y
        q = self.scale * q
        for s, y, weight in zip(self.steps, self.changes, reversed(weights), strict=True):
            q = q + (weight - float(y @ q) / float(y @ s)) * s
        return q


def _lbfgs(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    value, gradient = problem.value_and_gradient(x)
    tolerance = options["tolerance_change"]
    iterations = int(options["max_iter"])
    searching = options["line_search"] == "strong_wolfe"
    # Without a limit of its own, each search may take the usual 25 evaluations.
    limited = int(options["evaluations"] * iterations)
    allowed = limited or 26 * iterations + 1
    evaluations = 1
    if np.max(np.abs(gradient)) <= options["tolerance_grad"]:
        return x, state
    for iteration in range(1, iterations + 1):
        if "gradient" in state:
            pairs = state["pairs"].with_pair(
                state["move"], gradient - state["gradient"], int(options["history_size"])
            )
            direction = pairs.direction(gradient)
            first = options["learning_rate"]
        else:
            pairs, direction = _Pairs(), -gradient
            first = min(1.0, 1.0 / float(np.sum(np.abs(gradient)))) * options["learning_rate"]
        last, slope = value, float(gradient @ direction)
        state = state | {"pairs": pairs, "gradient": gradient, "move": first * direction}
        if not slope <= -tolerance:
            break
        if searching:
            line = Line(problem, x, direction)
            origin = Probe(0.0, float(value), gradient, slope)
            size = float(np.max(np.abs(direction)))
            found = strong_wolfe(line, origin, first, size, limit=allowed - evaluations if limited else 25)
            state["move"] = found.step * direction
            x, value, gradient = x + state["move"], found.value, found.gradient
            evaluations += line.evaluations
        else:
            x = x + state["move"]
            if iteration < iterations:
                value, gradient = problem.value_and_gradient(x)
                evaluations += 1
        if (
            evaluations >= allowed
            or np.max(np.abs(gradient)) <= options["tolerance_grad"]
            or np.max(np.abs(state["move"])) <= tolerance
            or abs(value - last) < tolerance
        ):
            break
    return x, state


LBFGS = ClassicalRule(
    "lbfgs", "L-BFGS",
    "BFGS that rebuilds Newton's direction from its last few moves instead of storing a matrix.",
    "Liu & Nocedal, Mathematical Programming 1989; details as in PyTorch",
    (
        Option(
            "learning_rate", 1.0, 1e-12, 1e6, meaning="factor on the step, or the first step of the search",
            log=True,
        ),
        Option(
            "line_search", "none", choices=("none", "strong_wolfe"),
            meaning="step by the learning rate, or search along the line",
        ),
        Option("max_iter", 1.0, 1.0, 1000.0, "iterations", "how many count as one step"),
        Option("evaluations", 0.0, 0.0, 1000.0, "evaluations", "most that an iteration may take; 0 = 25"),
        Option("history_size", 100.0, 1.0, 10000.0, "moves", "how many moves are remembered"),
        Option(
            "tolerance_grad", 1e-7, 0.0, 1.0, meaning="stop where no gradient coordinate is larger",
            log=True,
        ),
        Option("tolerance_change", 1e-9, 0.0, 1.0, meaning="stop when loss and x change less", log=True),
    ),
    "gradient",
    "d = -H*g, H from the last moves s and gradient changes y\nx = x + learning_rate*d",
    _lbfgs,
    many_classical.LBFGS,
    {"torch": {"max_iter": 20.0, "evaluations": 1.25}},
)  # fmt: skip


def _newton(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    value, gradient = problem.value_and_gradient(x)
    hessian = np.asarray(problem.hessian(x), dtype=np.float64)
    if not (np.isfinite(hessian).all() and np.isfinite(gradient).all()):
        return np.full_like(x, np.nan), state
    curvatures, axes = np.linalg.eigh(0.5 * (hessian + hessian.T))
    floor = options["floor"] * max(1.0, float(np.max(np.abs(curvatures))))
    curvatures = many_classical.away_from_zero(curvatures, floor, options["bent_down"])
    direction = -axes @ ((axes.T @ gradient) / curvatures)
    step = options["learning_rate"]
    slope = float(gradient @ direction)
    if options["line_search"] == "backtracking" and slope < 0:
        step = backtrack(problem, x, direction, float(value), slope, step, 1e-4, 0.5)
    return x + step * direction, state


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
    many_classical.NEWTON,
)  # fmt: skip


def _sophia(problem: Problem, x: np.ndarray, state: Memory, options: Mapping[str, Any]) -> tuple:
    gradient = problem.value_and_gradient(x)[1]
    beta1, beta2, t = options["beta1"], options["beta2"], state["t"]
    m = beta1 * state.get("m", 0.0) + (1.0 - beta1) * gradient
    h = state.get("h", np.zeros_like(x))
    if (t - 1) % int(options["every"]) == 0:
        h = beta2 * h + (1.0 - beta2) * np.diagonal(problem.hessian(x))
    step = np.clip(m / np.maximum(options["gamma"] * h, options["epsilon"]), -1.0, 1.0)
    moved = (1.0 - options["learning_rate"] * options["weight_decay"]) * x - options["learning_rate"] * step
    return moved, state | {"m": m, "h": h}


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
    many_classical.SOPHIA,
)  # fmt: skip

RULES = (BFGS, LBFGS, NEWTON, SOPHIA)
