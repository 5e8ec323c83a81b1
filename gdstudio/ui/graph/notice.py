"""A short sentence that floats over the canvas, at the place it is about: refusals and problems of nodes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from gdstudio.ui import theme

_WIDTH = 300
_AWAY = 18


class Notice(QLabel):
    """One sentence over `parent`, kept inside it. Never takes the mouse.

    A hint says what to do first; anything else has the edge of errors.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_hint = False
        self._home = parent
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Message"))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMargin(8)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._dress()
        theme.switch().follow(self._dress)
        self.hide()

    def _dress(self) -> None:
        colors = theme.current()
        edge = colors.line if self._is_hint else colors.error
        self.setStyleSheet(
            f"QLabel {{ background: {colors.raised.name()}; color: {colors.text.name()};"
            f" border: 1px solid {edge.name()}; border-radius: 6px; }}"
        )

    def show_at(
        self, text: str, point: QPoint, seconds: float | None = None, *, is_hint: bool = False
    ) -> None:
        """Show `text` below `point` (parent's coordinates), for good or for some seconds."""
        if is_hint != self._is_hint:
            self._is_hint = is_hint
            self._dress()
        self.setText(text)
        self.setAccessibleDescription(text)
        # A word-wrapped label asks for too much height at its natural width; fix the width first.
        natural = self.fontMetrics().horizontalAdvance(text) + 2 * self.margin() + 4
        self.setFixedWidth(min(natural, _WIDTH, max(self._home.width() - 16, 80)))
        self.setFixedHeight(self.heightForWidth(self.width()))
        room = self._home.rect()
        x = min(max(point.x() - self.width() // 2, 8), max(room.width() - self.width() - 8, 8))
        y = point.y() + _AWAY
        if y + self.height() > room.height() - 8:
            y = point.y() - _AWAY - self.height()
        self.move(x, max(y, 8))
        self._timer.stop()
        if seconds is not None:
            self._timer.start(round(seconds * 1000))
        self.show()
        self.raise_()
