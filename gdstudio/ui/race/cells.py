"""Which editor each cell of the racers table opens, and the boxes of its first column."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.race import rules
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range
from gdstudio.ui.race.optimizer_combo import OptimizerCombo
from gdstudio.ui.race.racers_model import Column, Index, RacersModel

ROW_HEIGHT = 26


class RacerCells(QStyledItemDelegate):
    """Opens the right editor; all but the boxes is painted by `cell_painting`."""

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
