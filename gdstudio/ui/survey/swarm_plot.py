"""The picture of a swarm: the surface, and on it a dot for every racer, drawn as one image."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.landscape.colour_scale import ColourScale
from gdstudio.ui.landscape.drawing import Drawing, Surface
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.landscape.surface import SurfaceLayer
from gdstudio.ui.plot import Plot
from gdstudio.ui.plot_colours import dress_plot

Array = np.ndarray

# Pixels of a dot, around its middle; a cross of five is round enough and quick.
_DOT = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
_RIM = ((1, 1), (1, -1), (-1, 1), (-1, -1), (2, 0), (-2, 0), (0, 2), (0, -2))


def draw_dots(canvas: Array, px: Array, py: Array, colour: int, rim: int) -> None:
    """Draw dots with a rim into a picture of 32-bit colours (height, width); those outside are left out.

    Args:
        px, py: where, in pixels; what is not finite is nowhere.
        colour, rim: 0xAARRGGBB, premultiplied.
    """
    height, width = canvas.shape
    flat = canvas.ravel()
    with np.errstate(invalid="ignore"):
        inside = (px >= 2) & (px < width - 2) & (py >= 2) & (py < height - 2)
    at = py[inside].astype(np.int64) * width + px[inside].astype(np.int64)
    for shape, value in ((_RIM, rim), (_DOT, colour)):
        for dx, dy in shape:
            flat[at + (dy * width + dx)] = value


class SwarmLayer(Layer):
    """The dots of all racers at one step."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=5.0)
        self._positions = np.empty((0, 2), dtype=np.float32)
        self._canvas = np.zeros((1, 1), dtype=np.uint32)
        self.colour = QColor("white")
        self.rim = QColor(0, 0, 0, 110)

    def show_positions(self, positions: Array) -> None:
        """Show racers at (B, 2) along the axes."""
        self._positions = positions
        self.update()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        if not len(self._positions):
            return
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        shape = max(1, round(frame.height * ratio)), max(1, round(frame.width * ratio))
        if self._canvas.shape != shape:
            self._canvas = np.zeros(shape, dtype=np.uint32)
        self._canvas.fill(0)
        px, py = frame.to_pixels(self._positions[:, 0], self._positions[:, 1])
        draw_dots(self._canvas, px * ratio, py * ratio, _word(self.colour), _word(self.rim))
        image = QImage(
            self._canvas.data, shape[1], shape[0], 4 * shape[1], QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, image)


class SwarmPlot(Plot):
    """A surface with a swarm on it. It has no gestures; which step is shown is decided elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseEnabled(False, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)
        self.box = self.getViewBox()
        self.box.setDefaultPadding(0.0)
        self.surface = SurfaceLayer(self.box)
        self.swarm = SwarmLayer(self.box)
        self.dress()

    def dress(self) -> None:
        """Take the colours of the theme in use."""
        dress_plot(self)
        for side in ("left", "bottom"):
            self.getAxis(side).enableAutoSIPrefix(False)
        self.surface.changed()

    def show_surface(self, names: tuple[str, str], xs: Array, ys: Array, z: Array, scale: str) -> None:
        """Show losses z[i, j] at xs[i], ys[j], as far as they reach."""
        css = {"color": themes.current().text.name(), "font-size": f"{themes.small_pixels(2)}px"}
        for side, name in zip(("bottom", "left"), names, strict=True):
            self.getAxis(side).setLabel(name, **css)
            self.getAxis(side).show()
        self.surface.set_drawing(Drawing(Surface(xs, ys, z), ColourScale.of(z, scale)))
        self.box.setRange(xRange=(xs[0], xs[-1]), yRange=(ys[0], ys[-1]), padding=0)

    def clear_swarm(self) -> None:
        """Show nothing, no axes either: their numbers would mean nothing."""
        for side in ("left", "bottom"):
            self.getAxis(side).hide()
        self.surface.set_drawing(None)
        self.swarm.show_positions(np.empty((0, 2), dtype=np.float32))


def _word(colour: QColor) -> int:
    """A colour as 0xAARRGGBB, its parts multiplied by its opacity."""
    alpha = colour.alpha()
    red, green, blue = (part * alpha // 255 for part in (colour.red(), colour.green(), colour.blue()))
    return alpha << 24 | red << 16 | green << 8 | blue
