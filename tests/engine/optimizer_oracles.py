"""Reference paths of PyTorch, Keras, optax and textbooks (data/optimizers_*.json), and our names for them.

The files hold every configuration and, to stay small, every step up to 8 and some of those after it. `hyper`
has the library's own argument names; `translated` turns them into ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

DATA = Path(__file__).parent / "data"

_NAMES = {"RMSprop": "rmsprop", "SparseAdam": "sparse_adam"}

# Library -> argument name -> option name; a tuple names the options of a tuple argument.
_ARGUMENTS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "torch": {
        "lr": "learning_rate", "betas": ("beta1", "beta2"), "eps": "epsilon",
        "lr_decay": "learning_rate_decay", "initial_accumulator_value": "initial_accumulator",
        "etas": ("eta_minus", "eta_plus"), "d": "clip_threshold",
        "step_sizes": ("min_step_size", "max_step_size"),
        "adjust_lr_fn": "shape_factor", "line_search_fn": "line_search",
    },
    "keras": {
        "beta_1": "beta1", "beta_2": "beta2", "clipnorm": "clip_norm", "clipvalue": "clip_value",
        "initial_accumulator_value": "initial_accumulator", "l1_regularization_strength": "l1",
        "l2_regularization_strength": "l2",
    },
    "optax": {},
    "textbook": {"lr": "learning_rate", "beta": "rho", "b1": "beta1", "b2": "beta2", "eps": "epsilon"},
}  # fmt: skip
_VALUES = {"match_rms_adamw": "adamw"}


@dataclass(frozen=True)
class Record:
    """One reference path.

    Attributes:
        optimizer, options: our name and options. recorded: the state that was recorded in place of x, if any.
        gradients: the sequence that was fed, or None where `function` gave them.
    """

    library: str
    optimizer: str
    options: dict[str, Any]
    recorded: str | None
    function: str | None
    start: np.ndarray
    gradients: np.ndarray | None
    steps: list[int]
    points: np.ndarray
    sensitivity: float
    label: str


def translated(library: str, optimizer: str, hyper: dict[str, Any]) -> tuple[str, dict[str, Any], str | None]:
    """Our name, our options, and the state that the record shows."""
    name = _NAMES.get(optimizer, optimizer.lower())
    arguments = dict(_ARGUMENTS[library])
    if library == "torch":
        arguments["alpha"] = "alpha" if name == "asgd" else "rho"
    options: dict[str, Any] = {}
    recorded = None
    for key, value in hyper.items():
        if key == "record":
            recorded = {"ax": "average"}[value]
            continue
        ours = arguments.get(key, key)
        if isinstance(ours, tuple):
            options |= dict(zip(ours, value, strict=True))
        else:
            options[ours] = _VALUES.get(value, value) if isinstance(value, str) else value
    return name, options, recorded


def records(library: str) -> list[Record]:
    data = json.loads((DATA / f"optimizers_{library}.json").read_text())
    result = []
    for entry in data["records"]:
        name, options, recorded = translated(library, entry["optimizer"], entry["hyper"])
        sequence = data["sequences"].get(entry.get("sequence"))
        fed = entry.get("function") or entry["sequence"]
        result.append(
            Record(
                library, name, options, recorded, entry.get("function"),
                np.array(sequence["x0"] if sequence else entry["start"]),
                np.array(sequence["gradients"]) if sequence else None,
                entry["steps"], np.array(entry["points"]), entry.get("sens_1e14") or 0.0,
                f"{library}-{entry['optimizer']}-{json.dumps(entry['hyper'])}-{fed}",
            )
        )  # fmt: skip
    return result


class Rosenbrock:
    """(1 − x)² + 100(y − x²)², with derivatives by hand."""

    def value(self, p: np.ndarray) -> float:
        x, y = p
        return float((1 - x) ** 2 + 100 * (y - x * x) ** 2)

    def value_and_gradient(self, p: np.ndarray) -> tuple[float, np.ndarray]:
        x, y = p
        return self.value(p), np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])

    def hessian(self, p: np.ndarray) -> np.ndarray:
        x, y = p
        return np.array([[2 - 400 * (y - 3 * x * x), -400 * x], [-400 * x, 200.0]])


class Quadratic:
    """½·x·H·x."""

    def __init__(self, hessian: np.ndarray) -> None:
        self.matrix = np.asarray(hessian, dtype=float)

    def value(self, p: np.ndarray) -> float:
        return float(0.5 * p @ self.matrix @ p)

    def value_and_gradient(self, p: np.ndarray) -> tuple[float, np.ndarray]:
        return self.value(p), self.matrix @ p

    def hessian(self, p: np.ndarray) -> np.ndarray:
        return self.matrix


PROBLEMS = {"rosenbrock": Rosenbrock(), "quadratic_k100": Quadratic(np.diag([1.0, 100.0]))}
