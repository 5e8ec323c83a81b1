"""Every change to a document: pure functions to the edited document, and the undo command that carries it.

The functions know nothing of windows: they take a `Document`, return another, share what did not change, and
raise `CommandError` (one sentence) for what cannot be done. A view calls `session.edit(text,
function(document, ...))`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QUndoCommand

from gdstudio import engine
from gdstudio.document.model import Document, DocumentError, RacerSettings
from gdstudio.engine import Graph, Node
from gdstudio.engine.optimizers import UpdateRule
from gdstudio.engine.syntax import is_name

if TYPE_CHECKING:
    from gdstudio.ui.session import Session

Point = tuple[float, float]

LEAF_OPS = ("parameter", "constant", "data")


class CommandError(ValueError):
    """An edit that cannot be made; its text says why and what would be right."""


class Edit(QUndoCommand):
    """One step of the undo history: the document before and after.

    Edits in a row with the same merge key extend one step, as the moves of one drag do.
    """

    def __init__(
        self, session: Session, text: str, before: Document, after: Document, merge: object = None
    ) -> None:
        super().__init__(text)
        self._session = session
        self._before = before
        self._after = after
        self.merge = merge

    def of(self, session: Session) -> Edit:
        """The same step in the history of another session."""
        return Edit(session, self.text(), self._before, self._after)

    def extend(self, after: Document) -> None:
        """Make `after` what this step leads to, and show it."""
        self._after = after
        self.redo()

    def redo(self) -> None:
        self._session.show_document(self._after)

    def undo(self) -> None:
        self._session.show_document(self._before)


# Graph


def new_node(document: Document, op: str, pos: Point | None = None, stem: str | None = None) -> Node:
    """A node ready for `add_node`: an unused name, open slots, and value 0 when it is a leaf."""
    if op not in engine.operations:
        raise CommandError(f'there is no operation "{op}"')
    if op in LEAF_OPS:
        name = document.graph.fresh_id(stem or {"parameter": "w", "constant": "c", "data": "data"}[op])
        return Node(name, op, value=_frozen(0.0), pos=pos)
    arity = engine.operations[op].arity
    slots = (None,) * (2 if arity is None else arity)
    return Node(document.graph.fresh_id(stem or op), op, inputs=slots, pos=pos)


def add_node(document: Document, node: Node) -> Document:
    """The document with one more node."""
    if node.id in document.graph.nodes:
        raise CommandError(f'the name "{node.id}" is taken; another is needed')
    return document.with_graph(document.graph.with_nodes(node))


def delete_nodes(document: Document, ids: Iterable[str]) -> Document:
    """The document without these nodes; slots that they fed are open afterwards."""
    return document.with_graph(document.graph.without(*ids))


def move_nodes(document: Document, positions: Mapping[str, Point]) -> Document:
    """The document with these nodes at other places (top left corners, canvas units). Recomputes nothing."""
    nodes = document.graph.nodes
    moved = [
        nodes[i].replace(pos=(float(p[0]), float(p[1]))) for i, p in positions.items() if nodes[i].pos != p
    ]
    return document.replace(graph=document.graph.with_nodes(*moved)) if moved else document


def rename_node(document: Document, old: str, new: str) -> Document:
    """The document with a node under another name, in wires, axes and everywhere else."""
    new = new.strip()
    if new == old:
        return document
    if not is_name(new):
        raise CommandError(
            f'"{new}" cannot be a name; a name begins with a letter and has letters, digits and _'
        )
    if new in document.graph.nodes:
        raise CommandError(f'the name "{new}" is taken; another is needed')
    renamed = document.replace(graph=_checked(document.graph.renamed, old, new))
    axes = document.landscape.axes
    if axes is not None:
        changed = tuple(_renamed_coordinate(axis, old, new) for axis in axes)
        renamed = renamed.replace(landscape=document.landscape.replace(axes=changed))
    racers = document.race.racers
    if any(racer.batch_scores == old for racer in racers):
        followed = (r.replace(batch_scores=new) if r.batch_scores == old else r for r in racers)
        renamed = _with_racers(renamed, followed)
    return renamed


def set_value(document: Document, id: str, value: Any) -> Document:
    """The document with another value (a number, nested lists or an array) in a leaf."""
    new = _frozen(value)
    old = document.graph.nodes[id].value
    if old is not None and np.shape(old) == new.shape and np.array_equal(old, new):
        return document
    return document.with_graph(document.graph.with_value(id, new))


def set_operation(document: Document, id: str, op: str) -> Document:
    """The document with another operation in a node; wires stay in the slots that both operations have."""
    node = document.graph.nodes[id]
    if node.op == op:
        return document
    if op in LEAF_OPS:
        value = _frozen(0.0) if node.value is None else node.value
        changed = node.replace(op=op, inputs=(), attrs={}, value=value)
    else:
        fresh = new_node(document, op)
        kept = node.inputs[: len(fresh.inputs)]
        inputs = kept + fresh.inputs[len(kept) :]
        attrs = {
            name: given for name, given in node.attrs.items() if name in engine.operations[op].attributes
        }
        changed = node.replace(op=op, inputs=inputs, attrs=attrs, value=None)
    return document.with_graph(document.graph.with_nodes(changed))


def connect_wire(document: Document, source: str, target: str, slot: int) -> Document:
    """The document with a wire from `source` into input `slot` of `target`, instead of what was there."""
    refusal = document.graph.refusal(source, target, slot)
    if refusal:
        raise CommandError(refusal)
    return document.with_graph(document.graph.connected(target, slot, source))


def disconnect_wire(document: Document, target: str, slot: int) -> Document:
    """The document with input `slot` of `target` open."""
    return document.with_graph(document.graph.connected(target, slot, None))


def set_output(document: Document, id: str) -> Document:
    """The document with another node as the loss."""
    return document.with_graph(document.graph.with_output(id))


def paste_nodes(
    document: Document, nodes: Sequence[Node], offset: Point = (24.0, 24.0)
) -> tuple[Document, list[str]]:
    """The document with copies of `nodes`, moved by `offset`, and the copies' names in the order given.

    Wires among the copies are kept; a wire from a node that is not copied is kept where that node still
    exists.
    """
    taken = set(document.graph.nodes)
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for node in nodes:
        stem = node.id.rstrip("0123456789") or node.id
        count = counts.get(stem, 1)
        while f"{stem}{count}" in taken:
            count += 1
        counts[stem] = count + 1
        names[node.id] = f"{stem}{count}"
        taken.add(names[node.id])
    copies = []
    for node in nodes:
        pos = None if node.pos is None else (node.pos[0] + offset[0], node.pos[1] + offset[1])
        sources = tuple(_copied(source, names, document.graph) for source in node.inputs)
        copies.append(node.replace(id=names[node.id], pos=pos, inputs=sources))
    return document.with_graph(document.graph.with_nodes(*copies)), list(names.values())


# Landscape


def set_axes(document: Document, axes: tuple[str, ...] | None) -> Document:
    """The document with other coordinates along x (and y); None and the ranges go back to their defaults."""
    return set_landscape(document, axes=axes, directions="coordinates", ranges=None)


def set_directions(document: Document, kind: str, seed: int | None = None) -> Document:
    """The document with "random" (from a seed) or "principal" directions as axes, or with "coordinates" again."""
    seed = document.landscape.seed if seed is None else int(seed)
    return set_landscape(document, directions=kind, seed=seed, ranges=None)


def set_landscape(document: Document, **changes: Any) -> Document:
    """The document with other settings of the landscape, by the names of `LandscapeSettings`."""
    landscape = document.landscape.replace(**changes)
    return document if landscape == document.landscape else document.replace(landscape=landscape)


def set_ranges(document: Document, ranges: Sequence[Point] | None) -> Document:
    """The document with other ends of the axes, ((x low, x high), (y low, y high)); None = the defaults."""
    if ranges is not None:
        for low, high in ranges:
            if not (np.isfinite(low) and np.isfinite(high) and low < high):
                raise CommandError(
                    f"an axis cannot run from {low:g} to {high:g}; the first must be the smaller number"
                )
    ends = None if ranges is None else tuple((float(low), float(high)) for low, high in ranges)
    return document.replace(landscape=document.landscape.replace(ranges=ends))


def set_scale(document: Document, scale: str) -> Document:
    """The document with another colour scale of the surface: "linear", "log" or "rank"."""
    return document.replace(landscape=document.landscape.replace(scale=scale))


# Race


def with_racers(document: Document, racers: Sequence[RacerSettings]) -> Document:
    """The document with racers added, taken away or moved.

    Those that it has already keep their looks wherever they stand now; each new one gets the first that is free.
    """
    before = {id(racer): racer.look(row)[0] for row, racer in enumerate(document.race.racers)}
    styles = [racer.style if racer.style is not None else before.get(id(racer)) for racer in racers]
    taken = {style for style in styles if style is not None}
    free = (style for style in itertools.count() if style not in taken)
    looks = [next(free) if style is None else style for style in styles]
    kept = (
        racer if racer.look(row)[0] == look else racer.replace(style=look)
        for row, (racer, look) in enumerate(zip(racers, looks, strict=True))
    )
    return _with_racers(document, kept)


def set_steps(document: Document, steps: int) -> Document:
    """The document with a race of `steps` updates."""
    if steps < 1:
        raise CommandError(f"a race has at least 1 step, not {steps}")
    return document.replace(race=document.race.replace(steps=int(steps)))


def set_seed(document: Document, seed: int) -> Document:
    """The document with another seed for everything random in the race."""
    return document.replace(race=document.race.replace(seed=int(seed)))


def add_racer(document: Document, racer: RacerSettings, index: int | None = None) -> Document:
    """The document with one more racer, at `index` of the table (default: the end)."""
    racers = list(document.race.racers)
    racers.insert(len(racers) if index is None else index, racer)
    return with_racers(document, racers)


def duplicate_racer(document: Document, index: int) -> Document:
    """The document with a copy of a racer below it, under a name of its own."""
    racer = document.race.racers[index]
    taken = {other.name for other in document.race.racers}
    stem = racer.name.rstrip("0123456789 ") or racer.name
    number = next(n for n in range(2, len(taken) + 3) if f"{stem} {n}" not in taken)
    return add_racer(document, racer.replace(name=f"{stem} {number}", color=None, style=None), index + 1)


def remove_racer(document: Document, index: int) -> Document:
    """The document without the racer at `index`."""
    return with_racers(document, [r for i, r in enumerate(document.race.racers) if i != index])


def move_racer(document: Document, index: int, to: int) -> Document:
    """The document with the racer at `index` moved to row `to`."""
    racers = list(document.race.racers)
    racers.insert(to, racers.pop(index))
    return with_racers(document, racers)


def set_enabled(document: Document, index: int, enabled: bool) -> Document:
    """The document with a racer on or off; one that is off is not computed."""
    return _with_racer(document, index, enabled=bool(enabled))


def set_racer_name(document: Document, index: int, name: str) -> Document:
    """The document with another label for a racer."""
    if not name.strip():
        raise CommandError("a racer needs a name")
    return _with_racer(document, index, name=name.strip())


def set_color(document: Document, index: int, color: str | None) -> Document:
    """The document with a racer in a colour of its own ("#rrggbb"); None = the theme's."""
    try:
        return _with_racer(document, index, color=color)
    except DocumentError as error:
        raise CommandError(str(error)) from error


