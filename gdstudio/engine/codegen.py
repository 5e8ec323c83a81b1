"""A graph as a program of its own: source text for NumPy, PyTorch or JAX.

Each node becomes one assignment under its own name. The three libraries share one table of spellings, in
which a second or third column stands only where they differ. Where a slope is a matter of convention the
exported program follows its library, which for sqrt and norm at 0 is not 0, as it is in the engine.
"""

from __future__ import annotations

import json
import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import ops
from .errors import EngineError
from .given import takes
from .graph import A_GRAPH, Graph
from .node import Node
from .shapes import Shape, axes_of, checked_attributes

# A row is one spelling for all, or NumPy's and JAX's and then PyTorch's, or one each for NumPy, PyTorch, JAX.
# {0}, {1}, … are the inputs and {all} the list of them, {m} is the module (np, torch, jnp), {reduce} the
# arguments of a reduction, {dims} its axes in full, {rows} the product of all sizes but the last; the others
# are attributes.
_SPELLINGS: Mapping[str, str | tuple[str, str] | tuple[str, str, str]] = {
    "add": "{0} + {1}",
    "subtract": "{0} - {1}",
    "multiply": "{0} * {1}",
    "divide": "{0} / {1}",
    "power": ("{m}.power({0}, {1})", "torch.pow({0}, {1})"),
    "negative": "-{0}",
    **{name: f"{{m}}.{name}({{0}}, {{1}})" for name in ("maximum", "minimum")},
    **{
        name: f"{{m}}.{name}({{0}})"
        for name in (
            "abs",
            "sign",
            "square",
            "sqrt",
            "exp",
            "log",
            "log1p",
            "expm1",
            "sin",
            "cos",
            "tan",
            "arctan",
            "tanh",
            "floor",
        )  # fmt: skip
    },
    "erf": ("erf({0})", "torch.erf({0})", "jax.scipy.special.erf({0})"),
    "erfc": ("erfc({0})", "torch.erfc({0})", "jax.scipy.special.erfc({0})"),
    "stop_gradient": ("{0}", "{0}.detach()", "jax.lax.stop_gradient({0})"),
    "sigmoid": ("np.exp(-np.logaddexp(0.0, -{0}))", "torch.sigmoid({0})", "jax.nn.sigmoid({0})"),
    "relu": ("np.maximum({0}, 0.0)", "torch.relu({0})", "jax.nn.relu({0})"),
    "softplus": "softplus({0})",
    "leaky_relu": (
        "np.where({0} > 0, {0}, {slope} * {0})",
        "torch.nn.functional.leaky_relu({0}, {slope})",
        "jax.nn.leaky_relu({0}, {slope})",
    ),
    "elu": (
        "np.where({0} > 0, {0}, {alpha} * np.expm1(np.minimum({0}, 0.0)))",
        "torch.nn.functional.elu({0}, {alpha})",
        "jax.nn.elu({0}, {alpha})",
    ),
    "gelu none": (
        "0.5 * {0} * erfc(-{0} / np.sqrt(2.0))",
        "torch.nn.functional.gelu({0})",
        "jax.nn.gelu({0}, approximate=False)",
    ),
    "gelu tanh": (
        "0.5 * {0} * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * ({0} + 0.044715 * {0}**3)))",
        'torch.nn.functional.gelu({0}, approximate="tanh")',
        "jax.nn.gelu({0}, approximate=True)",
    ),
    "softmax": ("softmax({0}, {axis})", "torch.softmax({0}, dim={axis})", "jax.nn.softmax({0}, axis={axis})"),
    "log_softmax": (
        "log_softmax({0}, {axis})",
        "torch.log_softmax({0}, dim={axis})",
        "jax.nn.log_softmax({0}, axis={axis})",
    ),
    "softmax scalar": ("{m}.ones_like({0})", "torch.softmax({0}, dim=0)"),
    "log_softmax scalar": ("{m}.zeros_like({0})", "torch.log_softmax({0}, dim=0)"),
    "where": "{m}.where({0} != 0, {1}, {2})",
    "greater": ("({0} > {1}).astype(float)", "({0} > {1}).to({0}.dtype)"),
    "less": ("({0} < {1}).astype(float)", "({0} < {1}).to({0}.dtype)"),
    "equal": ("({0} == {1}).astype(float)", "({0} == {1}).to({0}.dtype)"),
    "clip": "{m}.clip({0}, {min}, {max})",
    "same": "{0}",
    "matmul": "{0} @ {1}",
    "outer": ("{m}.outer({0}, {1})", "torch.outer({0}.reshape(-1), {1}.reshape(-1))"),
    "norm": ("{m}.sqrt({m}.sum({m}.square({0}){reduce}))", "torch.linalg.vector_norm({0}{reduce})"),
    "transpose": ("{m}.transpose({0}, {axes})", "{0}.permute({axes})"),
    "reshape": "{0}.reshape({shape})",
    "concatenate": ("{m}.concatenate([{all}], axis={axis})", "torch.cat([{all}], dim={axis})"),
    "index": "{0}[{index}]",
    "sum": "{m}.sum({0}{reduce})",
    "mean": "{m}.mean({0}{reduce})",
    "max": ("{m}.max({0}{reduce})", "torch.amax({0}{reduce})"),
    "min": ("{m}.min({0}{reduce})", "torch.amin({0}{reduce})"),
    "logsumexp": (
        "logsumexp({0}, {dims}, {keepdims})",
        "torch.logsumexp({0}, {dims}, {keepdims})",
        "jax.nn.logsumexp({0}, {dims}, keepdims={keepdims})",
    ),
    "mse": "{m}.mean({m}.square({0} - {1}))",
    "mae": "{m}.mean({m}.abs({0} - {1}))",
    "huber": "huber({0}, {1}, {delta})",
    "half_squared_error": "0.5 * {m}.sum({m}.square({0} - {1}))",
    "cross_entropy": (
        "-np.sum({1} * log_softmax({0}, -1)) / {rows}",
        "-torch.sum({1} * torch.log_softmax({0}, dim=-1)) / {rows}",
        "-jnp.sum({1} * jax.nn.log_softmax({0}, axis=-1)) / {rows}",
    ),
    "binary_cross_entropy": "{m}.mean({1} * softplus(-{0}) + (1.0 - {1}) * softplus({0}))",
    "hinge": "{m}.mean({m}.maximum(1.0 - {1} * {0}, {m}.zeros_like({1} * {0})))",
    "batch_norm": "normalise({0}, {1}, {2}, 0, {eps})",
    "layer_norm": "normalise({0}, {1}, {2}, -1, {eps})",
    "batch_norm_inference": "({0} - {3}) / {m}.sqrt({4} + {eps}) * {1} + {2}",
}

