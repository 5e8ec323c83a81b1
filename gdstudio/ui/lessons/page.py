"""One lesson: its steps, the text of the step that is shown, its question and its challenge."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme as themes
from gdstudio.ui.inspector.typeset import Typesetter
from gdstudio.ui.lessons.box import clear
from gdstudio.ui.lessons.challenge import ChallengeBox
from gdstudio.ui.lessons.guide import Guide, say
from gdstudio.ui.lessons.prose import TEXT_PIXELS, Prose
from gdstudio.ui.lessons.question import QuestionBox

LARGE = 1.6


class LessonPage(QWidget):
    """Shows the guide's lesson.

    Signals:
        contents_asked(): back to the list of lessons.
        next_asked(): the lesson is over, on with the next one.
        record_asked(), edit_asked(), delete_asked(): a new step, other texts, or one step less.
        presentation_asked(bool): begin or end the presentation.
    """

    contents_asked = Signal()
    next_asked = Signal()
    record_asked = Signal()
    edit_asked = Signal()
    delete_asked = Signal()
    presentation_asked = Signal(bool)

    def __init__(self, guide: Guide, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonPage")
        self.setAccessibleName(self.tr("Lesson"))
        self._guide = guide
        self._buttons: list[QToolButton] = []
        self._is_large = False
        self._build_head()
        self._build_body(typesetter)
        self._build_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.scroll_area, 1)
        column.addLayout(self._foot)
        guide.lesson_changed.connect(self._show_lesson)
        guide.step_entered.connect(self._show_step)
        guide.touched.connect(self.restore.setVisible)
        guide.judged.connect(self.challenge.judge)
        guide.progress.changed.connect(self._show_steps)
        themes.switch().follow(self._dress)
        self._show_lesson()
        if guide.lesson is not None:
            self._show_step(guide.index)
            self.restore.setVisible(guide.is_touched)
            guide.judge()

    # Building

    def _build_head(self) -> None:
        self.contents = QPushButton(self.tr("‹ All lessons"), flat=True)
        self.contents.setObjectName("lessonContents")
        self.contents.setAccessibleName(self.tr("All lessons"))
        self.contents.setStyleSheet("text-align: left; padding: 3px 6px; margin-left: -6px;")
        self.contents.clicked.connect(self.contents_asked)
        self.title = QLabel(wordWrap=True)
        self.title.setObjectName("lessonTitle")
        font = self.title.font()
        font.setPixelSize(themes.scaled(18))
        font.setBold(True)
        self.title.setFont(font)
        self._steps = QHBoxLayout()
        self._steps.setSpacing(2)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(14, 8, 14, 6)
        self._head.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self.contents)
        row.addStretch(1)
        row.addWidget(self._menu_button())
        self._head.addLayout(row)
        self._head.addWidget(self.title)
        self._head.addLayout(self._steps)

    def _menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setText("⋯")
        button.setToolTip(self.tr("Present this lesson, or change it"))
        button.setObjectName("lessonMenu")
        button.setAccessibleName(self.tr("More"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(button)
        self.present = menu.addAction(self.tr("&Presentation"))
        self.present.setObjectName("lessonPresent")
        self.present.setCheckable(True)
        self.present.toggled.connect(self.presentation_asked)
        menu.addSeparator()
        for name, text, signal in (
            ("lessonRecord", self.tr("&Record as a New Step…"), self.record_asked),
            ("lessonEdit", self.tr("&Edit This Step…"), self.edit_asked),
            ("lessonDelete", self.tr("&Delete This Step"), self.delete_asked),
        ):
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
        button.setMenu(menu)
        return button

    def _dress(self, *_: object) -> None:
        """Take on the theme and the text size."""
        self.set_large(self._is_large)
        self._show_steps()

    def set_large(self, large: bool) -> None:
        """Use type that can be read from the last row of a room."""
        self._is_large = large
        for label, pixels in ((self.title, 18), (self.step_title, 15)):
            font = label.font()
            font.setPixelSize(themes.scaled(round(pixels * LARGE) if large else pixels))
            label.setFont(font)
        for prose in self.findChildren(Prose):
            prose.set_pixels(round(TEXT_PIXELS * LARGE) if large else TEXT_PIXELS)

    def _build_body(self, typesetter: Typesetter) -> None:
        self.step_title = QLabel(wordWrap=True)
        self.step_title.setObjectName("lessonStepTitle")
        font = self.step_title.font()
        font.setPixelSize(themes.scaled(15))
        font.setBold(True)
        self.step_title.setFont(font)
        self.text = self._prose(typesetter, "lessonText", self.tr("Text of the step"))
        self.play = QPushButton()
        self.play.setObjectName("lessonPlay")
        self.play.setAutoDefault(True)
        self.play.clicked.connect(self._guide.play)
        self.question = QuestionBox(typesetter)
        self.question.answered.connect(self._guide.finish)
        self.challenge = ChallengeBox(typesetter)
        self.challenge.solved.connect(self._guide.solve)
        self.challenge.solution_asked.connect(
            lambda document: self._guide.try_changes(self.tr("Show a solution"), document)
        )
        self.try_caption = QLabel(self.tr("Try"))
        font = self.try_caption.font()
        font.setBold(True)
        self.try_caption.setFont(font)
        self.suggestions = self._prose(typesetter, "lessonSuggestions", self.tr("What to try"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 8, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.step_title)
        column.addWidget(self.text)
        column.addWidget(self.play, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.question)
        column.addWidget(self.challenge)
        column.addWidget(self.try_caption)
        column.addWidget(self.suggestions)
        column.addStretch(1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setObjectName("lessonScroll")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(body)

    def _prose(self, typesetter: Typesetter, name: str, accessible: str) -> Prose:
        prose = Prose(typesetter)
        prose.setObjectName(name)
        prose.setAccessibleName(accessible)
        return prose

    def _build_foot(self) -> None:
        self.restore = _button("lessonRestore", self.tr("Back to the step"))
        self.restore.setToolTip(self.tr("Undo your changes: show the step as the lesson has it"))
        self.back = _button("lessonBack", self.tr("Back"))
        self.next = _button("lessonNext", self.tr("Next"))
        self.restore.hide()
        self.restore.clicked.connect(self._guide.restore)
        self.back.clicked.connect(lambda: self._guide.enter(self._guide.index - 1))
        self.next.clicked.connect(self._go_on)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(14, 8, 14, 10)
        self._foot.setSpacing(8)
        self._foot.addWidget(self.restore)
        self._foot.addLayout(row)

    # Showing

    def _show_lesson(self) -> None:
        lesson = self._guide.lesson
        clear(self._steps)
        self._buttons = []
        if lesson is None:
            return
        self.title.setText(say(lesson.title))
        for number, step in enumerate(lesson.steps):
            button = QToolButton()
            button.setText(str(number + 1))
            button.setCheckable(True)
            button.setObjectName(f"lessonStep{number}")
            button.setAccessibleName(self.tr("Step {0}: {1}").format(number + 1, say(step.title)))
            button.setToolTip(say(step.title))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._guide.enter, number))
            self._buttons.append(button)
            self._steps.addWidget(button)

    def _show_step(self, index: int) -> None:
        lesson, step = self._guide.lesson, self._guide.step
        if lesson is None or step is None:
            return
        last = index == len(lesson.steps) - 1
        done = index in self._guide.done
        self.step_title.setText(say(step.title))
        self.text.set_text(say(step.text))
        self.play.setVisible(step.play is not None)
        captions = {
            "race": self.tr("Play the race again"),
            "forward": self.tr("Play the forward pass again"),
            "backward": self.tr("Play the backward pass again"),
        }
        self.play.setText(captions.get(step.play or "", ""))
        self.play.setAccessibleName(self.play.text())
        self.question.set_question(step.question, done)
        self.challenge.set_challenge(step.challenge, done)
        shows_try = last and bool(str(lesson.suggestions))
        self.try_caption.setVisible(shows_try)
        self.suggestions.setVisible(shows_try)
        if shows_try:
            self.suggestions.set_text(say(lesson.suggestions))
        self.back.setEnabled(index > 0)
        self.next.setText(self.tr("Next lesson") if last else self.tr("Next"))
        self.scroll_area.verticalScrollBar().setValue(0)
        self._show_steps()

    def _show_steps(self, *_: object) -> None:
        """Which step is shown, and which ones are done."""
        theme, done = themes.current(), self._guide.done
        for number, button in enumerate(self._buttons):
            current = number == self._guide.index
            button.setChecked(current)
            line = theme.accent if current else theme.good if number in done else theme.line
            text = theme.text if current else theme.good if number in done else theme.muted
            button.setStyleSheet(
                f"QToolButton {{ color: {text.name()}; border: none; border-radius: 0; padding: 2px 0;"
                f" border-bottom: {3 if current else 2}px solid {line.name()};"
                f" font-weight: {600 if current else 400}; background: transparent; }}"
                f"QToolButton:hover, QToolButton:focus {{ background: {theme.hover.name()}; }}"
            )

    def _go_on(self) -> None:
        lesson = self._guide.lesson
        if lesson is not None and self._guide.index + 1 < len(lesson.steps):
            self._guide.enter(self._guide.index + 1)
        else:
            self.next_asked.emit()


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setAutoDefault(True)  # Enter presses it
    return button
