"""The window on the plane: which stretch of the two axes is shown in how many pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg

from gdstudio.ui.landscape.colour_scale import roundest

Array = np.ndarray
Ranges = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Frame:
    """A map between coordinates of the axes and pixels; pixel (0, 0) is the top left corner.

    Attributes:
        x, y: the low and high end of each axis.
        width, height: of the picture in (logical) pixels.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    @classmethod
    def of(cls, box: pg.ViewBox) -> Frame:
        """What a pyqtgraph view box shows now."""
        (x0, x1), (y0, y1) = box.viewRange()
        rect = box.rect()
        return cls((x0, x1), (y0, y1), rect.width(), rect.height())

    @property
    def ranges(self) -> Ranges:
        return self.x, self.y

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels per unit along x and along y (negative: pixels count downwards)."""
        return self.width / (self.x[1] - self.x[0]), -self.height / (self.y[1] - self.y[0])

    def to_pixels(self, x: Array | float, y: Array | float) -> tuple[Array, Array]:
        sx, sy = self.scale
        with np.errstate(over="ignore", invalid="ignore"):
            px = (np.asarray(x, dtype=float) - self.x[0]) * sx
            py = (np.asarray(y, dtype=float) - self.y[1]) * sy
        return px, py

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """As `to_pixels`, of one point."""
        sx, sy = self.scale
        return float((x - self.x[0]) * sx), float((y - self.y[1]) * sy)

    def to_data(self, px: Array | float, py: Array | float) -> tuple[Any, Any]:
        sx, sy = self.scale
        return self.x[0] + px / sx, self.y[1] + py / sy

    def round_point(self, px: float, py: float) -> tuple[float, float]:
        """The point with the fewest digits under a pixel, so that what a hand places can be read and said."""
        (x, y), (sx, sy) = self.to_data(px, py), self.scale
        dx, dy = 0.5 / sx, -0.5 / sy
        return roundest(x - dx, x + dx), roundest(y - dy, y + dy)

    def contains(self, px: float, py: float) -> bool:
        return 0 <= px <= self.width and 0 <= py <= self.height

    def zoomed(self, factor: float, px: float, py: float) -> Ranges:
        """The ranges after zooming by `factor` (below 1 = closer) about a pixel, which stays where it is."""
        x, y = self.to_data(px, py)
        return (
            (x + (self.x[0] - x) * factor, x + (self.x[1] - x) * factor),
            (y + (self.y[0] - y) * factor, y + (self.y[1] - y) * factor),
        )

    def moved(self, dx: float, dy: float) -> Ranges:
        """The ranges after the picture has been pushed by (dx, dy) pixels."""
        sx, sy = self.scale
        return (self.x[0] - dx / sx, self.x[1] - dx / sx), (self.y[0] - dy / sy, self.y[1] - dy / sy)

    def offset(self, other: Frame) -> tuple[float, float] | None:
        """How far in pixels what `other` shows has been pushed here; None where it is not merely pushed."""
        if (self.width, self.height) != (other.width, other.height):
            return None
        if not np.allclose(self.scale, other.scale, rtol=1e-9):
            return None
        dx, dy = self.to_pixels(other.x[0], other.y[1])
        return float(dx), float(dy)

    def padded(self, share: float) -> Ranges:
        """The ranges with `share` of their length added at both ends."""
        dx, dy = share * (self.x[1] - self.x[0]), share * (self.y[1] - self.y[0])
        return (self.x[0] - dx, self.x[1] + dx), (self.y[0] - dy, self.y[1] + dy)
