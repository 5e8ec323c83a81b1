"""The dialog that asks which columns of a table go to which nodes of the graph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import Document
from gdstudio.engine import EngineError
from gdstudio.engine.data import Table
from gdstudio.ui import theme
from gdstudio.ui.commands import CommandError
from gdstudio.ui.graph import csv_columns as columns
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.faces import sentence
from gdstudio.ui.race.named import named
from gdstudio.ui.translation import sentences

_SIZE = QSize(560, 420)
_HEADING, _VALUES, _NODE = range(3)
_FIXED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class TableDialog(QDialog):
    """Shows the columns of a table with their first values; the node that each goes to can be chosen or typed.

    Signals:
        chosen(dict): the arrays by the name of their node; the dialog is over.
    """

    chosen = Signal(object)

    def __init__(
        self,
        table: Table,
        first_values: Sequence[str],
        document: Document,
        target: str | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tableDialog")
        self.setWindowTitle(self.tr("Load {0}").format(table.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self._table = table
        self._document = document
        rows, count = table.values.shape
        intro = named(QLabel(), "tableIntro")
        intro.setWordWrap(True)
        intro.setText(
            sentences(
                self.tr("%n row(s).", "", rows),
                self.tr(
                    "Columns with the same node stand side by side in its matrix; a new name makes a new node."
                ),
            )
        )
        self._list = named(QTableWidget(count, 3), "tableColumns", self.tr("Columns and their nodes"))
        for section, title in enumerate((self.tr("Column"), self.tr("First values"), self.tr("Node"))):
            item = QTableWidgetItem(title)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._list.setHorizontalHeaderItem(section, item)
        self._list.verticalHeader().hide()
        self._list.setShowGrid(False)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        # A click opens a cell, see below.
        Trigger = QAbstractItemView.EditTrigger
        self._list.setEditTriggers(Trigger.AnyKeyPressed | Trigger.EditKeyPressed)
        self._list.setItemDelegateForColumn(_NODE, _NodeCells(columns.tables_of(document.graph), self._list))
        header = self._list.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(_VALUES, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(_HEADING, 150)
        header.resizeSection(_NODE, 150)
        self._fill(first_values, columns.proposal(table, document.graph, target))
        self._summary = named(QLabel(), "tableSummary", self.tr("What the nodes will hold"))
        self._summary.setWordWrap(True)
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName("tableCancel")
        self._load = buttons.addButton(self.tr("Load"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._load.setObjectName("tableLoad")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(intro)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._summary)
        layout.addWidget(buttons)
        self._list.setCurrentCell(0, _NODE)
        self._arrays: dict[str, np.ndarray] = {}
        self._list.cellClicked.connect(self._edit)
        self._list.itemChanged.connect(lambda _item: self._follow())
        self._follow()

    def _fill(self, first_values: Sequence[str], assignment: columns.Assignment) -> None:
        rows = zip(self._table.columns, first_values, assignment, strict=True)
        for row, texts in enumerate(rows):
            for section, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if section != _NODE:
                    item.setFlags(_FIXED)
                item.setToolTip(text)
                self._list.setItem(row, section, item)

    def _edit(self, row: int, section: int) -> None:
        if section == _NODE:
            self._list.edit(self._list.model().index(row, section))

    def _follow(self) -> None:
        """Say what the nodes will hold, or why that cannot be."""
        colors = theme.current()
        cells = self._list.model()
        assignment = tuple(str(cells.index(row, _NODE).data()).strip() for row in range(cells.rowCount()))
        graph = self._document.graph
        try:
            self._arrays = columns.arrays(self._table, graph, assignment)
            after = columns.with_arrays(self._document, self._arrays, {}).graph
        except (CommandError, EngineError) as error:
            self._arrays = {}
            self._tell(sentence(str(error)), colors.error.name())
            return
        if not self._arrays:
            self._tell(
                self.tr("Click a cell of the column “Node” and say where its numbers go."),
                colors.muted.name(),
            )
            return
        held = " · ".join(
            f"{name}: {numbers.shape_text(array.shape)}" for name, array in self._arrays.items()
        )
        problem = next((text for id, text in after.problems.items() if id not in graph.problems), None)
        if problem is not None:
            held += "\n" + self.tr("Something else has to change with it: {0}").format(sentence(problem))
        self._tell(held, colors.muted.name())

    def _tell(self, text: str, color: str) -> None:
        self._summary.setText(text)
        self._summary.setStyleSheet(f"color: {color};")
        self._load.setEnabled(bool(self._arrays))

    def _take(self) -> None:
        self._load.setFocus()  # takes what is still being typed in a cell
        if self._arrays:
            arrays = self._arrays
            self.accept()
            self.chosen.emit(arrays)


class _NodeCells(QStyledItemDelegate):
    """Opens a list of the leaves, in which another name can be typed."""

    def __init__(self, names: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._names = names

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = named(QComboBox(parent), "tableNode", self.tr("Node of the column"))
        field.setEditable(True)
        field.addItems(["", *self._names])
        field.activated.connect(lambda _: self.commitData.emit(field) if field.isVisible() else None)
        return field

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        tip = QPointF(option.rect.right() - 12, option.rect.center().y() + 3)
        painter.save()
        painter.setPen(QPen(theme.current().muted, 1.2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])
        painter.restore()

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(str(index.data() or ""))
        field = editor.lineEdit()
        if field is not None:
            field.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentText().strip())
