"""The graph follows the selected racer: values and gradients at the point and step where it is shown.

For a racer on mini-batches they are those of its step's batch. The document keeps its own values; without a
selected racer the graph shows them again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import Graph, Race
from gdstudio.ui.session import Change, Session
from gdstudio.ui.worker import Progress, Worker

if TYPE_CHECKING:
    from gdstudio.engine import Trace

_KIND = "follow"
# While a race plays, numbers that change more often than this cannot be read.
_PLAYING_MS = 120


class Following(QObject):
    """Traces the graph at the selected racer.

    Signals:
        changed(Trace or None, str): the trace, and whose it is ("Adam at step 37"); None = nobody is followed.
    """

    changed = Signal(object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(lambda _kind, version, _error: self._arrive(version))
        self._version = 0
        self._oldest = 0
        self._shown = False
        self._asked = False
        self._playing = QTimer(self, singleShot=True, interval=_PLAYING_MS)
        self._playing.timeout.connect(self._ask)
        session.racer_selected.connect(self._restart)
        session.race_computed.connect(self._restart)
        session.document_opened.connect(self._restart)
        session.document_changed.connect(self._change)
        session.step_changed.connect(self._step)

    @property
    def is_idle(self) -> bool:
        """Whether what was announced last belongs to the point and the step that are shown."""
        return not self._asked and not self._playing.isActive()

    def close(self) -> None:
        """End the thread."""
        self._asked = False
        self._playing.stop()
        self._worker.close()

    def _change(self, change: Change) -> None:
        if change.graph:
            # Another graph: what is under way belongs to nodes that may be gone; the new race comes soon.
            self._let_go()
        elif change.values or (change.race and not change.race_course):
            self._ask()  # the words have the racer's name

    def _restart(self, *_: Any) -> None:
        self._oldest = self._version + 1
        self._ask()

    def _step(self, *_: Any) -> None:
        if not self._session.playing:
            self._ask()
        elif not self._playing.isActive():
            self._playing.start()

    def _let_go(self) -> None:
        self._asked = False
        self._version += 1
        self._oldest = self._version + 1
        if self._shown:
            self._shown = False
            self.changed.emit(None, "")

    def _ask(self) -> None:
        """Have the graph traced where the racer is, or let go of it."""
        session, result, row = self._session, self._session.race_result, self._session.selected_racer
        document = session.document
        known = row is not None and row in session.race_rows and row < len(document.race.racers)
        if result is None or row is None or not known or result.coordinates != document.coordinates:
            self._let_go()
            return
        path = result.paths[session.race_rows.index(row)]
        step = min(session.step, len(path) - 1)
        racer = document.race.racers[row]
        self._version += 1
        words = self.tr("{0} at step {1}").format(racer.label, step)
        job = partial(_trace, document, racer, path[step], step, words)
        self._asked = True
        self._worker.ask(_KIND, self._version, job)

    def _arrive(self, version: int) -> None:
        if version == self._version:
            self._asked = False

    def _receive(self, _kind: str, version: int, result: tuple[Trace, str]) -> None:
        self._arrive(version)
        if version >= self._oldest:
            self._shown = True
            self.changed.emit(*result)


def _trace(
    document: Document, racer: RacerSettings, point: np.ndarray, step: int, words: str, _progress: Progress
) -> tuple[Trace, str]:
    graph = graph_at(document, racer, point, step)
    trace = graph.trace(partial=True)
    _ = trace.gradients  # computed on demand, and this is the thread for it
    return trace, words


def graph_at(document: Document, racer: RacerSettings, point: np.ndarray, step: int) -> Graph:
    """The document's graph with its parameters at a point (n,), and its data those that the racer sees at a step."""
    graph, offset = document.graph, 0
    for name in graph.parameters:
        value = graph.nodes[name].value
        if value is not None:
            graph = graph.with_value(name, np.reshape(point[offset : offset + value.size], value.shape))
            offset += value.size
    if racer.batch_size is None:
        return graph
    subject = racer.engine_racer(document.start)
    drawn = Race(document.graph.compile(), [subject], seed=document.race.seed).batches(subject)
    batches, names = drawn if drawn is not None else (None, [])
    for name in names:
        data = document.graph.nodes[name].value
        if batches is not None and data is not None:
            graph = graph.with_value(name, data[batches.rows(step)])
    return graph
