from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton
from shiboken6 import isValid

from gdstudio import engine
from gdstudio.document.model import Document, RaceSettings
from gdstudio.engine import optimizers
from gdstudio.ui import commands, theme
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.optimizer_combo import OptimizerCombo
from gdstudio.ui.race.racers_model import STYLE_ROLE, Column
from tests.ui.race.support import (
    ADAM,
    SGD,
    bowl,
    child,
    click_cell,
    drag,
    line_fit,
    middle,
    settle,
    table,
    text,
    type_into,
)


def open_rate_editor(panel, row: int = 0) -> NumberField:
    click_cell(panel, row, Column.LEARNING_RATE)
    return child(table(panel), NumberField, "racerLearningRate")


def message(panel) -> str:
    return child(panel, QLabel, "raceMessage").text()


def test_rows_show_the_racers_of_the_document(panel):
    assert table(panel).model().rowCount() == 3
    assert [text(panel, row, Column.NAME) for row in range(3)] == ["SGD", "Momentum", "Adam"]
    assert [text(panel, row, Column.LEARNING_RATE) for row in range(3)] == ["0.1", "0.02", "0.05"]
    assert text(panel, 0, Column.START) == "(2, 2)"


def test_the_loss_is_that_of_the_step_shown(panel):
    # At a = b = 2 the residuals are 1, 2, 3; after one step at (1.2, 1.4) they are 0.4, 0.6, 0.8.
    assert text(panel, 0, Column.LOSS) == "7.0000"
    panel.session.set_step(1)
    assert text(panel, 0, Column.LOSS) == "0.58000"


def test_sgd_takes_the_step_of_the_textbook(panel):
    assert np.allclose(panel.session.race_result.paths[0][1], (1.2, 1.4), atol=1e-12)


def test_a_double_click_selects_the_whole_number(panel):
    view = table(panel)
    at = middle(view, 1, Column.LEARNING_RATE)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    line = child(view, NumberField, "racerLearningRate").lineEdit()
    line.deselect()
    QTest.mouseDClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert line.selectedText() == "0.02"


def test_a_typed_learning_rate_changes_the_race(panel, qtbot):
    type_into(open_rate_editor(panel), "0.05")
    settle(qtbot, panel.session)
    assert panel.session.document.race.racers[0].options["learning_rate"] == 0.05
    assert np.allclose(panel.session.race_result.paths[0][1], (1.6, 1.7), atol=1e-12)


@pytest.mark.parametrize("nonsense", ["abc", "", "-1", "1e999", "0"])
def test_nonsense_in_a_learning_rate_is_refused_with_one_sentence(panel, nonsense):
    before = panel.session.document
    type_into(open_rate_editor(panel), nonsense or " ")
    assert panel.session.document is before
    assert text(panel, 0, Column.LEARNING_RATE) == "0.1"
    assert message(panel).startswith("learning rate: ")
    assert "is right" in message(panel)


def test_the_sentence_goes_with_the_next_good_edit(panel):
    type_into(open_rate_editor(panel), "abc")
    type_into(open_rate_editor(panel), "0.2")
    assert message(panel) == ""


def test_arrow_keys_in_the_field_step_one_two_five(panel):
    field = open_rate_editor(panel)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert panel.session.document.race.racers[0].options["learning_rate"] == 0.2
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert panel.session.document.race.racers[0].options["learning_rate"] == 0.05


def wheel(panel, row: int, turns: float) -> None:
    view = table(panel)
    at = QPointF(middle(view, row, Column.LEARNING_RATE))
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, round(120 * turns)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_turns_the_learning_rate_of_the_selected_row_only(panel):
    panel.session.select_racer(0)
    wheel(panel, 0, 1)
    wheel(panel, 1, 1)
    assert [r.options["learning_rate"] for r in panel.session.document.race.racers] == [0.2, 0.02, 0.05]


