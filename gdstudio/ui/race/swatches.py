"""The small pictures in the racers table: how a racer is drawn in every view, and how its race ended."""

from __future__ import annotations

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap

from gdstudio.ui.theme import RacerStyle, Theme


def paint_swatch(painter: QPainter, rect: QRectF, style: RacerStyle, on: bool = True) -> None:
    """A racer's line with its dash and marker in `rect`, as on the curves and the surface; pale when off."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(1.0 if on else 0.35)
    painter.setPen(style.pen(2.0))
    middle = rect.center()
    painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color)
    painter.translate(middle)
    painter.scale(9.0, 9.0)
    painter.drawPath(Symbols[style.marker])
    painter.restore()


def swatch_icon(style: RacerStyle, pale: bool = False) -> QIcon:
    """The same as a picture beside a name."""
    pixmap = QPixmap(26, 14)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_swatch(painter, QRectF(1, 0, 24, 14), style, on=not pale)
    painter.end()
    return QIcon(pixmap)


def paint_status(painter: QPainter, rect: QRectF, status: str, theme: Theme) -> None:
    """A sign for a status, 12 by 12: a tick, a pause, a cross, or an arrow for a race that goes on."""
    colors = {"converged": theme.good, "stalled": theme.warning, "diverged": theme.error}
    path = QPainterPath()
    strokes = {
        "converged": (((2, 6.5), (5, 9.5), (10, 3)),),
        "stalled": (((4, 2.5), (4, 9.5)), ((8, 2.5), (8, 9.5))),
        "diverged": (((2.5, 2.5), (9.5, 9.5)), ((9.5, 2.5), (2.5, 9.5))),
    }.get(status, (((2, 6), (10, 6)), ((6.5, 2.5), (10, 6), (6.5, 9.5))))
    for stroke in strokes:
        path.moveTo(*stroke[0])
        for point in stroke[1:]:
            path.lineTo(*point)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    pen = QPen(colors.get(status, theme.muted), 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.restore()
