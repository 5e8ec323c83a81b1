"""What the plane and the line share: axes, handles, racers, panning, zooming, and asking for a region.

A view's region is its own: it follows the hand without an edit, and the session is asked for the losses
there. Only "set view as default" writes it into the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from gdstudio.document.model import Document
from gdstudio.engine import CriticalPoint
from gdstudio.ui import commands, slices, theme
from gdstudio.ui.landscape import starts
from gdstudio.ui.landscape.frame import Frame, Ranges
from gdstudio.ui.landscape.lens import Lens
from gdstudio.ui.landscape.marks import REACH, CriticalMark, MarksLayer, RacerMark, StartMark
from gdstudio.ui.landscape.mouse import Pane
from gdstudio.ui.landscape.starts import Handle
from gdstudio.ui.landscape.trails import Trail
from gdstudio.ui.plot import Plot
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session

_SETTLE_MS = 160
_MARGIN_WHILE_MOVING = 0.15
_SMALLEST_SPAN = 1e-9
_LARGEST_SPAN = 1e9
_LEFT_AXIS_WIDTH = 62
_CRITICAL_REACH = 8.0
_MOST_CRITICAL = 60


class _Placed(NamedTuple):
    """A handle and where in the plot it stands."""

    handle: Handle
    x: float
    y: float


class PlotView(QWidget):
    """A landscape over one or two coordinates, for a person's hand.

    Subclasses call `dress` when they are complete.

    Signals:
        hovered(tuple or None): the mouse is over a point, one number for each axis; it left.
        menu_wanted(QPoint): the context menu should open there, in coordinates of the screen.
    """

    hovered = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.axes: tuple[str, ...] = ()
        self.grid: GridResult | None = None
        self._follow = True
        self._quiet = False
        self._handles: list[_Placed] = []
        self.race: list[Trail] = []
        self.critical: tuple[CriticalPoint, ...] = ()
        self._drag: tuple[Document, int] | None = None
        self._click_index = -1
        self._clicked = QElapsedTimer()

        self.plot = Plot(self)
        self.plot.getPlotItem().layout.setContentsMargins(0, 10, 8, 2)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box = self.plot.getViewBox()
        self.box.setDefaultPadding(0.0)
        self.box.disableAutoRange()
        self.marks = MarksLayer(self.box)
        self.pane = Pane(self.box, self)
        self.box.sigRangeChanged.connect(self._range_changed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._request_exactly)

        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.plot, 1)

    # What is shown

    @property
    def frame(self) -> Frame:
        return Frame.of(self.box)

    @property
    def lens(self) -> Lens:
        """How points belong to positions along the axes."""
        return Lens.of(self.axes, self.grid)

    def dress(self) -> None:
        """Take the colours and fonts of the theme in use."""
        now = theme.current()
        self.plot.setBackground(now.background)
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(pg.mkPen(now.line))
            axis.setTextPen(pg.mkPen(now.muted))
            axis.setTickPen(pg.mkPen(now.line))
            axis.setStyle(
                tickFont=theme.small_font(),
                tickLength=-4,
                maxTickLevel=1,  # the finest ticks cost more than all curves
                autoReduceTextSpace=False,
                hideOverlappingLabels=False,
            )
            axis.enableAutoSIPrefix(False)
        self.plot.getAxis("left").setWidth(_LEFT_AXIS_WIDTH)
        self._label_axes()
        self.show_race()
        self.update_marks()

    def follow_document(self) -> None:
        """Take the region of the next grid that arrives as the view's own."""
        self._follow = True
        self._settle.stop()

    def forget(self) -> None:
        """Another document was opened: show nothing of the old one's race, and follow the new one."""
        self.follow_document()
        self.axes, self.grid, self._drag, self._click_index = (), None, None, -1
        self.pane.cancel()
        self.marks.minima = ()
        self.show_critical(())
        self.show_race()
        self.update_marks()

    def show_grid(self, grid: GridResult) -> None:
        """Show losses that have arrived."""
        if self._follow and self._is_home(grid):
            self._follow = False
            self.axes = grid.axes
            self.grid = grid
            self._label_axes()
            self._show_quietly(self.home_ranges(grid))
            self.show_race()
            self._request_exactly()
        elif grid.axes != self.axes:
            return  # asked for before the axes changed; the one to show is on its way
        self.grid = grid
        self.draw_grid(grid)
        if not self.lens.is_named:
            # Directions may have turned.
            self._label_axes()
            self.show_race()
        self.update_marks()

    def show_critical(self, points: Sequence[CriticalPoint]) -> None:
        """Mark critical points of the surface; of too many to tell apart only the lowest minima."""
        if len(points) > _MOST_CRITICAL:
            points = [point for point in points if point.kind == "minimum"][:_MOST_CRITICAL]
        self.critical = tuple(points)
        self.marks.critical = [CriticalMark(*self.place(p.position), p.kind) for p in self.critical]
        self.marks.update()

    def critical_at(self, at: Sequence[float]) -> CriticalPoint | None:
        """The critical point whose mark is within reach of a point of the axes, the nearest if there are several."""
        if not self.critical:
            return None
        px, py = (float(v) for v in self.frame.to_pixels(*self.place(at)))
        near = [(self._distance((m.x, m.y), px, py), k) for k, m in enumerate(self.marks.critical)]
        distance, number = min(near)
        return self.critical[number] if distance <= _CRITICAL_REACH else None

    def show_race(self) -> None:
        """Show the newest race of the session."""
        self.race = self._trails_of_session()
        self.draw_trails(self.race)
        self.show_step(self.session.step)

    def show_step(self, step: int) -> None:
        """Show the racers after `step` steps."""
        selected = self.session.selected_racer
        marks = [
            RacerMark(*trail.at(step), trail.style, trail.racer, trail.racer == selected)
            for trail in self.race
        ]
        self.marks.racers = sorted(marks, key=lambda mark: mark.active)
        self.marks.update()

    def update_marks(self) -> None:
        """Show starts and the graph's point as the document has them."""
        document, selected = self.session.document, self.session.selected_racer
        found = starts.handles(document, self.lens)
        self._handles = [_Placed(handle, *self.place(handle.at)) for handle in found]
        racers, style = document.race.racers, theme.current().racer
        point, marks = None, []
        for handle, x, y in self._handles:
            if handle.kind == "point":
                point = (x, y)
            else:
                styles = tuple(style(*racers[i].look(i)) for i in handle.racers)
                marks.append(StartMark(x, y, styles, active=selected in handle.racers))
        marks.sort(key=lambda mark: mark.active)
        if (point, marks) != (self.marks.point, self.marks.starts):
            self.marks.point, self.marks.starts = point, marks
            self.marks.update()

    @property
    def sees_a_start(self) -> bool:
        """Whether the graph's point or a start lies in view; along directions nothing stays in its place to be seen."""
        if not self.lens.is_named:
            return True
        region = self.region(self.frame.ranges)
        return any(
            all(low <= number <= high for number, (low, high) in zip(placed.handle.at, region, strict=True))
            for placed in self._handles
        )

    @property
    def is_dragging(self) -> bool:
        """Whether a hand holds a start or the graph's point."""
        return self._drag is not None

    # For the plane and the line to fill in

    def draw_grid(self, grid: GridResult) -> None:
        """Draw losses."""
        raise NotImplementedError

    def draw_trails(self, trails: Sequence[Trail]) -> None:
        """Draw the racers' paths."""
        raise NotImplementedError

    def home_ranges(self, grid: GridResult) -> Ranges:
        """What the view shows of a grid at first."""
        raise NotImplementedError

    def region(self, ranges: Ranges) -> tuple[tuple[float, float], ...]:
        """The ranges of the axes that a view of `ranges` needs losses for."""
        raise NotImplementedError

    def place(self, at: Sequence[float]) -> tuple[float, float]:
        """Where in the plot a point of the axes lies."""
        raise NotImplementedError

    def point(self, px: float, py: float) -> tuple[float, ...]:
        """The point of the axes under a pixel."""
        raise NotImplementedError

    def trail(self, columns: np.ndarray, losses: np.ndarray, **style: Any) -> Trail:
        """A trail from a path along the axes, shape (steps + 1, axes), and its losses."""
        raise NotImplementedError

    # The owner of gestures

    def handle_at(self, px: float, py: float) -> Handle | None:
        """The handle within reach of a pixel; the selected racer's comes first, the graph's point last."""
        selected, lens = self.session.selected_racer, self.lens
        near = [
            handle
            for handle, x, y in self._handles
            if (lens.is_named or (lens.can_place and handle.kind == "start"))
            and self._distance((x, y), px, py) <= REACH
        ]
        return max(near, key=lambda h: (selected in h.racers, h.kind == "start"), default=None)

    def racer_at(self, px: float, py: float) -> int | None:
        """The racer whose mark is within reach of a pixel, the nearest if there are several."""
        near = [(self._distance((m.x, m.y), px, py), m.racer) for m in self.marks.racers]
        distance, racer = min(near, default=(np.inf, None))
        return racer if distance <= REACH else None

    def section_end_at(self, px: float, py: float) -> int | None:
        """The end of a cross-section within reach of a pixel; only a plane has one."""
        return None

    def draw_section(self, pressed: QPointF, at: QPointF, end: int | None) -> None:
        """Draw a cross-section between two pixels, or move one end of it to `at`; only on a plane."""

    def pin(self, px: float, py: float) -> None:
        """Pin the tangent plane under a pixel; only on a plane."""

    def end_section(self, cancelled: bool) -> None:
        """The hand let go of the cross-section, or gave up."""

    def drag_to(self, handle: Handle, px: float, py: float) -> None:
        session = self.session
        if self._drag is None:
            self._drag = session.document, session.undo_stack.index()
        before, _ = self._drag
        at = self.point(px, py)
        selected = session.selected_racer
        if handle.kind == "point":
            document = starts.with_point(before, self.axes, at)
            session.edit(self.tr("Move the graph's point"), document, merge=("point", self.axes))
        else:
            racers = (selected,) if selected in handle.racers else handle.racers
            document = starts.with_starts(before, racers, self.lens, at)
            session.edit(self.tr("Move start"), document, merge=("start", racers))

    def end_drag(self, cancelled: bool) -> None:
        drag, self._drag = self._drag, None
        self.session.end_merge()
        if cancelled and drag is not None and self.session.undo_stack.index() > drag[1]:
            self.session.undo_stack.undo()

    def select_racer(self, index: int) -> None:
        self.session.select_racer(index)

    def place_start(self, px: float, py: float) -> None:
        session = self.session
        if not self.axes or not self.frame.contains(px, py):
            return
        before = session.undo_stack.index()
        document = starts.with_click(session.document, session.selected_racer, self.lens, self.point(px, py))
        session.edit(self.tr("Place start"), document)
        moved = session.undo_stack.index() != before
        self._click_index = session.undo_stack.index() if moved else -1
        self._clicked.start()

    def show_ranges(self, ranges: Ranges) -> None:
        """Show these ranges, unless floating point could not tell their points apart."""
        for low, high in ranges:
            size = max(abs(low), abs(high), _SMALLEST_SPAN)
            if not size * _SMALLEST_SPAN < high - low < _LARGEST_SPAN:
                return
        self.box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def reset_view(self) -> None:
        """Back to the document's own region. The first click of a double click was no wish for a start."""
        stack = self.session.undo_stack
        recent = self._clicked.isValid() and self._clicked.elapsed() < 2 * QApplication.doubleClickInterval()
        if recent and self._click_index == stack.index():
            stack.undo()
        self._click_index = -1
        self.show_home()

    def show_home(self) -> None:
        """Show the document's own region."""
        self.follow_document()
        if self.grid is not None and self._is_home(self.grid):
            self.show_grid(self.grid)
        else:
            self.session.request_grid((), None)

    def hover(self, at: QPointF | None) -> None:
        self.hovered.emit(None if at is None or not self.axes else self.point(at.x(), at.y()))

    def open_menu(self, at: QPointF, screen: QPoint) -> None:
        self.menu_wanted.emit(screen)

    # View and region

    def set_view_as_default(self) -> None:
        """Write the region in view into the document, as one undoable change."""
        document = self.session.document
        if self.lens.is_named:
            document = commands.set_landscape(document, axes=self.axes)
        self.session.edit(
            self.tr("Set view as default"), commands.set_ranges(document, self.region(self.frame.ranges))
        )

    def zoom(self, factor: float) -> None:
        """Zoom about the middle; below 1 is closer."""
        frame = self.frame
        self.show_ranges(frame.zoomed(factor, frame.width / 2, frame.height / 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / 1.2)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1.2)
        elif event.key() == Qt.Key.Key_0:
            self.show_home()
        elif event.key() == Qt.Key.Key_Escape and self.pane.busy:
            self.pane.cancel()
        elif event.key() == Qt.Key.Key_Escape and self.session.selected_racer is not None:
            self.session.select_racer(None)
        else:
            super().keyPressEvent(event)

    def _show_quietly(self, ranges: Ranges) -> None:
        """Show ranges that the session knows already."""
        self._quiet = True
        try:
            self.box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)
        finally:
            self._quiet = False

    def _range_changed(self) -> None:
        self.marks.update()
        if not self._quiet and self.axes and self.isVisible():
            # A little more than is in view, so that the next move of the hand finds its margin filled.
            self.session.request_grid(self.axes, self.region(self.frame.padded(_MARGIN_WHILE_MOVING)))
            self._settle.start()

    def _request_exactly(self) -> None:
        if self.axes:
            self.session.request_grid(self.axes, self.region(self.frame.ranges))

    def _is_home(self, grid: GridResult) -> bool:
        """Whether a grid covers the document's own region."""
        return slices.has_own_region(self.session.document, grid.axes, grid.ranges, grid.chosen)

    def _label_axes(self) -> None:
        css = {"color": theme.current().text.name(), "font-size": f"{theme.small_pixels(2)}px"}
        names = (*self._titles(), *(self.tr("loss") for _ in range(2 - len(self.axes))))
        for side, name in zip(("bottom", "left"), names, strict=True):
            self.plot.getAxis(side).setLabel(name if self.axes else "", **css)

    def _titles(self) -> tuple[str, ...]:
        """What is written along the axes."""
        if self.axes == slices.RANDOM:
            return tuple(self.tr("random direction {0}").format(number) for number in (1, 2))
        if self.axes == slices.PRINCIPAL:
            shares = self.grid.explained if self.grid is not None else ()
            title = self.tr("main direction {0} ({1} % of the spread)")
            return tuple(title.format(i, f"{100 * share:.3g}") for i, share in enumerate(shares, start=1))
        return self.axes

    def _distance(self, place: tuple[float, float], px: float, py: float) -> float:
        x, y = self.frame.to_pixels(*place)
        return float(np.hypot(x - px, y - py))

    def _trails_of_session(self) -> list[Trail]:
        session, result = self.session, self.session.race_result
        racers = session.document.race.racers
        if result is None:
            return []
        lens, trails = self.lens, []
        for path, losses, row in zip(result.paths, result.losses, session.race_rows, strict=True):
            columns = lens.positions(np.asarray(path), result.coordinates)
            if columns is not None and row < len(racers) and len(path):
                style = theme.current().racer(*racers[row].look(row))
                trails.append(self.trail(columns, np.asarray(losses), style=style, racer=row))
        return trails
