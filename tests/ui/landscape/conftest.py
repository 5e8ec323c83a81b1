"""Landscape views on documents, shown and settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gdstudio.document.model import Document
from gdstudio.ui import theme
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.session import Session

from .support import Hand


@pytest.fixture
def settle(qtbot) -> Callable[[Session], None]:
    """Returns when everything that depends on the last change is there."""

    def wait(session: Session) -> None:
        if not session.is_settled:
            with qtbot.waitSignal(session.settled, timeout=20_000):
                pass

    return wait


@pytest.fixture
def open_view(qtbot, settle) -> Iterator[Callable[[Document], Hand]]:
    """Opens landscape views; their sessions end with the test."""
    theme.switch().choose("dark")
    sessions = []

    def open_one(document: Document) -> Hand:
        session = Session(document)
        sessions.append(session)
        view = LandscapeView(session)
        qtbot.addWidget(view)
        view.resize(900, 600)
        view.show()
        qtbot.waitExposed(view)
        settle(session)
        return Hand(view, session)

    yield open_one
    for session in sessions:
        session.close()
