"""Writing lessons: the state of a document becomes a step, texts change, steps go. Pure functions; no Qt.

A lesson in the making keeps its first state under `start`, so that its steps do not depend on what the document
happens to show when it is saved, and under `at` the step that it opens with: the one that was shown.
"""

from __future__ import annotations

from typing import Any

from gdstudio.document import lessons
from gdstudio.document.model import Document
from gdstudio.document.schema import to_json

_STATE = ("graph", "landscape", "race", "values", "racers")


def with_step(document: Document, title: str, text: str, node: str | None = None) -> Document:
    """The open document with its present state as a new step, after the one that it shows.

    The steps behind it stay as they are. A document without steps becomes a lesson of one step.

    Args:
        node: the node that the step selects.
    """
    lesson, rows = _lesson(document), _rows(document)
    row: dict[str, Any] = {"title": title, "text": text, **_state(document)}
    if node is not None:
        row["select"] = node
    place = min(int(lesson["at"]) + 1, len(rows)) if rows else 0
    _pin(document, rows, place)
    rows.insert(place, row)
    return document.replace(lesson={**lesson, "steps": rows, "at": place})


def with_texts(document: Document, index: int, title: str, text: str, language: str = "") -> Document:
    """The document with other texts of a step; in `language` where the step speaks it, else in its first one."""
    rows = _rows(document)
    row = dict(rows[index])
    for key, words in (("title", title), ("text", text)):
        row[f"{key}.{language}" if f"{key}.{language}" in row else key] = words
    rows[index] = row
    return document.replace(lesson={**_lesson(document), "steps": rows, "at": index})


def without_step(document: Document, index: int) -> Document:
    """The document without a step; those behind it stay as they are. Without the last one it is no lesson."""
    rows = _rows(document)
    _pin(document, rows, index + 1)
    del rows[index]
    if not rows:
        return document.replace(lesson=None)
    return document.replace(lesson={**_lesson(document), "steps": rows, "at": max(0, index - 1)})


def _lesson(document: Document) -> dict[str, Any]:
    lesson = {"text": "", "at": 0, **(document.lesson or {})}
    if "start" not in lesson:
        data = to_json(document)
        lesson["start"] = {part: data[part] for part in ("graph", "landscape", "race") if part in data}
    return lesson


def _rows(document: Document) -> list[dict[str, Any]]:
    return list((document.lesson or {}).get("steps", ()))


def _pin(document: Document, rows: list[dict[str, Any]], index: int) -> None:
    """Make a step say its whole state, since another one will stand before it."""
    if index < len(rows):
        state = lessons.read_lesson(document).steps[index].document
        kept = {key: value for key, value in rows[index].items() if key not in _STATE}
        rows[index] = kept | _state(state)


def _state(document: Document) -> dict[str, Any]:
    """Graph, landscape and race, with nothing left to what comes before."""
    data = to_json(document)
    landscape = {"axes": None, "ranges": None, "scale": "linear", **data.get("landscape", {})}
    usual = {
        "steps": document.race.steps,
        "seed": document.race.seed,
        "racers": [],
        "target": None,
        "budget": None,
    }
    race = usual | data.get("race", {})
    return {"graph": data["graph"], "landscape": landscape, "race": race}
