"""Long paths reduced to what pixels can show. Numbers only.

A race of thousands of steps that zigzags in a valley or creeps towards a minimum has far more segments than
there are pixels under it; drawing each would cost more than all the rest of a frame.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray

_MARGIN = 8.0
_CELL = 1.5


def visible(x: Array, y: Array, width: float, height: float) -> tuple[Array, Array, Array]:
    """The part of a path (pixels, shape (n,)) that shows in a picture of `width` x `height`.

    Returns:
        x, y and connect, as `pyqtgraph.arrayToQPath` takes them: point k is joined to point k + 1 where
        connect[k] is 1. Steps too short to be seen, steps outside the picture and steps drawn before are left
        out; a step that crosses the border, however far away it ends, is cut there.
    """
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if len(x) < 2:
        return _EMPTY
    x, y = _seen_moves(x, y)
    x0, y0, x1, y1 = _clipped(x[:-1], y[:-1], x[1:], y[1:], width, height)
    x0, y0, x1, y1 = _once(x0, y0, x1, y1)
    return _joined(x0, y0, x1, y1)


_EMPTY = (np.empty(0), np.empty(0), np.empty(0, dtype=np.int32))


def _seen_moves(x: Array, y: Array) -> tuple[Array, Array]:
    """Without the points that lie in the same small cell as the one before; both ends stay."""
    cell_x, cell_y = np.floor(x / _CELL), np.floor(y / _CELL)
    keep = np.ones(len(x), dtype=bool)
    keep[1:-1] = (cell_x[1:-1] != cell_x[:-2]) | (cell_y[1:-1] != cell_y[:-2])
    return x[keep], y[keep]


def _clipped(x0: Array, y0: Array, x1: Array, y1: Array, width: float, height: float) -> tuple[Array, ...]:
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
        cut = np.array([x0 + start * dx, y0 + start * dy, x0 + stop * dx, y0 + stop * dy])[:, keep]
    # Steps of 1e300 lose their direction to overflow; they cannot be drawn truthfully and are left out.
    cut = cut[:, np.isfinite(cut).all(axis=0)]
    return tuple(cut)


def _once(x0: Array, y0: Array, x1: Array, y1: Array) -> tuple[Array, ...]:
    """Without segments that cover the same pixels as an earlier one, in either direction."""
    a = np.rint(x0) * 65536.0 + np.rint(y0)
    b = np.rint(x1) * 65536.0 + np.rint(y1)
    ends = np.stack([np.minimum(a, b), np.maximum(a, b)], axis=1)
    _, first = np.unique(ends, axis=0, return_index=True)
    first.sort()
    return x0[first], y0[first], x1[first], y1[first]


def _joined(x0: Array, y0: Array, x1: Array, y1: Array) -> tuple[Array, Array, Array]:
    """Segments as one list of points, where a segment that begins at the end of the last one shares that
    point.
    """
    if len(x0) == 0:
        return _EMPTY
    fresh = np.ones(len(x0), dtype=bool)
    fresh[1:] = (x0[1:] != x1[:-1]) | (y0[1:] != y1[:-1])
    count = 1 + fresh.astype(int)
    end = np.cumsum(count) - 1
    x, y = np.empty(end[-1] + 1), np.empty(end[-1] + 1)
    connect = np.ones(end[-1] + 1, dtype=np.int32)
    x[end], y[end] = x1, y1
    x[end[fresh] - 1], y[end[fresh] - 1] = x0[fresh], y0[fresh]
    connect[end[fresh][1:] - 2] = 0
    connect[-1] = 0
    return x, y, connect
