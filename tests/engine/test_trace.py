"""Values, gradients, edges and paths of one evaluation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Graph, GraphError, Node

from .oracle_graphs import RECORDS, graph_of, random_graph


def textbook() -> Graph:
    return engine.parse(
        "x1 = x * w\nx2 = x1 + b\nloss = abs(y_true - x2)",
        parameters={"w": 3.0, "b": 1.0},
        constants={"x": 2.0, "y_true": 4.0},
    )


@pytest.mark.parametrize("record", RECORDS, ids=[record["name"] for record in RECORDS])
def test_values_and_gradients_are_those_of_pytorch(record):
    trace = graph_of(record).trace()
    for id, value in record["values"].items():
        np.testing.assert_allclose(trace.values[id], value, rtol=1e-12, atol=1e-12, err_msg=id)
    for id, gradient in record["gradients"].items():
        np.testing.assert_allclose(
            trace.gradients[id], np.array(gradient, float), rtol=1e-11, atol=1e-12, err_msg=id
        )


def test_textbook_graph_by_hand():
    trace = textbook().trace()
    assert {id: float(v) for id, v in trace.values.items() if id in ("x1", "x2", "loss")} == {
        "x1": 6,
        "x2": 7,
        "loss": 3,
    }
    assert float(trace.gradients["w"]) == 2.0
    assert float(trace.gradients["b"]) == 1.0
    assert float(trace.local("x1", "w")) == 2.0
    (path,) = trace.paths("w")
    assert path.nodes[:3] == ("w", "x1", "x2") and path.nodes[-1] == "loss"
    assert float(path.product) == 2.0


@pytest.mark.parametrize(
    ("expression", "gradient"),
    [("x - x", 0.0), ("x / x", 0.0), ("x * x", 6.0), ("x + x * x", 7.0), ("x**3 - x", 26.0)],
)
def test_a_node_used_more_than_once_sums_over_its_paths(expression, gradient):
    trace = engine.parse(f"y = {expression}", parameters={"x": 3.0}).trace()
    assert float(trace.gradients["x"]) == pytest.approx(gradient, abs=1e-15)
    paths = trace.paths("x")
    assert len(paths) >= 2 or expression == "x**3 - x"
    assert sum(float(path.product) for path in paths) == pytest.approx(gradient, abs=1e-15)


def test_two_wires_to_one_operation_are_two_edges():
    trace = engine.parse("y = x / x", parameters={"x": 4.0}).trace()
    edges = [(edge.source, edge.slot, float(edge.local)) for edge in trace.edges()]
    assert edges == [("x", 0, 0.25), ("x", 1, -0.25)]
    assert float(trace.local("y", "x")) == 0.0
    assert float(trace.local("y", "x", slot=1)) == -0.25


def test_autograd_lesson_of_ones():
    graph = engine.parse("t = x * x + 2\nz = 2 * t + 1\ny = mean(z)", parameters={"x": np.ones((3, 3))})
    np.testing.assert_allclose(graph.trace().gradients["x"], np.full((3, 3), 4 / 9), rtol=1e-15)
    shifted = engine.parse("t = x * x + 2\nu = t - 9", parameters={"x": np.ones((3, 3))})
    np.testing.assert_array_equal(shifted.trace(seed=np.ones((3, 3))).gradients["x"], np.full((3, 3), 2.0))


def test_a_tensor_output_needs_a_seed():
    trace = engine.parse("y = 2 * x", parameters={"x": [1.0, 2.0]}).trace()
    np.testing.assert_array_equal(trace.values["y"], [2.0, 4.0])
    with pytest.raises(GraphError, match=r"y has shape \(2,\).*seed"):
        _ = trace.gradients


def test_a_node_that_the_output_does_not_need_has_gradient_zero():
    graph = engine.parse("side = w * 3\nloss = w**2", parameters={"w": 2.0})
    trace = graph.trace()
    assert float(trace.gradients["side"]) == 0.0
    assert float(trace.values["side"]) == 6.0


def test_local_derivative_of_a_matrix_product_has_both_shapes():
    graph = engine.parse(
        "y = W @ x\nloss = sum(y)", parameters={"W": [[1.0, 2.0], [3.0, 4.0]], "x": [5.0, 6.0]}
    )
    trace = graph.trace()
    np.testing.assert_array_equal(trace.local("y", "x"), [[1.0, 2.0], [3.0, 4.0]])
    local = trace.local("y", "W")
    assert local.shape == (2, 2, 2)
    np.testing.assert_array_equal(local[0], [[5.0, 6.0], [0.0, 0.0]])
    np.testing.assert_array_equal(trace.gradients["W"], [[5.0, 6.0], [5.0, 6.0]])


def test_a_broken_node_leaves_the_rest_in_view():
    graph = Graph(
        [
            Node("x", "parameter", value=np.array(2.0)),
            Node("good", "square", ("x",)),
            Node("bad", "add", ("good", None)),
            Node("loss", "exp", ("bad",)),
        ],
        "loss",
    )
    with pytest.raises(GraphError, match="'b' is not connected") as failure:
        graph.trace()
    assert failure.value.node == "bad"
    trace = graph.trace(partial=True)
    assert float(trace.values["good"]) == 4.0
    assert "bad" not in trace.values and trace.gradients == {}
    assert trace.problems["loss"] == "it waits for bad, which has a problem"


@given(st.integers(0, 10**6), st.integers(1, 25))
@settings(max_examples=40, deadline=None)
def test_products_along_paths_sum_to_the_gradient(seed, size):
    trace = random_graph(seed, size).trace()
    # Infinity times zero on one path says nothing about the others.
    assume(all(np.isfinite(edge.local).all() for edge in trace.edges()))
    for id in trace.graph.parameters:
        try:
            paths = trace.paths(id)
        except GraphError:
            continue  # more paths than are listed
        total = sum(float(path.product) for path in paths)
        assert total == pytest.approx(float(trace.gradients[id]), rel=1e-8, abs=1e-10)


def test_a_chain_of_50_000_operations_needs_no_recursion():
    nodes = [Node("x", "parameter", value=np.array(0.5))]
    nodes += [Node(f"y{i}", "sin", (f"y{i - 1}" if i else "x",)) for i in range(50_000)]
    trace = Graph(nodes, "y49999").trace()
    expected, slope = 0.5, 1.0
    for _ in range(50_000):
        slope *= np.cos(expected)
        expected = np.sin(expected)
    assert float(trace.values["y49999"]) == pytest.approx(expected, rel=1e-12)
    assert float(trace.gradients["x"]) == pytest.approx(slope, rel=1e-9)


def test_a_large_result_of_small_inputs_has_its_derivative_without_a_larger_matrix():
    """The outer product of two 200-vectors has 40,000 elements; backward from each would take 40,000² numbers."""
    graph = engine.parse(
        "p = outer(a, b)\nloss = sum(p)", parameters={"a": np.arange(200.0), "b": np.ones(100)}
    )
    local = graph.trace().local("p", "a")
    assert local.shape == (200, 100, 200)
    assert local[3, 7, 3] == 1.0 and local.sum() == 200 * 100


def test_a_derivative_of_too_many_numbers_is_refused_and_left_out():
    x = np.ones((60, 60))
    trace = engine.parse("y = exp(x)\nloss = sum(y)", parameters={"x": x}).trace()
    with pytest.raises(
        GraphError, match="the derivative of y by x holds 12,960,000 numbers; at most 4,000,000"
    ):
        trace.local("y", "x")
    assert [edge.local is None for edge in trace.edges()] == [True, False]


@pytest.mark.parametrize("expression", ["softmax(x)", "outer(x, x)", "concatenate(x, x)", "x @ x", "x / x"])
def test_a_local_derivative_summed_over_the_result_is_the_gradient(expression):
    """Whether it was computed backward, from a smaller result, or forward, from a smaller input."""
    trace = engine.parse(f"y = {expression}", parameters={"x": [1.0, 2.0, 3.0]}).trace(seed=1.0)
    local = trace.local("y", "x")
    total = np.tensordot(np.ones(trace.values["y"].shape), local, trace.values["y"].ndim)
    np.testing.assert_allclose(total, trace.gradients["x"], atol=1e-15)


def test_a_change_of_values_reuses_the_plan_and_never_the_numbers():
    graph = textbook()
    assert float(graph.trace().gradients["w"]) == 2.0
    moved = graph.with_value("x", -5.0)
    assert moved.structure is graph.structure
    assert float(moved.trace().values["loss"]) == 18.0
    assert float(moved.trace().gradients["w"]) == 5.0
    assert float(graph.trace().values["loss"]) == 3.0


@pytest.mark.parametrize(
    ("text", "loss"),
    [("(a < b) - (b < a)", 0.0), ("-(a < b)", -1.0), ("(a < b) + (a < b)", 2.0), ("-equal(a, b)", -1.0)],
)
def test_comparisons_are_numbers(text, loss):
    graph = engine.parse(f"loss = sum({text})", parameters={"a": [1.0, 2.0, 3.0], "b": [2.0, 1.0, 3.0]})
    assert graph.trace().values["loss"] == loss
    program = graph.compile()
    assert program.value(program.start) == loss


@pytest.mark.parametrize("op", ["softmax", "log_softmax", "concatenate"])
@pytest.mark.parametrize("axis", [None, (0,), (0, 1)])
def test_what_works_along_one_axis_refuses_others(op, axis):
    x = Node("x", "parameter", value=np.ones((2, 2)))
    graph = Graph([x, Node("y", op, ("x",), {"axis": axis})], "y")
    assert "one axis" in graph.problems["y"]
