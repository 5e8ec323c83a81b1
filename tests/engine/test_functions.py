"""The test functions against values, gradients and stationary points computed by jax and mpmath."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from gdstudio.engine import functions
from gdstudio.engine.errors import EngineError
from gdstudio.engine.race import Race
from gdstudio.engine.racer import Racer

ORACLE = json.loads((Path(__file__).parent / "data" / "landscapes.json").read_text())["landscapes"]
SMOOTH = [name for name in functions.names() if functions.get(name).smooth]


def hessian(program, point: tuple[float, ...], h: float = 1e-5) -> np.ndarray:
    """Central differences of the gradient, symmetrised; shape (n, n)."""
    n = len(point)
    points = np.asarray(point) + np.concatenate([h * np.eye(n), -h * np.eye(n)])
    _, g = program.value_and_gradient(points)
    full = (g[:n] - g[n:]) / (2 * h)
    return (full + full.T) / 2


def test_every_oracle_function_is_there_and_the_numbers_asked_for() -> None:
    assert set(ORACLE) <= set(functions.names())
    dimensions = [functions.get(name).dimension for name in functions.names()]
    assert dimensions.count(2) >= 40
    assert dimensions.count(1) >= 8


@pytest.mark.parametrize("name", ORACLE)
def test_values_and_gradients_agree_with_jax(name: str) -> None:
    case = ORACLE[name]
    program = functions.get(name).program()
    assert program.coordinates == functions.get(name).coordinates
    value, gradient = program.value_and_gradient(np.array(case["points"]))
    np.testing.assert_allclose(value, case["values"], rtol=1e-12, atol=1e-13)
    # A gradient is a sum of terms that may cancel: it is exact to the rounding of the largest component.
    size = np.abs(case["gradients"]).max(axis=1, keepdims=True)
    np.testing.assert_allclose(gradient / (1 + size), case["gradients"] / (1 + size), atol=3e-12)


@pytest.mark.parametrize("name", ORACLE)
def test_domain_and_start_are_those_of_the_oracle(name: str) -> None:
    function = functions.get(name)
    np.testing.assert_allclose(np.ravel(function.domain), ORACLE[name]["domain"], rtol=1e-8)
    assert function.start == tuple(ORACLE[name]["start"])
    np.testing.assert_array_equal(function.program().start, function.start)


@pytest.mark.parametrize("name", functions.names())
def test_minima_have_the_stated_values_and_no_slope(name: str) -> None:
    function = functions.get(name)
    program = function.program()
    for minimum in function.minima:
        point = np.array(minimum.point)
        value, gradient = program.value_and_gradient(point)
        assert value == pytest.approx(minimum.value, rel=1e-12, abs=1e-12)
        inside = all(low < x < high for x, (low, high) in zip(point, function.domain, strict=True))
        if function.smooth and inside:
            # A minimum is known to 16 digits, so its slope is at most the curvature times that.
            curvature = np.abs(hessian(program, minimum.point)).max()
            assert np.abs(gradient).max() <= 1e-12 + 1e-14 * curvature * (1 + np.abs(point).max())


@pytest.mark.parametrize("name", functions.names())
def test_nothing_around_a_minimum_is_lower(name: str) -> None:
    function = functions.get(name)
    program = function.program()
    low, high = np.array(function.domain).T
    directions = np.array(
        [[math.cos(t), math.sin(t)] for t in np.linspace(0, 2 * math.pi, 16, endpoint=False)]
    )
    for minimum in function.minima:
        for radius in (1e-6, 1e-4, 1e-3):
            around = np.array(minimum.point) + radius * (high - low) * directions[:, : function.dimension]
            around = np.clip(around, low, high)
            assert program.value(around).min() >= minimum.value - 1e-12 * (1 + abs(minimum.value))


@pytest.mark.parametrize("name", [name for name in functions.names() if functions.get(name).minima])
def test_no_point_of_the_domain_is_lower_than_the_lowest_minimum(name: str) -> None:
    function = functions.get(name)
    axes = [np.linspace(low, high, 201 if function.dimension == 2 else 5001) for low, high in function.domain]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    assert np.nanmin(function.program().value(grid)) >= function.lowest - 1e-12 * (1 + abs(function.lowest))


@pytest.mark.parametrize("name", ORACLE)
def test_minima_of_the_oracle_are_listed(name: str) -> None:
    listed = np.array([minimum.point for minimum in functions.get(name).minima])
    for entry in ORACLE[name]["stationary"]:
        if entry["kind"] == "min":
            assert np.abs(listed - entry["x"]).max(axis=1).min() < 1e-12
    assert ORACLE[name]["no_minimum"] == (functions.get(name).minima == ())


@pytest.mark.parametrize("name", [name for name in ORACLE if functions.get(name).smooth])
def test_stationary_points_have_no_slope_and_the_stated_curvature(name: str) -> None:
    program = functions.get(name).program()
    for entry in ORACLE[name]["stationary"]:
        if entry["hess_eigs"] is None or name == "schwefel":
            continue
        eigenvalues = np.linalg.eigvalsh(hessian(program, tuple(entry["x"])))
        scale = max(1.0, np.abs(entry["hess_eigs"]).max())
        np.testing.assert_allclose(eigenvalues / scale, np.array(entry["hess_eigs"]) / scale, atol=2e-6)


@pytest.mark.parametrize("name", SMOOTH)
def test_gradients_of_smooth_functions_do_not_jump(name: str) -> None:
    function = functions.get(name)
    low, high = np.array(function.domain).T
    line = np.linspace(low, high, 20001)[1:-1]
    _, gradient = function.program().value_and_gradient(line)
    jumps = np.abs(np.diff(gradient, axis=0)).max()
    assert jumps < 0.2 * np.abs(gradient).max()


@pytest.mark.parametrize("name", functions.names())
def test_rows_are_complete(name: str) -> None:
    function = functions.get(name)
    assert function.name == name
    assert function.title and function.teaches.endswith(".")
    assert function.tags and set(function.tags) <= set(functions.TAGS)
    assert ("nonsmooth" in function.tags) == (not function.smooth)
    assert len(function.start) == len(function.domain) == function.dimension
    assert all(low <= x <= high for x, (low, high) in zip(function.start, function.domain, strict=True))
    assert function.graph().output == "loss"


def test_landscape_spans_the_domain() -> None:
    xs, ys, z = functions.get("rosenbrock").landscape().grid(5)
    assert (xs[0], xs[-1], ys[0], ys[-1]) == (-2.0, 2.0, -1.0, 3.0)
    assert z[3, 1] == pytest.approx((1 - 1) ** 2 + 100 * (0 - 1) ** 2)


@pytest.mark.parametrize(("condition", "rotation"), [(1.0, 0.0), (100.0, 30.0), (7.0, -75.0), (0.25, 200.0)])
def test_a_quadratic_bowl_has_the_asked_condition_and_rotation(condition: float, rotation: float) -> None:
    function = functions.quadratic(condition, rotation)
    values, vectors = np.linalg.eigh(hessian(function.program(), (0.0, 0.0), h=1.0))
    np.testing.assert_allclose(values, sorted([1.0, condition]), rtol=1e-12)
    if condition > 1:
        angle = math.radians(rotation)
        assert abs(vectors[:, 0] @ [math.cos(angle), math.sin(angle)]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("condition", "rotation"), [(0.0, 0.0), (-3.0, 0.0), (math.nan, 0.0), (2.0, math.inf)]
)
def test_a_quadratic_bowl_refuses_what_is_no_bowl(condition: float, rotation: float) -> None:
    with pytest.raises(EngineError, match="must be"):
        functions.quadratic(condition, rotation)


def test_a_wrong_name_gets_a_suggestion() -> None:
    with pytest.raises(EngineError, match='no test function "rosenbrok"; did you mean "rosenbrock"'):
        functions.get("rosenbrok")


def test_functions_of_data_can_race_on_mini_batches() -> None:
    graph = functions.get("line_fit").graph()
    assert [id for id, node in graph.nodes.items() if node.op == "data"] == ["x", "y"]
    result = Race(graph.compile(), [Racer("sgd", {"learning_rate": 0.1}, batch_size=1)], steps=1000).run()
    # Every point lies on the line, so even single points lead to the same fit.
    np.testing.assert_allclose(result.paths[0][-1], [1.0, 1.0], atol=1e-6)