def set_optimizer(document: Document, index: int, optimizer: str | UpdateRule) -> Document:
    """The document with another update rule for a racer.

    Options and the convention are kept where the new rule knows them. A name that was the old rule's title becomes
    the new one's.
    """
    racer = document.race.racers[index]
    if racer.optimizer == optimizer:
        return document
    old, new = engine.optimizers.get(racer.optimizer), engine.optimizers.get(optimizer)
    known = {option.name for option in new.options}
    options = {name: given for name, given in racer.options.items() if name in known}
    convention = racer.convention if racer.convention in new.conventions else None
    name = new.title if racer.name == old.title else racer.name
    return _with_racer(
        document, index, optimizer=optimizer, options=options, convention=convention, name=name
    )


def set_option(document: Document, index: int, name: str, value: Any) -> Document:
    """The document with one hyper-parameter of a racer set; None = back to the rule's default."""
    options = {key: given for key, given in document.race.racers[index].options.items() if key != name}
    if value is not None:
        options[name] = value
    return _with_racer(document, index, options=options)


def set_start(document: Document, index: int, start: Sequence[float] | None) -> Document:
    """The document with a racer's start at a full point (one number per coordinate); None = stored values."""
    return _with_racer(document, index, start=None if start is None else tuple(float(v) for v in start))


