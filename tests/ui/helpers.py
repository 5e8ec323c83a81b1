"""Finding widgets and waiting, for tests of the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

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


class Paintings(QObject):
    """Counts how often the widget whose events it filters is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def find(parent: QObject, name: str, kind: type = QWidget) -> Any:
    """The one child of `parent` with an object name."""
    found = parent.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} children are called {name}"
    return found[0]
