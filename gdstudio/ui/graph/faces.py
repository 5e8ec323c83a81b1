"""What a node shows, as plain values: name, symbol, short texts of value and gradient, tooltip, spoken text.

Faces are made from the graph and the newest trace; items draw them and know neither. Two equal faces look the
same, so an item repaints only when its face differs.
"""

from __future__ import annotations

import html
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.engine.graph import Graph
from gdstudio.engine.node import Node
from gdstudio.engine.ops import Operation, operations
from gdstudio.engine.trace import Trace
from gdstudio.ui import translation
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.health import Health, is_finite
from gdstudio.ui.graph.heat import Heat
from gdstudio.ui.graph.passes import forward_sentence
from gdstudio.ui.translation import as_sentence, from_engine


@dataclass(frozen=True)
class Face:
    """What is painted of a node.

    Attributes:
        kind: "parameter", "constant", "data" or "operation"; leaves are tinted by kind.
        values, gradients: texts for the two rows, the most telling first; empty = not computed.
        finite: whether value and gradient are free of NaN and infinity, each.
        output: the mark of the output node ("loss"), empty for the others.
        slots: names of the input ports.      wired: whether each of them is fed.
        feeds: whether the output is used.
        problem: why the node cannot be computed, in one sentence, or empty.
        waiting: whether the problem lies further up.
        heat: the value as a small picture, for tensors.
        undefined: whether the gradient is none that anybody needs: the text says so, quietly.
        begins: "NaN" or "∞" where a value or gradient that is not finite begins; empty elsewhere.
        trouble: what ails the numbers, in one sentence, or empty.
    """

    name: str
    symbol: str
    kind: str
    shape: str = ""
    values: tuple[str, ...] = ()
    gradients: tuple[str, ...] = ()
    finite: tuple[bool, bool] = (True, True)
    output: str = ""
    slots: tuple[str, ...] = ()
    wired: tuple[bool, ...] = ()
    feeds: bool = False
    problem: str = ""
    waiting: bool = False
    heat: Heat | None = None
    undefined: bool = False
    begins: str = ""
    trouble: str = ""

    @property
    def outline(self) -> tuple[Any, ...]:
        """What is painted beside the numbers."""
        return (
            self.name, self.symbol, self.kind, self.shape, self.output, self.slots, self.wired, self.feeds,
            self.problem, self.waiting, self.begins, self.heat is None,
        )  # fmt: skip


@dataclass(frozen=True)
class Reveal:
    """Which numbers are in view; a film of a pass reveals them one by one. None = all.

    Attributes:
        tangents: how every node moves in a pass of forward mode; they stand in the place of the gradients.
    """

    values: Container[str] | None = None
    gradients: Container[str] | None = None
    tangents: Mapping[str, np.ndarray] | None = None

    def value(self, id: str) -> bool:
        return self.values is None or id in self.values

    def gradient(self, id: str) -> bool:
        return self.gradients is None or id in self.gradients


ALL = Reveal()
_UNDEFINED = translation.marked(
    "Face",
    "The gradient by this exponent is undefined for this base: it has log(base), and a base is not positive. "
    "A constant is not trained, so nothing is wrong.",
)


