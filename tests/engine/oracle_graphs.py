"""The graphs whose values and gradients PyTorch computed, and random graphs for properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from gdstudio.engine import Graph, Node, parse

RECORDS = json.loads((Path(__file__).parent / "data" / "graphs.json").read_text())["graphs"]


def graph_of(record: dict) -> Graph:
    """The graph of a record."""
    entries = record["document"]["graph"]
    nodes = [
        Node(
            entry["id"],
            entry["op"],
            tuple(entry.get("inputs", ())),
            entry.get("attrs", {}),
            np.array(entry["value"], dtype=float) if "value" in entry else None,
        )
        for entry in entries["nodes"]
    ]
    return Graph(nodes, entries["output"])


UNARY = (
    "sin",
    "cos",
    "tanh",
    "exp",
    "square",
    "sigmoid",
    "softplus",
    "negative",
    "arctan",
    "relu",
    "abs",
    "sqrt",
)
BINARY = ("add", "subtract", "multiply", "divide", "maximum", "minimum")


def random_graph(seed: int, size: int, leaves: int = 3, shape: tuple[int, ...] = ()) -> Graph:
    """A graph of `size` random operations on parameters "x0", "x1", …, whose values stay moderate."""
    generator = np.random.default_rng(seed)
    nodes = [Node(f"x{i}", "parameter", value=generator.uniform(-1, 1, size=shape)) for i in range(leaves)]
    nodes.append(Node("c", "constant", value=np.array(generator.uniform(0.5, 2.0))))
    for i in range(size):
        ids = [node.id for node in nodes]
        first, second = (str(generator.choice(ids[-8:])) for _ in range(2))
        if generator.random() < 0.5:
            nodes.append(Node(f"n{i}", str(generator.choice(UNARY)), (first,)))
        else:
            nodes.append(Node(f"n{i}", str(generator.choice(BINARY)), (first, second)))
        # tanh keeps long chains of exp and square within range.
        nodes.append(Node(f"t{i}", "tanh", (f"n{i}",)))
    unused = [node.id for node in nodes if node.id[0] == "t"][-3:]
    total = unused[0]
    for i, other in enumerate(unused[1:]):
        nodes.append(Node(f"s{i}", "add", (total, other)))
        total = f"s{i}"
    nodes.append(Node("loss", "sum", (total,)))
    return Graph(nodes, "loss")


# Losses of the last layer {y} and the one-hot rows T.
LOSSES = ("cross_entropy({y}, T)", "mse({y}, T)", "binary_cross_entropy({y}, T)", "hinge({y}, T)",
          "sum(abs({y} - T))", "-sum(T * log_softmax({y}, axis=0)) / 3", "mean(softmax({y}) * T)",
          "sum(max({y}, axis=1)) + sum(logsumexp({y}, axis=0, keepdims=True) * 0.5)",
          "mean(sum({y} * T, axis=1, keepdims=True))")  # fmt: skip


def random_network(seed: int, sizes: list[int], rows: int, activation: str, loss: str, apart: bool) -> Graph:
    """Layers of h @ W + b on random data; `apart` puts all biases before all matrices."""
    generator = np.random.default_rng(seed)
    lines, h = [], "X"
    weights: dict[str, Any] = {}
    for number, (width, following) in enumerate(zip(sizes, sizes[1:], strict=False), start=1):
        weights[f"W{number}"] = generator.normal(size=(width, following))
        weights[f"b{number}"] = generator.normal(size=following)
        lines.append(f"z{number} = {h} @ W{number} + b{number}")
        lines.append(f"h{number} = {activation}(z{number})")
        h = f"h{number}"
    if apart:
        weights = dict(sorted(weights.items(), reverse=True))
    lines.append("loss = " + loss.format(y=f"z{len(sizes) - 1}"))
    data = {"X": generator.normal(size=(rows, sizes[0])), "T": np.eye(sizes[-1])[np.arange(rows) % sizes[-1]]}
    return parse("\n".join(lines), weights, data=data)
