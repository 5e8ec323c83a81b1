"""The graph of a document as JSON values and back.

Wires are counted before a node is built, numbers before they are copied, elements before any is computed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from gdstudio.document.entries import Entry, join
from gdstudio.document.limits import Limits
from gdstudio.document.model import DocumentError
from gdstudio.engine import EngineError, Graph, Node, operations
from gdstudio.engine.errors import suggestion
from gdstudio.engine.ops import LEAF_OPS, Operation
from gdstudio.engine.shapes import checked_attributes
from gdstudio.engine.syntax import is_name

MAX_POSITION = 1e6
_LEAVES = f"{', '.join(LEAF_OPS[:-1])} and {LEAF_OPS[-1]}"
_NODE_KEYS = frozenset(("id", "op", "inputs", "attrs", "value", "pos"))
# Among more names than these, finding the nearest to a misspelt one takes too long.
_NAMES_TO_COMPARE = 1_000
_NODES_PER_REPORT = 200


def graph_from_json(entry: Entry, limits: Limits, tell: Callable[[float], None] | None = None) -> Graph:
    """The graph in the entry `graph` of a file.

    Args:
        tell: called with the fraction that is done, now and then.

    Raises:
        DocumentError: with the path of the entry at fault.
    """
    rows = entry["nodes"]
    _refuse_many_wires(rows, limits)
    nodes: dict[str, Node] = {}
    room = limits.numbers
    for i, row in enumerate(rows.items()):
        if tell is not None and i % _NODES_PER_REPORT == 0:
            tell(i / len(rows.value))
        node = _node(row, room, limits)
        if node.id in nodes:
            row["id"].fail(f'another node has the id "{node.id}"; each id stands once')
        room -= 0 if node.value is None else node.value.size
        nodes[node.id] = node
    for i, node in enumerate(nodes.values()):
        for slot, source in enumerate(node.inputs):
            if source is not None and source not in nodes:
                raise DocumentError(_no_node(source, nodes), f"{rows.path}[{i}].inputs[{slot}]")
    _refuse_cycles(nodes, rows)
    output = entry.get("output")
    if output is not None and output.text() not in nodes:
        output.fail(_no_node(output.value, nodes))
    try:
        graph = Graph(nodes.values(), output=None if output is None else output.value)
        shapes = graph.shapes
    except EngineError as error:
        raise DocumentError(str(error), entry.path) from error
    total = 0
    for i, name in enumerate(nodes):
        total += math.prod(shapes[name]) if name in shapes else 0
        if total > limits.elements:
            raise DocumentError(
                f'up to "{name}", the nodes would have {total:,} elements; at most {limits.elements:,} are allowed',
                f"{rows.path}[{i}]",
            )
    return graph


def graph_to_json(graph: Graph) -> dict[str, Any]:
    """The entry `graph` of a file."""
    return {"output": graph.output, "nodes": [_node_json(node) for node in graph.nodes.values()]}


def _refuse_many_wires(rows: Entry, limits: Limits) -> None:
    """Count wires before any node is looked at."""
    wires = 0
    for row in rows.items():
        inputs = row.value.get("inputs") if isinstance(row.value, dict) else None
        if not isinstance(inputs, list):
            continue
        wires += len(inputs)
        if len(inputs) > limits.inputs:
            row["inputs"].fail(f"there are {len(inputs):,}; at most {limits.inputs:,} are allowed")
        if wires > limits.wires:
            row["inputs"].fail(f"up to here there are {wires:,} wires; at most {limits.wires:,} are allowed")


def _no_node(name: str, nodes: Mapping[str, Node]) -> str:
    near = suggestion(name, nodes) if len(nodes) <= _NAMES_TO_COMPARE else ""
    return f'no node "{name}"{near}'


def _node(row: Entry, room: int, limits: Limits) -> Node:
    name = row["id"].text(200)
    if not is_name(name):
        row["id"].fail(
            f'"{name}" is not a name; a name has letters, digits and _, and does not begin with a digit'
        )
    op = row["op"]
    operation = operations.get(op.text(200))
    if operation is None:
        op.fail(f'no operation "{op.value}"' + suggestion(op.value, operations))
    leaf = op.value in LEAF_OPS
    value = row.get("value")
    if value is None and leaf:
        raise DocumentError(
            f"is missing; a {op.value} has a number or nested lists of numbers", join(row.path, "value")
        )
    if value is not None and not leaf:
        value.fail(f"only {_LEAVES} have a value; {op.value} computes it")
    pos = row.get("pos")
    return Node(
        id=name,
        op=op.value,
        inputs=_inputs(row, operation),
        attrs=_attributes(row, operation, limits),
        value=None if value is None else value.tensor(room),
        pos=None if pos is None else _position(pos),
        extra={key: kept for key, kept in row.value.items() if key not in _NODE_KEYS},
    )


def _inputs(row: Entry, operation: Operation) -> tuple[str | None, ...]:
    inputs = row.get("inputs")
    arity = operation.arity
    if inputs is None:
        return (None,) * (arity or 0)
    for slot, source in enumerate(inputs.entries()):
        if source is not None and (type(source) is not str or len(source) > 200):
            Entry(source, inputs, slot).text(200)
    if arity is not None and len(inputs.value) != arity:
        takes = f"{arity} {'input' if arity == 1 else 'inputs'}"
        slots = f" ({', '.join(operation.inputs)})" if arity else ""
        hint = "; null stands for one that is not connected" if arity else ""
        inputs.fail(f"{operation.name} takes {takes}{slots}, not {len(inputs.value)}{hint}")
    return tuple(inputs.value)


def _attributes(row: Entry, operation: Operation, limits: Limits) -> dict[str, Any]:
    attributes = row.get("attrs")
    if attributes is None:
        return {}
    known = list(operation.attributes)
    for name in attributes.mapping():
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise DocumentError(
                f"{operation.name} has no such attribute; {has}" + suggestion(name, known),
                join(attributes.path, name),
            )
        value = attributes.value[name]
        if isinstance(value, list) and len(value) > limits.entries:
            attributes[name].fail(f"there are {len(value):,}; at most {limits.entries:,} are allowed")
        try:
            checked_attributes(operation.name, operation.attributes, {name: attributes.value[name]})
        except EngineError as error:
            raise DocumentError(str(error), join(attributes.path, name)) from error
    return {name: _tuples(value) for name, value in attributes.value.items()}


def _tuples(value: Any) -> Any:
    """Lists as tuples all the way down: what is inside a node never changes."""
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value


def _lists(value: Any) -> Any:
    return [_lists(inner) for inner in value] if isinstance(value, tuple | list) else value


def _position(entry: Entry) -> tuple[float, float]:
    x, y = entry.numbers(2)
    if max(abs(x), abs(y)) > MAX_POSITION:
        entry.fail(f"is further than {MAX_POSITION:,.0f} from the middle of the canvas")
    return x, y


def _refuse_cycles(nodes: Mapping[str, Node], rows: Entry) -> None:
    """Follow inputs depth first without recursion; a node met again on its own path closes a cycle."""
    done: set[str] = set()
    for root in nodes:
        if root in done:
            continue
        path = {root: None}
        waiting = [iter(nodes[root].sources)]
        while waiting:
            source = next(waiting[-1], None)
            if source is None:
                waiting.pop()
                done.add(path.popitem()[0])
            elif source in path:
                trail = list(path)
                ring = trail[trail.index(source) :]
                index = list(nodes).index(ring[-1])
                slot = nodes[ring[-1]].inputs.index(source)
                shown = ring[:1] + ring[:0:-1] + ring[:1]
                if len(shown) > 8:
                    shown = [*shown[:4], "…", *shown[-3:]]
                raise DocumentError(
                    f"makes a cycle: {' → '.join(shown)}", f"{rows.path}[{index}].inputs[{slot}]"
                )
            elif source not in done:
                path[source] = None
                waiting.append(iter(nodes[source].sources))


def _node_json(node: Node) -> dict[str, Any]:
    row: dict[str, Any] = {"id": node.id, "op": node.op}
    if node.inputs:
        row["inputs"] = list(node.inputs)
    if node.attrs:
        row["attrs"] = {name: _lists(value) for name, value in node.attrs.items()}
    if node.value is not None:
        row["value"] = node.value.tolist()
    if node.pos is not None:
        row["pos"] = list(node.pos)
    return row | dict(node.extra)
