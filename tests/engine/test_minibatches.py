"""The orders in which a racer's batches are drawn, above all the curriculum, against `data.Batches` and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import EngineError, Race, Racer
from gdstudio.engine.data import Batches
from gdstudio.engine.minibatches import batches_of, row_losses

X = np.array([4.0, 1.0, 3.0, 2.0, 6.0, 5.0, 8.0, 7.0])


def sine(**more) -> engine.Program:
    """y = sin(3x) over eight points, the hardness of each beside it; w is stored as 1.5."""
    data = {"x": X, "y": np.sin(3 * X), "hard": X, **more}
    return engine.parse("loss = mean((sin(w*x) - y)**2)", parameters={"w": 1.5}, data=data).compile()


def curriculum(**changes) -> Racer:
    given = {"batch_size": 2, "batch_order": "curriculum", "batch_scores": "hard", "batch_opening": 0.25}
    return Racer("sgd", {"learning_rate": 0.05}, **{**given, "batch_ramp": 6, **changes})


def test_a_curriculum_draws_from_a_growing_part_of_the_rows_easy_ones_first() -> None:
    """A part of 0.25 + 0.75·step/6 of eight rows: 2, 3, 4, 5, 6, 7, 8 at steps 0 to 6."""
    batches, names = batches_of(sine(), curriculum(), seed=3)
    assert names == ["x", "y", "hard"]
    assert sorted(X[batches.rows(0)]) == [1.0, 2.0]
    for step, easiest in enumerate((2, 3, 4, 5, 6, 7, 8, 8)):
        assert X[batches.rows(step)].max() <= easiest
    late = {float(x) for step in range(6, 60) for x in X[batches.rows(step)]}
    assert late == set(X)


def test_a_race_takes_its_gradients_over_the_rows_that_the_curriculum_draws() -> None:
    path = Race(sine(), [curriculum()], steps=10, seed=3).run().paths[0][:, 0]
    rows = Batches(8, 2, "curriculum", 3, scores=X, opening=0.25, ramp=6).rows
    w, walked = 1.5, [1.5]
    for step in range(10):
        x = X[rows(step)]
        w -= 0.05 * np.mean(2 * (np.sin(w * x) - np.sin(3 * x)) * np.cos(w * x) * x)
        walked.append(w)
    np.testing.assert_allclose(path, walked, rtol=1e-12)


def test_the_same_seed_gives_the_same_curriculum_and_longer_races_begin_alike() -> None:
    short, long, other = (
        Race(sine(), [curriculum()], steps=steps, seed=seed).run().paths[0]
        for steps, seed in ((10, 3), (20, 3), (10, 4))
    )
    np.testing.assert_array_equal(short, long[:11])
    assert np.any(short != other)


def test_without_scores_a_row_is_as_hard_as_its_loss_at_the_stored_values() -> None:
    program = sine()
    expected = (np.sin(1.5 * X) - np.sin(3 * X)) ** 2
    np.testing.assert_allclose(row_losses(program, ["x", "y", "hard"]), expected, rtol=1e-12)
    batches, _ = batches_of(program, curriculum(batch_scores=None), seed=0)
    np.testing.assert_array_equal(sorted(batches.rows(0)), sorted(np.argsort(expected)[:2]))


def test_row_losses_of_samples_with_several_features() -> None:
    x, y = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]]), np.array([3.0, 3.0, 3.0])
    text = "loss = mean((sum(x*w, axis=1) - y)**2)"
    program = engine.parse(text, parameters={"w": [1.0, 2.0]}, data={"x": x, "y": y}).compile()
    # 1·1 + 2·2 − 3 = 2, 1·3 + 2·4 − 3 = 8 and 0 + 2 − 3 = −1, squared.
    np.testing.assert_allclose(row_losses(program, ["x", "y"]), [4.0, 64.0, 1.0])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"batch_scores": "w"}, r"batch_scores must name data with a number for each row \(x, y, hard\)"),
        ({"batch_opening": 0.0}, "a curriculum opens with a part between 0 and 1"),
        ({"batch_ramp": -1}, "widens over 0 or more steps"),
    ],
)
def test_a_curriculum_that_cannot_be_is_refused(changes, message) -> None:
    with pytest.raises(EngineError, match=message):
        Race(sine(), [curriculum(**changes)])


def test_scores_of_several_numbers_a_row_are_refused() -> None:
    program = sine(hard=np.ones((8, 2)))
    with pytest.raises(EngineError, match="batch_scores: hard has 2 numbers a row; one is right"):
        Race(program, [curriculum()])


def test_easy_samples_first_finds_what_a_random_order_misses() -> None:
    """sin(3x) learned from w = 1.5: the samples with small x pull to 3, all at once hold it where it is."""
    x = np.arange(1, 17) / 4
    graph = engine.parse(
        "loss = mean((sin(w*x) - y)**2)", parameters={"w": 1.5}, data={"x": x, "y": np.sin(3 * x)}
    )
    common = {"batch_size": 4, "start": [1.5]}
    racers = [
        Racer("sgd", {"learning_rate": 0.2}, batch_order="curriculum", batch_scores="x", batch_ramp=200, **common),
        Racer("sgd", {"learning_rate": 0.05}, **common),
    ]  # fmt: skip
    easy, random = Race(graph.compile(), racers, steps=300).run().paths
    assert easy[-1, 0] == pytest.approx(3.0, abs=1e-3)
    assert random[-1, 0] < 1.5
