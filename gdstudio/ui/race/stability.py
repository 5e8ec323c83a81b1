"""What the curvature around a racer says about its learning rate: the bound, the best fixed rate, the rate to expect.

Near a minimum the loss is a quadratic, and along each eigenvector of its Hessian plain descent, heavy-ball momentum and
Nesterov's momentum are linear recurrences: a step multiplies the distance by the largest root of their characteristic
polynomial (Polyak 1964; O'Donoghue & Candès 2015). No Qt here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdstudio.document.model import RacerSettings
from gdstudio.ui.race import rules

Kind = Literal["heavy ball", "nesterov"]

_TRIED_RATES = 400
# Over so many steps the observed rate is averaged.
OBSERVED_STEPS = 10


@dataclass(frozen=True)
class Recurrence:
    """How a rule walks on a quadratic: with momentum 0 both kinds are plain gradient descent."""

    kind: Kind
    momentum: float

    def factor(self, rate: float, curvatures: np.ndarray) -> float:
        """By how much a step multiplies the distance along the slowest or least stable eigenvector, in the long run.

        Args:
            curvatures: eigenvalues of the Hessian (n,).
        """
        beta, shrunk = self.momentum, 1.0 - rate * np.asarray(curvatures, dtype=float)
        if self.kind == "heavy ball":
            total, product = beta + shrunk, np.full_like(shrunk, beta)
        else:
            total, product = (1.0 + beta) * shrunk, beta * shrunk
        root = np.sqrt((total**2 - 4.0 * product).astype(complex))
        return float(np.max(np.maximum(np.abs(total + root), np.abs(total - root)) / 2.0))

    def stable_rate(self, largest: float) -> float:
        """Below this learning rate every direction that curves up shrinks; `largest` is the greatest eigenvalue."""
        beta = self.momentum
        bound = 2.0 * (1.0 + beta) / largest
        return bound if self.kind == "heavy ball" else bound / (1.0 + 2.0 * beta)

    def best_rate(self, curvatures: np.ndarray) -> float:
        """The fixed learning rate with the smallest factor; all curvatures must be positive."""
        low, high = float(curvatures[0]), float(curvatures[-1])
        if self.momentum == 0:
            return 2.0 / (low + high)
        rates = np.linspace(0.0, self.stable_rate(high), _TRIED_RATES + 2)[1:-1]
        ends = np.array([low, high])
        return float(rates[np.argmin([self.factor(rate, ends) for rate in rates])])


def recurrence_of(racer: RacerSettings) -> Recurrence | None:
    """The recurrence that a racer's rule is on a quadratic; None for rules that are another."""
    values = rules.values_of(racer)
    if any(values.get(name) for name in ("dampening", "weight_decay", "maximize", "clip_norm", "clip_value")):
        return None
    momentum = float(values.get("momentum") or 0.0)
    if racer.optimizer in ("sgd", "momentum", "nesterov"):
        return Recurrence("nesterov" if values["nesterov"] else "heavy ball", momentum)
    return Recurrence("heavy ball", momentum) if racer.optimizer == "heavy_ball" else None


def observed_factor(gradient_norms: np.ndarray, step: int) -> float | None:
    """By how much each of the last steps before `step` multiplied the gradient; None where that cannot be said."""
    first = max(0, step - OBSERVED_STEPS)
    if step >= len(gradient_norms) or step == first:
        return None
    before, after = float(gradient_norms[first]), float(gradient_norms[step])
    if not (0 < before < np.inf and 0 < after < np.inf):
        return None
    return float((after / before) ** (1.0 / (step - first)))
