"""A field for one number: typed in any notation, turned by arrows and wheel, dragged by its label.

Knows nothing of racers; what a step is and what is allowed comes from a `Range`.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QWidget,
)

from gdstudio.ui.race.numbers import NumberError, Range, format_value
from gdstudio.ui.race.wheel_guard import wheel_with_focus
from gdstudio.ui.translation import of_error

_DRAG_THRESHOLD = 4


class NumberField(QAbstractSpinBox):
    """A spin box for numbers of any size.

    Signals:
        value_edited(float, bool): a person set a value; True while a drag goes on, so that the edits merge.
        refused(str): what was typed cannot be taken, in one sentence; the old value is shown again.
    """

    value_edited = Signal(float, bool)
    refused = Signal(str)

    def __init__(self, allowed: Range, value: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._allowed = allowed
        self._value = float(value)
        self._shown = ""
        self.setLineEdit(_Line())
        self.setAccelerated(True)
        self.setKeyboardTracking(False)
        wheel_with_focus(self)
        self.lineEdit().setAlignment(Qt.AlignmentFlag.AlignRight)
        self._show()
        self.editingFinished.connect(self.commit)

    @property
    def allowed(self) -> Range:
        return self._allowed

    def allow(self, allowed: Range) -> None:
        """Accept other numbers from now on."""
        self._allowed = allowed

    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Show another value; nothing is emitted. Text that is being typed stays."""
        typing = self._typed()
        self._value = float(value)
        if not typing:
            self._show()

    def _show(self) -> None:
        special = self.specialValueText() if self._value == self._allowed.low else ""
        self._shown = special or format_value(self._value)
        self.lineEdit().setText(self._shown)

    def setSpecialValueText(self, text: str) -> None:
        """Show this word in the place of the lowest number, and take it when it is typed."""
        super().setSpecialValueText(text)
        self._show()

    def _read(self, text: str) -> float:
        low, special = self._allowed.low, self.specialValueText()
        return low if low is not None and special and text.strip() == special else self._allowed.read(text)

    def _typed(self) -> bool:
        """Whether the text is a person's and not yet taken."""
        return self.lineEdit().text() != self._shown

    def commit(self) -> bool:
        """Take the typed text, or refuse it with a sentence and show the old value. True when it was fine."""
        if not self._typed():
            return True
        text = self.lineEdit().text()
        try:
            value = self._read(text)
        except NumberError as error:
            self._show()
            self.refused.emit(of_error(error))
            return False
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.value_edited.emit(value, False)
        return True

    def drag_to(self, value: float) -> None:
        """Take a value from a drag that is still going on."""
        value = self._allowed.clamped(value)
        if value != self._value:
            self._value = value
            self._show()
            self.value_edited.emit(value, True)

    # QAbstractSpinBox

    def stepBy(self, steps: int) -> None:
        if not self.commit():
            return
        value = self._allowed.stepped(self._value, steps)
        if value != self._value:
            self._value = value
            self._show()
            self.lineEdit().selectAll()
            self.value_edited.emit(value, False)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._allowed.high is None or self._value < self._allowed.high:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self._allowed.low is None or self._value > self._allowed.low:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        # Any text may be typed; it is judged with a sentence when editing ends.
        return QValidator.State.Acceptable, text, position

    def fixup(self, text: str) -> str:
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._typed():
            self._show()
            self.lineEdit().selectAll()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.commit():
            self.lineEdit().selectAll()
            return  # what was refused is not what a dialog's own button shall work with
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.lineEdit().selectAll()

    def sizeHint(self) -> QSize:
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        metrics = self.fontMetrics()
        text = QSize(metrics.horizontalAdvance("0.000123456 "), metrics.height())
        size = self.style().sizeFromContents(QStyle.ContentsType.CT_SpinBox, option, text, self)
        # As high as the lists that it stands beside; those give their text two pixels more.
        beside = QStyleOptionComboBox()
        beside.initFrom(self)
        text.setHeight(math.ceil(QFontMetricsF(self.font()).height()) + 2)
        height = self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, beside, text, None).height()
        return QSize(size.width(), max(size.height(), height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Line(QLineEdit):
    """The text of a number. A double click selects all of it: a word of "0.001" would be "001"."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.selectAll()


class DragLabel(QLabel):
    """The label of a NumberField: dragging it sideways turns the number.

    Signals:
        drag_finished: the mouse was released after a drag.
    """

    drag_finished = Signal()

    def __init__(self, text: str, field: NumberField, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._field = field
        self._press: QPoint | None = None
        self._start = 0.0
        self._dragging = False
        self.setBuddy(field)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self._start = self._field.value()
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        distance = event.position().toPoint().x() - self._press.x()
        self._dragging = self._dragging or abs(distance) > _DRAG_THRESHOLD
        if self._dragging:
            self._field.drag_to(self._field.allowed.dragged(self._start, distance))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is not None and self._dragging:
            self.drag_finished.emit()
        elif self._press is not None:
            self._field.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press = None
        self._dragging = False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self._press = None
        super().changeEvent(event)
