from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableWidget, QWidget

from gdstudio import engine, wording
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.engine import survey
from gdstudio.ui import commands, translation
from gdstudio.ui import theme as themes
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.survey.basins import basin_colours, goal_colour

SGD = RacerSettings("SGD", "sgd", {"learning_rate": 0.05}, start=(0.5, 0.5))
MOMENTUM = RacerSettings("Momentum", "momentum", {"learning_rate": 0.001}, start=(0.5, 0.5))


def double_well(*racers: RacerSettings, steps: int = 100) -> Document:
    """(x² − 1)² + y²: minima at (−1, 0) and (1, 0), and plain descent goes to the one on its side."""
    graph = engine.parse("loss = (x**2 - 1)**2 + y**2", parameters={"x": 0.5, "y": 0.5})
    landscape = LandscapeSettings(("x", "y"), ((-2.0, 2.0), (-1.0, 1.0)))
    return Document("Two wells", graph, landscape, RaceSettings(steps, racers=racers))


def child(page: QWidget, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def run(page, qtbot) -> None:
    """Press the button that starts the survey, and wait for its end."""
    with qtbot.waitSignal(page.runner.ended, timeout=60_000):
        QTest.mouseClick(
            child(page, QPushButton, f"{page.objectName()[:-4]}Start"), Qt.MouseButton.LeftButton
        )


def choose(page, name: str, data: object) -> None:
    field = child(page, QComboBox, name)
    field.setCurrentIndex(next(k for k in range(field.count()) if field.itemData(k) == data))


def words(page, name: str) -> str:
    return child(page, QLabel, name).text()


def picture(page) -> np.ndarray | None:
    """The colours of the cells on the page."""
    (item,) = (item for item in page.plot.getPlotItem().items if isinstance(item, pg.ImageItem))
    return item.image


def test_a_number_that_is_refused_starts_nothing(open_survey, qtbot):
    page = open_survey(double_well(SGD), "sweep")
    field = child(page, NumberField, "sweepXLow")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "abc")
    with qtbot.assertNotEmitted(page.runner.arrived, wait=100):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert words(page, "sweepMessage").startswith("“abc” is not a number")
    assert child(page, QPushButton, "sweepStart").isEnabled()


def test_enter_starts_the_survey_in_front(open_survey):
    page = open_survey(double_well(), "basins")
    window = page.window()
    for name in ("fair", "sweep", "swarm", "basins"):
        window.open_page(name)
    QTest.keyClick(page.racer, Qt.Key.Key_Return)
    assert "no racer to map" in words(page, "basinsMessage")
    window.open_page("fair")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert "No racer takes part" in words(window.pages["fair"], "fairMessage")


def test_a_refusal_goes_with_what_was_wrong_and_keeps_its_colour_until_then(open_survey):
    page = open_survey(double_well(), "sweep")
    child(page, QPushButton, "sweepStart").click()
    assert "no racer to sweep" in words(page, "sweepMessage")
    page.dress()
    assert themes.current().error.name() in child(page, QLabel, "sweepMessage").styleSheet()
    session = page._session
    session.edit("", commands.add_racer(session.document, SGD, 0))
    assert words(page, "sweepMessage") == ""


# Basins


@pytest.fixture
def basins(open_survey, qtbot):
    page = open_survey(double_well(SGD), "basins")
    choose(page, "basinsResolution", 64)
    run(page, qtbot)
    return page


def test_each_side_of_the_ridge_is_the_basin_of_its_well(basins):
    result = basins.result
    assert result.done
    found = sorted(goal.point for goal in result.goals)
    assert np.allclose(found, [(-1, 0), (1, 0)], atol=1e-6)
    left, right = (next(k for k, g in enumerate(result.goals) if g.point[0] * side > 0) for side in (-1, 1))
    assert (result.basin[:32] == left).all() and (result.basin[32:] == right).all()
    assert words(basins, "basinsMessage").startswith("100.0% of all starts reach a minimum within 100 steps")
    assert words(basins, "basinsLegend").count("50.0%") == 2


