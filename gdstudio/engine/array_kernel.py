"""One step of many racers that share a rule, as numpy calls on arrays of all of them.

The arrays of a crowd are large, and what it costs is passes over them: numbers that all racers share meet each other
first, and steps that nobody watches write over the arrays that they read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np

from . import recycle
from .expression import Evaluation
from .factors import Factored, factored
from .kernel import StepTerms
from .plan import ArrayPlan
from .regroup import regrouped

Empty = Callable[[tuple[int, ...]], np.ndarray]


class ArrayKernel:
    """A step as a plan of numpy calls, for any number of racers that share a rule.

    Arrays hold the coordinates of all racers as (n, racers).

    Args:
        factor: let steps without loss and gradient move factors that all racers share out of passes over all of them, and
            keep states divided by such a factor, and let bound steps take products and sums together: faster, and
            different in the last bits.
    """

    def __init__(self, terms: StepTerms, threads: int = 1, factor: bool = True) -> None:
        self._terms = terms
        self._threads = threads
        self._factor = factor
        self._plans: dict[tuple, ArrayPlan] = {}
        self._lock = Lock()
        self._moves: dict[frozenset[str], Factored] = {}
        self._spans = [span_of(np.array(block.positions)) for block in terms.blocks]

    @property
    def _moving(self) -> list[str]:
        """The inputs that a step gives new values, in the order of the outputs of "move"."""
        terms = [*self._terms.x, *(state for state, _initial, _after in self._terms.flat_state)]
        return [term.attributes["name"] for term in terms]

    def _masks(self, many: frozenset[str]) -> dict[str, int]:
        """`many`: the options that differ from racer to racer."""
        terms = self._terms
        masks = {"t": 0} | {f"option {name}": int(name in many) for name in terms.options}
        masks |= {x.attributes["name"]: 1 for x in (*terms.x, *terms.noise)}
        masks |= {s.attributes["name"]: 1 for s, _i, _a in terms.flat_state}
        return masks | {d.attributes["name"]: 0 for d in terms.batch.values()}

    def _plan(self, many: frozenset[str], what: str) -> ArrayPlan:
        """A plan of what `step` may do, of the initial states, or of the loss."""
        key = (many, what)
        # Threads that begin together would all make it.
        with self._lock:
            if key not in self._plans:
                self._plans[key] = self._made(many, what)
        return self._plans[key]

    def _made(self, many: frozenset[str], what: str) -> ArrayPlan:
        terms, masks = self._terms, self._masks(many)
        over = None
        if what == "move":
            outputs = self._move(many).outputs
            # What a rule remembers is there before x moves.
            count = len(terms.x)
            over = dict(sorted(enumerate(self._moving), key=lambda entry: entry[0] < count))
        elif what == "step":
            after = [after for _s, _i, after in terms.flat_state]
            outputs = regrouped([terms.loss, *terms.g, *terms.moved, *after], masks, 1)
        elif what == "loss":
            outputs = [terms.loss]
        else:
            outputs = [initial for _s, initial, _a in terms.flat_state]
        return ArrayPlan(outputs, masks, threads=self._threads, over=over)

    def _move(self, many: frozenset[str]) -> Factored:
        """The new x of each block and the new states."""
        if many not in self._moves:
            terms, masks = self._terms, self._masks(many)
            outputs = [*terms.moved, *(after for _s, _i, after in terms.flat_state)]
            outputs = regrouped(outputs, masks, 1)
            following = {name: number for number, name in enumerate(self._moving)}
            for x in terms.x:
                del following[x.attributes["name"]]
            # A schedule changes the learning rate during a run.
            steady = {f"option {name}" for name in terms.options} - {"option learning_rate"}
            self._moves[many] = (
                factored(outputs, masks, terms.ranges, following, steady)
                if self._factor
                else Factored(outputs, {})
            )
        return self._moves[many]

    def inputs(self, options: Mapping[str, Any]) -> tuple[dict[str, np.ndarray], frozenset[str]]:
        """Options as inputs of a plan: numbers, or arrays (racers,)."""
        many = frozenset(name for name in self._terms.options if np.ndim(options[name]))
        return {
            f"option {n}": np.asarray(options[n], np.float64).reshape(-1) for n in self._terms.options
        }, many

    def split(self, x: np.ndarray, out: Sequence[np.ndarray] | None = None) -> list[np.ndarray]:
        """A copy of (n, racers) by block, each (*shape, racers)."""
        batch = x.shape[1:]
        parts = (
            [recycle.empty(block.shape + batch) for block in self._terms.blocks] if out is None else list(out)
        )
        for span, part in zip(self._spans, parts, strict=True):
            part.reshape(-1, *batch)[...] = x[span]
        return parts

    def arrays(self, racers: int, empty: Empty) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Uninitialised arrays for x, by block, and for the states."""
        x = [empty((*block.shape, racers)) for block in self._terms.blocks]
        return x, [empty((*term.shape, racers)) for term, _i, _a in self._terms.flat_state]

    def join(self, parts: Sequence[np.ndarray]) -> np.ndarray:
        """The inverse of `split`."""
        racers = parts[0].shape[-1]
        result = np.empty((sum(len(block.positions) for block in self._terms.blocks), racers))
        for span, part in zip(self._spans, parts, strict=True):
            result[span] = part.reshape(-1, racers)
        return result

    def start(
        self,
        x: list[np.ndarray],
        options: Mapping[str, Any],
        what: str = "step",
        out: Sequence[np.ndarray] | None = None,
    ) -> list[np.ndarray]:
        """The states before the first step.

        Args:
            what: as for `step`, whose states "move" may keep divided.
            out: arrays to write into.
        """
        if not self._terms.flat_state:
            return []
        inputs, many = self.inputs(options)
        inputs |= {term.attributes["name"]: part for term, part in zip(self._terms.x, x, strict=True)}
        states = self._plan(many, "start").run(inputs, x[0].shape[-1:], out)
        if what == "move":
            divisors = self._move(many).divisors
            for (state, initial, _after), values in zip(self._terms.flat_state, states, strict=True):
                divisor = divisors.get(state.attributes["name"])
                if divisor is not None and (initial.value is None or initial.value.any()):
                    values /= Evaluation([divisor], 1)(inputs)[0]
        return states

    def step(
        self,
        x: list[np.ndarray],
        state: list[np.ndarray],
        options: Mapping[str, Any],
        t: float,
        noise: list[np.ndarray] | None = None,
        data: Mapping[str, np.ndarray] | None = None,
        what: str = "step",
        out: Sequence[np.ndarray] | None = None,
    ) -> list[np.ndarray]:
        """One step: the loss (racers,), the gradient of each block, then the new x of each block and the new states.

        Args:
            what: "move" leaves loss and gradient out; it goes with states of `start(…, "move")`.
        """
        inputs, many = self.inputs(options)
        inputs["t"] = np.full(1, t)
        terms = self._terms
        inputs |= {term.attributes["name"]: part for term, part in zip(terms.x, x, strict=True)}
        inputs |= {
            entry[0].attributes["name"]: part for entry, part in zip(terms.flat_state, state, strict=True)
        }
        if noise is not None:
            inputs |= {term.attributes["name"]: part for term, part in zip(terms.noise, noise, strict=True)}
        if data is not None:
            inputs |= {term.attributes["name"]: data[name][..., None] for name, term in terms.batch.items()}
        return self._plan(many, what).run(inputs, x[0].shape[-1:], out)

    def losses(self, x: list[np.ndarray]) -> np.ndarray:
        """The loss of each racer, (racers,)."""
        inputs = {term.attributes["name"]: part for term, part in zip(self._terms.x, x, strict=True)}
        return self._plan(frozenset(), "loss").run(inputs, x[0].shape[-1:])[0]

    def bound(
        self,
        x: list[np.ndarray],
        state: list[np.ndarray],
        options: Mapping[str, Any],
        series: Mapping[str, np.ndarray],
        empty: Empty = recycle.empty,
    ) -> Callable[[int], None]:
        """Steps as of "move" that write the new x and states over the old ones.

        Args:
            series: for t and for the options that change from step to step, and that all racers share, the value at
                each step, (steps,).
            empty: makes the arrays for what is computed on the way.

        Returns:
            A function of the number of the step in the series. Rules with noise or mini-batches have other inputs that
            change, and are stepped by `step`.
        """
        inputs, many = self.inputs(options)
        plan = self._plan(many, "move")
        arrays = [*x, *state]
        inputs |= dict(zip(self._moving, arrays, strict=True))
        changing = {name if name == "t" else f"option {name}": values for name, values in series.items()}
        # Where a later instruction still reads the old values, the new ones are copied over them at the end.
        late = [i for i in range(len(arrays)) if i not in plan.overwriting]
        out = [empty(array.shape) if i in late else array for i, array in enumerate(arrays)]
        run = plan.repeated(inputs, changing, arrays[0].shape[-1], out, empty, fuse=self._factor)
        if not late:
            return run

        def step(number: int) -> None:
            run(number)
            for i in late:
                arrays[i][...] = out[i]

        return step


class Walk:
    """Racers with one rule on their way from step to step, in arrays that the next ones take over.

    Args:
        racers: how many.
        options, series: as for `ArrayKernel.bound`.

    Attributes:
        x: where they are, by block of parameters, each (*shape, racers).
        step: moves them; given the number of the step in the series.
    """

    def __init__(
        self, kernel: ArrayKernel, racers: int, options: Mapping[str, Any], series: Mapping[str, np.ndarray]
    ) -> None:
        self._kernel, self._options = kernel, options
        slab = recycle.Slab()
        self.x, self._state = kernel.arrays(racers, slab.empty)
        self.step = kernel.bound(self.x, self._state, options, series, slab.empty)

    def begin(self, starts: np.ndarray) -> None:
        """Puts them at (n, racers), with all that they remember as it is before the first step."""
        self._kernel.split(starts, self.x)
        self._kernel.start(self.x, self._options, "move", self._state)


def span_of(places: np.ndarray) -> slice | np.ndarray:
    """Ascending places as a slice where they lie side by side: what it takes is a view, and quicker to write to."""
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first + 1 == len(places) else places
