"""A challenge of a lesson: its goals, ticked while they are met, a hint, and a solution for who wants it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gdstudio.document.challenges import Challenge
from gdstudio.document.goals import (
    Beats,
    Beyond,
    EndsAs,
    EndsNear,
    Equals,
    Goal,
    HasSlopes,
    LossBelow,
    Measure,
    Outcome,
)
from gdstudio.document.model import Document
from gdstudio.ui import theme as themes
from gdstudio.ui.inspector.typeset import Typesetter
from gdstudio.ui.lessons.box import Box, clear
from gdstudio.ui.lessons.guide import say
from gdstudio.ui.lessons.prose import Prose
from gdstudio.ui.race.numbers import format_value
from gdstudio.ui.translation import from_engine, sentences


class ChallengeBox(Box):
    """Shows a challenge and how far one is.

    Signals:
        solved(): all goals are met within the rules.
        solution_asked(Document).
    """

    solved = Signal()
    solution_asked = Signal(object)

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonChallenge")
        self.setAccessibleName(self.tr("Challenge"))
        self._challenge: Challenge | None = None
        self._told = False  # the solution was shown; until the step is entered again nothing counts
        self._rows: list[QLabel] = []
        self._met: list[bool] = []
        self.caption.setText(self.tr("Challenge"))
        self._goals = QVBoxLayout()
        self._goals.setSpacing(6)
        self.rules = _label("challengeRules", self.tr("What may be changed"))
        self.message = _label("challengeMessage", self.tr("Result"))
        self.hint_button = _button("challengeHint", self.tr("Hint"))
        self.solution_button = _button("challengeSolution", self.tr("Show a solution"))
        self.hint = Prose(typesetter)
        self.hint.setObjectName("challengeHintText")
        self.hint.setAccessibleName(self.tr("Hint"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.hint_button)
        buttons.addWidget(self.solution_button)
        buttons.addStretch(1)
        self.column.addLayout(self._goals)
        self.column.addWidget(self.rules)
        self.column.addWidget(self.message)
        self.column.addLayout(buttons)
        self.column.addWidget(self.hint)
        self.hint_button.clicked.connect(self._show_hint)
        self.solution_button.clicked.connect(self._tell_solution)
        themes.switch().follow(self._dress)

    def set_challenge(self, challenge: Challenge | None, done: bool) -> None:
        """Show another challenge, or none; `done`: it was solved before."""
        self._challenge = challenge
        self._told = False
        self.setVisible(challenge is not None)
        clear(self._goals)
        self._rows, self._met = [], []
        if challenge is None:
            return
        self.set_good(done)
        for number in range(len(challenge.goals)):
            row = _label(f"challengeGoal{number}", self.tr("Goal"))
            self._rows.append(row)
            self._goals.addWidget(row)
        self._tell(None, done)
        open_ = ", ".join(_plain(name) for name in challenge.may_change)
        self.rules.setText(self.tr("You may change: {0}.").format(open_))
        self.hint.hide()
        self.hint_button.setVisible(bool(str(challenge.hint)))
        self._say(self.tr("Solved.") if done else "")

    def judge(self, outcome: Outcome) -> None:
        """Tick the goals that are met; the first time that all are, it is solved."""
        challenge = self._challenge
        if challenge is None:
            return
        self._tell(outcome, False)
        offences = challenge.offences(outcome.document)
        if offences:
            self._say(
                self.tr(
                    "This counts once it is as it was: {0}. “Back to the step” undoes everything."
                ).format(", ".join(_plain(offence) for offence in offences))
            )
        elif self._told:
            self._say(self.tr("This is one solution. “Back to the step”, and do it yourself."))
        elif challenge.solved(outcome):
            self.set_good(True)
            self._say(self.tr("Solved."))
            self.solved.emit()
        else:
            self._say(self.tr("Solved before.") if self.good else "")

    def _tell(self, outcome: Outcome | None, done: bool) -> None:
        challenge = self._challenge
        if challenge is None:
            return
        self._met = [done if outcome is None else goal.met(outcome) for goal in challenge.goals]
        for goal, row, met in zip(challenge.goals, self._rows, self._met, strict=True):
            now = None if outcome is None or met else goal.now(outcome)
            mark = "✓" if met else "○"
            text = f"{mark}  {self._sentence(goal, challenge.start)}"
            row.setText(sentences(text, "" if now is None else self.tr("Now: {0}.").format(_number(now))))
        self._dress()

    def _sentence(self, goal: Goal, document: Document) -> str:
        def name(racer: int) -> str:
            return document.race.racers[racer].label

        match goal:
            case LossBelow(racer, limit, None):
                return self.tr("{0} gets its loss below {1}.").format(name(racer), _number(limit))
            case LossBelow(racer, limit, 1):
                return self.tr("{0} gets its loss below {1} in one step.").format(name(racer), _number(limit))
            case LossBelow(racer, limit, step):
                return self.tr("{0} gets its loss below {1} within {2} steps.").format(
                    name(racer), _number(limit), step
                )
            case EndsAs(racer, status):
                return self.tr("{0} ends as: {1}.").format(name(racer), _plain(status))
            case EndsNear(racer, point, within):
                return self.tr("{0} ends at ({1}), not further than {2} away.").format(
                    name(racer), ", ".join(map(_number, point)), _number(within)
                )
            case Beats(racer, other):
                return self.tr("{0} ends with less loss than {1}.").format(name(racer), name(other))
            case HasSlopes(points):
                return self.tr("The gradients are right at {0} points.").format(len(points))
            case Equals(measure, number, _):
                return self.tr("{0} is {1}.").format(self._measure(measure), _number(number))
            case Beyond(measure, limit, True):
                return self.tr("{0} is below {1}.").format(self._measure(measure), _number(limit))
            case Beyond(measure, limit, False):
                return self.tr("{0} is above {1}.").format(self._measure(measure), _number(limit))
        return ""

    def _measure(self, measure: Measure) -> str:
        name = measure.nodes[0]
        if measure.index:
            name += f"[{', '.join(map(str, measure.index))}]"
        return self.tr("The gradient of {0}").format(name) if measure.kind == "gradient" else name

    def _tell_solution(self) -> None:
        if self._challenge is not None:
            self._told = True
            self.solution_asked.emit(self._challenge.solution)

    def _show_hint(self) -> None:
        if self._challenge is None:
            return
        self.hint.set_text(say(self._challenge.hint))
        self.hint.show()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self._dress()

    def _dress(self, *_: object) -> None:
        """Take the colours of the theme in use."""
        now = themes.current()
        for row, met in zip(self._rows, self._met, strict=True):
            row.setStyleSheet(f"color: {(now.good if met else now.text).name()};")
        self.rules.setStyleSheet(f"color: {now.muted.name()};")
        self.message.setStyleSheet(f"color: {self.stripe().name()}; font-weight: 600;")


def _label(name: str, accessible: str) -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setAccessibleName(accessible)
    return label


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setAutoDefault(True)  # Enter presses it
    return button


def _plain(name: str) -> str:
    return from_engine(name.replace("_", " "))


def _number(number: float) -> str:
    return format_value(number, 4)
