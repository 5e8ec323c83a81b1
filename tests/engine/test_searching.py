"""Classical rules for many racers at once, against the same rules for one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import functions
from gdstudio.engine.crowd import Crowd
from gdstudio.engine.formula import parse
from gdstudio.engine.optimizers import classical, curvature, get
from gdstudio.engine.program import Program
from gdstudio.engine.race import Race
from gdstudio.engine.racer import Racer
from gdstudio.engine.searching import ManyProblem, advance
from gdstudio.engine.survey import basins, last, sweep

HIMMELBLAU = functions.get("himmelblau").program()
PROGRAMS = {
    "himmelblau": HIMMELBLAU,
    # Four coordinates in two tensors, coupled and not convex.
    "tensors": parse(
        "loss = sum((W @ v - 1)**2) + 0.1*sum(W**4) + sum(cos(v))",
        {"W": [[1.0, 0.2], [0.1, 0.5]], "v": [0.3, -0.4]},
    ).compile(),
    # No number below x = -y: searches come back from there, fixed steps end there.
    "edge": parse("loss = (x + y) - log(x + y) + (x - y)**2", {"x": 1.0, "y": 2.0}).compile(),
}
OPTIONS = {
    "newton": [{}, {"bent_down": "lift"}, {"bent_down": "keep", "line_search": "none", "learning_rate": 0.5}],
    "backtracking": [{}, {"shrink": 0.9, "armijo": 0.3}],
    "exact_line_search": [{}, {"learning_rate": 0.01}],
    "barzilai_borwein": [{}, {"formula": "short", "largest_step": 0.1}],
    "coordinate_descent": [{}, {"order": "steepest"}, {"search": "fixed", "learning_rate": 0.01}],
    "block_coordinate_descent": [{}, {"block_size": 3, "order": "steepest"}],
    "fletcher_reeves": [{}, {"restart": 5}],
    "polak_ribiere": [{}, {"restart": 1}],
    "bfgs": [{}, {"learning_rate": 0.3}],
    "lbfgs": [
        {"learning_rate": 0.1},
        {"line_search": "strong_wolfe"},
        {"line_search": "strong_wolfe", "max_iter": 4, "evaluations": 1.25},
        {"max_iter": 3, "history_size": 2, "learning_rate": 0.1},
    ],
    "sophia": [{"learning_rate": 0.01}, {"every": 3, "weight_decay": 0.1}],
}
CASES = [(name, options) for name, found in OPTIONS.items() for options in found]


def single(program: Program, racer: Racer, start: np.ndarray, steps: int) -> np.ndarray:
    """The path of a racer by itself, (rows, n)."""
    return Race(program, [replace(racer, start=start)], steps).run().paths[0]


def together(program: Program, racer: Racer, starts: np.ndarray, steps: int) -> np.ndarray:
    """The paths of racers that advance together, (steps + 1, racers, n)."""
    rows = []

    def watcher(_members):
        return lambda _step, points, _losses: rows.append(points.T.copy())

    Crowd(program, racer, steps).run(starts, watcher=watcher)
    return np.array(rows)


def agree(many: np.ndarray, one: np.ndarray, tolerance: float) -> None:
    """A racer's rows are those of its single race, and no numbers once that has ended."""
    np.testing.assert_allclose(many[: len(one)], one, rtol=tolerance, atol=tolerance)
    assert np.isnan(many[len(one) :]).all()


def test_every_classical_rule_is_here() -> None:
    assert set(OPTIONS) == {rule.name for rule in (*classical.RULES, *curvature.RULES)}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(("rule", "options"), CASES, ids=[f"{name} {o}" for name, o in CASES])
def test_racers_go_together_as_they_go_alone(program: str, rule: str, options: dict) -> None:
    graph = PROGRAMS[program]
    starts = graph.start + np.random.default_rng(4).uniform(-0.9, 0.9, (6, graph.size))
    racer = Racer(rule, options)
    paths = together(graph, racer, starts, 8)
    for number, start in enumerate(starts):
        agree(paths[:, number], single(graph, racer, start, 8), 1e-6)


