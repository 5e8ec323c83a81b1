from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QScrollArea, QToolButton, QWidget

from gdstudio.engine import optimizers
from gdstudio.ui import theme as themes
from gdstudio.ui.race.number_field import DragLabel, NumberField
from gdstudio.ui.race.racers_model import Column
from tests.ui.race.support import (
    ADAM,
    SGD,
    child,
    click_cell,
    drag,
    line_fit,
    settle,
    table,
    text,
    type_into,
    wait_for_form,
)


@pytest.fixture
def adam(panel):
    """The panel with the form of the Adam racer, row 2, open."""
    click_cell(panel, 2, Column.OPTIONS)
    return panel


def options(panel, row: int = 2):
    return panel.session.document.race.racers[row].options


def test_a_click_on_the_hyper_parameters_opens_the_form_of_that_racer(adam):
    assert adam.session.selected_racer == 2
    assert child(adam, QWidget, "optionEditor").isVisible()
    for option in optimizers.get("adam").options:
        field = child(adam, QWidget, f"option_{option.name}")
        assert field.accessibleName()
        assert option.meaning in field.toolTip()


def test_a_typed_value_is_an_edit(adam, qtbot):
    type_into(child(adam, NumberField, "option_beta1"), "0.5")
    assert options(adam)["beta1"] == 0.5
    assert "beta1 0.5" in text(adam, 2, Column.OPTIONS)
    adam.session.undo_stack.undo()
    assert child(adam, NumberField, "option_beta1").value() == 0.9


def test_a_value_out_of_range_is_refused_with_one_sentence(adam):
    type_into(child(adam, NumberField, "option_beta1"), "1")
    assert "beta1" not in options(adam)
    assert child(adam, NumberField, "option_beta1").lineEdit().text() == "0.9"
    assert child(adam, QLabel, "raceMessage").text() == (
        "beta1: 1 is out of range; a number from 0 to below 1 is right"
    )


def test_switches_and_choices(adam):
    child(adam, QCheckBox, "option_amsgrad").click()
    assert options(adam)["amsgrad"] is True
    assert text(adam, 2, Column.OPTIONS).startswith("amsgrad")
    place = child(adam, QComboBox, "option_epsilon_place")
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_Down)
    assert options(adam)["epsilon_place"] == place.currentData() != "outside"


@pytest.fixture
def area(adam, qtbot):
    """What scrolls the form, once it has the height that it keeps: what comes from the worker moves the fields."""
    area = child(adam, QWidget, "optionEditor").findChild(QScrollArea)
    form, note = area.widget(), child(adam, QLabel, "racerStability")
    qtbot.waitUntil(lambda: note.text() != "", timeout=30_000)
    qtbot.waitUntil(lambda: form.height() >= form.heightForWidth(form.width()), timeout=30_000)
    return area


@pytest.mark.parametrize("name", ["option_epsilon_place", "racerSchedule"])
def test_a_wheel_scrolls_the_form_past_a_list(adam, area, name):
    choice = child(adam, QComboBox, name)
    bring_into_view(area, choice)
    before, document = area.verticalScrollBar().value(), adam.session.document
    turn_wheel(choice, 1)
    assert area.verticalScrollBar().value() < before
    assert adam.session.document is document
    bring_into_view(area, choice)
    choice.setFocus()
    turn_wheel(choice, -1)
    assert choice.currentIndex() == 1


def test_a_wheel_scrolls_the_form_past_a_number(adam, area):
    field = child(adam, NumberField, "racer_noise")
    bring_into_view(area, field)
    before = area.verticalScrollBar().value()
    turn_wheel(field, 1)
    assert area.verticalScrollBar().value() < before
    assert field.value() == 0.0
    bring_into_view(area, field)
    field.setFocus()
    turn_wheel(field, 1)
    assert adam.session.document.race.racers[2].noise == field.value() > 0.0


def bring_into_view(area: QScrollArea, widget: QWidget) -> None:
    """Scroll to a widget, once what waits for its turn has laid out the form."""
    QApplication.processEvents()
    area.ensureWidgetVisible(widget)


def turn_wheel(widget: QWidget, notches: int) -> None:
    """Turns the wheel over a widget as the window system does, which goes on to what lies behind."""
    place = widget.mapTo(widget.window(), widget.rect().center())
    QTest.wheelEvent(widget.window().windowHandle(), place, QPoint(0, 120 * notches))


