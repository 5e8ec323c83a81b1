"""Two runs of one racer: the one before the last change of its settings stays as a faint curve and trail."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction

from gdstudio import engine
from gdstudio.ui.landscape.plane import PlaneView
from gdstudio.ui.previous_runs import PreviousRuns, Run
from gdstudio.ui.race.number_field import DragLabel, NumberField
from gdstudio.ui.race.racers_model import Column
from tests.ui.race.support import child, click_cell, drag, settle


@pytest.fixture
def comparing(panel):
    """The panel with the comparison switched on."""
    panel.findChild(QAction, "actionComparePrevious").trigger()
    return panel


def faint(panel) -> list[pg.PlotDataItem]:
    """The curves that are half transparent."""
    items = child(panel, pg.PlotWidget, "lossCurve").getPlotItem().items
    lines = [item for item in items if isinstance(item, pg.PlotDataItem)]
    return [line for line in lines if line.opts["pen"].color().alphaF() < 0.9]


def before(panel) -> dict[int, np.ndarray]:
    runs = PreviousRuns.of(panel.session).runs
    return {row: run.result.losses[run.index] for row, run in runs.items()}


def test_the_run_before_an_edit_stays_as_a_faint_curve(comparing, qtbot):
    losses = comparing.session.race_result.losses[1]
    assert not faint(comparing)
    comparing.model.set_learning_rate(1, "0.01")
    settle(qtbot, comparing.session)
    (line,) = faint(comparing)
    np.testing.assert_allclose(line.yData, np.log10(losses))
    assert not np.allclose(line.yData, np.log10(comparing.session.race_result.losses[1]))


def test_only_the_racer_that_was_changed_last_is_compared(comparing, qtbot):
    for row in (1, 0):
        comparing.model.set_learning_rate(row, "0.01")
        settle(qtbot, comparing.session)
    assert list(before(comparing)) == [0]
    # The paths of the others are let go.
    assert len(PreviousRuns.of(comparing.session).runs[0].result.paths) == 1


def test_one_race_run_twice_makes_two_runs():
    racers = [engine.Racer("sgd", {"learning_rate": 0.001}, start=[0.0, 1.0])]
    race = engine.Race(engine.functions.get("beale").program(), racers, steps=5)
    assert Run(race.run(), 0) != Run(race.run(), 0)


def test_undo_is_a_change_too(comparing, qtbot):
    comparing.model.set_learning_rate(1, "0.01")
    settle(qtbot, comparing.session)
    changed = comparing.session.race_result.losses[1]
    comparing.session.undo_stack.undo()
    settle(qtbot, comparing.session)
    np.testing.assert_array_equal(before(comparing)[1], changed)


def test_a_drag_is_compared_with_the_run_before_it_began(comparing, qtbot):
    first = comparing.session.race_result.losses[2]
    click_cell(comparing, 2, Column.OPTIONS)
    field = child(comparing, NumberField, "option_learning_rate")
    label = next(found for found in comparing.findChildren(DragLabel) if found.buddy() is field)
    middle = label.rect().center()
    session, steps = comparing.session, []
    session.race_computed.connect(lambda result: steps.append(result.losses[2]))
    drag(label, *(middle + QPoint(x, 0) for x in (0, -30)))
    settle(qtbot, session)
    drag(label, *(middle + QPoint(x, 0) for x in (0, -30, -60)))
    settle(qtbot, session)
    assert session.undo_stack.count() == 2
    # The second drag is compared with the end of the first, whatever came in between.
    assert not np.array_equal(before(comparing)[2], first)
    session.undo_stack.undo()
    session.undo_stack.redo()
    assert any(np.array_equal(before(comparing)[2], each) for each in steps)


def test_nothing_is_compared_across_another_graph_or_other_rows(comparing, qtbot):
    session = comparing.session
    for undo in (lambda: comparing.racer_actions.move(1), comparing.racer_actions.duplicate):
        comparing.model.set_learning_rate(0, "0.01")
        settle(qtbot, session)
        assert before(comparing)
        session.select_racer(0)
        undo()
        assert not before(comparing)
        while session.undo_stack.canUndo():
            session.undo_stack.undo()
        settle(qtbot, session)
    comparing.model.set_learning_rate(0, "0.01")
    settle(qtbot, session)
    document = session.document
    session.edit("value", document.with_graph(document.graph.with_value("a", np.array(3.0))))
    assert not before(comparing)


def test_switched_off_nothing_is_shown_and_the_last_run_is_still_known(panel, qtbot):
    panel.model.set_learning_rate(1, "0.01")
    settle(qtbot, panel.session)
    assert not faint(panel)
    panel.findChild(QAction, "actionComparePrevious").trigger()
    assert len(faint(panel)) == 1
    panel.findChild(QAction, "actionComparePrevious").trigger()
    assert not faint(panel)


def test_the_trail_before_lies_on_the_surface(comparing, qtbot):
    view = PlaneView(comparing.session)
    qtbot.addWidget(view)
    comparing.session.grid_computed.connect(view.show_grid)
    comparing.session.race_computed.connect(view.show_race)
    view.show_grid(comparing.session.grid)
    path = comparing.session.race_result.paths[1]
    comparing.model.set_learning_rate(1, "0.01")
    settle(qtbot, comparing.session)
    (trail,) = view.companions.trails
    np.testing.assert_array_equal(trail.x, path[:, 0])
    assert trail.racer == 1


def test_an_averaged_path_has_a_curve_and_a_trail_of_its_own(panel, qtbot):
    view = PlaneView(panel.session)
    qtbot.addWidget(view)
    view.show_grid(panel.session.grid)
    session, racers = panel.session, list(panel.session.document.race.racers)
    racers[0] = racers[0].replace(average_decay=0.9)
    race = session.document.race.replace(racers=tuple(racers))
    session.edit("average", session.document.replace(race=race))
    settle(qtbot, session)
    view.show_race()
    (line,) = faint(panel)
    np.testing.assert_allclose(line.yData, np.log10(session.race_result.average_losses[0]))
    (trail,) = view.companions.trails
    np.testing.assert_array_equal(trail.y, session.race_result.averages[0][:, 1])
