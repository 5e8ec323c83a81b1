"""Arithmetic and line searches in one text for one racer and for a crowd."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest

from gdstudio.engine.optimizers import crowdwise, get
from gdstudio.engine.optimizers.linesearch import Line, Probe, backtrack, line_minimum, strong_wolfe
from tests.engine.optimizer_oracles import Quadratic


class Pair(NamedTuple):
    a: object
    b: object


def test_choices_go_into_tuples_for_one_and_for_many() -> None:
    one, other = Pair(1.0, (2.0, 3.0)), Pair(4.0, (5.0, 6.0))
    assert crowdwise.where(True, one, other) is one
    chosen = crowdwise.where(np.array([True, False]), one, other)
    assert isinstance(chosen, Pair)
    np.testing.assert_array_equal(chosen.a, [1, 4])
    np.testing.assert_array_equal(chosen.b, [[2, 5], [3, 6]])


def test_racers_are_taken_out_of_a_record_and_put_back() -> None:
    record = {"x": np.arange(6.0).reshape(2, 3), "pairs": (Pair(np.array([1.0, 2.0, 3.0]), 0.5),)}
    part = crowdwise.taken(record, np.array([2, 0]))
    np.testing.assert_array_equal(part["x"], [[2, 0], [5, 3]])
    np.testing.assert_array_equal(part["pairs"][0].a, [3, 1])
    assert part["pairs"][0].b == 0.5
    whole = (record["x"].copy(), np.zeros(3))
    crowdwise.put(whole, np.array([1, 2]), (np.full((2, 2), 9.0), np.array([7.0, 8.0])))
    np.testing.assert_array_equal(whole[0], [[0, 9, 9], [3, 9, 9]])
    np.testing.assert_array_equal(whole[1], [0, 7, 8])


def test_divisions_by_zero_and_roots_of_negative_numbers_are_answered() -> None:
    assert crowdwise.quotient(3.0, 2.0) == 1.5
    assert not math.isfinite(crowdwise.quotient(1.0, 0.0))
    assert crowdwise.root(9.0) == 3.0
    assert math.isnan(crowdwise.root(-1.0))
    assert crowdwise.no(True) is False


@pytest.mark.parametrize("racers", [(), (3,)])
def test_products_of_vectors_and_matrices(racers: tuple[int, ...]) -> None:
    """(1, 2)·(3, 4) = 11; [[1, 2], [3, 4]]·(5, 6) = (17, 39); (1, 2)(3, 4)ᵀ = [[3, 4], [6, 8]]."""

    def crowd(a: list) -> np.ndarray:
        array = np.array(a, dtype=float)
        return np.ascontiguousarray(
            np.broadcast_to(array.reshape(array.shape + (1,) * len(racers)), array.shape + racers)
        )

    a, b, matrix = crowd([1, 2]), crowd([3, 4]), crowd([[1, 2], [3, 4]])
    np.testing.assert_array_equal(crowdwise.dot(a, b), np.full(racers, 11.0))
    np.testing.assert_array_equal(crowdwise.times(matrix, crowd([5, 6])), crowd([17, 39]))
    np.testing.assert_array_equal(crowdwise.outer(a, b), crowd([[3, 4], [6, 8]]))
    np.testing.assert_array_equal(crowdwise.transposed(matrix), crowd([[1, 3], [2, 4]]))
    np.testing.assert_array_equal(crowdwise.identity(a), crowd([[1, 0], [0, 1]]))
    np.testing.assert_array_equal(crowdwise.largest(-b), np.full(racers, 4.0))


class Wells:
    """x⁴ − 3x³ + 2 in one dimension: flat at 0, least at 9/4; counts what was asked."""

    asked = 0

    def value(self, x: np.ndarray) -> np.ndarray:
        return self.value_and_gradient(x)[0]

    def value_and_gradient(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        self.asked += 1
        p = x[0]
        return p * p * p * (p - 3.0) + 2.0, x * x * (4.0 * x - 9.0)


STARTS = np.array([-1.5, 0.0, 0.5, 2.0, 2.25, 2.2500001, 5.0, 40.0])


def searched(search: str, x: np.ndarray) -> object:
    """What a search finds from x, (1,) or (1, racers), down the gradient; 1/8 is its first try."""
    problem = Wells()
    value, gradient = problem.value_and_gradient(x)
    line = Line(problem, x, -gradient)
    start = line.start(crowdwise.number(value), gradient)
    if search == "backtrack":
        return backtrack(line, start, 0.125, 1e-4, 0.5)
    if search == "line_minimum":
        return line_minimum(line, start, 0.125)
    return strong_wolfe(line, start, 0.125, crowdwise.largest(gradient), 6)


@pytest.mark.parametrize("search", ["backtrack", "line_minimum", "strong_wolfe"])
def test_a_search_finds_for_each_of_many_what_it_finds_for_one(search: str) -> None:
    with np.errstate(all="ignore"):
        many = searched(search, STARTS[None])
        alone = [searched(search, STARTS[i : i + 1]) for i in range(len(STARTS))]
    np.testing.assert_array_equal(np.transpose(many), alone)
    assert np.any(np.array(alone) > 0)


def test_an_exact_search_arrives_at_the_bottom() -> None:
    """To the square root of the rounding: nearer than that to the minimum all losses are the same."""
    for start in (0.5, 2.0, 5.0):
        x = np.array([start])
        gradient = Wells().value_and_gradient(x)[1]
        assert (x - searched("line_minimum", x) * gradient)[0] == pytest.approx(2.25, rel=1.5e-8)


def test_an_exact_search_ends_where_x_shows_no_difference() -> None:
    """From 1/3 − 1e-8 there are 2e8 numbers to 1/3, which is 28 bisections; at least each third try is one. The step
    itself could be halved 52 times."""

    class Kink:
        asked = 0

        def value_and_gradient(self, x: np.ndarray) -> tuple[float, np.ndarray]:
            self.asked += 1
            return abs(float(x[0]) - 1 / 3), np.sign(x - 1 / 3)

    kink = Kink()
    line = Line(kink, np.array([1 / 3 - 1e-8]), np.array([1.0]))
    step = line_minimum(line, line(0.0), 1e-8)
    assert 1 / 3 - 1e-8 + step == pytest.approx(1 / 3, rel=3e-16)
    assert kink.asked <= 2 + 3 * 29


def test_nobody_searches_who_has_no_way_down() -> None:
    problem = Wells()
    line = Line(problem, np.array([1.0]), np.array([1.0]))
    uphill = Probe(0.0, 0.0, 2.0)
    assert line_minimum(line, uphill, 1.0) == 0.0
    assert backtrack(line, uphill, 1.0, 1e-4, 0.5) == 0.0
    assert strong_wolfe(line, uphill, 1.0, 1.0)[0] == 0.0
    assert problem.asked == 0


@pytest.mark.parametrize("name", ["fletcher_reeves", "polak_ribiere", "barzilai_borwein", "bfgs"])
def test_gradients_whose_square_is_zero_are_no_obstacle(name: str) -> None:
    """(1e-170)² is 0 in floating point, and so is every product that these rules divide by."""
    rule = get(name)
    options = rule.resolve()
    x = np.array([1e-170, -1e-170])
    state = rule.initial(x, options)
    for _ in range(3):
        with np.errstate(all="ignore"):
            x, state = rule.step(Quadratic(np.eye(2)), x, state, options)
    assert np.abs(x).max() <= 1e-170
