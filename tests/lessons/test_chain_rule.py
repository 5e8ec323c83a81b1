"""The lessons on the chain rule say what is true. Numbers by hand and from PyTorch."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gdstudio import engine
from tests.lessons.support import gradient, index, lesson, losses, outcome, path, status, value


def local(name: str, step: int, output: str, source: str) -> float:
    return float(outcome(name, step).trace.local(output, source))


def test_chain_rule() -> None:
    """f = (2x)² at 3: slopes 2 and 12; with ½ behind it ½ · 12 · 2 = 12."""
    assert value("chain_rule", 1, "f") == 36.0
    assert (local("chain_rule", 2, "g", "x"), local("chain_rule", 2, "f", "g")) == (2.0, 12.0)
    assert gradient("chain_rule", 2, "x") == 24.0
    (only,) = outcome("chain_rule", 3).trace.paths("x")
    assert math.prod(float(factor) for factor in only.factors) == 12.0
    assert gradient("chain_rule", 4, "g") == 6.0


def test_backpropagation() -> None:
    """|4 - (w·x + b)| at x = 2, w = 3, b = 1: 6, 7, 3; edges 1, 1, 1, 2; gradients 2 and 1."""
    name = "backpropagation"
    assert [float(value(name, 1, node)) for node in ("x1", "x2", "loss")] == [6.0, 7.0, 3.0]
    assert local(name, 2, "x2", "x1") == local(name, 2, "x2", "b") == 1.0
    assert local(name, 2, "x1", "w") == 2.0
    # loss = |y_true - x2| falls with x3 and x3 falls with x2: together 1.
    assert local(name, 2, "loss", "x3") * local(name, 2, "x3", "x2") == 1.0
    assert (gradient(name, 3, "w"), gradient(name, 3, "b")) == (2.0, 1.0)
    assert value(name, 4, "loss") == 0.5
    assert (gradient(name, 5, "w"), gradient(name, 5, "b")) == (-2.0, -1.0)


def test_several_paths() -> None:
    """e = (a + b)(b + 1) at (2, 1): 2 through c and 3 through d; x·x gives 2x; x - x gives 0."""
    products = [float(one.product) for one in outcome("several_paths", 2).trace.paths("b")]
    assert sorted(products) == [2.0, 3.0]
    assert gradient("several_paths", 2, "b") == 5.0
    assert gradient("several_paths", 2, "a") == 2.0
    assert gradient("several_paths", 3, "x") == 6.0
    assert gradient("several_paths", 4, "x") == 0.0


def test_tape() -> None:
    """y = (4, 5), loss = 20.5, dy = y; dW = xᵀ·dy, db = dy."""
    assert gradient("tape", 1, "x") == 2.0
    assert value("tape", 2, "loss") == 20.5
    assert gradient("tape", 3, "W").tolist() == [[4.0, 5.0], [8.0, 10.0], [12.0, 15.0]]
    assert gradient("tape", 4, "b").tolist() == [4.0, 5.0]


def test_autograd() -> None:
    """PyTorch on ones(3, 3): t = 3, z = 7, y = 7; gradients 1/9, 2/9, 4/9."""
    assert value("autograd", 1, "y") == 7.0
    for node, ninths in (("z", 1), ("t", 2), ("x", 4)):
        assert gradient("autograd", 2, node) == pytest.approx(np.full((3, 3), ninths / 9))
    with pytest.raises(engine.GraphError, match="scalar"):
        lesson("autograd").steps[2].document.graph.trace().gradients  # noqa: B018
    v = np.arange(1.0, 10.0).reshape(3, 3)
    assert gradient("autograd", 4, "x") == pytest.approx(4 * v)
    seeded = lesson("autograd").steps[2].document.graph.trace(seed=v)
    assert seeded.gradients["x"] == pytest.approx(4 * v)


def test_small_network() -> None:
    """Matt Mazur's step-by-step example (2015): E = 0.298371109, dE/dw5 = 0.082167041, then E = 0.291028."""
    name = "small_network"
    assert float(value(name, 1, "E")) == pytest.approx(0.298371109, abs=5e-10)
    assert float(gradient(name, 2, "w5")) == pytest.approx(0.082167041, abs=5e-10)
    factors = (0.74136507, 0.186815602, 0.593269992)
    assert math.prod(factors) == pytest.approx(float(gradient(name, 2, "w5")), abs=1e-8)
    assert float(gradient(name, 3, "w1")) == pytest.approx(0.000438568, abs=5e-10)
    assert losses(name, 4, "0.5")[1] == pytest.approx(0.291028, abs=5e-7)
    assert path(name, 4, "0.5")[1, 4] == pytest.approx(0.35891648, abs=5e-9)


