"""A bar below the canvas with a table about the graph, computed off the GUI thread and kept in step with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import icons, theme
from gdstudio.ui.graph.faces import sentence
from gdstudio.ui.worker import Worker

# Edits in quick succession, as while a number is dragged, are answered together.
_PAUSE_MS = 60
_MOST_ROWS = 5
_ROW = 22


class StudyBar(QFrame):
    """A sentence, a table and a remark. Subclasses say what is computed and how it is shown.

    Signals:
        closed(): the bar has gone away.    shown(): a result is in view.
    """

    closed = Signal()
    shown = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._worker = Worker((), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._receive_failure)
        self._asked = 0
        self._answered = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.sentence = self._label(f"{name}Sentence")
        self.remark = self._label(f"{name}Remark")
        self.table = self._table(f"{name}Table")
        self._close = QToolButton()
        self._close.setObjectName(f"{name}Close")
        self._close.setAccessibleName(self.tr("Close (Esc)"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setIconSize(QSize(16, 16))
        self._close.clicked.connect(self.close_study)
        head = QHBoxLayout()
        head.addWidget(self.sentence, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 8, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.remark)
        theme.switch().follow(self._dress)
        self._dress()
        self.hide()

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label

    def _table(self, name: str) -> QTreeWidget:
        table = _Table(self)
        table.setObjectName(name)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.header().setStretchLastSection(False)
        table.header().setSectionsMovable(False)
        table.currentItemChanged.connect(self._follow_row)
        table.left.connect(self.close_study)
        return table

    def name_parts(self, label: str, *columns: str) -> None:
        """Give the bar its accessible name and the table its columns; the first one takes what room there is."""
        self.setAccessibleName(label)
        self.table.setAccessibleName(label)
        self.table.setColumnCount(len(columns))
        self.table.setHeaderLabels(list(columns))
        for column in range(len(columns)):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
            self.table.header().setSectionResizeMode(column, mode)
            left = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            self.table.headerItem().setTextAlignment(column, left | Qt.AlignmentFlag.AlignVCenter)

    def _dress(self, *_: object) -> None:
        colors = theme.current()
        name = self.objectName()
        self._close.setIcon(icons.icon("close"))
        self.setStyleSheet(
            f"#{name} {{ background: {colors.panel.name()}; border-top: 1px solid {colors.line.name()}; }}"
            f" #{name}Sentence {{ color: {colors.text.name()}; font-size: {theme.scaled(14)}px; }}"
            f" #{name}Remark {{ color: {colors.muted.name()}; }}"
            f" #{name}Table {{ background: transparent; border: none; outline: none;"
            f" selection-background-color: {colors.hover.name()}; selection-color: {colors.text.name()}; }}"
            f" #{name}Table::item {{ padding-left: 12px; }} #{name}Table::item:first {{ padding-left: 2px; }}"
        )

    # What subclasses say

    def job(self) -> Callable[[], Any]:
        """What computes the result; runs in the worker's thread."""
        raise NotImplementedError

    def show_result(self, result: Any) -> None:
        """Fill the bar."""
        raise NotImplementedError

    def show_failure(self, error: Exception) -> None:
        """Say what is wrong in the place of a result."""
        self.sentence.setText(sentence(str(error)))
        self.remark.setText("")
        self.set_rows([], -1)

    def row_chosen(self, index: int) -> None:
        """Another row is the current one; -1 = none."""

    def forget(self) -> None:
        """The bar goes away."""

    # Life

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    @property
    def is_idle(self) -> bool:
        """Whether what is shown belongs to the graph as it is."""
        return self._asked == self._answered and not self._pause.isActive()

    def open_study(self) -> None:
        """Compute and come into view once the result is there."""
        self._ask()

    def refresh(self) -> None:
        """Something that the table depends on has changed."""
        if self.is_open:
            self._pause.start()

    def close_study(self) -> None:
        """Go away."""
        self._pause.stop()
        self._asked += 1  # what is still being computed comes too late
        self._answered = self._asked
        if self.is_open:
            self.hide()
            self.forget()
            self.closed.emit()

    def close_worker(self) -> None:
        """Stop computing for good."""
        self._worker.close()

    def _ask(self) -> None:
        self._pause.stop()
        self._asked += 1
        job = self.job()
        self._worker.ask("study", self._asked, lambda _progress: job())

    def _receive(self, _kind: str, version: int, result: Any) -> None:
        if version != self._asked or version == self._answered:
            return
        self._answered = version
        if isinstance(result, Exception):
            self.show_failure(result)
        else:
            self.show_result(result)
        self.remark.setVisible(bool(self.remark.text()))
        rows = min(self.table.topLevelItemCount(), _MOST_ROWS)
        self.table.setVisible(rows > 0)
        self.table.setFixedHeight(rows * theme.scaled(_ROW) + self.table.header().sizeHint().height() + 4)
        self.table.header().setMaximumSectionSize(max(160, round(self.width() * 0.45)))
        comes = not self.is_open
        self.show()
        if comes:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _receive_failure(self, _kind: str, version: int, error: Exception) -> None:
        self._receive("", version, error)

    # Rows

    def set_rows(self, rows: Sequence[Sequence[str]], current: int) -> None:
        """Fill the table; the row `current` becomes the current one, none when it is -1."""
        self.table.blockSignals(True)
        self.table.clear()
        for texts in rows:
            item = QTreeWidgetItem(list(texts))
            for column in range(1, len(texts)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
            item.setSizeHint(0, QSize(10, theme.scaled(_ROW)))
            self.table.addTopLevelItem(item)
        chosen = self.table.topLevelItem(current)
        if chosen is not None:
            self.table.setCurrentItem(chosen)
        self.table.blockSignals(False)

    def tint(self, row: int, column: int, color: QColor) -> None:
        """Give a cell its colour."""
        item = self.table.topLevelItem(row)
        if item is not None:
            item.setForeground(column, color)

    def _follow_row(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        self.row_chosen(-1 if item is None else self.table.indexOfTopLevelItem(item))


class _Table(QTreeWidget):
    """A table that Escape leaves."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