class FaceMaker:
    """Makes the faces of one graph at one trace.

    What follows from the structure alone is taken from `before`, the maker in use until now, where it holds.
    """

    def __init__(
        self,
        graph: Graph,
        trace: Trace | None,
        reveal: Reveal = ALL,
        before: FaceMaker | None = None,
        own_values: bool = True,
    ) -> None:
        self.graph = graph
        self._own_values = own_values
        self.trace = trace
        self.reveal = reveal
        if before is not None and before.trace is trace:
            self._health: Health | None = before._health
        else:
            self._health = None if trace is None else Health(trace)
        self._frames: dict[str, dict[str, Any]] = {} if before is None else before._frames_for(graph)

    def face(self, id: str) -> Face:
        """The face of node `id`."""
        value, gradient = self.value(id), self.gradient(id)
        frame = self._frame_now(id, value)
        finite = _finite(value), _finite(gradient)
        begins, trouble, mark = self._trouble(id, value, gradient, finite)
        gradients = () if gradient is None else numbers.summaries(gradient)
        undefined = bool(trouble) and self._is_undefined(id)
        if undefined:
            gradients, begins = (_tr("undefined"), _tr("undef.")), ""
        return Face(
            **frame,
            values=() if value is None else numbers.summaries(value),
            gradients=tuple(f"{mark}{text}" for text in gradients) if mark else gradients,
            finite=finite,
            output=self._flag(id, frame),
            heat=Heat(value) if value is not None and value.size > 1 else None,
            undefined=undefined,
            begins=begins,
            trouble=trouble,
        )

    def outline(self, id: str) -> Face:
        """A face for whoever shows no numbers: they are missing, and writing them costs most of a face."""
        if id in self.marked:
            return self.face(id)
        frame = self._frame_now(id, None if self._own_values else self.value(id))
        return Face(**frame, output=self._flag(id, frame))

    def _frame_now(self, id: str, value: np.ndarray | None) -> dict[str, Any]:
        frame = self._frames.get(id)
        if frame is None:
            frame = self._frames[id] = self._frame(self.graph.nodes[id])
        if value is not None and not self._own_values:
            # A racer's step may see a batch, which has fewer rows than the data.
            return {**frame, "shape": numbers.shape_text(value.shape)}
        return frame

    def _flag(self, id: str, frame: Mapping[str, Any]) -> str:
        """What the flag of an output says."""
        return "" if id != self.graph.output else _tr("output") if frame["shape"] else _tr("loss")

    def _is_undefined(self, id: str) -> bool:
        """Whether the gradient in view is undefined where nobody needs it."""
        return self._health is not None and self.reveal.tangents is None and id in self._health.undefined

    def _trouble(
        self,
        id: str,
        value: np.ndarray | None,
        gradient: np.ndarray | None,
        finite: tuple[bool, bool],
    ) -> tuple[str, str, str]:
        """Where a number that is not finite begins, a sentence on what ails them, a mark for the gradient."""
        health = self._health
        if health is None or self.trace is None or self.trace.graph.structure is not self.graph.structure:
            return "", "", ""
        if not finite[0] and value is not None:
            what = numbers.odd_number(value)
            origin = health.value_origins.get(id)
            if origin == id:
                return what, _tr("{0} begins here: {1}.").format(what, forward_sentence(self.trace, id)), ""
            return "", _tr("{0} comes from {1}.").format(what, origin) if origin else "", ""
        if not finite[1] and gradient is not None and self.reveal.tangents is None:
            what = numbers.odd_number(gradient)
            origin = health.gradient_origins.get(id)
            if id in health.undefined:
                return "", _tr(_UNDEFINED), ""
            if origin == id:
                return what, _tr("The gradient becomes {0} here, on the way back.").format(what), ""
            return (
                "",
                _tr("A gradient of {0} comes back from {1}.").format(what, origin) if origin else "",
                "",
            )
        if gradient is None:
            return "", "", ""
        if self.reveal.tangents is not None:
            return "", "", "d = "
        part, times = health.vanishing(id), health.exploding(id)
        if part is not None:
            text = _tr("The gradient vanishes: it is {0} of the largest one.")
            return "", text.format(numbers.short(part, 2)), "↓ "
        if times is not None:
            text = _tr("The gradient explodes: it is {0} times the output's.")
            return "", text.format(numbers.short(times, 2)), "↑ "
        return "", "", ""

    def has_frame(self, id: str) -> bool:
        """Whether the node looks as before but for its numbers and the flag of an output."""
        return id in self._frames

    def _frames_for(self, graph: Graph) -> dict[str, dict[str, Any]]:
        """The frames that hold for another graph, too."""
        mine = self.graph
        if graph.structure is mine.structure:
            return self._frames
        broken = graph.problems.keys() | mine.problems.keys()
        old, shapes, old_shapes = mine.nodes, graph.shapes, mine.shapes
        users, old_users = graph.consumers, mine.consumers

        def holds(id: str, node: Node) -> bool:
            before = old[id]
            return (
                (node is before or (node.op, node.inputs) == (before.op, before.inputs))
                and shapes.get(id) == old_shapes.get(id)
                and bool(users.get(id)) == bool(old_users.get(id))
                and id not in broken
                and not any(source in broken for source in node.inputs)
                and (not node.is_leaf or _shape(graph, node) == _shape(mine, before))
            )

        nodes = graph.nodes
        return {id: frame for id, frame in self._frames.items() if id in nodes and holds(id, nodes[id])}

    def _frame(self, node: Node) -> dict[str, Any]:
        """The parts of a face that values do not change."""
        graph = self.graph
        slots = slot_names(node)
        problem = graph.problems.get(node.id, "")
        return {
            "name": node.id,
            "symbol": symbol(node),
            "kind": node.op if node.is_leaf else "operation",
            "shape": numbers.shape_text(_shape(graph, node)),
            "slots": slots,
            "wired": tuple(
                slot < len(node.inputs) and node.inputs[slot] is not None for slot in range(len(slots))
            ),
            "feeds": bool(graph.consumers.get(node.id)),
            "problem": sentence(problem) if problem else "",
            "waiting": any(source in graph.problems for source in node.inputs if source is not None),
        }

    @property
    def marked(self) -> frozenset[str]:
        """The nodes that are marked at every scale, because NaN or infinity begins there."""
        return frozenset() if self._health is None else self._health.origins

    def value(self, id: str) -> np.ndarray | None:
        """The forward value in view; a leaf's is its own, even before a trace has it."""
        if not self.reveal.value(id):
            return None
        own = self.graph.nodes[id].value
        if self.trace is None or (own is not None and self._own_values):
            return own
        value = self.trace.values.get(id)
        return None if value is None else np.asarray(value)

    def gradient(self, id: str) -> np.ndarray | None:
        """The gradient in view."""
        if self.trace is None or not self.reveal.gradient(id):
            return None
        shown = self.trace.gradients if self.reveal.tangents is None else self.reveal.tangents
        gradient = shown.get(id)
        return None if gradient is None else np.asarray(gradient)

    def tooltip(self, id: str) -> str:
        """The node in full as HTML: operation, meaning, problem, and the numbers as small tables."""
        node = self.graph.nodes[id]
        row = operations.get(node.op)
        meaning = f" – {html.escape(from_engine(row.meaning))}" if row and row.meaning else ""
        parts = [f"<b>{html.escape(id)}</b> &nbsp;{html.escape(node.op)}{meaning}"]
        if node.attrs:
            attributes = ", ".join(f"{name}={given}" for name, given in node.attrs.items())
            parts.append(html.escape(attributes))
        problem = self.graph.problems.get(id)
        if problem:
            parts.append(html.escape(from_engine(problem)))
        trouble = self.face(id).trouble
        if trouble:
            parts.append(html.escape(trouble))
        for title, array in ((_tr("value"), self.value(id)), (_tr("gradient"), self.gradient(id))):
            if array is not None:
                shape = f" {numbers.shape_text(array.shape)}" if array.ndim else ""
                parts.append(f"{title}{shape}: {numbers.table_html(array)}")
                if array.size > 1:
                    parts.append(html.escape(numbers.statistics(array)))
        return "<br>".join(parts)

    def spoken(self, id: str) -> str:
        """The node in one sentence, for screen readers."""
        node = self.graph.nodes[id]
        value, gradient = self.value(id), self.gradient(id)
        parts = [f"{id}, {node.op}"]
        if node.inputs:
            parts.append(
                _tr("from {0}").format(", ".join(source or _tr("nothing") for source in node.inputs))
            )
        parts.append(
            _tr("value {0}").format(_tr("not computed") if value is None else numbers.summaries(value)[0])
        )
        known = _tr("not computed") if gradient is None else numbers.summaries(gradient)[0]
        parts.append(_tr("gradient {0}").format(known))
        if id == self.graph.output:
            parts.append(_tr("output"))
        problem = self.graph.problems.get(id)
        said = from_engine(problem) if problem else self.face(id).trouble
        return ", ".join(parts) + (f". {said}" if said else ".")


