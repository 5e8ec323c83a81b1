"""L-BFGS, with the details of PyTorch's; for one racer or a crowd, see `classical_rule`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ..options import Option
from .classical_rule import ClassicalRule, Here, Memory, Options
from .crowdwise import Array, anyone, dot, every, largest, no, number, quotient, where
from .linesearch import Line, Problem, strong_wolfe


class _Pair(NamedTuple):
    """A move s and the change y of the gradient over it; racers without one have s = y = 0 and the curvature inf.

    Attributes:
        curvature: y·s.
    """

    s: Any
    y: Any
    curvature: Any


_NONE = _Pair(0.0, 0.0, np.inf)


def _remembered(pairs: tuple[_Pair, ...], new: _Pair, sound: Any, most: int) -> tuple[_Pair, ...]:
    """Each racer's last pairs, at most so many, oldest first, after a new one where it is sound."""
    if not anyone(no(sound)):
        return (*pairs, new)[-most:]
    if not anyone(sound):
        return pairs
    slots = (where(sound, later, own) for own, later in pairwise((_NONE, *pairs, new)))
    return tuple(slot for slot in slots if np.isfinite(slot.curvature).any())[-most:]


def _downhill(pairs: tuple[_Pair, ...], scale: Any, gradient: Array) -> Array:
    """-H·gradient by Nocedal's two loops."""
    q = -gradient
    weights = []
    for pair in reversed(pairs):
        weights.append(quotient(dot(pair.s, q), pair.curvature))
        q = q - weights[-1] * pair.y
    q = scale * q
    for pair, weight in zip(pairs, reversed(weights), strict=True):
        q = q + (weight - quotient(dot(pair.y, q), pair.curvature)) * pair.s
    return q


def first_rate(gradient: Array) -> Any:
    """The factor on a first step of which nothing is known: it is no longer than 1, by the sum of its coordinates."""
    return 1.0 / np.maximum(1.0, np.abs(gradient).sum(axis=0))


def _lbfgs(problem: Problem, here: Here, memory: Memory, options: Options) -> tuple:
    x, value, gradient = here.x, here.value, here.gradient
    if not memory:
        still = np.zeros_like(x)
        memory = {
            "pairs": (),
            "scale": every(value, 1.0),
            "begun": every(value, False),
            "gradient": still,
            "move": still,
        }
    tolerance, iterations = options["tolerance_change"], int(options["max_iter"])
    # Without a limit of its own, each search may take the usual 25 evaluations.
    limited = int(options["evaluations"] * iterations)
    allowed = limited or 26 * iterations + 1
    evaluations = 1
    moving = no(largest(gradient) <= options["tolerance_grad"])
    for iteration in range(1, iterations + 1):
        if not anyone(moving):
            break
        memory, direction = _with_pair(memory, gradient, moving, int(options["history_size"]))
        line = Line(problem, x, direction)
        start = line.start(value, gradient)
        step = where(memory["begun"], 1.0, first_rate(gradient)) * options["learning_rate"]
        began, moving = moving, moving & (start.slope <= -tolerance)
        if options["line_search"] == "strong_wolfe":
            limit = allowed - evaluations if limited else 25
            found, asked = strong_wolfe(line, start.only(moving), step, largest(direction), limit)
            step = where(moving, found, step)
        else:
            asked = 1
        move = step * direction
        memory |= {
            "begun": memory["begun"] | began,
            "gradient": where(began, gradient, memory["gradient"]),
            "move": where(began, move, memory["move"]),
        }
        x = where(moving, x + move, x)
        if iteration == iterations:
            break
        last = value
        value, gradient = _looked(problem, x, moving, value, gradient)
        evaluations = evaluations + asked
        moving = moving & no(
            (evaluations >= allowed)
            | (largest(gradient) <= options["tolerance_grad"])
            | (largest(move) <= tolerance)
            | (abs(value - last) < tolerance)
        )
    return x, memory


def _with_pair(memory: Memory, gradient: Array, moving: Any, most: int) -> tuple[Memory, Array]:
    """The memory after the last move of the racers `moving`, and where its Hessian points from here."""
    s, y = memory["move"], gradient - memory["gradient"]
    curvature = dot(y, s)
    sound = moving & memory["begun"] & (curvature > 1e-10)
    pairs = _remembered(memory["pairs"], _Pair(s, y, curvature), sound, most)
    scale = where(sound, quotient(curvature, dot(y, y)), memory["scale"])
    return memory | {"pairs": pairs, "scale": scale}, _downhill(pairs, scale, gradient)


def _looked(problem: Problem, x: Array, which: Any, value: Any, gradient: Array) -> tuple[Any, Array]:
    """The loss and its gradient at x for some racers; the others keep theirs."""
    if not isinstance(which, np.ndarray):
        found, gradient = problem.value_and_gradient(x)
        return number(found), gradient
    asked = np.flatnonzero(which)
    value, gradient = value.copy(), gradient.copy()
    value[asked], gradient[:, asked] = problem.value_and_gradient(x[:, asked])
    return value, gradient


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
    {"torch": {"max_iter": 20.0, "evaluations": 1.25}},
    alike=("max_iter", "evaluations", "history_size"),
    rest=lambda _n, _options: 2,
    numbers=lambda n, options: 2 * n * min(8, int(options["history_size"])),
)  # fmt: skip
