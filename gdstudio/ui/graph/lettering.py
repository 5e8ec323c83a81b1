"""Text on the canvas: fonts by size, what fits into a width, and sizes that stay readable when zoomed out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText
from PySide6.QtWidgets import QApplication

SMALLEST_PIXELS = 11
_WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
# Letters grow against the zoom by this much at most, or they would not fit the node.
_MOST_GROWTH = 1.5

_fonts: dict[tuple[str, int, bool], tuple[QFont, QFontMetricsF]] = {}


def _font_and_metrics(pixels: int, bold: bool) -> tuple[QFont, QFontMetricsF]:
    family = QApplication.font().family()
    found = _fonts.get((family, pixels, bold))
    if found is None:
        made = QFont(QApplication.font())
        made.setPixelSize(pixels)
        made.setBold(bold)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        found = _fonts[family, pixels, bold] = (made, QFontMetricsF(made))
    return found


def font(pixels: int, bold: bool = False) -> QFont:
    """The application's font in a size, unhinted so that text keeps its width when zoomed."""
    return _font_and_metrics(pixels, bold)[0]


def metrics(pixels: int, bold: bool = False) -> QFontMetricsF:
    return _font_and_metrics(pixels, bold)[1]


@lru_cache(maxsize=16384)
def _measured(text: str, pixels: int, bold: bool, family: str) -> float:
    return _font_and_metrics(pixels, bold)[1].horizontalAdvance(text)


def advance(text: str, pixels: int, bold: bool = False) -> float:
    """The width of a text; the same texts are measured at every repaint, so it is kept."""
    return _measured(text, pixels, bold, QApplication.font().family())


@lru_cache(maxsize=4096)
def static_text(text: str) -> QStaticText:
    """A text that keeps its layout from one repaint to the next."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


@lru_cache(maxsize=4096)
def largest_that_fits(text: str, width: float, height: float, sizes: tuple[int, ...]) -> int:
    """The first of `sizes` at which `text`, in as many lines as need be, fits; the last one where none does."""
    area = QRectF(0, 0, width, height)
    for pixels in sizes:
        needed = metrics(pixels).boundingRect(area, _WRAPPED, text)
        if needed.width() <= width and needed.height() <= height and words_fit(text, pixels, area):
            return pixels
    return sizes[-1]


def fitting(texts: Sequence[str], width: float, pixels: int) -> str:
    """The first text that is no wider than `width`, else the last one shortened."""
    for text in texts:
        if advance(text, pixels) <= width:
            return text
    return metrics(pixels).elidedText(texts[-1], Qt.TextElideMode.ElideRight, width).replace("……", "…")


def fitting_number(attempts: Iterable[tuple[str, int]], width: float) -> tuple[str, int]:
    """The first of the (text, size) pairs that is no wider than `width`; where none is, the last one shortened.

    A number cut short would be another number, so the attempts should end with a short one.
    """
    text, size = "", SMALLEST_PIXELS
    for text, size in attempts:
        if advance(text, size) <= width:
            return text, size
    return fitting([text], width, size), size


def wrapped(text: str, width: float, lines: int, pixels: int) -> str:
    """`text` broken at spaces into at most `lines` lines of `width`; the last one is shortened if need be."""
    measure = metrics(pixels)
    rows: list[str] = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if measure.horizontalAdvance(longer) <= width or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return "\n".join(measure.elidedText(row, Qt.TextElideMode.ElideRight, width) for row in rows)


def words_fit(text: str, pixels: int, area: QRectF) -> bool:
    """Whether no single word of `text` is wider than `area`."""
    return all(advance(word, pixels) <= area.width() for word in text.split())


def readable(pixels: int, scale: float) -> int:
    """A size in canvas units that has at least 11 pixels on the screen at `scale`, if there is room."""
    return max(pixels, min(math.ceil(SMALLEST_PIXELS / scale - 1e-6), math.floor(pixels * _MOST_GROWTH)))
