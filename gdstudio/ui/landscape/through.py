"""The point through which a slice goes: a table of the coordinates that are no axis, and points to take it from.

Each change is an edit of the document, so the surface follows while the dialog is open, and undo takes it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import commands, theme
from gdstudio.ui.race.named import named
from gdstudio.ui.race.numbers import format_value, parse_number
from gdstudio.ui.session import Session
from gdstudio.ui.translation import of_error

_NOWHERE = QModelIndex()
# From so many rows on, a name is sooner typed than found.
_SEARCHED = 12

Index = QModelIndex | QPersistentModelIndex
Point = tuple[float, ...]


class PointModel(QAbstractTableModel):
    """Names and values of coordinates; values are edited.

    Signals:
        changed(int, float): a person wants another value of the coordinate at this place of the point.
        refused(str): what was typed is no number; one sentence.
    """

    changed = Signal(int, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._places: tuple[int, ...] = ()
        self._names: tuple[str, ...] = ()
        self._values: Point = ()

    def show_point(self, names: Sequence[str], places: Sequence[int], point: Sequence[float]) -> None:
        """Show the coordinates at these places of a point."""
        rows = tuple(places)
        named_rows = tuple(names[place] for place in rows)
        values = tuple(float(point[place]) for place in rows)
        if (rows, named_rows) != (self._places, self._names):
            self.beginResetModel()
            self._places, self._names, self._values = rows, named_rows, values
            self.endResetModel()
        elif values != self._values:
            self._values = values
            self.dataChanged.emit(self.index(0, 1), self.index(len(rows) - 1, 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Coordinate"), self.tr("Value"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            row = index.row()
            return format_value(self._values[row]) if index.column() else self._names[row]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        try:
            number = parse_number(str(value))
        except ValueError as error:
            self.refused.emit(self.tr("{0}; write one such as 0.5.").format(of_error(error)))
            return False
        self.changed.emit(self._places[index.row()], number)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() else plain


class ThroughDialog(QDialog):
    """Chooses the point; stays beside the window, which follows."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("throughDialog")
        self.setWindowTitle(self.tr("Slice Through a Point"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._model = PointModel(self)
        self._model.changed.connect(self._change)
        self._model.refused.connect(self._say)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = named(QLineEdit(), "throughSearch", self.tr("Coordinates whose names contain this"))
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._sorted.setFilterFixedString)
        self.table = named(
            QTableView(),
            "throughTable",
            self.tr("The other coordinates of the point that the slice goes through"),
        )
        self.table.setModel(self._sorted)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.own = self._source("throughOwn", self.tr("The Graph's Own Point"))
        self.racer = self._source("throughRacer", self.tr("Where the Racer Is"))
        self.start = self._source("throughStart", self.tr("Its Start"))
        self.own.clicked.connect(lambda: self._take(None))
        self.racer.clicked.connect(lambda: self._take_racer(None))
        self.start.clicked.connect(lambda: self._take_racer(0))
        self._words = QLabel()
        self._words.setObjectName("throughWords")
        self._words.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        sources = QHBoxLayout()
        for button in (self.own, self.racer, self.start):
            sources.addWidget(button)
        sources.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(sources)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self._words)
        column.addWidget(buttons)
        self.resize(460, 380)
        for changed in (session.document_changed, session.grid_computed, session.racer_selected):
            changed.connect(self._show)
        session.race_computed.connect(self._show)
        session.document_opened.connect(self.close)
        self._show()

    @staticmethod
    def _source(name: str, text: str) -> QPushButton:
        button = named(QPushButton(text), name, text)
        button.setAutoDefault(False)
        return button

    def _show(self, *_: object) -> None:
        """Bring the table and the buttons up to date."""
        session = self._session
        document, grid = session.document, session.grid
        names, axes = document.coordinates, () if grid is None else grid.axes
        places = [place for place, name in enumerate(names) if name not in axes]
        if not places:
            self.close()
            return
        self._model.show_point(names, places, slice_point(session))
        self.search.setVisible(len(places) >= _SEARCHED or bool(self.search.text()))
        row = session.selected_racer
        is_racing = session.racer_point is not None
        for button in (self.racer, self.start):
            button.setEnabled(is_racing)
        label = "" if row is None else document.race.racers[row].label
        where = self.tr("Where {0} Is").format(label) if is_racing else self.tr("Where the Racer Is")
        self.racer.setText(where.replace("&", "&&"))
        hint = "" if is_racing else self.tr("Select a racer to take its point.")
        for button in (self.racer, self.start):
            button.setToolTip(hint)
        self._say(hint)

    def _say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self._words.setStyleSheet(f"color: {theme.current().muted.name()};")

    def _change(self, place: int, value: float) -> None:
        point = list(slice_point(self._session))
        point[place] = value
        self._take(tuple(point))

    def _take_racer(self, step: int | None) -> None:
        """The selected racer's point after so many steps; None = at the step shown."""
        session = self._session
        result, row = session.race_result, session.selected_racer
        if result is None or row not in session.race_rows:
            return
        point = session.racer_point if step is None else result.paths[session.race_rows.index(row)][step]
        if point is not None and np.isfinite(point).all():
            self._take(tuple(float(number) for number in point))

    def _take(self, point: Point | None) -> None:
        """Have the slice go through a point, and no longer follow a racer."""
        session = self._session
        document = commands.set_landscape(session.document, at=point, follow=False)
        session.edit(self.tr("Slice through a point"), document)


def slice_point(session: Session) -> Point:
    """The point through which the slice of a session goes now."""
    document, settings = session.document, session.document.landscape
    racer = session.racer_point if settings.follow else None
    if racer is not None and len(racer) == len(document.coordinates):
        return tuple(float(number) for number in racer)
    fits = settings.at is not None and len(settings.at) == len(document.coordinates)
    return settings.at if fits and settings.at is not None else document.start
