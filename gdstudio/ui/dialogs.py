"""Small dialogs that only tell something: what the program is, and which keys do what."""

from __future__ import annotations

import platform
from collections.abc import Sequence

import numpy
import pyqtgraph
import PySide6
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gdstudio import __version__
from gdstudio.ui import icons
from gdstudio.ui.actions import Actions

_FRAME = QSize(16, 48)  # what a window has around it


def show_about(parent: QWidget) -> None:
    """Version, licence, and the libraries in use."""
    box = QMessageBox(parent)
    box.setObjectName("aboutDialog")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_translate("About gdstudio"))
    box.setIconPixmap(icons.application_icon().pixmap(72, 72))
    box.setText(f"<b>{_translate('Gradient Descent Studio')} {__version__}</b>")
    box.setInformativeText(
        _translate("Computation graphs, their loss surfaces and races of optimizers, in one window.")
        + "<br><br>"
        + _translate("Free software under the MIT licence.")
        + f"<br>Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        + f"numpy {numpy.__version__}, pyqtgraph {pyqtgraph.__version__}"
    )
    box.open()


def show_shortcuts(parent: QWidget, actions: Actions, graph_keys: Sequence[tuple[str, str]]) -> None:
    """Every key with its meaning: those of the window's actions, and (key, meaning) of the graph's canvas."""
    dialog = QDialog(parent)
    dialog.setObjectName("shortcutsDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_translate("Keyboard Shortcuts"))
    window_keys = [
        (_keys(action), action.statusTip()) for action in actions if not action.shortcut().isEmpty()
    ]
    window_keys.append((_translate("Space"), _translate("Play or pause, where no button has the focus")))
    layout = QVBoxLayout(dialog)
    layout.setSpacing(12)
    tabs = QTabWidget()
    tabs.setObjectName("shortcutsTabs")
    tabs.setDocumentMode(True)
    tabs.setAccessibleName(_translate("Keyboard Shortcuts"))
    layout.addWidget(tabs)
    whole, shown = QSize(), QSize()
    for rows, title in ((window_keys, _translate("Everywhere")), (graph_keys, _translate("In the graph"))):
        page, area = QWidget(), QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(title)
        # Empty yet: what changes its parent is styled again with all that is in it.
        area.setWidget(page)
        tabs.addTab(area, title)
        whole = whole.expandedTo(_fill_with_keys(page, rows))
        shown = shown.expandedTo(area.sizeHint())
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("shortcutsClose")
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    room = parent.screen().availableSize() - _FRAME
    dialog.resize((dialog.sizeHint() - shown + whole).boundedTo(room))
    dialog.open()


def _keys(action: QAction) -> str:
    """The keys of an action, one a line: the first, and others that are no single keys of special keyboards."""
    first, *others = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
    return "\n".join([first, *(key for key in others if "+" in key)])


def _fill_with_keys(page: QWidget, rows: Sequence[tuple[str, str]]) -> QSize:
    """Put keys and meanings in two columns; returns the size in which each meaning has one line.

    With less room meanings have more lines, and what is then too high is scrolled.
    """
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 16, 16, 16)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(2, 24)
    half = (len(rows) + 1) // 2
    bold = QFont(page.font())
    bold.setBold(True)
    meanings = [QLabel(meaning, page) for _keys, meaning in rows]
    for i, (keys, _meaning) in enumerate(rows):
        row, column = i % half, 3 * (i // half)
        label = QLabel(keys, page)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(bold)
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(meanings[i], row, column + 1)
        grid.setColumnStretch(column + 1, 1)
    grid.setRowStretch(half, 1)
    whole = page.sizeHint()
    for label in meanings:
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return whole


def _translate(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)
