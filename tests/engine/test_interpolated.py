"""Pictures interpolated from few points, against the same grids computed point by point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Landscape
from gdstudio.engine.interpolated import interpolated_plan

WAVES = "sin(x*y) + exp(-(x - y)**2)*cos(x + 2*y)"


def landscape(formula, ranges=((-3.0, 3.0), (-3.0, 3.0)), **options):
    program = engine.parse(f"loss = {formula}", parameters={"x": 0.0, "y": 0.0}).compile()
    return Landscape(program, ("x", "y"), ranges, **options)


def plan_of(land, shape):
    plan = land._field_plan
    return interpolated_plan(land._terms, plan, ["axis 0", "axis 1"], land.positions(shape))


def assert_alike(land, shape, share=1e-11):
    """Value and slopes of a picture differ from the exact ones by less than `share` of their spread, holes nowhere."""
    for exact, picture in zip(land.field(shape)[2:], land.field(shape, picture=True)[2:], strict=True):
        finite = np.isfinite(exact)
        np.testing.assert_array_equal(np.isfinite(picture), finite)
        spread = np.ptp(exact[finite])
        np.testing.assert_allclose(picture[finite], exact[finite], rtol=0, atol=share * spread)


SMOOTH = [
    WAVES,
    "log(1 + exp(x*y/4)) + tanh((x - y)/6)",
    "softplus(x*y/4) + sigmoid((x + y)/3)*sin(y*x)",
    "exp(sin(x + y**2/3)) / (10 + x*y)",
    "erf(x*y/3) + arctan((x - y)/4)",
    "(20 + x*y)**0.3 * cos(x - y**2/4)",
    "sqrt(10 + x*y + x) * exp(x*y/9)",
]


@pytest.mark.parametrize("formula", SMOOTH)
def test_smooth_surfaces_are_interpolated(formula):
    land = landscape(formula)
    assert plan_of(land, (512, 512)) is not None
    assert_alike(land, (512, 512))


@given(
    st.sampled_from(SMOOTH),
    st.integers(256, 400),
    st.integers(256, 400),
    st.floats(-2.5, 1.0),
    st.floats(-2.5, 1.0),
    st.floats(0.05, 2.0),
)
@settings(max_examples=12, deadline=None)
def test_any_size_and_any_place(formula, n, m, left, bottom, width):
    land = landscape(formula, ((left, left + width), (bottom, bottom + 1.3 * width)))
    assert_alike(land, (n, m))


def test_only_the_cells_around_a_kink_are_computed_point_by_point():
    """There the picture has the bits of the exact surface: abs has a kink where x is 0, in the second of four cells."""
    land = landscape("abs(x)*sin(x*y) + exp(-(x*y)**2/9)", ((-1.0, 1.8), (-1.0, 1.0)))
    exact, picture = land.field((512, 512))[2], land.field((512, 512), picture=True)[2]
    assert_alike(land, (512, 512))
    same = (exact == picture).all(axis=1)
    assert same[128:256].all()
    assert not same[:128].any()
    assert not same[256:].any()


def test_holes_stay_where_they_are():
    land = landscape("log(x*y - 1)*sin(x*y)", ((0.8, 4.0), (0.8, 4.0)))
    assert plan_of(land, (512, 512)) is not None
    assert_alike(land, (512, 512))


@pytest.mark.parametrize("width", [1e-1, 1e-2, 1e-3, 1e-4])
def test_a_peak_between_the_points_is_not_missed(width):
    land = landscape(f"sin(x*y)*exp(cos(x - y)) + exp(-((x - 0.3)**2 + (y + 0.2)**2)/{width}**2)")
    assert_alike(land, (512, 500))


def test_a_function_that_is_not_smooth_anywhere_is_not_interpolated():
    assert plan_of(landscape("floor(5*x*y) + sin(x*y)"), (512, 512)) is None
    assert plan_of(landscape("sin(3000*x*y) + cos(x - y)"), (512, 512)) is None


def test_what_is_cheap_or_small_is_not_interpolated():
    assert plan_of(landscape("sin(x) + cos(y)"), (512, 512)) is None
    assert plan_of(landscape(WAVES), (40, 400)) is None


def test_where_rounding_would_be_seen_nothing_is_interpolated():
    """A surface of height 1e-9 on top of 1e6, and ranges so narrow that neighbours are a few roundings apart."""
    assert plan_of(landscape(f"1e6 + 1e-9*({WAVES})"), (512, 512)) is None
    assert plan_of(landscape(WAVES, ((1.0, 1.0 + 1e-12), (1.0, 1.0 + 1e-12))), (512, 512)) is None


def test_a_plateau_keeps_its_bits():
    """Colours by rank spread the values of a plateau over the whole map, however little they differ."""
    ranges = ((-10.0, 10.0), (-10.0, 10.0))
    assert (
        plan_of(landscape("-cos(x)*cos(y)*exp(-((x - pi)**2 + (y - pi)**2)) - exp(-x*x*y*y)", ranges), 512)
        is None
    )
    assert plan_of(landscape("cos(x*y/4)*exp(sin(x)*y/9)", ((-5.0, 5.0), (-5.0, 5.0))), 512) is not None


def test_without_leave_the_surface_is_exact():
    land, plain = landscape(WAVES), landscape(WAVES, regroup=False)
    for a, b in zip(land.field(512)[2:], land.field(512, picture=True)[2:], strict=True):
        assert not np.array_equal(a, b)
    for a, b in zip(plain.field(512)[2:], plain.field(512, picture=True)[2:], strict=True):
        np.testing.assert_array_equal(a, b)
    xs, ys, z = plain.grid((256, 200))
    x, y = np.meshgrid(xs, ys, indexing="ij")
    np.testing.assert_array_equal(z, np.sin(x * y) + np.exp(-((x - y) ** 2)) * np.cos(x + 2 * y))


def test_the_value_alone_and_along_directions():
    program = engine.parse(f"loss = {WAVES}", parameters={"x": 0.0, "y": 0.0}).compile()
    land = Landscape(program, ([1.0, 1.0], [1.0, -0.5]), ((-1.0, 1.0), (-1.5, 1.0)), at=[0.3, 0.2])
    exact, picture = land.grid(512)[2], land.grid(512, picture=True)[2]
    assert not np.array_equal(exact, picture)
    np.testing.assert_allclose(picture, exact, rtol=0, atol=1e-11)
