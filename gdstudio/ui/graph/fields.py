"""Editing in place: a field over a value or name that keeps nonsense and says what is wrong, and one for notes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gdstudio.ui import theme
from gdstudio.ui.graph.notice import Notice

_LEAST_WIDTH = 110
_HEIGHT = 26
_NOTE_SIZE = QSize(220, 84)


class InPlaceField(QLineEdit):
    """A field that asks `accept` for each entry; `accept` returns None, or one sentence on why the text
    cannot be.

    Enter and leaving the field accept, Escape gives up. `closed` says that the field is gone.
    """

    closed = Signal()

    def __init__(
        self, name: str, label: str, text: str, accept: Callable[[str], str | None], parent: QWidget
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._home = parent
        self._accept = accept
        self._start = text
        self._done = False
        self._notice = Notice("fieldError", parent)
        self.textEdited.connect(self._forgive)
        self._dress(wrong=False)

    def open_at(self, place: QRect) -> None:
        """Show the field over `place` (parent's coordinates), as wide as its text and inside the parent."""
        room = self._home.width() - 8
        text = self.fontMetrics().horizontalAdvance(self.text()) + 24
        width = min(max(place.width(), _LEAST_WIDTH, text), max(room, 60))
        left = max(4, min(place.left(), room - width))
        self.setGeometry(left, place.center().y() - _HEIGHT // 2, width, _HEIGHT)
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self, wrong: bool) -> None:
        colors = theme.current()
        edge = colors.error if wrong else colors.accent
        self.setStyleSheet(
            f"QLineEdit {{ background: {colors.field.name()}; color: {colors.text.name()};"
            f" border: 2px solid {edge.name()}; border-radius: 5px; padding: 0 4px; }}"
        )

    def _forgive(self) -> None:
        self._notice.hide()
        self._dress(wrong=False)

    def commit(self) -> bool:
        """Try to accept the text; on nonsense the field stays, with the reason below it."""
        if self._done:
            return True
        reason = None if self.text() == self._start else self._accept(self.text())
        if reason is None:
            self._close()
            return True
        self._dress(wrong=True)
        self._notice.show_at(reason, self.geometry().center())
        self.setFocus()
        return False

    def give_up(self) -> None:
        """Close without a change."""
        self._close()

    def _close(self) -> None:
        if not self._done:
            self._done = True
            self._notice.hide()
            self._notice.deleteLater()
            self.hide()
            self.closed.emit()
            self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A field left with nonsense keeps its text and its sentence; one left with sense takes it.
        if not self._done and event.reason() in (
            Qt.FocusReason.MouseFocusReason,
            Qt.FocusReason.TabFocusReason,
        ):
            if self.text() == self._start or self._accept(self.text()) is None:
                self._close()


class NoteField(QPlainTextEdit):
    """A field of several lines for a note. Leaving it and Ctrl+Enter accept, Escape gives up."""

    closed = Signal()

    def __init__(self, label: str, text: str, accept: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setObjectName("noteEditor")
        self.setAccessibleName(label)
        self.setPlaceholderText(self.tr("A note; Ctrl+Enter accepts it"))
        self._home = parent
        self._accept = accept
        self._start = text
        self._done = False
        self.setTabChangesFocus(True)
        colors = theme.current()
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {colors.field.name()}; color: {colors.text.name()};"
            f" border: 2px solid {colors.accent.name()}; border-radius: 5px; }}"
        )

    def open_at(self, place: QRect) -> None:
        """Show the field over `place` (parent's coordinates), inside the parent."""
        room = self._home.rect().adjusted(4, 4, -4, -4)
        size = place.size().expandedTo(_NOTE_SIZE).boundedTo(room.size())
        left = max(room.left(), min(place.left(), room.right() - size.width() + 1))
        top = max(room.top(), min(place.top(), room.bottom() - size.height() + 1))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def commit(self) -> None:
        """Take the text."""
        text = self.toPlainText()
        if not self._done and text != self._start:
            self._done = True
            self._accept(text)
            self._done = False
        self.give_up()

    def give_up(self) -> None:
        """Close without a change."""
        if not self._done:
            self._done = True
            self.hide()
            self.closed.emit()
            self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
            self.commit()
