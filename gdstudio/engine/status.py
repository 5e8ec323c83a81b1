"""What became of a racer: judged by the loss around the place where it stands, never by a threshold on the gradient.

A racer has converged when it rests and nothing lower lies around it, at distances small beside the way it came. It has
stalled when it rests although lower ground is near, or lies across flat ground, and the gradient is tiny beside the
gradients around: on a saddle when the Hessian has a negative eigenvalue, on a summit when all of them are, on a plateau
when the loss is flat. Flat ground all around is a minimum only when higher ground lies no farther away than the start:
a racer that came down to it rests, one that never saw a gradient, as with a dead relu, is held up. It has diverged when
the loss or the point is not finite, or it left for good: it is far out, and not at rest in a minimum there. In all
other cases it is running; one that goes far without getting anywhere oscillates, and its sentence says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .program import Program

# Radii, relative to the scale of the problem, at which the neighbourhood is asked.
_NEAR = (1e-4, 1e-3, 1e-2)
# Across flat ground it is asked on many rings: lower ground may be no more than a dent far out.
_RINGS = np.geomspace(0.02, 10.0, 48)
# Where else gradients are looked at, relative to the size of the point: farther out they grow for no reason of ours.
_SEEN = (0.1, 1.0)
# The start is at a distance of 1 where the racer has moved; a little more, lest rounding hide it.
_WAY_BACK = 1.01
_ALL = slice(None)
_REST = 1e-3
_SMALL_GRADIENT = 1e-3
LOST = 1e6
# An oscillation has at least so many points, goes so many times farther than it gets, and its steps keep so much of
# their length.
_LEAST_SWING = 9
_DETOUR = 10.0
_LASTING = 0.9
# The Hessian costs n vector products; beyond this many coordinates random directions must do.
_HESSIAN_LIMIT = 60
_RANDOM_DIRECTIONS = 16


@dataclass(frozen=True)
class Verdict:
    """A status and the sentence that says why."""

    status: str
    reason: str


def judge(
    program: Program,
    path: np.ndarray,
    losses: np.ndarray,
    finite: bool,
    climbing: bool = False,
    noisy: bool = False,
) -> Verdict:
    """The status of a racer.

    Args:
        path: (steps + 1, n), the finite part.
        losses: (steps + 1,).
        finite: whether it ended without an infinite or undefined loss.
        climbing: whether it goes up (gradient ascent).
        noisy: whether its gradients were disturbed, so that it never rests completely.
    """
    end, steps = path[-1], len(path) - 1
    if not finite:
        if steps == 0:
            return Verdict("diverged", "the loss at the start is not a finite number")
        return Verdict("diverged", f"the loss stopped being a finite number after step {steps}")
    reach = float(np.abs(end).max())
    home = max(1.0, float(np.abs(path[0]).max()))
    travelled = _length(end - path[0])
    scale = max(travelled, 0.01 * max(1.0, reach))
    tail = path[-max(2, steps // 20 + 1) :]
    sign = -1.0 if climbing else 1.0
    with np.errstate(all="ignore"):
        rests = float(_lengths(tail - end).max()) <= (10 * _REST if noisy else _REST) * scale
        around = _Neighbourhood(program, end, scale, sign, path[0]) if rests else None
        arrived = around is not None and around.is_minimum
        firmly = around is not None and arrived and around.is_strict
    if reach > LOST * home and not firmly:
        first = int(np.argmax(np.max(np.abs(path), axis=1) > LOST * home))
        return Verdict(
            "diverged",
            f"it left for good: from step {first} on it is more than a million times as far out as its start",
        )
    if around is None:
        swing = None if noisy else _swing(path)
        if swing is not None:
            return Verdict("running", swing)
        risen = sign * losses[-1] > sign * losses[0] + 1e-9 * abs(losses[0])
        return Verdict(
            "running", f"it still moves{', and the loss is worse than at its start' if risen else ''}"
        )
    if arrived:
        what = "maximum" if climbing else "minimum"
        return Verdict(
            "converged",
            f"it rests at a {what}: nothing {'higher' if climbing else 'lower'} lies around, loss {losses[-1]:.4g}",
        )
    largest = around.largest_gradient
    if around.gradient > _SMALL_GRADIENT * largest:
        return Verdict("running", "it moves too slowly: its steps are tiny, the gradient is not")
    if around.critical_distance > scale or around.is_flat:
        return Verdict(
            "stalled",
            "it is held up on a plateau: hardly any gradient, though nothing shows that this is a minimum",
        )
    if around.lowest_curvature < 0:
        way = "up" if climbing else "down"
        if around.highest_curvature < 0:
            top = "minimum" if climbing else "maximum"
            return Verdict(
                "stalled",
                f"it is held up at a {top}: hardly any gradient, but the loss curves {way} in every direction",
            )
        return Verdict(
            "stalled",
            f"it is held up at a saddle: hardly any gradient, but the loss curves {way} in one direction",
        )
    return Verdict("running", "it creeps along a narrow valley: its steps are tiny, and lower ground is near")


def _length(vector: np.ndarray) -> float:
    """The Euclidean norm, quicker than `np.linalg.norm` for few numbers."""
    return math.sqrt(vector.dot(vector))


def _lengths(rows: np.ndarray) -> np.ndarray:
    """The Euclidean norm of each row, quicker than `np.linalg.norm` for short rows."""
    return np.sqrt(np.einsum("ij,ij->i", rows, rows))


def _halves(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    middle = (len(rows) + 1) // 2
    return rows[:middle], rows[middle:]


def _swing(path: np.ndarray) -> str | None:
    """A sentence about a racer that goes to and fro, or round and round, without coming to rest; None for others.

    Its last steps must be ten times as long together as what lies between the middles of their two halves, and must not
    be dying away.
    """
    tail = path[-max(_LEAST_SWING, len(path) // 5) :]
    if len(tail) < _LEAST_SWING:
        return None
    with np.errstate(all="ignore"):
        lengths = _lengths(tail[1:] - tail[:-1])
        early, late = (float(half.sum()) / len(half) for half in _halves(lengths))
        length = float(lengths.sum())
        first, second = (half.sum(axis=0) / len(half) for half in _halves(tail))
        moved = _length(second - first)
    if not late > _LASTING * early or not length > _DETOUR * moved:
        return None
    return f"it oscillates: its last {len(lengths)} steps are {length:.3g} long together and lead nowhere"


class _Neighbourhood:
    """The loss around a point, and how large the gradient there is beside those around."""

    def __init__(self, program: Program, x: np.ndarray, scale: float, sign: float, start: np.ndarray) -> None:
        self._program, self._x, self._scale, self._sign = program, x, scale, sign
        value, gradient = program.value_and_gradient(x)
        self._value = sign * float(value)
        self.gradient = float(np.linalg.norm(gradient))
        self.lowest_curvature = self.highest_curvature = 0.0
        # How far Newton's method sees the nearest critical point; infinite where the loss is flat.
        self.critical_distance = 0.0 if self.gradient == 0 else math.inf
        self._directions = self._chosen(gradient, start - x)
        self._near = self._values(_NEAR)
        noise = 8 * np.finfo(float).eps * max(abs(self._value), 1e-300)
        self._lower, self._higher = self._value - noise, self._value + noise
        self._flat = np.all(np.abs(self._near - self._value) <= noise, axis=0)

    def _chosen(self, gradient: np.ndarray, back: np.ndarray) -> np.ndarray:
        """Unit directions (k, n) worth asking: eigenvectors of the Hessian, axes, down the gradient, and `back`."""
        n = len(self._x)
        directions = []
        if n <= _HESSIAN_LIMIT:
            hessian = self._sign * self._program.hessian(self._x)
            directions.append(np.eye(n))
            if np.all(np.isfinite(hessian)):
                values, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
                directions.append(vectors.T)
                highest = float(np.max(np.abs(values)))
                along = vectors.T @ gradient
                with np.errstate(all="ignore"):
                    self.critical_distance = float(np.linalg.norm(np.where(along == 0, 0.0, along / values)))
                # Rounding alone must not look like a direction that curves down.
                if values[0] < -1e-9 * highest:
                    self.lowest_curvature, self.highest_curvature = float(values[0]), float(values[-1])
        else:
            random = np.random.default_rng(0).standard_normal((_RANDOM_DIRECTIONS, n))
            directions.append(random / np.linalg.norm(random, axis=1, keepdims=True))
        if 0 < self.gradient < math.inf:
            directions.append(-gradient[None] / self.gradient)
        if np.any(back):
            directions.append(back[None] / np.linalg.norm(back))
        both = np.concatenate(directions)
        return np.concatenate([both, -both])

    def _values(self, radii: Sequence[float] | np.ndarray, which: slice | np.ndarray = _ALL) -> np.ndarray:
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
