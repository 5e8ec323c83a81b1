"""A line of text that is drawn as a typeset formula where there is one that fits; its text stays what is read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gdstudio.ui.inspector.typeset import Typesetter

# Smaller than this a formula is hard to read; a shorter one takes its place.
_SMALLEST = 0.72
_MARGIN = 2.0


class FormulaLabel(QLabel):
    """Shows the first of several LaTeX texts that fits its area, and its plain text until one does."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setWordWrap(True)
        self.typesetter = Typesetter(self)
        self.typesetter.typeset.connect(self.update)
        self._formulas: tuple[str, ...] = ()

    @property
    def formula(self) -> str:
        """The LaTeX that is drawn; empty while the plain text is."""
        return self._fitting()[0]

    def show_step(self, text: str, formulas: Sequence[str]) -> None:
        """Show a line: `text` in words, `formulas` as LaTeX, the most telling first."""
        self._formulas = tuple(formulas)
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def _fitting(self) -> tuple[str, QImage | None, float]:
        """The formula that fits, its picture and by how much it is made smaller."""
        color, ratio = self.palette().windowText().color().name(), self.devicePixelRatioF()
        for latex in self._formulas:
            picture = self.typesetter.picture(latex, color, ratio)
            if picture is None:
                if self.typesetter.is_idle:
                    continue
                break  # wait for it rather than show a shorter one for a moment
            size = picture.deviceIndependentSize()
            room = min((self.width() - 2 * _MARGIN) / size.width(), self.height() / size.height())
            if room >= _SMALLEST:
                return latex, picture, min(room, 1.0)
        return "", None, 1.0

    def paintEvent(self, event: QPaintEvent) -> None:
        _latex, picture, scale = self._fitting()
        if picture is None:
            super().paintEvent(event)
            return
        size = picture.deviceIndependentSize() * scale
        place = QRectF(QPointF(_MARGIN, (self.height() - size.height()) / 2), size)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, picture)
        painter.end()
