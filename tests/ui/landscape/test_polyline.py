"""Long paths reduced to what pixels can show."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.ui.landscape.polyline import visible


def segments(x: np.ndarray, y: np.ndarray, connect: np.ndarray) -> list[tuple[float, float, float, float]]:
    return [(x[k], y[k], x[k + 1], y[k + 1]) for k in range(len(x) - 1) if connect[k]]


def test_a_short_path_stays_as_it_is():
    x, y = np.array([10.0, 50.0, 90.0]), np.array([10.0, 80.0, 20.0])
    px, py, connect = visible(x, y, 100.0, 100.0)
    assert px == pytest.approx(x) and py == pytest.approx(y) and connect.tolist() == [1, 1, 0]


def test_creeping_towards_a_point_costs_no_more_than_its_pixels():
    t = np.geomspace(1.0, 1e-9, 100_000)
    px, py, _ = visible(200.0 * t + 5.0, 100.0 * t + 5.0, 300.0, 200.0)
    assert len(px) < 300
    assert (px[0], py[0]) == (205.0, 105.0)


def test_a_zigzag_is_drawn_once():
    x = np.tile([20.0, 80.0], 5000)
    px, _, connect = visible(x, np.full(10_000, 50.0), 100.0, 100.0)
    assert connect.sum() == 1 and set(px.tolist()) == {20.0, 80.0}


def test_steps_outside_are_left_out_and_crossing_ones_are_cut_at_the_border():
    x, y = np.array([50.0, 50.0, 1e30, 1e30]), np.array([50.0, 1e12, 1e12, 50.0])
    px, py, connect = visible(x, y, 100.0, 100.0)
    assert segments(px, py, connect) == [(50.0, 50.0, 50.0, pytest.approx(108.0))]


def test_a_path_that_comes_back_is_drawn_in_two_pieces():
    x, y = np.array([50.0, 50.0, 70.0, 70.0]), np.array([50.0, -500.0, -500.0, 50.0])
    px, py, connect = visible(x, y, 100.0, 100.0)
    assert segments(px, py, connect) == [(50.0, 50.0, 50.0, -8.0), (70.0, -8.0, 70.0, 50.0)]


def test_nothing_to_draw():
    for x in (np.array([]), np.array([1.0]), np.array([1.0, np.nan])):
        assert [len(part) for part in visible(x, x, 100.0, 100.0)] == [0, 0, 0]
    far = np.array([1e200, 1e300])
    assert len(visible(far, far, 100.0, 100.0)[0]) == 0
