"""A document as JSON values and back, entry by entry.

Reading refuses what is wrong, with the path of the wrong entry; writing leaves out defaults and puts unknown
keys back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from gdstudio.document.entries import Entry, check_tree, join
from gdstudio.document.model import (
    BATCH_ORDERS,
    GRADIENTS,
    SCALES,
    Document,
    DocumentError,
    LandscapeSettings,
    RacerSettings,
    RaceSettings,
    Scale,
)
from gdstudio.engine import EngineError, Graph, Node, operations, optimizers, schedules
from gdstudio.engine.errors import suggestion
from gdstudio.engine.ops import LEAF_OPS, Operation
from gdstudio.engine.shapes import checked_attributes
from gdstudio.engine.syntax import is_name

FORMAT = "gdstudio"
VERSION = 1

MAX_POSITION = 1e6
RACER_KEYS = tuple(part.name for part in fields(RacerSettings) if part.name != "extra")
_DEFAULTS = {key: getattr(RacerSettings(), key) for key in RACER_KEYS}
_LEAVES = f"{', '.join(LEAF_OPS[:-1])} and {LEAF_OPS[-1]}"


@dataclass(frozen=True)
class Limits:
    """How much a file may hold; whatever has more is refused before memory is taken for it.

    Attributes:
        bytes: size of the file.
        nodes: nodes of the graph.
        inputs: of one node.
        entries: of a list among the attributes of a node.
        numbers: numbers in all values of the file together.
        elements: elements of all nodes together, including those that are computed.
        racers, steps: of a race.
        moments: racers times steps times coordinates, which a race keeps in memory.
    """

    bytes: int = 32 * 2**20
    nodes: int = 100_000
    inputs: int = 10_000
    entries: int = 1_000
    numbers: int = 2_000_000
    elements: int = 20_000_000
    racers: int = 1_000
    steps: int = 1_000_000
    moments: int = 50_000_000


LIMITS = Limits()


def from_json(data: Any, limits: Limits = LIMITS) -> Document:
    """The document in parsed JSON.

    Raises:
        DocumentError: with the path of the entry at fault, such as `graph.nodes[3].inputs[1]: no node "x9"`.
    """
    if not isinstance(data, dict):
        raise DocumentError("not a gdstudio document: it must be an object with format, version and graph")
    file = Entry(data)
    if "format" not in data:
        raise DocumentError(f'is missing; a gdstudio document has "format": "{FORMAT}"', "format")
    file["format"].choice(FORMAT)
    _refuse_crowds(data, limits)
    check_tree(data)
    version = file["version"]
    if isinstance(version.value, int) and version.value > VERSION:
        version.fail(
            f"{version.value} was written by a newer gdstudio; this one reads version {VERSION}; update it"
        )
    if version.value != VERSION or isinstance(version.value, bool):
        version.wrong(str(VERSION))
    graph = _graph(file["graph"], limits)
    title, landscape, race, lesson = (
        file.get("title"),
        file.get("landscape"),
        file.get("race"),
        file.get("lesson"),
    )
    return Document(
        title="" if title is None else title.text(1000),
        graph=graph,
        landscape=LandscapeSettings() if landscape is None else _landscape(landscape),
        race=RaceSettings() if race is None else _race(race, graph, limits),
        lesson=None if lesson is None else lesson.mapping(),
        extra=file.rest("format", "version", "title", "graph", "landscape", "race", "lesson"),
        graph_extra=file["graph"].rest("output", "nodes"),
    )


def _refuse_crowds(data: dict[str, Any], limits: Limits) -> None:
    """Refuse too many nodes or racers before any is looked at."""
    for part, key, limit in (("graph", "nodes", limits.nodes), ("race", "racers", limits.racers)):
        rows = data.get(part)
        rows = rows.get(key) if isinstance(rows, dict) else None
        if isinstance(rows, list) and len(rows) > limit:
            raise DocumentError(f"there are {len(rows):,}; at most {limit:,} are allowed", f"{part}.{key}")


def _graph(entry: Entry, limits: Limits) -> Graph:
    rows = entry["nodes"]
    nodes: dict[str, Node] = {}
    room = limits.numbers
    for row in rows.items():
        node = _node(row, room, limits)
        if node.id in nodes:
            row["id"].fail(f'another node has the id "{node.id}"; each id stands once')
        room -= 0 if node.value is None else node.value.size
        nodes[node.id] = node
    for row in rows.items():
        inputs = row.get("inputs")
        for source in () if inputs is None else inputs.items():
            if source.value is not None and source.value not in nodes:
                source.fail(f'no node "{source.value}"' + suggestion(source.value, nodes))
    _refuse_cycles(nodes, rows)
    output = entry.get("output")
    if output is not None and output.text() not in nodes:
        output.fail(f'no node "{output.value}"' + suggestion(output.value, nodes))
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
        inputs=_inputs(row, operation, limits),
        attrs=_attributes(row, operation, limits),
        value=None if value is None else value.tensor(room),
        pos=None if pos is None else _position(pos),
        extra=row.rest("id", "op", "inputs", "attrs", "value", "pos"),
    )


def _inputs(row: Entry, operation: Operation, limits: Limits) -> tuple[str | None, ...]:
    inputs = row.get("inputs")
    arity = operation.arity
    if inputs is None:
        return (None,) * (arity or 0)
    if len(inputs.entries()) > limits.inputs:
        inputs.fail(f"there are {len(inputs.value):,}; at most {limits.inputs:,} are allowed")
    for source in inputs.items():
        if source.value is not None:
            source.text(200)
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
    x, y = (inner.number() for inner in entry.items(2))
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
        waiting = [iter([name for name in nodes[root].inputs if name])]
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
                waiting.append(iter([name for name in nodes[source].inputs if name]))


def _landscape(entry: Entry) -> LandscapeSettings:
    axes, ranges, scale = entry.get("axes"), entry.get("ranges"), entry.get("scale")
    if axes is not None and not 1 <= len(axes.entries()) <= 2:
        axes.fail(f"a landscape has one or two axes, not {len(axes.value)}")
    names = None if axes is None else tuple(axis.text(300) for axis in axes.items())
    if axes is not None and names is not None and len(set(names)) < len(names):
        axes.fail(f'both axes are "{names[0]}"; they must differ')
    if ranges is not None and names is not None:
        ranges.entries(len(names))
    elif ranges is not None and not 1 <= len(ranges.entries()) <= 2:
        ranges.fail(f"a landscape has one or two ranges, not {len(ranges.value)}")
    return LandscapeSettings(
        axes=names,
        ranges=None if ranges is None else tuple(_range(row) for row in ranges.items()),
        scale="linear" if scale is None else cast(Scale, scale.choice(*SCALES)),
        extra=entry.rest("axes", "ranges", "scale"),
    )


def _range(entry: Entry) -> tuple[float, float]:
    low, high = (inner.number() for inner in entry.items(2))
    if not low < high:
        entry.fail(f"must run from low to high, not from {low:g} to {high:g}")
    if high - low == float("inf"):
        entry.fail("is too wide for float64 numbers")
    return low, high


def _race(entry: Entry, graph: Graph, limits: Limits) -> RaceSettings:
    steps, seed, rows = entry.get("steps"), entry.get("seed"), entry.get("racers")
    race = RaceSettings(
        steps=RaceSettings.steps if steps is None else steps.whole(1, limits.steps),
        seed=0 if seed is None else seed.whole(0, 2**63 - 1),
        racers=() if rows is None else tuple(_racer(row) for row in rows.items()),
        extra=entry.rest("steps", "seed", "racers"),
    )
    coordinates = sum(
        value.size for name in graph.parameters if (value := graph.nodes[name].value) is not None
    )
    moments = len(race.racers) * race.steps * coordinates
    if moments > limits.moments:
        entry.fail(
            f"racers × steps × coordinates are {len(race.racers):,} × {race.steps:,} × {coordinates:,} "
            f"numbers to keep; at most {limits.moments:,} are allowed"
        )
    return race


def _racer(entry: Entry) -> RacerSettings:
    optimizer = entry["optimizer"]
    rule = _rule(optimizer)
    options, start, schedule = entry.get("options"), entry.get("start"), entry.get("schedule")
    if options is not None:
        _check_options(rule, options)

    def optional(key: str, read: Callable[[Entry], Any], default: Any = None) -> Any:
        found = entry.get(key)
        return default if found is None else read(found)

    return RacerSettings(
        name=optional("name", lambda name: name.text(200), ""),
        optimizer=rule if isinstance(rule, optimizers.UpdateRule) and rule.source == "own" else rule.name,
        options={} if options is None else dict(options.value),
        start=None if start is None else tuple(number.number() for number in start.items()),
        enabled=optional("enabled", Entry.flag, True),
        color=optional("color", _color),
        gradient=optional("gradient", lambda gradient: gradient.choice(*GRADIENTS), "analytic"),
        convention=optional("convention", lambda name: name.choice(*rule.conventions)),
        schedule=None if schedule is None else _schedule(schedule),
        clip_norm=optional("clip_norm", Entry.size),
        clip_value=optional("clip_value", Entry.size),
        batch_size=optional("batch_size", lambda size: size.whole(1, 2**31)),
        batch_order=optional("batch_order", lambda order: order.choice(*BATCH_ORDERS), "shuffle"),
        batch_scores=optional("batch_scores", lambda name: name.text(200)),
        batch_opening=optional("batch_opening", _opening, RacerSettings.batch_opening),
        batch_ramp=optional("batch_ramp", lambda steps: steps.whole(0, 2**31), RacerSettings.batch_ramp),
        noise=optional("noise", Entry.size, 0.0),
        average_decay=optional("average_decay", _decay, 0.0),
        extra=entry.rest(*RACER_KEYS),
    )


def _rule(entry: Entry) -> optimizers.UpdateRule | optimizers.ClassicalRule:
    """A rule is the name of one, or an object that holds the formula of a person's own."""
    try:
        if not isinstance(entry.value, dict):
            return optimizers.get(entry.text(200))
        entry["formula"].text()
        return optimizers.rule_from_json(entry.value)
    except (EngineError, TypeError) as error:
        entry.fail(str(error))


