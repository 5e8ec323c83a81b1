"""Finding widgets and waiting, for tests of the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.session import Session


def wait_settled(qtbot, session: Session) -> None:
    """Return when everything that depends on the last change is there."""
    if not session.is_settled:
        with qtbot.waitSignal(session.settled, timeout=20_000):
            pass


def wait_restyled(qtbot) -> None:
    """Return when all parts of the windows have followed the last change of theme or text size."""
    qtbot.waitUntil(lambda: not themes.switch().wave.is_rolling, timeout=30_000)


def answer_by_letter(qtbot, dialog: QWidget, letter: str) -> None:
    """Click the one button that Alt and this letter presses.

    Qt hears letters in the active window alone, which no window may be where tests run side by side.
    """
    keys = QKeySequence(f"Alt+{letter}")
    (button,) = [button for button in dialog.findChildren(QAbstractButton) if button.shortcut() == keys]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def find(parent: QObject, name: str, kind: type = QWidget) -> Any:
    """The one child of `parent` with an object name."""
    found = parent.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} children are called {name}"
    return found[0]
