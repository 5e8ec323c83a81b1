"""The plot of the curves: lines, the cursor that follows playback, what the mouse reads, and a legend.

Draws the curves that it is given, nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem, QLabel, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.plot import Plot
from gdstudio.ui.race.curve import Against, Curve
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured, format_value
from gdstudio.ui.race.scales import MOST_DECADES, Scale, ValueAxis
from gdstudio.ui.theme import Theme

# Playback moves the cursor over pictures of the curves instead of drawing them again in every frame.
_CACHED = QGraphicsItem.CacheMode.DeviceCoordinateCache
_WIDTH = 1.5
_SELECTED_WIDTH = 2.0
_FAINT = 0.45
_READOUT_ROWS = 8
# Heights of the greatest numbers that an axis can name.
_MOST_LINEAR, _MOST_DECADES = 1e307, 307.0


class CurvePlot(Plot):
    """Curves of all racers.

    Signals:
        step_asked(int): the cursor was dragged or the plot clicked.
        racer_asked(int): a curve was clicked.
    """

    step_asked = Signal(int)
    racer_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = ValueAxis()
        super().__init__(parent, {"left": self._axis})
        self._curves: Sequence[Curve] = ()
        self._companions: Sequence[Curve] = ()
        self._against: Against = "step"
        self._end = 1.0
        self._selected: int | None = None
        self._step = 0
        self._scale = Scale("log")
        self._home = 0.0, 1.0
        self._follows_data = True
        self._lines: list[pg.PlotDataItem] = []
        self._faint: list[pg.PlotDataItem] = []
        self._legend: pg.LegendItem | None = None

        self.setMinimumSize(180, 100)
        # The keys stay with the table, where they play and step.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.getPlotItem()
        item.showGrid(x=False, y=True, alpha=0.18)
        item.getAxis("bottom").setHeight(22)
        item.getAxis("bottom").enableAutoSIPrefix(False)
        self._axis.enableAutoSIPrefix(False)
        self._axis.setCacheMode(_CACHED)
        item.getAxis("bottom").setCacheMode(_CACHED)
        self._box = item.getViewBox()
        self._box.setDefaultPadding(0.0)
        self._box.disableAutoRange()
        self._box.setMouseEnabled(x=True, y=True)
        self._box.sigRangeChangedManually.connect(self._leave_data)
        self._ends = pg.ScatterPlotItem(pxMode=True)
        self._ends.setZValue(8)
        self._cursor = pg.InfiniteLine(0, angle=90, movable=True, bounds=(0, 1))
        self._cursor.setZValue(10)
        self._cursor.sigDragged.connect(lambda line: self.step_asked.emit(self._step_at(line.value())))
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._dots.setZValue(9)
        for thing in (self._ends, self._cursor, self._dots):
            item.addItem(thing, ignoreBounds=True)

        self._read = 0.0, False
        self._readout = named(QLabel(self), "curveReadout", self.tr("Values at the pointer"))
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.setTextFormat(Qt.TextFormat.RichText)
        self._readout.hide()
        self.scene().sigMouseMoved.connect(self._hover)
        self.scene().sigMouseClicked.connect(self._click)

    # What is shown

    @property
    def scale_in_use(self) -> Scale:
        """The vertical scale."""
        return self._scale

    def show_curves(
        self,
        curves: Sequence[Curve],
        companions: Sequence[Curve],
        logarithmic: bool,
        against: Against,
        steps: int,
    ) -> None:
        """Draw these curves, one for each row of the table, and their companions faintly behind them.

        Args:
            steps: of the race.
        """
        if against != self._against:
            self._readout.hide()  # it is about a place along the other axis
        self._curves, self._companions, self._against = curves, companions, against
        ends = [curve.xs[-1] for curve in (*curves, *companions) if len(curve.xs)]
        self._end = float(max(1, steps)) if against == "step" else float(max(ends, default=1.0)) or 1.0
        self._scale = Scale.fitting([curve.values for curve in (*curves, *companions)], logarithmic)
        self._axis.set_scale(self._scale)
        self._draw(self._lines, curves)
        self._draw(self._faint, companions)
        self._dress()
        self._cursor.setBounds((0, self._end))
        self._place_cursor()
        self._measure()
        if self._follows_data:
            self._fit()
        self._place_ends()
        self._place_dots()
        self._show_legend_rows()
        if not self._readout.isHidden():
            x, left = self._read
            self.show_readout(min(x, self._end), left)

    def show_all(self) -> None:
        """Forget where the hand has zoomed and moved to; the next curves are seen whole."""
        self._follows_data = True

    def select(self, row: int | None) -> None:
        """Draw one racer's curve stronger than the others."""
        if row != self._selected:
            self._selected = row
            self._dress()
            self._place_cursor()

    def set_step(self, step: int) -> None:
        """Move the cursor and the dots."""
        self._step = step
        self._place_cursor()
        self._place_dots()

    def set_theme(self, theme: Theme) -> None:
        self.setBackground(theme.background)
        font = themes.small_font()
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(theme.line)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
        cursor = QColor(theme.text)
        cursor.setAlphaF(0.75)
        self._cursor.setPen(pg.mkPen(cursor, width=1))
        self._cursor.setHoverPen(pg.mkPen(theme.accent, width=2))
        back = QColor(theme.raised)
        self._readout.setStyleSheet(
            f"background: {back.name()}; color: {theme.text.name()}; border: 1px solid {theme.line.name()};"
            f" border-radius: 4px; padding: 3px 6px; font-size: {themes.small_pixels()}px;"
        )
        self._show_legend_rows()

    def set_legend(self, shown: bool) -> None:
        """Name the curves inside the plot, or leave that to the table."""
        if not shown and self._legend is not None:
            self._legend.scene().removeItem(self._legend)
            self._legend = None
        elif shown and self._legend is None:
            self._legend = pg.LegendItem(offset=(-6, 4), verSpacing=-4, labelTextSize="8pt")
            self._legend.setParentItem(self._box)
            self._legend.setZValue(20)
        self._show_legend_rows()

    @property
    def legend(self) -> pg.LegendItem | None:
        return self._legend

    def _show_legend_rows(self) -> None:
        if self._legend is None:
            return
        theme = themes.current()
        back = QColor(theme.raised)
        back.setAlphaF(0.85)
        self._legend.clear()
        self._legend.setBrush(back)
        self._legend.setPen(pg.mkPen(theme.line))
        self._legend.setLabelTextColor(theme.text)
        for line, curve in zip((*self._lines, *self._faint), (*self._curves, *self._companions), strict=True):
            if len(curve.values):
                self._legend.addItem(line, _escaped(curve.name))

    # Drawing

    def _draw(self, lines: list[pg.PlotDataItem], curves: Sequence[Curve]) -> None:
        while len(lines) > len(curves):
            self.removeItem(lines.pop())
        while len(lines) < len(curves):
            line = pg.PlotDataItem(connect="finite")
            line.setClipToView(True)
            line.setDownsampling(auto=True, method="peak")
            self.getPlotItem().addItem(line, ignoreBounds=True)
            line.curve.setCacheMode(_CACHED)
            lines.append(line)
        for line, curve in zip(lines, curves, strict=True):
            line.setData(curve.xs, self._scale.heights(curve.values))

    def _dress(self) -> None:
        for row, (line, curve) in enumerate(zip(self._lines, self._curves, strict=True)):
            chosen = row == self._selected
            line.setPen(curve.style.pen(_SELECTED_WIDTH if chosen else _WIDTH))
            line.setZValue(5 if chosen else 1)
        for line, curve in zip(self._faint, self._companions, strict=True):
            pen = curve.style.pen(_WIDTH)
            color = QColor(pen.color())
            color.setAlphaF(_FAINT)
            pen.setColor(color)
            line.setPen(pen)
            line.setZValue(0)

    def _fit(self) -> None:
        """Show the whole race and the values of the racers that did not diverge."""
        self._box.setRange(xRange=(0, self._end * 1.01), yRange=self._home, padding=0.0)

    def _measure(self) -> None:
        """Find the heights that are shown at first, and keep the hand near what there is to see.

        Moving and zooming end a picture's size beyond the curves.
        """
        curves = [curve for curve in (*self._curves, *self._companions) if len(curve.values)]
        heights = [self._scale.heights(curve.values) for curve in curves]
        calm = [h[:1] if curve.diverged else h for h, curve in zip(heights, curves, strict=True)]
        self._home = low, high = self._whole(_finite(calm), any(curve.diverged for curve in curves))
        every = _finite(heights)
        size, most = high - low, _MOST_LINEAR if self._scale.name == "linear" else _MOST_DECADES
        bottom = max(float(np.min(every, initial=low)) - size, -most)
        top = min(float(np.max(every, initial=high)) + size, most)
        self._box.setLimits(xMin=-self._end, xMax=2.0 * self._end, yMin=bottom, yMax=top)

    def _whole(self, heights: np.ndarray, has_diverged: bool) -> tuple[float, float]:
        """From where to where heights are seen whole, in whole decades if logarithmic."""
        low, high = (float(np.min(heights)), float(np.max(heights))) if len(heights) else (0.0, 1.0)
        if has_diverged:
            # Room above the others, so that one sees it leave.
            high += 1.0 if self._scale.name != "linear" else 0.25 * max(high - low, abs(high))
        if self._scale.name == "log":
            low = max(low, high - MOST_DECADES)
            low, high = math.floor(low), max(math.ceil(high), math.floor(low) + 1)
            room = 0.02 * (high - low)
        else:
            room = 0.05 * (high - low) or 0.5 * abs(high) or 0.5
        return low - room, high + room

    def _place_ends(self) -> None:
        """A cross where a diverged racer's path ends, at the edge of the plot if its loss is far outside."""
        low, high = self._box.viewRange()[1]
        margin = 0.03 * (high - low)
        spots = []
        for curve in self._curves:
            if not curve.diverged or not len(curve.values):
                continue
            height = float(self._scale.heights(curve.values[-1:])[0])
            height = high - margin if math.isnan(height) else min(max(height, low + margin), high - margin)
            color = curve.style.color
            at = {"pos": (float(curve.xs[-1]), height), "symbol": "x", "size": 10}
            spots.append({**at, "brush": color, "pen": pg.mkPen(color, width=2)})
        self._ends.setData(spots)

    def _place_dots(self) -> None:
        """Each racer's marker on its curve at the step."""
        spots = []
        for curve in self._curves:
            at = curve.at_step(self._step)
            if at is None:
                continue
            height = float(self._scale.heights(np.array(at[1:]))[0])
            if math.isfinite(height):
                style = curve.style
                spot = {"pos": (at[0], height), "symbol": style.marker, "size": 8, "brush": style.color}
                spots.append({**spot, "pen": None})
        self._dots.setData(spots)

    # Steps and places along the axis

    def _reference(self) -> Curve | None:
        """The curve by which steps are counted along an axis that is not of steps: the selected racer's."""
        with_points = [curve for curve in self._curves if len(curve.xs)]
        row = -1 if self._selected is None else self._selected
        chosen = self._curves[row] if 0 <= row < len(self._curves) else None
        return chosen if chosen is not None and len(chosen.xs) else next(iter(with_points), None)

    def _x_of(self, step: int) -> float:
        curve = self._reference()
        if self._against == "step" or curve is None:
            return float(step)
        return float(curve.xs[min(step, len(curve.xs) - 1)])

    def _step_at(self, x: float) -> int:
        """The step whose place along the axis is nearest to x."""
        curve = self._reference()
        x = min(max(x, 0.0), self._end)
        if self._against == "step" or curve is None:
            return round(x)
        after = min(int(np.searchsorted(curve.xs, x)), len(curve.xs) - 1)
        before = max(after - 1, 0)
        return before if x - curve.xs[before] < curve.xs[after] - x else after

    def _place_cursor(self) -> None:
        x = self._x_of(self._step)
        if self._step_at(self._cursor.value()) != self._step or self._against != "step":
            self._cursor.setValue(x)

    def _leave_data(self) -> None:
        self._follows_data = False

    # The mouse

    def _hover(self, position: QPointF) -> None:
        if not self._box.sceneBoundingRect().contains(position):
            self._readout.hide()
            return
        x = min(max(0.0, self._box.mapSceneToView(position).x()), self._end)
        self.show_readout(x, position.x() > self._box.sceneBoundingRect().center().x())

    def leaveEvent(self, event: QEvent) -> None:
        self._readout.hide()
        super().leaveEvent(event)

    def show_readout(self, x: float, left: bool) -> None:
        """Read every racer's value at a place along the axis, best first; on the left side of the plot or the right."""
        self._read = x, left
        x = round(x) if self._against == "step" else x
        rows = []
        for curve in self._curves:
            row = curve.row_at(x)
            if row is not None:
                rows.append((float(curve.values[row]), curve))
        if not rows:
            self._readout.hide()
            return
        rows.sort(key=lambda row: math.inf if math.isnan(row[0]) else row[0])
        lines = "".join(
            f'<tr><td><span style="color:{curve.style.color.name()}">●</span> {_escaped(curve.name)}</td>'
            f'<td align="right">&nbsp;&nbsp;{format_measured(value, 4)}</td></tr>'
            for value, curve in rows[:_READOUT_ROWS]
        )
        hidden = len(rows) - _READOUT_ROWS
        more = "<br>" + self.tr("… {0} more").format(hidden) if hidden > 0 else ""
        self._readout.setText(f"{self._title(x)}<table cellspacing=0>{lines}</table>{more}")
        self._readout.adjustSize()
        view = self._box.sceneBoundingRect().toRect()
        self._readout.move(
            view.left() + 6 if left else view.right() - self._readout.width() - 6, view.top() + 4
        )
        self._readout.show()

    def _title(self, x: float) -> str:
        if self._against == "step":
            return self.tr("step {0}").format(round(x))
        if self._against == "evaluations":
            return self.tr("after {0} evaluations").format(math.floor(x))
        return self.tr("epoch {0}").format(format_value(float(f"{x:.3g}")))

    def _click(self, event: MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._box.sceneBoundingRect().contains(
            event.scenePos()
        ):
            return
        if event.double():
            self.show_all()
            self._fit()
            self._place_ends()
            return
        at = self._box.mapSceneToView(event.scenePos())
        self.step_asked.emit(self._step_at(at.x()))
        row = self._racer_near(at)
        if row is not None:
            self.racer_asked.emit(row)

    def _racer_near(self, at: QPointF) -> int | None:
        """The racer whose curve passes within six pixels of a point."""
        nearest, distance = None, 6.0 * self._box.viewPixelSize()[1]
        x = round(at.x()) if self._against == "step" else at.x()
        for row, curve in enumerate(self._curves):
            place = curve.row_at(x)
            if place is not None:
                height = float(self._scale.heights(curve.values[place : place + 1])[0])
                if abs(height - at.y()) < distance:
                    nearest, distance = row, abs(height - at.y())
        return nearest


def _finite(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The finite numbers of all these arrays."""
    numbers = np.concatenate(parts) if parts else np.empty(0)
    return numbers[np.isfinite(numbers)]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
