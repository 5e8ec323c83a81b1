"""Critical points of a landscape in view: found, classified, with the eigenvalues of their Hessian.

Cells of a grid in which every component of the gradient changes sign start a Newton iteration on the
gradient. Minima at kinks, where the gradient jumps past zero, are looked for where the grid is lowest among
its neighbours. A grid finds what it resolves: points closer together than a cell may be missed.

All of it happens in the coordinates of the landscape's axes, so for a slice of a larger space a critical
point is one of the slice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from .errors import EngineError
from .given import takes, whole
from .landscape import A_LANDSCAPE, Landscape

Kind = Literal["minimum", "saddle", "maximum"]
Array = np.ndarray

_NEWTON_STEPS = 40
_CANDIDATES = 6000
_ANGLES = np.linspace(0, 2 * np.pi, 64, endpoint=False)
# An eigenvalue this much smaller than the largest counts as zero.
_FLAT = 1e-6


@dataclass(frozen=True)
class CriticalPoint:
    """A point where the surface is level, or a minimum at a kink.

    Attributes:
        position: along the axes of the landscape.
        value: of the surface.
        kind: "minimum", "saddle" (in one dimension: a level inflection) or "maximum".
        eigenvalues: of the Hessian in axis coordinates, ascending; empty at a kink, which has none.
        directions: the unit eigenvectors, in the same order.
        degenerate: an eigenvalue is zero compared with the largest (both, in a flat bottom), so the kind was
            judged by the values around; a floor of minima shows as some points along it.
    """

    position: tuple[float, ...]
    value: float
    kind: Kind
    eigenvalues: tuple[float, ...] = ()
    directions: tuple[tuple[float, ...], ...] = ()
    degenerate: bool = False

    @property
    def kink(self) -> bool:
        """Whether the gradient jumps here instead of passing through zero."""
        return not self.eigenvalues

    @property
    def condition(self) -> float | None:
        """The ratio of the largest curvature to the smallest; None where the smallest is zero or unknown."""
        sizes = sorted(map(abs, self.eigenvalues))
        return sizes[-1] / sizes[0] if sizes and sizes[0] > 0 and not self.degenerate else None


@takes(landscape=A_LANDSCAPE, resolution=whole(0, 10_000), limit=whole(0, 1 << 40))
def critical_points(
    landscape: Landscape, resolution: int = 0, limit: int = 1000
) -> tuple[CriticalPoint, ...]:
    """The critical points inside the ranges of a landscape, minima first, each kind from low to high.

    Args:
        landscape: with one or two axes.
        resolution: grid points along each axis; 0 takes 160 (2000 in one dimension).
        limit: the most points to return; the lowest are kept.

    Raises:
        EngineError: for a resolution of 1.
    """
    if resolution == 1:
        raise EngineError("a single grid point shows no slope; resolution must be 0, or 2 or more")
    low, high = np.array(landscape.ranges, dtype=np.float64).T
    with np.errstate(all="ignore"):
        found = _Search(landscape, low, high, resolution or (2000 if len(low) == 1 else 160)).run()
    order: dict[Kind, int] = {"minimum": 0, "saddle": 1, "maximum": 2}
    return tuple(sorted(found, key=lambda point: (order[point.kind], point.value))[:limit])


class _Search:
    """One search; the view is the box from `low` to `high`, shape (d,) each."""

    def __init__(self, landscape: Landscape, low: Array, high: Array, resolution: int) -> None:
        self.landscape = landscape
        self.low, self.high = low, high
        self.d = len(low)
        self.span = high - low
        self.cell = self.span / (resolution - 1)
        field = landscape.field(resolution)
        *positions, self.values = field[: self.d + 1]
        self.slopes = np.stack(field[self.d + 1 :], axis=-1)
        self.nodes = np.stack(np.meshgrid(*positions, indexing="ij"), axis=-1)
        finite = self.values[np.isfinite(self.values)]
        self.range = float(np.ptp(finite)) if finite.size else 0.0
        sizes = np.abs(self.slopes * self.cell)
        self.slope = float(np.nanmax(np.where(np.isfinite(sizes), sizes, np.nan))) if finite.size else 0.0

    def run(self) -> list[CriticalPoint]:
        if self.range == 0.0:
            return []
        # Where a slope touches zero without a change of sign, no cell shows it, but the gradient is least.
        level = self._lowest_nodes(np.square(self.slopes * self.cell).sum(axis=-1))
        found = self._classified(self._newton(np.concatenate([self._cells(), level])))
        lowest = self._lowest_nodes(self.values)
        if found:
            known = np.array([point.position for point in found])
            near = (np.abs(lowest[:, None] - known[None]) <= 2 * self.cell).all(axis=-1).any(axis=1)
            lowest = lowest[~near]
        if len(lowest):
            bottoms = self._zoomed(lowest)
            found += self._classified(self._newton(bottoms))
            found += self._kinks(bottoms)
        return self._apart(found)

    def _cells(self) -> Array:
        """Middles of the cells at whose corners every component of the gradient has both signs."""
        shape = np.array(self.values.shape) - 1
        both = np.ones(shape, dtype=bool)
        level = np.ones(shape, dtype=bool)
        for k in range(self.d):
            corners = [self.slopes[..., k]]
            for axis in range(self.d):
                corners = [np.take(c, range(b, b + shape[axis]), axis=axis) for c in corners for b in (0, 1)]
            least, most = np.min(corners, axis=0), np.max(corners, axis=0)
            both &= (least <= 0) & (most >= 0)
            level &= (least == 0) & (most == 0)
        return _thinned(self.low + (np.argwhere(both & ~level) + 0.5) * self.cell)

    def _lowest_nodes(self, heights: Array) -> Array:
        """Grid points inside the view where `heights` are no higher than at any neighbour, and lower than at
        one.
        """
        padded = np.pad(heights, 1, constant_values=np.inf)
        lower = np.isfinite(heights)
        alone = np.zeros(heights.shape, dtype=bool)
        for offset in np.ndindex((3,) * self.d):
            if any(o != 1 for o in offset):
                part = tuple(slice(o, o + n) for o, n in zip(offset, heights.shape, strict=True))
                lower &= heights <= padded[part]
                alone |= heights < padded[part]
        lower &= alone
        for axis in range(self.d):
            edge = np.moveaxis(lower, axis, 0)
            edge[0] = edge[-1] = False
        return _thinned(self.nodes[lower])

    def field(self, points: Array) -> tuple[Array, Array]:
        """Values (P,) and gradients (P, d) at points (P, d) in axis coordinates."""
        if not len(points):
            return np.empty(0), np.empty(points.shape)
        value, *slopes = self.landscape.value_and_gradient(*points.T)
        return value, np.stack(slopes, axis=-1)

    def _bend(self, points: Array) -> Array:
        """The Hessian, (P, d, d), by fourth-order differences of the gradient over a hundredth of a cell."""
        columns = []
        for k in range(self.d):
            step = 0.01 * self.cell * np.eye(self.d)[k]
            far = [self.field(points + m * step)[1] for m in (-2, -1, 1, 2)]
            columns.append((far[0] - 8 * far[1] + 8 * far[2] - far[3]) / (12 * step[k]))
        return np.stack(columns, axis=-1)

    def _newton(self, points: Array) -> Array:
        """Roots of the gradient that Newton's iteration reaches within the view, steps of a cell at most."""
        active = points[np.isfinite(points).all(axis=1)]
        settled = np.zeros((0, self.d))
        for _ in range(_NEWTON_STEPS):
            if not len(active):
                break
            _, g = self.field(active)
            hessian = self.landscape.hessian(*active.T)
            sound = np.isfinite(g).all(axis=1) & np.isfinite(hessian).all(axis=(1, 2))
            active, g, hessian = active[sound], g[sound], hessian[sound]
            if not len(active):
                break
            # In units of a cell, so that axes of different scale weigh the same.
            g, hessian = g * self.cell, hessian * np.outer(self.cell, self.cell)
            values, vectors = np.linalg.eigh(hessian)
            floor = 1e-12 * np.abs(values).max(axis=1, keepdims=True) + 1e-300
            values = np.where(np.abs(values) < floor, np.inf, values)
            step = -np.einsum("pij,pj->pi", vectors, np.einsum("pji,pj->pi", vectors, g) / values)
            length = np.abs(step).max(axis=1, keepdims=True)
            level = np.abs(g).max(axis=1) < 1e-14 * self.slope
            done = (length[:, 0] < 1e-9) | ((length[:, 0] < 1e-3) & level)
            active = active + step / np.maximum(length, 1.0) * self.cell
            inside = ((active >= self.low - self.cell) & (active <= self.high + self.cell)).all(axis=1)
            settled = np.concatenate([settled, active[done & inside]])
            active = active[~done & inside]
        _, g = self.field(settled)
        level = np.abs(g * self.cell).max(axis=1, initial=0.0) <= 1e-7 * self.slope
        inside = ((settled >= self.low) & (settled <= self.high)).all(axis=1)
        return _distinct(settled[level & inside], 1e-3 * self.cell)

    def _classified(self, points: Array) -> list[CriticalPoint]:
        """Critical points that are smooth and stand out from their surroundings."""
        if not len(points):
            return []
        values, _ = self.field(points)
        hessian = self.landscape.hessian(*points.T)
        rise = self._rises(points, values, 0.5 * self.cell)
        tall = np.abs(rise).max(axis=1)
        stands_out = np.abs(self._rises(points, values, self.span / 100)).max(axis=1) > 1e-9 * self.range
        squares = np.outer(self.cell, self.cell)
        scaled = hessian * squares
        # Where the gradient jumps, its differences have nothing to do with the second derivatives beside it.
        jump = np.abs(scaled - self._bend(points) * squares).max(axis=(1, 2))
        smooth = jump <= 0.1 * np.abs(scaled).max(axis=(1, 2)) + 1e-3 * tall
        # On a plain that is flat to rounding, rounding makes the critical points.
        keep = smooth & stands_out & (tall > 4 * np.finfo(float).eps * np.abs(values))
        curvatures = np.linalg.eigvalsh(scaled[keep])
        size = np.abs(curvatures).max(axis=1, initial=0.0)
        # Either one curvature vanishes beside the other, or both explain next to nothing of the rise around.
        flat = np.abs(curvatures).min(axis=1, initial=np.inf) < _FLAT * size
        flat |= size / 8 < 1e-3 * tall[keep]
        eigenvalues, vectors = np.linalg.eigh(hessian[keep])
        return [
            CriticalPoint(
                position=tuple(point.tolist()),
                value=float(value),
                kind=_kind(around) if degenerate else _kind(curves),
                eigenvalues=tuple(own.tolist()),
                directions=tuple(map(tuple, axes.T.tolist())),
                degenerate=bool(degenerate),
            )
            for point, value, around, curves, degenerate, own, axes in zip(
                points[keep], values[keep], rise[keep], curvatures, flat, eigenvalues, vectors, strict=True
            )
        ]

    def _rises(self, points: Array, values: Array, radius: Array, angles: Array = _ANGLES) -> Array:
        """How much higher the surface is all around each point, shape (P, angles); `radius` for each axis."""
        if self.d == 1:
            around = np.array([[-1.0], [1.0]])
        else:
            around = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        places = points[:, None] + radius * around
        rise = self.field(places.reshape(-1, self.d))[0].reshape(places.shape[:2]) - values[:, None]
        return np.where(np.isfinite(rise), rise, np.inf)

    def _least_rise(self, points: Array, values: Array, radius: Array) -> tuple[Array, Array]:
        """The least rise around each point, sought with ever finer angles, and the mean rise."""
        rise = self._rises(points, values, radius)
        least, mean = rise.min(axis=1), rise.mean(axis=1)
        if self.d == 2:
            width = _ANGLES[1]
            middle = _ANGLES[rise.argmin(axis=1)]
            for _ in range(8):
                angles = middle[:, None] + width * np.linspace(-1, 1, 33)
                rise = self._rises(points, values, radius, angles)
                least = np.minimum(least, rise.min(axis=1))
                middle = angles[np.arange(len(points)), rise.argmin(axis=1)]
                width /= 8
        return least, mean

    def _zoomed(self, points: Array) -> Array:
        """The lowest point near each, by ever finer grids around the best so far."""
        axes = np.meshgrid(*[np.linspace(-1, 1, 9)] * self.d, indexing="ij")
        offsets = np.stack(axes, axis=-1).reshape(-1, self.d)
        radius = self.cell.copy()
        for _ in range(50):
            around = points[:, None] + offsets * radius
            values = self.field(around.reshape(-1, self.d))[0].reshape(around.shape[:2])
            best = np.where(np.isfinite(values), values, np.inf).argmin(axis=1)
            points = around[np.arange(len(points)), best]
            radius *= 0.6
        return points

    def _kinks(self, points: Array) -> list[CriticalPoint]:
        """Those points around which the surface rises in every direction at once, as it does at a kink."""
        points = _distinct(points, 1e-3 * self.cell)
        values, _ = self.field(points)
        near, near_mean = self._least_rise(points, values, 1e-4 * self.cell)
        far, far_mean = self._least_rise(points, values, 1e-2 * self.cell)
        # A crease that slopes gently also rises almost everywhere; only an even rise proves a minimum. Along
        # a smooth minimum the rise would shrink with the square of the distance.
        proved = (near > 0.02 * near_mean) & (far > 0.02 * far_mean) & (near_mean > 1e-3 * far_mean)
        return [
            CriticalPoint(tuple(point.tolist()), float(value), "minimum")
            for point, value in zip(points[proved], values[proved], strict=True)
        ]

    def _apart(self, found: list[CriticalPoint]) -> list[CriticalPoint]:
        """Without repetitions, and with a floor of minima thinned to some points along it."""
        kept: list[CriticalPoint] = []
        for kind in get_args(Kind):
            places = np.empty((0, self.d))
            for point in sorted(found, key=lambda p: (p.degenerate, p.value)):
                reach = self.span / 8 if point.degenerate else 1e-2 * self.cell
                if point.kind == kind and (np.abs(places - point.position) > reach).any(axis=1).all():
                    places = np.concatenate([places, [point.position]])
                    kept.append(point)
        return kept


def _kind(signs: Array) -> Kind:
    """What curvatures, or rises all around, make of a critical point."""
    slack = 1e-9 * np.abs(signs).max()
    return "minimum" if signs.min() >= -slack else "maximum" if signs.max() <= slack else "saddle"


def _thinned(points: Array) -> Array:
    """The points, or as many of them as are worth the time, evenly chosen."""
    return points[:: -(-len(points) // _CANDIDATES)] if len(points) else points


def _distinct(points: Array, reach: Array) -> Array:
    """One point for each box of size `reach` that holds any."""
    _, first = np.unique(np.round(points / reach), axis=0, return_index=True)
    return points[np.sort(first)]