_HUBER = """
def huber(prediction, target, delta):
    size = {m}.abs(prediction - target)
    return {m}.mean({m}.where(size < delta, 0.5 * size**2, delta * (size - 0.5 * delta)))
"""
_NUMPY_HELPERS = {
    "erf": "erf = np.vectorize(math.erf, otypes=[float])\n",
    "erfc": "erfc = np.vectorize(math.erfc, otypes=[float])\n",
    "softplus": "def softplus(x):\n    return np.logaddexp(0.0, x)\n",
    "softmax": """
def softmax(x, axis):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)
""",
    "log_softmax": """
def log_softmax(x, axis):
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))
""",
    "logsumexp": """
def logsumexp(x, axis, keepdims):
    top = np.max(x, axis=axis, keepdims=True)
    result = top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))
    return result if keepdims else np.squeeze(result, axis=axis)
""",
    "huber": _HUBER.replace("{m}", "np"),
    "normalise": """
def normalise(x, gamma, beta, axis, eps):
    centred = x - np.mean(x, axis=axis, keepdims=True)
    variance = np.mean(np.square(centred), axis=axis, keepdims=True)
    return centred / np.sqrt(variance + eps) * gamma + beta
""",
}
_TORCH_HELPERS = {
    "softplus": "def softplus(x):\n    return torch.logaddexp(x, torch.zeros_like(x))\n",
    "huber": _HUBER.replace("{m}", "torch"),
    "normalise": """
def normalise(x, gamma, beta, dim, eps):
    centred = x - torch.mean(x, dim=dim, keepdim=True)
    variance = torch.mean(torch.square(centred), dim=dim, keepdim=True)
    return centred / torch.sqrt(variance + eps) * gamma + beta
""",
}
_JAX_HELPERS = {
    "softplus": "softplus = jax.nn.softplus\n",
    "huber": _HUBER.replace("{m}", "jnp"),
    "normalise": _NUMPY_HELPERS["normalise"].replace("np.", "jnp."),
}

