"""The side list of everything that can be added, by category; its entries are dragged onto the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gdstudio.ui.graph.search import entries

OPERATION_MIME = "application/x-gdstudio-operation"
_OPERATION = Qt.ItemDataRole.UserRole
_WIDTH = 200
_SIGN_WIDTH = 56
_LONGEST_SIGN = 6


class NodeShelf(QTreeWidget):
    """Categories with their operations. `chosen(op)` fires for Enter; dragging carries the name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nodeShelf")
        self.setAccessibleName(self.tr("Nodes to drag onto the graph"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(1, _SIGN_WIDTH)
        self.setFixedWidth(_WIDTH)
        self.setIndentation(12)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        groups: dict[str, QTreeWidgetItem] = {}
        for entry in entries():
            group = groups.get(entry.category)
            if group is None:
                group = groups[entry.category] = QTreeWidgetItem([entry.category])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.addTopLevelItem(group)
                group.setFirstColumnSpanned(True)
            sign = entry.symbol if entry.symbol != entry.title and len(entry.symbol) <= _LONGEST_SIGN else ""
            item = QTreeWidgetItem([entry.title, sign])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, _OPERATION, entry.key)
            item.setToolTip(0, entry.hint)
            group.addChild(item)
        self.expandAll()
        self.itemActivated.connect(self._activate)
        self.hide()

    def _activate(self, item: QTreeWidgetItem) -> None:
        op = item.data(0, _OPERATION)
        if op:
            self.chosen.emit(op)

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """The operation of the dragged entry."""
        data = QMimeData()
        for item in items:
            op = item.data(0, _OPERATION)
            if op:
                data.setData(OPERATION_MIME, op.encode())
        return data
