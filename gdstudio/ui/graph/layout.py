"""Layered layout: columns from the leaves on the left to the output on the right, folded to fit a view.

fast-sugiyama ranks the nodes and orders them with few crossings, `layering` does where that would take too long. A
graph too wide to read in the view is folded like a line of text: its columns continue in a second row, below the first.
Nothing here draws.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import fast_sugiyama

from gdstudio.ui.graph import layering
from gdstudio.ui.graph.geometry import COLUMN_GAP, GRID, NODE_WIDTH, ROW_GAP

Point = tuple[float, float]
Columns = list[list[str]]
Wire = tuple[str, str, int]


class Size(NamedTuple):
    """The room of a node; `above` is what its flag takes where another node stands over it."""

    width: float
    height: float
    above: float = 0.0


# The free height between two rows of a folded graph, for the wires that return to the left.
_FOLD_GAP = 48.0
_MARGIN = 24.0
# A picture this large is not folded to make it larger; one smaller than the second shows no numbers.
_GOOD_ENOUGH = 0.8
_UNREADABLE = 0.6
# What each wire that returns to the left takes from the worth of a folded picture, and among how many wires; among
# more it is a smaller part of the picture.
_RETURN_COST = 0.85
_FEW_WIRES = 40
_MOST_ROWS = 8
# A part of more nodes and dummy nodes than this takes fast-sugiyama above 50 ms, during which it lets no thread run.
_MOST_DUMMIES = 1000
_SWEEPS = 3


def layered(
    wires: Sequence[Wire],
    heights: Mapping[str, float],
    view: tuple[float, float] = (640.0, 600.0),
    widths: Mapping[str, float] | None = None,
    flagged: Collection[str] = (),
) -> dict[str, Point]:
    """Places for all nodes of a graph.

    Args:
        wires: (source, target, slot) for each wire.
        heights: the height of every node, isolated ones too; its order breaks ties.
        view: width and height in which the whole should be readable.
        widths: the width of every node, where they are not all as wide as one.
        flagged: nodes with a flag on their upper edge, which no other node may hide.

    Returns:
        The top left corner of every node, multiples of the grid, none overlapping.
    """
    places: dict[str, Point] = {}
    top = 0.0
    sizes = {
        id: Size(NODE_WIDTH if widths is None else widths[id], height, GRID if id in flagged else 0.0)
        for id, height in heights.items()
    }
    for columns, ranks in _components(tuple(wires), tuple(heights)):
        placed = _folded(columns, ranks, wires, sizes, view)
        places.update({id: (x, y + top) for id, (x, y) in placed.items()})
        top = max(places[id][1] + heights[id] for id in placed) + _FOLD_GAP
        top = -(-top // GRID) * GRID
    lone = [id for id in heights if id not in places]
    while lone:
        row: list[str] = []
        left = 0.0
        while lone and (not row or left + sizes[lone[0]][0] + COLUMN_GAP + _MARGIN <= view[0]):
            id = lone.pop(0)
            places[id] = (left, top)
            row.append(id)
            left += -(-(sizes[id][0] + COLUMN_GAP) // GRID) * GRID
        top += -(-(max(heights[id] for id in row) + ROW_GAP) // GRID) * GRID
    return places


@lru_cache(maxsize=16)
def _components(wires: tuple[Wire, ...], names: tuple[str, ...]) -> list[tuple[Columns, dict[str, float]]]:
    """For each connected part: its columns from left to right, and the height of each node in rows; to read only.

    A thousand nodes take seconds, so what was found is kept: a view of another size folds the same columns anew.
    """
    number = {id: i for i, id in enumerate(names)}
    edges = sorted({(number[a], number[b]) for a, b, _ in wires})
    if not edges:
        return []
    # Numbers stand for names because the library goes through a set, whose order for strings changes between
    # runs.
    part_of = {node: i for i, part in enumerate(layering.parts(edges)) for node in part}
    by_part: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in edges:
        by_part[part_of[edge[0]]].append(edge)
    found = []
    for own in by_part.values():
        numbered, heights = _columns(own)
        columns = [[names[node] for node in column] for column in numbered]
        ranks = {names[node]: height for node, height in heights.items()}
        _uncross(columns, ranks, [wire for wire in wires if wire[0] in ranks])
        found.append((columns, ranks))
    return sorted(found, key=lambda part: (-len(part[1]), min(number[id] for id in part[1])))


def _columns(edges: Sequence[tuple[int, int]]) -> tuple[list[list[int]], dict[int, float]]:
    """The columns of a connected graph from left to right, and the height of each node in rows."""
    ranks = layering.ranked(edges)
    if len(ranks) + layering.span(edges, ranks) > _MOST_DUMMIES:
        return layering.layered_columns(edges, ranks)
    [(positions, *_)] = fast_sugiyama.from_edges(edges, vertex_spacing=1, dummy_vertices=False)
    layers: dict[float, list[tuple[float, int]]] = defaultdict(list)
    for node, (x, y) in positions:
        layers[y].append((x, int(node)))
    columns = [[node for _, node in sorted(layers[y])] for y in sorted(layers, reverse=True)]
    return columns, {int(node): x for node, (x, _) in positions}


def _uncross(columns: Columns, ranks: dict[str, float], wires: Sequence[Wire]) -> None:
    """Swap neighbours in a column where wires then cross less; sugiyama does not know slots."""
    out: dict[str, list[tuple[str, int]]] = defaultdict(list)
    into: dict[str, list[str]] = defaultdict(list)
    for source, target, slot in wires:
        out[source].append((target, slot))
        into[target].append(source)

    def crossings(upper: str, lower: str) -> int:
        ends = [[ranks[t] + 0.1 * slot for t, slot in out[id]] for id in (upper, lower)]
        starts = [[ranks[s] for s in into[id]] for id in (upper, lower)]
        return _inversions(*ends) + _inversions(*starts)

    for _ in range(_SWEEPS):
        for column in reversed(columns):
            for i in range(len(column) - 1):
                upper, lower = column[i], column[i + 1]
                if crossings(lower, upper) < crossings(upper, lower):
                    column[i], column[i + 1] = lower, upper
                    ranks[upper], ranks[lower] = ranks[lower], ranks[upper]


def _inversions(first: list[float], second: list[float]) -> int:
    """How many pairs of a number of each list have the greater one first."""
    first.sort()
    return sum(len(first) - bisect.bisect_right(first, number) for number in second)


def _folded(
    columns: Columns,
    ranks: Mapping[str, float],
    wires: Sequence[Wire],
    sizes: Mapping[str, Size],
    view: tuple[float, float],
) -> dict[str, Point]:
    """The columns in the number of rows that is best to read in the view."""
    best: tuple[float, dict[str, Point]] | None = None
    for rows in range(1, min(len(columns), _MOST_ROWS) + 1):
        placed = _in_rows(columns, rows, ranks, wires, sizes)
        scale = _scale(placed, sizes, view)
        returning = sum(placed[b][0] <= placed[a][0] for a, b, _ in wires if a in placed)
        cost = _RETURN_COST ** (returning * min(1.0, _FEW_WIRES / max(len(wires), 1)))
        worth = scale * cost * (1.0 if scale >= _UNREADABLE else 0.6)
        if best is None or worth > best[0]:
            best = (worth, placed)
        if scale >= _GOOD_ENOUGH:
            break
    assert best is not None
    return best[1]


def _scale(places: Mapping[str, Point], sizes: Mapping[str, Size], view: tuple[float, float]) -> float:
    """The zoom at which all of it is in view."""
    width = max(x + sizes[id][0] for id, (x, _) in places.items()) + 2 * _MARGIN
    height = max(y + sizes[id][1] for id, (_, y) in places.items()) + 2 * _MARGIN
    return min(view[0] / width, view[1] / height, 1.0)


def _in_rows(
    columns: Columns,
    rows: int,
    ranks: Mapping[str, float],
    wires: Sequence[Wire],
    sizes: Mapping[str, Size],
) -> dict[str, Point]:
    share = -(-len(columns) // rows)
    chunks = [columns[start : start + share] for start in range(0, len(columns), share)]
    chunks = _with_late_leaves(chunks, wires)
    places: dict[str, Point] = {}
    top = 0.0
    for chunk in chunks:
        placed = _row(chunk, ranks, sizes)
        places.update({id: (x, y + top) for id, (x, y) in placed.items()})
        top = max(places[id][1] + sizes[id][1] for id in placed) + _FOLD_GAP
        top = -(-top // GRID) * GRID
    return places


def _with_late_leaves(chunks: list[Columns], wires: Sequence[Wire]) -> list[Columns]:
    """Leaves used only in later rows move down into a first column of the row that uses them."""
    row = {id: r for r, chunk in enumerate(chunks) for column in chunk for id in column}
    fed = {target for _, target, _ in wires}
    users: dict[str, list[int]] = defaultdict(list)
    for source, target, _ in wires:
        users[source].append(row.get(target, 0))
    moved: dict[int, list[str]] = defaultdict(list)
    for id, r in row.items():
        if id not in fed and users[id] and min(users[id]) > r:
            moved[min(users[id])].append(id)
    if not moved:
        return chunks
    gone = {id for ids in moved.values() for id in ids}
    result = []
    for r, chunk in enumerate(chunks):
        kept = [[id for id in column if id not in gone] for column in chunk]
        result.append(([moved[r]] if moved[r] else []) + [column for column in kept if column])
    return [chunk for chunk in result if chunk]


def _row(columns: Columns, ranks: Mapping[str, float], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """One row of columns: heights as sugiyama balanced them, then pushed apart until nothing overlaps."""
    tallest = max(sizes[id][1] for column in columns for id in column)
    # Between blocks of many nodes single ones stand as close as ever.
    single = [sizes[id][1] for column in columns for id in column if sizes[id][0] <= NODE_WIDTH]
    usual = max(single, default=tallest)
    pitch = usual + ROW_GAP
    places: dict[str, Point] = {}
    left = 0.0
    for column in columns:
        floor = float("-inf")
        for id in column:
            _width, height, above = sizes[id]
            middle = max(height - usual, 0.0) / 2
            y = max(round((ranks[id] * pitch - middle) / GRID) * GRID, floor + above)
            places[id] = (left, y)
            floor = y + -(-(height + ROW_GAP) // GRID) * GRID
        left += -(-(max(sizes[id][0] for id in column) + COLUMN_GAP) // GRID) * GRID
    top = min(y for _, y in places.values())
    return {id: (x, y - top) for id, (x, y) in places.items()}
