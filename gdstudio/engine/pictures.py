"""Grids of a surface for pictures: computed in the cheapest way whose error nobody can see.

Polynomials are matrix products (`separable`), symmetric surfaces are computed for one half of the grid (`parity`), and
smooth ones are interpolated (`interpolated`). What none of this suits is left to the plan that computes every point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from . import recycle
from .cached import cached_property
from .expression import Term
from .interpolated import InterpolatedPlan, cost_of, interpolated_plan
from .parity import Symmetry, symmetry
from .plan import ArrayPlan, grid_inputs, quieten
from .separable import separable_plan

# Below so many nanoseconds a point and output there is nothing to be gained from mirroring.
_LIGHT = 1.5
_SMALLEST_GRID = 1 << 14


class Picture:
    """Outputs of two axes.

    Args:
        outputs: terms.
        names: of the input along each axis.
        ranges: (low, high) of each axis.
        plan: makes the plan that computes the outputs at any points.
    """

    def __init__(
        self,
        outputs: Sequence[Term],
        names: Sequence[str],
        ranges: Sequence[tuple[float, float]],
        plan: Callable[[], ArrayPlan],
    ) -> None:
        self._outputs, self._names, self._ranges = list(outputs), list(names), list(ranges)
        self._make = plan
        self._products = separable_plan(outputs, {name: 1 << axis for axis, name in enumerate(names)})
        self._interpolated: dict[tuple[int, ...], InterpolatedPlan | None] = {}

    @cached_property
    def _plan(self) -> ArrayPlan:
        return self._make()

    @cached_property
    def _is_heavy(self) -> bool:
        """Whether anything can be gained, of scalar outputs."""
        return all(t.shape == () for t in self._outputs) and cost_of(self._plan) > _LIGHT * len(self._outputs)

    @cached_property
    def _symmetry(self) -> Symmetry:
        return symmetry(self._outputs, self._names, self._ranges)

    def run(self, positions: Sequence[np.ndarray]) -> list[np.ndarray] | None:
        """The outputs at evenly spaced positions over the ranges, or None where they had better be computed one by one."""
        shape = len(positions[0]), len(positions[1])
        results = (
            None if self._products is None else self._products.run(grid_inputs(self._names, positions), shape)
        )
        if results is not None or shape[0] * shape[1] < _SMALLEST_GRID:
            return results
        if not self._is_heavy:
            return None
        known = self._symmetry.known(shape)
        parts = [p[:count] for p, count in zip(positions, known, strict=True)]
        key = (*shape, *known)
        if key not in self._interpolated:
            self._interpolated[key] = interpolated_plan(self._outputs, self._plan, self._names, parts)
        interpolated = self._interpolated[key]
        if known == shape:
            return None if interpolated is None else interpolated.run()
        results = [recycle.padded(shape) for _ in self._outputs]
        places = [result[: known[0], : known[1]] for result in results]
        if interpolated is None:
            self._plan.run(grid_inputs(self._names, parts), known, places)
        else:
            interpolated.run(places)
        # Which positions are in a hole is a matter of rounding at its border, where the two sides need not agree.
        with np.errstate():
            quieten()
            if not all(math.isfinite(place.sum()) for place in places):
                return None
            self._symmetry.unfold(results)
        return results
