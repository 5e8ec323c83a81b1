"""Words in the middle of an empty picture or table: what will be there, and what to press for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

_WIDEST = 440
_MARGIN = 24


class Invitation(QLabel):
    """A sentence that floats over the middle of a widget and leaves the mouse to it."""

    def __init__(self, over: QWidget, sentence: str) -> None:
        super().__init__(sentence, over)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = over
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            width = max(0, min(_WIDEST, self._over.width() - 2 * _MARGIN))
            self.setGeometry((self._over.width() - width) // 2, 0, width, self._over.height())
        return False
