"""How the cells of the racers table are painted.

The table is painted with every change of theme or size, and a part of it in every frame of a playback. A delegate would
be asked for each cell by itself, and would ask the model for eight things, each through three layers of bindings; so
rows are painted from what the model knows, and only the boxes of the first column are left to the style.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.race.racers_model import Column, RacersModel
from gdstudio.ui.race.swatches import paint_status, paint_swatch

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Pixels before and after the text of a cell: the header's margin, and room for the sign beside the text.
_MARGIN = (3, 3)
_ROOM = {Column.COLOR: (0, 0), Column.OPTIMIZER: (3, 16), Column.STATUS: (21, 3)}
_BEST = "★"


class CellPainter:
    """Paints cells of a view of racers.

    Args:
        painter: of the view's viewport.
    """

    def __init__(self, view: QWidget, model: RacersModel, painter: QPainter) -> None:
        self._model = model
        self._painter = painter
        self._theme = themes.current()
        self._metrics: QFontMetrics = view.fontMetrics()
        self._margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1

    def paint(self, rect: QRect, row: int, column: Column, is_selected: bool) -> None:
        """Paint a cell of any column but the first."""
        if is_selected:
            self._painter.fillRect(rect, self._theme.hover)
        if column == Column.LOSS:
            self._paint_loss(rect.adjusted(6, 0, -6, 0), row)
        else:
            self._paint_text(rect, row, column)
            self._paint_sign(rect.adjusted(6, 0, -6, 0), row, column)

    def frame(self, rect: QRect) -> None:
        """Frame the cell that has the focus."""
        self._painter.setPen(self._theme.accent)
        self._painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_text(self, rect: QRect, row: int, column: Column) -> None:
        """The text of a cell, or a shorter one where there is no room for it."""
        text = self._model.text(row, column)
        if not text:
            return
        before, after = _ROOM.get(column, _MARGIN)
        rect = rect.adjusted(before + self._margin, 0, -after - self._margin, 0)
        # Letters of several fonts are a little wider than their sum.
        room, metrics = rect.width() - 4, self._metrics
        if metrics.horizontalAdvance(text) > room:
            shorter = self._model.shorter_texts(row, column)
            fitting = (each for each in shorter if metrics.horizontalAdvance(each) <= room)
            text = next(fitting, None) or metrics.elidedText(
                (text, *shorter)[-1], Qt.TextElideMode.ElideRight, rect.width()
            )
        self._painter.setPen(self._model.color(row, column) or self._theme.text)
        self._painter.drawText(rect, _RIGHT if column == Column.LEARNING_RATE else _LEFT, text)

    def _paint_loss(self, rect: QRect, row: int) -> None:
        painter, is_leader = self._painter, self._model.leader() == row
        painter.setPen(self._model.color(row, Column.LOSS) or self._theme.text)
        usual = painter.font()
        if is_leader:
            bold = painter.font()
            bold.setBold(True)
            painter.setFont(bold)
        metrics = painter.fontMetrics()
        room = rect.width() - (metrics.horizontalAdvance(_BEST) if is_leader else 0)
        texts = [self._model.loss_text(row, digits) for digits in (5, 4, 3)]
        fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
        painter.drawText(rect, _RIGHT, next(fitting, texts[-1]))
        if is_leader:
            painter.setPen(self._theme.accent)
            painter.drawText(rect, _LEFT, _BEST)
            painter.setFont(usual)

    def _paint_sign(self, rect: QRect, row: int, column: Column) -> None:
        """What stands in a cell beside its text, or alone."""
        painter = self._painter
        if column == Column.COLOR:
            style, is_on = self._model.style(row), self._model.racer(row).enabled
            paint_swatch(painter, QRectF(rect).adjusted(-1, 0, 1, 0), style, is_on)
        elif column == Column.OPTIMIZER:
            tip = QPointF(rect.right() - 3, rect.center().y() + 3)
            painter.save()
            painter.setPen(QPen(self._theme.muted, 1.2))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])
            painter.restore()
        elif column == Column.STATUS and (status := self._model.status(row)):
            corner = QPointF(rect.left(), rect.center().y() - 5)
            paint_status(painter, QRectF(corner, QSizeF(12, 12)), status, self._theme)
