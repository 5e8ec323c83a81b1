"""Surveys against single races and against arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import functions
from gdstudio.engine.crowd import Crowd
from gdstudio.engine.errors import EngineError
from gdstudio.engine.formula import parse
from gdstudio.engine.landscape import Landscape
from gdstudio.engine.optimizers import get
from gdstudio.engine.race import Race
from gdstudio.engine.racer import Racer
from gdstudio.engine.survey import DIVERGED, ELSEWHERE, NEVER, basins, last, spaced, sweep

HIMMELBLAU = functions.get("himmelblau").program()
MINIMA = np.array([minimum.point for minimum in functions.get("himmelblau").minima])


def classifier():
    generator = np.random.default_rng(3)
    return parse(
        "loss = binary_cross_entropy(tanh(x @ W) @ v + b, y)",
        {"W": generator.normal(size=(2, 3)), "v": generator.normal(size=3), "b": 0.1},
        data={"x": generator.normal(size=(12, 2)), "y": generator.integers(0, 2, 12)},
    ).compile()


# ------------------------------------------------------------------------------------------------ crowds


@pytest.mark.parametrize(
    "racer",
    [
        Racer("sgd", {"learning_rate": 0.005}),
        Racer("nesterov", {"learning_rate": 0.003, "momentum": 0.8}),
        Racer("adam", {"learning_rate": 0.1}, schedule=("cosine", {"steps": 40})),
        Racer("adam", {"learning_rate": 0.1}, clip_norm=1.0),
        Racer("rmsprop", {"learning_rate": 0.02}, gradient="numerical"),
        Racer("sgd", {"learning_rate": 0.005}, schedule=("reduce_on_plateau", {})),
        Racer("newton"),
        Racer("lbfgs"),
    ],
    ids=lambda racer: f"{racer.optimizer} {racer.schedule or ''}{racer.gradient}",
)
def test_a_crowd_ends_where_single_racers_end(racer: Racer) -> None:
    starts = np.random.default_rng(0).uniform(-4, 4, (5, 2))
    ends = Crowd(HIMMELBLAU, racer, 40).run(starts)
    for start, end, loss in zip(starts, ends.points, ends.losses, strict=True):
        single = Race(HIMMELBLAU, [Racer(**{**racer.__dict__, "start": start})], 40).run()
        np.testing.assert_allclose(end, single.paths[0][-1], rtol=1e-7, atol=1e-9)
        assert loss == pytest.approx(single.losses[0][-1], rel=1e-6, abs=1e-12)


def test_a_crowd_of_networks_sees_the_batches_of_the_race() -> None:
    program = classifier()
    racer = Racer("adam", {"learning_rate": 0.05}, batch_size=4)
    starts = program.start + np.random.default_rng(1).normal(size=(3, program.size))
    ends = Crowd(program, racer, 30, seed=5).run(starts)
    for start, end in zip(starts, ends.points, strict=True):
        single = Race(program, [Racer(**{**racer.__dict__, "start": start})], 30, seed=5).run()
        np.testing.assert_allclose(end, single.paths[0][-1], rtol=1e-9, atol=1e-11)


def test_options_may_differ_and_switch_lines_of_the_rule() -> None:
    """Without momentum plain descent has another text than with it."""
    momenta = np.array([0.0, 0.5, 0.9, 0.0])
    rates = np.array([0.01, 0.005, 0.002, 0.001])
    starts = np.tile([1.0, 0.5], (4, 1))
    varied = {"momentum": momenta, "learning_rate": rates}
    ends = Crowd(HIMMELBLAU, Racer("sgd"), 60).run(starts, varied)
    for i in range(4):
        options = {"momentum": momenta[i], "learning_rate": rates[i]}
        single = Race(HIMMELBLAU, [Racer("sgd", options, start=starts[i])], 60).run()
        np.testing.assert_allclose(ends.points[i], single.paths[0][-1], rtol=1e-9)


def test_who_diverges_on_its_own_ends_nowhere() -> None:
    """A schedule that watches the loss makes racers go one by one, and their race ends where the loss is not finite."""
    racer = Racer("sgd", {"learning_rate": 10.0}, schedule=("reduce_on_plateau", {}))
    starts = np.array([[1.0, 2.0], [3.0, 2.0]])
    # The second start is a minimum.
    ends = Crowd(HIMMELBLAU, racer, 60).run(starts)
    assert np.isnan(ends.points[0]).all() and np.isnan(ends.losses[0])
    np.testing.assert_array_equal(ends.points[1], starts[1])
    assert ends.losses[1] == 0.0


def test_every_row_of_the_paths_is_seen() -> None:
    start = np.array([[1.0, 0.5], [-2.0, 1.0]])
    racer = Racer("momentum", {"learning_rate": 0.002})
    rows, losses = [], []

    def watcher(members):
        def watch(step, points, loss):
            assert step == len(rows)
            rows.append(points.T.copy())
            losses.append(loss.copy())

        return watch

    Crowd(HIMMELBLAU, racer, 20).run(start, watcher=watcher, losses=True)
    for i in range(2):
        single = Race(HIMMELBLAU, [Racer("momentum", {"learning_rate": 0.002}, start=start[i])], 20).run()
        np.testing.assert_allclose(np.array(rows)[:, i], single.paths[0], rtol=1e-10)
        np.testing.assert_allclose(np.array(losses)[:, i], single.losses[0], rtol=1e-10)


# ------------------------------------------------------------------------------------------------ basins


def test_himmelblau_has_four_basins_each_around_its_minimum() -> None:
    result = last(
        basins(functions.get("himmelblau").landscape(), Racer("sgd", {"learning_rate": 0.01}), 200, 48)
    )
    assert result.done and result.basin.shape == (48, 48)
    assert len(result.goals) == 4
    assert sum(goal.share for goal in result.goals) == pytest.approx((result.basin >= 0).mean())
    xs, ys = result.positions
    for number, goal in enumerate(result.goals):
        assert np.abs(MINIMA - goal.point).max(axis=1).min() < 1e-9
        assert goal.value == pytest.approx(0.0, abs=1e-18)
        i, j = np.abs(xs - goal.point[0]).argmin(), np.abs(ys - goal.point[1]).argmin()
        assert result.basin[i, j] == number
        assert result.steps[i, j] <= 5


def test_small_steps_in_one_dimension_part_at_the_maximum() -> None:
    """The double well's maximum lies at −0.13497258: starts on either side run to their own well."""
    racer = Racer("sgd", {"learning_rate": 0.01})
    result = last(basins(functions.get("d1_double_well").landscape(), racer, 1500, 200))
    (xs,) = result.positions
    left, right = result.basin[xs < -0.135], result.basin[xs > -0.135]
    assert [goal.point[0] for goal in result.goals] == pytest.approx([1.286640425574436, -1.1516678413429395])
    assert (left == 1).all() and (right == 0).all()


