"""Critical points found in view, against those that mpmath polished to 20 digits."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import functions
from gdstudio.engine.critical import critical_points
from gdstudio.engine.formula import parse
from gdstudio.engine.landscape import Landscape

from .oracle_graphs import random_graph

ORACLE = json.loads((Path(__file__).parent / "data" / "landscapes.json").read_text())["landscapes"]
# On the border, and on a crease so thin that no grid can tell a minimum from its neighbours.
OUT_OF_REACH = {"eggholder", "bukin6"}


def landscape(formula: str, ranges: tuple, **parameters: float) -> Landscape:
    return Landscape(parse(formula, parameters).compile(), tuple(parameters), ranges)


def kinds(points) -> dict[str, int]:
    return {kind: sum(point.kind == kind for point in points) for kind in ("minimum", "saddle", "maximum")}


@pytest.mark.parametrize("name", sorted(set(ORACLE) - OUT_OF_REACH))
def test_every_known_stationary_point_is_found(name: str) -> None:
    found = critical_points(functions.get(name).landscape())
    places = np.array([point.position for point in found]).reshape(-1, functions.get(name).dimension)
    for entry in ORACLE[name]["stationary"]:
        distance = np.abs(places - entry["x"]).max(axis=1)
        point = found[int(distance.argmin())]
        assert distance.min() < 1e-7
        assert point.value == pytest.approx(entry["f"], rel=1e-10, abs=1e-10)
        if entry["kind"] == "min":
            assert point.kind == "minimum"
        if entry["hess_eigs"] is not None and not point.kink:
            scale = max(1.0, np.abs(entry["hess_eigs"]).max())
            # A root of higher order is found less exactly, and so is the curvature there.
            atol = 1e-5 if point.degenerate else 1e-7
            expected = np.array(entry["hess_eigs"]) / scale
            np.testing.assert_allclose(np.array(point.eigenvalues) / scale, expected, atol=atol)


def test_himmelblau_has_nine() -> None:
    """Four minima, four saddles, one maximum: counts that Euler's formula asks for (4 - 4 + 1 = 1)."""
    found = critical_points(functions.get("himmelblau").landscape())
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    assert [point.kind for point in found] == ["minimum"] * 4 + ["saddle"] * 4 + ["maximum"]
    assert not any(point.degenerate or point.kink for point in found)


def test_rastrigin_is_a_grid_of_minima_maxima_and_saddles() -> None:
    found = critical_points(functions.get("rastrigin").landscape())
    assert kinds(found) == {"minimum": 11 * 11, "maximum": 10 * 10, "saddle": 2 * 11 * 10}


def test_eigenvectors_belong_to_the_eigenvalues() -> None:
    (point,) = critical_points(functions.quadratic(100.0, 30.0).landscape())
    np.testing.assert_allclose(point.eigenvalues, [1.0, 100.0], rtol=1e-9)
    along = np.array([np.cos(np.pi / 6), np.sin(np.pi / 6)])
    assert abs(along @ point.directions[0]) == pytest.approx(1.0)
    assert abs(along @ point.directions[1]) == pytest.approx(0.0, abs=1e-9)
    assert point.condition == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("loss = x**4 + y**4", "minimum"),
        ("loss = -x**4 - y**2", "maximum"),
        ("loss = x**3 - 3*x*y**2", "saddle"),
        ("loss = x**3 + y**2", "saddle"),
    ],
)
def test_degenerate_points_are_judged_by_the_values_around(formula: str, kind: str) -> None:
    (point,) = critical_points(landscape(formula, ((-1.1, 1.0), (-1.0, 1.2)), x=0.3, y=0.4))
    assert point.kind == kind
    assert point.degenerate
    assert point.condition is None
    np.testing.assert_allclose(point.position, 0.0, atol=1e-3)


def test_a_floor_of_minima_shows_as_some_points_along_it() -> None:
    found = critical_points(functions.get("deep_linear").landscape())
    floor = [point for point in found if point.kind == "minimum"]
    assert 4 <= len(floor) <= 20
    for point in floor:
        assert point.degenerate
        assert np.prod(point.position) == pytest.approx(1.0)
        # Sharpness along the floor w1·w2 = 1 is w1² + w2².
        assert point.eigenvalues[1] == pytest.approx(np.square(point.position).sum())
    (saddle,) = [point for point in found if point.kind == "saddle"]
    assert saddle.eigenvalues == pytest.approx((-1.0, 1.0))


