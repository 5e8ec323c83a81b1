"""The swarm page: raced by its button, played by its controls, and drawn where the racers are."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSlider, QToolButton

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui import commands
from gdstudio.ui.survey.swarm import SwarmPage
from gdstudio.ui.survey.swarm_plot import draw_dots
from tests.ui.helpers import find

PINK = "#ff0080"
SGD = RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, color=PINK)


def bowl(*racers: RacerSettings, axes: tuple[str, ...] = ("x", "y")) -> Document:
    """x² + y² over −2…2: a step of gradient descent with 0.1 multiplies by 0.8."""
    graph = engine.parse("loss = x**2 + y**2", parameters={"x": 1.0, "y": 1.0})
    landscape = LandscapeSettings(axes=axes, ranges=((-2.0, 2.0),) * len(axes))
    return Document("Bowl", graph, landscape, RaceSettings(20, racers=racers))


@pytest.fixture
def page(open_survey, qtbot) -> SwarmPage:
    """1,024 racers from a grid of 32 × 32, at step 0."""
    page = open_survey(bowl(SGD), "swarm")
    count = find(page, "swarmCount", QComboBox)
    count.setCurrentIndex(count.findData(1_024))
    run(page, qtbot)
    page.pause()
    find(page, "swarmStep", QSlider).setValue(0)
    return page


def run(page: SwarmPage, qtbot) -> None:
    with qtbot.waitSignal(page.runner.ended, timeout=60_000):
        QTest.mouseClick(find(page, "swarmStart", QPushButton), Qt.MouseButton.LeftButton)


def test_every_racer_is_kept_at_every_step(page):
    found = page.result.swarm
    assert found.positions.shape == (21, 1_024, 2)
    np.testing.assert_allclose(found.positions[20], found.positions[0] * 0.8**20, rtol=1e-5)
    assert find(page, "swarmMessage", QLabel).text() == "1,024 racers, 20 steps."


def test_the_dots_are_where_the_racers_are(page):
    slider, plot = find(page, "swarmStep", QSlider), page.plot
    for step in (0, 4, 12):
        slider.setValue(step)
        assert find(page, "swarmStepLabel", QLabel).text() == f"step {step} of 20"
        image = plot.grab().toImage()
        for member in (0, 500, 1_023):
            x, y = page.result.swarm.positions[step, member]
            at = plot.mapFromScene(plot.box.mapViewToScene(QPointF(float(x), float(y))))
            near = {
                image.pixelColor(at.x() + dx, at.y() + dy).name() for dx in (-1, 0, 1) for dy in (-1, 0, 1)
            }
            assert PINK in near, (step, member)
        # All racers are within 2 · 0.8^step of the middle; farther out there is none.
        if step == 12:
            outside = plot.mapFromScene(plot.box.mapViewToScene(QPointF(-1.9, 1.9)))
            colours = {image.pixelColor(outside.x() + d, outside.y() + d).name() for d in range(12)}
            assert PINK not in colours


def test_playing_goes_to_the_end_and_pauses_there(page, qtbot):
    play = find(page, "swarmPlay", QToolButton)
    find(page, "swarmStep", QSlider).setValue(16)
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    assert page.playing and play.accessibleName() == "Pause the swarm"
    qtbot.waitUntil(lambda: not page.playing, timeout=60_000)
    assert find(page, "swarmStep", QSlider).value() == 20
    assert play.accessibleName() == "Play the swarm"
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    assert page.playing
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    assert not page.playing


def test_random_starts_are_those_of_the_races_seed(page, qtbot):
    spread = find(page, "swarmSpread", QComboBox)
    spread.setCurrentIndex(spread.findData("random"))
    run(page, qtbot)
    first = page.result.swarm.positions[0]
    run(page, qtbot)
    np.testing.assert_array_equal(first, page.result.swarm.positions[0])
    assert len(np.unique(first[:, 0])) > 1_000


def test_an_edit_of_the_race_drops_the_swarm_and_a_closed_window_stops_it(page):
    session = page._session
    session.edit("Steps", commands.set_steps(session.document, 30))
    assert page.result is None
    assert not find(page, "swarmPlay", QToolButton).isEnabled()
    assert "changed since" in find(page, "swarmMessage", QLabel).text()


def test_hiding_the_window_pauses(page):
    page.play()
    page.window().hide()
    assert not page.playing


def test_what_cannot_be_raced_is_told(open_survey, qtbot):
    line = open_survey(bowl(SGD, axes=("x",)), "swarm")
    QTest.mouseClick(find(line, "swarmStart", QPushButton), Qt.MouseButton.LeftButton)
    assert "choose two coordinates" in find(line, "swarmMessage", QLabel).text()
    nobody = open_survey(bowl(), "swarm")
    QTest.mouseClick(find(nobody, "swarmStart", QPushButton), Qt.MouseButton.LeftButton)
    assert "add one first" in find(nobody, "swarmMessage", QLabel).text()


def test_diverged_racers_are_counted_and_not_drawn(open_survey, qtbot):
    page = open_survey(bowl(SGD.replace(options={"learning_rate": 1e6})).replace(), "swarm")
    session = page._session
    session.edit("Steps", commands.set_steps(session.document, 60))
    count = find(page, "swarmCount", QComboBox)
    count.setCurrentIndex(count.findData(1_024))
    run(page, qtbot)
    assert find(page, "swarmMessage", QLabel).text() == "1,024 racers, 60 steps, 1,024 diverged."


def test_dots_are_crosses_with_a_rim_and_stay_inside():
    canvas = np.zeros((20, 30), dtype=np.uint32)
    px = np.array([10.4, 29.0, np.nan, np.inf, -5.0])
    py = np.array([5.2, 3.0, 3.0, 3.0, 3.0])
    draw_dots(canvas, px, py, 7, 3)
    assert canvas[5, 10] == canvas[4, 10] == canvas[5, 11] == 7
    assert canvas[4, 9] == canvas[5, 12] == 3
    assert (canvas == 7).sum() == 5 and (canvas == 3).sum() == 8
