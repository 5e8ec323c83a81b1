"""The frame around a question or a challenge: a caption, and a stripe that is green once it is done."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QVBoxLayout, QWidget

from gdstudio.ui import theme as themes

_STRIPE = 3


def clear(layout: QLayout) -> None:
    """Take all widgets out of a layout and let go of them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Box(QFrame):
    """A raised card; what it holds goes into `column`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._good = False
        self.caption = QLabel()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self.caption)
        themes.switch().follow(self._paint)
        self._paint()

    @property
    def good(self) -> bool:
        """Whether it is done."""
        return self._good

    def set_good(self, good: bool) -> None:
        self._good = good
        self._paint()

    def stripe(self) -> QColor:
        return themes.current().good if self._good else themes.current().accent

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = themes.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.fillRect(0, 0, _STRIPE, self.height(), self.stripe())

    def _paint(self, *_: object) -> None:
        self.caption.setStyleSheet(f"color: {self.stripe().name()}; font-weight: 600;")
        self.update()
