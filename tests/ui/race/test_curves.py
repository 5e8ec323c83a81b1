from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel

from gdstudio import engine
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.race.scales import Scale, ValueAxis
from tests.ui.race.support import ADAM, MOMENTUM, SGD, bowl, child, drag, line_fit, settle, table


def plot(panel) -> pg.PlotWidget:
    return child(panel, pg.PlotWidget, "lossCurve")


def lines(panel) -> list[pg.PlotDataItem]:
    return [item for item in plot(panel).getPlotItem().items if isinstance(item, pg.PlotDataItem)]


def at(panel, x: float, y: float) -> QPoint:
    """The pixel of a point of the plot."""
    view = plot(panel).getPlotItem().getViewBox()
    return plot(panel).mapFromScene(view.mapViewToScene(QPointF(x, y)))


def test_every_racer_has_its_losses_on_a_logarithmic_axis(panel):
    assert len(lines(panel)) == 3
    for line, losses in zip(lines(panel), panel.session.race_result.losses, strict=True):
        assert np.array_equal(line.xData, np.arange(41))
        assert np.allclose(line.yData, np.log10(losses))


def test_curves_follow_an_edit(panel, qtbot):
    before = lines(panel)[0].yData.copy()
    model = panel.model
    model.set_learning_rate(0, "0.05")
    settle(qtbot, panel.session)
    assert not np.allclose(lines(panel)[0].yData, before)
    assert np.allclose(lines(panel)[0].yData, np.log10(panel.session.race_result.losses[0]))


def test_linear_scale_shows_the_losses_themselves(panel):
    child(panel, QComboBox, "curveScale").setCurrentIndex(1)
    assert np.allclose(lines(panel)[0].yData, panel.session.race_result.losses[0])


def test_a_loss_below_zero_gives_a_symlog_axis_that_says_so(open_panel):
    lowered = engine.parse("loss = x0**2 + x1**2 - 20", parameters={"x0": -3.0, "x1": 4.0})
    panel = open_panel(bowl(SGD, steps=20).replace(graph=lowered))
    assert panel.curves.scale.name == "symlog"
    note = child(panel, QLabel, "curveNote")
    assert note.isVisible() and "symlog" in note.text()
    # Losses above 0 need no note, and leave it no room.
    child(panel, QComboBox, "curveScale").setCurrentIndex(1)
    assert not note.isVisible()


def test_marks_of_a_symlog_axis_are_round_and_mirrored():
    axis = ValueAxis()
    axis.set_scale(Scale("symlog", 0.01))
    # From −1.3 to 5.6 in 100 pixels: three marks have room.
    low, high = Scale("symlog", 0.01).heights(np.array([-1.3, 5.6]))
    ((every, marks),) = axis.tickValues(low, high, 100.0)
    assert axis.tickStrings(marks, 1.0, every) == ["−1", "0", "1"]


def test_the_note_is_there_in_full_in_a_narrow_panel(open_panel):
    lowered = engine.parse("loss = x0**2 + x1**2 - 20", parameters={"x0": -3.0, "x1": 4.0})
    panel = open_panel(bowl(SGD, steps=20).replace(graph=lowered))
    panel.resize(800, 250)
    QApplication.processEvents()
    note = child(panel, QLabel, "curveNote")
    assert note.heightForWidth(note.width()) <= note.height()


def test_the_status_of_a_racer_is_in_sight_in_a_narrow_panel(open_panel):
    panel = open_panel(line_fit(SGD))
    panel.resize(900, 250)
    QApplication.processEvents()
    view = table(panel)
    status = view.visualRect(view.model().index(0, Column.STATUS))
    assert view.viewport().rect().contains(status)
    assert status.width() >= view.fontMetrics().horizontalAdvance("converged") + 24


def test_symlog_and_log_heights_have_inverses():
    values = np.array([-250.0, -1.0, 0.0, 0.5, 1e6])
    scale = Scale("symlog", 0.1)
    assert np.allclose([scale.value(h) for h in scale.heights(values)], values)
    assert Scale("log").value(Scale("log").heights(np.array([1e-8]))[0]) == np.float64(1e-8)


