"""What the inspector says about a node, as rich text: value, gradient, local derivatives and paths.

Every number is the trace's, nothing is computed here. Values are blue and gradients orange.
"""

from __future__ import annotations

import html
import itertools
import math
import re
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.engine import EngineError, Graph, Trace, operations
from gdstudio.ui.graph.health import Health
from gdstudio.ui.graph.numbers import odd_number, shape_text, short, summaries
from gdstudio.ui.seeds import objective
from gdstudio.ui.theme import Theme, scaled
from gdstudio.ui.translation import as_sentence, from_engine, of_error

Shape = tuple[int, ...]

MOST_PATHS = 8
# A path over more nodes than these fills screens, and takes long to write.
MOST_ON_THE_WAY = 200
# Local derivatives of big tensors are big matrices, which nobody reads and which take long to make.
MOST_ENTRIES = 4096


class NodeText:
    """The texts about one node of a graph; `trace` may be None or lack the node."""

    def __init__(self, graph: Graph, trace: Trace | None, id: str, theme: Theme) -> None:
        self._graph = graph
        self._id = id
        self._theme = theme
        # Between an edit and its trace, the trace is that of the graph before.
        known = trace is not None and id in trace.values and _same_wires(trace.graph, graph)
        self._trace = trace if known else None
        self._values: Mapping[str, np.ndarray] = trace.values if trace is not None and known else {}
        self._output = graph.output or ""
        self._objective = objective(graph)
        self._sources = [source for source in graph.nodes[id].inputs if source is not None]

    def heading(self) -> str:
        """Name, operation and shape."""
        node = self._graph.nodes[self._id]
        row = operations.get(node.op)
        what = from_engine(row.meaning) if row is not None else node.op
        shape = self._graph.shapes.get(self._id)
        if shape:
            what += f", {tr('shape')} {shape_text(shape)}"
        role = f" · {tr('the output')}" if self._id == self._output else ""
        return (
            f'<div style="font-size:{scaled(18)}px; font-weight:600">{_safe(self._id)}</div>'
            f"<div>{self._muted(f'{node.op}: {what}{role}' if row else f'{what}{role}')}</div>"
        )

    def problem(self) -> str:
        """Why the node has no value, or nothing."""
        sentence = self._graph.problems.get(self._id, "")
        return (
            f'<p style="color:{self._theme.error.name()}">{_safe(as_sentence(from_engine(sentence)))}</p>'
            if sentence
            else ""
        )

    def odd(self) -> str:
        """Where NaN or infinity in the value, or else in the gradient, came to be; nothing where all is finite."""
        if self._trace is None:
            return ""
        health = Health(self._trace)
        origin, text = health.value_origins.get(self._id), tr("{0} in the value; it begins at {1}.")
        array = self._values[self._id]
        if origin is None:
            origin, text = (
                health.gradient_origins.get(self._id),
                tr("{0} in the gradient; on the way back it begins at {1}."),
            )
            array = self._trace.gradients.get(self._id, array)
        if origin is None:
            return ""
        where = f"<b>{_safe(origin)}</b>"
        words = text.format(odd_number(array), where)
        return f'<p style="color:{self._theme.error.name()}">{words}</p>'

    def value(self) -> str:
        """The value with the numbers that it is made of."""
        if self._trace is None:
            return ""
        node = self._graph.nodes[self._id]
        result = self._blue(self._values[self._id])
        if node.is_leaf:
            return f"{_safe(self._id)} = {result}"
        row = operations[node.op]
        arguments = [self._blue(self._values[source]) for source in self._sources]
        if row.category == "arithmetic" and len(arguments) == 2 and len(row.symbol) == 1:
            return f"{_factor(arguments[0])} {_safe(row.symbol)} {_factor(arguments[1])} = {result}"
        return f"{node.op}({', '.join(arguments)}) = {result}"

    def slope(self) -> str:
        """The gradient alone."""
        gradient = self._gradient(self._id)
        if gradient is None:
            return ""
        return f"{self._derivative(self._objective, self._id)} = {self._orange(gradient)}"

    def gradient(self) -> str:
        """The gradient as the sum over the node's consumers, with numbers."""
        gradient = self._gradient(self._id)
        if gradient is None:
            return ""
        left = self._derivative(self._objective, self._id)
        terms = self._terms()
        numbers = f"{' + '.join(terms)} = " if terms else ""
        return f"{left} = {numbers}{self._orange(gradient)}"

    def sentence(self) -> str:
        """The gradient in words, where one number says it."""
        gradient = self._gradient(self._id)
        if gradient is None or gradient.size != 1 or self._id == self._output:
            return ""
        slope = float(gradient.reshape(()))
        names = {"node": f"<b>{_safe(self._id)}</b>", "loss": f"<b>{_safe(self._objective)}</b>"}
        if not math.isfinite(slope):
            return tr("The slope of {loss} along {node} is not finite here.").format(**names)
        if slope == 0:
            return tr("A small change of {node} does not change {loss}.").format(**names)
        text = (
            tr("When {node} grows a little, {loss} grows {times} times as much.")
            if slope > 0
            else tr("When {node} grows a little, {loss} falls {times} times as much.")
        )
        return text.format(times=self._orange(np.asarray(abs(slope))), **names)

    def locals(self) -> str:
        """The derivative of the node by each of its inputs."""
        if self._trace is None:
            return ""
        lines = []
        for slot, source in enumerate(self._sources):
            if self._entries(self._id, source) <= MOST_ENTRIES:
                local = self._trace.local(self._id, source, slot)
                lines.append(f"{self._derivative(self._id, source)} = {self._local(local, self._id, source)}")
        return "<br>".join(lines)

    def paths(self) -> str:
        """Every path to the output with its factors; their products add up to the gradient."""
        gradient = self._gradient(self._id)
        output = self._output
        if gradient is None or self._id == output or self._trace is None:
            return ""
        on_the_way = self._graph.downstream(self._id) & self._graph.upstream(output)
        if not on_the_way:
            return ""
        wires = [
            (id, source)
            for id in on_the_way
            for source in self._graph.nodes[id].inputs
            if source in on_the_way
        ]
        if any(self._entries(target, source) > MOST_ENTRIES for target, source in wires):
            return ""
        if len(on_the_way) > MOST_ON_THE_WAY:
            told = tr("{0} nodes lie on the way to the output. Paths are listed where at most {1} do.")
            return self._muted(told.format(len(on_the_way), MOST_ON_THE_WAY))
        try:
            paths = self._trace.paths(self._id, limit=MOST_PATHS)
        except EngineError as error:
            return self._muted(as_sentence(of_error(error)))
        lines = []
        for path in paths:
            arrow = self._muted(" → ".join(path.nodes))
            steps = itertools.pairwise(path.nodes)
            factors = " · ".join(
                _factor(self._local(factor, target, source))
                for factor, (source, target) in zip(path.factors, steps, strict=True)
            )
            equals = f" = {self._orange(path.product)}" if len(path.factors) > 1 else ""
            lines.append(f'<p style="margin:0 0 6px 0">{arrow}<br>{factors}{equals}</p>')
        if len(paths) > 1:
            total = " + ".join(_factor(self._orange(path.product)) for path in paths)
            lines.append(f"<p>{tr('Together')}: {total} = {self._orange(gradient)}</p>")
        return "".join(lines)

    def _terms(self) -> list[str]:
        if self._trace is None:
            return []
        above = self._graph.upstream(self._output)
        terms = []
        for consumer, slot in self._graph.consumers[self._id]:
            if consumer not in above:
                continue
            if self._entries(consumer, self._id) > MOST_ENTRIES:
                return []
            local = _factor(self._local(self._trace.local(consumer, self._id, slot), consumer, self._id))
            outer = self._gradient(consumer)
            terms.append(f"{_factor(self._orange(outer))} · {local}" if outer is not None else local)
        return terms

    def _entries(self, target: str, source: str | None) -> int:
        """How many numbers the local derivative of a wire has."""
        values = self._values
        if source is None or source not in values or target not in values:
            return 0
        return values[target].size * values[source].size

    def _gradient(self, id: str) -> np.ndarray | None:
        return None if self._trace is None else self._trace.gradients.get(id)

    def _derivative(self, of: str, by: str) -> str:
        return f"∂{_safe(of)}/∂{_safe(by)}"

    def _blue(self, array: np.ndarray) -> str:
        return self._colored(array, self._theme.value.name())

    def _orange(self, array: np.ndarray) -> str:
        return self._colored(array, self._theme.gradient.name())

    def _local(self, local: np.ndarray, target: str, source: str) -> str:
        return _safe(local_text(local, self._values[target].shape, self._values[source].shape))

    def _colored(self, array: np.ndarray, color: str) -> str:
        if not np.isfinite(array).all():
            color = self._theme.error.name()
        return f'<span style="color:{color}">{_safe(number_text(array))}</span>'

    def _muted(self, text: str) -> str:
        return f'<span style="color:{self._theme.muted.name()}">{_safe(text)}</span>'