def _opening(entry: Entry) -> float:
    if not 0 < (part := entry.number()) <= 1:
        entry.wrong("above 0 and at most 1")
    return part


def _decay(entry: Entry) -> float:
    if not 0 <= (kept := entry.number()) < 1:
        entry.wrong("at least 0 and below 1")
    return kept


def _color(entry: Entry) -> str:
    try:
        RacerSettings(color=entry.text(50))
    except DocumentError as error:
        raise DocumentError(error.reason, entry.path) from error
    return entry.value


def _schedule(entry: Entry) -> tuple[str, dict[str, Any]]:
    """A schedule is written `["cosine", {"steps": 200}]`."""
    name, options = entry.items(2)
    try:
        row = schedules.row(name.text(200))
    except EngineError as error:
        name.fail(str(error))
    _check_options(row, options)
    return name.value, dict(options.value)


def _check_options(rule: Any, entry: Entry) -> None:
    """Refuse options that a rule or a schedule does not have, and values that it cannot take."""
    known = {option.name: option for option in rule.options}
    for name in entry.mapping():
        value = entry[name]
        if name not in known:
            hint = suggestion(name, known) or f"; it has {', '.join(known)}"
            value.fail(f"{rule.name} has no such option{hint}")
        try:
            known[name].checked(value.value)
        except EngineError as error:
            value.fail(str(error))


