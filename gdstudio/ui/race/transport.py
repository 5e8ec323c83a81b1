"""The race's controls: play, step, scrub, speed, loop, number of steps, seed.

Playing only moves the session's step through a race that is computed already; steps and seed are edits.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from gdstudio.ui import commands
from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range, format_value
from gdstudio.ui.session import Session
from gdstudio.ui.theme import Theme

# Steps per second by notch of the speed slider; the last is more than any race has.
SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 1e9)
STEPS_RANGE = Range("log", 1, 1_000_000, 200, whole=True)
SEED_RANGE = Range("linear", 0, 2**31 - 1, 0, whole=True)


class Scrubber(QSlider):
    """A slider that jumps to where it is clicked and can be dragged from there."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderPosition(self._position_at(event.position()))
            self.setSliderDown(True)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self._position_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _position_at(self, point: QPointF) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, part = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(part, option, QStyle.SubControl.SC_SliderHandle, self)
        groove = style.subControlRect(part, option, QStyle.SubControl.SC_SliderGroove, self)
        span = groove.width() - handle.width()
        offset = round(point.x()) - groove.left() - handle.width() // 2
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, span)


class Transport(QWidget):
    """One row of controls below the table and the curves."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._buttons: dict[str, QToolButton] = {}

        reset = self._button("raceReset", "reset", self.tr("Back to the start (Home)"), session.reset)
        back = self._button(
            "raceStepBack", "step-back", self.tr("One step back (←; Shift+← ten)"), session.step_back
        )
        play = self._button("racePlay", "play", self.tr("Play (Space)"), self.toggle)
        forward = self._button(
            "raceStepForward",
            "step-forward",
            self.tr("One step forward (→; Shift+→ ten)"),
            session.step_forward,
        )
        end = self._button("raceEnd", "to-end", self.tr("To the end (End)"), self.to_end)
        loop = self._button("raceLoop", "loop", self.tr("Begin again after the end"), self._set_loop)
        loop.setCheckable(True)
        loop.setChecked(session.loop)
        for button in (back, forward):
            button.setAutoRepeat(True)

        self._scrubber = named(
            Scrubber(Qt.Orientation.Horizontal),
            "raceScrubber",
            self.tr("Step of the race"),
            self.tr("Step of the race that is shown everywhere"),
        )
        self._scrubber.setPageStep(10)
        self._scrubber.setMinimumWidth(100)
        self._scrubber.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._scrubber.valueChanged.connect(self._scrubbed)
        self._label = named(QLabel(), "raceStepLabel", self.tr("Step"))
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        self._speed = named(
            QSlider(Qt.Orientation.Horizontal),
            "raceSpeed",
            self.tr("Speed of playback"),
            self.tr("Speed of playback"),
        )
        self._speed.setRange(0, len(SPEEDS) - 1)
        self._speed.setPageStep(1)
        self._speed.setFixedWidth(84)
        self._speed.valueChanged.connect(self._set_speed)
        self._speed_label = QLabel()
        self._speed_label.setObjectName("raceSpeedLabel")

        race = session.document.race
        self._steps = named(
            NumberField(STEPS_RANGE, race.steps),
            "raceSteps",
            self.tr("Number of steps in the race"),
            self.tr("Number of steps in the race"),
        )
        self._steps.setFixedWidth(84)
        self._steps.value_edited.connect(lambda value, _: self._set_steps(round(value)))
        self._seed = named(
            NumberField(SEED_RANGE, race.seed),
            "raceSeed",
            self.tr("Seed of everything random in the race"),
            self.tr("Seed of everything random in the race: the same seed, the same race"),
        )
        self._seed.setFixedWidth(70)
        self._seed.value_edited.connect(lambda value, _: self._set_seed(round(value)))

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for button in (reset, back, play, forward, end, loop):
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self._scrubber, 1)
        layout.addSpacing(4)
        layout.addWidget(self._label)
        layout.addSpacing(16)
        layout.addWidget(self._caption(self.tr("Speed"), self._speed))
        layout.addSpacing(4)
        layout.addWidget(self._speed)
        layout.addSpacing(4)
        layout.addWidget(self._speed_label)
        layout.addSpacing(12)
        layout.addWidget(self._caption(self.tr("Steps"), self._steps))
        layout.addSpacing(4)
        layout.addWidget(self._steps)
        layout.addSpacing(12)
        layout.addWidget(self._caption(self.tr("Seed"), self._seed))
        layout.addSpacing(4)
        layout.addWidget(self._seed)

        session.document_changed.connect(self._document_changed)
        session.document_opened.connect(self._document_changed)
        session.race_computed.connect(self._show_step)
        session.step_changed.connect(self._show_step)
        session.playing_changed.connect(self._show_playing)
        themes.switch().follow(self.set_theme)
        self.set_theme(themes.current())
        self._show_speed()
        self._document_changed()

    @property
    def steps_field(self) -> NumberField:
        return self._steps

    @property
    def seed_field(self) -> NumberField:
        return self._seed

    def toggle(self) -> None:
        """Play, or pause what plays."""
        if self._session.playing:
            self._session.pause()
        else:
            self._session.play()

    def to_end(self) -> None:
        self._session.pause()
        self._session.set_step(self._session.last_step)

    def set_theme(self, _theme: Theme) -> None:
        for name, button in self._buttons.items():
            button.setIcon(icon("pause" if name == "play" and self._session.playing else name))

    def _button(self, object_name: str, picture: str, tip: str, action: Any) -> QToolButton:
        button = named(QToolButton(), object_name, tip.partition(" (")[0], tip)
        # A click must not take Space and the arrows away from playback.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        self._buttons[picture] = button
        return button

    @staticmethod
    def _caption(text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(buddy)
        return label

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_seed"):
            self._keep_room()

    def _keep_room(self) -> None:
        """Give the words that change while a race plays the room of the longest of them."""
        steps = self._session.document.race.steps
        self._label.setFixedWidth(self._width_of(self._step_words(steps, steps).replace("1", "0")))
        self._speed_label.setFixedWidth(self._width_of(*map(self._speed_words, range(len(SPEEDS)))))

    def _width_of(self, *texts: str) -> int:
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(text) for text in texts) + 4

    def _set_loop(self, loop: bool) -> None:
        self._session.loop = loop

    def _set_speed(self, notch: int) -> None:
        self._session.speed = SPEEDS[notch]
        self._speed_label.setText(self._speed_words(notch))

    def _show_speed(self) -> None:
        notch = min(range(len(SPEEDS)), key=lambda k: abs(SPEEDS[k] - self._session.speed))
        self._speed.blockSignals(True)
        self._speed.setValue(notch)
        self._speed.blockSignals(False)
        self._speed_label.setText(self._speed_words(notch))

    def _speed_words(self, notch: int) -> str:
        if notch == len(SPEEDS) - 1:
            return self.tr("all at once")
        return self.tr("{0} steps/s").format(format_value(SPEEDS[notch])) if notch else self.tr("1 step/s")

    def _set_steps(self, steps: int) -> None:
        document = self._session.document
        self._session.edit(self.tr("Change number of steps"), commands.set_steps(document, steps))

    def _set_seed(self, seed: int) -> None:
        document = self._session.document
        self._session.edit(self.tr("Change seed"), commands.set_seed(document, seed))

    def _scrubbed(self, step: int) -> None:
        if self._session.playing:
            self._session.pause()
        self._session.set_step(step)
        self._show_step()

    def _document_changed(self, *_: Any) -> None:
        race = self._session.document.race
        self._steps.set_value(race.steps)
        self._seed.set_value(race.seed)
        self._scrubber.blockSignals(True)
        self._scrubber.setRange(0, race.steps)
        self._scrubber.blockSignals(False)
        self._keep_room()
        self._show_step()

    def _step_words(self, step: int, steps: int) -> str:
        return self.tr("step {0} of {1}").format(step, steps)

    def _show_step(self, *_: Any) -> None:
        step = self._session.step
        self._label.setText(self._step_words(step, self._session.document.race.steps))
        self._scrubber.blockSignals(True)
        self._scrubber.setValue(step)
        self._scrubber.blockSignals(False)

    def _show_playing(self, playing: bool) -> None:
        # The menu sets the same loop and speed.
        self._buttons["loop"].setChecked(self._session.loop)
        self._show_speed()
        button = self._buttons["play"]
        button.setIcon(icon("pause" if playing else "play"))
        button.setToolTip(self.tr("Pause (Space)") if playing else self.tr("Play (Space)"))
        button.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
