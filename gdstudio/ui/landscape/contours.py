"""Contour lines of a grid of losses: their points, and where labels sit well on them. Numbers only, no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
    placed: list[Label] = []
    for loss, x, y in lines:
        best = _straightest(x, y, width, height, placed)
        if best is not None:
            placed.append(Label(loss, *best))
    return placed


def _straightest(
    x: Array, y: Array, width: float, height: float, placed: Sequence[Label]
) -> tuple[float, float, float] | None:
    """The point of a contour where the chord over a label's length is closest to the arc beneath it."""
    steps = np.hypot(np.diff(x), np.diff(y))
    length = np.concatenate(([0.0], np.cumsum(np.where(np.isfinite(steps), steps, 0.0))))
    piece = np.cumsum(np.isnan(x))
    at = np.arange(0, len(x), max(1, len(x) // _MOST_PLACES))
    before = np.searchsorted(length, length[at] - _HALF_LABEL).clip(0, len(x) - 1)
    after = np.searchsorted(length, length[at] + _HALF_LABEL).clip(0, len(x) - 1)
    chord = np.hypot(x[after] - x[before], y[after] - y[before])
    arc = length[after] - length[before]
    with np.errstate(invalid="ignore"):
        usable = (
            (piece[before] == piece[at])
            & (piece[after] == piece[at])
            & (arc > 1.6 * _HALF_LABEL)
            & (chord > 0.93 * arc)
            & (np.abs(x[at] - width / 2) < width / 2 - _LABEL_MARGIN)
            & (np.abs(y[at] - height / 2) < height / 2 - _LABEL_MARGIN / 2)
        )
        for other in placed:
            usable &= np.hypot(x[at] - other.x, y[at] - other.y) > _LABEL_CLEARANCE
        where = np.flatnonzero(usable)
        if where.size == 0:
            return None
        # Labels near the picture's diagonal read as a row; of equally straight places the closest to it wins.
        off_diagonal = np.abs(x[at[where]] / width + y[at[where]] / height - 1.0)
        best = where[np.argmax(chord[where] / arc[where] - 0.15 * off_diagonal)]
    angle = math.degrees(math.atan2(y[after[best]] - y[before[best]], x[after[best]] - x[before[best]]))
    upright = angle - 180.0 if angle > 90.0 else angle + 180.0 if angle < -90.0 else angle
    return float(x[at[best]]), float(y[at[best]]), upright