@settings(max_examples=15, deadline=None)
@given(
    case=st.sampled_from(CASES),
    starts=st.lists(st.tuples(*[st.floats(-5, 5, width=32)] * 2), min_size=1, max_size=5),
    steps=st.integers(1, 6),
    maximize=st.booleans(),
    gradient=st.sampled_from(["analytic", "numerical"]),
)
def test_any_start_and_setting(case: tuple, starts: list, steps: int, maximize: bool, gradient: str) -> None:
    rule, options = case
    # Beside a maximum a search can leave either way; so the steps are few and rounding has no time to grow.
    racer = Racer(rule, {**options, "maximize": maximize}, gradient=gradient)
    paths = together(HIMMELBLAU, racer, np.array(starts), steps)
    for number, start in enumerate(starts):
        alone = single(HIMMELBLAU, racer, np.array(start), steps)
        # Far out, differences of losses of 1e36 and more are rounding alone.
        near = int(np.argmax([*(np.abs(alone).max(axis=1) > 1e4), True]))
        np.testing.assert_allclose(paths[:near, number], alone[:near], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("rule", "steps"), [("newton", 20), ("backtracking", 30), ("bfgs", 30), ("fletcher_reeves", 10)]
)
def test_a_basin_map_is_that_of_single_races(rule: str, steps: int) -> None:
    """The goal is the minimum nearest the end, the steps those until the path stays within reach of its end."""
    landscape = functions.get("himmelblau").landscape()
    result = last(basins(landscape, Racer(rule), steps, 6))
    goals = np.array([goal.point for goal in result.goals])
    reach = 0.01 * np.array([high - low for low, high in landscape.ranges])
    for i, x in enumerate(result.positions[0]):
        for j, y in enumerate(result.positions[1]):
            path = single(landscape.program, Racer(rule), landscape.point(x, y), steps)
            distance = np.abs(goals - path[-1]).max(axis=1)
            if distance.min() > 0.01:
                assert result.basin[i, j] < 0
                continue
            assert result.basin[i, j] == distance.argmin()
            outside = (np.abs(path - path[-1]) > reach).any(axis=1)
            assert result.steps[i, j] == (np.flatnonzero(outside)[-1] + 1 if outside.any() else 0)


def test_a_sweep_is_that_of_single_races() -> None:
    values = {"block_size": [1, 2, 3], "learning_rate": [0.02, 0.5, 3.0]}
    program, start = PROGRAMS["tensors"], PROGRAMS["tensors"].start
    result = last(sweep(program, Racer("block_coordinate_descent"), values, 10, target=1.0))
    for i, size in enumerate(values["block_size"]):
        for j, rate in enumerate(values["learning_rate"]):
            racer = Racer(
                "block_coordinate_descent", {"block_size": size, "learning_rate": rate}, start=start
            )
            losses = Race(program, [racer], 10).run().losses[0]
            assert result.losses[i, j] == pytest.approx(losses[-1], rel=1e-6)
            assert result.lowest[i, j] == pytest.approx(losses.min(), rel=1e-6)
            assert result.steps[i, j] == (np.argmax(losses <= 1.0) if (losses <= 1.0).any() else -1)


def test_a_schedule_reaches_the_searches() -> None:
    racer = Racer("barzilai_borwein", {"largest_step": 1e-3}, schedule=("step", {"every": 2, "gamma": 0.1}))
    starts = np.array([[1.0, 0.5], [-2.0, 1.0]])
    paths = together(HIMMELBLAU, racer, starts, 6)
    for number, start in enumerate(starts):
        agree(paths[:, number], single(HIMMELBLAU, racer, start, 6), 1e-12)


def test_noise_of_the_same_seed_is_the_same_and_disturbs() -> None:
    starts = np.array([[1.0, 0.5], [-2.0, 1.0]])
    clean, one, two = (
        Crowd(HIMMELBLAU, Racer("backtracking", noise=noise), 5, seed=7).run(starts).points
        for noise in (0.0, 0.5, 0.5)
    )
    np.testing.assert_array_equal(one, two)
    assert np.abs(one - clean).max() > 1e-6


class Counted(ManyProblem):
    """Adds up the points that were asked for."""

    asked = 0

    def value_and_gradient(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        self.asked += x.shape[1]
        return super().value_and_gradient(x)


def test_racers_at_rest_are_left_alone() -> None:
    """On x² + y² Newton's first step is exact; the second finds nothing to do, and nobody asks after that."""
    program = parse("loss = x**2 + y**2", {"x": 1.0, "y": 1.0}).compile()
    rule = get("newton")
    numbers = {o.name: np.full(3, float(o.default)) for o in rule.options if o.is_number}
    problem = Counted(program, False, 0.0, np.random.default_rng(0))
    told: list[int] = []
    starts = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, 0.0]])
    points, losses = advance(rule, problem, starts, rule.resolve() | numbers, 1000, tick=told.append)
    np.testing.assert_allclose(points, 0.0, atol=1e-12)
    np.testing.assert_allclose(losses, 0.0, atol=1e-24)
    assert problem.asked <= 12
    assert sum(told) == 3000
