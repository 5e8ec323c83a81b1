"""Terms at one point, as straight-line Python over numpy calls without any batch axis.

For networks, where one step is some dozens of calls of a few microseconds: everything that can be made once is made
once. Arrays stay where they are, views are taken beforehand, and every result has its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from .expression import Term, reachable
from .layout import INTO, OWN, Layout, may_overwrite
from .unrolled import unrolled


class PointPlan:
    """Evaluates some outputs for one point.

    Args:
        outputs: the terms wanted.
        inputs: the input terms, in the order in which their arrays will come.
        over: output number -> number of the input that it becomes for the next run.
        unroll: take kernels apart into single numpy calls.
    """

    def __init__(
        self,
        outputs: Sequence[Term],
        inputs: Sequence[Term],
        over: Mapping[int, int] | None = None,
        unroll: bool = True,
    ) -> None:
        self._unroll = unroll
        terms = reachable(outputs)
        self._outputs = list(outputs)
        self._inputs = {term.index: number for number, term in enumerate(inputs)}
        self._constants = {term.index: term.value for term in terms if term.value is not None}
        self._over = dict(over or {})
        late = [term for term in terms if term.args]
        direct = [
            number
            for number, source in self._over.items()
            if may_overwrite(late, outputs, outputs[number], {inputs[source].index})
        ]
        places = {number: {inputs[source].index} for number, source in self._over.items()}
        self._layout = Layout(late, outputs, 0, direct, over=places)

    def bound(self, arrays: Sequence[np.ndarray]) -> Callable[[], list[np.ndarray]]:
        """The plan on float64 arrays that stay where they are; those of `over` are overwritten by every run.

        Returns:
            A function that gives the outputs, in arrays that the next run may overwrite. numpy's error state is the
            caller's business.
        """
        registers = self._layout.arrays((), np.empty)
        source = _Source(registers, {register for register, *_seat in self._layout.seats}, self._unroll)
        for register, index in self._layout.read:
            source.fix(register, self._given(arrays, index))
        for number, register in self._layout.direct:
            source.fix(register, arrays[self._over[number]])
        for step in self._layout.code:
            source.add(step, self._layout.views)
        results = []
        for term in self._outputs:
            if term.index not in self._layout.registers:
                # An output that nothing computes and nothing reads: an input or a constant.
                source.fix(len(registers), self._given(arrays, term.index))
                results.append(source.name(len(registers) - 1))
            else:
                results.append(source.name(self._layout.registers[term.index]))
        written = dict(self._layout.direct)
        targets = {number: arrays[given] for number, given in self._over.items() if number not in written}
        source.copy({number: results[number] for number in targets}, targets)
        return source.compiled(results)

    def _given(self, arrays: Sequence[np.ndarray], index: int) -> np.ndarray:
        return self._constants[index] if index in self._constants else arrays[self._inputs[index]]


class _Source:
    """Python lines over registers; what stays in its place comes in as an argument.

    Args:
        registers: arrays, None for those made anew in every run; longer ones are appended by `fix`.
        fixed: the registers whose arrays stay.
        unroll: as for the plan.
    """

    def __init__(self, registers: list[Any], fixed: set[int], unroll: bool) -> None:
        self._registers = registers
        self._fixed = fixed
        self._unroll = unroll
        self._given: dict[str, Any] = {}
        self._names: dict[int, str] = {}
        self._lines: list[str] = []

    def fix(self, register: int, array: np.ndarray) -> None:
        """Gives a register an array that stays."""
        if register == len(self._registers):
            self._registers.append(None)
        self._registers[register] = array
        self._fixed.add(register)

    def name(self, register: int) -> str:
        if register in self._fixed:
            self._given[f"r{register}"] = self._registers[register]
        return f"r{register}"

    def add(self, step: tuple, views: set[int]) -> None:
        """One instruction; a view of what stays is taken here and now."""
        kind, function, *places = step
        args, out = places if kind in (OWN, INTO) else (places[:-1], places[-1])
        if out in views and args[0] in self._fixed:
            base = self._registers[args[0]]
            view = function(base)
            if np.may_share_memory(view, base):
                self.fix(out, view)
                return
        if kind != OWN and self._unroll and self._fixed.issuperset((*args, out)):
            calls = unrolled(function, [self._registers[place] for place in args], self._registers[out])
            if calls is not None:
                for single, operands, target in calls:
                    given = ", ".join(map(self._argument, operands))
                    self._lines.append(f"{self._argument(single)}({given}, out={self._argument(target)})")
                return
        call = f"f{len(self._lines)}"
        self._given[call] = function
        given = ", ".join(map(self.name, args))
        self._lines.append(
            f"r{out} = {call}({given})" if kind == OWN else f"{call}({given}, out={self.name(out)})"
        )

    def _argument(self, value: Any) -> str:
        """The name under which something that stays comes in."""
        name = self._names.setdefault(id(value), f"a{len(self._names)}")
        self._given[name] = value
        return name

    def copy(self, names: Mapping[int, str], targets: Mapping[int, np.ndarray]) -> None:
        """Results copied to their targets, as if all at once: a result may lie in another's target."""
        self._lines += [f"t{number} = {name}.copy()" for number, name in names.items()]
        for number, target in targets.items():
            self._given[f"x{number}"] = target
            self._lines.append(f"x{number}[...] = t{number}")

    def compiled(self, results: Sequence[str]) -> Callable[[], list[np.ndarray]]:
        # As in scalar.py, every name is the engine's own, every number comes in as an argument, and nothing holds itself.
        given = ", ".join(f"{name}={name}" for name in self._given)
        body = "\n    ".join([*self._lines, f"return [{', '.join(results)}]"])
        namespace = dict(self._given)
        exec(_compiled(f"def run({given}):\n    {body}\n"), namespace)  # noqa: S102
        return namespace.pop("run")


@lru_cache(maxsize=64)
def _compiled(source: str) -> CodeType:
    """Every race of a plan has the same source."""
    return compile(source, "<gdstudio plan>", "exec")
