"""The small pictures on the race's buttons, drawn as paths in the colours of the theme."""

from __future__ import annotations

from collections.abc import Callable

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from gdstudio.ui.theme import RacerStyle, Theme

_SIZE = 16
_SCALE = 3


def _triangle(path: QPainterPath, left: float, right: float) -> None:
    """A triangle that points from x = left to x = right."""
    path.addPolygon(QPolygonF([QPointF(left, 3), QPointF(right, 8), QPointF(left, 13)]))
    path.closeSubpath()


def _play(path: QPainterPath) -> None:
    _triangle(path, 4, 13)


def _pause(path: QPainterPath) -> None:
    path.addRect(QRectF(4, 3, 3, 10))
    path.addRect(QRectF(9, 3, 3, 10))


def _forward(path: QPainterPath) -> None:
    path.addRect(QRectF(4, 3, 2, 10))
    _triangle(path, 7.5, 13.5)


def _back(path: QPainterPath) -> None:
    path.addRect(QRectF(10, 3, 2, 10))
    _triangle(path, 8.5, 2.5)


def _start(path: QPainterPath) -> None:
    path.addRect(QRectF(2, 3, 2, 10))
    _triangle(path, 9, 4.5)
    _triangle(path, 14, 9.5)


def _end(path: QPainterPath) -> None:
    path.addRect(QRectF(12, 3, 2, 10))
    _triangle(path, 7, 11.5)
    _triangle(path, 2, 6.5)


_FILLED: dict[str, Callable[[QPainterPath], None]] = {
    "play": _play,
    "pause": _pause,
    "forward": _forward,
    "back": _back,
    "start": _start,
    "end": _end,
}


def _lines(path: QPainterPath, *strokes: tuple[tuple[float, float], ...]) -> None:
    for stroke in strokes:
        path.moveTo(*stroke[0])
        for point in stroke[1:]:
            path.lineTo(*point)


def _add(path: QPainterPath) -> None:
    _lines(path, ((8, 3), (8, 13)), ((3, 8), (13, 8)))


def _remove(path: QPainterPath) -> None:
    _lines(path, ((3, 8), (13, 8)))


def _duplicate(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(2.5, 5.5, 8, 8), 1.5, 1.5)
    _lines(path, ((5.5, 3), (12, 3), (13, 4), (13, 10.5)))


def _up(path: QPainterPath) -> None:
    _lines(path, ((8, 13), (8, 3)), ((4, 7), (8, 3), (12, 7)))


def _down(path: QPainterPath) -> None:
    _lines(path, ((8, 3), (8, 13)), ((4, 9), (8, 13), (12, 9)))


def _loop(path: QPainterPath) -> None:
    path.arcMoveTo(QRectF(2.5, 3.5, 11, 9), 40)
    path.arcTo(QRectF(2.5, 3.5, 11, 9), 40, 290)
    _lines(path, ((9.5, 5.2), (12.6, 5.6), (13.2, 2.6)))


def _options(path: QPainterPath) -> None:
    for y, knob in ((4.0, 10.5), (8.0, 5.5), (12.0, 9.0)):
        _lines(path, ((2, y), (knob - 1.5, y)), ((knob + 1.5, y), (14, y)))
        path.addEllipse(QPointF(knob, y), 1.5, 1.5)


def _undo(path: QPainterPath) -> None:
    path.arcMoveTo(QRectF(3.5, 4, 9, 9), 150)
    path.arcTo(QRectF(3.5, 4, 9, 9), 150, -290)
    _lines(path, ((3.0, 3.2), (4.1, 6.6), (7.4, 5.6)))


_STROKED: dict[str, Callable[[QPainterPath], None]] = {
    "add": _add,
    "remove": _remove,
    "duplicate": _duplicate,
    "up": _up,
    "down": _down,
    "loop": _loop,
    "options": _options,
    "reset": _undo,
}


def _pixmap(name: str, color: QColor) -> QPixmap:
    pixmap = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(_SCALE)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if name in _FILLED:
        _FILLED[name](path)
        painter.fillPath(path, color)
    else:
        _STROKED[name](path)
        pen = QPen(color, 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
    painter.end()
    return pixmap


def icon(name: str, theme: Theme) -> QIcon:
    """The picture `name` for a button: play pause forward back start end add remove duplicate up down ..."""
    picture = QIcon(_pixmap(name, theme.text))
    faint = QColor(theme.muted)
    faint.setAlphaF(0.45)
    picture.addPixmap(_pixmap(name, faint), QIcon.Mode.Disabled)
    return picture


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


def paint_status(painter: QPainter, rect: QRectF, status: str, theme: Theme) -> None:
    """A sign for a status, 12 by 12: a tick, a pause, a cross, or an arrow for a race that goes on."""
    colors = {"converged": theme.good, "stalled": theme.warning, "diverged": theme.error}
    path = QPainterPath()
    strokes = {
        "converged": (((2, 6.5), (5, 9.5), (10, 3)),),
        "stalled": (((4, 2.5), (4, 9.5)), ((8, 2.5), (8, 9.5))),
        "diverged": (((2.5, 2.5), (9.5, 9.5)), ((9.5, 2.5), (2.5, 9.5))),
    }.get(status, (((2, 6), (10, 6)), ((6.5, 2.5), (10, 6), (6.5, 9.5))))
    _lines(path, *strokes)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    pen = QPen(colors.get(status, theme.muted), 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.restore()