def test_the_cursor_follows_the_step(panel):
    panel.session.set_step(17)
    cursor = next(item for item in plot(panel).getPlotItem().items if isinstance(item, pg.InfiniteLine))
    assert cursor.value() == 17


def test_a_click_in_the_plot_shows_that_step(panel):
    low, high = plot(panel).getPlotItem().getViewBox().viewRange()[1]
    QTest.mouseClick(plot(panel).viewport(), Qt.MouseButton.LeftButton, pos=at(panel, 25, (low + high) / 2))
    assert panel.session.step == 25


@pytest.fixture
def every_move():
    """pyqtgraph skips mouse moves that follow each other within 10 ms, as a test's do."""
    rate = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    pg.setConfigOption("mouseRateLimit", rate)


def test_dragging_the_cursor_scrubs(panel, every_move):
    panel.session.set_step(10)
    low, high = plot(panel).getPlotItem().getViewBox().viewRange()[1]
    y = low + 0.2 * (high - low)
    drag(plot(panel).viewport(), *(at(panel, step, y) for step in (10, 14, 20, 30)))
    assert panel.session.step == 30


def test_hovering_reads_the_losses_of_all_racers_best_first(panel):
    readout = child(panel, QLabel, "curveReadout")
    assert not readout.isVisible()
    panel.curves.plot.show_readout(0, False)
    assert "step 0" in readout.text()
    assert readout.text().count("7.000") == 3


def test_under_a_resting_mouse_the_values_of_the_next_race_are_read(panel, qtbot):
    readout = child(panel, QLabel, "curveReadout")
    panel.curves.plot.show_readout(1, False)
    assert "0.58" in readout.text()
    panel.model.set_learning_rate(0, 0.05)
    settle(qtbot, panel.session)
    assert format_measured(panel.session.race_result.losses[0][1], 4) in readout.text()
    assert "0.58" not in readout.text()
    choose(panel, "curveAgainst", "evaluations")
    assert not readout.isVisible()


def test_the_selected_racer_stands_out(panel):
    panel.session.select_racer(1)
    assert [line.opts["pen"].widthF() for line in lines(panel)] == [1.5, 2.0, 1.5]


def test_a_diverged_racer_ends_with_a_cross(open_panel):
    panel = open_panel(bowl(SGD.replace(options={"learning_rate": 10.0}), ADAM))
    ends = next(
        item
        for item in plot(panel).getPlotItem().items
        if isinstance(item, pg.ScatterPlotItem) and len(item.data) == 1
    )
    assert ends.data["x"][0] == len(panel.session.race_result.losses[0]) - 1


def test_curves_come_and_go_with_racers(open_panel, qtbot):
    panel = open_panel(line_fit(SGD, MOMENTUM, ADAM))
    panel.model.set_enabled(1, False)
    settle(qtbot, panel.session)
    assert [len(line.yData) if line.yData is not None else 0 for line in lines(panel)] == [41, 0, 41]
    panel.session.undo_stack.undo()
    settle(qtbot, panel.session)
    assert [len(line.yData) for line in lines(panel)] == [41, 41, 41]


def test_an_exact_zero_is_drawn_at_the_lower_edge_and_the_note_says_so(open_panel):
    # Newton's method stands at the minimum after one step of a quadratic.
    panel = open_panel(bowl(SGD.replace(optimizer="newton", options={}), ADAM, steps=10))
    assert panel.session.race_result.losses[0][1] == 0
    assert np.all(np.isfinite(lines(panel)[0].yData))
    assert lines(panel)[0].yData[1] < lines(panel)[1].yData.min()
    assert "exact 0" in panel.curves.note()


def choose(panel, name: str, data: str) -> None:
    field = child(panel, QComboBox, name)
    field.setCurrentIndex(field.findData(data))


def test_curves_against_evaluations_end_where_the_work_ends(open_panel):
    numerical = SGD.replace(name="Differences", gradient="numerical")
    panel = open_panel(line_fit(SGD, numerical))
    choose(panel, "curveAgainst", "evaluations")
    ends = [line.xData[-1] for line in lines(panel)]
    # A gradient by differences takes two losses for each of the two coordinates.
    assert ends == [40, 160]
    high = plot(panel).getPlotItem().getViewBox().viewRange()[0][1]
    assert high == pytest.approx(160, rel=0.02)


