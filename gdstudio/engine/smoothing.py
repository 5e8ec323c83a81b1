"""Gaussian smoothing: a surface blurred by a width sigma, F(x) = E[f(x + sigma·z)] with z normal.

Blurring removes ripples narrower than sigma and keeps what is wider; following the minimum while sigma
shrinks is the continuation method. Polynomials are blurred exactly, by a Gauss-Hermite rule of high enough
order. Everything else is blurred by the trapezoidal rule, whose error for smooth functions falls faster than
any power of the spacing and which, unlike Gauss-Hermite, needs only as many points as the ripples it has to
resolve.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from . import ops
from .cached import cached_property
from .errors import EngineError, GraphError, shown
from .given import NAMES, optional, takes
from .graph import A_GRAPH, Graph
from .landscape import A_LANDSCAPE, Landscape
from .node import Node
from .numeric import numbers

Array = np.ndarray

# Beyond so many sigmas a normal density adds less than rounding.
_REACH = 8.0
# Points for each sigma of a grid: the trapezoidal rule is then exact to rounding for what the grid resolves.
_PER_SIGMA = 3
_LARGEST_GRID = 2048
# A kink that falls on a grid point is counted too high by 1/12 of the square of the spacing, times the jump of the slope:
# 0.9 % of |x| at 0 with 3 points for each sigma. So many points bring it to 0.004 and 0.015 %, for one and for two axes,
# where so large a grid suffices.
_PER_SIGMA_AT_KINKS = {1: 48, 2: 24}
_LARGEST_AT_KINKS = {1: 4096, 2: 1024}
_KINKED = frozenset(
    "abs relu leaky_relu elu sign floor maximum minimum max min clip where greater less equal norm sqrt power mae huber "
    "hinge".split()
)
# Points of a rule along each axis that are tried in turn, for one and for two axes.
_COUNTS = {1: (33, 65, 129, 257, 513, 1025), 2: (33, 65, 129)}
_AGREEMENT = 1e-10
# A point is a hole when more of its weight than this falls on holes of the sharp surface.
_HOLE = 1e-6
# The degree up to which a blur narrower than a pixel is exact.
_NARROW = 17
_BLOCK = 1 << 18

_LINEAR = frozenset(
    "add subtract negative sum mean transpose reshape concatenate index stop_gradient".split()
)
_PRODUCTS = frozenset("multiply matmul dot outer".split())
_SQUARES = frozenset("mse half_squared_error".split())
_ELEMENTWISE = frozenset({"arithmetic", "function", "activation", "choice"})
_ALONG_AN_AXIS = frozenset({"softmax", "log_softmax"})


@takes(graph=A_GRAPH)
def degree(graph: Graph, output: str | None = None, wrt: Sequence[str] | None = None) -> int | None:
    """The degree of the output as a polynomial in some leaves; None where it is no polynomial.

    Args:
        output: another node than the graph's own output.
        wrt: ids of leaves; the parameters by default.
    """
    output = graph.check(output)
    moving = set(graph.parameters if wrt is None else wrt)
    needed = graph.upstream(output)
    degrees: dict[str, int | None] = {}
    for id in graph.order:
        if id in needed:
            node = graph.nodes[id]
            degrees[id] = int(id in moving) if node.is_leaf else _degree(graph, node, degrees)
    return degrees[output]


def _degree(graph: Graph, node: Node, known: Mapping[str, int | None]) -> int | None:
    sources = [source for source in node.inputs if source is not None]
    degrees = [d for source in sources if (d := known[source]) is not None]
    if len(degrees) < len(sources):
        return None
    if not any(degrees):
        return 0
    if node.op in _LINEAR:
        return max(degrees)
    if node.op in _PRODUCTS:
        return sum(degrees)
    if node.op in _SQUARES:
        return 2 * max(degrees)
    if node.op == "square":
        return 2 * degrees[0]
    if node.op == "divide" and degrees[1] == 0:
        return degrees[0]
    if node.op == "power" and degrees[1] == 0:
        exponent = graph.nodes[sources[1]].value
        if exponent is not None and exponent.size == 1 and float(exponent.ravel()[0]) in range(1, 65):
            return degrees[0] * int(exponent.ravel()[0])
    return None


def _gauss_hermite(polynomial_degree: int) -> tuple[Array, Array]:
    """Nodes and weights, in units of sigma, exact for polynomials of that degree."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(polynomial_degree // 2 + 1)
    return nodes, weights / weights.sum()


