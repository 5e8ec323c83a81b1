"""The lessons of the first chapter say what is true. Numbers by hand, or NumPy's with central differences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document import lessons
from tests.lessons.support import gradient, lesson, losses, path, status, value


def test_derivative() -> None:
    """The secant of x² at 1.5 is 3 + h: 4 with h = 1, 3.01 with h = 0.01; the tangent is 3."""
    assert value("derivative", 2, "secant") == 4.0
    # The secant that is drawn is the one that the graph computes.
    for step in (2, 3):
        drawn = lesson("derivative").steps[step - 1].document.landscape.secant
        assert drawn == float(value("derivative", step, "h"))
    assert value("derivative", 3, "secant") == pytest.approx(3.01, abs=1e-12)
    assert value("derivative", 3, "error") == pytest.approx(0.01, abs=1e-12)
    assert gradient("derivative", 4, "x") == 3.0
    assert 1.52**2 == pytest.approx(2.25 + 3 * 0.02, abs=0.001)
    # Each step of rate 0.1 leaves 0.8 of x.
    assert path("derivative", 5, "Descent")[-1, 0] == pytest.approx(3 * 0.8**30, rel=1e-12)


def test_gradient() -> None:
    """Analytic (6, 8) at (3, 4) and (0, 4) at (0, 2); the numerical ones as NumPy computes them."""
    assert (gradient("gradient", 1, "x0"), gradient("gradient", 1, "x1")) == (6.0, 8.0)
    assert float(value("gradient", 2, "slope0")) == pytest.approx(6.00000000000378, abs=1e-12)
    assert float(value("gradient", 2, "slope1")) == pytest.approx(7.999999999999119, abs=1e-12)
    assert float(value("gradient", 3, "slope0")) == pytest.approx(0.0, abs=1e-12)
    assert float(value("gradient", 3, "slope1")) == pytest.approx(4.000000000004, abs=1e-12)
    # In the ravine the arrow at (4, 1) is 5 times steeper across than along, away from the minimum at (0, 0).
    assert (gradient("gradient", 5, "x0"), gradient("gradient", 5, "x1")) == (4.0, 20.0)


def test_arrows_of_the_bowl_point_to_the_middle_and_grow_with_the_distance() -> None:
    program = lesson("gradient").steps[3].document.graph.compile()
    points = np.random.default_rng(0).uniform(-5, 5, (50, 2))
    _, gradients = program.value_and_gradient(points)
    assert gradients == pytest.approx(2 * points, abs=1e-12)


def test_numerical_gradient() -> None:
    """The error of a central difference of exp at 1 is e·h²/6, until rounding takes over, near h = 1e-5.

    Values near e are 2^-51 apart, so differences are whole multiples of 2^-52 / h; two of them at most, wherever a
    processor rounds exp to.
    """
    graph = lesson("numerical_gradient").steps[0].document.graph
    errors = {
        k: float(graph.with_value("log_h", np.array(float(k))).trace().values["error"]) for k in range(-12, 0)
    }
    assert errors[-1] == pytest.approx(math.e * 0.1**2 / 6, rel=0.01)
    assert errors[-1] / errors[-2] == pytest.approx(100, rel=0.01)
    assert errors[-5] < math.e * 1e-10 / 6 + 2 * 2**-52 / 1e-5
    assert errors[-12] > 1e4 * errors[-5]


def test_tensor_gradient() -> None:
    """(y - target)·xᵀ with y = (1, 2), target (3, 1), x = (1, 2); |x|² = 5 sets the best and the worst step."""
    assert gradient("tensor_gradient", 2, "W").tolist() == [[-2.0, -4.0], [1.0, 2.0]]
    assert path("tensor_gradient", 3, "Step 0.1")[1] == pytest.approx([1.2, 0.4, -0.1, 0.8])
    assert losses("tensor_gradient", 3, "Step 0.1")[:2] == pytest.approx([2.5, 0.625])
    assert status("tensor_gradient", 4, "Step 1") == "diverged"
    # The error is multiplied by 1 - 5 = -4, so the loss by 16.
    assert losses("tensor_gradient", 4, "Step 1")[3] == pytest.approx(2.5 * 16**3)


def test_learning_rate() -> None:
    """NumPy's results after 100 steps on x0² + x1² from (-3, 4)."""
    assert path("learning_rate", 1, "0.1")[100] == pytest.approx(
        [-6.111107929e-10, 8.148143905e-10], rel=1e-9
    )
    assert path("learning_rate", 2, "1e-10")[100] == pytest.approx([-2.99999994, 3.99999992], abs=1e-9)
    assert path("learning_rate", 3, "10")[100] == pytest.approx([-2.25154873e128, 3.00206497e128], rel=1e-8)
    assert status("learning_rate", 3, "10") == "diverged"
    numerical = path("learning_rate", 4, "10, numerical")
    assert numerical[100] == pytest.approx([-25898374737328.363, -1295248616896.5398], rel=1e-3)
    assert np.array_equal(numerical[20], numerical[100])
    up = path("learning_rate", 5, "Up")
    assert up[:, 0] == pytest.approx(-3 * 1.2 ** np.arange(11), rel=1e-12)


def test_ascent_is_descent_with_the_sign_reversed() -> None:
    document = lesson("learning_rate").steps[0].document
    turned = engine.parse("loss = -(x0**2 + x1**2)", parameters={"x0": -3.0, "x1": 4.0}).compile()
    up = engine.Racer("sgd", {"learning_rate": 0.1, "maximize": True}, start=[-3.0, 4.0])
    found = engine.Race(turned, [up], steps=100).run().paths[0]
    assert found == pytest.approx(path("learning_rate", 1, "0.1"), rel=1e-12)
    assert lessons.has_steps(document) is False
