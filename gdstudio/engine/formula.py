"""Graphs as text, both ways.

The formula language is one assignment a line. Names on the left become node ids; values inside an expression become
nodes of their own, named after their operation.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import ops
from .data import column as dataset_column
from .errors import EngineError, FormulaError, GraphError, ShapeError, suggestion
from .given import BY_NAME, TEXT, Kind, optional, takes
from .graph import A_GRAPH, Graph
from .node import Node, leaf_value
from .numeric import numbers
from .shapes import checked_attributes
from .syntax import NUMBERS, Reader, Statement, is_name, literal, statements


@takes(
    FormulaError,
    text=Kind('text, lines such as "loss = x**2"', TEXT.holds),
    parameters=optional(BY_NAME),
    constants=optional(BY_NAME),
    data=optional(BY_NAME),
)
def parse(
    text: str,
    parameters: Mapping[str, Any] | None = None,
    constants: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Graph:
    """The graph that a formula describes; the last name assigned is its output.

    Args:
        text: lines of `name = expression`; `w = parameter(3.0)` declares a leaf in the text itself.
        parameters, constants, data: values of the leaves by name, numbers or nested lists.

    Raises:
        FormulaError: with line and column, when the text cannot be read or uses a name that nothing defines.
        GraphError: when shapes do not fit; `.node` names the culprit, `.place` says where it stands.

    Example:
        >>> parse("loss = (w - 1)**2", parameters={"w": 3.0}).trace().values["loss"]
        array(4.)
    """
    leaves: dict[str, Node] = {}
    for op, given in (("parameter", parameters), ("constant", constants), ("data", data)):
        for name, value in (given or {}).items():
            if not isinstance(name, str) or not is_name(name):
                raise FormulaError(
                    f"{name!r} cannot be a name: names are letters, digits and _, not starting with a digit"
                )
            if name in leaves:
                raise FormulaError(f"{name!r} is declared twice")
            leaves[name] = Node(name, op, value=leaf_value(name, value))
    lines = statements(text)
    if not lines:
        raise FormulaError("the formula is empty; write at least one line, such as loss = x**2")
    reader = _GraphReader(leaves, lines)
    output = None
    for line in lines:
        output = reader.assign(line)
    graph = Graph(reader.nodes.values(), output)
    try:
        graph.check()
    except GraphError as error:
        error.place = reader.place(error.node)
        raise
    return graph


class _GraphReader(Reader[str | None]):
    """Builds nodes; the value of an expression is the id of its node."""

    def __init__(self, leaves: Mapping[str, Node], lines: Sequence[Statement]) -> None:
        self.nodes = dict(leaves)
        self._aliases: dict[str, str] = {}
        self._taken = {line.target for line in lines} | set(leaves)
        self._unused: dict[str, int] = {}  # by stem, the number from which on no name has been given out
        self._wanted: str | None = None
        self._written: dict[str, tuple[Statement, ast.expr]] = {}

    def place(self, id: str | None) -> tuple[int, int] | None:
        """Line and column of what made a node; None for leaves that came from elsewhere."""
        written = self._written.get(id or "")
        return None if written is None else written[0].place(written[1])

    def assign(self, line: Statement) -> str:
        if line.target is None:
            self.statement, self._wanted = line, None
            return self.name(line.text, line.expression)
        name = line.target
        if name in self.nodes or name in self._aliases:
            raise line.error(f"{name!r} is already defined; choose another name")
        self._wanted = name
        made = self.read(line)
        if made is None:
            raise line.error(
                "None stands for an input that is not connected; a node needs an operation or a number"
            )
        if made != name:
            self._aliases[name] = made
        return made

    def _claim(self, node: ast.expr, stem: str) -> str:
        """The line's own name for its outermost value, a fresh one for the values inside."""
        if node is self.statement.expression and self._wanted is not None:
            return self._wanted
        count = self._unused.get(stem, 1)
        while f"{stem}{count}" in self._taken:
            count += 1
        self._unused[stem] = count + 1
        self._taken.add(f"{stem}{count}")
        return f"{stem}{count}"

    def _expression(self, node: ast.expr) -> str | None:
        self._node = node
        return super()._expression(node)

    def number(self, value: float) -> str:
        return self.tensor(np.array(value))

    def tensor(self, value: np.ndarray) -> str:
        name = self._claim(self._node, "c")
        self.nodes[name] = Node(name, "constant", value=leaf_value(name, value))
        return name

    def name(self, name: str, node: ast.expr) -> str:
        if name in self._aliases:
            return self._aliases[name]
        if name in self.nodes:
            return name
        if name in self._taken:
            raise self.statement.error(f"{name!r} is used before the line that defines it", node)
        if name in NUMBERS:
            self._node = node
            return self.number(NUMBERS[name])
        known = [*self.nodes, *self._aliases]
        raise self.statement.error(
            f"{name!r} is not defined; assign it, or declare it as a parameter or constant{suggestion(name, known)}",
            node,
        )

    def open_slot(self, node: ast.expr) -> None:
        return None

    def leaf(self, op: str, node: ast.Call, attributes: dict[str, Any]) -> str:
        value = None
        if len(node.args) > 1:
            raise self.statement.error(f"{op} takes one value, a number or nested lists", node)
        if node.args:
            try:
                value = numbers(literal(node.args[0]))
            except (ValueError, TypeError, OverflowError):
                raise self.statement.error(f"{op} takes a number or nested lists of numbers", node) from None
        if op == "data" and value is None and attributes:
            try:
                value = dataset_column(attributes)
            except EngineError as error:
                raise self.statement.error(str(error), node) from None
        name = self._claim(node, op)
        self.nodes[name] = Node(
            name, op, attrs=attributes, value=None if value is None else leaf_value(name, value)
        )
        return name

    def call(self, op: str, args: list[str | None], attributes: dict[str, Any], node: ast.expr) -> str:
        if op == "power" and isinstance(node, ast.BinOp) and self._is_two(node.right):
            # The literal 2 became a constant; square needs none.
            self.nodes.pop(str(args[1]))
            self._taken.discard(args[1])
            self._unused["c"] -= 1
            op, args = "square", args[:1]
        name = self._claim(node, op)
        self._written[name] = self.statement, node
        if attributes:
            row = ops.operations[op]
            try:
                checked = checked_attributes(op, row.attributes, attributes)
            except ShapeError as error:
                raise self.statement.error(str(error), node) from None
            attributes = {key: checked[key] for key in attributes}
        self.nodes[name] = Node(name, op, tuple(args), attributes)
        return name

    @staticmethod
    def _is_two(node: ast.expr) -> bool:
        return isinstance(node, ast.Constant) and node.value == 2


