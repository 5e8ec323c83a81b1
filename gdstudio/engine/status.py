"""What became of a racer: judged by the loss around the place where it stands, never by a threshold on the gradient.

A racer has converged when it rests and nothing lower lies around it, at distances small beside the way it came. It has
stalled when it rests although lower ground is near, or lies across flat ground, and the gradient is tiny beside the
gradients around: on a saddle when the Hessian has a negative eigenvalue, on a summit when all of them are, on a plateau
when the loss is flat. Flat ground all around is a minimum only when higher ground lies no farther away than the start:
a racer that came down to it rests, one that never saw a gradient, as with a dead relu, is held up. It has diverged when
the loss or the point is not finite, or it left for good: it is far out, and not at rest in a minimum there. In all
other cases it is running; one that goes far without getting anywhere oscillates, and its sentence says so.

`judge` says it of one racer with its path; `diverged` says of crowds, whose paths are not kept, who diverged.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .neighbourhood import Neighbourhood, strict_minima
from .program import Program

_REST = 1e-3
_SMALL_GRADIENT = 1e-3
# So many times as far out as its start a racer has left, unless it rests in a minimum there.
_LOST = 1e6
# An oscillation has at least so many points, goes so many times farther than it gets, and its steps keep so much of
# their length.
_LEAST_SWING = 9
_DETOUR = 10.0
_LASTING = 0.9


@dataclass(frozen=True)
class Verdict:
    """A status and the sentence that says why."""

    status: str
    reason: str


@np.errstate(all="ignore")
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
    sign = -1.0 if climbing else 1.0
    scale = float(_scales(end, path[0]))
    rests = float(_lengths(path[-rest_rows(steps) :] - end).max()) <= _rest(noisy) * scale
    around = Neighbourhood(program, end, scale, sign, path[0]) if rests else None
    arrived = around is not None and around.is_minimum
    firmly = around is not None and arrived and around.is_strict
    if _is_far(end, path[0]) and not firmly:
        first = int(np.argmax(_is_far(path, path[0])))
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


def diverged(
    program: Program,
    ends: np.ndarray,
    starts: np.ndarray,
    losses: np.ndarray,
    last_moves: Callable[[np.ndarray], np.ndarray],
    climbing: bool = False,
    noisy: bool = False,
) -> np.ndarray:
    """Which racers, (B,), `judge` would say have diverged.

    Args:
        ends, starts: (B, n).
        losses: at the ends, (B,); not finite where one on the way was not.
        last_moves: asked with the numbers (k,) of racers that are far out in a minimum how far from their ends they were
            at most in the last `rest_rows` rows of their paths, (k,).
        climbing, noisy: as for `judge`.
    """
    gone = ~np.isfinite(losses)
    # No start counts as nearer than 1.
    if ends.size == 0 or max(ends.max(), -ends.min()) <= _LOST:
        return gone
    with np.errstate(all="ignore"):
        far = np.flatnonzero(_is_far(ends, starts) & ~gone)
        scales = _scales(ends[far], starts[far])
        held = strict_minima(program, ends[far], scales, -1.0 if climbing else 1.0, starts[far])
        if held.any():
            held[held] = last_moves(far[held]) <= _rest(noisy) * scales[held]
    gone[far[~held]] = True
    return gone


def rest_rows(steps: int) -> int:
    """How many rows at the end of a path of so many steps say whether a racer rests."""
    return max(2, steps // 20 + 1)


def _rest(noisy: bool) -> float:
    """How far racers at rest may move in these rows, in parts of the scale."""
    return 10 * _REST if noisy else _REST


def _scales(ends: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The scale (...) of what racers see around their ends (..., n)."""
    way = ends - starts
    travelled = np.sqrt(np.einsum("...i,...i->...", way, way))
    return np.maximum(travelled, 0.01 * np.maximum(1.0, np.abs(ends).max(axis=-1)))


def _is_far(points: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Whether points (..., n) are so far out, or nowhere, that their racers have left unless they rest there."""
    home = np.maximum(1.0, np.abs(starts).max(axis=-1))
    return ~(np.abs(points).max(axis=-1) <= _LOST * home)


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
