"""Gradients of mini-batches and their standard error, by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from gdstudio import engine
from gdstudio.engine import EngineError
from gdstudio.engine.batch_noise import batch_gradients, cloud, standard_error

Y = np.array([1.0, 2.0, 4.0, 9.0])


def middle(loss: str = "mean((w - y)**2)") -> engine.Program:
    """The best constant for four numbers; at w = 0 the rows' gradients are −2·y = −2, −4, −8, −18."""
    return engine.parse(f"loss = {loss}", parameters={"w": 0.0}, data={"y": Y}).compile()


def test_the_standard_error_of_a_mean_of_rows() -> None:
    """Rows 2, 4, 8, 18: mean 8, squares of the differences 36 + 16 + 0 + 100 = 152, S² = 152/3."""
    rows = 2 * Y[:, None]
    for size, expected in ((1, 152 / 3 * 3 / 4), (2, 152 / 3 / 2 / 2), (3, 152 / 3 / 3 / 4), (4, 0.0)):
        np.testing.assert_allclose(standard_error(rows, size) ** 2, [expected], rtol=1e-14)
    np.testing.assert_allclose(standard_error(rows, 2, replacement=True) ** 2, [152 / 4 / 2], rtol=1e-14)


def test_the_standard_error_is_that_of_all_batches_there_are() -> None:
    """The six pairs of four rows, each as likely as the others."""
    rows = np.array([[2.0, 1.0], [4.0, -3.0], [8.0, 0.5], [18.0, 2.0]])
    means = np.array([rows[list(pair)].mean(axis=0) for pair in combinations(range(4), 2)])
    np.testing.assert_allclose(standard_error(rows, 2), means.std(axis=0), rtol=1e-14)


def test_gradients_of_batches_are_those_of_their_rows() -> None:
    batches = np.array([[0, 1], [2, 3], [3, 3]])
    found = batch_gradients(middle(), [0.0], batches)
    np.testing.assert_allclose(found, [[-3.0], [-13.0], [-18.0]])
    # At w = 5 the rows' gradients are 2·(5 − y) = 8, 6, 2, −8.
    np.testing.assert_allclose(batch_gradients(middle(), [5.0], batches), [[7.0], [-3.0], [-8.0]])


def test_a_network_over_matrices_has_the_gradient_of_a_graph_with_these_rows() -> None:
    generator = np.random.default_rng(5)
    data = {"X": generator.normal(size=(7, 2)), "Y": np.eye(3)[generator.integers(0, 3, 7)]}
    start = {"W": generator.normal(size=(2, 3)), "b": np.zeros(3)}
    text = "loss = cross_entropy(tanh(X @ W + b), Y)"
    program = engine.parse(text, parameters=start, data=data).compile()
    rows = np.array([[6, 0, 3], [1, 2, 4]])
    found = batch_gradients(program, program.start, rows)
    for batch, gradient in zip(rows, found, strict=True):
        part = {name: values[batch] for name, values in data.items()}
        own = engine.parse(text, parameters=start, data=part).compile()
        np.testing.assert_allclose(gradient, own.value_and_gradient(own.start)[1], rtol=1e-12)


def test_a_cloud_tells_what_is_foretold_and_what_is_seen() -> None:
    found = cloud(middle(), [0.0], 2, draws=2000, seed=1)
    np.testing.assert_allclose(found.full, [-8.0])
    assert found.error == pytest.approx(np.sqrt(152 / 12), rel=1e-12)
    # 2,000 draws tell a standard deviation to about 1.6 %.
    assert found.spread == pytest.approx(found.error, rel=0.06)
    assert set(found.batches[:, 0].tolist()) == {-3.0, -5.0, -10.0, -6.0, -11.0, -13.0}
    assert found.sizes.tolist() == [1, 2, 3, 4]
    np.testing.assert_allclose(found.errors**2, [152 / 4, 152 / 12, 152 / 36, 0.0], atol=1e-12)


def test_a_sum_of_losses_strays_with_its_size() -> None:
    """n times the mean's error: 2² · 152/12 for pairs."""
    found = cloud(middle("sum((w - y)**2)"), [0.0], 2, draws=10)
    assert found.error == pytest.approx(np.sqrt(4 * 152 / 12), rel=1e-12)
    np.testing.assert_allclose(found.full, [-32.0])


def test_nothing_is_foretold_for_a_loss_that_is_neither_a_mean_nor_a_sum() -> None:
    found = cloud(middle("sqrt(mean((w - y)**2))"), [0.0], 2, draws=10)
    assert np.isnan(found.error) and np.isnan(found.errors).all()
    assert found.spread > 0


def test_all_rows_are_one_batch() -> None:
    found = cloud(middle(), [0.0], 4, draws=5)
    np.testing.assert_allclose(found.batches, np.full((5, 1), -8.0))
    assert found.error == found.spread == 0.0


def test_the_same_seed_draws_the_same_batches() -> None:
    one, two, other = (cloud(middle(), [0.0], 2, 30, seed).batches for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, two)
    assert (one != other).any()


def test_what_has_no_batches_is_refused() -> None:
    plain = engine.parse("loss = x**2", parameters={"x": 1.0}).compile()
    with pytest.raises(EngineError, match="this graph has none"):
        cloud(plain, [1.0], 1)
    with pytest.raises(EngineError, match="1 to 4 rows, not 5"):
        cloud(middle(), [0.0], 5)
    with pytest.raises(EngineError, match="1 to 4 rows, not 0"):
        standard_error(Y[:, None], 0)
