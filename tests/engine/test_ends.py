"""Who diverged is said by one rule: alone in a race, in a swarm, in a sweep and on a map of basins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import Landscape, Program, Race, Racer, ops, survey, swarm, tuning
from gdstudio.engine.crowd import Crowd
from gdstudio.engine.derivative import gradients, or_zeros
from gdstudio.engine.expression import Evaluation, Tape

# Surfaces on which rounding is not amplified, so that a racer has the same path alone and in a crowd.
SURFACES = {
    "bowl": "x**2 + 3*y**2",
    "far bowl": "(x - 3e7)**2 + (y + 2e7)**2",
    "far bowl with a flat floor": "(x - 3e7)**2 + 0*y",
    "far kink": "abs(x - 3e7) + abs(y)",
    "slope": "x + 2*y",
    "slope to a far wall": "x + 1e-8*exp(-x/1e7) + y**2",
    "saddle": "x**2 - y**2",
    "hill": "exp(-x**2 - y**2)",
    "upside down": "-(x**2 + y**2)",
    "quartic": "x**4 + y**4",
    "behind a logarithm": "x**2 - log(x) + y**2",
    "behind a root": "sqrt(x) + y**2",
    "pole": "1/x + y**2",
}
RULES = (
    "sgd",
    "momentum",
    "heavy_ball",
    "rmsprop",
    "adam",
    "sign_sgd",
    "newton",
    "bfgs",
    "lbfgs",
    "backtracking",
)


def program(text: str) -> Program:
    return engine.parse(f"loss = {text}", {"x": 1.0, "y": 1.0}).compile()


PROGRAMS = {name: program(text) for name, text in SURFACES.items()}


def options(rule: str, rate: float) -> dict[str, float]:
    return {"learning_rate": rate} if rule not in ("newton", "backtracking") else {}


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(SURFACES)),
    st.sampled_from(RULES),
    st.floats(-4, 9).map(lambda power: 10.0**power),
    st.lists(st.tuples(st.floats(-10, 10), st.floats(-10, 10)), min_size=1, max_size=4),
    st.booleans(),
)
@example("far bowl", "newton", 1.0, [(1.0, 2.0)], False)
@example("far bowl", "sgd", 0.3, [(1.0, 2.0), (0.0, 0.0)], False)
@example("far bowl", "momentum", 0.05, [(1.0, 2.0)], False)
@example("far bowl with a flat floor", "sgd", 0.5, [(1.0, 2.0)], False)
@example("behind a logarithm", "sgd", 0.7, [(3.0, 0.0)], False)
@example("upside down", "newton", 1.0, [(1.0, 2.0)], True)
def test_alone_and_in_a_crowd_a_racer_has_the_same_fate(surface, rule, rate, starts, climbing):
    made = PROGRAMS[surface]
    known = {option.name: option for option in engine.optimizers.get(rule).options}
    given_options = options(
        rule, min(rate, known["learning_rate"].high or rate) if "learning_rate" in known else rate
    )
    if climbing and "maximize" in known:
        given_options["maximize"] = True
    racer = Racer(rule, given_options)
    alone = Race(made, [Racer(rule, given_options, start=start) for start in starts], steps=40).run()
    together = Crowd(made, racer, 40).run(np.array(starts))
    assert [status == "diverged" for status in alone.status] == together.diverged.tolist()


FAR = program("(x - 3e7)**2 + (y + 2e7)**2")
NEAR_START = Landscape(FAR, ("x", "y"), ((-1, 1), (-1, 1)))


def test_a_racer_at_rest_in_a_far_minimum_has_arrived_everywhere():
    """3e7 is more than a million times as far out as any start in view, and (1 - 2·0.3)^60 of the way is left."""
    racer = Racer("sgd", {"learning_rate": 0.3})
    assert Race(FAR, [racer], steps=60).run().status == ("converged",)
    assert not swarm.swarm(NEAR_START, racer, swarm.starts(NEAR_START, 9), steps=60).diverged.any()
    # A rate of 1 throws it to the other side and back, 1.1 farther each time.
    swept = survey.last(survey.sweep(FAR, racer, {"learning_rate": [0.3, 1.0, 1.1]}, steps=60))
    np.testing.assert_array_equal(swept.diverged, [False, False, True])
    basins = survey.last(survey.basins(NEAR_START, racer, steps=60, resolution=4))
    (goal,) = basins.goals
    np.testing.assert_allclose(goal.point, (3e7, -2e7), rtol=1e-6)
    assert (basins.basin == 0).all()
    (tuned,) = survey.last(tuning.tune(FAR, [racer], steps=60, budget=8)).tuned
    assert tuned.score_given == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("other", [{"noise": 1.0}, {"gradient": "numerical"}, {"schedule": ("constant", {})}])
def test_that_holds_for_racers_that_advance_in_other_ways(other):
    racer = Racer("sgd", {"learning_rate": 0.3}, **other)
    ends = Crowd(FAR, racer, 60).run(np.array([[0.0, 0.0], [1.0, 1.0]]))
    alone = Race(FAR, [racer], steps=60).run()
    assert (ends.diverged == (alone.status[0] == "diverged")).all()


def test_a_racer_that_came_through_a_hole_has_diverged():
    """x² - ln x from 3 by 0.7·(2x - 1/x) leads to -0.967, where there is no loss, and on from there to -1.14, …"""
    made = program("x**2 - log(x) + y**2")
    racer = Racer("sgd", {"learning_rate": 0.7})
    ends = Crowd(made, racer, 3).run(np.array([[3.0, 0.0], [0.7, 0.0]]))
    np.testing.assert_array_equal(ends.diverged, [True, False])
    # A pole, and rules that see no more of its infinite slope than the sign, or a part: back on the other side.
    pole = program("1/x + y**2")
    for racer in (
        Racer("sign_sgd", {"learning_rate": 1.0}),
        Racer("sgd", {"learning_rate": 1.0}, clip_value=1.0),
    ):
        ends = Crowd(pole, racer, 3).run(np.array([[0.0, 0.0], [0.5, 0.0]]))
        np.testing.assert_array_equal(ends.diverged, [True, False])
    back = program("(x - 1)**2 + 0*log(x)")
    ends = Crowd(back, Racer("sgd", {"learning_rate": 0.9}), 9).run(np.array([[3.0, 0.0], [1.5, 0.0]]))
    np.testing.assert_array_equal(ends.diverged, [True, False])  # 3 -> -0.6 -> 2.28 -> … -> 1.27
    assert Race(back, [Racer("sgd", {"learning_rate": 0.9}, start=(3.0, 0.0))], steps=9).run().status == (
        "diverged",
    )


@pytest.mark.parametrize("name", [name for name, row in ops.table.items() if row.arity in (1, 2)])
def test_only_logarithms_have_a_slope_where_they_have_no_value(name):
    """What `Program.has_holes` relies on, at numbers whose products do not overflow."""
    tape = Tape(simplify=False)
    arguments = [tape.input(str(i)) for i in range(ops.table[name].arity)]
    try:
        value = tape.apply(name, *arguments)
        slopes = [or_zeros(g, x) for g, x in zip(gradients(value, arguments), arguments, strict=True)]
        evaluation = Evaluation([value, *slopes], batch_ndim=1)
    except engine.EngineError:
        pytest.skip("not for single numbers")
    line = np.array([-800.0, -7.3, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.7, 800.0])
    grid = np.meshgrid(*[line] * len(arguments))
    value, *slopes = evaluation({str(i): axis.ravel() for i, axis in enumerate(grid)})
    holes = ~np.isfinite(value) & np.all(
        [np.broadcast_to(np.isfinite(s), value.shape) for s in slopes], axis=0
    )
    assert holes.any() == (name in ("log", "log1p"))
