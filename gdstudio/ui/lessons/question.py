"""A question of a lesson: a number to type or a choice, checked at once, with a hint or the reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from gdstudio.document.challenges import Question, parse_number
from gdstudio.ui.inspector.typeset import Typesetter
from gdstudio.ui.lessons.box import Box, clear
from gdstudio.ui.lessons.guide import say
from gdstudio.ui.lessons.prose import Prose


class QuestionBox(Box):
    """Asks a question.

    Signals:
        answered(): rightly.
    """

    answered = Signal()

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonQuestion")
        self.setAccessibleName(self.tr("Question"))
        self._question: Question | None = None
        self.caption.setText(self.tr("Question"))
        self.ask = Prose(typesetter)
        self.ask.setObjectName("questionText")
        self.ask.setAccessibleName(self.tr("Question"))
        self.field = QLineEdit(placeholderText=self.tr("A number"))
        self.field.setObjectName("questionAnswer")
        self.field.setAccessibleName(self.tr("Your answer"))
        self.field.setMaximumWidth(150)
        self.check = QPushButton(self.tr("Check"))
        self.check.setObjectName("questionCheck")
        self.check.setAutoDefault(True)  # Enter presses it
        self.check.setAccessibleName(self.tr("Check the answer"))
        self.reply = Prose(typesetter)
        self.reply.setObjectName("questionReply")
        self.reply.setAccessibleName(self.tr("Reply"))
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.check)
        row.addStretch(1)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(6)
        self.column.addWidget(self.ask)
        self.column.addLayout(self._choices)
        self.column.addWidget(self._row)
        self.column.addWidget(self.reply)
        self.field.returnPressed.connect(self._check_number)
        self.check.clicked.connect(self._check_number)

    def set_question(self, question: Question | None, done: bool) -> None:
        """Ask another question, or none; `done`: it was answered before."""
        self._question = question
        self.setVisible(question is not None)
        clear(self._choices)
        if question is None:
            return
        self.set_good(done)
        self.ask.set_text(say(question.ask))
        self.field.clear()
        self._row.setVisible(not question.choices)
        for number, choice in enumerate(question.choices):
            button = QRadioButton(say(choice).replace("&", "&&"))
            button.setObjectName(f"questionChoice{number}")
            button.setAccessibleName(say(choice))
            button.clicked.connect(lambda _checked=False, number=number: self._judge(number))
            self._choices.addWidget(button)
        self._say(say(question.why) if done else "", done)

    def _check_number(self) -> None:
        text = self.field.text()
        number = parse_number(text)
        if number is None:
            self._say(self.tr("Type a number, such as 2, −0.5, 4/9 or 1e-4."), False)
        else:
            self._judge(number)

    def _judge(self, answer: float) -> None:
        question = self._question
        if question is None:
            return
        if question.is_right(answer):
            self.set_good(True)
            self._say(f"**{self.tr('Right.')}** {say(question.why)}", True)
            self.answered.emit()
        else:
            self._say(f"**{self.tr('Not yet.')}** {say(question.hint)}", False)

    def _say(self, text: str, good: bool) -> None:
        self.reply.setVisible(bool(text))
        self.reply.set_text(text, good)
