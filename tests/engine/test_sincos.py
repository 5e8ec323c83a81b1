"""Sine and cosine together, against numpy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Landscape
from gdstudio.engine.sincos import sincos


def both(x):
    sine, cosine = np.empty_like(x), np.empty_like(x)
    sincos(x, sine, cosine)
    return sine, cosine


@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=50))
def test_it_is_the_sine_and_the_cosine_to_a_few_roundings(angles):
    x = np.array(angles)
    sine, cosine = both(x)
    np.testing.assert_allclose(sine, np.sin(x), rtol=0, atol=5e-16)
    np.testing.assert_allclose(cosine, np.cos(x), rtol=0, atol=5e-16)


def test_known_angles():
    sine, cosine = both(np.array([0.0, -0.0, np.pi / 6, np.pi / 2, -np.pi / 2, 2 * np.pi / 3]))
    root = 0.8660254037844386
    np.testing.assert_allclose(sine, [0, 0, 0.5, 1, -1, root], rtol=4e-16)
    np.testing.assert_allclose(cosine, [1, 1, root, 0, 0, -0.5], rtol=0, atol=4e-16)


def test_what_pi_lacks_in_doubles_is_seen():
    sine, _cosine = both(np.array([np.pi]))
    assert sine[0] == pytest.approx(1.2246467991473532e-16, rel=1e-4)


@pytest.mark.parametrize("count", [1, 8192, 8193, 20000])
def test_long_arrays_are_done_in_pieces(count):
    x = np.linspace(-40.0, 40.0, count)
    sine, cosine = both(x)
    np.testing.assert_allclose(sine, np.sin(x), rtol=0, atol=5e-16)
    np.testing.assert_allclose(cosine, np.cos(x), rtol=0, atol=5e-16)


def test_angles_that_are_huge_or_not_finite_are_as_numpy_has_them():
    x = np.array([1e300, 3.0, np.inf, -np.inf, np.nan, 1e6])
    with np.errstate(invalid="ignore"):
        sine, cosine = both(x)
        np.testing.assert_array_equal(sine, np.sin(x))
        np.testing.assert_array_equal(cosine, np.cos(x))


def test_results_may_go_where_they_are_not_contiguous():
    x = np.linspace(0.0, 3.0, 12).reshape(3, 4)
    wide = np.zeros((3, 8))
    sincos(x, wide[:, ::2], wide[:, 1::2])
    np.testing.assert_array_equal(wide[:, ::2], np.sin(x))
    np.testing.assert_array_equal(wide[:, 1::2], np.cos(x))


def test_a_surface_of_waves_is_the_same_with_and_without():
    """Value and slopes use sin(x·y), cos(x·y) and one of them as the result itself."""
    program = engine.parse("loss = sin(x*y)", parameters={"x": 0.0, "y": 0.0}).compile()
    ranges = ((-3.0, 3.0), (-2.0, 4.0))
    xs, ys, *quick = Landscape(program, ("x", "y"), ranges).field((90, 70))
    x, y = np.meshgrid(xs, ys, indexing="ij")
    expected = np.sin(x * y), y * np.cos(x * y), x * np.cos(x * y)
    for a, b in zip(quick, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=4e-15)
