"""Long paths reduced to what pixels can show."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.ui.landscape.polyline import visible


def test_a_short_path_stays_as_it_is():
    x, y = np.array([10.0, 50.0, 90.0]), np.array([10.0, 80.0, 20.0])
    assert visible(x, y, 100.0, 100.0).tolist() == [[10.0, 10.0, 50.0, 80.0], [50.0, 80.0, 90.0, 20.0]]


def test_creeping_towards_a_point_costs_no_more_than_its_pixels():
    t = np.geomspace(1.0, 1e-9, 100_000)
    found = visible(200.0 * t + 5.0, 100.0 * t + 5.0, 300.0, 200.0)
    assert len(found) < 300
    assert found[0, :2].tolist() == [205.0, 105.0]


def test_a_zigzag_is_drawn_once():
    x = np.tile([20.0, 80.0], 5000)
    assert visible(x, np.full(10_000, 50.0), 100.0, 100.0).tolist() == [[20.0, 50.0, 80.0, 50.0]]


def test_steps_outside_are_left_out_and_crossing_ones_are_cut_at_the_border():
    x, y = np.array([50.0, 50.0, 1e30, 1e30]), np.array([50.0, 1e12, 1e12, 50.0])
    assert visible(x, y, 100.0, 100.0) == pytest.approx(np.array([[50.0, 50.0, 50.0, 108.0]]))


def test_a_path_that_comes_back_is_drawn_in_two_pieces():
    x, y = np.array([50.0, 50.0, 70.0, 70.0]), np.array([50.0, -500.0, -500.0, 50.0])
    assert visible(x, y, 100.0, 100.0).tolist() == [[50.0, 50.0, 50.0, -8.0], [70.0, -8.0, 70.0, 50.0]]


def test_nothing_to_draw():
    for x in (np.array([]), np.array([1.0]), np.array([1.0, np.nan]), np.array([1e200, 1e300])):
        assert visible(x, x, 100.0, 100.0).shape == (0, 4)
