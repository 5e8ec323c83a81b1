"""One step of a race as terms: loss, gradient and update rule on one tape, run as numpy calls.

`PointKernel` steps one racer; thousands of racers that share a rule advance together: array_kernel.py. Small graphs run
as generated Python instead: scalar_kernel.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import ops
from .cached import cached_property
from .columns import columnwise
from .derivative import gradients, or_zeros
from .expression import Tape, Term
from .optimizers import UpdateRule
from .point_plan import PointPlan
from .program import Program
from .rule_traits import is_elementwise
from .shapes import Shape
from .update import initial_terms, lower_update

DIFFERENCE_STEP = 1e-4


@dataclass(frozen=True)
class Block:
    """Coordinates that one copy of the rule updates together: all scalar parameters, or one tensor."""

    names: tuple[str, ...]
    positions: tuple[int, ...]
    shape: Shape


def blocks_of(program: Program) -> Sequence[Block]:
    """How a rule sees the parameters: the scalars as one vector, every tensor in its own shape."""
    if "blocks" not in program.kernels:
        program.kernels["blocks"] = _blocks(program)
    return program.kernels["blocks"]


def _blocks(program: Program) -> tuple[Block, ...]:
    position = 0
    scalars: list[tuple[str, int]] = []
    tensors = []
    for name, shape in program.shapes.items():
        size = math.prod(shape)
        if shape == ():
            scalars.append((name, position))
        else:
            tensors.append(Block((name,), tuple(range(position, position + size)), shape))
        position += size
    together = (
        [Block(tuple(n for n, _ in scalars), tuple(p for _, p in scalars), (len(scalars),))]
        if scalars
        else []
    )
    return (*together, *tensors)


def joint_blocks(program: Program, rule: UpdateRule, options: Mapping[str, Any]) -> Sequence[Block]:
    """`blocks_of`, or one block of all coordinates where the rule treats each coordinate by itself anyway.

    Clipping by the norm does not count: it is the norm over all coordinates.
    """
    blocks = blocks_of(program)
    unclipped = {**options, "clip_norm": 0.0}
    if len(blocks) > 1 and is_elementwise(rule, unclipped, {len(block.shape) for block in blocks}):
        return [Block(tuple(program.shapes), tuple(range(program.size)), (program.size,))]
    return blocks


def clips_across(blocks: Sequence[Block], options: Mapping[str, Any]) -> bool:
    """Whether gradients are clipped by a norm that reaches over several blocks, which no block's rule can know."""
    return len(blocks) > 1 and options["clip_norm"] > 0


