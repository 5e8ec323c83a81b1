"""Long paths reduced to what pixels can show. Numbers only.

A race of thousands of steps that zigzags in a valley or creeps towards a minimum has far more segments than
there are pixels under it; drawing each would cost more than all the rest of a frame.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray

_MARGIN = 8.0
_CELL = 1.5


def visible(x: Array, y: Array, width: float, height: float) -> Array:
    """The part of a path (pixels, shape (n,)) that shows in a picture of `width` x `height`.

    Returns:
        Segments in the order of the path, shape (m, 4) as x0, y0, x1, y1. Steps too short to be seen, steps
        outside the picture and steps drawn before are left out; a step that crosses the border, however far
        away it ends, is cut there.
    """
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if len(x) < 2:
        return np.empty((0, 4))
    x, y = _seen_moves(x, y)
    return _once(_clipped(x[:-1], y[:-1], x[1:], y[1:], width, height))


def _seen_moves(x: Array, y: Array) -> tuple[Array, Array]:
    """Without the points that lie in the same small cell as the one before; both ends stay."""
    cell_x, cell_y = np.floor(x / _CELL), np.floor(y / _CELL)
    keep = np.ones(len(x), dtype=bool)
    keep[1:-1] = (cell_x[1:-1] != cell_x[:-2]) | (cell_y[1:-1] != cell_y[:-2])
    return x[keep], y[keep]


def _clipped(x0: Array, y0: Array, x1: Array, y1: Array, width: float, height: float) -> Array:
    """Segments cut at the border of the picture, those outside left out (Liang and Barsky's algorithm)."""
    start, stop = np.zeros(len(x0)), np.ones(len(x0))
    outside = np.zeros(len(x0), dtype=bool)
    with np.errstate(all="ignore"):
        dx, dy = x1 - x0, y1 - y0
        for delta, room in (
            (-dx, x0 + _MARGIN),
            (dx, width + _MARGIN - x0),
            (-dy, y0 + _MARGIN),
            (dy, height + _MARGIN - y0),
        ):
            at = room / delta
            start = np.where(delta < 0, np.maximum(start, at), start)
            stop = np.where(delta > 0, np.minimum(stop, at), stop)
            outside |= (delta == 0) & (room < 0)
        keep = ~outside & (start <= stop)
        cut = np.stack([x0 + start * dx, y0 + start * dy, x0 + stop * dx, y0 + stop * dy], axis=1)[keep]
    # Steps of 1e300 lose their direction to overflow; they cannot be drawn truthfully and are left out.
    return cut[np.isfinite(cut).all(axis=1)]


def _once(segments: Array) -> Array:
    """Without segments that cover the same pixels as an earlier one, in either direction."""
    ends = np.rint(segments).reshape(-1, 2, 2) @ np.array([65536.0, 1.0])
    low, high = ends.min(axis=1), ends.max(axis=1)
    order = np.lexsort((high, low))  # stable, so that the first of each comes first
    low, high = low[order], high[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return segments[np.sort(order[new])]
