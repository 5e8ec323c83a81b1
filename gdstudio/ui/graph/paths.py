"""All ways from one node to another, each with its local derivatives and their product; no widgets.

By the chain rule the products add up to the derivative of the one node by the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.engine import EngineError
from gdstudio.engine.graph import Graph
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.faces import sentence

# More paths than this are counted, not listed.
MOST_PATHS = 200
# A local derivative with more numbers than this takes long and says nothing in one line.
_MOST_NUMBERS = 4096

Wire = tuple[str, int]


@dataclass(frozen=True)
class PathRow:
    """One path.

    Attributes:
        nodes: ids from the source to the target.
        wires: (target, slot) of every wire on the way.
        factors: the local derivatives as text, in the order of the wires.
        product: the factors multiplied, as text.
    """

    nodes: tuple[str, ...]
    wires: tuple[Wire, ...]
    factors: tuple[str, ...]
    product: str


@dataclass(frozen=True)
class PathReport:
    """What is known of the ways from `source` to `target`.

    Attributes:
        rows: the paths; empty when there are too many or they cannot be computed.
        total: the sum of all products as text, empty without rows.
        nodes, wires: everything that lies on some path.
        remark: why there are no rows, or what the numbers mean where that is not plain.
    """

    source: str
    target: str
    rows: tuple[PathRow, ...]
    total: str
    nodes: frozenset[str]
    wires: frozenset[Wire]
    remark: str = ""


def ends(graph: Graph, a: str, b: str) -> tuple[str, str] | None:
    """The two nodes in the order of the wires between them; None when no way leads from one to the other."""
    if a == b:
        return None
    if b in graph.downstream(a):
        return a, b
    return (b, a) if a in graph.downstream(b) else None


def explore(graph: Graph, source: str, target: str, seed: np.ndarray | None = None) -> PathReport:
    """Every path from `source` to `target`, which must lie downstream of it, at the stored values.

    A target that is no scalar counts as the sum of its numbers, weighted by `seed` (None = 1 each). Never
    raises: what cannot be computed is said in `remark`.
    """
    nodes = graph.downstream(source) & graph.upstream(target)
    wires = frozenset(
        (id, slot) for id in nodes for slot, fed in enumerate(graph.nodes[id].inputs) if fed in nodes
    )

    def report(rows: tuple[PathRow, ...] = (), total: str = "", remark: str = "") -> PathReport:
        return PathReport(source, target, rows, total, nodes, wires, remark)

    try:
        shape = graph.shapes.get(target, ())
        fits = seed is not None and seed.shape == shape
        trace = graph.trace(seed=seed if fits else np.ones(shape), output=target)
        sizes = (trace.values[id].size * trace.values[str(graph.nodes[id].inputs[s])].size for id, s in wires)
        if max(sizes) > _MOST_NUMBERS:
            return report(remark=_tr("The local derivatives on these wires are too large to be listed."))
        paths = trace.paths(source, limit=MOST_PATHS)
        gradient = np.asarray(trace.gradients[source])
    except EngineError as error:
        return report(remark=sentence(str(error)))
    rows = tuple(
        PathRow(
            path.nodes,
            tuple(zip(path.nodes[1:], path.slots, strict=True)),
            tuple(_factor(factor) for factor in path.factors),
            text(path.product),
        )
        for path in paths
    )
    remark = ""
    if shape:
        weights = seed is not None and fits and bool(np.any(seed != 1))
        remark = (
            _tr("{0} has shape {1}: the numbers are derivatives of its sum, weighted by v.")
            if weights
            else _tr("{0} has shape {1}: the numbers are derivatives of its sum.")
        ).format(target, numbers.shape_text(shape))
    return report(rows, text(gradient), remark)


def text(array: np.ndarray) -> str:
    """`2`, `[1, 2]`: numbers in one line, a list in brackets."""
    array = np.asarray(array)
    said = numbers.summaries(array)[0]
    return f"[{said}]" if array.ndim and array.size > 1 else said


def bracketed(said: str) -> str:
    """A factor as it stands in a product: a negative number in brackets."""
    return f"({said})" if said.startswith("−") else said


def _factor(local: np.ndarray) -> str:
    said = numbers.local_summaries(np.asarray(local))[0]
    return f"[{said}]" if ", " in said else said


def _tr(text: str) -> str:
    return QCoreApplication.translate("Paths", text)
