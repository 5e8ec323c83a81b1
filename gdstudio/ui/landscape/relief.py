"""The modules of the relief, loaded when it is first wanted: OpenGL takes a moment for which nothing should wait."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

from gdstudio.ui.worker import Progress, Worker

_KIND = "relief"
_MODULE = "gdstudio.ui.landscape.space"


class ReliefLoader(QObject):
    """Imports what the relief is drawn with, in a thread.

    Signals:
        loaded(): `is_loaded` holds from now on.
    """

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._tell)
        self._worker.failed.connect(self._tell)  # whoever imports it next meets the error
        self._asked = self._tried = False

    @property
    def is_loaded(self) -> bool:
        """Whether importing the relief takes no time any more, or was tried in vain."""
        return self._tried or (not self._asked and _MODULE in sys.modules)

    @property
    def is_idle(self) -> bool:
        return not self._asked

    def ask(self) -> None:
        """Have it loaded."""
        if not self._asked:
            self._asked = True
            self._worker.ask(_KIND, 1, _load)

    def _tell(self, *_: object) -> None:
        self._asked, self._tried = False, True
        self.loaded.emit()


def _load(_progress: Progress) -> None:
    from gdstudio.ui.landscape import space

    assert space.__name__ == _MODULE
