"""The table over the canvas for the numbers of a tensor: edited in place, pasted from a spreadsheet, reshaped."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.tensor_model import TensorModel, parse_shape
from gdstudio.ui.translation import of_error

_SIZE = QSize(460, 340)
_COLUMN = 78


class TensorTable(QFrame):
    """Shows one array. With `accept` it can be edited: Done and Ctrl+Enter call it, Escape gives up.

    `accept` returns None, or one sentence on why the array cannot be. `load` asks for a file with other numbers.
    `closed` says that the table is gone.
    """

    closed = Signal()

    def __init__(
        self,
        title: str,
        array: np.ndarray,
        accept: Callable[[np.ndarray], str | None] | None,
        parent: QWidget,
        load: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._home = parent
        self._accept = accept
        self._load = load
        self._start = np.array(array)
        self._done = False
        self._is_refused = False  # what was typed last is not among the numbers
        self.setObjectName("tensorTable")
        self.setAccessibleName(title)
        self.setAutoFillBackground(True)
        self.model = TensorModel(array, accept is not None, self._refuse)
        self._cells = QTableView()
        self._cells.setObjectName("tensorCells")
        self._cells.setAccessibleName(title)
        self._cells.setModel(self.model)
        self._cells.setTabKeyNavigation(True)
        self._cells.installEventFilter(self)
        self._cells.horizontalHeader().setDefaultSectionSize(_COLUMN)
        for header in (self._cells.horizontalHeader(), self._cells.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._cells.verticalHeader().setDefaultSectionSize(26)
        self._shape = QLineEdit()
        self._shape.setObjectName("tensorShape")
        self._shape.setAccessibleName(self.tr("Shape"))
        self._shape.setFixedWidth(96)
        self._shape.setReadOnly(accept is None)
        self._shape.setToolTip(self.tr("Rows × columns, such as 3×2; a single number makes a vector"))
        self._shape.editingFinished.connect(self._reshape)
        self._statistics = self._line("tensorStatistics")
        self._reason = self._line("tensorError")
        self._reason.hide()
        self._build(title)
        self.model.dataChanged.connect(self._follow)
        self.model.modelReset.connect(self._follow)
        theme.switch().follow(self._dress)
        self._dress()
        self._follow()

    def _line(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _build(self, title: str) -> None:
        heading = QLabel(title)
        heading.setObjectName("tensorTitle")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(QLabel(self.tr("shape")))
        top.addWidget(self._shape)
        bottom = QHBoxLayout()
        if self._accept is not None:
            hint = QLabel(self.tr("Ctrl+V pastes a block"))
            hint.setObjectName("tensorHint")
            hint.setToolTip(self.tr("Ctrl+V pastes cells from a spreadsheet"))
            bottom.addWidget(hint, 1)
            if self._load is not None:
                load = self._button("tensorLoad", self.tr("Load CSV…"), self._load)
                load.setToolTip(self.tr("Fill the node from the columns of a CSV file"))
                bottom.addWidget(load)
            bottom.addWidget(self._button("tensorCancel", self.tr("Cancel"), self.give_up))
            done = self._button("tensorDone", self.tr("Done"), self.commit)
            done.setDefault(True)
            done.setToolTip(self.tr("Use these numbers (Ctrl+Enter)"))
            bottom.addWidget(done)
        else:
            bottom.addStretch(1)
            bottom.addWidget(self._button("tensorClose", self.tr("Close"), self.give_up))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._cells, 1)
        column.addWidget(self._statistics)
        column.addWidget(self._reason)
        column.addLayout(bottom)

    def _button(self, name: str, text: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(lambda: call())
        return button

    def _dress(self, *_: object) -> None:
        colors = theme.current()
        self.setStyleSheet(
            f"#tensorTable {{ background: {colors.panel.name()}; border: 1px solid {colors.line.name()};"
            f" border-radius: 8px; }} #tensorTitle {{ font-weight: 600; }}"
            f" #tensorStatistics, #tensorHint {{ color: {colors.muted.name()}; }}"
            f" #tensorError {{ color: {colors.error.name()}; }}"
            f" #tensorCells {{ background: {colors.field.name()}; color: {colors.value.name()}; }}"
        )

    def open_at(self, place: QRect) -> None:
        """Show the table near `place` (parent's coordinates), inside the parent."""
        room = self._home.rect().adjusted(6, 6, -6, -6)
        width = min(_SIZE.width(), max(430 if self._accept else 320, 80 + _COLUMN * self.model.columnCount()))
        height = min(_SIZE.height(), 188 + 26 * self.model.rowCount())
        size = QSize(width, height).boundedTo(room.size())
        left = max(room.left(), min(place.left(), room.right() - size.width() + 1))
        top = max(room.top(), min(place.bottom() + 8, room.bottom() - size.height() + 1))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.raise_()
        self._cells.setCurrentIndex(self.model.index(0, 0))
        self._cells.setFocus(Qt.FocusReason.PopupFocusReason)

    def _follow(self, *_: object) -> None:
        self._reason.hide()
        self._is_refused = False
        self._shape.setText(numbers.shape_text(self.model.array.shape))
        self._statistics.setText(numbers.statistics(self.model.array))

    def _show_reason(self, text: str) -> None:
        self._reason.setText(text)
        self._reason.show()

    def _refuse(self, reason: str) -> None:
        self._is_refused = True
        self._show_reason(reason)

    def _reshape(self) -> None:
        try:
            shape = parse_shape(self._shape.text())
        except ValueError as error:
            self._refuse(of_error(error))
            return
        self.model.reshape(shape)
        self._reason.hide()
        self._is_refused = False

    def _paste(self) -> None:
        current = self._cells.currentIndex()
        try:
            self.model.paste(QApplication.clipboard().text(), max(current.row(), 0), max(current.column(), 0))
        except ValueError as error:
            self._show_reason(of_error(error))

    def _copy(self) -> None:
        """The selected cells, or all, as a spreadsheet takes them."""
        chosen = self._cells.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen}) or range(self.model.rowCount())
        columns = sorted({index.column() for index in chosen}) or range(self.model.columnCount())
        role = Qt.ItemDataRole.EditRole
        lines = ["\t".join(str(self.model.index(r, c).data(role)) for c in columns) for r in rows]
        QApplication.clipboard().setText("\n".join(lines))

    def commit(self) -> None:
        """Use the numbers; where they cannot be, the table stays with the reason.

        It stays once, too, where what was typed last was refused: the button that was pressed after it may have been
        pressed before the reason was there.
        """
        if self._accept is None:
            self.give_up()
            return
        self._cells.setFocus()  # takes what is still being typed in a cell
        if self._is_refused:
            self._is_refused = False
            return
        array = self.model.array
        unchanged = array.shape == self._start.shape and np.array_equal(array, self._start, equal_nan=True)
        reason = None if unchanged else self._accept(array)
        if reason is None:
            self.give_up()
        else:
            self._show_reason(reason)

    def give_up(self) -> None:
        """Close without a change."""
        if not self._done:
            self._done = True
            self.hide()
            self.closed.emit()
            self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the table itself: paste, copy, done, away."""
        if watched is self._cells and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._accept is not None:
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif enter and self._accept is not None and self._cells.hasFocus():
            self._cells.edit(self._cells.currentIndex())
        else:
            return False
        return True
