"""What follows from the wiring and the shapes of a graph alone: an order, static shapes, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from . import ops
from .errors import EngineError, ShapeError, suggestion
from .expression import Tape
from .node import Node, frozen
from .shapes import Shape, show


class Structure:
    """What follows from the wiring and the shapes alone; shared by all graphs that differ in values or positions only."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes
        self.consumers: dict[str, tuple[tuple[str, int], ...]] = {id: () for id in nodes}
        users: dict[str, list[tuple[str, int]]] = {}
        for node in nodes.values():
            for slot, source in enumerate(node.inputs):
                if source is not None:
                    users.setdefault(source, []).append((node.id, slot))
        self.consumers.update({id: tuple(found) for id, found in users.items() if id in nodes})
        self.order = self._sorted()
        self.shapes: dict[str, Shape] = {}
        self.problems: dict[str, str] = {}
        self.misfits: set[str] = set()  # nodes whose inputs are there but do not fit
        for id in self.order:
            self._infer(nodes[id])
        in_order = set(self.order)
        for id in nodes:
            if id not in in_order:
                self.problems[id] = (
                    "it lies on a cycle or waits for one; a graph has no cycles, cut one of the wires"
                )
        self.plans: dict[Any, Any] = {}

    def _sorted(self) -> tuple[str, ...]:
        waiting = {
            id: sum(source in self._nodes for source in node.inputs) for id, node in self._nodes.items()
        }
        ready = [id for id, count in waiting.items() if count == 0]
        order = []
        for id in ready:
            order.append(id)
            for consumer, _slot in self.consumers[id]:
                waiting[consumer] -= 1
                if waiting[consumer] == 0:
                    ready.append(consumer)
        return tuple(order)

    def _infer(self, node: Node) -> None:
        if node.is_leaf:
            if node.value is None:
                self.problems[node.id] = f"it is a {node.op} without a value; give it a number"
            else:
                self.shapes[node.id] = node.value.shape
            return
        row = ops.operations.get(node.op)
        if row is None:
            self.problems[node.id] = (
                f"there is no operation {node.op!r}{suggestion(str(node.op), ops.operations)}"
            )
            return
        if row.arity is not None and len(node.inputs) > row.arity or row.arity is None and not node.inputs:
            wanted = (
                "at least one input" if row.arity is None else f"{row.arity} inputs ({', '.join(row.inputs)})"
            )
            self.problems[node.id] = f"{node.op} takes {wanted}, not {len(node.inputs)}"
            return
        slots = node.inputs + (None,) * ((row.arity or 0) - len(node.inputs))
        for slot, source in enumerate(slots):
            name = row.inputs[slot] if row.arity is not None else f"number {slot + 1}"
            if source is None:
                self.problems[node.id] = f"its input {name!r} is not connected"
            elif source not in self._nodes:
                self.problems[node.id] = f"its input {name!r} is wired to {source!r}, which does not exist"
            if node.id in self.problems:
                return
        broken = next((source for source in slots if source in self.problems), None)
        if broken is not None:
            self.problems[node.id] = f"it waits for {broken}, which has a problem"
            return
        try:
            self.shapes[node.id] = infer_shape(
                node.op, tuple(self.shapes[s] for s in node.sources), frozen(node.attrs)
            )
        except EngineError as error:
            self.problems[node.id] = str(error)
            self.misfits.add(node.id)


@lru_cache(maxsize=4096)
def infer_shape(op: str, shapes: tuple[Shape, ...], attrs: tuple[tuple[str, Any], ...]) -> Shape:
    """The shape of an operation's result.

    Raises:
        ShapeError: when the shapes or attributes do not fit; both shapes stand in the message.
    """
    tape = Tape(simplify=False)
    try:
        return tape.apply(
            op, *[tape.input(str(i), shape) for i, shape in enumerate(shapes)], **dict(attrs)
        ).shape
    except ShapeError as error:
        told = all(show(shape) in str(error) for shape in shapes)
        listed = " and ".join(show(shape) for shape in shapes)
        raise ShapeError(str(error) if told else f"{error} (given {listed})") from None
