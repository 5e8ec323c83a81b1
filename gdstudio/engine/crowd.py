"""Many racers with one rule at once: where they get to, not the paths they take.

What `survey` and `tuning` are made of. Racers that share a rule's text, or a classical rule, advance as arrays, in
blocks that run all their steps before the next block begins. Racers whose schedule watches the loss go one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from . import recycle, schedules
from .array_kernel import ArrayKernel, Walk, span_of
from .cached import cached_property
from .data import Batches
from .ends import Ends, LastMoves, Watcher, noting_holes
from .kernel import StepTerms, blocks_of
from .meter import Cancelled, SurveyCancelled
from .minibatches import batches_of
from .optimizers import ClassicalRule, UpdateRule
from .plan import THREADS, quieten
from .program import Program
from .race import Race
from .racer import Racer
from .rest import EVERY, Arrivals, Rest, Trail
from .rule_traits import is_linear, survives
from .searching import ManyProblem, advance
from .status import diverged

Array = np.ndarray
# Racers in a block: many enough to be worth two threads, few enough for their coordinates to stay near.
_BLOCK = 1 << 16
_COORDINATES = 1 << 18
# Searches ask for so many evaluations a step that smaller blocks pay already.
_SEARCHERS = 1 << 14
_SINGLES = 64
# Racers at rest are left out of a block when they are at least this part of it.
_LEAST_LEFT = 0.1
# So many coordinates are copied one after the other.
_FEW = 8
_UNASKED = np.empty(0)


class _Last(NamedTuple):
    """Points (B, n) and losses (B,) at the end; blocks of racers write them."""

    points: Array
    losses: Array


class Crowd:
    """Racers that differ in their starts and in numeric options only.

    Args:
        program: the loss.
        racer: what they have in common.
        steps: updates of each.
        seed: of batches, which all share, and of noise.

    Raises:
        EngineError: as `Race` does.
    """

    def __init__(self, program: Program, racer: Racer, steps: int, seed: int = 0) -> None:
        self.program = program
        self.racer = racer
        self.steps = steps
        self.seed = seed
        # Checks everything that does not depend on the single racer.
        Race(program, [replace(racer, start=None)], steps, seed)
        self._lock = Lock()
        self._schedule = None
        if racer.schedule is not None:
            name, options = racer.schedule
            self._schedule = schedules.get(name, **options)
        observed = self._schedule is not None and self._schedule.needs_loss
        # Neither for racers that must go one by one.
        self._rule = racer.rule if isinstance(racer.rule, UpdateRule) and not observed else None
        self._classical = racer.rule if isinstance(racer.rule, ClassicalRule) and not observed else None

    def run(
        self,
        starts: Array,
        options: Mapping[str, Array] | None = None,
        watcher: Watcher | None = None,
        losses: bool = False,
        advance: Callable[[int], None] | None = None,
        cancelled: Cancelled | None = None,
        at_once: int = _BLOCK,
        arrivals: Arrivals | None = None,
    ) -> Ends:
        """All of them, from start to end.

        Args:
            starts: (B, n).
            options: for each option that differs its values, (B,).
            watcher: called once for each block of racers.
            losses: whether it wants the loss of every step.
            advance: told how many racer-steps have been done since it was last called.
            cancelled: asked now and then.
            at_once: most racers that advance together.
            arrivals: asks when each arrived, instead of a watcher; racers at rest may then be left where they are.

        Raises:
            EngineError: for an option out of its range.
            SurveyCancelled: when `cancelled` says so.
        """
        starts = np.asarray(starts, dtype=np.float64)
        varied = {name: np.asarray(values, dtype=np.float64) for name, values in (options or {}).items()}
        whole = np.ones(len(starts), dtype=bool)
        if self._may_return:
            seen = watcher if arrivals is None else arrivals.watch
            watcher, losses, arrivals = partial(noting_holes, seen, whole), True, None
        points, last = self._raced(starts, varied, watcher, losses, advance, cancelled, at_once, arrivals)
        last[~whole] = np.nan

        def last_moves(which: Array) -> Array:
            return self._last_moves(which, points, starts, varied, cancelled, at_once)

        climbing = bool(self.racer.resolved().get("maximize", False))
        noisy = self.racer.noise > 0 or bool(self.racer.batch_size)
        return Ends(points, last, diverged(self.program, points, starts, last, last_moves, climbing, noisy))

    def _last_moves(
        self, which: Array, points: Array, starts: Array, varied: Mapping[str, Array],
        cancelled: Cancelled | None, at_once: int,
    ) -> Array:  # fmt: skip
        """How far from their ends `points` racers `which` were at most in the last rows of their paths, (k,).

        Paths are not kept, so these racers run once more; with noise all do, since a block draws its numbers together.
        """
        again = np.arange(len(starts)) if self.racer.noise else which
        asked = LastMoves(points[again], self.steps)
        own = {name: values[again] for name, values in varied.items()}
        self._raced(starts[again], own, asked.watch, False, None, cancelled, at_once, None)
        return asked.farthest if again is which else asked.farthest[which]

    def _raced(
        self, starts: Array, varied: Mapping[str, Array], watcher: Watcher | None, losses: bool,
        advance: Callable[[int], None] | None, cancelled: Cancelled | None, at_once: int,
        arrivals: Arrivals | None,
    ) -> _Last:  # fmt: skip
        """What `run` says; the arguments are its own."""
        ends = _Last(recycle.empty(starts.shape), recycle.empty(starts.shape[:1]))
        jobs: list[Callable[[], None]] = []
        advance_block, block = self._kind(starts.shape[1])
        block = min(block, at_once)
        if arrivals is not None:
            watcher = arrivals.watch
            if self._is_steady and not varied:
                advance_block = partial(self._settling, arrivals)
        if advance_block == self._together and not losses and self._is_plain(varied):
            advance_block = partial(self._walking, {})

        def tick(steps: int) -> None:
            if advance is not None:
                advance(steps)
            if cancelled is not None and cancelled():
                raise SurveyCancelled

        for settings, members in self._groups(varied, len(starts)):
            for begin in range(0, len(members), block):
                part = members[begin : begin + block]
                own = {name: values[part] for name, values in varied.items()}
                jobs.append(partial(advance_block, part, starts, settings, own, watcher, losses, ends, tick))
        if len(jobs) == 1 or advance_block == self._singly:
            for job in jobs:
                job()
        else:
            with ThreadPoolExecutor(THREADS) as pool:
                for future in [pool.submit(job) for job in jobs]:
                    future.result()
        return ends

    @cached_property
    def _may_return(self) -> bool:
        """Whether a racer may come back from where the loss is no finite number, which ended its race."""
        rule = self._rule
        if rule is None:
            return False
        ndims = {len(block.shape) for block in blocks_of(self.program)}
        return self.program.has_holes or survives(rule, self.racer.resolved(), ndims)

    @property
    def _is_steady(self) -> bool:
        """Whether every step is the same linear function of where a racer is, what it remembers, and the gradient."""
        racer = self.racer
        if self._rule is None or self._schedule is not None or racer.noise or racer.batch_size:
            return False
        return is_linear(self._rule, racer.resolved(), {len(b.shape) for b in blocks_of(self.program)})

    def _kind(self, n: int) -> tuple[Callable[..., None], int]:
        """How a block of racers advances, and how many make a block."""
        if self._rule is not None:
            return self._together, max(_SINGLES, min(_BLOCK, _COORDINATES // n))
        if self._classical is not None:
            held = n + self._classical.numbers(n, self.racer.resolved())
            return self._searching, max(1, min(_SEARCHERS, _COORDINATES // held))
        return self._singly, _SINGLES

    def _groups(self, varied: Mapping[str, Array], count: int) -> list[tuple[dict[str, Any], Array]]:
        """Racers whose rule has the same text: a number may switch a line of the rule on or off."""
        if not varied:
            return [(self.racer.resolved(), np.arange(count))]
        table = np.stack(list(varied.values()), axis=1)
        rows, owner = np.unique(table, axis=0, return_inverse=True)
        ndims = [len(block.shape) for block in blocks_of(self.program)]
        groups: dict[Any, tuple[dict[str, Any], list[int]]] = {}
        for number, row in enumerate(rows.tolist()):
            given = {**self.racer.options, **dict(zip(varied, row, strict=True))}
            settings = replace(self.racer, options=given).resolved()
            text: Any = number
            if self._rule is not None:
                text = tuple(self._rule.text(settings, n) for n in ndims)
            elif self._classical is not None:
                text = tuple(settings[name] for name in self._classical.alike)
            groups.setdefault(text, (settings, []))[1].append(number)
        owner = owner.ravel()
        return [(settings, np.flatnonzero(np.isin(owner, own))) for settings, own in groups.values()]

    def _is_plain(self, varied: Mapping[str, Array]) -> bool:
        """Whether nothing changes from step to step but t and a learning rate that all racers share."""
        shared = self._schedule is None or "learning_rate" not in varied
        return shared and not self.racer.noise and not self.racer.batch_size

    def _walking(
        self, walks: dict[tuple[ArrayKernel, int], list[Walk]],
        members: Array, starts: Array, settings: dict[str, Any], varied: dict[str, Array],
        watcher: Watcher | None, _losses: bool, ends: _Last, tick: Callable[[int], None],
    ) -> None:  # fmt: skip
        """One block, as arrays that stay; `walks` keeps those of earlier blocks."""
        watch = None if watcher is None else watcher(members)
        rule = self._rule
        assert rule is not None
        kernel = self._kernel(rule, settings, {}, None)
        numbers: dict[str, Any] = {**rule.numbers(settings), **varied}
        # Taking from and returning to a list are atomic, so threads share the walks without a lock.
        spare = walks.setdefault((kernel, len(members)), [])
        try:
            walk = spare.pop()
        except IndexError:
            walk = Walk(kernel, len(members), numbers, self._series(self._rates(numbers)))
        span = span_of(members)
        walk.begin(starts[span].T)
        with np.errstate():
            quieten()
            for done in range(self.steps):
                if watch is not None:
                    watch(done, _joined(kernel, walk.x), _UNASKED)
                walk.step(done)
                if done % 8 == 7:
                    tick(8 * len(members))
            points = _joined(kernel, walk.x)
            _put(ends.points, span, points)
            ends.losses[span] = kernel.losses(walk.x)
            if watch is not None:
                watch(self.steps, points, _UNASKED)
        tick(self.steps % 8 * len(members))
        if not varied:
            spare.append(walk)

    def _together(
        self, members: Array, starts: Array, settings: dict[str, Any], varied: dict[str, Array],
        watcher: Watcher | None, losses: bool, ends: _Last, tick: Callable[[int], None],
    ) -> None:  # fmt: skip
        """One block, as arrays, with whatever changes from step to step."""
        watch = None if watcher is None else watcher(members)
        rule = self._rule
        assert rule is not None
        data, batches = self._data()
        kernel = self._kernel(rule, settings, data, batches)
        numbers: dict[str, Any] = {**rule.numbers(settings), **varied}
        rates = self._rates(numbers)
        generator = np.random.default_rng([self.seed, int(members[0])]) if self.racer.noise else None
        span = span_of(members)
        x = kernel.split(starts[span].T)
        state = kernel.start(x, numbers, "step" if losses else "move")
        blocks = len(x)
        # Results are written by turns into two sets of arrays, so that no step has to find new memory.
        spare: list[Any] = [None, None]
        with np.errstate():
            quieten()
            for done in range(self.steps):
                if rates is not None:
                    numbers["learning_rate"] = rates[done]
                noise = rows = None
                if generator is not None:
                    noise = [self.racer.noise * generator.standard_normal(part.shape) for part in x]
                if batches is not None:
                    chosen = batches.rows(done)
                    rows = {name: values[chosen] for name, values in data.items()}
                t = float(done + 1)
                if losses:
                    results = kernel.step(x, state, numbers, t, noise, rows, out=spare[done % 2])
                    spare[done % 2] = results
                    if watch is not None:
                        watch(done, _joined(kernel, x), results[0])
                    x, state = results[1 + blocks : 1 + 2 * blocks], results[1 + 2 * blocks :]
                else:
                    if watch is not None:
                        watch(done, _joined(kernel, x), _UNASKED)
                    results = kernel.step(x, state, numbers, t, noise, rows, "move", spare[done % 2])
                    spare[done % 2] = results
                    x, state = results[:blocks], results[blocks:]
                if done % 8 == 7:
                    tick(8 * len(members))
            points, final = _joined(kernel, x), kernel.losses(x)
            _put(ends.points, span, points)
            ends.losses[span] = final
            if watch is not None:
                watch(self.steps, points, final if losses else _UNASKED)
        tick(self.steps % 8 * len(members))

    def _rates(self, numbers: Mapping[str, Any]) -> list[Any] | None:
        """The learning rate of each step, a number or (B,), where a schedule gives it."""
        if self._schedule is None:
            return None
        base = np.asarray(numbers["learning_rate"])
        return [base * factor for factor in self._schedule(np.arange(self.steps + 1))]

    def _series(self, rates: Sequence[Any] | None = None) -> dict[str, Array]:
        """What changes from step to step and is the same for all racers: t, and the rates of a schedule."""
        series = {"t": np.arange(1.0, self.steps + 1)}
        return series if rates is None else series | {"learning_rate": np.array(rates[: self.steps])}

    def _settling(
        self, asked: Arrivals, members: Array, starts: Array, settings: dict[str, Any],
        _varied: dict[str, Array], _watcher: Watcher | None, _losses: bool, ends: _Last,
        tick: Callable[[int], None],
    ) -> None:  # fmt: skip
        """One block of a rule that is linear and steady, as arrays, without those at rest."""
        rule = self._rule
        assert rule is not None
        kernel, numbers = self._kernel(rule, settings, {}, None), rule.numbers(settings)
        span, series = span_of(members), self._series()
        places = np.ascontiguousarray(starts[span].T)
        x = kernel.split(places)
        state = kernel.start(x, numbers, "move")
        step = kernel.bound(x, state, numbers, series)
        rest, trail = Rest(asked.distance, places), Trail(len(members))
        going, told = np.arange(len(members)), 0
        with np.errstate():
            quieten()
            for done in range(self.steps):
                looking = done > 0 and done % EVERY == 0
                before, now = trail.last if looking else places, _joined(kernel, x)
                trail.add(now)
                if looking:
                    tick(EVERY * len(going))
                    told += EVERY * len(going)
                    resting = rest.look(before, now)
                    # Leaving a few out is dearer than taking them along.
                    if resting.sum() >= _LEAST_LEFT * len(going):
                        places[:, going[resting]] = now[:, resting]
                        going = going[~resting]
                        rest.keep(~resting)
                        trail.keep(going)
                        x, state = (
                            [np.compress(~resting, p, axis=-1) for p in parts] for parts in (x, state)
                        )
                        if not len(going):
                            break
                        step = kernel.bound(x, state, numbers, series)
                step(done)
            places[:, going] = now = _joined(kernel, x)
            trail.add(now)
            _put(ends.points, span, places)
            ends.losses[span] = kernel.losses(kernel.split(places))
            asked.found[members] = trail.arrivals(places, asked.near)
        tick(self.steps * len(members) - told)

    def _kernel(
        self, rule: UpdateRule, settings: dict[str, Any], data: Mapping[str, Array], batches: Batches | None
    ) -> ArrayKernel:
        racer = self.racer
        texts = tuple(rule.text(settings, len(block.shape)) for block in blocks_of(self.program))
        numerical, noisy = racer.gradient == "numerical", racer.noise > 0
        rows = batches.size or 0 if batches is not None else 0
        shapes = {name: (rows, *values.shape[1:]) for name, values in data.items()}
        key = ("crowd", texts, rule.state, numerical, noisy, tuple(shapes.items()))
        kernels = self.program.kernels
        # Threads that begin together would all make it.
        with self._lock:
            if key not in kernels:
                kernels[key] = ArrayKernel(StepTerms(self.program, rule, settings, numerical, noisy, shapes))
        return kernels[key]

    def _data(self) -> tuple[dict[str, Array], Batches | None]:
        """The values of the data leaves that mini-batches are drawn from, and the batches."""
        drawn = batches_of(self.program, self.racer, self.seed)
        if drawn is None:
            return {}, None
        batches, names = drawn
        return {name: np.asarray(self.program.graph.nodes[name].value) for name in names}, batches

    def _searching(
        self, members: Array, starts: Array, settings: dict[str, Any], varied: dict[str, Array],
        watcher: Watcher | None, losses: bool, ends: _Last, tick: Callable[[int], None],
    ) -> None:  # fmt: skip
        """One block of a classical rule, as arrays."""
        racer, rule = self.racer, self._classical
        assert rule is not None
        watch = None if watcher is None else watcher(members)
        options = dict(settings)
        for option in rule.options:
            if option.is_number and option.name not in rule.alike:
                value = varied.get(option.name, settings[option.name])
                options[option.name] = np.broadcast_to(np.asarray(value, np.float64), members.shape)
        rates = None
        if self._schedule is not None:
            rates = [options["learning_rate"] * factor for factor in self._schedule(np.arange(self.steps))]
        generator = np.random.default_rng([self.seed, int(members[0])])
        problem = ManyProblem(self.program, racer.gradient == "numerical", racer.noise, generator)

        def seen(step: int, points: Array, values: Array) -> None:
            if watch is not None:
                watch(step, points, values if losses else _UNASKED)

        with np.errstate():
            quieten()
            points, values = advance(
                rule, problem, starts[members].T, options, self.steps, rates,
                repeats=rates is None and not racer.noise, watch=watch and seen, tick=tick,
            )  # fmt: skip
        ends.points[members] = points.T
        ends.losses[members] = values

    def _singly(
        self, members: Array, starts: Array, settings: dict[str, Any], varied: dict[str, Array],
        watcher: Watcher | None, losses: bool, ends: _Last, tick: Callable[[int], None],
    ) -> None:  # fmt: skip
        """One after another, by the ordinary race."""
        watch = None if watcher is None else watcher(members)
        n = starts.shape[1]
        rows = np.full((self.steps + 1, n + 1, len(members)), np.nan) if watch is not None else None
        for i, member in enumerate(members):
            own = {**self.racer.options, **{name: float(values[i]) for name, values in varied.items()}}
            racer = replace(self.racer, start=starts[member], options=own)
            result = Race(self.program, [racer], self.steps, self.seed).run()
            path, loss = result.paths[0], result.losses[0]
            if rows is not None:
                rows[: len(path), :n, i], rows[: len(path), n, i] = path, loss
            diverged = len(path) <= self.steps
            ends.points[member], ends.losses[member] = (np.nan, np.nan) if diverged else (path[-1], loss[-1])
            tick(self.steps)
        if rows is not None and watch is not None:
            for step, row in enumerate(rows):
                watch(step, row[:n], row[n] if losses else _UNASKED)


def _put(points: Array, span: slice | Array, columns: Array) -> None:
    """Writes (n, B) into the rows `span` of (all, n)."""
    if isinstance(span, slice) and len(columns) <= _FEW:
        # Numpy would take the few coordinates of a racer at a time.
        for points_of_one, column in zip(points[span].T, columns, strict=True):
            points_of_one[...] = column
    else:
        points[span] = columns.T


def _joined(kernel: ArrayKernel, parts: list[Array]) -> Array:
    """Points (n, B) from the blocks of parameters."""
    return parts[0] if len(parts) == 1 and parts[0].ndim == 2 else kernel.join(parts)
