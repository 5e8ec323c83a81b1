"""Buttons and captions that have a shorter form, and take it where a row is too narrow for all of the long ones.

A row of these becomes narrower without anything in it being cut off or out of reach. The tool tip says what the short
form leaves out.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton

_ANY_WIDTH = 16_777_215  # Qt's QWIDGETSIZE_MAX


class ShorteningButton(QToolButton):
    """A button with a text, and with a sign in its place where a `GivingWayRow` has no room for the text."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self._long = ""
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Another text; what is shown of it depends on the room."""
        self._long = text
        self.shorten(self._is_short)
        self.updateGeometry()

    @property
    def is_short(self) -> bool:
        """Whether the sign stands for the text."""
        return self._is_short

    def shorten(self, short: bool) -> None:
        """Show the sign, in no more room than it needs, or the text."""
        self._is_short = short
        text = self._sign if short else self._long
        if text != self.text():
            super().setText(text)
        most = self.minimumSizeHint().width() if short else _ANY_WIDTH
        if most != self.maximumWidth():
            self.setMaximumWidth(most)

    def sizeHint(self) -> QSize:
        return self._size_with(self._long)

    def minimumSizeHint(self) -> QSize:
        return self._size_with(self._sign)

    def _size_with(self, text: str) -> QSize:
        # The style knows the size with the text that is shown; another text differs by its letters alone. Measured as
        # the style does: a size that depended on what is shown would have no form that stays.
        size, metrics = super().sizeHint(), self.fontMetrics()
        shows_letters = Qt.TextFlag.TextShowMnemonic
        size.setWidth(
            size.width()
            + metrics.size(shows_letters, text).width()
            - metrics.size(shows_letters, self.text()).width()
        )
        return size


class GivingWayRow(QHBoxLayout):
    """A row in which `ShorteningButton`s give way first: from the left, as many have their texts as there is room for
    while everything else in the row has the width it likes. The same width gives the same texts, whatever was before.
    """

    def setGeometry(self, rect: QRect) -> None:
        buttons = self._buttons()
        words = {button: button.sizeHint().width() - button.minimumSizeHint().width() for button in buttons}
        room = rect.width() - self.sizeHint().width() + sum(words[b] for b in buttons if not b.is_short)
        for button in buttons:
            fits = words[button] <= room
            room -= words[button] if fits else 0
            button.shorten(not fits)
        super().setGeometry(rect)

    def _buttons(self) -> list[ShorteningButton]:
        items = map(self.itemAt, range(self.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [
            widget for widget in widgets if isinstance(widget, ShorteningButton) and not widget.isHidden()
        ]


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
