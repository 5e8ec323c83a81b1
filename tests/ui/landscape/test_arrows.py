"""Gradient arrows point downhill on the screen and stay in their places."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from gdstudio.ui.landscape.arrows import Arrows
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.step_arrows import box_beside

FRAME = Frame((-2.0, 2.0), (-1.0, 1.0), 400.0, 400.0)


def arrows(stations: np.ndarray) -> Arrows:
    """Of the loss x² + y²."""
    x, y = np.meshgrid(stations, stations, indexing="ij")
    return Arrows(stations, stations, 2.0 * x, 2.0 * y)


def test_arrows_point_where_a_step_against_the_gradient_goes():
    lattice = Arrows(np.array([1.0]), np.array([0.5]), np.array([[2.0]]), np.array([[1.0]]))
    dark, light = lattice.segments(FRAME, np.array([[False]]))
    assert len(light) == 0
    tail, tip = dark[0, :2], dark[0, 2:]
    # One unit is 100 pixels along x and 200 along y, downwards: the step (-2, -1) is (-200, +200) pixels.
    right, down = tip - tail
    assert right == pytest.approx(-down) and right < 0
    assert (tip + tail) / 2 == pytest.approx([300.0, 100.0])


def test_steeper_arrows_are_longer():
    stations = np.linspace(-1.9, 1.9, 8)
    dark, _ = arrows(stations).segments(FRAME, np.zeros((8, 8), dtype=bool))
    shafts = dark.reshape(-1, 3, 4)[:, 0]
    lengths = np.hypot(shafts[:, 2] - shafts[:, 0], shafts[:, 3] - shafts[:, 1])
    assert lengths[0] == pytest.approx(max(lengths)) and min(lengths) < 0.6 * max(lengths)


def test_flat_and_broken_places_have_no_arrow():
    lattice = Arrows(
        np.array([0.0, 1.0]), np.array([0.0]), np.array([[0.0], [np.nan]]), np.array([[0.0], [1.0]])
    )
    assert all(len(lines) == 0 for lines in lattice.segments(FRAME, np.zeros((2, 1), dtype=bool)))


def test_arrows_that_stay_are_the_same_after_the_map_has_moved():
    step = 0.125
    here = (np.arange(-16, 16) + 0.5) * step
    there = (np.arange(-11, 21) + 0.5) * step
    kept = arrows(here).thinned(FRAME).xs
    moved = arrows(there).thinned(Frame((-1.4, 2.6), (-1.0, 1.0), 400.0, 400.0)).xs
    both = set(here) & set(there)
    assert {x for x in kept if x in both} == {x for x in moved if x in both}
    assert np.diff(kept).min() * 100.0 >= 38.0


@pytest.mark.parametrize(
    ("tip", "place"),
    [
        ((100.0, 100.0), (108.0, 92.0)),  # right of the tip
        ((390.0, 100.0), (342.0, 92.0)),  # left of it, where the right edge is near
        ((900.0, 100.0), (360.0, 92.0)),  # at the edge, where the tip is out of sight
        ((-90.0, -50.0), (0.0, 0.0)),
        ((100.0, 399.0), (108.0, 384.0)),
    ],
)
def test_the_caption_of_an_arrow_stays_in_sight(tip, place):
    assert box_beside(FRAME, QPointF(*tip), 40.0, 16.0) == QRectF(*place, 40.0, 16.0)
