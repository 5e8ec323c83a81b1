"""Classical rules against PyTorch's L-BFGS, textbook convergence facts and arithmetic by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import optimizers
from gdstudio.engine.errors import EngineError
from gdstudio.engine.optimizers import ClassicalRule
from gdstudio.engine.optimizers.linesearch import Line, line_minimum, strong_wolfe
from tests.engine.optimizer_oracles import PROBLEMS, Quadratic, Record, Rosenbrock, records

CLASSICAL = [name for name in optimizers.names() if isinstance(optimizers.get(name), ClassicalRule)]
ILL_CONDITIONED = Quadratic(np.diag([1.0, 100.0]))


class Kink:
    """|x + y| + 3|x − y|: its minimum is (0, 0), and along the axes (1, 1) is one too."""

    def value(self, p: np.ndarray) -> float:
        return float(abs(p[0] + p[1]) + 3 * abs(p[0] - p[1]))

    def value_and_gradient(self, p: np.ndarray) -> tuple[float, np.ndarray]:
        a, b = np.sign(p[0] + p[1]), 3 * np.sign(p[0] - p[1])
        return self.value(p), np.array([a + b, a - b])


class Regression:
    """A loss with dL/da = 5a + 3b − 8 and dL/db = 3a + 3b − 6, least at (1, 1)."""

    matrix = np.array([[5.0, 3.0], [3.0, 3.0]])

    def value(self, p: np.ndarray) -> float:
        return float(0.5 * p @ self.matrix @ p - np.array([8.0, 6.0]) @ p)

    def value_and_gradient(self, p: np.ndarray) -> tuple[float, np.ndarray]:
        return self.value(p), self.matrix @ p - np.array([8.0, 6.0])

    def hessian(self, p: np.ndarray) -> np.ndarray:
        return self.matrix


def walk(
    name: str, problem: object, start: list[float], steps: int, convention=None, **options
) -> np.ndarray:
    rule = optimizers.get(name)
    settings = rule.resolve(convention, **options)
    x = np.array(start, dtype=float)
    state = rule.initial(x, settings)
    path = [x]
    for _ in range(steps):
        x, state = rule.step(problem, x, state, settings)
        path.append(x)
    return np.array(path)


LBFGS = [record for record in records("torch") if record.optimizer == "lbfgs"]


@pytest.mark.parametrize("record", LBFGS, ids=lambda record: record.label)
def test_lbfgs_walks_the_path_of_torch(record: Record) -> None:
    path = walk(
        "lbfgs",
        PROBLEMS[record.function],
        record.start,
        record.steps[-1],
        convention="torch",
        **record.options,
    )
    error = np.abs(path[record.steps] - record.points) / np.maximum(1, np.abs(record.points))
    assert error.max() <= max(1e-12, 100 * record.sensitivity)


@pytest.mark.parametrize(
    ("name", "steps"),
    [("newton", 1), ("fletcher_reeves", 2), ("polak_ribiere", 2), ("coordinate_descent", 2)],
)
def test_quadratic_bowl_is_solved_in_as_many_steps_as_theory_says(name: str, steps: int) -> None:
    assert np.abs(walk(name, ILL_CONDITIONED, [3.0, 1.0], steps)[-1]).max() < 1e-13


@pytest.mark.parametrize("name", ["fletcher_reeves", "polak_ribiere"])
def test_conjugate_gradients_solve_five_dimensions_in_five_steps(name: str) -> None:
    rng = np.random.default_rng(3)
    axes = np.linalg.qr(rng.normal(size=(5, 5)))[0]
    bowl = Quadratic(axes @ np.diag([1.0, 2, 5, 20, 50]) @ axes.T)
    path = walk(name, bowl, rng.normal(size=5), 5)
    assert bowl.value(path[4]) > 1e-8
    assert bowl.value(path[5]) < 1e-20


def test_exact_line_search_turns_at_right_angles_and_shrinks_as_kantorovich_says() -> None:
    """From (κ, 1) on ½(x² + κy²) every step multiplies the loss by ((κ − 1)/(κ + 1))²."""
    path = walk("exact_line_search", ILL_CONDITIONED, [100.0, 1.0], 6)
    losses = [ILL_CONDITIONED.value(p) for p in path]
    np.testing.assert_allclose(np.divide(losses[1:], losses[:-1]), (99 / 101) ** 2, rtol=1e-9)
    moves = np.diff(path, axis=0)
    for one, next_one in zip(moves, moves[1:], strict=False):
        assert abs(one @ next_one) < 1e-9 * np.linalg.norm(one) * np.linalg.norm(next_one)


def test_coordinate_descent_on_a_regression_shrinks_by_three_fifths_each_sweep() -> None:
    path = walk("coordinate_descent", Regression(), [2.0, 2.0], 6)
    expected = [[2, 2], [0.4, 2], [0.4, 1.6], [0.64, 1.6], [0.64, 1.36], [0.784, 1.36], [0.784, 1.216]]
    np.testing.assert_allclose(path, expected, rtol=1e-12)


def test_coordinate_descent_gets_stuck_in_a_slanted_crease() -> None:
    path = walk("coordinate_descent", Kink(), [1.0, 0.25], 10)
    np.testing.assert_allclose(path[1], [0.25, 0.25], atol=1e-12)
    np.testing.assert_allclose(path[-1], [0.25, 0.25], atol=1e-12)


def test_steepest_coordinate_is_chosen_and_blocks_move_together() -> None:
    path = walk("coordinate_descent", ILL_CONDITIONED, [3.0, 1.0], 1, order="steepest")
    np.testing.assert_allclose(path[1], [3.0, 0.0], atol=1e-15)
    bowl = Quadratic(np.eye(4))
    path = walk("block_coordinate_descent", bowl, [1.0, 2.0, 3.0, 4.0], 2)
    np.testing.assert_allclose(path[1:], [[0, 0, 3, 4], [0, 0, 0, 0]], atol=1e-15)
    bowl = Quadratic(np.eye(3))
    path = walk("block_coordinate_descent", bowl, [1.0, 2.0, 3.0], 2, search="fixed", learning_rate=0.5)
    np.testing.assert_allclose(path[1:], [[0.5, 1, 3], [0.5, 1, 1.5]])


def test_backtracking_halves_until_armijo_holds() -> None:
    """On ½·100y² a step a turns y into (1 − 100a)y, which is shorter first at a = 1/64."""
    path = walk("backtracking", Quadratic(np.array([[100.0]])), [1.0], 1)
    np.testing.assert_allclose(path[1], [-0.5625])


def test_barzilai_borwein_steps_by_the_curvature_it_met() -> None:
    """One dimension: the second step is Newton's. Two: s·s/s·y with s = −0.01·(3, 100), y = H·s."""
    path = walk("barzilai_borwein", Quadratic(np.array([[7.0]])), [1.0], 2, learning_rate=0.01)
    np.testing.assert_allclose(path[2], [0.0], atol=1e-15)
    path = walk("barzilai_borwein", ILL_CONDITIONED, [3.0, 1.0], 2, learning_rate=0.001)
    s = np.array([3.0, 100.0])
    step = (s @ s) / (s @ (np.array([1, 100]) * s))
    np.testing.assert_allclose(path[2], path[1] - step * np.array([1, 100]) * path[1], rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "steps"), [("newton", 30), ("bfgs", 50), ("polak_ribiere", 60), ("barzilai_borwein", 150)]
)
def test_rosenbrock_is_solved(name: str, steps: int) -> None:
    path = walk(name, Rosenbrock(), [-1.2, 1.0], steps)
    np.testing.assert_allclose(path[-1], [1.0, 1.0], atol=1e-8)


