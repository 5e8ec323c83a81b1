"""The loss as the classical rules ask for it, one point at a time, and what the answers cost."""

from __future__ import annotations

from typing import Any

import numpy as np

from .kernel import DIFFERENCE_STEP
from .program import Program
from .scalar import TooLarge
from .scalar_kernel import ScalarFunction


def gradient_cost(size: int, numerical: bool) -> int:
    """What one gradient costs in evaluations: 1, or for central differences two losses for each coordinate."""
    return 2 * size if numerical else 1


def central_differences(program: Program, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The loss, (...), and its gradient, (n, ...), by central differences at points (n, ...)."""
    n = len(x)
    step = DIFFERENCE_STEP * np.eye(n).reshape((n, n) + (1,) * (x.ndim - 1))
    here = x[:, None]
    points = np.concatenate([here, here + step, here - step], axis=1)
    values = program.value(np.moveaxis(points, 0, -1))
    return values[0], (values[1 : n + 1] - values[n + 1 :]) / (2.0 * DIFFERENCE_STEP)


class CountedProblem:
    """A program as a `Problem` of the classical rules for points (n,).

    Args:
        numerical: take central differences instead of the graph's gradient.
        scale, generator: of the Gaussian noise on every gradient element; no noise without a generator.

    Attributes:
        evaluations: what the rule has asked for so far. A gradient with its loss counts 1 (2n by differences), a loss
            alone 1, a Hessian n: one product with each unit vector. What was asked at the very same point in this step
            or the one before is known already and counts nothing, unless it is a gradient with noise.
    """

    def __init__(
        self,
        program: Program,
        numerical: bool,
        scale: float = 0.0,
        generator: np.random.Generator | None = None,
    ) -> None:
        self._program = program
        if "function" not in program.kernels:
            program.kernels["function"] = _function(program)
        self._function = program.kernels["function"] or program
        self._numerical = numerical
        self._scale, self._generator = scale, generator
        # By place what was found in this step and the one before: (loss, gradient or None), or a Hessian.
        self._known: dict[Any, Any] = {}
        self._known_before: dict[Any, Any] = {}
        self._looked: tuple[bytes, Any] = b"", None
        self.evaluations = 0

    def begin_step(self) -> None:
        """Say that a step of the rule begins."""
        self._known_before, self._known = self._known, {}

    def look(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        """Loss and gradient for the record of the race, which the rule has not asked for."""
        place = x.tobytes()
        found = self._recalled(place)
        if found is None or found[1] is None or self._generator is not None:
            found = self._measured(x)
        self._looked = place, found
        return found

    def value(self, x: np.ndarray) -> float:
        place = x.tobytes()
        found = self._recalled(place)
        if found is None:
            self.evaluations += 1
            found = self._known[place] = float(self._function.value(x)), None
        return found[0]

    def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        place = x.tobytes()
        found = self._recalled(place)
        if found is None or found[1] is None or self._generator is not None:
            self.evaluations += gradient_cost(len(x), self._numerical)
            seen = self._looked[0] == place and self._generator is None
            found = self._known[place] = self._looked[1] if seen else self._measured(x)
        return found

    def hessian(self, x: np.ndarray) -> np.ndarray:
        key = "hessian", x.tobytes()
        found = self._recalled(key)
        if found is None:
            self.evaluations += len(x)
            found = self._known[key] = self._program.hessian(x)
        return found

    def _recalled(self, key: Any) -> Any:
        """What was found in this step or the one before; None for nothing."""
        found = self._known.get(key)
        return self._known_before.get(key) if found is None else found

    def _measured(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        if self._numerical:
            value, gradient = central_differences(self._program, x)
        else:
            value, gradient = self._function.value_and_gradient(x)
        if self._generator is not None:
            gradient = gradient + self._scale * self._generator.standard_normal(gradient.shape)
        return float(value), gradient


def _function(program: Program) -> ScalarFunction | None:
    """A small program's quicker `value` and `value_and_gradient` for single points."""
    try:
        return ScalarFunction(program)
    except TooLarge:
        return None
