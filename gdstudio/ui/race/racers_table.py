"""The racers table: the view of RacersModel.

Every edit goes through the model; the view adds hands: wheel and drag on a learning rate, keys, a context
menu.
"""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.race import rules
from gdstudio.ui.race.cell_painting import CellPainter
from gdstudio.ui.race.cells import ROW_HEIGHT, RacerCells, is_number, is_on
from gdstudio.ui.race.numbers import Range
from gdstudio.ui.race.optimizer_combo import OptimizerCombo
from gdstudio.ui.race.racers_model import Column, RacersModel

# Pixels at the usual size of text.
_FIXED_WIDTHS = {
    Column.ON: 28,
    Column.COLOR: 40,
    Column.OPTIMIZER: 104,
    Column.LEARNING_RATE: 106,
    Column.START: 98,
    Column.LOSS: 106,
    Column.STATUS: 162,
}
# Where the table is narrow.
_NARROW_WIDTHS = {Column.OPTIMIZER: 88}
# Which columns go one after the other where there is no room, and whether before the status becomes narrower.
_GIVING_WAY = {Column.START: True, Column.OPTIMIZER: False, Column.LEARNING_RATE: False}
# These hold no text.
_OF_SIGNS = (Column.ON, Column.COLOR)
_OPTIMIZER_SPARE = 70
_LEAST_NAME, _LEAST_OPTIONS, _LEAST_STATUS = 88, 80, 104
_STATUS_SPARE = 60
# Keys that play and step the race wherever the focus is; the table leaves them alone.
_PLAYBACK_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_PLAYBACK_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
_DRAG_THRESHOLD = 4
_WHEEL_REST_MS = 600
_NOTCH = 120  # of a wheel, in eighths of a degree


