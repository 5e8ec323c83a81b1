"""Racers at rest: who may be left where it is, and when each arrived."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import functions
from gdstudio.engine.array_kernel import ArrayKernel
from gdstudio.engine.crowd import Crowd
from gdstudio.engine.formula import parse
from gdstudio.engine.optimizers import get
from gdstudio.engine.race import Race
from gdstudio.engine.racer import Racer
from gdstudio.engine.rest import EVERY, Arrivals, Rest, Trail
from gdstudio.engine.rule_traits import is_linear
from gdstudio.engine.survey import basins, last


@pytest.mark.parametrize(
    ("rule", "options", "linear"),
    [
        ("sgd", {}, True),
        ("sgd", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1}, True),
        ("heavy_ball", {}, True),
        ("qhm", {}, True),
        ("sgd", {"clip_norm": 1.0}, False),
        ("sgd", {"momentum": 0.9, "dampening": 0.5}, False),  # its first step is another
        ("adam", {}, False),
        ("rmsprop", {}, False),
        ("lion", {}, False),
        ("rprop", {}, False),
    ],
)
def test_which_rules_are_linear(rule: str, options: dict, linear: bool) -> None:
    found = get(rule)
    assert is_linear(found, found.resolve(**options), {1, 2}) is linear


def origin(points: np.ndarray) -> np.ndarray:
    """The distance from a minimum at 0."""
    return np.abs(points).max(axis=0)


def test_who_comes_from_outside_and_draws_nearer_rests() -> None:
    """In turn: draws nearer, drifts away, has begun there, is fast, is far."""
    rest = Rest(origin, np.array([[1.0, 1.0, 1e-9, 1.0, 1.0]]))
    first = np.array([[1e-7, 1e-8, 1e-9, 1e-7, 0.5]])
    assert not rest.look(first, first).any()
    now = np.array([[1e-8, 2e-8, 1e-10, 1e-8, 0.5]])
    before = np.array([[2e-8, 1e-8, 1e-10, 0.1, 0.5]])
    assert rest.look(before, now).tolist() == [True, False, False, False, False]


def test_a_trail_knows_when_each_came_to_stay() -> None:
    """Near is 0.1. The first is there from the start, the second comes, goes and comes back; then it goes on alone."""
    trail = Trail(2)
    for row in ([0.0, 5.0], [0.05, 1.05], [0.0, 2.0]):
        trail.add(np.array([row]))
    trail.keep(np.array([1]))
    for place in (1.5, 1.02, 1.0):
        trail.add(np.array([[place]]))
    np.testing.assert_array_equal(trail.arrivals(np.array([[0.0, 1.0]]), np.array([0.1])), [0, 4])


@pytest.mark.parametrize(
    "racer",
    [Racer("sgd", {"learning_rate": 0.01}), Racer("nesterov", {"learning_rate": 0.003, "momentum": 0.9})],
    ids=["sgd", "nesterov"],
)
def test_a_map_without_racers_at_rest_is_that_of_whole_races(racer: Racer) -> None:
    landscape = functions.get("himmelblau").landscape()
    steps = 400
    result = last(basins(landscape, racer, steps, 16))
    goals = np.array([goal.point for goal in result.goals])
    starts = np.stack(np.meshgrid(*result.positions, indexing="ij"), axis=-1).reshape(-1, 2)
    rows = []

    def watcher(_members):
        return lambda _step, points, _losses: rows.append(points.T.copy())

    Crowd(landscape.program, racer, steps).run(starts, watcher=watcher)
    paths = np.array(rows)
    outside = (np.abs(paths - paths[-1]) > 0.1).any(axis=2)
    arrived = np.where(outside.any(axis=0), steps + 1 - np.argmax(outside[::-1], axis=0), 0)
    nearest = np.abs(paths[-1][:, None] - goals).max(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(result.basin.ravel(), nearest)
    np.testing.assert_array_equal(result.steps.ravel(), arrived)


def steps_taken(racer: Racer, start: float, steps: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many steps a racer on x² is advanced, asked when it arrived at 0."""
    program = parse("loss = x**2", {"x": 1.0}).compile()
    taken = 0
    bound = ArrayKernel.bound

    def counted(self, *given):
        step = bound(self, *given)

        def count(*now):
            nonlocal taken
            taken += 1
            step(*now)

        return count

    monkeypatch.setattr(ArrayKernel, "bound", counted)
    asked = Arrivals(steps, np.array([0.01]), origin, np.zeros(1, dtype=np.int64))
    told: list[int] = []
    ends = Crowd(program, racer, steps).run(np.array([[start]]), advance=told.append, arrivals=asked)
    assert sum(told) == steps
    path = Race(program, [Racer(racer.optimizer, racer.options, start=[start])], steps).run().paths[0]
    assert ends.points[0, 0] == pytest.approx(path[-1, 0], abs=1e-6)
    return taken


def test_descent_stops_soon_after_it_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step halves x: below 1e-6 after 20, seen twice at multiples of 16."""
    racer = Racer("sgd", {"learning_rate": 0.25})
    assert steps_taken(racer, 1.0, 1000, monkeypatch) == 3 * EVERY


def test_what_begins_at_a_minimum_may_still_be_driven_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """With learning rate 1.01 each step makes x 1.02 times longer: from 1e-9 it takes 350 steps to be 1e-6 away."""
    assert steps_taken(Racer("sgd", {"learning_rate": 1.01}), 1e-9, 200, monkeypatch) == 200


def test_adam_at_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert steps_taken(Racer("adam", {"learning_rate": 0.1}), 1.0, 600, monkeypatch) == 600
