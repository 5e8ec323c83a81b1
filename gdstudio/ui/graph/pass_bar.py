"""The bar below the canvas while a pass is played: one sentence, and play, previous, next, close."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gdstudio.ui import icons, theme
from gdstudio.ui.graph.player import PassPlayer


class PassBar(QFrame):
    """Controls a `PassPlayer`; hidden while no film is open."""

    def __init__(self, player: PassPlayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passBar")
        self.setAccessibleName(self.tr("Forward or backward pass"))
        self._player = player
        self._counter = QLabel()
        self._counter.setObjectName("passCounter")
        self._sentence = QLabel()
        self._sentence.setObjectName("passSentence")
        self._sentence.setAccessibleName(self.tr("What happens in this step"))
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sentence.setWordWrap(True)
        self._previous = self._button("passPrevious", self.tr("Previous step"), player.previous)
        self._play = self._button("passPlay", self.tr("Play or pause the pass"), player.toggle)
        self._next = self._button("passNext", self.tr("Next step"), player.next)
        self._close = self._button("passClose", self.tr("End the pass (Esc)"), player.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for widget in (self._previous, self._play, self._next):
            row.addWidget(widget)
        row.addWidget(self._counter)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._close)
        self.setMinimumHeight(52)
        player.opened.connect(self.show)
        player.closed.connect(self.hide)
        player.step_changed.connect(self._show_step)
        player.playing_changed.connect(self._show_playing)
        theme.switch().theme_changed.connect(self._dress)
        self._dress()
        self.hide()

    def _button(self, name: str, label: str, call) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setToolTip(label)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: call())
        return button

    def _dress(self) -> None:
        colors = theme.current()
        ink = colors.value if self._player.direction == "forward" else colors.gradient
        self.setStyleSheet(
            f"#passBar {{ background: {colors.panel.name()}; border-top: 1px solid {colors.line.name()}; }}"
            f" #passSentence {{ color: {ink.name()}; font-size: 14px; padding-left: 6px; }}"
            f" #passCounter {{ color: {colors.muted.name()}; }}"
        )
        self._previous.setIcon(icons.icon("step-back"))
        self._next.setIcon(icons.icon("step-forward"))
        self._close.setIcon(icons.icon("close"))
        self._show_playing(self._player.playing)

    def _show_step(self, index: int) -> None:
        if index == 0:
            self._dress()
        self._counter.setText(f"{index + 1} / {self._player.count}")
        self._sentence.setText(self._player.sentence)
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index < self._player.count - 1)

    def _show_playing(self, playing: bool) -> None:
        self._play.setIcon(icons.icon("pause" if playing else "play"))
