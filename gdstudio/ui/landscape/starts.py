"""What can be taken by the hand on a landscape, and the documents that moving it makes. No Qt here.

A handle is a start (of one racer, or of several that start from the same point) or the graph's own point, at
which the graph editor shows values and gradients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdstudio.document.model import Document
from gdstudio.ui import commands
from gdstudio.ui.landscape.lens import Lens


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


def handles(document: Document, lens: Lens) -> list[Handle]:
    """The graph's point and one handle for each different start of the enabled racers, in drawing order."""
    names, stored = document.coordinates, document.start
    here = lens.positions(np.array(stored), names)
    if here is None:
        return []
    groups: dict[tuple[float, ...], list[int]] = {}
    for index, racer in enumerate(document.race.racers):
        start = stored if racer.start is None else racer.start
        if racer.enabled and len(start) == len(stored):
            at = lens.positions(np.array(start), names)
            if at is not None:
                groups.setdefault(tuple(at.tolist()), []).append(index)
    point = Handle("point", (), tuple(here.tolist()))
    return [point, *(Handle("start", tuple(racers), at) for at, racers in groups.items())]


def with_starts(document: Document, racers: Sequence[int], lens: Lens, at: Sequence[float]) -> Document:
    """The document with these racers starting at `at` along the axes; what lies off the axes stays."""
    names = document.coordinates
    for index in racers:
        own = document.race.racers[index].start
        start = document.start if own is None or len(own) != len(names) else own
        document = commands.set_start(document, index, lens.moved(start, names, at))
    return document


def with_point(document: Document, axes: Sequence[str], at: Sequence[float]) -> Document:
    """The document with its parameters' values at `at` along coordinates."""
    for axis, value in zip(axes, at, strict=True):
        id, _, index = axis.partition("[")
        stored = document.graph.nodes[id].value
        if stored is None:
            continue
        changed = stored.copy()
        changed[tuple(int(i) for i in index[:-1].split(",")) if index else ()] = float(value)
        document = commands.set_value(document, id, changed)
    return document


def with_click(document: Document, selected: int | None, lens: Lens, at: Sequence[float]) -> Document:
    """The document after a click on empty ground: a new start for the selected racer, else for all of them.

    Without any racer the graph's own point goes there, when the axes are coordinates.
    """
    if not lens.can_place:
        return document
    if selected is not None:
        return with_starts(document, (selected,), lens, at)
    everyone = tuple(i for i, racer in enumerate(document.race.racers) if racer.enabled)
    if everyone:
        return with_starts(document, everyone, lens, at)
    return with_point(document, lens.axes, at) if lens.is_named else document