def _trapezoid(count: int) -> tuple[Array, Array]:
    """`count` evenly spaced nodes, in units of sigma, and their weights."""
    nodes = np.linspace(-_REACH, _REACH, count)
    weights = np.exp(-np.square(nodes) / 2)
    return nodes, weights / weights.sum()


def _product(nodes: Array, weights: Array, axes: int) -> tuple[Array, Array]:
    """The rule along several axes: nodes (K, axes) and weights (K,), without those that add nothing."""
    grid = np.stack(np.meshgrid(*[nodes] * axes, indexing="ij"), axis=-1).reshape(-1, axes)
    weight = np.prod(np.stack(np.meshgrid(*[weights] * axes, indexing="ij"), axis=-1), axis=-1).ravel()
    heavy = weight > 1e-18 * weight.max()
    return grid[heavy], weight[heavy] / weight[heavy].sum()


def _settled(average: Callable[[Array, Array], Array], axes: int) -> tuple[Array, Array]:
    """The smallest trapezoidal rule (nodes, weights) with which the averages no longer change."""
    before = None
    for count in _COUNTS[axes]:
        rule = _product(*_trapezoid(count), axes)
        with np.errstate(all="ignore"):
            now = average(*rule)
            if before is not None:
                sound = np.isfinite(now) & np.isfinite(before)
                size = 1 + np.abs(now[sound]).max(initial=0.0)
                if np.abs(now - before)[sound].max(initial=0.0) <= _AGREEMENT * size:
                    break
        before = now
    return rule


def _widths(sigma: Any, axes: int) -> Array:
    try:
        widths = np.broadcast_to(numbers(sigma), (axes,))
    except (ValueError, TypeError, OverflowError):
        raise EngineError(
            f"sigma must be one number, or one for each of {axes} axes, not {shown(sigma)}"
        ) from None
    if not (np.isfinite(widths) & (widths > 0)).all():
        raise EngineError(f"sigma is a width and must be a number greater than 0, not {shown(sigma)}")
    return widths


