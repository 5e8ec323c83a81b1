"""Shared factors moved out of a crowd's step, against the plain evaluation of the same terms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio.engine import functions, optimizers
from gdstudio.engine.array_kernel import ArrayKernel
from gdstudio.engine.expression import Evaluation, Tape
from gdstudio.engine.factors import factored, passes
from gdstudio.engine.kernel import StepTerms
from gdstudio.engine.optimizers import UpdateRule

HIMMELBLAU = functions.get("himmelblau").program()
RULES = [name for name in optimizers.names() if isinstance(optimizers.get(name), UpdateRule)]
RANGES = {"p": (0.5, 2.0), "q": (0.0, 1.0), "r": (-2.0, 2.0)}
MASKS = {"x": 1, "y": 1, "p": 0, "q": 0, "r": 0}
UNARY = ("negative", "square", "abs", "sqrt", "sin", "stop_gradient")
BINARY = ("add", "subtract", "multiply", "divide", "maximum", "minimum", "stack")


@given(
    st.lists(st.tuples(st.sampled_from(UNARY + BINARY), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=14),
    st.fixed_dictionaries({name: st.floats(*bounds) for name, bounds in RANGES.items()}),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_factored_terms_have_the_values_of_the_plain_ones(operations, shared, divide):
    tape = Tape()
    made = [tape.input(name) for name in MASKS] + [
        tape.constant(2.0),
        tape.constant(-3.0),
        tape.constant(0.0),
    ]
    for name, i, j in operations:
        first, second = made[-1 - i % len(made)], made[-1 - j % len(made)]
        if name == "stack":
            pair = tape.apply("stack", first, second)
            made += [tape.apply("index", pair, index=(0,)), tape.apply("index", pair, index=(1,))]
        elif name in BINARY:
            made.append(tape.apply(name, first, second))
        else:
            made.append(tape.apply(name, first))
    outputs = [made[-1], made[-2]]
    following = {"x": 0} if divide else {}
    found = factored(outputs, MASKS, RANGES, following, ("p", "q"))
    points = np.array([[0.5, -1.5, 2.5, 0.0], [1.5, 0.25, -0.75, 3.0]])
    inputs = {name: np.array([value]) for name, value in shared.items()}
    inputs |= dict(zip("xy", points, strict=True))
    divisor = Evaluation([found.divisors["x"]], 1)(inputs)[0] if found.divisors else 1.0
    results = Evaluation(found.outputs, 1)({**inputs, "x": inputs["x"] / divisor})
    results[0] = results[0] * divisor
    for got, wanted in zip(results, Evaluation(outputs, 1)(inputs), strict=True):
        # Where cancelling or an overflow decides, the order of the operations does.
        sound = np.isfinite(wanted) & (np.abs(wanted) < 1e6)
        np.testing.assert_allclose(
            np.broadcast_to(got, wanted.shape)[sound], wanted[sound], rtol=1e-7, atol=1e-7
        )


@pytest.mark.parametrize("name", RULES)
def test_every_rule_walks_the_same_path(name):
    rule = optimizers.get(name)
    starts = np.random.default_rng(0).uniform(-4, 4, (2, 50))
    for convention in (None, *rule.conventions):
        options = rule.resolve(convention)
        terms = StepTerms(HIMMELBLAU, rule, options)
        numbers = rule.numbers(options)
        ends = []
        for factor in (False, True):
            kernel = ArrayKernel(terms, factor=factor)
            x = kernel.split(starts)
            step = kernel.bound(x, kernel.start(x, numbers, "move"), numbers, {"t": np.arange(1.0, 13.0)})
            with np.errstate(all="ignore"):
                for number in range(12):
                    step(number)
            ends.append(kernel.join(x))
        near = np.abs(ends[0]) < 1e6
        np.testing.assert_allclose(ends[1][near], ends[0][near], rtol=1e-6, atol=1e-9)


@given(
    st.sampled_from(["adam", "amsgrad", "adamw", "rmsprop", "adagrad", "sgd", "adamax", "nadam", "yogi"]),
    st.integers(0, 10**6),
)
@settings(max_examples=25, deadline=None)
def test_rules_with_any_numbers_walk_the_same_path(name, seed):
    rule = optimizers.get(name)
    generator = np.random.default_rng(seed)
    chosen = {"learning_rate": 10.0 ** generator.uniform(-4, -2)}
    for option in rule.options:
        if option.is_number and option.low == 0.0 and option.high == 1.0 and generator.random() < 0.5:
            chosen[option.name] = float(generator.choice([0.0, 0.5, 0.9, 0.999]))
    options = rule.resolve(None, **chosen)
    terms, numbers = StepTerms(HIMMELBLAU, rule, options), rule.numbers(options)
    starts = generator.uniform(-3, 3, (2, 20))
    ends = []
    for factor in (False, True):
        kernel = ArrayKernel(terms, factor=factor)
        x = kernel.split(starts)
        state = kernel.start(x, numbers, "move")
        for t in range(1, 9):
            results = kernel.step(x, state, numbers, float(t), what="move")
            x, state = results[:1], results[1:]
        ends.append(kernel.join(x))
    np.testing.assert_allclose(ends[1], ends[0], rtol=1e-6, atol=1e-9)


def test_the_moments_of_adam_are_kept_without_their_factors():
    """Two passes make m, three make v and five the step, in place of four, four and seven."""
    tape = Tape()
    masks = {"x": 1, "m": 1, "v": 1, "g": 1, "b": 0, "c": 0, "t": 0, "rate": 0, "epsilon": 0}
    x, m, v, g, b, c, t, rate, epsilon = (tape.input(name) for name in masks)
    m1 = b * m + (1.0 - b) * (2.0 * g)
    v1 = c * v + (1.0 - c) * (2.0 * g) ** 2
    root = tape.apply("sqrt", v1 / (1.0 - c**t))
    outputs = [x - rate * (m1 / (1.0 - b**t)) / (root + epsilon), m1, v1]
    below_one = (0.0, np.nextafter(1.0, 0.0))
    ranges = {"t": (1.0, np.inf), "b": below_one, "c": below_one}
    found = factored(outputs, masks, ranges, {"m": 1, "v": 2}, ("b", "c"))
    assert passes(outputs, masks) == 15
    assert passes(found.outputs, masks) == 2 + 3 + 5
    inputs = {"b": np.array(0.9), "c": np.array(0.999)}
    values = {name: Evaluation([term])(inputs)[0] for name, term in found.divisors.items()}
    assert values == {"m": pytest.approx(2 * 0.1), "v": pytest.approx(4 * 0.001)}


def test_a_factor_that_may_be_zero_divides_nothing():
    tape = Tape()
    masks = {"m": 1, "g": 1, "b": 0}
    m, g, b = (tape.input(name) for name in masks)
    found = factored([m + (1.0 - b) * g], masks, {"b": (0.0, 1.0)}, {"m": 0}, ("b",))
    assert found.divisors == {}
    m1, g1 = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    (got,) = Evaluation(found.outputs, 1)({"m": m1, "g": g1, "b": np.array([1.0])})
    np.testing.assert_array_equal(got, m1)


def test_what_changes_during_a_run_divides_nothing():
    tape = Tape()
    masks = {"m": 1, "g": 1, "b": 0}
    m, g, b = (tape.input(name) for name in masks)
    assert factored([0.5 * m + b * g], masks, {"b": (0.1, 1.0)}, {"m": 0}, ()).divisors == {}
    assert set(factored([0.5 * m + b * g], masks, {"b": (0.1, 1.0)}, {"m": 0}, ("b",)).divisors) == {"m"}
