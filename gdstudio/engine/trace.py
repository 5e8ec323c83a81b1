"""One evaluation of a graph in full: every value, every gradient, the derivative on every edge, every path.

This is what the editor shows. It keeps each node of the user apart, where a Program would merge equal ones.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any
from weakref import ref

import numpy as np

from .cached import cached_property
from .derivative import gradients, jacobian_vector_product, or_zeros
from .errors import GraphError
from .expression import Evaluation, Tape
from .given import NAME, NUMBERS, SWITCH, optional, takes, whole
from .graph import A_GRAPH, Graph, lower
from .node import frozen
from .numeric import numbers
from .shapes import Shape, show

PATH_LIMIT = 10_000
LOCAL_LIMIT = 4_000_000


@dataclass(frozen=True)
class ChainPath:
    """One way from a node to the output.

    Attributes:
        nodes: ids from the node to the output.
        slots: the input slot through which each next node is entered.
        factors: the derivative on each edge, of shape (*next node's shape, *node's shape).
        product: the factors multiplied from the output back, of the first node's shape.
    """

    nodes: tuple[str, ...]
    slots: tuple[int, ...]
    factors: tuple[np.ndarray, ...]
    product: np.ndarray


@dataclass(frozen=True)
class Edge:
    """One wire.

    Attributes:
        local: the derivative of the target by this input, of shape (*target shape, *source shape); None where it would
            hold more than `LOCAL_LIMIT` numbers.
    """

    source: str
    target: str
    slot: int
    local: np.ndarray | None


class Trace:
    """Values and gradients of a graph at the values stored in its leaves.

    Args:
        graph: what to evaluate.
        seed: gradient at the output, the v of the vector-Jacobian product vᵀJ; of the output's shape. 1 for a scalar.
        output: another output than the graph's own.
        partial: never raise: nodes with a problem and those behind them are missing from `values`, and `gradients` is
            empty where it cannot be computed.

    Attributes:
        values: id -> float64 array of the node's static shape (0-d for scalars).
        problems: id -> what is wrong with it.

    Raises:
        GraphError: when the output or something that it needs has a problem (unless `partial`).
    """

    @takes(GraphError, graph=A_GRAPH, partial=SWITCH)
    def __init__(
        self, graph: Graph, seed: Any = None, output: str | None = None, partial: bool = False
    ) -> None:
        self.graph = graph
        self.output = graph.output if output is None else output
        self.problems: Mapping[str, str] = graph.problems
        self._partial = partial
        if not partial or output is not None:
            graph.check(self.output)
        self._plan = _plan_of(graph)
        leaves = {id: node.array for id, node in graph.nodes.items() if node.is_leaf and id in graph.shapes}
        self.values: dict[str, np.ndarray] = self._plan.values(leaves)
        self._leaves = leaves
        self._seed = self._checked_seed(seed)

    def _checked_seed(self, seed: Any) -> np.ndarray | None:
        if self.output is None or self.output not in self.values:
            return None
        shape = self.values[self.output].shape
        if seed is None:
            return np.ones(shape) if math.prod(shape) == 1 else None
        try:
            array = numbers(seed)
            return np.broadcast_to(array, shape) if array.shape == () else array.reshape(shape)
        except (ValueError, TypeError, OverflowError):
            raise GraphError(
                f"seed must be numbers of the output's shape {show(shape)}", self.output
            ) from None

    @property
    def seed(self) -> np.ndarray | None:
        """The v of the vector-Jacobian product, of the output's shape; None where there is no gradient."""
        return self._seed

    @cached_property
    def gradients(self) -> dict[str, np.ndarray]:
        """Gradient of the output by every node, id -> array of the node's shape; zeros where it does not depend on it.

        Raises:
            GraphError: when the output is no scalar and no seed was given (unless `partial`).
        """
        output = self.output
        if self._seed is None or output is None:
            if self._partial or output is None:
                return {}
            shape = show(self.values[output].shape)
            raise GraphError(
                f"{self.output} has shape {shape}; a gradient needs a scalar output, or a seed of that shape "
                "(the v of the vector-Jacobian product)", self.output
            )  # fmt: skip
        return self._plan.gradients(output, self._leaves, self._seed)

    @takes(
        GraphError, output=NAME, input=NAME, slot=optional(whole(0, 1_000_000, ", the number of an input"))
    )
    def local(self, output: str, input: str, slot: int | None = None) -> np.ndarray:
        """The derivative of a node by one of its direct inputs, of shape (*output shape, *input shape).

        Args:
            slot: which wire, where the same node is connected more than once; None sums over them.

        Raises:
            GraphError: when there is no such wire, or the derivative is too large to compute.
        """
        node = self.graph.nodes.get(output)
        slots = (
            [s for s, source in enumerate(node.inputs) if source == input and slot in (None, s)]
            if node
            else []
        )
        if not slots or output not in self.values:
            raise GraphError(f"{input} is not wired to {output}", output)
        parts = [self._local(output, s) for s in slots]
        return parts[0] if len(parts) == 1 else np.sum(parts, axis=0)

    def _local(self, target: str, slot: int) -> np.ndarray:
        node = self.graph.nodes[target]
        arguments = [self.values[source] for source in node.sources]
        out = self.values[target].shape
        wanted = arguments[slot].shape
        rows, columns = math.prod(out), math.prod(wanted)
        if rows * columns > LOCAL_LIMIT:
            raise GraphError(
                f"the derivative of {target} by {node.inputs[slot]} holds {rows * columns:,} numbers; "
                f"at most {LOCAL_LIMIT:,} are computed",
                target,
            )
        # One pass for each element of the smaller side: backward from the result, or forward from the input.
        backward = rows <= columns
        make = _local_plan if backward else _local_forward_plan
        plan = make(node.op, tuple(a.shape for a in arguments), frozen(node.attrs), slot)
        if plan is None:
            return np.zeros(out + wanted)
        inputs: dict[str, np.ndarray] = {str(i): a[..., None] for i, a in enumerate(arguments)}
        size = rows if backward else columns
        inputs["seed"] = np.eye(size).reshape((out if backward else wanted) + (size,))
        (result,) = plan(inputs)
        if backward:
            result = np.moveaxis(np.broadcast_to(result, wanted + (size,)), -1, 0)
        else:
            result = np.broadcast_to(result, out + (size,))
        return np.ascontiguousarray(result).reshape(out + wanted)

    def edges(self) -> Iterator[Edge]:
        """Every wire between sound nodes with its derivative, None where that is too large to compute."""
        for id in self.graph.order:
            if id in self.values:
                for slot, source in enumerate(self.graph.nodes[id].sources):
                    large = self.values[id].size * self.values[source].size > LOCAL_LIMIT
                    yield Edge(source, id, slot, None if large else self._local(id, slot))

    @takes(GraphError, id=NAME, limit=whole(0, 1 << 40))
    def paths(self, id: str, limit: int = PATH_LIMIT) -> list[ChainPath]:
        """All paths from a node to the output; the products sum to the node's gradient.

        Raises:
            GraphError: when the node has no value, or there are more than `limit` paths.
        """
        if id not in self.values:
            raise GraphError(f"{id} has no value: {self.problems.get(id, 'there is no such node')}", id)
        output = self.output
        if self._seed is None or output is None:
            raise GraphError("a path needs a sound scalar output, or a seed", self.output)
        count = self._path_count(id, output)
        if count > limit:
            raise GraphError(f"{count:,} paths lead from {id} to {output}; at most {limit:,} are listed", id)
        above = self.graph.upstream(output)
        complete: list[tuple[tuple[str, ...], tuple[int, ...]]] = []
        open_paths: list[tuple[tuple[str, ...], tuple[int, ...]]] = [((id,), ())]
        while open_paths:
            nodes, slots = open_paths.pop()
            if nodes[-1] == output:
                complete.append((nodes, slots))
                continue
            for consumer, slot in reversed(self.graph.consumers[nodes[-1]]):
                if consumer in above:
                    open_paths.append(((*nodes, consumer), (*slots, slot)))
        return [self._chain(nodes, slots) for nodes, slots in complete]

    def _path_count(self, id: str, output: str) -> int:
        counts = {output: 1}
        for node in reversed(self.graph.order):
            if node not in counts:
                counts[node] = sum(counts.get(consumer, 0) for consumer, _slot in self.graph.consumers[node])
        return counts[id]

    def _chain(self, nodes: tuple[str, ...], slots: tuple[int, ...]) -> ChainPath:
        factors = tuple(self._local(target, slot) for target, slot in zip(nodes[1:], slots, strict=True))
        product = np.array(self._seed)
        with np.errstate(all="ignore"):
            for target, factor in zip(reversed(nodes[1:]), reversed(factors), strict=True):
                product = np.tensordot(product, factor, axes=self.values[target].ndim)
        return ChainPath(nodes, slots, factors, product)

    @takes(GraphError, id=NAME, tangent=NUMBERS)
    def forward(self, id: str, tangent: Any = 1.0) -> dict[str, np.ndarray]:
        """Forward mode: how every node changes when `id` moves along `tangent`, id -> array of the node's shape.

        One such pass serves one direction; the backward pass serves all leaves at once.
        """
        if id not in self.values:
            raise GraphError(f"{id} has no value: {self.problems.get(id, 'there is no such node')}", id)
        shape = self.values[id].shape
        try:
            moved = {id: np.broadcast_to(np.asarray(tangent, dtype=np.float64), shape)}
        except ValueError:
            raise GraphError(
                f"the tangent of {id} must be one number or have its shape {show(shape)}, not {show(np.shape(tangent))}",
                id,
            ) from None
        below = self.graph.downstream(id)
        for node_id in self.graph.order:
            if node_id not in self.values or node_id == id:
                continue
            if node_id not in below:
                moved[node_id] = np.zeros(self.values[node_id].shape)
                continue
            node = self.graph.nodes[node_id]
            arguments = [self.values[source] for source in node.sources]
            plan = _tangent_plan(node.op, tuple(a.shape for a in arguments), frozen(node.attrs))
            inputs: dict[str, np.ndarray] = {str(i): a for i, a in enumerate(arguments)}
            inputs |= {f"tangent {i}": moved[source] for i, source in enumerate(node.sources)}
            (moved[node_id],) = plan(inputs)
        return moved


