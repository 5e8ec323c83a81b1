"""Terms as a flat plan of numpy calls over a batch of points.

Arrays are (*static shape, *batch axes), so that numpy's own broadcasting serves both. Every term knows on which batch
axes it depends: what depends on fewer than all of them is computed once at that size and broadcast late. The rest runs
in blocks that fit the cache, in buffers that are reused as soon as their last reader is done, straight into the results.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import numpy as np

from . import ops, recycle
from .expression import Term, reachable

BLOCK_ELEMENTS = 1 << 16
_BUFFER = 64
# Below about 1 ms of work, handing blocks to a second thread costs more than it saves.
_THREADED_WORK = 1 << 21


def _cores() -> int:
    """How many cores this process may use: in a container fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


THREADS = min(2, _cores())


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, "engine", initializer=quieten)


def quieten() -> None:
    """Settings of numpy for a thread that runs plans, or for the `np.errstate` that surrounds one run.

    Non-finite values are results. And numpy copies broadcast operands into its buffer whenever rows are shorter than
    half of it (8,192 elements), which costs more than the arithmetic; so the buffer is made small.
    """
    np.seterr(all="ignore")
    np.setbufsize(_BUFFER)


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
        threads: int = THREADS,
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
        self._layout = _Layout(self._late, self._outputs, self._function)
        self._positions = {term.index: position for position, term in enumerate(self._late)}
        self._spare: dict[tuple, list[list[Any]]] = {}

    def _early_steps(self, terms: Sequence[Term]) -> list[tuple]:
        return [(t.index, self._function(t), tuple(a.index for a in t.args)) for t in terms if t.args]

    def _function(self, term: Term) -> Any:
        if term.op == "opaque":
            return _identity
        return ops.table[term.op].function(
            self._batch_ndim, tuple(a.shape for a in term.args), term.attributes
        )

    def may_overwrite(self, output: int, name: str) -> bool:
        """Whether an output may be given the array of the input `name` to write into: nothing reads the input later."""
        term = self._outputs[output]
        if term.index not in self._positions or not _is_elementwise(term):
            return False
        base = {t.index: t.index for t, own in self._inputs if own == name}
        for late in self._late:
            row = ops.table.get(late.op)
            if (row is None or row.view) and late.args[0].index in base:
                base[late.index] = late.args[0].index
        read = max(
            (self._positions[late.index] for late in self._late if any(a.index in base for a in late.args)),
            default=-1,
        )
        return read <= self._positions[term.index] and not any(t.index in base for t in self._outputs)

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
        rows = batch_shape[0]
        row_elements = math.prod(batch_shape[1:])
        widest = max(1, max((math.prod(shape) for shape in self._layout.buffers), default=1))
        threaded = self._threads > 1 and rows * row_elements * len(self._layout.code) > _THREADED_WORK
        # Two threads hand the interpreter to and fro at each call; larger blocks make fewer calls.
        elements = self._block_elements * (2 if threaded else 1)
        blocks = max(1, min(rows, round(rows * row_elements * widest / elements)))
        bounds = [rows * i // blocks for i in range(blocks + 1)]
        spans = list(zip(bounds, bounds[1:], strict=False))

        def work(span: tuple[int, int]) -> None:
            self._run_block(values, span, batch_shape, results)

        if blocks > 1 and threaded:
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
        part: Any = (Ellipsis, slice(begin, end), *[slice(None)] * (self._batch_ndim - 1))
        # Taking from and returning to a list are atomic, so threads share the spare sets without a lock.
        spare = self._spare.setdefault(batch, [])
        try:
            registers = spare.pop()
        except IndexError:
            registers = self._registers(batch)
        for register, index in self._layout.read:
            value = values[index]
            registers[register] = value[part] if not whole and self._masks[index] & 1 else value
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

    def bound(
        self, inputs: Mapping[str, np.ndarray], batch_shape: tuple[int, ...], out: Sequence[np.ndarray]
    ) -> Callable[[Mapping[str, np.ndarray]], None]:
        """The plan as one block on arrays that stay where they are, to be run many times.

        Args:
            inputs, out: as for `run`; an output may be the array of an input where `may_overwrite` says so.

        Returns:
            A function that takes those inputs off the batch axes that have changed, and writes the outputs. numpy's
            settings are the caller's business (see `quieten`).
        """
        values: dict[int, Any] = dict(self._constants)
        places = {name: term.index for term, name in self._inputs}
        values.update({index: inputs[name] for name, index in places.items()})
        registers = self._registers(batch_shape)
        for number, register in self._layout.direct:
            registers[register] = out[number]
        # Views of arrays that stay are made once.
        staying = {register for register, _buffer, _row in self._layout.seats}
        staying |= {register for _number, register in self._layout.direct}
        staying |= {register for register, index in self._layout.read if self._masks[index]}
        for register, index in self._layout.read:
            if self._masks[index]:
                registers[register] = values[index]
        code = []
        for step in self._layout.code:
            if step[0] == 0 and len(step[2]) == 1 and step[2][0] in staying and step[3] in self._layout.views:
                registers[step[3]] = step[1](registers[step[2][0]])
                staying.add(step[3])
            else:
                code.append(step)

        def run(changed: Mapping[str, np.ndarray]) -> None:
            values.update({places[name]: value for name, value in changed.items() if name in places})
            for index, function, args in self._early:
                values[index] = function(*[values[arg] for arg in args])
            for register, index in self._layout.read:
                if not self._masks[index]:
                    registers[register] = values[index]
            _execute(code, registers)
            for number, register in self._layout.copied:
                out[number][...] = (
                    registers[register] if register >= 0 else values[self._outputs[number].index]
                )

        return run

    def _registers(self, batch: tuple[int, ...]) -> list[Any]:
        registers: list[Any] = [None] * self._layout.register_count
        arrays = [recycle.empty(shape + batch) for shape in self._layout.buffers]
        for register, buffer, row in self._layout.seats:
            registers[register] = arrays[buffer] if row is None else arrays[buffer][row]
        return registers


def _execute(code: Sequence[tuple], r: list[Any]) -> None:
    """The instructions of a block on its registers."""
    for step in code:
        kind = step[0]
        if kind == 2:
            step[1](r[step[2]], r[step[3]], out=r[step[4]])
        elif kind == 1:
            step[1](r[step[2]], out=r[step[3]])
        else:
            r[step[3]] = step[1](*[r[i] for i in step[2]])


class _Layout:
    """The instructions of a block, a register for every term that they read or write, and buffers shared by liveness.

    Attributes:
        code: (1 or 2, ufunc, argument registers…, result register), or (0, function, argument registers, result
            register) for what makes its own array or view.
        read: (register, term) of what each block reads a part of.
        views: registers whose array is a view of their argument.
        buffers: static shapes.
        seats: (register, buffer, row of it or None).
        direct: (output, register) of results that are computed in their place.
        copied: (output, register) of those that are copied there, register -1 where no block computes them.
    """

    def __init__(
        self, late: Sequence[Term], outputs: Sequence[Term], function: Callable[[Term], Any]
    ) -> None:
        self._late = {term.index for term in late}
        self._registers: dict[int, int] = {}
        self.code: list[tuple] = []
        self.read: list[tuple[int, int]] = []
        self.views: set[int] = set()
        self.buffers: list[tuple[int, ...]] = []
        self.seats: list[tuple[int, int, int | None]] = []
        self.direct: list[tuple[int, int]] = []
        self._free: dict[tuple[int, ...], list[int]] = {}
        self._held: dict[int, int] = {}
        in_place = self._in_place(outputs)
        rows = self._rows(late, in_place)
        root = self._roots(late, rows)
        last_use: dict[int, int] = {}
        for position, term in enumerate(late):
            for arg in term.args:
                if arg.index in root:
                    last_use[root[arg.index]] = position
        kept = {root[term.index] for term in outputs if term.index in root}
        for position, term in enumerate(late):
            args = tuple(self._register(arg) for arg in term.args)
            used = {root[arg.index] for arg in term.args if arg.index in root}
            dying = {index for index in used - kept if last_use[index] == position}
            if _is_elementwise(term):
                # Elementwise, so writing over an argument of the same shape is safe.
                self._release(index for index in dying if self._shape(index) == term.shape)
                out = self._register(term)
                if term.index in in_place:
                    self.direct.append((in_place[term.index], out))
                elif term.index in rows:
                    stack, row = rows[term.index]
                    self.seats.append((out, self._buffer(stack), row))
                else:
                    self.seats.append((out, self._buffer(term), None))
                self.code.append((len(args), ops.table[term.op].ufunc, *args, out))
            elif term.op == "stack" and term.args[0].index in rows:
                self.seats.append((self._register(term), self._buffer(term), None))
            else:
                self.code.append((0, function(term), args, self._register(term)))
                if term.op in ops.table and ops.table[term.op].view:
                    self.views.add(self._register(term))
            self._release(dying)
        self.copied = [
            (number, self._register(term) if term.index in self._late else -1)
            for number, term in enumerate(outputs)
            if in_place.get(term.index) != number
        ]
        self.register_count = len(self._registers)

    def _in_place(self, outputs: Sequence[Term]) -> dict[int, int]:
        """The terms that are computed straight into an output."""
        result: dict[int, int] = {}
        for number, term in enumerate(outputs):
            if term.index in self._late and _is_elementwise(term):
                result.setdefault(term.index, number)
        return result

    def _rows(self, late: Sequence[Term], in_place: Mapping[int, int]) -> dict[int, tuple[Term, int]]:
        """The terms that are computed straight into a row of the one stack that gathers them."""
        stacks: dict[int, list[tuple[Term, int]]] = {}
        for term in late:
            if term.op == "stack":
                for row, arg in enumerate(term.args):
                    stacks.setdefault(arg.index, []).append((term, row))
        result: dict[int, tuple[Term, int]] = {}
        for term in late:
            if term.op == "stack" and all(
                len(stacks[arg.index]) == 1
                and arg.index in self._late
                and arg.index not in in_place
                and _is_elementwise(arg)
                for arg in term.args
            ):
                result |= {arg.index: (term, row) for row, arg in enumerate(term.args)}
        return result

    @staticmethod
    def _roots(late: Sequence[Term], rows: Mapping[int, tuple[Term, int]]) -> dict[int, int]:
        """For each term the term whose memory it shares: the base of a view, the stack of a row."""
        root = {term.index: rows[term.index][0].index if term.index in rows else term.index for term in late}
        for term in late:
            row = ops.table.get(term.op)
            if (row is None or row.view) and term.args[0].index in root:
                root[term.index] = root[term.args[0].index]
        return root

    def _register(self, term: Term) -> int:
        if term.index not in self._registers:
            self._registers[term.index] = len(self._registers)
            if term.index not in self._late:
                self.read.append((self._registers[term.index], term.index))
        return self._registers[term.index]

    def _shape(self, index: int) -> tuple[int, ...] | None:
        return self.buffers[self._held[index]] if index in self._held else None

    def _buffer(self, term: Term) -> int:
        """The buffer of a term: its own, an idle one, or a new one."""
        if term.index not in self._held:
            idle = self._free.get(term.shape)
            if not idle:
                self.buffers.append(term.shape)
            self._held[term.index] = idle.pop() if idle else len(self.buffers) - 1
        return self._held[term.index]

    def _release(self, indices: Iterable[int]) -> None:
        for index in list(indices):
            if index in self._held:
                buffer = self._held.pop(index)
                self._free.setdefault(self.buffers[buffer], []).append(buffer)


def _is_elementwise(term: Term) -> bool:
    row = ops.table.get(term.op)
    return row is not None and row.ufunc is not None


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
