"""Fields that a wheel scrolls past, unless they have the focus: whoever scrolls a form must not change it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def wheel_with_focus(field: W) -> W:
    """The field itself, which passes the wheel on to the form around it while it has not the focus."""
    # A wheel focus would give it the focus first.
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_Guard(field))
    return field


class _Guard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
