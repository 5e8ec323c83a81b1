"""A graph as a function of its parameters: values, gradients and Hessians for whole batches of points."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from .cached import cached_property
from .derivative import gradients, hessian_vector_product, or_zeros
from .errors import EngineError, GraphError
from .expression import Tape, Term, reachable
from .given import NAME, NAMES, floats, instance, optional, takes
from .graph import A_GRAPH, Graph, lower
from .node import Node
from .plan import ArrayPlan
from .shapes import Shape, show

# Of all other operations the slope is undefined, or infinite, where the value is.
_WITH_HOLES = frozenset({"log", "log1p"})


class Program:
    """The output of a graph as a function of a flat vector of coordinates.

    Args:
        graph: must be sound up to the output.
        output: another scalar node than the graph's own output.
        wrt: the leaves whose elements are the coordinates; the parameters when None.

    Attributes:
        coordinates: a name for each coordinate; elements of tensors read "W[0,1]".
        start: the stored values, shape (n,).
        shapes: leaf -> its shape, in the order of the coordinates.

    Raises:
        GraphError: when the graph has a problem, the output is no scalar, or `wrt` names no leaf.
    """

    @takes(GraphError, graph=A_GRAPH, wrt=optional(NAMES))
    def __init__(self, graph: Graph, output: str | None = None, wrt: Sequence[str] | None = None) -> None:
        self.graph = graph
        self.output: str = graph.check(output)
        shape = graph.shapes[self.output]
        if math.prod(shape) != 1:
            raise GraphError(
                f"the output {self.output} has shape {show(shape)}, but a loss is one number; "
                "reduce it, for example with sum or mean",
                self.output,
            )
        names = graph.parameters if wrt is None else tuple(wrt)
        for name in names:
            if name not in graph.nodes or not graph.nodes[name].is_leaf:
                raise GraphError(
                    f"{name!r} is no leaf of the graph; coordinates are parameters, constants or data", name
                )
            if name not in graph.shapes:
                raise GraphError(f"{name}: {graph.problems[name]}", name)
        self.shapes: dict[str, Shape] = {name: graph.shapes[name] for name in names}
        self.coordinates = tuple(
            c for name, shape in self.shapes.items() for c in coordinate_names(name, shape)
        )
        if not self.coordinates:
            raise GraphError(
                "the graph has no parameter; make one of its leaves a parameter, so that something can move"
            )
        self.start: np.ndarray = np.concatenate([graph.nodes[name].array.ravel() for name in names])
        self.start.flags.writeable = False
        # Compiled steps of races on this program, by rule.
        self.kernels: dict[Any, Any] = {}
        self._slices: dict[str, slice] = {}
        offset = 0
        for name, shape in self.shapes.items():
            self._slices[name] = slice(offset, offset + math.prod(shape))
            offset += math.prod(shape)

    @property
    def size(self) -> int:
        """n, the number of coordinates."""
        return len(self.start)

    @takes(name=NAME)
    def coordinate(self, name: str) -> int:
        """The position of a coordinate.

        Raises:
            EngineError: when there is none of that name.
        """
        try:
            return self.coordinates.index(name)
        except ValueError:
            shown = ", ".join(self.coordinates[:8]) + (", …" if self.size > 8 else "")
            raise EngineError(f"there is no coordinate {name!r}; this graph has {shown}") from None

    def lowered(
        self, tape: Tape, leaf: Callable[[str, Shape], Term], instead: Mapping[str, Term] | None = None
    ) -> Term:
        """The loss as a scalar term on `tape`.

        Args:
            leaf: (name, shape) -> what each moving leaf becomes.
            instead: terms that replace other leaves, such as mini-batches for data.
        """

        def leaf_term(node: Node) -> Term:
            if instead and node.id in instead:
                return instead[node.id]
            shape = self.shapes.get(node.id)
            return tape.constant(node.array) if shape is None else leaf(node.id, shape)

        term = lower(self.graph, tape, leaf_term, [self.output])[self.output]
        return tape.apply("reshape", term, shape=()) if term.shape else term

    @cached_property
    def _terms(self) -> tuple[Term, dict[str, Term]]:
        tape = Tape()
        leaves = {name: tape.input(name, shape) for name, shape in self.shapes.items()}
        return self.lowered(tape, lambda name, _shape: leaves[name]), leaves

    @cached_property
    def gradient_terms(self) -> tuple[Term, list[Term], list[Term]]:
        """The loss, the moving leaves and the gradient by each of them, on one tape."""
        loss, leaves = self._terms
        moving = list(leaves.values())
        return loss, moving, [or_zeros(g, x) for g, x in zip(gradients(loss, moving), moving, strict=True)]

    @cached_property
    def has_holes(self) -> bool:
        """Whether the loss may be undefined where its slope is a number, as that of the logarithm below 0."""
        return any(term.op in _WITH_HOLES for term in reachable([self._terms[0]]))

    @property
    def _masks(self) -> dict[str, int]:
        return dict.fromkeys(self.shapes, 1)

    @cached_property
    def _value_plan(self) -> ArrayPlan:
        return ArrayPlan([self._terms[0]], self._masks)

    @cached_property
    def _gradient_plan(self) -> ArrayPlan:
        loss, _moving, found = self.gradient_terms
        return ArrayPlan([loss, *found], self._masks)

    @cached_property
    def _curvature_plan(self) -> ArrayPlan:
        loss, leaves = self._terms
        tape = loss.tape
        tangents = [tape.input(f"tangent of {name}", term.shape) for name, term in leaves.items()]
        masks = self._masks | {f"tangent of {name}": 1 for name in leaves}
        return ArrayPlan(hessian_vector_product(loss, list(leaves.values()), tangents), masks)

    def split(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Views of an array (n, *batch) by leaf, each of (*shape, *batch)."""
        return {
            name: rows[self._slices[name]].reshape(shape + rows.shape[1:])
            for name, shape in self.shapes.items()
        }

    def _rows(self, points: Any, what: str = "points") -> tuple[np.ndarray, tuple[int, ...]]:
        """Points (..., n) as contiguous rows (n, B), and the shape of their batch."""
        array = floats(points, what)
        if array.ndim == 0 or array.shape[-1] != self.size:
            raise EngineError(
                f"{what} have shape {show(array.shape)}; the last axis must hold the {self.size} coordinates "
                f"({', '.join(self.coordinates[:4])}{', …' if self.size > 4 else ''})"
            )
        return np.ascontiguousarray(array.reshape(-1, self.size).T), array.shape[:-1]

    def value(self, points: Any) -> np.ndarray:
        """The loss at points of shape (..., n); result of shape (...). Not finite where the loss is not.

        Raises:
            EngineError: when the last axis is not n.
        """
        rows, batch = self._rows(points)
        (value,) = self._value_plan.run(self.split(rows), rows.shape[1:])
        return value.reshape(batch)

    def value_and_gradient(self, points: Any) -> tuple[np.ndarray, np.ndarray]:
        """The loss, shape (...), and its gradient, shape (..., n), at points of shape (..., n).

        Raises:
            EngineError: when the last axis is not n.
        """
        rows, batch = self._rows(points)
        value = np.empty(rows.shape[1:])
        gradient = np.empty(rows.shape)
        self._gradient_plan.run(self.split(rows), rows.shape[1:], [value, *self.split(gradient).values()])
        return value.reshape(batch), np.ascontiguousarray(gradient.T).reshape(batch + (self.size,))

    def hessian_vector_product(self, points: Any, vectors: Any) -> np.ndarray:
        """H·v at points (..., n) for vectors (..., n), exact: the gradient graph differentiated once more."""
        try:
            points, vectors = np.broadcast_arrays(floats(points, "points"), floats(vectors, "vectors"))
        except ValueError as error:
            if isinstance(error, EngineError):
                raise
            shapes = f"{show(np.shape(points))} and {show(np.shape(vectors))}"
            raise EngineError(f"points and vectors have shapes {shapes}, which do not fit together") from None
        rows, batch = self._rows(points)
        tangents, _ = self._rows(vectors, "vectors")
        result = np.empty(rows.shape)
        inputs = self.split(rows) | {
            f"tangent of {name}": view for name, view in self.split(tangents).items()
        }
        self._curvature_plan.run(inputs, rows.shape[1:], list(self.split(result).values()))
        return np.ascontiguousarray(result.T).reshape(batch + (self.size,))

    def hessian(self, points: Any) -> np.ndarray:
        """Second derivatives at points (..., n); result (..., n, n), symmetric to rounding."""
        points = floats(points, "points")
        self._rows(points)
        return self.hessian_vector_product(points[..., None, :], np.eye(self.size))


A_PROGRAM = instance(Program, "a Program, such as graph.compile() makes")


def coordinate_names(name: str, shape: Shape) -> list[str]:
    """`w` for a scalar, `W[0,0]`, `W[0,1]`, … for a tensor."""
    if shape == ():
        return [name]
    return [f"{name}[{','.join(map(str, index))}]" for index in product(*map(range, shape))]