def test_steps_are_counted_until_the_racer_stays() -> None:
    """With learning rate 1/4 on x² each step halves x; near is a hundredth of the view, 0.06."""
    racer = Racer("sgd", {"learning_rate": 0.25})
    result = last(basins(functions.get("d1_quadratic").landscape(), racer, 60, 50))
    expected = np.ceil(np.log2(np.abs(result.positions[0]) / 0.06)).clip(0)
    np.testing.assert_array_equal(result.steps, expected)


def test_results_come_coarse_to_fine_and_agree_where_both_have_raced() -> None:
    landscape = functions.get("himmelblau").landscape()
    results = list(basins(landscape, Racer("adam", {"learning_rate": 0.1}), 100, 128))
    assert [result.spacing for result in results] == [16, 4, 1]
    assert [result.done for result in results] == [False, False, True]
    for coarse in results[:-1]:
        s = coarse.spacing
        np.testing.assert_array_equal(coarse.basin[::s, ::s], results[-1].basin[::s, ::s])
        np.testing.assert_array_equal(coarse.basin[1::s, 1::s], coarse.basin[::s, ::s])


def test_a_floor_of_minima_is_one_goal() -> None:
    result = last(
        basins(functions.get("deep_linear").landscape(), Racer("sgd", {"learning_rate": 0.05}), 300, 31)
    )
    (goal,) = result.goals
    assert goal.floor
    assert np.prod(goal.point) == pytest.approx(1.0)
    assert goal.share > 0.95


