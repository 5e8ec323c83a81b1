"""What can be taken by the hand on a landscape, and the documents that moving it makes. No Qt here.

A handle is a start (of one racer, or of several that start from the same point) or the graph's own point, at
which the graph editor shows values and gradients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gdstudio.document.model import Document
from gdstudio.ui import commands


@dataclass(frozen=True)
class Handle:
    """Something to drag.

    Attributes:
        kind: "start", or "point" for the graph's own point.
        racers: places in `document.race.racers` of those that start here; empty for the graph's point.
        at: one number for each axis.
    """

    kind: Literal["start", "point"]
    racers: tuple[int, ...]
    at: tuple[float, ...]


def handles(document: Document, axes: Sequence[str]) -> list[Handle]:
    """The graph's point and one handle for each different start of the enabled racers, in drawing order."""
    where = _columns(document, axes)
    if where is None:
        return []
    stored = document.start
    groups: dict[tuple[float, ...], list[int]] = {}
    for index, racer in enumerate(document.race.racers):
        start = stored if racer.start is None else racer.start
        if racer.enabled and len(start) == len(stored):
            groups.setdefault(tuple(start[c] for c in where), []).append(index)
    point = Handle("point", (), tuple(stored[c] for c in where))
    return [point, *(Handle("start", tuple(racers), at) for at, racers in groups.items())]


def with_starts(
    document: Document, racers: Sequence[int], axes: Sequence[str], at: Sequence[float]
) -> Document:
    """The document with these racers starting at `at` along the axes; their other coordinates stay."""
    for index in racers:
        own = document.race.racers[index].start
        start = list(document.start if own is None or len(own) != len(document.coordinates) else own)
        for column, value in zip(_columns(document, axes) or (), at, strict=True):
            start[column] = float(value)
        document = commands.set_start(document, index, start)
    return document


def with_point(document: Document, axes: Sequence[str], at: Sequence[float]) -> Document:
    """The document with its parameters' values at `at` along the axes."""
    for axis, value in zip(axes, at, strict=True):
        id, _, index = axis.partition("[")
        stored = document.graph.nodes[id].value
        if stored is None:
            continue
        changed = stored.copy()
        changed[tuple(int(i) for i in index[:-1].split(",")) if index else ()] = float(value)
        document = commands.set_value(document, id, changed)
    return document


def with_click(
    document: Document, selected: int | None, axes: Sequence[str], at: Sequence[float]
) -> Document:
    """The document after a click on empty ground: a new start for the selected racer, else for all of them.

    Without any racer the graph's own point goes there.
    """
    if selected is not None:
        return with_starts(document, (selected,), axes, at)
    everyone = tuple(i for i, racer in enumerate(document.race.racers) if racer.enabled)
    return with_starts(document, everyone, axes, at) if everyone else with_point(document, axes, at)


def _columns(document: Document, axes: Sequence[str]) -> tuple[int, ...] | None:
    """Places of the axes among the coordinates; None when one of them is no coordinate."""
    names = document.coordinates
    return tuple(names.index(axis) for axis in axes) if set(axes) <= set(names) else None
