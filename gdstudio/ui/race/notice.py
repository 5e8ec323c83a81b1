"""One sentence that floats over the lower edge of a widget, so that nothing moves when it comes and goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gdstudio.ui import theme as themes

_MARGIN = 8


class Notice(QLabel):
    """Says why something was refused. A click puts it away; so does the next edit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._over = parent
        parent.installEventFilter(self)
        themes.switch().follow(self._paint)
        self._paint()
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; an empty one puts the notice away."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self._place()
            self.raise_()

    def mousePressEvent(self, event: object) -> None:
        self.say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        parent = self._over
        width = max(80, parent.width() - 2 * _MARGIN)
        height = self.heightForWidth(width)
        self.setGeometry(_MARGIN, parent.height() - height - _MARGIN, width, height)

    def _paint(self, *_: object) -> None:
        theme = themes.current()
        self.setStyleSheet(
            f"background: {theme.raised.name()}; color: {theme.text.name()}; border-radius: 6px;"
            f" border: 1px solid {theme.error.name()}; padding: 5px 9px;"
        )
