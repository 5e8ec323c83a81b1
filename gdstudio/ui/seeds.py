"""The v of the vector-Jacobian product for an output that is no scalar, as chosen while the document is open.

It is a way of looking at the graph and no part of the document, so it is neither saved nor undone.
"""

from __future__ import annotations

import math

import numpy as np

from gdstudio.engine import Graph
from gdstudio.engine.node import Node
from gdstudio.ui.change import Change


def is_tensor(graph: Graph) -> bool:
    """Whether the graph's output holds more than one number, so that its gradient needs a v."""
    return graph.output is not None and math.prod(graph.shapes.get(graph.output, ())) > 1


def objective(graph: Graph) -> str:
    """What the gradients are of, as text: the output, or `(vᵀz)` for a tensor output z."""
    return f"(vᵀ{graph.output})" if is_tensor(graph) else graph.output or ""


class Seeds:
    """What was chosen for each output of one document; ones where nothing was, or nothing that fits."""

    def __init__(self) -> None:
        self._chosen: dict[str, np.ndarray] = {}

    def clear(self) -> None:
        """Another document comes."""
        self._chosen.clear()

    def take_over(self, other: Seeds) -> None:
        """Have what was chosen elsewhere for the same document."""
        self._chosen = dict(other._chosen)

    def choose(self, graph: Graph, v: np.ndarray | None) -> None:
        """Weight the graph's output by `v`, of the output's shape; None = ones."""
        if graph.output is None:
            return
        if v is None:
            self._chosen.pop(graph.output, None)
        else:
            self._chosen[graph.output] = np.array(v, dtype=np.float64)

    def of(self, graph: Graph) -> np.ndarray | None:
        """The v of the graph's output; None where it is a scalar or has no shape."""
        if not is_tensor(graph) or graph.output is None:
            return None
        shape = graph.shapes[graph.output]
        v = self._chosen.get(graph.output)
        return v if v is not None and v.shape == shape else np.ones(shape)

    def follow(self, change: Change) -> None:
        """Keep what was chosen for an output that got another name."""
        before, after = change.before.graph, change.after.graph
        old, new = before.output, after.output
        if old is None or new is None or old == new:
            return
        if old not in after.nodes and new not in before.nodes and old in self._chosen:
            self._chosen[new] = self._chosen.pop(old)


def weighted(graph: Graph, v: np.ndarray | None) -> Graph:
    """The graph with the scalar Σ v·output in the output's place; itself where there is no v."""
    output = graph.output
    if v is None or output is None:
        return graph
    weights, products, total = (graph.fresh_id(stem) for stem in ("v", "weighted", "total"))
    return graph.with_nodes(
        Node(weights, "constant", value=v),
        Node(products, "multiply", (weights, output)),
        Node(total, "sum", (products,)),
    ).with_output(total)
