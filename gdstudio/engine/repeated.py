"""A plan as one block on arrays that stay, run once for each entry of some series: a list of numpy calls.

What changes from run to run is the same for the whole batch, such as the number of a step. What follows from it is
computed for many runs at once, and operands are found once, so that hardly any Python runs between two calls on long
arrays: threads that share the interpreter would wait for each other there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from .fused import scaled_sums
from .layout import INTO, OWN, PAIR, Layout
from .sincos import sincos

Array = np.ndarray
# A term's index, its function, and the indices of its arguments.
Early = tuple[int, Callable, tuple[int, ...]]

# Runs for which shared numbers are computed at once.
_AHEAD = 256
_COMPARISONS = (np.greater, np.less, np.equal)


class Repeated:
    """Runs the instructions of a layout on the same arrays again and again.

    Args:
        layout: of terms with one batch axis.
        outputs: the indices of its outputs.
        racers: the length of the batch axis.
        out: an array for each output, (*static shape, racers).
        values: term -> its array, for constants and inputs that stay: (*static shape, racers or 1).
        series: term -> its values, (*static shape, runs), for inputs that all racers share.
        early: the steps that compute from these what all racers share.
        empty: makes an array for what is computed on the way.
        fuse: take products and sums together where that is possible (`scaled_sums`).
    """

    def __init__(
        self,
        layout: Layout,
        outputs: Sequence[int],
        racers: int,
        out: Sequence[Array],
        values: Mapping[int, Array],
        series: Mapping[int, Array],
        early: Sequence[Early],
        empty: Callable[[tuple[int, ...]], Array],
        fuse: bool,
    ) -> None:
        self._series = series
        self._values = dict(values)
        self._early: list[Early] = []
        moving = set(series)
        for index, function, args in early:
            if moving.isdisjoint(args):
                self._values[index] = function(*[self._values[arg] for arg in args])
            else:
                moving.add(index)
                self._early.append((index, function, args))
        wanted = {index for _register, index in layout.read} | set(outputs)
        self._ahead = self._looked_ahead(0)
        self._begin = 0
        # The shared numbers of the current run.
        self._now = {index: np.empty_like(self._ahead[index][..., 0]) for index in moving & wanted}
        registers = layout.arrays((racers,), empty)
        for number, register in layout.direct:
            registers[register] = out[number]
        for register, index in layout.read:
            registers[register] = self._held(index)
        code = _without_views(layout, registers)
        made = {step[-1] for step in code if step[0] == OWN}
        self._staying = {register for register in range(len(registers)) if register not in made}
        self._registers = registers
        kept = [layout.registers[index] for index in outputs if index in layout.registers]
        # What views show is read by whoever reads them.
        kept += [i for step in layout.code if step[0] == OWN and step[-1] in layout.views for i in step[2]]
        sums, superfluous = scaled_sums(code, registers, kept) if fuse else ({}, set())
        self._calls: list[Callable[[], Any]] = []
        for position, step in enumerate(code):
            if position in sums:
                self._calls.append(sums[position])
            elif position not in superfluous:
                self._add(step)
        for number, register in layout.copied:
            if register in self._staying or register < 0:
                source = registers[register] if register >= 0 else self._held(outputs[number])
                self._calls.append(partial(np.copyto, out[number], source))
            else:
                self._calls.append(partial(_write, np.positive, registers, (register,), out[number]))

    def __call__(self, number: int) -> None:
        """Run `number`, from 0. numpy's settings are the caller's business (see `quieten`)."""
        at = number - self._begin
        if not 0 <= at < _AHEAD:
            self._begin, at = number, 0
            self._ahead = self._looked_ahead(number)
        for index, now in self._now.items():
            now[...] = self._ahead[index][..., at]
        for call in self._calls:
            call()

    def _looked_ahead(self, begin: int) -> dict[int, Array]:
        """What changes, in the runs from `begin` on: (*static shape, runs)."""
        found = {index: values[..., begin : begin + _AHEAD] for index, values in self._series.items()}
        for index, function, args in self._early:
            found[index] = function(*[found[arg] if arg in found else self._values[arg] for arg in args])
        return found

    def _held(self, index: int) -> Array:
        """The array of what is not computed for each racer, with a batch axis."""
        return self._now[index][..., None] if index in self._now else self._values[index]

    def _add(self, step: tuple) -> None:
        """An instruction as a call, its operands at hand where they stay."""
        kind, function, *places = step
        r, out = self._registers, places[-1]
        args = tuple(places[0]) if kind in (INTO, OWN) else tuple(places[:-1])
        staying = self._staying.issuperset(args)
        if kind == OWN:
            self._calls.append(partial(_make, function, r, args, out))
        elif kind == PAIR:
            self._calls.append(partial(_write, _both, r, args, r[out]))
        elif not staying:
            self._calls.append(partial(_write, function, r, args, r[out]))
        else:
            operands = [r[i] if kind == INTO else _number(r[i]) for i in args]
            place = r[out]
            if function in _COMPARISONS and place.size > 1:
                # As numbers at once they would go through numpy's small buffer.
                place = np.empty(place.shape, dtype=bool)
            self._calls.append(partial(function, *operands, out=place))
            if place is not r[out]:
                self._calls.append(partial(np.copyto, r[out], place))


def _without_views(layout: Layout, registers: list[Any]) -> list[tuple]:
    """The instructions but for views of arrays that stay, which are put into their registers."""
    code = []
    fresh: set[int] = set()
    for step in layout.code:
        if step[0] == OWN and step[-1] in layout.views and fresh.isdisjoint(step[2]):
            registers[step[-1]] = step[1](*[registers[i] for i in step[2]])
        else:
            if step[0] == OWN:
                fresh.add(step[-1])
            code.append(step)
    return code


# Registers are a list rather than the object, so that the arrays are let go with it.
def _make(function: Callable, registers: list[Any], args: tuple[int, ...], out: int) -> None:
    registers[out] = function(*[registers[i] for i in args])


def _write(function: Callable, registers: list[Any], args: tuple[int, ...], out: Array) -> None:
    function(*[registers[i] for i in args], out=out)


def _number(operand: Array) -> Array:
    """A single number without its axis, which ufuncs take in more quickly."""
    return operand.reshape(()) if operand.shape == (1,) else operand


def _both(angle: Array, sine: Array, out: Array) -> None:
    sincos(angle, sine, out)
