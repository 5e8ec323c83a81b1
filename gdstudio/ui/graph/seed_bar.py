"""The bar for a tensor output: it says why a vector v is needed and takes one. It is away while the output is a scalar."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.session import Session
from gdstudio.ui.translation import of_error

# A longer list is no text that anybody edits; the table is for it.
_MOST_WRITTEN = 64


class SeedBar(QFrame):
    """Shows and changes the session's v.

    Signals:
        table_asked(): the numbers are wanted as a table.
    """

    table_asked = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[str, np.ndarray] | None = None
        self._away = False
        self.setObjectName("seedBar")
        self.setAccessibleName(self.tr("Vector of the vector-Jacobian product"))
        self._sentence = self._label("seedSentence")
        self._reason = self._label("seedError")
        self._reason.hide()
        self._field = QLineEdit()
        self._field.setObjectName("seedField")
        self._field.setAccessibleName(self.tr("v, one weight for each element of the output"))
        self._field.setToolTip(
            self.tr("One number for all elements, such as 1/9, or a list of the output's shape")
        )
        self._field.editingFinished.connect(self._take)
        self._field.textEdited.connect(self._reason.hide)
        self._table = self._button("seedTable", self.tr("Table…"), self.tr("The numbers of v as a table"))
        self._table.clicked.connect(self.table_asked)
        self._ones = self._button("seedOnes", self.tr("Ones"), self.tr("Weight every element by 1"))
        self._ones.clicked.connect(self._reset)
        row = QHBoxLayout()
        row.setSpacing(6)
        label = QLabel("v =")
        label.setBuddy(self._field)
        row.addWidget(label)
        row.addWidget(self._field, 1)
        row.addWidget(self._table)
        row.addWidget(self._ones)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 8, 6)
        column.setSpacing(4)
        column.addWidget(self._sentence)
        column.addLayout(row)
        column.addWidget(self._reason)
        session.document_opened.connect(self.refresh)
        session.document_changed.connect(self.refresh)
        session.trace_computed.connect(self.refresh)
        theme.switch().follow(self._dress)
        self._dress()
        self.refresh()

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _dress(self, *_: object) -> None:
        colors = theme.current()
        self.setStyleSheet(
            f"#seedBar {{ background: {colors.panel.name()}; border-top: 1px solid {colors.line.name()}; }}"
            f" #seedField {{ color: {colors.gradient.name()}; }} #seedError {{ color: {colors.error.name()}; }}"
        )

    def refresh(self, *_: object) -> None:
        """Show the v of the output as it is, or go away."""
        v, output = self._session.seed, self._session.document.graph.output
        if v is None or output is None:
            self._shown = None
            self.hide()
            return
        before, self._shown = self._shown, (output, v)
        if (
            before is not None
            and before[0] == output
            and np.array_equal(before[1], v)
            and not self.isHidden()
        ):
            return  # what is being typed stays
        self._sentence.setText(
            self.tr(
                "{0} is a tensor of shape {1} and has no single gradient: v weights its elements, and the gradients"
                " shown are those of their weighted sum, vᵀJ."
            ).format(output, numbers.shape_text(v.shape))
        )
        self._write(v)
        self._ones.setEnabled(not np.all(v == 1))
        self.setVisible(not self._away)

    def give_way(self, away: bool) -> None:
        """Leave the room to a film, or come back."""
        self._away = away
        self.setVisible(self._shown is not None and not away)

    def _write(self, v: np.ndarray) -> None:
        self._reason.hide()
        self._field.setPlaceholderText("")
        if np.all(v == v.flat[0]):
            self._field.setText(numbers.full_text(np.asarray(v.flat[0])))
        elif v.size <= _MOST_WRITTEN:
            self._field.setText(numbers.full_text(v))
        else:
            self._field.clear()
            self._field.setPlaceholderText(numbers.summaries(v)[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._shown is not None:
            self._write(self._shown[1])
        else:
            super().keyPressEvent(event)

    def _reset(self) -> None:
        self._session.set_seed(None)
        self.refresh()

    def _take(self) -> None:
        if self._shown is None or not self._field.text().strip():
            return
        output, shown = self._shown
        try:
            v = fitted(numbers.parse_value(self._field.text()), shown.shape, output)
        except ValueError as error:
            self._reason.setText(of_error(error))
            self._reason.show()
            return
        if np.array_equal(v, shown):
            self._write(shown)
        else:
            self._session.set_seed(v)
            self.refresh()

    def accept(self, v: np.ndarray) -> str | None:
        """Use the numbers of a table; one sentence on why they cannot be, or None."""
        if self._shown is None:
            return None
        try:
            self._session.set_seed(fitted(v, self._shown[1].shape, self._shown[0]))
        except ValueError as error:
            return of_error(error)
        self.refresh()
        return None


def fitted(v: np.ndarray, shape: tuple[int, ...], output: str) -> np.ndarray:
    """`v` in the output's shape: one number is for every element, a plain list fills the shape row by row.

    Raises:
        ValueError: it does not fit, or a number is not finite; one sentence.
    """
    if not np.isfinite(v).all():
        raise ValueError(
            "The weights in v are finite numbers; NaN and infinity would spread to every gradient."
        )
    if v.ndim == 0:
        return np.full(shape, float(v))
    if v.shape == shape or (v.ndim == 1 and v.size == np.prod(shape)):
        return v.reshape(shape)
    have, wanted = numbers.shape_text(v.shape), numbers.shape_text(shape)
    raise ValueError(
        f"v needs the shape {wanted} of {output}, or one number for all; this has the shape {have}."
    )