def test_a_racer_that_leaves_is_diverged_and_one_held_up_is_elsewhere() -> None:
    landscape = functions.get("saddle").landscape()
    result = last(basins(landscape, Racer("sgd", {"learning_rate": 0.1}), 400, 33))
    middle = result.positions[1] == 0.0
    assert middle.sum() == 1
    assert (result.basin[:, ~middle] == DIVERGED).all()
    assert (result.basin[:, middle] == ELSEWHERE).all()
    assert result.goals == ()
    assert (result.steps == NEVER).all()


def test_a_minimum_outside_the_view_is_found() -> None:
    program = parse("loss = (x - 7)**2 + y**2", {"x": 0.0, "y": 0.0}).compile()
    view = Landscape(program, ("x", "y"), ((-1.0, 1.0), (-1.0, 1.0)))
    (goal,) = last(basins(view, Racer("sgd", {"learning_rate": 0.2}), 100, 16)).goals
    assert goal.point == pytest.approx((7.0, 0.0), abs=1e-6)
    assert goal.share == 1.0


def test_a_slice_of_a_larger_space_leads_to_minima_of_the_space() -> None:
    program = parse(
        "loss = (x**2 - 1)**2 + (y - x)**2 + (z - y)**2", {"x": 0.5, "y": 0.0, "z": 3.0}
    ).compile()
    view = Landscape(program, ("x", "y"), ((-2.0, 2.0), (-2.0, 2.0)))
    result = last(basins(view, Racer("sgd", {"learning_rate": 0.03}), 600, 24))
    assert sorted(goal.point for goal in result.goals) == [
        pytest.approx((-1.0, -1.0, -1.0), abs=1e-6),
        pytest.approx((1.0, 1.0, 1.0), abs=1e-6),
    ]


def test_progress_rises_to_one_and_cancelling_stops() -> None:
    landscape = functions.get("himmelblau").landscape()
    racer = Racer("sgd", {"learning_rate": 0.01})
    seen: list[float] = []
    assert last(basins(landscape, racer, 50, 32, progress=seen.append)).done
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.0)
    assert last(basins(landscape, racer, 50, 32, cancelled=lambda: True)) is None
    seen.clear()
    results = list(basins(landscape, racer, 50, 128, progress=seen.append, cancelled=lambda: seen[-1] > 0.1))
    assert results and not results[-1].done


def many_coordinates() -> Landscape:
    program = parse("loss = sum(w**2)", {"w": [1.0] * 61}).compile()
    return Landscape(program, ("w[0]", "w[1]"), ((-1.0, 1.0), (-1.0, 1.0)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"steps": 0}, "steps must be a whole number of at least 1"),
        ({"resolution": 1}, "resolution must be a whole number from 2 to 4,096, not 1"),
        ({"landscape": many_coordinates()}, "up to 60 coordinates, and this graph has 61; make constants"),
        ({"racer": Racer("sgd", {"rate": 1.0})}, "rate"),
    ],
)
def test_impossible_basins_are_refused(options: dict, message: str) -> None:
    given = {"landscape": functions.get("sphere").landscape(), "racer": Racer("sgd")} | options
    with pytest.raises(EngineError, match=message):
        last(basins(**given))


# ------------------------------------------------------------------------------------------------ sweeps