def test_newton_turns_round_at_a_saddle_unless_it_is_told_not_to() -> None:
    saddle = Quadratic(np.diag([1.0, -1.0]))
    np.testing.assert_allclose(
        walk("newton", saddle, [1.0, 0.5], 1, bent_down="keep", line_search="none")[1], [0, 0]
    )
    np.testing.assert_allclose(walk("newton", saddle, [1.0, 0.5], 1)[1], [0.0, 1.0])


def test_sophia_divides_by_curvature_and_cuts_large_steps() -> None:
    """m = 0.5·g, h = 0.5·diag(H); the first coordinate's ratio is 0.3/1, the second's 20/10 is cut to 1."""
    path = walk(
        "sophia", Quadratic(np.diag([1.0, 10.0])), [0.3, 2.0], 1,
        learning_rate=0.1, beta1=0.5, beta2=0.5, gamma=1.0,
    )  # fmt: skip
    np.testing.assert_allclose(path[1], [0.3 - 0.1 * 0.3, 2.0 - 0.1])


@pytest.mark.parametrize("name", CLASSICAL)
def test_rule_climbs_when_asked_and_leaves_its_memory_alone(name: str) -> None:
    rule = optimizers.get(name)
    hill = Quadratic(-np.diag([1.0, 3.0]))
    bowl = Quadratic(np.diag([1.0, 3.0]))
    up, down = rule.resolve(maximize=True), rule.resolve()
    x = np.array([1.0, -2.0])
    state = rule.initial(x, up)
    kept = dict(state)
    np.testing.assert_array_equal(
        rule.step(hill, x, state, up)[0], rule.step(bowl, x, rule.initial(x, down), down)[0]
    )
    assert state == kept


