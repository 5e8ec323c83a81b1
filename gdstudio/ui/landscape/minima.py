"""The known minima of a document's graph: those of the test function that it is, when it is one."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from gdstudio.document.model import Document
from gdstudio.engine import Graph
from gdstudio.engine import functions as test_functions
from gdstudio.ui.landscape.lens import Lens

Minima = tuple[Mapping[str, float], ...]

_CALL = re.compile(r"[a-z_]\w*(?=\()")


def known_minima(graph: Graph) -> Minima:
    """The known minima, each as coordinate -> value; empty for a graph of one's own.

    A graph is a test function when its nodes, wires and constants are; a changed constant makes it another one.
    """
    names = _candidates(frozenset(graph.parameters), frozenset(node.op for node in graph.nodes.values()))
    if not names:
        return ()  # what a large graph computes takes long to write down
    signature = _signature(graph)
    name = next((name for name in names if signature == _signature_of(name)), None)
    return () if name is None else _points_of(name)


def known_points(document: Document) -> np.ndarray:
    """The known minima as points (m, n) in the order of the document's coordinates."""
    names = document.coordinates
    known = [minimum for minimum in known_minima(document.graph) if set(minimum) == set(names)]
    return np.array([[minimum[name] for name in names] for minimum in known]).reshape(len(known), len(names))


def minima_along(document: Document, lens: Lens) -> list[tuple[float, ...]]:
    """The known minima as positions along the axes; along directions only those that lie in the slice."""
    if lens.is_named:
        known = known_minima(document.graph)
        return [tuple(m[axis] for axis in lens.axes) for m in known if set(lens.axes) <= set(m)]
    names = document.coordinates
    held = [point for point in known_points(document) if lens.holds(point, names)]
    found = [lens.positions(point, names) for point in held]
    return [tuple(at.tolist()) for at in found if at is not None]


@functools.lru_cache(maxsize=64)
def _candidates(parameters: frozenset[str], operations: frozenset[str]) -> tuple[str, ...]:
    """The test functions that have these parameters and call only these; to read all formulas would take long."""
    functions = [test_functions.get(name) for name in test_functions.names()]
    return tuple(
        function.name
        for function in functions
        if parameters == set(function.coordinates) and operations >= set(_CALL.findall(function.formula))
    )


@functools.cache
def _points_of(name: str) -> Minima:
    function = test_functions.get(name)
    points = (minimum.point for minimum in function.minima)
    return tuple(dict(zip(function.coordinates, point, strict=True)) for point in points)


@functools.cache
def _signature_of(name: str) -> Any:
    """The signature of a test function: a constant that a hand drags is compared with it in each frame."""
    return _signature(test_functions.get(name).graph())


def _signature(graph: Graph) -> Any:
    """What a graph computes, node by node; places on the canvas and the parameters' values do not matter."""
    nodes = []
    for node in graph.nodes.values():
        value = None if node.value is None or node.op == "parameter" else node.value.tobytes()
        nodes.append((node.id, node.op, node.inputs, repr(dict(node.attrs)), value))
    return graph.output, tuple(nodes)
