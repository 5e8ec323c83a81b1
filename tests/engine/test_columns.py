"""Steps of networks from turned matrices, against plain evaluation."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Graph, numeric, optimizers
from gdstudio.engine.columns import columnwise
from gdstudio.engine.expression import Evaluation, Term, reachable
from gdstudio.engine.kernel import PointKernel, PointSteps, StepTerms
from gdstudio.engine.point_plan import PointPlan
from gdstudio.engine.unrolled import unrolled

from .oracle_graphs import LOSSES, RECORDS, graph_of, random_network


def step_terms(graph: Graph, rule: str = "sgd", **options: Any) -> StepTerms:
    optimizer = optimizers.create(rule, **options)
    return StepTerms(graph.compile(), optimizer.rule, optimizer.options)


def outputs_of(terms: StepTerms) -> list[Term]:
    after = [after for _state, _initial, after in terms.flat_state]
    return [terms.loss, *terms.g, *terms.moved, *after]


def inputs_of(terms: StepTerms, seed: int) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(seed)
    inputs = {term.attributes["name"]: generator.normal(size=term.shape) for term in terms.x}
    inputs |= {
        s.attributes["name"]: generator.uniform(0.5, 1, size=s.shape) for s, _i, _a in terms.flat_state
    }
    return inputs | {f"option {name}": np.array(0.125) for name in terms.options} | {"t": np.array(2.0)}


def run(outputs: list[Term], inputs: dict[str, np.ndarray], unroll: bool = True) -> list[np.ndarray]:
    given = [term for term in reachable(outputs) if term.op == "input"]
    plan = PointPlan(outputs, given, unroll=unroll)
    with np.errstate(all="ignore"):
        run = plan.bound([inputs[term.attributes["name"]] for term in given])
        run()
        # Buffers and constants must be as good the second time.
        return [np.array(result) for result in run()]


def assert_close(found: list[np.ndarray], expected: list[np.ndarray]) -> None:
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-11)


@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 5), min_size=2, max_size=4),
    st.integers(1, 7),
    st.sampled_from(["relu", "tanh", "sigmoid", "leaky_relu", "square"]),
    st.sampled_from(LOSSES),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_turned_and_unrolled_steps_agree_with_plain_evaluation(
    seed, sizes, rows, activation, loss, apart, unroll
):
    terms = step_terms(random_network(seed, sizes, rows, activation, loss, apart))
    inputs = inputs_of(terms, seed)
    outputs = outputs_of(terms)
    assert_close(run(columnwise(outputs), inputs, unroll), Evaluation(outputs)(inputs))


@pytest.mark.parametrize("rule", ["adam", "muon", "lamb", "adafactor", "prodigy"])
def test_rules_that_see_vectors_or_matrices_move_as_they_do_plainly(rule):
    terms = step_terms(random_network(3, [2, 4, 3], 5, "relu", LOSSES[0], apart=False), rule)
    inputs = inputs_of(terms, 3)
    outputs = outputs_of(terms)
    assert_close(run(columnwise(outputs), inputs), Evaluation(outputs)(inputs))


@pytest.mark.parametrize("record", RECORDS, ids=[record["name"] for record in RECORDS])
def test_steps_start_from_the_loss_and_the_gradient_that_pytorch_gives(record):
    graph = graph_of(record)
    program = graph.compile()
    optimizer = optimizers.create("sgd")
    kernel = PointKernel(StepTerms(program, optimizer.rule, optimizer.options))
    with np.errstate(all="ignore"):
        loss, gradient = kernel.bound(program.start, optimizer.rule.numbers(optimizer.options)).step(1)
    expected = np.concatenate([np.ravel(np.array(record["gradients"][id], float)) for id in graph.parameters])
    np.testing.assert_allclose(loss, float(np.squeeze(record["values"][graph.output])), rtol=1e-12)
    np.testing.assert_allclose(gradient, expected, rtol=1e-10, atol=1e-12)


def counts(outputs: list[Term]) -> dict[str, int]:
    found: dict[str, int] = {}
    for term in reachable(outputs):
        found[term.op] = found.get(term.op, 0) + 1
    return found


def test_a_layer_with_its_bias_is_one_product_forward_and_one_for_its_gradient():
    terms = step_terms(random_network(0, [2, 4, 4, 3], 6, "relu", LOSSES[0], apart=False))
    turned = counts(columnwise(outputs_of(terms)))
    # Three layers, three gradients, and two products that lead back to the layers before.
    assert turned["matmul"] == 8
    assert "add" not in turned and "sum" not in turned


def test_graphs_without_rows_of_data_stay_as_they_are():
    terms = step_terms(engine.parse("loss = sum((W @ v)**2)", {"W": np.eye(3), "v": [1.0, 2.0, 3.0]}))
    outputs = outputs_of(terms)
    assert columnwise(outputs) == outputs


def test_mini_batches_give_the_gradient_of_their_rows():
    graph = random_network(5, [2, 4, 3], 6, "relu", LOSSES[0], apart=False)
    program = graph.compile()
    optimizer = optimizers.create("sgd", learning_rate=0.5)
    rule, options = optimizer.rule, optimizer.options
    kernel = PointKernel(StepTerms(program, rule, options, batch={"X": (2, 2), "T": (2, 3)}))
    steps = kernel.bound(program.start, rule.numbers(options))
    # The loss is a mean over rows, so the gradient of two rows is the mean of theirs.
    singles = PointKernel(StepTerms(program, rule, options, batch={"X": (1, 2), "T": (1, 3)}), turn=False)
    single = singles.bound(program.start, rule.numbers(options))

    def gradient_of(stepped: PointSteps, rows: list[int]) -> np.ndarray:
        for name, batch in stepped.data.items():
            batch[...] = graph.nodes[name].array[rows]
        stepped.place(program.start)
        return stepped.step(1)[1].copy()

    for rows in ([4, 1], [0, 5]):
        found = gradient_of(steps, rows)
        halves = [gradient_of(single, [row]) for row in rows]
        np.testing.assert_allclose(found, np.mean(halves, axis=0), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(steps.point, program.start - 0.5 * found, rtol=1e-12)


SPECIAL = np.array([[0.0, -0.0, 1.0, -2.0, 5e-324, -5e-324], [np.inf, -np.inf, 3.0, 800.0, -800.0, 0.0]])


@pytest.mark.parametrize("function", [numeric.relu, numeric.gate, numeric.inner], ids=lambda f: f.__name__)
def test_kernels_taken_apart_give_their_bits(function):
    args = [SPECIAL] if function is numeric.relu else [SPECIAL[::-1].copy(), SPECIAL]
    out = np.empty(() if function is numeric.inner else SPECIAL.shape)
    with np.errstate(all="ignore"):
        expected = np.array(function(*args, out=out.copy()))
        for single, operands, target in unrolled(function, args, out):
            single(*operands, out=target)
    np.testing.assert_array_equal(out, expected)


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 20])
def test_log_softmax_taken_apart_is_exact_far_out(rows):
    x = np.random.default_rng(rows).normal(size=(rows, 5)) * [1.0, 30.0, 300.0, 1e-3, 1e5]
    out = np.empty(x.shape)
    for single, operands, target in unrolled(partial(numeric.log_softmax, axis=0), [x], out):
        single(*operands, out=target)
    np.testing.assert_allclose(out, numeric.log_softmax(x, axis=0), rtol=1e-14, atol=1e-300)
