"""The program's icons, in the colours of the theme.

An icon is a 24x24 SVG file in `resources/icons` that is drawn in one grey, #808080; that is exchanged for the
theme's text colour, or its muted one where an action is disabled.
"""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gdstudio.paths import resource_path
from gdstudio.ui import theme as themes

_SIZES = (16, 20, 24, 32, 48)


def icon(name: str) -> QIcon:
    """The icon `resources/icons/{name}.svg` in the colours of the theme in use."""
    return _icon(name, themes.current().name)


def application_icon() -> QIcon:
    return QIcon(str(resource_path("icons", "gdstudio.svg")))


@lru_cache(maxsize=256)
def _icon(name: str, theme_name: str) -> QIcon:
    theme = themes.DARK if theme_name == "dark" else themes.LIGHT
    faint = QColor(theme.muted)
    faint.setAlphaF(0.4)
    made = QIcon()
    # All icons are drawn at every start, so for the sharpest screen that is there and no sharper.
    ratios = {1, *(math.ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens())}
    for shape in _shapes(name, tuple(sorted(ratios))):
        for mode, color in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, faint)):
            made.addPixmap(_coloured(shape, color), mode)
    return made


@lru_cache(maxsize=128)
def _shapes(name: str, ratios: tuple[int, ...]) -> list[QPixmap]:
    """An icon in grey, for all sizes and ratios. Both themes and modes are coloured from it."""
    renderer = QSvgRenderer(str(resource_path("icons", f"{name}.svg")))
    return [_drawn(renderer, size, ratio) for size in _SIZES for ratio in ratios]


def _drawn(renderer: QSvgRenderer, size: int, ratio: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _coloured(shape: QPixmap, color: QColor) -> QPixmap:
    """A shape in another colour; its transparency and that of the colour are multiplied."""
    pixmap = QPixmap(shape)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), color)
    painter.end()
    return pixmap
