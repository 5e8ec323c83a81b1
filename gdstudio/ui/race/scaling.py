"""Rules that divide each coordinate by a scale of its own, as recurrences on a preconditioned Hessian.

With its scales P held as they are, Adam walks on a quadratic as an averaged momentum does on the Hessian P⁻¹H: its
steps shrink while the largest eigenvalue of P⁻¹H is below (2 + 2β₁)/((1 − β₁)η), which is 38/η for β₁ = 0.9 (Cohen et
al. 2022, "Adaptive gradient methods at the edge of stability", section 3, where P holds the bias correction as here).
The scales follow the gradients, so above the bound steps grow until the scales have grown with them. No Qt here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from gdstudio.document.model import RacerSettings
from gdstudio.ui.race import rules
from gdstudio.ui.race.explain import FilledLine
from gdstudio.ui.race.stability import Recurrence, decoupled_decay

Array = np.ndarray
# The rule's options and what its lines have computed in a step; `before` has what they found.
Now = Mapping[str, Any]


def _bias(now: Now) -> float:
    return 1.0 - now["beta1"] ** now["t"]


def _with_epsilon(squares: Array, now: Now) -> Array:
    """The root of mean squares with the rule's epsilon where it belongs."""
    place = now.get("epsilon_place", "outside")
    if place == "inside":
        return np.sqrt(squares + now["epsilon"])
    epsilon = now["epsilon"]
    return np.sqrt(squares) + (
        epsilon / np.sqrt(1.0 - now["beta2"] ** now["t"]) if place == "uncorrected" else epsilon
    )


def _adam(now: Now) -> Array:
    return _bias(now) * _with_epsilon(now["v_hat"], now)


def _adamax(now: Now) -> Array:
    return _bias(now) * (now["u"] + (now["epsilon"] if now["epsilon_place"] == "norm" else 0.0))


def _adabelief(now: Now) -> Array:
    return _bias(now) * (np.sqrt(now["s_hat"]) + now["epsilon"])


def _radam(now: Now) -> Array:
    return _bias(now) / np.where(now["rho"] > now["threshold"], now["scale"], 1.0)


def _qhadam(now: Now) -> Array:
    squares = (1.0 - now["nu2"]) * now["g"] ** 2 + now["nu2"] * now["v_hat"]
    return np.sqrt(squares) + now["epsilon"]


def _adagrad(now: Now) -> Array:
    return (1.0 + now["learning_rate_decay"] * (now["t"] - 1.0)) * _with_epsilon(now["s"], now)


def _adadelta(now: Now) -> Array:
    return np.sqrt(now["v"] + now["epsilon"]) / np.sqrt(now["before"]["u"] + now["epsilon"])


def _averaged(now: Now) -> Recurrence:
    return Recurrence.averaged(now["beta1"], now["decay"])


def _nadam(now: Now) -> Recurrence:
    """The momentum of the look ahead rises from step to step where it is warmed up."""
    mu, ahead, product = (float(np.ravel(now[name])[0]) for name in ("mu", "mu_next", "mu_product"))
    memory, fresh = ahead / (1.0 - product * ahead), (1.0 - mu) / (1.0 - product)
    return Recurrence(now["beta1"], memory, fresh, now["decay"])


def _quasi_hyperbolic(now: Now) -> Recurrence:
    return Recurrence(now["beta1"], now["nu1"] / _bias(now), 1.0 - now["nu1"], now["decay"])


def _rmsprop(now: Now) -> Recurrence:
    kind = Recurrence.nesterov if now["nesterov"] else Recurrence.heavy_ball
    return kind(now["momentum"], decay=now["decay"])


def _plain(now: Now) -> Recurrence:
    return Recurrence.heavy_ball(0.0, decay=now["decay"])


_RULES: dict[str, tuple[Callable[[Now], Recurrence], Callable[[Now], Array]]] = {
    **dict.fromkeys(("adam", "amsgrad", "adamw", "yogi"), (_averaged, _adam)),
    **dict.fromkeys(("adamax", "adamaxw"), (_averaged, _adamax)),
    **dict.fromkeys(("nadam", "nadamw"), (_nadam, lambda now: _with_epsilon(now["v_hat"], now))),
    "adabelief": (_averaged, _adabelief),
    "radam": (_averaged, _radam),
    "qhadam": (_quasi_hyperbolic, _qhadam),
    "rmsprop": (_rmsprop, lambda now: _with_epsilon(now["variance"], now)),
    "adagrad": (_plain, _adagrad),
    "adadelta": (_plain, _adadelta),
}


def has_scales(racer: RacerSettings) -> bool:
    """Whether a racer's rule divides each coordinate by a scale of its own, and nothing else is in its way."""
    values = rules.values_of(racer)
    return racer.optimizer in _RULES and not values.get("maximize") and not values.get("cautious")


def scaled_step(racer: RacerSettings, lines: Sequence[FilledLine]) -> tuple[Recurrence, Array]:
    """The recurrence of a racer's rule in one step, and the scale of each coordinate of a block, in its shape.

    Args:
        lines: of the rule at the step; `has_scales` is true of the racer.
    """
    values = rules.values_of(racer)
    now: dict[str, Any] = {**values, **lines[-1].known, lines[-1].name: lines[-1].value}
    now |= {"decay": decoupled_decay(values), "before": lines[0].known}
    recurrence, scales = _RULES[str(racer.optimizer)]
    return recurrence(now), np.broadcast_to(scales(now), np.shape(lines[-1].value))


def preconditioned(hessian: Array, scales: Array) -> Array:
    """Eigenvalues of P⁻¹H in rising order, for a symmetric H (n, n) and the diagonal of P (n,), all above 0."""
    roots = np.sqrt(scales)
    return np.linalg.eigvalsh(hessian / roots[:, None] / roots)
