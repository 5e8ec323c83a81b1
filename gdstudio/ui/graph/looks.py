"""How much of a node or wire is drawn, and how it stands out: levels of detail by scale, lights, plain blocks."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import NamedTuple

from PySide6.QtGui import QColor

# Below the first scale a node shows only name and symbol, in larger letters, below the second the symbol,
# below the third it is a plain block.
NAMES_ONLY = 0.6
SYMBOLS_ONLY = 0.36
BLOCKS_ONLY = 0.16

_GLOWING = 1.5


class Light(Enum):
    """How a film or an interaction lights a node or wire."""

    PLAIN = 0
    VALUE = 1
    GRADIENT = 2


class Level(IntEnum):
    """How much of a node is drawn, by the scale of the view."""

    BLOCK = 0
    SYMBOL = 1
    NAME = 2
    FULL = 3

    @classmethod
    def at(cls, scale: float) -> Level:
        return cls((scale >= BLOCKS_ONLY) + (scale >= SYMBOLS_ONLY) + (scale >= NAMES_ONLY))


class BlockStyle(NamedTuple):
    """How a node is drawn at `Level.BLOCK`; `band` is the colour at the left edge of a leaf."""

    edge: QColor
    width: float
    glow: QColor | None
    ground: QColor
    band: QColor | None
    dashed: bool
    dimmed: bool


def glow(edge: QColor, width: float) -> QColor | None:
    """The light around an edge that is wide enough to stand out."""
    if width <= _GLOWING:
        return None
    light = QColor(edge)
    light.setAlphaF(0.22)
    return light
