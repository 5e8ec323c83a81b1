"""Critical points of the surface in view, found in a thread of their own once the view has come to rest."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from gdstudio.engine import CriticalPoint, Landscape, critical_points
from gdstudio.ui.worker import Progress, Worker

_KIND = "critical"
_REST_MS = 250
# A search looks at about so many times more points than a small field has; dearer surfaces are left alone.
_PROBE = 16
_TIMES = 120
_PATIENCE = 1.5


class CriticalFinder(QObject):
    """Looks for critical points of one landscape at a time, the newest that it was given.

    Signals:
        found(Landscape, tuple): the points of a landscape; its second derivatives are ready from now on.
        rested(): nothing is looked for any more.
    """

    found = Signal(object, object)
    rested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._give_up)
        self._version = 0
        self._landscape: Landscape | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being looked for."""
        return self._landscape is None

    def look_at(self, landscape: Landscape | None) -> None:
        """Search this landscape when nothing newer has come for a while; None = look for nothing."""
        self._version += 1
        self._landscape = landscape
        if landscape is None:
            self._rest.stop()
            self.rested.emit()
        else:
            self._rest.start()

    def close(self) -> None:
        """End the thread."""
        self.look_at(None)
        self._worker.close()

    def _ask(self) -> None:
        landscape = self._landscape
        if landscape is None:
            return

        def job(progress: Progress) -> tuple[Landscape, tuple[CriticalPoint, ...]] | None:
            return _search(landscape)

        self._worker.ask(_KIND, self._version, job)

    def _receive(self, _kind: str, version: int, result: object) -> None:
        if version == self._version:
            self._landscape = None
            if isinstance(result, tuple):
                self.found.emit(*result)
            self.rested.emit()

    def _give_up(self, _kind: str, version: int, _error: Exception) -> None:
        if version == self._version:
            self._landscape = None
            self.rested.emit()


def _search(landscape: Landscape) -> tuple[Landscape, tuple[CriticalPoint, ...]] | None:
    """The points of a landscape; None where looking for them would take too long."""
    landscape.field(_PROBE)  # the first time includes making the plan
    # What others do on the machine does not count; on Windows, a thread's own time goes on in leaps of 16 ms.
    clocks = (time.thread_time, time.perf_counter)
    started = [clock() for clock in clocks]
    landscape.field(_PROBE)
    took = min(clock() - start for clock, start in zip(clocks, started, strict=True))
    if took * _TIMES > _PATIENCE:
        return None
    landscape.hessian(*(sum(ends) / 2.0 for ends in landscape.ranges))
    return landscape, critical_points(landscape)