class SmoothLandscape(Landscape):
    """A landscape blurred along its axes; it answers what a `Landscape` answers.

    Args:
        landscape: the sharp one.
        sigma: the width, in units of the axes; one number or one for each axis.

    Attributes:
        degree: of the surface as a polynomial in its parameters; then the blur is exact. None: it is no
            polynomial.

    Raises:
        EngineError: for a width that is no positive number.
    """

    @takes(landscape=A_LANDSCAPE)
    def __init__(self, landscape: Landscape, sigma: float | Sequence[float]) -> None:
        super().__init__(landscape.program, landscape.axes, landscape.ranges, landscape.at)
        self.sharp = landscape
        self.sigma = _widths(sigma, len(self.axes))
        graph, output = self.program.graph, self.program.output
        self.degree = degree(graph, output, tuple(self.program.shapes))
        self._may_have_kinks = self.degree is None and any(
            graph.nodes[id].op in _KINKED for id in graph.upstream(output)
        )

    def grid(self, n: int | Sequence[int] = 256, picture: bool = False) -> tuple[Array, ...]:
        """As `Landscape.grid`. Holes grow by the blur; `picture` changes nothing."""
        return self._blurred(n)[: 1 + len(self.axes)]

    def field(self, n: int | Sequence[int] = 256, picture: bool = False) -> tuple[Array, ...]:
        """As `Landscape.field`; `picture` changes nothing."""
        return self._blurred(n)

    def value_and_gradient(self, *along: Any) -> tuple[Array, ...]:
        """As `Landscape.value_and_gradient`, by a rule of many points around each position."""
        return self._probed(along, *self._rule)

    def _probed(self, along: Sequence[Any], nodes: Array, weights: Array) -> tuple[Array, ...]:
        """`value_and_gradient` with a given rule, in blocks."""
        arrays = np.broadcast_arrays(*[np.asarray(a, dtype=np.float64) for a in along])
        points = np.stack([a.ravel() for a in arrays], axis=-1)
        result = np.empty((1 + len(arrays), len(points)))
        rows = max(1, _BLOCK // len(weights))
        for begin in range(0, len(points), rows):
            part = slice(begin, begin + rows)
            result[:, part] = self._average(points[part], nodes, weights)
        return tuple(row.reshape(arrays[0].shape) for row in result)

    def _average(self, points: Array, nodes: Array, weights: Array) -> Array:
        """Blurred value and slopes, shape (1 + axes, P), at points (P, axes)."""
        around = points[:, None] + self.sigma * nodes
        return np.stack(self.sharp.value_and_gradient(*np.moveaxis(around, -1, 0))) @ weights

    def hessian(self, *along: Any) -> Array:
        """As `Landscape.hessian`, by Stein's identity F'' = E[f'·z]/sigma, which holds across kinks too."""
        arrays = np.broadcast_arrays(*[np.asarray(a, dtype=np.float64) for a in along])
        nodes, weights = self._rule
        points = np.stack([a.ravel() for a in arrays], axis=-1)
        axes = len(arrays)
        result = np.empty((len(points), axes, axes))
        rows = max(1, _BLOCK // len(weights))
        tilted = weights[:, None] * nodes / self.sigma
        for begin in range(0, len(points), rows):
            around = points[begin : begin + rows, None] + self.sigma * nodes
            slopes = self.sharp.value_and_gradient(*np.moveaxis(around, -1, 0))[1:]
            result[begin : begin + rows] = np.stack(slopes, axis=1) @ tilted
        return ((result + np.swapaxes(result, 1, 2)) / 2).reshape(arrays[0].shape + (axes, axes))

    @cached_property
    def _rule(self) -> tuple[Array, Array]:
        """Nodes (K, axes) in units of sigma and weights (K,), as many as the surface in view needs."""
        axes = len(self.axes)
        if self.degree is not None:
            return _product(*_gauss_hermite(self.degree), axes)
        low, high = np.array(self.ranges).T
        probes = low + (high - low) * np.random.default_rng(0).uniform(size=(12, axes))
        return _settled(lambda nodes, weights: self._average(probes, nodes, weights)[0], axes)

    def _blurred(self, n: int | Sequence[int]) -> tuple[Array, ...]:
        """Positions, blurred values and slopes on a grid: the sharp surface on a larger grid, then two
        products.
        """
        targets = self.positions(n)
        ranges, counts = [], []
        for (low, high), target, sigma in zip(self.ranges, targets, self.sigma, strict=True):
            pixel = (high - low) / max(1, len(target) - 1)
            low, high = low - _REACH * sigma, high + _REACH * sigma
            count = 1 + int(np.ceil((high - low) / min(pixel / 2, sigma / _PER_SIGMA)))
            if count > _LARGEST_GRID and (high - low) * _PER_SIGMA / sigma > _LARGEST_GRID:
                # Narrower than the largest grid resolves, thus narrower than a pixel, within which the
                # surface is taken to be smooth: a few points around each position will do.
                rule = _product(*_gauss_hermite(self.degree or _NARROW), len(self.axes))
                return (*targets, *self._probed(np.meshgrid(*targets, indexing="ij"), *rule))
            ranges.append((low, high))
            count = min(count, _LARGEST_GRID)
            if self._may_have_kinks:
                axes = len(self.axes)
                fine = 1 + int(np.ceil((high - low) * _PER_SIGMA_AT_KINKS[axes] / sigma))
                count = max(count, min(fine, _LARGEST_AT_KINKS[axes]))
            counts.append(count)
        *sources, sharp = Landscape(self.program, self.axes, ranges, self.at).grid(counts)
        kernels = [_kernel(*entry) for entry in zip(targets, sources, self.sigma, strict=True)]
        solid = np.isfinite(sharp)
        filled = sharp if solid.all() else np.where(solid, sharp, 0.0)
        averages = tuple(average for average, _ in kernels)
        results = [_weighed(filled, averages)]
        for axis, (_, slope) in enumerate(kernels):
            results.append(_weighed(filled, averages[:axis] + (slope,) + averages[axis + 1 :]))
        if not solid.all():
            hole = _weighed(solid.astype(np.float64), averages) < 1 - _HOLE
            results = [np.where(hole, np.nan, result) for result in results]
        return (*targets, *results)


def _kernel(targets: Array, sources: Array, sigma: float) -> tuple[Array, Array]:
    """Weights (targets, sources) of the average, and of its derivative by Stein's identity F' =
    E[f·z]/sigma.
    """
    z = (sources - targets[:, None]) / sigma
    weights = np.exp(-np.square(z) / 2)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights, weights * z / sigma


def _weighed(values: Array, kernels: tuple[Array, ...]) -> Array:
    """`values` summed with one kernel along each of its axes."""
    if len(kernels) == 1:
        return kernels[0] @ values
    return kernels[0] @ values @ kernels[1].T


@takes(graph=A_GRAPH, coordinates=optional(NAMES))
def smoothed(
    graph: Graph, sigma: float, coordinates: Sequence[str] | None = None, output: str | None = None
) -> Graph:
    """The blurred surface as a graph of its own, which can be edited, looked at and raced on like any other.

    Each coordinate is replaced by a tensor of points around it and the output by their weighted sum. Sigma is
    a constant of the new graph; the number of points suits the sigma given, and any smaller one.

    Args:
        graph: scalar from the coordinates to the output.
        sigma: the width.
        coordinates: ids of one or two scalar leaves; all parameters by default.
        output: another node than the graph's own output.

    Raises:
        GraphError: when a node between the coordinates and the output is no elementwise operation on scalars,
            which only `SmoothLandscape` can blur.
        EngineError: for a width that is no positive number, or more than two coordinates.
    """
    (width,) = _widths(sigma, 1)
    output = graph.check(output)
    chosen = tuple(graph.parameters if coordinates is None else coordinates)
    if len(chosen) not in (1, 2):
        raise EngineError(
            f"one or two coordinates can be blurred at once, not {len(chosen)}; name those to blur"
        )
    between = graph.downstream(*chosen) & graph.upstream(output)
    for id in graph.order:
        if id in between:
            _require_elementwise(graph, graph.nodes[id])
    exact = degree(graph, output, chosen)
    if exact is not None:
        rule = _product(*_gauss_hermite(exact), len(chosen))
        return _with_points(graph, output, chosen, between, width, *rule)

    def average(nodes: Array, weights: Array) -> Array:
        program = _with_points(graph, output, chosen, between, width, nodes, weights).compile(wrt=chosen)
        spread = np.random.default_rng(0).normal(size=(12, len(chosen)))
        return program.value(program.start + (width + np.abs(program.start)) * spread)

    return _with_points(graph, output, chosen, between, width, *_settled(average, len(chosen)))


def _require_elementwise(graph: Graph, node: Node) -> None:
    if graph.shapes[node.id] != ():
        raise GraphError(
            f"{node.id} is a tensor; only graphs that are scalar from the coordinates to the output can be "
            "blurred as graphs",
            node.id,
        )
    row = None if node.is_leaf else ops.get(node.op)
    if row is not None and (row.category not in _ELEMENTWISE or node.op in _ALONG_AN_AXIS):
        raise GraphError(
            f"{node.id}: {node.op} does not work element by element and cannot be blurred", node.id
        )


def _with_points(
    graph: Graph,
    output: str,
    chosen: Sequence[str],
    between: frozenset[str],
    sigma: float,
    nodes: Array,
    weights: Array,
) -> Graph:
    """The graph with points around each coordinate and their weighted sum as its output."""
    taken = set(graph.nodes)

    def fresh(name: str) -> str:
        name = name if name not in taken else graph.fresh_id(name)
        taken.add(name)
        return name

    width, weighing = fresh("sigma"), fresh("weights")
    added = [Node(width, "constant", value=np.array(sigma)), Node(weighing, "constant", value=weights)]
    points = {}
    for id, column in zip(chosen, nodes.T, strict=True):
        offsets, spread = fresh(f"{id}_normal"), fresh(f"{id}_spread")
        points[id] = fresh(f"{id}_points")
        added += [
            Node(offsets, "constant", value=np.ascontiguousarray(column)),
            Node(spread, "multiply", (width, offsets)),
            Node(points[id], "add", (id, spread)),
        ]
    sharp, weighed = fresh(f"{output}_sharp"), fresh(f"{output}_weighed")
    result = []
    for node in graph.nodes.values():
        if node.id in between and not node.is_leaf:
            node = node.replace(inputs=tuple(source and points.get(source, source) for source in node.inputs))
        result.append(node)
    blurred = Graph([*result, *added], output).renamed(output, sharp)
    return blurred.with_nodes(
        Node(weighed, "multiply", (weighing, sharp)), Node(output, "sum", (weighed,))
    ).with_output(output)
