"""The landscape settings of a document as JSON values and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from gdstudio.document.entries import Entry
from gdstudio.document.model import (
    COLOUR_MAPS,
    DIRECTIONS,
    FIELD_LINES,
    SCALES,
    VIEWS,
    WIDEST_SMOOTHING,
    LandscapeSettings,
)
from gdstudio.engine import Graph

_KEYS = tuple(part.name for part in fields(LandscapeSettings) if part.name != "extra")
_DEFAULTS = {key: getattr(LandscapeSettings(), key) for key in _KEYS}


def landscape_from_json(entry: Entry, graph: Graph) -> LandscapeSettings:
    """The settings in a file's `landscape` object.

    Raises:
        DocumentError: with the path of the entry at fault, such as `landscape.ranges[1]`.
    """

    def optional(key: str, read: Callable[[Entry], Any]) -> Any:
        found = entry.get(key)
        return _DEFAULTS[key] if found is None else read(found)

    axes = optional("axes", _axes)
    directions = optional("directions", lambda kind: kind.choice(*DIRECTIONS))
    ranges = entry.get("ranges")
    if ranges is not None and directions != "coordinates":
        ranges.entries(2)
    elif ranges is not None and axes is not None:
        ranges.entries(len(axes))
    elif ranges is not None and not 1 <= len(ranges.entries()) <= 2:
        ranges.fail(f"a landscape has one or two ranges, not {len(ranges.value)}")
    return LandscapeSettings(
        axes=axes,
        directions=directions,
        seed=optional("seed", lambda seed: seed.whole(0, 2**63 - 1)),
        ranges=None if ranges is None else tuple(_range(row) for row in ranges.items()),
        at=optional("at", lambda point: _point(point, graph)),
        follow=optional("follow", Entry.flag),
        scale=optional("scale", lambda scale: scale.choice(*SCALES)),
        levels=optional("levels", _range),
        colour_map=optional("colour_map", lambda name: name.choice(*COLOUR_MAPS)),
        smoothing=optional("smoothing", _smoothing),
        view=optional("view", lambda view: view.choice(*VIEWS)),
        contours=optional("contours", Entry.flag),
        critical=optional("critical", Entry.flag),
        field=optional("field", lambda lines: lines.choice(*FIELD_LINES)),
        secant=optional("secant", _epsilon),
        extra=entry.rest(*_KEYS),
    )


def landscape_to_json(landscape: LandscapeSettings) -> dict[str, Any]:
    """The settings that differ from the defaults, and unknown keys."""
    row = {key: getattr(landscape, key) for key in _KEYS if getattr(landscape, key) != _DEFAULTS[key]}
    for key in {"axes", "at", "levels"} & set(row):
        row[key] = list(row[key])
    if "ranges" in row:
        row["ranges"] = [list(pair) for pair in row["ranges"]]
    return row | dict(landscape.extra)


def _axes(entry: Entry) -> tuple[str, ...]:
    if not 1 <= len(entry.entries()) <= 2:
        entry.fail(f"a landscape has one or two axes, not {len(entry.value)}")
    names = tuple(axis.text(300) for axis in entry.items())
    if len(set(names)) < len(names):
        entry.fail(f'both axes are "{names[0]}"; they must differ')
    return names


def _range(entry: Entry) -> tuple[float, float]:
    low, high = (inner.number() for inner in entry.items(2))
    if not low < high:
        entry.fail(f"must run from low to high, not from {low:g} to {high:g}")
    if high - low == float("inf"):
        entry.fail("is too wide for float64 numbers")
    return low, high


def _point(entry: Entry, graph: Graph) -> tuple[float, ...]:
    values = (graph.nodes[name].value for name in graph.parameters)
    size = sum(value.size for value in values if value is not None)
    point = tuple(entry.numbers())
    if len(point) != size:
        entry.fail(f"must be {size} numbers, one for each coordinate of the graph, not {len(point)}")
    return point


def _smoothing(entry: Entry) -> float:
    if (share := entry.size()) > WIDEST_SMOOTHING:
        entry.wrong(f"at most {WIDEST_SMOOTHING}, a share of the ranges")
    return share


def _epsilon(entry: Entry) -> float:
    if not 0 < (epsilon := entry.number()) <= 1:
        entry.wrong("above 0 and at most 1")
    return epsilon
