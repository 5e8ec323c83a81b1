"""How large the gradient is in each layer of a graph; plain functions of a trace, no widgets.

A layer is what stands equally many operations away from the output, on the longest way. A parameter belongs to
the farthest layer that it feeds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdstudio.engine.graph import Graph
from gdstudio.engine.trace import Trace
from gdstudio.ui.graph.health import Health, is_finite

Mark = Literal["", "vanishing", "exploding", "odd"]


@dataclass(frozen=True)
class NodeNorm:
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


def layers(trace: Trace) -> list[Layer]:
    """The layers from the farthest to the output's, of all nodes that a parameter changes."""
    graph, gradients = trace.graph, trace.gradients
    if not gradients or trace.output is None:
        return []
    health = Health(trace)
    found: dict[int, list[NodeNorm]] = {}
    for id, away in _distances(graph, trace.output).items():
        if id in gradients:
            norm, mark = _norm(gradients[id]), _mark(health, id, gradients[id])
            found.setdefault(away, []).append(NodeNorm(id, norm, graph.nodes[id].is_leaf, mark))
    return [
        Layer(away, tuple(sorted(found[away], key=_size, reverse=True)))
        for away in sorted(found, reverse=True)
    ]


def _distances(graph: Graph, output: str) -> dict[str, int]:
    """Layer of every node that a parameter changes and that changes the output: 0 is the output's."""
    wanted = graph.upstream(output) & graph.downstream(*graph.parameters) if graph.parameters else frozenset()
    away: dict[str, int] = {}
    for id in reversed(graph.order):
        if id in wanted:
            behind = [away[target] for target, _slot in graph.consumers[id] if target in away]
            farthest = max(behind, default=-1)
            away[id] = max(farthest, 0) if graph.nodes[id].is_leaf else farthest + 1
    return away


def _norm(gradient: np.ndarray) -> float:
    """The L2 norm, without overflow on the way."""
    if gradient.ndim == 0:
        return abs(float(gradient))
    largest = float(np.abs(gradient).max(initial=0.0))
    if largest == 0 or not math.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm((gradient / largest).ravel()))


def _mark(health: Health, id: str, gradient: np.ndarray) -> Mark:
    if not is_finite(gradient):
        return "odd"
    if health.vanishing(id) is not None:
        return "vanishing"
    return "exploding" if health.exploding(id) is not None else ""


def _size(node: NodeNorm) -> float:
    return node.norm if math.isfinite(node.norm) else math.inf
