"""The window on a small screen: with its docks, alone and together, it fits 1280 x 720.

Nothing of its rows is out of reach there.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from gdstudio.document import library
from gdstudio.ui import theme as themes
from gdstudio.ui.giving_way import GivingWayRow, ShorteningButton, ShorteningLabel
from tests.ui.helpers import find, wait_restyled

DOCKS = ("inspectorDock", "historyDock", "dataDock", "lessonsDock")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", ["line_fit", "continuation"])
def test_the_window_fits_a_small_screen_with_each_dock(open_window, store, qtbot, language, name):
    store.setValue("language", language)
    window = open_window(library.get(name), size=(1280, 720))
    docks = {dock: find(window, dock, QDockWidget) for dock in DOCKS}
    for shown in DOCKS:
        for dock, widget in docks.items():
            widget.setVisible(dock == shown)
        qtbot.waitUntil(lambda shown=shown: docks[shown].width() > 100, timeout=30_000)
        # A window that a dock has pushed apart would have grown.
        assert (window.width(), window.height()) == (1280, 720), shown
        assert window.minimumSizeHint().width() <= 1280, shown
        for row in ("graphTools", "landscapeView"):
            inside = find(window, row, QWidget)
            for button in inside.findChildren(QToolButton):
                if button.isVisible():
                    right = button.mapTo(inside, QPoint(button.width(), 0)).x()
                    assert right <= inside.width(), (shown, button.objectName())


# What a screen of 1280 x 720 leaves inside a window's frame and below its title.
SMALL = (1278, 676)


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("shown", [("lessonsDock", "inspectorDock"), DOCKS], ids=["two", "all"])
def test_the_window_fits_a_small_screen_with_several_docks(
    open_window, store, qtbot, language, percent, shown
):
    store.setValue("language", language)
    store.setValue("text_percent", percent)
    window = open_window(library.get("line_fit"), size=SMALL)
    docks = {name: find(window, name, QDockWidget) for name in DOCKS}
    for name, dock in docks.items():
        dock.setVisible(name in shown)
    qtbot.waitUntil(lambda: "dataDock" not in shown or window.data.view is not None, timeout=30_000)
    for _ in range(3):
        QApplication.processEvents()
    assert (window.width(), window.height()) == SMALL
    least = window.minimumSizeHint()
    assert least.width() <= SMALL[0] and least.height() <= SMALL[1]


@pytest.fixture
def row(qtbot):
    """A row with two buttons that have a sign, and a field that likes to be wide."""
    shown = QWidget()
    qtbot.addWidget(shown)
    layout = GivingWayRow(shown)
    for sign, text in (("◎", "Contours"), ("3D", "三维")):
        button = ShorteningButton(sign)
        button.setText(text)
        layout.addWidget(button)
    layout.addWidget(QLineEdit(), 1)
    shown.show()
    return shown


def texts(row: QWidget, width: int) -> list[str]:
    """What the buttons of a row say when it has a width."""
    row.resize(width, 60)
    row.layout().activate()
    buttons = row.findChildren(ShorteningButton)
    for button in buttons:
        hint = button.minimumSizeHint() if button.is_short else button.sizeHint()
        assert button.width() == hint.width()
    return [button.text() for button in buttons]


def test_buttons_have_their_texts_from_the_left_as_room_allows(row):
    first, second = row.findChildren(ShorteningButton)
    for button in (first, second):
        # What the layout is told does not depend on what is shown.
        long = button.sizeHint().width(), button.minimumSizeHint().width()
        button.shorten(True)
        assert (button.sizeHint().width(), button.minimumSizeHint().width()) == long
        button.shorten(False)
    saved = [button.sizeHint().width() - button.minimumSizeHint().width() for button in (first, second)]
    assert saved[0] > saved[1] > 0
    whole = row.layout().sizeHint().width()
    for width, said in (
        (whole + 30, ["Contours", "三维"]),
        (whole, ["Contours", "三维"]),
        (whole - 1, ["Contours", "3D"]),
        (whole - saved[1], ["Contours", "3D"]),
        (whole - saved[1] - 1, ["◎", "三维"]),
        (whole - saved[0], ["◎", "三维"]),
        (whole - saved[0] - 1, ["◎", "3D"]),
        (row.minimumSizeHint().width(), ["◎", "3D"]),
    ):
        assert texts(row, width) == said, width


def test_the_same_width_gives_the_same_texts_from_either_side(row):
    least, most = row.minimumSizeHint().width(), row.sizeHint().width() + 10
    narrowing = {width: texts(row, width) for width in range(most, least, -1)}
    widening = {width: texts(row, width) for width in range(least + 1, most + 1)}
    assert narrowing == widening


def test_the_buttons_of_the_surface_do_not_depend_on_what_was_shown_before(open_window, store, qtbot):
    store.setValue("language", "zh_CN")
    window = open_window(library.get("line_fit"), size=(1278, 676))
    row = find(window, "landscapeSpace", QToolButton).parentWidget()
    said: dict[int, set[tuple[str, ...]]] = {}
    for shown in ("inspectorDock", "", "historyDock", "inspectorDock", "dataDock", "inspectorDock"):
        for dock in (find(window, name, QDockWidget) for name in DOCKS):
            dock.setVisible(dock.objectName() == shown)
        for _ in range(3):
            QApplication.processEvents()
            names = tuple(button.text() for button in row.findChildren(ShorteningButton))
        said.setdefault(row.width(), set()).add(names)
    assert all(len(kinds) == 1 for kinds in said.values()), said


def test_a_caption_has_its_long_form_where_there_is_room(qtbot):
    label = ShorteningLabel()
    qtbot.addWidget(label)
    label.set_forms("<b>●</b> value", "<b>●</b>")
    label.show()
    least, best = label.minimumSizeHint().width(), label.sizeHint().width()
    assert 0 < least < best
    for width, text in ((best, "<b>●</b> value"), (best - 1, "<b>●</b>"), (best + 9, "<b>●</b> value")):
        label.resize(width, 20)
        assert label.text() == text


def test_the_words_about_a_blur_wrap_in_a_narrow_landscape(open_window):
    window = open_window(library.get("continuation"), size=(1280, 720))
    label = find(window, "smoothText", QLabel)
    label.setText("word " * 40)
    label.parentWidget().layout().activate()
    assert label.wordWrap()
    assert label.heightForWidth(label.width()) > label.fontMetrics().height()


def test_the_scale_of_the_colours_can_be_read_beside_large_text(open_window, qtbot):
    window = open_window(library.get("line_fit"), size=(1280, 720))
    find(window, "inspectorDock", QDockWidget).show()
    themes.switch().choose_text_size(130)
    wait_restyled(qtbot)
    assert_is_readable(find(window, "landscapeScale", QComboBox))


def test_the_names_of_elements_can_be_read_beside_a_lesson(open_window):
    window = open_window(library.get("exploding_gradients"), size=(1280, 720))
    for name, element in (("landscapeXAxis", "W[0,0]"), ("landscapeYAxis", "W[1,1]")):
        axis = find(window, name, QComboBox)
        assert axis.currentText() == element
        assert_is_readable(axis)


def assert_is_readable(box: QComboBox) -> None:
    """All letters of the entry in use have room."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    words = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    assert box.fontMetrics().horizontalAdvance(box.currentText()) <= words.width()


def test_the_choices_of_the_curves_can_be_read_beside_the_form(open_window, qtbot):
    window = open_window(library.get("himmelblau"), size=(1280, 720))
    themes.switch().choose_text_size(130)
    wait_restyled(qtbot)
    window.session.select_racer(1)
    find(window, "racerOptions").click()
    for name in ("curveQuantity", "curveAgainst", "curveScale"):
        assert_is_readable(find(window, name, QComboBox))
