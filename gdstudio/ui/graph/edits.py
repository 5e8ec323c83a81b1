"""Edits that only a hand at the graph makes: pure functions from a document to the edited one.

What every part of the window uses lives in `ui.commands`; here are pinning, which ports fit, inserting,
and deleting with reconnection.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from gdstudio.document.model import Document
from gdstudio.engine import EngineError, FormulaError, parse
from gdstudio.engine.graph import Graph
from gdstudio.engine.node import frozen
from gdstudio.engine.ops import operations
from gdstudio.engine.shapes import show
from gdstudio.engine.structure import infer_shape
from gdstudio.engine.syntax import NUMBERS, is_expression, statements
from gdstudio.ui import commands
from gdstudio.ui.commands import CommandError, Point
from gdstudio.ui.graph.geometry import GRID, NODE_HEIGHT, NODE_WIDTH, node_height
from gdstudio.ui.graph.layout import layered
from gdstudio.ui.graph.templates import INPUT, Template


def pinned(document: Document, places: Mapping[str, Point]) -> Document:
    """The document with a position for every node, so that what is on the screen stays there."""
    missing = {
        id: places[id] for id, node in document.graph.nodes.items() if node.pos is None and id in places
    }
    return commands.move_nodes(document, missing)


def refusal(document: Document, source: str, target: str, slot: int) -> str | None:
    """Why a wire cannot be made, None when it can."""
    return _refusal_of_leaf(document, target) or document.graph.refusal(source, target, slot)


def _refusal_of_leaf(document: Document, target: str) -> str | None:
    node = document.graph.nodes[target]
    return f"{target} is a {node.op} and takes no inputs" if node.is_leaf else None


def connected(document: Document, source: str, target: str, slot: int) -> Document:
    """The document with a wire more.

    Raises:
        CommandError: why it cannot be made.
    """
    reason = _refusal_of_leaf(document, target)
    if reason is not None:
        raise CommandError(reason)
    return commands.connect_wire(document, source, target, slot)


def disconnected(document: Document, wires: Iterable[tuple[str, int]]) -> Document:
    """The document without these wires."""
    # From the last slot to the first: operations on any number of inputs close up.
    for target, slot in sorted(wires, key=lambda wire: -wire[1]):
        document = commands.disconnect_wire(document, target, slot)
    return document


def fitting(document: Document, port: tuple[str, int], slots: Mapping[str, int]) -> dict[str, frozenset[int]]:
    """For every node: the ports where a wire from `port` may end.

    Args:
        port: a node and its input slot, or -1 for its output.
        slots: the number of input ports of every node.
    """
    graph = document.graph
    id, slot = port
    if slot >= 0:
        behind = graph.downstream(id)
        others = (other for other in slots if other not in behind and _fits(graph, other, id, slot))
        return {**dict.fromkeys(slots, frozenset()), **dict.fromkeys(others, frozenset([-1]))}
    before = graph.upstream(id)
    return {
        other: frozenset()
        if other in before
        else frozenset(s for s in range(count) if _fits(graph, id, other, s))
        for other, count in slots.items()
    }


def _fits(graph: Graph, source: str, target: str, slot: int) -> bool:
    """Whether shapes allow the wire; asks the graph only where the target's own shape would change."""
    node = graph.nodes[target]
    row = operations.get(node.op)
    if node.is_leaf or row is None or source not in graph.shapes:
        return not node.is_leaf and row is not None
    inputs = list(node.inputs) + [None] * (slot + 1 - len(node.inputs))
    inputs[slot] = source
    wired = [entry for entry in inputs if entry is not None]
    complete = row.arity is None or len(wired) == row.arity
    if not complete or any(entry not in graph.shapes for entry in wired):
        return graph.refusal(source, target, slot) is None
    try:
        shape = infer_shape(node.op, tuple(graph.shapes[entry] for entry in wired), frozen(node.attrs))
    except EngineError:
        return False
    same = graph.shapes.get(target) == shape or not graph.consumers.get(target)
    return same or graph.refusal(source, target, slot) is None


