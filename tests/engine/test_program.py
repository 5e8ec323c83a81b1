"""Graphs as functions of a batch of points: values, gradients, Hessians, and plans against plain evaluation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import EngineError, Graph, GraphError
from gdstudio.engine.derivative import gradients, or_zeros
from gdstudio.engine.expression import Evaluation, Tape
from gdstudio.engine.graph import lower
from gdstudio.engine.plan import ArrayPlan

from .oracle_graphs import RECORDS, graph_of, random_graph

ROSENBROCK = "loss = (1 - x)**2 + 100*(y - x**2)**2"


def rosenbrock() -> engine.Program:
    return engine.parse(ROSENBROCK, parameters={"x": -1.2, "y": 1.0}).compile()


def test_coordinates_follow_the_parameters_and_name_elements():
    graph = engine.parse(
        "loss = sum(W @ v) + b", parameters={"W": [[1.0, 2.0], [3.0, 4.0]], "b": 5.0, "v": [6.0, 7.0]}
    )
    program = graph.compile()
    assert program.coordinates == ("W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]", "b", "v[0]", "v[1]")
    np.testing.assert_array_equal(program.start, [1, 2, 3, 4, 5, 6, 7])
    assert graph.compile(wrt=["v"]).coordinates == ("v[0]", "v[1]")


def test_values_and_gradients_by_hand():
    program = rosenbrock()
    assert float(program.value(program.start)) == pytest.approx(24.2, rel=1e-15)
    value, gradient = program.value_and_gradient([[-1.2, 1.0], [1.0, 1.0]])
    np.testing.assert_allclose(value, [24.2, 0.0], rtol=1e-14)
    np.testing.assert_allclose(gradient, [[-215.6, -88.0], [0.0, 0.0]], rtol=1e-14)
    np.testing.assert_allclose(program.hessian([1.0, 1.0]), [[802.0, -400.0], [-400.0, 200.0]])
    np.testing.assert_allclose(program.hessian_vector_product([1.0, 1.0], [1.0, 2.0]), [2.0, 0.0])


@pytest.mark.parametrize("batch", [(), (1,), (7,), (2, 3), (0,)])
def test_results_have_the_batch_shape_of_the_points(batch):
    program = rosenbrock()
    points = np.ones((*batch, 2))
    value, gradient = program.value_and_gradient(points)
    assert value.shape == batch and gradient.shape == (*batch, 2)
    assert program.value(points).shape == batch
    assert program.hessian(points).shape == (*batch, 2, 2)


def test_points_of_the_wrong_length_are_refused():
    with pytest.raises(EngineError, match=r"shape \(3,\).*2 coordinates \(x, y\)"):
        rosenbrock().value([1.0, 2.0, 3.0])


def test_a_program_needs_a_scalar_output_and_a_parameter():
    with pytest.raises(GraphError, match=r"y has shape \(2,\), but a loss is one number"):
        engine.parse("y = 2 * x", parameters={"x": [1.0, 2.0]}).compile()
    with pytest.raises(GraphError, match="no parameter"):
        engine.parse("y = 2 * x", constants={"x": 1.0}).compile()
    with pytest.raises(GraphError, match="'y' is no leaf"):
        engine.parse("y = 2 * x", parameters={"x": 1.0}).compile(wrt=["y"])
    with pytest.raises(GraphError, match="the graph is empty; begin with a parameter"):
        Graph().compile()
    with pytest.raises(GraphError, match="no output; choose the node that is the loss"):
        engine.parse("y = 2 * x", parameters={"x": 1.0}).with_output(None).compile()


def test_holes_are_results_and_nothing_warns(recwarn):
    program = engine.parse("loss = log(x) + sqrt(y)", parameters={"x": 1.0, "y": 1.0}).compile()
    value, gradient = program.value_and_gradient([[1.0, 4.0], [-1.0, 1.0], [0.0, 1.0]])
    assert value[0] == 2.0 and np.isnan(value[1]) and value[2] == -np.inf
    np.testing.assert_array_equal(gradient[0], [1.0, 0.25])
    assert not recwarn.list


def test_ackley_has_a_gradient_at_its_centre():
    text = "loss = -20*exp(-0.2*sqrt(0.5*(x**2 + y**2))) - exp(0.5*(cos(2*pi*x) + cos(2*pi*y))) + e + 20"
    value, gradient = (
        engine.parse(text, parameters={"x": 0.0, "y": 0.0}).compile().value_and_gradient([0.0, 0.0])
    )
    assert abs(float(value)) < 1e-14
    np.testing.assert_array_equal(gradient, [0.0, 0.0])


@pytest.mark.parametrize("record", RECORDS, ids=[record["name"] for record in RECORDS])
def test_a_batch_of_points_gives_what_pytorch_gives_for_each(record):
    graph = graph_of(record)
    program = graph.compile()
    value, gradient = program.value_and_gradient(np.stack([program.start] * 3))
    expected = np.concatenate([np.ravel(np.array(record["gradients"][id], float)) for id in graph.parameters])
    np.testing.assert_allclose(value, [float(np.squeeze(record["values"][graph.output]))] * 3, rtol=1e-12)
    np.testing.assert_allclose(gradient, [expected] * 3, rtol=1e-10, atol=1e-12)


def _plain(graph: Graph, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loss and gradient term by term, without simplification, at points (B, n) of scalar parameters."""
    tape = Tape(simplify=False)
    leaves = {id: tape.input(id) for id in graph.parameters}
    terms = lower(graph, tape, lambda n: leaves.get(n.id) or tape.constant(n.value), [graph.output])
    loss = terms[graph.output]
    found = [
        or_zeros(g, leaf)
        for g, leaf in zip(gradients(loss, list(leaves.values())), leaves.values(), strict=True)
    ]
    results = Evaluation([loss, *found], batch_ndim=1)(dict(zip(leaves, points.T, strict=True)))
    wide = [np.broadcast_to(result, len(points)) for result in results]
    return wide[0], np.stack(wide[1:], axis=1)


