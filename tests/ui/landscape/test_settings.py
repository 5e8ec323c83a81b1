"""Choices around the plane are edits of the document, and the document's settings are what is shown."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QToolButton

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui.landscape.colour_scale import colour_table
from gdstudio.ui.slices import PRINCIPAL, RANDOM
from tests.ui.helpers import find

from .support import bowl, move_mouse


def deep(**settings) -> Document:
    """a² + 4 b² + 9 c² at (1, 2, 3) with a racer from there and one from (3, 0, 0)."""
    graph = engine.parse("loss = a**2 + 4*b**2 + 9*c**2", parameters={"a": 1.0, "b": 2.0, "c": 3.0})
    racers = (
        RacerSettings("One", "sgd", {"learning_rate": 0.05}),
        RacerSettings("Two", "sgd", {"learning_rate": 0.05}, start=(3.0, 0.0, 0.0)),
    )
    return Document("Deep", graph, LandscapeSettings(**settings), RaceSettings(20, racers=racers))


def choose(hand, text: str) -> None:
    """Take an entry of the x axis' list."""
    combo = find(hand.view, "landscapeXAxis", QComboBox)
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def note(hand) -> str:
    return find(hand.view, "landscapeNote", QLabel).text()


def colour_at(hand, x: float, y: float) -> tuple[int, int, int]:
    return hand.shown.plot.grab().toImage().pixelColor(hand.pixel(x, y)).getRgb()[:3]


def near(colour, wanted) -> bool:
    return bool(np.abs(np.array(colour, dtype=int) - np.array(wanted, dtype=int)).max() <= 12)


@pytest.mark.parametrize(
    ("name", "kind", "key", "off", "on"),
    [
        ("landscapeContours", QToolButton, "contours", False, True),
        ("landscapeArrows", QToolButton, "field", "none", "arrows"),
        ("actionLandscapeCritical", QAction, "critical", False, True),
    ],
)
def test_a_switch_is_one_edit_and_undo_takes_it_back(open_view, name, kind, key, off, on):
    hand = open_view(bowl())
    switch = find(hand.view, name, kind)
    before = getattr(hand.session.document.landscape, key)
    switch.click() if kind is QToolButton else switch.trigger()
    after = getattr(hand.session.document.landscape, key)
    assert {before, after} == {off, on}
    assert hand.session.undo_stack.count() == 1
    hand.session.undo_stack.undo()
    assert getattr(hand.session.document.landscape, key) == before
    assert switch.isChecked() == (before == on)


def test_a_document_opens_as_it_says(open_view):
    hand = open_view(bowl(contours=False, field="streamlines", colour_map="magma", critical=False))
    assert not find(hand.view, "landscapeContours", QToolButton).isChecked()
    button = find(hand.view, "landscapeArrows", QToolButton)
    assert button.isChecked()
    assert button.text() == "Streamlines"
    assert find(hand.view, "actionLandscapeMapMagma", QAction).isChecked()
    assert not find(hand.view, "actionLandscapeCritical", QAction).isChecked()


@pytest.mark.parametrize("name", ["Cividis", "Gray"])
def test_a_colour_map_colours_the_picture(open_view, name):
    hand = open_view(bowl(contours=False, critical=False))
    find(hand.view, f"actionLandscapeMap{name}", QAction).trigger()
    assert hand.session.document.landscape.colour_map == name.lower()
    # The corners are the highest losses, 50; (-3.5, 3.5) is 24.5, in the middle of the map.
    middle = colour_table(name.lower())[1 + round(24.5 / 50 * 254)][:3]
    assert near(colour_at(hand, -3.5, -3.5), middle)


def test_random_directions_are_chosen_like_a_coordinate(open_view, settle):
    hand = open_view(deep())
    choose(hand, "Random")
    settle(hand.session)
    assert hand.session.document.landscape.directions == "random"
    assert hand.shown.axes == RANDOM
    wanted = engine.random_directions(hand.session.document.graph.compile(), 2, seed=0)
    trail = next(trail for trail in hand.shown.race if trail.racer == 1)
    position = (np.array([3.0, 0.0, 0.0]) - [1.0, 2.0, 3.0]) @ np.linalg.pinv(wanted)
    assert (trail.x[0], trail.y[0]) == pytest.approx(tuple(position))
    assert "two random directions" in note(hand) and "projected" in note(hand)


def test_another_seed_gives_other_directions(open_view, settle):
    hand = open_view(deep(directions="random"))
    seed = find(hand.view, "landscapeSeed", QSpinBox)
    assert seed.isVisible()
    before = hand.session.grid.landscape.directions
    seed.setValue(5)
    settle(hand.session)
    assert hand.session.document.landscape.seed == 5
    assert not np.allclose(before, hand.session.grid.landscape.directions)


def test_a_start_moves_along_random_directions_alone(open_view):
    hand = open_view(deep(directions="random"))
    landscape = hand.session.grid.landscape
    at = landscape.project(np.array([3.0, 0.0, 0.0]))
    hand.drag(tuple(at), (0.2, 0.1), (0.5, -0.5))
    start = np.array(hand.session.document.race.racers[1].start)
    assert landscape.project(start) == pytest.approx([0.5, -0.5], abs=0.05)
    moved = start - [3.0, 0.0, 0.0]
    beside = moved - moved @ np.linalg.pinv(landscape.directions) @ landscape.directions
    assert beside == pytest.approx(np.zeros(3), abs=1e-9)