def test_every_gradient_of_the_small_network_is_a_chain_of_three_factors() -> None:
    at = {node: float(number) for node, number in outcome("small_network", 1).trace.values.items()}
    for weight, hidden, out, target in (
        ("w5", "h1", "o1", "t1"), ("w6", "h2", "o1", "t1"), ("w7", "h1", "o2", "t2"), ("w8", "h2", "o2", "t2"),
    ):  # fmt: skip
        chain = (at[out] - at[target]) * at[out] * (1 - at[out]) * at[hidden]
        assert float(gradient("small_network", 1, weight)) == pytest.approx(chain, rel=1e-12)


def test_training_loop() -> None:
    """Softmax rows sum to 1, the logits' gradient is (p - Y)/rows, and training brings the loss near 0."""
    name = "training_loop"
    p, target = value(name, 2, "probabilities"), value(name, 2, "Y")
    assert p.sum(axis=1) == pytest.approx(np.ones(18))
    assert float(value(name, 3, "loss")) == pytest.approx(-np.mean(np.log((p * target).sum(axis=1))))
    assert gradient(name, 4, "logits") == pytest.approx((p - target) / 18)
    for racer in ("Batch of 6", "All 18"):
        assert losses(name, 5, racer)[-1] < 0.1 < losses(name, 5, racer)[0]
    # All rows: the loss falls at every step; batches of 6 go up now and then.
    assert np.all(np.diff(losses(name, 5, "All 18")) < 0)
    assert np.any(np.diff(losses(name, 5, "Batch of 6")) > 0)


def test_vanishing_gradients() -> None:
    """PyTorch's sigmoid chains from 0.5: 0.000608 through five, 3.483e-7 through ten; never above (1/4)ⁿ."""
    name = "vanishing_gradients"
    assert float(gradient(name, 1, "x")) == pytest.approx(0.0006079862743106368, rel=1e-12)
    assert float(gradient(name, 2, "x")) == pytest.approx(3.4831156097851636e-07, rel=1e-12)
    layers = [float(gradient(name, 2, f"h{k}")) for k in range(10, 0, -1)]
    assert all(0.2 < after / before < 0.25 for before, after in zip(layers, layers[1:], strict=False))
    assert gradient(name, 3, "x") == 1.0
    assert gradient(name, 4, "x") == 0.01


def test_exploding_gradients() -> None:
    """NumPy's W¹⁰; (3, 4) clipped to length 1 is (0.6, 0.8); the cliff's face throws an unclipped step far."""
    name = "exploding_gradients"
    expected = [[2.593742460100002, 2.2450640200000014], [0.0, 0.34867844010000015]]
    assert value(name, 1, "W10") == pytest.approx(np.array(expected), rel=1e-12)
    lambdas, v = np.linalg.eig(np.array([[1.1, 0.2], [0.0, 0.9]]))
    assert v @ np.diag(lambdas**10) @ np.linalg.inv(v) == pytest.approx(np.array(expected), rel=1e-9)
    # u·10·w⁹·(u·w¹⁰ - 1) at (1.4, 1.5)
    slope = 1.5 * 10 * 1.4**9 * (1.5 * 1.4**10 - 1)
    assert float(gradient(name, 2, "w")) == pytest.approx(slope, rel=1e-12)
    assert 5_000 < slope < 50_000
    assert abs(path(name, 3, "Unclipped")[1, 0]) > 10
    assert value(name, 4, "clipped") == pytest.approx([0.6, 0.8], rel=1e-12)
    assert value(name, 4, "new_length") == pytest.approx(1.0)
    assert path(name, 5, "Clipped")[-1] == pytest.approx([0.874, 0.0], abs=0.01)
    moves = np.linalg.norm(np.diff(path(name, 5, "Clipped"), axis=0), axis=1)
    assert np.max(moves) == pytest.approx(0.5 * 0.2, rel=1e-9)
    assert abs(path(name, 5, "Unclipped")[1, 0]) > 10
    clipped = lesson(name).steps[5].challenge.solution
    race = engine.Race(clipped.graph.compile(), clipped.race_inputs(), clipped.race.steps).run()
    assert np.max(np.abs(race.paths[0])) <= 1.6
    assert index(name, 6, "Yours") == 0
    assert status(name, 6, "Yours") != "converged"