@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 9), st.sampled_from([1, 3, 1 << 16]))
@settings(max_examples=60, deadline=None)
def test_plans_agree_with_plain_evaluation_whatever_the_blocks(seed, size, count, block):
    """Simplification, buffer reuse and blocks change no result beyond rounding."""
    graph = random_graph(seed, size)
    points = np.random.default_rng(seed).uniform(-1, 1, size=(count, 3))
    value, gradient = _plain(graph, points)
    program = graph.compile()
    loss, moving, found = program.gradient_terms
    plan = ArrayPlan([loss, *found], dict.fromkeys(program.shapes, 1), threads=1, block_elements=block)
    results = plan.run(program.split(np.ascontiguousarray(points.T)), (count,))
    np.testing.assert_allclose(results[0], value, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(np.stack(results[1:], axis=1), gradient, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("block", [1, 1000, 1 << 20])
def test_rows_of_a_grid_longer_than_a_block_are_cut_too(block):
    """Values that live on one axis, on both, and on none, in blocks that are parts of rows."""
    tape = Tape()
    x, y = tape.input("x"), tape.input("y")
    matrix = tape.constant(np.arange(6.0).reshape(2, 3))
    wide = tape.apply("sin", matrix * x) + tape.apply("cos", matrix * y)
    outputs = [tape.apply("sum", wide), tape.apply("square", y), wide * x, tape.constant(2.0)]
    inputs = {"x": np.linspace(0, 1, 3).reshape(3, 1), "y": np.linspace(-1, 1, 600).reshape(1, 600)}
    plan = ArrayPlan(outputs, {"x": 1, "y": 2}, 2, threads=1, block_elements=block)
    for found, expected in zip(plan.run(inputs, (3, 600)), Evaluation(outputs, 2)(inputs), strict=True):
        np.testing.assert_allclose(found, np.broadcast_to(expected, found.shape), rtol=1e-14, atol=1e-14)


@given(st.integers(0, 10**6), st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_two_threads_give_the_bits_of_one(seed, size):
    graph = random_graph(seed, size)
    program = graph.compile()
    loss, _moving, found = program.gradient_terms
    rows = np.random.default_rng(seed).uniform(-1, 1, size=(3, 1 << 17))
    masks = dict.fromkeys(program.shapes, 1)
    one = ArrayPlan([loss, *found], masks, threads=1).run(program.split(rows), rows.shape[1:])
    two = ArrayPlan([loss, *found], masks, threads=2).run(program.split(rows), rows.shape[1:])
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a, b)
