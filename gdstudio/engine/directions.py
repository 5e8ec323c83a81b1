"""Directions through a space of many coordinates, along which a landscape is cut.

Random directions are scaled filter by filter, after Li et al., "Visualizing the Loss Landscape of Neural
Nets" (2018); principal directions are those in which the paths of a race spread most. A slice shows its plane
and no other; the share of the spread that a pair of principal directions explains says how much of a path it
can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .errors import EngineError, shown
from .given import NUMBERS, SEED, floats, instance, one_of, optional, takes, whole
from .program import A_PROGRAM, Program
from .shapes import Shape

Normalisation = Literal["filter", "layer", "none"]


@takes(
    program=A_PROGRAM,
    count=whole(1, 1000),
    seed=SEED,
    at=optional(NUMBERS),
    normalise=one_of("filter", "layer", "none"),
)
def random_directions(
    program: Program,
    count: int = 2,
    seed: int = 0,
    normalise: Normalisation = "filter",
    at: np.ndarray | None = None,
) -> np.ndarray:
    """Random directions in the space of `program.coordinates`.

    Args:
        program: whose parameter tensors have filters: the weights into one unit, a column of W in `x @ W`.
            Vectors and scalars (biases, scales) have none.
        count: how many; two make a plane.
        seed: of the generator.
        normalise: "filter" gives every column the norm that it has in the parameters and leaves vectors and
            scalars where they are, as Li et al. do; "layer" gives every tensor its norm; "none" leaves normal
            numbers.
        at: the point whose norms are taken, shape (n,); the stored parameters by default.

    Returns:
        Shape (count, n). Where filters cannot be scaled, because no parameter is a matrix or all of them are
        0, directions of length 1.
    """
    point = np.asarray(program.start if at is None else at, dtype=np.float64)
    if point.shape != (program.size,):
        raise EngineError(
            f"at must be {program.size} numbers, one for each coordinate, not shape {point.shape}"
        )
    generator = np.random.default_rng(seed)
    directions = generator.standard_normal((count, point.size))
    if normalise == "none":
        return directions
    for direction in directions:
        _scale(direction, point, program.shapes, normalise)
    norms = np.linalg.norm(directions, axis=1, keepdims=True)
    if not norms.all():
        directions = np.random.default_rng(seed).standard_normal((count, point.size))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return directions


def _scale(
    direction: np.ndarray, point: np.ndarray, shapes: Mapping[str, Shape], normalise: Normalisation
) -> None:
    """Gives each part of `direction` the norm of the same part of `point`, in place."""
    offset = 0
    for shape in shapes.values():
        size = int(np.prod(shape))
        d, w = direction[offset : offset + size], point[offset : offset + size]
        offset += size
        if normalise == "layer":
            d *= np.linalg.norm(w) / np.linalg.norm(d)
        elif len(shape) < 2:
            d[:] = 0.0
        else:
            columns, weights = d.reshape(-1, shape[-1]), w.reshape(-1, shape[-1])
            columns *= np.linalg.norm(weights, axis=0) / np.linalg.norm(columns, axis=0)


@dataclass(frozen=True, eq=False)
class Principal:
    """The plane in which paths spread most.

    Attributes:
        axes: orthonormal directions, shape (count, n), the widest first; each points the way in which the
            first path ends, so that pictures do not flip.
        center: the point where the axes cross, shape (n,).
        explained: the share of the spread along each axis, shape (count,); they sum to at most 1.
    """

    axes: np.ndarray
    center: np.ndarray
    explained: np.ndarray

    def project(self, points: np.ndarray) -> np.ndarray:
        """Coordinates along the axes, shape (..., count), of points of shape (..., n)."""
        return (np.asarray(points) - self.center) @ self.axes.T

    def lift(self, coordinates: np.ndarray) -> np.ndarray:
        """The points of the plane with these coordinates, shape (..., n)."""
        return self.center + np.asarray(coordinates) @ self.axes


@takes(
    paths=instance(Iterable, "a list of paths, arrays of shape (steps, n)"),
    count=whole(1, 1000),
    center=optional(NUMBERS),
)
def principal_directions(
    paths: Iterable[np.ndarray], count: int = 2, center: np.ndarray | None = None
) -> Principal:
    """The main components of paths, by singular value decomposition.

    Args:
        paths: arrays (steps, n); all their points weigh the same. Points that are not finite are left out.
        count: how many axes.
        center: shape (n,). By default the end of the first path, as Li et al. do: the surface near the end is
            what matters, and the plane then contains it.

    Raises:
        EngineError: when there are no finite points or fewer coordinates than axes.
    """
    given = [np.atleast_2d(floats(path, "the points of a path")) for path in paths]
    if any(path.ndim != 2 for path in given):
        raise EngineError("a path must be an array of shape (steps, n)")
    usable = [path[np.isfinite(path).all(axis=-1)] for path in given]
    usable = [path for path in usable if len(path)]
    if not usable:
        raise EngineError("there is no path with finite points to find directions in; run a race first")
    if len({path.shape[1] for path in usable}) > 1:
        raise EngineError("the paths have different numbers of coordinates; take those of one race")
    points = np.concatenate(usable)
    n = points.shape[1]
    if not 1 <= count <= n:
        raise EngineError(f"{count} directions cannot be found among {n} coordinates")
    center = usable[0][-1] if center is None else np.asarray(center, dtype=np.float64)
    if center.shape != (n,) or not np.isfinite(center).all():
        raise EngineError(f"center must be {n} finite numbers, one for each coordinate, not {shown(center)}")
    spread = points - center
    # Scaled first: squares of far points would overflow.
    size = np.abs(spread).max()
    _, singular, axes = np.linalg.svd(spread / (size or 1.0), full_matrices=False)
    if len(axes) < count:
        axes = np.linalg.qr(np.concatenate([axes, np.eye(n)]).T)[0].T[:n]
        singular = np.pad(singular, (0, n - len(singular)))
    weight = singular**2
    explained = weight[:count] / weight.sum() if weight.sum() > 0 else np.zeros(count)
    towards = axes[:count] @ (usable[0][-1] - usable[0][0])
    # A path without extent along an axis gives no sign; then the largest component is made positive.
    largest = axes[np.arange(count), np.abs(axes[:count]).argmax(axis=1)]
    signs = np.sign(np.where(np.abs(towards) > 1e-12 * (size or 1.0), towards, largest))
    return Principal(axes[:count] * signs[:, None], center, explained)
