"""Even and odd surfaces, and grids put together from a half or a quarter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Landscape
from gdstudio.engine.parity import Symmetry, parities

AXES = ["axis 0", "axis 1"]


def landscape(formula, ranges=((-3.0, 3.0), (-2.0, 2.0))):
    program = engine.parse(f"loss = {formula}", parameters={"x": 0.0, "y": 0.0}).compile()
    return Landscape(program, ("x", "y"), ranges)


def parity(formula):
    """Of the value, and of the slopes along x and y."""
    terms = landscape(formula)._terms
    return list(zip(*(parities(terms, [axis]) for axis in AXES), strict=True))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("x**2 + y**2", [(1, 1), (-1, 1), (1, -1)]),
        ("x*y", [(-1, -1), (1, -1), (-1, 1)]),
        ("x + y", [(0, 0), (1, 1), (1, 1)]),
        ("x**3*cos(y)", [(-1, 1), (1, 1), (-1, -1)]),
        ("sin(x)*exp(y)", [(-1, 0), (1, 0), (-1, 0)]),
        ("exp(-sqrt(x**2 + y**2))", [(1, 1), (-1, 1), (1, -1)]),
        ("abs(x)*tanh(y)/(1 + x**2)", [(1, -1), (-1, -1), (1, 1)]),
        ("(x + 1)**2", [(0, 1), (0, 1), (1, 1)]),
        ("exp(x)*exp(-x)", [(0, 1), (0, 1), (1, 1)]),
    ],
)
def test_known_parities(formula, expected):
    assert parity(formula) == expected


def test_what_jumps_away_from_0_is_of_no_parity():
    assert parity("floor(x**2) + y**2")[0] == (0, 1)
    assert parity("sign(x)*y")[0] == (-1, -1)
    assert parity("relu(x**2 - 1)")[1][0] == 0


UNARY = ["sin", "cos", "tanh", "abs", "square", "exp", "arctan", "sigmoid", "negative"]
BINARY = ["+", "-", "*"]


@st.composite
def formulas(draw):
    """Formulas of x and y nested a few levels deep."""
    parts = ["x", "y", "0.7"]
    for _ in range(draw(st.integers(1, 7))):
        if draw(st.booleans()):
            name = draw(st.sampled_from(UNARY))
            inner = draw(st.sampled_from(parts))
            parts.append(f"(-({inner}))" if name == "negative" else f"{name}({inner})")
        else:
            parts.append(
                f"({draw(st.sampled_from(parts))} {draw(st.sampled_from(BINARY))} {draw(st.sampled_from(parts))})"
            )
    return f"{parts[-1]} + 0*x*y"


@given(formulas())
def test_a_parity_is_that_of_the_numbers(formula):
    land = landscape(formula)
    x, y = np.array([0.3, 1.1, 0.8]), np.array([0.9, -0.4, 1.3])
    here = land.value_and_gradient(x, y)
    for names, point in ((AXES[:1], (-x, y)), (AXES[1:], (x, -y)), (AXES, (-x, -y))):
        there = land.value_and_gradient(*point)
        for a, b, found in zip(here, there, parities(land._terms, names), strict=True):
            if found:
                np.testing.assert_allclose(b, found * a, rtol=1e-12, atol=1e-12 * np.abs(a).max())


def test_both_axes_together():
    terms = landscape("sin(x*y) + exp(-(x - y)**2)*cos(x + 2*y)")._terms
    assert parities(terms, AXES) == [1, -1, -1]
    assert parities(terms, AXES[:1]) == [0, 0, 0]
    assert parities(landscape("x + y**3 + x*y")._terms, AXES) == [0, 0, 0]


signs = st.sampled_from([-1, 1])


@given(st.integers(1, 9), st.integers(1, 9), st.booleans(), st.booleans(), signs, signs)
def test_unfolding_by_hand(n, m, first, second, p, q):
    """Even or odd numbers at -4 … 4, of which the first half is kept along one axis, both or none."""
    x, y = np.arange(n) - (n - 1) / 2, np.arange(m) - (m - 1) / 2
    whole = (x**2 + 1 if p > 0 else x)[:, None] * (y**2 + 1 if q > 0 else y)
    symmetry = Symmetry([p] if first else [], [q] if second else [], [])
    assert_unfolded(symmetry, whole, (-(-n // 2) if first else n, -(-m // 2) if second else m))


@given(st.integers(1, 9), st.integers(1, 9), signs)
def test_turning_by_hand(n, m, sign):
    x, y = (np.arange(n) - (n - 1) / 2)[:, None], np.arange(m) - (m - 1) / 2
    whole = (x - y) ** 2 + x * y if sign > 0 else x + y**3
    assert_unfolded(Symmetry([], [], [sign]), whole, (-(-n // 2), m))


def assert_unfolded(symmetry, whole, known):
    assert symmetry.known(whole.shape) == known
    result = np.full(whole.shape, np.nan)
    result[: known[0], : known[1]] = whole[: known[0], : known[1]]
    symmetry.unfold([result])
    np.testing.assert_array_equal(result, whole)
