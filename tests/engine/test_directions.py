"""Random and principal directions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine.directions import principal_directions, random_directions
from gdstudio.engine.errors import EngineError
from gdstudio.engine.formula import parse


@pytest.fixture
def network():
    generator = np.random.default_rng(7)
    return parse(
        "h = tanh(x @ W + b)\nloss = mse(h @ V, y)",
        {
            "W": generator.normal(size=(2, 3)) * [0.1, 1.0, 10.0],
            "b": generator.normal(size=3),
            "V": generator.normal(size=(3, 1)),
        },
        {"x": generator.normal(size=(5, 2)), "y": generator.normal(size=(5, 1))},
    ).compile()


def test_filters_get_the_norms_of_the_weights(network) -> None:
    for direction in random_directions(network, count=4, seed=1):
        w, d = network.start[:6].reshape(2, 3), direction[:6].reshape(2, 3)
        np.testing.assert_allclose(np.linalg.norm(d, axis=0), np.linalg.norm(w, axis=0))
        np.testing.assert_array_equal(direction[6:9], 0.0)
        assert np.linalg.norm(direction[9:]) == pytest.approx(np.linalg.norm(network.start[9:]))


def test_layers_get_the_norms_of_the_tensors(network) -> None:
    (direction,) = random_directions(network, count=1, normalise="layer")
    for part in (slice(0, 6), slice(6, 9), slice(9, 12)):
        assert np.linalg.norm(direction[part]) == pytest.approx(np.linalg.norm(network.start[part]))


def test_directions_are_those_of_the_seed(network) -> None:
    np.testing.assert_array_equal(random_directions(network, seed=5), random_directions(network, seed=5))
    assert not np.array_equal(random_directions(network, seed=5), random_directions(network, seed=6))


def test_scalars_alone_give_unit_directions() -> None:
    program = parse("loss = x**2 + y**2", {"x": 0.0, "y": 3.0}).compile()
    directions = random_directions(program)
    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1.0)


def test_scaling_the_weights_does_not_change_the_slice() -> None:
    """The reason for filters: relu(x @ W) @ V is the same function for W·10 and V/10, and so is its slice."""
    values = {"W": [[1.0, -2.0], [0.5, 1.5]], "V": [[1.0], [-1.0]]}
    data = {"x": [[1.0, 2.0], [-1.0, 0.5]], "y": [[0.5], [1.0]]}
    formula = "loss = mse(relu(x @ W) @ V, y)"
    plain = parse(formula, values, data).compile()
    scaled = parse(
        formula, {"W": np.array(values["W"]) * 10, "V": np.array(values["V"]) / 10}, data
    ).compile()
    steps = np.linspace(-1, 1, 7)[:, None]
    slices = [p.value(p.start + steps * random_directions(p, count=1, seed=3)) for p in (plain, scaled)]
    np.testing.assert_allclose(slices[0], slices[1], rtol=1e-12)


def test_an_unknown_normalisation_is_refused(network) -> None:
    with pytest.raises(EngineError, match='"filter" or "layer" or "none", not'):
        random_directions(network, normalise="weights")


def test_a_flat_path_lies_in_its_principal_plane() -> None:
    basis = np.linalg.qr(np.random.default_rng(0).normal(size=(7, 2)))[0].T
    inside = np.stack([np.linspace(5, 0, 40), np.sin(np.linspace(0, 6, 40))], axis=1)
    path = 3.0 + inside @ basis
    plane = principal_directions([path])
    np.testing.assert_allclose(plane.center, path[-1])
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane.lift(plane.project(path)), path, atol=1e-12)
    assert plane.explained.sum() == pytest.approx(1.0)
    assert plane.explained[0] > plane.explained[1]


def test_the_first_axis_points_to_the_end_of_the_path() -> None:
    path = np.linspace([4.0, -2.0, 1.0], [0.0, 0.0, 0.0], 20)
    for sign in (1, -1):
        plane = principal_directions([sign * path], count=1)
        assert plane.project(sign * path[0])[0] < plane.project(sign * path[-1])[0]


def test_points_that_are_not_finite_are_left_out() -> None:
    path = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [np.inf, 0.0], [np.nan, np.nan]])
    plane = principal_directions([path])
    np.testing.assert_allclose(abs(plane.axes[0]), np.sqrt([0.5, 0.5]))
    assert np.isfinite(plane.axes).all()


def test_a_diverged_path_does_not_overflow() -> None:
    path = np.array([[1.0, 0.0], [1e200, 1e190], [1e300, 1e300]])
    plane = principal_directions([path])
    assert np.isfinite(plane.axes).all() and np.isfinite(plane.explained).all()


def test_a_single_point_still_gives_axes() -> None:
    plane = principal_directions([np.array([[1.0, 2.0, 3.0]])])
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-12)
    assert plane.explained.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("paths", [[], [np.full((3, 2), np.nan)]])
def test_without_paths_there_are_no_directions(paths: list) -> None:
    with pytest.raises(EngineError, match="run a race first"):
        principal_directions(paths)


def test_more_directions_than_coordinates_are_refused() -> None:
    with pytest.raises(EngineError, match="3 directions cannot be found among 2"):
        principal_directions([np.eye(2)], count=3)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 1000), n=st.integers(2, 6), steps=st.integers(1, 12))
def test_axes_are_orthonormal_and_best(seed: int, n: int, steps: int) -> None:
    path = np.random.default_rng(seed).normal(size=(steps, n)).cumsum(axis=0)
    plane = principal_directions([path])
    np.testing.assert_allclose(plane.axes @ plane.axes.T, np.eye(2), atol=1e-10)
    spread = path - path[-1]
    captured = np.square(plane.project(path)).sum()
    assert captured == pytest.approx(plane.explained.sum() * np.square(spread).sum(), abs=1e-9)
    other = np.linalg.qr(np.random.default_rng(seed + 1).normal(size=(n, 2)))[0]
    assert captured >= np.square(spread @ other).sum() - 1e-9


def test_paths_of_different_races_have_no_directions_in_common():
    with pytest.raises(EngineError, match="different numbers of coordinates"):
        principal_directions([np.ones((3, 2)), np.ones((3, 4))])
