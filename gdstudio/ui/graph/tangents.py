"""Forward mode as a list of steps: one number moves by 1, and every node says how much it moves with it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.engine import EngineError
from gdstudio.engine.graph import Graph
from gdstudio.engine.rules import tangent_name, tangent_rule
from gdstudio.engine.trace import Trace
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.passes import Step, Telling, listed
from gdstudio.ui.graph.step_formulas import rule_in_words, tangent_formulas

_LONGEST = 60
# A list with more entries than this is no choice for a hand.
_MOST_COORDINATES = 400


@dataclass(frozen=True)
class Coordinate:
    """One number of a parameter: its name, and which of its elements; () for a scalar."""

    id: str
    index: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.id}[{','.join(map(str, self.index))}]" if self.index else self.id

    def tangent(self, shape: tuple[int, ...]) -> np.ndarray:
        """1 at the element, 0 at all others."""
        tangent = np.zeros(shape)
        tangent[self.index] = 1.0
        return tangent


@dataclass(frozen=True)
class Tangents:
    """Forward mode by one coordinate.

    Attributes:
        values: how every node moves when the coordinate moves by 1, id -> array of the node's shape.
        steps: the film.
    """

    coordinate: Coordinate
    values: Mapping[str, np.ndarray]
    steps: list[Step]


def coordinates(graph: Graph) -> list[Coordinate]:
    """The numbers that forward mode can move, of parameters first; at most a few hundred."""
    leaves = [
        *graph.parameters,
        *(id for id, node in graph.nodes.items() if node.is_leaf and node.op != "parameter"),
    ]
    every = (
        Coordinate(id, tuple(index))
        for id in leaves
        if id in graph.shapes
        for index in np.ndindex(graph.shapes[id])
    )
    return list(islice(every, _MOST_COORDINATES))


def forward_mode(trace: Trace, coordinate: Coordinate) -> Tangents:
    """The film of one forward-mode pass, by a coordinate that has a value; in any thread."""
    graph = trace.graph
    moved = trace.forward(coordinate.id, coordinate.tangent(trace.values[coordinate.id].shape))
    below = graph.downstream(coordinate.id)
    wanted = graph.upstream(trace.output) if trace.output is not None else frozenset(graph.nodes)
    leaves = tuple(
        id for id in graph.order if id in wanted | {coordinate.id} and id in moved and graph.nodes[id].is_leaf
    )
    steps = [Step(leaves, (), lambda: _tell_seed(coordinate, moved, leaves))]
    for id in graph.order:
        node = graph.nodes[id]
        if id in wanted and id in moved and not node.is_leaf:
            wires = tuple((id, slot) for slot, source in enumerate(node.inputs) if source in below)
            steps.append(Step((id,), wires, partial(_tell, trace, id, coordinate, moved)))
    return Tangents(coordinate, moved, steps)


def tangent_sentence(trace: Trace, id: str, tangents: Mapping[str, np.ndarray]) -> str:
    """`dx1 = w · dx + x · dw = 3 · 0 + 2 · 1 = 2`."""
    rule, result = tangent_rule(trace.graph, id), listed(tangents[id])
    sources = [str(source) for source in trace.graph.nodes[id].inputs]
    if rule is None:
        return _by_locals(trace, id, tangents)
    names = {tangent_name(source): f"d{source}" for source in sources}
    given = {source: trace.values[source] for source in (*sources, id)}
    given |= {tangent_name(source): tangents[source] for source in sources}
    middle = ""
    if all(np.size(array) == 1 for array in given.values()):
        middle = rule_in_words(rule, {name: _factor(array) for name, array in given.items()})
    parts = [f"d{id}", rule_in_words(rule, names), middle if len(middle) <= _LONGEST else "", result]
    return " = ".join(part for part in parts if part)


def _by_locals(trace: Trace, id: str, tangents: Mapping[str, np.ndarray]) -> str:
    """The local derivatives times the tangents, for operations whose rule is no line."""
    node, terms, filled = trace.graph.nodes[id], [], []
    for slot, source in enumerate(node.inputs):
        if source is None or not np.any(tangents[source]):
            continue
        terms.append(f"∂{id}/∂{source} · d{source}")
        if np.size(tangents[id]) == np.size(tangents[source]) == 1:
            try:
                filled.append(f"{_factor(trace.local(id, source, slot))} · {_factor(tangents[source])}")
            except EngineError:
                continue
    middle = " + ".join(filled) if len(filled) == len(terms) else ""
    parts = [f"d{id}", " + ".join(terms), middle if len(middle) <= _LONGEST else "", listed(tangents[id])]
    return " = ".join(part for part in parts if part)


def _tell(trace: Trace, id: str, coordinate: Coordinate, tangents: Mapping[str, np.ndarray]) -> Telling:
    words = _tr("How much {0} moves when {1} moves by 1.").format(id, coordinate)
    return Telling(tangent_sentence(trace, id, tangents), words, tangent_formulas(trace, id, tangents))


def _tell_seed(coordinate: Coordinate, moved: Mapping[str, np.ndarray], leaves: tuple[str, ...]) -> Telling:
    first = [coordinate.id, *(id for id in leaves if id != coordinate.id)]
    shown = ", ".join(f"d{id} = {listed(moved[id])}" for id in first[:6])
    sentence = _tr("The pass begins at the leaves: {0}").format(shown + (", …" if len(first) > 6 else ""))
    return Telling(sentence, _tr("{0} moves by 1, every other leaf stands still.").format(coordinate))


def _factor(array: np.ndarray) -> str:
    text = numbers.short(float(np.reshape(array, ())))
    return f"({text})" if text.startswith("−") else text


def passes_needed(graph: Graph) -> tuple[int, int]:
    """How many passes give all derivatives of the output by all parameters: (reverse mode, forward mode)."""
    outputs = math.prod(graph.shapes.get(graph.output or "", ()))
    numbers_ = sum(math.prod(graph.shapes.get(id, ())) for id in graph.parameters)
    return outputs, numbers_


def _tr(text: str) -> str:
    return QCoreApplication.translate("Passes", text)