def test_reset_goes_back_to_the_default(adam):
    reset = child(adam, QToolButton, "reset_beta1")
    assert not reset.isEnabled()
    type_into(child(adam, NumberField, "option_beta1"), "0.5")
    reset.click()
    assert "beta1" not in options(adam)
    assert child(adam, NumberField, "option_beta1").value() == 0.9


def test_dragging_a_label_is_one_undo_step(adam):
    field = child(adam, NumberField, "option_learning_rate")
    label = next(found for found in adam.findChildren(DragLabel) if found.buddy() is field)
    start = label.rect().center()
    drag(label, *(start + QPoint(x, 0) for x in (0, -30, -60, -90)))
    assert options(adam)["learning_rate"] == pytest.approx(0.005)
    assert adam.session.undo_stack.count() == 1


def test_numerical_gradients_can_be_chosen(adam, qtbot):
    gradient = child(adam, QComboBox, "racerGradient")
    gradient.setFocus()
    QTest.keyClick(gradient, Qt.Key.Key_Down)
    assert adam.session.document.race.racers[2].gradient == "numerical"
    settle(qtbot, adam.session)


def test_the_form_follows_the_selection(adam):
    adam.session.select_racer(0)
    assert child(adam, NumberField, "option_beta1").value() == 0.9  # till the other form is there
    wait_for_form(adam)
    assert adam.findChild(QWidget, "option_beta1") is None
    assert child(adam, NumberField, "option_learning_rate").value() == 0.1
    adam.session.select_racer(None)
    assert adam.findChild(QWidget, "option_learning_rate") is None


def test_a_form_that_is_put_away_has_no_fields_until_it_is_shown(panel):
    panel.session.select_racer(2)
    assert panel.findChild(QWidget, "option_beta1") is None
    panel.show_options(True)
    assert child(panel, NumberField, "option_beta1").isVisible()
    panel.show_options(False)
    panel.session.select_racer(0)
    panel.show_options(True)
    assert panel.findChild(QWidget, "option_beta1") is None
    assert child(panel, NumberField, "option_learning_rate").value() == 0.1


def test_racers_of_one_rule_share_the_fields_and_each_edit_is_of_the_racer_shown(open_panel):
    panel = open_panel(line_fit(ADAM, SGD, ADAM.replace(options={"learning_rate": 0.3, "beta1": 0.8})))
    click_cell(panel, 0, Column.OPTIONS)
    field = child(panel, NumberField, "option_beta1")
    panel.session.select_racer(2)
    assert child(panel, NumberField, "option_beta1") is field
    assert field.value() == 0.8
    type_into(field, "0.7")
    assert "beta1" not in options(panel, 0)
    assert options(panel, 2)["beta1"] == 0.7


def begin_to_type(panel, row: int) -> NumberField:
    """Type a number into the form of a racer, and no Enter."""
    click_cell(panel, row, Column.OPTIONS)
    wait_for_form(panel)
    field = child(panel, NumberField, "option_beta1")
    field.setFocus()
    field.lineEdit().selectAll()
    QTest.keyClicks(field.lineEdit(), "0.25")
    return field


def test_what_is_typed_goes_to_the_racer_that_was_shown(open_panel):
    panel = open_panel(line_fit(ADAM, ADAM.replace(name="Other")))
    field = begin_to_type(panel, 0)
    panel.session.select_racer(1)
    assert options(panel, 0)["beta1"] == 0.25
    assert "beta1" not in options(panel, 1)
    assert field.value() == 0.9
    assert field.hasFocus()


@pytest.mark.parametrize(
    ("racers", "row"),
    [((ADAM, ADAM, ADAM), 0), ((ADAM, ADAM, ADAM), 2), ((ADAM, SGD), 0), ((SGD, ADAM), 1), ((ADAM,), 0)],
)
def test_what_is_typed_goes_with_the_racer_that_is_removed(open_panel, racers, row):
    panel = open_panel(line_fit(*racers))
    begin_to_type(panel, row)
    panel.racer_actions.remove()
    wait_for_form(panel)
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    left = panel.session.document.race.racers
    assert len(left) == len(racers) - 1 and not any("beta1" in racer.options for racer in left)
    assert panel.session.undo_stack.count() == 1


