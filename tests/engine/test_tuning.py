"""Tuning with the same budget for everybody."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import functions
from gdstudio.engine.errors import EngineError
from gdstudio.engine.formula import parse
from gdstudio.engine.race import Race
from gdstudio.engine.racer import Racer
from gdstudio.engine.survey import last
from gdstudio.engine.tuning import tune

PARABOLA = functions.get("d1_quadratic").program()
RAVINE = functions.get("quadratic_k100").program()


def test_the_best_learning_rate_of_a_parabola_is_a_half() -> None:
    result = last(tune(PARABOLA, [Racer("sgd", start=[2.0])], steps=5, budget=40))
    (tuned,) = result.tuned
    assert tuned.found["learning_rate"] == pytest.approx(0.5, abs=0.02)
    assert tuned.racer.options["learning_rate"] == tuned.found["learning_rate"]
    assert tuned.given == {"learning_rate": 0.001}
    assert tuned.score_given == pytest.approx(4 * (1 - 0.002) ** 10)


def test_a_ravine_is_limited_by_its_steep_side() -> None:
    """On ½(x² + 100y²) the best fixed learning rate for many steps is 2/(1 + 100)."""
    (tuned,) = last(tune(RAVINE, [Racer("sgd", start=[1.0, 1.0])], steps=300, budget=60)).tuned
    assert tuned.found["learning_rate"] == pytest.approx(2 / 101, rel=0.02)


def test_everybody_gets_the_same_budget_steps_and_starts() -> None:
    racers = [Racer("sgd", start=[3.0, 1.0]), Racer("adam", start=[-1.0, 1.0]), Racer("rmsprop")]
    result = last(tune(RAVINE, racers, steps=50, budget=20))
    assert result.done and result.budget == 20 and result.steps == 50
    # RMSprop starts from the stored values, (3, 1), which is the first racer's start as well.
    np.testing.assert_array_equal(result.starts, [[-1.0, 1.0], [3.0, 1.0]])
    for tuned in result.tuned:
        assert len(tuned.scores) == len(tuned.settings) == 20
        assert tuned.score == tuned.scores.min() <= tuned.score_given == tuned.scores[0]


def test_a_score_is_the_mean_final_loss_of_races() -> None:
    starts = np.array([[3.0, 1.0], [-1.0, 0.5]])
    (tuned,) = last(tune(RAVINE, [Racer("adam")], steps=40, budget=10, starts=starts)).tuned
    racers = [Racer("adam", tuned.racer.options, start=start) for start in starts]
    losses = [loss[-1] for loss in Race(RAVINE, racers, 40).run().losses]
    assert tuned.score == pytest.approx(np.mean(losses), rel=1e-9)


def test_two_options_are_tuned_together() -> None:
    """The best momentum for condition number k is ((√k − 1)/(√k + 1))², 0.669 for 100 (Polyak 1964)."""
    racer = Racer("momentum", start=[3.0, 1.0])
    (tuned,) = last(tune(RAVINE, [racer], 100, 120, ("learning_rate", "momentum"))).tuned
    assert set(tuned.found) == {"learning_rate", "momentum"}
    assert tuned.settings.shape == (120, 2)
    assert tuned.found["momentum"] == pytest.approx(0.67, abs=0.08)
    (alone,) = last(tune(RAVINE, [racer], 100, 120)).tuned
    assert tuned.score < alone.score


def test_a_racer_without_the_second_option_keeps_to_the_first() -> None:
    racers = [Racer("momentum"), Racer("adagrad")]
    result = last(tune(RAVINE, racers, 30, 12, ("learning_rate", "momentum")))
    assert [set(tuned.found) for tuned in result.tuned] == [{"learning_rate", "momentum"}, {"learning_rate"}]
    assert all(len(tuned.scores) == 12 for tuned in result.tuned)


def test_ranges_are_kept_to() -> None:
    ranges = {"learning_rate": (0.01, 0.1)}
    (tuned,) = last(tune(PARABOLA, [Racer("sgd", {"learning_rate": 0.05})], 5, 16, ranges=ranges)).tuned
    assert tuned.settings.min() >= 0.01 and tuned.settings.max() <= 0.1
    assert tuned.found["learning_rate"] == pytest.approx(0.1, rel=0.05)


def test_settings_that_diverge_score_infinity() -> None:
    (tuned,) = last(tune(PARABOLA, [Racer("sgd", start=[2.0])], steps=400, budget=20)).tuned
    high = tuned.settings[:, 0] > 1.05
    assert high.any() and np.isinf(tuned.scores[high]).all()
    assert np.isfinite(tuned.score)


def test_results_come_one_racer_at_a_time_and_can_be_cancelled() -> None:
    racers = [Racer("sgd"), Racer("adam"), Racer("rmsprop")]
    seen: list[float] = []
    results = list(tune(RAVINE, racers, 30, 8, progress=seen.append))
    assert [len(result.tuned) for result in results] == [1, 2, 3]
    assert [result.done for result in results] == [False, False, True]
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.0)
    stopped = list(tune(RAVINE, racers, 30, 8, progress=seen.append, cancelled=lambda: seen[-1] > 0.5))
    assert len(stopped) < 3


def test_the_report_says_what_was_done() -> None:
    result = last(tune(RAVINE, [Racer("sgd", name="Plain"), Racer("adam")], 30, 12))
    lines = str(result).splitlines()
    assert (
        lines[0]
        == "12 settings for each racer, 30 steps each, from (3, 1), seed 0; judged by the mean final loss"
    )
    assert lines[1].startswith("Plain: learning_rate 0.001 → ")
    assert lines[2].startswith("Adam: learning_rate 0.001 → ")


def test_the_report_has_true_minus_signs() -> None:
    result = last(tune(RAVINE, [Racer("sgd", start=[-3.0, 1e-6])], 5, 8))
    assert "from (−3, 1e−06), seed 0" in str(result).splitlines()[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"budget": 3}, "a whole number from 8 to 100,000 settings"),
        ({"starts": [[1.0, 2.0]]}, "points of 1 finite numbers"),
        ({"steps": 0}, "at least 1"),
        ({"options": ()}, "one or two options"),
        ({"options": ("beta7",)}, "no racer has an option 'beta7'"),
        ({"ranges": {"learning_rate": (1.0, 0.1)}}, "from a lower to a higher"),
        ({"ranges": {"learning_rate": (0.0, 0.1)}}, "learning_rate is 0"),
        ({"ranges": {"momentum": (0.1, 0.9)}}, "tuned, learning_rate, not of .momentum."),
    ],
)
def test_impossible_tunings_are_refused(options: dict, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        last(tune(PARABOLA, [Racer("sgd")], **options))


def test_a_climbing_racer_is_tuned_upwards() -> None:
    """x·(2 − x) from 0 is highest at 1; climbing with learning rate 1/2 arrives in one step."""
    program = parse("loss = x*(2 - x)", {"x": 0.0}).compile()
    (tuned,) = last(tune(program, [Racer("sgd", {"maximize": True})], steps=3, budget=40)).tuned
    assert tuned.found["learning_rate"] == pytest.approx(0.5, abs=0.05)
    assert tuned.score == pytest.approx(-1.0, abs=1e-3)
