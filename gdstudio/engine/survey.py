"""Surveys: thousands of races at once, to see what a rule does from everywhere or with every setting.

`basins` starts a racer at every pixel of a landscape, `sweep` varies one or two options over a grid, and
`tune` (see `tuning`) finds good settings for each racer with the same budget. All are generators of partial
results; those of the first two go from coarse to fine, each a complete picture at its spacing. They can be
cancelled, after which they stop without another result. `last` runs one to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from .catalogue import ELSEWHERE, Catalogue
from .crowd import Crowd
from .ends import Watch
from .errors import EngineError
from .given import BY_NAME, CALLABLE, NUMBER, Kind, instance, optional, takes, whole
from .landscape import A_LANDSCAPE, Landscape
from .meter import Cancelled, Meter, Progress, SurveyCancelled, require_steps
from .options import Option, find_option
from .program import A_PROGRAM, Program
from .race import Race
from .racer import A_RACER, Racer
from .rest import Arrivals
from .tuning import Tuned, Tuning, tune

__all__ = [
    "COORDINATE_LIMIT",
    "DIVERGED",
    "ELSEWHERE",
    "NEVER",
    "Basins",
    "Goal",
    "Sweep",
    "Tuned",
    "Tuning",
    "basins",
    "last",
    "spaced",
    "sweep",
    "tune",
]

Array = np.ndarray
Result = TypeVar("Result")

_REACH = Kind("a number above 0 and at most 1", lambda value: NUMBER.holds(value) and 0 < value <= 1)
# Values of one option in a sweep.
_MOST_VALUES = 10_000

DIVERGED = -2
NEVER = -1

# Each level divides the spacing of the one before.
_SPACINGS = (16, 4, 1)
# The paths of racers that advance together are kept to see when each arrived: so many numbers of each thread.
_TRAIL_NUMBERS = 1 << 23
_LEAST_AT_ONCE = 256
# The ends of a sweep that are held at once: so many numbers.
_END_NUMBERS = 1 << 23
# Minima are found by up to 40 steps of Newton's method from up to 64 ends, and told from saddles by eigenvalues. A
# Hessian of n coordinates takes n products with vectors and n³ operations: beyond this many it is dearer than the races.
COORDINATE_LIMIT = 60


def last(results: Iterable[Result]) -> Result | None:
    """The final result of a survey; None when it was cancelled before there was any."""
    final = None
    for result in results:
        final = result
    return final


@dataclass(frozen=True)
class Goal:
    """A minimum that racers reached.

    Attributes:
        point: its coordinates; for a floor, one point of it.
        value: the loss there.
        share: the part of all starts that lead there.
        floor: a curve of minima of the same loss, counted as one.
    """

    point: tuple[float, ...]
    value: float
    share: float
    floor: bool = False


@dataclass(frozen=True, eq=False)
class Basins:
    """Where a racer ends from each start.

    Attributes:
        positions: of the starts along each axis of the landscape.
        goals: the minima that were reached, the lowest first; maxima, the highest first, for a racer that
            climbs.
        basin: for each start the number of its goal, `ELSEWHERE` (-1: still on its way, or held up), or
            `DIVERGED` (-2).
        steps: after how many steps it was near its goal for good; `NEVER` (-1) where there is none.
        spacing: of the starts that were raced so far; those between show the nearest one.
    """

    positions: tuple[Array, ...]
    goals: tuple[Goal, ...]
    basin: Array
    steps: Array
    spacing: int

    @property
    def done(self) -> bool:
        """Whether every start has been raced."""
        return self.spacing == 1


@takes(
    landscape=A_LANDSCAPE,
    racer=A_RACER,
    resolution=whole(2, 4096),
    reach=_REACH,
    progress=optional(CALLABLE),
    cancelled=optional(CALLABLE),
)
def basins(
    landscape: Landscape,
    racer: Racer,
    steps: int = 300,
    resolution: int = 512,
    seed: int = 0,
    reach: float = 0.01,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Basins]:
    """Races from every pixel and says which minimum each reaches (maximum, if it climbs), and how soon.

    Args:
        landscape: its ranges are the starts; what does not vary is that of `landscape.at`.
        racer: its own start is not used.
        steps: updates of each racer.
        resolution: starts along each axis.
        reach: how near counts as there, in parts of the ranges; less where minima stand closer together.
        progress: called with the fraction done.
        cancelled: asked now and then.

    Raises:
        EngineError: for what `Race` refuses, fewer than 2 starts along an axis, or more coordinates than
            `COORDINATE_LIMIT`.
    """
    steps = require_steps(steps)
    if landscape.program.size > COORDINATE_LIMIT:
        raise EngineError(
            f"a basin map finds minima by their Hessians, for up to {COORDINATE_LIMIT} coordinates, and this graph has "
            f"{landscape.program.size}; make constants of parameters that can stay as they are, or race a swarm"
        )
    crowd = Crowd(landscape.program, racer, steps, seed)
    catalogue = Catalogue(landscape, reach, bool(racer.resolved().get("maximize", False)))
    positions = landscape.positions(resolution)
    places = np.stack(np.meshgrid(*positions, indexing="ij"), axis=-1).reshape(-1, len(positions))
    starts = landscape.point(*places.T)
    ends = np.full(starts.shape, np.nan)
    losses = np.full(len(starts), np.nan)
    here = np.zeros(len(starts), dtype=bool)
    arrived = np.full(len(starts), NEVER)
    shape = (resolution,) * len(positions)
    meter = Meter(len(starts) * steps, progress)
    at_once = max(_LEAST_AT_ONCE, _TRAIL_NUMBERS // (starts.shape[1] * steps))

    for spacing, members in _levels(shape):
        asked = Arrivals(steps, catalogue.reach, catalogue.distance, np.zeros(len(members), dtype=np.int64))
        try:
            result = crowd.run(starts[members], None, None, False, meter, cancelled, at_once, asked)
        except SurveyCancelled:
            return
        arrived[members] = asked.found
        ends[members], losses[members] = result.points, result.losses
        here[members] = ~result.diverged
        catalogue.learn(ends[here], losses[here])
        goal = np.full(len(starts), DIVERGED)
        goal[here] = catalogue.assign(ends[here], losses[here])
        coarse = _nearest(shape, spacing)
        yield _basins(tuple(positions), catalogue, goal[coarse], arrived[coarse], spacing, shape)


def _basins(
    positions: tuple[Array, ...],
    catalogue: Catalogue,
    goal: Array,
    arrived: Array,
    spacing: int,
    shape: tuple[int, ...],
) -> Basins:
    """The result with those goals only that were reached, the lowest first."""
    reached, counts = np.unique(goal[goal >= 0], return_counts=True)
    order = np.argsort(catalogue.sign * catalogue.values[reached], kind="stable")
    number = np.full(len(catalogue.values) + 1, ELSEWHERE)
    number[reached[order]] = np.arange(len(reached))
    goals = tuple(
        Goal(
            tuple(catalogue.points[i].tolist()),
            float(catalogue.values[i]),
            float(count / goal.size),
            bool(catalogue.floors[i]),
        )
        for i, count in zip(reached[order], counts[order], strict=True)
    )
    basin = np.where(goal >= 0, number[np.maximum(goal, 0)], goal)
    return Basins(
        positions, goals, basin.reshape(shape), np.where(goal >= 0, arrived, NEVER).reshape(shape), spacing
    )


@dataclass(frozen=True, eq=False)
class Sweep:
    """What a racer does with each pair of settings.

    Attributes:
        names: the one or two options.
        values: of each option, along the axes of the arrays.
        losses: at the last step; not finite where the racer diverged.
        lowest: the lowest loss on the way.
        steps: after how many steps the loss was first at most the target; `NEVER` (-1) where it never was,
            None without a target.
        diverged: whether the racer left the finite, or left for good.
        spacing: of the settings that were raced so far; those between show the nearest one.
    """

    names: tuple[str, ...]
    values: tuple[Array, ...]
    losses: Array
    lowest: Array
    steps: Array | None
    diverged: Array
    spacing: int

    @property
    def done(self) -> bool:
        """Whether every setting has been raced."""
        return self.spacing == 1

    @property
    def best(self) -> dict[str, float]:
        """The setting that ended lowest."""
        losses = np.where(np.isfinite(self.losses), self.losses, np.inf)
        place = np.unravel_index(int(losses.argmin()), losses.shape)
        return {name: float(v[i]) for name, v, i in zip(self.names, self.values, place, strict=True)}


@takes(
    program=A_PROGRAM,
    racer=A_RACER,
    options=BY_NAME,
    target=optional(NUMBER),
    progress=optional(CALLABLE),
    cancelled=optional(CALLABLE),
)
def sweep(
    program: Program,
    racer: Racer,
    options: Mapping[str, Sequence[float]],
    steps: int = 200,
    target: float | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Sweep]:
    """Races one racer with every pair of values of two options, or every value of one.

    Args:
        program: the loss.
        racer: its other options and its start are kept.
        options: numeric options of its rule -> the values to try; `spaced` makes them.
        steps: updates of each.
        target: the loss to reach.
        progress: called with the fraction done.
        cancelled: asked now and then.

    Raises:
        EngineError: for an option that the rule does not have, a value out of its range, or what `Race`
            refuses.
    """
    steps = require_steps(steps)
    if len(options) not in (1, 2):
        raise EngineError(f"a sweep goes over one or two options, not {len(options)}")
    values: dict[str, Array] = {}
    for name, given in options.items():
        option = find_option(racer.rule, name)
        if not option.is_number:
            raise EngineError(f"{name} is no number, and a sweep goes over numbers")
        is_list = isinstance(given, Sequence | np.ndarray) and not isinstance(given, str | bytes)
        if not is_list or getattr(given, "ndim", 1) != 1 or not len(given):
            raise EngineError(f"{name} needs a list of values to try")
        values[name] = np.array([option.checked(value) for value in given], dtype=np.float64)
    Race(program, [racer], steps, seed)
    crowd = Crowd(program, racer, steps, seed)
    table = np.stack(np.meshgrid(*values.values(), indexing="ij"), axis=-1)
    shape = table.shape[:-1]
    settings = dict(zip(values, table.reshape(-1, len(values)).T, strict=True))
    count = int(np.prod(shape))
    start = np.asarray(program.start if racer.start is None else racer.start, dtype=np.float64)
    losses, lowest = np.full(count, np.nan), np.full(count, np.inf)
    reached = np.full(count, NEVER)
    diverged = np.zeros(count, dtype=bool)
    meter = Meter(count * steps, progress)

    def watcher(members: Array, numbers: Array) -> Watch:
        own = members[numbers]

        def watch(step: int, _points: Array, loss: Array) -> None:
            lowest[own] = np.fmin(lowest[own], loss)
            if target is not None:
                reached[own[(reached[own] == NEVER) & (loss <= target)]] = step

        return watch

    for spacing, members in _levels(shape):
        # Ends of networks are large; so not all are held at once.
        for some in np.array_split(members, -(-len(members) * start.size // _END_NUMBERS)):
            part = {name: column[some] for name, column in settings.items()}
            starts = np.broadcast_to(start, (len(some), start.size))
            try:
                result = crowd.run(starts, part, partial(watcher, some), True, meter, cancelled)
            except SurveyCancelled:
                return
            losses[some] = result.losses
            diverged[some] = result.diverged
        coarse = _nearest(shape, spacing)
        yield Sweep(
            tuple(values),
            tuple(values.values()),
            losses[coarse].reshape(shape),
            lowest[coarse].reshape(shape),
            None if target is None else reached[coarse].reshape(shape),
            diverged[coarse].reshape(shape),
            spacing,
        )


@takes(option=instance(Option, "an option of a rule"), count=whole(2, _MOST_VALUES))
def spaced(option: Option, low: float, high: float, count: int) -> Array:
    """`count` values from `low` to `high`: in equal ratios for options on a logarithmic scale, else evenly.

    Raises:
        EngineError: when the ends are out of the option's range, or a logarithmic range begins at 0 or below.
    """
    low, high = float(option.checked(low)), float(option.checked(high))
    if low >= high or count < 2:
        raise EngineError(f"{option.name} needs at least 2 values, from a lower to a higher one")
    if not option.log:
        return np.linspace(low, high, count)
    if low <= 0:
        raise EngineError(
            f"{option.name} is on a logarithmic scale, which must begin above 0, not at {low:g}"
        )
    # The ends themselves, which rounding must not move out of the range.
    return np.clip(np.geomspace(low, high, count), low, high)


def _levels(shape: tuple[int, ...]) -> Iterator[tuple[int, Array]]:
    """Spacings from coarse to fine, each with the flat numbers of the entries that it adds."""
    before = None
    indices = np.indices(shape)
    for spacing in _SPACINGS:
        if spacing > 1 and min(shape) < 8 * spacing:
            continue
        new = (indices % spacing == 0).all(axis=0)
        if before is not None:
            new &= ~(indices % before == 0).all(axis=0)
        before = spacing
        yield spacing, np.flatnonzero(new)


def _nearest(shape: tuple[int, ...], spacing: int) -> Array:
    """For each entry the flat number of the one that stands for it at a spacing."""
    indices = np.indices(shape)
    return np.ravel_multi_index(tuple(indices // spacing * spacing), shape).ravel()
