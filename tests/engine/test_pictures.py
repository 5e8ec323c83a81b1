"""Pictures of surfaces that are even or odd, and what becomes of those that only nearly are."""

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import Landscape

ACKLEY = "-20*exp(-0.2*sqrt((x**2 + y**2)/2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e"


def landscape(formula, ranges=((-5.0, 5.0), (-3.0, 3.0))):
    program = engine.parse(f"loss = {formula}", parameters={"x": 0.0, "y": 0.0}).compile()
    return Landscape(program, ("x", "y"), ranges)


def is_mirrored(array, axis):
    image = np.flip(array, axis)
    return np.array_equal(array, image) or np.array_equal(array, -image)


def assert_alike(land, shape):
    for exact, picture in zip(land.field(shape)[2:], land.field(shape, picture=True)[2:], strict=True):
        np.testing.assert_array_equal(np.isfinite(picture), np.isfinite(exact))
        finite = np.isfinite(exact)
        spread = np.ptp(exact[finite])
        np.testing.assert_allclose(picture[finite], exact[finite], rtol=0, atol=1e-11 * spread)


@pytest.mark.parametrize(
    "formula", [ACKLEY, "sin(x*y)*exp(-abs(x)/3)", "cos(12*sqrt(x**2 + y**2))/(2 + x**2 + y**2)"]
)
@pytest.mark.parametrize("shape", [(200, 160), (151, 160), (133, 131)])
def test_even_and_odd_surfaces_are_mirrored(formula, shape):
    land = landscape(formula)
    assert_alike(land, shape)
    half = shape[0] // 2
    for part in land.field(shape, picture=True)[2:]:
        first, last = part[:half], part[: -half - 1 : -1]
        assert np.array_equal(first, last) or np.array_equal(first, -last)


def test_surfaces_that_stay_when_turned_are_computed_for_half():
    land = landscape("sin(x*y) + exp(-(x - y)**2)*cos(x + 2*y) + abs(x + y)", ((-3.0, 3.0), (-2.0, 2.0)))
    for shape in ((200, 160), (201, 160), (201, 163)):
        assert_alike(land, shape)
        half = shape[0] // 2
        for part, sign in zip(land.field(shape, picture=True)[2:], (1, -1, -1), strict=True):
            np.testing.assert_array_equal(part[:half], sign * part[: -half - 1 : -1, ::-1])


def test_one_axis_alone_may_be_symmetric():
    land = landscape(ACKLEY, ((-5.0, 5.0), (-3.0, 3.5)))
    assert_alike(land, (180, 140))
    *_, z, gx, gy = land.field((180, 140), picture=True)
    assert [is_mirrored(part, 0) for part in (z, gx, gy)] == [True] * 3
    assert [is_mirrored(part, 1) for part in (z, gx, gy)] == [False] * 3


def test_a_range_that_is_not_symmetric_is_not_mirrored():
    land = landscape(ACKLEY, ((-5.0, 5.1), (-3.0, 3.5)))
    for a, b in zip(land.field(150)[2:], land.field(150, picture=True)[2:], strict=True):
        np.testing.assert_array_equal(a, b)


def test_holes_decide_for_themselves():
    """log(1 - x²) ends at the last positions of the range, which rounding may put on either side."""
    land = landscape("log(4 - x**2)*exp(sin(x**2*y**2)) + sqrt(x**2 + y**2)", ((-3.0, 3.0), (-1.0, 1.0)))
    for a, b in zip(land.field(150)[2:], land.field(150, picture=True)[2:], strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_mirrored_surface_may_be_interpolated_too():
    land = landscape("cos(x*y)*sin(x**2)*exp(cos(x*y/2))", ((-2.0, 2.0), (-2.0, 2.0)))
    assert_alike(land, (640, 640))
    *_, z = land.grid((640, 640), picture=True)
    assert is_mirrored(z, 0)
    assert not np.array_equal(z[:320, :320], land.grid((640, 640))[2][:320, :320])


def test_along_directions_the_middle_of_the_slice_counts():
    program = engine.parse(f"loss = {ACKLEY}", parameters={"x": 0.0, "y": 0.0}).compile()
    for at, mirrored in (([0.0, 0.0], True), ([0.5, 0.0], False)):
        land = Landscape(program, ([1.0, 0.0], [0.0, 2.0]), ((-2.0, 2.0), (-1.0, 1.0)), at=at)
        assert_alike(land, (150, 150))
        assert is_mirrored(land.grid((150, 150), picture=True)[2], 0) is mirrored
