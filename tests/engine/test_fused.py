"""Products and sums that are taken together, against the plain evaluation of the same terms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import blas
from gdstudio.engine.expression import Evaluation, Tape, Term
from gdstudio.engine.fused import ScaledSum, scaled_sums
from gdstudio.engine.ops import index, stack
from gdstudio.engine.plan import ArrayPlan, quieten

pytestmark = pytest.mark.skipif(blas.axpby() is None, reason="numpy's library has no axpby")

RACERS = 4


def stepped(outputs: list[Term], arrays: dict[str, np.ndarray], numbers: dict[str, np.ndarray], fuse: bool):
    """The arrays after each of some steps in which they become the outputs, which are as many."""
    masks = {name: 1 for name in arrays} | {name: 0 for name in numbers}
    plan = ArrayPlan(outputs, masks, threads=1, over=dict(enumerate(arrays)))
    held = {name: array.copy() for name, array in arrays.items()}
    out = [own if i in plan.overwriting else np.empty_like(own) for i, own in enumerate(held.values())]
    run = plan.repeated(held, numbers, RACERS, out, fuse=fuse)
    for step in range(len(next(iter(numbers.values())))):
        with np.errstate():
            quieten()
            run(step)
        for own, new in zip(held.values(), out, strict=True):
            own[...] = new
        yield [own.copy() for own in held.values()]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_step_goes_where_it_goes_without(data):
    tape = Tape()
    wide = [tape.input(name, (2,)) for name in "xy"]
    shared = [tape.input(name) for name in "pqr"]
    for _ in range(data.draw(st.integers(2, 14))):
        op = data.draw(st.sampled_from(["add", "subtract", "scale", "scale", "multiply", "stack"]))
        first, second = (wide[data.draw(st.integers(0, len(wide) - 1))] for _ in range(2))
        if op == "scale":
            factor = data.draw(st.sampled_from([*shared, tape.constant(-1.5)]))
            wide.append(factor * first if data.draw(st.booleans()) else first * factor)
        elif op == "stack":
            wide.append(
                stack(
                    index(first, index=(0,)) * shared[0] - index(second, index=(1,)), index(first, index=(1,))
                )
            )
        else:
            wide.append(tape.apply(op, first, second))
    outputs = [wide[-1], wide[data.draw(st.integers(0, len(wide) - 2))]]
    generator = np.random.default_rng(data.draw(st.integers(0, 1000)))
    arrays = {name: generator.uniform(-1, 1, (2, RACERS)) for name in "xy"}
    numbers = {name: generator.choice([0.0, 0.5, -0.7, 1.0], 3) for name in "pqr"}
    plain = Evaluation(outputs, 1)
    values = list(arrays.values())
    for step, got in enumerate(stepped(outputs, arrays, numbers, fuse=True)):
        given = dict(zip("xy", values, strict=True)) | {n: v[step : step + 1] for n, v in numbers.items()}
        values = [np.broadcast_to(value, (2, RACERS)) for value in plain(given)]
        scale = max(1.0, *(np.abs(value).max() for value in values))
        if not np.isfinite(scale) or scale > 1e6:
            break
        for a, b in zip(got, values, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9 * scale)


def moments(tape: Tape) -> list[Term]:
    m, x, beta, rate = tape.input("m", (2,)), tape.input("x", (2,)), tape.input("beta"), tape.input("rate")
    mean = beta * m + x * x
    return [mean, x - rate * mean]


def leapfrog(tape: Tape) -> list[Term]:
    v, x, a, b = tape.input("v", (2,)), tape.input("x", (2,)), tape.input("a"), tape.input("b")
    return [a * v - b * x, x]


@pytest.mark.parametrize(
    ("made", "names", "passes"),
    [
        (moments, ("m", "x", "beta", "rate"), ["square", "axpby", "axpby"]),
        (leapfrog, ("v", "x", "a", "b"), ["axpby"]),
    ],
)
def test_a_multiple_costs_no_pass_of_its_own(made: Callable, names: tuple, passes: list[str], monkeypatch):
    seen: list[str] = []

    def spied(code, arrays, kept):
        calls, superfluous = scaled_sums(code, arrays, kept)
        seen.extend(
            "axpby" if i in calls else step[1].__name__ for i, step in enumerate(code) if i not in superfluous
        )
        return calls, superfluous

    monkeypatch.setattr("gdstudio.engine.repeated.scaled_sums", spied)
    arrays = {name: np.ones((2, RACERS)) for name in names[:2]}
    numbers = {name: np.array([0.5, 0.25]) for name in names[2:]}
    list(stepped(made(Tape()), arrays, numbers, fuse=True))
    assert seen == passes


def test_a_product_that_is_also_seen_in_part_is_computed():
    tape = Tape()
    x, y, p = tape.input("x", (2,)), tape.input("y", (2,)), tape.input("p")
    scaled = x * p
    outputs = [y + scaled, stack(index(scaled, index=(1,)) * p, index(scaled, index=(0,)) * p)]
    ones = np.ones(RACERS)
    arrays = {"x": np.outer([1.0, 2.0], ones), "y": np.outer([10.0, 20.0], ones)}
    ((first, second),) = stepped(outputs, arrays, {"p": np.array([3.0])}, fuse=True)
    np.testing.assert_array_equal(first, np.outer([13.0, 26.0], ones))
    np.testing.assert_array_equal(second, np.outer([18.0, 9.0], ones))


def test_a_scaled_sum_by_hand():
    x, y, b = np.array([1.0, 2.0, np.inf]), np.array([10.0, 20.0, 30.0]), np.array(0.5)
    call = ScaledSum(x, y, (-1.0, np.array([3.0])), (1.0, b))
    call()
    np.testing.assert_array_equal(y, [2.0, 4.0, -np.inf])
    b[...] = 0.0
    call()
    np.testing.assert_array_equal(y, [-3.0, -6.0, -np.inf])