def test_the_picture_has_the_colour_of_the_minimum_darker_with_more_steps(basins):
    colours = basin_colours(basins.result)
    goal = int(basins.result.basin[48, 32])
    bright = np.array(goal_colour(goal).getRgb()[:3])
    at_the_well, far_away = colours[48, 32, :3], colours[33, 63, :3]
    assert np.allclose(at_the_well, bright, atol=30)
    assert far_away.sum() < at_the_well.sum()


def test_axes_come_with_the_picture(open_survey, qtbot):
    page = open_survey(double_well(SGD), "basins")
    axes = [page.plot.getAxis(side) for side in ("left", "bottom")]
    assert not any(axis.isVisible() for axis in axes)
    choose(page, "basinsResolution", 64)
    run(page, qtbot)
    assert all(axis.isVisible() for axis in axes)
    assert [axis.labelText for axis in axes] == ["y", "x"]


def test_a_cell_says_where_it_leads_and_a_click_starts_there(basins):
    session = basins._session
    QTest.keyClick(basins.plot, Qt.Key.Key_Right)
    assert "→ (1, " in words(basins, "basinsReadout")
    QTest.keyClick(basins.plot, Qt.Key.Key_Return)
    positions = basins.result.positions
    assert session.document.race.racers[0].start == (positions[0][32], positions[1][32])
    assert basins.result is not None  # the map does not depend on the start
    session.undo_stack.undo()
    assert session.document.race.racers[0].start == (0.5, 0.5)


def test_a_change_of_the_racer_or_the_loss_takes_the_map_away(basins):
    session = basins._session
    session.edit("", commands.set_racer_name(session.document, 0, "Another name"))
    assert basins.result is not None
    session.edit("", commands.set_option(session.document, 0, "learning_rate", 0.06))
    assert basins.result is None
    assert picture(basins) is None
    assert not any(basins.plot.getAxis(side).isVisible() for side in ("left", "bottom"))
    assert "changed since" in words(basins, "basinsMessage")


def test_one_axis_gives_a_strip(open_survey, qtbot):
    graph = engine.parse("loss = (x**2 - 1)**2", parameters={"x": 0.5})
    racer = SGD.replace(start=None)
    document = Document(
        "Line", graph, LandscapeSettings(("x",), ((-2.0, 2.0),)), RaceSettings(50, racers=(racer,))
    )
    page = open_survey(document, "basins")
    choose(page, "basinsResolution", 64)
    run(page, qtbot)
    assert picture(page).shape == (64, 1, 4)
    assert len(page.result.goals) == 2


def test_without_a_racer_a_sentence_says_what_is_missing(open_survey):
    page = open_survey(double_well(), "basins")
    child(page, QPushButton, "basinsStart").click()
    assert words(page, "basinsMessage") == "There is no racer to map; add one first."


def test_a_survey_can_be_stopped(open_survey, qtbot):
    page = open_survey(double_well(SGD, steps=5000), "basins")
    choose(page, "basinsResolution", 512)
    child(page, QPushButton, "basinsStart").click()
    stop = child(page, QPushButton, "basinsStop")
    assert stop.isEnabled()
    with qtbot.waitSignal(page.runner.ended, timeout=20_000):
        stop.click()
    assert not stop.isEnabled() and child(page, QPushButton, "basinsStart").isEnabled()
    assert words(page, "basinsMessage").startswith("Stopped")


# Sweep


@pytest.fixture
def sweep(open_survey, qtbot):
    page = open_survey(double_well(SGD, MOMENTUM), "sweep")
    page._session.select_racer(1)
    choose(page, "sweepCount", 16)
    return page


def set_number(page, name: str, value: str) -> None:
    field = child(page, NumberField, name)
    field.setFocus()
    field.lineEdit().selectAll()
    QTest.keyClicks(field.lineEdit(), value)
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)


def test_the_sweep_begins_around_the_racers_own_settings(sweep):
    assert child(sweep, QComboBox, "sweepX").currentText() == "learning rate"
    assert child(sweep, QComboBox, "sweepY").currentText() == "momentum"
    assert child(sweep, NumberField, "sweepXLow").value() == pytest.approx(0.001 / 30, rel=0.05)
    assert child(sweep, NumberField, "sweepYHigh").value() == 0.99


