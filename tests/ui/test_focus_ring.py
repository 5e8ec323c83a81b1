"""Whoever works with the keyboard sees where it is; whoever works with the mouse sees no frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QGraphicsScene,
    QGraphicsView,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QToolButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme as themes
from gdstudio.ui.focus_ring import NAME
from tests.ui.helpers import find


def _tab_bar() -> QTabBar:
    bar = QTabBar()
    bar.addTab("One")
    bar.addTab("Two")
    return bar


def _combo(is_editable: bool) -> QComboBox:
    combo = QComboBox(editable=is_editable)
    combo.addItems(["one", "two"])
    return combo


@pytest.fixture(autouse=True)
def mouse_at_the_end(qtbot) -> Iterator[None]:
    """What comes after these tests begins with the mouse."""
    yield
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    window.close()


_KINDS: dict[str, Callable[[], QWidget]] = {
    "push button": lambda: QPushButton("Push"),
    "default button": lambda: QPushButton("Push", default=True),
    "tool button": lambda: QToolButton(text="Tool"),
    "checked tool button": lambda: QToolButton(text="Tool", checkable=True, checked=True),
    "check box": lambda: QCheckBox("Check"),
    "radio button": lambda: QRadioButton("Radio"),
    "combo box": lambda: _combo(False),
    "editable combo box": lambda: _combo(True),
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "spin box": QSpinBox,
    "line": lambda: QLineEdit("Line"),
    "text": QPlainTextEdit,
    "tabs": _tab_bar,
    "list": QListWidget,
    "tree": QTreeWidget,
    "table": lambda: QTableWidget(2, 2),
    "canvas": lambda: QGraphicsView(QGraphicsScene()),
    "plot": pg.PlotWidget,
}


def _picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def _press_tab(window: QWidget) -> None:
    """A key of the keyboard itself, not one given to a widget."""
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    QApplication.processEvents()


def _page(qtbot, widget: QWidget) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(QLineEdit(objectName="before"))
    column.addWidget(widget)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.findChild(QWidget, "before").setFocus()
    qtbot.waitUntil(page.isActiveWindow, timeout=30_000)
    return page


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("kind", _KINDS)
def test_each_kind_of_widget_shows_that_the_keyboard_is_at_it(qtbot, kind, theme):
    themes.switch().choose(theme)
    widget = _KINDS[kind]()
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page = _page(qtbot, widget)
    size, without = widget.size(), _picture(widget)
    _press_tab(page)
    assert widget.hasFocus()
    with_focus = _picture(widget)
    assert with_focus != without
    assert widget.size() == size
    if widget.findChild(QWidget, NAME):
        assert with_focus.pixelColor(_corner(widget)) == themes.current().accent


def _corner(widget: QWidget) -> QPoint:
    return widget.tabRect(0).topLeft() if isinstance(widget, QTabBar) else QPoint(0, 0)


def test_a_click_shows_no_ring_and_takes_one_away(qtbot):
    plot = pg.PlotWidget()
    page = _page(qtbot, plot)
    _press_tab(page)
    assert plot.findChild(QWidget, NAME).isVisible()
    QTest.mouseClick(page.windowHandle(), Qt.MouseButton.LeftButton, pos=plot.geometry().center())
    assert plot.hasFocus()
    assert _ring_in(page) is None
    find(page, "before").setFocus()
    plot.setFocus()
    assert _ring_in(page) is None


def test_the_ring_goes_with_the_focus_and_follows_size_and_tab(qtbot):
    bar = _tab_bar()
    page = _page(qtbot, bar)
    _press_tab(page)
    assert _ring_in(page).geometry() == bar.tabRect(0)
    bar.setCurrentIndex(1)
    assert _ring_in(page).geometry() == bar.tabRect(1)
    _press_tab(page)
    assert _ring_in(page) is None


def test_a_widget_may_go_with_the_ring_in_it(qtbot):
    button = QPushButton("Push")
    page = _page(qtbot, button)
    _press_tab(page)
    button.deleteLater()
    qtbot.waitUntil(lambda: _ring_in(page) is None, timeout=30_000)
    _press_tab(page)
    assert find(page, "before").hasFocus()


def _ring_in(page: QWidget) -> QWidget | None:
    return next((ring for ring in page.findChildren(QWidget, NAME) if ring.isVisible()), None)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_stop_of_the_keyboard_in_the_window_is_seen(open_window, chain, theme):
    themes.switch().choose(theme)
    window = open_window(chain)
    window.activateWindow()
    stops = [widget for widget in window.findChildren(QWidget) if _is_stop(widget)]
    assert len(stops) > 30
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F15)
    away = find(window, "raceSeed")
    unseen = []
    for stop in stops:
        (away if stop is not away else find(window, "raceSteps")).setFocus(Qt.FocusReason.TabFocusReason)
        without = stop.grab().toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        if stop.grab().toImage() == without:
            unseen.append((type(stop).__name__, stop.objectName()))
    assert unseen == []


def _is_stop(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and not (isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget)
        and not isinstance(parent, QAbstractScrollArea | QMainWindow)
        or (isinstance(widget, QTabBar) and isinstance(parent, QMainWindow) and widget.isVisible())
    )
