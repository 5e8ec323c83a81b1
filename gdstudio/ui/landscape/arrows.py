"""Gradient arrows: which of them to draw, which way they point and how long they are. Geometry only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdstudio.ui.landscape.frame import Frame

Array = np.ndarray

_SPACING = 38.0
_SHORTEST = 7.0
_HEAD = 5.0


@dataclass(frozen=True)
class Arrows:
    """Descent directions on an even lattice: the negative gradients `(-gx[i, j], -gy[i, j])` at `(xs[i],
    ys[j])`.
    """

    xs: Array
    ys: Array
    gx: Array
    gy: Array

    def thinned(self, frame: Frame) -> Arrows:
        """Without so many columns and rows that the rest stand well apart on the screen.

        Which ones stay depends on their places on the axes alone, so that they do not jump while the map is
        moved.
        """
        columns, rows = _stay(self.xs, frame.scale[0]), _stay(self.ys, -frame.scale[1])
        both = np.ix_(columns, rows)
        return Arrows(self.xs[columns], self.ys[rows], self.gx[both], self.gy[both])

    def segments(self, frame: Frame, light: Array) -> tuple[Array, Array]:
        """All arrows in pixels: those where `light[i, j]` is false, and those where it is true.

        Each is an array of lines, shape (n, 4), three to an arrow, which is centred on its point. An arrow
        points where a step against the gradient would move on the screen. Lengths follow the logarithm of the
        gradient's norm, since the norms of one surface often span many powers of ten.
        """
        sx, sy = frame.scale
        with np.errstate(all="ignore"):
            norm = np.hypot(self.gx, self.gy)
            dx, dy = -self.gx / norm * sx, -self.gy / norm * sy
            size = np.hypot(dx, dy)
            keep = np.isfinite(norm) & (norm > 0) & (size > 0)
        x, y = np.meshgrid(self.xs, self.ys, indexing="ij")
        centre = np.stack(frame.to_pixels(x[keep], y[keep]), axis=1)
        direction = np.stack([dx[keep], dy[keep]], axis=1) / size[keep, None]
        lines = _lines(centre, direction, _lengths(norm[keep], self._room(frame)))
        return lines[~light[keep]].reshape(-1, 4), lines[light[keep]].reshape(-1, 4)

    def _room(self, frame: Frame) -> float:
        """The smallest distance between two arrows in pixels."""
        gaps = [np.diff(frame.to_pixels(self.xs, 0.0)[0]), np.diff(frame.to_pixels(0.0, self.ys)[1])]
        return float(min((np.abs(gap).min() for gap in gaps if gap.size), default=_SPACING))


def _stay(stations: Array, scale: float) -> Array:
    """Indices of every station, or of every second or third ..., counted from the axis' zero."""
    if len(stations) < 2:
        return np.arange(len(stations))
    step = stations[1] - stations[0]
    stride = max(1, math.ceil(_SPACING / (step * scale)))
    return np.flatnonzero(np.rint(stations / step - 0.5) % stride == 0)


def _lengths(norm: Array, room: float) -> Array:
    """Lengths in pixels; logarithmic between the 5th and the 95th percentile of the norms."""
    if norm.size == 0:
        return norm
    logs = np.log(norm)
    low, high = np.quantile(logs, [0.05, 0.95])
    share = np.clip((logs - low) / (high - low), 0.0, 1.0) if high - low > 1e-9 else np.full(norm.shape, 0.6)
    return _SHORTEST + (max(0.86 * room, _SHORTEST) - _SHORTEST) * share


def _lines(centre: Array, direction: Array, length: Array) -> Array:
    """Shaft and two barbs of each arrow, shape (arrows, 3, 4)."""
    half = direction * length[:, None] / 2.0
    head = direction * np.minimum(_HEAD, 0.5 * length)[:, None]
    side = 0.6 * np.stack([-head[:, 1], head[:, 0]], axis=1)
    tail, tip = centre - half, centre + half
    ends = (tail, tip), (tip, tip - head - side), (tip, tip - head + side)
    return np.stack([np.hstack(pair) for pair in ends], axis=1)
