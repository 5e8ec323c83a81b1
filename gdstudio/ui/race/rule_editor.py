"""A small editor for an update rule of a person's own: its lines, its numbers and what it remembers.

The rule is checked at every keystroke; "Race it" gives it to the racer as one undoable edit and leaves the
editor open.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from gdstudio.engine.optimizers import UpdateRule
from gdstudio.ui import theme as themes
from gdstudio.ui.race import edits
from gdstudio.ui.race.named import named
from gdstudio.ui.race.rule_text import Draft, DraftError, draft_of, rule_of
from gdstudio.ui.session import Change, Session
from gdstudio.ui.translation import as_sentence, of_error


class RuleEditor(QDialog):
    """Edits the rule of one racer, wherever its row goes; what was typed stays when the racer is removed."""

    def __init__(self, session: Session, row: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ruleEditor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._row: int | None = row
        self._racer = session.document.race.racers[row]
        self._rule: UpdateRule | None = None
        self._build()
        draft = draft_of(self._racer)
        self._title.setText(draft.title)
        self._numbers.setText(draft.numbers)
        self._memory.setText(draft.memory)
        self._lines.setPlainText(draft.lines)
        for field in (self._title, self._numbers, self._memory):
            field.textChanged.connect(self._check)
        self._lines.textChanged.connect(self._check)
        session.document_changed.connect(self._follow)
        session.document_opened.connect(self.close)
        themes.switch().theme_changed.connect(self._dress)
        self.finished.connect(self._let_go)
        self._dress()
        self._lines.setFocus()

    @property
    def draft(self) -> Draft:
        """What stands in the fields."""
        return Draft(self._title.text(), self._numbers.text(), self._memory.text(), self._lines.toPlainText())

    def _build(self) -> None:
        self.resize(620, 430)
        self._title = named(QLineEdit(), "ruleTitle", self.tr("Name of the rule"))
        self._numbers = named(
            QLineEdit(),
            "ruleNumbers",
            self.tr("Numbers of the rule"),
            self.tr(
                "The rule's hyper-parameters with their values, such as: learning_rate = 0.1, beta = 0.9"
            ),
        )
        self._memory = named(
            QLineEdit(),
            "ruleMemory",
            self.tr("What the rule remembers"),
            self.tr("What is kept from step to step, and what it begins as, such as: v = 0; s = 0"),
        )
        self._lines = named(QPlainTextEdit(), "ruleLines", self.tr("Lines of the rule"))
        self._lines.setFont(themes.fixed_font(themes.FONT_PIXELS))
        self._lines.setTabChangesFocus(True)
        self._memory.setPlaceholderText(self.tr("nothing"))
        self._message = named(QLabel(), "ruleMessage", self.tr("Whether this is a rule"))
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setMinimumHeight(2 * self.fontMetrics().height())
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._help = QLabel(
            self.tr(
                "The lines run from top to bottom at every step and may read <i>x</i> (the point), <i>g</i> (the "
                "gradient there), <i>value</i> (the loss), <i>t</i> (the step, from 1), every number and what is "
                "remembered. Assigning <i>x</i> or a remembered name changes it. A line may begin with "
                "<code>if beta &gt; 0:</code>. Functions: sqrt, abs, sign, exp, log, minimum, maximum, sum, mean, norm …"
            )
        )
        self._help.setWordWrap(True)
        self._apply = named(QPushButton(self.tr("Race it")), "ruleApply", self.tr("Race with this rule"))
        self._apply.setToolTip(self.tr("Give the rule to the racer (Ctrl+Return)"))
        self._apply.setDefault(True)
        self._apply.clicked.connect(self._race)
        done = named(QPushButton(self.tr("Close")), "ruleClose", self.tr("Close"))
        done.setAutoDefault(False)
        done.clicked.connect(self.close)

        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Name"), self._title)
        form.addRow(self.tr("Numbers"), self._numbers)
        form.addRow(self.tr("Remembers"), self._memory)
        buttons = QHBoxLayout()
        buttons.addWidget(self._message, 1)
        buttons.addWidget(done, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(self._apply, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._lines, 1)
        layout.addWidget(self._help)
        layout.addLayout(buttons)

    def _dress(self, *_: Any) -> None:
        themes.make_quiet(self._help, more=1)
        self._check()

    def _follow(self, change: Change) -> None:
        before, after = change.before.race.racers, change.after.race.racers
        row = next((k for k, racer in enumerate(after) if racer is self._racer), None)
        if row is None:
            row = next((k for k, racer in enumerate(after) if racer.is_same(self._racer)), None)
        if row is None and self._row is not None and len(after) == len(before):
            row = self._row
        self._row = row
        if row is not None:
            self._racer = after[row]
        self._check()

    def _check(self) -> None:
        """Say whether the draft is a rule, and mark the place that is not."""
        theme = themes.current()
        racer = self._racer
        self.setWindowTitle(self.tr("Rule of {0}").format(racer.label))
        marks: list[QTextEdit.ExtraSelection] = []
        try:
            self._rule = rule_of(self.draft, racer)
        except DraftError as error:
            self._rule = None
            where = (
                self.tr("Line {0}: {1}").format(error.line, of_error(error))
                if error.line
                else of_error(error)
            )
            text, color = as_sentence(where), theme.error
            if error.line:
                marks.append(self._mark(error.line, error.column))
        else:
            text, color = self._state(self._rule), theme.muted
        self._lines.setExtraSelections(marks)
        self._message.setText(text)
        self._message.setStyleSheet(f"color: {color.name()};")
        self._apply.setEnabled(self._rule is not None and self._row is not None)

    def _state(self, rule: UpdateRule) -> str:
        if self._row is None:
            return self.tr("{0} is no longer in the race; undo brings it back.").format(self._racer.label)
        if self._racer.optimizer == rule:
            return self.tr("{0} races with this rule.").format(self._racer.label)
        return self.tr("The rule is sound.")

    def _mark(self, line: int, column: int) -> QTextEdit.ExtraSelection:
        """A wave under the word at a place in the lines."""
        block = self._lines.document().findBlockByNumber(min(line, self._lines.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(max(column - 1, 0), max(block.length() - 2, 0)))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(themes.current().error)
        selection.format = wave  # type: ignore[attr-defined]
        selection.cursor = cursor  # type: ignore[attr-defined]
        return selection

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._race()
        else:
            super().keyPressEvent(event)

    def _race(self) -> None:
        if self._rule is None or self._row is None:
            return
        document = self._session.document
        text = self.tr("Write rule of {0}").format(self._racer.label)
        edited = edits.set_own_rule(document, self._row, self._rule)
        if edited.race != document.race:
            self._session.edit(text, edited)
        self._check()

    def _let_go(self) -> None:
        self._session.document_changed.disconnect(self._follow)
        self._session.document_opened.disconnect(self.close)
        themes.switch().theme_changed.disconnect(self._dress)
