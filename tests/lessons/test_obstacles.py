"""The lessons on what makes it hard say what is true."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.document.goals import outcome as evaluate
from tests.lessons.support import gradient, lesson, losses, outcome, path, status, value


def test_obstacles() -> None:
    name = "obstacles"
    # Styblinski-Tang in one coordinate: minima at -2.9035 and 2.7468.
    assert path(name, 1, "SGD")[-1] == pytest.approx([2.74680, 2.74680], abs=1e-3)
    assert losses(name, 1, "Momentum")[-1] < losses(name, 1, "SGD")[-1] - 10
    assert status(name, 2, "On the ridge") == "stalled"
    assert path(name, 2, "On the ridge")[-1, 1] == 0.0
    beside = path(name, 2, "Beside it")
    left = int(np.argmax(np.abs(beside[:, 1]) > 1))
    assert 90 < left < 110
    assert np.argmax(np.abs(path(name, 2, "Adam")[:, 1]) > 1) < 30
    assert losses(name, 4, "SGD")[-1] > 0.5 > 0.01 > losses(name, 4, "Adam")[-1]
    assert path(name, 5, "SGD")[-1, 0] == pytest.approx(1 / np.sqrt(8 * 0.05 * 400), rel=0.02)
    assert abs(path(name, 6, "Plain")[1, 0]) > 30
    steps = np.linalg.norm(np.diff(path(name, 6, "Clipped"), axis=0), axis=1)
    assert np.max(steps) == pytest.approx(0.5)
    assert path(name, 6, "Clipped")[-1] == pytest.approx([0.8742386, 0.0], abs=0.01)


def test_in_many_dimensions_minima_are_rare_among_critical_points() -> None:
    """Random symmetric matrices: the share with only positive eigenvalues is at most that of coin tosses."""
    rng = np.random.default_rng(0)
    shares = {}
    for n in (1, 2, 3, 6):
        m = rng.standard_normal((4000, n, n))
        shares[n] = float(np.mean(np.all(np.linalg.eigvalsh(m + m.transpose(0, 2, 1)) > 0, axis=1)))
    assert shares[1] == pytest.approx(0.5, abs=0.03)
    assert shares[2] < 0.25 and shares[3] < 0.125 and shares[6] < 1 / 2**6


def test_conditioning() -> None:
    name = "conditioning"
    program = lesson(name).steps[0].document.graph.compile()
    assert np.linalg.cond(program.hessian(program.start)) == pytest.approx(100.0)
    assert (
        status(name, 1, "0.021") == "diverged"
        or losses(name, 1, "0.021")[-1] > 1e6 * losses(name, 1, "0.021")[0]
    )
    assert losses(name, 1, "0.0198")[-1] < losses(name, 1, "0.002")[-1] < losses(name, 1, "0.002")[0]
    best = path(name, 3, "Best SGD")
    assert best[100] == pytest.approx([3 * (1 - 0.0198) ** 100, (1 - 1.98) ** 100], rel=1e-9)
    assert losses(name, 3, "Best momentum")[-1] < 1e-6 * losses(name, 3, "Best SGD")[-1]
    assert losses(name, 4, "Newton")[1] == pytest.approx(0.0, abs=1e-20)
    assert losses(name, 4, "Conjugate gradients")[2] < 1e-10 < losses(name, 4, "Exact line search")[2]


def test_coordinate_descent() -> None:
    """The sweep as computed by hand: 0.4, 1.6, 0.64, 1.36, …; the trap at (1, 1) with loss 2; k-means."""
    name = "coordinate_descent"
    corners = [[2, 2], [0.4, 2], [0.4, 1.6], [0.64, 1.6], [0.64, 1.36], [0.784, 1.36], [0.784, 1.216]]
    assert path(name, 1, "Coordinates")[:7] == pytest.approx(np.array(corners), abs=1e-6)
    assert path(name, 2, "Coordinates")[-1] == pytest.approx([1.0, 1.0], abs=1e-3)
    assert losses(name, 2, "Coordinates")[-1] == pytest.approx(2.0, abs=0.01)
    assert losses(name, 2, "Descent")[-1] < 1.5
    assert path(name, 3, "Coordinates")[-1] == pytest.approx([-1.9, 1.6], abs=1e-3)


def test_pretraining() -> None:
    """From scratch the first gradient is tiny and 60 steps do nothing; the pre-trained net has learned."""
    name = "pretraining"
    assert abs(float(gradient(name, 1, "w1"))) < 0.01
    scratch, trained = losses(name, 4, "From scratch"), losses(name, 4, "Pre-trained")
    assert scratch[-1] > 0.9 * scratch[0]
    assert trained[-1] < 0.05 * scratch[-1]
    # The start of the pre-trained racer is where the layers ended that were trained alone.
    start = lesson(name).steps[3].document.race.racers[1].start
    assert start[0] == pytest.approx(path(name, 2, "Layer 1")[-1, 0], abs=1e-3)
    assert start[1] == pytest.approx(path(name, 3, "Layer 2")[-1, 0], abs=1e-3)


def test_continuation() -> None:
    """The formula is the true blur; following its minimum works on the double well and fails on the narrow one."""
    name = "continuation"
    assert path(name, 1, "Descent")[-1, 0] == pytest.approx(-1.1516678, abs=1e-3)
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    program = lesson(name).steps[2].document.graph.compile()
    for x in (-2.0, 0.3, 1.5):
        at = x + nodes
        blurred = np.sum(weights * (at**4 - 3 * at**2 - 0.8 * at)) / np.sum(weights)
        assert float(program.value(np.array([x]))) == pytest.approx(blurred, rel=1e-12)
    curvatures = [float(program.hessian(np.array([x]))[0, 0]) for x in np.linspace(-2, 2, 41)]
    assert min(curvatures) == pytest.approx(6.0)
    assert path(name, 4, "Direct")[-1, 0] == pytest.approx(-1.1516678, abs=1e-3)
    assert path(name, 4, "Continued")[-1, 0] == pytest.approx(1.2866404, abs=1e-3)
    assert path(name, 5, "Direct")[-1, 0] == pytest.approx(2.0, abs=0.01)
    assert path(name, 5, "Continued")[-1, 0] == pytest.approx(-1.99, abs=0.05)


def test_the_blurred_curve_is_what_the_next_step_computes() -> None:
    """A smoothing of σ = 1 leaves one minimum, where 4x³ + 6x = 0.8; the sharp curve has two."""
    sharp, blurred, computed = (step.document for step in lesson("continuation").steps[:3])
    assert (sharp.landscape.smoothing, computed.landscape.smoothing) == (0.0, 0.0)
    (low, high), *_ = blurred.landscape.ranges
    sigma = blurred.landscape.smoothing * (high - low)
    assert sigma == pytest.approx(1.0, abs=1e-6)
    line = engine.Landscape(blurred.graph.compile(), ("x",), ((low, high),))
    xs, losses_ = engine.SmoothLandscape(line, sigma).grid(401)
    assert losses_ == pytest.approx(computed.graph.compile().value(xs[:, None]), abs=1e-5)
    (lowest,) = minima_of(xs, losses_)
    assert 4 * lowest**3 + 6 * lowest == pytest.approx(0.8, abs=0.05)
    assert minima_of(*line.grid(401)) == pytest.approx([-1.1517, 1.2866], abs=0.01)


def minima_of(xs: np.ndarray, losses: np.ndarray) -> np.ndarray:
    inner = losses[1:-1]
    return xs[1:-1][(inner < losses[:-2]) & (inner < losses[2:])]


def test_curriculum() -> None:
    name = "curriculum"
    assert path(name, 1, "All at once")[-1, 0] == pytest.approx(1.0308, abs=1e-3)
    assert path(name, 1, "Random order")[-1, 0] == pytest.approx(1.03, abs=0.1)
    assert path(name, 2, "Easy ones")[-1, 0] == pytest.approx(3.0, abs=1e-3)
    assert abs(path(name, 4, "Hard ones")[-1, 0] - 3.0) > 1
    assert value(name, 2, "weight").sum() == 4.0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_batches_decides(seed) -> None:
    """Easy rows first lead to 3 whatever is drawn; random order is caught. All else is the same for both."""
    document = lesson("curriculum").steps[2].document
    order, curriculum = document.race.racers
    assert curriculum.replace(name=order.name, batch_order="shuffle", batch_scores=None) == order.replace(
        batch_opening=0.25
    )
    result = engine.Race(document.graph.compile(), document.race_inputs(), steps=300, seed=seed).run()
    random, taught = (path[-1, 0] for path in result.paths)
    assert taught == pytest.approx(3.0, abs=1e-3)
    assert abs(random - 3.0) > 1


def test_most_critical_points_of_many_dimensions_are_saddles() -> None:
    """Newton's method without safeguards: six ends, all critical, each with curvatures of both signs."""
    document = lesson("obstacles").steps[2].document
    program = document.graph.compile()
    result = outcome("obstacles", 3)
    for racer in range(6):
        end = result.path(racer)[-1]
        assert np.sin(end) == pytest.approx(np.zeros(10), abs=1e-9)
        rising = int(np.sum(np.linalg.eigvalsh(program.hessian(end)) > 0))
        assert 0 < rising < 10
        assert result.status(racer) == "stalled"


