"""The loss over one step's batch in the place of the loss over all data, following the step that is shown.

It stands between the session and the view: grids pass through it, and those of a batch come out when a person wants
them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import EngineError, Graph, Landscape
from gdstudio.ui import theme
from gdstudio.ui.race.following import graph_at
from gdstudio.ui.race.named import named
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Change, Session
from gdstudio.ui.translation import of_error
from gdstudio.ui.worker import Progress, Worker

_KIND = "batch"
# Points along each axis while a race plays, and when it stands still.
_COARSE, _FINE = 64, 160


class BatchSurface(QObject):
    """Lets grids pass, or computes them anew over the rows that a racer sees at the step shown.

    Signals:
        passed(GridResult or None): the grid to show.
        told(str): whose batch it is; empty when the grid is that of all data.
        failed(str): one sentence.
    """

    passed = Signal(object)
    told = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._on = False
        self._grid: GridResult | None = None
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._fail)
        self._version = 0
        self._oldest = 0
        self._asked = False
        for moved in (session.step_changed, session.racer_selected, session.race_computed):
            moved.connect(self._follow)
        session.playing_changed.connect(self._follow)
        session.document_changed.connect(self._change)

    @property
    def is_idle(self) -> bool:
        """Whether the grid that was passed last belongs to the step that is shown."""
        return not self._asked

    @property
    def row(self) -> int | None:
        """The racer whose batches are shown: the selected one, else the first that trains on batches."""
        racers = self._session.document.race.racers
        batched = [row for row, racer in enumerate(racers) if racer.enabled and racer.batch_size is not None]
        selected = self._session.selected_racer
        return selected if selected in batched else next(iter(batched), None)

    def set_on(self, on: bool) -> None:
        """Show batches, or all data again."""
        self._on = on
        self.receive(self._session.grid)

    def receive(self, grid: GridResult | None) -> None:
        """A grid of all data has come; what it leads to is passed on."""
        self._grid = grid
        if grid is None or not self._on or self.row is None:
            self._oldest = self._version + 1
            self._asked = False
            self.told.emit("")
            self.passed.emit(grid)
        else:
            self._ask()

    def _change(self, change: Change) -> None:
        if change.race and not change.race_course:
            self._follow()  # the words have the racer's name

    def _follow(self, *_: Any) -> None:
        if self._on and self._grid is not None:
            if self.row is None:
                self.receive(self._session.grid)
            else:
                self._ask()

    def _ask(self) -> None:
        session, row, grid = self._session, self.row, self._grid
        assert row is not None and grid is not None
        if grid.landscape.program.coordinates != session.document.coordinates:
            return  # a grid of the new graph is on its way
        racer, step = session.document.race.racers[row], session.step
        count = _COARSE if session.playing or not grid.fine else _FINE
        words = self.tr("The loss over the {0} rows that {1} sees at step {2}").format(
            racer.batch_size, racer.label, step
        )
        self._version += 1
        self._asked = True
        self._worker.ask(
            _KIND, self._version, partial(_over_batch, session.document, racer, step, grid, count, words)
        )

    def _receive(self, _kind: str, version: int, result: tuple[Graph, GridResult, str]) -> None:
        graph, grid, words = result
        if version < self._oldest:
            return
        self._asked = self._asked and version < self._version
        if graph is self._session.document.graph:
            self.told.emit(words)
            self.passed.emit(grid)
        elif not self._asked:
            self._follow()  # the document has moved on, with a surface that may be the same

    def _fail(self, _kind: str, version: int, error: Exception) -> None:
        if version >= self._oldest:
            self._asked = self._asked and version < self._version
            if isinstance(error, EngineError):
                self.failed.emit(of_error(error))


def _over_batch(
    document: Document,
    racer: RacerSettings,
    step: int,
    grid: GridResult,
    count: int,
    words: str,
    _progress: Progress,
) -> tuple[Graph, GridResult, str]:
    """The grid of the same region for the loss over a step's batch."""
    graph = graph_at(document, racer, np.array(document.start), step)
    whole = grid.landscape
    landscape = Landscape(graph.compile(), whole.axes, whole.ranges, at=whole.at)
    if len(grid.axes) == 1:
        xs, z = landscape.grid(4 * count)
        _, gx = landscape.value_and_gradient(grid.arrow_xs)
        return document.graph, replace(grid, xs=xs, z=z, gx=gx, landscape=landscape), words
    xs, ys, z = landscape.grid(count)
    _, gx, gy = landscape.value_and_gradient(grid.arrow_xs[:, None], grid.arrow_ys[None, :])
    return document.graph, replace(grid, xs=xs, ys=ys, z=z, gx=gx, gy=gy, landscape=landscape), words


class BatchBar(QLabel):
    """Says whose batch is shown; hidden while the surface is that of all data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "landscapeBatchWords", self.tr("Whose batch the surface is of"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.switch().follow(self._dress)
        self._dress()
        self.hide()

    def tell(self, words: str) -> None:
        """Show words, or nothing."""
        self.setText(words)
        self.setVisible(bool(words))

    def _dress(self, *_: object) -> None:
        muted, pixels = theme.current().muted.name(), theme.small_pixels(1)
        self.setStyleSheet(f"color: {muted}; padding: 3px 10px; font-size: {pixels}px;")