def test_the_graphs_point_does_not_move_along_directions(open_view):
    document = deep(directions="random")
    hand = open_view(document.replace(race=document.race.replace(racers=())))
    hand.drag((0.0, 0.0), (0.3, 0.1), (0.5, 0.5))
    assert hand.session.document.start == (1.0, 2.0, 3.0)


def test_main_directions_show_the_paths_and_say_that_starts_stay(open_view, settle):
    hand = open_view(deep())
    choose(hand, "PCA")
    settle(hand.session)
    assert hand.shown.axes == PRINCIPAL
    main = engine.principal_directions(hand.session.race_result.paths, 2)
    spots = main.project(hand.session.race_result.paths[1])
    trail = next(trail for trail in hand.shown.race if trail.racer == 1)
    assert np.stack([trail.x, trail.y], axis=1) == pytest.approx(spots)
    assert "Starts stay where they are" in note(hand)
    assert f"{100 * main.explained[0]:.3g} %" in hand.shown.plot.getAxis("bottom").labelText
    before = hand.session.document
    hand.drag((float(trail.x[0]), float(trail.y[0])), (0.3, 0.1), (0.6, 0.2))
    hand.click(0.4, 0.1)
    assert hand.session.document.race == before.race


def test_without_racers_there_is_a_sentence_and_a_way_back(open_view, settle):
    document = deep(directions="principal")
    hand = open_view(document.replace(race=document.race.replace(racers=())))
    assert "add a racer" in find(hand.view, "landscapeMessage", QLabel).text()
    choose(hand, "b")
    settle(hand.session)
    assert hand.session.grid is not None
    assert find(hand.view, "landscapeContours", QToolButton).isVisible()


def test_a_coordinate_leads_back_from_directions(open_view, settle):
    hand = open_view(deep(directions="random"))
    choose(hand, "b")
    settle(hand.session)
    assert hand.session.document.landscape.directions == "coordinates"
    assert "b" in hand.shown.axes
    assert hand.session.grid.axes == hand.shown.axes


def test_the_slice_follows_the_selected_racer_and_says_so(open_view, settle):
    hand = open_view(deep())
    follow = find(hand.view, "actionLandscapeFollow", QAction)
    assert follow.isVisible()
    follow.trigger()
    hand.session.select_racer(0)
    hand.session.set_step(1)
    settle(hand.session)
    # A step of 0.05 against 18 c takes c from 3 to 0.3, and the readout tells the loss of that slice.
    assert "One" in note(hand) and "c = 0.3" in note(hand)
    hand.move(0.0, 0.0)
    assert "loss = 0.81" in hand.view.readout.text()


def test_where_every_coordinate_is_an_axis_nothing_is_to_follow(open_view):
    hand = open_view(bowl())
    assert not find(hand.view, "actionLandscapeFollow", QAction).isVisible()


def test_dragging_a_handle_of_the_colour_bar_squeezes_the_colours(open_view):
    hand = open_view(bowl(contours=False, critical=False))
    bar = hand.shown.bar
    low, high = bar.handles
    x = round(bar.bar.right())
    middle = QPoint(x, round((low + high) / 2))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(x, round(high)))
    move_mouse(bar, middle)
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=middle)
    levels = hand.session.document.landscape.levels
    assert levels == pytest.approx((0.0, 25.0), abs=0.3)
    assert hand.session.undo_stack.count() == 1
    # 24.5 is now near the top of the map.
    assert near(colour_at(hand, -3.5, -3.5), colour_table("viridis")[1 + round(24.5 / 25 * 254)][:3])
    QTest.mouseDClick(bar, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=middle)
    assert hand.session.document.landscape.levels is None


def test_the_blur_of_the_document_is_shown(open_view, qtbot):
    hand = open_view(bowl(smoothing=0.1))
    # A blur of sigma = 1 along both axes adds 1 for each square.
    qtbot.waitUntil(lambda: hand.view.plane.grid is not None, timeout=30_000)
    hand.move(0.0, 0.0)
    assert "loss = 2" in hand.view.readout.text()
    assert find(hand.view, "actionLandscapeSmooth", QAction).isChecked()


def test_the_slider_of_the_blur_is_one_edit(open_view):
    hand = open_view(bowl())
    find(hand.view, "actionLandscapeSmooth", QAction).trigger()
    for notch in (10, 20, 40):
        hand.view.smooth_bar.slider.setValue(notch)
    assert hand.session.undo_stack.count() == 2
    assert hand.session.document.landscape.smoothing == pytest.approx(0.002 * 150 ** (40 / 60))
    hand.session.undo_stack.undo()
    assert hand.view.smooth_bar.slider.value() == 30


def test_no_axes_are_offered_where_a_new_document_has_no_coordinates(open_view, settle):
    hand = open_view(bowl())
    assert find(hand.view, "landscapeXAxis", QComboBox).isVisible()
    hand.session.open(Document("Empty", engine.Graph()))
    settle(hand.session)
    assert not any(find(hand.view, f"landscape{axis}Axis", QComboBox).isVisible() for axis in "XY")
    labels = [label for label in hand.view.controls.findChildren(QLabel) if label.text() in ("x", "y")]
    assert len(labels) == 2 and not any(label.isVisible() for label in labels)
