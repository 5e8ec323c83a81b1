"""The learning rate against the curvature: bounds and rates by hand and against races, and the note in the form."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gdstudio import engine
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.engine import Race, Racer, optimizers
from gdstudio.ui.race import stability_note
from gdstudio.ui.race.explain import Explainer
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.race.scaling import has_scales, preconditioned, scaled_step
from gdstudio.ui.race.stability import (
    Recurrence,
    added_curvature,
    observed_factor,
    recurrence_of,
    silence_of,
)
from gdstudio.ui.worker import Worker
from tests.ui.race.support import ADAM, SGD, child, click_cell, type_into, wait_for_form

# 5·x² + 0.5·y²: curvatures 1 and 10.
QUADRATIC = engine.parse("loss = 5*x**2 + 0.5*y**2", parameters={"x": 1.0, "y": 1.0})
CURVATURES = np.array([1.0, 10.0])
PLAIN = Recurrence.heavy_ball(0.0)
KINDS = {"heavy ball": Recurrence.heavy_ball, "nesterov": Recurrence.nesterov}


def test_plain_descent_by_hand():
    assert PLAIN.stable_rate(10.0) == 0.2
    assert PLAIN.best_rate(CURVATURES) == pytest.approx(2 / 11)
    # The best rate shrinks both ends alike, by (κ − 1)/(κ + 1).
    assert PLAIN.factor(2 / 11, CURVATURES) == pytest.approx(9 / 11)
    assert PLAIN.factor(0.2, CURVATURES) == pytest.approx(1.0)


@pytest.mark.parametrize("kind", ["heavy ball", "nesterov"])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_at_the_bound_a_race_neither_comes_nor_goes(kind, momentum):
    rule = KINDS[kind](momentum)
    bound = rule.stable_rate(10.0)
    assert rule.factor(bound, np.array([10.0])) == pytest.approx(1.0)
    lengths = []
    for rate in (0.98 * bound, 1.02 * bound):
        options = {"learning_rate": rate, "momentum": momentum, "nesterov": kind == "nesterov"}
        result = Race(QUADRATIC.compile(), [Racer("sgd", options)], steps=400).run()
        lengths.append(np.linalg.norm(result.paths[0][-1]))
    assert lengths[0] < 1.0 < lengths[1]


@pytest.mark.parametrize("kind", ["heavy ball", "nesterov"])
@pytest.mark.parametrize(("momentum", "rate"), [(0.0, 0.05), (0.3, 0.05), (0.6, 0.01)])
def test_a_race_converges_at_the_predicted_rate(kind, momentum, rate):
    options = {"learning_rate": rate, "momentum": momentum, "nesterov": kind == "nesterov"}
    result = Race(QUADRATIC.compile(), [Racer("sgd", options)], steps=300).run()
    predicted = KINDS[kind](momentum).factor(rate, CURVATURES)
    assert observed_factor(result.gradient_norms[0], 300) == pytest.approx(predicted, rel=2e-3)


def test_the_best_rate_has_no_better_neighbour():
    rule = Recurrence.heavy_ball(0.5)
    best = rule.best_rate(CURVATURES)
    factor = rule.factor(best, CURVATURES)
    assert all(rule.factor(best * share, CURVATURES) >= factor - 1e-3 for share in (0.5, 0.9, 1.1, 1.5))


def test_what_cannot_be_observed():
    norms = np.array([1.0, 0.5, 0.25, 0.0])
    assert observed_factor(norms, 0) is None
    assert observed_factor(norms, 2) == pytest.approx(0.5)
    assert observed_factor(norms, 3) is None
    assert observed_factor(norms, 9) is None


@pytest.mark.parametrize(
    ("optimizer", "options", "expected"),
    [
        ("sgd", {}, Recurrence.heavy_ball(0.0)),
        ("sgd", {"momentum": 0.9, "nesterov": True}, Recurrence.nesterov(0.9)),
        ("sgd", {"momentum": 0.5, "dampening": 0.5}, Recurrence(0.5, 1.0)),
        ("sgd", {"weight_decay": 0.1, "decoupled_weight_decay": True}, Recurrence(0.0, 1.0, decay=0.1)),
        ("momentum", {}, Recurrence.heavy_ball(0.9)),
        ("nesterov", {"momentum": 0.5}, Recurrence.nesterov(0.5)),
        ("heavy_ball", {}, Recurrence.heavy_ball(0.9)),
        ("sgd", {"maximize": True}, None),
        ("adam", {}, None),
    ],
)
def test_which_rules_are_such_recurrences(optimizer, options, expected):
    assert recurrence_of(RacerSettings("A", optimizer, options)) == expected


@pytest.mark.parametrize(
    ("optimizer", "options", "why"),
    [
        ("sgd", {"maximize": True}, "ascent"),
        ("lion", {}, "fixed length"),
        ("lamb", {}, "fixed length"),
        ("prodigy", {}, "own rate"),
        ("newton", {}, "line search"),
        (optimizers.parse_rule("x = x - 0.1*g"), {}, "own rule"),
        ("adam", {"cautious": True}, "other"),
        ("schedule_free_sgd", {}, "other"),
    ],
)
def test_where_no_bound_is_known_there_is_a_reason(optimizer, options, why):
    racer = RacerSettings("A", optimizer, options)
    assert recurrence_of(racer) is None and not has_scales(racer)
    assert silence_of(racer) == why


def scaled_at(racer: RacerSettings, document: Document, step: int) -> tuple[Recurrence, np.ndarray]:
    """A rule's recurrence and its scales at a step of its own race."""
    racers = document.replace(race=RaceSettings(steps=step + 1, racers=(racer,)))
    path = Race(document.graph.compile(), racers.race_inputs(), steps=step + 1).run().paths[0]
    return scaled_step(racer, Explainer(racers, racer, path).lines(step))