def slope_line(graph: Graph, trace: Trace | None, id: str, theme: Theme) -> str:
    """A parameter's value and gradient on one line; nothing where they are not known."""
    text = NodeText(graph, trace, id, theme)
    value = text.value()
    slope = text.slope()
    return f"{value}&nbsp;&nbsp;&nbsp;{slope}" if slope else value


def number_text(array: np.ndarray) -> str:
    """A scalar as a number; a tensor as its shape and what fits of its numbers."""
    if array.size == 1:
        return short(float(array.reshape(())), 5)
    inside = summaries(array)[0]
    return f"[{inside}]" if array.ndim == 1 and array.size <= 6 else f"[{shape_text(array.shape)}: {inside}]"


def local_text(local: np.ndarray, target: Shape, source: Shape) -> str:
    """A local derivative of shape (*target, *source).

    An elementwise operation has a diagonal one: the diagonal is told, or one number for all.
    """
    size = math.prod(target)
    if target == source and size > 1:
        matrix = local.reshape(size, size)
        diagonal = np.diagonal(matrix)
        if np.array_equal(matrix, np.diag(diagonal)):
            same = np.all(diagonal == diagonal[0])
            return number_text(diagonal[:1]) if same else f"diag {number_text(diagonal)}"
    return number_text(local)


def _same_wires(a: Graph, b: Graph) -> bool:
    """Whether two graphs differ in values and places at most."""
    if a.output != b.output:
        return False
    before, after = a.nodes, b.nodes
    return (
        a.structure is b.structure
        or before.keys() == after.keys()
        and all(before[id].inputs == node.inputs and before[id].op == node.op for id, node in after.items())
    )


def tr(text: str) -> str:
    return QCoreApplication.translate("inspector", text)


def _safe(text: str | None) -> str:
    return html.escape(str(text))


def _factor(number: str) -> str:
    """A number as it stands in a product or sum: in brackets when it is negative."""
    return f"({number})" if re.match(r"(<[^>]*>)?−", number) else number
