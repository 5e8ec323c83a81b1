"""Scales and colour maps: monotone, invertible, round labels, holes."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.document.model import COLOUR_MAPS
from gdstudio.ui.landscape.colour_scale import (
    SCALES,
    ColourScale,
    colour_table,
    number_text,
    round_steps,
    roundest,
)


def bowl() -> np.ndarray:
    x = np.linspace(-3.0, 3.0, 61)
    return x[:, None] ** 2 + 10.0 * x[None, :] ** 2


@pytest.mark.parametrize("kind", SCALES)
def test_scale_runs_from_lowest_to_highest_loss_and_back(kind):
    scale = ColourScale.of(bowl(), kind)
    assert (scale.low, scale.high) == (0.0, 99.0)
    positions = scale.position(np.linspace(0.0, 99.0, 200))
    assert positions[0] == 0.0 and positions[-1] == pytest.approx(1.0)
    assert (np.diff(positions) > 0).all()
    losses = np.array([0.5, 3.0, 40.0, 98.0])
    assert scale.loss(scale.position(losses)) == pytest.approx(losses)


def test_linear_scale_is_straight():
    assert ColourScale.of(bowl(), "linear").position(24.75) == pytest.approx(0.25)


def test_log_scale_gives_each_decade_the_same_stretch():
    scale = ColourScale.of(np.geomspace(1e-6, 1e6, 200_001), "log")
    steps = np.diff(scale.position([1.0, 10.0, 100.0, 1000.0]))
    assert steps == pytest.approx([steps[0]] * 3, rel=1e-3)


def test_log_scale_takes_losses_below_zero():
    scale = ColourScale.of(bowl() - 50.0, "log")
    assert scale.position(-50.0) == 0.0 and scale.position(49.0) == pytest.approx(1.0)


def test_rank_scale_gives_every_colour_the_same_area():
    index = ColourScale.of(bowl() ** 3, "rank").indices(bowl() ** 3)
    lower_half = np.count_nonzero(index <= 128) / index.size
    assert lower_half == pytest.approx(0.5, abs=0.01)


def test_rank_scale_puts_a_plateau_in_the_middle_of_its_share():
    z = np.concatenate([np.zeros(500), np.linspace(1.0, 2.0, 500)])
    assert ColourScale.of(z, "rank").position(1.5) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("kind", SCALES)
def test_holes_have_index_zero_and_no_other_cell_has(kind):
    z = bowl()
    z[3, 4], z[5, 6], z[7, 8] = np.nan, np.inf, -np.inf
    index = ColourScale.of(z, kind).indices(z)
    assert set(zip(*(i.tolist() for i in np.nonzero(index == 0)), strict=True)) == {(3, 4), (5, 6), (7, 8)}
    assert index.dtype == np.uint8 and index.max() == 255


@pytest.mark.parametrize("kind", SCALES)
def test_constant_and_empty_surfaces_have_a_scale(kind):
    flat = ColourScale.of(np.full((4, 4), 7.0), kind)
    assert flat.position(7.0) == 0.5 and flat.round_losses(8) == [7.0]
    empty = ColourScale.of(np.full((4, 4), np.nan), kind)
    assert empty.empty and empty.round_losses(8) == [] and (empty.indices(np.full(3, np.nan)) == 0).all()


@pytest.mark.parametrize("kind", SCALES)
def test_labels_are_ascending_and_inside(kind):
    labels = ColourScale.of(bowl(), kind).round_losses(8)
    assert 4 <= len(labels) <= 11
    assert labels == sorted(set(labels)) and 0.0 <= labels[0] and labels[-1] <= 99.0


def test_no_contour_level_on_a_plateau():
    z = np.full((100, 100), 1e-5)
    z[:20, :] = np.linspace(-1.0, 0.2, 100)
    scale = ColourScale.of(z, "linear")
    assert 0.0 in scale.round_losses(12) and 0.0 not in scale.levels(z, 12)
    assert len(scale.levels(z, 12)) >= 9


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(0.7, 1.3, 1.0), (13.0, 16.0, 15.0), (960.0, 1040.0, 1000.0), (-0.2, 0.1, 0.0), (-2.6, -2.2, -2.5),
    (0.031, 0.036, 0.035)],
)  # fmt: skip
def test_roundest_number_of_an_interval(a, b, expected):
    assert roundest(a, b) == expected


def test_round_steps_are_multiples_of_one_two_or_five():
    assert round_steps(0.0, 2509.0, 6) == [0.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0]
    assert round_steps(-0.31, 0.29, 6) == [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (1000.0, "1000"), (0.25, "0.25"), (1e6, "1e6"), (2.5e-7, "2.5e-7".replace("-", "−")), (-3.0,
    "−3")],
)  # fmt: skip
def test_number_text_is_short(value, text):
    assert number_text(value) == text


def test_number_text_tells_neighbours_apart():
    losses = [1000.1, 1000.2, 1000.3]
    assert [number_text(loss, losses) for loss in losses] == ["1000.1", "1000.2", "1000.3"]


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_colour_maps_grow_evenly_lighter(name):
    table = colour_table(name).astype(float)
    assert table.shape == (256, 4) and (table[0] == 0).all() and (table[1:, 3] == 255).all()
    luma = table[1:, :3] @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(luma) > -0.8).all() and luma[-1] - luma[0] > 120.0
