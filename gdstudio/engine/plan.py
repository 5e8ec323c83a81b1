"""Terms as a flat plan of numpy calls over a batch of points.

Arrays are (*static shape, *batch axes), so that numpy's own broadcasting serves both. Every term knows on which batch
axes it depends: what depends on fewer than all of them is computed once at that size and broadcast late. The rest runs
in blocks that fit the cache, in buffers that are reused as soon as their last reader is done, straight into the results.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

from . import blas, recycle
from .cached import cached_property
from .expression import Term, maker_of, reachable
from .layout import INTO, PAIR, Layout, may_overwrite
from .ordering import ordered
from .repeated import Repeated
from .sincos import sincos

BLOCK_ELEMENTS = 1 << 16
_BUFFER = 64
# Below about 1 ms of work, handing blocks to a second thread costs more than it saves.
_THREADED_WORK = 1 << 21
# Smaller products OpenBLAS leaves on one thread by itself, and telling it so takes some microseconds.
_LARGE_PRODUCTS = 1 << 16
# Shorter pieces of a row of a grid spend more on calls than they save on memory.
_FEWEST_COLUMNS = 256


def _cores() -> int:
    """How many cores this process may use: in a container fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


THREADS = min(2, _cores())


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, THREADS - 1), "engine", initializer=quieten)


def quieten() -> None:
    """Settings of numpy for a thread that runs plans, or for the `np.errstate` that surrounds one run.

    Non-finite values are results. And numpy copies broadcast operands into its buffer whenever rows are shorter than
    half of it (8,192 elements), which costs more than the arithmetic; so the buffer is made small.
    """
    np.seterr(all="ignore")
    np.setbufsize(_BUFFER)


def share(work: Callable[[Any], None], parts: Sequence[Any], threaded: bool = True) -> None:
    """Does the parts of some work, with the help of the engine's threads when there are several parts.

    The calling thread does its share: waking a thread costs as much as a small part.
    """
    waiting = iter(parts)  # threads may take from the iterator of a list without a lock

    def some() -> None:
        for part in waiting:
            work(part)

    helpers = min(THREADS, len(parts)) - 1 if threaded else 0
    others = [_pool().submit(some) for _ in range(helpers)]
    try:
        some()
    finally:
        for other in others:
            other.result()


