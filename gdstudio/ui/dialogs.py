"""Small dialogs that only tell something: what the program is, and which keys do what."""

from __future__ import annotations

import platform

import numpy
import pyqtgraph
import PySide6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from gdstudio import __version__
from gdstudio.ui import icons
from gdstudio.ui.actions import Actions


def show_about(parent: QWidget) -> None:
    """Version, licence, and the libraries in use."""
    box = QMessageBox(parent)
    box.setObjectName("aboutDialog")
    box.setWindowTitle(_translate("About gdstudio"))
    box.setIconPixmap(icons.application_icon().pixmap(72, 72))
    box.setText(f"<b>Gradient Descent Studio {__version__}</b>")
    box.setInformativeText(
        _translate("Computation graphs, their loss surfaces and races of optimizers, in one window.")
        + "<br><br>"
        + _translate("Free software under the MIT licence.")
        + f"<br>Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        + f"numpy {numpy.__version__}, pyqtgraph {pyqtgraph.__version__}"
    )
    box.open()


def show_shortcuts(parent: QWidget, actions: Actions) -> None:
    """Every action that has keys, with them."""
    dialog = QDialog(parent)
    dialog.setObjectName("shortcutsDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_translate("Keyboard Shortcuts"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    keyed = [action for action in actions if not action.shortcut().isEmpty()]
    half = (len(keyed) + 1) // 2
    for i, action in enumerate(keyed):
        row, column = i % half, 3 * (i // half)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = action.toolTip().removesuffix(f" ({keys})")
        grid.addWidget(QLabel(f"<b>{keys}</b>"), row, column)
        grid.addWidget(QLabel(text), row, column + 1)
    grid.setColumnMinimumWidth(2, 16)
    layout = QVBoxLayout(dialog)
    layout.setSpacing(16)
    layout.addLayout(grid)
    layout.addWidget(QLabel(_translate("Space plays and pauses the race where no button has the focus.")))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    dialog.open()


def _translate(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)
