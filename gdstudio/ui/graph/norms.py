"""How large the gradient is in each layer of a graph; plain functions of a trace, no widgets.

A layer is what stands equally many operations away from the output, on the longest way. A parameter belongs to
the farthest layer that it feeds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from gdstudio.engine.graph import Graph
from gdstudio.engine.trace import Trace
from gdstudio.ui.graph.health import Health

Mark = Literal["", "vanishing", "exploding", "odd"]


class NodeNorm(NamedTuple):
    """The gradient of one node.

    Attributes:
        norm: its L2 norm; NaN or infinity where the gradient is not finite.
        is_leaf: whether it is a parameter and no operation.
        mark: what ails it, by the measures of `Health`; "odd" = not finite.
    """

    id: str
    norm: float
    is_leaf: bool
    mark: Mark


@dataclass(frozen=True)
class Layer:
    """The nodes of a layer, the largest gradient first.

    Attributes:
        away: how many operations lie between it and the output.
    """

    away: int
    nodes: tuple[NodeNorm, ...]

    @property
    def largest(self) -> NodeNorm:
        return self.nodes[0]

    @property
    def title(self) -> str:
        """The name of its first operation; of its parameter where it has none."""
        return next((node.id for node in self.nodes if not node.is_leaf), self.nodes[0].id)


class Layering:
    """Which nodes stand in which layer: of all that a parameter changes and that change the output.

    It follows from the structure of a graph and its output alone, so one serves for every trace of it.
    """

    def __init__(self, graph: Graph, output: str) -> None:
        self._found_for = graph.structure, output
        self.layers: dict[int, list[tuple[str, bool]]] = {}
        for id, away in _distances(graph, output).items():
            self.layers.setdefault(away, []).append((id, graph.nodes[id].is_leaf))

    def serves(self, trace: Trace) -> bool:
        """Whether these are the layers of a trace's graph."""
        return self._found_for[0] is trace.graph.structure and self._found_for[1] == trace.output


class Layers:
    """Finds the layers of one trace after another."""

    def __init__(self) -> None:
        self._layering: Layering | None = None

    def of(self, trace: Trace) -> list[Layer]:
        """The layers from the farthest to the output's, of all nodes that a parameter changes."""
        if not trace.gradients or trace.output is None:
            return []
        if self._layering is None or not self._layering.serves(trace):
            self._layering = Layering(trace.graph, trace.output)
        found, known, health = self._layering.layers, trace.gradients, Health(trace)
        sizes, limits = health.sizes, health.limits
        result = []
        for away in sorted(found, reverse=True):
            nodes = [
                _node_norm(id, known[id], leaf, sizes.get(id), limits)
                for id, leaf in found[away]
                if id in known
            ]
            if nodes:
                result.append(Layer(away, tuple(sorted(nodes, key=_size, reverse=True))))
        return result


def _distances(graph: Graph, output: str) -> dict[str, int]:
    """Layer of every node that a parameter changes and that changes the output: 0 is the output's."""
    wanted = graph.upstream(output) & graph.downstream(*graph.parameters) if graph.parameters else frozenset()
    nodes, consumers = graph.nodes, graph.consumers
    away: dict[str, int] = {}
    for id in reversed(graph.order):
        if id in wanted:
            behind = [away[target] for target, _slot in consumers[id] if target in away]
            farthest = max(behind, default=-1)
            away[id] = max(farthest, 0) if nodes[id].is_leaf else farthest + 1
    return away


def _node_norm(
    id: str, gradient: np.ndarray, is_leaf: bool, size: float | None, limits: tuple[float, float]
) -> NodeNorm:
    """`size` is its largest component, None where some component is not finite."""
    if size is None:
        return NodeNorm(id, _norm(gradient), is_leaf, "odd")
    mark: Mark = "vanishing" if 0 < size < limits[0] else "exploding" if size > limits[1] else ""
    # Most gradients are single numbers, as long as they are large.
    return NodeNorm(id, size if gradient.ndim == 0 else _norm(gradient), is_leaf, mark)


def _norm(gradient: np.ndarray) -> float:
    """The L2 norm, without overflow on the way."""
    if gradient.ndim == 0:
        return abs(float(gradient))
    largest = float(np.abs(gradient).max(initial=0.0))
    if largest == 0 or not math.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm((gradient / largest).ravel()))


def _size(node: NodeNorm) -> float:
    return node.norm if math.isfinite(node.norm) else math.inf
