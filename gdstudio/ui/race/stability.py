"""What the curvature around a racer says about its learning rate: the bound, the best fixed rate, the rate to expect.

Near a minimum the loss is a quadratic, and along each eigenvector of its Hessian a rule with momentum is a linear
recurrence: a step multiplies the distance by the largest root of its characteristic polynomial (Polyak 1964;
O'Donoghue & Candès 2015). Rules that scale each coordinate are such recurrences on the Hessian that their scales
precondition, see `scaling`. No Qt here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from gdstudio.document.model import RacerSettings
from gdstudio.ui.race import rules

# Why nothing can be said about the learning rate of a rule.
Silence = Literal["ascent", "fixed length", "own rate", "line search", "own rule", "other"]

_TRIED_RATES = 400
# Over so many steps the observed rate is averaged.
OBSERVED_STEPS = 10
_FIXED_LENGTH = frozenset("sign_sgd signum lion cautious_lion lars lamb muon".split())
_OWN_RATE = frozenset("rprop adafactor prodigy dadapt_adamw dog cocob polyak".split())


@dataclass(frozen=True)
class Recurrence:
    """How a rule walks on a quadratic: m ← βm + (1 − β)g, then x ← (1 − ηw)x − η(Am + Bg).

    Attributes:
        momentum: β.   memory: A.   fresh: B.   decay: w.
        bound: the formula of the largest stable rate, with {0} for λmax; empty where it is too long.
    """

    momentum: float
    memory: float
    fresh: float = 0.0
    decay: float = 0.0
    bound: str = ""

    @classmethod
    def heavy_ball(cls, momentum: float, dampening: float = 0.0, decay: float = 0.0) -> Recurrence:
        """v ← βv + (1 − d)g, x ← x − ηv; plain descent without momentum."""
        bound = "" if dampening or decay else "2(1+β)/{0}" if momentum else "2/{0}"
        return cls(momentum, (1.0 - dampening) / (1.0 - momentum), 0.0, decay, bound)

    @classmethod
    def nesterov(cls, momentum: float, decay: float = 0.0) -> Recurrence:
        """v ← βv + g, x ← x − η(g + βv)."""
        bound = "" if decay else "2(1+β)/((1+2β){0})" if momentum else "2/{0}"
        return cls(momentum, momentum / (1.0 - momentum), 1.0, decay, bound)

    @classmethod
    def averaged(cls, momentum: float, decay: float = 0.0) -> Recurrence:
        """m ← βm + (1 − β)g, x ← x − ηm, as in Adam."""
        bound = "" if decay else "(2+2β)/((1−β){0})" if momentum else "2/{0}"
        return cls(momentum, 1.0, 0.0, decay, bound)

    def factor(self, rate: float, curvatures: np.ndarray) -> float:
        """By how much a step multiplies the distance along the slowest or least stable eigenvector, in the long run.

        Args:
            curvatures: eigenvalues of the Hessian (n,).
        """
        beta, kept = self.momentum, 1.0 - rate * self.decay
        pulled = rate * np.asarray(curvatures, dtype=float)
        total = beta + kept - (self.memory * (1.0 - beta) + self.fresh) * pulled
        product = beta * (kept - self.fresh * pulled)
        root = np.sqrt((total**2 - 4.0 * product).astype(complex))
        return float(np.max(np.maximum(np.abs(total + root), np.abs(total - root)) / 2.0))

    def stable_rate(self, largest: float) -> float:
        """Below this learning rate every direction that curves up shrinks; `largest` is the greatest eigenvalue.

        There the polynomial has the root −1.
        """
        beta = self.momentum
        pulled = largest * (self.memory * (1.0 - beta) + (1.0 + beta) * self.fresh)
        return 2.0 * (1.0 + beta) / (pulled + self.decay * (1.0 + beta))

    def best_rate(self, curvatures: np.ndarray) -> float:
        """The fixed learning rate with the smallest factor; all curvatures must be positive."""
        low, high = float(curvatures[0]), float(curvatures[-1])
        if self.momentum == 0:
            return 2.0 / ((low + high) * (self.memory + self.fresh) + 2.0 * self.decay)
        rates = np.linspace(0.0, self.stable_rate(high), _TRIED_RATES + 2)[1:-1]
        ends = np.array([low, high])
        return float(rates[np.argmin([self.factor(rate, ends) for rate in rates])])


def recurrence_of(racer: RacerSettings) -> Recurrence | None:
    """The recurrence that a racer's rule is on a quadratic; None for rules that scale, and for any other.

    While gradients are clipped it is not that: `clips`.
    """
    values = rules.values_of(racer)
    if values.get("maximize"):
        return None
    decay = decoupled_decay(values)
    if racer.optimizer in ("sgd", "momentum", "nesterov"):
        if values["nesterov"]:
            return None if values["dampening"] else Recurrence.nesterov(values["momentum"], decay)
        dampening = values["dampening"] if values["momentum"] else 0.0
        return Recurrence.heavy_ball(values["momentum"], dampening, decay)
    if racer.optimizer == "heavy_ball" and not decay:
        return Recurrence.heavy_ball(values["momentum"])
    if racer.optimizer == "qhm":
        return Recurrence(values["beta"], values["nu"], 1.0 - values["nu"], decay)
    return None


def decoupled_decay(values: dict[str, Any]) -> float:
    """The weight decay that shrinks the point beside the step, from a rule's options."""
    return float(values.get("weight_decay", 0.0)) if values.get("decoupled_weight_decay") else 0.0


def added_curvature(racer: RacerSettings) -> float:
    """What a weight decay that goes through the gradient adds to every eigenvalue of the Hessian."""
    values = rules.values_of(racer)
    return 0.0 if values.get("decoupled_weight_decay") else float(values.get("weight_decay", 0.0))


def clips(racer: RacerSettings) -> bool:
    """Whether long gradients are cut, which holds steps back where the loss is steep."""
    values = rules.values_of(racer)
    return any(values.get(name) for name in rules.CLIPS)


def silence_of(racer: RacerSettings) -> Silence:
    """Why no bound is known for a racer that is neither a recurrence nor one with scales."""
    rule = racer.optimizer
    if not isinstance(rule, str):
        return "own rule"
    if rules.family(rule) == "line search":
        return "line search"
    if rules.value_of(racer, "maximize"):
        return "ascent"
    if rule in _FIXED_LENGTH:
        return "fixed length"
    return "own rate" if rule in _OWN_RATE else "other"


def observed_factor(gradient_norms: np.ndarray, step: int) -> float | None:
    """By how much each of the last steps before `step` multiplied the gradient; None where that cannot be said."""
    first = max(0, step - OBSERVED_STEPS)
    if step >= len(gradient_norms) or step == first:
        return None
    before, after = float(gradient_norms[first]), float(gradient_norms[step])
    if not (0 < before < np.inf and 0 < after < np.inf):
        return None
    return float((after / before) ** (1.0 / (step - first)))