def test_a_trackpad_turns_by_the_sum_of_its_small_steps_both_ways(panel):
    panel.session.select_racer(0)
    for part, rate in ((-0.25, 0.05), (0.25, 0.1)):
        for _ in range(3):
            wheel(panel, 0, part)
        assert panel.session.document.race.racers[0].options["learning_rate"] != rate
        wheel(panel, 0, part)
        assert panel.session.document.race.racers[0].options["learning_rate"] == rate


def test_a_drag_over_a_learning_rate_is_one_undo_step(panel):
    view = table(panel)
    start = middle(view, 0, Column.LEARNING_RATE)
    drag(view.viewport(), *(start + QPoint(x, 0) for x in (0, 20, 50, 90)))
    assert panel.session.document.race.racers[0].options["learning_rate"] == pytest.approx(1.0)
    assert panel.session.undo_stack.count() == 1
    panel.session.undo_stack.undo()
    assert text(panel, 0, Column.LEARNING_RATE) == "0.1"


def test_undo_and_redo_of_a_learning_rate(panel, qtbot):
    type_into(open_rate_editor(panel), "0.05")
    panel.session.undo_stack.undo()
    settle(qtbot, panel.session)
    assert text(panel, 0, Column.LEARNING_RATE) == "0.1"
    assert np.allclose(panel.session.race_result.paths[0][1], (1.2, 1.4), atol=1e-12)
    panel.session.undo_stack.redo()
    assert text(panel, 0, Column.LEARNING_RATE) == "0.05"


def test_a_switched_off_racer_takes_no_part(panel, qtbot):
    QTest.mouseClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=checkbox_at(panel, 1))
    settle(qtbot, panel.session)
    assert not panel.session.document.race.racers[1].enabled
    assert len(panel.session.race_result.losses) == 2
    assert text(panel, 1, Column.STATUS) == "off"
    assert text(panel, 1, Column.LOSS) == "–"
    assert text(panel, 2, Column.LOSS) == "7.0000"


def checkbox_at(panel, row: int) -> QPoint:
    rect = table(panel).visualRect(table(panel).model().index(row, Column.ON))
    return QPoint(rect.left() + 11, rect.center().y())


def test_choosing_another_optimizer_from_the_list(panel, qtbot):
    click_cell(panel, 0, Column.OPTIMIZER)
    combo = child(table(panel), OptimizerCombo, "racerOptimizer")
    type_into(combo, "rmsprop")
    settle(qtbot, panel.session)
    racer = panel.session.document.race.racers[0]
    assert (racer.optimizer, racer.name) == ("rmsprop", "RMSprop")
    assert text(panel, 0, Column.OPTIMIZER) == "RMSprop"


def test_the_list_has_every_optimizer_under_a_heading_and_finds_by_part(panel):
    combo = OptimizerCombo(panel)
    titles = [combo.itemText(row) for row in range(combo.count())]
    assert {optimizers.get(name).title for name in optimizers.names()} <= set(titles)
    headings = [row for row in range(combo.count()) if not combo.model().item(row).isEnabled()]
    assert len(headings) >= 4
    combo.completer().setCompletionPrefix("belief")
    assert combo.completer().currentCompletion() == "AdaBelief"


def test_renaming_a_racer(panel):
    view = table(panel)
    view.setCurrentIndex(view.model().index(0, Column.NAME))
    QTest.keyClick(view, Qt.Key.Key_F2)
    type_into(view.findChild(QLineEdit), "Plain descent")
    assert panel.session.document.race.racers[0].name == "Plain descent"


def test_a_typed_start_moves_the_racer(panel, qtbot):
    model = table(panel).model()
    assert model.setData(model.index(0, Column.START), "0, 1.5")
    settle(qtbot, panel.session)
    assert tuple(panel.session.race_result.paths[0][0]) == (0.0, 1.5)
    assert not model.setData(model.index(0, Column.START), "1")
    assert "2 numbers" in message(panel)
    assert panel.session.document.race.racers[0].start == (0.0, 1.5)


