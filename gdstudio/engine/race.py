"""Races: update rules that move points over the loss of a program.

A race is computed as data first; playback is an index into it. Every racer runs by itself, with random numbers of its
own, so adding, hiding or removing one never changes another's path.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from . import blas, schedules
from .data import Batches
from .data.dataset import checked_seed
from .errors import EngineError, shown
from .given import CALLABLE, NUMBER, optional, several, takes, whole
from .kernel import PointKernel, StepTerms, blocks_of, clips_across
from .minibatches import batches_of
from .numeric import numbers
from .optimizers import ClassicalRule, UpdateRule
from .problem import CountedProblem, gradient_cost
from .program import A_PROGRAM, Program
from .racer import Racer
from .record import RaceResult, Record, averaged
from .scalar import TooLarge
from .scalar_kernel import ScalarKernel
from .schedules import Schedule
from .status import judge

STEP_LIMIT = 10_000_000
_CHUNK = 2000

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@lru_cache(maxsize=16)
def _step_numbers(first: int, end: int) -> tuple[float, ...]:
    """The numbers of steps as a formula reads them; racers share them."""
    return tuple(map(float, range(first, end)))


class Race:
    """Racers on a program.

    Args:
        program: the loss.
        racers: who races.
        steps: updates of each racer.
        seed: of all random numbers: batches are shared by racers, noise is each racer's own.

    Raises:
        EngineError: for a wrong option, start, schedule or batch size; it names the racer.
    """

    @takes(
        program=A_PROGRAM,
        racers=several(Racer, "a list of racers, such as [Racer('adam')]"),
        steps=whole(0, STEP_LIMIT),
    )
    def __init__(self, program: Program, racers: Sequence[Racer], steps: int = 200, seed: int = 0) -> None:
        self.program = program
        self.racers = tuple(racers)
        self.steps = int(steps)
        self.seed = checked_seed(seed)
        self._starts = [self._checked_start(racer) for racer in self.racers]
        self._options = [self._checked(racer) for racer in self.racers]

    def _checked_start(self, racer: Racer) -> np.ndarray:
        try:
            start = numbers(self.program.start if racer.start is None else racer.start)
        except (ValueError, TypeError, OverflowError):
            raise EngineError(f"{racer.title}: the start must be {self.program.size} numbers") from None
        if start.shape != (self.program.size,):
            raise EngineError(
                f"{racer.title}: the start must be {self.program.size} numbers "
                f"({', '.join(self.program.coordinates[:6])}), not shape {start.shape}"
            )
        return start

    def _checked(self, racer: Racer) -> dict[str, Any]:
        if not isinstance(racer.gradient, str) or racer.gradient not in ("analytic", "numerical"):
            raise EngineError(
                f'{racer.title}: gradient must be "analytic" or "numerical", not {shown(racer.gradient)}'
            )
        if not NUMBER.holds(racer.noise) or not 0 <= racer.noise < math.inf:
            raise EngineError(
                f"{racer.title}: noise must be a number of at least 0, not {shown(racer.noise)}"
            )
        if not NUMBER.holds(racer.average_decay) or not 0 <= racer.average_decay < 1:
            raise EngineError(
                f"{racer.title}: average_decay must be from 0 to below 1, not {shown(racer.average_decay)}"
            )
        try:
            options = racer.resolved()
            self._schedule(racer)
            self.batches(racer)
        except EngineError as error:
            raise type(error)(f"{racer.title}: {error}") from None
        return options

    def _schedule(self, racer: Racer) -> Schedule | None:
        if racer.schedule is None:
            return None
        try:
            name, options = racer.schedule
            if not isinstance(options, Mapping) or not all(isinstance(key, str) for key in options):
                raise TypeError
        except (ValueError, TypeError):
            raise EngineError(
                f"a schedule is given by its name and its options, as a pair, not by {shown(racer.schedule)}"
            ) from None
        if not any(option.name == "learning_rate" for option in racer.rule.options):
            raise EngineError(f"{racer.rule.title} has no learning rate for a schedule to change")
        return schedules.get(name, **options)

    def batches(self, racer: Racer) -> tuple[Batches, list[str]] | None:
        """The batches of a racer and the data leaves they are drawn from: those with as many rows as the largest."""
        return batches_of(self.program, racer, self.seed)

    def _share(self, racer: Racer) -> float:
        """The part of the rows of data that one evaluation looks at."""
        drawn = self.batches(racer)
        return 1.0 if drawn is None else (drawn[0].size or drawn[0].count) / drawn[0].count

    @takes(progress=optional(CALLABLE), cancelled=optional(CALLABLE))
    def run(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> RaceResult:
        """All racers, one after another.

        Args:
            progress: called with the fraction done.
            cancelled: asked now and then; once it is true, what has been computed so far is returned.
        """
        runs = []
        for i, racer in enumerate(self.racers):

            def report(share: float, i: int = i) -> bool:
                """Tells how far this racer has come; whether to stop."""
                if progress is not None:
                    progress((i + share) / len(self.racers))
                return cancelled is not None and cancelled()

            runs.append(self._run_one(racer, self._starts[i], self._options[i], i, report))
        return self._result(runs)

    def _run_one(
        self,
        racer: Racer,
        start: np.ndarray,
        options: dict[str, Any],
        index: int,
        report: Callable[[float], bool],
    ) -> Record:
        run = Record(self.steps, self.program.size, options.get("learning_rate", math.nan))
        run.evaluations *= gradient_cost(self.program.size, racer.gradient == "numerical")
        schedule = self._schedule(racer)
        if schedule is not None and not schedule.needs_loss:
            run.rates *= schedule(np.arange(self.steps + 1))
        generator = np.random.default_rng([self.seed, index]) if racer.noise else None
        rule = racer.rule
        if isinstance(rule, ClassicalRule):
            self._run_classical(rule, racer, start, options, run, generator, report)
            return run
        kernel = self._kernel(rule, racer, options, schedule is not None)
        numbers = {name: float(value) for name, value in rule.numbers(options).items()}
        if isinstance(kernel, ScalarKernel):
            self._run_scalar(kernel, racer, start, numbers, schedule, run, generator, report)
        else:
            self._run_points(kernel, racer, start, numbers, schedule, run, generator, report)
        return run

    def _kernel(
        self, rule: UpdateRule, racer: Racer, options: dict[str, Any], scheduled: bool
    ) -> ScalarKernel | PointKernel:
        texts = tuple(rule.text(options, len(block.shape)) for block in blocks_of(self.program))
        drawn = self.batches(racer)
        batch = {}
        if drawn is not None:
            batches, names = drawn
            batch = {n: (batches.size, *self.program.graph.nodes[n].array.shape[1:]) for n in names}
        numerical, noisy = racer.gradient == "numerical", racer.noise > 0
        key = (
            texts,
            rule.state,
            tuple(rule.numbers(options)),
            numerical,
            noisy,
            scheduled,
            tuple(batch.items()),
        )
        kernels = self.program.kernels
        if key not in kernels:
            kernels[key] = self._made(rule, options, numerical, noisy, scheduled, batch)
        return kernels[key]

    def _made(
        self,
        rule: UpdateRule,
        options: dict[str, Any],
        numerical: bool,
        noisy: bool,
        scheduled: bool,
        batch: dict[str, Any],
    ) -> ScalarKernel | PointKernel:
        """The kernel that the graph calls for: which one never depends on the other racers."""
        if not batch and not clips_across(blocks_of(self.program), options):
            try:
                return ScalarKernel(self.program, rule, options, numerical, noisy, scheduled)
            except TooLarge:
                pass
        return PointKernel(StepTerms(self.program, rule, options, numerical, noisy, batch))

    def _run_scalar(
        self, kernel: ScalarKernel, racer: Racer, start: np.ndarray, numbers: dict[str, float], schedule: Schedule | None,
        run: Record, generator: np.random.Generator | None, report: Callable[[float], bool],
    ) -> None:  # fmt: skip
        x: Sequence[float] = tuple(start.tolist())
        state: Sequence[float] = kernel.start(x, numbers)
        observed = schedule if schedule is not None and schedule.needs_loss else None
        chunk = _CHUNK if observed is None else 1
        done = 0
        while done <= self.steps and run.finite:
            if observed is not None:
                run.rates[done] = numbers["learning_rate"] * observed(done)
            end = min(done + chunk, self.steps + 1)
            ts = _step_numbers(done + 1, end + 1)
            rates = None if schedule is None else run.rates[done:end].tolist()
            noise = None
            if generator is not None:
                noise = (racer.noise * generator.standard_normal((end - done, len(x)))).tolist()
            rows, x, state, run.finite = kernel.run(x, state, numbers, ts, rates, noise)
            run.add_rows(rows)
            if observed is not None:
                observed.observe(float(rows[-1, len(x)]))
            done = end
            if (observed is None or done % 100 == 0) and report(min(1.0, done / (self.steps + 1))):
                return

    def _run_points(
        self,
        kernel: PointKernel,
        racer: Racer,
        start: np.ndarray,
        numbers: dict[str, float],
        schedule: Schedule | None,
        run: Record,
        generator: np.random.Generator | None,
        report: Callable[[float], bool],
    ) -> None:
        drawn = self.batches(racer)
        with np.errstate(all="ignore"), blas.one_thread():
            steps = kernel.bound(start, numbers)
            for done in range(self.steps + 1):
                if schedule is not None:
                    if schedule.needs_loss:
                        run.rates[done] = numbers["learning_rate"] * schedule(done)
                    steps.set("learning_rate", run.rates[done])
                for noise in steps.noise:
                    assert generator is not None, "a racer with noise has a generator"
                    noise[...] = racer.noise * generator.standard_normal(noise.shape)
                if drawn is not None:
                    rows = drawn[0].rows(done)
                    for name, batch in steps.data.items():
                        batch[...] = self.program.graph.nodes[name].array[rows]
                run.place(steps.point)
                loss, gradient = steps.step(done + 1)
                run.add(loss, gradient)
                if not run.finite:
                    return
                if schedule is not None and schedule.needs_loss:
                    schedule.observe(loss)
                if done % 16 == 0 and report(done / (self.steps + 1)):
                    return

    def _run_classical(
        self,
        rule: ClassicalRule,
        racer: Racer,
        start: np.ndarray,
        options: dict[str, Any],
        run: Record,
        generator: np.random.Generator | None,
        report: Callable[[float], bool],
    ) -> None:
        problem = CountedProblem(self.program, racer.gradient == "numerical", racer.noise, generator)
        x, memory = start, rule.initial(start, options)
        schedule = self._schedule(racer)
        with np.errstate(all="ignore"):
            for done in range(self.steps + 1):
                loss, gradient = problem.look(x)
                run.evaluations[done] = problem.evaluations
                run.place(x)
                run.add(loss, gradient)
                if not run.finite or done == self.steps:
                    return
                if schedule is not None:
                    options = {**options, "learning_rate": float(run.rates[done])}
                problem.begin_step()
                x, memory = rule.step(problem, x, memory, options)
                if done % 16 == 0 and report(done / (self.steps + 1)):
                    return

    def _result(self, runs: list[Record]) -> RaceResult:
        records = [run.result() for run in runs]
        counts = tuple(run.evaluations[: len(path)] for run, (path, *_) in zip(runs, records, strict=True))
        verdicts = []
        for racer, options, run, (path, losses, _norms, _rates) in zip(
            self.racers, self._options, runs, records, strict=True
        ):
            finite = run.finite and bool(np.all(np.isfinite(path[-1])))
            climbing = bool(options.get("maximize", False))
            verdicts.append(
                judge(
                    self.program,
                    path,
                    losses,
                    finite,
                    climbing,
                    noisy=racer.noise > 0 or bool(racer.batch_size),
                )
            )
        averages = tuple(
            averaged(path, racer.average_decay)
            for racer, (path, *_) in zip(self.racers, records, strict=True)
        )
        average_losses = tuple(
            self.program.value(average) if racer.average_decay else losses
            for racer, average, (_path, losses, *_) in zip(self.racers, averages, records, strict=True)
        )
        return RaceResult(
            self.racers,
            self.program.coordinates,
            tuple(path for path, _losses, _norms, _rates in records),
            tuple(losses for _path, losses, _norms, _rates in records),
            tuple(norms for _path, _losses, norms, _rates in records),
            tuple(rates for _path, _losses, _norms, rates in records),
            counts,
            tuple(count * self._share(racer) for racer, count in zip(self.racers, counts, strict=True)),
            averages,
            average_losses,
            tuple(verdict.status for verdict in verdicts),
            tuple(verdict.reason for verdict in verdicts),
        )
