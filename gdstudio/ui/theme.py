"""Colours, fonts and line styles of the dark and the light theme, and the switch between them.

A view paints with `current()` and has a method called with each change by `switch().follow(method)`. Values are
blue and gradients orange everywhere; a racer is told from another by colour, dash pattern and marker together, so
that no one needs to see colours to read a plot. Text colours reach a contrast of 4.5:1 on `background` and `panel`
(WCAG AA).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPen
from PySide6.QtWidgets import QApplication, QLabel

from gdstudio.ui.dressing import dress
from gdstudio.ui.wave import Wave

ThemeName = Literal["dark", "light"]
ThemeChoice = Literal["system", "dark", "light"]

FONT_PIXELS = 13
SMALL_FONT_PIXELS = 11
TEXT_PERCENTS = (100, 115, 130)


class RacerStyle(NamedTuple):
    """How one racer is drawn: a colour, a dash pattern (empty = solid) and a pyqtgraph marker symbol."""

    color: QColor
    dash: tuple[float, ...]
    marker: str

    def pen(self, width: float = 2.0) -> QPen:
        """A cosmetic pen of `width` pixels."""
        pen = QPen(self.color, width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if self.dash else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self.dash:
            pen.setDashPattern(list(self.dash))
        return pen


# Solid, dashed, dotted, dash-dot, long dashes: with eight colours the pairs repeat only after forty racers.
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.5, 1.5), (6, 2, 1.5, 2), (9, 3))
_MARKERS = ("o", "s", "t", "d", "star", "p", "t1", "h")


@dataclass(frozen=True)
class Theme:
    """The named colours of one theme.

    Attributes:
        background: behind plots and the graph.
        panel: windows and docks.
        raised: cards, nodes, buttons.
        field: text fields and tables.
        line: frames and grid lines.
        hover: under the mouse.
        text, muted: labels and secondary labels.
        accent, accent_text: selection and focus, and text on it.
        value, gradient: numbers of the forward and of the backward pass.
        error, warning, good: messages.
        racer_colors: Okabe and Ito's eight colours, adapted to the background.
    """

    name: ThemeName
    background: QColor
    panel: QColor
    raised: QColor
    field: QColor
    line: QColor
    hover: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_text: QColor
    value: QColor
    gradient: QColor
    error: QColor
    warning: QColor
    good: QColor
    racer_colors: tuple[QColor, ...]

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    @property
    def racers(self) -> list[RacerStyle]:
        """The styles of the first racers in order, as many as there are colours."""
        return [self.racer(index) for index in range(len(self.racer_colors))]

    def racer(self, index: int, color: str | None = None) -> RacerStyle:
        """The style with a number (any >= 0), as `RacerSettings.look` gives it.

        `color` is the racer's own colour ("#rrggbb" or a name) when its document gives one; an unknown colour
        counts as none.
        """
        own = QColor.fromString(color) if color else QColor()
        shared = self.racer_colors[index % len(self.racer_colors)]
        lap = index // len(self.racer_colors)
        return RacerStyle(
            own if own.isValid() else shared,
            _DASHES[(index + lap) % len(_DASHES)],
            _MARKERS[index % len(_MARKERS)],
        )


def _colors(*names: str) -> tuple[QColor, ...]:
    return tuple(QColor(name) for name in names)


# Okabe & Ito, "Color Universal Design" (2008): orange, sky blue, bluish green, vermilion, reddish purple,
# yellow, blue and black, in an order that keeps neighbours far apart. They are lightened on dark and darkened on
# light until each has a contrast of 3:1 with the background, and apart from each other until any two differ by ten
# (CIEDE2000) for people who lack one kind of cones, too: neighbours in hue are told by lightness.
DARK = Theme(
    name="dark",
    background=QColor("#15181d"), panel=QColor("#1c2027"), raised=QColor("#272c35"), field=QColor("#171a20"),
    line=QColor("#3a414d"), hover=QColor("#313844"), text=QColor("#e6e9ee"), muted=QColor("#a2abb8"),
    accent=QColor("#6cb2f7"), accent_text=QColor("#0d1420"),
    value=QColor("#6cb2f7"), gradient=QColor("#f2a65a"),
    error=QColor("#ff8a80"), warning=QColor("#f0c75e"), good=QColor("#6fcf97"),
    racer_colors=_colors(
        "#eea014", "#47b1e3", "#24f0b0", "#d86024", "#b8789f", "#f5ed49", "#4a7df5", "#dddddd",
    ),
)  # fmt: skip

LIGHT = Theme(
    name="light",
    background=QColor("#ffffff"), panel=QColor("#f4f5f7"), raised=QColor("#ffffff"), field=QColor("#ffffff"),
    line=QColor("#c9ced6"), hover=QColor("#e6eaf0"), text=QColor("#1b1f26"), muted=QColor("#59626f"),
    accent=QColor("#1565b8"), accent_text=QColor("#ffffff"),
    value=QColor("#1560b0"), gradient=QColor("#a8500a"),
    error=QColor("#b3261e"), warning=QColor("#7d5700"), good=QColor("#1e7a46"),
    racer_colors=_colors(
        "#c68609", "#2f96e0", "#188c6a", "#87330a", "#b0568c", "#767218", "#08509a", "#222222",
    ),
)  # fmt: skip


class ThemeSwitch(QObject):
    """Which theme is in use, and how large text is.

    `theme_changed(Theme)` fires after the application's palette or font has changed; what the parts of a window do
    about it goes through `follow`. While `reduced_motion` is set, nothing moves that a person has not asked to play.

    Attributes:
        wave: runs over the windows with each change.
    """

    theme_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._choice: ThemeChoice = "dark"
        self._follows_system = False
        self._is_dressed = False
        self._text_percent = 100
        self.reduced_motion = False
        self.wave = Wave()

    def follow(self, method: Callable[..., Any]) -> None:
        """Have a method of a `QObject` called with the theme when theme or text size have changed."""
        self.wave.follow(method)

    @property
    def text_percent(self) -> int:
        """The size of text, in percent of the program's own."""
        return self._text_percent

    def choose_text_size(self, percent: int) -> None:
        """Use another size of text from now on, in every window; one of `TEXT_PERCENTS`."""
        if percent != self._text_percent:
            self._text_percent = percent
            self._is_dressed = False
            self._use(self._theme)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def choice(self) -> ThemeChoice:
        """What was asked for; "system" follows the desktop's colour scheme."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Use a theme from now on, in every window."""
        self._choice = choice
        hints = QApplication.styleHints()
        if not self._follows_system:
            hints.colorSchemeChanged.connect(self._follow_system)
            self._follows_system = True
        # Title bars and native dialogs are the desktop's to draw; they follow, too.
        if choice == "system":
            hints.unsetColorScheme()
            self._follow_system(hints.colorScheme())
        else:
            hints.setColorScheme(Qt.ColorScheme.Light if choice == "light" else Qt.ColorScheme.Dark)
            self._use(LIGHT if choice == "light" else DARK)

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        # Where the desktop does not say (no desktop, plain window managers), dark is this program's own look.
        if self._choice == "system":
            self._use(LIGHT if scheme == Qt.ColorScheme.Light else DARK)

    def _use(self, theme: Theme) -> None:
        app = QApplication.instance()
        changed = theme is not self._theme or not self._is_dressed
        self._theme = theme
        if changed and isinstance(app, QApplication):
            self._is_dressed = True
            self.wave.run(partial(dress, app, theme, scaled(FONT_PIXELS)), theme)
            self.theme_changed.emit(theme)


