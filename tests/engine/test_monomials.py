"""Rows of powers and products along an axis, against arithmetic."""

import numpy as np

from gdstudio.engine.expression import Tape, reachable
from gdstudio.engine.monomials import Rows


def test_powers_products_and_ones():
    """x², x⁵, x·sigmoid(x)³ and 1 of an input and of a term that is no ufunc, in one matrix."""
    tape = Tape()
    x = tape.input("x")
    s = tape.apply("sigmoid", x - 1.0)
    terms = {term.index: term for term in reachable([s])}
    keys = [
        ((x.index, 2),),
        (),
        ((x.index, 1), (s.index, 3)),
        ((x.index, 5),),
        ((x.index, 1),),
        ((s.index, 1),),
    ]
    values = np.array([-2.0, 0.5, 3.0])
    sigmoid = 1 / (1 + np.exp(1.0 - values))
    expected = [values**2, np.ones(3), values * sigmoid**3, values**5, values, sigmoid]
    found = Rows(keys, terms)({"x": values}, 3)
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_an_input_may_be_wanted_and_used():
    tape = Tape()
    x = tape.input("x")
    y = 2.0 + x
    keys = [((x.index, 1),), ((x.index, 1), (y.index, 1)), ((y.index, 2),)]
    found = Rows(keys, {term.index: term for term in reachable([y])})({"x": np.array([1.0, 4.0])}, 2)
    np.testing.assert_array_equal(found, [[1.0, 4.0], [3.0, 24.0], [9.0, 36.0]])


def test_two_runs_do_not_share_memory():
    tape = Tape()
    x = tape.input("x")
    rows = Rows([((x.index, 2),)], {x.index: x})
    first = rows({"x": np.array([1.0, 2.0])}, 2)
    rows({"x": np.array([5.0, 6.0])}, 2)
    np.testing.assert_array_equal(first, [[1.0, 4.0]])
