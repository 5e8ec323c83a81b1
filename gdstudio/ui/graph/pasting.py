"""Where new things lie: what they cover, and copies from the clipboard where they cover nothing. For any thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF

from gdstudio.document.model import Document
from gdstudio.engine.node import Node
from gdstudio.ui.commands import Point
from gdstudio.ui.graph import clipboard, edits
from gdstudio.ui.graph.faces import slot_count
from gdstudio.ui.graph.geometry import node_rect
from gdstudio.ui.graph.mark_items import FRAME_AROUND, FRAME_TITLE, NOTE_SIZE
from gdstudio.ui.graph.marks import Note
from gdstudio.ui.graph.room import free_shift


def bodies_of(nodes: Mapping[str, Node], places: Mapping[str, Point]) -> list[QRectF]:
    """The rectangles of nodes at these places."""
    return [node_rect(slot_count(nodes[id])).translated(*place) for id, place in places.items()]


def framed(bodies: Iterable[QRectF]) -> QRectF:
    """The rectangle of a frame around these."""
    area = QRectF()
    for body in bodies:
        area = area.united(body)
    return area.adjusted(-FRAME_AROUND, -FRAME_AROUND - FRAME_TITLE, FRAME_AROUND, FRAME_AROUND)


def with_copies(
    document: Document, places: Mapping[str, Point], taken: Sequence[QRectF], data: str, center: Point | None
) -> clipboard.Pasted:
    """The document with what was copied around `center`, or near it where that covers nothing that is taken.

    Raises:
        CommandError: the clipboard holds no such thing.
    """
    clip = clipboard.read(data)
    shift = clipboard.BESIDE
    if center is not None:
        dx, dy = clipboard.shift_to(clip, center)
        over, down = free_shift(_covered(clip, (dx, dy)), taken)
        shift = dx + over, dy + down
    return clipboard.pasted(edits.pinned(document, places), clip, shift)


def _covered(clip: clipboard.Clip, shift: Point) -> list[QRectF]:
    """What copied nodes, notes and frames cover when they are moved."""
    dx, dy = shift
    places = {id: (node.pos[0] + dx, node.pos[1] + dy) for id, node in clip.nodes.items() if node.pos}
    bodies = bodies_of(clip.nodes, places)
    for mark in clip.marks:
        if isinstance(mark, Note):
            bodies.append(QRectF(QPointF(mark.pos[0] + dx, mark.pos[1] + dy), NOTE_SIZE))
        elif members := {id: places[id] for id in mark.nodes if id in places}:
            bodies.append(framed(bodies_of(clip.nodes, members)))
    return bodies
