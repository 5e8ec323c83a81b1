"""Bounds at complex numbers, against the functions of numpy and of arithmetic at such numbers."""

import cmath
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gdstudio.engine.analytic import Region, bounds
from gdstudio.engine.expression import Tape


def complex_erf(z):
    """The integral of 2/sqrt(pi)·exp(-t²) from 0 to z by Gauss's rule."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    t = z * (nodes + 1) / 2
    return complex(np.sum(weights * np.exp(-t * t)) * z / math.sqrt(math.pi))


FUNCTIONS = {
    "negative": lambda z: -z,
    "square": lambda z: z * z,
    "sqrt": cmath.sqrt,
    "reciprocal_or_zero": lambda z: 1 / z,
    "exp": cmath.exp,
    "expm1": lambda z: cmath.exp(z) - 1,
    "log": cmath.log,
    "log1p": lambda z: cmath.log(1 + z),
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tanh": cmath.tanh,
    "sigmoid": lambda z: 1 / (1 + cmath.exp(-z)),
    "softplus": lambda z: cmath.log(1 + cmath.exp(z)),
    "arctan": cmath.atan,
    "erf": complex_erf,
    "erfc": lambda z: 1 - complex_erf(z),
    "abs": lambda z: z if z.real >= 0 else -z,
    "sign": lambda z: 1.0 if z.real > 0 else -1.0,
    "relu": lambda z: z if z.real > 0 else 0.0,
}

PAIRS = {
    "add": lambda z, w: z + w,
    "subtract": lambda z, w: z - w,
    "multiply": lambda z, w: z * w,
    "divide": lambda z, w: z / w,
    "power": lambda z, w: cmath.exp(w * cmath.log(z)),
}

numbers = st.floats(-4.0, 4.0)
shares = st.floats(0.0, 1.0)


@st.composite
def regions(draw):
    """A region and a point in it."""
    low, high = sorted((draw(numbers), draw(numbers)))
    side = draw(st.floats(0.0, 2.0))
    real = low + (high - low) * draw(shares)
    return Region(low, high, side), complex(min(real, high), side * (2 * draw(shares) - 1))


def bound(op, *given):
    tape = Tape(simplify=False)
    term = tape.primitive(op, tuple(tape.input(str(i)) for i in range(len(given))))
    (found,) = bounds([term], {str(i): exactly(region) for i, region in enumerate(given)})
    return float(found)


def exactly(region):
    return Region(*map(np.float64, region))


@pytest.mark.parametrize("op", FUNCTIONS)
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(regions())
def test_no_value_of_a_function_is_beyond_its_bound(op, drawn):
    region, point = drawn
    limit = bound(op, region)
    assume(math.isfinite(limit))
    assert abs(FUNCTIONS[op](point)) <= limit * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize("op", PAIRS)
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(regions(), regions())
def test_no_value_of_two_numbers_is_beyond_its_bound(op, first, second):
    limit = bound(op, first[0], second[0])
    assume(math.isfinite(limit))
    assert abs(PAIRS[op](first[1], second[1])) <= limit * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize("op", FUNCTIONS)
def test_what_is_real_and_positive_has_a_bound(op):
    """Of a narrow interval it is the function itself, or 1 for what is known to lie in [-1, 1]."""
    limit = bound(op, Region(0.5, 0.5, 0.0))
    assert abs(FUNCTIONS[op](0.5 + 0j)) <= limit <= max(2.0, 1.0001 * abs(FUNCTIONS[op](0.5 + 0j)))


@pytest.mark.parametrize(
    ("op", "region"),
    [
        ("sqrt", Region(0.0, 1.0, 0.0)),
        ("log", Region(-1.0, 1.0, 0.0)),
        ("log1p", Region(-1.5, 1.0, 0.0)),
        ("reciprocal_or_zero", Region(-1.0, 1.0, 0.1)),
        ("abs", Region(-0.1, 1.0, 0.0)),
        ("relu", Region(-1.0, 0.1, 0.0)),
        ("sign", Region(-1.0, 0.0, 0.0)),
        ("tanh", Region(0.0, 1.0, 1.6)),
        ("sigmoid", Region(0.0, 1.0, 3.2)),
        ("softplus", Region(0.0, 1.0, 3.2)),
        ("arctan", Region(0.0, 1.0, 1.0)),
    ],
)
def test_where_a_function_breaks_there_is_no_bound_nor_for_what_is_made_of_it(op, region):
    assert math.isnan(bound(op, region))
    tape = Tape(simplify=False)
    broken = tape.apply(op, tape.input("x"))
    for outer in ("exp", "sin", "tanh", "sigmoid", "softplus", "erf", "relu", "square"):
        (found,) = bounds([tape.apply(outer, broken)], {"x": exactly(region)})
        assert math.isnan(float(found)), outer


def test_comparisons_are_known_where_intervals_lie_apart():
    tape = Tape()
    x, y = tape.input("x"), tape.input("y")
    chosen = [
        tape.apply("where", tape.apply(op, x, y), 5.0 * x, 7.0 * y) for op in ("greater", "less", "equal")
    ]
    apart = bounds(chosen, {"x": exactly(Region(2.0, 3.0, 0.5)), "y": exactly(Region(0.0, 1.0, 0.0))})
    np.testing.assert_allclose([float(b) for b in apart], [np.hypot(15.0, 2.5), 7.0, 7.0])
    crossed = bounds(chosen, {"x": exactly(Region(0.5, 3.0, 0.5)), "y": exactly(Region(0.0, 1.0, 0.0))})
    assert all(math.isnan(float(b)) for b in crossed)


def test_a_constant_scales_and_an_interval_squares_exactly():
    tape = Tape()
    x = tape.input("x")
    found = bounds([-3.0 * x, x * x, 2.0 - x], {"x": exactly(Region(-1.0, 2.0, 0.0))})
    assert [float(b) for b in found] == [6.0, 4.0, 3.0]


def test_bounds_of_many_regions_at_once():
    tape = Tape()
    low = np.array([0.0, 1.0, -3.0])
    (found,) = bounds([tape.apply("exp", tape.input("x"))], {"x": Region(low, low + 1.0, np.zeros(3))})
    np.testing.assert_allclose(found, np.exp(low + 1.0))


def test_tensors_and_operations_without_a_rule_are_refused():
    tape = Tape()
    x, matrix = tape.input("x"), tape.input("W", (2, 2))
    region = exactly(Region(0.0, 1.0, 0.0))
    assert bounds([tape.apply("sum", matrix, axis=None, keepdims=False)], {"W": region}) is None
    assert bounds([tape.apply("floor", x)], {"x": region}) is None