def test_adam_by_hand():
    # The first gradients are (10, 1), so v̂ = (100, 1), and P = (1 − 0.9)·√v̂ = (1, 0.1): P⁻¹H has 10 twice.
    recurrence, scales = scaled_at(ADAM, Document("Q", QUADRATIC), 0)
    assert scales == pytest.approx([1.0, 0.1])
    curvatures = preconditioned(np.diag([10.0, 1.0]), scales)
    assert curvatures == pytest.approx([10.0, 10.0])
    # (2 + 2·0.9)/(1 − 0.9) = 38, so η is stable below 3.8.
    assert recurrence.stable_rate(10.0) == pytest.approx(3.8)
    assert recurrence.stable_rate(1.0) == pytest.approx(38.0)


def test_scales_of_rmsprop_adagrad_and_adadelta_by_hand():
    quadratic = Document("Q", QUADRATIC)
    racer = RacerSettings("R", "rmsprop", {"rho": 0.75, "epsilon": 0.5})
    # v = 0.25·g², so √v = (5, 0.5).
    assert scaled_at(racer, quadratic, 0)[1] == pytest.approx([5.5, 1.0])
    racer = RacerSettings(
        "R", "adagrad", {"initial_accumulator": 3.0, "epsilon": 1.0, "epsilon_place": "inside"}
    )
    assert scaled_at(racer, quadratic, 0)[1] == pytest.approx([np.sqrt(104.0), np.sqrt(5.0)])
    racer = RacerSettings("R", "adadelta", {"rho": 0.75, "epsilon": 0.25})
    # u is 0 before the first step: √(v + ¼)/√¼.
    assert scaled_at(racer, quadratic, 0)[1] == pytest.approx([2 * np.sqrt(25.25), 2 * np.sqrt(0.5)])


def test_the_eigenvalues_of_a_preconditioned_hessian_by_hand():
    # P⁻¹H = ((1, ½), (2, 8)): its trace is 9, its determinant 7.
    found = preconditioned(np.array([[2.0, 1.0], [1.0, 4.0]]), np.array([2.0, 0.5]))
    assert found.sum() == pytest.approx(9.0)
    assert found.prod() == pytest.approx(7.0)


# From so near the minimum the gradients are nothing beside these epsilons, which holds the scales still.
NEAR = 1e-120
STILL = {"epsilon": 0.1}


