"""The command palette: every action is found by typing and done with Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QTreeWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.actions import plain
from gdstudio.ui.palette import Command, CommandPalette, found
from tests.ui.helpers import find

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(open_window, chain, qtbot):
    made = open_window(chain)
    qtbot.keyClick(made, Qt.Key.Key_P, CTRL_SHIFT)
    return made


def names(window) -> list[str]:
    shown = find(window, "paletteList", QTreeWidget)
    return [shown.topLevelItem(row).text(0) for row in range(shown.topLevelItemCount())]


def is_open(window) -> bool:
    return any(palette.isVisible() for palette in window.findChildren(CommandPalette))


def test_every_action_and_every_key_of_the_canvas_is_listed(window):
    listed = names(window)
    for action in window.actions_:
        if action.objectName() != "actionPalette":
            assert plain(action.text()).partition("\t")[0].rstrip("…") in listed
    assert "Duplicate" in listed
    assert len(listed) == len(set(listed))


def test_what_the_menus_and_buttons_of_the_views_offer_is_listed(window):
    listed = names(window)
    menus = window.landscape.findChildren(QMenu) + window.race.findChildren(QMenu)
    offered = [action for menu in menus for action in menu.actions()]
    for action in (action for action in offered if action.text() and action.menu() is None):
        name = action.text().partition("\t")[0].replace("&", "").rstrip("…")
        assert name in listed
    assert {"Streamlines", "viridis", "The eight of Keras", "Copy numbers", "Move the racer up"} <= set(
        listed
    )


def test_an_entry_of_a_view_s_menu_is_done(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "colour map magma")
    assert names(window) == ["magma"]
    assert find(window, "paletteList", QTreeWidget).topLevelItem(0).text(1) == "In the surface: Colour map"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.session.document.landscape.colour_map == "magma"


def test_a_button_of_a_view_is_pressed(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "add a racer")
    before = len(window.session.document.race.racers)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert len(window.session.document.race.racers) == before + 1


def test_a_button_is_found_by_what_stands_on_it(window, qtbot):
    assert find(window, "landscapeSpace", QToolButton).text() == "3-D"
    qtbot.keyClicks(find(window, "paletteSearch", QLineEdit), "3-d")
    assert names(window) == ["The surface as a relief that can be turned"]


def test_on_the_start_page_views_offer_nothing(open_window):
    window = open_window()
    window.actions_["actionPalette"].trigger()
    assert not {"Streamlines", "Move the racer up", "Zoom in"} & set(names(window))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("&New", "New"),
        ("新建(&N)", "新建"),
        ("打开(&O)…", "打开…"),
        ("Cu&t", "Cut"),
        ("A && B", "A & B"),
        ("Open (&O)", "Open"),
    ],
)
def test_names_have_no_marks_of_their_letters(text, name):
    assert plain(text) == name


def test_typing_finds_and_enter_does(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "dark or li")
    assert names(window)[0] == "Dark or Light"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert themes.current() is themes.LIGHT
    assert not is_open(window)


def test_the_arrow_keys_choose(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "step")
    at = names(window).index("Step Back")
    for _ in range(at):
        qtbot.keyClick(search, Qt.Key.Key_Down)
    before = window.session.step
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.session.step == before - 1


def test_a_command_of_the_canvas_is_done(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "select all")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert len(window.graph.scene.selected_nodes()) == len(window.session.document.graph.nodes)


def test_escape_does_nothing(window, qtbot, chain):
    qtbot.keyClick(find(window, "paletteSearch", QLineEdit), Qt.Key.Key_Escape)
    assert not is_open(window)
    assert window.session.document is chain


def test_what_cannot_be_done_is_not_done(open_window, qtbot):
    window = open_window()
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "auto layout")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert is_open(window)


def test_a_submenu_leads_to_what_is_in_it(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "export")
    assert {
        "Picture of the Surface",
        "Copy the Surface",
        "Graph as Program, Formula or PDF",
    } <= set(names(window))
    assert "Save" not in names(window)
    search.clear()
    qtbot.keyClicks(search, "theme")
    assert {"Dark", "Light"} <= set(names(window))


def test_words_that_lead_nowhere_are_told_so(window, qtbot):
    search = find(window, "paletteSearch", QLineEdit)
    qtbot.keyClicks(search, "zebra")
    assert names(window) == ["No command has these words."]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert is_open(window)


def test_names_that_begin_with_the_words_come_first():
    commands = [
        Command("Replay", "Show it again", "", bool),
        Command("Put away", "Play it no more", "", bool),
        Command("Auto Play", "", "", bool),
        Command("Play", "", "", bool, enabled=False),
        Command("Playlist", "", "", bool),
    ]
    assert [c.name for c in found(commands, "play")] == [
        "Playlist",
        "Auto Play",
        "Replay",
        "Put away",
        "Play",
    ]
    assert found(commands, "play again") == [commands[0]]
    assert found(commands, "nothing") == []


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_the_edge_is_seen_on_what_lies_beneath(open_window, chain, choice):
    themes.switch().choose(choice)
    window = open_window(chain)
    window.actions_["actionPalette"].trigger()
    (palette,) = window.findChildren(CommandPalette)
    picture = palette.grab().toImage()
    corners = ((0, 0), (picture.width() - 1, picture.height() - 1))
    for x, y in corners:
        for beneath in (themes.current().background, themes.current().panel):
            assert themes.contrast(picture.pixelColor(x, y), beneath) >= 3  # WCAG 2.1, 1.4.11
