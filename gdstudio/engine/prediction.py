"""What a graph that is fitted to data predicts: the node that is compared with the targets, at any input.

A row is a point of the data. `find` says where prediction, inputs and targets are; `Prediction.at` evaluates the
graph for other inputs and other parameters, each row by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .expression import Tape
from .given import takes
from .graph import A_GRAPH, Graph, lower
from .plan import ArrayPlan

Array = np.ndarray

# Operations whose first input is a prediction and whose second is a target, in slots 0 and 1.
_COMPARISONS = frozenset(
    {
        "subtract",
        "mse",
        "mae",
        "huber",
        "half_squared_error",
        "cross_entropy",
        "binary_cross_entropy",
        "hinge",
    }
)
# Of which a difference may have its operands the other way round.
_EITHER_WAY = frozenset({"subtract", "mse", "mae", "huber", "half_squared_error"})
_LOGITS = frozenset({"cross_entropy", "binary_cross_entropy", "hinge"})
_MOST_FEATURES = 2


@dataclass(frozen=True, eq=False)
class Prediction:
    """A fit of a graph to its data.

    Attributes:
        node: the id of what is compared with the targets.
        inputs: ids of the leaves that hold the inputs, one or two features together.
        target: the id of the leaf that holds the targets.
        features: the inputs, (N, d) with d 1 or 2.
        targets: (N,) numbers, or (N, K) for K classes.
        classes: whether the targets are classes: one-hot rows, or two values of a loss for classes.
    """

    graph: Graph
    node: str
    inputs: tuple[str, ...]
    target: str
    features: Array
    targets: Array
    classes: bool
    _plans: dict[int, Any] = field(default_factory=dict, repr=False)

    def at(self, point: Array, features: Array) -> Array:
        """The prediction at inputs (B, d), with parameters at a point (n,): (B,), or (B, K) for K outputs."""
        if not self._plans:
            self._plans[0] = self._plan()
        plan, program = self._plans[0]
        count = len(features)
        shapes = {name: self.graph.nodes[name].array.shape[1:] for name in self.inputs}
        given, column = {}, 0
        for name, shape in shapes.items():
            width = int(np.prod(shape))
            part = features[:, column : column + width].T
            given[name] = np.ascontiguousarray(part.reshape((1, *shape, count)))
            column += width
        spread = np.broadcast_to(np.asarray(point, dtype=np.float64)[:, None], (len(point), count))
        with np.errstate(all="ignore"):
            (result,) = plan.run(program.split(np.ascontiguousarray(spread)) | given, (count,))
        rows = np.broadcast_to(result, (*result.shape[:-1], count)).reshape(-1, count).T
        return rows[:, 0] if rows.shape[1] == 1 else rows

    def label(self, predictions: Array) -> Array:
        """Class numbers (B,) for predictions: the largest of K, or 0 and 1 on both sides of the boundary."""
        if predictions.ndim == 2:
            return predictions.argmax(axis=1)
        return (predictions > self.boundary).astype(int)

    @property
    def boundary(self) -> float:
        """The prediction on the border between two classes: 0 for logits, else the middle between the targets."""
        consumers = {self.graph.nodes[id].op for id, _slot in self.graph.consumers.get(self.node, ())}
        if consumers & _LOGITS:
            return 0.0
        return float((self.targets.min() + self.targets.max()) / 2)

    def _plan(self) -> tuple[ArrayPlan, Any]:
        program = self.graph.compile()
        tape = Tape()
        leaves = {name: tape.input(name, shape) for name, shape in program.shapes.items()}
        for name in self.inputs:
            leaves[name] = tape.input(name, (1, *self.graph.nodes[name].array.shape[1:]))
        terms = lower(
            self.graph, tape, lambda node: leaves.get(node.id) or tape.constant(node.array), [self.node]
        )
        return ArrayPlan([terms[self.node]], dict.fromkeys(leaves, 1)), program


@takes(graph=A_GRAPH)
def find(graph: Graph) -> Prediction | None:
    """The fit of a graph: where something that depends on parameters and on inputs of one or two features is compared
    with targets, row by row. None where there is no such place.
    """
    if graph.output is None or graph.problems:
        return None
    tables = {
        id: node.array
        for id, node in graph.nodes.items()
        if node.op in ("data", "constant") and node.array.ndim >= 1 and len(node.array) > 1
    }
    wanted = graph.upstream(graph.output)
    for id in graph.order:
        node = graph.nodes[id]
        if id not in wanted or node.op not in _COMPARISONS or None in node.inputs:
            continue
        pairs = [(node.inputs[0], node.inputs[1])]
        if node.op in _EITHER_WAY:
            pairs.append((node.inputs[1], node.inputs[0]))
        for prediction, target in pairs:
            found = _fit(graph, tables, str(prediction), str(target), node.op)
            if found is not None:
                return found
    return None


def _fit(graph: Graph, tables: dict[str, Array], prediction: str, target: str, op: str) -> Prediction | None:
    sources = graph.upstream(prediction)
    if target not in tables or target in sources or not sources & set(graph.parameters):
        return None
    count = len(tables[target])
    inputs = [id for id in tables if id in sources and len(tables[id]) == count and tables[id].ndim <= 2]
    features = [tables[id].reshape(count, -1) for id in inputs]
    if not 1 <= sum(part.shape[1] for part in features) <= _MOST_FEATURES:
        return None
    targets = tables[target].reshape(count, -1)
    flat = targets[:, 0] if targets.shape[1] == 1 else targets
    classes = flat.ndim == 2 or (op in _LOGITS and len(np.unique(flat)) <= 2)
    found = Prediction(
        graph, prediction, tuple(inputs), target, np.concatenate(features, axis=1), flat, classes
    )
    return found if _is_row_by_row(found) else None


def _is_row_by_row(found: Prediction) -> bool:
    """Whether a row's prediction depends on that row alone, and there is one for each target."""
    graph = found.graph
    whole = graph.trace(partial=True).values.get(found.node)
    if whole is None or whole.ndim == 0 or len(whole) != len(found.targets):
        return False
    try:
        rows = found.at(graph.compile().start, found.features)
    except (ValueError, IndexError):
        return False
    return rows.size == whole.size and bool(
        np.allclose(rows.ravel(), whole.ravel(), rtol=1e-9, equal_nan=True)
    )
