"""The surface of a step's batch against arithmetic on its rows."""

from __future__ import annotations

import dataclasses as dc

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui import commands
from tests.ui.helpers import find

X, Y = np.array([1.0, 2.0, -1.0, 3.0]), np.array([2.0, 1.0, 0.0, 5.0])
BATCH = RacerSettings("Pairs", "sgd", {"learning_rate": 0.01}, batch_size=2, batch_order="sequential")
FULL = RacerSettings("All", "sgd", {"learning_rate": 0.01})


def line(*racers: RacerSettings, axes: tuple[str, ...] = ("a", "b")) -> Document:
    """mean (a·x + b − y)² over four rows; batches are rows 0 and 1, 2 and 3, 0 and 1, …"""
    graph = engine.parse(
        "loss = mean((a*x + b - y)**2)", parameters={"a": 0.5, "b": 0.5}, data={"x": X, "y": Y}
    )
    landscape = LandscapeSettings(axes=axes, ranges=((-2.0, 2.0),) * len(axes))
    return Document("Line", graph, landscape, RaceSettings(6, racers=racers))


def over(rows: slice, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.mean([(a * x + b - y) ** 2 for x, y in zip(X[rows], Y[rows], strict=True)], axis=0)


@pytest.fixture
def hand(open_view):
    return open_view(line(BATCH, FULL))


def wait(qtbot, hand) -> None:
    qtbot.waitUntil(lambda: hand.session.is_settled and hand.view.losses.batch.is_idle, timeout=30_000)


def shown(hand) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The surface in view and the coordinates of its points."""
    surface = hand.view.plane.surface.surface
    a, b = np.meshgrid(surface.xs, surface.ys, indexing="ij")
    return surface.z, a, b


def test_the_surface_is_that_of_the_rows_of_the_step_shown_and_follows_it(qtbot, hand):
    hand.session.set_step(0)
    hand.view.controls.batch.trigger()
    for step, rows in ((0, slice(0, 2)), (1, slice(2, 4)), (4, slice(0, 2))):
        hand.session.set_step(step)
        wait(qtbot, hand)
        z, a, b = shown(hand)
        np.testing.assert_allclose(z, over(rows, a, b), rtol=1e-9, atol=1e-9)
        words = find(hand.view, "landscapeBatchWords", QLabel)
        assert words.isVisible()
        assert words.text() == f"The loss over the 2 rows that Pairs sees at step {step}"
    hand.view.controls.batch.trigger()
    wait(qtbot, hand)
    z, a, b = shown(hand)
    np.testing.assert_allclose(z, over(slice(0, 4), a, b), rtol=1e-9, atol=1e-9)
    assert not find(hand.view, "landscapeBatchWords", QLabel).isVisible()


def test_its_words_follow_another_name_of_the_racer(qtbot, hand):
    session = hand.session
    session.set_step(1)
    hand.view.controls.batch.trigger()
    wait(qtbot, hand)
    race = dc.replace(session.document.race, racers=(BATCH.replace(name="Couples"), FULL))
    session.edit("Rename", session.document.replace(race=race))
    wait(qtbot, hand)
    words = find(hand.view, "landscapeBatchWords", QLabel).text()
    assert words == "The loss over the 2 rows that Couples sees at step 1"


def test_the_picture_is_another_one(qtbot, hand):
    hand.session.set_step(1)
    before = hand.view.plane.grab().toImage()
    hand.view.controls.batch.trigger()
    wait(qtbot, hand)
    after = hand.view.plane.grab().toImage()
    corner = hand.pixel(1.8, -1.8)
    assert before.pixelColor(corner) != after.pixelColor(corner)


def test_the_numbers_under_the_mouse_are_those_of_the_batch(qtbot, hand):
    hand.session.set_step(1)
    hand.view.controls.batch.trigger()
    wait(qtbot, hand)
    loss, slope_a, slope_b = (float(v) for v in hand.view.pages.grid.landscape.value_and_gradient(1.0, 0.0))
    # Rows (−1, 0) and (3, 5) at a = 1, b = 0: errors −1 and −2, squares 1 and 4.
    assert loss == pytest.approx(2.5)
    assert (slope_a, slope_b) == pytest.approx(
        ((2 * (-1) * (-1) + 2 * (-2) * 3) / 2, (2 * (-1) + 2 * (-2)) / 2)
    )


def test_a_line_follows_too(qtbot, open_view):
    hand = open_view(line(BATCH, axes=("a",)))
    hand.view.controls.batch.trigger()
    hand.session.set_step(1)
    wait(qtbot, hand)
    grid = hand.view.pages.grid
    np.testing.assert_allclose(grid.z, over(slice(2, 4), grid.xs, np.array(0.5)), rtol=1e-9)


def test_without_a_racer_on_batches_there_is_nothing_to_choose(open_view, hand, qtbot):
    assert hand.view.controls.batch.isEnabled()
    full = open_view(line(FULL))
    assert not full.view.controls.batch.isEnabled()


def test_the_selected_racer_comes_first_and_an_edit_to_full_batches_shows_all_data(qtbot, open_view):
    single = BATCH.replace(name="Singles", batch_size=1)
    hand = open_view(line(BATCH, single))
    hand.view.controls.batch.trigger()
    hand.session.set_step(3)
    wait(qtbot, hand)
    assert "Pairs" in find(hand.view, "landscapeBatchWords", QLabel).text()
    hand.session.select_racer(1)
    wait(qtbot, hand)
    z, a, b = shown(hand)
    np.testing.assert_allclose(z, over(slice(3, 4), a, b), rtol=1e-9, atol=1e-9)
    document = hand.session.document
    race = document.race.replace(racers=(FULL,))
    hand.session.edit("All data", document.replace(race=race))
    wait(qtbot, hand)
    z, a, b = shown(hand)
    np.testing.assert_allclose(z, over(slice(0, 4), a, b), rtol=1e-9, atol=1e-9)


def test_moving_the_graphs_point_keeps_the_batch_in_view(qtbot, hand):
    """The surface stays the same, so no new grid comes from the session."""
    hand.view.controls.batch.trigger()
    hand.session.set_step(1)
    wait(qtbot, hand)
    session = hand.session
    session.edit("Point", commands.set_value(session.document, "a", np.array(1.5)))
    session.set_step(2)
    wait(qtbot, hand)
    z, a, b = shown(hand)
    np.testing.assert_allclose(z, over(slice(0, 2), a, b), rtol=1e-9, atol=1e-9)