def test_curves_against_epochs_count_batches_as_parts(open_panel):
    graph = engine.parse(
        "loss = mean((a*x - y)**2)", parameters={"a": 2.0}, data={"x": np.arange(6.0), "y": np.arange(6.0)}
    )
    batched = SGD.replace(options={"learning_rate": 0.01}, batch_size=2)
    panel = open_panel(bowl(batched, steps=12).replace(graph=graph))
    choose(panel, "curveAgainst", "epochs")
    assert lines(panel)[0].xData[-1] == pytest.approx(4.0)


def test_the_cursor_stands_at_the_work_of_the_selected_racer(open_panel):
    numerical = SGD.replace(name="Differences", gradient="numerical")
    panel = open_panel(line_fit(SGD, numerical))
    choose(panel, "curveAgainst", "evaluations")
    panel.session.set_step(10)
    cursor = next(item for item in plot(panel).getPlotItem().items if isinstance(item, pg.InfiniteLine))
    assert cursor.value() == 10
    panel.session.select_racer(1)
    assert cursor.value() == 40
    low, high = plot(panel).getPlotItem().getViewBox().viewRange()[1]
    QTest.mouseClick(
        plot(panel).viewport(), Qt.MouseButton.LeftButton, pos=at(panel, 80, low + 0.9 * (high - low))
    )
    assert panel.session.step == 20


def test_hovering_against_evaluations_compares_at_equal_work(open_panel):
    numerical = SGD.replace(name="Differences", gradient="numerical")
    panel = open_panel(line_fit(SGD, numerical))
    choose(panel, "curveAgainst", "evaluations")
    panel.curves.plot.show_readout(9.5, False)
    readout = child(panel, QLabel, "curveReadout").text()
    losses = panel.session.race_result.losses
    assert "after 9 evaluations" in readout
    assert format_measured(losses[0][9], 4) in readout
    # Four evaluations a step: two steps are done.
    assert format_measured(losses[1][2], 4) in readout


def test_a_legend_names_the_curves_when_it_is_wanted(panel):
    action = panel.findChild(QAction, "actionCurveLegend")
    action.trigger()
    assert [label.text for _, label in panel.curves.plot.legend.items] == ["SGD", "Momentum", "Adam"]
    action.trigger()
    assert panel.curves.plot.legend is None


def test_the_curves_are_copied_as_a_table(panel):
    panel.findChild(QAction, "actionCopyCurves").trigger()
    first, *rows = QApplication.clipboard().text().splitlines()
    assert first.split("\t") == ["by step", "SGD", "by step", "Momentum", "by step", "Adam"]
    assert len(rows) == 41
    losses = panel.session.race_result.losses
    assert [float(cell) for cell in rows[7].split("\t")] == [
        7,
        losses[0][7],
        7,
        losses[1][7],
        7,
        losses[2][7],
    ]


def test_a_picture_of_the_curves_is_saved(panel, tmp_path, monkeypatch):
    target = tmp_path / "curves.svg"
    monkeypatch.setattr(QFileDialog, "exec", lambda _self: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(target)])
    panel.findChild(QAction, "actionSaveCurves").trigger()
    assert "<svg" in target.read_text()


@pytest.mark.parametrize("scale", [0, 1])
def test_the_wheel_ends_where_the_axes_still_have_numbers(panel, scale):
    child(panel, QComboBox, "curveScale").setCurrentIndex(scale)
    box = plot(panel).getPlotItem().getViewBox()
    (left, right), (low, high) = home = box.viewRange()
    for _ in range(40):
        box.scaleBy((2.0, 2.0))
    (far_left, far_right), (lowest, highest) = box.viewRange()
    assert far_left < left and right < far_right and lowest < low and high < highest
    assert highest - lowest < 5 * (high - low) and far_right - far_left < 5 * (right - left)
    plot(panel)._fit()
    assert np.allclose(box.viewRange(), home)