_TORCH_GRADIENT = '''
def value_and_gradient({leaves}):
    """The output (summed, if it is a tensor) and its gradient with respect to each parameter."""
    given = {{{pairs}}}
    leaves = {{name: leaf.detach().clone().requires_grad_() for name, leaf in given.items()}}
    output = values(**leaves)[{output}].sum()
    if not output.requires_grad:
        return output, {{name: torch.zeros_like(leaf) for name, leaf in leaves.items()}}
    gradient = torch.autograd.grad(output, list(leaves.values()), allow_unused=True, materialize_grads=True)
    return output.detach(), dict(zip(leaves, gradient))
'''
_JAX_GRADIENT = '''
@jax.jit
def value_and_gradient({leaves}):
    """The output (summed, if it is a tensor) and its gradient with respect to each parameter."""
    leaves = {{{pairs}}}
    return jax.value_and_grad(lambda leaves: values(**leaves)[{output}].sum())(leaves)
'''


@dataclass(frozen=True)
class _Dialect:
    """How one library writes what the spellings leave open."""

    name: str
    column: int
    module: str
    imports: str
    array: str
    axis: str
    keepdims: str
    helpers: Mapping[str, str]
    gradient: str = ""


_NUMPY = _Dialect(
    "NumPy", 0, "np", "import numpy as np\n", "np.array({})", "axis", "keepdims", _NUMPY_HELPERS
)
_TORCH = _Dialect(
    "PyTorch",
    1,
    "torch",
    "import torch\n",
    "torch.tensor({}, dtype=torch.float64)",
    "dim",
    "keepdim",
    _TORCH_HELPERS,
    _TORCH_GRADIENT,
)
_JAX = _Dialect(
    "JAX",
    2,
    "jnp",
    'import jax\nimport jax.numpy as jnp\n\njax.config.update("jax_enable_x64", True)\n',
    "jnp.array({})",
    "axis",
    "keepdims",
    _JAX_HELPERS,
    _JAX_GRADIENT,
)


@takes(graph=A_GRAPH)
def to_numpy(graph: Graph, output: str | None = None) -> str:
    """A module with `parameters`, the stored values, and `values(...)`, giving each node its value by id."""
    return _module(graph, output, _NUMPY)


@takes(graph=A_GRAPH)
def to_torch(graph: Graph, output: str | None = None) -> str:
    """As `to_numpy`, in PyTorch; also `value_and_gradient(...)`, by autograd."""
    return _module(graph, output, _TORCH)


@takes(graph=A_GRAPH)
def to_jax(graph: Graph, output: str | None = None) -> str:
    """As `to_numpy`, in JAX with 64-bit floats; also `value_and_gradient(...)`, compiled by jit."""
    return _module(graph, output, _JAX)


def _module(graph: Graph, output: str | None, dialect: _Dialect) -> str:
    output = graph.check(output)
    needed = graph.upstream(output)
    order = [id for id in graph.order if id in needed]
    names = _python_names(order, {*dialect.helpers, *_RESERVED})
    parameters = [names[id] for id in graph.parameters if id in needed]
    leaves = {
        id: _literal(np.asarray(graph.nodes[id].value), dialect) for id in order if graph.nodes[id].is_leaf
    }
    fixed = [f"{names[id]} = {text}" for id, text in leaves.items() if graph.nodes[id].op != "parameter"]
    start = [f"    {_quoted(names[id])}: {leaves[id]}," for id in graph.parameters if id in needed]
    body = [
        f"    {names[id]} = {_spelled(graph.nodes[id], graph.shapes, names, dialect)}"
        for id in order
        if id not in leaves
    ]
    results = [f"        {_quoted(id)}: {names[id]}," for id in order]
    signature = ", ".join(parameters)
    function = [
        f"def values({signature}):",
        '    """The value of every node, by name."""',
        *body,
        "    return {",
        *results,
        "    }",
    ]
    code = "\n".join(function)
    helpers = [
        text.strip() for name, text in dialect.helpers.items() if re.search(rf"\b(?<!\.){name}\(", code)
    ]
    # Without a parameter there is nothing to differentiate by.
    gradient = (dialect.gradient if parameters else "").format(
        leaves=signature,
        pairs=", ".join(f"{_quoted(name)}: {name}" for name in parameters),
        output=_quoted(output),
    )
    call = f"values(**parameters)[{_quoted(output)}]" if not gradient else "value_and_gradient(**parameters)"
    title = f'"""The graph of {names[output]}, for {dialect.name}; written by Gradient Descent Studio."""'
    imports = ("import math\n\n" if any("math." in text for text in helpers) else "") + dialect.imports
    parts = [
        f"{title}\n\n{imports.strip()}",
        "\n".join([*fixed, "parameters = {", *start, "}"]),
        *helpers,
        code,
        gradient.strip(),
        f'if __name__ == "__main__":\n    print({call})',
    ]
    return "\n\n\n".join(part for part in parts if part) + "\n"


