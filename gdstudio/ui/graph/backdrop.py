"""What lies behind a graph: the ground and its grid of dots, drawn in pixels of the view."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion, QTransform

from gdstudio.ui import theme
from gdstudio.ui.graph import geometry

_DOT_EVERY = 2 * geometry.GRID
_DOT = 2
# More new parts of the background than this are drawn as one.
_MOST_STRIPS = 3


def strips_to_draw(painter: QPainter, whole: QRect) -> list[QRect]:
    """The parts of `whole` that a painter, in pixels, draws at all.

    Of a picture that was scrolled two strips are new; the rectangle around them is all of it.
    """
    if not painter.hasClipping():
        return [whole]
    region = painter.clipRegion()
    return rects_of(region) if region.rectCount() <= _MOST_STRIPS else [region.boundingRect()]


def draw_ground(painter: QPainter, strip: QRect, place: QTransform) -> None:
    """The ground and the grid in a part of the picture; `place` leads from the scene to pixels."""
    painter.fillRect(strip, theme.current().background)
    color = QColor(theme.current().line)
    color.setAlphaF(0.75)
    scale, half = place.m11(), _DOT // 2
    step = _DOT_EVERY * (1 if scale > 0.55 else 4 if scale > 0.18 else 16) * scale

    def places(start: int, length: int, shift: float) -> list[int]:
        first, last = (start - _DOT - shift) / step, (start + length + _DOT - shift) / step
        return [round(shift + i * step) - half for i in range(math.ceil(first), math.floor(last) + 1)]

    # One row of dots, copied downwards.
    ratio = painter.device().devicePixelRatioF()
    row = QPixmap(QSize(strip.width(), _DOT) * ratio)
    row.setDevicePixelRatio(ratio)
    row.fill(Qt.GlobalColor.transparent)
    dots = QPainter(row)
    for x in places(strip.x(), strip.width(), place.dx()):
        dots.fillRect(x - strip.x(), 0, _DOT, _DOT, color)
    dots.end()
    for y in places(strip.y(), strip.height(), place.dy()):
        painter.drawPixmap(strip.x(), y, row)


def rects_of(region: QRegion) -> list[QRect]:
    """The rectangles of a region; Qt's type stubs do not say that it can be iterated."""
    return list(cast("Iterable[QRect]", region))
