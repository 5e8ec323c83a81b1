"""The operations table: values and gradients against the reference numbers, the kinks, and the ends of float64."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Graph, GraphError, Node, check_gradients, operations


def evaluate(expression: str, **values: object) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    trace = engine.parse(f"y = {expression}", parameters=values).trace(seed=1.0)
    return trace.values["y"], trace.gradients


# What PyTorch gives at kinks and ties.
KINKS = [
    ("abs(x)", {"x": 0.0}, {"x": 0.0}),
    ("relu(x)", {"x": 0.0}, {"x": 0.0}),
    ("leaky_relu(x, slope=0.1)", {"x": 0.0}, {"x": 0.1}),
    ("elu(x, alpha=2.0)", {"x": 0.0}, {"x": 2.0}),
    ("maximum(a, b)", {"a": 3.0, "b": 3.0}, {"a": 0.5, "b": 0.5}),
    ("minimum(a, b)", {"a": 3.0, "b": 3.0}, {"a": 0.5, "b": 0.5}),
    ("max(x)", {"x": [1.0, 4.0, 4.0]}, {"x": [0.0, 0.5, 0.5]}),
    ("min(x)", {"x": [1.0, 1.0, 4.0, 1.0]}, {"x": [1 / 3, 1 / 3, 0.0, 1 / 3]}),
    ("clip(x, min=0.0, max=1.0)", {"x": [-1.0, 0.0, 0.5, 1.0, 2.0]}, {"x": [0.0, 1.0, 1.0, 1.0, 0.0]}),
    ("sqrt(x)", {"x": 0.0}, {"x": 0.0}),
    ("norm(x)", {"x": [0.0, 0.0]}, {"x": [0.0, 0.0]}),
    ("power(a, b)", {"a": 0.0, "b": 0.5}, {"a": 0.0, "b": 0.0}),
    ("huber(p, t)", {"p": 3.0, "t": 0.0}, {"p": 1.0, "t": -1.0}),
    ("hinge(p, t)", {"p": 1.0, "t": 1.0}, {"p": 0.0, "t": 0.0}),
    ("power(a, b)", {"a": 0.0, "b": 2.0}, {"a": 0.0, "b": 0.0}),
    ("where(c, a, b)", {"c": 0.0, "a": 1.0, "b": math.inf}, {"c": 0.0, "a": 0.0, "b": 1.0}),
]


@pytest.mark.parametrize(("expression", "values", "expected"), KINKS, ids=[case[0] for case in KINKS])
def test_subgradients_at_kinks_are_those_of_pytorch(expression, values, expected):
    _, gradients = evaluate(expression, **values)
    for name, gradient in expected.items():
        np.testing.assert_allclose(gradients[name], gradient)


EXTREMES = [
    ("softplus(x)", 800.0, 800.0, 1.0),
    ("softplus(x)", -800.0, 0.0, 0.0),
    ("softplus(x)", -40.0, math.exp(-40), math.exp(-40)),
    ("sigmoid(x)", -800.0, 0.0, 0.0),
    ("sigmoid(x)", 800.0, 1.0, 0.0),
    ("sigmoid(x)", -40.0, math.exp(-40), math.exp(-40)),
    ("tanh(x)", 400.0, 1.0, 0.0),
    # Φ(−20) = 2.7536241186062337e-89 and φ(20) = exp(−200)/√(2π): x·Φ and Φ + x·φ.
    (
        "gelu(x)",
        -20.0,
        -20 * 2.7536241186062337e-89,
        2.7536241186062337e-89 - 20 * math.exp(-200) / math.sqrt(2 * math.pi),
    ),
    ("log1p(x)", 1e-20, 1e-20, 1.0),
    ("expm1(x)", 1e-20, 1e-20, 1.0),
    ("erf(x)", 0.5, math.erf(0.5), 2 / math.sqrt(math.pi) * math.exp(-0.25)),
    ("erfc(x)", 5.0, math.erfc(5.0), -2 / math.sqrt(math.pi) * math.exp(-25.0)),
]


@pytest.mark.parametrize(("expression", "x", "value", "gradient"), EXTREMES)
def test_operations_are_exact_over_the_range_of_float64(expression, x, value, gradient):
    y, gradients = evaluate(expression, x=x)
    assert y == pytest.approx(value, rel=1e-13, abs=0)
    assert gradients["x"] == pytest.approx(gradient, rel=1e-12, abs=0)


def test_log_softmax_of_large_logits_stays_finite():
    y, _ = evaluate("log_softmax(x)", x=[1000.0, 0.0])
    np.testing.assert_array_equal(y, [0.0, -1000.0])


@pytest.mark.parametrize(
    ("x", "expected"), [([3e200, 4e200], 5e200), ([3e-200, 4e-200], 5e-200), ([3.0, 4.0], 5.0)]
)
def test_norm_neither_overflows_nor_underflows(x, expected):
    y, _ = evaluate("norm(x)", x=x)
    assert y == pytest.approx(expected, rel=1e-15)


def test_the_slope_of_the_smallest_norms_is_the_direction():
    # 3, 4 and 5 times 1e-320, whose reciprocals are all infinite.
    norm, gradients = evaluate("norm(x)", x=[3e-320, -4e-320])
    assert norm == 5e-320
    np.testing.assert_allclose(gradients["x"], [0.6, -0.8], rtol=1e-3)


@pytest.mark.parametrize("exponent", [0.5, 0.25])
def test_a_root_has_slope_0_at_0_in_the_editor_and_in_races_alike(exponent):
    graph = engine.parse(f"y = x**{exponent}", parameters={"x": 0.0})
    assert graph.trace().gradients["x"] == 0
    assert graph.compile().value_and_gradient([0.0])[1] == 0


@pytest.mark.parametrize(
    ("x", "expected"),
    [([math.inf, 1.0], math.inf), ([-math.inf, -math.inf], -math.inf), ([-math.inf, 3.0], 3.0)],
)
def test_logsumexp_takes_infinities(x, expected):
    assert evaluate("logsumexp(x)", x=x)[0] == expected


@pytest.mark.parametrize("expression", ["max(x)", "min(x)", "logsumexp(x)", "softmax(x)", "mean(x)"])
def test_there_is_no_largest_of_nothing(expression):
    with pytest.raises(GraphError, match=r"y: shape \(0,\) has no elements"):
        evaluate(expression, x=[])


def test_sum_and_norm_of_nothing_are_0():
    assert evaluate("sum(x) + norm(x)", x=[])[0] == 0


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("index(x, index=[[0, 4]])", r"the slice \[0, 4\] of axis 0 of shape \(3,\) must .* 0 and 3"),
        ("index(x, index=[[2, 1]])", "must begin and end, in this order"),
        ("index(x, index=[[-1, 2]])", "between 0 and 3"),
        ("huber(x, 0, delta=-1)", "delta is -1, but must be above 0"),
        ("layer_norm(x, 1, 0, eps=-1)", "eps is -1, but must be at least 0"),
    ],
)
def test_attributes_that_cannot_be_are_refused(expression, said):
    with pytest.raises(GraphError, match=said):
        evaluate(expression, x=[1.0, 2.0, 3.0])


def test_erf_and_erfc_agree_with_the_standard_library():
    x = np.linspace(-6, 6, 1201)
    both, _ = evaluate("concatenate(erf(x), erfc(x))", x=x)
    np.testing.assert_allclose(both[:1201], [math.erf(v) for v in x], rtol=1e-14)
    np.testing.assert_allclose(both[1201:], [math.erfc(v) for v in x], rtol=1e-13)


def _case(name: str) -> Graph | None:
    """A graph with one node of an operation on small generic inputs, summed to a scalar."""
    row = operations[name]
    values = {"positive": [[0.7, 1.3, 2.1], [0.4, 1.9, 0.8]], "any": [[0.3, -1.2, 0.8], [1.7, -0.4, 2.2]]}
    generator = np.random.default_rng(7)
    shape = {"matmul": (2, 3), "cross_entropy": (2, 3)}.get(name, (2, 3))
    nodes = []
    for slot in range(row.arity if row.arity is not None else 2):
        positive = name in ("log", "sqrt", "power", "log1p") or row.inputs[slot] == "variance"
        value = np.array(values["positive" if positive else "any"]) + 0.1 * slot
        if name == "matmul" and slot == 1:
            value = value.T
        if name in ("dot", "outer"):
            value = value[0]
        if row.category == "normalise" and slot > 0:
            value = value[0]
        assert value.shape[-1] in (shape[-1], 2)
        nodes.append(Node(f"x{slot}", "parameter", value=value))
    nodes.append(Node("y", name, tuple(node.id for node in nodes)))
    result = Graph(nodes, "y").shapes.get("y")
    assert result is not None, Graph(nodes, "y").problems
    weights = generator.normal(size=result)
    nodes += [
        Node("w", "constant", value=weights),
        Node("p", "multiply", ("y", "w")),
        Node("loss", "sum", ("p",)),
    ]
    return Graph(nodes, "loss")


DIFFERENTIABLE = [
    name for name, row in operations.items()
    if row.category != "leaf" and name not in ("sign", "floor", "greater", "less", "equal", "stop_gradient", "where")
]  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_every_gradient_agrees_with_central_differences(name):
    for check in check_gradients(_case(name)):
        np.testing.assert_allclose(check.analytic, check.numerical, rtol=2e-6, atol=2e-7)


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_every_second_derivative_agrees_with_differences_of_the_gradient(name):
    program = _case(name).compile()
    exact = program.hessian(program.start)
    h = 1e-6
    steps = h * np.eye(program.size)
    _, ahead = program.value_and_gradient(program.start + steps)
    _, behind = program.value_and_gradient(program.start - steps)
    np.testing.assert_allclose(exact, (ahead - behind) / (2 * h), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(exact, exact.T, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_forward_mode_agrees_with_reverse_mode(name):
    trace = _case(name).trace()
    for leaf in trace.graph.parameters:
        tangent = np.linspace(-1, 1, trace.values[leaf].size).reshape(trace.values[leaf].shape)
        forward = trace.forward(leaf, tangent)[trace.output]
        assert forward == pytest.approx(np.sum(trace.gradients[leaf] * tangent), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("name", [n for n, row in operations.items() if row.category != "leaf"])
def test_every_row_says_what_it_is(name):
    row = operations[name]
    assert row.symbol and row.meaning and row.category
    assert row.latex.format(*"abcde")


@given(
    st.lists(st.integers(1, 3), max_size=3),
    st.lists(st.integers(1, 3), max_size=3),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=60, deadline=None)
def test_gradients_of_broadcast_arguments_sum_over_what_was_stretched(left, right, seed):
    """d sum(w · (a·b)) / da is w·b summed over the axes that a lacked or had as 1."""
    generator = np.random.default_rng(seed)
    a, b = generator.normal(size=left), generator.normal(size=right)
    try:
        shape = np.broadcast_shapes(a.shape, b.shape)
    except ValueError:
        with pytest.raises(GraphError, match="fit together"):
            engine.parse("loss = sum(a * b)", parameters={"a": a, "b": b})
        return
    w = generator.normal(size=shape)
    trace = engine.parse("loss = sum(w * (a * b))", parameters={"a": a, "b": b}, constants={"w": w}).trace()
    full = np.broadcast_to(w * b, shape)
    extra = tuple(range(len(shape) - a.ndim))
    summed = full.sum(axis=extra)
    stretched = tuple(i for i, n in enumerate(a.shape) if n == 1 and summed.shape[i] != 1)
    np.testing.assert_allclose(
        trace.gradients["a"], summed.sum(axis=stretched, keepdims=True) if stretched else summed
    )
