"""Alignment: where a dragged node comes into line with others. Plain geometry in canvas units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QLineF, QRectF

# How far a guide sticks out at both ends.
_BEYOND = 8.0


class Alignment(NamedTuple):
    """What brings a rectangle into line with others.

    Attributes:
        dx, dy: how far it has to move; None where nothing is near enough.
        lines: the guides to draw once it has moved.
    """

    dx: float | None
    dy: float | None
    lines: list[QLineF]


def alignment(moving: QRectF, others: np.ndarray, reach: float) -> Alignment:
    """The nearest alignment of edges or middles within `reach`, in each direction on its own.

    Args:
        others: rectangles as rows of (left, top, right, bottom).
    """
    if not len(others):
        return Alignment(None, None, [])
    own = np.array([moving.left(), moving.top(), moving.right(), moving.bottom()])
    dx = _nearest(own[[0, 2]], others[:, [0, 2]], reach)
    dy = _nearest(own[[1, 3]], others[:, [1, 3]], reach)
    moved = own + np.array([dx or 0.0, dy or 0.0] * 2)
    lines = []
    if dx is not None:
        lines += [
            QLineF(at, low - _BEYOND, at, high + _BEYOND)
            for at, low, high in _guides(moved[[0, 2]], moved[[1, 3]], others[:, [0, 2]], others[:, [1, 3]])
        ]
    if dy is not None:
        lines += [
            QLineF(low - _BEYOND, at, high + _BEYOND, at)
            for at, low, high in _guides(moved[[1, 3]], moved[[0, 2]], others[:, [1, 3]], others[:, [0, 2]])
        ]
    return Alignment(dx, dy, lines)


def _stops(ends: np.ndarray) -> np.ndarray:
    """Low end, middle and high end, along the last axis."""
    return np.stack([ends[..., 0], ends.mean(axis=-1), ends[..., 1]], axis=-1)


def _nearest(own: np.ndarray, others: np.ndarray, reach: float) -> float | None:
    """The shortest way that brings a stop of `own` onto the same stop of another."""
    ways = (_stops(others) - _stops(own)).ravel()
    shortest = float(ways[np.argmin(np.abs(ways))])
    return shortest if abs(shortest) <= reach else None


def _guides(
    own: np.ndarray, own_span: np.ndarray, others: np.ndarray, other_spans: np.ndarray
) -> list[tuple[float, float, float]]:
    """(where, from, to) of each guide: one for each stop that others share, as long as they reach."""
    found = []
    shared = np.abs(_stops(others) - _stops(own)) < 0.5
    for stop, at in enumerate(_stops(own)):
        spans = other_spans[shared[:, stop]]
        if len(spans):
            low, high = min(own_span[0], spans[:, 0].min()), max(own_span[1], spans[:, 1].max())
            found.append((float(at), float(low), float(high)))
    # Edges and middles come into line together; one guide says it.
    return found[1:2] if len(found) == 3 else found
