"""The line of numbers under a landscape: where the mouse is, the loss there and its gradient."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from gdstudio.ui import theme

# A text, its role among the colours of the theme, and where its first sign stands for something in the picture, the
# colour of that.
Part = tuple[str, str] | tuple[str, str, QColor]

_GAP = 18.0
_PADDING = 10.0


class Readout(QLabel):
    """A label whose parts have colours of their own; `text()` is the plain sentence, for screen readers and
    tests.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[Part] = ()
        self.setMinimumHeight(26)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show texts, each in a colour of the theme: "text", "muted", "value", "gradient", "good" or "error"."""
        if parts != self._parts:
            self._parts = parts
            self.setText("   ".join(text for text, *_ in parts))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    sizeHint = minimumSizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = QFontMetricsF(self.font())
        x = _PADDING
        for text, role, *sign in self._parts:
            room = self.width() - _PADDING - x
            # Numbers are cut short when they must be, hints are left out.
            if room < (metrics.horizontalAdvance(text) if role == "muted" else 24.0):
                break
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            place = QRectF(x, 0.0, room, self.height())
            for piece, color in _pieces(shown, getattr(theme.current(), role), *sign):
                painter.setPen(color)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, piece)
                place.setLeft(place.left() + metrics.horizontalAdvance(piece))
            x += metrics.horizontalAdvance(shown) + _GAP


def _pieces(text: str, color: QColor, sign: QColor | None = None) -> list[tuple[str, QColor]]:
    """What is drawn of a part in one colour each."""
    return [(text, color)] if sign is None else [(text[:1], sign), (text[1:], color)]