_switch: ThemeSwitch | None = None


def switch() -> ThemeSwitch:
    """The one theme switch of the program."""
    global _switch
    if _switch is None:
        _switch = ThemeSwitch()
    return _switch


def current() -> Theme:
    """The theme in use."""
    return switch().theme


def contrast(a: QColor, b: QColor) -> float:
    """The contrast ratio of two opaque colours after WCAG 2.1, from 1 (equal) to 21 (black on white)."""

    def luminance(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def small_font() -> QFont:
    """The smallest font in use, for captions and tick labels."""
    font = QFont(QApplication.font())
    font.setPixelSize(scaled(SMALL_FONT_PIXELS))
    return font


def small_pixels(more: int = 0) -> int:
    """The size of the smallest font in use, or of one that is `more` pixels larger, for style sheets."""
    return scaled(SMALL_FONT_PIXELS + more)


def make_quiet(label: QLabel, more: int = 0, rest: str = "") -> None:
    """Secondary words in the smallest font, or one that is `more` pixels larger; `rest` are other properties of a label.

    The colour is the palette's and follows a theme by itself; only another size of text makes a new style sheet.
    """
    sheet = f"color: palette(placeholder-text); font-size: {small_pixels(more)}px; {rest}"
    if label.styleSheet() != sheet:
        label.setStyleSheet(sheet)


def fixed_font(pixels: int = FONT_PIXELS - 1) -> QFont:
    """A font with digits of one width, for numbers in columns."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(scaled(max(pixels, SMALL_FONT_PIXELS)))
    return font


def scaled(pixels: int) -> int:
    """What `pixels` of a font, or of what holds text, are at the text size in use."""
    return round(pixels * switch().text_percent / 100)
