"""A real RacePanel over a real session."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gdstudio.document.model import Document
from gdstudio.ui.race import RacePanel
from gdstudio.ui.session import Session
from tests.ui.race.support import ADAM, MOMENTUM, SGD, line_fit, settle


@pytest.fixture
def open_panel(qtbot) -> Iterator[Callable[[Document], RacePanel]]:
    """Opens a panel on a document, waits until its race is there, and shows its first step."""
    sessions: list[Session] = []

    def open_one(document: Document) -> RacePanel:
        session = Session(document)
        sessions.append(session)
        panel = RacePanel(session)
        qtbot.addWidget(panel)
        panel.resize(1280, 250)
        panel.show()
        settle(qtbot, session)
        session.reset()
        return panel

    yield open_one
    for session in sessions:
        session.close()


@pytest.fixture
def panel(open_panel) -> RacePanel:
    """The line fit with SGD, momentum and Adam, at step 0."""
    return open_panel(line_fit(SGD, MOMENTUM, ADAM))
