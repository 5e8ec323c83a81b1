"""The window on a small screen: with any one dock, and with lessons and data together, it fits 1280 x 720.

Nothing of its rows is out of reach there.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QComboBox,
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from gdstudio.document import library
from gdstudio.ui import theme as themes
from gdstudio.ui.giving_way import ShorteningButton, ShorteningLabel
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


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_window_fits_a_small_screen_with_lessons_and_data(open_window, store, qtbot, language):
    store.setValue("language", language)
    window = open_window(library.get("line_fit"), size=(1280, 720))
    for name in ("actionLessons", "actionData"):
        window.actions_[name].trigger()
    docks = [find(window, name, QDockWidget) for name in ("lessonsDock", "dataDock")]
    qtbot.waitUntil(
        lambda: window.data.view is not None and all(dock.width() > 100 for dock in docks), timeout=30_000
    )
    window.layout().activate()
    assert window.width() == 1280 and window.minimumSizeHint().width() <= 1280


def test_a_button_has_its_text_where_there_is_room_and_its_sign_where_there_is_not(qtbot):
    button = ShorteningButton("◎")
    qtbot.addWidget(button)
    button.setText("Contours")
    button.show()
    least, best = button.minimumSizeHint().width(), button.sizeHint().width()
    letters = button.fontMetrics().horizontalAdvance
    assert best - least == letters("Contours") - letters("◎")
    for width, text in ((best, "Contours"), (best - 1, "◎"), (least, "◎"), (best + 20, "Contours")):
        button.resize(width, 30)
        assert button.text() == text
        # What the layout is told does not depend on what is shown, but for a rounding of the style.
        assert abs(button.minimumSizeHint().width() - least) <= 1
        assert abs(button.sizeHint().width() - best) <= 1


def test_a_button_with_its_sign_leaves_the_rest_of_its_room_to_the_row(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    layout, button, beside = QHBoxLayout(row), ShorteningButton("◎"), QLineEdit()
    layout.addWidget(button)
    layout.addWidget(beside, 1)
    button.setText("Contours")
    row.show()
    # Just enough for the word and the least of its neighbour.
    wide = row.sizeHint().width() - beside.sizeHint().width() + beside.minimumSizeHint().width()
    for width, text in ((wide + 60, "Contours"), (wide - 4, "◎"), (wide + 60, "Contours")):
        row.resize(width, 60)
        qtbot.waitUntil(lambda text=text: button.text() == text)
        layout.activate()
        hint = button.sizeHint() if text == "Contours" else button.minimumSizeHint()
        assert abs(button.width() - hint.width()) <= 1


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
    scale = find(window, "landscapeScale", QComboBox)
    option = QStyleOptionComboBox()
    scale.initStyleOption(option)
    words = scale.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, scale
    )
    assert scale.fontMetrics().horizontalAdvance(scale.currentText()) <= words.width()
