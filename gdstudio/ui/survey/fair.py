"""The fair race: every racer tuned with the same budget, from the same starts, for the same number of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import Document, DocumentError
from gdstudio.engine import survey
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range, format_measured, format_value
from gdstudio.ui.session import Session
from gdstudio.ui.survey.page import SurveyPage, program_key
from gdstudio.ui.survey.runner import Job
from gdstudio.ui.survey.sweep import numbers_of
from gdstudio.ui.translation import from_engine

_SEED = 1
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def random_starts(document: Document, count: int) -> np.ndarray:
    """`count` points, (count, n), within the ranges of the surface; other coordinates as stored."""
    axes, ranges = document.axes_and_ranges()
    points = np.tile(np.array(document.start), (count, 1))
    generator = np.random.default_rng(_SEED)
    for axis, (low, high) in zip(axes, ranges, strict=True):
        points[:, document.coordinates.index(axis)] = generator.uniform(low, high, count)
    return points


def _run(
    document: Document,
    options: Sequence[str],
    budget: int,
    starts: np.ndarray | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[survey.Tuning]:
    race, program = document.race, document.graph.compile()
    return survey.tune(
        program, document.race_inputs(), race.steps, budget, options,
        starts=starts, seed=race.seed, progress=progress, cancelled=cancelled,
    )  # fmt: skip


class FairPage(SurveyPage):
    """Tunes every enabled racer and gives them what was found, as one edit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "fair", QCoreApplication.translate("FairPage", "Tune"), parent)
        self._second = named(QComboBox(), "fairSecond", self.tr("Second hyper-parameter to tune"))
        self._second.setMinimumContentsLength(12)
        tried = self.tr("Settings that are tried for each racer; its own is the first")
        self._budget = named(
            NumberField(Range("linear", 8, 2000, 48, whole=True), 48), "fairBudget", tried, tried
        )
        many = self.tr("Random starts on the surface for all; 0 = the racers' own starts")
        self._starts = named(NumberField(Range("linear", 0, 200, 0, whole=True), 0), "fairStarts", many, many)
        self._build_head()
        self.table = named(QTableWidget(0, 4), "fairTable", self.tr("What was found for each racer"))
        titles = (self.tr("Racer"), self.tr("Best found"), self.tr("Loss before"), self.tr("Loss after"))
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column > 1 else _LEFT)
            self.table.setHorizontalHeaderItem(column, item)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setStyleSheet("QTableView::item { padding: 0 3px; }")  # in line with the titles
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._report = named(QLabel(), "fairReport", self.tr("How the racers were tuned"))
        self._report.setWordWrap(True)
        self._report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        meaning = self.tr("Give every racer what was found for it")
        self._use = named(QPushButton(self.tr("Race with these")), "fairUse", meaning, meaning)
        self._use.setAutoDefault(False)
        self._use.clicked.connect(lambda _=False: self.use())
        meaning = self.tr("Copy what was tuned, on how many steps, and from which starts")
        self._copy = named(QPushButton(self.tr("Copy report")), "fairCopy", meaning, meaning)
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(lambda _=False: QApplication.clipboard().setText(str(self.result)))
        row = QHBoxLayout()
        row.addWidget(self._report, 1)
        row.addWidget(self._copy)
        row.addWidget(self._use)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.invite(self.table, self.tr("Press “Tune” to see the best settings found for every racer."))
        for field in (self._budget, self._starts):
            field.value_edited.connect(lambda *_: self.check_key())
            field.refused.connect(partial(self.say, wrong=True))
        self._second.currentIndexChanged.connect(lambda _: self.check_key())
        self.follow()
        self.show_result()

    def _build_head(self) -> None:
        lines = QVBoxLayout()
        words = QLabel(
            self.tr(
                "A race between settings that nobody chose with care says little. This tunes every racer that takes "
                "part in the same way: the same number of settings, steps and starts, judged by the mean final loss."
            )
        )
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        for text, field in (
            (self.tr("Tune the learning rate and"), self._second),
            (self.tr("settings each"), self._budget),
            (self.tr("random starts"), self._starts),
        ):
            row.addWidget(QLabel(text))
            row.addWidget(field)
            row.addSpacing(8)
        row.addStretch(1)
        lines.addWidget(words)
        lines.addLayout(row)
        self.head.addLayout(lines, 1)

    def follow(self) -> None:
        """Offer every number that a racer can be told."""
        names: list[str] = []
        for racer in self._session.document.race.racers:
            names += [o.name for o in numbers_of(racer) if o.name not in ("learning_rate", *names)]
        if [None, *names] != [self._second.itemData(k) for k in range(self._second.count())]:
            chosen = self._second.currentData()
            with QSignalBlocker(self._second):
                self._second.clear()
                self._second.addItem(self.tr("nothing else"), None)
                for name in names:
                    self._second.addItem(rules.spoken(name), name)
                self._second.setCurrentIndex(names.index(chosen) + 1 if chosen in names else 0)

    def _options(self) -> tuple[str, ...]:
        second = self._second.currentData()
        return ("learning_rate",) if second is None else ("learning_rate", second)

    def job(self) -> Job:
        document = self._session.document
        if not any(racer.enabled for racer in document.race.racers):
            raise DocumentError("no racer takes part; add one or switch one on")
        options, budget, count = self._options(), int(self._budget.value()), int(self._starts.value())
        starts = random_starts(document, count) if count else None
        return lambda progress, cancelled: _run(document, options, budget, starts, progress, cancelled)

    def key(self) -> Any:
        document, options = self._session.document, self._options()
        racers = [
            (i, racer.plain(options=_without(racer.options, options)))
            for i, racer in enumerate(document.race.racers)
            if racer.enabled
        ]
        region = document.axes_and_ranges() if self._starts.value() else None
        numbers = self._budget.value(), self._starts.value()
        return program_key(document), document.start, racers, options, region, numbers

    def show_result(self) -> None:
        result = self.result
        tuned = () if result is None else result.tuned
        self.table.setRowCount(len(tuned))
        for row, one in enumerate(tuned):
            found = ", ".join(
                f"{rules.spoken(name)} {format_value(one.given[name], 4)} → {format_value(value, 4)}"
                for name, value in one.found.items()
            )
            cells = (
                one.racer.title,
                found or self.tr("nothing to tune"),
                _loss(one.score_given),
                _loss(one.score),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column > 1:
                    item.setTextAlignment(_RIGHT)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.table.resizeColumnToContents(0)
        told = "" if result is None else from_engine(str(result).partition("\n")[0])
        self._report.setText(self.tr("{0}.").format(told) if told else "")
        self._copy.setEnabled(bool(tuned))
        self._use.setEnabled(bool(tuned))

    def summary(self) -> str:
        better = sum(one.score < one.score_given for one in self.result.tuned)
        count = self.result.count
        return self.tr("{0} of %n racers do better with what was found.", "", count).format(better)

    def use(self) -> None:
        """Give the racers their settings; they keep everything that was not tuned."""
        document, result = self._session.document, self.result
        rows = [i for i, racer in enumerate(document.race.racers) if racer.enabled]
        racers = list(document.race.racers)
        for row, one in zip(rows, result.tuned, strict=False):
            told = {name: float(f"{value:.6g}") for name, value in one.found.items()}
            racers[row] = racers[row].replace(options={**racers[row].options, **told})
        if racers != list(document.race.racers):
            self._session.edit(self.tr("Tune all racers"), edits.set_racers(document, racers))
        self.say(self.tr("The racers have what was found; undo takes it back."))


def _without(options: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in names}


def _loss(score: float) -> str:
    return (
        format_measured(score, 4)
        if np.isfinite(score)
        else QCoreApplication.translate("FairPage", "diverged")
    )
