"""A swarm: thousands of racers with one rule from as many starts, with every step kept for playing.

A survey asks where racers end; here it is the way there that is looked at, along the axes of a landscape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .crowd import Crowd
from .ends import Watch
from .errors import EngineError
from .given import CALLABLE, NUMBERS, SEED, one_of, optional, takes, whole
from .landscape import A_LANDSCAPE, Landscape
from .meter import Cancelled, Meter, Progress, SurveyCancelled, require_steps
from .racer import A_RACER, Racer

Array = np.ndarray
Spread = Literal["grid", "random"]

MOST_RACERS = 100_000
# Of a longer race every second, third, … step is kept, so that it fits into memory and is played in half a minute.
_MOST_FRAMES = 600
_MOST_NUMBERS = 60_000_000


@dataclass(frozen=True, eq=False)
class Swarm:
    """Where all racers were.

    Attributes:
        steps: the steps that were kept, from 0 to the last, (frames,).
        positions: along the axes of the landscape, float32 (frames, B, axes); not finite where a racer overflowed.
        losses: of each racer at the end, (B,); not finite where it overflowed.
        diverged: who overflowed or left for good, (B,).
    """

    steps: Array
    positions: Array
    losses: Array
    diverged: Array

    @property
    def done(self) -> bool:
        return True


@takes(
    landscape=A_LANDSCAPE,
    count=whole(1, MOST_RACERS),
    spread=one_of("grid", "random"),
    seed=SEED,
)
def starts(landscape: Landscape, count: int, spread: Spread = "grid", seed: int = 0) -> Array:
    """Starts over the ranges of a landscape, (B, n): a grid with at most `count` places, or `count` drawn evenly.

    Raises:
        EngineError: for fewer than 1 racer or more than `MOST_RACERS`.
    """
    axes = len(landscape.axes)
    if spread == "random":
        shares = np.random.default_rng(seed).random((count, axes))
    else:
        side = int(np.floor(count ** (1.0 / axes) + 1e-9))
        # In the middle of equal cells, so that the edge is no special place.
        line = (np.arange(side) + 0.5) / side
        shares = np.stack(np.meshgrid(*[line] * axes, indexing="ij"), axis=-1).reshape(-1, axes)
    low, high = np.array(landscape.ranges).T
    return landscape.point(*(low + shares * (high - low)).T)


@takes(
    landscape=A_LANDSCAPE,
    racer=A_RACER,
    starts=NUMBERS,
    progress=optional(CALLABLE),
    cancelled=optional(CALLABLE),
)
def swarm(
    landscape: Landscape,
    racer: Racer,
    starts: Array,
    steps: int = 200,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Swarm | None:
    """Races a racer from every start (B, n); its own start is not used. None when it was cancelled.

    Raises:
        EngineError: for what `Race` refuses.
    """
    steps = require_steps(steps)
    starts = np.asarray(starts, dtype=np.float64)
    if starts.ndim != 2 or starts.shape[1] != landscape.program.size or not len(starts):
        wanted = f"(racers, {landscape.program.size}), a point for each racer"
        raise EngineError(f"starts must have shape {wanted}, not {starts.shape}")
    crowd = Crowd(landscape.program, racer, steps, seed)
    axes, count = len(landscape.axes), len(starts)
    most = max(2, min(_MOST_FRAMES, _MOST_NUMBERS // (axes * count)))
    every = -(-steps // (most - 1))
    kept = np.unique(np.append(np.arange(0, steps + 1, every), steps))
    positions = np.full((len(kept), count, axes), np.nan, dtype=np.float32)
    meter = Meter(count * steps, progress)

    def watcher(members: Array) -> Watch:
        def watch(step: int, points: Array, _losses: Array) -> None:
            if step % every == 0 or step == steps:
                with np.errstate(all="ignore"):
                    positions[int(np.searchsorted(kept, step)), members] = landscape.project(points.T)

        return watch

    try:
        ends = crowd.run(starts, None, watcher, False, meter, cancelled)
    except SurveyCancelled:
        return None
    return Swarm(kept, positions, ends.losses, ends.diverged)
