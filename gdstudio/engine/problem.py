"""The loss as the classical rules ask for it, one point at a time, and what the answers cost."""

from __future__ import annotations

import numpy as np

from .kernel import DIFFERENCE_STEP
from .program import Program
from .scalar import TooLarge
from .scalar_kernel import ScalarFunction


def gradient_cost(size: int, numerical: bool) -> int:
    """What one gradient costs in evaluations: 1, or for central differences two losses for each coordinate."""
    return 2 * size if numerical else 1


class CountedProblem:
    """A program as a `Problem` of the classical rules.

    Args:
        numerical: take central differences instead of the graph's gradient.
        scale, generator: of the Gaussian noise on every gradient element; no noise without a generator.

    Attributes:
        evaluations: what the rule has asked for so far. A gradient with its loss counts 1 (2n by differences), a loss
            alone 1, a Hessian n: one product with each unit vector. What was asked at the very same point in this step
            or the one before is known already and counts nothing, unless there is noise.
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
        self._function = program.kernels["function"]
        self._numerical = numerical
        self._scale, self._generator = scale, generator
        self._known: set[tuple[str, bytes]] = set()
        self._known_before: set[tuple[str, bytes]] = set()
        self.evaluations = 0

    def begin_step(self) -> None:
        """Say that a step of the rule begins."""
        self._known_before, self._known = self._known, set()

    def look(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        """Loss and gradient for the record of the race, which the rule has not asked for."""
        if self._numerical:
            n = len(x)
            step = DIFFERENCE_STEP * np.eye(n)
            values = self._program.value(np.concatenate([x[None], x + step, x - step]))
            value, gradient = values[0], (values[1 : n + 1] - values[n + 1 :]) / (2.0 * DIFFERENCE_STEP)
        else:
            value, gradient = self._function.value_and_gradient(x)
        if self._generator is not None:
            gradient = gradient + self._scale * self._generator.standard_normal(gradient.shape)
        return float(value), gradient

    def value(self, x: np.ndarray) -> float:
        if not self._is_known("gradient", x):
            self._pay("value", x, 1)
        return float(self._function.value(x))

    def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        self._pay("gradient", x, gradient_cost(len(x), self._numerical))
        return self.look(x)

    def hessian(self, x: np.ndarray) -> np.ndarray:
        self._pay("hessian", x, len(x))
        return self._program.hessian(x)

    def _pay(self, what: str, x: np.ndarray, cost: int) -> None:
        if self._generator is not None or not self._is_known(what, x):
            self.evaluations += cost
            self._known.add((what, x.tobytes()))

    def _is_known(self, what: str, x: np.ndarray) -> bool:
        key = what, x.tobytes()
        return key in self._known or key in self._known_before


def _function(program: Program) -> ScalarFunction | Program:
    """Something with `value` and `value_and_gradient` for single points, as quick as the graph allows."""
    try:
        return ScalarFunction(program)
    except TooLarge:
        return program