def _spelled(node: Node, shapes: Mapping[str, Shape], names: Mapping[str, str], dialect: _Dialect) -> str:
    """The expression of one node."""
    row = ops.get(node.op)
    attributes: dict[str, Any] = checked_attributes(node.op, row.attributes, node.attrs)
    sources = [source for source in node.inputs if source is not None]
    arguments = [shapes[source] for source in sources]
    spelling = _SPELLINGS.get(_variant(node.op, attributes, arguments))
    if spelling is None:
        raise EngineError(f"{node.id}: {node.op} cannot be written in {dialect.name}")
    if isinstance(spelling, tuple):
        spelling = spelling[dialect.column % len(spelling)]
    first = arguments[0] if arguments else ()
    inputs = [names[source] for source in sources]
    fields = {name: repr(value) for name, value in attributes.items()}
    fields |= {"m": dialect.module, "all": ", ".join(inputs), "rows": repr(float(np.prod(first[:-1])))}
    if "keepdims" in attributes:
        fields["dims"] = repr(axes_of(first, attributes["axis"]))
        fields["reduce"] = _reduction(first, attributes["axis"], attributes["keepdims"], dialect)
    if "axes" in attributes:
        axes = tuple(reversed(range(len(first)))) if attributes["axes"] is None else attributes["axes"]
        fields["axes"] = repr(axes)
    if "index" in attributes:
        entries = [f"{e[0]}:{e[1]}" if isinstance(e, tuple) else str(e) for e in attributes["index"]]
        fields["index"] = ", ".join(entries) or "..."
    return spelling.format(*inputs, **fields)


def _variant(op: str, attributes: Mapping[str, Any], arguments: list[Shape]) -> str:
    """The row of the table for an operation with these attributes and argument shapes."""
    if op == "gelu":
        return f"gelu {attributes['approximate']}"
    if op == "dot":
        return "matmul" if all(arguments) else "multiply"
    if op in ("softmax", "log_softmax") and arguments[0] == ():
        return f"{op} scalar"
    if op == "clip" and attributes["min"] is None and attributes["max"] is None:
        return "same"
    if op == "logsumexp" and arguments[0] == ():
        return "same"
    return op


def _reduction(shape: Shape, axis: Any, keepdims: bool, dialect: _Dialect) -> str:
    """The arguments after the first of a reduction, with their comma."""
    if axis is None and not keepdims:
        return ""
    axes = axes_of(shape, axis)
    text = f", {dialect.axis}={axes[0] if len(axes) == 1 else axes}"
    return text + (f", {dialect.keepdims}=True" if keepdims else "")


# Names that mean something in the written program already.
_RESERVED = frozenset(
    "np torch jax jnp math values value_and_gradient parameters given leaves output gradient"
    " dict zip list float print".split()
)


def _python_names(ids: Iterable[str], reserved: set[str]) -> dict[str, str]:
    """A Python identifier for every id, its own wherever that is possible and unique."""
    names: dict[str, str] = {}
    taken = set(reserved)
    for id in ids:
        # Python itself reads identifiers in this form, in which two ids may become one.
        name = re.sub(r"\W", "_", unicodedata.normalize("NFKC", id))
        if not name.isidentifier():
            name = f"_{name}"
        stem, count = name, 1
        while name in taken or keyword.iskeyword(name) or not name.isidentifier():
            count += 1
            name = f"{stem if stem.isidentifier() else '_node'}_{count}"
        taken.add(name)
        names[id] = name
    return names


def _quoted(text: str) -> str:
    """A string literal, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _literal(value: np.ndarray, dialect: _Dialect) -> str:
    """An array as text that gives back the same bits."""
    return dialect.array.format(_entries(value.tolist()))


def _entries(entry: Any) -> str:
    """A number, or nested lists of numbers, as Python writes them."""
    if isinstance(entry, list):
        return f"[{', '.join(map(_entries, entry))}]"
    return repr(entry) if np.isfinite(entry) else f"float({str(entry)!r})"
