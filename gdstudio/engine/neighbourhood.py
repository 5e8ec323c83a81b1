"""The loss around the places where racers stand: in which directions it is asked, and what it says there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .program import Program

Array = np.ndarray

# Radii, relative to the scale of the problem, at which the neighbourhood is asked.
_NEAR = (1e-4, 1e-3, 1e-2)
# Across flat ground it is asked on many rings: lower ground may be no more than a dent far out.
_RINGS = np.geomspace(0.02, 10.0, 48)
# Where else gradients are looked at, relative to the size of the point: farther out they grow for no reason of ours.
_SEEN = (0.1, 1.0)
# The start is at a distance of 1 where the racer has moved; a little more, lest rounding hide it.
_WAY_BACK = 1.01
_ALL = slice(None)
# The Hessian costs n vector products; beyond this many coordinates random directions must do.
_HESSIAN_LIMIT = 60
_RANDOM_DIRECTIONS = 16
# Numbers in the points of one evaluation.
_NUMBERS = 1 << 20


class Neighbourhood:
    """The loss around a point, and how large the gradient there is beside those around.

    Args:
        x: the point, (n,).
        scale: of the problem there; all distances are parts of it.
        sign: -1 where the racer climbs: the loss is then seen upside down.
        start: where the racer came from, (n,).

    Attributes:
        gradient: the norm of the gradient at the point.
        lowest_curvature, highest_curvature: eigenvalues of the Hessian, 0 where none of them is negative.
        critical_distance: how far Newton's method sees the nearest critical point; infinite where the loss is flat.
    """

    def __init__(self, program: Program, x: Array, scale: float, sign: float, start: Array) -> None:
        self._program, self._x, self._scale, self._sign = program, x, scale, sign
        value, gradient = program.value_and_gradient(x)
        self._value = sign * float(value)
        self.gradient = float(np.linalg.norm(gradient))
        self.lowest_curvature = self.highest_curvature = 0.0
        self.critical_distance = 0.0 if self.gradient == 0 else math.inf
        curvatures, bends = _principal(program, x[None], sign)
        if curvatures is not None and np.all(np.isfinite(curvatures)):
            self._curve(curvatures[0], bends[0].T @ gradient)
        self._directions = _directions(bends, gradient[None], (start - x)[None])[0]
        self._near = self._values(_NEAR)
        noise = _rounding(self._value)
        self._lower, self._higher = self._value - noise, self._value + noise
        self._flat = np.all(np.abs(self._near - self._value) <= noise, axis=0)

    def _curve(self, curvatures: Array, along: Array) -> None:
        """Take note of the eigenvalues of the Hessian, ascending, and the gradient along its eigenvectors, (n,) each."""
        with np.errstate(all="ignore"):
            self.critical_distance = float(np.linalg.norm(np.where(along == 0, 0.0, along / curvatures)))
        # Rounding alone must not look like a direction that curves down.
        if curvatures[0] < -1e-9 * float(np.max(np.abs(curvatures))):
            self.lowest_curvature, self.highest_curvature = float(curvatures[0]), float(curvatures[-1])

    def _values(self, radii: Sequence[float] | Array, which: slice | Array = _ALL) -> Array:
        """The loss at (radius, direction), upside down when climbing."""
        offsets = self._scale * np.array(radii)[:, None, None] * self._directions[which]
        return self._sign * self._program.value(self._x + offsets)

    @property
    def is_flat(self) -> bool:
        """Whether nothing lower lies near, and the loss stays the same to rounding in some direction."""
        return bool(np.any(self._flat)) and not np.any(self._near < self._lower)

    @property
    def is_strict(self) -> bool:
        """Whether the loss is higher near by in all directions."""
        return bool(np.all(self._near > self._higher))

    @property
    def is_minimum(self) -> bool:
        """Whether nothing lower lies near, nor farther away across flat ground, and something higher does."""
        if np.any(self._near < self._lower):
            return False
        rings = self._values(_RINGS, self._flat)
        if np.any(rings < self._lower):
            return False
        return bool(np.any(self._near > self._higher) or np.any(rings[_RINGS <= _WAY_BACK] > self._higher))

    @property
    def largest_gradient(self) -> float:
        """The norm of the largest gradient at the distances that count."""
        size = max(self._scale, 1.0, float(np.max(np.abs(self._x))))
        offsets = size * np.array(_SEEN)[:, None, None] * self._directions
        _, gradients = self._program.value_and_gradient(self._x + offsets)
        sizes = np.linalg.norm(gradients, axis=-1)
        return float(np.max(sizes[np.isfinite(sizes)], initial=self.gradient))


def strict_minima(program: Program, points: Array, scales: Array, sign: float, starts: Array) -> Array:
    """`Neighbourhood.is_strict` of many points, (B,).

    Args:
        points, starts: (B, n).
        scales: (B,).
    """
    n = points.shape[1]
    held = np.zeros(len(points), dtype=bool)
    asked = 2 * (2 * min(n, _HESSIAN_LIMIT) + 2) * len(_NEAR)
    rows = max(1, _NUMBERS // (asked * n))
    for begin in range(0, len(points), rows):
        part = slice(begin, begin + rows)
        x = points[part]
        values, gradients = program.value_and_gradient(x)
        _curvatures, bends = _principal(program, x, sign)
        directions = _directions(bends, gradients, starts[part] - x)
        lengths = scales[part, None] * np.array(_NEAR)
        near = sign * program.value(x[:, None, None] + lengths[:, :, None, None] * directions[:, None])
        higher = sign * values + _rounding(values)
        held[part] = (near > higher[:, None, None]).all(axis=(1, 2))
    return held


def _rounding(values: Any) -> Any:
    """By how much losses may differ that are the same; a number or an array."""
    return 8 * np.finfo(float).eps * np.maximum(np.abs(values), 1e-300)


def _principal(program: Program, x: Array, sign: float) -> tuple[Array | None, Array]:
    """Eigenvalues (P, n), ascending, and eigenvectors (P, n, n), in columns, of the Hessians at points (P, n).

    Where a Hessian is not finite, NaN and the axes; for many coordinates None and a few random directions (P, n, k).
    """
    n = x.shape[1]
    if n > _HESSIAN_LIMIT:
        random = np.random.default_rng(0).standard_normal((_RANDOM_DIRECTIONS, n))
        random /= np.linalg.norm(random, axis=1, keepdims=True)
        return None, np.broadcast_to(random.T, (len(x), n, _RANDOM_DIRECTIONS))
    hessian = sign * program.hessian(x)
    sound = np.all(np.isfinite(hessian), axis=(1, 2))
    if not sound.all():
        hessian = np.where(sound[:, None, None], hessian, np.eye(n))
    values, vectors = np.linalg.eigh((hessian + np.swapaxes(hessian, 1, 2)) / 2)
    return np.where(sound[:, None], values, np.nan), np.where(sound[:, None, None], vectors, np.eye(n))


def _directions(bends: Array, gradients: Array, back: Array) -> Array:
    """Unit directions (P, k, n) worth asking: what `_principal` found, axes, down the gradient, and back; both ways."""
    n = gradients.shape[1]
    found = [np.swapaxes(bends, 1, 2)]
    if n <= _HESSIAN_LIMIT:
        found.append(np.broadcast_to(np.eye(n), (len(gradients), n, n)))
    found += [_unit(way, found[0][:, 0])[:, None] for way in (-gradients, back)]
    one_way = np.concatenate(found, axis=1)
    return np.concatenate([one_way, -one_way], axis=1)


def _unit(vectors: Array, instead: Array) -> Array:
    """Vectors (P, n) of length 1; others in the place of those without a direction."""
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.where((lengths > 0) & (lengths < math.inf), vectors / lengths, instead)
