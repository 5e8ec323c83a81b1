"""The start page: every card opens an ordinary document, files open, surfaces are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from gdstudio.document import files
from gdstudio.ui.settings import Settings
from gdstudio.ui.welcome import Card, WelcomePage
from tests.ui.helpers import find, wait_settled

# Name of the card, and the loss at the stored point of its document.
CARDS = (
    # 1/2 * ((0*2+2-1)^2 + (2+2-2)^2 + (4+2-3)^2) = 7
    ("welcomeLineFit", 7.0),
    # |4 - (2*3 + 1)| = 3
    ("welcomeAbsGraph", 3.0),
)


def test_a_window_without_a_document_shows_the_start_page(open_window):
    window = open_window()
    assert find(window, "welcomePage").isVisible()
    assert not find(window, "studio").isVisible()


def test_a_window_with_a_document_does_not(open_window, chain):
    window = open_window(chain)
    assert not find(window, "welcomePage").isVisible()
    assert find(window, "studio").isVisible()


def test_who_is_new_is_asked_to_begin_and_who_is_not_to_go_on(open_window, store, qtbot):
    window = open_window()
    course = find(window, "welcomeCourse", QPushButton)
    assert course.text() == course.accessibleName() == "Begin the Course"
    store.setValue("lessons/last", "gradient")
    window.welcome.refresh()
    assert course.text() == course.accessibleName() == "Go on with the Course"


def test_the_course_comes_before_the_files_for_the_keyboard(open_window):
    page = open_window().welcome
    names, widget = [], page
    while (widget := widget.nextInFocusChain()) is not page:
        if isinstance(widget, QPushButton) and page.isAncestorOf(widget):
            names.append(widget.objectName())
    assert names[:3] == ["welcomeCourse", "welcomeLessons", "welcomeOpen"]


@pytest.mark.parametrize(("name", "loss"), CARDS)
def test_a_card_opens_its_document(open_window, qtbot, name, loss):
    window = open_window()
    qtbot.mouseClick(find(window, name), Qt.MouseButton.LeftButton)
    wait_settled(qtbot, window.session)
    session = window.session
    assert float(session.trace.values[session.trace.output]) == loss
    assert find(window, "studio").isVisible()
    assert session.path is None and not session.is_modified


@pytest.mark.parametrize(
    "name", ["welcomeRosenbrock", "welcomeHimmelblau", "welcomeBeale", "welcomeSumOfSquares"]
)
def test_a_card_opens_a_test_function_with_surface_and_race(open_window, qtbot, name):
    window = open_window()
    card = find(window, name)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    wait_settled(qtbot, window.session)
    assert window.session.problems == {}
    assert window.session.grid is not None
    assert window.session.race_result is not None
    assert len(window.session.document.coordinates) == 2


def test_every_card_gets_a_picture_of_its_surface(open_window, qtbot):
    window = open_window()
    cards = window.findChildren(Card)
    assert len(cards) == 6
    qtbot.waitUntil(lambda: all(card.has_picture for card in cards), timeout=20_000)


def test_the_open_button_asks_for_a_file(open_window, qtbot, monkeypatch):
    window = open_window()
    asked = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: asked.append(dialog.objectName()) and 0)
    qtbot.mouseClick(find(window, "welcomeOpen"), Qt.MouseButton.LeftButton)
    assert asked == ["openDialog"]


def test_recent_files_are_listed_and_open(open_window, chain, tmp_path, qtbot):
    path = tmp_path / "mine & yours.gdstudio"
    files.write(chain, path)
    window = open_window()
    window.files.open_path(path)
    find(window, "actionStartPage", QAction).trigger()
    assert find(window, "welcomePage").isVisible()
    button = find(window, "welcomeRecent0", QPushButton)
    assert button.text().startswith("mine && yours")  # one & would underline a letter
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert find(window, "studio").isVisible()
    assert window.session.path == path


def test_the_start_page_and_back_keeps_the_document(open_window, chain):
    window = open_window(chain)
    action = find(window, "actionStartPage", QAction)
    action.trigger()
    assert find(window, "welcomePage", WelcomePage).isVisible()
    action.trigger()
    assert find(window, "studio").isVisible()
    assert window.session.document is chain


def test_an_edited_document_is_not_replaced_without_a_question(open_window, chain, qtbot, monkeypatch):
    from PySide6.QtWidgets import QMessageBox

    from gdstudio.ui import commands

    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    edited = window.session.document
    find(window, "actionStartPage", QAction).trigger()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Cancel)
    qtbot.mouseClick(find(window, "welcomeBeale"), Qt.MouseButton.LeftButton)
    assert window.session.document is edited


def test_a_page_without_recent_files_speaks_of_none_from_the_start(qtbot, store):
    page = WelcomePage(Settings(store))
    qtbot.addWidget(page)
    captions = [label for label in page.findChildren(QLabel) if label.text() == "Recent files"]
    assert len(captions) == 1 and captions[0].isHidden()


def test_the_page_itself_takes_no_keyboard_focus(open_window):
    window = open_window()
    window.activateWindow()
    seen = set()
    for _ in range(12):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        seen.add(window.focusWidget())
    assert window.welcome not in seen and find(window, "welcomeOpen") in seen
