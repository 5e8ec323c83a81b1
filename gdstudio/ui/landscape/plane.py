"""The plane: the loss over two coordinates as a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gdstudio.ui.landscape.arrows import Arrows
from gdstudio.ui.landscape.companions import Companions
from gdstudio.ui.landscape.drawing import Drawing, Sight, label_advances
from gdstudio.ui.landscape.frame import Ranges
from gdstudio.ui.landscape.levels_bar import LevelsBar
from gdstudio.ui.landscape.minima import minima_along
from gdstudio.ui.landscape.moments import MomentsSource
from gdstudio.ui.landscape.pin import PinLayer, TangentPlane
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.landscape.section import Section, SectionLayer
from gdstudio.ui.landscape.step_arrows import StepArrows, StepArrowsLayer
from gdstudio.ui.landscape.streams import Streams
from gdstudio.ui.landscape.surface import SurfaceLayer
from gdstudio.ui.landscape.trails import Trail, TrailsLayer
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session

# The gradient of a larger graph takes too long for every frame of a playback.
_MOST_COORDINATES = 200


class PlaneView(PlotView):
    """Heat map with contour lines, arrows, trails and marks, and a colour bar beside it.

    Signals:
        section_drawn(Section or None): a hand has drawn another cross-section, or wants none.
        section_ended(): the hand that drew has let go.
        pinned(): another tangent plane is shown, or none.
    """

    section_drawn = Signal(object)
    section_ended = Signal()
    pinned = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bar = LevelsBar(self)
        self.surface = SurfaceLayer(self.box)
        self.trails = TrailsLayer(self.box)
        self.companions = Companions(self)
        self.step_arrows = StepArrowsLayer(self.box)
        self.section_layer = SectionLayer(self.box)
        self.pin_layer = PinLayer(self.box)
        self._section_before: tuple[Section | None] | None = None  # while a hand draws
        self.moments = MomentsSource(session)
        self.moments.changed.connect(self._show_moments)
        session.playing_changed.connect(self._show_moments)
        self.field = "none"
        self.streams = Streams(self)
        self.streams.found.connect(self.surface.set_streams)
        self._streamed: GridResult | None = None  # whose streamlines were asked for
        self.show_step_arrows = True
        self.bar.setObjectName("landscapeColourBar")
        self.bar.setAccessibleName(self.tr("Colour bar of losses"))
        self._row.addWidget(self.bar)
        self.box.sigResized.connect(self._fit_bar)
        self.box.sigResized.connect(self._ask_for_streams)
        self.dress()

    def dress(self) -> None:
        super().dress()
        self.surface.dress()
        self.bar.update()

    def set_field(self, kind: str) -> None:
        """Show the descent directions as "arrows" or "streamlines", or "none"."""
        self.field = kind
        self.surface.set_arrows(self._arrows())
        self._ask_for_streams()

    def set_step_arrows(self, shown: bool) -> None:
        """Show or hide the arrows of the selected racer's next step."""
        self.show_step_arrows = shown
        self.show_step(self.session.step)

    def set_contours(self, shown: bool) -> None:
        self.surface.set_contours(shown)

    def set_colour_map(self, name: str) -> None:
        self.surface.set_colour_map(name)
        self._show_bar()

    def show_levels(self) -> None:
        """Spread the colours as the document says."""
        if self.grid is not None:
            self.draw_grid(self.grid)

    def set_equal_aspect(self, equal: bool) -> None:
        """Whether one unit is as long along x as along y."""
        self.box.setAspectLocked(equal, ratio=1.0)
        if not equal:
            self.show_home()

    def draw_grid(self, grid: GridResult) -> None:
        levels, drawing = self.session.document.landscape.levels, grid.drawing
        # A hand that moves the map sees what belongs to a moment before; when it rests, the whole is drawn anew.
        frame = None if self._settle.isActive() else self.frame
        if not isinstance(drawing, Drawing) or not drawing.suits(grid, frame, levels):
            drawing = Drawing.of(grid, self.frame, levels)
        self.surface.set_drawing(drawing)
        self.surface.set_arrows(self._arrows())
        if grid is not self._streamed:
            self._ask_for_streams()
        self._show_bar()
        self.marks.minima = [(x, y) for x, y in minima_along(self.session.document, self.lens)]

        pinned = self.pin_layer.plane
        if pinned is not None:
            self.pin_at(pinned.at if pinned.axes == grid.axes else None)

    def sight(self) -> Sight:
        """How the next surface will be looked at."""
        settings, frame = self.session.document.landscape, self.frame
        whole = self._follow or not self.axes
        return Sight(
            None if whole else frame,
            (frame.width, frame.height),
            settings.levels,
            self.surface.colour_map,
            settings.contours,
            label_advances(),
        )

    def draw_trails(self, trails: Sequence[Trail]) -> None:
        self.trails.set_trails(trails)
        self.companions.refresh()

    def show_step(self, step: int) -> None:
        super().show_step(step)
        self.trails.set_step(step)
        self.companions.set_step(step)
        arrows = self._next_step(step) if self.show_step_arrows else None
        if arrows is None:
            self.moments.forget()
        self.step_arrows.set_arrows(arrows)

    def section_end_at(self, px: float, py: float) -> int | None:
        return self.section_layer.end_at(px, py)

    @property
    def draws_section(self) -> bool:
        """Whether a hand is drawing a cross-section."""
        return self._section_before is not None

    def draw_section(self, pressed: QPointF, at: QPointF, end: int | None) -> None:
        section = self.section_layer.section
        if self._section_before is None:
            self._section_before = (section,)
        if end is None or section is None:
            drawn = Section(self.frame.round_point(pressed.x(), pressed.y()), self._spot(at))
        else:
            drawn = section.moved(end, self._spot(at))
        if drawn.length > 0.0:
            self.section_drawn.emit(drawn)

    def end_section(self, cancelled: bool) -> None:
        before, self._section_before = self._section_before, None
        if cancelled and before is not None:
            self.section_drawn.emit(before[0])
        self.section_ended.emit()

    def pin(self, px: float, py: float) -> None:
        if self.frame.contains(px, py):
            x, y = self.frame.round_point(px, py)
            self.pin_at((x, y))

    def pin_at(self, at: tuple[float, float] | None) -> None:
        """Show the tangent plane at a point of the axes, with its numbers; None shows none."""
        plane = None if at is None or self.grid is None else TangentPlane.of(self.grid, at)
        self.pin_layer.set_plane(plane)
        self.pinned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        escapes = event.key() == Qt.Key.Key_Escape and not self.pane.busy
        if escapes and self.section_layer.section is not None:
            self.section_drawn.emit(None)
        elif escapes and self.pin_layer.plane is not None:
            self.pin_at(None)
        else:
            super().keyPressEvent(event)

    def _spot(self, at: QPointF) -> tuple[float, float]:
        """The point under a pixel, at the border when the pixel lies beyond it."""
        frame = self.frame
        return frame.round_point(min(max(at.x(), 0.0), frame.width), min(max(at.y(), 0.0), frame.height))

    def _show_moments(self) -> None:
        """Add what has been worked out of the step to its arrows; while a race plays, its next frame does."""
        if self.step_arrows.arrows is not None and not self.session.playing:
            self.step_arrows.set_arrows(replace(self.step_arrows.arrows, moments=self.moments.latest))

    def home_ranges(self, grid: GridResult) -> Ranges:
        return grid.ranges[0], grid.ranges[1]

    def region(self, ranges: Ranges) -> tuple[tuple[float, float], ...]:
        return ranges

    def place(self, at: Sequence[float]) -> tuple[float, float]:
        return at[0], at[1]

    def point(self, px: float, py: float) -> tuple[float, ...]:
        return self.frame.round_point(px, py)

    def trail(self, columns: np.ndarray, losses: np.ndarray, **style: Any) -> Trail:
        return Trail(columns[:, 0], columns[:, 1], losses, **style)

    def _ask_for_streams(self) -> None:
        """Have streamlines found where they are wanted; until they are, the last ones move along."""
        if self.field != "streamlines":
            self._streamed = None
            self.streams.forget()
            self.surface.set_streams(None)
        elif self.grid is not None and self.grid.fine and self.frame.width > 0 < self.frame.height:
            self._streamed = self.grid
            self.streams.ask(self.grid, self.box.rect().size())

    def _show_bar(self) -> None:
        drawing = self.surface.drawing
        if drawing is not None:
            self.bar.show_levels(drawing.whole, drawing.scale, self.surface.colour_map)

    def _next_step(self, step: int) -> StepArrows | None:
        """The selected racer's step from where it is shown; None at the end of its path."""
        session, result = self.session, self.session.race_result
        trail = next((trail for trail in self.race if trail.racer == session.selected_racer), None)
        if trail is None or result is None or self.grid is None or step + 1 >= len(trail.x):
            return None
        number = session.race_rows.index(trail.racer)
        rate = float(result.learning_rates[number][step])
        program = self.grid.landscape.program
        descent = None
        if np.isfinite(rate) and len(result.coordinates) == program.size <= _MOST_COORDINATES:
            point = result.paths[number][step]
            sign = 1.0 if result.racers[number].resolved().get("maximize", False) else -1.0
            with np.errstate(all="ignore"):
                there = point + sign * rate * program.value_and_gradient(point)[1]
            end = self.lens.positions(there, result.coordinates)
            if end is not None:
                descent = (float(end[0] - trail.x[step]), float(end[1] - trail.y[step]))
        move = float(trail.x[step + 1] - trail.x[step]), float(trail.y[step + 1] - trail.y[step])
        moments = None
        if self.lens.is_named and program.size <= _MOST_COORDINATES:
            self.moments.ask(trail.racer, number, step, self.axes)
            moments = self.moments.latest
        at = float(trail.x[step]), float(trail.y[step])
        return StepArrows(*at, descent, move, trail.style.color, moments)

    def _arrows(self) -> Arrows | None:
        grid = self.grid
        if self.field != "arrows" or grid is None:
            return None
        return Arrows(grid.arrow_xs, grid.arrow_ys, grid.gx, grid.gy)

    def _fit_bar(self) -> None:
        """Make the colour bar as tall as the picture."""
        rect = self.box.mapRectToScene(self.box.rect())
        self.bar.set_margins(rect.top(), self.plot.height() - rect.bottom())
