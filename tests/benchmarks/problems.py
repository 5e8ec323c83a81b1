"""The problems that engines are timed on, written once for all of them.

A formula stands here as text for our engine and as a Python function for libraries that trace one; `m` is the module
that has `sin`, `exp` and the like.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Surface:
    """A loss of two coordinates with the square in which it is looked at."""

    name: str
    formula: str
    function: Callable[[Any, Any, Any], Any]
    span: tuple[float, float]

    def axes(self, n: int) -> np.ndarray:
        """n positions, the same along both axes."""
        return np.linspace(*self.span, n)


def _beale(m: Any, x: Any, y: Any) -> Any:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def _rastrigin(m: Any, x: Any, y: Any) -> Any:
    return 20 + x**2 + y**2 - 10 * (m.cos(2 * np.pi * x) + m.cos(2 * np.pi * y))


def _ackley(m: Any, x: Any, y: Any) -> Any:
    bowl = -20 * m.exp(-0.2 * m.sqrt((x**2 + y**2) / 2))
    return bowl - m.exp((m.cos(2 * np.pi * x) + m.cos(2 * np.pi * y)) / 2) + 20 + np.e


SURFACES = (
    Surface(
        "Rosenbrock",
        "loss = (1 - x)**2 + 100*(y - x**2)**2",
        lambda m, x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
        (-2.0, 2.0),
    ),
    Surface(
        "Himmelblau",
        "loss = (x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        lambda m, x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
        (-5.0, 5.0),
    ),
    Surface(
        "Beale",
        "loss = (1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
        _beale,
        (-4.5, 4.5),
    ),
    Surface(
        "Rastrigin",
        "loss = 20 + x**2 + y**2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
        _rastrigin,
        (-5.12, 5.12),
    ),
    Surface(
        "Ackley",
        "loss = -20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e",
        _ackley,
        (-5.0, 5.0),
    ),
    Surface(
        "Waves",
        "loss = sin(x*y) + exp(-(x - y)**2)*cos(x + 2*y)",
        lambda m, x, y: m.sin(x * y) + m.exp(-((x - y) ** 2)) * m.cos(x + 2 * y),
        (-3.0, 3.0),
    ),
)
ROSENBROCK, HIMMELBLAU = SURFACES[:2]

# Rule and options, under the names that our engine gives them; peers translate. Torch's conventions.
RACERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("sgd", {"learning_rate": 1e-3}),
    ("sgd", {"learning_rate": 1e-3, "momentum": 0.9}),
    ("sgd", {"learning_rate": 1e-3, "momentum": 0.9, "nesterov": True}),
    ("adagrad", {"learning_rate": 0.1}),
    ("rmsprop", {"learning_rate": 1e-3}),
    ("adam", {"learning_rate": 1e-2}),
    ("adamw", {"learning_rate": 1e-2}),
    ("adadelta", {"learning_rate": 1.0}),
)
RACE_START = (-1.2, 1.0)
ADAM = {"learning_rate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


@dataclass(frozen=True)
class Network:
    """A multi-layer perceptron with relu between its layers and softmax cross-entropy behind the last, on random data.

    Attributes:
        weights: name -> start value; W1 (2, 32), b1 (32,), W2 (32, 32), b2 (32,), W3 (32, 3), b3 (3,).
        inputs, targets: (32, 2) and one-hot (32, 3).
    """

    weights: dict[str, np.ndarray]
    inputs: np.ndarray
    targets: np.ndarray

    formula = """
h1 = relu(X @ W1 + b1)
h2 = relu(h1 @ W2 + b2)
loss = cross_entropy(h2 @ W3 + b3, Y)
"""

    def directions(self) -> tuple[np.ndarray, np.ndarray]:
        """Two directions (n,) through the space of weights."""
        generator = np.random.default_rng(7)
        n = sum(weight.size for weight in self.weights.values())
        first, second = generator.standard_normal((2, n)) / np.sqrt(n)
        return first, second

    @property
    def start(self) -> np.ndarray:
        """All weights as one vector (n,)."""
        return np.concatenate([weight.ravel() for weight in self.weights.values()])


# How far a slice goes along each of the two directions.
SLICE_SPAN = (-10.0, 10.0)


def network() -> Network:
    """2-32-32-3 with a batch of 32 rows."""
    generator = np.random.default_rng(0)
    sizes = (2, 32, 32, 3)
    weights = {}
    for layer, (rows, columns) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
        weights[f"W{layer}"] = generator.standard_normal((rows, columns)) / np.sqrt(rows)
        weights[f"b{layer}"] = np.zeros(columns)
    targets = np.eye(3)[generator.integers(0, 3, 32)]
    return Network(weights, generator.standard_normal((32, 2)), targets)


# A random graph of scalars: (name of the operation, numbers of the values it reads). Values 0 and 1 are the inputs.
_UNARY = ("sin", "cos", "tanh", "square")
_BINARY = ("add", "subtract", "multiply")


def scalar_graph(size: int = 1000) -> list[tuple[str, tuple[int, ...]]]:
    """`size` operations, every one of which the last depends on; values stay within a few units."""
    generator = np.random.default_rng(3)
    operations: list[tuple[str, tuple[int, ...]]] = []
    for number in range(2, size + 2):
        older = int(generator.integers(max(0, number - 20), number))
        if number % 5 == 0:
            operations.append(("tanh", (number - 1,)))
        elif generator.random() < 0.3:
            operations.append((str(generator.choice(_UNARY)), (number - 1,)))
        else:
            operations.append((str(generator.choice(_BINARY)), (number - 1, older)))
    return operations