def test_each_cell_is_the_race_with_its_values_and_becomes_a_racer(sweep, qtbot):
    set_number(sweep, "sweepXLow", "0.01")
    set_number(sweep, "sweepXHigh", "0.5")
    run(sweep, qtbot)
    result, session = sweep.result, sweep._session
    QTest.keyClick(sweep.plot, Qt.Key.Key_Left)
    i, j = 8, 8
    told = {"learning_rate": float(result.values[0][i]), "momentum": float(result.values[1][j])}
    assert "loss at the end" in words(sweep, "sweepReadout")
    QTest.keyClick(sweep.plot, Qt.Key.Key_Return)
    added = session.document.race.racers[2]
    assert {name: added.options[name] for name in told} == told
    race = engine.Race(session.document.graph.compile(), session.document.race_inputs(), 100).run()
    assert race.losses[2][-1] == pytest.approx(result.losses[i, j], rel=1e-9)
    assert sweep.result is not None
    session.undo_stack.undo()
    assert len(session.document.race.racers) == 2


def test_racers_about_to_diverge_leave_the_colours_to_those_that_came_down(sweep, qtbot):
    run(sweep, qtbot)
    ends = np.array([[1e-20, 1e-6, 1e-2], [1.0, 1e12, np.nan]])
    sweep.result = replace(
        sweep.result, losses=ends, lowest=np.minimum(ends, 7.0), diverged=np.isnan(ends), steps=None
    )
    values = sweep._outcome()
    colours = sweep._scale(values).indices(values)
    assert len({*colours[0].tolist(), colours[1, 0]}) == 4
    assert sweep._scale(values).high == 7.0


def test_the_best_cell_is_named(sweep, qtbot):
    run(sweep, qtbot)
    best = sweep.result.best
    assert f"learning rate {best['learning_rate']:g}" in words(sweep, "sweepMessage")


def test_steps_to_a_target_need_the_target_first(sweep, qtbot):
    assert not child(sweep, NumberField, "sweepTarget").isVisible()
    choose(sweep, "sweepMeasure", "steps")
    set_number(sweep, "sweepTarget", "0.5")
    run(sweep, qtbot)
    steps = sweep.result.steps
    assert steps is not None and (steps != survey.NEVER).any()
    assert np.isnan(sweep._outcome()[steps == survey.NEVER]).all()


def test_a_target_that_is_refused_says_why(sweep):
    choose(sweep, "sweepMeasure", "steps")
    field = child(sweep, NumberField, "sweepTarget")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert words(sweep, "sweepMessage").startswith("“abc” is not a number")


def test_the_same_option_twice_and_ranges_the_wrong_way_are_refused(sweep):
    field = child(sweep, QComboBox, "sweepY")
    field.setCurrentText("learning rate")
    child(sweep, QPushButton, "sweepStart").click()
    assert "Both axes are the same" in words(sweep, "sweepMessage")
    field.setCurrentIndex(0)
    set_number(sweep, "sweepXHigh", "1e-9")
    child(sweep, QPushButton, "sweepStart").click()
    said = "Learning rate must go from a lower to a higher value, not from 3.3e−5 to 1e−9."
    assert words(sweep, "sweepMessage") == said


def test_another_steps_count_takes_the_sweep_away(sweep, qtbot):
    run(sweep, qtbot)
    session = sweep._session
    session.edit("", commands.set_steps(session.document, 120))
    assert sweep.result is None
    assert words(sweep, "sweepMessage").startswith("The race has changed since")


def test_another_choice_takes_the_sweep_away_and_says_so(sweep, qtbot):
    run(sweep, qtbot)
    choose(sweep, "sweepCount", 8)
    assert sweep.result is None
    assert words(sweep, "sweepMessage").startswith("Something else is chosen now")


# Fair race


@pytest.fixture
def fair(open_survey, qtbot):
    page = open_survey(double_well(SGD.replace(options={"learning_rate": 1e-4}), MOMENTUM), "fair")
    run(page, qtbot)
    return page


