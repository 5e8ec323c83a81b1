"""Curves of the race against steps: loss, gradient norm, learning rate or step length of every racer.

Draws the results that it is given, nothing else. The cursor follows playback and scrubs when dragged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QGraphicsItem, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.messages import ElidedLabel
from gdstudio.ui.race.metrics import METRICS
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.race.results import RacerResult
from gdstudio.ui.race.scales import MOST_DECADES, Scale, ValueAxis, tick_text
from gdstudio.ui.theme import RacerStyle, Theme

# Playback moves the cursor over pictures of the curves instead of drawing them again in every frame.
_CACHED = QGraphicsItem.CacheMode.DeviceCoordinateCache
_WIDTH = 1.5
_SELECTED_WIDTH = 2.0
_READOUT_ROWS = 8
_NO_MINIMA = np.empty((0, 0))


class Curves(QWidget):
    """The plot of one quantity of all racers against the step.

    Signals:
        step_asked(int): the cursor was dragged or the plot clicked.
        racer_asked(int): a curve was clicked.
    """

    step_asked = Signal(int)
    racer_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._results: list[RacerResult | None] = []
        self._styles: list[RacerStyle] = []
        self._selected: int | None = None
        self._problem = ""
        self._minima = _NO_MINIMA
        self._shown: list[np.ndarray] = []
        self._steps = 1
        self._step = 0
        self._scale = Scale("log")
        self._follows_data = True
        self._lines: list[pg.PlotDataItem] = []

        self._metric = named(QComboBox(), "curveQuantity", self.tr("Quantity of the curves"))
        for key, title in (
            ("loss", self.tr("Loss")),
            ("gradient_norm", self.tr("Gradient norm")),
            ("distance", self.tr("Distance")),
            ("learning_rate", self.tr("Learning rate")),
            ("effective_rate", self.tr("Effective rate")),
            ("step_length", self.tr("Step length")),
        ):
            self._metric.addItem(title, key)
        self._explain_metrics()
        self._axis_choice = named(QComboBox(), "curveScale", self.tr("Scale of the curves"))
        self._axis_choice.addItem(self.tr("log"), True)
        self._axis_choice.addItem(self.tr("linear"), False)
        self._note = named(ElidedLabel(), "curveNote", self.tr("Note on the curves"))
        self._note.setTextFormat(Qt.TextFormat.PlainText)

        self._axis = ValueAxis()
        self._plot = pg.PlotWidget(axisItems={"left": self._axis})
        named(self._plot, "lossCurve", self.tr("Loss of every racer against the step"))
        self._plot.setMinimumSize(180, 100)
        # The keys stay with the table, where they play and step.
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.showGrid(x=False, y=True, alpha=0.18)
        item.getAxis("bottom").setHeight(22)
        item.getAxis("bottom").enableAutoSIPrefix(False)
        self._axis.enableAutoSIPrefix(False)
        self._axis.setCacheMode(_CACHED)
        item.getAxis("bottom").setCacheMode(_CACHED)
        view = item.getViewBox()
        view.setDefaultPadding(0.0)
        view.disableAutoRange()
        view.setMouseEnabled(x=True, y=True)
        view.sigRangeChangedManually.connect(self._leave_data)
        self._ends = pg.ScatterPlotItem(pxMode=True)
        self._ends.setZValue(8)
        self._cursor = pg.InfiniteLine(0, angle=90, movable=True, bounds=(0, 1))
        self._cursor.setZValue(10)
        self._cursor.sigDragged.connect(lambda line: self.step_asked.emit(round(line.value())))
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._dots.setZValue(9)
        for thing in (self._ends, self._cursor, self._dots):
            item.addItem(thing, ignoreBounds=True)

        self._readout = named(QLabel(self._plot), "curveReadout", self.tr("Values at the pointer"))
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.setTextFormat(Qt.TextFormat.RichText)
        self._readout.hide()
        scene = self._plot.scene()
        scene.sigMouseMoved.connect(self._hover)
        scene.sigMouseClicked.connect(self._click)

        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(6)
        top.addWidget(self._metric)
        top.addWidget(self._axis_choice)
        top.addWidget(self._note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._plot, 1)

        self._metric.currentIndexChanged.connect(self._choice_changed)
        self._axis_choice.currentIndexChanged.connect(self._choice_changed)
        themes.switch().theme_changed.connect(self.set_theme)
        self.set_theme(themes.current())

    def _explain_metrics(self) -> None:
        for key, meaning in (
            (
                "distance",
                self.tr("How far from the nearest known minimum; of a test function they are known"),
            ),
            ("effective_rate", self.tr("The length of each step over the norm of the gradient it came from")),
        ):
            self._metric.setItemData(self._metric.findData(key), meaning, Qt.ItemDataRole.ToolTipRole)

    # What is shown

    @property
    def scale(self) -> Scale:
        """The vertical scale in use."""
        return self._scale

    def note(self) -> str:
        """What the plot says about its scale, empty when there is nothing to say."""
        return self._note.full_text()

    def show_race(
        self,
        names: Sequence[str],
        styles: Sequence[RacerStyle],
        results: Sequence[RacerResult | None],
        steps: int,
        selected: int | None,
        problem: str = "",
        minima: np.ndarray = _NO_MINIMA,
    ) -> None:
        """Draw these racers, one entry per row of the table; None where there is nothing to draw.

        `problem` says why there is no race at all; `minima` are the known ones, (m, n).
        """
        self._problem = problem
        self._minima = minima
        self._names, self._styles, self._results = list(names), list(styles), list(results)
        self._steps = max(1, steps)
        self._selected = selected
        self._draw()

    def select(self, row: int | None) -> None:
        """Draw one racer's curve stronger than the others."""
        if row != self._selected:
            self._selected = row
            self._dress()

    def set_step(self, step: int) -> None:
        """Move the cursor."""
        self._step = step
        if round(self._cursor.value()) != step:
            self._cursor.setValue(step)
        self._place_dots()

    def set_theme(self, theme: Theme) -> None:
        self._plot.setBackground(theme.background)
        font = themes.small_font()
        for name in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(name)
            axis.setPen(theme.line)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
        cursor = QColor(theme.text)
        cursor.setAlphaF(0.75)
        self._cursor.setPen(pg.mkPen(cursor, width=1))
        self._cursor.setHoverPen(pg.mkPen(theme.accent, width=2))
        self._note.setStyleSheet(f"color: {theme.muted.name()}; font-size: {themes.SMALL_FONT_PIXELS}px;")
        back = QColor(theme.raised)
        self._readout.setStyleSheet(
            f"background: {back.name()}; color: {theme.text.name()}; border: 1px solid {theme.line.name()};"
            f" border-radius: 4px; padding: 3px 6px; font-size: {themes.SMALL_FONT_PIXELS}px;"
        )
        if self._results:
            self._draw()

    # Drawing

    def _values(self, result: RacerResult | None) -> np.ndarray:
        if result is None:
            return np.empty(0)
        return METRICS[self._metric.currentData()](result, self._minima)

    def _choice_changed(self) -> None:
        self._follows_data = True
        self._plot.setAccessibleName(
            self.tr("{0} of every racer against the step").format(self._metric.currentText())
        )
        self._draw()

    def _draw(self) -> None:
        values = self._shown = [self._values(result) for result in self._results]
        self._scale = Scale.fitting(values, self._axis_choice.currentData())
        self._axis.set_scale(self._scale)
        while len(self._lines) > len(values):
            self._plot.removeItem(self._lines.pop())
        while len(self._lines) < len(values):
            line = pg.PlotDataItem(connect="finite")
            line.setClipToView(True)
            line.setDownsampling(auto=True, method="peak")
            self._plot.addItem(line, ignoreBounds=True)
            line.curve.setCacheMode(_CACHED)
            self._lines.append(line)
        for line, numbers in zip(self._lines, values, strict=True):
            heights = self._scale.heights(numbers)
            line.setData(np.arange(len(heights), dtype=float), heights)
        self._dress()
        self._cursor.setBounds((0, self._steps))
        if self._follows_data:
            self._fit(values)
        self._place_ends(values)
        self._place_dots()
        self._tell_scale(values)

    def _dress(self) -> None:
        for row, (line, style) in enumerate(zip(self._lines, self._styles, strict=True)):
            chosen = row == self._selected
            line.setPen(style.pen(_SELECTED_WIDTH if chosen else _WIDTH))
            line.setZValue(5 if chosen else 1)

    def _fit(self, values: Sequence[np.ndarray]) -> None:
        """Show every step and the values of the racers that did not diverge, whole decades if logarithmic."""
        view = self._plot.getPlotItem().getViewBox()
        view.setRange(xRange=(0, self._steps * 1.01), padding=0.0)
        calm = [
            numbers if result.status != "diverged" else numbers[:1]
            for result, numbers in zip(self._results, values, strict=True)
            if result is not None
        ]
        heights = self._scale.heights(np.concatenate(calm)) if calm else np.empty(0)
        heights = heights[np.isfinite(heights)]
        if not len(heights):
            heights = np.array([0.0, 1.0])
        low, high = float(np.min(heights)), float(np.max(heights))
        if any(result is not None and result.status == "diverged" for result in self._results):
            # Room above the others, so that one sees it leave.
            high += 1.0 if self._scale.name != "linear" else 0.25 * max(high - low, abs(high))
        if self._scale.name == "log":
            low = max(low, high - MOST_DECADES)
            low, high = math.floor(low), max(math.ceil(high), math.floor(low) + 1)
            view.setRange(yRange=(low - 0.02 * (high - low), high + 0.02 * (high - low)), padding=0.0)
        else:
            room = 0.05 * (high - low) or 0.5 * abs(high) or 0.5
            view.setRange(yRange=(low - room, high + room), padding=0.0)

    def _place_ends(self, values: Sequence[np.ndarray]) -> None:
        """A cross where a diverged racer's path ends, at the edge of the plot if its loss is far outside."""
        low, high = self._plot.getPlotItem().getViewBox().viewRange()[1]
        margin = 0.03 * (high - low)
        spots = []
        for result, numbers, style in zip(self._results, values, self._styles, strict=True):
            if result is None or result.status != "diverged" or not len(numbers):
                continue
            height = float(self._scale.heights(numbers[-1:])[0])
            height = high - margin if math.isnan(height) else min(max(height, low + margin), high - margin)
            pen = pg.mkPen(style.color, width=2)
            spots.append(
                {
                    "pos": (len(numbers) - 1, height),
                    "symbol": "x",
                    "size": 10,
                    "brush": style.color,
                    "pen": pen,
                }
            )
        self._ends.setData(spots)

    def _place_dots(self) -> None:
        """Each racer's marker on its curve at the cursor."""
        spots = []
        for numbers, style in zip(self._shown, self._styles, strict=True):
            if self._step < len(numbers):
                height = float(self._scale.heights(numbers[self._step : self._step + 1])[0])
                if math.isfinite(height):
                    spots.append(
                        {
                            "pos": (self._step, height),
                            "symbol": style.marker,
                            "size": 8,
                            "brush": style.color,
                            "pen": None,
                        }
                    )
        self._dots.setData(spots)

    def _tell_scale(self, values: Sequence[np.ndarray]) -> None:
        name = self._metric.currentText().lower()
        text, tip = self.tr("against the step"), ""
        if self._problem:
            text = tip = self._problem
        elif self._metric.currentData() == "distance" and not len(self._minima):
            text = self.tr("no minimum of this graph is known")
        elif self._scale.name == "symlog":
            text = self.tr("symlog axis: {0} falls below 0").format(name)
            tip = self.tr("Logarithmic on both sides of 0, linear within ±{0}.").format(
                tick_text(self._scale.threshold)
            )
        elif self._scale.name == "log" and any(np.any(v == 0) for v in values):
            text = self.tr("exact 0 at the lower edge")
            tip = self.tr(
                "A logarithmic axis has no 0; a {0} of exactly 0 is drawn at its lower edge."
            ).format(name)
        self._note.set_full_text(text)
        if tip:
            self._note.setToolTip(tip)

    def _leave_data(self) -> None:
        self._follows_data = False

    # The mouse

    def _hover(self, position: QPointF) -> None:
        view = self._plot.getPlotItem().getViewBox()
        if not view.sceneBoundingRect().contains(position):
            self._readout.hide()
            return
        step = min(max(0, round(view.mapSceneToView(position).x())), self._steps)
        self._show_readout(step, position.x() > view.sceneBoundingRect().center().x())

    def leaveEvent(self, event: QEvent) -> None:
        self._readout.hide()
        super().leaveEvent(event)

    def _show_readout(self, step: int, left: bool) -> None:
        rows = []
        for name, style, numbers in zip(self._names, self._styles, self._shown, strict=True):
            if step < len(numbers):
                rows.append((float(numbers[step]), name, style))
        if not rows:
            self._readout.hide()
            return
        rows.sort(key=lambda row: math.inf if math.isnan(row[0]) else row[0])
        lines = "".join(
            f'<tr><td><span style="color:{style.color.name()}">●</span> {_escaped(name)}</td>'
            f'<td align="right">&nbsp;&nbsp;{format_measured(value, 4)}</td></tr>'
            for value, name, style in rows[:_READOUT_ROWS]
        )
        more = len(rows) - _READOUT_ROWS
        rest = "<br>" + self.tr("… {0} more").format(more) if more > 0 else ""
        heading = self.tr("step {0}").format(step)
        self._readout.setText(f"{heading}<table cellspacing=0>{lines}</table>{rest}")
        self._readout.adjustSize()
        view = self._plot.getPlotItem().getViewBox().sceneBoundingRect().toRect()
        x = view.left() + 6 if left else view.right() - self._readout.width() - 6
        self._readout.move(x, view.top() + 4)
        self._readout.show()

    def _click(self, event: MouseClickEvent) -> None:
        view = self._plot.getPlotItem().getViewBox()
        if event.button() != Qt.MouseButton.LeftButton or not view.sceneBoundingRect().contains(
            event.scenePos()
        ):
            return
        if event.double():
            self._follows_data = True
            self._draw()
            return
        at = view.mapSceneToView(event.scenePos())
        step = min(max(0, round(at.x())), self._steps)
        self.step_asked.emit(step)
        row = self._racer_near(step, at.y())
        if row is not None:
            self.racer_asked.emit(row)

    def _racer_near(self, step: int, height: float) -> int | None:
        """The racer whose curve passes within six pixels of a point."""
        pixel = self._plot.getPlotItem().getViewBox().viewPixelSize()[1]
        nearest, distance = None, 6.0 * pixel
        for row, numbers in enumerate(self._shown):
            if step < len(numbers):
                away = abs(float(self._scale.heights(numbers[step : step + 1])[0]) - height)
                if away < distance:
                    nearest, distance = row, away
        return nearest


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
