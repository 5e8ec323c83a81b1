"""Columns and heights for graphs of many nodes, by sweeps of barycentres that need no nodes in between.

The method of Sugiyama, Tagawa and Toda (1981): rank the nodes, order each column by the mean place of the neighbours,
then give heights. A wire over many columns counts as one neighbour; the usual chain of dummy nodes in its place makes
the work grow with the square of the length. Nothing here draws.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

_ORDER_SWEEPS = 6
_HEIGHT_SWEEPS = 6
# Part of the way to the middle line that a node keeps: a long chain would drift ever further from it.
_STRAIGHTENING = 0.85

Neighbours = Mapping[int, Sequence[int]]


def parts(edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of a graph as sorted lists of nodes; nodes without edges are in none."""
    around: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        around[a].append(b)
        around[b].append(a)
    seen: set[int] = set()
    found = []
    for first in around:
        if first in seen:
            continue
        seen.add(first)
        part = [first]
        for node in part:
            fresh = [other for other in around[node] if other not in seen]
            seen.update(fresh)
            part += dict.fromkeys(fresh)
        found.append(sorted(part))
    return found


def span(edges: Sequence[tuple[int, int]], ranks: Mapping[int, int]) -> int:
    """How many columns the edges pass over, all told: the dummy nodes that they would have."""
    return sum(ranks[b] - ranks[a] - 1 for a, b in edges)


def ranked(edges: Sequence[tuple[int, int]]) -> dict[int, int]:
    """A column for each node, every edge to the right: as late as what it feeds allows, so that wires are short.

    Raises:
        graphlib.CycleError: the edges make a cycle.
    """
    sources, targets = _both_ways(edges)
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    order = list(TopologicalSorter({node: sources.get(node, ()) for node in nodes}).static_order())
    early: dict[int, int] = {}
    for node in order:
        early[node] = max((early[source] + 1 for source in sources.get(node, ())), default=0)
    late: dict[int, int] = {}
    for node in reversed(order):
        late[node] = min((late[target] - 1 for target in targets.get(node, ())), default=early[node])
    return late


def layered_columns(
    edges: Sequence[tuple[int, int]], ranks: Mapping[int, int]
) -> tuple[list[list[int]], dict[int, float]]:
    """The columns of a connected graph from left to right, each from the top, and the height of each node in rows."""
    sources, targets = _both_ways(edges)
    columns: list[list[int]] = [[] for _ in range(max(ranks.values()) - min(ranks.values()) + 1)]
    for node in _depth_first(sources, targets, ranks):
        columns[ranks[node] - min(ranks.values())].append(node)
    columns = [column for column in columns if column]
    place = {node: i - (len(column) - 1) / 2 for column in columns for i, node in enumerate(column)}
    for sweep in range(_ORDER_SWEEPS):
        forward = sweep % 2 == 0
        near = sources if forward else targets
        for column in columns if forward else reversed(columns):
            column.sort(key=lambda node: _mean(place, near.get(node, ()), place[node]))
            for i, node in enumerate(column):
                place[node] = i - (len(column) - 1) / 2
    for sweep in range(_HEIGHT_SWEEPS):
        forward = sweep % 2 == 0
        near = sources if forward else targets
        for column in columns if forward else reversed(columns):
            wanted = [_STRAIGHTENING * _mean(place, near.get(node, ()), place[node]) for node in column]
            place.update(zip(column, _apart(wanted), strict=True))
    return columns, place


def _both_ways(edges: Iterable[tuple[int, int]]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """(sources of each node, targets of each node)."""
    sources: dict[int, list[int]] = defaultdict(list)
    targets: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        sources[b].append(a)
        targets[a].append(b)
    return sources, targets


def _depth_first(sources: Neighbours, targets: Neighbours, ranks: Mapping[int, int]) -> list[int]:
    """The nodes as met from the last column against the edges: what belongs together stays together."""
    ends = sorted((node for node in ranks if not targets.get(node)), key=lambda node: (-ranks[node], node))
    seen: dict[int, None] = {}
    waiting = ends[::-1]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen[node] = None
            waiting.extend(reversed(sources.get(node, ())))
    return list(seen)


def _mean(place: Mapping[int, float], near: Sequence[int], alone: float) -> float:
    """The mean place of the neighbours; a node without any stays."""
    return sum([place[other] for other in near]) / len(near) if near else alone


def _apart(wanted: Sequence[float]) -> list[float]:
    """The heights nearest to those wanted (least squares) that keep the order and lie one row apart.

    Without the rows between them that is isotonic regression, by pooling adjacent violators.
    """
    pools: list[tuple[float, int]] = []
    for i, height in enumerate(wanted):
        total, count = height - i, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    levels = [total / count for total, count in pools for _ in range(count)]
    return [level + i for i, level in enumerate(levels)]
