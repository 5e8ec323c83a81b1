"""Every rule that is told to people gives the very numbers of the engine's derivatives."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import parse
from gdstudio.engine.rules import gradient_name, gradient_rule, ones_name, tangent_name, tangent_rule

X = np.array([[0.3, -1.2, 0.7], [1.5, 0.4, -0.6]])
POSITIVE = np.abs(X) + 0.1
ROW = np.array([0.5, -0.25, 2.0])
COLUMN = np.array([[1.5], [-0.5]])
SQUARE = np.array([[0.2, -0.4], [1.1, 0.3], [-0.7, 0.9]])
VECTOR = np.array([0.4, -0.8, 1.3])

CASES = [
    *((f"{op}(a)", {"a": POSITIVE}) for op in (
        "negative", "abs", "square", "sqrt", "exp", "log", "sin", "cos", "tan", "arctan", "tanh", "sigmoid", "relu",
        "softplus",
    )),
    *((f"a {sign} b", {"a": X, "b": b}) for sign in "+-*/" for b in (X + 2, ROW, COLUMN, np.array(1.5))),
    *((f"{op}(a, b)", {"a": X, "b": X[::-1]}) for op in ("maximum", "minimum", "mse", "half_squared_error")),
    ("a ** b", {"a": POSITIVE, "b": X}),
    ("relu(a)", {"a": X}),
    ("softmax(a)", {"a": X}), ("softmax(a)", {"a": VECTOR}), ("norm(a)", {"a": X}),
    ("a @ b", {"a": X, "b": SQUARE}), ("a @ b", {"a": X, "b": VECTOR}), ("a @ b", {"a": VECTOR, "b": SQUARE}),
    ("a @ b", {"a": VECTOR, "b": ROW}), ("dot(a, b)", {"a": VECTOR, "b": ROW}), ("outer(a, b)", {"a": VECTOR, "b": ROW}),
    ("transpose(a)", {"a": X}), ("reshape(a, shape=[3, 2])", {"a": X}),
    *((f"{op}(a{more})", {"a": X}) for op in ("sum", "mean") for more in (
        "", ", axis=0", ", axis=1", ", axis=-1, keepdims=True", ", keepdims=True",
    )),
]  # fmt: skip


def ids(case):
    return f"{case[0]} {[np.shape(v) for v in case[1].values()]}"


def evaluated(text, values):
    """A formula text with all its names given."""
    given = {name: np.asarray(value) for name, value in values.items() if name in text}
    return parse(f"result = 1.0 * ({text})", parameters=given).trace(partial=True).values["result"]


@pytest.fixture
def traced(request):
    text, leaves = request.param
    graph = parse(f"y = {text}", parameters=leaves)
    assert set(graph.nodes) == {"y", *leaves}, "the case is one operation"
    shape = graph.shapes["y"]
    seed = np.linspace(0.5, 2.0, int(np.prod(shape))).reshape(shape)
    return graph, graph.trace(seed=seed)


@pytest.mark.parametrize("traced", CASES, ids=ids, indirect=True)
def test_the_gradient_rule_gives_the_gradient(traced):
    graph, trace = traced
    for slot, source in enumerate(graph.nodes["y"].inputs):
        rule = gradient_rule(graph, "y", slot)
        assert rule is not None
        names = dict(trace.values) | {gradient_name("y"): trace.gradients["y"]}
        names[ones_name(source)] = np.ones(graph.shapes[source])
        found = evaluated(rule, names)
        assert found.shape == graph.shapes[source]
        np.testing.assert_allclose(found, trace.gradients[source], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("traced", CASES, ids=ids, indirect=True)
def test_the_tangent_rule_gives_the_tangent(traced):
    graph, trace = traced
    moved = graph.nodes["y"].inputs[0]
    tangent = np.linspace(-1.0, 1.0, trace.values[moved].size).reshape(graph.shapes[moved])
    tangents = trace.forward(moved, tangent)
    rule = tangent_rule(graph, "y")
    assert rule is not None
    names = dict(trace.values) | {tangent_name(id): tangents[id] for id in graph.nodes}
    np.testing.assert_allclose(evaluated(rule, names), tangents["y"], rtol=1e-12, atol=1e-14)


def test_rules_read_as_in_a_textbook():
    graph = parse("y = x @ W\nz = y + b", parameters={"x": X, "W": SQUARE, "b": np.ones(2)})
    assert gradient_rule(graph, "y", 1) == "transpose(x) @ gradient_of_y"
    assert gradient_rule(graph, "y", 0) == "gradient_of_y @ transpose(W)"
    assert gradient_rule(graph, "z", 1) == "sum(gradient_of_z, axis=0)"
    assert tangent_rule(graph, "y") == "tangent_of_x @ W + x @ tangent_of_W"


@pytest.mark.parametrize(
    "text", ["cross_entropy(a, b)", "gelu(a)", "softmax(a, axis=0)", "concatenate(a, b)"]
)
def test_where_no_line_says_it_there_is_no_rule(text):
    leaves = {name: X for name in ("a", "b") if f"{name}," in text or f"{name})" in text}
    assert gradient_rule(parse(f"y = {text}", parameters=leaves), "y", 0) is None


def test_a_broken_node_and_a_leaf_have_no_rule():
    graph = parse("y = a + b", parameters={"a": 1.0, "b": np.ones(3)}).with_value("a", np.ones(2))
    assert gradient_rule(graph, "y", 0) is None
    assert tangent_rule(graph, "y") is None
    assert tangent_rule(graph, "a") is None
