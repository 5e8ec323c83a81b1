"""The graph as text, below the canvas: it follows the graph, and the graph follows what is typed.

A text that cannot be read changes nothing: the place of the mistake is underlined and the reason stands below.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from gdstudio.document.model import Document
from gdstudio.engine import EngineError, FormulaError, GraphError, to_text
from gdstudio.engine.graph import Graph
from gdstudio.ui import theme
from gdstudio.ui.graph import edits
from gdstudio.ui.graph.faces import sentence
from gdstudio.ui.session import Session

_PAUSE_MS = 350
_LINES = 7
_MERGE = "formula"
_EXAMPLE = """\
x = data([1, 2, 3])
w = parameter(0.5)
loss = mean((w * x - 2)**2)"""


class FormulaBar(QFrame):
    """Edits the session's graph as a formula. Hidden until it is asked for.

    Signals:
        closed(): a key has put it away.
        rewrote(Graph): what was typed has become the graph, in the place of this one.
    """

    closed = Signal()
    rewrote = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formulaBar")
        self._session = session
        self._own = False
        self._written: tuple[Graph, str] | None = None  # the text that this bar wrote for a graph
        self._text = _FormulaText(self._before_undo, self)
        self._text.setObjectName("formulaText")
        self._text.setAccessibleName(self.tr("The graph as a formula"))
        self._text.setPlaceholderText(_EXAMPLE)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._reason = QLabel()
        self._reason.setObjectName("formulaError")
        self._reason.setWordWrap(True)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addWidget(self._reason)
        # Reading waits for a pause in the typing: half a word is no mistake yet.
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.apply)
        self._text.textChanged.connect(self._typed)
        self._text.left.connect(self.apply)
        self._text.escaped.connect(self.closed)
        self._text.taken_back.connect(self._take_back)
        session.document_changed.connect(self._follow)
        session.document_opened.connect(self._begin)
        theme.switch().follow(self._dress)
        self._dress()
        self.hide()

    def _dress(self, *_: object) -> None:
        colors = theme.current()
        self._text.setFont(theme.fixed_font(13))
        self._text.setFixedHeight(_LINES * self._text.fontMetrics().lineSpacing() + 12)
        self.setStyleSheet(
            f"#formulaBar {{ background: {colors.panel.name()}; border-top: 1px solid {colors.line.name()}; }}"
            f" #formulaError {{ color: {colors.error.name()}; }}"
        )

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._follow()

    def open(self) -> None:
        """Come into view with the cursor in the text."""
        self.show()
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _begin(self) -> None:
        self._forgive()
        self._follow()

    def _follow(self, *_: object) -> None:
        """Show the session's graph, unless it was typed here, nobody looks, or a mistake waits."""
        if self._own or not self.isVisible() or not self._reason.isHidden():
            return
        graph = self._session.document.graph
        try:
            text = to_text(graph)
        except EngineError as error:
            self._show_reason(error)
            return
        if text.strip() != self._text.toPlainText().strip():
            self._text.blockSignals(True)
            cursor = self._text.textCursor()
            place = min(cursor.position(), len(text.strip()))
            self._text.setPlainText(text.strip())
            cursor.setPosition(place)
            self._text.setTextCursor(cursor)
            self._text.blockSignals(False)
        self._written = graph, self._text.toPlainText()
        self._pause.stop()
        self._forgive()

    def _typed(self) -> None:
        self._forgive()
        self._pause.start()

    def apply(self) -> None:
        """Make the text the graph, if it can be read."""
        self._pause.stop()
        document, text = self._session.document, self._text.toPlainText()
        if self._written is not None and self._written[0] is document.graph and self._written[1] == text:
            self._forgive()
            return
        try:
            changed = edits.rewritten(document, text)
        except EngineError as error:
            self._show_reason(error)
            self._explain_bare_names(error)
            return
        self._forgive()
        self._edit(changed)

    def _before_undo(self) -> bool:
        """Read what was typed; whether undo is then that of the document. Of a mistake it is the text alone."""
        self.apply()
        return self._reason.isHidden()

    def _take_back(self) -> None:
        """Show the graph again in the place of a text that cannot be read."""
        self._forgive()
        self._follow()

    def _edit(self, changed: Document) -> None:
        before = self._session.document.graph
        if changed.graph == before:
            return
        self._own = True
        try:
            self._session.edit(self.tr("Edit the formula"), changed, merge=_MERGE)
        finally:
            self._own = False
        self.rewrote.emit(before)

    def _forgive(self) -> None:
        self._reason.hide()
        self._text.setExtraSelections([])

    def _show_reason(self, error: EngineError) -> None:
        self._reason.setText(sentence(str(error)))
        self._reason.show()
        if isinstance(error, FormulaError):
            self._underline(error.line, error.column)
        elif isinstance(error, GraphError) and error.place is not None:
            self._underline(*error.place)

    def _explain_bare_names(self, error: EngineError) -> None:
        """Where shapes do not fit, a name that has no value may have been meant as a tensor: say how to write one."""
        if not isinstance(error, FormulaError) and (bare := edits.names_read(self._text.toPlainText())):
            hint = self.tr("A name without a value is the number 1; this makes it a tensor: {0}")
            tensor = f"{bare[0]} = parameter([[1, 2], [3, 4]])"
            self._reason.setText(f"{self._reason.text()} {hint.format(tensor)}")

    def _underline(self, line: int, column: int) -> None:
        """A wavy line under the word at a place counted from 1."""
        block = self._text.document().findBlockByNumber(line - 1)
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(block)
        place = min(max(column - 1, 0), max(len(block.text()) - 1, 0))
        cursor.setPosition(block.position() + place)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        mark.format.setUnderlineColor(theme.current().error)
        self._text.setExtraSelections([mark])


class _FormulaText(QPlainTextEdit):
    """A text field that says when the focus leaves it, and gives undo to the window.

    Args:
        before_undo: called for the keys of undo and redo; whether they are the window's.

    Signals:
        left(): the focus is elsewhere.
        escaped(): Escape was pressed.
        taken_back(): undo was asked for, and it is the field's.
    """

    left = Signal()
    escaped = Signal()
    taken_back = Signal()

    def __init__(self, before_undo: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._before_undo = before_undo
        # The document's own history covers what is typed here.
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            # Qt's field would take the keys even though it has no history.
            event.setAccepted(not self._before_undo())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
