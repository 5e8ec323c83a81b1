"""The parts of a node as they are drawn, in the node's own coordinates: symbol, numbers, flags, names of inputs.

Functions of plain values; what a node consists of, and when, is `NodeItem`'s.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QStaticText

from gdstudio.ui import theme
from gdstudio.ui.graph import geometry
from gdstudio.ui.graph.faces import Face
from gdstudio.ui.graph.lettering import (
    advance,
    fitting_number,
    font,
    largest_that_fits,
    metrics,
    readable,
    static_text,
    wrapped,
)
from gdstudio.ui.graph.looks import NAMES_ONLY
from gdstudio.ui.graph.numbers import DASH

NUMBER_PIXELS = 13
SMALL_PIXELS = 11
SYMBOL_PIXELS = (26, 20, 16, 13, 11)
BAND_WIDTH = 4.0
_SYMBOL_WIDTHS = (34.0, 54.0)
# Canvas units of 11 pixels where numbers are shown as small as they ever are.
_LARGEST_LEAST = math.ceil(SMALL_PIXELS / NAMES_ONLY)
_VALUE_ROW, _GRADIENT_ROW = geometry.value_rect(), geometry.gradient_rect()
# The room of both and of a tensor's picture beside them.
NUMBERS_RECT = QRectF(6, geometry.TITLE_HEIGHT - 2, geometry.NODE_WIDTH - 8, 2 * geometry.ROW_HEIGHT + 6)

Row = tuple[QStaticText, QFont, QPointF, QColor]


def symbol_rect(symbol: str) -> QRectF:
    """The room of the symbol left of the numbers, wider where its longest word needs it.

    A short word such as mean has room for letters of 11 pixels at every scale that shows numbers, so it is not broken.
    """
    longest = max(advance(word, _LARGEST_LEAST) for word in symbol.split())
    width = min(max(longest, _SYMBOL_WIDTHS[0]), _SYMBOL_WIDTHS[1])
    return QRectF(9, geometry.TITLE_HEIGHT, width, 2 * geometry.ROW_HEIGHT + 4)


def paint_symbol(
    painter: QPainter, symbol: str, area: QRectF, ink: QColor, largest: int, least: int = SMALL_PIXELS
) -> None:
    """The symbol as large as fits; long ones are set in several lines, and shortened rather than below `least`."""
    if symbol == "·":
        # As a letter the dot of a product would hardly be seen.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(area.center(), largest / 7, largest / 7)
        return
    least = min(least, largest)
    sizes = (*dict.fromkeys(p for p in (largest, *SYMBOL_PIXELS) if least < p <= largest), least)
    pixels = largest_that_fits(symbol, area.width(), area.height(), sizes)
    lines = max(1, int(area.height() / metrics(pixels).height()))
    painter.setFont(font(pixels))
    painter.setPen(ink)
    if lines > 1 and " " not in symbol and advance(symbol, pixels) > area.width():
        # A word of one line is broken in the middle rather than cut: soft|plus, soft|max.
        middle = (len(symbol) + 1) // 2
        symbol = f"{symbol[:middle]} {symbol[middle:]}"
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, wrapped(symbol, area.width(), lines, pixels))


@lru_cache(maxsize=64)
def number_sizes(scale: float) -> tuple[int, int]:
    """The sizes in which numbers are set at a scale of the view, the usual one first."""
    return readable(NUMBER_PIXELS, scale), readable(SMALL_PIXELS, scale)


def number_rows(face: Face, left: float, colors: theme.Theme, sizes: tuple[int, int]) -> list[Row]:
    """The lines of value and gradient as they fit right of `left`: text, font, place of its corner, colour."""
    room = _VALUE_ROW.right() - 6 - left
    rows = (
        (_VALUE_ROW, face.values, colors.value if face.finite[0] else colors.error),
        (_GRADIENT_ROW, face.gradients, _gradient_ink(face, colors)),
    )
    made = []
    for area, texts, ink in rows:
        whole_words = bool(face.shape) or (face.undefined and texts is face.gradients)
        text, pixels, width = _fitted(texts or (DASH,), sizes, room, whole_words)
        corner = QPointF(area.right() - 3 - width, area.center().y() - metrics(pixels).height() / 2)
        made.append((static_text(text), font(pixels), corner, ink))
    return made


def _gradient_ink(face: Face, colors: theme.Theme) -> QColor:
    if face.undefined:
        return colors.muted
    return colors.gradient if face.finite[1] else colors.error


def _fitted(
    texts: tuple[str, ...], sizes: tuple[int, int], room: float, keeps_text: bool
) -> tuple[str, int, float]:
    """The text of a number that fits, its size and its width."""
    width = advance(texts[0], sizes[0])
    if width <= room:
        return texts[0], sizes[0], width
    # A scalar gives up digits before size, a tensor or a word keeps the text that tells most.
    by_text = ((text, size) for text in texts for size in dict.fromkeys(sizes))
    by_size = ((text, size) for size in dict.fromkeys(sizes) for text in texts)
    smaller = range(min(sizes) - 1, SMALL_PIXELS - 1, -1)
    last = ((text, size) for size in smaller for text in texts[-1:])
    text, pixels = fitting_number(chain(by_text if keeps_text else by_size, last), room)
    return text, pixels, advance(text, pixels)


def paint_band(painter: QPainter, body: QRectF, band: QColor) -> None:
    """The band at the left edge of a leaf, within the round corners."""
    clip = QPainterPath()
    clip.addRoundedRect(body.adjusted(1, 1, -1, -1), geometry.CORNER - 1, geometry.CORNER - 1)
    painter.save()
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.fillRect(QRectF(0, 0, BAND_WIDTH, body.height()), band)
    painter.restore()


def flag_rect(body: QRectF, text: str, pixels: int, side: Qt.AlignmentFlag) -> QRectF:
    """Where a flag stands on the upper edge of a node, at its left or right end."""
    width, height = advance(text, pixels) + 14, pixels + 6
    left = body.right() - width - 8 if side is Qt.AlignmentFlag.AlignRight else body.left() + 8
    return QRectF(left, body.top() - height, width, height)


def paint_flag(painter: QPainter, flag: QRectF, text: str, ground: QColor, ink: QColor, pixels: int) -> None:
    path = QPainterPath()
    path.addRoundedRect(flag.adjusted(0, 0, 0, 4), 5, 5)
    painter.save()
    painter.setClipRect(flag, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPath(path)
    painter.restore()
    painter.setFont(font(pixels))
    painter.setPen(ink)
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, text)


def paint_slot_name(painter: QPainter, colors: theme.Theme, port: QPointF, name: str) -> None:
    """The name of an input, on a tag left of its port."""
    width = advance(name, SMALL_PIXELS) + 10
    tag = QRectF(port.x() - width - 9, port.y() - 9, width, 18)
    painter.setPen(QPen(colors.line, 1))
    painter.setBrush(colors.panel)
    painter.drawRoundedRect(tag, 4, 4)
    painter.setFont(font(SMALL_PIXELS))
    painter.setPen(colors.text)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
