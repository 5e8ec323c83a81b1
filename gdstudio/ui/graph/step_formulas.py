"""The formula of each step of a pass as LaTeX, with the numbers in it; plain functions of a trace.

Each gives several texts, the most telling first: with numbers and result, with the result, and by names alone.
Who draws them takes the first that has room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from gdstudio.engine import EngineError
from gdstudio.engine.latex_pieces import symbol
from gdstudio.engine.rules import gradient_name, gradient_rule, ones_name, tangent_name, tangent_rule
from gdstudio.engine.trace import Trace
from gdstudio.engine.typeset import (
    latex_of,
    latex_with_numbers,
    node_latex,
    node_with_numbers,
    value_latex,
)
from gdstudio.ui.inspector import formulas
from gdstudio.ui.seeds import is_tensor

Formulas = tuple[str, ...]

_DIGITS = 4
# A tensor with more numbers than this is named, not written out.
_MOST_NUMBERS = 36
_MOST_TERMS = 3


def forward_formulas(trace: Trace, id: str) -> Formulas:
    """`x_1 = x·w = 2·3 = 6`."""
    names = node_latex(trace.graph, id)
    if names is None or id not in trace.values:
        return ()
    node = trace.graph.nodes[id]
    result = value_latex(trace.values[id], _DIGITS)
    written = [
        trace.values[source] for source in node.inputs if source is not None and source in trace.values
    ]
    numbers = node_with_numbers(trace.graph, id, trace.values, _DIGITS) if _short(written) else None
    return _texts(names, numbers, result, trace.values[id])


def backward_formulas(trace: Trace, id: str) -> Formulas:
    """`∂loss/∂w = ∂loss/∂x1 · ∂x1/∂w = 1·2 = 2`; for tensors the rule, `∂loss/∂W = xᵀ ∂loss/∂y`."""
    wires = _wires(trace, id)
    if not wires or id not in trace.gradients:
        return ()
    if all(np.size(trace.values[node]) == 1 for node in (id, *(target for target, _ in wires))):
        return _chain(trace, id, wires)
    rules = [gradient_rule(trace.graph, target, slot) for target, slot in wires]
    if len(rules) > _MOST_TERMS or any(rule is None for rule in rules):
        gradient = trace.gradients[id]
        return _texts(formulas.backward(trace.graph, id), None, value_latex(gradient, _DIGITS), gradient)
    text = f"{gradient_name(id)} = {' + '.join(str(rule) for rule in rules)}"
    symbols, values = _gradient_symbols(trace), _gradient_values(trace, id, wires)
    return _ruled(text, symbols, values, trace.gradients[id])


def tangent_formulas(trace: Trace, id: str, tangents: Mapping[str, np.ndarray]) -> Formulas:
    """`dx_1 = w·dx + x·dw = 3·0 + 2·1 = 2`."""
    rule = tangent_rule(trace.graph, id)
    if rule is None:
        return ()
    symbols = {tangent_name(node): rf"\mathrm{{d}}{symbol(node)}" for node in trace.graph.nodes}
    node = trace.graph.nodes[id]
    values = {str(source): trace.values[str(source)] for source in node.inputs} | {id: trace.values[id]}
    values |= {tangent_name(str(source)): tangents[str(source)] for source in node.inputs}
    return _ruled(f"{tangent_name(id)} = {rule}", symbols, values, tangents[id])


def rule_in_words(rule: str, names: Mapping[str, str]) -> str:
    """A rule as people write it, `grad_y @ Wᵀ`, with other words for its names."""
    text = re.sub(r"[^\W\d]\w*", lambda match: names.get(match[0], match[0]), rule)
    text = re.sub(r"transpose\((\w+)\)", r"\1ᵀ", text)
    for code, sign in ((" * ", " · "), ("**2", "²"), (" - ", " − "), ("**", "^")):
        text = text.replace(code, sign)
    text = re.sub(r"\((\([^()]*\))\)", r"\1", text)  # a negative argument has brackets of its own
    return f"−{text[1:]}" if text.startswith("-") else text


def _wires(trace: Trace, id: str) -> list[tuple[str, int]]:
    if trace.output is None:
        return []
    above = trace.graph.upstream(trace.output)
    return [(target, slot) for target, slot in trace.graph.consumers[id] if target in above]


def _chain(trace: Trace, id: str, wires: list[tuple[str, int]]) -> Formulas:
    numbers = None
    if len(wires) <= _MOST_TERMS:
        try:
            factors = [
                (trace.gradients[target], np.reshape(trace.local(target, id, slot), ()))
                for target, slot in wires
            ]
        except EngineError:
            factors = []
        numbers = " + ".join(rf"{_factor(outer)} \cdot {_factor(local)}" for outer, local in factors)
    gradient = trace.gradients[id]
    return _texts(
        formulas.backward(trace.graph, id), numbers or None, value_latex(gradient, _DIGITS), gradient
    )


def _factor(number: np.ndarray) -> str:
    text = value_latex(number, _DIGITS)
    return rf"\left({text}\right)" if float(np.reshape(number, ())) < 0 else text


def _gradient_symbols(trace: Trace) -> dict[str, str]:
    graph = trace.graph
    output = symbol(trace.output or "")
    whole = rf"(v^{{\top}} {output})" if is_tensor(graph) else output
    symbols = {
        gradient_name(id): rf"\frac{{\partial {whole}}}{{\partial {symbol(id)}}}" for id in graph.nodes
    }
    return symbols | {ones_name(id): r"\mathbf{1}" for id in graph.nodes}


def _gradient_values(trace: Trace, id: str, wires: list[tuple[str, int]]) -> dict[str, np.ndarray]:
    near = {str(source) for target, _ in wires for source in trace.graph.nodes[target].inputs} | {id}
    near |= {target for target, _ in wires}
    values = {node: trace.values[node] for node in near}
    values |= {gradient_name(node): trace.gradients[node] for node in near}
    return values | {ones_name(id): np.ones(np.shape(trace.values[id]))}


def _ruled(
    text: str, symbols: Mapping[str, str], values: Mapping[str, np.ndarray], result: np.ndarray
) -> Formulas:
    """A rule by names, and with numbers where all that it reads are few."""
    names = latex_of(text, symbols, [name for name, value in values.items() if np.size(value) > 1])[0]
    right = text.split(" = ", 1)[1]
    read = [value for name, value in values.items() if name in right]
    numbers = None
    if _short(read):
        numbers = latex_with_numbers(text, values, _DIGITS, symbols=symbols)[0].split(" = ", 1)[1]
    return _texts(names, numbers, value_latex(result, _DIGITS), result)


def _short(arrays: list[np.ndarray]) -> bool:
    return all(np.size(array) <= _MOST_NUMBERS and np.ndim(array) <= 2 for array in arrays)


def _texts(names: str | None, numbers: str | None, result: str, array: np.ndarray) -> Formulas:
    if names is None:
        return ()
    texts = [f"{names} = {numbers} = {result}"] if numbers is not None and np.ndim(array) <= 2 else []
    return (*texts, f"{names} = {result}", names)
