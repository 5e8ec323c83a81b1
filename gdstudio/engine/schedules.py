"""Learning-rate schedules: how the learning rate changes from step to step.

A schedule is a function of the step, counted from 0: `get("cosine", learning_rate=0.1, steps=200)(50)`.
Everything else is told relative to `learning_rate`, whose default is 1, so a schedule made without it gives
factors for any racer's learning rate. Every schedule takes `warmup` steps that come before its own step 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .errors import EngineError, shown, suggestion
from .given import floats
from .options import Option, find_option

Array = np.ndarray
Steps = Sequence[float]

_EVERY = (
    Option("learning_rate", 1.0, 1e-12, 1e6, meaning="what the factors multiply", log=True),
    Option("warmup", 0.0, 0.0, 1e9, "steps", "rise in a straight line for so many steps first"),
    Option(
        "warmup_start",
        0.0,
        0.0,
        1.0,
        meaning="where the warm-up begins, as a share of the schedule's start",
    ),
)


@dataclass(frozen=True)
class ListOption:
    """An option that is a list of numbers."""

    name: str
    default: tuple[float, ...]
    meaning: str
    unit: str = ""

    def checked(self, value: Any) -> tuple[float, ...]:
        """`value` as this option stores it; EngineError with one sentence when it cannot be."""
        try:
            numbers = tuple(float(entry) for entry in value)
        except (TypeError, ValueError):
            raise EngineError(f"{self.name} is a list of numbers, not {shown(value)}") from None
        if any(not math.isfinite(n) or n < 0 for n in numbers):
            raise EngineError(f"{self.name} holds numbers of at least 0, not {list(numbers)}")
        return numbers


@dataclass(frozen=True)
class ScheduleRow:
    """One kind of schedule.

    Attributes:
        factor: (steps as an array, options) -> factors, the steps counted from the end of the warm-up.
        formula: the factor in the formula language, t being the step, or a sentence where it has cases.
    """

    name: str
    title: str
    meaning: str
    formula: str
    options: tuple[Option | ListOption, ...]
    factor: Callable[[Array, Mapping[str, Any]], Array]

    def resolve(self, **options: Any) -> dict[str, Any]:
        """Every option with its value; EngineError names what is wrong and what would be right."""
        settings = {option.name: option.default for option in self.options}
        for name, value in options.items():
            settings[name] = find_option(self, name).checked(value)
        return settings


class Schedule:
    """A schedule with its options; a function of the step.

    Attributes:
        needs_loss: whether `observe` must be told the loss after every step.
    """

    needs_loss = False

    def __init__(self, row: ScheduleRow, options: Mapping[str, Any]) -> None:
        self.row = row
        self.options = dict(options)

    def observe(self, loss: float) -> None:
        """Takes note of the loss after a step; only schedules with `needs_loss` use it."""

    def __call__(self, step: Any) -> Any:
        """The learning rate at a step, or at an array of steps; a float for a number."""
        steps = floats(step, "the step")
        rate = self.options["learning_rate"] * self._warmed(steps)
        return rate if steps.ndim else float(rate)

    def _warmed(self, steps: Array) -> Array:
        warmup, begin = self.options["warmup"], self.options["warmup_start"]
        own = self._factor(np.maximum(steps - warmup, 0.0))
        if warmup == 0:
            return own
        rise = begin + (1.0 - begin) * np.minimum(steps / warmup, 1.0)
        return np.where(steps < warmup, rise * self._factor(np.zeros_like(steps)), own)

    def _factor(self, steps: Array) -> Array:
        return self.row.factor(steps, self.options)


class PlateauSchedule(Schedule):
    """A schedule that looks at the losses: it lowers its factor when they have not fallen for a while."""

    needs_loss = True

    def __init__(self, row: ScheduleRow, options: Mapping[str, Any]) -> None:
        super().__init__(row, options)
        self.reset()

    def reset(self) -> None:
        """Forgets all losses."""
        self._best = math.inf
        self._waited = self._resting = 0
        self._now = 1.0

    def observe(self, loss: float) -> None:
        """Takes note of the loss after a step."""
        o = self.options
        if (
            loss < self._best - abs(self._best) * o["threshold"]
            if math.isfinite(self._best)
            else loss < self._best
        ):
            self._best, self._waited = loss, 0
        else:
            self._waited += 1
        if self._resting > 0:
            self._resting -= 1
            self._waited = 0
        if self._waited > o["patience"]:
            self._now = max(self._now * o["factor"], o["end"])
            self._waited, self._resting = 0, o["cooldown"]

    def _factor(self, steps: Array) -> Array:
        return np.full_like(steps, self._now)


def _steps(default: float, meaning: str = "length of the schedule") -> Option:
    return Option("steps", default, 1.0, 1e9, "steps", meaning)


def _end(default: float = 0.0) -> Option:
    return Option("end", default, 0.0, 1e6, meaning="the last factor")


def _share(name: str, default: float, meaning: str) -> Option:
    return Option(name, default, 0.0, 1.0, meaning=meaning)


def _progress(steps: Array, length: float) -> Array:
    return np.minimum(steps / length, 1.0)


def _bell(progress: Array) -> Array:
    """From 1 at 0 down to 0 at 1, along half a cosine wave."""
    return 0.5 * (1.0 + np.cos(math.pi * progress))


def _constant(t: Array, o: Mapping[str, Any]) -> Array:
    return np.ones_like(t)


def _step(t: Array, o: Mapping[str, Any]) -> Array:
    return o["gamma"] ** np.floor(t / o["every"])


def _multi_step(t: Array, o: Mapping[str, Any]) -> Array:
    milestones = o["milestones"]
    gammas = o["gammas"] or (o["gamma"],) * len(milestones)
    factor = np.ones_like(t)
    for milestone, gamma in zip(milestones, gammas, strict=True):
        factor = np.where(t >= milestone, factor * gamma, factor)
    return factor


def _exponential(t: Array, o: Mapping[str, Any]) -> Array:
    turns = t / o["every"]
    return np.maximum(o["gamma"] ** (np.floor(turns) if o["staircase"] else turns), o["end"])


def _inverse_time(t: Array, o: Mapping[str, Any]) -> Array:
    turns = t / o["every"]
    return 1.0 / (1.0 + o["decay"] * (np.floor(turns) if o["staircase"] else turns))


def _inverse_sqrt(t: Array, o: Mapping[str, Any]) -> Array:
    return np.sqrt(o["every"] / np.maximum(t + o["every"], o["every"]))


def _polynomial(t: Array, o: Mapping[str, Any]) -> Array:
    return o["end"] + (1.0 - o["end"]) * (1.0 - _progress(t, o["steps"])) ** o["power"]


def _linear(t: Array, o: Mapping[str, Any]) -> Array:
    return o["start"] + (o["end"] - o["start"]) * _progress(t, o["steps"])


def _cosine(t: Array, o: Mapping[str, Any]) -> Array:
    return o["end"] + (1.0 - o["end"]) * _bell(_progress(t, o["steps"]))


def _restarts(t: Array, o: Mapping[str, Any]) -> Array:
    """Cycles of `steps`, `steps`·`longer`, … steps, each a cosine from its peak after its own warm-up."""
    length, longer, count = o["steps"], o["longer"], o["cycles"]
    if longer == 1.0:
        cycle = np.floor(t / length)
    else:
        cycle = np.floor(np.log1p(t / length * (longer - 1.0)) / math.log(longer) + 1e-12)
    if count:
        cycle = np.minimum(cycle, count - 1)
    own_length = length * longer**cycle
    begun = length * cycle if longer == 1.0 else length * (longer**cycle - 1.0) / (longer - 1.0)
    inside = t - begun
    peak = o["lower"] ** cycle
    warm = o["cycle_warmup"]
    falling = o["end"] + (peak - o["end"]) * _bell(
        _progress(np.maximum(inside - warm, 0.0), own_length - warm)
    )
    return np.where(inside < warm, peak * inside / warm, falling) if warm else falling


def _one_cycle(t: Array, o: Mapping[str, Any]) -> Array:
    turn = o["rise"] * o["steps"] - o["rise_offset"]
    up = np.clip(t / turn, 0.0, 1.0) if turn > 0 else np.ones_like(t)
    last = o["steps"] - o["end_offset"]
    down = np.clip((t - turn) / (last - turn), 0.0, 1.0)
    shape = _bell if o["shape"] == "cosine" else (lambda progress: 1.0 - progress)
    rising = 1.0 + (o["start"] - 1.0) * shape(up)
    falling = o["end"] + (1.0 - o["end"]) * shape(down)
    return np.where(t < turn, rising, falling)


def _cyclic(t: Array, o: Mapping[str, Any]) -> Array:
    up, down = o["up"], o["down"] or o["up"]
    inside = np.mod(t, up + down)
    height = np.where(inside <= up, inside / up, 1.0 - (inside - up) / down)
    return o["low"] + (1.0 - o["low"]) * height * o["shrink"] ** np.floor(t / (up + down))


_GAMMA = Option("gamma", 0.5, 1e-9, 10.0, meaning="factor each time", log=True)
_EVERY_STEPS = Option("every", 50.0, 1e-9, 1e9, "steps", "how long each turn lasts")
_STAIRCASE = Option("staircase", False, meaning="change only after whole turns")


def _row(
    name: str, title: str, meaning: str, formula: str, factor: Callable, *options: Option | ListOption
) -> ScheduleRow:
    return ScheduleRow(name, title, meaning, formula, (*options, *_EVERY), factor)


_ROWS = (
    _row("constant", "Constant", "The same learning rate at every step.", "1", _constant),
    _row(
        "step", "Step", "Multiplied by gamma every so many steps.", "gamma**floor(t/every)", _step,
        _EVERY_STEPS, _GAMMA,
    ),
    _row(
        "multi_step", "Multi-step", "Multiplied by gamma at each milestone.", "gamma**(milestones passed)",
        _multi_step,
        ListOption("milestones", (60.0, 120.0), "when the factor changes", "steps"), _GAMMA,
        ListOption("gammas", (), "a factor for each milestone; empty = gamma for all"),
    ),
    _row(
        "exponential", "Exponential", "Falls by the same share every step.", "maximum(gamma**(t/every), end)",
        _exponential,
        Option("gamma", 0.98, 1e-9, 10.0, meaning="factor for each turn", log=True),
        Option("every", 1.0, 1e-9, 1e9, "steps", "how long a turn lasts"), _STAIRCASE, _end(),
    ),
    _row(
        "inverse_time", "Inverse time",
        "Falls as 1/(1 + decay·t): the rate that convergence proofs for noise ask for.",
        "1/(1 + decay*t/every)", _inverse_time,
        Option("decay", 0.01, 0.0, 1e6, meaning="how fast", log=True),
        Option("every", 1.0, 1e-9, 1e9, "steps", "how long a turn lasts"), _STAIRCASE,
    ),
    _row(
        "inverse_sqrt", "Inverse square root",
        "Falls as one over the square root of the step, as for transformers.",
        "sqrt(every/(t + every))", _inverse_sqrt,
        Option("every", 100.0, 1e-9, 1e9, "steps", "when it has fallen to 1/√2"),
    ),
    _row(
        "linear", "Linear", "A straight line from start to end.", "start + (end - start)*minimum(t/steps, 1)",
        _linear,
        _steps(200.0), Option("start", 1.0, 0.0, 1e6, meaning="the first factor"), _end(),
    ),
    _row(
        "polynomial", "Polynomial", "Falls to its end along a power of the time that is left.",
        "end + (1 - end)*(1 - minimum(t/steps, 1))**power", _polynomial,
        _steps(200.0), Option("power", 2.0, 0.0, 20.0, meaning="1 = a straight line"), _end(),
    ),
    _row(
        "cosine", "Cosine", "Half a cosine wave from the full learning rate to its end.",
        "end + (1 - end)*(1 + cos(pi*minimum(t/steps, 1)))/2", _cosine, _steps(200.0), _end(),
    ),
    _row(
        "cosine_restarts", "Cosine with restarts",
        "Cosines one after the other, each jumping back up (SGDR).",
        "end + (peak - end)*(1 + cos(pi*t_in_cycle/cycle_length))/2", _restarts,
        _steps(50.0, "length of the first cycle"),
        Option("longer", 2.0, 1.0, 10.0, meaning="each cycle is so many times as long as the last"),
        _share("lower", 1.0, "each peak is so many times as high as the last"),
        Option("cycle_warmup", 0.0, 0.0, 1e9, "steps", "rise in a straight line at the start of each cycle"),
        Option("cycles", 0.0, 0.0, 1000.0, "cycles", "how many, the last one's end stays; 0 = for ever"),
        _end(),
    ),
    _row(
        "one_cycle", "One cycle",
        "Up to the full learning rate and then down far below the start (Smith 2018).",
        "from start up to 1 until rise*steps, then down to end", _one_cycle,
        _steps(200.0), _share("rise", 0.3, "share of the steps that rise"),
        _share("start", 0.04, "the first factor"),
        Option("end", 4e-6, 0.0, 1.0, meaning="the last factor", log=True),
        Option("shape", "cosine", choices=("cosine", "linear"), meaning="curved or straight"),
        Option("rise_offset", 0.0, 0.0, 10.0, "steps", "PyTorch reaches the top one step early: 1"),
        Option("end_offset", 0.0, 0.0, 10.0, "steps", "PyTorch reaches the end one step early: 1"),
    ),
    _row(
        "cyclic", "Cyclic, triangular", "Up and down in straight lines, for ever (Smith 2017).",
        "low + (1 - low)*height, height a triangle wave between 0 and 1", _cyclic,
        Option("up", 20.0, 1e-9, 1e9, "steps", "how long it rises"),
        Option("down", 0.0, 0.0, 1e9, "steps", "how long it falls; 0 = as long as it rises"),
        _share("low", 0.1, "the lowest factor"),
        _share("shrink", 1.0, "each triangle is so many times as high as the last"),
    ),
    _row(
        "reduce_on_plateau", "Reduce on plateau",
        "Multiplied by a factor when the loss has not fallen for a while.",
        "factor*(factor before) when no loss was lower for patience steps", _constant,
        _share("factor", 0.1, "factor each time"),
        Option("patience", 10.0, 0.0, 1e9, "steps", "how long to wait for a lower loss"),
        _share("threshold", 1e-4, "how much lower it must be, as a share"),
        Option("cooldown", 0.0, 0.0, 1e9, "steps", "rest after each change"), _end(),
    ),
)  # fmt: skip

_BY_NAME = {row.name: row for row in _ROWS}


def names() -> list[str]:
    """The names of all schedules."""
    return list(_BY_NAME)


def row(name: str) -> ScheduleRow:
    """Title, meaning and options of a schedule.

    Raises:
        EngineError: when there is none of that name; names the nearest ones.
    """
    if not isinstance(name, str) or name not in _BY_NAME:
        raise EngineError(f"no schedule {shown(name)}{suggestion(str(name), _BY_NAME)}")
    return _BY_NAME[name]


def get(name: str, **options: Any) -> Schedule:
    """A schedule as a function of the step.

    Raises:
        EngineError: for a name, option or value that does not exist, saying what would be right.
    """
    kind = row(name)
    settings = kind.resolve(**options)
    gammas, milestones = settings.get("gammas", ()), settings.get("milestones", ())
    if gammas and len(gammas) != len(milestones):
        raise EngineError(f"{name} has {len(milestones)} milestones but {len(gammas)} gammas; give as many")
    return PlateauSchedule(kind, settings) if name == "reduce_on_plateau" else Schedule(kind, settings)