_INFIX = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "power": "**",
    "matmul": "@",
    "greater": ">",
    "less": "<",
}


@takes(graph=A_GRAPH)
def to_text(graph: Graph) -> str:
    """The graph as formula text, one line a node; `parse` of it gives the same graph (without positions).

    Raises:
        GraphError: when a node's id is no formula name, or a cycle leaves no order to write.
    """
    for id in graph.nodes:
        if not is_name(id):
            raise GraphError(
                f"{id!r} cannot be written in a formula; rename the node to letters, digits and _", id
            )
    leaves = [id for id, node in graph.nodes.items() if node.is_leaf]
    inner = [id for id in graph.order if not graph.nodes[id].is_leaf]
    if len(leaves) + len(inner) != len(graph.nodes):
        stuck = next(id for id in graph.nodes if id not in graph.order)
        raise GraphError(
            f"{stuck} {graph.problems.get(stuck, 'lies on a cycle')}; a cycle cannot be written as a formula",
            stuck,
        )
    lines = [_line(graph.nodes[id]) for id in [*leaves, *inner]]
    if graph.output is not None and [*leaves, *inner][-1] != graph.output:
        lines.append(graph.output)
    return "\n".join(lines) + "\n" if lines else ""


def _line(node: Node) -> str:
    if node.is_leaf:
        value = [] if node.value is None else [_literal(node.value.tolist())]
        return f"{node.id} = {node.op}({', '.join(value + _keywords(node))})"
    args = ["None" if source is None else source for source in node.inputs]
    if node.op in _INFIX and not node.attrs and len(args) == 2 and None not in node.inputs:
        return f"{node.id} = {args[0]} {_INFIX[node.op]} {args[1]}"
    return f"{node.id} = {node.op}({', '.join(args + _keywords(node))})"


def _keywords(node: Node) -> list[str]:
    return [f"{key}={_literal(value)}" for key, value in node.attrs.items()]


def _literal(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return repr(value)
