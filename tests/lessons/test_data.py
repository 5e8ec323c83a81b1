"""The lessons on learning from data say what is true. Numbers by hand and from NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine.data import Batches
from tests.lessons.support import gradient, lesson, losses, outcome, path, status, value

# a and b as printed, from (2, 2) with the learning rate 0.1.
TABLE = [[2, 2], [1.2, 1.4], [0.98, 1.22], [0.924, 1.16], [0.914, 1.1348], [0.91656, 1.12016]]


def test_fitting_a_line() -> None:
    name = "fitting_a_line"
    assert value(name, 1, "loss") == 7.0
    assert (gradient(name, 2, "a"), gradient(name, 2, "b")) == (8.0, 6.0)
    assert path(name, 3, "0.1")[:6] == pytest.approx(np.array(TABLE), abs=1e-9)
    program = lesson(name).steps[3].document.graph.compile()
    hessian = program.hessian(program.start)
    assert hessian == pytest.approx(np.array([[5.0, 3.0], [3.0, 3.0]]))
    assert np.linalg.eigvalsh(hessian) == pytest.approx([0.8377223398316209, 7.16227766016838])
    assert path(name, 4, "0.1")[-1] == pytest.approx([1.0, 1.0], abs=1e-4)


def test_generalisation() -> None:
    """Training loss falls on while the held-out loss rises; the 0-1 loss is flat, its surrogate is not."""
    name = "generalisation"
    assert value(name, 2, "training") < value(name, 1, "training")
    assert value(name, 2, "held_out") > 10 * value(name, 1, "held_out")
    # The stored values are those that descent reaches.
    assert path(name, 1, "Descent")[3] == pytest.approx(
        [float(value(name, 1, node)) for node in "abc"], abs=1e-4
    )
    assert gradient(name, 3, "w") == gradient(name, 3, "b") == 0.0
    assert np.all(path(name, 3, "Descent") == path(name, 3, "Descent")[0])
    assert status(name, 3, "Descent") == "stalled"
    end = path(name, 4, "Descent")[-1]
    graph = lesson(name).steps[3].document.graph
    for node, number in zip(("w", "b"), end, strict=True):
        graph = graph.with_value(node, number)
    assert (value(name, 4, "mistakes"), graph.trace().values["mistakes"]) == (0.8, 0.2)


def test_no_line_makes_less_than_one_mistake_of_the_surrogate_lesson() -> None:
    # t = -, -, +, -, + from left to right: the sign would have to change three times.
    values = outcome("generalisation", 4).trace.values
    w, b = np.meshgrid(np.linspace(-10, 10, 201), np.linspace(-10, 10, 201))
    margins = values["t"] * (w[..., None] * values["x"] + b[..., None])
    assert np.min(np.mean(margins <= 0, axis=-1)) == pytest.approx(0.2)


def test_batch_size() -> None:
    """Smaller batches are noisier by √n, and one sample a step never settles."""
    name = "batch_size"
    tail = {racer: path(name, 3, racer)[100:] for racer in ("All 64", "One", "Sixteen")}
    spread = {racer: float(np.linalg.norm(np.std(rows, axis=0))) for racer, rows in tail.items()}
    assert spread["All 64"] < 1e-3 < spread["Sixteen"] < spread["One"] / 2
    assert status(name, 3, "All 64") == "converged"
    assert status(name, 3, "One") == "running"
    fit = np.linalg.lstsq(
        np.stack([value(name, 1, "x"), np.ones(64)], axis=1), value(name, 1, "y"), rcond=None
    )[0]
    assert tail["All 64"][-1] == pytest.approx(fit, abs=1e-5)
    # Rows in the order of the file keep a racer about twice as far away as shuffled ones do.
    away = {
        racer: float(np.mean(np.linalg.norm(path(name, 4, racer)[100:] - fit, axis=1)))
        for racer in ("Shuffled", "In order")
    }
    assert away["In order"] / away["Shuffled"] == pytest.approx(2.0, abs=0.5)


def test_the_standard_error_of_a_batch_is_sigma_over_root_n() -> None:
    samples = np.random.default_rng(0).standard_normal(20_000)
    for size in (1, 16, 100):
        batches = Batches(len(samples), size, order="replacement", seed=1)
        means = [samples[batches.rows(step)].mean() for step in range(2000)]
        assert np.std(means) == pytest.approx(1 / np.sqrt(size), rel=0.06)


def test_an_epoch_of_shuffled_batches_sees_every_row_once() -> None:
    batches = Batches(64, 16, seed=0)
    rows = np.concatenate([batches.rows(step) for step in range(4)])
    assert sorted(rows.tolist()) == list(range(64))
    assert rows.tolist() != list(range(64))


def test_batch_norm() -> None:
    """z = 1, 2, 3, 4, 10: mean 4, variance 10; γ = 2, β = 0.5 (PyTorch); scaling makes the bowl round."""
    name = "batch_norm"
    raw, scaled = (lesson(name).steps[k].document.graph.compile() for k in (0, 1))
    assert np.linalg.cond(raw.hessian(raw.start)) == pytest.approx(5250, rel=0.01)
    assert np.linalg.cond(scaled.hessian(scaled.start)) == pytest.approx(1.0)
    # Least squares: w = 14/40, b = 2.4 - 14·w.
    assert path(name, 1, "Descent")[-1, 1] > -0.5
    assert losses(name, 1, "Descent")[-1] > 0.2
    assert losses(name, 2, "Descent")[-1] == pytest.approx(0.06, abs=1e-9)
    expected = [-1.3973656474184413, -0.7649104316122941, -0.13245521580614705, 0.5, 4.2947312948368825]
    assert value(name, 3, "normalised").ravel() == pytest.approx(expected, rel=1e-12)
    # One sample: (9 - 4)/√(12.5 + 1e-5)·2 + 0.5
    assert float(value(name, 4, "loss")) == pytest.approx(5 / np.sqrt(12.5 + 1e-5) * 2 + 0.5, rel=1e-12)


def test_batch_norm_saves_a_network_from_its_first_step() -> None:
    # Dead: every output is 0, so the loss is the mean of y² = (1 + 4 + 4 + 9 + 16)/5.
    name = "batch_norm"
    assert losses(name, 5, "0.1")[-1] == pytest.approx(6.8)
    assert outcome(name, 5).race.gradient_norms[0][-1] == 0.0
    assert losses(name, 6, "0.1")[-1] < 0.07


def test_with_batch_norm_the_surface_does_not_change_along_a_weight() -> None:
    program = lesson("batch_norm").steps[5].document.graph.compile()
    w, v = (program.coordinates.index(name) for name in ("w[0]", "v[0]"))
    point = np.array(program.start)
    point[v] = 2.0
    at = {}
    for weight in (0.5, 1.0, 2.0, -1.0):
        point[w] = weight
        at[weight] = float(program.value(point))
    assert at[0.5] == pytest.approx(at[1.0], rel=1e-4)
    assert at[2.0] == pytest.approx(at[1.0], rel=1e-4)
    assert at[-1.0] > at[1.0]
