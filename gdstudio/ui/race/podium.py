"""The three best of a race: a number on a step, the racer's mark and its name."""

from __future__ import annotations

from collections.abc import Sequence

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.theme import RacerStyle

_STEP_WIDTH = 18.0
_STEP_HEIGHTS = (20.0, 16.0, 12.0)
_MARK = 9.0
_GAP = 14.0
_LONGEST_NAME = 130.0


class Podium(QWidget):
    """Places side by side, as many as there is room for; empty while the race goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[tuple[str, RacerStyle]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(22)
        self._describe()

    @property
    def places(self) -> list[str]:
        """The names that stand on it, the winner first."""
        return [name for name, _ in self._places]

    def show_places(self, places: Sequence[tuple[str, RacerStyle]]) -> None:
        """Show these racers, the winner first; none = the race is not over."""
        places = list(places[: len(_STEP_HEIGHTS)])
        if places != self._places:
            self._places = places
            self._describe()
            self.update()

    def _describe(self) -> None:
        listed = ", ".join(f"{number}. {name}" for number, name in enumerate(self.places, start=1))
        self.setToolTip(self.tr("The best at the end: {0}").format(listed) if listed else "")
        self.setAccessibleName(listed or self.tr("The race is not over"))

    def sizeHint(self) -> QSize:
        return QSize(0, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(themes.small_font())
        metrics, x = QFontMetricsF(painter.font()), 2.0
        for number, ((name, style), height) in enumerate(
            zip(self._places, _STEP_HEIGHTS, strict=False), start=1
        ):
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST_NAME)
            width = _STEP_WIDTH + 6 + _MARK + 5 + metrics.horizontalAdvance(text)
            if x + width > self.width():
                break
            self._paint_place(painter, x, height, number, text, style)
            x += width + _GAP

    def _paint_place(
        self, painter: QPainter, x: float, height: float, number: int, name: str, style: RacerStyle
    ) -> None:
        now, bottom = themes.current(), float(self.height() - 1)
        step = QRectF(x, bottom - height, _STEP_WIDTH, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.hover)
        painter.drawRoundedRect(step, 2.0, 2.0)
        painter.setPen(now.text)
        painter.drawText(step, Qt.AlignmentFlag.AlignCenter, str(number))
        x += _STEP_WIDTH + 6
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color)
        painter.translate(x + _MARK / 2, self.height() / 2)
        painter.scale(_MARK, _MARK)
        painter.drawPath(Symbols[style.marker])
        painter.restore()
        painter.setPen(now.text)
        rest = QRectF(x + _MARK + 5, 0.0, _LONGEST_NAME + 2, float(self.height()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
