"""The settings dialog: what is chosen holds at once, and again after a restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSpinBox

from gdstudio.document import files
from gdstudio.document.limits import LIMITS, Limits
from gdstudio.ui import files as keepers
from gdstudio.ui import theme as themes
from gdstudio.ui.settings import Settings
from tests.ui.helpers import find, wait_restyled


@pytest.fixture
def opened(open_window, chain):
    """A window with its settings open."""
    window = open_window(chain)
    find(window, "actionSettings", QAction).trigger()
    return window, find(window, "settingsDialog")


def choose(box: QComboBox, data: object, qtbot) -> None:
    """Choose an entry from the keyboard."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(data)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == data


def test_the_theme_and_the_size_of_text(opened, store, qtbot):
    window, dialog = opened
    choose(find(dialog, "settingsTheme", QComboBox), "light", qtbot)
    assert themes.current() is themes.LIGHT
    choose(find(dialog, "settingsTextSize", QComboBox), 115, qtbot)
    wait_restyled(qtbot)
    assert window.fontInfo().pixelSize() == round(1.15 * themes.FONT_PIXELS)
    assert (Settings(store).theme, Settings(store).text_percent) == ("light", 115)
    assert find(window, "actionThemeLight", QAction).isChecked()


def test_reduced_motion(opened, store, qtbot):
    window, dialog = opened
    box = find(dialog, "settingsReducedMotion", QCheckBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert themes.switch().reduced_motion and Settings(store).reduced_motion
    assert find(window, "actionReducedMotion", QAction).isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not Settings(store).reduced_motion and not themes.switch().reduced_motion


def test_how_often_a_copy_is_kept(opened, store, qtbot):
    window, dialog = opened
    assert window.files.recovery.interval == 3000
    field = find(dialog, "settingsDraftSeconds", QSpinBox)
    field.selectAll()
    qtbot.keyClicks(field, "10")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert window.files.recovery.interval == 10_000
    assert Settings(store).draft_seconds == 10


def test_a_raised_limit_lets_a_larger_file_in(opened, store, saved, monkeypatch, qtbot):
    window, dialog = opened
    nodes = len(files.read(saved).graph.nodes)
    monkeypatch.setattr(keepers, "LIMITS", Limits(nodes=nodes - 1))
    window.files.open_path(saved)
    assert f"{nodes - 1}" in find(window, "messageText", QLabel).text()
    assert window.session.path is None
    choose(find(dialog, "settingsLimits", QComboBox), 4, qtbot)
    assert Settings(store).limit_factor == 4
    window.files.open_path(saved)
    assert window.session.path == saved


def test_the_largest_files_are_named():
    assert LIMITS.times(4).nodes == 80_000
    assert LIMITS.times(4).bytes == 128 << 20


def test_damaged_settings_count_as_the_usual_ones(store):
    for name in ("limit_factor", "draft_seconds", "always_new_window", "tour_seen"):
        store.setValue(name, "many")
    settings = Settings(store)
    assert (settings.limit_factor, settings.draft_seconds) == (1, 3)
    assert not settings.always_new_window and not settings.tour_seen
