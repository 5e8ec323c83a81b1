"""Every update rule against the libraries' own paths, and what holds for all of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gdstudio.engine import functions, optimizers
from gdstudio.engine.errors import EngineError, FormulaError
from gdstudio.engine.optimizers import Option, State, UpdateRule
from gdstudio.engine.race import Race
from gdstudio.engine.racer import Racer
from tests.engine.optimizer_oracles import PROBLEMS, Record, records

RULES = [name for name in optimizers.names() if isinstance(optimizers.get(name), UpdateRule)]
RECORDS = [r for library in ("torch", "keras", "optax") for r in records(library) if r.optimizer != "lbfgs"]

# Where the library itself leaves float64, so that its path can only be met to that precision.
LOWER_PRECISION = {
    # Newton-Schulz in bfloat16: 8 bits.
    ("torch", "muon"): 4e-2,
    # Keras on PyTorch casts to float32 in mean, norm and maximum(tensor, number), whatever dtype it has.
    ("keras", "muon"): 1e-6,
    ("keras", "adafactor"): 1e-6,
    ("keras", "sgd", "clip_norm"): 1e-6,
}


def walk(record: Record) -> np.ndarray:
    """Our points at the steps that the record holds."""
    shape = record.start.shape if record.start.ndim == 2 else None
    optimizer = optimizers.create(record.optimizer, convention=record.library, shape=shape, **record.options)
    x = record.start
    path = [x]
    for step in range(record.steps[-1]):
        if record.gradients is not None:
            gradient = record.gradients[step]
        else:
            with np.errstate(over="ignore"):
                gradient = PROBLEMS[record.function].value_and_gradient(x)[1]
        x = optimizer.step(x, gradient)
        path.append(optimizer.state[record.recorded] if record.recorded else x)
    return np.array(path)[record.steps]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.label)
def test_path_of_the_library(record: Record) -> None:
    ours = walk(record)
    loose = LOWER_PRECISION.get((record.library, record.optimizer))
    loose = loose or LOWER_PRECISION.get(
        (record.library, record.optimizer, *record.options.keys() & {"clip_norm"})
    )
    error = np.abs(ours - record.points)
    if loose:
        moved = np.maximum.accumulate(
            np.max(np.abs(record.points - record.start), axis=tuple(range(1, ours.ndim)))
        )
        assert np.all(error.reshape(len(ours), -1).max(axis=1) <= loose * moved)
    else:
        tolerance = max(1e-12, 100 * record.sensitivity)
        assert np.max(error / np.maximum(1, np.abs(record.points))) <= tolerance


@pytest.mark.parametrize("record", records("textbook"), ids=lambda record: record.label)
def test_path_of_the_textbook(record: Record) -> None:
    # RMSprop on Rosenbrock turns one rounding into 1e-3 within 200 steps; its first hundred are compared.
    kept = (
        [k for k, step in enumerate(record.steps) if step <= 50]
        if record.optimizer == "rmsprop"
        else slice(None)
    )
    np.testing.assert_allclose(walk(record)[kept], record.points[kept], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", optimizers.names())
def test_row_is_complete(name: str) -> None:
    rule = optimizers.get(name)
    assert rule.name == name
    assert rule.title and rule.source and rule.formula
    assert rule.meaning.endswith(".")
    assert len({option.name for option in rule.options}) == len(rule.options)
    for option in rule.options:
        assert option.meaning, option.name
        assert option.checked(option.default) == option.default
    for convention in rule.conventions:
        settings = rule.resolve(convention)
        assert {o.name: o.checked(settings[o.name]) for o in rule.options} == settings
    assert rule.options[0].name in ("learning_rate", "maximize")


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("shape", [(3,), (3, 4), (4, 2)])
def test_a_batch_walks_as_its_members_do(name: str, shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(5)
    start, gradients = rng.normal(size=(2, *shape)), rng.normal(size=(4, 2, *shape))
    together = optimizers.create(name, shape=shape)
    alone = [optimizers.create(name, shape=shape) for _ in range(2)]
    x, xs = start, list(start)
    for g in gradients:
        x = together.step(x, g, value=np.array([1.0, 2.0]))
        xs = [optimizer.step(xs[k], g[k], value=k + 1.0) for k, optimizer in enumerate(alone)]
    assert np.isfinite(x).all()
    np.testing.assert_allclose(x, np.array(xs), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", RULES)
def test_ascent_is_descent_on_the_other_side(name: str) -> None:
    rng = np.random.default_rng(6)
    start, gradients = rng.normal(size=3), rng.normal(size=(3, 3))
    down, up = optimizers.create(name), optimizers.create(name, maximize=True)
    x = y = start
    for g in gradients:
        x, y = down.step(x, g, value=1.0), up.step(y, -g, value=-1.0)
    np.testing.assert_array_equal(x, y)


@pytest.mark.parametrize("name", RULES)
def test_a_zero_gradient_gives_no_nonsense(name: str) -> None:
    optimizer = optimizers.create(name)
    x = np.array([1.0, -2.0])
    for _ in range(3):
        x = optimizer.step(x, np.zeros(2), value=1.0)
    if name not in ("adafactor",):
        assert np.isfinite(x).all()


@pytest.mark.parametrize(
    ("alias", "name", "options"),
    [
        ("momentum", "sgd", {"momentum": 0.9}),
        ("nesterov", "sgd", {"momentum": 0.9, "nesterov": True}),
        ("amsgrad", "adam", {"amsgrad": True}),
        ("cautious_lion", "lion", {"cautious": True}),
        ("cautious_adamw", "adamw", {"cautious": True}),
        ("adamw", "adam", {"decoupled_weight_decay": True, "weight_decay": 0.01}),
        ("nadamw", "nadam", {"decoupled_weight_decay": True, "weight_decay": 0.01}),
    ],
)
def test_alias_is_the_rule_with_other_defaults(alias: str, name: str, options: dict) -> None:
    rng = np.random.default_rng(7)
    one, other = optimizers.create(alias), optimizers.create(name, **options)
    x = y = rng.normal(size=4)
    for g in rng.normal(size=(5, 4)):
        x, y = one.step(x, g), other.step(y, g)
    np.testing.assert_array_equal(x, y)


def steps(name: str, gradients: list, start: float = 1.0, **options: object) -> list[float]:
    optimizer = optimizers.create(name, **options)
    x, path = np.array([start]), []
    for g in gradients:
        x = optimizer.step(x, np.array([g]))
        path.append(float(x[0]))
    return path


def test_rules_without_a_library_by_hand() -> None:
    # Heavy ball: x1 = 1 - 0.1·2; x2 = x1 - 0.1·1 + 0.5·(x1 - 1).
    assert steps("heavy_ball", [2.0, 1.0], learning_rate=0.1, momentum=0.5) == pytest.approx([0.8, 0.6])
    # Quasi-hyperbolic momentum: m = 0.5, then 0.75; half of g and half of m.
    assert steps("qhm", [1.0, 1.0], learning_rate=0.1, beta=0.5, nu=0.5) == pytest.approx([0.925, 0.8375])
    # Signum: the average -0.1·1 + … keeps its sign against one small opposite gradient.
    assert steps("signum", [1.0, -0.1], learning_rate=0.1) == pytest.approx([0.9, 0.8])
    # ADOPT only remembers the first gradient; the second, 3/1, is cut to (t - 1)**¼ = 1.
    assert steps("adopt", [1.0, 3.0], learning_rate=0.1, beta1=0.5) == pytest.approx([1.0, 0.95])
    # DoG: the first step has length first_move·(1 + |x|) whatever the gradient, here 0.02.
    assert steps("dog", [5.0], first_move=0.01, epsilon=0.0) == pytest.approx([0.98])
    # Polyak: on ½·4x² from 1, value 2 and gradient 4 give half of Newton's step.
    polyak = optimizers.create("polyak", epsilon=0.0)
    assert polyak.step([1.0], [4.0], value=2.0) == pytest.approx([0.5])
    # Up the hill -x² from 3, whose top has the height 0: 9 above the loss, over the slope 6.
    climbing = optimizers.create("polyak", epsilon=0.0, maximize=True)
    assert climbing.step([3.0], [-6.0], value=-9.0) == pytest.approx([1.5])
    # MADGRAD without momentum: s = 0.1·8, v = 0.1·64, x = 1 - s/∛v.
    assert steps("madgrad", [8.0], learning_rate=0.1, momentum=0.0, epsilon=0.0) == pytest.approx(
        [1 - 0.8 / 6.4 ** (1 / 3)]
    )
    # QHAdam with nu1 = nu2 = 0 is the sign of the gradient; with 1 it is Adam.
    assert steps("qhadam", [3.0], nu1=0.0, nu2=0.0, learning_rate=0.1, epsilon=0.0) == pytest.approx([0.9])
    adam = steps("adam", [3.0, 1.0, -2.0], learning_rate=0.1)
    assert steps("qhadam", [3.0, 1.0, -2.0], nu1=1.0, nu2=1.0, beta1=0.9, learning_rate=0.1) == pytest.approx(
        adam
    )


def test_cautious_rules_leave_out_coordinates_that_climb() -> None:
    """After (1, 1), the second coordinate still steps against 1 while its gradient is -0.05: it is dropped;
    the step of the first is scaled by 1/mean(mask) = 2 (Liang et al. 2024)."""
    plain, cautious = (optimizers.create("lion", learning_rate=0.1, cautious=c) for c in (False, True))
    x = y = np.zeros(2)
    for g in ([1.0, 1.0], [1.0, -0.05]):
        x, y = plain.step(x, np.array(g)), cautious.step(y, np.array(g))
    np.testing.assert_allclose(x, [-0.2, -0.2])
    np.testing.assert_allclose(y, [-0.3, -0.1])


def test_schedule_free_average_is_the_mean_of_the_descent_points() -> None:
    """With a constant learning rate every z weighs the same."""
    optimizer = optimizers.create("schedule_free_sgd", learning_rate=0.1)
    x, zs = np.array([1.0, -1.0]), []
    for g in np.random.default_rng(8).normal(size=(6, 2)):
        x = optimizer.step(x, g)
        zs.append(optimizer.state["z"])
    np.testing.assert_allclose(optimizer.state["average"], np.mean(zs, axis=0), rtol=1e-14)
    np.testing.assert_allclose(x, 0.9 * optimizer.state["average"] + 0.1 * zs[-1], rtol=1e-14)


def test_muon_makes_singular_values_equal() -> None:
    """Jordan et al. 2024: five iterations bring them to between about 0.7 and 1.2, whatever they were."""
    gradient = np.diag([100.0, 1.0, 0.3]) @ np.linalg.qr(np.random.default_rng(9).normal(size=(3, 3)))[0]
    optimizer = optimizers.create("muon", shape=(3, 3), learning_rate=1.0, weight_decay=0.0)
    step = optimizer.step(np.zeros((3, 3)), gradient)
    singular = np.linalg.svd(step, compute_uv=False)
    assert singular.max() < 1.3
    assert singular.min() > 0.2
    assert singular.max() / singular.min() < 5


def test_sm3_and_adafactor_use_rows_and_columns_of_a_matrix() -> None:
    # SM3: the second step's accumulator of entry (0, 0) is min(max of row 0, max of column 0) + g².
    optimizer = optimizers.create("sm3", shape=(2, 2), learning_rate=1.0, momentum=0.0, epsilon=0.0)
    x = optimizer.step(np.zeros((2, 2)), np.array([[3.0, 1.0], [2.0, 4.0]]))
    np.testing.assert_allclose(x, [[-1, -1], [-1, -1]])
    x = optimizer.step(x, np.ones((2, 2)))
    np.testing.assert_allclose(-1 - x, 1 / np.sqrt([[10, 10], [10, 17]]))


def test_clipping_by_value_and_by_norm() -> None:
    g = np.array([3.0, -4.0])
    clip = {"learning_rate": 1.0}
    np.testing.assert_allclose(
        optimizers.create("sgd", clip_norm=1.0, **clip).step(np.zeros(2), g), [-0.6, 0.8]
    )
    np.testing.assert_allclose(optimizers.create("sgd", clip_norm=10.0, **clip).step(np.zeros(2), g), [-3, 4])
    np.testing.assert_allclose(
        optimizers.create("sgd", clip_value=3.5, **clip).step(np.zeros(2), g), [-3, 3.5]
    )
    np.testing.assert_allclose(
        optimizers.create("sgd", clip_norm=1.0, **clip).step(np.zeros(2), 0 * g), [0, 0]
    )


def test_lines_show_every_value_and_change_nothing() -> None:
    optimizer = optimizers.create("adam", learning_rate=0.1)
    x, g = np.array([1.0, 2.0]), np.array([4.0, -2.0])
    lines = {line.name: np.asarray(line.value) for line in optimizer.lines(x, g)}
    np.testing.assert_allclose(lines["m"], [0.4, -0.2])
    np.testing.assert_allclose(lines["v"], [0.016, 0.004])
    np.testing.assert_allclose(lines["m_hat"], [4, -2])
    assert optimizer.t == 0
    np.testing.assert_allclose(optimizer.step(x, g), lines["x"])
    assert optimizer.t == 1
    assert list(optimizer.state) == ["m", "v"]


def test_reset_forgets_and_a_schedule_may_change_the_rate_of_a_step() -> None:
    optimizer = optimizers.create("momentum", learning_rate=0.1)
    first = optimizer.step([1.0, 1.0], [1.0, 2.0])
    optimizer.step(first, [1.0, 2.0])
    optimizer.reset()
    np.testing.assert_array_equal(optimizer.step([1.0, 1.0], [1.0, 2.0]), first)
    optimizer.reset()
    np.testing.assert_allclose(optimizer.step([1.0, 1.0], [1.0, 2.0], learning_rate=0.5), [0.5, 0.0])


def test_text_holds_only_the_lines_that_apply() -> None:
    sgd = optimizers.get("sgd")
    assert sgd.text(sgd.resolve()) == "x = x - learning_rate*g"
    assert sgd.text(sgd.resolve(momentum=0.9)) == "v = momentum*v + g\nx = x - learning_rate*v"
    assert [state.name for state in sgd.active_state(sgd.resolve())] == []
    adam = optimizers.get("adam")
    assert adam.text(adam.resolve()).splitlines() == [
        "m = beta1*m + (1 - beta1)*g",
        "v = beta2*v + (1 - beta2)*g**2",
        "m_hat = m / (1 - beta1**t)",
        "v_hat = v / (1 - beta2**t)",
        "step = m_hat / (sqrt(v_hat) + epsilon)",
        "x = x - learning_rate*step",
    ]
    assert adam.text(adam.resolve(maximize=True)).startswith("g = -g\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("adm", {}), 'no optimizer \'adm\'; did you mean "adam"'),
        (("adam", {"learning_rat": 1.0}), "adam has no option 'learning_rat'; did you"),
        (("sign_sgd", {"beta1": 0.9}), "sign_sgd has no option 'beta1'; it has learning_rate, maximize"),
        (("adam", {"beta1": 1.0}), "beta1 is 1; it must be at least 0 and below 1"),
        (("adam", {"learning_rate": -1}), "learning_rate is -1; it must be at least 1e-12 and at most 1e+06"),
        (("adam", {"learning_rate": float("nan")}), "learning_rate is nan; it must be"),
        (("adam", {"learning_rate": "fast"}), "learning_rate is a number, not 'fast'"),
        (("sgd", {"nesterov": 1}), "nesterov is a switch: give true or false, not 1"),
        (("adam", {"epsilon_place": "insid"}), "epsilon_place is one of outside, inside, uncorrected"),
        (("yogi", {"convention": "torch"}), "yogi has no convention of PyTorch; it knows optax"),
        (("adam", {"convention": "pytorch"}), "no convention 'pytorch'; there are torch, keras, optax"),
    ],
)  # fmt: skip
def test_wrong_requests_say_what_would_be_right(arguments: tuple[str, dict], message: str) -> None:
    name, options = arguments
    with pytest.raises(EngineError) as caught:
        optimizers.create(name, **options)
    assert message in str(caught.value)


def test_overflow_gives_infinities_without_warnings() -> None:
    optimizer = optimizers.create("sgd", learning_rate=1e6)
    x = np.array([1e200])
    for _ in range(30):
        x = optimizer.step(x, -x)
    assert np.isinf(x[0])


@pytest.mark.parametrize("name", RULES)
def test_a_race_walks_as_the_optimizer_alone(name: str) -> None:
    program = functions.get("himmelblau").program()
    start = [1.0, -1.5]
    with np.errstate(all="ignore"):
        path = Race(program, [Racer(name, start=start)], steps=12).run().paths[0]
        optimizer, x = optimizers.create(name), np.array(start)
        for row in path[1:]:
            value, gradient = program.value_and_gradient(x)
            x = optimizer.step(x, gradient, value=value)
            np.testing.assert_allclose(row, x, rtol=1e-12, atol=1e-12)
    assert len(path) == 13


def test_shapes_that_do_not_fit_are_named() -> None:
    optimizer = optimizers.create("momentum")
    optimizer.step(np.zeros(2), np.zeros(2))
    with pytest.raises(EngineError, match=r"x had shape \(2,\) before and has \(3,\) now"):
        optimizer.step(np.zeros(3), np.zeros(3))
    with pytest.raises(EngineError, match=r"x has shape \(2,\) but its gradient \(3,\)"):
        optimizers.create("sgd").step(np.zeros(2), np.zeros(3))
    with pytest.raises(EngineError, match=r"does not end in the parameter's \(3, 4\)"):
        optimizers.create("sgd", shape=(3, 4)).step(np.zeros((3, 5)), np.zeros((3, 5)))


OWN = "v = beta*v + g; x = x - learning_rate*v"


def test_own_rule_walks_as_the_built_in_one() -> None:
    rule = optimizers.parse_rule(OWN, options={"beta": 0.9, "learning_rate": 0.1}, state={"v": 0})
    mine, theirs = optimizers.create(rule), optimizers.create("momentum", learning_rate=0.1)
    x = y = np.array([1.0, -2.0])
    for g in np.random.default_rng(10).normal(size=(5, 2)):
        x, y = mine.step(x, g), theirs.step(y, g)
    np.testing.assert_allclose(x, y, rtol=1e-15)
    assert optimizers.create(rule, beta=0.5).options["beta"] == 0.5


def test_own_rule_races_beside_the_others() -> None:
    rule = optimizers.parse_rule(
        OWN, options={"beta": 0.9, "learning_rate": 0.001}, state={"v": 0}, name="mine"
    )
    racers = [Racer(rule, {"learning_rate": 0.002}), Racer("momentum", {"learning_rate": 0.002})]
    result = Race(functions.get("himmelblau").program(), racers, steps=20).run()
    np.testing.assert_allclose(result.paths[0], result.paths[1], rtol=1e-12)
    assert result.racers[0].title == "mine"


def test_own_rule_may_have_conditions_comments_and_initial_formulas() -> None:
    rule = optimizers.parse_rule(
        "# pulled back to the start\nif spring: g = g + stiffness*(x - home)\nx = x - 0.1*g",
        options={"spring": True, "stiffness": 2.0},
        state={"home": "x"},
    )
    optimizer = optimizers.create(rule)
    x = optimizer.step([1.0], [1.0])
    np.testing.assert_allclose(x, [0.9])
    np.testing.assert_allclose(optimizer.step(x, [0.0]), [0.92])
    np.testing.assert_allclose(optimizers.create(rule, spring=False).step([1.0], [1.0]), [0.9])


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("x = x - learning_rate*velocity", "nothing is called 'velocity'", 1),
        ("v = g\nx = x - learning_rat*v", 'did you mean "learning_rate"', 2),
        ("v = 0.9*v + g", "no line assigns x", 1),
        (
            "learning_rate = 0.5*learning_rate\nx = x - g",
            "'learning_rate' is given and cannot be assigned",
            1,
        ),
        ("x = x - sqr(g)", "no operation 'sqr'", 1),
        ("x = x -", "", 1),
        ("if learning_rate: x = x - g\nif fast: x = x", "may only name options and ndim, not 'fast'", 2),
        ("v = g\n\n# two\nx = x - sqr(v)", "no operation 'sqr'", 4),
        ("v = g\nif learning_rate > 9: v = 1 +\nx = x - v", "", 2),
        ("x = x - g\ng", "this line assigns nothing", 2),
        ("x = x - concatenate(g, g)", "do not fit", 1),
        ("x = x - __import__('os').system('true')", "", 1),
    ],
)
def test_own_rule_that_cannot_be_read_says_where(text: str, message: str, line: int) -> None:
    with pytest.raises(FormulaError) as caught:
        optimizers.parse_rule(text, options={"learning_rate": 0.1}, state={"v": 0})
    assert message in str(caught.value)
    assert caught.value.line == line


def test_own_rule_refuses_names_that_are_taken() -> None:
    with pytest.raises(EngineError, match="'g' is declared twice"):
        optimizers.parse_rule("x = x - g", state={"g": 0})
    with pytest.raises(EngineError, match="'2v' cannot be a name"):
        optimizers.parse_rule("x = x - g", state={"2v": 0})
    with pytest.raises(EngineError, match="'maximize' already"):
        optimizers.parse_rule("x = x - g", options={"maximize": True})


def test_own_rule_survives_a_file() -> None:
    rule = optimizers.parse_rule(
        "if heavy: v = beta*v\nv = v + g\nx = x - learning_rate*v/n",
        options={
            "beta": Option("beta", 0.9, 0.0, 1.0, meaning="memory"),
            "learning_rate": 0.1,
            "heavy": True,
        },
        state={"v": 0, "n": State("n", "2", scalar=True)},
        name="mine",
        title="Mine",
        meaning="A first try.",
    )
    again = optimizers.rule_from_json(json.loads(json.dumps(optimizers.rule_to_json(rule))))
    assert again == rule
    assert hash(again) == hash(rule)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"formula": "x = x - g"}, "needs 'name'"),
        ({"name": "a", "formula": 3}, "needs 'formula', a text"),
        ({"name": "a", "formula": "x = x - g", "options": [1]}, "'options' of an own optimizer is an object"),
        (
            {"name": "a", "formula": "x = x - g", "options": {"b": "c"}},
            "default of the option 'b' is a number",
        ),
        (
            {"name": "a", "formula": "x = x - g", "options": {"b": {"low": 1}}},
            "default of the option 'b' is a number",
        ),
        (
            {"name": "a", "formula": "x = x - g", "options": {"b": {"default": 0, "low": 1}}},
            "b is 0; it must be",
        ),
        (
            {"name": "a", "formula": "x = x - g", "state": {"b": [1]}},
            "initial value of the state 'b' is a number",
        ),
    ],
)
def test_own_rule_of_a_broken_file_is_refused(data: dict, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        optimizers.rule_from_json(data)


def test_families_hold_every_name_once() -> None:
    assert [name for family in optimizers.families().values() for name in family] == optimizers.names()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: optimizers.create("adam").step("a", [1.0]), "x must be numbers in an array of shape"),
        (lambda: optimizers.create("adam").step([1.0], None), "its gradient must be numbers in an array"),
        (
            lambda: optimizers.create("lbfgs").step([[1.0], [2.0, 3.0]], [1.0]),
            "x must be numbers in an array",
        ),
        (lambda: optimizers.create("adam", shape=3), r"by its sizes, such as \(3, 4\), not by 3"),
        (
            lambda: optimizers.create("adam", shape=(2, -1)),
            r"by its sizes, such as \(3, 4\), not by \(2, -1\)",
        ),
        (lambda: optimizers.parse_rule("x = [1, 2, 3]"), r"x has shape \(2,\), but this line gives \(3,\)"),
        (lambda: optimizers.parse_rule("x = concatenate(x, x)"), r"but this line gives \(4,\)"),
    ],
)
def test_what_no_step_can_be_made_of_is_named(act, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        act()
