"""Buttons and captions that have a shorter form, and take it where a row is too narrow for all of the long ones.

A row's layout shares its width between the least and the best of each widget, so a row of these becomes narrower
without anything in it being cut off or out of reach. The tool tip says what the short form leaves out.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton

_ANY_WIDTH = 16_777_215  # Qt's QWIDGETSIZE_MAX


class ShorteningButton(QToolButton):
    """A button with a text, and with a sign in its place where there is no room for the text.

    With the sign it is no wider than the sign needs, and leaves the rest to its neighbours until the row has another
    width.
    """

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self._long = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Another text; what is shown of it depends on the room."""
        self._long = text
        self.setMaximumWidth(_ANY_WIDTH)
        self._choose()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._size_with(self._long)

    def minimumSizeHint(self) -> QSize:
        return self._size_with(self._sign)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def event(self, event: QEvent) -> bool:
        row = self.parentWidget()
        if event.type() == QEvent.Type.ParentChange and row is not None:
            row.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.setMaximumWidth(_ANY_WIDTH)  # the row is laid out anew
        return False

    def _choose(self) -> None:
        fits = (
            not self.testAttribute(Qt.WidgetAttribute.WA_Resized) or self.width() >= self.sizeHint().width()
        )
        text = self._long if fits else self._sign
        if text != self.text():
            super().setText(text)
        if not fits and self.parentWidget() is not None:
            self.setMaximumWidth(self.minimumSizeHint().width())

    def _size_with(self, text: str) -> QSize:
        # The style knows the size with the text that is shown; another text differs by its letters alone.
        size, metrics = super().sizeHint(), self.fontMetrics()
        size.setWidth(size.width() + metrics.horizontalAdvance(text) - metrics.horizontalAdvance(self.text()))
        return size


class ShorteningLabel(QLabel):
    """A label of rich text with a shorter form."""

    def __init__(self) -> None:
        super().__init__()
        self._forms = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def set_forms(self, long: str, short: str) -> None:
        """Other texts, as HTML."""
        self._forms = (long, short)
        self._choose()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._width(0), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(1), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        fits = not self.testAttribute(Qt.WidgetAttribute.WA_Resized) or self.width() >= self._width(0)
        self.setText(self._forms[0 if fits else 1])

    def _width(self, form: int) -> int:
        """The width of a form, in pixels."""
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        document.setHtml(self._forms[form])
        return math.ceil(document.idealWidth()) + 1
