"""The computation graph: an immutable value, edits that give new graphs, and what can be asked of it.

Nothing is evaluated here; trace.py and program.py do that from the terms that `lower` makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from . import ops
from .errors import GraphError, ShapeError, shown, suggestion
from .expression import Tape, Term
from .given import NAME, instance, takes, whole
from .node import Node, leaf_value
from .shapes import Shape, broadcast
from .structure import Structure

if TYPE_CHECKING:
    from .program import Program
    from .trace import Trace


_SLOT = whole(0, 1_000_000, ", the number of an input")


def _require_node(node: object) -> None:
    if not isinstance(node, Node):
        raise GraphError(
            f'a graph is made of nodes, such as Node("w", "parameter", value=1.0), not of {shown(node)}'
        )


class Graph:
    """Nodes and the id of the output; a value, never changed in place.

    Args:
        nodes: in the order in which parameters become coordinates.
        output: id of the node that is the loss; None while there is none.

    Raises:
        GraphError: when two nodes share an id or the output does not exist. Everything else that may be wrong with a
            graph under construction is a sentence in `problems`.
    """

    def __init__(self, nodes: Iterable[Node] = (), output: str | None = None) -> None:
        found: dict[str, Node] = {}
        if not isinstance(nodes, Iterable):
            raise GraphError(f"a graph is made of nodes, in a list, not of {shown(nodes)}")
        for node in nodes:
            _require_node(node)
            if not isinstance(node.id, str) or not node.id.strip():
                raise GraphError(f"a node's id must be a name, not {shown(node.id)}")
            if node.id in found:
                raise GraphError(f"two nodes are called {node.id!r}; ids must be unique", node.id)
            found[node.id] = node
        if output is not None and (not isinstance(output, str) or output not in found):
            raise GraphError(
                f"the output {shown(output)} is no node of the graph{suggestion(str(output), found)}",
                output if isinstance(output, str) else None,
            )
        self._nodes = found
        self.output = output
        self._structure: Structure | None = None

    @property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes by id, in the order in which they were given; cannot be changed."""
        return MappingProxyType(self._nodes)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same nodes and output; of the order only that of the parameters counts."""
        if not isinstance(other, Graph):
            return NotImplemented
        return self is other or (
            self.output == other.output
            and self.parameters == other.parameters
            and self._nodes == other._nodes
        )

    def __hash__(self) -> int:
        return hash((frozenset(self._nodes), self.output))

    def __repr__(self) -> str:
        return f"<Graph of {len(self._nodes)} nodes, output {self.output!r}>"

    # Edits

    def with_nodes(self, *nodes: Node) -> Graph:
        """With these nodes added, or put in the place of those with the same id."""
        for node in nodes:
            _require_node(node)
        graph = Graph({**self._nodes, **{node.id: node for node in nodes}}.values(), self.output)
        if self._structure is not None and all(
            _same_structure(self._nodes.get(node.id), node) for node in nodes
        ):
            graph._structure = self._structure
        return graph

    @takes(GraphError, ids=NAME)
    def without(self, *ids: str) -> Graph:
        """Without these nodes; slots that they fed become open."""
        gone = set(ids)
        kept = []
        for node in self._nodes.values():
            if node.id not in gone:
                cut = tuple(None if source in gone else source for source in node.inputs)
                kept.append(node if cut == node.inputs else node.replace(inputs=cut))
        return Graph(kept, None if self.output in gone else self.output)

    @takes(GraphError, new=NAME)
    def renamed(self, old: str, new: str) -> Graph:
        """With one node called `new`, everywhere.

        Raises:
            GraphError: when `old` does not exist or `new` is taken.
        """
        self._require(old)
        if new != old and new in self._nodes:
            raise GraphError(f"there already is a node called {new!r}; choose another name", new)
        nodes = []
        for node in self._nodes.values():
            inputs = tuple(new if source == old else source for source in node.inputs)
            nodes.append(node.replace(id=new if node.id == old else node.id, inputs=inputs))
        return Graph(nodes, new if self.output == old else self.output)

    def with_output(self, id: str | None) -> Graph:
        """With another node as the output; None = none.

        Raises:
            GraphError: there is no node of that name.
        """
        if id is not None:
            self._require(id)
        return Graph(self._nodes.values(), id)

    def with_value(self, id: str, value: Any) -> Graph:
        """With another value in a leaf.

        Raises:
            GraphError: when `id` is no leaf or the value is not numeric.
        """
        node = self._require(id)
        if not node.is_leaf:
            raise GraphError(
                f"{id} is computed by {node.op}; only parameters, constants and data hold a value", id
            )
        return self.with_nodes(node.replace(value=leaf_value(id, value)))

    @takes(GraphError, slot=_SLOT)
    def connected(self, id: str, slot: int, source: str | None) -> Graph:
        """With `source` wired to a slot of `id`; None unwires it.

        An operation for any number of inputs grows by one when `slot` is the first free one, and closes up when one
        of its inputs is taken away.

        Raises:
            GraphError: when a node or the slot does not exist. Whether shapes fit is `refusal`'s to say.
        """
        node = self._require(id)
        if source is not None:
            self._require(source)
        inputs = list(node.inputs)
        arity = ops.table[node.op].arity if node.op in ops.table else len(inputs)
        inputs += [None] * ((arity if arity is not None else slot + 1) - len(inputs))
        if not 0 <= slot < len(inputs):
            raise GraphError(f"{id} ({node.op}) has no input number {slot + 1}", id)
        inputs[slot] = source
        if arity is None:
            inputs = [entry for entry in inputs if entry is not None]
        return self.with_nodes(node.replace(inputs=tuple(inputs)))

    def _require(self, id: str) -> Node:
        if not isinstance(id, str) or id not in self._nodes:
            near = suggestion(str(id), self._nodes)
            raise GraphError(f"there is no node {shown(id)}{near}", id if isinstance(id, str) else None)
        return self._nodes[id]

    # Questions

    @property
    def structure(self) -> Structure:
        """Order, consumers, shapes and problems of the nodes; found out when first asked for."""
        if self._structure is None:
            self._structure = Structure(self._nodes)
        return self._structure

    @property
    def order(self) -> tuple[str, ...]:
        """Ids, inputs before users; nodes on or behind a cycle are left out."""
        return self.structure.order

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Static shape of every sound node."""
        return MappingProxyType(self.structure.shapes)

    @property
    def problems(self) -> Mapping[str, str]:
        """What is wrong, a sentence for each node that cannot be computed."""
        return MappingProxyType(self.structure.problems)

    @property
    def consumers(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For each node the (id, slot) pairs that it feeds."""
        return self.structure.consumers

    @property
    def parameters(self) -> tuple[str, ...]:
        """The ids of the nodes that training changes, in the order of the nodes."""
        return tuple(id for id, node in self._nodes.items() if node.op == "parameter")

    def upstream(self, *ids: str) -> frozenset[str]:
        """The nodes that these depend on, and these."""
        for id in ids:
            self._require(id)
        return _closure(ids, lambda id: [s for s in self._nodes[id].inputs if s in self._nodes])

    def downstream(self, *ids: str) -> frozenset[str]:
        """The nodes that depend on these, and these."""
        for id in ids:
            self._require(id)
        return _closure(ids, lambda id: [consumer for consumer, _ in self.consumers.get(id, ())])

    @takes(GraphError, slot=_SLOT)
    def refusal(self, source: str, target: str, slot: int) -> str | None:
        """Why a wire from `source` to a slot of `target` cannot be made; None when it can."""
        self._require(target)
        if target in self.upstream(source):
            return f"{target} already feeds {source}; this wire would close a cycle"
        try:
            after = self.connected(target, slot, source)
        except GraphError as error:
            return str(error)
        for id in after.order:
            if id in after.structure.misfits and after.problems[id] != self.problems.get(id):
                return after.problems[id] if id == target else f"{id}: {after.problems[id]}"
        return self._partial_refusal(after, target)

    def _partial_refusal(self, after: Graph, target: str) -> str | None:
        """An elementwise operation with one slot still open is judged by the inputs it has."""
        node = after.nodes[target]
        row = ops.table.get(node.op)
        known = [after.shapes[s] for s in node.inputs if s is not None and s in after.shapes]
        if row is not None and row.ufunc is not None and None in node.inputs and len(known) > 1:
            try:
                broadcast(*known)
            except ShapeError as error:
                return str(error)
        return None

    @takes(GraphError, stem=NAME)
    def fresh_id(self, stem: str) -> str:
        """`stem` with the smallest number that makes an unused id."""
        count = 1
        while f"{stem}{count}" in self._nodes:
            count += 1
        return f"{stem}{count}"

    def check(self, output: str | None = None) -> str:
        """The id of the output; raises GraphError for the first problem upstream of it."""
        output = self.output if output is None else output
        if output is None:
            if not self._nodes:
                raise GraphError("the graph is empty; begin with a parameter and an operation on it")
            raise GraphError("the graph has no output; choose the node that is the loss")
        self._require(output)
        problems = self.problems
        if problems:
            needed = self.upstream(output)
            for id in (*self.order, *self._nodes):
                if id in needed and id in problems:
                    raise GraphError(f"{id}: {problems[id]}", id)
        return output

    # Evaluation

    def trace(self, seed: Any = None, output: str | None = None, partial: bool = False) -> Trace:
        """Values, gradients and local derivatives at the stored leaf values; arguments and errors are those of `Trace`."""
        from .trace import Trace

        return Trace(self, seed=seed, output=output, partial=partial)

    def compile(self, output: str | None = None, wrt: Sequence[str] | None = None) -> Program:
        """The output as a function of the parameters (or the leaves `wrt`); see `Program`."""
        from .program import Program

        return Program(self, output=output, wrt=wrt)


def _same_structure(before: Node | None, after: Node) -> bool:
    if (
        before is None
        or before.op != after.op
        or before.inputs != after.inputs
        or dict(before.attrs) != dict(after.attrs)
    ):
        return False
    if before.value is None or after.value is None:
        return before.value is after.value
    return before.value.shape == after.value.shape


def _closure(ids: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found = set(ids)
    stack = list(found)
    while stack:
        for id in neighbours(stack.pop()):
            if id not in found:
                found.add(id)
                stack.append(id)
    return frozenset(found)


A_GRAPH = instance(Graph, "a graph, such as engine.parse makes")


def lower(
    graph: Graph, tape: Tape, leaf: Callable[[Node], Term], outputs: Iterable[str], opaque: bool = False
) -> dict[str, Term]:
    """The terms of all sound nodes upstream of `outputs`, by id.

    Args:
        leaf: what a leaf becomes, a constant or an input.
        opaque: keep every node a term of its own, even where two nodes compute the same.
    """
    needed = graph.upstream(*outputs)
    terms: dict[str, Term] = {}
    for id in graph.order:
        if id not in needed or id in graph.problems:
            continue
        node = graph.nodes[id]
        if node.is_leaf:
            terms[id] = leaf(node)
            continue
        term = tape.apply(node.op, *[terms[source] for source in node.sources], **node.attrs)
        terms[id] = tape.opaque(term, id) if opaque else term
    return terms
