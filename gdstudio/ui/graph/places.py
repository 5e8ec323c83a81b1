"""Where the nodes of a graph stand: where the document says, else where the layout puts them.

Places that the layout found live here until an edit writes them down. Nothing here draws.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from gdstudio.engine.graph import Graph
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.faces import slot_count
from gdstudio.ui.graph.framed_layout import layered_in_frames
from gdstudio.ui.graph.layout import Point

# The layout of more nodes than this takes longer than a slot of the GUI thread may.
AT_ONCE = 300


class Places:
    """The places of one graph's nodes.

    Attributes:
        frames: the nodes of each frame, which a layout keeps together.
        rough: the nodes that stand in plain columns until somebody brings their layout with `take`.
    """

    def __init__(self) -> None:
        self.frames: Sequence[Collection[str]] = ()
        self.rough: frozenset[str] = frozenset()
        self._placed: dict[str, Point] = {}
        self._laid: dict[str, Point] = {}  # where the layout put nodes that the document gives no place

    def __getitem__(self, id: str) -> Point:
        return self._placed[id]

    def clear(self) -> None:
        """Forget all places: another document comes."""
        self._placed, self._laid = {}, {}
        self.rough = frozenset()

    def rename(self, old: str, new: str) -> None:
        """Give the place of one node to another: it was renamed."""
        for places in (self._placed, self._laid):
            if old in places:
                places[new] = places[old]

    def follow(self, graph: Graph, changed: Iterable[str], view: tuple[float, float]) -> None:
        """Give every node of a graph a place. Only `changed` nodes may have another one in the document.

        Args:
            view: width and height in which the whole should be readable.
        """
        for id in changed:
            pos = graph.nodes[id].pos
            if pos is not None:
                self._placed[id] = (float(pos[0]), float(pos[1]))
            elif id in self._laid:
                # An undo has taken the place out of the document again.
                self._placed[id] = self._laid[id]
        missing = [id for id in graph.nodes if id not in self._placed]
        if len(missing) > AT_ONCE:
            self._keep(graph, missing, _columns(graph, missing))
            self.rough = frozenset(missing)
        elif missing:
            self._keep(graph, missing, layout_job(graph, self.frames, view, missing)())

    def lay_out_again(self, graph: Graph, view: tuple[float, float]) -> list[str]:
        """Lay the nodes out anew that the document gives no place; returns those that move at once."""
        unplaced = [id for id, node in graph.nodes.items() if node.pos is None]
        if len(unplaced) > AT_ONCE:
            self.rough = frozenset(unplaced)
            return []
        self.clear()
        self.follow(graph, graph.nodes, view)
        return list(graph.nodes)

    def take(self, graph: Graph, laid: Mapping[str, Point]) -> list[str]:
        """Put the rough nodes where a layout of them has come; returns those that move."""
        moved = [id for id in laid if id in self.rough and id in graph.nodes and graph.nodes[id].pos is None]
        self.rough = frozenset()
        for id in moved:
            del self._placed[id]
        self._keep(graph, moved, laid)
        return moved

    def _keep(self, graph: Graph, missing: Sequence[str], laid: Mapping[str, Point]) -> None:
        """Keep the layout of the missing nodes, below the others."""
        known = [self._placed[id] for id in graph.nodes if id in self._placed]
        found = {id: laid[id] for id in missing}
        if known and found:
            below = max(y for _, y in known) + geometry.NODE_HEIGHT + 3 * geometry.GRID
            left = min(x for x, _ in known)
            top, start = min(y for _, y in found.values()), min(x for x, _ in found.values())
            found = {id: (x - start + left, y - top + below) for id, (x, y) in found.items()}
        self._laid |= found
        self._placed |= found


def layout_job(
    graph: Graph,
    frames: Sequence[Collection[str]],
    view: tuple[float, float],
    ids: Iterable[str] | None = None,
) -> Callable[[], dict[str, Point]]:
    """What computes the places that the automatic layout gives these nodes (None: all), in any thread."""
    chosen = None if ids is None else list(ids)

    def work() -> dict[str, Point]:
        nodes = graph.nodes
        heights = {id: geometry.node_height(slot_count(nodes[id])) for id in chosen or nodes}
        flagged = () if graph.output is None else (graph.output,)
        return layered_in_frames(_wires(graph, heights), heights, frames, view, flagged)

    return work


def _wires(graph: Graph, ids: Collection[str]) -> list[tuple[str, str, int]]:
    """(source, target, slot) for each wire between these nodes."""
    nodes = graph.nodes
    return [
        (source, id, slot)
        for id in ids
        for slot, source in enumerate(nodes[id].inputs)
        if source is not None and source in ids
    ]


def _columns(graph: Graph, ids: Sequence[str]) -> dict[str, Point]:
    """Places in plain columns from left to right, found in milliseconds."""
    nodes, wanted = graph.nodes, set(ids)
    ranks: dict[str, int] = {}
    for id in graph.order:
        if id in wanted:
            ranks[id] = max((ranks[source] + 1 for source in nodes[id].inputs if source in ranks), default=0)
    floors: dict[int, float] = {}
    places = {}
    for id in ids:
        rank = ranks.get(id, 0)
        top = floors.get(rank, 0.0)
        places[id] = (rank * (geometry.NODE_WIDTH + geometry.COLUMN_GAP), top)
        floors[rank] = top + geometry.node_height(slot_count(nodes[id])) + geometry.ROW_GAP
    return places
