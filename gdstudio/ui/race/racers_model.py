"""The racers of the document as a Qt table model: one row per racer, edits through the session's undo stack.

Rows stand in the document's order always; nothing here sorts.
"""

from __future__ import annotations

import itertools
import math
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor

from gdstudio.document.model import Document, DocumentError, RacerSettings
from gdstudio.engine import EngineError, optimizers
from gdstudio.ui import commands
from gdstudio.ui import theme as themes
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.numbers import (
    NumberError,
    Range,
    format_measured,
    format_point,
    format_value,
)
from gdstudio.ui.race.results import RacerResult, RowResults
from gdstudio.ui.race.start_text import first_of_start, named_start, read_start, start_text
from gdstudio.ui.session import Session
from gdstudio.ui.theme import RacerStyle
from gdstudio.ui.translation import from_engine, of_error

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WAIT_BEFORE_FADING_MS = 150


class Column(IntEnum):
    """The columns from left to right."""

    ON = 0
    COLOR = 1
    NAME = 2
    OPTIMIZER = 3
    LEARNING_RATE = 4
    OPTIONS = 5
    START = 6
    LOSS = 7
    STATUS = 8


# How a racer is drawn.
STYLE_ROLE = Qt.ItemDataRole.UserRole + 1

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_EDITABLE = (Column.NAME, Column.OPTIMIZER, Column.LEARNING_RATE, Column.START)


