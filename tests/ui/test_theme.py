"""Themes: text that can be read, racers that can be told apart, a switch that every view follows."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette, QPixmap, QPixmapCache
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSlider,
    QSpinBox,
    QStatusBar,
    QTableWidget,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import icons
from gdstudio.ui import theme as themes

BOTH = pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    # From the WCAG 2.1 definition of relative luminance, by hand.
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.478),
        ("#ff0000", "#ffffff", 3.998),
    ],
)
def test_contrast_is_that_of_wcag(a, b, ratio):
    assert themes.contrast(QColor(a), QColor(b)) == pytest.approx(ratio, abs=1e-3)


@BOTH
@pytest.mark.parametrize("name", ["text", "muted", "value", "gradient", "error", "warning", "good", "accent"])
def test_text_colours_reach_aa_behind_every_text(theme, name):
    for behind in (theme.background, theme.panel, theme.raised, theme.field):
        assert themes.contrast(getattr(theme, name), behind) >= 4.5


@BOTH
def test_racers_are_seen_against_the_plot(theme):
    for style in theme.racers:
        assert themes.contrast(style.color, theme.background) >= 3.0


@BOTH
def test_forty_racers_differ_without_colours_or_with(theme):
    styles = [theme.racer(index) for index in range(40)]
    assert len({(style.color.name(), style.dash) for style in styles}) == 40
    for one, next_one in itertools.pairwise(styles):
        assert one.dash != next_one.dash and one.marker != next_one.marker


def test_a_racers_own_colour_wins_unless_it_is_none():
    assert themes.DARK.racer(0, "#123456").color.name() == "#123456"
    assert themes.DARK.racer(0, "no colour").color == themes.DARK.racer(0).color


def test_choosing_a_theme_changes_palette_and_tells(qtbot):
    with qtbot.waitSignal(themes.switch().theme_changed) as changed:
        themes.switch().choose("light")
    assert changed.args == [themes.LIGHT]
    assert themes.current() is themes.LIGHT
    assert QApplication.palette().color(QPalette.ColorRole.Window) == themes.LIGHT.panel


def test_another_theme_keeps_no_pictures_of_the_last_one(qapp):
    switch = themes.switch()
    switch.choose("light")
    kept = QPixmap(8, 8)
    assert QPixmapCache.insert("picture", kept)
    switch.choose("dark")
    assert not QPixmapCache.find("picture", kept)


def test_the_system_theme_follows_the_desktop(qtbot):
    themes.switch().choose("system")
    for scheme, theme in ((Qt.ColorScheme.Light, themes.LIGHT), (Qt.ColorScheme.Dark, themes.DARK)):
        QApplication.styleHints().colorSchemeChanged.emit(scheme)
        assert themes.current() is theme


def test_a_theme_chosen_by_hand_stays_when_the_desktop_changes(qapp):
    themes.switch().choose("dark")
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert themes.current() is themes.DARK


def test_no_font_is_smaller_than_eleven_pixels(qapp):
    assert QApplication.font().pixelSize() >= 11
    assert themes.small_font().pixelSize() >= 11
    assert themes.fixed_font(5).pixelSize() >= 11


def test_an_icon_fills_its_square_on_a_screen_of_twice_the_density():
    """The picture for 20 points at ratio 2 is the one for 40 points: as much ink in each quarter."""
    small = icons.icon("play").pixmap(QSize(20, 20), 2.0).toImage()
    assert small.width() == 40
    inked = [(x, y) for x in range(40) for y in range(40) if small.pixelColor(x, y).alpha() > 128]
    across, down = [x for x, _ in inked], [y for _, y in inked]
    assert abs((min(across) + max(across)) / 2 - 19.5) < 5
    assert abs((min(down) + max(down)) / 2 - 19.5) < 2


@pytest.mark.parametrize(("first", "then"), [("dark", "light"), ("light", "dark")])
def test_widgets_that_were_there_look_as_if_made_in_the_new_theme(qtbot, first, then):
    """The style sheet is not set anew, so every kind of widget has to follow the palette by itself."""

    def page() -> QWidget:
        made = QWidget()
        qtbot.addWidget(made)
        column = QVBoxLayout(made)
        inner = QFrame()
        inner.setObjectName("inner")
        inner.setStyleSheet("#inner { border: 1px solid palette(mid); }")
        form = QFormLayout(inner)
        for widget in (
            *(QPushButton("Push"), QToolButton(text="Tool", checkable=True, checked=True), QComboBox()),
            *(
                QCheckBox("Check", checked=True),
                QSpinBox(),
                QSlider(Qt.Orientation.Horizontal),
                QLabel("Label"),
            ),
            *(QLineEdit("Line"), QTextEdit("Text"), QTableWidget(2, 2), QListWidget(), QStatusBar()),
        ):
            form.addRow(widget)
        column.addWidget(inner)
        column.addWidget(QProgressBar(value=30))
        made.resize(400, 900)
        made.show()
        qtbot.waitExposed(made)
        return made

    themes.switch().choose(first)
    switched = page()
    switched.grab()
    themes.switch().choose(then)
    assert switched.grab().toImage() == page().grab().toImage()
    themes.switch().choose_text_size(130)
    fresh = page()

    def sizes(made: QWidget) -> list[int]:
        return [widget.fontInfo().pixelSize() for widget in made.findChildren(QWidget)]

    # What is out of sight follows between events.
    qtbot.waitUntil(lambda: sizes(switched) == sizes(fresh), timeout=30_000)
    assert round(1.3 * themes.FONT_PIXELS) in sizes(switched)
