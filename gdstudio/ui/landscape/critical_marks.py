"""Critical points on the plot in view: when they are looked for, when they are shown, and when they go."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from gdstudio.engine import CriticalPoint, Landscape
from gdstudio.ui.landscape.critical import CriticalFinder
from gdstudio.ui.landscape.pages import Pages
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session


class CriticalMarks(QObject):
    """Has the critical points of the surface in view found where the document wants them, and shows them.

    Attributes:
        finder: looks for them.
        curved: the surface whose second derivatives are ready; None = that of none.

    Signals:
        shown(): points were found and are on the plot.
    """

    shown = Signal()

    def __init__(self, session: Session, pages: Pages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._pages = session, pages
        self.finder = CriticalFinder(self)
        self.finder.found.connect(self._show)
        self.curved: Landscape | None = None

    def follow(self, grid: GridResult | None) -> None:
        """Look for those of this grid; those of another surface go, those of the same in another view may stay."""
        if grid is not None and self.curved is not None and not _same_surface(self.curved, grid.landscape):
            self.curved = None
            self._pages.active.show_critical(())
        wanted = self._session.document.landscape.critical
        self.finder.look_at(grid.landscape if grid is not None and wanted else None)

    def obey(self) -> None:
        """Show them or not, as the document says."""
        if not self._session.document.landscape.critical:
            self._pages.active.show_critical(())
        self.follow(self._pages.grid)

    def _show(self, landscape: Landscape, points: tuple[CriticalPoint, ...]) -> None:
        self.curved = landscape
        self._pages.active.show_critical(points)
        self.shown.emit()


def _same_surface(one: Landscape, other: Landscape) -> bool:
    """Whether two landscapes are views of one surface, blurred alike."""
    widths = [getattr(landscape, "sigma", np.zeros(1)).tolist() for landscape in (one, other)]
    return one.program is other.program and widths[0] == widths[1]
