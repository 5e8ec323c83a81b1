"""Nodes, frames and notes as text for the clipboard, and back: pure functions, no Qt.

The text is a document in the format of files, and the wires that come from outside it. Beside it goes plain text for
people and other programs: the formula of the nodes, or what the notes say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from gdstudio.document import files
from gdstudio.document.model import Document
from gdstudio.engine.formula import to_text
from gdstudio.engine.graph import Graph
from gdstudio.engine.node import Node
from gdstudio.ui import commands
from gdstudio.ui.commands import CommandError, Point
from gdstudio.ui.graph import marks
from gdstudio.ui.graph.geometry import GRID, NODE_HEIGHT, NODE_WIDTH
from gdstudio.ui.graph.marks import Frame, Key, Note

MIME = "application/x-gdstudio-nodes"


# Where copies lie that nobody gives a place: two grid steps beside their originals.
BESIDE = 2 * GRID, 2 * GRID


class Clip(NamedTuple):
    """What was copied: nodes by the names that they had, which may be fed by others of that document; frames, notes."""

    nodes: Mapping[str, Node]
    marks: Sequence[Frame | Note]


class Pasted(NamedTuple):
    """The document with what was pasted: the names of the new nodes, the keys of the new frames and notes."""

    document: Document
    nodes: list[str]
    marks: list[Key]


def with_frames(document: Document, nodes: Iterable[str], keys: Iterable[Key]) -> tuple[list[str], list[Key]]:
    """The nodes and annotations that go along when these are copied.

    A frame takes its nodes along; nodes take a frame along when they are all that stand in it.
    """
    chosen, wanted = set(nodes), set(keys)
    known = marks.marks_of(document)
    frames = {key: set(mark.nodes) for key, mark in known.items() if isinstance(mark, Frame)}
    chosen.update(*(inside for key, inside in frames.items() if key in wanted))
    wanted.update(key for key, inside in frames.items() if inside <= chosen)
    return [id for id in document.graph.nodes if id in chosen], [key for key in known if key in wanted]


def copied(
    document: Document, nodes: Iterable[str], keys: Iterable[Key], places: Mapping[str, Point]
) -> tuple[str, str]:
    """Nodes, frames and notes as a text for `pasted`, and as plain text.

    Raises:
        DocumentError, EngineError: something in them cannot be written down.
    """
    graph, chosen = document.graph, set(nodes)
    whole = [
        graph.nodes[id].replace(pos=places.get(id, graph.nodes[id].pos)) for id in graph.nodes if id in chosen
    ]
    outside: list[tuple[str, int, str]] = [
        (node.id, slot, source)
        for node in whole
        for slot, source in enumerate(node.inputs)
        if source is not None and source not in chosen
    ]
    loose = [node.replace(inputs=tuple(s if s in chosen else None for s in node.inputs)) for node in whole]
    known = marks.marks_of(document)
    found = [known[key] for key in keys if key in known]
    part = marks.with_marks(Document(graph=Graph(loose)), found)[0]
    notes = [mark.text for mark in found if isinstance(mark, Note)]
    plain = _formula(whole, {source for _, _, source in outside}) if whole else "\n\n".join(notes)
    return json.dumps({"document": files.to_json(part), "outside": outside}), plain


def _formula(nodes: Sequence[Node], outside: set[str]) -> str:
    """The lines of the formula that define `nodes`; nodes outside are only read."""
    whole = Graph([*(Node(id, "constant", value=np.zeros(())) for id in sorted(outside)), *nodes])
    lines = to_text(whole).splitlines()
    return "\n".join(line for line in lines if line.split(" = ")[0] not in outside)


def read(data: str) -> Clip:
    """What `copied` wrote.

    Raises:
        CommandError: the text is not such data.
    """
    try:
        content = json.loads(data)
        part = files.from_json(content["document"])
        nodes = dict(part.graph.nodes)
        for target, slot, source in content["outside"]:
            inputs = list(nodes[target].inputs)
            inputs[slot] = str(source)
            nodes[target] = nodes[target].replace(inputs=tuple(inputs))
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise CommandError("the clipboard holds no nodes that this version can read") from error
    return Clip(nodes, list(marks.marks_of(part).values()))


def pasted(document: Document, clip: Clip, shift: Point = BESIDE) -> Pasted:
    """The document with copies, so far from where their originals were."""
    document, names = commands.paste_nodes(document, list(clip.nodes.values()), shift)
    called = dict(zip(clip.nodes, names, strict=True))
    moved = [
        Frame(mark.title, tuple(called[id] for id in mark.nodes))
        if isinstance(mark, Frame)
        else Note(mark.text, (mark.pos[0] + shift[0], mark.pos[1] + shift[1]))
        for mark in clip.marks
    ]
    document, keys = marks.with_marks(document, moved)
    return Pasted(document, names, keys)


def shift_to(clip: Clip, center: Point) -> Point:
    """How far copies are moved, by whole grid steps, to lie around `center`."""
    corners = [node.pos for node in clip.nodes.values() if node.pos is not None]
    corners += [mark.pos for mark in clip.marks if isinstance(mark, Note)]
    if not corners:
        return BESIDE
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    dx = center[0] - (min(xs) + max(xs) + NODE_WIDTH) / 2
    dy = center[1] - (min(ys) + max(ys) + NODE_HEIGHT) / 2
    return round(dx / GRID) * GRID, round(dy / GRID) * GRID
