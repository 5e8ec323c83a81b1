"""Plans that are run again and again on the same arrays."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import Racer
from gdstudio.engine.crowd import Crowd
from gdstudio.engine.expression import Tape, Term
from gdstudio.engine.ops import concatenate, greater, index, reshape, sign, stack, total, where
from gdstudio.engine.plan import ArrayPlan, quieten

RACERS, RUNS = 5, 600


def outputs_of(tape: Tape) -> list[Term]:
    """Each kind of instruction, on what all share, on what differs, and on what is made anew by every run."""
    x, t, w = tape.input("x", (3,)), tape.input("t"), tape.input("w", (3,))
    rate = tape.constant(0.5) ** (t / 100.0)
    turned = concatenate(index(x, index=((1, 3),)), index(x, index=((0, 1),))) * (w * rate)
    gathered = concatenate(x * rate, turned)
    return [
        x + rate * w,
        stack(index(x, index=(0,)) * t, rate + index(x, index=(1,))),
        total(gathered, axis=0),
        where(greater(t, tape.constant(300.0)), x, turned),
        reshape(gathered, shape=(2, 3)),
        w * rate,
        sign(x - rate) + greater(x, rate * w),
        x,
    ]


def expected(x: np.ndarray, t: float, w: np.ndarray) -> list[np.ndarray]:
    rate = 0.5 ** (t / 100.0)
    turned = x[[1, 2, 0]] * (w[:, None] * rate)
    gathered = np.concatenate([x * rate, turned])
    return [
        x + rate * w[:, None],
        np.stack([x[0] * t, rate + x[1]]),
        gathered.sum(axis=0),
        x if t > 300.0 else turned,
        gathered.reshape(2, 3, RACERS),
        np.broadcast_to(w[:, None] * rate, x.shape),
        np.sign(x - rate) + (x > rate * w[:, None]),
        x,
    ]


def test_every_run_gives_what_its_place_in_the_series_says():
    generator = np.random.default_rng(0)
    x, w = generator.normal(size=(3, RACERS)), generator.normal(size=3)
    series = np.linspace(1.0, 600.0, RUNS)
    outputs = outputs_of(Tape())
    plan = ArrayPlan(outputs, {"x": 1, "t": 0, "w": 0}, threads=1)
    out = [np.full((*term.shape, RACERS), np.nan) for term in outputs]
    run = plan.repeated({"x": x, "w": w[:, None]}, {"t": series}, RACERS, out)
    with np.errstate():
        quieten()
        # In any order: forwards, beyond what is computed at once, and back.
        for number in (0, 1, 255, 256, 599, 300, 2):
            run(number)
            for got, wanted in zip(out, expected(x, series[number], w), strict=True):
                np.testing.assert_allclose(got, wanted, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("schedule", [None, ("cosine", {})])
@pytest.mark.parametrize("optimizer", ["adam", "nadam", "momentum", "adagrad", "rprop"])
def test_blocks_that_take_over_arrays_walk_like_one_block(optimizer: str, schedule: tuple | None):
    program = engine.parse("loss = (x**2 + y - 11)**2 + (x + y**2 - 7)**2", {"x": 0.0, "y": 0.0}).compile()
    starts = np.random.default_rng(1).uniform(-4, 4, (50, 2))
    crowd = Crowd(program, Racer(optimizer, {"learning_rate": 0.003}, schedule=schedule), 270)
    whole, blocks = crowd.run(starts), crowd.run(starts, at_once=8)
    np.testing.assert_array_equal(blocks.points, whole.points)
    np.testing.assert_array_equal(blocks.losses, whole.losses)
    np.testing.assert_allclose(whole.losses, program.value(whole.points), rtol=1e-12, atol=1e-20)
