"""Which columns of a table become which leaves of a graph. No widgets.

An assignment is one text for each column: the name of the node that it goes to, "" for none. Columns with the same
node stand side by side in its matrix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from gdstudio.document.limits import LIMITS
from gdstudio.document.model import Document
from gdstudio.engine.data import Table
from gdstudio.engine.graph import Graph
from gdstudio.engine.node import Node
from gdstudio.engine.syntax import NUMBERS, is_name
from gdstudio.ui import commands
from gdstudio.ui.commands import CommandError, Point
from gdstudio.ui.graph import numbers

Assignment = tuple[str, ...]

_SHOWN_VALUES = 4
_SHOWN_WORDS = 3


def tables_of(graph: Graph) -> list[str]:
    """The leaves that hold tables: data, and constants of more than one number; matrices first, inputs before targets."""
    found = [
        node
        for node in graph.nodes.values()
        if node.op == "data" or (node.op == "constant" and node.value is not None and node.value.ndim > 0)
    ]
    return [node.id for node in sorted(found, key=lambda node: not _is_matrix(node))]


def node_name(heading: str) -> str:
    """A heading as the name of a node: "sepal length (cm)" becomes sepal_length_cm."""
    name = re.sub(r"\W+", "_", heading).strip("_") or "column"
    name = name if is_name(name) else f"x_{name}"
    return f"{name}_" if name in NUMBERS else name


def proposal(table: Table, graph: Graph, target: str | None = None) -> Assignment:
    """An assignment to begin with; `target` is the leaf that a person wants to fill, None = any.

    A column goes to the leaf of its name. What remains of the target takes the first columns that are left; without a
    target all leaves take the columns in order where there are enough, and a graph without tables gets a new node for
    each column.
    """
    leaves = tables_of(graph)
    known = {*leaves, *([] if target is None else [target])}
    names = [node_name(heading) for heading in table.columns]
    found = [name if name in known else "" for name in names]
    open_columns = [i for i, name in enumerate(found) if not name]
    if target is not None and target not in found:
        for i in _columns_for(graph.nodes[target], table, open_columns):
            found[i] = target
    elif target is None and not any(found):
        widths = [_width(graph.nodes[leaf]) for leaf in leaves]
        if not leaves:
            found = _fresh(names, graph)
        elif sum(widths) <= len(names):
            taken = [leaf for leaf, width in zip(leaves, widths, strict=True) for _ in range(width)]
            found = taken + [""] * (len(names) - len(taken))
    return tuple(found)


def _columns_for(node: Node, table: Table, open_columns: Sequence[int]) -> Sequence[int]:
    """The columns that a leaf most likely wants, of those that are left."""
    for i in open_columns:
        if _is_one_hot(node, table, [i]):
            return [i]
    return open_columns[: _width(node)]


def _is_matrix(node: Node) -> bool:
    return node.value is not None and node.value.ndim == 2


def _width(node: Node) -> int:
    return node.value.shape[1] if node.value is not None and node.value.ndim == 2 else 1


def _fresh(names: Sequence[str], graph: Graph) -> list[str]:
    """The names, each made different from the nodes of the graph and from those before it."""
    found: list[str] = []
    for name in names:
        count, free = 1, name
        while free in graph.nodes or free in found:
            count += 1
            free = f"{name}_{count}"
        found.append(free)
    return found


def first_values(table: Table) -> tuple[str, ...]:
    """For each column its first values, or the first words with their numbers, as a line of text."""
    return tuple(_first_values(table, i) for i in range(len(table.columns)))


def _first_values(table: Table, column: int) -> str:
    words = table.categories.get(table.columns[column])
    if words is not None:
        listed = ", ".join(f"{word} = {number}" for number, word in enumerate(words[:_SHOWN_WORDS]))
        return listed if len(words) <= _SHOWN_WORDS else f"{listed}, …"
    values = table.values[:_SHOWN_VALUES, column]
    listed = ", ".join(numbers.short(value, 4) for value in values)
    return listed if len(table.values) <= _SHOWN_VALUES else f"{listed}, …"


def arrays(table: Table, graph: Graph, assignment: Assignment) -> dict[str, np.ndarray]:
    """The value of each node that is assigned columns.

    One column makes a vector (rows,), several make a matrix (rows, columns). A leaf that is a matrix stays one. A
    column of K words in a leaf of K columns becomes one-hot rows.

    Raises:
        CommandError: one sentence on a name that cannot be, or on too many numbers.
    """
    chosen: dict[str, list[int]] = {}
    for i, name in enumerate(assignment):
        if name:
            chosen.setdefault(name, []).append(i)
    values: dict[str, np.ndarray] = {}
    for name, columns in chosen.items():
        node = graph.nodes.get(name)
        if node is None and not is_name(name):
            raise CommandError(
                f'"{name}" cannot be a name; a name begins with a letter and has letters, digits and _'
            )
        if node is not None and not node.is_leaf:
            raise CommandError(
                f"{name} is computed by {node.op}; only parameters, constants and data hold a value"
            )
        if node is not None and _is_one_hot(node, table, columns):
            words = table.categories[table.columns[columns[0]]]
            values[name] = np.eye(len(words))[table.values[:, columns[0]].astype(int)]
        elif len(columns) == 1 and (node is None or not _is_matrix(node)):
            values[name] = table.values[:, columns[0]]
        else:
            values[name] = table.values[:, columns]
    count = sum(array.size for array in values.values())
    if count > LIMITS.numbers:
        raise CommandError(
            f"a document holds at most {LIMITS.numbers:,} numbers; these columns have {count:,}"
        )
    return values


def _is_one_hot(node: Node, table: Table, columns: Sequence[int]) -> bool:
    words = table.categories.get(table.columns[columns[0]], ()) if len(columns) == 1 else ()
    return len(words) > 1 and _is_matrix(node) and _width(node) == len(words)


def with_arrays(
    document: Document, values: Mapping[str, np.ndarray], places: Mapping[str, Point]
) -> Document:
    """The document with these values: in leaves that are there, and in new data leaves at `places`."""
    for name, value in values.items():
        if name in document.graph.nodes:
            document = commands.set_value(document, name, value)
        else:
            document = commands.add_node(document, Node(name, "data", value=value, pos=places.get(name)))
    return document