def test_basins() -> None:
    """Himmelblau's four minima, each the end of one of four neighbouring starts."""
    name = "basins"
    ends = [outcome(name, 1).path(racer)[-1] for racer in range(4)]
    minima = [(3.0, 2.0), (3.584428, -1.848127), (-2.805118, 3.131313), (-3.77931, -3.283186)]
    for end, minimum in zip(ends, minima, strict=True):
        assert end == pytest.approx(minimum, abs=1e-4)
    assert path(name, 3, "SGD")[-1] == pytest.approx(minima[1], abs=1e-3)
    assert path(name, 3, "Momentum")[-1] == pytest.approx(minima[1], abs=1e-3)
    assert path(name, 3, "Adam")[-1] == pytest.approx(minima[0], abs=1e-3)


def test_the_borders_of_basins_belong_to_the_optimizer() -> None:
    document = lesson("basins").steps[0].document
    program = document.graph.compile()
    starts = [(x, y) for x in np.linspace(-2, 2, 5) for y in np.linspace(-2, 2, 5)]
    ends = {}
    for optimizer, rate in (("sgd", 0.01), ("momentum", 0.005)):
        racers = [engine.Racer(optimizer, {"learning_rate": rate}, start=start) for start in starts]
        paths = engine.Race(program, racers, steps=300).run().paths
        ends[optimizer] = [tuple(np.round(one[-1])) for one in paths]
    assert 1 <= sum(a != b for a, b in zip(*ends.values(), strict=True)) < len(starts)


def test_the_plateau_challenge_needs_steps_that_do_not_shrink_with_the_gradient() -> None:
    challenge = lesson("obstacles").steps[6].challenge
    assert evaluate(challenge.solution).race.status[0] == "converged"
    assert evaluate(challenge.first_try).losses(0)[-1] > 0.5
