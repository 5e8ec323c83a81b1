"""The window with the keyboard alone and for a screen reader: every part is reached, and everything has a name."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QTabBar, QWidget

from tests.ui.helpers import find

_NEXT = (Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
_BACK = (Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def _focus() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def test_one_key_goes_round_the_parts_of_the_window(open_window, chain):
    window = open_window(chain)
    find(window, "graphView").setFocus()
    walked = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), *_NEXT)
        walked.append(_focus())
    assert walked == ["landscapePlot", "racersTable", "inspector", "graphView"]
    QTest.keyClick(QApplication.focusWidget(), *_BACK)
    assert _focus() == "inspector"


def test_a_part_that_is_out_of_sight_is_passed_over(open_window, chain):
    window = open_window(chain)
    window.inspector_dock.hide()
    find(window, "racersTable").setFocus()
    QTest.keyClick(QApplication.focusWidget(), *_NEXT)
    assert _focus() == "graphView"


def test_on_a_mac_no_command_has_a_key_that_the_system_takes(open_window, chain, monkeypatch):
    """⌘H hides the program, ⌘M its window, ⌘Space searches, ⌘Tab goes to another program."""
    monkeypatch.setattr(sys, "platform", "darwin")
    window = open_window(chain)
    keys = [key.toString() for action in window.actions_ for key in action.shortcuts()]
    assert "Ctrl+Y" in keys and not {"Ctrl+H", "Ctrl+M", "Ctrl+Space", "Ctrl+Tab"} & set(keys)


def _is_inner(widget: QWidget) -> bool:
    """A piece of a widget that hands its focus on, or speaks for it."""
    parent = widget.parentWidget()
    return (
        widget.focusProxy() is not None
        or widget.objectName().startswith("qt_")
        or (isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget)
        or (isinstance(parent, QMainWindow) and isinstance(widget, QTabBar))  # Qt's own, over the docks
    )


@pytest.mark.parametrize(
    "name",
    [
        "",
        "actionLessons",
        "actionData",
        "actionHistory",
        "actionSettings",
        "actionShortcuts",
        "actionBasins",
        "actionSweep",
        "actionSwarm",
        "actionFairRace",
        "actionTemplate",
        "actionFormula",
        "actionPaths",
        "actionCheckGradients",
        "actionNorms",
        "actionForwardMode",
        "actionAnimation",
        "actionAddNode",
        "actionPalette",
        "actionTour",
        "actionStartPage",
    ],
)
def test_what_takes_the_focus_has_a_name_for_screen_readers(open_window, chain, name):
    window = open_window(chain)
    if name:
        window.actions_[name].trigger()
        QApplication.processEvents()
    nameless = []
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and not _is_inner(widget):
            told = QAccessible.queryAccessibleInterface(widget)
            if not (told.text(QAccessible.Text.Name) or widget.accessibleName()):
                nameless.append((type(widget).__name__, widget.objectName(), type(widget.parent()).__name__))
    for widget in window.findChildren(QWidget):
        if widget.isWindow() and widget.isVisible():
            widget.close()
    assert not nameless
