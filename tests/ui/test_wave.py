"""A change of theme runs over the parts of a window, one in each turn of the event loop."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui import turns
from gdstudio.ui.export import Picture
from tests.ui.helpers import wait_restyled


class _Part(QWidget):
    """Fills itself with the theme's accent, and notes the themes that it was told of and when it was painted."""

    def __init__(self, log: list[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.told: list[str] = []
        self._log = log
        themes.switch().follow(self._dress)

    def _dress(self, theme: themes.Theme) -> None:
        self.told.append(theme.name)
        self._log.append(("told", self))

    def paintEvent(self, event) -> None:
        self._log.append(("painted", self))
        QPainter(self).fillRect(self.rect(), themes.current().accent)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    row = QHBoxLayout(made)
    made.log = []
    made.parts = [_Part(made.log), _Part(made.log)]
    for part in made.parts:
        row.addWidget(part)
        themes.switch().wave.add_part(part)
    made.resize(400, 200)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(
        lambda: {part for what, part in made.log if what == "painted"} == {*made.parts}, timeout=30_000
    )
    return made


def _colour(part: QWidget) -> QColor:
    return part.window().grab(part.geometry()).toImage().pixelColor(5, 5)


def test_no_part_follows_before_the_change_returns_and_all_do_afterwards(window, qtbot):
    themes.switch().choose("light")
    assert themes.current() is themes.LIGHT
    assert [part.told for part in window.parts] == [[], []]
    wait_restyled(qtbot)
    assert [part.told for part in window.parts] == [["light"], ["light"]]
    assert [_colour(part) for part in window.parts] == [themes.LIGHT.accent] * 2
    assert all(part.updatesEnabled() for part in window.parts)


def test_it_comes_to_its_end_in_a_row_of_long_turns_too(window, qtbot, monkeypatch):
    monkeypatch.setattr(turns, "is_long", lambda: True)
    themes.switch().choose("light")
    wait_restyled(qtbot)
    assert [part.told for part in window.parts] == [["light"], ["light"]]


def test_parts_are_painted_in_turns_of_their_own(window, qtbot):
    first, second = window.parts
    window.log.clear()
    themes.switch().choose("light")
    wait_restyled(qtbot)
    assert window.log.index(("painted", first)) < window.log.index(("told", second))
    assert ("painted", second) in window.log


def test_a_change_of_mind_on_the_way_leaves_no_part_behind(window, qtbot):
    themes.switch().choose("light")
    qtbot.waitUntil(lambda: bool(window.parts[0].told), timeout=30_000)
    themes.switch().choose("dark")
    wait_restyled(qtbot)
    assert [part.told[-1] for part in window.parts] == ["dark", "dark"]
    assert [_colour(part) for part in window.parts] == [themes.DARK.accent] * 2


def test_a_part_that_goes_on_the_way_is_let_go(window, qtbot):
    gone = window.parts.pop()
    themes.switch().choose("light")
    shiboken6.delete(gone)
    wait_restyled(qtbot)
    assert window.parts[0].told == ["light"]


def test_out_of_sight_is_no_reason_to_stay_behind(window, qtbot):
    window.parts[1].hide()
    label = QLabel("later", window)  # has no part of its own
    label.hide()
    themes.switch().choose_text_size(130)
    wait_restyled(qtbot)
    assert window.parts[1].told == ["dark"]
    assert label.font().pixelSize() == round(1.3 * themes.FONT_PIXELS)


def test_without_parts_in_sight_all_follow_at_once(qapp):
    class Follower(QObject):
        told = 0

        def note(self) -> None:
            self.told += 1

    one, gone = Follower(), Follower()
    for follower in (one, gone):
        themes.switch().follow(follower.note)
    shiboken6.delete(gone)
    themes.switch().choose("light")
    assert (one.told, gone.told) == (1, 0)
    assert QApplication.palette().window().color() == themes.LIGHT.panel


def test_a_window_without_parts_follows_at_once_beside_one_that_has_some(window, qtbot):
    other = _Part([])
    qtbot.addWidget(other)
    other.show()
    qtbot.waitExposed(other)
    themes.switch().choose("light")
    assert other.told == ["light"]
    assert [part.told for part in window.parts] == [[], []]
    wait_restyled(qtbot)
    assert other.told == ["light"]


def test_a_window_that_comes_into_sight_is_painted_part_by_part(window, qtbot):
    window.hide()
    window.log.clear()
    window.show()
    themes.switch().wave.unveil(window)
    assert [part.updatesEnabled() for part in window.parts] == [False, False]
    wait_restyled(qtbot)
    assert [part.updatesEnabled() for part in window.parts] == [True, True]
    qtbot.waitUntil(lambda: {("painted", part) for part in window.parts} <= {*window.log}, timeout=30_000)


def test_a_window_that_comes_into_sight_during_a_change_follows_it_all_the_same(window, qtbot):
    themes.switch().choose("light")
    themes.switch().wave.unveil(window)
    wait_restyled(qtbot)
    assert [part.told for part in window.parts] == [["light"], ["light"]]
    assert all(part.updatesEnabled() for part in window.parts)


def test_a_picture_shows_all_parts_in_the_new_theme(window):
    themes.switch().choose("light")
    image = Picture.of_widget(window).image()
    assert [image.pixelColor(part.geometry().center()) for part in window.parts] == [themes.LIGHT.accent] * 2


def test_a_part_that_does_not_fill_itself_keeps_what_it_shows_till_its_turn(window, qtbot):
    clear = QWidget(window)  # lets its window's background through
    _Part(window.log).setParent(clear)
    clear.setGeometry(0, 0, 200, 200)
    clear.children()[0].setGeometry(20, 20, 100, 100)
    clear.show()
    themes.switch().wave.add_part(clear)

    def shown() -> QColor:
        return window.screen().grabWindow(window.winId()).toImage().pixelColor(50, 50)

    qtbot.waitUntil(lambda: shown() == themes.DARK.accent, timeout=30_000)
    themes.switch().choose("light")
    window.repaint()
    assert shown() == themes.DARK.accent
    wait_restyled(qtbot)
    qtbot.waitUntil(lambda: shown() == themes.LIGHT.accent, timeout=30_000)
    assert not clear.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def test_parts_are_painted_at_once_in_a_window_of_another_size(window, qtbot):
    themes.switch().choose("light")
    assert not any(part.updatesEnabled() for part in window.parts)
    window.resize(600, 300)
    assert all(part.updatesEnabled() for part in window.parts)
    assert themes.switch().wave.is_rolling
    wait_restyled(qtbot)
    assert [part.told for part in window.parts] == [["light"], ["light"]]


def test_a_picture_on_the_clipboard_waits_until_everything_has_followed(window, qtbot):
    themes.switch().choose("light")
    seen: list[QColor] = []
    themes.switch().wave.when_still(window, lambda: seen.append(_colour(window.parts[1])))
    assert seen == []
    wait_restyled(qtbot)
    assert seen == [themes.LIGHT.accent]
    themes.switch().choose("dark")
    wait_restyled(qtbot)
    assert len(seen) == 1


def test_what_waits_for_the_change_is_given_up_with_its_owner(window, qtbot):
    owner = QObject()
    called: list[bool] = []
    themes.switch().choose("light")
    themes.switch().wave.when_still(owner, lambda: called.append(True))
    shiboken6.delete(owner)
    wait_restyled(qtbot)
    assert called == []
