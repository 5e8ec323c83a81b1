"""Layered layout that keeps the members of a frame together: a frame is laid out inside, then placed like one node.

Frames in frames are laid out from the inside outwards. Frames that share a part of their nodes are placed as one.
Nothing here draws.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from gdstudio.ui.graph.geometry import GRID, NODE_WIDTH
from gdstudio.ui.graph.layout import Point, Wire, layered

# Room between a frame's outer edge and its members, whole grid steps: title and margin above, margin elsewhere.
_ABOVE = 3 * GRID
_BESIDE = GRID
_DEFAULT_VIEW = (640.0, 600.0)


def layered_in_frames(
    wires: Sequence[Wire],
    heights: Mapping[str, float],
    frames: Sequence[Collection[str]],
    view: tuple[float, float] = _DEFAULT_VIEW,
    flagged: Collection[str] = (),
) -> dict[str, Point]:
    """Places for all nodes of a graph, no node of another frame or of none between the members of one.

    Args:
        wires: (source, target, slot) for each wire.
        heights: the height of every node; its order breaks ties.
        frames: the nodes of each frame; those that are not in `heights` are left out.
        view: width and height in which the whole should be readable.
        flagged: nodes with a flag on their upper edge, which no other node may hide.
    """
    groups = _groups([set(frame) & heights.keys() for frame in frames])
    if not groups:
        return layered(wires, heights, view, flagged=flagged)
    inside: dict[str, dict[str, Point]] = {}
    block_of: dict[str, str] = {}
    sizes: dict[str, tuple[float, float]] = {}
    for number, (members, inner) in enumerate(groups):
        own = {id: height for id, height in heights.items() if id in members}
        within = [wire for wire in wires if wire[0] in members and wire[1] in members]
        places = layered_in_frames(within, own, inner, view, flagged)
        name = f"frame {number}"  # with a space, so no node is called that
        left, top = min(x for x, _ in places.values()), min(y for _, y in places.values())
        inside[name] = {id: (x - left + _BESIDE, y - top + _ABOVE) for id, (x, y) in places.items()}
        # A frame in the frame reaches beyond its members, so there is room for one around each of them.
        depth = 1 + _depth(inner)
        around = {
            id: (x + (depth - 1) * _BESIDE, y + (depth - 1) * _ABOVE) for id, (x, y) in inside[name].items()
        }
        inside[name] = around
        width = max(x for x, _ in around.values()) + NODE_WIDTH + depth * _BESIDE
        height = max(y + heights[id] for id, (_, y) in around.items()) + depth * _BESIDE
        sizes[name] = _on_grid(width), _on_grid(height)
        block_of.update(dict.fromkeys(members, name))
    outer = {
        block_of.get(id, id): sizes.get(block_of.get(id, id), (NODE_WIDTH, heights[id])) for id in heights
    }
    placed = layered(
        _between(wires, block_of, list(heights)),
        {id: height for id, (_, height) in outer.items()},
        view,
        {id: width for id, (width, _) in outer.items()},
        flagged,
    )
    result = {}
    for id in heights:
        block = block_of.get(id)
        x, y = placed[id if block is None else block]
        dx, dy = (0.0, 0.0) if block is None else inside[block][id]
        result[id] = (x + dx, y + dy)
    return result


def _groups(frames: Sequence[set[str]]) -> list[tuple[set[str], list[set[str]]]]:
    """The outermost frames, joined where they overlap, each with the frames that lie wholly within it."""
    groups: list[tuple[set[str], list[set[str]]]] = []
    for frame in sorted((frame for frame in frames if frame), key=len, reverse=True):
        meeting = [group for group in groups if group[0] & frame]
        if len(meeting) == 1 and frame < meeting[0][0]:
            meeting[0][1].append(frame)
            continue
        # Of frames that only share nodes none can be kept whole inside; together they are.
        apart = [group for group in groups if group not in meeting]
        joined = frame.union(*(members for members, _ in meeting))
        groups = [*apart, (joined, [] if meeting else [])]
    return groups


def _depth(frames: Sequence[Collection[str]]) -> int:
    """How many frames at most lie within one another."""
    groups = _groups([set(frame) for frame in frames])
    return max((1 + _depth(inner) for _, inner in groups), default=0)


def _between(wires: Sequence[Wire], block_of: Mapping[str, str], order: Sequence[str]) -> list[Wire]:
    """The wires between blocks, without those that would lead back: a frame may feed itself through other nodes."""
    rank: dict[str, int] = {}
    ends = [(block_of.get(a, a), block_of.get(b, b), slot) for a, b, slot in wires]
    ends = [wire for wire in ends if wire[0] != wire[1]]
    waiting = {block_of.get(id, id): 0 for id in order}
    after: dict[str, list[str]] = {name: [] for name in waiting}
    for a, b, _ in ends:
        after[a].append(b)
        waiting[b] += 1
    while waiting:
        # On a cycle the one that waits for least goes first.
        name = min(waiting, key=waiting.__getitem__)
        del waiting[name]
        rank[name] = len(rank)
        for other in after[name]:
            if other in waiting:
                waiting[other] -= 1
    return [wire for wire in ends if rank[wire[0]] < rank[wire[1]]]


def _on_grid(length: float) -> float:
    return math.ceil(length / GRID) * GRID
