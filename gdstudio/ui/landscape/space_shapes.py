"""The shapes of the space view as arrays: the surface as triangles, lines that lie on it, marbles.

The surface fills a box: the axes run from -1 to 1, and heights from 0 to `HEIGHT` follow the colour scale, so
that a logarithmic or rank scale shows in the relief what it shows in the colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdstudio.ui.landscape.colour_scale import ColourScale, colour_table, round_steps
from gdstudio.ui.landscape.contours import Contour
from gdstudio.ui.landscape.drawing import Surface

Array = np.ndarray

HEIGHT = 0.9
_MOST_POINTS = 128
_GRID_LINES = 10
_LIGHT = np.array([-0.45, -0.35, 0.82])
_SHADE = 0.45
_LIFT = 0.006


@dataclass(frozen=True)
class Box:
    """A map from coordinates of the axes and losses into the box."""

    x: tuple[float, float]
    y: tuple[float, float]
    scale: ColourScale

    def place(self, x: Array, y: Array, losses: Array, lift: float = 0.0) -> Array:
        """Points in the box, shape (..., 3); not finite where the loss is not or outside."""
        with np.errstate(over="ignore", invalid="ignore"):
            u = 2.0 * (np.asarray(x, dtype=float) - self.x[0]) / (self.x[1] - self.x[0]) - 1.0
            v = 2.0 * (np.asarray(y, dtype=float) - self.y[0]) / (self.y[1] - self.y[0]) - 1.0
        height = HEIGHT * self.scale.position(losses) + lift
        points = np.stack(np.broadcast_arrays(u, v, height), axis=-1)
        points[(np.abs(points[..., :2]) > 1.0 + 1e-9).any(axis=-1)] = np.nan
        return points


@dataclass(frozen=True)
class Mesh:
    """Triangles: vertices (n, 3), faces (m, 3) and vertex colours (n, 4), from 0 to 1."""

    vertices: Array
    faces: Array
    colours: Array


def relief(surface: Surface, box: Box, colour_map: str) -> Mesh:
    """The surface as triangles in the colours of the map, lit from the upper left; holes have none."""
    rows, columns = _some(len(surface.xs)), _some(len(surface.ys))
    xs, ys, z = surface.xs[rows], surface.ys[columns], surface.z[np.ix_(rows, columns)]
    points = box.place(xs[:, None], ys[None, :], z)
    height = points[..., 2]
    slope_x, slope_y = np.gradient(height, 2.0 / (len(xs) - 1), 2.0 / (len(ys) - 1))
    normals = np.stack([-slope_x, -slope_y, np.ones_like(height)], axis=-1)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    light = np.nan_to_num(normals @ (_LIGHT / np.linalg.norm(_LIGHT)), nan=1.0).clip(0.0, 1.0)
    colours = colour_table(colour_map)[box.scale.indices(z)].astype(np.float32) / 255.0
    colours[..., :3] *= (1.0 - _SHADE + _SHADE * light)[..., None]
    whole = np.isfinite(points).all(axis=-1)
    return Mesh(
        np.nan_to_num(points).reshape(-1, 3).astype(np.float32), _faces(whole), colours.reshape(-1, 4)
    )


def _some(count: int) -> Array:
    """Indices of at most `_MOST_POINTS` of `count` points, evenly spread, both ends among them."""
    return np.unique(np.rint(np.linspace(0, count - 1, min(count, _MOST_POINTS))).astype(int))


def _faces(whole: Array) -> Array:
    """Two triangles for each cell of a grid of points whose four corners are whole."""
    rows, columns = whole.shape
    index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    cell = whole[:-1, :-1] & whole[1:, :-1] & whole[1:, 1:] & whole[:-1, 1:]
    return np.concatenate([np.stack([a, b, c], axis=-1)[cell], np.stack([a, c, d], axis=-1)[cell]])


def _pairs(points: Array) -> tuple[Array, Array]:
    """A polyline (n, 3) as separate segments (2 m, 3), and how many of them lie before each point, shape
    (n,).

    Segments with an end that is not finite are left out.
    """
    segments = np.stack([points[:-1], points[1:]], axis=1)
    whole = np.isfinite(segments).all(axis=(1, 2))
    count = np.concatenate(([0], np.cumsum(whole)))
    return segments[whole].reshape(-1, 3), count


def contour_lines(lines: Sequence[Contour], box: Box) -> tuple[Array, Array]:
    """Contour lines as segments (2 m, 3): on the surface, and on the floor of the box."""
    places = (box.place(line.x, line.y, np.full(line.x.shape, line.loss), _LIFT) for line in lines)
    raised = np.concatenate([np.empty((0, 3)), *(_pairs(points)[0] for points in places)])
    floor = raised.copy()
    floor[:, 2] = 0.0
    return raised, floor


def trail_lines(x: Array, y: Array, losses: Array, box: Box) -> tuple[Array, Array]:
    """A racer's path just above the surface as segments (2 m, 3), and how many there are after each step.

    Steps that leave the box are left out.
    """
    return _pairs(box.place(x, y, losses, 2 * _LIFT))


def grid_lines(surface: Surface, box: Box) -> Array:
    """Lines on the surface at round positions of both axes, as segments (2 m, 3)."""
    found = [np.empty((0, 3))]
    for x in round_steps(*box.x, _GRID_LINES):
        z = surface.z[_nearest(surface.xs, x)]
        found.append(_pairs(box.place(np.full(z.shape, x), surface.ys, z, _LIFT))[0])
    for y in round_steps(*box.y, _GRID_LINES):
        z = surface.z[:, _nearest(surface.ys, y)]
        found.append(_pairs(box.place(surface.xs, np.full(z.shape, y), z, _LIFT))[0])
    return np.concatenate(found)


def _nearest(values: Array, wanted: float) -> int:
    return int(np.abs(values - wanted).argmin())


def marble(radius: float, rows: int = 12, columns: int = 18) -> Mesh:
    """A white ball about the origin, lit like the surface."""
    polar, turn = np.linspace(0.0, np.pi, rows)[:, None], np.linspace(0.0, 2.0 * np.pi, columns)
    around = np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar) * np.ones(columns)
    normals = np.stack(around, axis=-1)
    light = (normals @ (_LIGHT / np.linalg.norm(_LIGHT))).clip(0.0, 1.0)
    colours = np.ones((rows, columns, 4), dtype=np.float32)
    colours[..., :3] = (0.5 + 0.5 * light)[..., None]
    points = (radius * normals).reshape(-1, 3).astype(np.float32)
    return Mesh(points, _faces(np.ones((rows, columns), dtype=bool)), colours.reshape(-1, 4))


def tangent_sheet(
    box: Box, x: float, y: float, loss: float, gradient: tuple[float, float], size: float
) -> Array:
    """Corners (4, 3) of the square that touches the relief at a point; empty where there is none.

    The relief's height follows the scale, so its slope is the loss's slope times the scale's.
    """
    loss = min(max(loss, box.scale.low), box.scale.high)
    centre = box.place(np.array(x), np.array(y), np.array(loss))
    span = box.scale.high - box.scale.low
    step = 1e-6 * span
    if not np.isfinite(centre).all() or not np.isfinite(gradient).all() or not step > 0:
        return np.empty((0, 3))
    low, high = max(loss - step, box.scale.low), min(loss + step, box.scale.high)
    if not low < high:
        return np.empty((0, 3))
    steepness = HEIGHT * float(box.scale.position(high) - box.scale.position(low)) / (high - low)
    rise = steepness * np.array(gradient) * [(box.x[1] - box.x[0]) / 2.0, (box.y[1] - box.y[0]) / 2.0]
    across = np.array([1.0, 0.0, rise[0]]) / np.hypot(1.0, rise[0]) * size
    along = np.array([0.0, 1.0, rise[1]]) / np.hypot(1.0, rise[1]) * size
    lift = np.array([0.0, 0.0, 2 * _LIFT])
    return centre + lift + np.array([-across - along, across - along, across + along, along - across])
