"""What stands below a landscape: the numbers under the mouse; without a mouse, what it could do."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gdstudio.ui.landscape.critical_marks import CriticalMarks
from gdstudio.ui.landscape.pages import Pages
from gdstudio.ui.landscape.readout import Part, Readout
from gdstudio.ui.landscape.words import Words


class Readings(QObject):
    """Fills a readout for the page in view."""

    def __init__(
        self,
        pages: Pages,
        critical: CriticalMarks,
        words: Words,
        readout: Readout,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages, self._critical, self._words, self._readout = pages, critical, words, readout
        self._mouse: tuple[float, ...] | None = None

    def point_at(self, at: tuple[float, ...] | None) -> None:
        """The mouse is over a point of the axes; None = it has left."""
        self._mouse = at
        self.show()

    def show_step(self) -> None:
        """Another step is shown; the numbers under a mouse stay as they are."""
        if self._mouse is None:
            self.show()

    def show(self) -> None:
        """Bring the readout up to date."""
        grid, at = self._pages.grid, self._mouse
        parts: list[Part] = []
        loss = None
        if grid is not None and not self._pages.speaks:
            if at is None or len(at) != len(grid.axes):
                parts = self._arrows() + self._words.hints(grid, self._pages.in_space)
            else:
                parts, loss = self._words.numbers(grid, at)
                parts = self._bends(at, parts)
        self._pages.plane.bar.point_at(loss)
        self._readout.show_parts(parts)

    def _bends(self, at: tuple[float, ...], parts: list[Part]) -> list[Part]:
        """The numbers at a point with the curvature there, or those of the critical point that the mouse is at."""
        found = self._pages.active.critical_at(at)
        if found is not None:
            return self._words.critical(found)
        if self._critical.curved is not None:
            # The first second derivative of a surface takes a while; the search for critical points has it ready.
            return parts + self._words.curvature(self._critical.curved, at)
        return parts

    def _arrows(self) -> list[Part]:
        """What the arrows of the next step mean."""
        arrows = self._pages.plane.step_arrows.arrows
        if arrows is None or self._pages.currentWidget() is not self._pages.plane:
            return []
        return self._words.step(arrows)
