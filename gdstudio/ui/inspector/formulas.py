"""The formulas of a node as LaTeX: what it computes, and the chain rule that gives its gradient."""

from __future__ import annotations

from gdstudio.engine import Graph, operations

# More terms than this make a formula that nobody reads; the sum sign takes their place.
MOST_TERMS = 3


def symbol(id: str) -> str:
    """A node's name as LaTeX: x1 gets a subscript, words stand in italics as one symbol."""
    stem, _, subscript = id.partition("_")
    if not subscript:
        stem = id.rstrip("0123456789")
        subscript = id[len(stem) :]
    word = stem if len(stem) == 1 else rf"\mathit{{{_plain(stem)}}}"
    return f"{word}_{{{_plain(subscript)}}}" if subscript else word


def forward(graph: Graph, id: str) -> str | None:
    """`x_2 = x_1 + b`; None for a leaf, an open slot or an operation that has no formula."""
    node = graph.nodes[id]
    row = operations.get(node.op)
    if node.is_leaf or row is None or not row.latex or None in node.inputs or len(node.inputs) != row.arity:
        return None
    arguments = [f"{{{symbol(source)}}}" for source in node.inputs if source]
    return f"{symbol(id)} = {row.latex.format(*arguments)}"


def backward(graph: Graph, id: str) -> str | None:
    """The chain rule over the node's consumers; None where the output does not depend on the node."""
    output = graph.output
    if output is None or id == output:
        return None
    above = graph.upstream(output)
    consumers = [consumer for consumer, _slot in graph.consumers[id] if consumer in above]
    if not consumers:
        return None
    left = _partial(output, id)
    if len(consumers) > MOST_TERMS:
        return rf"{left} = \sum_{{j}} {_fraction(symbol(output), 'z_j')} \cdot {_fraction('z_j', symbol(id))}"
    terms = [
        _partial(consumer, id)
        if consumer == output
        else rf"{_partial(output, consumer)} \cdot {_partial(consumer, id)}"
        for consumer in consumers
    ]
    return f"{left} = {' + '.join(terms)}"


def _partial(of: str, by: str) -> str:
    return _fraction(symbol(of), symbol(by))


def _fraction(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def _plain(text: str) -> str:
    return text.replace("_", r"\_")
