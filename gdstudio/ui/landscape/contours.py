"""Contour lines of a grid of losses: their points, and where labels sit well on them. Numbers only, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import contourpy
import numpy as np

Array = np.ndarray

_LABEL_CLEARANCE = 60.0
_LABEL_MARGIN = 26.0
_HALF_LABEL = 22.0
_MOST_PLACES = 300
_MOST_POINTS = 256


@dataclass(frozen=True)
class Contour:
    """All lines of one level.

    Attributes:
        loss: the level.
        x, y: the points of its lines in coordinates of the axes, shape (n,); NaN separates two lines.
    """

    loss: float
    x: Array
    y: Array


@dataclass(frozen=True)
class Label:
    """A place for a label: the middle of the text in pixels, and its angle in degrees."""

    loss: float
    x: float
    y: float
    angle: float


def contours(xs: Array, ys: Array, z: Array, levels: Sequence[float]) -> list[Contour]:
    """The contour lines of `z[i, j]` at `(xs[i], ys[j])`; cells beside a hole have none.

    Of a finer grid than a screen can show, every second point (or every third, ...) is used.
    """
    columns, rows = _some(len(xs)), _some(len(ys))
    z = np.ascontiguousarray(z[np.ix_(columns, rows)].T)
    x, y = np.meshgrid(xs[columns], ys[rows])
    holes = ~np.isfinite(z)
    # Made directly: `contour_generator` loads numpy's masked arrays for this, which takes 0.1 s.
    generator = contourpy.SerialContourGenerator(
        x,
        y,
        z,
        holes if holes.any() else np.array(False),  # a mask of no dimensions is none
        corner_mask=True,
        line_type=contourpy.LineType.ChunkCombinedNan,
        fill_type=contourpy.SerialContourGenerator.default_fill_type,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
    )
    found = []
    for level in levels:
        points = generator.lines(float(level))[0][0]
        if points is not None and len(points) > 1:
            found.append(Contour(float(level), points[:, 0], points[:, 1]))
    return found


def _some(count: int) -> Array:
    """Indices of every k-th of so many points, and of the last."""
    stride = max(1, round(count / _MOST_POINTS))
    return np.append(np.arange(0, count - 1, stride), count - 1)


def labels(lines: Sequence[tuple[float, Array, Array]], width: float, height: float) -> list[Label]:
    """At most one label for each contour, on straight pieces, clear of the border and of each other.

    Args:
        lines: level, x and y in pixels (NaN separates lines), for each contour.
        width, height: of the picture in pixels.
    """
    if not lines:
        return []
    spots = _straight_spots(lines, width, height)
    placed: list[Label] = []
    for (loss, _, _), start, end in zip(lines, spots.bounds, spots.bounds[1:], strict=False):
        if start == end:
            continue
        best = start + int(spots.worth[start:end].argmax())
        if spots.worth[best] > -np.inf:
            label = Label(loss, float(spots.x[best]), float(spots.y[best]), float(spots.angle[best]))
            placed.append(label)
            near = (spots.x - label.x) ** 2 + (spots.y - label.y) ** 2 <= _LABEL_CLEARANCE**2
            spots.worth[near] = -np.inf
    return placed


class _Spots(NamedTuple):
    """Places where labels could sit, of all contours in a row.

    Attributes:
        x, y: in pixels, shape (n,) as the next two.
        angle: of upright text, in degrees.
        worth: how well a label sits there.
        bounds: `bounds[i]:bounds[i + 1]` are those of contour i.
    """

    x: Array
    y: Array
    angle: Array
    worth: Array
    bounds: list[int]


def _straight_spots(lines: Sequence[tuple[float, Array, Array]], width: float, height: float) -> _Spots:
    """Points of contours where the chord over a label's length is close to the arc beneath it."""
    # All contours in one row: numpy would spend more on so many calls than on their numbers.
    x, y = (np.concatenate([line[axis] for line in lines]) for axis in (1, 2))
    counts = np.array([len(line[1]) for line in lines])
    ends = np.cumsum(counts)
    starts = ends - counts
    steps = np.hypot(np.diff(x), np.diff(y))
    steps[starts[1:] - 1] = 0.0
    length = np.concatenate(([0.0], np.cumsum(np.where(np.isfinite(steps), steps, 0.0))))
    breaks = np.isnan(x)
    breaks[starts] = True
    piece = np.cumsum(breaks)
    tried = [
        np.arange(start, end, max(1, (end - start) // _MOST_PLACES))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    at = np.concatenate(tried)
    of = np.repeat(np.arange(len(lines)), list(map(len, tried)))
    before = np.maximum(np.searchsorted(length, length[at] - _HALF_LABEL), starts[of])
    after = np.minimum(np.searchsorted(length, length[at] + _HALF_LABEL), ends[of] - 1)
    across, up = x[after] - x[before], y[after] - y[before]
    chord, arc = np.hypot(across, up), length[after] - length[before]
    with np.errstate(invalid="ignore"):
        usable = (
            (piece[before] == piece[at])
            & (piece[after] == piece[at])
            & (arc > 1.6 * _HALF_LABEL)
            & (chord > 0.93 * arc)
            & (np.abs(x[at] - width / 2) < width / 2 - _LABEL_MARGIN)
            & (np.abs(y[at] - height / 2) < height / 2 - _LABEL_MARGIN / 2)
        )
    at, of, across, up = at[usable], of[usable], across[usable], up[usable]
    # Labels near the picture's diagonal read as a row; of equally straight places the closest to it wins.
    off_diagonal = np.abs(x[at] / width + y[at] / height - 1.0)
    worth = chord[usable] / arc[usable] - 0.15 * off_diagonal
    angle = np.degrees(np.arctan2(up, across))
    angle = np.where(angle > 90.0, angle - 180.0, np.where(angle < -90.0, angle + 180.0, angle))
    bounds = np.searchsorted(of, np.arange(len(lines) + 1)).tolist()
    return _Spots(x[at], y[at], angle, worth, bounds)
