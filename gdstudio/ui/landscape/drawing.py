"""What is drawn of a surface: its colours as a picture, contour lines and their labels. No widgets here.

A `Drawing` works its parts out when they are first wanted and keeps them. The thread that computes a surface has them
worked out at once, for the `Sight` that a view has of it, so that the view has nothing left to do but to paint. One
thread at a time has a drawing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainterPath

from gdstudio.engine.cached import cached_property
from gdstudio.ui import theme
from gdstudio.ui.landscape import contours
from gdstudio.ui.landscape.colour_scale import ColourScale, colour_table, number_text
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.results import GridResult

Array = np.ndarray
Window = tuple[slice, slice]

CONTOUR_COUNT = 13
ON_DARK = QColor(240, 240, 240)
ON_LIGHT = QColor(25, 25, 25)
_LINE_ALPHA = 120
_LABEL_PADDING = 4.0
_BREAK = np.array([np.nan])
_LABEL_CHARACTERS = "0123456789.e-\N{MINUS SIGN}"


@dataclass(frozen=True)
class Surface:
    """Losses `z[i, j]` at `(xs[i], ys[j])` on an even grid; a cell that is not finite is a hole."""

    xs: Array
    ys: Array
    z: Array

    @cached_property
    def has_holes(self) -> bool:
        return not bool(np.isfinite(self.z).all())

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, right, low and high edge of the cells, which lie around the grid's points."""
        dx = (self.xs[-1] - self.xs[0]) / (2 * (len(self.xs) - 1))
        dy = (self.ys[-1] - self.ys[0]) / (2 * (len(self.ys) - 1))
        return (
            float(self.xs[0] - dx),
            float(self.xs[-1] + dx),
            float(self.ys[0] - dy),
            float(self.ys[-1] + dy),
        )

    def nearest(self, x: Array, y: Array) -> Array:
        """The losses of the cells in which the points (x[i], y[j]) lie, or of the nearest ones."""
        return self.z[np.ix_(_nearest(self.xs, x), _nearest(self.ys, y))]

    def at(self, x: Array, y: Array) -> Array:
        """The losses of the cells in which the points (x[i], y[i]) lie, or of the nearest ones."""
        return self.z[_nearest(self.xs, x), _nearest(self.ys, y)]

    def within(self, frame: Frame) -> Window:
        """Which points a frame shows; all of them where it shows no more than one."""
        window = _between(self.xs, frame.x), _between(self.ys, frame.y)
        return window if self.z[window].size > 1 else (slice(None), slice(None))


@dataclass(frozen=True)
class Sight:
    """How a view looks at surfaces: all that a drawing depends on beside the losses.

    Attributes:
        frame: what the view shows; None = a surface as a whole, in a view of `size` pixels.
        levels: the losses at both ends of the colours, where a person has chosen them.
        contours: whether there are contour lines.
        advances: the width in pixels of each character of a label.
    """

    frame: Frame | None
    size: tuple[float, float]
    levels: tuple[float, float] | None
    colour_map: str
    contours: bool
    advances: Mapping[str, float]

    def draw(self, grid: GridResult) -> Drawing | None:
        """The drawing of a surface with its parts worked out; None for a curve."""
        if len(grid.axes) != 2 or min(self.size) <= 0.0:
            return None
        frame = self.frame or Frame(grid.ranges[0], grid.ranges[1], *self.size)
        drawing = Drawing.of(grid, frame, self.levels)
        drawing.image(self.colour_map)
        if self.contours:
            drawing.lines(frame, self.colour_map, self.advances)
        return drawing


class Lines(NamedTuple):
    """Contours and their labels in the pixels of a frame, in the colours for a map."""

    frame: Frame
    colour_map: str
    paths: list[tuple[QPainterPath, QColor]]
    labels: list[tuple[contours.Label, str, QColor]]


