"""The losses that a landscape shows: the session's, or one step's batch in their place, and blurred where that is wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gdstudio.ui.landscape.batch_surface import BatchSurface
from gdstudio.ui.landscape.smoothing import Smoother
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session


class ShownLosses(QObject):
    """What stands between the session's grids and the picture; grids come in through `batch`.

    Attributes:
        batch: lets the grids of all data pass, or those of a step's batch.

    Signals:
        ready(GridResult or None): the losses to show.
        blurring(tuple, list): losses along these axes are being blurred, as wide as that along each.
        failed(str): one sentence.
    """

    ready = Signal(object)
    blurring = Signal(object, object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.batch = BatchSurface(session, self)
        self._smoother = Smoother(self)
        self.batch.passed.connect(self._receive)
        self.batch.failed.connect(self.failed)
        self._smoother.blurred.connect(self.ready)
        self._smoother.failed.connect(self.failed)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is computed beside the session's own results."""
        return self.batch.is_idle and self._smoother.is_idle

    def _receive(self, grid: GridResult | None) -> None:
        """Pass losses on, or have them blurred first."""
        if grid is None or not self._session.document.landscape.smoothing:
            self._smoother.forget()
            self.ready.emit(grid)
        else:
            self._blur(grid)

    def _blur(self, grid: GridResult) -> None:
        """Have the losses blurred as wide as the document says."""
        # Along the document's own ranges, so that the width stays while the map is moved and zoomed.
        document = self._session.document
        whole = document.landscape.ranges or grid.ranges
        if document.landscape.directions == "coordinates":
            _, whole = document.axes_and_ranges()
        whole = whole if len(whole) == len(grid.axes) else grid.ranges
        widths = [document.landscape.smoothing * (high - low) for low, high in whole]
        self.blurring.emit(grid.axes, widths)
        self._smoother.ask(grid, widths)
