"""The data view as a dock holds it: made, in slices, when it is first shown; it is no part of the way to a race."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gdstudio.ui import turns
from gdstudio.ui.data.view import DataView
from gdstudio.ui.session import Session
from gdstudio.ui.sliced import in_slices

_NARROWEST = 200  # in pixels


class DataPane(QWidget):
    """Room for a `DataView`, which is scrolled where it is taller than the dock: it never makes the window grow.

    Signals:
        cloud_placed(SurfaceCloud or None): what the surface should show of the gradients of batches.
        csv_asked(): other data is wanted, from a file.
    """

    cloud_placed = Signal(object)
    csv_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_NARROWEST)
        self._session = session
        self.view: DataView | None = None
        self._rest: Iterator[None] = iter(())
        self._patience = turns.Patience()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setObjectName("dataScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout.addWidget(self._scroll)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def showEvent(self, event: QShowEvent) -> None:
        if self.view is None and not self._turn.isActive():
            self._rest = self._build()
            self._turn.start()
        super().showEvent(event)

    def _build(self) -> Iterator[None]:
        view = yield from in_slices(DataView, self._session)
        view.cloud_placed.connect(self.cloud_placed)
        view.csv_asked.connect(self.csv_asked)
        self._scroll.setWidget(view)
        view.show()
        self.view = view

    def _go_on(self) -> None:
        if self._patience.must_wait(turns.is_long()):
            return
        if next(self._rest, self) is self:
            self._turn.stop()

    def close_worker(self) -> None:
        """End the thread."""
        self._turn.stop()
        if self.view is not None:
            self.view.close_worker()
