"""Room on the canvas: how far things must move so that they cover nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF

from gdstudio.ui.graph.geometry import GRID
from gdstudio.ui.graph.layout import Point

# How many grid steps things are moved at most while they look for room nearby, and how far they keep from others.
_SEARCH = 120
_CLEARANCE = 4.0
# To try so many pairs takes as long as a slot of the GUI thread may; where there are more, the bodies move as one block.
_MOST_PAIRS = 100_000


def free_shift(bodies: Sequence[QRectF], taken: Sequence[QRectF], search: int = _SEARCH) -> Point:
    """The shortest way, by whole grid steps, that takes all `bodies` together to where they cover none of `taken`.

    Where there is none within `search` steps, it leads below everything.
    """
    if not bodies or not taken:
        return 0.0, 0.0
    edges = _edges(bodies)
    if len(bodies) * len(taken) > _MOST_PAIRS:
        edges = np.concatenate([edges[:2].min(axis=1), edges[2:].max(axis=1)])[:, None]
    left, top, right, bottom = edges
    far = _edges(taken) + np.array([[-_CLEARANCE], [-_CLEARANCE], [_CLEARANCE], [_CLEARANCE]])
    # A body and something else meet at all shifts within a rectangle; `first` to `last` are grid steps inside it.
    first_x, last_x = _steps(far[0] - right[:, None], far[2] - left[:, None], search)
    first_y, last_y = _steps(far[1] - bottom[:, None], far[3] - top[:, None], search)
    inside = (first_x <= last_x) & (first_y <= last_y)
    first_x, last_x, first_y, last_y = (a[inside] for a in (first_x, last_x, first_y, last_y))
    # How many of these rectangles lie over each shift, from their corners alone.
    count = np.zeros((2 * search + 2, 2 * search + 2), dtype=np.int64)
    np.add.at(count, (first_x, first_y), 1)
    np.add.at(count, (last_x + 1, first_y), -1)
    np.add.at(count, (first_x, last_y + 1), -1)
    np.add.at(count, (last_x + 1, last_y + 1), 1)
    free = count.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] == 0
    if not free.any():
        return 0.0, float(np.ceil((far[3].max() - top.min()) / GRID) * GRID)
    steps = np.arange(-search, search + 1)
    away = np.where(free, steps[:, None] ** 2 + steps**2, np.iinfo(np.int64).max)
    x, y = np.unravel_index(np.argmin(away), away.shape)
    return float(steps[x] * GRID), float(steps[y] * GRID)


def _edges(rects: Sequence[QRectF]) -> np.ndarray:
    """Left, top, right and bottom edges, shape (4, n)."""
    return np.array([(r.left(), r.top(), r.right(), r.bottom()) for r in rects]).T


def _steps(low: np.ndarray, high: np.ndarray, search: int) -> tuple[np.ndarray, np.ndarray]:
    """First and last multiple of the grid strictly between `low` and `high`, counted from `-search`, as far as known."""
    first = np.floor(low / GRID).astype(np.int64) + 1 + search
    last = np.ceil(high / GRID).astype(np.int64) - 1 + search
    return np.maximum(first, 0), np.minimum(last, 2 * search)