@pytest.mark.parametrize(
    ("optimizer", "options"),
    [
        ("adam", STILL),
        ("adam", STILL | {"beta1": 0.5, "weight_decay": 2.0}),
        ("adamw", STILL | {"weight_decay": 0.5}),
        ("amsgrad", STILL),
        ("adamax", STILL | {"epsilon_place": "norm"}),
        ("adabelief", STILL),
        ("yogi", STILL | {"initial_accumulator": 0.0}),
        ("nadam", STILL | {"warm_momentum": False}),
        ("qhadam", STILL | {"beta1": 0.9}),
        ("rmsprop", STILL),
        ("rmsprop", STILL | {"momentum": 0.5}),
        ("rmsprop", STILL | {"momentum": 0.5, "nesterov": True}),
        ("adagrad", {"initial_accumulator": 100.0}),
        ("qhm", {"beta": 0.9, "nu": 0.5}),
        ("sgd", {"weight_decay": 3.0}),
        ("sgd", {"momentum": 0.8, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    ],
)
def test_below_the_bound_a_race_comes_closer_and_above_it_goes(optimizer, options):
    racer = RacerSettings("R", optimizer, options, start=(NEAR, NEAR))
    document = Document("Q", QUADRATIC)
    hessian = np.diag([10.0, 1.0]) + added_curvature(racer) * np.eye(2)
    recurrence, scales = recurrence_of(racer), np.ones(2)
    if recurrence is None:
        assert has_scales(racer)
        recurrence, scales = scaled_at(racer, document, 300)
    bound = recurrence.stable_rate(preconditioned(hessian, scales)[-1])
    steep = []
    for rate in (0.97 * bound, 1.03 * bound):
        started = Racer(optimizer, options | {"learning_rate": rate}, start=[NEAR, NEAR])
        result = Race(QUADRATIC.compile(), [started], steps=600).run()
        # By then the corrections of the first averages are over.
        steep.append(abs(result.paths[0][600][0] / result.paths[0][500][0]))
    assert steep[0] < 0.3 and steep[1] > 3.0


@pytest.fixture
def note(open_panel, qtbot):
    """The note of a racer on the quadratic with the form open; a function that waits for words in it."""
    race = RaceSettings(steps=60, racers=(SGD.replace(options={"learning_rate": 0.05}), ADAM))
    panel = open_panel(Document("Quadratic", QUADRATIC, race=race))
    click_cell(panel, 0, Column.OPTIONS)

    def waiting_for(*words: str) -> str:
        label = child(panel, QLabel, "racerStability")
        qtbot.waitUntil(lambda: all(word in label.text() for word in words), timeout=30_000)
        return label.text()

    return panel, waiting_for


def test_the_note_tells_bound_best_predicted_and_observed(note):
    panel, waiting_for = note
    waiting_for("2/λ<sub>max</sub> = 0.200", "Quickest at η = 0.182", "by 0.9500")
    panel.session.set_step(60)
    # After sixty steps the steep direction is gone, and what is left shrinks by 1 − 0.05.
    waiting_for("Observed: the last steps multiplied the gradient by 0.9500")


def test_a_rate_that_is_too_large_is_said_to_be(note):
    panel, waiting_for = note
    type_into(child(panel, NumberField, "option_learning_rate"), "0.21")
    waiting_for("η = 0.210 is too large, so its steps grow")


def test_momentum_widens_the_bound(note):
    panel, waiting_for = note
    type_into(child(panel, NumberField, "option_momentum"), "0.5")
    waiting_for("2(1+β)/λ<sub>max</sub> = 0.300")


def test_the_note_of_adam_goes_by_its_scales(note):
    panel, waiting_for = note
    panel.session.select_racer(1)
    wait_for_form(panel)
    # At the first step P⁻¹H is 10 twice, see above; descent with an averaged momentum is quickest well below.
    waiting_for("(2+2β)/((1−β)λ<sub>max</sub>(P⁻¹H)) = 3.80", "With these scales")
    type_into(child(panel, NumberField, "option_learning_rate"), "4")
    waiting_for("η = 4.00 is above, so steps grow until the scales have grown too")


def test_a_clipped_racer_is_told_where_the_bound_holds(note):
    panel, waiting_for = note
    type_into(child(panel, NumberField, "option_clip_norm"), "1")
    waiting_for("= 0.200", "too short to be clipped")


def test_a_rule_without_a_bound_says_why(note):
    panel, waiting_for = note
    panel.model.set_optimizer(0, "lion")
    waiting_for("Its steps do not shrink with the gradient")
    panel.model.set_optimizer(0, "sgd")
    waiting_for("2/λ<sub>max</sub>")


def test_an_answer_that_comes_after_its_race_is_gone_is_not_shown(note, qtbot, monkeypatch):
    panel, waiting_for = note
    waiting_for("2/λ<sub>max</sub> = 0.200")
    label = child(panel, QLabel, "racerStability")
    begun, go_on, found = threading.Event(), threading.Event(), stability_note._found

    def held(*given):
        begun.set()
        assert go_on.wait(30)
        return found(*given)

    monkeypatch.setattr(stability_note, "_found", held)
    panel.session.set_step(30)
    qtbot.waitUntil(begun.is_set, timeout=30_000)
    racers = panel.session.document.race.racers
    panel.model.setData(
        panel.model.index(0, Column.ON), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    assert racers[0].enabled and not panel.session.document.race.racers[0].enabled
    qtbot.waitUntil(lambda: label.text() == "", timeout=30_000)
    with qtbot.waitSignal(label.findChild(Worker).finished, timeout=30_000):
        go_on.set()
    assert label.text() == ""