class RacersModel(QAbstractTableModel):
    """The table behind `racersTable`.

    Signals:
        refused(str): an edit that cannot be made, in one sentence; the old value stays.
        losses_changed: the column of losses, and nothing else, shows another step.
    """

    refused = Signal(str)
    losses_changed = Signal()

    def __init__(self, session: Session, parent: Any = None) -> None:
        super().__init__(parent)
        self._session = session
        self._results = RowResults()
        self._rows: list[RacerResult | None] = []
        self._leader: int | None = None
        self._faded = False
        self._painted: list[tuple[Any, ...]] = []
        self._count = len(session.document.race.racers)
        self._waiting = QTimer(self, singleShot=True, interval=_WAIT_BEFORE_FADING_MS)
        self._waiting.timeout.connect(self._fade)
        session.document_changed.connect(self._document_changed)
        session.document_opened.connect(self._document_opened)
        session.race_computed.connect(self._race_computed)
        session.step_changed.connect(self._step_changed)
        themes.switch().follow(self._repaint)
        self._take()
        self._refresh()

    # What the document holds

    @property
    def document(self) -> Document:
        return self._session.document

    def racer(self, row: int) -> RacerSettings:
        return self.document.race.racers[row]

    def _has(self, row: int) -> bool:
        """Whether the document has a racer in a row; the rows of the table follow it a moment later."""
        return row < len(self.document.race.racers)

    def result(self, row: int) -> RacerResult | None:
        """What the racer in a row did, as far as it is known."""
        return self._rows[row] if row < len(self._rows) else None

    def results(self) -> list[RacerResult | None]:
        """One entry per racer of the document, even while the rows have yet to follow it."""
        return [self.result(row) for row in range(len(self.document.race.racers))]

    def leader(self) -> int | None:
        """The row with the smallest loss at the playback step, None without racers."""
        return self._leader

    def text(self, row: int, column: Column) -> str:
        """What a cell says; of the losses, see `loss_text`."""
        looks = self._painted[row] if row < len(self._painted) else ()
        return looks[column][0] if looks else self._text(row, column, self.racer(row))

    def shorter_texts(self, row: int, column: Column) -> tuple[str, ...]:
        """What a cell can say where it has no room for its text, the shortest last."""
        result = self.result(row) if column == Column.STATUS and self.racer(row).enabled else None
        return () if result is None else (result.status_words(), result.status_word())

    def color(self, row: int, column: Column) -> QColor | None:
        """The colour of a cell's text, None = that of all texts."""
        racer = self.racer(row)
        waiting = self._faded and column in (Column.LOSS, Column.STATUS)
        shared_start = column == Column.START and racer.start is None
        if not racer.enabled or waiting or shared_start or column == Column.OPTIONS:
            return themes.current().muted
        return None

    def style(self, row: int) -> RacerStyle:
        """How the racer of a row is drawn."""
        return themes.current().racer(*self.racer(row).look(row))

    def status(self, row: int) -> str | None:
        """How the race of a row ended, None where there is none."""
        result = self.result(row)
        return result.status if result is not None and self.racer(row).enabled else None

    def _document_changed(self, change: Any) -> None:
        if change.race_course or change.graph or change.values:
            self._waiting.start()
        elif not change.race:
            return
        self._follow_rows()

    def _document_opened(self, *_: Any) -> None:
        self._take()
        self._follow_rows()

    def _race_computed(self, *_: Any) -> None:
        self._waiting.stop()
        self._faded = False
        self._take()
        self._follow_rows()

    def _take(self) -> None:
        self._results.take(self.document, self._session.race_result, self._session.race_rows)

    def _follow_rows(self) -> None:
        count = len(self.document.race.racers)
        if count != self._count:
            self.beginResetModel()
            self._count = count
            self._refresh()
            self.endResetModel()
            self._painted = [self._looks(row) for row in range(count)]
        else:
            self._refresh()
            self._repaint_changed()

    def _refresh(self) -> None:
        self._rows = self._results.rows(self.document)
        self._find_leader()

    def _find_leader(self) -> None:
        step = self._session.step
        losses = [(self._loss(row, step), row) for row in range(self._count)]
        known = [(loss, row) for loss, row in losses if loss is not None and math.isfinite(loss)]
        self._leader = min(known)[1] if len(known) > 1 else None

    def loss_text(self, row: int, digits: int = 5) -> str:
        """The loss of a row at the step shown, – where there is none."""
        loss = self._loss(row, self._session.step) if self.racer(row).enabled else None
        return "–" if loss is None else format_measured(loss, digits)

    def _loss(self, row: int, step: int) -> float | None:
        result = self.result(row)
        return None if result is None else result.loss_at(step)

    def _step_changed(self, *_: Any) -> None:
        self._find_leader()
        self.losses_changed.emit()

    def _fade(self) -> None:
        self._faded = True
        self._repaint()

    def _repaint(self, *_: Any) -> None:
        self._painted = [()] * self._count
        self._repaint_changed()

    def _repaint_changed(self) -> None:
        """Repaint the losses and the cells that read differently: results come in every frame of a drag."""
        now = [self._looks(row) for row in range(self._count)]
        for row, (before, after) in enumerate(itertools.zip_longest(self._painted, now, fillvalue=())):
            if before == after:
                continue
            for column, (old, new) in enumerate(itertools.zip_longest(before, after)):
                # Cell by cell: of a wider change Qt repaints the whole table.
                if old != new:
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))
        self._painted = now
        self.losses_changed.emit()

    def _looks(self, row: int) -> tuple[Any, ...]:
        """What each cell of a row shows, but for its loss."""
        racer = self.racer(row)
        everywhere = racer.enabled, self._faded
        texts = [self._text(row, column, racer) for column in Column if column != Column.LOSS]
        texts.insert(Column.LOSS, "")
        looks: list[tuple[Any, ...]] = [(text, *everywhere) for text in texts]
        looks[Column.COLOR] += racer.look(row)
        looks[Column.START] += (racer.start is None,)
        return tuple(looks)

    # QAbstractTableModel

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[column][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._titles()[column][1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (Column.LEARNING_RATE, Column.LOSS) else _LEFT
        return None

    def _titles(self) -> dict[Column, tuple[str, str]]:
        return {
            Column.ON: ("", self.tr("Whether the racer takes part")),
            Column.COLOR: ("", self.tr("Colour, dash and marker of the racer in every view")),
            Column.NAME: (self.tr("Racer"), self.tr("The racer's name")),
            Column.OPTIMIZER: (self.tr("Optimizer"), self.tr("The update rule")),
            Column.LEARNING_RATE: (
                self.tr("Learning rate"),
                self.tr("Size of the steps: type a number, turn the wheel or drag sideways"),
            ),
            Column.OPTIONS: (self.tr("Hyper-parameters"), self.tr("The rule's other options")),
            Column.START: (self.tr("Start"), self.tr("Where the racer starts")),
            Column.LOSS: (self.tr("Loss"), self.tr("The loss at the step shown; ★ marks the smallest")),
            Column.STATUS: (self.tr("Status"), self.tr("How the whole race ends for the racer")),
        }

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = Column(index.column())
        if column == Column.ON:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if column in _EDITABLE:
            racer = self.racer(index.row())
            if column != Column.LEARNING_RATE or rules.option_of(racer.optimizer, "learning_rate"):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._count:
            return None
        row, column = index.row(), Column(index.column())
        racer = self.racer(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column, racer)
            case Qt.ItemDataRole.EditRole:
                return self._value(column, racer)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column, racer)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles()[column][0]}: {self._text(row, column, racer)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in (Column.LEARNING_RATE, Column.LOSS) else _LEFT
            case Qt.ItemDataRole.ForegroundRole:
                return self.color(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == Column.ON:
                return Qt.CheckState.Checked if racer.enabled else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, 26)
        if role == STYLE_ROLE:
            return self.style(row)
        return None

    def _text(self, row: int, column: Column, racer: RacerSettings) -> str:
        match column:
            case Column.NAME:
                return racer.label
            case Column.OPTIMIZER:
                return rules.shown_short_title(racer.optimizer)
            case Column.LEARNING_RATE:
                value = rules.value_of(racer, "learning_rate")
                return "–" if value is None else format_value(value)
            case Column.OPTIONS:
                return rules.summary(racer) or "–"
            case Column.START:
                numbers, size = first_of_start(self.document, racer)
                return format_point(numbers, size=size)
            case Column.LOSS:
                return self.loss_text(row)
            case Column.STATUS:
                result = self.result(row)
                if not racer.enabled:
                    return self.tr("off")
                if result is None:
                    return self.tr("no result") if "race" in self._session.problems else "…"
                return result.outcome()
        return ""

    def _value(self, column: Column, racer: RacerSettings) -> Any:
        match column:
            case Column.NAME:
                return racer.label
            case Column.OPTIMIZER:
                return racer.optimizer
            case Column.LEARNING_RATE:
                return rules.value_of(racer, "learning_rate")
            case Column.START:
                return start_text(self.document, racer)
        return None

    def _tip(self, row: int, column: Column, racer: RacerSettings) -> str | None:
        match column:
            case Column.NAME:
                return rules.full_name(racer)
            case Column.OPTIMIZER:
                return f"{rules.shown_title(racer.optimizer)}: {rules.shown_meaning(racer.optimizer)}"
            case Column.OPTIONS:
                return self._text(row, column, racer)
            case Column.START:
                where = named_start(self.document, racer)
                return where + self.tr(" (the values in the graph)") if racer.start is None else where
            case Column.STATUS | Column.LOSS:
                result = self.result(row)
                if not racer.enabled:
                    return None
                return self._session.problems.get("race") if result is None else from_engine(result.reason)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        # The editor of a racer that is gone closes last, and gives what stood in it.
        if not index.isValid() or not self._has(index.row()):
            return False
        row, column = index.row(), Column(index.column())
        try:
            if role == Qt.ItemDataRole.CheckStateRole and column == Column.ON:
                self.set_enabled(row, Qt.CheckState(value) == Qt.CheckState.Checked)
            elif role != Qt.ItemDataRole.EditRole:
                return False
            elif column == Column.NAME:
                edited = commands.set_racer_name(self.document, row, str(value))
                self._edit(self.tr("Rename racer"), edited)
            elif column == Column.OPTIMIZER:
                self.set_optimizer(row, value)
            elif column == Column.LEARNING_RATE:
                self.set_learning_rate(row, value)
            elif column == Column.START:
                self.set_start(row, str(value))
            else:
                return False
        except (commands.CommandError, NumberError, EngineError, DocumentError) as error:
            self.refused.emit(of_error(error))
            return False
        return True

    # Edits

    def _edit(self, text: str, document: Document, merge: str | None = None) -> None:
        if document is not self.document:
            self._session.edit(text, document, merge)

    def set_enabled(self, row: int, enabled: bool) -> None:
        name = self.racer(row).label
        text = self.tr("Switch {0} on") if enabled else self.tr("Switch {0} off")
        self._edit(text.format(name), commands.set_enabled(self.document, row, enabled))

    def set_optimizer(self, row: int, optimizer: rules.Optimizer) -> None:
        """Give a racer another rule. Raises EngineError for an unknown one."""
        text = self.tr("Change optimizer of {0}").format(self.racer(row).label)
        self._edit(text, edits.set_optimizer(self.document, row, optimizer))

    def set_learning_rate(self, row: int, value: Any, merge: str | None = None) -> None:
        """Set the learning rate from a number or from typed text, if the racer is still there. Raises NumberError."""
        if not self._has(row):
            return
        racer = self.racer(row)
        option = rules.option_of(racer.optimizer, "learning_rate")
        if option is None:
            title = optimizers.get(racer.optimizer).title
            raise NumberError(self.tr("{0} finds its step by itself and has no learning rate").format(title))
        number = read_option(option, value)
        text = self.tr("Change learning rate of {0}").format(racer.label)
        self._edit(text, commands.set_option(self.document, row, option.name, number), merge)

    def set_start(self, row: int, text: str) -> None:
        """Set the start from text such as "2, 2", see `read_start`. Raises NumberError."""
        racer = self.racer(row)
        label = self.tr("Move start of {0}").format(racer.label)
        start, now = read_start(self.document, racer, text), racer.start
        # Neither what is there already nor the graph's own values, typed out, is an edit.
        if start != now and (now is not None or start != self.document.start):
            self._edit(label, commands.set_start(self.document, row, start))


def read_option(option: Any, value: Any) -> float:
    """The number for an option, from a number or typed text; NumberError names the option."""
    try:
        return Range.of(option).read(value if isinstance(value, str) else repr(float(value)))
    except NumberError as error:
        raise NumberError(rules.refusal(option.name, str(error))) from None