def test_every_racer_gets_a_better_setting_from_the_same_budget(fair):
    table = child(fair, QTableWidget, "fairTable")
    assert [table.item(row, 0).text() for row in range(2)] == ["SGD", "Momentum"]
    assert all(one.score < one.score_given and len(one.scores) == 48 for one in fair.result.tuned)
    assert words(fair, "fairReport").startswith(
        "48 settings for each racer, 100 steps each, from (0.5, 0.5), seed 0"
    )
    assert words(fair, "fairMessage") == "2 of 2 racers do better with what was found."


def test_the_racers_take_what_was_found_as_one_edit(fair):
    session = fair._session
    before = session.document
    child(fair, QPushButton, "fairUse").click()
    for racer, one in zip(session.document.race.racers, fair.result.tuned, strict=True):
        assert racer.options["learning_rate"] == pytest.approx(one.found["learning_rate"], rel=1e-5)
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.document is before
    child(fair, QPushButton, "fairCopy").click()
    assert QApplication.clipboard().text() == str(fair.result)


def test_random_starts_are_the_same_for_all(open_survey, qtbot):
    adagrad = SGD.replace(name="AdaGrad", optimizer="adagrad")
    page = open_survey(double_well(adagrad, MOMENTUM), "fair")
    set_number(page, "fairStarts", "5")
    choose(page, "fairSecond", "momentum")
    run(page, qtbot)
    starts = page.result.starts
    assert starts.shape == (5, 2)
    assert (np.abs(starts) <= (2.0, 1.0)).all()
    assert set(page.result.tuned[1].found) == {"learning_rate", "momentum"}
    assert set(page.result.tuned[0].found) == {"learning_rate"}


# Before there is a result


@pytest.mark.parametrize("percent", themes.TEXT_PERCENTS)
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_window_does_not_grow_from_page_to_page(open_survey, language, percent):
    translation.choose(language)
    themes.switch().choose_text_size(percent)
    window = open_survey(double_well(SGD), "basins").window()
    size = window.size()
    for page in ("swarm", "sweep", "fair"):
        window.open_page(page)
        QApplication.processEvents()
        assert window.size() == size


@pytest.mark.parametrize("page", ["basins", "swarm", "sweep", "fair"])
def test_an_empty_survey_says_what_it_shows_and_what_to_press(open_survey, page):
    shown = open_survey(double_well(SGD), page)
    invitation = child(shown, QLabel, f"{page}Invitation")
    assert invitation.isVisible()
    assert child(shown, QPushButton, f"{page}Start").text() in invitation.text()
    over = invitation.parentWidget()
    assert over.rect().contains(invitation.geometry()) and invitation.width() > 200
    assert invitation.heightForWidth(invitation.width()) < invitation.height()


def test_the_invitation_gives_way_to_a_result_and_returns_when_that_is_gone(open_survey, qtbot):
    page = open_survey(double_well(SGD), "basins")
    choose(page, "basinsResolution", 64)
    invitation = child(page, QLabel, "basinsInvitation")
    size = page.plot.size()
    child(page, QPushButton, "basinsStart").click()
    page.layout().activate()
    assert not invitation.isVisible() and page.plot.size() == size
    qtbot.waitUntil(lambda: not page.runner.running, timeout=60_000)
    assert not invitation.isVisible() and page.result is not None
    session = page._session
    session.edit("More steps", session.document.replace(race=session.document.race.replace(steps=50)))
    assert page.result is None and invitation.isVisible()


def test_the_titles_of_the_fair_race_have_room_beside_large_text(open_survey):
    themes.switch().choose_text_size(130)
    table = child(open_survey(double_well(SGD), "fair"), QTableWidget, "fairTable")
    header = table.horizontalHeader()
    for column in range(table.columnCount()):
        title = table.horizontalHeaderItem(column).text()
        assert header.fontMetrics().horizontalAdvance(title) < header.sectionSize(column)


def test_a_fair_race_can_tune_nothing_else_before_there_are_racers(open_survey):
    page = open_survey(double_well(), "fair")
    field = child(page, QComboBox, "fairSecond")
    assert [field.itemText(k) for k in range(field.count())] == ["nothing else"]
