"""The moves of the classical rules for many racers at once.

Each function here does for points (n, racers) what the move of the same rule in classical.py and curvature.py does for
one, and the tests hold them against each other. What a racer remembers lies in arrays whose last axis is the racers, or
in lists of such arrays, so that racers can be taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .many_lines import Lines, ManyProblems, Probes, backtrack, dot, line_minima, strong_wolfe

Array = np.ndarray
Memory = dict[str, Any]


@dataclass(frozen=True)
class Here:
    """Where racers are.

    Attributes:
        x: the points, (n, racers).
        value, gradient: the losses (racers,) and gradients (n, racers) there.
        t: the number of the step that begins, from 1.
    """

    x: Array
    value: Array
    gradient: Array
    t: int


Move = Callable[[ManyProblems, Here, Memory, Mapping[str, Any]], tuple[Array, Memory]]


@dataclass(frozen=True)
class Many:
    """How a classical rule moves many racers.

    Attributes:
        move: (problem, here, memory, options) -> the next points and the new memory, which is empty before the first
            step. Numeric options are arrays (racers,), apart from those in `alike`.
        alike: numeric options that racers which move together have in common.
        rest: (n, options) -> after so many steps in a row that left x as it was, all later ones will, too; 0 = never.
        numbers: (n, options) -> about how many numbers a racer remembers.
    """

    move: Move
    alike: tuple[str, ...] = ()
    rest: Callable[[int, Mapping[str, Any]], int] = lambda _n, _options: 1
    numbers: Callable[[int, Mapping[str, Any]], int] = lambda n, _options: 2 * n


def taken(memory: Memory, which: Array) -> Memory:
    """The memory of some of the racers, by number or mask."""
    return {
        name: [part[..., which] for part in value] if isinstance(value, list) else value[..., which]
        for name, value in memory.items()
    }


def _exact(problem: ManyProblems, here: Here, direction: Array, first: Array) -> Array:
    """The lowest points along directions."""
    slope = dot(here.gradient, direction)
    step = line_minima(Lines(problem, here.x, direction), here.value, slope, first)
    return here.x + step * direction


def _blocks(
    problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any], size: int
) -> tuple:
    n = len(here.x)
    starts = np.arange(-(-n // size)) * size
    if options["order"] == "cyclic":
        block = np.full(here.value.shape, (here.t - 1) % len(starts))
    else:
        block = np.argmax(np.sqrt(np.add.reduceat(here.gradient**2, starts, axis=0)), axis=0)
    chosen = np.arange(n)[:, None] // size == block
    direction = np.where(chosen, -here.gradient, 0.0)
    if options["search"] == "exact":
        return _exact(problem, here, direction, options["learning_rate"]), memory
    return here.x + options["learning_rate"] * direction, memory


def _block_rest(n: int, options: Mapping[str, Any]) -> int:
    """Once round all blocks; a fixed step can be too short to show in one coordinate and not in another."""
    return -(-n // int(options.get("block_size", 1)))


def _coordinate_descent(
    problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]
) -> tuple:
    return _blocks(problem, here, memory, options, 1)


def _block_descent(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    return _blocks(problem, here, memory, options, int(options["block_size"]))


COORDINATE_DESCENT = Many(_coordinate_descent, rest=_block_rest)
BLOCK_COORDINATE_DESCENT = Many(_block_descent, alike=("block_size",), rest=_block_rest)


def _barzilai_borwein(
    _problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]
) -> tuple:
    step = options["learning_rate"]
    if memory:
        s, y = here.x - memory["x"], here.gradient - memory["gradient"]
        curvature = dot(s, y)
        measured = dot(s, s) / curvature if options["formula"] == "long" else curvature / dot(y, y)
        step = np.where(curvature > 0, np.minimum(measured, options["largest_step"]), step)
    return here.x - step * here.gradient, {"x": here.x, "gradient": here.gradient}


# Without a last move it takes the step of the option once more.
BARZILAI_BORWEIN = Many(_barzilai_borwein, rest=lambda _n, _options: 2)


def _armijo(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    slope = -dot(here.gradient, here.gradient)
    first, share, shrink = options["learning_rate"], options["armijo"], options["shrink"]
    step = backtrack(problem, here.x, -here.gradient, here.value, slope, first, share, shrink)
    return here.x - step * here.gradient, memory


BACKTRACKING = Many(_armijo)


def _steepest(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    return _exact(problem, here, -here.gradient, options["learning_rate"]), memory


EXACT_LINE_SEARCH = Many(_steepest)


def _conjugate(beta: Callable[[Array, Array], Array]) -> Many:
    def move(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
        gradient = here.gradient
        direction = -gradient
        if memory:
            every = np.where(options["restart"] >= 1, options["restart"], len(gradient)).astype(np.int64)
            last = memory["gradient"]
            conjugate = direction + beta(gradient, last) * memory["direction"]
            kept = ((here.t - 1) % every != 0) & last.any(axis=0) & (dot(conjugate, gradient) < 0)
            direction = np.where(kept, conjugate, direction)
        moved = _exact(problem, here, direction, options["learning_rate"])
        return moved, {"direction": direction, "gradient": gradient}

    def rest(n: int, options: Mapping[str, Any]) -> int:
        """From one restart to the next: then everything begins again as it was."""
        return 2 * max(n, int(np.max(options["restart"])))

    return Many(move, rest=rest)


FLETCHER_REEVES = _conjugate(lambda g, last: dot(g, g) / dot(last, last))
POLAK_RIBIERE = _conjugate(lambda g, last: np.fmax(0.0, dot(g, g - last) / dot(last, last)))


def _bfgs(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    n, count = here.x.shape
    gradient = here.gradient
    inverse = np.broadcast_to(np.eye(n)[..., None], (n, n, count))
    if memory:
        inverse = _updated(
            memory["inverse"], here.x - memory["x"], gradient - memory["gradient"], here.t == 2
        )
    direction = -np.einsum("ijb,jb->ib", inverse, gradient)
    slope = dot(gradient, direction)
    lost = ~(slope < 0)
    if lost.any():
        inverse = np.where(lost, np.eye(n)[..., None], inverse)
        direction = np.where(lost, -gradient, direction)
        slope = dot(gradient, direction)
    kept = {"x": here.x, "gradient": gradient, "inverse": inverse}
    moving = np.flatnonzero((slope != 0) & np.isfinite(slope))
    first = np.minimum(1.0, 1.0 / np.abs(gradient).sum(axis=0)) if here.t == 1 else np.ones(count)
    step = np.zeros(count)
    step[moving], _evaluations = _wolfe_step(
        problem, here.x, here.value, direction, slope, first * options["learning_rate"], moving
    )
    return np.where(step != 0, here.x + step * direction, here.x), kept


def _updated(inverse: Array, s: Array, y: Array, scaled: bool) -> Array:
    """The inverse Hessians (n, n, racers) after moves s with changes y of the gradient, (n, racers)."""
    curvature = dot(s, y)
    sound = curvature > 1e-10 * np.sqrt(dot(s, s)) * np.sqrt(dot(y, y))
    base = (curvature / dot(y, y)) * inverse if scaled else inverse
    # (I - s y'/c) H (I - y s'/c) + s s'/c, from the left and then from the right.
    left = base - s[:, None] * (np.einsum("ib,ijb->jb", y, base) / curvature)
    both = left - np.einsum("ijb,jb->ib", left, y)[:, None] * (s / curvature)
    return np.where(sound, both + s[:, None] * (s / curvature), inverse)


def _wolfe_step(
    problem: ManyProblems, x: Array, value: Array, direction: Array, slope: Array, first: Array, moving: Array,
    limit: Array | None = None,
) -> tuple[Array, Array]:  # fmt: skip
    """Steps by the strong Wolfe conditions for the racers `moving`, and the evaluations that each took."""
    lines = Lines(problem, x[:, moving], direction[:, moving])
    origin = Probes(np.zeros(len(moving)), value[moving], slope[moving])
    size = np.abs(lines.direction).max(axis=0)
    most = np.full(len(moving), 25) if limit is None else limit[moving]
    return strong_wolfe(lines, origin, first[moving], size, most)


# The first step of all is scaled; from the second on a step that does not move repeats itself.
BFGS = Many(_bfgs, rest=lambda _n, _options: 2, numbers=lambda n, _options: 3 * n * n)


def _with_pairs(memory: Memory, moving: Array, y: Array, most: int) -> Memory:
    """The memory of L-BFGS after the last moves, with changes y of the gradient, for the racers `moving` (a mask).

    Pairs are kept in lists, oldest first; a racer without one of them has s = y = 0 there and the curvature y·s = inf.
    """
    s = memory["move"]
    curvature = dot(y, s)
    sound = moving & memory["begun"] & (curvature > 1e-10)
    if not sound.any():
        return memory
    steps = [*memory["steps"], np.where(sound, s, 0.0)]
    changes = [*memory["changes"], np.where(sound, y, 0.0)]
    curvatures = [*memory["curvatures"], np.where(sound, curvature, np.inf)]
    held = np.isfinite(curvatures).sum(axis=0)
    for part in range(len(steps)):
        if (held <= most).all():
            break
        over = (held > most) & np.isfinite(curvatures[part])
        steps[part], changes[part] = (np.where(over, 0.0, pairs[part]) for pairs in (steps, changes))
        curvatures[part] = np.where(over, np.inf, curvatures[part])
        held = held - over
    used = [part for part, found in enumerate(curvatures) if np.isfinite(found).any()]
    return memory | {
        "steps": [steps[part] for part in used],
        "changes": [changes[part] for part in used],
        "curvatures": [curvatures[part] for part in used],
        "scale": np.where(sound, curvature / dot(y, y), memory["scale"]),
    }


def _two_loops(memory: Memory, gradient: Array) -> Array:
    """-H·gradient by Nocedal's two loops, (n, racers)."""
    q = -gradient
    pairs = list(zip(memory["steps"], memory["changes"], memory["curvatures"], strict=True))
    weights = []
    for s, y, curvature in reversed(pairs):
        weights.append(dot(s, q) / curvature)
        q = q - weights[-1] * y
    q = memory["scale"] * q
    for (s, y, curvature), weight in zip(pairs, reversed(weights), strict=True):
        q = q + (weight - dot(y, q) / curvature) * s
    return q


