"""The known minima of a document's graph: those of the test function that it is, when it is one."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from gdstudio.engine import Graph, functions

Minima = tuple[Mapping[str, float], ...]


def known_minima(graph: Graph) -> Minima:
    """The known minima, each as coordinate -> value; empty for a graph of one's own.

    A graph is a test function when its nodes, wires and constants are; a changed constant makes it another
    function.
    """
    return _table().get(_signature(graph), ())


@functools.cache
def _table() -> dict[Any, Minima]:
    table = {}
    for name in functions.names():
        function = functions.get(name)
        points = (minimum.point for minimum in function.minima)
        table[_signature(function.graph())] = tuple(
            dict(zip(function.coordinates, p, strict=True)) for p in points
        )
    return table


def _signature(graph: Graph) -> Any:
    """What a graph computes, node by node; places on the canvas and the parameters' values do not matter."""
    nodes = []
    for node in graph.nodes.values():
        fixed = node.value is not None and node.op != "parameter"
        nodes.append(
            (node.id, node.op, node.inputs, repr(dict(node.attrs)), node.value.tobytes() if fixed else None)
        )
    return graph.output, tuple(nodes)
