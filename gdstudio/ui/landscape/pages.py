"""The pages of a landscape: a sentence, the plane, the line and the relief, and which of them is in view.

Parts that most people never see are made when they are first wanted: a plot takes 20 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from gdstudio.document.model import LandscapeSettings
from gdstudio.ui import theme
from gdstudio.ui.landscape import opengl
from gdstudio.ui.landscape.line import LineView
from gdstudio.ui.landscape.plane import PlaneView
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.landscape.relief import ReliefLoader
from gdstudio.ui.race.named import named
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session
from gdstudio.ui.translation import as_sentence

if TYPE_CHECKING:
    from gdstudio.ui.landscape.space import SpaceView

_PLOT_NAME = "landscapePlot"


class Pages(QStackedWidget):
    """Shows losses on the page that the document wants for them.

    Attributes:
        grid: the losses in view; None = there are none.
        plane: the map, which is there from the start.
        active: the plot that `grid` belongs to, the plane or the line; the relief shows the plane's.
        space: the relief; None until it is wanted.

    Signals:
        turned(): a page was brought into view, perhaps the same one.
        hovered(tuple or None), menu_wanted(QPoint): from the plane and the line, see `PlotView`.
        secant_changed(object): from the line.
        rested(): all that is computed for the pages has arrived.
    """

    turned = Signal()
    hovered = Signal(object)
    menu_wanted = Signal(QPoint)
    secant_changed = Signal(object)
    rested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.grid: GridResult | None = None
        self._message = named(QLabel(), "landscapeMessage", self.tr("Why there is no landscape"))
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(40)
        self.addWidget(self._message)
        self.plane = PlaneView(session)
        self.active: PlotView = self.plane
        self._line: LineView | None = None
        self.space: SpaceView | None = None
        self._relief = ReliefLoader(self)
        self._add_plot(self.plane)
        self._activate(self.plane)
        self.plane.pinned.connect(self._show_pin)
        self._relief.loaded.connect(self.turn)
        for rested in (self.plane.streams.rested, self._relief.loaded):
            rested.connect(self.rested)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is computed for the pages."""
        return self.plane.streams.is_idle and self._relief.is_idle

    @property
    def line(self) -> LineView:
        """The loss along one axis."""
        if self._line is None:
            self._line = LineView(self._session)
            self._line.secant_changed.connect(self.secant_changed)
            self._add_plot(self._line)
        return self._line

    @property
    def speaks(self) -> bool:
        """Whether a sentence is in view."""
        return self.currentWidget() is self._message

    @property
    def in_space(self) -> bool:
        """Whether the relief is in view."""
        return self.space is not None and self.currentWidget() is self.space

    def _add_plot(self, plot: PlotView) -> None:
        plot.hovered.connect(self.hovered)
        plot.menu_wanted.connect(self.menu_wanted)
        self.addWidget(plot)

    def _activate(self, plot: PlotView) -> None:
        self.active.plot.setObjectName("")
        self.active = plot
        meaning = self.tr("Plot of the loss; click to place a start, drag to move the map")
        named(plot.plot, _PLOT_NAME, meaning)

    # Turning

    def set_grid(self, grid: GridResult | None) -> None:
        """Give the plot of these losses what it shows; `turn` or `say` brings a page into view."""
        self.grid = grid
        if grid is None:
            return
        plot: PlotView = self.line if len(grid.axes) == 1 else self.plane
        if plot is not self.active:
            self.active.forget()
            self._activate(plot)
        plot.show_grid(grid)

    def say(self, sentence: str) -> None:
        """Show a sentence in the place of losses."""
        self._message.setText(as_sentence(sentence, self._session.document.graph.nodes))
        self.setCurrentWidget(self._message)
        self.turned.emit()

    def turn(self) -> None:
        """Show the line, the plane or the relief, whichever is wanted and can be; without losses nothing changes."""
        if self.grid is None:
            return
        page: QWidget = self.active
        if self._session.document.landscape.view == "space" and self.active is self.plane:
            if not opengl.available():
                self.say(
                    self.tr(
                        "There is no OpenGL here, which the relief needs. The plane shows the same surface."
                    )
                )
                return
            if self._relief.is_loaded:
                page = space = self._made_space()
                space.show_grid(self.grid)
                self._show_race_in(space)
            else:
                self._relief.ask()
        self.setCurrentWidget(page)
        self.turned.emit()

    def _made_space(self) -> SpaceView:
        """The relief, made when it is first wanted."""
        if self.space is None:
            from gdstudio.ui.landscape.space import SpaceView

            self.space = SpaceView()
            self._obey_in(self.space)
            self._show_pin()
            self.addWidget(self.space)
        return self.space

    # What the pages show

    def forget(self) -> None:
        """Another document was opened: show nothing of the old one."""
        for plot in (self.plane, self._line):
            if plot is not None:
                plot.forget()

    def show_race(self) -> None:
        """Show the session's race, at the session's step."""
        self.active.show_race()
        self.show_step()

    def show_step(self) -> None:
        """Show the session's step."""
        self.active.show_step(self._session.step)
        if self.space is not None and self.space.isVisible():
            self._show_race_in(self.space)

    def _show_race_in(self, space: SpaceView) -> None:
        session, plane = self._session, self.plane
        space.show_race(plane.race, session.step, session.selected_racer, plane.companions.trails)

    def show_secant(self, epsilon: float | None) -> bool:
        """Show the secant of this distance; None = none. Only a line has one; returns whether it is shown."""
        shown = epsilon if self.active is self._line else None
        if self._line is not None:
            self._line.set_epsilon(shown)
        return shown is not None

    def _show_pin(self) -> None:
        if self.space is not None:
            self.space.show_pin(self.plane.pin_layer.plane)

    def obey(self, before: LandscapeSettings | None = None) -> None:
        """Show what the document's settings say; of an edit, what differs from those before."""
        now = self._session.document.landscape
        if before is None or now.colour_map != before.colour_map:
            self.plane.set_colour_map(now.colour_map)
        if before is None or now.contours != before.contours:
            self.plane.set_contours(now.contours)
        if before is None or now.field != before.field:
            self.plane.set_field(now.field)
        if before is not None and now.levels != before.levels:
            self.plane.show_levels()
        if self.space is not None:
            self._obey_in(self.space)
        if before is not None and now.view != before.view:
            self.turn()

    def _obey_in(self, space: SpaceView) -> None:
        now = self._session.document.landscape
        space.set_colour_map(now.colour_map)
        space.set_contours(now.contours)
        space.set_levels(now.levels)

    def go_home(self) -> None:
        """Show the whole region, from where it is seen at first."""
        self.active.show_home()
        if self.space is not None:
            self.space.home()

    def look_from_above(self) -> None:
        """Look down on the relief."""
        if self.space is not None:
            self.space.from_above()

    def dress(self) -> None:
        """Take the colours and fonts of the theme in use."""
        for page in (self.plane, self._line, self.space):
            if page is not None:
                page.dress()
        now = theme.current()
        words = f"color: {now.muted.name()}; font-size: {theme.scaled(14)}px;"
        self._message.setStyleSheet(f"{words} background: {now.background.name()};")
