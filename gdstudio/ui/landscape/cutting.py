"""Keeps a cross-section together: the line on the plane, its losses, the small plot and the menu's entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtGui import QAction

from gdstudio.ui.landscape.plane import PlaneView
from gdstudio.ui.landscape.section import Profile, Profiler, Section
from gdstudio.ui.landscape.section_plot import SectionPlot
from gdstudio.ui.results import GridResult


class Cutting(QObject):
    """Shows the section that a hand draws, and lets its losses follow the surface.

    Args:
        make_plot: gives the small plot, in its place; it is asked for when there is something to show.
    """

    def __init__(
        self,
        plane: PlaneView,
        make_plot: Callable[[], SectionPlot],
        action: QAction,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plane, self._make_plot, self._action = plane, make_plot, action
        self.plot: SectionPlot | None = None
        self._profiler = Profiler(self)
        self._axes: tuple[str, ...] = ()
        self._kept_back: Profile | None = None  # until the hand lets go
        plane.section_drawn.connect(self.show)
        plane.section_ended.connect(self._show_kept_back)
        action.toggled.connect(self._choose)
        self._profiler.computed.connect(self._receive)

    @property
    def section(self) -> Section | None:
        return self._plane.section_layer.section

    def show(self, section: Section | None) -> None:
        """Show a section; None shows none."""
        grid = self._plane.grid
        if section is None or grid is None or len(grid.axes) != 2:
            self.close()
            return
        self._axes = grid.axes
        self._plane.section_layer.set_section(section)
        self._tick(True)
        self._profiler.ask(grid.landscape, section)

    def close(self) -> None:
        """Show no section."""
        self._profiler.forget()
        self._kept_back = None
        self._plane.section_layer.set_section(None)
        self._plane.section_layer.point_at(None)
        if self.plot is not None:
            self.plot.hide()
        self._tick(False)

    def follow(self, grid: GridResult | None) -> None:
        """Take the losses from another surface; along other axes the line means nothing."""
        if self.section is None:
            return
        if grid is None or grid.axes != self._axes:
            self.close()
        else:
            self._profiler.ask(grid.landscape, self.section)

    def _choose(self, on: bool) -> None:
        """Draw a section across the middle, or none."""
        if not on:
            self.close()
            return
        (x0, x1), (y0, y1) = self._plane.frame.ranges
        height, quarter = (y0 + y1) / 2.0, (x1 - x0) / 4.0
        self.show(Section((x0 + quarter, height), (x1 - quarter, height)))

    def _receive(self, profile: Profile) -> None:
        if self._plane.draws_section and (self.plot is None or self.plot.isHidden()):
            # The small plot takes room from the map, which would shrink under the hand and move the line's ends.
            self._kept_back = profile
        else:
            self._show_profile(profile)

    def _show_kept_back(self) -> None:
        profile, self._kept_back = self._kept_back, None
        if profile is not None:
            self._show_profile(profile)

    def _show_profile(self, profile: Profile) -> None:
        if self.plot is None:
            self.plot = self._make_plot()
            self.plot.closed.connect(self.close)
            self.plot.pointed.connect(self._plane.section_layer.point_at)
        self.plot.show_profile(profile)
        self.plot.show()

    def _tick(self, on: bool) -> None:
        with QSignalBlocker(self._action):
            self._action.setChecked(on)