def test_what_is_typed_stays_when_another_racer_comes(open_panel):
    panel = open_panel(line_fit(ADAM, SGD))
    field = begin_to_type(panel, 0)
    document = panel.session.document
    racers = (*document.race.racers, SGD)
    panel.session.edit("Add", document.replace(race=document.race.replace(racers=racers)))
    wait_for_form(panel)
    field.clearFocus()
    assert options(panel, 0)["beta1"] == 0.25


def test_what_is_typed_is_dropped_with_the_rule_that_it_was_for(open_panel):
    panel = open_panel(line_fit(ADAM, SGD))
    begin_to_type(panel, 0)
    panel.model.set_optimizer(0, "sgd")
    wait_for_form(panel)
    assert "beta1" not in options(panel, 0)
    assert panel.session.undo_stack.count() == 1


def test_what_is_typed_is_no_edit_of_another_document(open_panel):
    panel = open_panel(line_fit(ADAM, SGD))
    begin_to_type(panel, 0)
    opened = line_fit(ADAM.replace(name="Other"), SGD)
    panel.session.open(opened)
    wait_for_form(panel)
    assert panel.session.document is opened


def test_of_racers_that_are_selected_in_a_row_the_last_one_has_the_form(adam):
    for row in (0, 1, 2, 1):
        adam.session.select_racer(row)
        QApplication.processEvents()
    wait_for_form(adam)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown = {field.objectName() for field in adam.options.findChildren(QWidget)}
    for name, is_there in (("option_momentum", True), ("option_beta1", False), ("option_epsilon", False)):
        assert (name in shown) == is_there
    type_into(child(adam, NumberField, "option_momentum"), "0.5")
    assert options(adam, 1)["momentum"] == 0.5


def test_fields_of_a_racer_that_is_removed_are_gone_with_it(open_panel):
    panel = open_panel(line_fit(SGD, ADAM))
    click_cell(panel, 1, Column.OPTIONS)
    panel.racer_actions.remove()
    panel.session.select_racer(0)
    wait_for_form(panel)
    assert panel.findChild(QWidget, "option_beta1") is None
    type_into(child(panel, NumberField, "option_learning_rate"), "0.2")
    assert options(panel, 0)["learning_rate"] == 0.2


def test_beside_the_form_a_narrow_table_leaves_out_what_the_form_says(open_panel, qtbot):
    panel = open_panel(line_fit(SGD, ADAM))
    panel.resize(960, 250)
    panel.show_options(True)
    QApplication.processEvents()
    view = table(panel)
    hidden = {column for column in Column if view.isColumnHidden(column)}
    assert hidden == {Column.OPTIONS, Column.START, Column.OPTIMIZER, Column.LEARNING_RATE}
    qtbot.waitUntil(lambda: not view.horizontalScrollBar().isVisible(), timeout=30_000)
    panel.show_options(False)
    QApplication.processEvents()
    assert not view.isColumnHidden(Column.LEARNING_RATE)


@pytest.mark.parametrize("percent", themes.TEXT_PERCENTS)
def test_the_form_is_as_wide_as_its_fields_at_every_size_of_text(adam, qtbot, percent):
    form = child(adam, QWidget, "optionEditor")
    try:
        themes.switch().choose_text_size(percent)
        area = form.findChild(QScrollArea)
        qtbot.waitUntil(lambda: area.widget().minimumSizeHint().width() <= area.viewport().width())
        numbers, lists = form.findChildren(NumberField), form.findChildren(QComboBox)
        assert {field.sizeHint().height() for field in numbers} == {lists[0].sizeHint().height()}
    finally:
        themes.switch().choose_text_size(100)


def test_another_theme_keeps_the_fields_and_dresses_what_stands_between_them(adam, qtbot):
    field = child(adam, NumberField, "option_learning_rate")
    heading = next(x for x in adam.options.findChildren(QLabel) if x.text() == "Learning rate over time")
    themes.switch().choose("light")
    assert child(adam, NumberField, "option_learning_rate") is field
    muted = themes.LIGHT.muted
    qtbot.waitUntil(lambda: heading.palette().windowText().color() == muted, timeout=30_000)
