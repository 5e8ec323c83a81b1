"""The landscape view: a row of choices, the plane, the line or the relief, and the numbers under the mouse.

All connections between the session and what is drawn are made here.
"""

from __future__ import annotations

from collections.abc import Container, Generator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from gdstudio.document.model import LandscapeSettings
from gdstudio.engine import CriticalPoint, Landscape
from gdstudio.ui import slices, theme
from gdstudio.ui.landscape import opengl
from gdstudio.ui.landscape.batch_surface import BatchBar, BatchSurface
from gdstudio.ui.landscape.controls import Controls
from gdstudio.ui.landscape.critical import CriticalFinder
from gdstudio.ui.landscape.cutting import Cutting
from gdstudio.ui.landscape.line import LineView
from gdstudio.ui.landscape.note import SliceNote
from gdstudio.ui.landscape.pinning import Pinning
from gdstudio.ui.landscape.plane import PlaneView
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.landscape.readout import Part, Readout
from gdstudio.ui.landscape.relief import ReliefLoader
from gdstudio.ui.landscape.secant import SecantBar
from gdstudio.ui.landscape.section_plot import SectionPlot
from gdstudio.ui.landscape.smoothing import SmoothBar, Smoother
from gdstudio.ui.landscape.wishes import Wishes
from gdstudio.ui.landscape.words import Words
from gdstudio.ui.previous_runs import PreviousRuns
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Change, Session

if TYPE_CHECKING:
    from gdstudio.ui.landscape.space import SpaceView

_PLOT_NAME = "landscapePlot"


