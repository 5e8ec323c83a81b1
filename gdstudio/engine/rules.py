"""The derivative rules of the operations as formulas for people: `gradient_of_y @ transpose(W)` and the like.

Nothing is computed from these texts; the derivatives that count stand in `ops`. The tests evaluate every rule
and compare it with them. Operations whose rule says nothing in one line have none here.

A rule reads names only: the inputs and the result of an operation by their ids, the gradient of the output by a
node as `gradient_of_<id>`, a node's tangent as `tangent_of_<id>`, ones in a node's shape as `ones_like_<id>`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .errors import ShapeError
from .graph import Graph
from .node import Node
from .ops import operations
from .shapes import Shape, checked_attributes

# Elementwise operations: one text for each input with {g} for what flows, {y} for the result, {0}, {1} for the inputs.
# Their Jacobians are diagonal, so the same text serves gradients and tangents.
_ELEMENTWISE: dict[str, tuple[str, ...]] = {
    "add": ("{g}", "{g}"),
    "subtract": ("{g}", "-{g}"),
    "multiply": ("{1} * {g}", "{0} * {g}"),
    "divide": ("{g} / {1}", "-{0} * {g} / {1}**2"),
    "power": ("{1} * {0}**({1} - 1) * {g}", "{y} * log({0}) * {g}"),
    "maximum": ("({0} > {1}) * {g}", "({0} < {1}) * {g}"),
    "minimum": ("({0} < {1}) * {g}", "({0} > {1}) * {g}"),
    "negative": ("-{g}",),
    "abs": ("sign({0}) * {g}",),
    "square": ("2 * {0} * {g}",),
    "sqrt": ("{g} / (2 * {y})",),
    "exp": ("{y} * {g}",),
    "log": ("{g} / {0}",),
    "sin": ("cos({0}) * {g}",),
    "cos": ("-sin({0}) * {g}",),
    "tan": ("(1 + {y}**2) * {g}",),
    "arctan": ("{g} / (1 + {0}**2)",),
    "tanh": ("(1 - {y}**2) * {g}",),
    "sigmoid": ("{y} * (1 - {y}) * {g}",),
    "relu": ("({0} > 0) * {g}",),
    "softplus": ("sigmoid({0}) * {g}",),
}
# The rest: (gradient by each input, tangent of the result); {d0}, {d1} are the tangents of the inputs.
_WHOLE: dict[str, tuple[tuple[str, ...], str]] = {
    "softmax": (
        ("{y} * ({g} - sum({g} * {y}, axis=-1, keepdims=True))",),
        "{y} * ({d0} - sum({d0} * {y}, axis=-1, keepdims=True))",
    ),
    "half_squared_error": (("({0} - {1}) * {g}", "({1} - {0}) * {g}"), "sum(({0} - {1}) * ({d0} - {d1}))"),
    "mse": (("2 / {n} * ({0} - {1}) * {g}", "2 / {n} * ({1} - {0}) * {g}"), "mean(2 * ({0} - {1}) * ({d0} - {d1}))"),
    "norm": (("{0} / {y} * {g}",), "sum({0} * {d0}) / {y}"),
}  # fmt: skip
# By the number of axes of the two factors.
_MATMUL = {
    (2, 2): ("{g} @ transpose({1})", "transpose({0}) @ {g}"),
    (2, 1): ("outer({g}, {1})", "transpose({0}) @ {g}"),
    (1, 2): ("{1} @ {g}", "outer({0}, {g})"),
    (1, 1): ("{1} * {g}", "{0} * {g}"),
}


def gradient_name(id: str) -> str:
    return f"gradient_of_{id}"


def tangent_name(id: str) -> str:
    return f"tangent_of_{id}"


def ones_name(id: str) -> str:
    return f"ones_like_{id}"


def gradient_rule(graph: Graph, target: str, slot: int) -> str | None:
    """What the gradient of `target` gives to its input `slot`, as formula text; None where no line says it."""
    node = graph.nodes[target]
    known = _known(graph, node)
    if known is None or slot >= len(known):
        return None
    source, shape, out = node.inputs[slot], known[slot], graph.shapes[target]
    words = _words(node, known) | {"g": gradient_name(target)}
    if node.op in _ELEMENTWISE:
        return _fitted(_ELEMENTWISE[node.op][slot].format(*node.inputs, **words), shape, out)
    if node.op in _WHOLE:
        if not _plain(node, known):
            return None
        return _WHOLE[node.op][0][slot].format(*node.inputs, **words)
    match node.op:
        case "matmul":
            texts = _MATMUL.get((len(known[0]), len(known[1])))
            return None if texts is None else texts[slot].format(*node.inputs, **words)
        case "dot" if len(known[0]) == len(known[1]) == 1:
            return ("{1} * {g}", "{0} * {g}")[slot].format(*node.inputs, **words)
        case "outer" if len(known[0]) == len(known[1]) == 1:
            return ("{g} @ {1}", "{0} @ {g}")[slot].format(*node.inputs, **words)
        case "transpose" if len(shape) == 2 and _attribute(node, "axes") is None:
            return f"transpose({words['g']})"
        case "reshape":
            return f"reshape({words['g']}, shape={list(shape)})"
        case "sum" | "mean":
            spread = f"{_kept(words['g'], node, shape)} * {ones_name(str(source))}"
            parts = math.prod(shape) // max(math.prod(out), 1)
            return spread if node.op == "sum" else f"{spread} / {parts}"
    return None


def tangent_rule(graph: Graph, target: str) -> str | None:
    """How `target` moves with its inputs, as formula text; None where no line says it."""
    node = graph.nodes[target]
    known = _known(graph, node)
    if known is None:
        return None
    sources = [str(source) for source in node.inputs]
    tangents = [tangent_name(source) for source in sources]
    words = _words(node, known) | {f"d{slot}": tangent for slot, tangent in enumerate(tangents)}
    if node.op in _ELEMENTWISE:
        texts = _ELEMENTWISE[node.op]
        return _sum([text.format(*sources, **words, g=d) for text, d in zip(texts, tangents, strict=True)])
    if node.op in _WHOLE:
        return _WHOLE[node.op][1].format(*sources, **words) if _plain(node, known) else None
    match node.op:
        case "matmul":
            a, b, da, db = *sources, *tangents
            return f"{da} @ {b} + {a} @ {db}"
        case "dot" | "outer" if len(known[0]) == len(known[1]) == 1:
            a, b, da, db = *sources, *tangents
            return f"{node.op}({da}, {b}) + {node.op}({a}, {db})"
        case "sum" | "mean" | "transpose" | "reshape" | "concatenate" | "index":
            words_ = [f"{name}={_literal(value)}" for name, value in node.attrs.items()]
            return f"{node.op}({', '.join([*tangents, *words_])})"
    return None


def _known(graph: Graph, node: Node) -> list[Shape] | None:
    """The shapes of the inputs; None where one is missing or a name cannot stand in a formula."""
    names = [*node.inputs, node.id]
    if node.is_leaf or node.id not in graph.shapes or not all(name and name.isidentifier() for name in names):
        return None
    return [graph.shapes[str(source)] for source in node.inputs]


def _words(node: Node, shapes: Sequence[Shape]) -> dict[str, str]:
    return {"y": node.id, "n": str(math.prod(shapes[0]) if shapes else 1)}


def _plain(node: Node, shapes: Sequence[Shape]) -> bool:
    """Whether the inputs have one shape and no attribute says something else than usual."""
    usual = operations[node.op].attributes
    return len(set(shapes)) == 1 and all(
        node.attrs.get(name, default) == default for name, default in usual.items()
    )


def _attribute(node: Node, name: str) -> object:
    row = operations[node.op]
    try:
        return checked_attributes(node.op, row.attributes, node.attrs)[name]
    except ShapeError:
        return row.attributes[name]


def _fitted(text: str, shape: Shape, out: Shape) -> str:
    """The text summed over the axes along which an input of `shape` was repeated."""
    if shape == out:
        return text
    extra = len(out) - len(shape)
    if math.prod(shape) == 1 and not shape:
        return f"sum({text})"
    if extra > 0:
        text = f"sum({text}, axis={0 if extra == 1 else list(range(extra))})"
    stretched = [i for i, size in enumerate(shape) if size == 1 and out[i + extra] != 1]
    if stretched:
        text = f"sum({text}, axis={stretched[0] if len(stretched) == 1 else stretched}, keepdims=True)"
    return text


def _kept(gradient: str, node: Node, shape: Shape) -> str:
    """The gradient of a reduction with the axes that it lost, where it needs them to fit the input."""
    axis, keepdims = _attribute(node, "axis"), _attribute(node, "keepdims")
    if axis is None or keepdims:
        return gradient
    axes = {a % len(shape) for a in ([axis] if isinstance(axis, int) else axis)}  # type: ignore[union-attr, attr-defined]
    if axes == set(range(len(axes))):
        return gradient
    return f"reshape({gradient}, shape={[1 if i in axes else size for i, size in enumerate(shape)]})"


def _sum(texts: Sequence[str]) -> str:
    whole = texts[0]
    for text in texts[1:]:
        whole += f" - {text[1:]}" if text.startswith("-") else f" + {text}"
    return whole


def _literal(value: object) -> str:
    return str(list(value) if isinstance(value, tuple) else value)
