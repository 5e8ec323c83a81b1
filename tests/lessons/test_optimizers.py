"""The lessons on optimizers say what is true: who arrives, in which order, and why."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import schedules
from tests.lessons.support import gradient, lesson, losses, outcome, path, status, value

RIGHT_WELL, LEFT_WELL = 1.286640425574436, -1.1516678413429395


def test_momentum() -> None:
    name = "momentum"
    assert losses(name, 1, "Momentum")[-1] < 1e-6 * losses(name, 1, "SGD")[-1]
    # v = 0.9·v + 1 grows to 10.
    velocity = 0.0
    for _ in range(200):
        velocity = 0.9 * velocity + 1
    assert velocity == pytest.approx(10.0)
    assert path(name, 3, "SGD")[-1, 0] == pytest.approx(LEFT_WELL, abs=1e-3)
    assert path(name, 3, "Momentum")[-1, 0] == pytest.approx(RIGHT_WELL, abs=1e-3)
    heavy, nesterov = path(name, 4, "Heavy ball"), path(name, 4, "Nesterov")
    assert np.sum(np.abs(nesterov[:, 1])) < np.sum(np.abs(heavy[:, 1]))


def test_the_heavy_ball_is_momentum() -> None:
    document = lesson("momentum").steps[3].document
    ball = document.race_inputs()[0]
    from gdstudio import engine

    other = engine.Racer("sgd", ball.options, start=ball.start)
    one, two = engine.Race(document.graph.compile(), [ball, other], steps=50).run().paths
    assert one == pytest.approx(two, rel=1e-9, abs=1e-12)


def test_adaptive_rates() -> None:
    """AdaGrad's path as the paper's formula gives it; its rate dies, RMSprop's does not."""
    name = "adaptive_rates"
    assert path(name, 1, "AdaGrad")[1:3] == pytest.approx(
        np.array([[2.5, 0.5], [2.17990780016776, 0.27639320225002106]]), abs=1e-8
    )
    adagrad, rmsprop = (np.diff(path(name, 2, racer)[:, 0]) for racer in ("AdaGrad", "RMSprop"))
    assert adagrad == pytest.approx(0.5 / np.sqrt(np.arange(1, 101)), rel=1e-6)
    assert rmsprop[20:50] == pytest.approx(np.full(30, 0.5), rel=0.1)
    assert losses(name, 3, "RMSprop")[-1] < losses(name, 3, "AdaGrad")[-1]
    first = np.linalg.norm(np.diff(path(name, 4, "AdaDelta")[:11], axis=0), axis=1)
    assert np.max(first) < 0.05 * np.linalg.norm(path(name, 4, "RMSprop")[1] - path(name, 4, "RMSprop")[0])


def test_adam() -> None:
    """Kingma & Ba's formulas at the first step, ε outside and inside the root; the eight of Keras all descend."""
    name = "adam"
    assert float(value(name, 1, "raw_step")) == pytest.approx(0.1 / np.sqrt(0.001))
    assert float(value(name, 2, "step")) == pytest.approx(0.01 / (0.01 + 1e-8), rel=1e-12)
    assert float(value(name, 3, "inside")) == pytest.approx(0.7071067811865476, rel=1e-9)
    assert float(value(name, 3, "step")) == pytest.approx(0.9999000099990001, rel=1e-9)
    corrected, raw = (path(name, 4, racer) for racer in ("Adam", "Uncorrected"))
    assert corrected[1] == pytest.approx([2.9, 0.9], abs=1e-6)
    assert raw[1] == pytest.approx(np.array([3.0, 1.0]) - 0.1 * np.sqrt(10), abs=1e-6)
    document = lesson(name).steps[5].document
    keras = {"sgd", "rmsprop", "adam", "adadelta", "adagrad", "adamax", "nadam", "ftrl"}
    assert {racer.optimizer for racer in document.race.racers} == keras | {"adamw"}
    for racer in document.race.racers:
        assert losses(name, 6, racer.label)[-1] < 1e-2 * losses(name, 6, racer.label)[0]


def test_schedules() -> None:
    """Falling rates end nearer than a constant one; without warm-up the steep slope throws the racer."""
    name = "schedules"
    end = {racer: losses(name, 2, racer)[-1] for racer in ("Constant", "Step", "Exponential", "Cosine")}
    assert all(end[racer] < end["Constant"] / 4 for racer in ("Step", "Exponential", "Cosine"))
    assert schedules.get("exponential", gamma=0.97)(100) == pytest.approx(0.97**100)
    assert status(name, 3, "Straight on") == "diverged"
    assert losses(name, 3, "Warm-up")[-1] < 0.1
    rates = outcome(name, 3).race.learning_rates[1]
    assert rates[25] == pytest.approx(0.3, rel=0.05)


def test_own_optimizer() -> None:
    """Rules written by hand walk as the library's do; the gradient goes through three unrolled steps."""
    name = "own_optimizer"
    assert path(name, 1, "Mine") == pytest.approx(path(name, 1, "SGD"), rel=1e-12, abs=1e-300)
    assert path(name, 2, "Mine") == pytest.approx(path(name, 2, "Momentum"), rel=1e-12, abs=1e-15)
    # (1 - 2·rate)³ from 1, and d/drate (1 - 2·rate)⁶ = -12·(1 - 2·rate)⁵
    assert float(value(name, 3, "x3")) == pytest.approx(0.8**3)
    assert float(gradient(name, 3, "rate")) == pytest.approx(-12 * 0.8**5)
    learned = path(name, 4, "Descent on the rate")[:, 0]
    assert np.all(np.diff(learned) > 0)
    assert 0.4 < learned[-1] < 0.5
    assert losses(name, 4, "Descent on the rate")[-1] < 1e-4
    assert value(name, 5, "v1") == 2.0
