from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton

from gdstudio.ui.race.presets import presets
from gdstudio.ui.race.racers_model import Column
from tests.ui.race.support import ADAM, SGD, child, line_fit, settle, table, text


def chosen(panel, title: str) -> None:
    menu = child(panel, QToolButton, "racerPresets").menu()
    next(action for action in menu.actions() if action.text() == title).trigger()


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.title)
def test_every_preset_races_and_is_one_undo_step(panel, qtbot, preset):
    chosen(panel, preset.title)
    settle(qtbot, panel.session)
    racers = panel.session.document.race.racers
    assert len(racers) >= 3
    assert len({racer.name for racer in racers}) == len(racers)
    assert len(panel.session.race_result.losses) == len(racers)
    assert table(panel).model().rowCount() == len(racers)
    panel.session.undo_stack.undo()
    assert [text(panel, row, Column.NAME) for row in range(3)] == ["SGD", "Momentum", "Adam"]


def test_the_eight_of_keras(panel):
    chosen(panel, "The eight of Keras")
    names = [racer.optimizer for racer in panel.session.document.race.racers]
    assert names == ["sgd", "rmsprop", "adam", "adadelta", "adagrad", "adamax", "nadam", "ftrl"]


def test_three_learning_rates_of_the_selected_racer():
    document = line_fit(ADAM, SGD)
    preset = next(preset for preset in presets() if "too small" in preset.title)
    racers = preset.racers(document, 1)
    assert [racer.options["learning_rate"] for racer in racers] == [0.001, 0.1, 3.0]
    assert {racer.optimizer for racer in racers} == {"sgd"}
    assert [racer.name for racer in racers] == ["Too small: SGD", "Right: SGD", "Too large: SGD"]


def test_too_large_diverges_and_right_does_not(panel, qtbot):
    panel.session.select_racer(0)
    chosen(panel, "Learning rate too small / right / too large")
    settle(qtbot, panel.session)
    # λmax = 4 + √10 on the line fit, so descent is stable below 2/λmax = 0.279.
    losses = panel.session.race_result.losses
    assert losses[1][-1] < 1e-2 < losses[0][-1] < 7
    assert losses[2][-1] > 1e30


def test_racers_of_a_preset_start_together_and_keep_what_was_tuned(panel):
    panel.model.set_start(0, "0, 3")
    chosen(panel, "Adaptive family")
    racers = panel.session.document.race.racers
    assert {racer.start for racer in racers} == {(0.0, 3.0)}
    assert next(racer for racer in racers if racer.optimizer == "adam").options == {"learning_rate": 0.05}
