"""The parts of a window that the focus goes round by one key each, since some keep Tab for themselves, as the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

# What takes the focus in a part, if it is in sight; else the first widget that can.
_FIRST = ("graphView", "landscapePlot", "racersTable", "inspector", "historyList")


def go(window: MainWindow, step: int) -> None:
    """Give the focus to the next part in sight (`step` 1) or to the one before (-1)."""
    docks = (window.inspector_dock, window.data_dock, window.history_dock, window.lessons_dock)
    found = (
        (part, _target(part))
        for part in (window.graph, window.landscape, window.race, *docks)
        # A dock behind another is outside of the window, and visible to Qt.
        if part.isVisible() and window.rect().contains(part.mapTo(window, part.rect().center()))
    )
    shown = [(part, target) for part, target in found if target is not None]
    if not shown:
        return
    focus = QApplication.focusWidget()
    current = next(
        (index for index, (part, _) in enumerate(shown) if focus is not None and part.isAncestorOf(focus)),
        -1 if step > 0 else 0,
    )
    _, target = shown[(current + step) % len(shown)]
    reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)


def _target(part: QWidget) -> QWidget | None:
    """The widget of a part that takes the focus; None where there is none."""
    able = [
        widget
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisible()
    ]
    named = (widget for widget in able if widget.objectName() in _FIRST)
    return next(named, able[0] if able else None)
