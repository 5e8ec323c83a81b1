"""Races: known paths, statuses that don't lie, independence of racers, and both kernels."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdstudio import engine
from gdstudio.engine import EngineError, Program, Race, Racer
from gdstudio.engine.array_kernel import ArrayKernel
from gdstudio.engine.kernel import StepTerms
from gdstudio.engine.scalar_kernel import ScalarKernel

from .oracle_graphs import random_graph

FORMULA_RULES = [
    name for name in engine.optimizers.names() if hasattr(engine.optimizers.get(name), "active_state")
]


def program_of(expression: str, **parameters: float) -> Program:
    return engine.parse(f"loss = {expression}", parameters=parameters).compile()


def bowl() -> Program:
    return program_of("x0**2 + x1**2", x0=-3.0, x1=4.0)


def rosenbrock() -> Program:
    return program_of("(1 - x)**2 + 100*(y - x**2)**2", x=-1.2, y=1.0)


def line_fit() -> Program:
    text = "x = constant([0, 1, 2]); y = constant([1, 2, 3])\nloss = 0.5 * sum((a*x + b - y)**2)"
    return engine.parse(text, parameters={"a": 2.0, "b": 2.0}).compile()


def test_line_fit_passes_through_the_known_table():
    path = Race(line_fit(), [Racer("sgd", {"learning_rate": 0.1})], steps=7).run().paths[0]
    table = [
        (1.2, 1.4),
        (0.98, 1.22),
        (0.924, 1.16),
        (0.914, 1.1348),
        (0.9166, 1.1202),
        (0.9222, 1.1091),
        (0.9284, 1.0997),
    ]
    np.testing.assert_allclose(path[1:], table, atol=5e-5)


@pytest.mark.parametrize(
    ("learning_rate", "gradient", "end", "status"),
    [
        (0.1, "analytic", (-6.1e-10, 8.1e-10), "converged"),
        (10.0, "numerical", (-25898374737328.363, -1295248616896.5398), "diverged"),
        (10.0, "analytic", (-2.25e128, 3.00e128), "diverged"),
        (1e-10, "analytic", (-2.99999994, 3.99999992), "running"),
    ],
)
def test_descent_on_the_bowl(learning_rate, gradient, end, status):
    racer = Racer("sgd", {"learning_rate": learning_rate}, start=[-3.0, 4.0], gradient=gradient)
    result = Race(bowl(), [racer], steps=100).run()
    np.testing.assert_allclose(result.paths[0][-1], end, rtol=1e-2 if gradient == "analytic" else 1e-15)
    assert result.status[0] == status
    assert len(result.paths[0]) == len(result.losses[0]) == len(result.gradient_norms[0]) == 101


def test_central_differences_freeze_far_out():
    path = (
        Race(bowl(), [Racer("sgd", {"learning_rate": 10.0}, gradient="numerical")], steps=100).run().paths[0]
    )
    assert np.all(path[12:] == path[-1])


STATUSES = [
    ("x**2 - y**2", (1.0, 0.0), "sgd", {"learning_rate": 0.1}, "stalled", "saddle"),
    ("x**2 - y**2", (0.0, 0.0), "adam", {}, "stalled", "saddle"),
    ("x**2 - y**2", (1.0, 1e-3), "sgd", {"learning_rate": 0.1}, "diverged", "left for good"),
    ("-exp(-(x**2 + y**2)/2)", (5.0, 5.0), "sgd", {"learning_rate": 0.1}, "stalled", "plateau"),
    ("-exp(-(x**2 + y**2)/2)", (1.0, 1.0), "sgd", {"learning_rate": 0.1}, "converged", "minimum"),
    ("relu(x) + relu(y)", (-1.0, -1.0), "sgd", {"learning_rate": 0.1}, "stalled", "plateau"),
    # Flat up to x = 5 and higher beyond 6, but for a dent between: a relu that never fires.
    ("(relu(x - 5) - 0.5)**2 + y**2", (-3.0, 4.0), "sgd", {"learning_rate": 0.1}, "stalled", "plateau"),
    # Flat within the reach of the way from the start, higher beyond: no descent came down to it.
    ("relu(abs(x) - 30) + 0*y", (1.0, 1.0), "sgd", {"learning_rate": 0.1}, "stalled", "plateau"),
    # The hinge loss of one sample: flat at zero from a margin of 1 on, and descent went there.
    ("relu(1 - x) + 0*y", (-3.0, 0.0), "sgd", {"learning_rate": 0.1}, "converged", "minimum"),
    ("(x**2 - 1)**2 + 0.3*x + y**2", (2.0, 0.0), "sgd", {"learning_rate": 0.05}, "converged", "minimum"),
    ("sqrt(x) + y**2", (0.5, 3.0), "sgd", {"learning_rate": 0.1}, "diverged", "not|stopped"),
    ("log(x) + y", (-1.0, 0.0), "sgd", {"learning_rate": 0.1}, "diverged", "at the start"),
    ("x**2 + y**2", (5.0, 3.0), "sgd", {"learning_rate": 1.0}, "running", "it oscillates: its last"),
    ("(1 - x)**2 + 100*(y - x**2)**2", (-1.2, 1.0), "sgd", {"learning_rate": 1e-3}, "running", "still moves"),
    ("x**2 + y**2", (5.0, 3.0), "sgd", {"learning_rate": 0.1, "maximize": True}, "diverged", "left for good"),
    ("-(x**2 + y**2)", (5.0, 3.0), "sgd", {"learning_rate": 0.1, "maximize": True}, "converged", "maximum"),
    ("1e-6*(x**2 + y**2)", (5.0, 3.0), "sgd", {"learning_rate": 2e5}, "converged", "minimum"),
    ("1e8*(x**2 + y**2)", (5.0, 3.0), "sgd", {"learning_rate": 1e-9}, "converged", "minimum"),
    ("1e-8*(x**2 + y**2)", (5.0, 3.0), "sgd", {"learning_rate": 0.1}, "running", "too slowly"),
    # Two adaptive ones on a saddle: the first from its ridge, the second a hair beside it.
    ("x**2 - y**2", (1.0, 0.0), "adam", {"learning_rate": 0.3}, "stalled", "saddle"),
    ("x**2 - y**2", (0.5, 1e-9), "adam", {"learning_rate": 0.3}, "running", "still moves"),
    # Thrown out of its valley onto ground that is flat to rounding.
    ("tanh(x)**2 + tanh(y)**2", (1.0, 0.5), "sgd", {"learning_rate": 1e6}, "stalled", "plateau"),
    # A relu that is dead from the start, under a rule that divides by its own gradients.
    ("(relu(y - x) - 1)**2", (2.0, -2.0), "adam", {"learning_rate": 0.1}, "stalled", "plateau"),
    ("abs(x) + abs(y)", (1.0, 0.5), "sgd", {"learning_rate": 0.07}, "running", "it oscillates"),
    # Balanced on the very top, and at the very bottom when climbing.
    ("-(x**2) - y**2", (0.0, 0.0), "momentum", {}, "stalled", "at a maximum"),
    ("x**2 + y**2", (0.0, 0.0), "sgd", {"maximize": True}, "stalled", "at a minimum"),
    # Far from its start, and yet where it was to go.
    ("(x - 1e12)**2 + y**2", (0.0, 1.0), "sgd", {"learning_rate": 0.4}, "converged", "loss 0|e-"),
]


@pytest.mark.parametrize(("expression", "start", "optimizer", "options", "status", "word"), STATUSES)
def test_statuses_do_not_lie(expression, start, optimizer, options, status, word):
    program = program_of(expression, x=start[0], y=start[1])
    result = Race(program, [Racer(optimizer, options)], steps=200).run()
    assert result.status[0] == status, result.reasons[0]
    assert any(part in result.reasons[0] for part in word.split("|"))


def test_one_step_towards_a_saddle_is_no_convergence():
    result = Race(program_of("x**2 - y**2", x=1.0, y=0.0), [Racer("adam")], steps=1).run()
    assert result.status == ("running",)


def test_a_racer_whose_differences_vanish_far_out_has_diverged():
    """From some place on x ± h is x, so that the gradient by differences is 0 and the racer stands still."""
    racer = Racer("sgd", {"learning_rate": 10.0}, gradient="numerical")
    result = Race(bowl(), [racer], steps=100).run()
    assert result.gradient_norms[0][-1] == 0.0
    assert result.status == ("diverged",)


def test_a_racer_that_overflows_keeps_its_finite_path():
    result = Race(rosenbrock(), [Racer("sgd", {"learning_rate": 1.0})], steps=100).run()
    assert result.status[0] == "diverged"
    assert 1 < len(result.paths[0]) < 20
    assert np.all(np.isfinite(result.paths[0])) and np.all(np.isfinite(result.losses[0]))


def test_company_changes_nothing():
    racers = [
        Racer("adam", {"learning_rate": 0.01}),
        Racer("sgd", {"learning_rate": 1e-3}, noise=0.5),
        Racer("lion"),
    ]
    alone = Race(rosenbrock(), [racers[0], racers[1]], steps=60, seed=3).run()
    together = Race(rosenbrock(), racers, steps=60, seed=3).run()
    for a, b in zip(alone.paths, together.paths, strict=False):
        np.testing.assert_array_equal(a, b)
    other = Race(rosenbrock(), racers, steps=60, seed=4).run()
    assert np.any(other.paths[1] != together.paths[1])
    np.testing.assert_array_equal(other.paths[0], together.paths[0])


@pytest.mark.parametrize("name", FORMULA_RULES)
def test_generated_floats_and_arrays_walk_the_same_path(name):
    """The two kernels differ by rounding alone, for every rule, on a function with exp and sin."""
    program = program_of("exp(sin(x) + 0.1*y**2) + (x - 0.5*y)**2", x=1.2, y=-0.7)
    rule = engine.optimizers.get(name)
    options = rule.resolve()
    scalar, arrays = ScalarKernel(program, rule, options), ArrayKernel(StepTerms(program, rule, options))
    numbers = {key: float(value) for key, value in rule.numbers(options).items()}
    x = tuple(program.start.tolist())
    rows, *_ = scalar.run(x, scalar.start(x, numbers), numbers, [float(t) for t in range(1, 31)])
    columns = arrays.split(program.start[:, None])
    state = arrays.start(columns, numbers)
    for t, row in enumerate(rows, start=1):
        np.testing.assert_allclose(arrays.join(columns)[:, 0], row[:2], rtol=1e-9, atol=1e-12)
        loss, g, *rest = arrays.step(columns, state, numbers, float(t))
        np.testing.assert_allclose(loss[0], row[2], rtol=1e-9)
        columns, state = rest[:1], rest[1:]


@pytest.mark.parametrize("name", FORMULA_RULES)
def test_a_crowd_that_writes_over_its_arrays_walks_the_same_path(name):
    program = program_of("(x**2 + y - 11)**2 + (x + y**2 - 7)**2", x=0.0, y=0.0)
    rule = engine.optimizers.get(name)
    options = rule.resolve()
    kernel = ArrayKernel(StepTerms(program, rule, options), factor=False)
    numbers = rule.numbers(options)
    x = kernel.split(np.random.default_rng(0).uniform(-4, 4, (2, 500)))
    y = [part.copy() for part in x]
    own, other = kernel.start(x, numbers, "move"), kernel.start(y, numbers, "move")
    step = kernel.bound(x, own, numbers, {"t": np.arange(1.0, 8.0)})
    for t in range(1, 8):
        step(t - 1)
        results = kernel.step(y, other, numbers, float(t), what="move")
        y, other = results[:1], results[1:]
        for a, b in zip([*x, *own], [*y, *other], strict=True):
            np.testing.assert_array_equal(a, b)


@given(st.integers(0, 10**6), st.integers(1, 20))
@settings(max_examples=30, deadline=None)
def test_generated_floats_agree_with_arrays_on_random_graphs(seed, size):
    program = random_graph(seed, size).compile()
    rule = engine.optimizers.get("adam")
    options = rule.resolve()
    kernel = ScalarKernel(program, rule, options)
    numbers = rule.numbers(options)
    rows, *_ = kernel.run(
        tuple(program.start.tolist()), kernel.start(program.start.tolist(), numbers), numbers, [1.0]
    )
    value, gradient = program.value_and_gradient(program.start)
    np.testing.assert_allclose(rows[0][3], value, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(rows[0][4:], gradient, rtol=1e-7, atol=1e-9)


def test_schedules_multiply_the_learning_rate():
    racer = Racer("sgd", {"learning_rate": 0.1}, schedule=("exponential", {"gamma": 0.5}))
    result = Race(bowl(), [racer], steps=3).run()
    np.testing.assert_allclose(result.learning_rates[0], [0.1, 0.05, 0.025, 0.0125])
    np.testing.assert_allclose(result.paths[0][:, 0], [-3.0, -2.4, -2.16, -2.052])


def test_clipping_shortens_the_gradient():
    result = Race(bowl(), [Racer("sgd", {"learning_rate": 0.1}, clip_norm=1.0)], steps=1).run()
    np.testing.assert_allclose(result.paths[0][1], [-3.0 + 0.06, 4.0 - 0.08])
    result = Race(bowl(), [Racer("sgd", {"learning_rate": 0.1}, clip_value=2.0)], steps=1).run()
    np.testing.assert_allclose(result.paths[0][1], [-2.8, 3.8])


# One rule that looks at each coordinate alone, and one that looks at its whole parameter.
@pytest.mark.parametrize(
    "rule",
    ["sgd", engine.optimizers.parse_rule("x = x - learning_rate*g*norm(x)/norm(x)", {"learning_rate": 1.0})],
    ids=["sgd", "own"],
)
def test_clipping_by_norm_takes_the_norm_over_all_parameters(rule):
    """Gradients (3, 0) and 4 have the length 5 together, as `torch.nn.utils.clip_grad_norm_` takes it."""
    graph = engine.parse("loss = (sum(W**2) + b**2)/2", parameters={"W": [[3.0, 0.0]], "b": 4.0})
    racer = Racer(rule, {"learning_rate": 1.0}, clip_norm=1.0)
    program = graph.compile()
    many = Race(
        program, [racer, Racer(rule, {"learning_rate": 1.0}, clip_norm=1.0, clip_value=3.0)], steps=1
    ).run()
    np.testing.assert_allclose(many.paths[0][1], [3.0 - 0.6, 0.0, 4.0 - 0.8])
    # Cut to 3 first, the length is 3√2.
    np.testing.assert_allclose(many.paths[1][1], [3.0 - 0.5**0.5, 0.0, 4.0 - 0.5**0.5])
    seen = engine.inside(program, many, 0)
    np.testing.assert_allclose(seen.lines["g"], [[0.6, 0.0, 0.8]])
    np.testing.assert_allclose(seen.adjusted, [[-0.6, 0.0, -0.8]])


def test_mini_batches_are_shared_and_losses_cover_all_data():
    graph = engine.parse(
        "loss = mean((w*x - y)**2)",
        parameters={"w": 0.0},
        data={"x": np.arange(8.0), "y": 3 * np.arange(8.0)},
    )
    racers = [
        Racer("sgd", {"learning_rate": 0.01}, batch_size=2),
        Racer("sgd", {"learning_rate": 0.01}, batch_size=2),
    ]
    result = Race(graph.compile(), [*racers, Racer("sgd", {"learning_rate": 0.01})], steps=20, seed=5).run()
    np.testing.assert_array_equal(result.paths[0], result.paths[1])
    assert np.any(result.paths[0] != result.paths[2])
    assert result.losses[0][0] == result.losses[2][0] == np.mean((3 * np.arange(8.0)) ** 2)
    # The first step by hand: the gradient over the two rows drawn.
    rows = engine.data.Batches(8, 2, seed=5).rows(0)
    step = 0.01 * np.mean(2 * -3 * np.arange(8.0)[rows] ** 2)
    assert result.paths[0][1, 0] == pytest.approx(-step, rel=1e-12)


@pytest.mark.parametrize(
    ("racer", "each"),
    [
        (Racer("adam"), 1),
        (Racer("adam", gradient="numerical"), 2 * 2),
        (Racer("newton", {"line_search": "none"}), 1 + 2),
        (Racer("newton", {"line_search": "none"}, gradient="numerical"), 4 + 2),
    ],
    ids=["a gradient", "differences: two losses for each coordinate", "a Hessian: n", "both"],
)
def test_evaluations_are_counted_for_each_step(racer, each):
    result = Race(rosenbrock(), [racer], steps=3).run()
    np.testing.assert_array_equal(result.evaluations[0], [0, each, 2 * each, 3 * each])
    np.testing.assert_array_equal(result.epochs[0], result.evaluations[0])


def test_a_line_search_pays_for_every_point_it_tries_and_for_none_twice():
    """x² from 1 with first step 1: the gradient, the loss at −1 (no lower), at 0 (accepted); then the gradient there,
    after which nothing new is asked: a step of length 0 ends where the gradient was taken."""
    result = Race(program_of("x**2", x=1.0), [Racer("backtracking", {"learning_rate": 1.0})], steps=3).run()
    np.testing.assert_array_equal(result.paths[0][:, 0], [1, 0, 0, 0])
    np.testing.assert_array_equal(result.evaluations[0], [0, 3, 4, 4])


def test_an_epoch_is_as_many_batches_as_make_all_rows():
    graph = engine.parse("loss = mean((w - y)**2)", parameters={"w": 0.0}, data={"y": np.arange(8.0)})
    result = Race(graph.compile(), [Racer("sgd", batch_size=2), Racer("sgd")], steps=4).run()
    np.testing.assert_array_equal(result.evaluations[0], [0, 1, 2, 3, 4])
    np.testing.assert_array_equal(result.epochs[0], [0, 0.25, 0.5, 0.75, 1])
    np.testing.assert_array_equal(result.epochs[1], [0, 1, 2, 3, 4])


def test_counts_end_with_the_path_of_a_racer_that_diverged():
    result = Race(bowl(), [Racer("sgd", {"learning_rate": 10.0})], steps=500).run()
    assert len(result.evaluations[0]) == len(result.epochs[0]) == len(result.paths[0]) < 500


@pytest.mark.parametrize(
    ("expression", "start", "rule", "options", "oscillates"),
    [
        ("x**2 + y**2", (5.0, 3.0), "sgd", {"learning_rate": 1.0}, True),  # x becomes −x at every step
        ("abs(x) + abs(y)", (0.55, 0.25), "sgd", {"learning_rate": 0.1}, True),  # to and fro over the kink
        ("x**2 + y**2", (5.0, 3.0), "sgd", {"learning_rate": 0.97}, False),  # to and fro, and dying away
        ("(1 - x)**2 + 100*(y - x**2)**2", (-1.2, 1.0), "sgd", {"learning_rate": 1e-3}, False),
        ("x + 0*y", (0.0, 0.0), "sgd", {"learning_rate": 0.1}, False),
    ],
)
def test_a_racer_that_gets_nowhere_oscillates(expression, start, rule, options, oscillates):
    program = program_of(expression, x=start[0], y=start[1])
    result = Race(program, [Racer(rule, options)], steps=60).run()
    assert result.status[0] == "running"
    assert ("oscillates" in result.reasons[0]) is oscillates


def test_batches_can_be_taken_in_order():
    graph = engine.parse("loss = mean((w - y)**2)", parameters={"w": 0.0}, data={"y": [1.0, 2.0, 3.0, 4.0]})
    racer = Racer("sgd", {"learning_rate": 0.5}, batch_size=2, batch_order="sequential")
    path = Race(graph.compile(), [racer], steps=2).run().paths[0]
    # With this rate each step goes to the mean of its batch: first of 1 and 2, then of 3 and 4.
    np.testing.assert_allclose(path[:, 0], [0.0, 1.5, 3.5])
    with pytest.raises(EngineError, match="the order of batches is one of"):
        Race(graph.compile(), [Racer("sgd", batch_size=2, batch_order="random")])


def test_networks_race_on_arrays():
    generator = np.random.default_rng(0)
    x = generator.normal(size=(32, 2))
    graph = engine.parse(
        "h = tanh(x @ W1 + b1)\nloss = mse(h @ W2, y)",
        parameters={
            "W1": generator.normal(size=(2, 16)),
            "b1": np.zeros(16),
            "W2": generator.normal(size=(16, 1)),
        },
        data={"x": x, "y": (x[:, :1] * x[:, 1:])},
    )
    result = Race(graph.compile(), [Racer("adam", {"learning_rate": 0.05}), Racer("lamb")], steps=150).run()
    assert result.losses[0][-1] < 0.05 * result.losses[0][0]
    assert result.paths[0].shape == (151, 64)


def test_progress_and_cancelling():
    seen: list[float] = []
    racers = [Racer("sgd", {"learning_rate": 1e-4}), Racer("newton"), Racer("adam")]
    Race(rosenbrock(), racers, steps=5000).run(progress=seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0
    result = Race(rosenbrock(), racers, steps=50_000).run(cancelled=lambda: True)
    assert all(1 <= len(path) < 50_000 for path in result.paths)


ERRORS = [
    (Racer("adma"), "no optimizer 'adma'; did you mean"),
    (Racer("adam", {"learning_rat": 1.0}), "Adam: adam has no option 'learning_rat'.*learning_rate"),
    (Racer("adam", {"learning_rate": -1.0}), "Adam: learning_rate is -1"),
    (Racer("adam", start=[1.0]), r"Adam: the start must be 2 numbers \(x, y\), not shape \(1,\)"),
    (Racer("adam", start=["a", "b"]), "Adam: the start must be 2 numbers"),
    (Racer("adam", schedule=("cosin", {})), "Adam: no schedule 'cosin'"),
    (Racer("adam", batch_size=4), "Adam: batch_size needs leaves of kind data"),
    (Racer("adam", gradient="exact"), 'gradient must be "analytic" or "numerical"'),
    (Racer("adam", convention="jax"), "no convention 'jax'"),
    (Racer("adam", noise=-1.0), "noise must be a number of at least 0"),
]


@pytest.mark.parametrize(("racer", "message"), ERRORS, ids=[message[:30] for _, message in ERRORS])
def test_wrong_requests_name_the_racer_and_the_remedy(racer, message):
    with pytest.raises(EngineError, match=message):
        Race(rosenbrock(), [racer])


@pytest.mark.parametrize("steps", [-1, 1.5, True, "ten", 10**9])
def test_steps_must_be_a_sensible_number(steps):
    with pytest.raises(EngineError, match="steps must be a whole number"):
        Race(rosenbrock(), [Racer("sgd")], steps=steps)


def test_an_optimizer_made_before_races_with_its_options():
    made = engine.optimizers.create("sgd", learning_rate=0.1)
    by_name = Race(bowl(), [Racer("sgd", {"learning_rate": 0.1})], steps=5).run()
    np.testing.assert_array_equal(Race(bowl(), [Racer(made)], steps=5).run().paths[0], by_name.paths[0])


def test_overflow_inside_a_function_is_a_value_and_no_error():
    program = program_of("exp(exp(x)) + y**2", x=1.0, y=1.0)
    result = Race(program, [Racer("sgd", {"learning_rate": 0.1, "maximize": True})], steps=50).run()
    assert result.status[0] == "diverged"
    assert np.all(np.isfinite(result.losses[0]))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"program": "x**2"}, "program must be a Program, such as graph.compile\\(\\) makes, not 'x\\*\\*2'"),
        ({"racers": ["adam"]}, "racers must be a list of racers, such as \\[Racer\\('adam'\\)\\], not"),
        ({"racers": [Racer("adam", noise="much")]}, "Adam: noise must be a number of at least 0, not 'much'"),
        ({"racers": [Racer("adam", average_decay="a")]}, "Adam: average_decay must be from 0 to below 1, not 'a'"),
        ({"racers": [Racer("adam", schedule="cosine")]}, "Adam: a schedule is given by its name and its options"),
        ({"racers": [Racer("adam", schedule=("cosine",))]}, "Adam: a schedule is given by its name and its"),
        ({"racers": [Racer("adam", ["learning_rate"])]}, "Adam: options are given by name, in a dict, not by"),
        ({"seed": -1}, "a seed is a whole number from 0 up, not -1"),
    ],
)  # fmt: skip
def test_what_no_race_can_be_made_of_is_named(what, said):
    with pytest.raises(EngineError, match=said):
        Race(**{"program": bowl(), "racers": [Racer("adam")], **what})


def test_gradients_too_long_for_float64_are_judged_without_a_warning():
    program = engine.parse("loss = 1e300*logsumexp(w)", parameters={"w": [1.0, 2.0]}).compile()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = Race(program, [Racer("adam")], steps=3).run()
    assert np.all(np.isfinite(result.losses[0]))
