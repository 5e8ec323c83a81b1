"""Arrows with a dark rim, so that they can be seen on every colour of the map."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

RIM = QColor(10, 12, 16, 190)
_HEAD = 9.0


def draw_arrow(painter: QPainter, tail: QPointF, tip: QPointF, color: QColor) -> None:
    """Draw an arrow; one of less than a pixel is left out."""
    line = QLineF(tail, tip)
    if line.length() < 1.0:
        return
    unit = (tip - tail) / line.length()
    head = min(_HEAD, 0.6 * line.length())
    side = QPointF(-unit.y(), unit.x()) * head * 0.5
    back = tip - unit * head
    path = QPainterPath(tip)
    path.lineTo(back + side)
    path.lineTo(back - side)
    path.closeSubpath()
    for pen_color, width in ((RIM, 4.6), (color, 2.4)):
        pen = QPen(pen_color, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawLine(tail, back)
        painter.setPen(QPen(pen_color, width - 2.4 if width > 2.4 else 0.1))
        painter.setBrush(pen_color)
        painter.drawPath(path)