# The structures that have a plan. A history of edits holds all its graphs, and is not to hold a plan for each.
_planned: deque[ref] = deque()
_MOST_PLANS = 16
_planning = Lock()


def _plan_of(graph: Graph) -> _ValuePlan:
    """The plan that graphs of the same structure share."""
    structure = graph.structure
    plan = structure.plans.get(_ValuePlan)
    if plan is None:
        plan = structure.plans[_ValuePlan] = _ValuePlan(graph)
        with _planning:
            _planned.append(ref(structure))
            oldest = _planned.popleft()() if len(_planned) > _MOST_PLANS else None
        if oldest is not None:
            oldest.plans.pop(_ValuePlan, None)
    return plan


class _ValuePlan:
    """The terms of a graph with all leaves as inputs; serves every graph of the same structure."""

    def __init__(self, graph: Graph) -> None:
        tape = Tape()
        self._tape = tape
        sound = [id for id in graph.order if id in graph.shapes]
        self._terms = lower(
            graph, tape, lambda node: tape.input(node.id, node.array.shape), sound, opaque=True
        )
        self._evaluate = Evaluation(list(self._terms.values()))
        self._backward: dict[str, Evaluation] = {}

    def values(self, leaves: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip(self._terms, self._evaluate(leaves), strict=True))

    def gradients(
        self, output: str, leaves: Mapping[str, np.ndarray], seed: np.ndarray
    ) -> dict[str, np.ndarray]:
        if output not in self._backward:
            out = self._terms[output]
            terms = list(self._terms.values())
            found = gradients(out, terms, self._tape.input("gradient of the output", out.shape))
            self._backward[output] = Evaluation([or_zeros(g, t) for g, t in zip(found, terms, strict=True)])
        results = self._backward[output]({**leaves, "gradient of the output": seed})
        return dict(zip(self._terms, results, strict=True))


