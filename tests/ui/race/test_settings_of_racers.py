"""Schedule, batches, noise and convention: in the form, in the race, and in the explanation of its steps."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton, QWidget

from gdstudio import engine
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.engine import Race
from gdstudio.engine.data import Batches
from gdstudio.ui.race import edits
from gdstudio.ui.race.explain import Explainer
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.race.schedule_curve import ScheduleCurve
from tests.ui.race.support import (
    ADAM,
    MOMENTUM,
    SGD,
    child,
    click_cell,
    line_fit,
    settle,
    text,
    type_into,
    wait_for_form,
)


def cloud(*racers: RacerSettings, steps: int = 12) -> Document:
    """A line fitted to six rows of data."""
    graph = engine.parse(
        "loss = mean((a*x + b - y)**2)",
        parameters={"a": 2.0, "b": -1.0},
        data={"x": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.0, 2.0, 2.0, 4.0, 5.0, 5.0]},
    )
    return Document("Cloud", graph, race=RaceSettings(steps=steps, racers=racers))


def choose(panel, name: str, data: object) -> None:
    """Choose an entry of a list with the keyboard."""
    field = child(panel, QComboBox, name)
    field.setFocus()
    wanted = next(k for k in range(field.count()) if field.itemData(k) == data)
    key = Qt.Key.Key_Down if wanted > field.currentIndex() else Qt.Key.Key_Up
    for _ in range(abs(wanted - field.currentIndex())):
        QTest.keyClick(child(panel, QComboBox, name), key)
        wait_for_form(panel)


@pytest.fixture
def form(panel):
    """The panel with the form of SGD (row 0, learning rate 0.1, 40 steps) open."""
    click_cell(panel, 0, Column.OPTIONS)
    return panel


def racer(panel, row: int = 0) -> RacerSettings:
    return panel.session.document.race.racers[row]


def test_a_schedule_is_chosen_shown_raced_and_undone(form, qtbot):
    choose(form, "racerSchedule", "step")
    assert racer(form).schedule == ("step", {})
    type_into(child(form, NumberField, "schedule_every"), "10")
    settle(qtbot, form.session)
    expected = 0.1 * 0.5 ** np.floor(np.arange(41) / 10)
    assert child(form, ScheduleCurve, "scheduleCurve").rates == pytest.approx(expected)
    assert form.session.race_result.learning_rates[0] == pytest.approx(expected)
    assert text(form, 0, Column.OPTIONS).startswith("step schedule")
    child(form, QToolButton, "resetSchedule_every").click()
    assert racer(form).schedule == ("step", {})
    while form.session.undo_stack.canUndo():
        form.session.undo_stack.undo()
    assert racer(form).schedule is None
    wait_for_form(form)
    assert form.findChild(QWidget, "scheduleCurve") is None


def test_a_schedule_with_a_length_takes_that_of_the_race(form):
    choose(form, "racerSchedule", "cosine")
    assert racer(form).schedule == ("cosine", {"steps": 40.0})
    rates = child(form, ScheduleCurve, "scheduleCurve").rates
    assert rates[20] == pytest.approx(0.05)
    assert rates[40] == pytest.approx(0.0, abs=1e-15)


def test_milestones_are_typed_with_commas(form, qtbot):
    choose(form, "racerSchedule", "multi_step")
    type_into(child(form, QLineEdit, "schedule_milestones"), "5, 15")
    assert racer(form).schedule[1] == {"milestones": [5.0, 15.0]}
    settle(qtbot, form.session)
    assert form.session.race_result.learning_rates[0][[4, 5, 15]] == pytest.approx([0.1, 0.05, 0.025])
    type_into(child(form, QLineEdit, "schedule_milestones"), "five")
    assert "“five” is not a number" in child(form, QLabel, "raceMessage").text()
    assert child(form, QLineEdit, "schedule_milestones").text() == "5, 15"


def test_lists_of_different_length_are_refused(form):
    choose(form, "racerSchedule", "multi_step")
    type_into(child(form, QLineEdit, "schedule_gammas"), "0.5")
    assert "give as many" in child(form, QLabel, "raceMessage").text()
    assert racer(form).schedule == ("multi_step", {})


def test_a_plateau_schedule_shows_the_rates_of_the_race(form, qtbot):
    choose(form, "racerSchedule", "reduce_on_plateau")
    settle(qtbot, form.session)
    rates = form.session.race_result.learning_rates[0]
    assert np.array_equal(child(form, ScheduleCurve, "scheduleCurve").rates, rates)


def test_noise_is_drawn_from_the_seed(form, qtbot):
    before = form.session.race_result.paths[0]
    type_into(child(form, NumberField, "racer_noise"), "0.5")
    settle(qtbot, form.session)
    assert racer(form).noise == 0.5
    noise = 0.5 * np.random.default_rng([0, 0]).standard_normal((41, 2))[0]
    # One step of descent: the gradient at (2, 2) is (8, 6).
    assert form.session.race_result.paths[0][1] == pytest.approx((2, 2) - 0.1 * (np.array([8, 6]) + noise))
    form.session.undo_stack.undo()
    settle(qtbot, form.session)
    assert np.array_equal(form.session.race_result.paths[0], before)


def test_a_convention_brings_its_defaults(panel, qtbot):
    click_cell(panel, 2, Column.OPTIONS)
    choose(panel, "racerConvention", "keras")
    assert racer(panel, 2).convention == "keras"
    assert child(panel, NumberField, "option_epsilon").value() == 1e-7
    assert "Keras" in text(panel, 2, Column.OPTIONS)
    settle(qtbot, panel.session)
    # The racer's own learning rate stays.
    assert panel.session.race_result.learning_rates[2][0] == 0.05


def test_batches_need_data_in_the_graph(form):
    assert form.findChild(QWidget, "racer_batch_size") is None


def test_a_batch_size_is_set_and_taken_back(open_panel, qtbot):
    panel = open_panel(cloud(SGD.replace(options={"learning_rate": 0.01})))
    click_cell(panel, 0, Column.OPTIONS)
    batch = child(panel, NumberField, "racer_batch_size")
    assert batch.lineEdit().text() == "all"
    type_into(batch, "7")
    assert "from 0 to 6" in child(panel, QLabel, "raceMessage").text()
    type_into(batch, "2")
    settle(qtbot, panel.session)
    assert racer(panel).batch_size == 2
    assert panel.session.race_result.racers[0].batch_size == 2
    type_into(batch, "0")
    assert racer(panel).batch_size is None
    assert batch.lineEdit().text() == "all"
    type_into(batch, "3")
    type_into(batch, "all")
    assert racer(panel).batch_size is None


def test_the_order_of_batches_waits_for_a_batch_size(open_panel):
    panel = open_panel(cloud(SGD.replace(options={"learning_rate": 0.01})))
    click_cell(panel, 0, Column.OPTIONS)
    assert not child(panel, QComboBox, "racerBatchOrder").isEnabled()
    type_into(child(panel, NumberField, "racer_batch_size"), "2")
    assert child(panel, QComboBox, "racerBatchOrder").isEnabled()


def test_a_curriculum_is_chosen_and_raced(open_panel, qtbot):
    panel = open_panel(cloud(SGD.replace(options={"learning_rate": 0.01}, batch_size=2)))
    click_cell(panel, 0, Column.OPTIONS)
    assert panel.findChild(QWidget, "racerBatchScores") is None
    choose(panel, "racerBatchOrder", "curriculum")
    choose(panel, "racerBatchScores", "y")
    type_into(child(panel, NumberField, "racer_batch_opening"), "0.5")
    type_into(child(panel, NumberField, "racer_batch_ramp"), "12")
    told = racer(panel)
    assert (told.batch_order, told.batch_scores, told.batch_opening, told.batch_ramp) == (
        "curriculum",
        "y",
        0.5,
        12,
    )
    assert "batch 2, easy rows first" in text(panel, 0, Column.OPTIONS)
    settle(qtbot, panel.session)
    easiest = Batches(6, 2, "curriculum", 0, np.array([1.0, 2.0, 2.0, 4.0, 5.0, 5.0]), 0.5, 12).rows(0)
    assert set(easiest) <= {0, 1, 2}
    x, y = np.arange(6.0)[easiest], np.array([1.0, 2.0, 2.0, 4.0, 5.0, 5.0])[easiest]
    moved = 2.0 - 0.01 * np.mean(2 * (2.0 * x - 1.0 - y) * x)
    assert panel.session.race_result.paths[0][1, 0] == pytest.approx(moved, rel=1e-12)


def test_a_part_that_no_curriculum_can_open_with_is_refused(open_panel):
    panel = open_panel(cloud(SGD.replace(batch_size=2, batch_order="curriculum")))
    click_cell(panel, 0, Column.OPTIONS)
    type_into(child(panel, NumberField, "racer_batch_opening"), "0")
    assert child(panel, QLabel, "raceMessage").text() == (
        "batch opening: 0 is out of range; a number from 0.01 to 1 is right"
    )
    assert racer(panel).batch_opening == 0.2


def test_the_path_average_is_set_in_the_form(form, qtbot):
    type_into(child(form, NumberField, "racer_average_decay"), "0.9")
    assert racer(form).average_decay == 0.9
    assert "path average 0.9" in text(form, 0, Column.OPTIONS)
    settle(qtbot, form.session)
    result = form.session.race_result
    expected = 0.9 * result.paths[0][0] + 0.1 * result.paths[0][1]
    assert result.average(0)[1] == pytest.approx(expected)


@pytest.mark.parametrize(
    "told",
    [
        {"schedule": ("cosine", {"steps": 12.0})},
        {"noise": 0.3},
        {"batch_size": 2},
        {"batch_size": 2, "batch_order": "curriculum", "batch_scores": "x", "batch_ramp": 6},
        {"batch_size": 3, "noise": 0.1, "schedule": ("step", {"every": 3.0})},
        {"clip_norm": 0.5},
        {"gradient": "numerical", "noise": 0.2},
        {"schedule": ("reduce_on_plateau", {"patience": 1.0})},
    ],
    ids=str,
)
@pytest.mark.parametrize("base", [SGD, MOMENTUM, ADAM], ids=lambda racer: racer.name)
def test_an_explained_step_ends_where_such_a_racer_went(base, told):
    options = {"learning_rate": 0.02}
    document = cloud(SGD, base.replace(options=options, **told))
    result = Race(document.graph.compile(), document.race_inputs(), steps=12, seed=0).run()
    explainer = Explainer(document, document.race.racers[1], result.paths[1], result.learning_rates[1], 1)
    for step in (0, 7, 11):
        assert explainer.explain(step).lines[-1].value == pytest.approx(result.paths[1][step + 1], rel=1e-9)


def test_a_rule_takes_along_only_what_it_can_use(panel):
    told = ADAM.replace(schedule=("cosine", {}), convention="torch", batch_size=2)
    document = line_fit(told)
    newton = edits.set_optimizer(document, 0, "newton").race.racers[0]
    assert newton.batch_size is None and newton.convention is None
    assert edits.set_optimizer(document, 0, "sgd").race.racers[0].schedule == ("cosine", {})
