"""The inside of a racer, computed again along its path."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import EngineError, Race, Racer, inside


def bowl() -> engine.Program:
    return engine.parse("loss = x0**2 + x1**2", parameters={"x0": -3.0, "x1": 4.0}).compile()


def test_velocity_by_hand():
    program = bowl()
    result = Race(program, [Racer("sgd", {"learning_rate": 0.1, "momentum": 0.5})], steps=2).run()
    seen = inside(program, result, 0)
    # g0 = (-6, 8); x1 = x0 - 0.1 g0 = (-2.4, 3.2); g1 = (-4.8, 6.4); v1 = 0.5 g0 + g1.
    np.testing.assert_allclose(seen.gradient, [[-6.0, 8.0], [-4.8, 6.4]])
    np.testing.assert_allclose(seen.lines["v"], [[-6.0, 8.0], [-7.8, 10.4]])
    np.testing.assert_allclose(seen.adjusted, [[0.6, -0.8], [0.78, -1.04]])
    np.testing.assert_allclose(seen.effective_rate, [[0.1, 0.1], [0.1625, 0.1625]])


@pytest.mark.parametrize("name", ["adam", "rmsprop", "nadam", "lamb", "adadelta", "prodigy", "lion"])
def test_the_last_line_for_x_is_the_path(name):
    program = engine.functions.get("rosenbrock").program()
    result = Race(program, [Racer(name)], steps=25).run()
    seen = inside(program, result, 0)
    np.testing.assert_allclose(seen.lines["x"], result.paths[0][1:], rtol=1e-9)


def test_schedules_and_differences_are_followed():
    program = bowl()
    racer = Racer(
        "adam", {"learning_rate": 0.1}, schedule=("exponential", {"gamma": 0.9}), gradient="numerical"
    )
    result = Race(program, [racer], steps=12).run()
    np.testing.assert_allclose(inside(program, result, 0).lines["x"], result.paths[0][1:], rtol=1e-12)


def test_what_was_drawn_at_random_is_refused():
    program = bowl()
    result = Race(program, [Racer("adam", noise=1.0), Racer("newton")], steps=3).run()
    with pytest.raises(EngineError, match="noise or of mini-batches"):
        inside(program, result, 0)
    with pytest.raises(EngineError, match="is no formula"):
        inside(program, result, 1)


def test_an_average_follows_the_path_without_changing_it():
    program = bowl()
    racers = [Racer("sgd", {"learning_rate": 0.1}), Racer("sgd", {"learning_rate": 0.1}, average_decay=0.5)]
    result = Race(program, racers, steps=2).run()
    np.testing.assert_array_equal(result.paths[0], result.paths[1])
    # -3, -2.4, -1.92 averaged: -3, (-3 - 2.4)/2, (-2.7 - 1.92)/2.
    np.testing.assert_allclose(result.average(1)[:, 0], [-3.0, -2.7, -2.31])
    # y goes the same way from 4, so the loss is (1 + 16/9) times that of x.
    np.testing.assert_allclose(result.average_losses[1], np.array([9.0, 7.29, 5.3361]) * 25 / 9)
    assert result.average_losses[0] is result.losses[0]
    with pytest.raises(EngineError, match="average_decay must be from 0 to below 1"):
        Race(program, [Racer("sgd", average_decay=1.0)])