def takes(graph: Graph, source: str, op: str) -> bool:
    """Whether a new node with this operation could be fed by `source`."""
    row = operations[op]
    if row.arity == 0:
        return False
    if row.arity is not None and row.arity > 1 or source not in graph.shapes:
        return True
    try:
        infer_shape(op, (graph.shapes[source],), ())
    except EngineError:
        return False
    return True


def without_and_joined(document: Document, ids: Iterable[str]) -> Document:
    """The document without these nodes, their first source wired on to what they fed, where it fits."""
    for id in ids:
        node = document.graph.nodes[id]
        source = next((s for s in node.inputs if s is not None), None)
        consumers = document.graph.consumers.get(id, ())
        was_output = document.graph.output == id
        document = commands.delete_nodes(document, [id])
        if source is None:
            continue
        for consumer, slot in consumers:
            if refusal(document, source, consumer, slot) is None:
                document = commands.connect_wire(document, source, consumer, slot)
        if was_output:
            document = commands.set_output(document, source)
    return document


def inserted(document: Document, id: str, wire: tuple[str, int]) -> Document:
    """The document with a node put into a wire: its first open input takes the source, its output feeds on.

    Raises:
        CommandError: why it does not fit there.
    """
    target, slot = wire
    source = document.graph.nodes[target].inputs[slot]
    node = document.graph.nodes[id]
    opening = next((i for i, fed in enumerate(node.inputs) if fed is None), None)
    if source is None or opening is None:
        raise CommandError(f'"{id}" has no open input to put into the wire')
    document = commands.connect_wire(document, source, id, opening)
    return commands.connect_wire(document, id, target, slot)


def with_new_node(document: Document, op: str, pos: Point, value: Any = None) -> tuple[Document, str]:
    """The document with a fresh node, and its name. A graph's first operation becomes its output."""
    node = commands.new_node(document, op, pos)
    document = commands.add_node(document, node)
    if value is not None:
        document = commands.set_value(document, node.id, value)
    if document.graph.output is None and not node.is_leaf:
        document = commands.set_output(document, node.id)
    return document, node.id


def with_formula(document: Document, text: str) -> tuple[Document, list[str]]:
    """The document with the nodes of a formula, and their names.

    A name that the formula only reads means the graph's node of that name, or becomes a parameter of value 1.
    A name that it assigns becomes a new node, under another name when it is taken. An expression without a name is the
    loss where the graph has no output yet.

    Raises:
        FormulaError, GraphError: the mistake; nothing has changed.
    """
    graph = document.graph
    if is_expression(text):
        free = graph.output is None and "loss" not in graph.nodes
        named = f"{'loss' if free else graph.fresh_id('y')} = "
        try:
            return with_formula(document, named + text.strip())
        except FormulaError as error:
            column = error.column - len(named) if error.line == 1 else error.column
            raise FormulaError(error.reason, error.line, column) from None
    read = names_read(text)
    known = {name: np.zeros(graph.shapes.get(name, ())) for name in read if name in graph.nodes}
    fresh = {name: 1.0 for name in read if name not in graph.nodes}
    return _merged(document, parse(text, parameters=known | fresh), {name: name for name in known})


def with_template(
    document: Document, template: Template, number: int | None, source: str | None
) -> tuple[Document, list[str]]:
    """The document with the nodes of a template, fed by `source` or by an input of its own, and their names.

    Raises:
        CommandError: the template does not take the shape of `source`.
    """
    graph = document.graph
    if source is None:
        # Without an output there is nothing to differentiate yet, so the template brings a loss.
        return _merged(document, template.graph(number, loss=graph.output is None), {})
    shape = graph.shapes.get(source)
    if shape is None or not template.fits(shape):
        raise CommandError(f"the template does not take the shape {show(shape or ())} of {source}")
    return _merged(document, template.graph(number, shape), {INPUT: source})


