"""What goes on inside a racer: every line of its rule at every step, computed when asked for.

A race keeps points, not the memory of its rules. A rule sees nothing but points and gradients, so running it again
along the recorded path gives exactly what it saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .errors import EngineError
from .given import instance, takes, whole
from .kernel import DIFFERENCE_STEP, blocks_of, clips_across, without_clipping
from .optimizers import UpdateRule
from .program import A_PROGRAM, Program
from .record import RaceResult
from .update import compile_update


@dataclass(frozen=True)
class Inside:
    """One racer, step by step; row k belongs to the step from point k to point k + 1 of its path.

    Attributes:
        gradient: (steps, n), as the rule was given it.
        lines: name -> values (steps, n), or (steps,) for what all coordinates share; a name that is assigned twice in
            a step has its last value. These are velocities, second moments, bias corrections: whatever the rule names.
        adjusted: (steps, n), the step that was taken.
    """

    gradient: np.ndarray
    lines: Mapping[str, np.ndarray]
    adjusted: np.ndarray

    @property
    def effective_rate(self) -> np.ndarray:
        """For each coordinate the learning rate with which plain descent would have taken the step; NaN where g is 0."""
        with np.errstate(all="ignore"):
            return np.where(self.gradient == 0, np.nan, -self.adjusted / self.gradient)


@takes(
    program=A_PROGRAM,
    result=instance(RaceResult, "the result of a race"),
    index=whole(0, 1_000_000, ", the number of a racer"),
)
def inside(program: Program, result: RaceResult, index: int) -> Inside:
    """The lines of racer `index` of a race on this program, along its whole path.

    Raises:
        EngineError: for a rule that is no formula, and for a racer with noise or mini-batches, whose gradients were
            drawn once and are not kept.
    """
    if index >= len(result.racers):
        raise EngineError(f"there is no racer {index}; this race had {len(result.racers)}, numbered from 0")
    if program.coordinates != result.coordinates:
        raise EngineError("the race was run on another program; their coordinates differ")
    racer = result.racers[index]
    rule = racer.rule
    if not isinstance(rule, UpdateRule):
        raise EngineError(f"{racer.title} is no formula: {rule.meaning}")
    if racer.noise or racer.batch_size:
        raise EngineError(f"{racer.title} saw gradients with noise or of mini-batches, which are not kept")
    path = result.paths[index]
    values, gradient = program.value_and_gradient(path[:-1])
    if racer.gradient == "numerical":
        h = DIFFERENCE_STEP * np.eye(program.size)
        points = path[:-1, None, :]
        gradient = (program.value(points + h) - program.value(points - h)) / (2.0 * DIFFERENCE_STEP)
    options = racer.resolved()
    numbers = rule.numbers(options)
    steps = len(path) - 1
    lines: dict[str, np.ndarray] = {}
    blocks, seen = blocks_of(program), gradient
    if clips_across(blocks, options):
        seen = clipped(gradient, options)
        lines["g"] = seen
        options = without_clipping(options)
    for block in blocks:
        ndim = len(block.shape)
        states = rule.active_state(options, ndim)
        update = compile_update(rule.text(options, ndim), states, tuple(numbers), block.shape)
        places = list(block.positions)
        points, slopes = (a[:, places].reshape(-1, *block.shape) for a in (path, seen))
        state = update.initial(points[0], numbers)
        for step in range(steps):
            if "learning_rate" in numbers:
                numbers["learning_rate"] = float(result.learning_rates[index][step])
            given = (points[step], slopes[step], float(step + 1), state, numbers, values[step])
            for line in update.lines(*given):
                if np.shape(line.value) == block.shape:
                    kept = lines.setdefault(line.name, np.full((steps, program.size), np.nan))
                    kept[step, places] = np.ravel(line.value)
                elif np.ndim(line.value) == 0:
                    lines.setdefault(line.name, np.full(steps, np.nan))[step] = line.value
            _, state = update.step(*given)
    return Inside(gradient, lines, np.diff(path, axis=0))


def clipped(gradient: np.ndarray, options: Mapping[str, Any]) -> np.ndarray:
    """Gradients (steps, n) cut by value where that is asked for, then shortened over all coordinates."""
    size = options["clip_value"]
    if size > 0:
        gradient = np.clip(gradient, -size, size)
    most = options["clip_norm"]
    return gradient * most / np.maximum(np.linalg.norm(gradient, axis=1, keepdims=True), most)
