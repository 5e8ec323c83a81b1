"""Gaussian smoothing against blurs that are known in closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import functions
from gdstudio.engine.critical import critical_points
from gdstudio.engine.errors import EngineError, GraphError
from gdstudio.engine.formula import parse
from gdstudio.engine.landscape import Landscape
from gdstudio.engine.smoothing import SmoothLandscape, degree, smoothed


def rastrigin(x, y, s):
    """E of 20 + x² + y² − 10·(cos 2πx + cos 2πy): each cosine shrinks by exp(−2π²s²)."""
    shrink = 10 * math.exp(-2 * math.pi**2 * s**2)
    return 20 + x**2 + y**2 + 2 * s**2 - shrink * (np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y))


@pytest.mark.parametrize("s", [0.02, 0.3, 1.0, 3.0])
def test_rastrigin_blurs_to_its_closed_form(s: float) -> None:
    land = SmoothLandscape(functions.get("rastrigin").landscape(), s)
    xs, ys, z, gx, gy = land.field(33)
    x, y = np.meshgrid(xs, ys, indexing="ij")
    slope = 20 * math.pi * math.exp(-2 * math.pi**2 * s**2)
    np.testing.assert_allclose(z, rastrigin(x, y, s), atol=2e-10)
    np.testing.assert_allclose(gx, 2 * x + slope * np.sin(2 * np.pi * x), atol=2e-9)
    np.testing.assert_allclose(gy, 2 * y + slope * np.sin(2 * np.pi * y), atol=2e-9)
    value, slope_x, _ = land.value_and_gradient(1.3, -0.7)
    assert value == pytest.approx(rastrigin(1.3, -0.7, s), rel=1e-11)
    assert slope_x == pytest.approx(2.6 + slope * math.sin(2.6 * math.pi), abs=1e-9)


@pytest.mark.parametrize("s", [0.1, 0.7, 2.0])
def test_polynomials_blur_exactly(s: float) -> None:
    """E (x + sz)⁴ = x⁴ + 6s²x² + 3s⁴ and E (x + sz)² = x² + s²."""
    land = SmoothLandscape(functions.get("d1_double_well").landscape(), s)
    assert land.degree == 4
    xs, z, g = land.field(41)
    exact = xs**4 + 6 * s**2 * xs**2 + 3 * s**4 - 3 * (xs**2 + s**2) - 0.8 * xs
    np.testing.assert_allclose(z, exact, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(g, 4 * xs**3 + 12 * s**2 * xs - 6 * xs - 0.8, rtol=1e-10, atol=1e-10)
    value, slope = land.value_and_gradient(xs)
    np.testing.assert_allclose(value, exact, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(slope, g, rtol=1e-10, atol=1e-10)


def test_the_double_well_becomes_convex_at_one_over_root_two() -> None:
    """The second derivative of the blur is 12x² + 12s² − 6, positive everywhere from s = 1/√2 on."""
    land = functions.get("d1_double_well").landscape()
    for s, convex in ((0.70, False), (0.72, True)):
        _, _, slope = SmoothLandscape(land, s).field(401)
        assert (np.diff(slope) > 0).all() == convex


def test_a_blur_hides_the_narrow_well() -> None:
    """E exp(−(x−a)²/2w²) = w/√(w²+s²)·exp(−(x−a)²/2(w²+s²)): the narrow, deepest well loses."""
    land = functions.get("d1_narrow_vs_broad").landscape()
    sharp = land.grid(501)
    assert sharp[0][sharp[1].argmin()] == pytest.approx(2.0, abs=0.03)
    s = 1.0
    xs, z = SmoothLandscape(land, s).grid(501)
    exact = 0.002 * (xs**2 + s**2)
    for depth, place, width in ((1.0, 2.0, 0.15), (0.8, -2.0, 1.0)):
        wide = width**2 + s**2
        exact -= depth * width / math.sqrt(wide) * np.exp(-((xs - place) ** 2) / (2 * wide))
    np.testing.assert_allclose(z, exact, atol=1e-12)
    assert xs[z.argmin()] == pytest.approx(-2.0, abs=0.05)


def test_a_kink_is_rounded() -> None:
    """E|x + sz| = s·√(2/π)·exp(−x²/2s²) + x·erf(x/s√2); at 0 it is s·√(2/π)."""
    land = SmoothLandscape(functions.get("d1_abs").landscape(), 0.5)
    assert land.grid(201)[1][100] == pytest.approx(0.5 * math.sqrt(2 / math.pi), abs=1e-4)
    value, slope = land.value_and_gradient(0.4)
    exact = 0.5 * math.sqrt(2 / math.pi) * math.exp(-0.32) + 0.4 * math.erf(0.8 / math.sqrt(2))
    assert value == pytest.approx(exact, abs=1e-4)
    assert slope == pytest.approx(math.erf(0.8 / math.sqrt(2)), abs=1e-2)


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0])
@pytest.mark.parametrize("n", [9, 65])
def test_a_kink_on_a_grid_point_counts_no_more_than_elsewhere(sigma, n) -> None:
    """On grids of few points, too: the rule of trapezoids alone is 0.9 % high at 0 with 3 points for each sigma."""
    line = Landscape(parse("loss = abs(x)", {"x": 1.0}).compile(), ("x",), ((-4.0, 4.0),))
    xs, z = SmoothLandscape(line, sigma).grid(n)
    erf = np.array([math.erf(x / (sigma * math.sqrt(2))) for x in xs])
    exact = sigma * math.sqrt(2 / math.pi) * np.exp(-(xs**2) / (2 * sigma**2)) + xs * erf
    np.testing.assert_allclose(z, exact, rtol=4e-5)


def test_a_kink_along_two_axes_is_blurred_within_some_parts_in_ten_thousand() -> None:
    program = parse("loss = abs(x) + abs(y)", {"x": 1.0, "y": 1.0}).compile()
    plane = Landscape(program, ("x", "y"), ((-4.0, 4.0), (-4.0, 4.0)))
    *_, z = SmoothLandscape(plane, 0.5).grid(9)
    assert z[4, 4] == pytest.approx(2 * 0.5 * math.sqrt(2 / math.pi), rel=2e-4)


def test_second_derivatives_are_those_of_the_blur() -> None:
    """E (x² + y² + x³) blurs to x² + x³ + 3s²x + …: its second derivatives are 2 + 6x and 2, its mixed one
    0.
    """
    program = parse("loss = x**3 + x**2 + y**2", {"x": 1.0, "y": 1.0}).compile()
    land = SmoothLandscape(Landscape(program, ("x", "y"), ((-1.0, 1.0), (-1.0, 1.0))), 0.5)
    np.testing.assert_allclose(land.hessian(0.5, 0.3), [[5.0, 0.0], [0.0, 2.0]], atol=1e-12)
    # |x| blurs to a smooth minimum of curvature √(2/π)/s, though it has none itself.
    kink = SmoothLandscape(functions.get("d1_abs").landscape(), 0.5)
    assert kink.hessian(0.0)[0, 0] == pytest.approx(2 * np.sqrt(2 / np.pi), rel=1e-3)


def test_critical_points_of_a_blur_are_its_own() -> None:
    """Blurred by σ ≥ 1/√2 the double well has one minimum and no maximum."""
    land = functions.get("d1_double_well").landscape()
    assert [point.kind for point in critical_points(land)] == ["minimum", "minimum", "maximum"]
    (point,) = critical_points(SmoothLandscape(land, 0.8))
    (x,) = point.position
    assert 4 * x**3 + (12 * 0.64 - 6) * x - 0.8 == pytest.approx(0.0, abs=1e-9)
    assert point.eigenvalues[0] == pytest.approx(12 * x**2 + 12 * 0.64 - 6)


def test_each_axis_may_have_a_width_of_its_own() -> None:
    land = SmoothLandscape(functions.get("sphere").landscape(), (0.5, 2.0))
    _, _, z = land.grid(9)
    np.testing.assert_allclose(z - functions.get("sphere").landscape().grid(9)[2], 0.25 + 4.0, atol=1e-10)


def test_the_width_along_a_direction_is_in_its_units() -> None:
    program = parse("loss = x**2 + y**2", {"x": 1.0, "y": 2.0}).compile()
    land = SmoothLandscape(Landscape(program, ([3.0, 4.0],), ((-1.0, 1.0),)), 0.2)
    value, _ = land.value_and_gradient(0.0)
    assert value == pytest.approx(5.0 + 25 * 0.04)


def test_holes_grow_by_the_blur_and_no_further() -> None:
    program = parse("loss = log(x)", {"x": 1.0}).compile()
    xs, z = SmoothLandscape(Landscape(program, ("x",), ((-1.0, 4.0),)), 0.1).grid(101)
    assert np.isnan(z[xs < 0.4]).all()
    assert np.isfinite(z[xs > 0.6]).all()
    assert z[xs > 0.6][-1] == pytest.approx(math.log(4.0) - 0.01 / (2 * 16), abs=1e-5)


@pytest.mark.parametrize("sigma", [0.0, -1.0, math.nan, math.inf, (0.1, 0.0), (1, 2, 3), "wide"])
def test_an_impossible_width_is_refused(sigma) -> None:
    with pytest.raises(EngineError, match="sigma"):
        SmoothLandscape(functions.get("sphere").landscape(), sigma)


DEGREES = {
    "sphere": 2,
    "line_fit": 2,
    "rosenbrock": 4,
    "beale": 8,
    "goldstein_price": 8,
    "rnn_power10": 22,
    "monkey_saddle": 3,
    "rastrigin": None,
    "abs_sum": None,
    "plateau_gm": None,
}


@pytest.mark.parametrize(("name", "expected"), DEGREES.items())
def test_the_degree_of_a_polynomial_is_known(name: str, expected: int | None) -> None:
    assert degree(functions.get(name).graph()) == expected


def test_degree_counts_the_named_leaves_only() -> None:
    graph = parse("loss = w**3*x + sin(x)/b", {"w": 1.0, "x": 2.0}, {"b": 3.0})
    assert degree(graph) is None
    assert degree(graph, wrt=["w"]) == 3
    assert degree(graph, wrt=["b"]) is None
    assert degree(parse("a = u @ v\nloss = mse(a, v)", {"u": np.eye(2), "v": [1.0, 2.0]})) == 4


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "rastrigin", "easom", "d1_forrester", "cliff"])
def test_the_blurred_graph_is_the_blurred_surface(name: str) -> None:
    function = functions.get(name)
    s = 0.3
    graph = smoothed(function.graph(), s)
    assert graph.output == "loss"
    assert graph.nodes["sigma"].value == s
    assert graph.parameters == function.coordinates
    program = graph.compile()
    land = SmoothLandscape(function.landscape(), s)
    low, high = np.array(function.domain).T
    points = low + (high - low) * np.random.default_rng(1).uniform(size=(20, function.dimension))
    value, gradient = program.value_and_gradient(points)
    expected = land.value_and_gradient(*points.T)
    np.testing.assert_allclose(value, expected[0], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(gradient.T, expected[1:], rtol=1e-7, atol=1e-7)


def test_the_width_of_a_blurred_graph_can_be_edited() -> None:
    graph = smoothed(functions.get("sphere").graph(), 1.0)
    program = graph.with_value("sigma", 0.5).compile()
    assert program.value([1.0, 2.0]) == pytest.approx(5.0 + 2 * 0.25)


def test_names_that_are_taken_are_left_alone() -> None:
    graph = smoothed(parse("loss = (x*sigma - weights)**2", {"x": 1.0}, {"sigma": 2.0, "weights": 1.0}), 0.5)
    # E (2(x + z/2) − 1)² = (2x − 1)² + 4·0.25
    assert graph.compile().value([3.0]) == pytest.approx(25.0 + 1.0)


def test_tensors_between_are_refused_with_the_node_named() -> None:
    with pytest.raises(GraphError, match="is a tensor") as caught:
        smoothed(functions.get("line_fit").graph(), 0.5)
    assert caught.value.node == "multiply1"
    with pytest.raises(GraphError, match="element by element"):
        smoothed(parse("loss = sum(x)**2", {"x": 1.0}), 0.5)
    with pytest.raises(EngineError, match="one or two coordinates"):
        smoothed(parse("loss = x + y + z", {"x": 1.0, "y": 1.0, "z": 1.0}), 0.5)


@settings(deadline=None, max_examples=30)
@given(
    coefficients=st.lists(st.floats(-2, 2), min_size=1, max_size=6),
    s=st.floats(0.05, 2.0),
    at=st.floats(-2, 2),
)
def test_random_polynomials_blur_as_the_heat_equation_says(
    coefficients: list[float], s: float, at: float
) -> None:
    """The blur is exp(s²/2 · d²/dx²) f, a finite sum for a polynomial."""
    text = " + ".join(f"{c!r}*x**{k}" if k else repr(c) for k, c in enumerate(coefficients))
    program = parse(f"loss = {text} + 0*x", {"x": 0.0}).compile()
    value, _ = SmoothLandscape(Landscape(program, ("x",), ((-3.0, 3.0),)), s).value_and_gradient(at)
    polynomial = np.polynomial.Polynomial(coefficients)
    expected, factor = 0.0, 1.0
    for m in range(4):
        expected += factor * (polynomial.deriv(2 * m) if m else polynomial)(at)
        factor *= s**2 / 2 / (m + 1)
    assert value == pytest.approx(expected, rel=1e-10, abs=1e-9)
