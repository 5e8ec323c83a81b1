"""Swarms against closed forms and against races of single racers."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import EngineError, Landscape, Race, Racer
from gdstudio.engine.swarm import starts, swarm


def bowl() -> Landscape:
    program = engine.parse("loss = x**2 + y**2 + z**2", parameters={"x": 0.0, "y": 0.0, "z": 3.0}).compile()
    return Landscape(program, ("x", "y"), ((-2.0, 2.0), (-1.0, 1.0)))


def test_a_grid_fills_the_ranges_with_equal_cells() -> None:
    found = starts(bowl(), 16)
    assert found.shape == (16, 3)
    assert sorted(set(found[:, 0])) == [-1.5, -0.5, 0.5, 1.5]
    assert sorted(set(found[:, 1])) == [-0.75, -0.25, 0.25, 0.75]
    assert (found[:, 2] == 3.0).all()
    assert len(starts(bowl(), 10_000)) == 10_000
    assert len(starts(bowl(), 10)) == 9


def test_random_starts_are_those_of_a_seed_and_stay_inside() -> None:
    one, two, other = (starts(bowl(), 500, "random", seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert (one != other).any()
    assert np.abs(one[:, 0]).max() <= 2 and np.abs(one[:, 1]).max() <= 1
    # The middle of 500 even draws over a length of 4 has a standard error of 4/√(12·500) = 0.05.
    assert abs(one[:, 0].mean()) < 0.25


def test_every_racer_shrinks_by_the_same_factor_each_step() -> None:
    """Gradient descent on a bowl multiplies each coordinate by 1 − 2·0.1."""
    begun = starts(bowl(), 100)
    found = swarm(bowl(), Racer("sgd", {"learning_rate": 0.1}), begun, steps=20)
    assert found.steps.tolist() == list(range(21)) and found.positions.shape == (21, 100, 2)
    expected = begun[None, :, :2] * 0.8 ** np.arange(21)[:, None, None]
    np.testing.assert_allclose(found.positions, expected, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(found.losses, (begun**2).sum(axis=1) * 0.64**20, rtol=1e-9)


def test_a_member_goes_the_way_of_a_racer_alone() -> None:
    landscape = engine.functions.get("rosenbrock").landscape()
    racer = Racer("adam", {"learning_rate": 0.05})
    begun = starts(landscape, 25)
    found = swarm(landscape, racer, begun, steps=60)
    for member in (0, 7, 24):
        alone = Race(
            landscape.program, [Racer("adam", {"learning_rate": 0.05}, start=begun[member])], 60
        ).run()
        np.testing.assert_allclose(found.positions[:, member], alone.paths[0], rtol=1e-5, atol=1e-6)


def test_a_long_race_keeps_every_few_steps_and_the_last() -> None:
    found = swarm(bowl(), Racer("sgd", {"learning_rate": 0.001}), starts(bowl(), 4), steps=1500)
    assert found.steps[0] == 0 and found.steps[-1] == 1500
    assert len(found.steps) <= 601 and set(np.diff(found.steps)[:-1]) == {3}


def test_members_that_overflow_are_not_finite() -> None:
    found = swarm(bowl(), Racer("sgd", {"learning_rate": 1e6}), starts(bowl(), 4), steps=60)
    assert not np.isfinite(found.positions[-1]).any() and not np.isfinite(found.losses).any()


def test_a_swarm_can_be_stopped_and_refuses_what_it_cannot_do() -> None:
    assert swarm(bowl(), Racer("sgd"), starts(bowl(), 4), steps=50, cancelled=lambda: True) is None
    with pytest.raises(EngineError, match="from 1 to 100,000, not 0"):
        starts(bowl(), 0)
    with pytest.raises(EngineError, match="steps must be"):
        swarm(bowl(), Racer("sgd"), starts(bowl(), 4), steps=0)
