"""Formulas as LaTeX: graphs, update rules, and single lines with numbers in the place of names.

What is written follows the text: nothing is simplified, brackets stand only where the reader needs them. The result is
plain LaTeX mathematics; who draws it is no business of this module.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from . import ops
from .errors import ShapeError
from .given import takes
from .graph import A_GRAPH, Graph
from .latex_pieces import ATOM, OPEN, Piece, as_in_table, number_piece, operation, symbol, tensor_piece
from .node import Node
from .shapes import checked_attributes
from .syntax import NUMBERS, Reader, statements

# Names of options as papers write them; only rules know these options.
RULE_SYMBOLS = {"learning_rate": r"\eta"}
# A value inside a line that has grown longer than this gets a line of its own.
_INLINE_LENGTH = 400


class _LatexReader(Reader[Piece]):
    """Formula text as pieces.

    Args:
        symbols: names that are written in a way of their own.
        values: names that are written as these numbers.
        colors: of those numbers, by name.
        tensors: names that stand for several numbers each.
    """

    def __init__(
        self,
        symbols: Mapping[str, str],
        values: Mapping[str, Any] | None = None,
        digits: int = 17,
        colors: Mapping[str, str] | None = None,
        tensors: Collection[str] = (),
    ) -> None:
        self._symbols = symbols
        self._tensors = tensors
        self._values = values or {}
        self._digits = digits
        self._colors = colors or {}

    def number(self, value: float) -> Piece:
        return number_piece(value)

    def tensor(self, value: np.ndarray) -> Piece:
        return tensor_piece(value)

    def name(self, name: str, node: ast.expr) -> Piece:
        if name in self._values:
            piece = tensor_piece(np.asarray(self._values[name], dtype=np.float64), self._digits)
            color = self._colors.get(name)
            return (
                piece
                if color is None
                else replace(piece, text=rf"\textcolor{{{color}}}{{{piece.text}}}", positive=None)
            )
        if name in NUMBERS:
            return number_piece(NUMBERS[name])
        return Piece(symbol(name, self._symbols), ATOM, tensor=name in self._tensors)

    def call(self, op: str, args: list[Piece], attributes: dict[str, Any], node: ast.expr) -> Piece:
        try:
            return operation(op, args, checked_attributes(op, ops.table[op].attributes, attributes))
        except ShapeError as error:
            raise self.statement.error(str(error), node) from None

    def open_slot(self, node: ast.expr) -> Piece:
        return OPEN

    def leaf(self, op: str, node: ast.Call, attributes: dict[str, Any]) -> Piece:
        if len(node.args) != 1:
            raise self.statement.error(f"{op} takes one value, a number or nested lists", node)
        return self._expression(node.args[0])


def latex_of(
    text: str, symbols: Mapping[str, str] = RULE_SYMBOLS, tensors: Collection[str] = ()
) -> list[str]:
    """The lines of a formula or update rule, each `left = right`.

    Args:
        tensors: names that stand for several numbers each; a product of two of them is written with ⊙.

    Raises:
        FormulaError: with line and column, where the text is not of the formula language.
    """
    return _lines(text, _LatexReader(symbols, tensors=tensors), symbols)


def latex_with_numbers(
    text: str,
    values: Mapping[str, Any],
    digits: int = 4,
    colors: Mapping[str, str] | None = None,
    symbols: Mapping[str, str] = RULE_SYMBOLS,
) -> list[str]:
    """The lines of a rule with numbers in the place of the names that are read; names on the left stay.

    Args:
        values: numbers or arrays by name; names that are not among them stay names.
        digits: significant digits of the values.
        colors: "#rrggbb" for the numbers of some names.

    Raises:
        FormulaError: as `latex_of`.
    """
    return _lines(text, _LatexReader(symbols, values, digits, colors), symbols)


def _lines(text: str, reader: _LatexReader, symbols: Mapping[str, str]) -> list[str]:
    result = []
    for statement in statements(text):
        right = reader.read(statement).text
        result.append(right if statement.target is None else f"{symbol(statement.target, symbols)} = {right}")
    return result


def value_latex(value: Any, digits: int = 4) -> str:
    """A number, vector or matrix as LaTeX; of large ones the corners."""
    return tensor_piece(np.asarray(value, dtype=np.float64), digits).text


def node_latex(graph: Graph, id: str) -> str | None:
    """What one node computes from its inputs by name, `left = right`; None for a leaf."""
    node = graph.nodes[id]
    if node.is_leaf:
        return None
    args = [OPEN if source is None else _named(graph, source) for source in node.inputs]
    return f"{symbol(id)} = {_node_piece(node, args).text}"


def node_with_numbers(graph: Graph, id: str, values: Mapping[str, np.ndarray], digits: int = 4) -> str | None:
    """What one node computes, with the values of its inputs in the place of their names; None for a leaf.

    Args:
        values: arrays by id; inputs that are not among them keep their names.
    """
    node = graph.nodes[id]
    if node.is_leaf:
        return None
    args = [
        OPEN
        if source is None
        else tensor_piece(np.asarray(values[source]), digits)
        if source in values
        else _named(graph, source)
        for source in node.inputs
    ]
    return _node_piece(node, args).text


@takes(graph=A_GRAPH)
def graph_lines(graph: Graph, longest: int = _INLINE_LENGTH) -> list[tuple[str, str]]:
    """(left, right) for each named node that is computed, inputs first.

    Values that were never given a name, and that are used once, are written where they are used, up to `longest`
    characters of LaTeX.
    """
    pieces: dict[str, Piece] = {}
    lines = []
    for id in graph.order:
        node = graph.nodes[id]
        if node.is_leaf:
            pieces[id] = _named(graph, id)
            if _is_unnamed(node) and node.value is not None and node.value.size == 1:
                pieces[id] = tensor_piece(node.value)
            continue
        args = [OPEN if source is None else pieces.get(source, OPEN) for source in node.inputs]
        piece = _node_piece(node, args)
        single = len(graph.consumers[id]) == 1 and id != graph.output
        if single and _is_unnamed(node) and len(piece.text) <= longest:
            pieces[id] = piece
        else:
            lines.append((symbol(id), piece.text))
            pieces[id] = _named(graph, id)
    return lines


def latex(graph: Graph) -> str:
    """The whole graph, one aligned line for each named node; see `graph_lines`."""
    lines = r"\\ ".join(f"{left} &= {right}" for left, right in graph_lines(graph))
    return rf"\begin{{aligned}}{lines}\end{{aligned}}" if lines else ""


def _named(graph: Graph, id: str) -> Piece:
    """A node's name as a piece."""
    return Piece(symbol(id), ATOM, tensor=math.prod(graph.shapes.get(id, ())) > 1)


def _is_unnamed(node: Node) -> bool:
    """Whether the id is one that reading a formula makes up: the operation, or c for a number, and a count."""
    stem = "c" if node.op == "constant" else node.op
    return re.fullmatch(rf"{stem}\d+", node.id) is not None


def _node_piece(node: Node, args: list[Piece]) -> Piece:
    row = ops.operations.get(node.op)
    if row is None:
        return as_in_table(node.op, args, {})
    if row.arity is not None:
        args = (args + [OPEN] * row.arity)[: row.arity]
    try:
        attributes = checked_attributes(node.op, row.attributes, node.attrs)
    except ShapeError:
        # The graph says what is wrong with them; the rest of the formula is still worth reading.
        attributes = dict(row.attributes)
    return operation(node.op, args, attributes)