class RacersTable(QTableView):
    """The table of racers.

    Signals:
        row_chosen(int or None): the current row changed by hand.
        add_asked, duplicate_asked, remove_asked: by key.   move_asked(int): one row up (-1) or down (+1).
        color_asked(int, QPoint): a swatch was clicked, at this global position.
        options_asked(int): the cell with the hyper-parameters was clicked.
        menu_asked(QPoint): a context menu at this global position.
        drag_finished: a hand has let go of a learning rate that it dragged or turned.
    """

    row_chosen = Signal(object)
    add_asked = Signal()
    duplicate_asked = Signal()
    remove_asked = Signal()
    move_asked = Signal(int)
    color_asked = Signal(int, QPoint)
    options_asked = Signal(int)
    menu_asked = Signal(QPoint)
    drag_finished = Signal()

    def __init__(self, model: RacersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("racersTable")
        self.setAccessibleName(self.tr("Racers"))
        self.setModel(model)
        self.setItemDelegate(RacerCells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(28)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        themes.switch().follow(self._lay_out)
        # Turns of the wheel that follow each other closely are one undo step.
        self._wheel_rest = QTimer(self, singleShot=True, interval=_WHEEL_REST_MS)
        self._wheel_rest.timeout.connect(self.drag_finished)
        self._turned = 0
        self._pressed = QPersistentModelIndex()
        self._press: QPoint | None = None
        self._drag_row: int | None = None
        self._drag_from = 0.0
        self._dragging = False
        self._quiet = False
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        model.modelReset.connect(self._after_reset)
        model.losses_changed.connect(self._repaint_losses)
        self._selected: int | None = None

    @property
    def racers(self) -> RacersModel:
        return cast(RacersModel, self.model())

    # Selection

    def select_row(self, row: int | None) -> None:
        """Show a row as selected; says nothing."""
        self._selected = row
        if row == self.selected_row():
            return
        self._quiet = True
        if row is None or row >= self.racers.rowCount():
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            column = max(self.currentIndex().column(), int(Column.NAME))
            self.setCurrentIndex(self.racers.index(row, column))
        self._quiet = False

    def selected_row(self) -> int | None:
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def _current_changed(self, current: QModelIndex) -> None:
        if not self._quiet:
            self._selected = current.row() if current.isValid() else None
            self.row_chosen.emit(self._selected)

    def _after_reset(self) -> None:
        self.select_row(self._selected)

    # Layout

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self, *_: object) -> None:
        """Give the columns the width of their texts.

        Name and hyper-parameters share what the others leave; where that is too little, the columns that stand
        elsewhere too give way, then the status, whose whole sentence is its tip, and last what the form beside the
        table says.
        """
        header = self.horizontalHeader()
        # Told of each width, the table would be painted once more when it has counted them together.
        with QSignalBlocker(header):
            self._size_columns(header)
        self.updateGeometries()
        self.updateEditorGeometries()
        self.viewport().update()

    def _size_columns(self, header: QHeaderView) -> None:
        widths = _scaled(_FIXED_WIDTHS)
        left = self.viewport().width() - sum(widths.values())
        narrow = left < _LEAST_NAME + _LEAST_OPTIONS
        if narrow:
            widths = _scaled(_FIXED_WIDTHS | _NARROW_WIDTHS)
            left = self.viewport().width() - sum(widths.values())
        self.setColumnHidden(Column.OPTIONS, narrow)
        spare = widths[Column.STATUS] - themes.scaled(_LEAST_STATUS)
        for column, needed in _GIVING_WAY.items():
            hidden = left + (0 if needed else spare) < _LEAST_NAME
            self.setColumnHidden(column, hidden)
            left += widths[column] if hidden else 0
        widths[Column.STATUS] -= min(max(0, _LEAST_NAME - left), spare)
        if narrow:
            widths[Column.NAME] = max(_LEAST_NAME, left)
        else:
            wider = min(_STATUS_SPARE, max(0, left - 280))
            spare = min(_OPTIMIZER_SPARE, max(0, left - wider - 280))
            left -= wider + spare
            name = min(190, max(_LEAST_NAME, left * 2 // 5))
            widths[Column.STATUS] += wider
            widths[Column.OPTIMIZER] += spare
            widths |= {Column.NAME: name, Column.OPTIONS: left - name}
        for column, width in widths.items():
            header.resizeSection(column, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        region, height = event.region(), self.viewport().height()
        boxes = QRect(self.columnViewportPosition(Column.ON), 0, self.columnWidth(Column.ON), height)
        if region.intersects(boxes):
            super().paintEvent(QPaintEvent(region & QRegion(boxes)))
        painter = QPainter(self.viewport())
        if self.racers.rowCount() == 0:
            painter.setPen(themes.current().muted)
            painter.drawText(
                self.viewport().rect(),
                Qt.AlignmentFlag.AlignCenter,
                self.tr("No racers yet: add one, or choose a preset."),
            )
            return
        cells = CellPainter(self, self.racers, painter)
        places = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in Column
            if column != Column.ON and not self.isColumnHidden(column)
        ]
        for row in range(self.racers.rowCount()):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            is_selected = self.selectionModel().isRowSelected(row)
            for column, left, width in places:
                rect = QRect(left, top, width, height)
                if region.intersects(rect):
                    cells.paint(rect, row, column, is_selected)
        current = self.currentIndex()
        if current.isValid() and (self.hasFocus() or self.viewport().hasFocus()):
            cells.frame(self.visualRect(current))

    def _repaint_losses(self) -> None:
        # Every frame of a playback comes here: repaint the one column, and not its neighbours at the seams.
        left, width = self.columnViewportPosition(Column.LOSS), self.columnWidth(Column.LOSS)
        self.viewport().update(left + 2, 0, width - 4, self.viewport().height())

    # Keys

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._own_key(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if modifiers == Qt.KeyboardModifier.AltModifier:
            return key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return key == Qt.Key.Key_D
        return not modifiers and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Insert)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._own_key(event):
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_asked.emit(-1 if key == Qt.Key.Key_Up else 1)
            elif key == Qt.Key.Key_D:
                self.duplicate_asked.emit()
            elif key == Qt.Key.Key_Insert:
                self.add_asked.emit()
            else:
                self.remove_asked.emit()
        elif key in _PLAYBACK_KEYS and event.modifiers() in _PLAYBACK_MODIFIERS:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        """What Enter and a click on an active cell do."""
        column = index.column()
        if column == Column.ON:
            self.racers.set_enabled(index.row(), not is_on(index))
        elif column == Column.COLOR:
            corner = self.visualRect(index).bottomLeft()
            self.color_asked.emit(index.row(), self.viewport().mapToGlobal(corner))
        elif column == Column.OPTIONS:
            self.options_asked.emit(index.row())
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            editor = self.indexWidget(index)
            if isinstance(editor, OptimizerCombo):
                editor.open_list()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self._pressed = QPersistentModelIndex(index)
        if is_number(index):
            self._press = event.position().toPoint()
            self._drag_row = index.row()
            self._drag_from = float(index.data(Qt.ItemDataRole.EditRole))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_row is not None and self._press is not None:
            distance = event.position().toPoint().x() - self._press.x()
            self._dragging = self._dragging or abs(distance) > _DRAG_THRESHOLD
            if self._dragging:
                self._drag(distance)
            return
        index = self.indexAt(event.position().toPoint())
        shape = Qt.CursorShape.SizeHorCursor if is_number(index) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def _drag(self, distance: int) -> None:
        row = self._drag_row
        if row is None or row >= self.racers.rowCount():
            return
        option = rules.option_of(self.racers.racer(row).optimizer, "learning_rate")
        if option is not None:
            value = Range.of(option).dragged(self._drag_from, distance)
            self.racers.set_learning_rate(row, value, merge=f"racer {row} learning_rate")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, pressed = self._dragging, self._pressed
        self._press = self._drag_row = None
        self._dragging = False
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if dragged:
            self.drag_finished.emit()
        elif event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == pressed:
            # Not on the press: the release would choose from the list that has just opened under the mouse.
            if is_number(index):
                self.edit(index)
            elif index.column() in (Column.COLOR, Column.OPTIONS, Column.OPTIMIZER):
                self._open(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        angle = event.angleDelta().y()
        # Only in the selected row, so that scrolling the table past a number never changes it.
        if is_number(index) and angle and index.row() == self.selected_row():
            # Trackpads and fine wheels tell small parts of a notch.
            self._turned += angle
            turns = int(self._turned / _NOTCH)
            self._turned -= turns * _NOTCH
            if turns:
                option = rules.option_of(self.racers.racer(index.row()).optimizer, "learning_rate")
                value = Range.of(option).stepped(float(index.data(Qt.ItemDataRole.EditRole)), turns)
                self.racers.set_learning_rate(index.row(), value, merge=f"racer {index.row()} learning_rate")
                self._wheel_rest.start()
            event.accept()
            return
        self._turned = 0
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def edit_cell(self, row: int, column: Column) -> None:
        """Open the editor of a cell."""
        self.setCurrentIndex(self.racers.index(row, column))
        self._open(self.currentIndex())


def _scaled(widths: dict[Column, int]) -> dict[Column, int]:
    """Widths of columns for the size that text has now."""
    return {c: width if c in _OF_SIGNS else themes.scaled(width) for c, width in widths.items()}
