"""The graphs whose values and gradients PyTorch computed, and random graphs for properties."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from gdstudio.engine import Graph, Node

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
