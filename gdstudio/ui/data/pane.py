"""The data view as a dock holds it: made when it is first shown, for it is no part of the way to the first race."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdstudio.ui.data.view import DataView
from gdstudio.ui.session import Session


class DataPane(QWidget):
    """Room for a `DataView`.

    Signals:
        cloud_placed(SurfaceCloud or None): what the surface should show of the gradients of batches.
        csv_asked(): other data is wanted, from a file.
    """

    cloud_placed = Signal(object)
    csv_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view: DataView | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def showEvent(self, event: QShowEvent) -> None:
        if self.view is None:
            self.view = DataView(self._session)
            self.view.cloud_placed.connect(self.cloud_placed)
            self.view.csv_asked.connect(self.csv_asked)
            self._layout.addWidget(self.view)
            self.view.show()
        super().showEvent(event)

    def close_worker(self) -> None:
        """End the thread."""
        if self.view is not None:
            self.view.close_worker()
