"""The landscape view: a row of choices, the page in view, and the numbers under the mouse.

All connections between the session and what is drawn are made here. `losses` gives the losses to show, `pages` shows
them on the plane, the line or the relief, `critical` marks points on them, `readings` says what is under the mouse, and
`wishes` turns choices into edits.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdstudio.document.model import LandscapeSettings
from gdstudio.ui import slices, theme
from gdstudio.ui.landscape.batch_surface import BatchBar
from gdstudio.ui.landscape.controls import Controls
from gdstudio.ui.landscape.critical_marks import CriticalMarks
from gdstudio.ui.landscape.cutting import Cutting
from gdstudio.ui.landscape.losses import ShownLosses
from gdstudio.ui.landscape.note import SliceNote
from gdstudio.ui.landscape.pages import Pages
from gdstudio.ui.landscape.pinning import Pinning
from gdstudio.ui.landscape.readings import Readings
from gdstudio.ui.landscape.readout import Readout
from gdstudio.ui.landscape.secant import SecantBar
from gdstudio.ui.landscape.section_plot import SectionPlot
from gdstudio.ui.landscape.smoothing import SmoothBar
from gdstudio.ui.landscape.wishes import Wishes
from gdstudio.ui.landscape.words import Words
from gdstudio.ui.previous_runs import PreviousRuns
from gdstudio.ui.race.named import named
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Change, Session


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
        yield
        self.pages = Pages(session)
        self.plane = self.pages.plane
        yield
        self.losses = ShownLosses(session, self)
        self.critical = CriticalMarks(session, self.pages, self)
        self.batch_bar = BatchBar()
        self.note = SliceNote(session)
        readings = self.tr("Coordinates, loss and gradient under the mouse")
        self.readout = named(Readout(), "landscapeReadout", readings)
        self._words = Words(session, self)
        self._readings = Readings(self.pages, self.critical, self._words, self.readout, self)
        self.smooth_bar = SmoothBar()
        self.smooth_bar.hide()
        self.secant_bar = SecantBar()
        self.secant_bar.hide()
        yield
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.controls)
        column.addWidget(self.note)
        column.addWidget(self.pages, 1)
        column.addWidget(self.batch_bar)
        column.addWidget(self.smooth_bar)
        column.addWidget(self.secant_bar)
        column.addWidget(self.readout)
        yield
        self._connect_session()
        self._connect_parts()
        self._dress()
        self._show_choices()
        self._obey()
        self.losses.batch.receive(session.grid)
        self._show_busy(session.is_busy)

    def _connect_session(self) -> None:
        session, losses = self.session, self.losses
        session.draw_ahead = lambda: self.plane.sight().draw
        self.destroyed.connect(partial(setattr, session, "draw_ahead", None))
        session.document_opened.connect(self._open_document)
        session.document_changed.connect(self._change_document)
        session.grid_computed.connect(losses.batch.receive)
        session.race_computed.connect(self._show_race)
        session.step_changed.connect(self._show_step)
        session.racer_selected.connect(self._select_racer)
        session.busy_changed.connect(self._show_busy)
        PreviousRuns.of(session).changed.connect(self._show_step)
        theme.switch().follow(self._dress)

    def _connect_parts(self) -> None:
        controls, pages, losses = self.controls, self.pages, self.losses
        self._wishes = Wishes(
            self.session, controls, self.smooth_bar, self.secant_bar, self.plane.bar, parent=self
        )
        self._cutting = Cutting(self.plane, self._make_section_plot, controls.section, parent=self)
        self._pinning = Pinning(self.plane, controls, parent=self)
        controls.home.triggered.connect(pages.go_home)
        controls.top.triggered.connect(pages.look_from_above)
        controls.default.triggered.connect(lambda: pages.active.set_view_as_default())
        controls.steps.toggled.connect(self._choose_steps)
        controls.equal.toggled.connect(self.plane.set_equal_aspect)
        controls.batch.toggled.connect(losses.batch.set_on)
        losses.ready.connect(self._show_grid)
        losses.failed.connect(pages.say)
        losses.blurring.connect(self.smooth_bar.show_widths)
        losses.batch.told.connect(self.batch_bar.tell)
        pages.turned.connect(self._follow_page)
        pages.hovered.connect(self._readings.point_at)
        pages.menu_wanted.connect(self._pinning.open_menu)
        pages.secant_changed.connect(self.secant_bar.show_secant)
        self.plane.moments.changed.connect(self._readings.show)
        self.critical.shown.connect(self._readings.show)
        for rested in (self.critical.finder.rested, pages.rested, losses.ready, losses.failed):
            rested.connect(lambda *_: self.rested.emit())

    def _make_section_plot(self) -> SectionPlot:
        plot = SectionPlot(self)
        plot.fit(self.height())
        self._column.insertWidget(self._column.indexOf(self.batch_bar) + 1, plot)
        return plot

    @property
    def section_plot(self) -> SectionPlot | None:
        """The loss along a line of the plane; None until one was drawn."""
        return self._cutting.plot

    @property
    def is_idle(self) -> bool:
        """Whether nothing is computed beside the session's own results."""
        return all(part.is_idle for part in (self.losses, self.critical.finder, self.pages))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.section_plot is not None:
            self.section_plot.fit(self.height())

    def arrange_anew(self) -> None:
        """Show the next surface whole: an edit has put another graph here."""
        self.pages.active.follow_document()

    # The session has news

    def _open_document(self) -> None:
        self.pages.forget()
        self._show_choices()
        self._obey()
        self._readings.point_at(None)

    def _change_document(self, change: Change) -> None:
        before, after = change.before.landscape, change.after.landscape
        plot = self.pages.active
        gone = plot.lens.is_named and not set(plot.axes) <= set(change.after.coordinates)
        if gone or _course(before) != _course(after):
            plot.follow_document()
        if change.landscape:
            self._obey(before)
        if change.race and not change.race_course:
            self._show_race()
        if change.graph or change.values or change.landscape or change.race:
            plot = self.pages.active
            seen = plot.sees_a_start
            plot.update_marks()
            self._show_choices()
            if seen and after.ranges is None and not (plot.is_dragging or plot.sees_a_start):
                plot.show_home()  # the region is one around the starts

    def _show_grid(self, grid: GridResult | None) -> None:
        self.pages.set_grid(grid)
        self._cutting.follow(grid)
        self.critical.follow(grid)
        if grid is None:
            waiting = self.tr("The landscape appears here as soon as it is computed.")
            self.pages.say(self.session.problems.get("grid", waiting))
            directions = self.session.document.landscape.directions
            self.controls.setEnabled(directions != "coordinates")
            if directions != "coordinates":
                self.controls.offer_axes_alone(directions)
        else:
            self.controls.setEnabled(True)
            self.controls.show_axes(grid.axes, _directions(grid))
            self.pages.turn()

    def _show_race(self, *_: object) -> None:
        self.pages.show_race()
        self._readings.show_step()

    def _show_step(self, *_: object) -> None:
        self.pages.show_step()
        self._readings.show_step()

    def _select_racer(self) -> None:
        self.pages.active.update_marks()
        self.pages.show_step()
        self._readings.show()

    def _show_busy(self, busy: bool) -> None:
        if busy and self.session.grid is None and "grid" not in self.session.problems:
            self.pages.say(self.tr("Computing the landscape …"))

    # What is shown

    def _follow_page(self) -> None:
        """Show around the page what belongs to it."""
        self.controls.top.setVisible(self.pages.in_space)
        self._show_note()
        self._show_secant()
        self._readings.show()

    def _show_choices(self) -> None:
        """Bring the choices up to date with the document."""
        document, grid = self.session.document, self.pages.grid
        self.controls.show_coordinates(document.coordinates)
        self.controls.show_settings(document.landscape, len(document.coordinates))
        self.controls.batch.setEnabled(self.losses.batch.row is not None)
        self.controls.unset.setEnabled(any(racer.start is not None for racer in document.race.racers))
        if grid is not None:
            self.controls.show_axes(grid.axes, _directions(grid))
        self._show_note()

    def _obey(self, before: LandscapeSettings | None = None) -> None:
        """Show what the document's settings say; of an edit, what differs from those before."""
        now = self.session.document.landscape
        self.smooth_bar.setVisible(now.smoothing > 0.0)
        if now.smoothing:
            self.smooth_bar.show_share(now.smoothing)
        if now.secant is not None:
            self.secant_bar.show_epsilon(now.secant)
        self._show_secant()
        self.pages.obey(before)
        if before is not None and now.smoothing != before.smoothing:
            self.losses.batch.receive(self.session.grid)
        if before is not None and now.critical != before.critical:
            self.critical.obey()

    def _show_note(self) -> None:
        """Say which slice is shown, and that there is nothing finite to see."""
        grid = self.pages.grid
        if grid is None or self.pages.speaks:
            self.note.hide()
            return
        others = len(self.session.document.coordinates) > len(grid.axes)
        # Main directions go through the middle of the paths.
        self.note.say(self._words.note(grid), others and grid.axes != slices.PRINCIPAL)

    def _show_secant(self) -> None:
        """Show or hide the secant and its slider."""
        self.secant_bar.setVisible(self.pages.show_secant(self.session.document.landscape.secant))

    def _choose_steps(self, shown: bool) -> None:
        self.plane.set_step_arrows(shown)
        self._readings.show()

    def _dress(self, *_: object) -> None:
        self.pages.dress()
        self.note.dress()
        if self.section_plot is not None:
            self.section_plot.dress()
        self.readout.setStyleSheet(f"border-top: 1px solid {theme.current().line.name()};")
        self.readout.update()


def _directions(grid: GridResult) -> str:
    """What the axes of a grid are, in the words of the document."""
    kinds: dict[tuple[str, ...], str] = {slices.RANDOM: "random", slices.PRINCIPAL: "principal"}
    return kinds.get(grid.axes, "coordinates")


def _course(settings: LandscapeSettings) -> tuple[object, ...]:
    """What decides the region."""
    return settings.axes, settings.ranges, settings.directions, settings.seed
