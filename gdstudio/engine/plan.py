"""Terms as a flat plan of numpy calls over a batch of points.

Arrays are (*static shape, *batch axes), so that numpy's own broadcasting serves both. Every term knows on which batch
axes it depends: what depends on fewer than all of them is computed once at that size and broadcast late. The rest runs
in blocks that fit the cache, in buffers that are reused as soon as their last reader is done, straight into the results.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np

from . import ops, recycle
from .expression import Term, reachable

BLOCK_ELEMENTS = 1 << 16
# Below about 0.3 ms of work, handing blocks to a second thread costs more than it saves.
_THREADED_WORK = 1 << 20
_THREADS = max(1, min(2, os.cpu_count() or 1))


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    # numpy's error state belongs to a thread; set once here, it costs nothing in each call.
    return ThreadPoolExecutor(_THREADS, "engine", initializer=lambda: np.seterr(all="ignore"))


class ArrayPlan:
    """Evaluates some outputs of a tape for a whole batch at once.

    Args:
        outputs: the terms wanted.
        masks: for each input name, the batch axes on which it depends, as a bit mask (bit 0 is the first batch axis).
        batch_ndim: number of batch axes, at least 1.
        threads: at most so many blocks at once.
        block_elements: elements of a block; a block is cut along the first batch axis.
    """

    def __init__(
        self,
        outputs: Sequence[Term],
        masks: Mapping[str, int],
        batch_ndim: int = 1,
        threads: int = _THREADS,
        block_elements: int = BLOCK_ELEMENTS,
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
        self._late = [term for term in terms if term.index in late]
        self._compile(late)
        self._spare: dict[tuple, list[list[Any]]] = {}

    def _early_steps(self, terms: Sequence[Term]) -> list[tuple]:
        return [(t.index, self._function(t), tuple(a.index for a in t.args)) for t in terms if t.args]

    def _function(self, term: Term) -> Any:
        if term.op == "opaque":
            return _identity
        return ops.table[term.op].function(
            self._batch_ndim, tuple(a.shape for a in term.args), term.attributes
        )

    def _compile(self, late: set[int]) -> None:
        """Assigns a register to every term that blocks read or write, and a shared buffer to every elementwise result."""
        registers: dict[int, int] = {}
        self._sliced: list[
            tuple[int, int]
        ] = []  # (register, term) of early terms that each block reads a part of

        def register(term: Term) -> int:
            if term.index not in registers:
                registers[term.index] = len(registers)
                if term.index not in late:
                    self._sliced.append((registers[term.index], term.index))
            return registers[term.index]

        root = {term.index: term.index for term in self._late}
        for term in self._late:
            row = ops.table.get(term.op)
            if (row is None or row.view) and term.args[0].index in root:
                root[term.index] = root[term.args[0].index]
        last_use: dict[int, int] = {}
        for position, term in enumerate(self._late):
            for arg in term.args:
                if arg.index in root:
                    last_use[root[arg.index]] = position

        direct: dict[int, int] = {}  # term -> output that it is computed straight into
        self._copied: list[tuple[int, int]] = []  # (output, register) of results that must be copied
        for number, term in enumerate(self._outputs):
            if (
                term.index in late
                and ops.table.get(term.op)
                and ops.table[term.op].ufunc
                and term.index not in direct
            ):
                direct[term.index] = number
        self._direct: list[tuple[int, int]] = []
        buffers: list[tuple[int, ...]] = []  # static shapes
        free: dict[tuple[int, ...], list[int]] = {}
        held: dict[int, int] = {}  # term -> buffer
        users: list[tuple[int, int]] = []  # (register, buffer)
        code: list[tuple] = []
        kept = {root[term.index] for term in self._outputs if term.index in root}
        for position, term in enumerate(self._late):
            args = tuple(register(arg) for arg in term.args)
            dying = {
                root[a.index]
                for a in term.args
                if a.index in root and last_use[root[a.index]] == position and root[a.index] not in kept
            }
            row = ops.table.get(term.op)
            if row is not None and row.ufunc is not None:
                for index in dying:
                    # Elementwise, so writing over an argument of the same shape is safe.
                    if index in held and buffers[held[index]] == term.shape:
                        free.setdefault(term.shape, []).append(held.pop(index))
                out = register(term)
                if term.index in direct:
                    self._direct.append((direct[term.index], out))
                else:
                    spare = free.get(term.shape)
                    if spare:
                        held[term.index] = spare.pop()
                    else:
                        held[term.index] = len(buffers)
                        buffers.append(term.shape)
                    users.append((out, held[term.index]))
                code.append((len(args), row.ufunc, *args, out))
            else:
                code.append((0, self._function(term), args, register(term)))
            for index in dying:
                if index in held:
                    buffer = held.pop(index)
                    free.setdefault(buffers[buffer], []).append(buffer)
        for number, term in enumerate(self._outputs):
            if term.index not in direct or direct[term.index] != number:
                self._copied.append((number, register(term) if term.index in late else -1))
        self._code = code
        self._buffers = buffers
        self._buffer_users = users
        self._register_count = len(registers)

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
        with np.errstate(all="ignore"):
            values = dict(self._constants)
            for term, name in self._inputs:
                values[term.index] = inputs[name]
            for index, function, args in self._early:
                values[index] = function(*[values[arg] for arg in args])
            for number, source in self._copied:
                if source < 0:
                    results[number][...] = values[self._outputs[number].index]
            if self._late:
                self._run_blocks(values, batch_shape, results)
        return results

    def _run_blocks(
        self, values: Mapping[int, Any], batch_shape: tuple[int, ...], results: list[np.ndarray]
    ) -> None:
        rows = batch_shape[0]
        row_elements = math.prod(batch_shape[1:])
        widest = max(1, max((math.prod(shape) for shape in self._buffers), default=1))
        blocks = max(1, min(rows, round(rows * row_elements * widest / self._block_elements)))
        bounds = [rows * i // blocks for i in range(blocks + 1)]
        spans = list(zip(bounds, bounds[1:], strict=False))

        def work(span: tuple[int, int]) -> None:
            self._run_block(values, span, batch_shape, results)

        if blocks > 1 and self._threads > 1 and rows * row_elements * len(self._code) > _THREADED_WORK:
            list(_pool().map(work, spans))
        else:
            for span in spans:
                work(span)

    def _run_block(
        self,
        values: Mapping[int, Any],
        span: tuple[int, int],
        batch_shape: tuple[int, ...],
        results: list[np.ndarray],
    ) -> None:
        begin, end = span
        batch = (end - begin, *batch_shape[1:])
        whole = end - begin == batch_shape[0]
        part = (Ellipsis, slice(begin, end), *[slice(None)] * (self._batch_ndim - 1))
        # Taking from and returning to a list are atomic, so threads share the spare sets without a lock.
        spare = self._spare.setdefault(batch, [])
        try:
            registers = spare.pop()
        except IndexError:
            registers = self._registers(batch)
        for register, index in self._sliced:
            value = values[index]
            registers[register] = value[part] if not whole and self._masks[index] & 1 else value
        for number, register in self._direct:
            registers[register] = results[number] if whole else results[number][part]
        r = registers
        for step in self._code:
            kind = step[0]
            if kind == 2:
                step[1](r[step[2]], r[step[3]], out=r[step[4]])
            elif kind == 1:
                step[1](r[step[2]], out=r[step[3]])
            else:
                r[step[3]] = step[1](*[r[i] for i in step[2]])
        for number, register in self._copied:
            if register >= 0:
                results[number][part] = r[register]
        if len(self._spare) > 8:
            self._spare.clear()
        else:
            spare.append(registers)

    def _registers(self, batch: tuple[int, ...]) -> list[Any]:
        registers: list[Any] = [None] * self._register_count
        arrays = [np.empty(shape + batch) for shape in self._buffers]
        for register, buffer in self._buffer_users:
            registers[register] = arrays[buffer]
        return registers


class PointPlan:
    """Evaluates some outputs at one point, as straight-line Python over numpy calls without any batch axis.

    Args:
        outputs: the terms wanted.
        inputs: the input terms, in the order in which the arrays will come.
    """

    def __init__(self, outputs: Sequence[Term], inputs: Sequence[Term]) -> None:
        namespace: dict[str, Any] = {}
        names = {term.index: f"x{i}" for i, term in enumerate(inputs)}
        lines = []
        for term in reachable(outputs):
            if term.value is not None:
                names[term.index] = f"c{term.index}"
                namespace[f"c{term.index}"] = term.value
            elif term.op == "opaque":
                names[term.index] = names[term.args[0].index]
            elif term.args:
                function = ops.table[term.op].function(0, tuple(a.shape for a in term.args), term.attributes)
                namespace[f"f{term.index}"] = function
                names[term.index] = f"v{term.index}"
                lines.append(f"v{term.index} = f{term.index}({', '.join(names[a.index] for a in term.args)})")
        given = ", ".join([*(f"x{i}" for i in range(len(inputs))), *(f"{name}={name}" for name in namespace)])
        body = "\n    ".join([*lines, f"return [{', '.join(names[term.index] for term in outputs)}]"])
        # As in scalar.py, every name is the engine's own and every number an argument.
        exec(compile(f"def run({given}):\n    {body}\n", "<gdstudio plan>", "exec"), namespace)  # noqa: S102
        self._run = namespace["run"]

    def __call__(self, *arrays: Any) -> list[np.ndarray]:
        """The outputs for these inputs; numpy's error state is the caller's business."""
        return self._run(*arrays)


def _identity(x: np.ndarray) -> np.ndarray:
    return x
