"""A real window of surveys over a real session."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gdstudio.document.model import Document
from gdstudio.ui.session import Session
from gdstudio.ui.survey import SurveyWindow
from gdstudio.ui.survey.page import SurveyPage


@pytest.fixture
def open_survey(qtbot) -> Iterator[Callable[[Document, str], SurveyPage]]:
    """Opens the window on a document, with one of its pages in front."""
    opened: list[tuple[Session, SurveyWindow]] = []

    def open_one(document: Document, page: str) -> SurveyPage:
        session = Session(document)
        window = SurveyWindow(session)
        opened.append((session, window))
        qtbot.addWidget(window)
        window.open_page(page)
        if not session.is_settled:
            with qtbot.waitSignal(session.settled, timeout=20_000):
                pass
        return window.pages[page]

    yield open_one
    for session, window in opened:
        window.close_workers()
        session.close()