def test_descent_on_a_parabola_by_learning_rate() -> None:
    """On x² from 2 the loss after T steps is 4·(1 − 2·lr)^(2T); above lr = 1 it grows without bound."""
    rates = np.linspace(0.05, 1.2, 24)
    program = functions.get("d1_quadratic").program()
    result = last(sweep(program, Racer("sgd", start=[2.0]), {"learning_rate": rates}, 100, target=0.01))
    np.testing.assert_allclose(result.losses, 4 * (1 - 2 * rates) ** 200, rtol=1e-6, atol=1e-300)
    np.testing.assert_allclose(result.lowest, np.minimum(4.0, result.losses), rtol=1e-6)
    with np.errstate(divide="ignore"):
        needed = np.ceil(np.log(0.0025) / np.log((1 - 2 * rates) ** 2))
    expected = np.where(rates < 1, needed, NEVER)
    np.testing.assert_array_equal(result.steps, expected)
    np.testing.assert_array_equal(result.diverged, np.abs(1 - 2 * rates) ** 100 > 1e6)
    assert result.best["learning_rate"] == pytest.approx(0.5)


def test_two_options_agree_with_single_races() -> None:
    values = {"learning_rate": [0.001, 0.003, 0.01], "momentum": [0.0, 0.5, 0.9, 0.99]}
    program = functions.get("rosenbrock").program()
    result = last(sweep(program, Racer("sgd", start=[-1.2, 1.0]), values, 120))
    assert result.names == ("learning_rate", "momentum")
    assert result.losses.shape == (3, 4)
    assert result.steps is None
    for i, rate in enumerate(values["learning_rate"]):
        for j, momentum in enumerate(values["momentum"]):
            racer = Racer("sgd", {"learning_rate": rate, "momentum": momentum}, start=[-1.2, 1.0])
            single = Race(program, [racer], 120).run()
            assert result.diverged[i, j] == (single.status[0] == "diverged")
            if not result.diverged[i, j]:
                assert result.losses[i, j] == pytest.approx(single.losses[0][-1], rel=1e-7)
                assert result.lowest[i, j] == pytest.approx(single.losses[0].min(), rel=1e-7)


def test_a_sweep_is_coarse_to_fine_too() -> None:
    rates, momenta = np.geomspace(1e-4, 1e-2, 40), np.linspace(0, 0.95, 40)
    options = {"learning_rate": rates, "momentum": momenta}
    program = functions.get("rosenbrock").program()
    results = list(sweep(program, Racer("sgd", start=[-1.2, 1.0]), options, 30))
    assert [result.spacing for result in results] == [4, 1]
    np.testing.assert_array_equal(results[0].losses[::4, ::4], results[1].losses[::4, ::4])
    assert last(sweep(program, Racer("sgd"), options, 30, cancelled=lambda: True)) is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "one or two options"),
        ({"rate": [0.1]}, "rate"),
        ({"nesterov": [0.0]}, "is no number"),
        ({"learning_rate": []}, "needs a list of values"),
        ({"learning_rate": ["fast"]}, "learning_rate is a number, not 'fast'"),
        ({"momentum": [0.5, 1.5]}, "momentum is 1.5"),
    ],
)
def test_impossible_sweeps_are_refused(options: dict, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        last(sweep(HIMMELBLAU, Racer("sgd"), options))


def test_values_are_spaced_as_the_option_asks() -> None:
    rule = get("sgd")
    np.testing.assert_allclose(
        spaced(rule.option("learning_rate"), 1e-4, 1.0, 5), [1e-4, 1e-3, 1e-2, 0.1, 1.0]
    )
    np.testing.assert_allclose(spaced(rule.option("momentum"), 0.0, 0.9, 4), [0.0, 0.3, 0.6, 0.9])
    with pytest.raises(EngineError, match="momentum"):
        spaced(rule.option("momentum"), 0.0, 1.5, 4)
    with pytest.raises(EngineError, match="at least 2 values"):
        spaced(rule.option("momentum"), 0.5, 0.5, 4)


def test_a_climbing_racer_reaches_maxima() -> None:
    """Himmelblau's only maximum, 181.6165 at (−0.270845, −0.923039), as mpmath has it."""
    landscape = functions.get("himmelblau").landscape()
    racer = Racer("sgd", {"learning_rate": 0.002, "maximize": True})
    result = last(basins(landscape, racer, 400, 24))
    (goal,) = result.goals
    assert goal.point == pytest.approx((-0.27084459, -0.92303856), abs=1e-7)
    assert goal.value == pytest.approx(181.6165215226)
    assert (result.basin == DIVERGED).any()
