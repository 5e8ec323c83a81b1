"""From points of all coordinates to positions along the axes in view, and back. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdstudio.engine import Landscape
from gdstudio.ui.results import GridResult
from gdstudio.ui.slices import PRINCIPAL, RANDOM

# How far beside a slice a point may lie, as a share of the axes' ranges, and still count as a point of it.
_NEAR = 1e-3


@dataclass(frozen=True)
class Lens:
    """How positions along the axes belong to points.

    Attributes:
        axes: names of coordinates, or of directions.
        landscape: what knows the directions; None where the axes are coordinates.
    """

    axes: tuple[str, ...]
    landscape: Landscape | None = None

    @classmethod
    def of(cls, axes: tuple[str, ...], grid: GridResult | None) -> Lens:
        """The lens of a surface; it looks along no axes before there is one."""
        if axes not in (RANDOM, PRINCIPAL):
            return cls(axes)
        return cls(axes, grid.landscape) if grid is not None and grid.axes == axes else cls(())

    @property
    def is_named(self) -> bool:
        """Whether the axes are coordinates."""
        return self.landscape is None

    @property
    def can_place(self) -> bool:
        """Whether starts can be moved: main directions turn with every start, so nothing stays where it is put."""
        return bool(self.axes) and self.axes != PRINCIPAL

    def positions(self, points: np.ndarray, names: Sequence[str]) -> np.ndarray | None:
        """Positions (..., axes) of points (..., n); None where the axes are none of these coordinates."""
        if not self.axes:
            return None
        if self.landscape is not None:
            fits = len(names) == self.landscape.program.size
            return self.landscape.project(points) if fits else None
        if not set(self.axes) <= set(names):
            return None
        return np.take(np.asarray(points), [list(names).index(axis) for axis in self.axes], axis=-1)

    def moved(self, point: Sequence[float], names: Sequence[str], at: Sequence[float]) -> tuple[float, ...]:
        """A point at another position along the axes; what lies off them stays."""
        here = self.positions(np.array(point, dtype=np.float64), names)
        if here is None:
            return tuple(point)
        if self.landscape is not None:
            away = (np.asarray(at) - here) @ self.landscape.directions
            return tuple((np.asarray(point) + away).tolist())
        new = dict(zip(self.axes, at, strict=True))
        return tuple(float(new.get(name, old)) for name, old in zip(names, point, strict=True))

    def holds(self, point: np.ndarray, names: Sequence[str]) -> bool:
        """Whether a point lies in the slice along directions; along coordinates it is taken to."""
        if self.landscape is None:
            return True
        at = self.positions(point, names)
        if at is None:
            return False
        beside = self.landscape.point(*np.moveaxis(at, -1, 0)) - point
        reach = max(
            (high - low) * float(np.linalg.norm(direction))
            for (low, high), direction in zip(self.landscape.ranges, self.landscape.directions, strict=True)
        )
        return bool(np.linalg.norm(beside) <= _NEAR * reach)
