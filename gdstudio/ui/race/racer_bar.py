"""The buttons above the table of racers: what they do is for others to say."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from gdstudio.ui.icons import icon
from gdstudio.ui.race.named import named
from gdstudio.ui.race.podium import Podium

_PICTURE_WIDTH = 30


class RacerBar(QWidget):
    """One row of buttons: the racers to the left, the pages beside the table to the right, the podium between.

    Signals:
        add_asked, duplicate_asked, remove_asked.
        move_asked(int): rows down, negative = up.
        options_asked, why_asked, ranking_asked(bool): the button is down now.
    """

    add_asked = Signal()
    duplicate_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)
    options_asked = Signal(bool)
    why_asked = Signal(bool)
    ranking_asked = Signal(bool)

    def __init__(self, presets: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: dict[QToolButton, str] = {}
        self.podium = Podium()
        self.podium.setObjectName("racePodium")
        self._add = self._button("racerAdd", "plus", self.tr("Add a racer (Insert)"), self.tr("Add"))
        self._add.clicked.connect(lambda _=False: self.add_asked.emit())
        self._duplicate = self._button(
            "racerDuplicate", "duplicate", self.tr("Duplicate the selected racer (Ctrl+D)")
        )
        self._duplicate.clicked.connect(lambda _=False: self.duplicate_asked.emit())
        self._remove = self._button("racerRemove", "minus", self.tr("Remove the selected racer (Delete)"))
        self._remove.clicked.connect(lambda _=False: self.remove_asked.emit())
        self._up = self._button("racerUp", "up", self.tr("Move the racer up (Alt+↑)"))
        self._up.clicked.connect(lambda _=False: self.move_asked.emit(-1))
        self._down = self._button("racerDown", "down", self.tr("Move the racer down (Alt+↓)"))
        self._down.clicked.connect(lambda _=False: self.move_asked.emit(1))
        self._presets = named(
            QToolButton(), "racerPresets", self.tr("Presets"), self.tr("Replace all racers by a ready set")
        )
        self._presets.setText(self.tr("Presets ▾"))
        self._presets.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._presets.setMenu(presets)
        self._ranking = self._button(
            "racerRanking",
            "podium",
            self.tr("Show who leads: by loss, steps to a target, distance or evaluations"),
            self.tr("Leaderboard"),
        )
        self._why = self._button(
            "racerWhy",
            "why",
            self.tr("Show the selected racer's rule with the numbers of the step shown"),
            self.tr("Why this step"),
        )
        self._options = self._button(
            "racerOptions",
            "sliders",
            self.tr("Show every hyper-parameter of the selected racer"),
            self.tr("Hyper-parameters"),
        )
        for button, asked in (
            (self._ranking, self.ranking_asked),
            (self._why, self.why_asked),
            (self._options, self.options_asked),
        ):
            button.setCheckable(True)
            button.clicked.connect(asked)
            # Where there is no room for its words, the picture must do.
            button.setMinimumWidth(_PICTURE_WIDTH)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for button in (self._add, self._duplicate, self._remove, self._up, self._down, self._presets):
            layout.addWidget(button)
        layout.addSpacing(10)
        layout.addWidget(self.podium, 1)
        for button in (self._ranking, self._why, self._options):
            layout.addWidget(button)

    def _button(self, name: str, picture: str, tip: str, text: str = "") -> QToolButton:
        button = named(QToolButton(), name, tip.partition(" (")[0], tip)
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._pictures[button] = picture
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_words()

    def _fit_words(self) -> None:
        """Words beside the pictures of the pages, if all of them fit."""
        pages = (self._ranking, self._why, self._options)
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in pages:
            button.setToolButtonStyle(words)
        others = (self._add, self._duplicate, self._remove, self._up, self._down, self._presets)
        needed = sum(button.sizeHint().width() + 2 for button in (*others, *pages)) + 10
        if needed > self.width():
            for button in pages:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def draw_icons(self) -> None:
        """The icons in the colours of the theme."""
        for button, picture in self._pictures.items():
            button.setIcon(icon(picture))

    def show_selection(self, row: int | None, count: int) -> None:
        """Offer what can be done with the racer in a row of so many."""
        place = -1 if row is None or row >= count else row
        self._duplicate.setEnabled(place >= 0)
        self._remove.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < count - 1)

    def show_pages(self, options: bool, why: bool, ranking: bool) -> None:
        """Press the buttons of what is shown."""
        self._options.setChecked(options)
        self._why.setChecked(why)
        self._ranking.setChecked(ranking)