@pytest.mark.parametrize(
    ("button", "names"),
    [
        ("racerDuplicate", ["SGD", "SGD 2", "Momentum", "Adam"]),
        ("racerRemove", ["Momentum", "Adam"]),
        ("racerDown", ["Momentum", "SGD", "Adam"]),
        ("racerAdd", ["SGD", "Nesterov momentum", "Momentum", "Adam"]),
    ],
)
def test_buttons_edit_the_list_and_undo_brings_it_back(panel, qtbot, button, names):
    panel.session.select_racer(0)
    child(panel, QToolButton, button).click()
    settle(qtbot, panel.session)
    assert [racer.label for racer in panel.session.document.race.racers] == names
    assert [text(panel, row, Column.NAME) for row in range(len(names))] == names
    assert len(panel.session.race_result.losses) == len(names)
    panel.session.undo_stack.undo()
    assert [text(panel, row, Column.NAME) for row in range(3)] == ["SGD", "Momentum", "Adam"]


def test_keys_edit_the_list(panel):
    view = table(panel)
    panel.session.select_racer(1)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [r.label for r in panel.session.document.race.racers] == ["SGD", "Momentum", "Momentum 2", "Adam"]
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [r.label for r in panel.session.document.race.racers] == ["SGD", "Momentum 2", "Momentum", "Adam"]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert [r.label for r in panel.session.document.race.racers] == ["SGD", "Momentum", "Adam"]


def test_buttons_that_need_a_racer_wait_for_one(panel):
    assert not child(panel, QToolButton, "racerRemove").isEnabled()
    panel.session.select_racer(0)
    assert child(panel, QToolButton, "racerRemove").isEnabled()
    assert not child(panel, QToolButton, "racerUp").isEnabled()


def test_removing_the_last_racer_leaves_an_empty_race(open_panel, qtbot):
    panel = open_panel(line_fit(SGD))
    panel.session.select_racer(0)
    child(panel, QToolButton, "racerRemove").click()
    settle(qtbot, panel.session)
    assert table(panel).model().rowCount() == 0
    assert panel.session.race_result is None


def test_selecting_a_row_selects_the_racer_and_the_other_way_round(panel):
    click_cell(panel, 2, Column.STATUS)
    assert panel.session.selected_racer == 2
    panel.session.select_racer(1)
    assert table(panel).currentIndex().row() == 1
    panel.session.select_racer(None)
    assert not table(panel).currentIndex().isValid()


def test_a_recoloured_racer_is_drawn_in_its_colour(panel):
    panel.racer_actions.set_color(0, "#123456")
    assert table(panel).model().index(0, Column.COLOR).data(STYLE_ROLE).color.name() == "#123456"
    panel.session.undo_stack.undo()
    assert panel.model.data(panel.model.index(0, Column.COLOR), STYLE_ROLE) == theme.current().racer(0)


def test_a_racer_that_overflows_is_called_diverged_with_its_step_and_reason(open_panel):
    panel = open_panel(bowl(SGD.replace(options={"learning_rate": 10.0}), ADAM))
    status = table(panel).model().index(0, Column.STATUS)
    # Each step multiplies by −19; the loss overflows when 5·19^n passes 1.34e154, at n = 120.
    last = len(panel.session.race_result.losses[0]) - 1
    assert status.data() == f"diverged at step {last + 1}, overflow"
    assert abs(last - 120) <= 2
    assert len(status.data(Qt.ItemDataRole.ToolTipRole)) > 10


def test_the_star_marks_the_smallest_loss_and_rows_stay_where_they_are(panel):
    panel.session.set_step(3)
    losses = [panel.session.race_result.losses[i][3] for i in range(3)]
    assert panel.model.leader() == int(np.argmin(losses))
    assert [text(panel, row, Column.NAME) for row in range(3)] == ["SGD", "Momentum", "Adam"]


def test_an_edit_of_a_name_never_dims_the_results(panel, qtbot):
    model = panel.model
    assert model.setData(model.index(0, Column.NAME), "Tortoise")
    assert not model._waiting.isActive()
    assert text(panel, 0, Column.LOSS) == "7.0000"