def _cut(length: int, pieces: int) -> list[slice]:
    """An axis in about equal pieces, at least one and at most one for each place."""
    pieces = max(1, min(length, pieces))
    bounds = [length * i // pieces for i in range(pieces + 1)]
    return [slice(begin, end) for begin, end in zip(bounds, bounds[1:], strict=False)]


def grid_inputs(names: Sequence[str], positions: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
    """Positions along each axis as inputs of a plan, each in the shape that broadcasts over the grid."""
    ndim = len(positions)
    return {
        name: p.reshape(tuple(-1 if j == i else 1 for j in range(ndim)))
        for i, (name, p) in enumerate(zip(names, positions, strict=True))
    }


class ArrayPlan:
    """Evaluates some outputs of a tape for a whole batch at once.

    Args:
        outputs: the terms wanted.
        masks: for each input name, the batch axes on which it depends, as a bit mask (bit 0 is the first batch axis).
        batch_ndim: number of batch axes, at least 1.
        threads: at most so many blocks at once.
        block_elements: elements of a block; blocks are cut along the first batch axis, and along the second of two where
            a single row is larger.
        pairs: compute the sine and the cosine of one angle together, with an absolute error of up to 5e-16.
        over: output number -> name of an input whose next value it is, and in whose array it may be wanted; terms are
            then computed in an order that allows this, one of these outputs after the other.
    """

    def __init__(
        self,
        outputs: Sequence[Term],
        masks: Mapping[str, int],
        batch_ndim: int = 1,
        threads: int = THREADS,
        block_elements: int = BLOCK_ELEMENTS,
        pairs: bool = False,
        over: Mapping[int, str] | None = None,
    ) -> None:
        self._outputs = list(outputs)
        self._batch_ndim = batch_ndim
        self._threads = threads
        self._block_elements = block_elements
        terms = reachable(outputs)
        full = (1 << batch_ndim) - 1
        mask: dict[int, int] = {}
        for term in terms:
            if term.op == "input":
                mask[term.index] = masks[term.attributes["name"]]
            else:
                mask[term.index] = 0
                for arg in term.args:
                    mask[term.index] |= mask[arg.index]
        self._masks = mask
        self._inputs = [(term, term.attributes["name"]) for term in terms if term.op == "input"]
        late = {term.index for term in terms if mask[term.index] == full and term.op != "input"}
        self._early = self._early_steps([term for term in terms if term.index not in late])
        self._constants = {
            term.index: term.value.reshape(term.shape + (1,) * batch_ndim)
            for term in terms
            if term.value is not None
        }
        self._over = {number: self._sources(name) for number, name in (over or {}).items()}
        self._late = [term for term in terms if term.index in late]
        if over:
            following = [(self._outputs[number], sources) for number, sources in self._over.items()]
            wanted = [term for term, _sources in following]
            self._late = ordered(self._late, [*wanted, *self._outputs], following)
        # Elements that the code goes through at each point.
        self._work = sum(math.prod(term.shape) for term in self._late)
        self._products = any(term.op == "matmul" for term in self._late)
        self._layout = Layout(self._late, self._outputs, batch_ndim, pairs=pairs, over=self._over)
        self._spare: dict[tuple, list[list[Any]]] = {}

    @property
    def late(self) -> list[Term]:
        """The terms that are computed for each point of the batch."""
        return self._late

    def _early_steps(self, terms: Sequence[Term]) -> list[tuple]:
        return [
            (t.index, maker_of(t, self._batch_ndim), tuple(a.index for a in t.args)) for t in terms if t.args
        ]

    def _sources(self, name: str) -> set[int]:
        """The terms of an input."""
        return {term.index for term, own in self._inputs if own == name}

    @cached_property
    def overwriting(self) -> frozenset[int]:
        """The outputs that may be given the array of their input of `over` to write into: nothing reads it later."""
        return frozenset(
            number
            for number, sources in self._over.items()
            if may_overwrite(self._late, self._outputs, self._outputs[number], sources)
        )

    def run(
        self,
        inputs: Mapping[str, np.ndarray],
        batch_shape: tuple[int, ...],
        out: Sequence[np.ndarray] | None = None,
    ) -> list[np.ndarray]:
        """The outputs as arrays of (*static shape, *batch_shape).

        Args:
            inputs: by name, of (*static shape, *batch_shape) with 1 for each batch axis outside the input's mask.
            out: arrays to write into.
        """
        results = [recycle.empty(t.shape + batch_shape) for t in self._outputs] if out is None else list(out)
        # Leaving errstate takes back the size of the buffer as well.
        with np.errstate():
            quieten()
            values = dict(self._constants)
            for term, name in self._inputs:
                values[term.index] = inputs[name]
            for index, function, args in self._early:
                values[index] = function(*[values[arg] for arg in args])
            for number, source in self._layout.copied:
                if source < 0:
                    results[number][...] = values[self._outputs[number].index]
            if self._late:
                self._run_blocks(values, batch_shape, results)
        return results

    def _run_blocks(
        self, values: Mapping[int, Any], batch_shape: tuple[int, ...], results: list[np.ndarray]
    ) -> None:
        points = math.prod(batch_shape)
        widest = max(1, max((math.prod(shape) for shape in self._layout.buffers), default=1))
        threaded = self._threads > 1 and points * self._work > _THREADED_WORK
        # Two threads hand the interpreter to and fro at each call; larger blocks make fewer calls.
        elements = self._block_elements * (2 if threaded else 1)
        blocks = max(1, round(points * widest / elements))
        cuts = [_cut(batch_shape[0], blocks)]
        if self._batch_ndim == 2:
            cuts.append(_cut(batch_shape[1], min(blocks // len(cuts[0]), batch_shape[1] // _FEWEST_COLUMNS)))

        def work(spans: tuple[slice, ...]) -> None:
            self._run_block(values, spans, batch_shape, results)

        large = self._products and points * self._work > _LARGE_PRODUCTS
        with blas.one_thread() if large else nullcontext():
            share(work, list(product(*cuts)), threaded)

    def _run_block(
        self,
        values: Mapping[int, Any],
        spans: tuple[slice, ...],
        batch_shape: tuple[int, ...],
        results: list[np.ndarray],
    ) -> None:
        batch = (*(span.stop - span.start for span in spans), *batch_shape[len(spans) :])
        whole = batch == batch_shape
        rest = (slice(None),) * (self._batch_ndim - len(spans))
        part: Any = (Ellipsis, *spans, *rest)
        # Taking from and returning to a list are atomic, so threads share the spare sets without a lock.
        spare = self._spare.setdefault(batch, [])
        try:
            registers = spare.pop()
        except IndexError:
            registers = self._layout.arrays(batch, recycle.empty)
        for register, index in self._layout.read:
            value = values[index]
            own = [span if self._masks[index] >> axis & 1 else slice(None) for axis, span in enumerate(spans)]
            registers[register] = value if whole else value[Ellipsis, *own, *rest]
        for number, register in self._layout.direct:
            registers[register] = results[number] if whole else results[number][part]
        _execute(self._layout.code, registers)
        for number, register in self._layout.copied:
            if register >= 0:
                results[number][part] = registers[register]
        if len(self._spare) > 8:
            self._spare.clear()
        else:
            spare.append(registers)

    def repeated(
        self,
        inputs: Mapping[str, np.ndarray],
        series: Mapping[str, np.ndarray],
        points: int,
        out: Sequence[np.ndarray],
        empty: Callable[[tuple[int, ...]], np.ndarray] = recycle.empty,
        fuse: bool = True,
    ) -> Repeated:
        """The plan as one block on arrays that stay, with one batch axis.

        Args:
            inputs, out: as for `run`; an output may be the array of an input where it is one of `overwriting`.
            series: for inputs off the batch axis that change, (*static shape, runs).
            points: the length of the batch axis.
            empty: makes the arrays for what is computed on the way.
            fuse: take products and sums together, which changes the last bits.

        Returns:
            A function of the number of the run in the series, which writes the outputs.
        """
        places = {name: term.index for term, name in self._inputs}
        values = self._constants | {places[name]: inputs[name] for name in places if name not in series}
        changing = {places[name]: given for name, given in series.items() if name in places}
        outputs = [term.index for term in self._outputs]
        return Repeated(self._layout, outputs, points, out, values, changing, self._early, empty, fuse)


def _execute(code: Sequence[tuple], r: list[Any]) -> None:
    """The instructions of a block on its registers."""
    for step in code:
        kind = step[0]
        if kind == 2:
            step[1](r[step[2]], r[step[3]], out=r[step[4]])
        elif kind == 1:
            step[1](r[step[2]], out=r[step[3]])
        elif kind == INTO:
            step[1](*[r[i] for i in step[2]], out=r[step[3]])
        elif kind == PAIR:
            sincos(r[step[2]], r[step[3]], r[step[4]])
        else:
            r[step[3]] = step[1](*[r[i] for i in step[2]])