def set_starts(document: Document, start: Sequence[float] | None) -> Document:
    """The document with every racer's start at the same full point; None = the parameters' values."""
    point = None if start is None else tuple(float(v) for v in start)
    return _with_racers(document, [racer.replace(start=point) for racer in document.race.racers])


def set_title(document: Document, title: str) -> Document:
    """The document under another title."""
    return document.replace(title=title)


def _copied(source: str | None, names: Mapping[str, str], graph: Graph) -> str | None:
    """What feeds a copy: the copy of `source`, else `source` itself where it is still there."""
    if source is None or source in names:
        return None if source is None else names[source]
    return source if source in graph.nodes else None


def _frozen(value: Any) -> np.ndarray:
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise CommandError("a value is a number or a list of rows of equal length") from None
    array.setflags(write=False)
    return array


def _checked(function: Any, *args: Any) -> Graph:
    try:
        return function(*args)
    except engine.GraphError as error:
        raise CommandError(str(error)) from error


def _renamed_coordinate(coordinate: str, old: str, new: str) -> str:
    name, bracket, index = coordinate.partition("[")
    return f"{new}{bracket}{index}" if name == old else coordinate


def _with_racers(document: Document, racers: Iterable[RacerSettings]) -> Document:
    return document.replace(race=document.race.replace(racers=tuple(racers)))


def _with_racer(document: Document, index: int, **changes: Any) -> Document:
    racers = list(document.race.racers)
    changed = racers[index].replace(**changes)
    if changed == racers[index]:
        return document
    racers[index] = changed
    return _with_racers(document, racers)
