"""The chain rule that gives a node its gradient, as LaTeX; what a node computes is typeset by the engine."""

from __future__ import annotations

from gdstudio.engine import Graph
from gdstudio.engine.latex_pieces import symbol
from gdstudio.ui.seeds import is_tensor

# More terms than this make a formula that nobody reads; the sum sign takes their place.
MOST_TERMS = 3


def backward(graph: Graph, id: str) -> str | None:
    """The chain rule over the node's consumers; None where there is none: at most the output itself depends on the node."""
    output = graph.output
    if output is None or id == output:
        return None
    above = graph.upstream(output)
    consumers = [consumer for consumer, _slot in graph.consumers[id] if consumer in above]
    if not consumers:
        return None
    whole = rf"(v^\top {symbol(output)})" if is_tensor(graph) else symbol(output)
    left = _fraction(whole, symbol(id))
    if len(consumers) > MOST_TERMS:
        return rf"{left} = \sum_{{j}} {_fraction(whole, 'z_j')} \cdot {_fraction('z_j', symbol(id))}"
    terms = [
        _partial(consumer, id)
        if consumer == output and whole == symbol(output)
        else rf"{_fraction(whole, symbol(consumer))} \cdot {_partial(consumer, id)}"
        for consumer in consumers
    ]
    # What feeds the output alone has no chain: its gradient is its local derivative.
    return None if terms == [left] else f"{left} = {' + '.join(terms)}"


def _partial(of: str, by: str) -> str:
    return _fraction(symbol(of), symbol(by))


def _fraction(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
