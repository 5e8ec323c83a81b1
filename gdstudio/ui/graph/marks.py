"""Frames (titled boxes around nodes) and free notes: what a document says beside its graph.

They stand in the file under `graph.frames` and `graph.notes`, where the engine and other programs pass them by:

    "frames": [{"title": "dense layer", "nodes": ["z", "W", "b"]}], "notes": [{"text": "…", "pos": [16, 32]}]

A frame holds nodes, not a place: its box follows them. All functions are pure; an entry that cannot be read is
left as it is and not shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from gdstudio.document.model import Document
from gdstudio.ui.commands import Point

Kind = Literal["frame", "note"]
# What names an annotation as long as the document does not change: its kind and its place in the list.
Key = tuple[Kind, int]
_LISTS: dict[Kind, str] = {"frame": "frames", "note": "notes"}


@dataclass(frozen=True)
class Frame:
    """A titled box around nodes; names that the graph does not have are left out."""

    title: str
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A text with its top left corner at `pos`."""

    text: str
    pos: Point


def marks_of(document: Document) -> dict[Key, Frame | Note]:
    """All that can be shown, frames first. A frame of which no node is left is not shown."""
    found: dict[Key, Frame | Note] = {}
    for index, entry in enumerate(_entries(document, "frame")):
        frame = _frame(entry, document)
        if frame is not None:
            found["frame", index] = frame
    for index, entry in enumerate(_entries(document, "note")):
        note = _note(entry)
        if note is not None:
            found["note", index] = note
    return found


def frames_of(document: Document) -> list[tuple[str, ...]]:
    """The nodes of every frame."""
    return [mark.nodes for mark in marks_of(document).values() if isinstance(mark, Frame)]


def with_frame(document: Document, title: str, nodes: Iterable[str]) -> tuple[Document, Key]:
    """The document with one more frame, and its key."""
    entry = {"title": title, "nodes": list(nodes)}
    entries = [*_entries(document, "frame"), entry]
    return _with(document, "frame", entries), ("frame", len(entries) - 1)


def with_note(document: Document, text: str, pos: Point) -> tuple[Document, Key]:
    """The document with one more note, and its key."""
    entries = [*_entries(document, "note"), {"text": text, "pos": [float(pos[0]), float(pos[1])]}]
    return _with(document, "note", entries), ("note", len(entries) - 1)


def with_marks(document: Document, found: Iterable[Frame | Note]) -> tuple[Document, list[Key]]:
    """The document with these frames and notes, too, and their keys."""
    keys: list[Key] = []
    for mark in found:
        if isinstance(mark, Frame):
            document, key = with_frame(document, mark.title, mark.nodes)
        else:
            document, key = with_note(document, mark.text, mark.pos)
        keys.append(key)
    return document, keys


def with_text(document: Document, key: Key, text: str) -> Document:
    """The document with another title of a frame, or text of a note."""
    return _changed(document, key, "title" if key[0] == "frame" else "text", text)


def moved(document: Document, key: Key, pos: Point) -> Document:
    """The document with a note elsewhere."""
    return _changed(document, key, "pos", [float(pos[0]), float(pos[1])])


def without(document: Document, keys: Iterable[Key]) -> Document:
    """The document without these annotations; nodes in a frame stay."""
    gone = set(keys)
    for kind in ("frame", "note"):
        entries = _entries(document, kind)
        kept = [entry for index, entry in enumerate(entries) if (kind, index) not in gone]
        if len(kept) < len(entries):
            document = _with(document, kind, kept)
    return document


def renamed(document: Document, old: str, new: str) -> Document:
    """The document with a node under its new name in every frame."""
    entries = [
        entry | {"nodes": [new if id == old else id for id in entry["nodes"]]}
        if _holds(entry, {old})
        else entry
        for entry in _entries(document, "frame")
    ]
    return _with(document, "frame", entries) if entries != _entries(document, "frame") else document


def without_nodes(document: Document, ids: Iterable[str]) -> Document:
    """The document with these nodes in no frame; frames that are empty then are gone."""
    gone = set(ids)
    kept: list[Any] = []
    for entry in _entries(document, "frame"):
        if _holds(entry, gone):
            entry = entry | {"nodes": [id for id in entry["nodes"] if id not in gone]}
            if not entry["nodes"]:
                continue
        kept.append(entry)
    return _with(document, "frame", kept) if kept != _entries(document, "frame") else document


def _entries(document: Document, kind: Kind) -> list[Any]:
    entries = document.graph_extra.get(_LISTS[kind])
    return list(entries) if isinstance(entries, list) else []


def _with(document: Document, kind: Kind, entries: list[Any]) -> Document:
    extra = dict(document.graph_extra)
    if entries:
        extra[_LISTS[kind]] = entries
    else:
        extra.pop(_LISTS[kind], None)
    return document.replace(graph_extra=extra)


def _changed(document: Document, key: Key, name: str, value: Any) -> Document:
    kind, index = key
    entries = _entries(document, kind)
    if entries[index].get(name) == value:
        return document
    entries[index] = entries[index] | {name: value}
    return _with(document, kind, entries)


def _holds(entry: Any, ids: set[str]) -> bool:
    """Whether `entry` is a frame around one of these nodes."""
    nodes = entry.get("nodes") if isinstance(entry, dict) else None
    return isinstance(nodes, list) and any(isinstance(id, str) and id in ids for id in nodes)


def _frame(entry: Any, document: Document) -> Frame | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("nodes"), list):
        return None
    known = tuple(id for id in entry["nodes"] if isinstance(id, str) and id in document.graph.nodes)
    title = entry.get("title", "")
    return Frame(title if isinstance(title, str) else "", known) if known else None


def _note(entry: Any) -> Note | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return None
    match entry.get("pos"):
        case [int() | float() as x, int() | float() as y] if abs(x) < 1e7 and abs(y) < 1e7:
            return Note(entry["text"], (float(x), float(y)))
    return None