class Drawing:
    """A surface on a colour scale, and the parts of its picture.

    Attributes:
        surface, scale: the losses, and what gives them colours.
        whole: the scale of all losses in view; another than `scale` where a person has chosen its ends.
    """

    def __init__(self, surface: Surface, scale: ColourScale, whole: ColourScale | None = None) -> None:
        self.surface, self.scale = surface, scale
        self.whole = scale if whole is None else whole
        self._made_for: tuple[Window, str, tuple[float, float] | None] | None = None
        self._image: tuple[str, QImage] | None = None
        self._lines: Lines | None = None

    @classmethod
    def of(cls, grid: GridResult, frame: Frame, levels: tuple[float, float] | None) -> Drawing:
        """The drawing of a grid of which a view shows `frame`."""
        surface = Surface(grid.xs, grid.ys, grid.z)
        # Colours are spread over what can be seen, not over the margin around it.
        window = surface.within(frame)
        seen = surface.z[window]
        whole = ColourScale.of(seen, grid.scale)
        scale = whole if levels is None else ColourScale.of(seen, grid.scale, levels)
        made = cls(surface, scale, whole)
        made._made_for = window, grid.scale, levels
        return made

    def suits(self, grid: GridResult, frame: Frame | None, levels: tuple[float, float] | None) -> bool:
        """Whether `of` would come to the same; a frame of None would be no matter."""
        if self._made_for is None or self.surface.z is not grid.z:
            return False
        window, kind, ends = self._made_for
        same = frame is None or self.surface.within(frame) == window
        return same and (kind, ends) == (grid.scale, levels)

    def image(self, colour_map: str) -> QImage:
        """The losses as colours, one pixel for each; holes are transparent."""
        if self._image is None or self._image[0] != colour_map:
            self._image = colour_map, _image(self.scale.indices(self.surface.z), colour_map)
        return self._image[1]

    @cached_property
    def contours(self) -> list[contours.Contour]:
        """Contour lines at round losses."""
        surface = self.surface
        levels = self.scale.levels(surface.z, CONTOUR_COUNT)
        return contours.contours(surface.xs, surface.ys, surface.z, levels)

    def lines(
        self, frame: Frame, colour_map: str, advances: Mapping[str, float] | None = None
    ) -> tuple[Lines, tuple[float, float]]:
        """Contours in pixels, with gaps for their labels, and how far a frame has pushed them since.

        Args:
            advances: the widths of a label's characters; None asks the font in use, in the GUI thread alone.
        """
        if self._lines is not None and self._lines.colour_map == colour_map:
            push = frame.offset(self._lines.frame)
            if push is not None:
                return self._lines, push
        self._lines = self._lines_in(frame, colour_map, label_advances() if advances is None else advances)
        return self._lines, (0.0, 0.0)

    def forget_fonts(self) -> None:
        """Another font is in use."""
        self._lines = None

    def _lines_in(self, frame: Frame, colour_map: str, advances: Mapping[str, float]) -> Lines:
        found = self.contours
        lines = [(c.loss, *frame.to_pixels(c.x, c.y)) for c in found]
        places = {label.loss: label for label in contours.labels(lines, frame.width, frame.height)}
        levels = [c.loss for c in found]
        # Lines of one colour are one path, in which NaN separates them.
        of_color: dict[int, tuple[QColor, list[Array], list[Array]]] = {}
        labels = []
        for (loss, x, y), position in zip(lines, self.scale.position(np.array(levels)), strict=True):
            color = _line_color(colour_map, float(position))
            label = places.get(loss)
            if label is not None:
                text = number_text(loss, levels)
                half = sum(advances[character] for character in text) / 2.0 + _LABEL_PADDING
                x = np.where(np.hypot(x - label.x, y - label.y) < half, np.nan, x)
                labels.append((label, text, color))
            _, xs, ys = of_color.setdefault(color.rgba(), (color, [], []))
            xs += [x, _BREAK]
            ys += [y, _BREAK]
        paths = [
            (pg.arrayToQPath(np.concatenate(xs), np.concatenate(ys), connect="finite"), color)
            for color, xs, ys in of_color.values()
        ]
        return Lines(frame, colour_map, paths, labels)


def label_advances() -> dict[str, float]:
    """The width in pixels of each character of a contour's label, in the font in use."""
    metrics = QFontMetricsF(theme.small_font())
    return {character: metrics.horizontalAdvance(character) for character in _LABEL_CHARACTERS}


@functools.lru_cache(maxsize=16)
def is_light(colour_map: str) -> Array:
    """Whether dark lines show better than light ones, for each colour of the map."""
    return colour_table(colour_map)[:, :3] @ np.array([0.299, 0.587, 0.114]) > 115.0


def _line_color(colour_map: str, position: float) -> QColor:
    """The colour of a line at a position of the scale: one that shows on the map's colour there."""
    color = QColor(ON_LIGHT if is_light(colour_map)[1 + round(position * 254)] else ON_DARK)
    color.setAlpha(_LINE_ALPHA)
    return color


def _image(indices: Array, colour_map: str) -> QImage:
    """Indices of a grid (x first, y upwards) as a picture (rows downwards), ready for quick drawing."""
    rows = np.ascontiguousarray(indices.T[::-1])
    height, width = rows.shape
    image = QImage(rows.data, width, height, width, QImage.Format.Format_Indexed8)
    table = colour_table(colour_map).astype(np.uint32)
    image.setColorTable(
        ((table[:, 3] << 24) | (table[:, 0] << 16) | (table[:, 1] << 8) | table[:, 2]).tolist()
    )
    # The conversion copies, so the array may go.
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _nearest(values: Array, wanted: Array) -> Array:
    """Indices of the nearest of evenly spaced values."""
    place = np.rint((wanted - values[0]) / (values[1] - values[0]))
    return place.clip(0, len(values) - 1).astype(int)


def _between(values: Array, ends: tuple[float, float]) -> slice:
    """Which of ascending values lie between two, ends included."""
    low, high = ends
    return slice(int(np.searchsorted(values, low)), int(np.searchsorted(values, high, side="right")))
