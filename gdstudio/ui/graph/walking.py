"""Where the selection goes when keys move it along a graph. Plain functions of places and wires."""

from __future__ import annotations

from collections.abc import Mapping

from gdstudio.engine.graph import Graph

Point = tuple[float, float]


def neighbour(graph: Graph, current: str | None, step: int) -> str | None:
    """The node `step` places after `current` along the graph (topological order), round at the ends."""
    order = [*graph.order, *(id for id in graph.nodes if id not in set(graph.order))]
    if not order:
        return None
    if current not in order:
        return order[0 if step > 0 else -1]
    return order[(order.index(current) + step) % len(order)]


def first(places: Mapping[str, Point]) -> str | None:
    """The node nearest to the upper left."""
    return min(places, key=lambda id: (places[id][0] + places[id][1], id), default=None)


def upstream(graph: Graph, current: str) -> str | None:
    """The node at the first wired input."""
    return next((source for source in graph.nodes[current].inputs if source is not None), None)


def downstream(graph: Graph, current: str) -> str | None:
    """The first node that `current` feeds."""
    return next((consumer for consumer, _ in graph.consumers.get(current, ())), None)
