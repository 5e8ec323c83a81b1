"""The window of surveys: a basin map, a swarm, a sweep, and a fair race, each on a page of its own."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.race.named import named
from gdstudio.ui.session import Session
from gdstudio.ui.survey.basins import BasinsPage
from gdstudio.ui.survey.fair import FairPage
from gdstudio.ui.survey.page import SurveyPage
from gdstudio.ui.survey.swarm import SwarmPage
from gdstudio.ui.survey.sweep import SweepPage

Page = Literal["basins", "swarm", "sweep", "fair"]

_KINDS: dict[Page, type[BasinsPage | SwarmPage | SweepPage | FairPage]] = {
    "basins": BasinsPage,
    "swarm": SwarmPage,
    "sweep": SweepPage,
    "fair": FairPage,
}


class SurveyWindow(QDialog):
    """Surveys of a session's race. It stays open beside the race; what runs stops when it is closed.

    Attributes:
        pages: those that have been in front; a page is made when it is first wanted.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surveyWindow")
        self.setWindowTitle(self.tr("Surveys"))
        # The widest page fits, so the window does not grow when it is made.
        self.resize(themes.scaled(920), 620)
        self._session = session
        self.pages: dict[Page, SurveyPage] = {}
        self._tabs = named(QTabWidget(), "surveyTabs", self.tr("Kinds of survey"))
        self._tabs.setDocumentMode(True)
        titles = (
            self.tr("Basins of attraction"),
            self.tr("Swarm"),
            self.tr("Sweep of two hyper-parameters"),
            self.tr("Fair race"),
        )
        self._places: list[QVBoxLayout] = []
        for title in titles:
            place = QVBoxLayout()
            place.setContentsMargins(0, 0, 0, 0)
            self._places.append(place)
            tab = QWidget()
            tab.setLayout(place)
            self._tabs.addTab(tab, title)
        self._tabs.currentChanged.connect(self._fill)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        self.finished.connect(self._stop)

    def open_page(self, page: Page) -> None:
        """Show the window with one of its pages in front."""
        index = list(_KINDS).index(page)
        self._tabs.setCurrentIndex(index)
        self._fill(index)
        self.show()
        self.raise_()
        self.activateWindow()

    def follow_on(self, before: SurveyWindow) -> None:
        """Show the page that was in front in another window, with a word on the survey that ended there."""
        page = list(_KINDS)[before._tabs.currentIndex()]
        self.restoreGeometry(before.saveGeometry())
        self.open_page(page)
        if before.pages[page].has_begun:
            self.pages[page].say(self.tr("The language has changed; start the survey again."))

    def close_workers(self) -> None:
        """End the threads of all pages."""
        for page in self.pages.values():
            page.runner.close()

    def _fill(self, index: int) -> None:
        """Make the page of a tab, if it has none yet."""
        name = list(_KINDS)[index]
        if name not in self.pages:
            # Made in its place: what changes its parent is styled again with all that is in it.
            self.pages[name] = _KINDS[name](self._session, self._tabs.widget(index))
            self._places[index].addWidget(self.pages[name])
            self.pages[name].show()
        self.pages[name].take_enter()

    def _stop(self) -> None:
        for page in self.pages.values():
            page.runner.stop()