@pytest.mark.parametrize("name", CLASSICAL)
def test_rule_stays_at_a_minimum(name: str) -> None:
    path = walk(name, ILL_CONDITIONED, [0.0, 0.0], 3)
    np.testing.assert_array_equal(path, np.zeros((4, 2)))


def test_exact_minimum_of_a_quartic_and_of_a_slope_without_end() -> None:
    class Quartic:
        def value_and_gradient(self, p: np.ndarray) -> tuple[float, np.ndarray]:
            return float((p[0] - 2) ** 4), 4 * (p - 2) ** 3

    class Slope:
        def value_and_gradient(self, p: np.ndarray) -> tuple[float, np.ndarray]:
            return float(-p[0]), np.array([-1.0])

    quartic, slope = Line(Quartic(), np.zeros(1), np.ones(1)), Line(Slope(), np.zeros(1), np.ones(1))
    assert line_minimum(quartic, quartic(0.0), 0.1) == pytest.approx(2.0, abs=1e-4)
    assert line_minimum(slope, slope(0.0), 1.0) > 1e50


def test_strong_wolfe_meets_both_conditions() -> None:
    start = np.array([-1.2, 1.0])
    direction = -Rosenbrock().value_and_gradient(start)[1]
    line = Line(Rosenbrock(), start, direction)
    origin = line(0.0)
    step, evaluations = strong_wolfe(line, origin, 1.0, np.abs(direction).max())
    found = line(step)
    assert 0 < step and 1 <= evaluations <= 26
    assert found.value <= origin.value + 1e-4 * found.step * origin.slope
    assert abs(found.slope) <= 0.9 * abs(origin.slope)


def test_gradient_alone_is_enough_for_some() -> None:
    optimizer = optimizers.create("lbfgs", convention="torch", max_iter=1, learning_rate=0.1, history_size=5)
    x = np.array([[3.0, 1.0], [-1.0, 2.0]])
    for _ in range(3):
        x = optimizer.step(x, x * [1.0, 100.0])
    record = next(r for r in LBFGS if r.options.get("history_size") == 5 and r.function == "quadratic_k100")
    np.testing.assert_allclose(x[0], record.points[3], rtol=1e-12)
    with pytest.raises(EngineError, match="newton needs the Hessian; run it in a Race"):
        optimizers.create("newton").step(np.ones(2), np.ones(2))
    with pytest.raises(EngineError, match="backtracking evaluates the loss at other points too"):
        optimizers.create("backtracking").step(np.ones(2), np.ones(2))


def test_a_batch_is_stepped_as_its_rows_are() -> None:
    starts = np.array([[3.0, 1.0], [-1.0, 2.0], [0.0, 0.0]])
    scales = np.array([1.0, 10.0])
    for name in ("lbfgs", "barzilai_borwein"):
        together = optimizers.create(name, learning_rate=0.05)
        x = starts
        for _ in range(5):
            x = together.step(x, x * scales)
        for start, end in zip(starts, x, strict=True):
            alone = optimizers.create(name, learning_rate=0.05)
            row = start
            for _ in range(5):
                row = alone.step(row, row * scales)
            np.testing.assert_allclose(end, row, rtol=1e-9, atol=1e-15)
    with pytest.raises(EngineError, match=r"x had shape \(3, 2\) in the step before and has \(2,\) now"):
        together.step(np.ones(2), np.ones(2))
