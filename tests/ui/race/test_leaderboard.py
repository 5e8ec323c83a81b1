"""Who leads: numbers by hand, the board in the panel, and the podium at the end of the race."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView, QToolButton

from gdstudio import engine
from gdstudio.document import files, library
from gdstudio.ui.race.leaderboard import COLUMNS
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.podium import Podium
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.race.results import RacerResult
from gdstudio.ui.race.standings import common_target, ranked, standing
from tests.ui.race.support import ADAM, MOMENTUM, SGD, bowl, child, line_fit, settle, table, type_into


def result(losses: list[float], evaluations: list[int], status: str = "running") -> RacerResult:
    """A racer on a line, one further at every step."""
    count = len(losses)
    path = np.arange(float(count))[:, None]
    nothing = np.zeros(count)
    values = np.array(losses)
    return RacerResult(path, values, nothing, nothing, np.array(evaluations), nothing, values, status, "")


QUICK = result([8.0, 4.0, 5.0, 2.0], [0, 10, 20, 30])
CHEAP = result([8.0, 6.0, 4.5, 3.0], [0, 1, 2, 3])
LOST = result([8.0, 1.0, 1e9], [0, 1, 2], status="diverged")


def test_numbers_by_hand():
    found = standing(QUICK, target=5.0, minima=np.array([[4.0], [-9.0]]))
    assert (found.loss, found.best, found.steps_to, found.evaluations_to) == (2.0, 2.0, 1.0, 10.0)
    assert (found.distance, found.evaluations, found.end.tolist()) == (1.0, 30.0, [3.0])
    assert math.isnan(standing(QUICK, target=1.0).steps_to)
    assert math.isnan(standing(QUICK).distance)


def test_a_budget_ends_the_race_for_everybody():
    found = standing(QUICK, target=2.0, budget=25)
    assert (found.loss, found.best, found.evaluations) == (5.0, 4.0, 20.0)
    assert math.isnan(found.steps_to)
    assert standing(QUICK, budget=3).loss == 8.0
    # What comes after the budget is spent counts for nobody.
    assert not standing(LOST, budget=1).diverged


@pytest.mark.parametrize(
    ("measure", "order"),
    [("loss", [0, 1, 2]), ("steps_to", [0, 1, 2]), ("evaluations_to", [1, 0, 2]), ("evaluations", [1, 0, 2])],
)
def test_ranks_by_each_measure_the_diverged_last(measure, order):
    standings = [standing(each, target=5.0) for each in (QUICK, CHEAP, LOST)]
    assert ranked(standings, measure) == order


def test_the_target_by_itself_is_what_everybody_reaches():
    assert common_target([QUICK, None, CHEAP, LOST]) == 3.0
    assert common_target([result([1.0, 0.12345], [0, 1])]) == 0.13
    assert common_target([result([1.0, -0.12345], [0, 1])]) == -0.12
    assert math.isnan(common_target([LOST]))


@pytest.fixture
def board(panel) -> QTableView:
    child(panel, QToolButton, "racerRanking").click()
    return child(panel, QTableView, "leaderTable")


def names(board: QTableView) -> list[str]:
    return [cell(board, line, "name") for line in range(board.model().rowCount())]


def cell(board: QTableView, line: int, column: str) -> str:
    return board.model().index(line, COLUMNS.index(column)).data()


def click_title(board: QTableView, column: str) -> None:
    header = board.horizontalHeader()
    x = header.sectionViewportPosition(COLUMNS.index(column)) + 5
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2))


def test_the_board_ranks_by_the_final_loss_first(panel, board):
    losses = {
        r.name: x[-1]
        for r, x in zip(panel.session.race_result.racers, panel.session.race_result.losses, strict=True)
    }
    assert names(board) == sorted(losses, key=losses.get)
    assert [cell(board, line, "place") for line in range(3)] == ["1", "2", "3"]


def test_a_click_on_a_title_ranks_by_that_column(panel, board, qtbot):
    type_into(child(panel, NumberField, "leaderTarget"), "1")
    click_title(board, "steps_to")
    steps = {
        racer.name: int(np.argmax(losses <= 1.0))
        for racer, losses in zip(
            panel.session.race_result.racers, panel.session.race_result.losses, strict=True
        )
        if np.any(losses <= 1.0)
    }
    assert len(steps) >= 2
    assert names(board)[: len(steps)] == sorted(steps, key=steps.get)
    assert cell(board, 0, "steps_to") == str(min(steps.values()))
    assert (
        board.model().headerData(COLUMNS.index("steps_to"), Qt.Orientation.Horizontal) == "Steps to target ▲"
    )


def test_the_target_goes_back_to_the_one_chosen_by_itself(panel, board):
    target, back = child(panel, NumberField, "leaderTarget"), child(panel, QToolButton, "leaderTargetReset")
    chosen = target.value()
    assert not back.isEnabled()
    type_into(target, "0.5")
    assert back.isEnabled()
    back.click()
    assert target.value() == chosen


def test_target_and_budget_belong_to_the_document_and_are_undone(panel, board, tmp_path):
    target, budget = child(panel, NumberField, "leaderTarget"), child(panel, NumberField, "leaderBudget")
    stack, chosen = panel.session.undo_stack, target.value()
    type_into(target, "0.5")
    type_into(budget, "25")
    assert [stack.text(k) for k in range(stack.count())] == ["Change target", "Change budget"]
    files.write(panel.session.document, tmp_path / "race.gdstudio")
    race = files.read(tmp_path / "race.gdstudio").race
    assert (race.target, race.budget) == (0.5, 25)
    # Neither changes the course of the race, so there is nothing to compute.
    assert panel.session.is_settled
    stack.undo()
    assert (target.value(), budget.value()) == (0.5, 0.0)
    stack.undo()
    assert (target.value(), panel.session.document.race.target) == (chosen, None)


def test_a_document_opens_with_its_target_and_budget(open_panel):
    document = line_fit(SGD, MOMENTUM)
    panel = open_panel(document.replace(race=document.race.replace(target=1.0, budget=10)))
    child(panel, QToolButton, "racerRanking").click()
    assert child(panel, NumberField, "leaderTarget").value() == 1.0
    assert child(panel, NumberField, "leaderBudget").value() == 10.0
    assert panel.leaderboard.model.entry(0).standing.evaluations == 10
    panel.session.open(line_fit(SGD))
    assert child(panel, NumberField, "leaderBudget").value() == 0.0
    assert not child(panel, QToolButton, "leaderTargetReset").isEnabled()


def test_a_budget_in_evaluations_is_fair_to_numerical_gradients(open_panel):
    numerical = SGD.replace(name="Differences", gradient="numerical")
    panel = open_panel(line_fit(SGD, numerical))
    child(panel, QToolButton, "racerRanking").click()
    board = child(panel, QTableView, "leaderTable")
    type_into(child(panel, NumberField, "leaderBudget"), "40")
    losses = panel.session.race_result.losses
    assert names(board) == ["SGD", "Differences (differences)"]
    assert panel.leaderboard.model.entry(1).standing.loss == losses[1][10]
    type_into(child(panel, NumberField, "leaderBudget"), "-1")
    assert "budget: " in child(panel, QLabel, "raceMessage").text()


def test_a_click_on_a_line_selects_its_racer_and_the_other_way_round(panel, board):
    line = names(board).index("Momentum")
    QTest.mouseClick(
        board.viewport(),
        Qt.MouseButton.LeftButton,
        pos=board.visualRect(board.model().index(line, 1)).center(),
    )
    assert panel.session.selected_racer == 1
    panel.session.select_racer(2)
    assert board.selectionModel().isRowSelected(names(board).index("Adam"))


def test_distances_and_where_it_ended_are_told(open_panel):
    racer = SGD.replace(options={"learning_rate": 0.01}, start=(2.9, 2.1))
    document = library.get("himmelblau")
    panel = open_panel(document.replace(race=document.race.replace(racers=(racer,))))
    child(panel, QToolButton, "racerRanking").click()
    board = child(panel, QTableView, "leaderTable")
    assert cell(board, 0, "status") == "converged at (3, 2)"
    assert panel.leaderboard.model.entry(0).standing.distance < 1e-6


def test_the_run_before_is_on_the_board_too(panel, board, qtbot):
    before = panel.session.race_result.losses[1][-1]
    panel.findChild(QAction, "actionComparePrevious").trigger()
    panel.model.set_learning_rate(1, "0.001")
    settle(qtbot, panel.session)
    assert "Momentum, before" in names(board)
    entry = panel.leaderboard.model.entry(names(board).index("Momentum, before"))
    assert entry.standing.loss == before


def test_the_podium_stands_when_the_race_is_over(open_panel, qtbot):
    panel = open_panel(bowl(SGD, MOMENTUM, ADAM, SGD.replace(name="Wild", options={"learning_rate": 10.0})))
    podium = child(panel, Podium, "racePodium")
    assert podium.places == []
    panel.session.set_step(panel.session.last_step)
    losses = [panel.session.race_result.losses[i][-1] for i in range(3)]
    best = [("SGD", "Momentum", "Adam")[i] for i in np.argsort(losses, kind="stable")]
    assert podium.places == best
    assert podium.accessibleName().startswith(f"1. {best[0]}, 2. {best[1]}")
    panel.session.step_back()
    assert podium.places == []


def test_a_race_of_one_has_a_podium_of_one(open_panel):
    panel = open_panel(line_fit(SGD))
    panel.session.set_step(40)
    assert child(panel, Podium, "racePodium").places == ["SGD"]


def test_curves_leaderboard_and_explanation_take_turns(panel):
    ranking, why = child(panel, QToolButton, "racerRanking"), child(panel, QToolButton, "racerWhy")
    ranking.click()
    assert panel.leaderboard.isVisible() and not panel.curves.isVisible()
    why.click()
    assert panel.why.isVisible() and not ranking.isChecked()
    why.click()
    assert panel.curves.isVisible() and not why.isChecked()


def test_what_gradients_go_through_stands_with_the_name(open_panel):
    held = SGD.replace(clip_norm=1.0, noise=0.25)
    counted = ADAM.replace(gradient="numerical", options=dict(ADAM.options) | {"clip_value": 2.0})
    panel = open_panel(line_fit(MOMENTUM, held, counted))
    expected = {"Momentum", "SGD (clip norm 1, noise 0.25)", "Adam (clip value 2, differences)"}
    assert {curve.name for curve in panel.curves.shown} == expected
    child(panel, QToolButton, "racerRanking").click()
    assert set(names(child(panel, QTableView, "leaderTable"))) == expected
    model = table(panel).model()
    assert model.index(1, Column.NAME).data(Qt.ItemDataRole.ToolTipRole) == "SGD (clip norm 1, noise 0.25)"
    # The name itself is the person's own, and the places on the podium have room for no more.
    assert model.index(1, Column.NAME).data() == "SGD"


@pytest.mark.parametrize(
    ("racer", "whole", "short", "word"),
    [
        (SGD.replace(options={"learning_rate": 0.4}), "converged at (1, 1)", "converged", "converged"),
        # Every step doubles the distance, and 2²⁰ is the first above a million.
        (
            SGD.replace(options={"learning_rate": 1.5}),
            "diverged at step 21, left the region",
            "diverged at step 21",
            "diverged",
        ),
    ],
)
def test_the_table_says_where_a_racer_rests_or_why_it_is_lost_as_far_as_there_is_room(
    open_panel, racer, whole, short, word
):
    # loss = (a − 1)² + (b − 1)² from (2, 2): a step multiplies the distance by 1 − 2·learning_rate.
    graph = engine.parse("loss = (a - 1)**2 + (b - 1)**2", parameters={"a": 2.0, "b": 2.0})
    panel = open_panel(line_fit(racer, steps=60).replace(graph=graph))
    index = table(panel).model().index(0, Column.STATUS)
    assert index.data() == whole
    assert panel.model.shorter_texts(0, Column.STATUS) == (short, word)
