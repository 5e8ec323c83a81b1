"""Why a racer took a step: the lines of its rule at that step, each with its numbers.

A race keeps points, not the memory of every rule, so the rule is run again along the racer's path up to the
step; that is exact, since a rule sees nothing but points and gradients. No Qt here; for a worker thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import Race, Racer, optimizers, update
from gdstudio.engine.cached import cached_property
from gdstudio.engine.data import Batches
from gdstudio.engine.kernel import (
    DIFFERENCE_STEP,
    Block,
    PointKernel,
    StepTerms,
    blocks_of,
    clips_across,
    joint_blocks,
    without_clipping,
)
from gdstudio.engine.program import Program
from gdstudio.engine.replay import clipped
from gdstudio.ui.race.formula_html import filled_text
from gdstudio.ui.race.numbers import MINUS, format_value
from gdstudio.ui.translation import from_engine

_MOST_ENTRIES = 4
_MOST_CURVATURES = 60
# Where only the gradient is wanted, the rule does not matter.
_STILL = optimizers.parse_rule("x = x")


@dataclass(frozen=True)
class FilledLine:
    """One line of a rule.

    Attributes:
        name, expression: as the rule has it.
        known: what each name stood for when the line ran.
        value: what the line gave.
    """

    name: str
    expression: str
    known: Mapping[str, Any]
    value: np.ndarray


@dataclass(frozen=True)
class Explanation:
    """One step of one racer.

    Attributes:
        step: the step is from point `step` to point `step + 1` of the path.
        coordinates: names of the coordinates that move together here: all scalars, or one tensor.
        block, blocks: which of the parts that the rule moves by themselves this is, and the names of all.
        lines: empty for a rule that is no formula.
        before, after, gradient: the point, the point after, and the gradient before, for these coordinates.
        curvatures: eigenvalues of the Hessian before the step in rising order; empty when there are too many
            coordinates or it is not finite.
        note: what else to say, a sentence or nothing.
    """

    step: int
    coordinates: tuple[str, ...]
    lines: tuple[FilledLine, ...]
    before: np.ndarray
    after: np.ndarray
    gradient: np.ndarray
    block: int
    blocks: tuple[str, ...]
    curvatures: np.ndarray
    note: str = ""

    @property
    def stable_rate(self) -> float | None:
        """Plain descent with a smaller learning rate than this shrinks every direction that curves up: 2/λmax."""
        return 2.0 / self.curvatures[-1] if len(self.curvatures) and self.curvatures[-1] > 0 else None

    @property
    def best_rate(self) -> float | None:
        """The fixed learning rate with which plain descent is quickest on this quadratic: 2/(λmin + λmax)."""
        if not len(self.curvatures) or self.curvatures[0] <= 0:
            return None
        return 2.0 / (self.curvatures[0] + self.curvatures[-1])


@dataclass
class _Memory:
    """What the rule remembers of one block after so many steps."""

    steps: int
    state: dict[str, Any]


@dataclass
class Explainer:
    """Explains steps of one racer on one graph, keeping the rule's memory between questions.

    Attributes:
        path: where the racer went, (steps + 1, n).
        rates: its learning rate at each step, (steps + 1,); None = the same at all.
        index: its place among the racers that took part, from which its noise follows.
    """

    document: Document
    racer: RacerSettings
    path: np.ndarray
    rates: np.ndarray | None = None
    index: int = 0
    _memories: dict[int, _Memory] = field(init=False, default_factory=dict, repr=False)

    @cached_property
    def _program(self) -> Program:
        return self.document.graph.compile()

    @cached_property
    def _blocks(self) -> Sequence[Block]:
        return blocks_of(self._program)

    @cached_property
    def _rule(self) -> optimizers.UpdateRule | optimizers.ClassicalRule:
        return optimizers.get(self.racer.optimizer)

    @cached_property
    def _options(self) -> dict[str, Any]:
        return self._engine_racer.resolved()

    @cached_property
    def _engine_racer(self) -> Racer:
        return self.racer.engine_racer(self.path[0].tolist())

    def _numbers(self, step: int) -> dict[str, float]:
        """The rule's numbers at a step; the schedule changes one."""
        rule = self._rule
        numbers = rule.numbers(self._options) if isinstance(rule, optimizers.UpdateRule) else {}
        if self.rates is not None and "learning_rate" in numbers and step < len(self.rates):
            numbers["learning_rate"] = float(self.rates[step])
        return numbers

    def explain(
        self, step: int, block: int = 0, cancelled: Callable[[], bool] = lambda: False
    ) -> Explanation | None:
        """The step from point `step` of the path, for one of the blocks; None when cancelled."""
        block = min(block, len(self._blocks) - 1)
        places = list(self._blocks[block].positions)
        names = tuple(self._program.coordinates[place] for place in places)
        before, after = self.path[step][places], self.path[step + 1][places]
        gradient = self._gradients(step, step + 1)[1][0][places]
        lines = self.lines(step, block, cancelled)
        if lines is None:
            return None
        blocks = tuple(", ".join(b.names) for b in self._blocks)
        note = self._note if lines else _no_formula(self._rule.title, self._rule.meaning)
        curvatures = self._curvatures(self.path[step])
        return Explanation(step, names, lines, before, after, gradient, block, blocks, curvatures, note)

    def lines(
        self, step: int, block: int = 0, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[FilledLine, ...] | None:
        """The lines of the rule from point `step` of the path, which may be its last, for one of the blocks.

        None when cancelled; empty for a rule that is no formula.
        """
        rule = self._rule
        return self._lines(rule, step, block, cancelled) if isinstance(rule, optimizers.UpdateRule) else ()

    @property
    def positions(self) -> tuple[tuple[int, ...], ...]:
        """Which coordinates each block moves, in the order of its numbers."""
        return tuple(tuple(block.positions) for block in self._blocks)

    def block_of(self, names: Sequence[str]) -> int | None:
        """The block that moves all these coordinates together, None where they are in several."""
        places = {self._program.coordinates.index(name) for name in names}
        return next((k for k, block in enumerate(self._blocks) if places <= set(block.positions)), None)

    def _curvatures(self, point: np.ndarray) -> np.ndarray:
        if self._program.size > _MOST_CURVATURES:
            return np.empty(0)
        with np.errstate(all="ignore"):
            hessian = self._program.hessian(point)
        return np.linalg.eigvalsh(hessian) if np.all(np.isfinite(hessian)) else np.empty(0)

    def _lines(
        self, rule: optimizers.UpdateRule, step: int, block: int, cancelled: Callable[[], bool]
    ) -> tuple[FilledLine, ...] | None:
        shape, places = self._blocks[block].shape, list(self._blocks[block].positions)
        ndim = len(shape)
        together = clips_across(self._blocks, self._options)
        options = without_clipping(self._options) if together else self._options
        numbers = self._numbers(0)
        states = rule.active_state(options, ndim)
        compiled = update.compile_update(rule.text(options, ndim), states, tuple(numbers), shape)
        memory = self._memories.get(block)
        if memory is None or step < memory.steps:
            memory = _Memory(0, compiled.initial(self.path[0][places].reshape(shape), numbers))
            self._memories[block] = memory
        with np.errstate(all="ignore"):
            first = memory.steps
            losses, gradients = self._gradients(first, step + 1)
            if together:
                gradients = clipped(gradients, self._options)
            for index in range(first, step):
                if cancelled():
                    return None
                x, g = self.path[index][places], gradients[index - first][places]
                _, memory.state = compiled.step(
                    x.reshape(shape), g.reshape(shape), float(index + 1), memory.state,
                    self._numbers(index), losses[index - first],
                )  # fmt: skip
                memory.steps = index + 1
            numbers = self._numbers(step)
            x, g = self.path[step][places].reshape(shape), gradients[-1][places].reshape(shape)
            lines = compiled.lines(x, g, float(step + 1), memory.state, numbers, losses[-1])
        known: dict[str, Any] = {"x": x, "g": g, "t": float(step + 1), **numbers, **memory.state}
        result = []
        for line in lines:
            result.append(FilledLine(line.name, line.expression, known, line.value))
            known = {**known, line.name: line.value}
        return tuple(result)

    def _gradients(self, first: int, end: int) -> tuple[np.ndarray, np.ndarray]:
        """The losses, and the gradients (..., n) that the racer saw, at steps `first` to `end` - 1."""
        points = self.path[first:end]
        if self.racer.batch_size is not None:
            losses, found = self._on_batches(first, points)
        elif self.racer.gradient == "analytic":
            losses, found = self._program.value_and_gradient(points)
        else:
            steps = DIFFERENCE_STEP * np.eye(points.shape[-1])
            ahead, behind = points[..., None, :] + steps, points[..., None, :] - steps
            losses = self._program.value(points)
            found = (self._program.value(ahead) - self._program.value(behind)) / (2 * DIFFERENCE_STEP)
        return losses, found if self._noise is None else found + self._noise[first:end]

    def _on_batches(self, first: int, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        batches, _names = self._batches
        still = self._batch_kernel.bound(points[0], _STILL.numbers(_STILL.resolve()))
        losses, found = [], []
        with np.errstate(all="ignore"):
            for step, point in enumerate(points, start=first):
                rows = batches.rows(step)
                for name, batch in still.data.items():
                    batch[...] = self._data(name)[rows]
                still.place(point)
                loss, gradient = still.step(1.0)
                losses.append(loss)
                found.append(gradient.copy())
        return np.array(losses), np.array(found)

    def _data(self, name: str) -> np.ndarray:
        value = self._program.graph.nodes[name].value
        assert value is not None, "a leaf of kind data has rows"
        return value

    @cached_property
    def _batches(self) -> tuple[Batches, list[str]]:
        race = Race(self._program, [self._engine_racer], seed=self.document.race.seed)
        drawn = race.batches(self._engine_racer)
        assert drawn is not None, "only asked of racers with a batch size"
        return drawn

    @cached_property
    def _batch_kernel(self) -> PointKernel:
        """Gives the gradient on a batch."""
        batches, names = self._batches
        shapes = {name: self._data(name)[batches.rows(0)].shape for name in names}
        numerical = self.racer.gradient == "numerical"
        return PointKernel(StepTerms(self._program, _STILL, _STILL.resolve(), numerical, batch=shapes))

    @cached_property
    def _noise(self) -> np.ndarray | None:
        """The noise of every step, (steps + 1, n); None where there is none or its order is not known."""
        if not self.racer.noise or self._note:
            return None
        generator = np.random.default_rng([self.document.race.seed, self.index])
        return self.racer.noise * generator.standard_normal(self.path.shape)

    @cached_property
    def _note(self) -> str:
        """What the numbers leave out."""
        rule = self._rule
        if not self.racer.noise or not isinstance(rule, optimizers.UpdateRule):
            return ""
        blocks = joint_blocks(self._program, rule, self._options)
        order = [place for block in blocks for place in block.positions]
        if order == sorted(order):
            return ""
        return QCoreApplication.translate(
            "Explanation", "The gradient here is without the random noise that this racer's steps have."
        )


def _no_formula(title: str, meaning: str) -> str:
    told = QCoreApplication.translate("Explanation", "{0} is no formula. {1}")
    return told.format(from_engine(title), from_engine(meaning))


def number_text(value: Any, inside: bool = False) -> str:
    """A number or a small array in four digits; negative numbers in brackets when `inside` an expression."""
    array = np.asarray(value, dtype=float)
    if array.ndim == 0 or array.size == 1:
        text = _short(float(array.reshape(())) if array.ndim == 0 else float(array.ravel()[0]))
        return f"({text})" if inside and text.startswith(MINUS) else text
    shown = [_short(float(v)) for v in array.ravel()[:_MOST_ENTRIES]]
    if array.size > _MOST_ENTRIES:
        shown.append(QCoreApplication.translate("Explanation", "… {0} numbers").format(array.size))
    return f"({', '.join(shown)})"


def _short(value: float) -> str:
    return format_value(float(f"{value:.4g}")) if np.isfinite(value) else format_value(value)


def lines_as_text(lines: Sequence[FilledLine]) -> str:
    """The whole step as plain text, for the clipboard."""

    def block(line: FilledLine) -> str:
        numbers = filled_text(line.expression, lambda name: _number_of(line, name))
        indent = " " * len(line.name)
        return f"{line.name} = {line.expression}\n{indent} = {numbers}\n{indent} = {number_text(line.value)}"

    return "\n".join(map(block, lines))


def _number_of(line: FilledLine, name: str) -> str:
    return number_text(line.known[name], inside=True) if name in line.known else name