@lru_cache(maxsize=512)
def _local_plan(op: str, shapes: tuple[Shape, ...], attrs: tuple, slot: int) -> Evaluation | None:
    tape = Tape()
    arguments = [tape.input(str(i), shape) for i, shape in enumerate(shapes)]
    result = tape.opaque(tape.apply(op, *arguments, **dict(attrs)), "result")
    (gradient,) = gradients(result, [arguments[slot]], tape.input("seed", result.shape))
    return None if gradient is None else Evaluation([gradient], batch_ndim=1)


@lru_cache(maxsize=512)
def _local_forward_plan(op: str, shapes: tuple[Shape, ...], attrs: tuple, slot: int) -> Evaluation:
    tape = Tape()
    arguments = [tape.input(str(i), shape) for i, shape in enumerate(shapes)]
    result = tape.apply(op, *arguments, **dict(attrs))
    tangent = tape.input("seed", shapes[slot])
    # An argument that stands in several slots is a different input in each here, so one tangent is enough.
    return Evaluation([jacobian_vector_product(result, [arguments[slot]], [tangent])], batch_ndim=1)


@lru_cache(maxsize=512)
def _tangent_plan(op: str, shapes: tuple[Shape, ...], attrs: tuple) -> Evaluation:
    tape = Tape()
    arguments = [tape.input(str(i), shape) for i, shape in enumerate(shapes)]
    tangents = [tape.input(f"tangent {i}", shape) for i, shape in enumerate(shapes)]
    return Evaluation(
        [jacobian_vector_product(tape.apply(op, *arguments, **dict(attrs)), arguments, tangents)]
    )