class LandscapeView(QWidget):
    """The loss of a session's document along one or two axes.

    Signals:
        rested(): all that is computed beside the session's own results has arrived.
    """

    rested = Signal()

    def __init__(self, session: Session) -> None:
        for _ in self.slices(session):
            pass

    def slices(self, session: Session) -> Generator[None]:
        """Builds the view, see `sliced`."""
        super().__init__()
        self.session = session
        self.setObjectName("landscapeView")
        self.setAccessibleName(self.tr("Landscape of the loss"))
        self.controls = Controls()
        self._words = Words(session, self)
        yield
        self.plane = PlaneView(session)
        yield
        self._line: LineView | None = None
        self.space: SpaceView | None = None
        self._relief = ReliefLoader(self)
        self._active: PlotView = self.plane
        self._mouse: tuple[float, ...] | None = None
        self._grid: GridResult | None = None  # in view: the session's, or the same blurred
        self.batch = BatchSurface(session, self)
        self.batch_bar = BatchBar()
        self._smoother = Smoother(self)
        self.critical = CriticalFinder(self)
        self._curved: Landscape | None = None  # whose second derivatives are ready
        self._message = _label("landscapeMessage", self.tr("Why there is no landscape"))
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(40)
        self.note = SliceNote(session)
        self.readout = Readout()
        self.readout.setObjectName("landscapeReadout")
        self.readout.setAccessibleName(self.tr("Coordinates, loss and gradient under the mouse"))
        self.smooth_bar = SmoothBar()
        self.smooth_bar.hide()
        self.secant_bar = SecantBar()
        self.secant_bar.hide()
        self.stack = QStackedWidget()
        for page in (self._message, self.plane):
            self.stack.addWidget(page)

        yield
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.controls)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)
        column.addWidget(self.batch_bar)
        column.addWidget(self.smooth_bar)
        column.addWidget(self.secant_bar)
        column.addWidget(self.readout)
        yield
        self._connect()
        self._activate(self.plane)
        self._dress()
        self._show_choices()
        self._obey()
        self.batch.receive(session.grid)

    def _connect(self) -> None:
        session, controls = self.session, self.controls
        session.draw_ahead = lambda: self.plane.sight().draw
        self.destroyed.connect(partial(setattr, session, "draw_ahead", None))
        session.document_opened.connect(self._open_document)
        session.document_changed.connect(self._change_document)
        session.grid_computed.connect(self.batch.receive)
        session.race_computed.connect(self._show_race)
        PreviousRuns.of(session).changed.connect(self._show_this_step)
        self.plane.moments.changed.connect(self._show_numbers)
        session.step_changed.connect(self._show_step)
        session.racer_selected.connect(self._select_racer)
        session.busy_changed.connect(self._show_busy)
        theme.switch().follow(self._dress)
        self._wishes = Wishes(
            session, controls, self.smooth_bar, self.secant_bar, self.plane.bar, parent=self
        )
        self._cutting = Cutting(self.plane, self._make_section_plot, controls.section, parent=self)
        self._pinning = Pinning(self.plane, controls, parent=self)
        self.plane.pinned.connect(self._show_pin)
        controls.home.triggered.connect(self._reset_view)
        controls.top.triggered.connect(self._view_from_above)
        controls.default.triggered.connect(lambda: self._active.set_view_as_default())
        controls.steps.toggled.connect(self._choose_steps)
        controls.equal.toggled.connect(self.plane.set_equal_aspect)
        self.batch.passed.connect(self._receive_grid)
        self.batch.told.connect(self.batch_bar.tell)
        self.batch.failed.connect(self._show_message)
        controls.batch.toggled.connect(self.batch.set_on)
        self._smoother.blurred.connect(self._show_grid)
        self._relief.loaded.connect(self._turn_to_page)
        self._smoother.failed.connect(self._show_message)
        self.critical.found.connect(self._show_critical)
        for rested in (
            self.critical.rested,
            self.plane.streams.rested,
            self._smoother.blurred,
            self.batch.passed,
            self._relief.loaded,
        ):
            rested.connect(lambda *_: self.rested.emit())
        self._connect_plot(self.plane)

    def _connect_plot(self, view: PlotView) -> None:
        view.hovered.connect(self._show_point)
        view.menu_wanted.connect(self._pinning.open_menu)

    # Parts that most people never see are made when they are first wanted: a plot takes 20 ms

    @property
    def line(self) -> LineView:
        """The loss along one axis."""
        if self._line is None:
            self._line = LineView(self.session)
            self._line.secant_changed.connect(self.secant_bar.show_secant)
            self._connect_plot(self._line)
            self.stack.addWidget(self._line)
        return self._line

    @property
    def section_plot(self) -> SectionPlot | None:
        """The loss along a line of the plane; None until one was drawn."""
        return self._cutting.plot

    def _make_section_plot(self) -> SectionPlot:
        plot = SectionPlot(self)
        plot.fit(self.height())
        self._column.insertWidget(self._column.indexOf(self.batch_bar) + 1, plot)
        return plot

    @property
    def is_idle(self) -> bool:
        """Whether nothing is computed beside the session's own results."""
        beside = (self.critical, self.plane.streams, self._smoother, self.batch, self._relief)
        return all(part.is_idle for part in beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.section_plot is not None:
            self.section_plot.fit(self.height())

    def arrange_anew(self) -> None:
        """Show the next surface whole: an edit has put another graph here."""
        self._active.follow_document()

    # The session has news

    def _open_document(self) -> None:
        for view in (self.plane, self._line):
            if view is not None:
                view.forget()
        self._show_choices()
        self._obey()
        self._show_point(None)

    def _change_document(self, change: Change) -> None:
        before, after = change.before.landscape, change.after.landscape
        gone = self._active.lens.is_named and not set(self._active.axes) <= set(change.after.coordinates)
        if gone or _course(before) != _course(after):
            self._active.follow_document()
        if change.landscape:
            self._obey(before)
        if change.race and not change.race_course:
            self._show_race()
        if change.graph or change.values or change.landscape or change.race:
            self._active.update_marks()
            self._show_choices()

    def _receive_grid(self, grid: GridResult | None) -> None:
        """Show losses that have arrived, or have them blurred first."""
        if grid is None or not self.session.document.landscape.smoothing:
            self._smoother.forget()
            self._show_grid(grid)
        else:
            self._blur(grid)

    def _blur(self, grid: GridResult) -> None:
        """Have the losses blurred as wide as the document says."""
        # Along the document's own ranges, so that the width stays while the map is moved and zoomed.
        document = self.session.document
        whole = document.landscape.ranges or grid.ranges
        if document.landscape.directions == "coordinates":
            _, whole = document.axes_and_ranges()
        whole = whole if len(whole) == len(grid.axes) else grid.ranges
        widths = [document.landscape.smoothing * (high - low) for low, high in whole]
        self.smooth_bar.show_widths(grid.axes, widths)
        self._smoother.ask(grid, widths)

    def _show_grid(self, grid: GridResult | None) -> None:
        self._grid = grid
        if grid is None:
            self._cutting.follow(None)
            waiting = self.tr("The landscape appears here as soon as it is computed.")
            self._show_message(self.session.problems.get("grid", waiting))
            self.critical.look_at(None)
            settings = self.session.document.landscape
            self.controls.setEnabled(settings.directions != "coordinates")
            if settings.directions != "coordinates":
                self.controls.offer_axes_alone(settings.directions)
            return
        view: PlotView = self.line if len(grid.axes) == 1 else self.plane
        if view is not self._active:
            self._active.forget()
            self._activate(view)
        view.show_grid(grid)
        self._cutting.follow(grid)
        self._look_for_critical(grid)
        self.controls.setEnabled(True)
        self.controls.show_axes(grid.axes, self._directions(grid))
        self._turn_to_page()

    def _look_for_critical(self, grid: GridResult) -> None:
        """Have critical points found; those of another surface go, those of this one in another view may stay."""
        if self._curved is not None and not _same_surface(self._curved, grid.landscape):
            self._curved = None
            self._active.show_critical(())
        self.critical.look_at(grid.landscape if self.session.document.landscape.critical else None)

    def _show_critical(self, landscape: Landscape, points: tuple[CriticalPoint, ...]) -> None:
        self._curved = landscape
        self._active.show_critical(points)
        self._show_numbers()

    def _show_race(self) -> None:
        self._active.show_race()
        self._show_step(self.session.step)

    def _show_this_step(self) -> None:
        self._show_step(self.session.step)

    def _show_step(self, step: int) -> None:
        self._active.show_step(step)
        if self._mouse is None:
            self._show_numbers()
        if self.space is not None and self.space.isVisible():
            self._show_race_in_space(self.space)

    def _show_race_in_space(self, space: SpaceView) -> None:
        plane, session = self.plane, self.session
        space.show_race(plane.race, session.step, session.selected_racer, plane.companions.trails)

    def _select_racer(self) -> None:
        self._active.update_marks()
        self._show_step(self.session.step)
        self._show_numbers()

    def _show_busy(self, busy: bool) -> None:
        if busy and self.session.grid is None and "grid" not in self.session.problems:
            self._show_message(self.tr("Computing the landscape …"))

    # What is shown

    def _turn_to_page(self) -> None:
        """Show the line, the plane or the relief, whichever is wanted and can be."""
        grid = self._grid
        if grid is None:
            return
        self._show_note(grid)
        page: QWidget = self._active
        if self.session.document.landscape.view == "space" and self._active is self.plane:
            if opengl.available() and not self._relief.is_loaded:
                self._relief.ask()
                self.stack.setCurrentWidget(self.plane)
                return
            space = self._made_space()
            if space is None:
                self._show_message(
                    self.tr(
                        "There is no OpenGL here, which the relief needs. The plane shows the same surface."
                    )
                )
                return
            space.show_grid(grid)
            self._show_race_in_space(space)
            page = space
        self.stack.setCurrentWidget(page)
        self.controls.top.setVisible(page is self.space)
        self._show_secant()
        self._show_numbers()

    def _made_space(self) -> SpaceView | None:
        """The relief, made when it is first wanted; None where it cannot be made."""
        if self.space is None and opengl.available():
            from gdstudio.ui.landscape.space import SpaceView

            self.space = SpaceView()
            self.space.set_colour_map(self.plane.surface.colour_map)
            self.space.set_contours(self.session.document.landscape.contours)
            self.space.set_levels(self.session.document.landscape.levels)
            self._show_pin()
            self.stack.addWidget(self.space)
        return self.space

    def _show_message(self, sentence: str) -> None:
        self._message.setText(_as_sentence(sentence, self.session.document.graph.nodes))
        self.stack.setCurrentWidget(self._message)
        self.readout.show_parts(())
        self.note.hide()

    def _show_choices(self) -> None:
        """Bring the choices up to date with the document."""
        document, grid = self.session.document, self._grid
        self.controls.show_coordinates(document.coordinates)
        self.controls.show_settings(document.landscape, len(document.coordinates))
        self.controls.batch.setEnabled(self.batch.row is not None)
        self.controls.unset.setEnabled(any(racer.start is not None for racer in document.race.racers))
        if grid is not None:
            self.controls.show_axes(grid.axes, self._directions(grid))
            self._show_note(grid)

    @staticmethod
    def _directions(grid: GridResult) -> str:
        """What the axes of a grid are, in the words of the document."""
        kinds: dict[tuple[str, ...], str] = {slices.RANDOM: "random", slices.PRINCIPAL: "principal"}
        return kinds.get(grid.axes, "coordinates")

    def _obey(self, before: LandscapeSettings | None = None) -> None:
        """Show what the document's settings say; of an edit, what differs from those before."""
        now, first = self.session.document.landscape, before is None
        before = now if before is None else before
        if first or now.colour_map != before.colour_map:
            self.plane.set_colour_map(now.colour_map)
        if first or now.contours != before.contours:
            self.plane.set_contours(now.contours)
        if first or now.field != before.field:
            self.plane.set_field(now.field)
        if self.space is not None:
            self.space.set_colour_map(now.colour_map)
            self.space.set_contours(now.contours)
            self.space.set_levels(now.levels)
        if now.levels != before.levels:
            self.plane.show_levels()
        self.smooth_bar.setVisible(now.smoothing > 0.0)
        if now.smoothing:
            self.smooth_bar.show_share(now.smoothing)
        if now.smoothing != before.smoothing:
            self.batch.receive(self.session.grid)
        if now.critical != before.critical:
            self._choose_critical(now.critical)
        if now.secant is not None:
            self.secant_bar.show_epsilon(now.secant)
        self._show_secant()
        if now.view != before.view:
            self._turn_to_page()

    def _show_note(self, grid: GridResult) -> None:
        """Say which slice is shown, and that there is nothing finite to see."""
        others = len(self.session.document.coordinates) > len(grid.axes)
        # Main directions go through the middle of the paths.
        self.note.say(self._words.note(grid), others and grid.axes != slices.PRINCIPAL)

    def _show_point(self, at: tuple[float, ...] | None) -> None:
        self._mouse = at
        self._show_numbers()

    def _show_numbers(self) -> None:
        """Say what is under the mouse; without a mouse, what it could do."""
        grid, at = self._grid, self._mouse
        if at is None or grid is None or len(at) != len(grid.axes):
            self.plane.bar.point_at(None)
            hints = self._words.hints(grid, self._in_space()) if grid is not None else []
            self.readout.show_parts(self._arrow_words() + hints)
            return
        parts, loss = self._words.numbers(grid, at)
        self.plane.bar.point_at(loss)
        found = self._active.critical_at(at)
        if found is not None:
            parts = self._words.critical(found)
        elif self._curved is not None:
            # The first second derivative of a surface takes a while; the search for critical points has it
            # ready.
            parts += self._words.curvature(self._curved, at)
        self.readout.show_parts(parts)

    def _in_space(self) -> bool:
        return self.space is not None and self.stack.currentWidget() is self.space

    def _arrow_words(self) -> list[Part]:
        arrows = self.plane.step_arrows.arrows
        if arrows is None or self.stack.currentWidget() is not self.plane:
            return []
        return self._words.step(arrows)

    # The person has wishes

    def _show_secant(self, *_: object) -> None:
        """Show or hide the secant and its slider; only a line has one."""
        epsilon = self.session.document.landscape.secant if self._active is self._line else None
        self.secant_bar.setVisible(epsilon is not None)
        if self._line is not None:
            self._line.set_epsilon(epsilon)

    def _choose_critical(self, shown: bool) -> None:
        grid = self._grid
        if not shown:
            self.critical.look_at(None)
            self._active.show_critical(())
        elif grid is not None:
            self.critical.look_at(grid.landscape)

    def _choose_steps(self, shown: bool) -> None:
        self.plane.set_step_arrows(shown)
        self._show_numbers()

    def _reset_view(self) -> None:
        self._active.show_home()
        if self.space is not None:
            self.space.home()

    def _show_pin(self) -> None:
        if self.space is not None:
            self.space.show_pin(self.plane.pin_layer.plane)

    def _view_from_above(self) -> None:
        if self.space is not None:
            self.space.from_above()

    # Looks

    def _activate(self, view: PlotView) -> None:
        self._active.plot.setObjectName("")
        self._active = view
        view.plot.setObjectName(_PLOT_NAME)
        view.plot.setAccessibleName(self.tr("Plot of the loss; click to place a start, drag to move the map"))

    def _dress(self) -> None:
        now = theme.current()
        for view in (self.plane, self._line, self.space, self.section_plot, self.note):
            if view is not None:
                view.dress()
        words = f"color: {now.muted.name()}; font-size: {theme.scaled(14)}px;"
        self._message.setStyleSheet(f"{words} background: {now.background.name()};")
        self.readout.setStyleSheet(f"border-top: 1px solid {now.line.name()};")
        self.readout.update()


def _same_surface(one: Landscape, other: Landscape) -> bool:
    """Whether two landscapes are views of one surface, blurred alike."""
    widths = [getattr(landscape, "sigma", np.zeros(1)).tolist() for landscape in (one, other)]
    return one.program is other.program and widths[0] == widths[1]


def _course(settings: LandscapeSettings) -> tuple[object, ...]:
    """What decides the region."""
    return settings.axes, settings.ranges, settings.directions, settings.seed


def _as_sentence(text: str, names: Container[str]) -> str:
    """A message with a capital letter and a full stop; the name of a node stays as it is written."""
    first = text.partition(" ")[0].rstrip(":,")
    text = text if first in names else text[:1].upper() + text[1:]
    whole = text.endswith((".", "…", "。"))
    return text if whole else QCoreApplication.translate("LandscapeView", "{0}.").format(text)


def _label(name: str, meaning: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAccessibleName(meaning)
    return label
