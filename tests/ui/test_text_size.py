"""Every text of the window follows the size of text, and what holds it has the room."""

from __future__ import annotations

from itertools import pairwise

import shiboken6
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QLabel, QScrollArea

from gdstudio.document import library
from gdstudio.ui import theme as themes
from gdstudio.ui.welcome import Card
from tests.ui.helpers import find, wait_restyled


def test_every_label_and_button_grows_with_the_size_of_text(open_window, chain, qtbot):
    window = open_window(chain)
    # The signs on the tools of the graph are as large as the icons beside them.
    texts = [
        widget
        for kind in (QLabel, QAbstractButton)
        for widget in window.findChildren(kind)
        if widget.text() and widget.window() is window and not widget.objectName().startswith("graph")
    ]
    before = [_pixels(widget) for widget in texts]
    assert len(texts) > 60
    themes.switch().choose_text_size(130)

    def left() -> list[str]:
        there = [pair for pair in zip(texts, before, strict=True) if shiboken6.isValid(pair[0])]
        return [f"{w.objectName()} {w.text()}" for w, pixels in there if abs(_pixels(w) - 1.3 * pixels) > 0.6]

    qtbot.waitUntil(lambda: left() == [], timeout=30_000)


def test_the_titles_of_docks_grow_with_the_size_of_text(open_window, chain, qtbot):
    window = open_window(chain)
    docks = window.findChildren(QDockWidget)
    assert [dock.font().pixelSize() for dock in docks] == [13] * 4
    themes.switch().choose_text_size(130)
    qtbot.waitUntil(lambda: [dock.font().pixelSize() for dock in docks] == [17] * 4, timeout=30_000)


def test_the_list_of_keys_fits_the_screen_at_the_largest_text(open_window, chain, qtbot):
    themes.switch().choose_text_size(130)
    window = open_window(chain)
    window.actions_["actionShortcuts"].trigger()
    dialog = find(window, "shortcutsDialog")
    room = window.screen().availableSize()
    assert dialog.width() <= room.width() and dialog.height() <= room.height()
    close = find(dialog, "shortcutsClose")
    assert dialog.rect().contains(close.geometry().translated(close.parentWidget().pos()))
    for area in find(dialog, "shortcutsTabs").findChildren(QScrollArea):
        # Words are wrapped, not scrolled sideways.
        assert area.widget().minimumSizeHint().width() <= area.width()


def _pixels(widget: QLabel | QAbstractButton) -> int:
    widget.ensurePolished()
    return widget.font().pixelSize()


def test_long_names_of_options_do_not_push_the_fields_out_of_sight(open_window, chain, qtbot):
    window = open_window(chain)
    window.session.select_racer(0)
    find(window, "racerOptions").click()
    themes.switch().choose_text_size(130)
    wait_restyled(qtbot)
    area = find(window, "optionEditor").findChild(QScrollArea)
    for optimizer in ("adagrad", "adam", "rmsprop", "sgd"):
        find(window, "racersTable").racers.set_optimizer(0, optimizer)
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_a_card_of_the_start_page_grows_with_its_text(qtbot):
    card = Card("Title", "One line")
    qtbot.addWidget(card)
    usual = card.sizeHint()
    themes.switch().choose_text_size(130)
    assert card.sizeHint().width() == 1.3 * usual.width()
    # Two lines of 15 and 12 pixels become 20 and 16; their 60 pixels below the picture 78.
    assert card.sizeHint().height() == usual.height() + 18


def test_the_histogram_of_a_tensor_keeps_its_room_beside_large_text(open_window, qtbot):
    window = open_window(library.get("line_fit"), size=(1280, 720))
    find(window, "inspectorDock").show()
    window.session.select_node("fit")
    themes.switch().choose_text_size(130)
    wait_restyled(qtbot)
    parts = [find(window, name) for name in ("inspectorStatistics", "inspectorHistogram", "inspectorCells")]
    for above, below in pairwise(parts):
        qtbot.waitUntil(lambda a=above, b=below: a.geometry().bottom() < b.geometry().top(), timeout=30_000)
    assert parts[0].height() >= parts[0].heightForWidth(parts[0].width())
