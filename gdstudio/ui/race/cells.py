"""How the cells of the racers table are painted, and which editor each opens."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.race import rules
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range
from gdstudio.ui.race.optimizer_combo import OptimizerCombo
from gdstudio.ui.race.racers_model import SHORT_ROLE, STATUS_ROLE, STYLE_ROLE, Column, Index, RacersModel
from gdstudio.ui.race.swatches import paint_status, paint_swatch

ROW_HEIGHT = 26
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Pixels before and after the text of a cell: the header's margin, and room for the sign beside the text.
_MARGIN = (3, 3)
_ROOM = {Column.ON: (0, 0), Column.COLOR: (0, 0), Column.OPTIMIZER: (3, 16), Column.STATUS: (21, 3)}


class RacerCells(QStyledItemDelegate):
    """Paints swatches, combo arrows and status signs; opens the right editor."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # The whole table is painted with every change of theme or size: the texts go without the detour over the
        # style, which asks the model for eight things about each cell and looks every rule of the style sheet up.
        if index.column() == Column.LOSS:
            self._draw_loss(painter, option, index)
            return
        if index.column() == Column.ON:
            cell = QStyleOptionViewItem(option)
            self.initStyleOption(cell, index)
            cell.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        else:
            self._draw_text(painter, option, index)
        self._draw_sign(painter, option.rect.adjusted(6, 0, -6, 0), index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(themes.current().accent)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.restore()

    @staticmethod
    def _draw_text(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The text of a cell, or a shorter one where there is no room for it."""
        theme, column = themes.current(), Column(index.column())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.hover)
        text = index.data()
        if not text:
            return
        before, after = _ROOM.get(column, _MARGIN)
        margin = option.widget.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        rect = option.rect.adjusted(before + margin, 0, -after - margin, 0)
        # Letters of several fonts are a little wider than their sum.
        room, metrics = rect.width() - 4, option.fontMetrics
        texts = (text, *(index.data(SHORT_ROLE) or ()))
        text = next((each for each in texts if metrics.horizontalAdvance(each) <= room), None)
        if text is None:
            text = metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or theme.text)
        painter.drawText(rect, _RIGHT if column == Column.LEARNING_RATE else _LEFT, text)

    @staticmethod
    def _draw_loss(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cells that change in every frame of a playback, without the detour over the style."""
        theme, model = themes.current(), _model_of(index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.hover)
        rect = option.rect.adjusted(6, 0, -6, 0)
        painter.save()
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or theme.text)
        if model.leader() == index.row():
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
        painter.drawText(rect, _RIGHT, model.loss_text(index.row()))
        if model.leader() == index.row():
            painter.setPen(theme.accent)
            painter.drawText(rect, _LEFT, "★")
        painter.restore()

    @staticmethod
    def _draw_sign(painter: QPainter, rect: QRect, index: Index) -> None:
        """What stands in a cell beside its text."""
        theme = themes.current()
        painter.save()
        match index.column():
            case Column.COLOR:
                paint_swatch(
                    painter, QRectF(rect).adjusted(-1, 0, 1, 0), index.data(STYLE_ROLE), is_on(index)
                )
            case Column.OPTIMIZER:
                tip = QPointF(rect.right() - 3, rect.center().y() + 3)
                painter.setPen(QPen(theme.muted, 1.2))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])
            case Column.STATUS if index.data(STATUS_ROLE):
                corner = QPointF(rect.left(), rect.center().y() - 5)
                paint_status(painter, QRectF(corner, QSizeF(12, 12)), index.data(STATUS_ROLE), theme)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # The selected row is tinted, not painted over: colours of racers and status must stay readable.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.palette.setBrush(option.palette.ColorRole.Highlight, themes.current().hover)
        option.palette.setBrush(option.palette.ColorRole.HighlightedText, themes.current().text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = _model_of(index)
        if index.column() == Column.OPTIMIZER:
            combo = OptimizerCombo(parent)
            combo.setObjectName("racerOptimizer")
            combo.optimizer_chosen.connect(lambda _: self._finish(combo))
            return combo
        if index.column() == Column.LEARNING_RATE:
            racer = model.racer(index.row())
            rule_option = rules.option_of(racer.optimizer, "learning_rate")
            field = NumberField(Range.of(rule_option), index.data(Qt.ItemDataRole.EditRole), parent)
            field.setObjectName("racerLearningRate")
            field.setAccessibleName(self.tr("Learning rate of {0}").format(racer.label))
            field.setFrame(False)
            field.setAutoFillBackground(True)
            row = index.row()
            field.value_edited.connect(lambda value, _: model.set_learning_rate(row, value))
            field.refused.connect(
                lambda sentence: model.refused.emit(rules.refusal("learning_rate", sentence))
            )
            return field
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, OptimizerCombo):
            editor.set_optimizer(index.data(Qt.ItemDataRole.EditRole))
        elif isinstance(editor, NumberField):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, OptimizerCombo):
            model.setData(index, editor.optimizer())
        elif isinstance(editor, NumberField):
            editor.commit()
        elif isinstance(editor, QLineEdit) and editor.isModified():
            super().setModelData(editor, model, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        if isinstance(editor, OptimizerCombo):
            rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)


def _model_of(index: Index) -> RacersModel:
    return cast(RacersModel, index.model())


def is_on(index: Index) -> bool:
    """Whether the racer of the cell's row takes part."""
    return _model_of(index).racer(index.row()).enabled


def is_number(index: Index) -> bool:
    """Whether a cell holds a learning rate that can be turned."""
    return index.column() == Column.LEARNING_RATE and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
