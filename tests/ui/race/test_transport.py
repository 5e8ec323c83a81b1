from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider, QToolButton

from gdstudio.ui import theme as themes
from gdstudio.ui.race.number_field import NumberField
from tests.ui.race.support import child, settle, table, type_into


def click(panel, name: str) -> None:
    QTest.mouseClick(child(panel, QToolButton, name), Qt.MouseButton.LeftButton)


def label(panel) -> str:
    return child(panel, QLabel, "raceStepLabel").text()


def test_stepping_and_reset(panel):
    click(panel, "raceStepForward")
    click(panel, "raceStepForward")
    assert (panel.session.step, label(panel)) == (2, "step 2 of 40")
    click(panel, "raceStepBack")
    assert panel.session.step == 1
    click(panel, "raceEnd")
    assert (panel.session.step, label(panel)) == (40, "step 40 of 40")
    click(panel, "raceReset")
    assert panel.session.step == 0


def test_keys_step_and_play_with_the_focus_in_the_table(panel, qtbot):
    view = table(panel)
    panel.session.select_racer(0)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert panel.session.step == 1
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert panel.session.step == 11
    QTest.keyClick(view, Qt.Key.Key_End)
    assert panel.session.step == 40
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert panel.session.step == 0
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert panel.session.playing
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not panel.session.playing


def test_playing_reaches_the_end_and_stops(panel, qtbot):
    speed = child(panel, QSlider, "raceSpeed")
    speed.setValue(speed.maximum() - 1)
    with qtbot.waitSignal(panel.session.playing_changed, check_params_cb=lambda playing: not playing):
        click(panel, "racePlay")
    assert panel.session.step == 40
    assert child(panel, QSlider, "raceScrubber").value() == 40


def test_all_at_once_goes_to_the_end(panel, qtbot):
    speed = child(panel, QSlider, "raceSpeed")
    speed.setValue(speed.maximum())
    with qtbot.waitSignal(panel.session.playing_changed, check_params_cb=lambda playing: not playing):
        click(panel, "racePlay")
    assert panel.session.step == 40


def test_the_speed_is_the_session_s(panel):
    speed = child(panel, QSlider, "raceSpeed")
    speed.setValue(0)
    assert panel.session.speed == 1
    speed.setValue(3)
    assert panel.session.speed == 10


def test_loop_is_the_session_s(panel):
    click(panel, "raceLoop")
    assert panel.session.loop


@pytest.mark.parametrize("part", [0.25, 0.5, 0.9])
def test_a_click_on_the_scrubber_shows_that_step(panel, part):
    scrubber = child(panel, QSlider, "raceScrubber")
    at = QPoint(round(scrubber.width() * part), scrubber.height() // 2)
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=at)
    assert panel.session.step == pytest.approx(40 * part, abs=1)
    assert scrubber.value() == panel.session.step


def test_scrubbing_pauses(panel):
    panel.session.speed = 1
    panel.session.play()
    child(panel, QSlider, "raceScrubber").setValue(20)
    assert (panel.session.playing, panel.session.step) == (False, 20)


def test_the_number_of_steps_is_an_edit(panel, qtbot):
    steps = child(panel, NumberField, "raceSteps")
    type_into(steps, "60")
    settle(qtbot, panel.session)
    assert (panel.session.document.race.steps, panel.session.last_step) == (60, 60)
    assert child(panel, QSlider, "raceScrubber").maximum() == 60
    panel.session.undo_stack.undo()
    assert steps.value() == 40


@pytest.mark.parametrize("nonsense", ["0", "-3", "2.5", "many"])
def test_nonsense_in_the_number_of_steps_is_refused(panel, nonsense):
    type_into(child(panel, NumberField, "raceSteps"), nonsense)
    assert panel.session.document.race.steps == 40
    assert child(panel, QLabel, "raceMessage").text().startswith("steps: ")


def test_the_seed_is_an_edit(panel):
    type_into(child(panel, NumberField, "raceSeed"), "7")
    assert panel.session.document.race.seed == 7


@pytest.mark.parametrize("percent", [100, 130])
def test_the_words_about_the_step_have_room_at_any_size_of_text(panel, percent):
    counter, speed = child(panel, QLabel, "raceStepLabel"), child(panel, QLabel, "raceSpeedLabel")
    click(panel, "raceEnd")
    try:
        themes.switch().choose_text_size(percent)
        for words in (counter, speed):
            assert words.font().pixelSize() == themes.scaled(themes.FONT_PIXELS)
            assert words.width() >= words.fontMetrics().horizontalAdvance(words.text())
            assert words.minimumWidth() == words.maximumWidth()  # nothing moves while a race plays
    finally:
        themes.switch().choose_text_size(100)
