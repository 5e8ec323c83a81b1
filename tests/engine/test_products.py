"""Slices of networks with their products taken together, against plain evaluation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import Landscape
from gdstudio.engine.derivative import gradients
from gdstudio.engine.expression import Evaluation, Tape, Term, reachable
from gdstudio.engine.plan import ArrayPlan
from gdstudio.engine.products import joined_products

from .oracle_graphs import LOSSES, random_network


@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 5), min_size=2, max_size=4),
    st.integers(1, 7),
    st.sampled_from(["relu", "tanh", "leaky_relu"]),
    st.sampled_from(LOSSES),
    st.integers(1, 2),
)
@settings(max_examples=60, deadline=None)
def test_slices_agree_with_those_whose_products_stay_apart(seed, sizes, rows, activation, loss, ndim):
    program = random_network(seed, sizes, rows, activation, loss, apart=False).compile()
    directions = np.random.default_rng(seed).normal(size=(2, program.size))[:ndim]
    spans = ((-1.0, 1.0), (-2.0, 1.0))[:ndim]
    joined, plain = (
        Landscape(program, directions, spans, regroup=regroup).field((3, 5)[:ndim])
        for regroup in (True, False)
    )
    for a, b in zip(joined, plain, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-10)


def products(outputs: list[Term]) -> list[Term]:
    return [term for term in reachable(outputs) if term.op == "matmul"]


@pytest.fixture
def layer() -> tuple[Term, Term, Term]:
    """h(v) of 4 rows and 3 columns, a matrix K(u) and a matrix B of 3 x 2."""
    tape = Tape()
    base = np.random.default_rng(0).normal(size=(2, 4, 3))
    h = tape.apply("tanh", tape.constant(base[0]) + tape.input("v") * base[1])
    k = tape.constant(np.arange(6.0).reshape(3, 2)) * tape.input("u")
    return h * tape.input("u"), k, tape.constant(np.cos(np.arange(6.0).reshape(3, 2)))


MASKS = {"u": 1, "v": 2}


def agree(outputs: list[Term]) -> list[Term]:
    """The outputs with joined products, after a look whether they are the same."""
    joined = joined_products(outputs, MASKS, 2)
    inputs = {"u": np.linspace(0.5, 1, 5).reshape(5, 1), "v": np.linspace(-1, 2, 6).reshape(1, 6)}
    # Two blocks of rows, so that one matrix serves a part of the grid.
    found = ArrayPlan(joined, MASKS, 2, threads=1, block_elements=200).run(inputs, (5, 6))
    for a, b in zip(found, Evaluation(outputs, 2)(inputs), strict=True):
        np.testing.assert_allclose(a, np.broadcast_to(b, a.shape), rtol=1e-13, atol=1e-14)
    return joined


def test_one_activation_meets_its_matrices_side_by_side(layer):
    h, k, b = layer
    v = h.tape.input("v")
    assert len(products(agree([h @ k + v * (h @ b), h @ b]))) == 1


def test_a_sum_of_products_is_one_product(layer):
    h, k, b = layer
    assert len(products(agree([h @ k + (h.tape.input("v") * h) @ b]))) == 1


def test_a_product_that_is_wanted_itself_is_kept(layer):
    h, k, b = layer
    first = h @ k
    assert len(products(agree([first, first + (h.tape.input("v") * h) @ b]))) == 2


def test_gradients_through_both_are_joined_too(layer):
    h, k, b = layer
    v = h.tape.input("v")
    loss = h.tape.apply("sum", h.tape.apply("square", h @ k + (v * h) @ b))
    (slope,) = gradients(loss, [v])
    assert slope is not None
    agree([loss, slope])


def test_a_matrix_for_every_point_is_left_alone(layer):
    h, k, b = layer
    own = k + h.tape.input("v") * b
    outputs = [h @ own, h @ (own * 2.0)]
    assert [term.op for term in agree(outputs)] == ["matmul", "matmul"]