def _shape(graph: Graph, node: Node) -> tuple[int, ...]:
    """The shape of a node's value; a leaf has one even where nothing can be computed."""
    return graph.shapes.get(node.id, () if node.value is None else node.value.shape)


def symbol(node: Node) -> str:
    """The sign of the node's operation; its name where the table has none."""
    row = operations.get(node.op)
    return row.symbol if row is not None and row.symbol else node.op


def slot_count(node: Node) -> int:
    """How many input ports a node has."""
    row = operations.get(node.op)
    if row is None:
        return len(node.inputs)
    if row.arity is None:
        return len(node.inputs) + (None not in node.inputs)
    return max(row.arity, len(node.inputs))


def slot_names(node: Node) -> tuple[str, ...]:
    """A name for each input port. Operations on any number of inputs have one port more than wires."""
    row: Operation | None = operations.get(node.op)
    if row is None:
        return tuple(str(slot) for slot in range(len(node.inputs)))
    if row.arity is None:
        spare = 0 if None in node.inputs else 1
        return tuple(f"{row.inputs[0]}[{slot}]" for slot in range(len(node.inputs) + spare))
    names = row.inputs + tuple(str(slot) for slot in range(row.arity, len(node.inputs)))
    return names[: max(row.arity, len(node.inputs))]


def sentence(text: str) -> str:
    """The engine's words, translated, with a full stop, and a capital where they do not begin with a name."""
    text = from_engine(text)
    first = text.partition(" ")[0].rstrip(":,")
    return as_sentence(text, names=() if first in ("it", "its", "there", "the", "no", "a") else (first,))


def _finite(array: np.ndarray | None) -> bool:
    return array is None or is_finite(array)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Face", text)
