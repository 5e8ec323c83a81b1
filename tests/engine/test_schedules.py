"""Schedules against PyTorch 2.13 and optax 0.2.8 (data/schedules.json), and by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from gdstudio.engine import schedules
from gdstudio.engine.errors import EngineError

ORACLE = json.loads((Path(__file__).parent / "data" / "schedules.json").read_text())

# Name in the libraries -> our name and options; rates are told relative to the learning rate 0.1.
TRANSLATED = {
    "exponential_decay": ("exponential", {"gamma": 0.5, "every": 50}),
    "exponential_decay_staircase": ("exponential", {"gamma": 0.5, "every": 50, "staircase": True}),
    "cosine_decay": ("cosine", {"steps": 150, "end": 0.05}),
    "polynomial": ("polynomial", {"steps": 150, "end": 0.01, "power": 2}),
    "warmup_cosine": ("cosine", {"steps": 180, "end": 0.01, "warmup": 20}),
    "piecewise": ("multi_step", {"milestones": [60, 120], "gammas": [0.5, 0.1]}),
    "onecycle_cosine": ("one_cycle", {"steps": 200}),
    "sgdr": (
        "cosine_restarts",
        {"steps": 50, "longer": 2, "lower": 0.5, "cycle_warmup": 5, "cycles": 2, "end": 0.01},
    ),
    "torch_StepLR": ("step", {"every": 30, "gamma": 0.5}),
    "torch_MultiStepLR": ("multi_step", {"milestones": [40, 120], "gamma": 0.1}),
    "torch_ExponentialLR": ("exponential", {"gamma": 0.98}),
    "torch_CosineAnnealingLR": ("cosine", {"steps": 200, "end": 0.01}),
    "torch_CosineAnnealingWarmRestarts": ("cosine_restarts", {"steps": 25, "longer": 2, "end": 0.01}),
    "torch_PolynomialLR": ("polynomial", {"steps": 200, "power": 2}),
    "torch_LinearLR": ("constant", {"warmup": 20, "warmup_start": 0.1}),
    "torch_OneCycleLR": ("one_cycle", {"steps": 201, "rise_offset": 1, "end_offset": 1}),
    "torch_CyclicLR_triangular": ("cyclic", {"up": 20, "down": 20, "low": 0.1}),
}  # fmt: skip


@pytest.mark.parametrize("name", ORACLE)
def test_schedule_has_the_values_of_its_library(name: str) -> None:
    ours, options = TRANSLATED[name]
    schedule = schedules.get(ours, learning_rate=0.1, **options)
    record = ORACLE[name]
    np.testing.assert_allclose(schedule(record["steps"]), record["values"], rtol=0, atol=1e-15)


@pytest.mark.parametrize("name", schedules.names())
def test_without_a_learning_rate_a_schedule_gives_finite_factors(name: str) -> None:
    schedule = schedules.get(name)
    steps = np.arange(1000.0)
    factors = schedule(steps)
    assert factors.shape == steps.shape
    assert np.all((factors >= 0) & (factors <= 1.0 + 1e-12))
    assert isinstance(schedule(7), float)
    assert schedule(7) == factors[7]
    assert schedules.get(name, learning_rate=0.25)(7) == pytest.approx(0.25 * factors[7])


@pytest.mark.parametrize("name", schedules.names())
def test_every_option_says_what_it_means(name: str) -> None:
    row = schedules.row(name)
    assert row.title and row.meaning.endswith(".") and row.formula
    assert all(option.meaning for option in row.options)
    assert row.resolve() == {option.name: option.default for option in row.options}


@pytest.mark.parametrize("name", ["cosine", "exponential", "step", "inverse_time", "one_cycle"])
def test_warmup_rises_in_a_straight_line_and_then_the_schedule_begins(name: str) -> None:
    plain = schedules.get(name)
    warmed = schedules.get(name, warmup=10, warmup_start=0.2)
    assert warmed(0) == pytest.approx(0.2 * plain(0))
    assert warmed(5) == pytest.approx(0.6 * plain(0))
    np.testing.assert_allclose(warmed(np.arange(10, 100)), plain(np.arange(0, 90)), rtol=1e-15)


def test_values_by_hand() -> None:
    assert schedules.get("inverse_time", decay=0.5)(4) == pytest.approx(1 / 3)
    assert schedules.get("inverse_sqrt", every=100)(300) == pytest.approx(0.5)
    assert schedules.get("linear", steps=10, start=1.0, end=0.5)(4) == pytest.approx(0.8)
    assert schedules.get("linear", steps=10, end=0.5)(40) == pytest.approx(0.5)
    assert schedules.get("cosine", steps=100)(50) == pytest.approx(0.5)
    assert schedules.get("cyclic", up=10, low=0.0, shrink=0.5)(30) == pytest.approx(0.5)
    assert schedules.get("exponential", gamma=0.1, end=0.05)(9) == 0.05


def test_plateau_lowers_after_patience_runs_out() -> None:
    """As torch.optim.lr_scheduler.ReduceLROnPlateau(factor=0.5, patience=2, cooldown=1)."""
    schedule = schedules.get("reduce_on_plateau", learning_rate=0.8, factor=0.5, patience=2, cooldown=1)
    assert schedule.needs_loss
    rates = []
    for step, loss in enumerate([10.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 8.0]):
        schedule.observe(loss)
        rates.append(schedule(step))
    assert rates == [0.8, 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2]
    schedule.reset()
    assert schedule(0) == 0.8


def test_plateau_does_not_count_a_lost_loss_as_progress() -> None:
    schedule = schedules.get("reduce_on_plateau", factor=0.1, patience=1)
    for loss in (1.0, math.nan, math.nan):
        schedule.observe(loss)
    assert schedule(3) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("cosin", {}, "no schedule 'cosin'; did you mean \"cosine\""),
        ("cosine", {"step": 10}, "cosine has no option 'step'; did you mean \"steps\""),
        ("cosine", {"steps": 0}, "steps is 0; it must be at least 1"),
        ("cosine", {"end": "low"}, "end is a number, not 'low'"),
        ("one_cycle", {"shape": "cosin"}, "shape is one of cosine, linear"),
        ("multi_step", {"milestones": 3}, "milestones is a list of numbers"),
        ("multi_step", {"milestones": [1, 2], "gammas": [0.5]}, "2 milestones but 1 gammas"),
    ],
)
def test_wrong_names_and_values_say_what_would_be_right(name: str, options: dict, message: str) -> None:
    with pytest.raises(EngineError) as caught:
        schedules.get(name, **options)
    assert message in str(caught.value)