@pytest.mark.parametrize("name", ["abs_sum", "cd_trap", "ackley", "d1_abs"])
def test_a_minimum_at_a_kink_is_found_and_said_to_be_one(name: str) -> None:
    found = critical_points(functions.get(name).landscape())
    (kink,) = [point for point in found if point.kink]
    np.testing.assert_allclose(kink.position, 0.0, atol=1e-9)
    assert kink.kind == "minimum"
    assert kink.eigenvalues == ()


@pytest.mark.parametrize("name", ["bukin6", "abs_graph"])
def test_a_crease_is_not_taken_for_minima(name: str) -> None:
    """Points along a crease are lowest on any grid, yet the crease itself leads on."""
    assert critical_points(functions.get(name).landscape()) == ()


def test_a_plane_and_a_plain_have_none() -> None:
    assert critical_points(landscape("loss = 2*x - y", ((-1, 1), (-1, 1)), x=0.0, y=0.0)) == ()
    assert critical_points(landscape("loss = 3 + 0*x*y", ((-1, 1), (-1, 1)), x=0.0, y=0.0)) == ()


def test_holes_are_passed_over() -> None:
    ranges = ((-1.0, 2.0), (-1.0, 1.0))
    (point,) = critical_points(landscape("loss = x*log(x) + y**2", ranges, x=1.0, y=0.5))
    np.testing.assert_allclose(point.position, (np.exp(-1), 0.0), atol=1e-9)


def test_points_outside_the_view_are_not_listed() -> None:
    view = landscape("loss = (x - 5)**2 + y**2", ((-1.0, 1.0), (-1.0, 1.0)), x=0.0, y=0.0)
    assert critical_points(view) == ()


def test_axes_of_very_different_scale() -> None:
    view = landscape("loss = (1e6*x - 1)**2 + (1e-6*y + 1)**2", ((-1e-5, 1e-5), (-1e7, 1e7)), x=0.0, y=0.0)
    (point,) = critical_points(view)
    np.testing.assert_allclose(point.position, (1e-6, -1e6), rtol=1e-9)
    assert point.kind == "minimum"


def test_a_slice_has_critical_points_of_its_own() -> None:
    """Along the diagonal of x² + y² + z² and at z = 2: the lowest point of the slice, not of the space."""
    program = parse("loss = x**2 + y**2 + z**2", {"x": 1.0, "y": 0.0, "z": 2.0}).compile()
    view = Landscape(program, ([1.0, 1.0, 0.0],), ((-3.0, 3.0),))
    (point,) = critical_points(view)
    assert point.position[0] == pytest.approx(-0.5)
    assert point.value == pytest.approx(4.5)
    assert point.eigenvalues == pytest.approx((4.0,))


def test_the_limit_keeps_the_lowest_minima() -> None:
    found = critical_points(functions.get("rastrigin").landscape(), limit=5)
    assert [point.kind for point in found] == ["minimum"] * 5
    assert found[0].value == pytest.approx(0.0, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 12))
def test_what_is_found_is_what_it_is_called(seed: int, size: int) -> None:
    program = random_graph(seed, size, leaves=2).compile()
    view = Landscape(program, ("x0", "x1"), ((-2.0, 2.0), (-2.0, 2.0)))
    _, _, _, gx, gy = view.field(33)
    steepest = np.nanmax(np.abs([gx, gy]))
    around = 1e-4 * np.stack([np.cos(np.linspace(0, 6.2, 40)), np.sin(np.linspace(0, 6.2, 40))], axis=1)
    for point in critical_points(view, resolution=65):
        assert all(-2 <= x <= 2 for x in point.position)
        value, *slope = view.value_and_gradient(*point.position)
        assert value == pytest.approx(point.value)
        if not point.kink:
            assert np.abs(slope).max() <= 1e-5 * steepest
        if point.kind == "minimum" and not point.degenerate:
            rises = program.value(np.array(point.position) + around) - value
            assert rises.min() >= -1e-12 * (1 + abs(value))


def test_a_plain_of_minima_is_not_a_thousand_points() -> None:
    """relu is 0 on half of the plane: no point of the plain is critical, and its edge shows as a few."""
    found = critical_points(landscape("loss = relu(x)**2 + 0*y", ((-2.0, 2.0), (-2.0, 2.0)), x=0.0, y=0.0))
    assert len(found) <= 8
    assert all(point.degenerate and abs(point.position[0]) < 0.05 for point in found)