def without_clipping(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a rule whose gradients come clipped."""
    return {**options, "clip_norm": 0.0, "clip_value": 0.0}


def _clipped(gradients: Sequence[Term], given: Mapping[str, Term], options: Mapping[str, Any]) -> list[Term]:
    """The gradients of all blocks, cut by value where that is asked for and then shortened together."""
    if options["clip_value"] > 0:
        limit = given["clip_value"]
        gradients = [ops.minimum(ops.maximum(g, -limit), limit) for g in gradients]
    tape, most = gradients[0].tape, given["clip_norm"]
    length = tape.apply("norm", ops.stack(*[tape.apply("norm", g) for g in gradients]))
    return [g * most / ops.maximum(length, most) for g in gradients]


def _lowered_at(program: Program, tape: Tape, leaves: Mapping[str, Term]) -> Term:
    return program.lowered(tape, lambda name, _shape: leaves[name])


def differentiated(
    program: Program, loss: Term, leaves: Mapping[str, Term], numerical: bool = False
) -> dict[str, Term]:
    """The gradient of the loss by each leaf, from the graph or by central differences with h = 1e-4."""
    if not numerical:
        found = gradients(loss, list(leaves.values()))
        return {name: or_zeros(g, leaves[name]) for name, g in zip(leaves, found, strict=True)}
    h = DIFFERENCE_STEP
    result = {}
    for name, shape in program.shapes.items():
        parts = []
        for place in np.ndindex(shape):
            one = np.zeros(shape)
            one[place] = h
            ahead, behind = (
                _lowered_at(program, loss.tape, {**leaves, name: moved})
                for moved in (leaves[name] + one, leaves[name] - one)
            )
            parts.append((ahead - behind) / (2.0 * h))
        result[name] = parts[0] if shape == () else ops.reshape(ops.stack(*parts), shape=shape)
    return result


class StepTerms:
    """What happens in one step, as terms.

    Args:
        program: the loss.
        rule: how x moves.
        options: every option of the rule; switches and choices shape the text, numbers become inputs.
        numerical: take central differences (h = 1e-4) instead of the graph's gradient.
        noisy: add an input to the gradient.
        batch: data leaf -> shape of the mini-batch that replaces it in the gradient (never in the recorded loss).

    Attributes:
        loss: scalar term; x, g, moved: a term for each block; state: name -> term for each block.
        ranges: the least and the greatest value of t and of each option, by input.
    """

    def __init__(
        self,
        program: Program,
        rule: UpdateRule,
        options: Mapping[str, Any],
        numerical: bool = False,
        noisy: bool = False,
        batch: Mapping[str, Shape] | None = None,
    ) -> None:
        self.blocks = joint_blocks(program, rule, options)
        tape = Tape()
        self.tape = tape
        self.x = [tape.input(f"x {b}", block.shape) for b, block in enumerate(self.blocks)]
        self.t = tape.input("t")
        self.options = {name: tape.input(f"option {name}") for name in rule.numbers(options)}
        self.ranges = {"t": (1.0, math.inf)} | {
            f"option {name}": rule.option(name).bounds for name in self.options
        }
        leaves: dict[str, Term] = {}
        for x, block in zip(self.x, self.blocks, strict=True):
            leaves |= _leaves_of(x, [(name, program.shapes[name]) for name in block.names])
        leaves = {name: leaves[name] for name in program.shapes}
        self.batch = {name: tape.input(f"data {name}", shape) for name, shape in (batch or {}).items()}
        self.loss = program.lowered(tape, lambda name, _shape: leaves[name])
        seen = program.lowered(tape, lambda name, _shape: leaves[name], self.batch) if batch else self.loss
        found = differentiated(program, seen, leaves, numerical)
        self.noise: list[Term] = []
        self.moved: list[Term] = []
        self.state: list[dict[str, Term]] = []
        self.initial: list[dict[str, Term]] = []
        self.next_state: list[dict[str, Term]] = []
        self.g = [_together([found[name] for name in block.names], block.shape) for block in self.blocks]
        seen_by_rule = self.g
        if noisy:
            self.noise = [tape.input(f"noise {b}", block.shape) for b, block in enumerate(self.blocks)]
            seen_by_rule = [g + noise for g, noise in zip(self.g, self.noise, strict=True)]
        if clips_across(self.blocks, options):
            seen_by_rule = _clipped(seen_by_rule, self.options, options)
            options = without_clipping(options)
        for b, (block, g) in enumerate(zip(self.blocks, seen_by_rule, strict=True)):
            states = rule.active_state(options, len(block.shape))
            state = {
                s.name: tape.input(f"state {b} {s.name}", () if s.scalar else block.shape) for s in states
            }
            text = rule.text(options, len(block.shape))
            lowered = lower_update(text, tape, self.x[b], g, self.t, self.options, state, seen)
            self.moved.append(lowered.x)
            self.state.append(state)
            self.next_state.append(lowered.state)
            self.initial.append(initial_terms(states, tape, self.x[b], self.options))

    @cached_property
    def flat_state(self) -> list[tuple[Term, Term, Term]]:
        """Every state as (input, initial value, next value)."""
        return [
            (term, initial[name], after[name])
            for state, initial, after in zip(self.state, self.initial, self.next_state, strict=True)
            for name, term in state.items()
        ]


def _leaves_of(x: Term, leaves: Sequence[tuple[str, Shape]]) -> dict[str, Term]:
    """The leaves as parts of their block."""
    if len(leaves) == 1 and leaves[0][1] == x.shape:
        return {leaves[0][0]: x}
    result = {}
    begin = 0
    for name, shape in leaves:
        size = int(np.prod(shape))
        part = ops.index(x, index=(begin,)) if shape == () else ops.index(x, index=((begin, begin + size),))
        result[name] = ops.reshape(part, shape=shape) if shape else part
        begin += size
    return result


def _together(parts: Sequence[Term], shape: Shape) -> Term:
    """The inverse of `_leaves_of`."""
    if len(parts) == 1 and parts[0].shape == shape:
        return parts[0]
    if all(part.shape == () for part in parts):
        return ops.stack(*parts)
    return ops.concatenate(*[ops.reshape(part, shape=(-1,)) for part in parts])


class PointKernel:
    """A step for one racer on a large graph: straight-line numpy calls.

    Args:
        turn: put the rows of data into columns (see `columnwise`): faster, and different in the last bits.
    """

    def __init__(self, terms: StepTerms, turn: bool = True) -> None:
        self.terms = terms
        state = [term for term, _initial, _after in terms.flat_state]
        options = list(terms.options.values())
        self.start = PointPlan([initial for _s, initial, _a in terms.flat_state], [*terms.x, *options])
        outputs = [terms.loss, *terms.g, *terms.moved, *(after for _s, _i, after in terms.flat_state)]
        if turn:
            outputs = columnwise(outputs)
        first = 1 + len(terms.g)
        over = {first + number: number for number in range(len(terms.x) + len(state))}
        self.step = PointPlan(
            outputs, [*terms.x, *state, *options, terms.t, *terms.noise, *terms.batch.values()], over
        )

    def bound(self, start: np.ndarray, options: Mapping[str, float]) -> PointSteps:
        """A racer at `start`, (n,), with the numeric options by name."""
        return PointSteps(self, start, options)


class PointSteps:
    """One racer's arrays, which every step overwrites. numpy's error state is the caller's business.

    Attributes:
        noise: an array for each block, to be filled before a step.
        data: leaf -> array of the mini-batch, to be filled before a step.
    """

    def __init__(self, kernel: PointKernel, start: np.ndarray, options: Mapping[str, float]) -> None:
        terms = kernel.terms
        order = [place for block in terms.blocks for place in block.positions]
        self._order = None if order == list(range(len(order))) else np.array(order)
        self._x = np.array(start if self._order is None else start[self._order], np.float64)
        ends = np.cumsum([len(block.positions) for block in terms.blocks])
        x = [
            part.reshape(block.shape)
            for part, block in zip(np.split(self._x, ends[:-1]), terms.blocks, strict=True)
        ]
        self._options = {name: np.array(options[name], np.float64) for name in terms.options}
        self._t = np.array(0.0)
        self.noise = [np.zeros(term.shape) for term in terms.noise]
        self.data = {name: np.zeros(term.shape) for name, term in terms.batch.items()}
        numbers = list(self._options.values())
        state = [np.array(part, np.float64) for part in kernel.start.bound([*x, *numbers])()]
        arrays = [*x, *state, *numbers, self._t, *self.noise, *self.data.values()]
        self._run = kernel.step.bound(arrays)
        self._blocks = len(terms.blocks)

    @property
    def point(self) -> np.ndarray:
        """Where the racer is, (n,), until the next step."""
        return self._x if self._order is None else self._in_order(self._x, self._order)

    def place(self, point: np.ndarray) -> None:
        """Puts the racer at `point`, (n,); its state stays."""
        self._x[...] = point if self._order is None else point[self._order]

    def set(self, option: str, value: float) -> None:
        """Another value for a numeric option."""
        self._options[option][...] = value

    def step(self, t: float) -> tuple[float, np.ndarray]:
        """Moves the racer; gives the loss and the gradient, (n,), of where it was."""
        self._t[...] = t
        results = self._run()
        if self._blocks == 1:
            gradient = results[1].ravel()
        else:
            gradient = np.concatenate([part.ravel() for part in results[1 : 1 + self._blocks]])
        if self._order is not None:
            gradient = self._in_order(gradient, self._order)
        return results[0].item(), gradient

    @staticmethod
    def _in_order(blocks: np.ndarray, order: np.ndarray) -> np.ndarray:
        """Coordinates by block as the program counts them."""
        result = np.empty_like(blocks)
        result[order] = blocks
        return result
