"""A fair race: every racer's settings tuned with the same budget, from the same starts, for the same number
of steps.

Comparisons of optimizers are decided by who was tuned how. Here the whole procedure is one function whose
result says what was tried: the budget counts settings, the racer's own setting is one of them, and each is
judged by its mean final loss over all starts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .crowd import Crowd
from .errors import EngineError, shown
from .given import BY_NAME, CALLABLE, NAMES, NUMBERS, optional, several, takes, whole
from .meter import Cancelled, Meter, Progress, SurveyCancelled, require_steps
from .options import Option
from .program import A_PROGRAM, Program
from .race import Race
from .racer import Racer

Array = np.ndarray

LEARNING_RATES = (1e-5, 10.0)
# Half of the budget goes over the whole range, then a quarter each around the best so far in smaller windows.
_WINDOWS = (1.0, 0.25, 0.06)
_SMALLEST_BUDGET = 8


@dataclass(frozen=True, eq=False)
class Tuned:
    """What tuning found for one racer.

    Attributes:
        racer: with the best setting.
        found: the options that were tuned, and their best values; empty when the rule has none of them.
        given: the values that they had.
        score, score_given: mean final loss over all starts with the best and with the given setting, its
            negative for a racer that climbs; infinite where a start diverged.
        settings: all that were tried, (tried, options), in order; the first is the given one.
        scores: theirs, (tried,).
    """

    racer: Racer
    found: Mapping[str, float]
    given: Mapping[str, float]
    score: float
    score_given: float
    settings: Array
    scores: Array


@dataclass(frozen=True, eq=False)
class Tuning:
    """A tuning so far; `str` of it is a report.

    Attributes:
        tuned: the racers that are done, in their order.
        count: how many racers there are.
        budget: settings tried for each racer.
        steps: of each race.
        starts: (starts, n), the same for all.
        seed: of batches and noise.
    """

    tuned: tuple[Tuned, ...]
    count: int
    budget: int
    steps: int
    starts: Array
    seed: int

    @property
    def done(self) -> bool:
        """Whether all racers have been tuned."""
        return len(self.tuned) == self.count

    def __str__(self) -> str:
        places = "; ".join("(" + ", ".join(_short(x) for x in start[:6]) + ")" for start in self.starts[:6])
        more = f" and {len(self.starts) - 6} more" if len(self.starts) > 6 else ""
        lines = [
            f"{self.budget} settings for each racer, {self.steps} steps each, from {places}{more}, seed {self.seed}; "
            "judged by the mean final loss"
        ]
        for tuned in self.tuned:
            values = ", ".join(
                f"{name} {_short(tuned.given[name])} → {_short(v)}" for name, v in tuned.found.items()
            )
            change = f"loss {_short(tuned.score_given)} → {_short(tuned.score)}"
            lines.append(f"{tuned.racer.title}: {values or 'nothing to tune'}; {change}")
        return "\n".join(lines)


def _short(number: float) -> str:
    """A number as people read it, with a true minus."""
    return f"{number:.4g}".replace("-", "−")


@takes(
    program=A_PROGRAM,
    racers=several(Racer, "a list of racers, such as [Racer('adam')]"),
    budget=whole(_SMALLEST_BUDGET, 100_000, " settings for each racer"),
    options=NAMES,
    ranges=optional(BY_NAME),
    starts=optional(NUMBERS),
    progress=optional(CALLABLE),
    cancelled=optional(CALLABLE),
)
def tune(
    program: Program,
    racers: Sequence[Racer],
    steps: int = 200,
    budget: int = 48,
    options: Sequence[str] = ("learning_rate",),
    ranges: Mapping[str, tuple[float, float]] | None = None,
    starts: Array | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[Tuning]:
    """Tunes each racer in turn; a generator of results, one more racer in each.

    Args:
        program: the loss.
        racers: whose options, apart from those tuned, are kept.
        steps: updates of each race.
        budget: settings to try for each racer, at least 8.
        options: one or two; a racer whose rule lacks one keeps to the other.
        ranges: option -> (lowest, highest) value to try; by default learning rates from 1e-5 to 10, numbers
            below 1 from 0 to 0.999, and others over their range.
        starts: (starts, n), the same for all; by default the starts of the racers.
        progress: called with the fraction done.
        cancelled: asked now and then.

    Raises:
        EngineError: for what `Race` refuses, an option that no racer has, or a range for what is not tuned.
    """
    steps = require_steps(steps)
    if len(options) not in (1, 2):
        raise EngineError(f"one or two options can be tuned, not {len(options)}")
    for name in options:
        if not any(_option(racer, name) for racer in racers):
            raise EngineError(f"no racer has an option {name!r} that is a number")
    for name in ranges or {}:
        if name not in options:
            raise EngineError(
                f"ranges are those of the options that are tuned, {' and '.join(options)}, not of {shown(name)}"
            )
    Race(program, racers, steps, seed)
    if starts is None:
        starts = np.unique(
            [program.start if racer.start is None else racer.start for racer in racers], axis=0
        )
    places = np.atleast_2d(np.asarray(starts, dtype=np.float64))
    if places.ndim != 2 or places.shape[1] != program.size or not np.isfinite(places).all():
        raise EngineError(f"starts must be points of {program.size} finite numbers, not shape {places.shape}")
    tuned: list[Tuned] = []
    each = budget * len(places) * steps
    crowds = [Crowd(program, racer, steps, seed) for racer in racers]
    meter = Meter(len(racers) * each, progress)
    for number, (racer, crowd) in enumerate(zip(racers, crowds, strict=True), start=1):
        scales = [_Scale(option, (ranges or {}).get(option.name)) for option in _tunable(racer, options)]
        try:
            tuned.append(_tuned(racer, crowd, scales, places, budget, meter, cancelled))
        except SurveyCancelled:
            return
        # A racer with nothing to tune has left most of its share undone.
        meter.reach(number * each)
        yield Tuning(tuple(tuned), len(racers), budget, steps, places, seed)


def _option(racer: Racer, name: str) -> Option | None:
    return next((option for option in racer.rule.options if option.name == name and option.is_number), None)


def _tunable(racer: Racer, names: Sequence[str]) -> list[Option]:
    return [option for name in names if (option := _option(racer, name)) is not None]


def _tuned(
    racer: Racer,
    crowd: Crowd,
    scales: list[_Scale],
    starts: Array,
    budget: int,
    meter: Meter,
    cancelled: Cancelled | None,
) -> Tuned:
    """One racer's best setting."""
    settings = racer.resolved()
    sign = -1.0 if settings.get("maximize", False) else 1.0
    names = [scale.option.name for scale in scales]
    tried = np.array([[settings[name] for name in names]], dtype=np.float64)

    def judge(new: Array) -> Array:
        varied = {name: np.repeat(column, len(starts)) for name, column in zip(names, new.T, strict=True)}
        from_all = np.tile(starts, (len(new), 1))
        ends = crowd.run(from_all, varied, advance=meter, cancelled=cancelled)
        return np.where(ends.diverged, np.inf, sign * ends.losses).reshape(len(new), len(starts)).mean(axis=1)

    scores = judge(tried)
    if scales:
        left = budget - 1
        for width, count in zip(_WINDOWS, (left // 2, left // 4, left - left // 2 - left // 4), strict=True):
            new = _around(scales, tried[scores.argmin()], width, count)
            tried, scores = np.concatenate([tried, new]), np.concatenate([scores, judge(new)])
    best = int(scores.argmin())
    found = dict(zip(names, tried[best].tolist(), strict=True))
    return Tuned(
        racer=replace(racer, options={**racer.options, **found}),
        found=found,
        given={name: float(settings[name]) for name in names},
        score=float(scores[best]),
        score_given=float(scores[0]),
        settings=tried,
        scores=scores,
    )


def _around(scales: list[_Scale], best: Array, width: float, count: int) -> Array:
    """`count` settings spread evenly over a window of the ranges around the best, (count, options)."""
    middle = np.array([scale.place(value) for scale, value in zip(scales, best, strict=True)])
    low = np.clip(middle - width / 2, 0.0, 1.0 - width)
    number = np.arange(count)
    columns = [(number + 0.5) / count]
    if len(scales) == 2:
        # A lattice of the golden ratio covers the square evenly with any number of points.
        columns.append(number * (math.sqrt(5) - 1) / 2 % 1.0)
    places = low + width * np.stack(columns, axis=1)
    return np.stack([scale.value(column) for scale, column in zip(scales, places.T, strict=True)], axis=1)


class _Scale:
    """An option's range, laid out on 0 to 1 as is natural for it."""

    def __init__(self, option: Option, ends: tuple[float, float] | None) -> None:
        self.option = option
        low, high = ends if ends is not None else self._default(option)
        self._low, self._high = float(option.checked(low)), float(option.checked(high))
        if not self._low < self._high:
            raise EngineError(f"{option.name}: the range must go from a lower to a higher value")
        # Decay rates matter by their distance from 1, step sizes by their ratio.
        self._kind = (
            "decay" if option.below_high and option.high == 1.0 else "log" if option.log else "linear"
        )
        if self._kind == "log" and self._low <= 0:
            raise EngineError(f"{option.name} is tried on a logarithmic scale, which must begin above 0")

    @staticmethod
    def _default(option: Option) -> tuple[float, float]:
        if option.name == "learning_rate":
            return max(LEARNING_RATES[0], option.low or 0.0), min(LEARNING_RATES[1], option.high or math.inf)
        if option.below_high and option.high == 1.0:
            return option.low or 0.0, 0.999
        low = option.low if option.low is not None else float(option.default) - 10.0
        high = option.high if option.high is not None else 10.0 * max(1.0, abs(float(option.default)))
        if option.log and low <= 0:
            low = 1e-8 * high
        return low, high

    def value(self, place: Array) -> Array:
        """The values at places between 0 and 1."""
        if self._kind == "decay":
            values = 1.0 - (1.0 - self._low) ** (1 - place) * (1.0 - self._high) ** place
        elif self._kind == "log":
            values = self._low ** (1 - place) * self._high**place
        else:
            values = self._low + (self._high - self._low) * place
        return np.clip(values, self._low, self._high)

    def place(self, value: float) -> float:
        """Where a value lies, held between 0 and 1."""
        value = min(max(value, self._low), self._high)
        if self._kind == "decay":
            return math.log((1 - value) / (1 - self._low)) / math.log((1 - self._high) / (1 - self._low))
        if self._kind == "log":
            return math.log(value / self._low) / math.log(self._high / self._low)
        return (value - self._low) / (self._high - self._low)
