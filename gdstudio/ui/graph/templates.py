"""Small networks that are inserted whole: a dense layer, batch norm, chains. Formulas with values, no Qt.

Each template is a formula with values for its leaves. Fed by a node of the graph it takes that node's shape in
the place of an input of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdstudio.engine import parse
from gdstudio.engine.graph import Graph
from gdstudio.engine.shapes import Shape
from gdstudio.ui.translation import marked

# The name that stands for what feeds a template.
INPUT = "x"
# Deeper chains would be no template but a program.
MOST = 64
_SEED = 7


@dataclass(frozen=True)
class Template:
    """One network.

    Attributes:
        name, title, meaning: how it is found and shown.
        input: the value of its own input, where nothing feeds it.
        sizes: what the number behind its title counts ("units"), and the number when none is given.
        text: the formula for a number.
        leaves: values of the parameters for the shape of the input and a number.
        fits: whether an input of that shape will do.
        data: values of leaves that training does not change.
    """

    name: str
    title: str
    meaning: str
    input: np.ndarray
    sizes: tuple[str, int]
    text: Callable[[int], str]
    leaves: Callable[[Shape, int], dict[str, np.ndarray]]
    fits: Callable[[Shape], bool]
    data: Callable[[], dict[str, np.ndarray]] = dict

    def graph(self, number: int | None = None, shape: Shape | None = None, loss: bool = False) -> Graph:
        """The template as a graph whose input is the leaf `x`.

        Args:
            number: how many units, rounds or layers, 1 to 64; the usual number when None.
            shape: the shape of what will feed it; its own input's when None.
            loss: whether the mean square of its result is added, so that there is a scalar to differentiate.
        """
        number = self.sizes[1] if number is None else min(max(number, 1), MOST)
        given = self.input if shape is None else np.zeros(shape)
        text = self.text(number)
        result = parse(text, self.leaves(given.shape, number), self.data() | {INPUT: given})
        if not loss or result.output is None or not result.shapes[result.output]:
            return result
        text = f"{text}\nloss = mean({result.output}**2)"
        return parse(text, self.leaves(given.shape, number), self.data() | {INPUT: given})


def get(name: str) -> Template:
    """The template of that name."""
    return next(template for template in TEMPLATES if template.name == name)


def _weights(*shape: int) -> np.ndarray:
    """The same small weights every time, with two digits so that they can be read."""
    spread = 1 / np.sqrt(shape[0])
    return np.round(np.random.default_rng(_SEED).normal(0, spread, shape), 2)


def _dense(shape: Shape, units: int) -> dict[str, np.ndarray]:
    return {"W": _weights(shape[-1], units), "b": np.zeros(units)}


def _network(shape: Shape, units: int) -> dict[str, np.ndarray]:
    return {
        "W1": _weights(shape[-1], units),
        "b1": np.zeros(units),
        "W2": _weights(units, 2),
        "b2": np.zeros(2),
    }


def _sigmoids(depth: int) -> str:
    names = [INPUT, *(f"s{i}" for i in range(1, depth + 1))]
    return "\n".join(f"{names[i]} = sigmoid(w{i} * {names[i - 1]})" for i in range(1, depth + 1))


def _rounds(times: int) -> str:
    names = [INPUT, *(f"h{i}" for i in range(1, times + 1))]
    return "\n".join(f"{names[i]} = W @ {names[i - 1]}" for i in range(1, times + 1))


def _rotation(shape: Shape, _times: int) -> dict[str, np.ndarray]:
    """A matrix that turns the first two axes and stretches: its largest eigenvalue is a little above 1."""
    matrix = 1.1 * np.eye(shape[0])
    if shape[0] > 1:
        matrix[:2, :2] = [[0.9, -0.5], [0.5, 0.9]]
    return {"W": matrix}


_POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_XOR = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]])

TEMPLATES: tuple[Template, ...] = (
    Template(
        "dense",
        marked("NodeSearch", "dense layer"),
        marked("NodeSearch", "tanh(x W + b), as many units as the number says"),
        np.array([1.0, -0.5, 2.0]),
        (marked("NodeSearch", "units"), 3),
        lambda _n: "z = x @ W + b\na = tanh(z)",
        _dense,
        lambda shape: len(shape) in (1, 2),
    ),
    Template(
        "softmax_network",
        marked("NodeSearch", "two-layer softmax network"),
        marked(
            "NodeSearch", "tanh layer, linear layer, softmax cross-entropy over two classes (exclusive or)"
        ),
        _POINTS,
        (marked("NodeSearch", "units"), 3),
        lambda _n: "h = tanh(x @ W1 + b1)\nlogits = h @ W2 + b2\nloss = cross_entropy(logits, target)",
        _network,
        lambda shape: shape == _POINTS.shape,
        lambda: {"target": _XOR},
    ),
    Template(
        "batch_norm_steps",
        marked("NodeSearch", "batch norm, step by step"),
        marked("NodeSearch", "mean and variance over the rows, then scale gamma and shift beta"),
        np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 60.0]]),
        ("", 1),
        lambda _n: (
            "average = mean(x, axis=0)\ncentred = x - average\nvariance = mean(centred**2, axis=0)\n"
            "normal = centred / sqrt(variance + 0.00001)\ny = gamma * normal + beta"
        ),
        lambda shape, _n: {"gamma": np.ones(shape[-1]), "beta": np.zeros(shape[-1])},
        lambda shape: len(shape) == 2,
    ),
    Template(
        "sigmoid_chain",
        marked("NodeSearch", "sigmoid chain"),
        marked("NodeSearch", "sigmoid(w · …) again and again: gradients vanish; the number is the depth"),
        np.array(1.0),
        (marked("NodeSearch", "layers"), 4),
        _sigmoids,
        lambda _shape, depth: {f"w{i}": np.array(1.0) for i in range(1, depth + 1)},
        lambda shape: shape == (),
    ),
    Template(
        "matrix_power",
        marked("NodeSearch", "W applied again and again"),
        marked("NodeSearch", "h = W h, as often as the number says: gradients explode or vanish"),
        np.array([1.0, 0.5]),
        (marked("NodeSearch", "times"), 5),
        _rounds,
        _rotation,
        lambda shape: len(shape) == 1,
    ),
)
