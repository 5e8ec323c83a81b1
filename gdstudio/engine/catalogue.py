"""The minima of a loss that are known so far, and which of them a point is near.

What tells the basins of `survey` apart.
"""

from __future__ import annotations

import numpy as np

from .critical import critical_points
from .landscape import Landscape

Array = np.ndarray

ELSEWHERE = -1

# Points from which Newton's method looks for more minima, each time.
_POLISHED = 64
# An eigenvalue this much smaller than the largest counts as zero; so does this part of the surface's height.
_FLAT = 1e-6
# Entries of the largest table of distances.
_ENTRIES = 1 << 21


class Catalogue:
    """The minima known so far: those in view, and those that racers ended at elsewhere.

    Args:
        climbing: whether maxima are meant wherever minima are said.

    Attributes:
        sign: 1, or -1 when climbing.
        points, values: of the minima, (m, n) and (m,).
        floors: which of them are one point of a curve of equal minima.
        reach: how near, in each coordinate, counts as there, (n,).
    """

    def __init__(self, landscape: Landscape, reach: float, climbing: bool) -> None:
        self.program = landscape.program
        self.sign = -1.0 if climbing else 1.0
        n = self.program.size
        spans = np.array([high - low for low, high in landscape.ranges])
        scale = np.abs(landscape.directions * spans[:, None]).max(axis=0)
        scale[scale == 0] = scale[scale > 0].min()
        self.reach = reach * scale
        self.points = np.empty((0, n))
        self.values = np.empty(0)
        self.floors = np.empty(0, dtype=bool)
        surface = landscape.grid(33)[-1]
        heights = surface[np.isfinite(surface)]
        self._slack = _FLAT * float(np.median(heights) - heights.min()) if heights.size else 0.0
        if n == len(landscape.axes):
            for found in critical_points(landscape):
                if found.kind == ("maximum" if climbing else "minimum"):
                    self._add(landscape.point(*found.position), found.value, found.degenerate)

    def _add(self, point: Array, value: float, floor: bool) -> None:
        if floor and np.any(self.floors & (np.abs(self.values - value) <= self._slack)):
            return
        if len(self.points):
            nearest = float((np.abs(self.points - point) / self.reach).max(axis=1).min())
            if nearest < 1e-3:
                return
            # Two minima must not lie within reach of one another.
            self.reach = self.reach * min(1.0, nearest / 2.5)
        self.points = np.concatenate([self.points, point[None]])
        self.values = np.append(self.values, value)
        self.floors = np.append(self.floors, floor)

    def learn(self, ends: Array, losses: Array) -> None:
        """Adds the minima near points that belong to none yet, found from there by Newton's method."""
        strays = ends[self.assign(ends, losses) == ELSEWHERE]
        _, first = np.unique(np.round(strays / (10 * self.reach)), axis=0, return_index=True)
        points = strays[first[np.linspace(0, len(first) - 1, min(len(first), _POLISHED)).astype(int)]]
        with np.errstate(all="ignore"):
            for _ in range(40):
                step, _ = self._newton(points)
                points = points + np.clip(step, -10 * self.reach, 10 * self.reach)
            step, curvatures = self._newton(points)
            curvatures = np.sort(self.sign * curvatures, axis=1)
            values = self.program.value(points)
        highest = curvatures[:, -1]
        settled = (np.abs(step) <= 1e-4 * self.reach).all(axis=1) & np.isfinite(values)
        settled &= (highest > 0) & (curvatures[:, 0] > -1e-9 * highest)
        for point, value, curvature in zip(
            points[settled], values[settled], curvatures[settled], strict=True
        ):
            self._add(point, float(value), bool(curvature[0] < _FLAT * curvature[-1]))

    def _newton(self, points: Array) -> tuple[Array, Array]:
        """Steps towards the nearest critical point, and the eigenvalues of the Hessian, ascending; (P, n)
        each.
        """
        _, g = self.program.value_and_gradient(points)
        hessian = self.program.hessian(points)
        sound = np.isfinite(hessian).all(axis=(1, 2)) & np.isfinite(g).all(axis=1)
        values, vectors = np.linalg.eigh(np.where(sound[:, None, None], hessian, 0.0))
        least = 1e-12 * np.abs(values).max(axis=1, keepdims=True) + 1e-300
        slopes = np.einsum("pji,pj->pi", vectors, np.where(sound[:, None], g, 0.0))
        step = -np.einsum("pij,pj->pi", vectors, np.where(np.abs(values) > least, slopes / values, 0.0))
        return step, values

    def distance(self, points: Array) -> Array:
        """How far points (n, B) are from the nearest minimum that is no floor, in parts of what counts as there."""
        strict = self.points[~self.floors]
        if not len(strict):
            return np.full(points.shape[1], np.inf)
        reach = self.reach[:, None]
        return np.min([np.max(np.abs(points - point[:, None]) / reach, axis=0) for point in strict], axis=0)

    def assign(self, ends: Array, losses: Array) -> Array:
        """The number of the minimum that each point (B, n) is near, `ELSEWHERE` where there is none."""
        number = np.full(len(ends), ELSEWHERE)
        if not len(self.points):
            return number
        rows = max(1, _ENTRIES // self.points.size)
        for begin in range(0, len(ends), rows):
            part = ends[begin : begin + rows]
            distance = np.max(
                [np.abs(part[:, [k]] - self.points[:, k]) / r for k, r in enumerate(self.reach)], axis=0
            )
            nearest = distance.argmin(axis=1)
            near = distance[np.arange(len(part)), nearest] <= 1.0
            number[begin : begin + rows][near] = nearest[near]
        for floor in np.flatnonzero(self.floors):
            along = (number == ELSEWHERE) & (np.abs(losses - self.values[floor]) <= self._slack)
            number[along] = floor
        return number
