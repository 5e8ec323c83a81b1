"""One survey at a time in a thread of its own, with partial results as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gdstudio.document.model import DocumentError
from gdstudio.engine import EngineError
from gdstudio.ui.translation import of_error
from gdstudio.ui.worker import Progress, Worker

Job = Callable[[Callable[[float], None], Callable[[], bool]], Iterator[Any]]

_KIND = "survey"


class SurveyRunner(QObject):
    """Runs a generator of results and hands each over in the GUI thread.

    Signals:
        arrived(object): a result, the last one complete.
        ended(str): nothing more comes; the sentence says why when something was wrong.
        progressed(float): the fraction done.
    """

    arrived = Signal(object)
    ended = Signal(str)
    progressed = Signal(float)
    _partial = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(lambda _kind, version, _result: self._end(version, ""))
        self._worker.failed.connect(self._fail)
        self._worker.progressed.connect(self._report)
        self._version = 0
        self.running = False
        self._partial.connect(self._receive)

    def start(self, job: Job) -> None:
        """Run `job(progress, cancelled)`; what ran before is stopped, and none of its results arrive."""
        self._version += 1
        version = self._version
        self.running = True

        def run(progress: Progress) -> None:
            for result in job(progress.report, progress.cancelled):
                self._partial.emit(version, result)

        self._worker.ask(_KIND, version, run)

    def stop(self) -> None:
        """Stop; the results so far stay the last ones."""
        if self.running:
            self._worker.cancel()
            self._end(self._version, "")

    def close(self) -> None:
        """End the thread."""
        self.running = False
        self._version += 1
        self._worker.close()

    def _report(self, _kind: str, fraction: float) -> None:
        if self.running:
            self.progressed.emit(fraction)

    def _receive(self, version: int, result: object) -> None:
        if self.running and version == self._version:
            self.arrived.emit(result)

    def _fail(self, _kind: str, version: int, error: Exception) -> None:
        known = isinstance(error, EngineError | DocumentError)
        if known:
            self._end(version, of_error(error))
            return
        told = QCoreApplication.translate("Session", "The engine failed ({0}: {1}).")
        self._end(version, told.format(type(error).__name__, error))

    def _end(self, version: int, sentence: str) -> None:
        if self.running and version == self._version:
            self.running = False
            self.ended.emit(sentence)
