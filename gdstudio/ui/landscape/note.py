"""The row above a landscape that says which slice of the loss it is, and lets a person choose another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gdstudio.ui import theme
from gdstudio.ui.landscape.through import ThroughDialog
from gdstudio.ui.race.named import named
from gdstudio.ui.session import Session


class SliceNote(QWidget):
    """A sentence, and a button where the slice goes through a point that can be chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dialog: ThroughDialog | None = None
        self.label = named(QLabel(), "landscapeNote", self.tr("Which slice of the loss is shown"))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.through = named(
            QToolButton(),
            "landscapeThrough",
            self.tr("Choose the point through which the slice goes"),
            self.tr("Choose the other coordinates of the slice"),
        )
        self.through.setText(self.tr("Through …"))
        self.through.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.through, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, sentence: str, choosable: bool) -> None:
        """Say which slice is shown; nothing hides the row."""
        self.label.setText(sentence)
        self.through.setVisible(choosable)
        self.setVisible(bool(sentence))

    def dress(self) -> None:
        """Take the colours and fonts of the theme in use."""
        color = theme.current().muted.name()
        self.label.setStyleSheet(f"color: {color}; font-size: {theme.small_pixels(1)}px;")

    def _open(self) -> None:
        if self._dialog is None:
            self._dialog = ThroughDialog(self._session, self)
            self._dialog.destroyed.connect(self._forget)
        self._dialog.show()
        self._dialog.raise_()

    def _forget(self) -> None:
        self._dialog = None
