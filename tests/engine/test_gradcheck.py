"""Analytic gradients beside central differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import functions
from gdstudio.engine.errors import EngineError, GraphError
from gdstudio.engine.formula import parse
from gdstudio.engine.gradcheck import check_gradients
from gdstudio.engine.graph import Graph
from gdstudio.engine.node import Node

from .oracle_graphs import RECORDS, graph_of

SCALAR = [case for case in RECORDS if np.ndim(case["values"][case["document"]["graph"]["output"]]) == 0]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in SCALAR])
def test_every_leaf_of_the_oracle_graphs_agrees(case: dict) -> None:
    graph = graph_of(case)
    leaves = [id for id, node in graph.nodes.items() if node.is_leaf and id in case["gradients"]]
    check = check_gradients(graph, leaves=leaves)
    for row in check:
        # Differences cannot see slopes below the rounding of the loss itself.
        if np.abs(case["gradients"][row.name]).max() > 1e-8:
            assert row.verdict in ("agrees", "kink"), f"{case['name']}\n{check}"
            np.testing.assert_allclose(row.analytic, case["gradients"][row.name], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("name", [name for name in functions.names() if functions.get(name).smooth])
def test_smooth_test_functions_agree_at_their_start(name: str) -> None:
    assert check_gradients(functions.get(name).graph(), tolerance=1e-5).ok


def test_the_textbook_graph() -> None:
    graph = parse(
        "x1 = x*w\nx2 = x1 + b\nloss = abs(y_true - x2)", {"w": 3.0, "b": 1.0}, {"x": 2.0, "y_true": 4.0}
    )
    check = check_gradients(graph)
    assert [row.name for row in check] == ["w", "b"]
    assert (check["w"].analytic, check["b"].analytic) == (2.0, 1.0)
    assert check["w"].numerical == pytest.approx(2.0, abs=1e-9)
    assert check.ok and check["w"].verdict == "agrees"


def test_the_best_step_balances_truncation_against_rounding() -> None:
    """For exp at 0 the best of these steps for central differences lies near eps^(1/3), about 6e-6."""
    row = check_gradients(parse("loss = exp(x)", {"x": 0.0}))["x"]
    assert row.step in (1e-5, 1e-6)
    assert row.error < 1e-10


def test_a_kink_is_told_from_a_mistake() -> None:
    row = check_gradients(parse("loss = relu(x)", {"x": 0.0}))["x"]
    assert (float(row.analytic), float(row.numerical)) == (0.0, 0.5)
    assert row.kink and row.verdict == "kink"
    smooth = check_gradients(parse("loss = x**2", {"x": 1.0}))["x"]
    assert not smooth.kink


def test_a_wrong_gradient_is_found() -> None:
    """Where the gradient is stopped the analytic one leaves out what the numerical one sees."""
    check = check_gradients(parse("loss = x*stop_gradient(x)", {"x": 3.0}))
    assert check["x"].verdict == "differs"
    assert not check.ok
    assert (check["x"].analytic, check["x"].numerical) == (3.0, pytest.approx(6.0))


def test_the_table_names_the_worst_element() -> None:
    graph = parse("loss = sum(W**2) + w", {"W": [[1.0, 2.0], [3.0, -4.0]], "w": 1.0})
    check = check_gradients(graph)
    lines = str(check).splitlines()
    assert lines[0].split() == ["leaf", "analytic", "numerical", "error", "h"]
    assert lines[1].startswith("W[")
    assert lines[1].endswith("agrees")
    assert len({line.index("agrees") for line in lines[1:]}) == 1


def test_parameters_that_do_not_matter_have_gradient_zero() -> None:
    check = check_gradients(parse("loss = x**2", {"x": 2.0, "unused": [1.0, 2.0]}))
    assert check["unused"].analytic.tolist() == [0.0, 0.0]
    assert check["unused"].error == 0.0


def test_large_values_are_stepped_in_proportion() -> None:
    assert check_gradients(parse("loss = x**2", {"x": 1e12})).ok


def test_a_broken_graph_is_refused() -> None:
    graph = Graph([Node("x", "parameter", value=np.array(1.0)), Node("y", "add", ("x", None))], "y")
    with pytest.raises(GraphError, match="not connected"):
        check_gradients(graph)


UNARY = ["sin", "cos", "tanh", "exp", "sigmoid", "softplus", "arctan", "square", "gelu", "expm1"]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_random_graphs_agree(data: st.DataObject) -> None:
    names = ["a", "b", "c"]
    lines = []
    for i in range(data.draw(st.integers(1, 8))):
        if data.draw(st.booleans()):
            text = f"{data.draw(st.sampled_from(UNARY))}(0.5*{data.draw(st.sampled_from(names))})"
        else:
            text = data.draw(st.sampled_from(["+", "-", "*"])).join(
                data.draw(st.sampled_from(names)) for _ in range(2)
            )
        lines.append(f"n{i} = {text}")
        names.append(f"n{i}")
    lines.append("loss = mean(tanh(" + " + ".join(f"0.1*{name}" for name in names) + "))")
    values = st.floats(-1.5, 1.5)
    parameters = {
        "a": data.draw(values),
        "b": data.draw(st.lists(values, min_size=3, max_size=3)),
        "c": [[data.draw(values)], [data.draw(values)]],
    }
    check = check_gradients(parse("\n".join(lines), parameters), tolerance=1e-5)
    for row in check:
        # Differences of a loss near 1 cannot resolve slopes much below 1e-9.
        assert row.verdict == "agrees" or np.abs(row.analytic - row.numerical).max() < 1e-9, (
            f"{lines}\n{check}"
        )


@pytest.mark.parametrize("offset", [0.0, 3e-15, -2e-9])
def test_the_bottom_of_a_smooth_bowl_is_no_kink(offset: float) -> None:
    graph = parse("loss = 3*(b - 1)**2 + (b - 1)**4", {"b": 1.0 + offset})
    row = check_gradients(graph)["b"]
    assert row.verdict == "agrees" and not row.kink


@pytest.mark.parametrize("formula", ["abs(b - 1)", "abs(b - 1) + 10*(b - 1)**2", "relu(b - 1)"])
def test_a_kink_at_the_bottom_is_one(formula: str) -> None:
    row = check_gradients(parse(f"loss = {formula}", {"b": 1.0}))["b"]
    assert row.kink


@pytest.mark.parametrize("steps", [[], [1e-3, 0.0], [-1e-3]])
def test_steps_that_are_none_are_refused(steps):
    with pytest.raises(EngineError, match="must be a list of numbers above 0"):
        check_gradients(parse("y = x**2", {"x": 1.0}), steps=steps)