def to_json(document: Document) -> dict[str, Any]:
    """A document as JSON values (dicts, lists, texts, numbers); defaults are left out.

    Raises:
        DocumentError: a number is not finite, or an unknown key holds what JSON cannot.
    """
    data: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if document.title:
        data["title"] = document.title
    graph = document.graph
    data["graph"] = {
        "output": graph.output,
        "nodes": [_node_json(node) for node in graph.nodes.values()],
        **document.graph_extra,
    }
    if landscape := _landscape_json(document.landscape):
        data["landscape"] = landscape
    if document.race != RaceSettings():
        data["race"] = _race_json(document.race)
    if document.lesson is not None:
        data["lesson"] = dict(document.lesson)
    data |= document.extra
    check_tree(data)
    return data


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


def _landscape_json(landscape: LandscapeSettings) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if landscape.axes is not None:
        row["axes"] = list(landscape.axes)
    if landscape.ranges is not None:
        row["ranges"] = [list(pair) for pair in landscape.ranges]
    if landscape.scale != "linear":
        row["scale"] = landscape.scale
    return row | dict(landscape.extra)


def _race_json(race: RaceSettings) -> dict[str, Any]:
    racers = [_racer_json(racer) for racer in race.racers]
    return {"steps": race.steps, "seed": race.seed, "racers": racers} | dict(race.extra)


def _racer_json(racer: RacerSettings) -> dict[str, Any]:
    row = {key: _lists(getattr(racer, key)) for key in RACER_KEYS}
    if racer.schedule is not None:
        row["schedule"] = [racer.schedule[0], dict(racer.schedule[1])]
    if not isinstance(racer.optimizer, str):
        row["optimizer"] = optimizers.rule_to_json(racer.optimizer)
    row["options"] = dict(racer.options)
    kept = {key: value for key, value in row.items() if key == "optimizer" or value != _DEFAULTS[key]}
    return kept | dict(racer.extra)
