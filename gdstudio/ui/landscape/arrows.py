"""Gradient arrows: which of them to draw, which way they point and how long they are. Geometry only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPainterPath

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

    def paths(self, frame: Frame, light: Array) -> tuple[QPainterPath, QPainterPath]:
        """All arrows in pixels, each centred on its point, as two paths: where `light` is false, and where it
        is true.

        An arrow points where a step against the gradient would move on the screen. Lengths follow the
        logarithm of the gradient's norm, since the norms of one surface often span many powers of ten.
        """
        sx, sy = frame.scale
        with np.errstate(all="ignore"):
            norm = np.hypot(self.gx, self.gy)
            dx, dy = -self.gx / norm * sx, -self.gy / norm * sy
            size = np.hypot(dx, dy)
            keep = np.isfinite(norm) & (norm > 0) & (size > 0)
        x, y = np.meshgrid(self.xs, self.ys, indexing="ij")
        px, py = frame.to_pixels(x[keep], y[keep])
        direction = np.stack([dx[keep], dy[keep]]) / size[keep]
        points = _shapes(np.stack([px, py]), direction, _lengths(norm[keep], self._room(frame)))
        light = light[keep]
        return _path(points[..., ~light]), _path(points[..., light])

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


def _shapes(centre: Array, direction: Array, length: Array) -> Array:
    """The five points of each arrow (tail, tip, one barb, tip, other barb), shape (5, 2, arrows)."""
    half, head = direction * length / 2.0, direction * np.minimum(_HEAD, 0.5 * length)
    side = 0.6 * np.stack([-head[1], head[0]])
    tip = centre + half
    return np.stack([centre - half, tip, tip - head - side, tip, tip - head + side])


def _path(points: Array) -> QPainterPath:
    count = points.shape[2]
    if count == 0:
        return QPainterPath()
    x, y = points[:, 0].T.ravel(), points[:, 1].T.ravel()
    return pg.arrayToQPath(x, y, connect=np.tile(np.array([1, 1, 1, 1, 0], dtype=np.int32), count))