def test_a_broken_graph_says_why_there_is_no_race(open_panel, qtbot):
    document = line_fit(SGD)
    panel = open_panel(document)
    broken = document.replace(graph=document.graph.connected("loss", 0, None))
    panel.session.edit("Take a wire away", broken)
    settle(qtbot, panel.session)
    assert text(panel, 0, Column.STATUS) == "no result"
    assert panel.curves.note() == panel.session.problems["race"]
    panel.session.undo_stack.undo()
    settle(qtbot, panel.session)
    panel.session.reset()
    assert text(panel, 0, Column.LOSS) == "7.0000"


def menu_action(menu, title: str):
    return next(action for action in menu.actions() if action.text() == title)


def test_the_context_menu_edits_the_selected_racer(panel):
    panel.session.select_racer(1)
    menu_action(panel.context_menu(), "Move up").trigger()
    assert [r.label for r in panel.session.document.race.racers] == ["Momentum", "SGD", "Adam"]
    menu_action(panel.context_menu(), "Takes part").trigger()
    assert not panel.session.document.race.racers[0].enabled
    colors = menu_action(panel.context_menu(), "Colour").menu()
    menu_action(colors, "Green").trigger()
    green = theme.current().racer_colors[2].name()
    assert panel.session.document.race.racers[0].color == green
    menu_action(menu_action(panel.context_menu(), "Colour").menu(), "Automatic").trigger()
    assert panel.session.document.race.racers[0].color is None
    menu_action(panel.context_menu(), "Rename…").trigger()
    type_into(table(panel).findChild(QLineEdit), "Ball")
    assert panel.session.document.race.racers[0].name == "Ball"


def test_a_closed_context_menu_leaves_no_menu_of_its_row_behind(panel, qtbot):
    before = len(panel.findChildren(QMenu))
    click_cell(panel, 1, Column.NAME)
    menu = panel.context_menu()
    menu.popup(QPoint(0, 0))
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))
    assert len(panel.findChildren(QMenu)) == before


def test_the_context_menu_shares_the_start_of_the_graph(open_panel):
    panel = open_panel(line_fit(SGD.replace(start=(0.0, 1.0))))
    panel.session.select_racer(0)
    menu_action(panel.context_menu(), "Start at the graph's values").trigger()
    assert panel.session.document.race.racers[0].start is None
    assert text(panel, 0, Column.START) == "(2, 2)"


def test_a_click_on_the_swatch_offers_colours(panel):
    shown = []
    panel.table.color_asked.disconnect()
    panel.table.color_asked.connect(lambda row, at: shown.append(row))
    click_cell(panel, 1, Column.COLOR)
    assert shown == [1]


def test_typing_over_the_open_list_searches_it(panel):
    click_cell(panel, 0, Column.OPTIMIZER)
    combo = child(table(panel), OptimizerCombo, "racerOptimizer")
    QTest.keyClick(combo.view(), Qt.Key.Key_B)
    assert combo.lineEdit().text() == "b"
    QTest.keyClicks(combo.lineEdit(), "elief")
    assert combo.completer().currentCompletion() == "AdaBelief"
    QTest.keyClick(combo.lineEdit(), Qt.Key.Key_Return)
    assert panel.session.document.race.racers[0].optimizer == "adabelief"


def test_a_long_start_is_written_by_its_first_numbers_and_the_rest_is_kept(open_panel):
    graph = engine.parse("loss = sum(w**2)", parameters={"w": [float(k) for k in range(40)]})
    panel = open_panel(Document("Long", graph, race=RaceSettings(steps=2, racers=(SGD,))))
    model = table(panel).model()
    index = model.index(0, Column.START)
    assert index.data(Qt.ItemDataRole.EditRole) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("w[0] = 0, ") and "w[11] = 11, …" in tip and "w[12]" not in tip
    # What was not touched is no edit.
    assert model.setData(index, index.data(Qt.ItemDataRole.EditRole))
    assert model.setData(index, "")
    assert panel.session.undo_stack.count() == 0
    assert model.setData(index, "5, −1, …")
    assert panel.session.document.race.racers[0].start == (5.0, -1.0, *map(float, range(2, 40)))
    assert not model.setData(index, ", ,")
    assert not model.setData(index, "1, 2")
    assert "40 numbers" in message(panel)


