"""The plots of the data view: the fit among its data, the gradients of batches, and how far they stray."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gdstudio.engine.batch_noise import Cloud
from gdstudio.ui import theme as themes
from gdstudio.ui.data.findings import Fit, truth
from gdstudio.ui.landscape.colour_scale import colour_table
from gdstudio.ui.plot import Plot
from gdstudio.ui.plot_colours import dress_plot
from gdstudio.ui.theme import RacerStyle

Array = np.ndarray
Styler = Callable[[int | None], RacerStyle]

_SHADE = 70
_MOST_DOTS = 2000
_ELLIPSE = np.linspace(0.0, 2.0 * np.pi, 73)
_CLASS_SYMBOLS = ("o", "t1", "s", "d", "star", "p", "h", "t")


class _Plot(Plot):
    """A plot in the colours of the theme, without gestures: what it shows is all there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseEnabled(False, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(160, 110)
        self.getPlotItem().layout.setContentsMargins(0, 6, 8, 0)
        for side in ("left", "bottom"):
            self.getAxis(side).enableAutoSIPrefix(False)
        self.getAxis("left").setWidth(48)

    def dress(self) -> None:
        """Take the colours of the theme in use."""
        dress_plot(self)

    def name_axes(self, bottom: str, left: str) -> None:
        css = {"color": themes.current().muted.name(), "font-size": f"{themes.small_pixels()}px"}
        self.getAxis("bottom").setLabel(bottom, **css)
        self.getAxis("left").setLabel(left, **css)


class FitPlot(_Plot):
    """One feature: the data as dots and every racer's curve. Two: the regions of the classes, or the prediction as
    colours, with the data on top.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = pg.ImageItem(axisOrder="col-major")
        self._image.setZValue(-10)
        self.addItem(self._image)
        self._border = pg.PlotCurveItem(connect="finite")
        self.addItem(self._border)
        self._lines: list[pg.PlotCurveItem] = []
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._dots.setZValue(5)
        self.addItem(self._dots)
        self.dress()

    def show_fit(self, found: Fit, style: Styler) -> None:
        """Draw a fit; `style` gives the style of a racer by its row."""
        if found.surface is None:
            self._show_curves(found, style)
        else:
            self._show_regions(found)

    def _show_curves(self, found: Fit, style: Styler) -> None:
        self._image.clear()
        self._border.clear()
        for line in self._lines:
            self.removeItem(line)
        self._lines = []
        for number, (row, ys) in enumerate(found.curves):
            chosen = number == len(found.curves) - 1
            line = pg.PlotCurveItem(
                found.xs, ys, pen=style(row).pen(2.6 if chosen else 1.2), connect="finite"
            )
            line.setZValue(3 if chosen else 1)
            line.setOpacity(1.0 if chosen else 0.55)
            self.addItem(line)
            self._lines.append(line)
        now, source = themes.current(), found.source
        targets = source.targets if source.targets.ndim == 1 else source.targets.argmax(axis=1).astype(float)
        self._dots.setData(
            source.features[:_MOST_DOTS, 0],
            targets[:_MOST_DOTS],
            size=6,
            pen=pg.mkPen(now.background, width=1),
            brush=pg.mkBrush(now.text),
        )
        low, high = float(targets.min()), float(targets.max())
        margin = 0.15 * (high - low) or 1.0
        self.setRange(xRange=(found.xs[0], found.xs[-1]), yRange=(low - margin, high + margin), padding=0)
        self.name_axes(source.inputs[0], source.target)

    def _show_regions(self, found: Fit) -> None:
        for line in self._lines:
            self.removeItem(line)
        self._lines = []
        surface, source = found.surface, found.source
        assert surface is not None
        classes = truth(source) if source.classes else None
        if classes is not None:
            colours = class_colours()
            table = np.array([[c.red(), c.green(), c.blue(), _SHADE] for c in colours], dtype=np.uint8)
            self._image.setImage(table[surface.astype(int) % len(table)], autoLevels=False)
            brushes = [pg.mkBrush(colours[k % len(colours)]) for k in classes[:_MOST_DOTS]]
            symbols = [_CLASS_SYMBOLS[k % len(_CLASS_SYMBOLS)] for k in classes[:_MOST_DOTS]]
        else:
            low, high = _levels(surface, source.targets)
            table = colour_table("viridis")
            self._image.setImage(table[_shades(surface, low, high)], autoLevels=False)
            brushes = [pg.mkBrush(*table[k]) for k in _shades(source.targets[:_MOST_DOTS], low, high)]
            symbols = ["o"] * len(brushes)
        (x0, x1), (y0, y1) = ((values[0], values[-1]) for values in (found.xs, found.ys))
        dx, dy = (found.xs[1] - x0) / 2, (found.ys[1] - y0) / 2
        self._image.setRect(QRectF(x0 - dx, y0 - dy, x1 - x0 + 2 * dx, y1 - y0 + 2 * dy))
        self._border.setData(*found.border.T, pen=pg.mkPen(themes.current().text, width=1.6))
        self._dots.setData(
            source.features[:_MOST_DOTS, 0],
            source.features[:_MOST_DOTS, 1],
            size=8,
            symbol=symbols,
            pen=pg.mkPen(themes.current().background, width=1),
            brush=brushes,
        )
        self.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)
        names = (
            source.inputs if len(source.inputs) == 2 else tuple(f"{source.inputs[0]}[{k}]" for k in (0, 1))
        )
        self.name_axes(*names)


class CloudPlot(_Plot):
    """Gradients of batches as dots around that of all data, which is an arrow from 0, in two of the coordinates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._zero = pg.ScatterPlotItem(pxMode=True, symbol="+", size=12)
        self._ring = pg.PlotCurveItem()
        self._shaft = pg.PlotCurveItem()
        self._full = pg.ScatterPlotItem(pxMode=True, symbol="d", size=11)
        for item in (self._dots, self._ring, self._shaft, self._zero, self._full):
            self.addItem(item)
        self.dress()

    def show_cloud(self, found: Cloud, columns: Sequence[int], names: Sequence[str]) -> None:
        """Draw two coordinates of a cloud, or one with the dots at random heights."""
        now = themes.current()
        self.getAxis("left").setStyle(showValues=len(columns) == 2)
        if len(columns) == 2:
            dots, full = found.batches[:, columns], found.full[list(columns)]
        else:
            heights = np.random.default_rng(0).uniform(-0.8, 0.8, len(found.batches))
            dots = np.stack([found.batches[:, columns[0]], heights], axis=1)
            full = np.array([found.full[columns[0]], 0.0])
        faint = QColor(now.gradient)
        faint.setAlpha(95)
        self._dots.setData(dots[:, 0], dots[:, 1], size=5, pen=None, brush=pg.mkBrush(faint))
        self._zero.setData([0.0], [0.0], pen=pg.mkPen(now.muted, width=1))
        self._shaft.setData([0.0, full[0]], [0.0, full[1]], pen=pg.mkPen(now.gradient, width=2.5))
        self._full.setData(
            [full[0]], [full[1]], pen=pg.mkPen(now.background, width=1), brush=pg.mkBrush(now.gradient)
        )
        ring = deviation_ring(dots) if len(columns) == 2 else np.empty((0, 2))
        self._ring.setData(ring[:, 0], ring[:, 1], pen=pg.mkPen(now.text, width=1.4))
        shown = np.concatenate([dots, full[None], np.zeros((1, 2))])
        shown = shown[np.isfinite(shown).all(axis=1)]
        (x0, y0), (x1, y1) = shown.min(axis=0), shown.max(axis=0)
        self.setRange(
            xRange=_padded(x0, x1), yRange=_padded(y0, y1) if len(columns) == 2 else (-1, 1), padding=0
        )
        self.name_axes(f"∂loss/∂{names[0]}", f"∂loss/∂{names[1]}" if len(columns) == 2 else "")


class ErrorPlot(_Plot):
    """The standard error of a batch's gradient against the batch's size, both logarithmic: 1/√n is a straight line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root = pg.PlotCurveItem()
        self._line = pg.PlotCurveItem()
        self.addItem(self._root)
        self.addItem(self._line)
        self._now = pg.ScatterPlotItem(pxMode=True, size=9)
        self.addItem(self._now)
        self.dress()

    def show_cloud(self, found: Cloud) -> None:
        """Draw the errors of all sizes, and what is seen at the size of this cloud."""
        now = themes.current()
        good = np.isfinite(found.errors) & (found.errors > 0)
        sizes, errors = np.log10(found.sizes[good]), np.log10(found.errors[good])
        self._line.setData(sizes, errors, pen=pg.mkPen(now.gradient, width=2))
        if len(errors):
            dotted = pg.mkPen(now.muted, width=1.2, style=Qt.PenStyle.DotLine)
            self._root.setData(sizes, errors[0] - (sizes - sizes[0]) / 2, pen=dotted)
        else:
            self._root.setData([], [])
        seen = found.spread > 0
        self._now.setData(
            [np.log10(found.size)] if seen else [],
            [np.log10(found.spread)] if seen else [],
            pen=pg.mkPen(now.background, width=1),
            brush=pg.mkBrush(now.text),
        )
        heights = np.concatenate([errors, [np.log10(found.spread)] if seen else []])
        if len(heights):
            widths, (low, high) = _padded(0.0, np.log10(found.count)), _padded(heights.min(), heights.max())
            self.setRange(xRange=widths, yRange=(low, high), padding=0)
            self.getAxis("bottom").setTicks([log_ticks(0.0, widths[1], 8)])
            self.getAxis("left").setTicks([log_ticks(low, high, 5)])
        self.name_axes("n", "")


def log_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Round numbers from 10^low to 10^high: 1, 2 and 5 of each decade, or fewer so that they are at most so many."""
    decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    found: list[float] = []
    for digits in ((1, 2, 5), (1, 3), (1,)):
        found = [m * 10.0**k for k in decades for m in digits if low <= np.log10(m) + k <= high]
        if len(found) <= most:
            break
    found = found[:: -(-len(found) // most)] if found else []
    return [(float(np.log10(value)), f"{value:g}") for value in found]


def class_colours() -> list[QColor]:
    """The colours of classes, apart from one another for every eye."""
    colours = themes.current().racer_colors
    return [colours[(k + 1) % len(colours)] for k in range(len(colours))]


def deviation_ring(dots: Array) -> Array:
    """The ellipse of one standard deviation around dots (B, 2)."""
    middle = dots.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(dots.T)) if len(dots) > 1 else (np.zeros(2), np.eye(2))
    circle = np.stack([np.cos(_ELLIPSE), np.sin(_ELLIPSE)], axis=1)
    return middle + circle * np.sqrt(np.maximum(values, 0.0)) @ vectors.T


def _padded(low: float, high: float) -> tuple[float, float]:
    margin = 0.08 * (high - low) or 0.5 * abs(high) or 1.0
    return low - margin, high + margin


def _levels(surface: Array, targets: Array) -> tuple[float, float]:
    low, high = float(targets.min()), float(targets.max())
    return (low, high) if low < high else (low - 1.0, high + 1.0)


def _shades(values: Array, low: float, high: float) -> Array:
    """Entries 1 to 255 of a colour table; 0 is for what is not finite."""
    shades = 1 + np.clip((values - low) / (high - low), 0.0, 1.0) * 254
    return np.where(np.isfinite(shades), shades, 0).astype(int)
