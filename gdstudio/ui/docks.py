"""The docks beside graph and surface, still empty, and the actions that show and hide them."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gdstudio.ui.actions import Actions


def make_docks(
    window: QMainWindow, upper: QMainWindow, actions: Actions
) -> tuple[QDockWidget, QDockWidget, QDockWidget]:
    """The docks of the inspector, the history and the data in the upper part of a window, with their actions."""
    inspector = _dock(upper, "inspectorDock", _translate("Inspector"))
    history = _dock(upper, "historyDock", _translate("History"))
    upper.splitDockWidget(inspector, history, Qt.Orientation.Vertical)
    data = _dock(upper, "dataDock", _translate("Data"))
    upper.tabifyDockWidget(inspector, data)
    # Which of them stand there is seen when the window has its size.
    for dock in (inspector, history, data):
        dock.hide()
    for dock, name, icon, shortcut, tip in (
        (
            inspector,
            "actionInspector",
            "inspector",
            "Ctrl+I",
            _translate("The selected node in full"),
        ),
        (
            history,
            "actionHistory",
            "history",
            "Ctrl+Y" if sys.platform == "darwin" else "Ctrl+H",  # ⌘H hides every program of a Mac
            _translate("The list of edits"),
        ),
        (
            data,
            "actionData",
            "",
            "Ctrl+B",
            _translate("The fit to the data as it is trained, and the gradients of batches"),
        ),
    ):
        action = dock.toggleViewAction()
        # A dock that shares its place with another comes to the front.
        action.triggered.connect(lambda shown, dock=dock: dock.raise_() if shown else None)
        action.setShortcut(shortcut)
        action.setStatusTip(tip)
        action.setToolTip(f"{tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        window.addAction(action)
        actions.adopt(action, name, icon)
    return inspector, history, data


def _dock(upper: QMainWindow, name: str, caption: str) -> QDockWidget:
    dock = QDockWidget(caption, upper)
    dock.setObjectName(name)
    dock.setFeatures(
        QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
    )
    upper.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    return dock


def _translate(text: str) -> str:
    return QCoreApplication.translate("Docks", text)