def test_racers_keep_colour_dash_and_marker_wherever_they_stand(panel, qtbot):
    def looks() -> dict:
        model = panel.model
        rows = range(model.rowCount())
        return {
            text(panel, row, Column.NAME): model.index(row, Column.COLOR).data(STYLE_ROLE) for row in rows
        }

    before = looks()
    panel.session.select_racer(0)
    for button in ("racerAdd", "racerUp", "racerUp"):
        child(panel, QToolButton, button).click()
    settle(qtbot, panel.session)
    after = looks()
    assert {name: after[name] for name in before} == before
    assert after["Nesterov momentum"] not in before.values()
    panel.session.select_racer(1)
    child(panel, QToolButton, "racerRemove").click()
    settle(qtbot, panel.session)
    assert looks() == {name: style for name, style in after.items() if name != "SGD"}


@pytest.mark.parametrize("column", [Column.OPTIMIZER, Column.LEARNING_RATE, Column.NAME])
def test_an_editor_of_a_racer_that_goes_changes_nothing(panel, qtbot, column):
    click_cell(panel, 2, column)
    panel.table.edit_cell(2, column)
    editor = panel.table.indexWidget(panel.model.index(2, column))
    lines = [editor] if isinstance(editor, QLineEdit) else editor.findChildren(QLineEdit)
    lines[0].setText("0.5")
    fewer = commands.remove_racer(panel.session.document, 2)
    panel.session.edit("Remove", fewer)
    QApplication.processEvents()
    assert panel.session.document is fewer
    assert panel.model.rowCount() == 2


def picture(panel, part: QRect | None = None) -> QImage:
    """What the table paints, or paints of a part."""
    viewport = table(panel).viewport()
    part = part or viewport.rect()
    image = QImage(part.size(), QImage.Format.Format_RGB32)
    viewport.render(image, QPoint(), QRegion(part))
    return image


def test_a_cell_painted_alone_looks_as_in_the_whole_table(panel):
    panel.session.set_step(5)
    panel.session.select_racer(1)
    view, whole = table(panel), picture(panel)
    for row in range(3):
        for column in Column:
            cell = view.visualRect(view.model().index(row, column))
            assert picture(panel, cell) == whole.copy(cell), (row, column)


def test_the_selected_row_is_tinted_in_every_column_and_the_cell_with_the_focus_framed(panel):
    panel.session.select_racer(1)
    view, now = table(panel), theme.current()
    view.setFocus()
    image = picture(panel)
    for row, column in ((row, column) for row in range(3) for column in Column):
        cell = view.visualRect(view.model().index(row, column))
        has_focus = view.currentIndex() == view.model().index(row, column)
        corner = now.accent if has_focus else now.hover if row == 1 else now.field
        assert image.pixelColor(cell.topLeft()) == corner, (row, column)
        assert image.pixelColor(cell.topLeft() + QPoint(1, 1)) == (now.hover if row == 1 else now.field)


def test_the_star_of_the_best_loss_keeps_clear_of_a_tiny_loss(open_panel, qtbot):
    graph = engine.parse("loss = 4.8888e-114*w**2", parameters={"w": 1.0})
    panel = open_panel(Document("Tiny", graph, race=RaceSettings(steps=5, racers=(SGD, ADAM))))
    settle(qtbot, panel.session)
    panel.session.set_step(5)
    view = table(panel)
    view.setColumnWidth(Column.LOSS, 106)
    cell = view.visualRect(view.model().index(view.model().leader(), Column.LOSS))
    picture = view.viewport().grab(cell).toImage()
    star, digits = set(), set()
    for x in range(picture.width()):
        for y in range(picture.height()):
            colour = picture.pixelColor(x, y)
            if colour.blue() - colour.red() > 60:
                star.add(x)
            elif colour.red() > 120:
                digits.add(x)
    assert star and digits and max(star) < min(digits)
