"""What differs between two states of a document, so that each view and the worker do only what is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdstudio.document.model import Document
from gdstudio.engine import Graph, Node
from gdstudio.engine.cached import cached_property


@dataclass(frozen=True)
class Change:
    """Two states of a document. Each question is answered when it is asked, and once."""

    before: Document
    after: Document

    @cached_property
    def graph(self) -> bool:
        """Whether nodes, names, operations, wires, attributes or the output differ; not values or places."""
        before, after = self.before.graph, self.after.graph
        if before is after:
            return False
        if before.structure is after.structure:
            return before.output != after.output
        return before.output != after.output or _structure(before) != _structure(after)

    @cached_property
    def values(self) -> bool:
        """Whether a stored value of a parameter, constant or data node differs."""
        if self.before.graph is self.after.graph:
            return False
        return any(
            node.value is not old.value
            and (node.value is None or old.value is None or not _equal(node.value, old.value))
            for old, node in self._pairs
        )

    @cached_property
    def positions(self) -> bool:
        """Whether a node stands elsewhere on the canvas."""
        return any(old.pos != node.pos for old, node in self._pairs)

    @cached_property
    def _pairs(self) -> list[tuple[Node, Node]]:
        """The nodes that are there before and after, where anything about them differs."""
        before, after = self.before.graph, self.after.graph
        if before.structure is after.structure:
            both: Iterable[tuple[Node, Node]] = zip(before.nodes.values(), after.nodes.values(), strict=True)
        else:
            known = before.nodes
            both = ((known[id], node) for id, node in after.nodes.items() if id in known)
        return [(old, node) for old, node in both if node is not old]

    @cached_property
    def landscape(self) -> bool:
        """Whether axes, ranges or colour scale differ."""
        return self.before.landscape != self.after.landscape

    @cached_property
    def race(self) -> bool:
        """Whether anything of the racers, their order and number, the steps or the seed differs."""
        return self.before.race != self.after.race

    @cached_property
    def race_course(self) -> bool:
        """Whether the race itself differs: not where only names and colours do."""
        return _course(self.before) != _course(self.after)


def _structure(graph: Graph) -> list[tuple[Any, ...]]:
    return [(node.id, node.op, node.inputs, dict(node.attrs)) for node in graph.nodes.values()]


def _course(document: Document) -> tuple[Any, ...]:
    """What decides the paths of the racers and the table rows that they belong to; not names and colours."""
    race = document.race
    racers = [(i, r.plain()) for i, r in enumerate(race.racers) if r.enabled]
    return race.steps, race.seed, racers


def _equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and np.array_equal(a, b, equal_nan=True)
