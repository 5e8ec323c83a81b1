"""The bar below the canvas while a pass is played: what happens in words and as a formula, and the controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import icons, theme
from gdstudio.ui.graph.formula_label import FormulaLabel
from gdstudio.ui.graph.player import DIRECTIONS, Direction, PassPlayer
from gdstudio.ui.graph.tangents import Coordinate, coordinates, passes_needed
from gdstudio.ui.messages import ElidedLabel

_SPEEDS = (0.5, 1.0, 2.0, 4.0)
# A bar that changed its height from step to step would move the canvas; matrices need more of it.
_LINE, _MATRIX = 38, 74


class PassBar(QFrame):
    """Controls a `PassPlayer`; hidden while no film is open.

    Signals:
        film_asked(Direction, Coordinate or None): another film is wanted, forward mode by a coordinate.
    """

    film_asked = Signal(str, object)

    def __init__(self, player: PassPlayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passBar")
        self.setAccessibleName(self.tr("Forward or backward pass"))
        self._player = player
        self._counter = QLabel()
        self._counter.setObjectName("passCounter")
        self._words = ElidedLabel()
        self._words.setObjectName("passWords")
        self._remark = ElidedLabel()
        self._remark.setObjectName("passRemark")
        self.sentence = FormulaLabel("passSentence")
        self._previous = self._button("passPrevious", self.tr("Previous step"), player.previous)
        self._play = self._button("passPlay", self.tr("Play or pause the pass"), player.toggle)
        self._next = self._button("passNext", self.tr("Next step"), player.next)
        self._close = self._button("passClose", self.tr("End the pass (Esc)"), player.close)
        names = {
            "forward": self.tr("Forward pass: values"),
            "backward": self.tr("Backward pass: reverse mode"),
            "tangent": self.tr("Forward mode: derivatives"),
        }
        self._kind = self._choice("passKind", self.tr("Which pass"), [(names[d], d) for d in DIRECTIONS])
        self._kind.activated.connect(lambda _index: self.film_asked.emit(self._kind.currentData(), None))
        self._coordinate = self._choice("passCoordinate", self.tr("The number that moves by 1"), [])
        self._kind.setMinimumContentsLength(10)
        self._kind.setMaximumWidth(230)
        self._kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._coordinate.setMinimumContentsLength(5)
        self._coordinate.activated.connect(self._ask_coordinate)
        speeds = [(f"{speed:g}×".replace("0.5", "½"), speed) for speed in _SPEEDS]
        self._speed = self._choice("passSpeed", self.tr("How fast the pass plays"), speeds)
        self._speed.setMinimumContentsLength(2)
        self._speed.setCurrentIndex(_SPEEDS.index(1.0))
        self._speed.currentIndexChanged.connect(lambda index: setattr(player, "speed", _SPEEDS[index]))
        self._build()
        player.opened.connect(self._open)
        player.closed.connect(self.hide)
        player.step_changed.connect(self._show_step)
        player.playing_changed.connect(self._show_playing)
        theme.switch().follow(self._dress)
        self._dress()
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self._previous, self._play, self._next, self._counter):
            row.addWidget(widget)
        row.addWidget(self._kind, 8)  # before the empty room gets any
        row.addWidget(self._coordinate)
        row.addStretch(1)
        row.addWidget(self._speed)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 8, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addWidget(self.sentence)
        column.addWidget(self._remark)

    def _button(self, name: str, label: str, call: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setToolTip(label)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: call())
        return button

    def _choice(self, name: str, label: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName(name)
        choice.setAccessibleName(label)
        choice.setToolTip(label)
        for text, data in entries:
            choice.addItem(text, data)
        # The longest entry must not make the graph's half of the window wider.
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return choice

    def _dress(self, *_: object) -> None:
        colors = theme.current()
        ink = colors.value if self._player.direction == "forward" else colors.gradient
        self.setStyleSheet(
            f"#passBar {{ background: {colors.panel.name()}; border-top: 1px solid {colors.line.name()}; }}"
            f" #passSentence {{ color: {ink.name()}; font-size: {theme.scaled(14)}px; }}"
            f" #passWords {{ color: {colors.text.name()}; }}"
            f" #passRemark {{ color: {colors.muted.name()}; }}"
            f" #passCounter {{ color: {colors.muted.name()}; }}"
        )
        self._previous.setIcon(icons.icon("step-back"))
        self._next.setIcon(icons.icon("step-forward"))
        self._close.setIcon(icons.icon("close"))
        self._show_playing(self._player.playing)

    def _open(self) -> None:
        """A film begins: its kind, its coordinate, room for its formulas, and what it costs."""
        player = self._player
        self._kind.setCurrentIndex(self._kind.findData(player.direction))
        self._fill_coordinates()
        self._words.setFixedHeight(self._words.fontMetrics().height() + 2)
        self.sentence.setFixedHeight(theme.scaled(_MATRIX if player.has_tensors else _LINE))
        cost = self._cost(player.direction)
        self._remark.set_full_text(cost)
        self._remark.setToolTip(
            self.tr(
                "One pass of reverse mode for each number of the output, of forward mode for each of the parameters"
            )
        )
        self._remark.setVisible(bool(cost))
        self._dress()
        self.show()

    def _fill_coordinates(self) -> None:
        player = self._player
        self._coordinate.setVisible(player.direction == "tangent")
        self._coordinate.clear()
        if player.direction == "tangent" and player.trace is not None:
            for coordinate in coordinates(player.trace.graph):
                self._coordinate.addItem(f"d{coordinate}", coordinate)
            self._coordinate.setCurrentIndex(self._coordinate.findText(f"d{player.coordinate}"))

    def _ask_coordinate(self, index: int) -> None:
        coordinate = self._coordinate.itemData(index)
        if isinstance(coordinate, Coordinate):
            self.film_asked.emit("tangent", coordinate)

    def _cost(self, direction: Direction) -> str:
        """How many passes reverse and forward mode need for all derivatives of this graph."""
        trace = self._player.trace
        if direction == "forward" or trace is None or trace.output is None:
            return ""
        outputs, parameters = passes_needed(trace.graph)
        return self.tr("Passes for all derivatives: reverse mode {0}, forward mode {1}").format(
            outputs, parameters
        )

    def _show_step(self, index: int) -> None:
        step = self._player.step
        if step is None:
            return
        self._counter.setText(f"{index + 1} / {self._player.count}")
        self._words.set_full_text(step.words)
        self.sentence.show_step(step.sentence, step.formulas)
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index < self._player.count - 1)

    def _show_playing(self, playing: bool) -> None:
        self._play.setIcon(icons.icon("pause" if playing else "play"))
