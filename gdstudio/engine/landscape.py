"""The loss along one or two axes through the space of coordinates."""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .bounded import bounded
from .cached import cached_property
from .derivative import gradients, or_zeros
from .errors import EngineError, shown
from .expression import Tape, Term
from .given import NUMBERS, Kind, floats, instance, optional, takes
from .pictures import Picture
from .plan import ArrayPlan, grid_inputs
from .products import joined_products
from .program import A_PROGRAM, Program
from .regroup import regrouped
from .shapes import Shape

# The surface of so many positions takes 268 MB, and the gradient twice as much.
_MOST_POSITIONS = 1 << 25

Axis = str | Sequence[float] | np.ndarray


@bounded(lambda low, high, count: count, 1 << 16)
def _even(low: float, high: float, count: int) -> np.ndarray:
    """Evenly spaced positions, which grids of one range and size share."""
    positions = np.linspace(low, high, count)
    positions.flags.writeable = False
    return positions


class Landscape:
    """A program seen along one or two axes.

    Args:
        program: the loss.
        axes: one or two of: the name of a coordinate, or a direction of shape (n,).
        ranges: (low, high) for each axis. Along a named coordinate this is its value; along a direction the distance
            from `at` in units of the direction.
        at: the point (n,) that fixes what does not vary; `program.start` when None.
        regroup: let grids regroup sums and products by axis: faster, and different in the last bits.

    Raises:
        EngineError: for an unknown coordinate, an axis used twice, a direction of zeros or of the wrong length, or a
            range that is not low < high.
    """

    @takes(
        program=A_PROGRAM,
        axes=Kind(
            'one or two axes, such as ("w", "b")', lambda axes: isinstance(axes, Sequence | np.ndarray)
        ),
        ranges=Kind("a range (low, high) for each axis", NUMBERS.holds),
        at=optional(NUMBERS),
    )
    def __init__(
        self,
        program: Program,
        axes: Sequence[Axis],
        ranges: Sequence[tuple[float, float]],
        at: Any = None,
        regroup: bool = True,
    ) -> None:
        self.program = program
        self._regroup = regroup
        self.axes = tuple(axes)
        if np.ndim(ranges) != 2 or np.shape(ranges)[1] != 2:
            raise EngineError(f"ranges must be a (low, high) for each axis, not {shown(ranges)}")
        self.ranges = tuple((float(low), float(high)) for low, high in ranges)
        if len(self.axes) not in (1, 2) or len(self.ranges) != len(self.axes):
            raise EngineError("a landscape has one or two axes, and a range (low, high) for each")
        for low, high in self.ranges:
            if not (math.isfinite(low) and math.isfinite(high) and low < high):
                raise EngineError(f"a range must be two finite numbers, low < high, not ({low:g}, {high:g})")
        self.at = np.array(program.start if at is None else at, dtype=np.float64)
        if self.at.shape != (program.size,):
            raise EngineError(
                f"at must have shape ({program.size},), one number for each coordinate, not {self.at.shape}"
            )
        directions = []
        self._origin = self.at.copy()
        for axis in self.axes:
            direction = np.zeros(program.size)
            if isinstance(axis, str):
                position = program.coordinate(axis)
                direction[position] = 1.0
                self._origin[position] = 0.0
            else:
                direction = floats(axis, "an axis that is no name")
                if direction.shape != (program.size,):
                    raise EngineError(f"a direction must have shape ({program.size},), not {direction.shape}")
            if not np.any(direction) or not np.all(np.isfinite(direction)):
                raise EngineError("a direction must be finite and not all zeros")
            directions.append(direction)
        self.directions = np.array(directions)
        if len(self.axes) == 2 and self._axes_are_parallel():
            raise EngineError("the two axes are the same direction; choose two different ones")

    def _axes_are_parallel(self) -> bool:
        first, second = self.axes
        if isinstance(first, str) and isinstance(second, str):
            return first == second
        return bool(np.linalg.matrix_rank(self.directions) < 2)

    def point(self, *along: Any) -> np.ndarray:
        """The full points (..., n) at these positions along the axes."""
        positions = np.stack(self._spread(along), axis=-1)
        with np.errstate(all="ignore"):
            return self._origin + positions @ self.directions

    def project(self, points: Any) -> np.ndarray:
        """The positions (..., 1 or 2) along the axes that lie nearest to points (..., n)."""
        points = floats(points, "points")
        if points.ndim == 0 or points.shape[-1] != self.program.size:
            raise EngineError(
                f"points hold {self.program.size} coordinates in their last axis, not shape {points.shape}"
            )
        offsets = points - self._origin
        named = [self.program.coordinate(axis) for axis in self.axes if isinstance(axis, str)]
        if len(named) == len(self.axes):
            return np.take(offsets, named, axis=-1)
        return offsets @ np.linalg.pinv(self.directions)

    @cached_property
    def _terms(self) -> list[Term]:
        """The loss and its derivative along each axis, for grids."""
        return self._lowered("axis 0" if len(self.axes) == 2 else "")

    def _lowered(self, together: str) -> list[Term]:
        tape = Tape(split_affine=True, together=together)
        along = [tape.input(f"axis {i}") for i in range(len(self.axes))]
        origin = self.program.split(self._origin)
        parts = [self.program.split(direction) for direction in self.directions]

        def leaf(name: str, _shape: Shape) -> Term:
            term = tape.constant(origin[name])
            for position, part in zip(along, parts, strict=True):
                if np.any(part[name]):
                    term = term + position * part[name]
            return term

        loss = self.program.lowered(tape, leaf)
        return [loss, *[or_zeros(g, a) for g, a in zip(gradients(loss, along), along, strict=True)]]

    def _grid_plan(self, outputs: list[Term]) -> ArrayPlan:
        ndim = len(self.axes)
        if not self._regroup:
            return ArrayPlan(outputs, self._masks, ndim)
        if ndim == 2:
            outputs = regrouped(outputs, self._masks)
        return ArrayPlan(joined_products(outputs, self._masks, ndim), self._masks, ndim, pairs=ndim == 2)

    @cached_property
    def _value_plan(self) -> ArrayPlan:
        return self._grid_plan(self._terms[:1])

    @cached_property
    def _field_plan(self) -> ArrayPlan:
        return self._grid_plan(self._terms)

    @cached_property
    def _probe_plan(self) -> ArrayPlan:
        return ArrayPlan(self._lowered(""), dict.fromkeys(self._masks, 1))

    @property
    def _masks(self) -> dict[str, int]:
        return {f"axis {i}": 1 << i for i in range(len(self.axes))}

    def positions(self, n: int | Sequence[int]) -> list[np.ndarray]:
        """n evenly spaced positions along each axis, both ends included; not to be written to."""
        counts: list[Any] = list(n) if isinstance(n, list | tuple) else [n] * len(self.axes)
        if len(counts) != len(self.axes) or not all(
            isinstance(c, int | np.integer) and c >= 0 for c in counts
        ):
            raise EngineError(
                f"a grid has a whole number of positions, or one for each of {len(self.axes)} axes, not {shown(n)}"
            )
        count: int = math.prod(int(c) for c in counts)
        if count > _MOST_POSITIONS:
            told = f"{count:,}" if count < 10**18 else shown(count)
            raise EngineError(f"a grid has at most {_MOST_POSITIONS:,} positions, not {told}")
        return [_even(low, high, count) for (low, high), count in zip(self.ranges, counts, strict=True)]

    @cached_property
    def _value_picture(self) -> Picture:
        return self._picture(self._terms[:1], lambda landscape: landscape._value_plan)

    @cached_property
    def _field_picture(self) -> Picture:
        return self._picture(self._terms, lambda landscape: landscape._field_plan)

    def _picture(self, terms: Sequence[Term], plan: Callable[[Landscape], ArrayPlan]) -> Picture:
        # A cycle would keep the plans' arrays until the garbage collector comes.
        landscape = weakref.proxy(self)
        return Picture(terms, list(self._masks), self.ranges, lambda: plan(landscape))

    def _run(self, what: str, positions: list[np.ndarray], picture: bool) -> list[np.ndarray]:
        ndim = len(positions)
        if picture and ndim == 2 and self._regroup:
            results = (self._value_picture if what == "value" else self._field_picture).run(positions)
            if results is not None:
                return results
        plan = self._value_plan if what == "value" else self._field_plan
        return plan.run(grid_inputs(list(self._masks), positions), tuple(map(len, positions)))

    def grid(self, n: int | Sequence[int] = 256, picture: bool = False) -> tuple[np.ndarray, ...]:
        """(xs, ys, z) with z[i, j] the loss at xs[i], ys[j]; (xs, z) for one axis. Holes are not finite.

        Args:
            n: how many positions along each axis.
            picture: allow an error of 1e-9 of the difference between the highest and the lowest value, which nobody
                can see; polynomials, smooth functions and symmetric ones are quicker then.
        """
        positions = self.positions(n)
        return (*positions, *self._run("value", positions, picture))

    def field(self, n: int | Sequence[int] = 256, picture: bool = False) -> tuple[np.ndarray, ...]:
        """(xs, ys, z, gx, gy): the loss and its derivative along each axis in one pass; (xs, z, gx) for one axis.

        Args:
            n, picture: as for `grid`.
        """
        positions = self.positions(n)
        return (*positions, *self._run("field", positions, picture))

    def value_and_gradient(self, *along: Any) -> tuple[np.ndarray, ...]:
        """The loss and its derivative along each axis, elementwise at positions along the axes."""
        arrays = self._spread(along)
        flat = {f"axis {i}": np.ascontiguousarray(a.ravel()) for i, a in enumerate(arrays)}
        results = self._probe_plan.run(flat, (arrays[0].size,))
        return tuple(result.reshape(arrays[0].shape) for result in results)

    def _spread(self, along: Sequence[Any]) -> list[np.ndarray]:
        """Positions along each axis as arrays of one shape."""
        if len(along) != len(self.axes):
            raise EngineError(
                f"this landscape has {len(self.axes)} axes, and positions along {len(along)} were given"
            )
        arrays = [floats(positions, "positions along an axis") for positions in along]
        try:
            return list(np.broadcast_arrays(*arrays))
        except ValueError:
            shapes = " and ".join(str(a.shape) for a in arrays)
            raise EngineError(
                f"positions along the axes have shapes {shapes}, which do not fit together"
            ) from None

    def hessian(self, *along: Any) -> np.ndarray:
        """Second derivatives along the axes, elementwise at positions along them; shape (..., axes, axes)."""
        points = self.point(*along)[..., None, :]
        return self.program.hessian_vector_product(points, self.directions) @ self.directions.T


A_LANDSCAPE = instance(Landscape, "a Landscape")
