"""numpy as macOS 14 and conda have it: with Accelerate or MKL, which the engine knows nothing of."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine import Race, Racer, blas, functions
from gdstudio.engine.crowd import Crowd

from .oracle_graphs import LOSSES, random_network


@pytest.fixture
def no_openblas(monkeypatch):
    """Takes OpenBLAS away when called."""

    def take_away() -> None:
        monkeypatch.setattr(blas, "_openblas", lambda: None)
        monkeypatch.setattr(blas, "axpby", blas.axpby.__wrapped__)

    return take_away


def test_threads_are_unknown_and_left_alone(no_openblas):
    no_openblas()
    assert blas.threads() is None and blas.axpby() is None
    blas.set_threads(1)
    with blas.one_thread(), blas.one_thread():
        assert blas.threads() is None


def test_a_crowd_ends_in_the_same_places_to_rounding(no_openblas):
    """Adam from many starts, whose sums are one pass with OpenBLAS and two without."""
    program = functions.get("himmelblau").program()
    starts = np.random.default_rng(0).uniform(-4, 4, (400, 2))
    ends = []
    for prepare in (lambda: None, no_openblas):
        prepare()
        ends.append(Crowd(program, Racer("adam", {"learning_rate": 0.1}), 100).run(starts).points)
    np.testing.assert_allclose(ends[0], ends[1], rtol=1e-9, atol=1e-9)


def test_a_network_trains_the_same_to_rounding(no_openblas):
    program = random_network(0, [2, 8, 3], 8, "tanh", LOSSES[0], apart=False).compile()
    races = []
    for prepare in (lambda: None, no_openblas):
        prepare()
        races.append(Race(program, [Racer("adam"), Racer("sgd", {"momentum": 0.9})], steps=50).run())
    for first, second in zip(races[0].paths, races[1].paths, strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-9)
