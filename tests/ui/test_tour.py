"""The tour: four stops beside what they are about, walked through by mouse or keys, shown once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from gdstudio.ui import application
from gdstudio.ui.settings import Settings
from gdstudio.ui.tour import Tour
from tests.ui.helpers import Paintings, find, wait_settled


@pytest.fixture
def tour(open_window, chain, qtbot):
    """A window and the tour over it."""

    def begin(size=(1600, 1000)) -> tuple[QWidget, Tour]:
        window = open_window(chain, size=size)
        find(window, "actionTour", QAction).trigger()
        return window, find(window, "tour")

    return begin


def click(qtbot, parent: QWidget, name: str) -> None:
    qtbot.mouseClick(find(parent, name, QPushButton), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720)])
def test_each_of_four_stops_stands_beside_its_view(tour, qtbot, size):
    window, guide = tour(size)
    titles = []
    for view in (window.graph, window.landscape, window.race, find(window, "toolLessons")):
        callout = find(guide, "tourCallout")
        titles.append(find(guide, "tourTitle", QLabel).text())
        assert guide.rect().contains(callout.geometry())
        meant = QRect(view.mapTo(window, QPoint(0, 0)), view.size())
        assert not callout.geometry().contains(meant)
        assert not callout.geometry().intersects(meant)
        click(qtbot, guide, "tourNext")
    assert titles == ["The graph", "The surface", "The race", "The lessons"]
    assert not guide.isVisible()
    assert window.settings.tour_seen


def test_the_veil_is_painted_when_what_is_framed_moves_and_not_with_every_layout(tour, qtbot):
    window, guide = tour()
    wait_settled(qtbot, window.session)
    qtbot.waitUntil(lambda: window.landscape.is_idle, timeout=30_000)
    for _ in range(10):
        QApplication.processEvents()
    paintings = Paintings()
    guide.installEventFilter(paintings)
    QApplication.sendEvent(window, QEvent(QEvent.Type.LayoutRequest))
    QApplication.processEvents()
    assert paintings.count == 0
    window.graph.resize(window.graph.width() - 40, window.graph.height())
    QApplication.sendEvent(window, QEvent(QEvent.Type.LayoutRequest))
    qtbot.waitUntil(lambda: paintings.count > 0, timeout=30_000)


def test_skipping_ends_it_for_good(tour, qtbot, store):
    _window, guide = tour()
    click(qtbot, guide, "tourSkip")
    assert not guide.isVisible()
    assert Settings(store).tour_seen


def test_the_keyboard_walks_there_and_back(tour, qtbot):
    _window, guide = tour()
    button = find(guide, "tourNext", QPushButton)
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(button, Qt.Key.Key_Right)
    qtbot.keyClick(button, Qt.Key.Key_Left)
    assert guide.index == 1
    assert find(guide, "tourPlace", QLabel).text() == "2 of 4"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert guide.index == 2
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert not guide.isVisible()


def test_the_keys_stay_among_its_buttons_and_enter_presses_the_one_that_has_them(tour, qtbot):
    window, guide = tour()
    qtbot.mouseClick(guide, Qt.MouseButton.LeftButton, pos=QPoint(700, 500))
    names = [window.focusWidget().objectName()]
    for _ in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        names.append(window.focusWidget().objectName())
    assert names == ["tourNext", "tourSkip", "tourNext"]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert guide.index == 1
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)  # Back
    assert guide.index == 0
    qtbot.keyClick(find(guide, "tourSkip"), Qt.Key.Key_Return)
    assert not guide.isVisible()


def test_the_keys_go_to_the_graph_when_it_ends(tour, qtbot):
    window, guide = tour()
    click(qtbot, guide, "tourSkip")
    assert window.focusWidget() is window.graph.view
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert find(window, "formulaText", QWidget).isVisible()


def test_it_follows_the_size_of_the_window(tour):
    window, guide = tour()
    window.resize(1280, 720)
    assert guide.size() == window.size()
    assert guide.rect().contains(find(guide, "tourCallout").geometry())


def test_from_the_start_page_it_opens_a_document_to_speak_about(open_window, qtbot):
    window = open_window()
    find(window, "actionTour", QAction).trigger()
    wait_settled(qtbot, window.session)
    assert find(window, "studio").isVisible()
    assert "a" in window.session.document.graph.nodes
    find(window, "tour").finish()


def test_the_first_document_brings_it_and_later_ones_do_not(open_window, saved, qtbot):
    window = open_window()
    application._greet(window)
    assert window.findChild(Tour) is None
    window.files.open_path(saved)
    qtbot.waitUntil(lambda: window.findChild(Tour) is not None, timeout=30_000)
    find(window, "tour").finish()
    again = open_window()
    application._greet(again)
    again.files.open_path(saved)
    wait_settled(qtbot, again.session)
    assert again.findChild(Tour) is None
