"""Where the selection goes when keys move it along a graph. Plain functions of places and wires."""

from __future__ import annotations

from collections.abc import Mapping

from gdstudio.engine.graph import Graph

Point = tuple[float, float]


def order(graph: Graph) -> list[str]:
    """All nodes along the graph: in topological order, those in no order last."""
    known = set(graph.order)
    return [*graph.order, *(id for id in graph.nodes if id not in known)]


def first(places: Mapping[str, Point]) -> str | None:
    """The node nearest to the upper left."""
    return min(places, key=lambda id: (places[id][0] + places[id][1], id), default=None)


def upstream(graph: Graph, current: str) -> str | None:
    """The node at the first wired input."""
    return next((source for source in graph.nodes[current].inputs if source is not None), None)


def downstream(graph: Graph, current: str) -> str | None:
    """The first node that `current` feeds."""
    return next((consumer for consumer, _ in graph.consumers.get(current, ())), None)
