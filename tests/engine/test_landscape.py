"""Grids and fields along coordinates and directions."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import EngineError, Landscape

from .oracle_graphs import random_graph


def rosenbrock() -> engine.Program:
    return engine.parse("loss = (1 - x)**2 + 100*(y - x**2)**2", parameters={"x": -1.2, "y": 1.0}).compile()


def test_grid_and_field_by_arithmetic():
    land = Landscape(rosenbrock(), ("x", "y"), ((-2, 2), (-1, 3)))
    xs, ys, z = land.grid((5, 9))
    assert z.shape == (5, 9)
    np.testing.assert_array_equal(xs, [-2, -1, 0, 1, 2])
    x, y = np.meshgrid(xs, ys, indexing="ij")
    np.testing.assert_allclose(z, (1 - x) ** 2 + 100 * (y - x**2) ** 2, rtol=1e-13)
    *_, z2, gx, gy = land.field((5, 9))
    np.testing.assert_array_equal(z2, z)
    np.testing.assert_allclose(gx, -2 * (1 - x) - 400 * x * (y - x**2), rtol=1e-13)
    np.testing.assert_allclose(gy, 200 * (y - x**2), rtol=1e-13)


def test_axes_may_be_swapped():
    program = rosenbrock()
    _, _, z = Landscape(program, ("x", "y"), ((-2, 2), (-1, 3))).grid(7)
    _, _, swapped = Landscape(program, ("y", "x"), ((-1, 3), (-2, 2))).grid(7)
    np.testing.assert_array_equal(swapped, z.T)


def test_a_direction_runs_through_the_point():
    program = rosenbrock()
    land = Landscape(program, ([1.0, 1.0], [1.0, -1.0]), ((-1, 1), (-1, 1)), at=[1.0, 1.0])
    value, along, across = land.value_and_gradient([0.0, 0.5], [0.0, 0.0])
    np.testing.assert_allclose(value, program.value([[1.0, 1.0], [1.5, 1.5]]))
    _, gradient = program.value_and_gradient([1.5, 1.5])
    np.testing.assert_allclose([along[1], across[1]], [gradient.sum(), gradient[0] - gradient[1]])
    np.testing.assert_allclose(land.point(0.5, 0.25), [1.75, 1.25])
    np.testing.assert_allclose(land.project([1.75, 1.25]), [0.5, 0.25])


def test_elements_of_tensors_are_axes():
    graph = engine.parse("loss = sum((W - 1)**2 * [[1, 2], [3, 4]])", parameters={"W": np.zeros((2, 2))})
    land = Landscape(graph.compile(), ("W[0,1]", "W[1,1]"), ((0, 2), (0, 2)))
    xs, ys, z = land.grid(3)
    np.testing.assert_allclose(z[0, 0], 10.0)
    np.testing.assert_allclose(z[1, 1], 1 + 3)
    np.testing.assert_allclose(z[2, 0], 1 + 2 + 3 + 4)


def test_one_axis():
    land = Landscape(engine.parse("loss = x**2", parameters={"x": 1.0}).compile(), ("x",), ((-1, 1),))
    xs, z, gx = land.field(3)
    np.testing.assert_array_equal(z, [1, 0, 1])
    np.testing.assert_array_equal(gx, [-2, 0, 2])


@pytest.mark.parametrize(
    ("axes", "ranges", "message"),
    [
        (("x", "z"), ((0, 1), (0, 1)), "no coordinate 'z'; this graph has x, y"),
        (("x", "x"), ((0, 1), (0, 1)), "same direction"),
        (("x", "y"), ((1, 0), (0, 1)), r"low < high, not \(1, 0\)"),
        (("x", "y"), ((0, np.inf), (0, 1)), "finite"),
        (("x", [1.0, 2.0, 3.0]), ((0, 1), (0, 1)), r"direction must have shape \(2,\)"),
        (("x", [0.0, 0.0]), ((0, 1), (0, 1)), "not all zeros"),
        (("x", "y"), ((0, 1),), "a range"),
    ],
)
def test_wrong_axes_and_ranges_are_refused(axes, ranges, message):
    with pytest.raises(EngineError, match=message):
        Landscape(rosenbrock(), axes, ranges)


@given(st.integers(0, 10**6), st.integers(1, 30))
@settings(max_examples=50, deadline=None)
def test_hoisting_by_axis_changes_nothing_but_rounding(seed, size):
    """A grid, where each node is computed at the smallest size, equals the same points one by one."""
    program = random_graph(seed, size).compile()
    land = Landscape(program, ("x0", "x1"), ((-1, 1), (-0.5, 1.5)))
    xs, ys, z, gx, gy = land.field((6, 5))
    x, y = np.meshgrid(xs, ys, indexing="ij")
    value, gradient = program.value_and_gradient(land.point(x, y))
    np.testing.assert_allclose(z, value, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(gx, gradient[..., 0], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(gy, gradient[..., 1], rtol=1e-7, atol=1e-9)


def test_big_grids_are_computed_in_blocks_with_the_same_bits():
    land = Landscape(rosenbrock(), ("x", "y"), ((-2, 2), (-1, 3)))
    xs, ys, z = land.grid((701, 502))
    rows = Landscape(rosenbrock(), ("x", "y"), ((float(xs[300]), float(xs[310])), (-1, 3)))
    np.testing.assert_allclose(rows.grid((11, 502))[2], z[300:311], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", engine.functions.names())
def test_regrouping_by_axis_changes_the_last_bits_at_most(name):
    """Relative to the size of the numbers that are added up, on every test function."""
    function = engine.functions.get(name)
    if len(function.domain) != 2:
        return
    program = function.program()
    plain = Landscape(program, program.coordinates, function.domain, regroup=False).field(33)
    quick = Landscape(program, program.coordinates, function.domain).field(33)
    for a, b in zip(plain, quick, strict=True):
        finite = np.isfinite(a)
        np.testing.assert_array_equal(finite, np.isfinite(b))
        scale = float(np.max(np.abs(a[finite])))
        np.testing.assert_allclose(b[finite], a[finite], rtol=1e-9, atol=1e-13 * scale)


@pytest.mark.parametrize("name", engine.functions.names())
def test_a_picture_errs_by_less_than_anybody_can_see(name):
    function = engine.functions.get(name)
    if len(function.domain) != 2:
        return
    program = function.program()
    land = Landscape(program, program.coordinates, function.domain)
    for exact, picture in zip(land.field((150, 128)), land.field((150, 128), picture=True), strict=True):
        finite = np.isfinite(exact)
        np.testing.assert_array_equal(finite, np.isfinite(picture))
        spread = float(np.ptp(exact[finite]))
        np.testing.assert_allclose(picture[finite], exact[finite], rtol=1e-12, atol=1e-9 * spread)


def test_a_picture_of_a_polynomial_is_a_matrix_product_until_that_would_show():
    """(y - x²)² expanded has terms of 1, which cancel to 1e-14 near the minimum: too much for doubles."""
    program = rosenbrock()
    for width, rounded in [(1.0, True), (1e-7, False)]:
        land = Landscape(program, ("x", "y"), ((1 - width, 1 + width), (1 - width, 1 + width)))
        exact, picture = land.grid(130)[2], land.grid(130, picture=True)[2]
        assert np.array_equal(exact, picture) is not rounded
        np.testing.assert_allclose(picture, exact, rtol=0, atol=1e-9 * np.ptp(exact))
    assert exact.max() < 1e-11


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_slices_of_a_network_are_the_network_at_those_points(activation):
    """Weights along two directions are never formed for each point, yet the numbers are the same."""
    generator = np.random.default_rng(1)
    x, t = generator.normal(size=(6, 2)), np.eye(3)[generator.integers(0, 3, 6)]
    graph = engine.parse(
        f"h = {activation}(x @ W1 + b1)\nloss = cross_entropy(h @ W2 + b2, t)",
        parameters={
            "W1": generator.normal(size=(2, 5)),
            "b1": generator.normal(size=5),
            "W2": generator.normal(size=(5, 3)),
            "b2": np.zeros(3),
        },
        data={"x": x, "t": t},
    )
    program = graph.compile()
    directions = generator.normal(size=(2, program.size))
    land = Landscape(program, directions, ((-1, 1), (-2, 1)))
    xs, ys, z, gx, gy = land.field((5, 7))
    u, v = np.meshgrid(xs, ys, indexing="ij")
    value, gradient = program.value_and_gradient(land.point(u, v))
    np.testing.assert_allclose(z, value, rtol=1e-12)
    np.testing.assert_allclose(gx, gradient @ directions[0], rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(gy, gradient @ directions[1], rtol=1e-9, atol=1e-11)


def test_a_chain_of_thousands_of_operations_has_a_surface():
    lines = ["n0 = x * y", *(f"n{i + 1} = sin(n{i} + x)" for i in range(4000))]
    program = engine.parse("\n".join(lines), parameters={"x": 0.5, "y": 0.25}).compile()
    xs, ys, z = Landscape(program, ("x", "y"), ((0, 1), (0, 1))).grid(3)
    assert z[1, 2] == pytest.approx(float(program.value([0.5, 1.0])), rel=1e-9)


@pytest.mark.parametrize("n", [-1, 2.5, "many", (8, 8, 8), (8, -8)])
def test_a_grid_has_whole_numbers_of_positions(n):
    land = engine.functions.get("rosenbrock").landscape()
    with pytest.raises(
        EngineError, match="a grid has a whole number of positions, or one for each of 2 axes"
    ):
        land.grid(n)


@pytest.mark.parametrize("what", ["grid", "field"])
def test_a_landscape_that_is_let_go_keeps_no_arrays_until_a_collection(what):
    landscape = engine.functions.get("himmelblau").landscape()
    gone = weakref.ref(landscape)
    gc.disable()
    try:
        getattr(landscape, what)(64, picture=True)
        del landscape
        assert gone() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "formula", ["y + sin(x > 0.3)", "y - (x > 0.3)", "y*sigmoid(x < 0.3)", "y + ((1 > x) - (x > 0.3))"]
)
def test_what_is_computed_of_a_comparison_along_one_axis_is_as_exact_as_all_else(formula):
    program = engine.parse(f"loss = {formula}", parameters={"x": 0.0, "y": 1.0}).compile()
    land = Landscape(program, ("x", "y"), ((-1, 1), (-1, 1)))
    xs, ys, z = land.grid(5)
    points = land.point(xs[:, None], ys)
    np.testing.assert_array_equal(z, program.value(points))
    np.testing.assert_array_equal(land.field(5)[3], program.value_and_gradient(points)[1][..., 0])
