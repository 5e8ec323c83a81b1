"""Streamlines of steepest descent: where tiny steps against the gradient lead, evenly spread over the picture.

Lines are integrated from a lattice of seeds, all at once, and taken one after the other as long as they stay
away from those taken before, as in Jobard and Lefer, "Creating Evenly-Spaced Streamlines of Arbitrary Density"
(1997). Geometry only, no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdstudio.ui.landscape.frame import Frame

Array = np.ndarray

# In shares of the picture's width and height.
_STEP = 1 / 120
_MOST_STEPS = 160
_SHORTEST = 7
_MARGIN = 1e-9
# Every so many steps a point is kept.
_KEPT = 2
_HEAD = 6.0


@dataclass(frozen=True)
class Streamlines:
    """Lines of descent in coordinates of the axes.

    Attributes:
        x, y: the points of all lines, downhill; NaN separates two lines.
        heads: indices of the points at which an arrow head stands; the line goes on after each.
    """

    x: Array
    y: Array
    heads: Array

    def segments(self, frame: Frame) -> Array:
        """The lines in pixels, shape (n, 4) as x0, y0, x1, y1."""
        px, py = frame.to_pixels(self.x, self.y)
        lines = np.stack([px[:-1], py[:-1], px[1:], py[1:]], axis=1)
        return lines[np.isfinite(lines).all(axis=1)]

    def head_segments(self, frame: Frame) -> Array:
        """Two barbs for each arrow head in pixels, shape (2 n, 4)."""
        px, py = frame.to_pixels(self.x, self.y)
        tip = np.stack([px[self.heads], py[self.heads]], axis=1)
        along = np.stack([px[self.heads + 1], py[self.heads + 1]], axis=1) - tip
        size = np.hypot(along[:, 0], along[:, 1])[:, None]
        along = along / np.where(size > 0, size, 1.0)
        side = 0.55 * np.stack([-along[:, 1], along[:, 0]], axis=1)
        ends = [tip - _HEAD * (along + turn * side) for turn in (1.0, -1.0)]
        return np.concatenate([np.hstack([tip, end]) for end in ends])


def streamlines(xs: Array, ys: Array, gx: Array, gy: Array, cells: tuple[int, int]) -> Streamlines:
    """Lines against the gradients `(gx[i, j], gy[i, j])` at `(xs[i], ys[j])`, on an even grid.

    Args:
        cells: how many lines may stand beside and above each other; no two lines share a cell.
    """
    width, height = float(xs[-1] - xs[0]), float(ys[-1] - ys[0])
    # Descent in shares of the picture: du/dt = -gx / width.
    flow = np.stack([-gx / width, -gy / height], axis=-1)
    ahead, behind = np.split(_traced(flow, _seeds(cells)), 2, axis=1)
    taken = _chosen(ahead, behind, cells)
    x, y, heads, count = [], [], [], 0
    for line in taken:
        kept = line[::_KEPT] if len(line) > 2 * _KEPT else line
        heads.append(count + len(kept) // 2 - 1)
        x += [xs[0] + width * kept[:, 0], [np.nan]]
        y += [ys[0] + height * kept[:, 1], [np.nan]]
        count += len(kept) + 1
    if not taken:
        return Streamlines(np.empty(0), np.empty(0), np.empty(0, dtype=int))
    return Streamlines(np.concatenate(x), np.concatenate(y), np.array(heads))


def _seeds(cells: tuple[int, int]) -> Array:
    """The middle of every cell, shape (n, 2), in an order that is the same each time and favours no corner."""
    u, v = ((np.arange(count) + 0.5) / count for count in cells)
    seeds = np.stack(np.meshgrid(u, v, indexing="ij"), axis=-1).reshape(-1, 2)
    return seeds[np.random.default_rng(0).permutation(len(seeds))]


def _traced(flow: Array, seeds: Array) -> Array:
    """The points after each seed and those before it, shape (steps + 1, 2 n, 2); NaN after a line's end.

    By the two-step Adams-Bashforth method: one look at the flow for each step.
    """
    count = len(seeds)
    path = np.full((_MOST_STEPS + 1, 2 * count, 2), np.nan)
    path[0] = at = np.concatenate([seeds, seeds])
    sign = np.repeat([[1.0], [-1.0]], count, axis=0)
    going = np.arange(2 * count)
    before = now = sign * _direction(flow, at)
    for step in range(1, _MOST_STEPS + 1):
        new = at + _STEP * (1.5 * now - 0.5 * before)
        before = now
        now = sign * _direction(flow, new)
        # A line that turns back has reached a minimum, or a kink. What is not finite compares as false.
        sound = (np.abs(new - 0.5) <= 0.5 + _MARGIN).all(axis=1) & ((now * before).sum(axis=1) >= 0.0)
        going, at, now, before, sign = going[sound], new[sound], now[sound], before[sound], sign[sound]
        if going.size == 0:
            break
        path[step, going] = at
    return path


def _direction(flow: Array, at: Array) -> Array:
    """Unit vectors of the flow at points of the unit square, between the four nearest grid points."""
    columns, rows = flow.shape[:2]
    place = np.clip(np.nan_to_num(at), 0.0, 1.0) * (columns - 1, rows - 1)
    corner = np.minimum(place.astype(int), (columns - 2, rows - 2))
    a, b = np.split(place - corner, 2, axis=1)
    index = corner @ (rows, 1)
    nodes = flow.reshape(-1, 2)
    with np.errstate(all="ignore"):
        low = (1 - a) * nodes[index] + a * nodes[index + rows]
        high = (1 - a) * nodes[index + 1] + a * nodes[index + rows + 1]
        found = (1 - b) * low + b * high
        # Scaled first: squares of steep slopes would overflow.
        found = found / np.abs(found).max(axis=1, keepdims=True)
        return found / np.hypot(found[:, 0], found[:, 1])[:, None]


def _chosen(ahead: Array, behind: Array, cells: tuple[int, int]) -> list[Array]:
    """The lines that keep apart from those before them, each downhill, shape (points, 2)."""
    counts = np.isfinite(ahead[..., 0]).sum(axis=0), np.isfinite(behind[..., 0]).sum(axis=0)
    free = np.ones(cells, dtype=bool)
    size = np.array(cells)
    taken = []
    for line, (after, before) in enumerate(zip(*counts, strict=True)):
        points = np.concatenate([behind[1:before, line][::-1], ahead[:after, line]])
        i, j = np.minimum((points * size).astype(int), size - 1).T
        seed = before - 1
        open_ = free[i, j]
        if not open_[seed]:
            continue
        shut = np.flatnonzero(~open_)
        cut = np.searchsorted(shut, seed)
        start = int(shut[cut - 1]) + 1 if cut > 0 else 0
        stop = int(shut[cut]) if cut < len(shut) else len(points)
        if stop - start >= _SHORTEST:
            free[i[start:stop], j[start:stop]] = False
            taken.append(points[start:stop])
    return taken