def _merged(document: Document, parsed: Graph, names: dict[str, str]) -> tuple[Document, list[str]]:
    """The document with the nodes of another graph, under free names, and these; `names` says which are there."""
    graph = document.graph
    added: list[str] = []
    for id in [*(id for id, node in parsed.nodes.items() if node.is_leaf), *parsed.order]:
        if id in names:
            continue
        node = parsed.nodes[id]
        names[id] = id if id not in graph.nodes else graph.fresh_id(id.rstrip("0123456789") or id)
        inputs = tuple(None if source is None else names[source] for source in node.inputs)
        graph = graph.with_nodes(node.replace(id=names[id], inputs=inputs))
        added.append(names[id])
    if graph.output is None and parsed.output is not None:
        graph = graph.with_output(names[parsed.output])
    return document.with_graph(graph), added


def rewritten(document: Document, text: str) -> Document:
    """The document with the graph that a formula says; nodes whose names stay keep place and further keys.

    A name that is nowhere becomes a parameter of value 1.

    Raises:
        FormulaError, GraphError: the mistake; nothing has changed.
    """
    if not text.strip():
        return document.with_graph(Graph())
    parsed = parse(text, parameters=dict.fromkeys(names_read(text), 1.0))
    old = document.graph.nodes
    nodes = [
        node.replace(pos=old[id].pos, extra=old[id].extra) if id in old else node
        for id, node in parsed.nodes.items()
    ]
    # Parameters keep their order, in which racers know their coordinates.
    rank = {id: i for i, id in enumerate(old)}
    nodes.sort(key=lambda node: rank.get(node.id, len(rank)))
    return document.with_graph(Graph(nodes, parsed.output))


def names_read(text: str) -> list[str]:
    """The names that a formula reads without assigning them, in order; numbers such as pi are none."""
    lines = statements(text)
    given = {line.target for line in lines} | NUMBERS.keys()
    found: dict[str, None] = {}
    for line in lines:
        functions = {call.func for call in ast.walk(line.expression) if isinstance(call, ast.Call)}
        for part in ast.walk(line.expression):
            if isinstance(part, ast.Name) and part not in functions and part.id not in given:
                found[part.id] = None
    return list(found)


def centered(graph: Graph, ids: Iterable[str], center: Point) -> dict[str, Point]:
    """The positions of these nodes, moved together so that their middle is near `center`, on the grid."""
    places = {id: graph.nodes[id].pos for id in ids}
    known = {id: pos for id, pos in places.items() if pos is not None}
    if not known:
        return {}
    xs, ys = [x for x, _ in known.values()], [y for _, y in known.values()]
    dx = center[0] - (min(xs) + max(xs) + NODE_WIDTH) / 2
    dy = center[1] - (min(ys) + max(ys) + NODE_HEIGHT) / 2
    dx, dy = round(dx / GRID) * GRID, round(dy / GRID) * GRID
    return {id: (x + dx, y + dy) for id, (x, y) in known.items()}


def arranged(graph: Graph, ids: Iterable[str], center: Point) -> dict[str, Point]:
    """Places in layers around `center` for nodes without positions."""
    heights = {id: node_height(len(graph.nodes[id].inputs)) for id in ids}
    wires = [
        (source, id, slot)
        for id in heights
        for slot, source in enumerate(graph.nodes[id].inputs)
        if source is not None and source in heights
    ]
    places = layered(wires, heights)
    placed = Graph([graph.nodes[id].replace(pos=place) for id, place in places.items()])
    return centered(placed, places, center)


def beside(place: Point, before: Mapping[str, Point], after: Mapping[str, Point]) -> Point:
    """Where something at `place` goes when it keeps its distance to the node that stood nearest."""
    nearest = min(before, key=lambda id: math.dist(place, before[id]))
    (x0, y0), (x1, y1) = before[nearest], after[nearest]
    return place[0] + x1 - x0, place[1] + y1 - y0
