"""The data view: the fit of the selected racer as it is trained, and the gradients of batches where it stands.

It follows the step that is shown, and computes only while it is in sight.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import Document, DocumentError
from gdstudio.engine import Graph
from gdstudio.engine.batch_noise import Cloud
from gdstudio.engine.prediction import Prediction
from gdstudio.ui import theme as themes
from gdstudio.ui.data import findings
from gdstudio.ui.data.findings import Fit, Place
from gdstudio.ui.data.plots import CloudPlot, ErrorPlot, FitPlot
from gdstudio.ui.data.surface_cloud import SurfaceCloud
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.session import Change, Session
from gdstudio.ui.theme import RacerStyle
from gdstudio.ui.translation import as_sentence
from gdstudio.ui.worker import Progress, Worker

_FIT, _CLOUD = "fit", "cloud"
_MOST_CURVES = 12
_NOTCHES = 40
# In pixels; less is too little for three plots.
_TALL = 560
# In letters: in a narrower view the sentence stands above the button.
_SIDE_BY_SIDE = 40
# While a race plays, a cloud that changes more often than this cannot be seen.
_CLOUD_MS = 80


class DataView(QWidget):
    """Fit and batches of a session's document.

    Signals:
        settled(): what is shown belongs to the step, the racer and the batch size chosen.
        cloud_placed(SurfaceCloud or None): what the surface should show of the cloud.
        csv_asked(): other data is wanted, from a file.
    """

    settled = Signal()
    cloud_placed = Signal(object)
    csv_asked = Signal()

    def __init__(self, session: Session) -> None:
        for _ in self.slices(session):
            pass

    def slices(self, session: Session) -> Generator[None]:
        """Builds the view, see `sliced`."""
        super().__init__()
        self.setObjectName("dataView")
        self.setAccessibleName(self.tr("Fit to the data and gradients of batches"))
        self._session = session
        self._worker = Worker((_FIT, _CLOUD), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(lambda kind, version, _error: self._receive(kind, version, None))
        self._version = 0
        self._oldest = 0  # results of versions before this one belong to another race
        self._waiting: dict[str, int] = {}
        self._source: tuple[Graph, Prediction | None] | None = None
        self.fit: Fit | None = None
        self.cloud: Cloud | None = None
        self._at: np.ndarray | None = None  # where the cloud is
        self._later = QTimer(self, singleShot=True, interval=_CLOUD_MS)
        self._later.timeout.connect(self._ask_cloud)

        meaning = self.tr("Fill leaves of the graph, or new ones, from the columns of a CSV file")
        load = named(QPushButton(self.tr("Load CSV…")), "dataLoad", meaning, meaning)
        load.clicked.connect(lambda _=False: self.csv_asked.emit())
        self._fit_words = _words("dataFitWords", self.tr("Whose fit is shown"))
        self.fit_plot = named(FitPlot(), "dataFit", self.tr("Data and fit"))
        yield
        self._size = named(
            QSlider(Qt.Orientation.Horizontal),
            "dataBatchSize",
            self.tr("Rows of a batch"),
            self.tr("How many rows a batch has; its gradient strays as one over the root of it"),
        )
        self._size.setMinimumWidth(48)
        self._size_label = named(QLabel(), "dataBatchSizeLabel", self.tr("Rows of a batch"))
        self._size_label.setMinimumWidth(self._size_label.fontMetrics().horizontalAdvance("n = 000 of 0000"))
        self.cloud_plot = named(CloudPlot(), "dataCloud", self.tr("Gradients of batches and of all data"))
        yield
        self.error_plot = named(
            ErrorPlot(), "dataErrors", self.tr("Standard error of a batch's gradient against its size")
        )
        self._cloud_words = _words("dataCloudWords", self.tr("How far the gradients of batches stray"))
        yield

        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Batches")))
        row.addWidget(self._size, 1)
        row.addWidget(self._size_label)
        meaning = self.tr(
            "Show the batches' descents on the surface, at the racer: tips as dots, that of all rows as arrow"
        )
        self._on_surface = named(QCheckBox(self.tr("On the surface")), "dataCloudOnSurface", meaning, meaning)
        self._on_surface.toggled.connect(lambda _: self._place_cloud())
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.cloud_plot, 3)
        column.addWidget(self._on_surface)
        column.addWidget(self._cloud_words)
        column.addWidget(self.error_plot, 2)
        self._lower = lower
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self._fit_words, 1)
        self._top.addWidget(load, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        column.addLayout(self._top)
        column.addWidget(self.fit_plot, 1)
        yield
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([400, 600])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(splitter)
        yield
        self._size.valueChanged.connect(lambda _: self._choose_size())
        for changed in (session.race_computed, session.racer_selected, session.document_opened):
            changed.connect(self._restart)
        session.document_opened.connect(self._place_cloud)
        session.document_changed.connect(self._change)
        session.step_changed.connect(self._follow)
        themes.switch().follow(self._dress)
        self._dress()

    @property
    def is_idle(self) -> bool:
        return not self._waiting and not self._later.isActive()

    def close_worker(self) -> None:
        """End the thread."""
        self._later.stop()
        self._waiting.clear()
        self._worker.close()

    # The session has news

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Beside the button, a narrow view would leave the sentence one word a line.
        side_by_side = event.size().width() >= _SIDE_BY_SIDE * self.fontMetrics().averageCharWidth()
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.LeftToRight if side_by_side else directions.TopToBottom)
        self._show_errors()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restart()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()
        self._place_cloud()

    def _change(self, change: Change) -> None:
        if change.graph or change.values or change.race:
            self._restart()
        elif change.landscape and self.cloud is not None:
            self._show_cloud(self.cloud)

    def _restart(self, *_: Any) -> None:
        """Another race, racer or document: what is under way belongs to the old one."""
        self._oldest = self._version + 1
        self._waiting.clear()
        # It stays in sight till the next one, but may have fewer coordinates than the document.
        self.cloud = None
        if not self.isVisible():
            return
        self._offer_sizes()
        self._ask_fit()
        self._ask_cloud()
        self._tell_if_settled()

    def _follow(self, *_: Any) -> None:
        if not self.isVisible():
            return
        self._ask_fit()
        if not self._later.isActive():
            self._later.start()

    def _choose_size(self) -> None:
        self._show_size()
        if self.isVisible():
            self._ask_cloud()

    # Asking

    def _places(self) -> list[Place]:
        """Where the racers are at the step shown, the chosen one last; the graph's own point without a race."""
        session, result = self._session, self._session.race_result
        document = session.document
        # The race is that of a moment ago, and racers of it may have been removed since.
        rows = [row for row in session.race_rows if row < len(document.race.racers)]
        if result is None or not rows or result.coordinates != document.coordinates:
            return [Place(None, np.array(document.start))]
        chosen = session.selected_racer if session.selected_racer in rows else rows[0]
        shown = [row for row in rows[:_MOST_CURVES] if row != chosen] + [chosen]
        paths = {row: result.paths[session.race_rows.index(row)] for row in shown}
        return [Place(row, path[min(session.step, len(path) - 1)]) for row, path in paths.items()]

    def _ask_fit(self) -> None:
        graph, known = self._session.document.graph, self._source
        self._ask(_FIT, partial(_find_fit, graph, known, self._places()))

    def _ask_cloud(self) -> None:
        if findings.rows_of_data(self._session.document.graph):
            self._ask(
                _CLOUD, partial(_find_cloud, self._session.document, self._places()[-1], self.batch_size)
            )

    def _ask(self, kind: str, job: Any) -> None:
        self._version += 1
        self._waiting[kind] = self._version
        self._worker.ask(kind, self._version, job)

    def _receive(self, kind: str, version: int, result: Any) -> None:
        # A newer request may be waiting already; while a race plays, what comes in between is shown all the same.
        if version < self._oldest or kind not in self._waiting:
            return
        if kind == _FIT:
            self._show_fit(result)
        else:
            self._take_cloud(result)
        if self._waiting.get(kind) == version:
            del self._waiting[kind]
        self._tell_if_settled()

    def _tell_if_settled(self) -> None:
        if self.is_idle:
            self.settled.emit()

    # Showing

    def _show_fit(self, result: tuple[Graph, Prediction | None, Fit | None] | None) -> None:
        if result is not None and result[0] is not self._session.document.graph:
            return
        self.fit = None if result is None else result[2]
        if result is not None:
            self._source = result[0], result[1]
        self.fit_plot.setVisible(self.fit is not None)
        if self.fit is None:
            self._fit_words.setText(
                self.tr(
                    "This graph compares no prediction of one or two inputs with targets, so there is no fit to draw."
                )
            )
            return
        self.fit_plot.show_fit(self.fit, self._style)
        words = self._whose(self.fit.curves[-1][0] if self.fit.curves else self._places()[-1].row)
        if np.isfinite(self.fit.right):
            words += ", " + self.tr("{0:.0%} of the rows on the right side").format(self.fit.right)
        self._fit_words.setText(words)

    def _take_cloud(self, result: tuple[Place, Cloud | str] | None) -> None:
        self._at = None if result is None else result[0].point
        self._show_cloud(None if result is None else result[1])

    def _show_cloud(self, result: Cloud | str | None) -> None:
        self.cloud = result if isinstance(result, Cloud) else None
        self.cloud_plot.setVisible(self.cloud is not None)
        self._show_errors()
        if self.cloud is None:
            why = result if isinstance(result, str) else ""
            self._cloud_words.setText(as_sentence(why or self.tr("The engine failed.")))
            return
        columns, names = self._columns()
        self.cloud_plot.show_cloud(self.cloud, columns, names)
        self.error_plot.show_cloud(self.cloud)
        seen = self.tr("{0} batches stray by {1}").format(
            len(self.cloud.batches), format_measured(self.cloud.spread, 3)
        )
        foretold = (
            self.tr("standard error {0}").format(format_measured(self.cloud.error, 3))
            if np.isfinite(self.cloud.error)
            else self.tr("the loss is neither a mean nor a sum over rows, so no standard error is foretold")
        )
        length = self.tr("gradient of all rows {0}").format(
            format_measured(float(np.linalg.norm(self.cloud.full)), 3)
        )
        self._cloud_words.setText(f"{seen}; {foretold}; {length}")
        self._place_cloud()

    def _show_errors(self) -> None:
        """Show the errors of other sizes where there is room for a third plot; the words have the one that counts."""
        self.error_plot.setVisible(self.cloud is not None and self.height() >= _TALL)

    def _place_cloud(self) -> None:
        """Hand the cloud to the surface, where a person wants it and the surface has two of the coordinates."""
        columns, names = self._columns()
        named_axes = self._session.document.landscape.directions == "coordinates"
        wanted = self._on_surface.isChecked() and self.isVisible() and named_axes and len(columns) == 2
        if not wanted or self.cloud is None or self._at is None:
            self.cloud_placed.emit(None)
            return
        x, y = (float(self._at[column]) for column in columns)
        self.cloud_placed.emit(
            SurfaceCloud(tuple(names), x, y, self.cloud.full[columns], self.cloud.batches[:, columns])
        )

    def _columns(self) -> tuple[list[int], list[str]]:
        """The coordinates of the surface in view, as far as it has any, else the first two."""
        document = self._session.document
        known = list(document.coordinates)
        try:
            axes = [axis for axis in document.axes_and_ranges()[0] if axis in known]
        except DocumentError:
            axes = []
        axes = axes or known[:2]
        return [known.index(axis) for axis in axes], axes

    @property
    def batch_size(self) -> int:
        """The batch size of the slider's notch."""
        rows = findings.rows_of_data(self._session.document.graph)
        sizes = _sizes(rows)
        return sizes[min(self._size.value(), len(sizes) - 1)] if rows else 0

    def _offer_sizes(self) -> None:
        """Offer the sizes that the data allows; at first that of the chosen racer."""
        document = self._session.document
        rows = findings.rows_of_data(document.graph)
        self._lower.setVisible(rows > 1)
        if rows < 2:
            self.cloud = None
            self._place_cloud()
            return
        sizes = _sizes(rows)
        if self._size.maximum() != len(sizes) - 1:
            chosen = self._places()[-1].row
            own = None if chosen is None else document.race.racers[chosen].batch_size
            near = own or max(1, round(rows**0.5))
            self._size.blockSignals(True)
            self._size.setRange(0, len(sizes) - 1)
            self._size.setValue(min(range(len(sizes)), key=lambda k: abs(sizes[k] - near)))
            self._size.blockSignals(False)
        self._show_size()

    def _show_size(self) -> None:
        rows = findings.rows_of_data(self._session.document.graph)
        self._size_label.setText(self.tr("n = {0} of {1}").format(self.batch_size, rows))

    def _whose(self, row: int | None) -> str:
        if row is None:
            return self.tr("Fit at the graph's own point")
        label = self._session.document.race.racers[row].label
        return self.tr("Fit of {0} at step {1}").format(label, self._session.step)

    def _style(self, row: int | None) -> RacerStyle:
        racers = self._session.document.race.racers
        if row is None or row >= len(racers):
            return RacerStyle(themes.current().value, (), "o")
        return themes.current().racer(*racers[row].look(row))

    def _dress(self, *_: Any) -> None:
        muted = f"color: {themes.current().muted.name()}; font-size: {themes.small_pixels(1)}px;"
        for label in (self._fit_words, self._cloud_words):
            label.setStyleSheet(muted)
        for plot in (self.fit_plot, self.cloud_plot, self.error_plot):
            plot.dress()
        if self.fit is not None:
            self.fit_plot.show_fit(self.fit, self._style)
        if self.cloud is not None:
            self._show_cloud(self.cloud)


def _find_fit(
    graph: Graph, known: tuple[Graph, Prediction | None] | None, places: list[Place], _progress: Progress
) -> tuple[Graph, Prediction | None, Fit | None]:
    source = known[1] if known is not None and known[0] is graph else findings.source_of(graph)
    return graph, source, None if source is None else findings.fit(source, places)


def _find_cloud(
    document: Document, place: Place, size: int, _progress: Progress
) -> tuple[Place, Cloud | str]:
    return place, findings.cloud(document, place, size)


def _sizes(rows: int) -> list[int]:
    """Batch sizes from 1 to all rows: every one of few, else evenly spaced in their ratios."""
    if rows <= _NOTCHES:
        return list(range(1, rows + 1))
    return sorted(set(np.round(np.geomspace(1, rows, _NOTCHES)).astype(int).tolist()))


def _words(name: str, meaning: str) -> QLabel:
    label = named(QLabel(), name, meaning)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