def _lbfgs(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    x, value, gradient = here.x, here.value, here.gradient
    count = len(value)
    if not memory:
        memory = {
            "steps": [], "changes": [], "curvatures": [], "scale": np.ones(count),
            "begun": np.zeros(count, dtype=bool), "gradient": np.zeros_like(x), "move": np.zeros_like(x),
        }  # fmt: skip
    tolerance, still = options["tolerance_change"], options["tolerance_grad"]
    iterations, rate = int(options["max_iter"]), options["learning_rate"]
    limited = int(options["evaluations"] * iterations)
    allowed = limited or 26 * iterations + 1
    evaluations = np.ones(count, dtype=np.int64)
    moving = ~(np.abs(gradient).max(axis=0) <= still)
    for iteration in range(1, iterations + 1):
        if not moving.any():
            break
        memory = _with_pairs(memory, moving, gradient - memory["gradient"], int(options["history_size"]))
        begun = memory["begun"]
        direction = np.where(begun, _two_loops(memory, gradient), -gradient)
        first = np.where(begun, rate, np.minimum(1.0, 1.0 / np.abs(gradient).sum(axis=0)) * rate)
        last, slope = value, dot(gradient, direction)
        memory = memory | {
            "gradient": np.where(moving, gradient, memory["gradient"]),
            "move": np.where(moving, first * direction, memory["move"]),
            "begun": begun | moving,
        }
        moving = moving & (slope <= -tolerance)
        chosen = np.flatnonzero(moving)
        searching = options["line_search"] == "strong_wolfe"
        if searching:
            limit = allowed - evaluations if limited else None
            step, taken_by = _wolfe_step(problem, x, value, direction, slope, first, chosen, limit)
            move = np.zeros_like(x)
            move[:, chosen] = step * direction[:, chosen]
            evaluations[chosen] += taken_by
            memory["move"] = np.where(moving, move, memory["move"])
        x = np.where(moving, x + memory["move"], x)
        if iteration == iterations:
            break
        value, gradient = value.copy(), gradient.copy()
        value[chosen], gradient[:, chosen] = problem.value_and_gradient(x[:, chosen])
        if not searching:
            evaluations[chosen] += 1
        moving = moving & ~(
            (evaluations >= allowed)
            | (np.abs(gradient).max(axis=0) <= still)
            | (np.abs(memory["move"]).max(axis=0) <= tolerance)
            | (np.abs(value - last) < tolerance)
        )
    return x, memory


LBFGS = Many(
    _lbfgs,
    alike=("max_iter", "evaluations", "history_size"),
    rest=lambda _n, _options: 2,
    numbers=lambda n, options: 2 * n * min(8, int(options["history_size"])),
)


def away_from_zero(curvatures: np.ndarray, floor: float | np.ndarray, bent_down: str) -> np.ndarray:
    """The curvatures along the axes that Newton's method divides by, none nearer to 0 than a floor.

    Args:
        curvatures: eigenvalues of a Hessian, (n,), or (n, racers) with a floor for each racer.
        floor: the least size.
        bent_down: what becomes of negative ones: "turn" takes their size, "lift" the floor; else they stay.
    """
    if bent_down == "turn":
        return np.maximum(np.abs(curvatures), floor)
    if bent_down == "lift":
        return np.maximum(curvatures, floor)
    return np.where(np.abs(curvatures) < floor, floor, curvatures)


def _newton(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    gradient = here.gradient
    hessian = problem.hessian(here.x)
    sound = np.isfinite(hessian).all(axis=(0, 1)) & np.isfinite(gradient).all(axis=0)
    symmetric = np.where(sound, 0.5 * (hessian + hessian.transpose(1, 0, 2)), 0.0)
    curvatures, axes = _eigen(symmetric)
    floor = options["floor"] * np.maximum(1.0, np.abs(curvatures).max(axis=0))
    curvatures = away_from_zero(curvatures, floor, options["bent_down"])
    along = np.einsum("ijb,ib->jb", axes, gradient) / curvatures
    direction = -np.einsum("ijb,jb->ib", axes, along)
    step = options["learning_rate"].copy()
    if options["line_search"] == "backtracking":
        slope = dot(gradient, direction)
        down = np.flatnonzero(sound & (slope < 0))
        steady = np.ones(len(down))
        step[down] = backtrack(
            problem, here.x[:, down], direction[:, down], here.value[down], slope[down], step[down],
            1e-4 * steady, 0.5 * steady,
        )  # fmt: skip
    return np.where(sound, here.x + step * direction, np.nan), memory


def _eigen(matrices: Array) -> tuple[Array, Array]:
    """Eigenvalues (n, racers), ascending, and eigenvectors (n, n, racers), in columns, of symmetric (n, n, racers)."""
    values, vectors = np.linalg.eigh(np.ascontiguousarray(np.moveaxis(matrices, -1, 0)))
    return np.ascontiguousarray(values.T), np.ascontiguousarray(np.moveaxis(vectors, 0, -1))


NEWTON = Many(_newton, numbers=lambda n, _options: 4 * n * n)


def _sophia(problem: ManyProblems, here: Here, memory: Memory, options: Mapping[str, Any]) -> tuple:
    if not memory:
        memory = {"m": np.zeros_like(here.x), "h": np.zeros_like(here.x)}
    beta1, beta2, rate = options["beta1"], options["beta2"], options["learning_rate"]
    m = beta1 * memory["m"] + (1.0 - beta1) * here.gradient
    h = memory["h"]
    if (here.t - 1) % int(options["every"]) == 0:
        diagonal = np.einsum("iib->ib", problem.hessian(here.x))
        h = beta2 * h + (1.0 - beta2) * diagonal
    step = np.clip(m / np.maximum(options["gamma"] * h, options["epsilon"]), -1.0, 1.0)
    return (1.0 - rate * options["weight_decay"]) * here.x - rate * step, {"m": m, "h": h}


# Its averages go on changing while it stands still.
SOPHIA = Many(_sophia, alike=("every",), rest=lambda _n, _options: 0, numbers=lambda n, _options: 4 * n * n)
