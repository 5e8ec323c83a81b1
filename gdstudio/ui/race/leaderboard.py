"""The leaderboard: every racer's numbers at the end of the race, ranked by the column that is clicked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import LARGEST_BUDGET, RaceSettings
from gdstudio.engine.cached import cached_property
from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.race import rules
from gdstudio.ui.race.cells import ROW_HEIGHT
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range, format_measured, format_point
from gdstudio.ui.race.podium import Podium
from gdstudio.ui.race.results import RacerResult
from gdstudio.ui.race.standings import MEASURES, Standing, common_target, ranked, standing
from gdstudio.ui.race.swatches import swatch_icon
from gdstudio.ui.theme import RacerStyle, Theme
from gdstudio.ui.translation import from_engine

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WHOLE = ("steps_to", "evaluations_to", "evaluations")
_TARGETS = Range("log", None, None, 1e-3)
_BUDGETS = Range("log", 0, LARGEST_BUDGET, 1000, whole=True)
PLACE, NAME = "place", "name"
COLUMNS = (PLACE, NAME, "status", "loss", "best", "steps_to", "evaluations_to", "distance", "evaluations")
_WIDEST = 240


@dataclass(frozen=True)
class Entry:
    """One line of the board.

    Attributes:
        row: the racer's place in the document.
        standing: None for a racer that has no result.
        status: how it ended, in words.   reason: the whole sentence.
        before: this is its run before the last change.
    """

    row: int
    name: str
    style: RacerStyle
    standing: Standing | None
    status: str
    reason: str
    before: bool = False


class BoardModel(QAbstractTableModel):
    """The entries, ranked by one of the measures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._measure = "loss"

    @property
    def measure(self) -> str:
        return self._measure

    def entry(self, line: int) -> Entry:
        return self._entries[line]

    def entries(self) -> list[Entry]:
        """From the first to the last."""
        return list(self._entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = self._sorted(entries)
        self.endResetModel()

    def rank_by(self, measure: str) -> None:
        if measure != self._measure:
            self._measure = measure
            self.show_entries(self._entries)

    def _sorted(self, entries: Sequence[Entry]) -> list[Entry]:
        known = [entry for entry in entries if entry.standing is not None]
        order = ranked([entry.standing for entry in known], self._measure)
        return [known[k] for k in order]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @cached_property
    def _titles(self) -> dict[str, tuple[str, str]]:
        return {
            PLACE: ("", self.tr("Place by the measure that is chosen")),
            NAME: (self.tr("Racer"), self.tr("The racer's name")),
            "loss": (self.tr("Loss"), self.tr("The loss at the end of the race, or of the budget")),
            "best": (self.tr("Best loss"), self.tr("The smallest loss on the way")),
            "steps_to": (self.tr("Steps to target"), self.tr("After how many steps the target was reached")),
            "evaluations_to": (
                self.tr("Evals to target"),
                self.tr("After how many gradient evaluations the target was reached"),
            ),
            "distance": (self.tr("Distance"), self.tr("How far from the nearest known minimum at the end")),
            "evaluations": (self.tr("Evals"), self.tr("Gradient evaluations in all")),
            "status": (self.tr("How it ended"), self.tr("How it ended, and where")),
        }

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        title, tip = self._titles[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{title} ▲" if column == self._measure else title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip + (self.tr("; click to rank by it") if column in MEASURES else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in MEASURES else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry, column = self._entries[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index.row(), entry, column)
            case Qt.ItemDataRole.DecorationRole if column == NAME:
                return swatch_icon(entry.style, pale=entry.before)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in MEASURES or column == PLACE else _LEFT
            case Qt.ItemDataRole.ForegroundRole if entry.before:
                return themes.current().muted
            case Qt.ItemDataRole.ToolTipRole if column == "status":
                return entry.reason
            case Qt.ItemDataRole.ToolTipRole if column == NAME:
                return entry.name
        return None

    def _text(self, line: int, entry: Entry, column: str) -> str:
        standing = entry.standing
        assert standing is not None, "only racers with a result are on the board"
        if column == PLACE:
            return "–" if standing.diverged else str(line + 1)
        if column == NAME:
            return self.tr("{0}, before").format(entry.name) if entry.before else entry.name
        if column == "status":
            point = format_point(standing.end)
            return entry.status if standing.diverged else self.tr("{0} at {1}").format(entry.status, point)
        value = MEASURES[column](standing)
        if math.isnan(value):
            return "–"
        return f"{round(value)}" if column in _WHOLE else format_measured(value)


class Leaderboard(QWidget):
    """The board with its target and its budget.

    Signals:
        racer_asked(int): a line was clicked.
        target_edited(object): a person set the loss to be reached, a float, or None for one that fits.
        budget_edited(int): a person set the budget in gradient evaluations, 0 for none.
        refused(str): a typed number that cannot be taken, in one sentence.
    """

    racer_asked = Signal(int)
    target_edited = Signal(object)
    # A budget is beyond 32 bits.
    budget_edited = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leaderboard")
        self.setAccessibleName(self.tr("Leaderboard"))
        self.model = BoardModel(self)
        self._results: list[RacerResult | None] = []
        self._entries: list[tuple[int, str, RacerStyle, RacerResult, bool]] = []
        self._minima = np.empty((0, 0))
        self._race = RaceSettings()
        self._stale = False
        self._selected: int | None = None

        self._target = named(
            NumberField(_TARGETS, _TARGETS.default),
            "leaderTarget",
            self.tr("Target"),
            self.tr(
                "A loss to be reached; by itself it is one that every racer reaches that does not diverge"
            ),
        )
        self._target.setFixedWidth(88)
        self._automatic = named(
            QToolButton(), "leaderTargetReset", self.tr("Choose the target by itself"),
            self.tr("Choose the target by itself"),
        )  # fmt: skip
        self._automatic.setFixedSize(22, 22)
        self._budget = named(
            NumberField(_BUDGETS, 0.0),
            "leaderBudget",
            self.tr("Budget in gradient evaluations"),
            self.tr(
                "Compare what everybody has after so many gradient evaluations; 0 = after the whole race"
            ),
        )
        self._budget.setFixedWidth(80)
        self.podium = Podium()
        self.podium.setObjectName("leaderPodium")
        self._table = named(QTableView(), "leaderTable", self.tr("Leaderboard"))
        self._dress_table()
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(6)
        for text, field in ((self.tr("Target"), self._target), (self.tr("Budget, evals"), self._budget)):
            label = QLabel(text)
            label.setBuddy(field)
            label.setToolTip(field.toolTip())
            top.addWidget(label)
            top.addWidget(field)
            if field is self._target:
                top.addWidget(self._automatic)
                top.addSpacing(8)
        top.addSpacing(8)
        top.addWidget(self.podium, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._table, 1)

        self._target.value_edited.connect(lambda value, _: self.target_edited.emit(value))
        self._target.refused.connect(lambda s: self.refused.emit(self.tr("target: {0}").format(s)))
        self._budget.value_edited.connect(lambda value, _: self.budget_edited.emit(round(value)))
        self._budget.refused.connect(lambda s: self.refused.emit(self.tr("budget: {0}").format(s)))
        self._automatic.clicked.connect(lambda: self.target_edited.emit(None))
        self._table.clicked.connect(lambda index: self.racer_asked.emit(self.model.entry(index.row()).row))
        self._table.horizontalHeader().sectionClicked.connect(self._rank_by)
        themes.switch().follow(self.set_theme)
        self.set_theme(themes.current())

    def _dress_table(self) -> None:
        table = self._table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setIconSize(QSize(26, 14))
        table.setWordWrap(False)
        # The keys stay with the table of racers, where they play and step.
        table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMaximumSectionSize(_WIDEST)

    # What is shown

    def show_race(
        self,
        race: RaceSettings,
        styles: Sequence[RacerStyle],
        results: Sequence[RacerResult | None],
        minima: np.ndarray,
        previous: dict[int, RacerResult],
    ) -> None:
        """Rank the racers of a race, with one style and one result for each, and these runs before the last change."""
        self._race = race
        rows = [(row, result, False) for row, result in enumerate(results)]
        rows += [(row, result, True) for row, result in previous.items()]
        self._entries = [
            (row, race.racers[row].label, styles[row], result, before)
            for row, result, before in rows
            if result is not None
        ]
        self._results, self._minima = list(results), minima
        self._rank()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self._rank()

    def set_theme(self, theme: Theme) -> None:
        self._automatic.setIcon(icon("default"))
        # As quiet as in the table of racers.
        self._table.setStyleSheet(
            f"QTableView {{ selection-background-color: {theme.hover.name()};"
            f" selection-color: {theme.text.name()}; }}"
        )
        self._table.viewport().update()

    def select(self, row: int | None) -> None:
        """Mark one racer's line."""
        self._selected = row
        lines = [k for k, entry in enumerate(self.model.entries()) if entry.row == row and not entry.before]
        if lines:
            self._table.selectRow(lines[0])
        else:
            self._table.clearSelection()

    def winners(self) -> list[tuple[str, RacerStyle]]:
        """The racers by their loss at the end, those that diverged left out."""
        entries = [
            (name, style, standing(result)) for _, name, style, result, before in self._entries if not before
        ]
        order = ranked([each for _, _, each in entries], "loss")
        return [entries[k][:2] for k in order if not entries[k][2].diverged]

    def _rank_by(self, section: int) -> None:
        if COLUMNS[section] in MEASURES:
            self.model.rank_by(COLUMNS[section])
            self.select(self._selected)

    def _rank(self) -> None:
        # A drag brings results in every frame; nobody looks at a page that is hidden.
        self._stale = not self.isVisible()
        if self._stale:
            return
        own = self._race.target
        target = common_target(self._results) if own is None else own
        if not math.isnan(target):
            self._target.set_value(target)
        self._automatic.setEnabled(own is not None)
        self._budget.set_value(self._race.budget or 0)
        budget = math.inf if self._race.budget is None else self._race.budget
        self.model.show_entries(
            [
                Entry(
                    row,
                    # The settings are those of the newest run.
                    name if before else rules.full_name(self._race.racers[row]),
                    style,
                    standing(result, target, self._minima, budget),
                    result.outcome() if result.status == "diverged" else result.status_words(),
                    from_engine(result.reason),
                    before,
                )
                for row, name, style, result, before in self._entries
            ]
        )
        self.select(self._selected)
