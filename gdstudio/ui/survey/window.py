"""The window of surveys: a basin map, a swarm, a sweep, and a fair race, each on a page of its own."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from gdstudio.ui.race.named import named
from gdstudio.ui.session import Session
from gdstudio.ui.survey.basins import BasinsPage
from gdstudio.ui.survey.fair import FairPage
from gdstudio.ui.survey.page import SurveyPage
from gdstudio.ui.survey.swarm import SwarmPage
from gdstudio.ui.survey.sweep import SweepPage

Page = Literal["basins", "swarm", "sweep", "fair"]


class SurveyWindow(QDialog):
    """Surveys of a session's race. It stays open beside the race; what runs stops when it is closed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surveyWindow")
        self.setWindowTitle(self.tr("Surveys"))
        self.resize(820, 620)
        self.pages: dict[Page, SurveyPage] = {
            "basins": BasinsPage(session),
            "swarm": SwarmPage(session),
            "sweep": SweepPage(session),
            "fair": FairPage(session),
        }
        self._tabs = named(QTabWidget(), "surveyTabs", self.tr("Kinds of survey"))
        self._tabs.setDocumentMode(True)
        titles = (
            self.tr("Basins of attraction"),
            self.tr("Swarm"),
            self.tr("Sweep of two hyper-parameters"),
            self.tr("Fair race"),
        )
        for page, title in zip(self.pages.values(), titles, strict=True):
            self._tabs.addTab(page, title)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        self.finished.connect(self._stop)

    def open_page(self, page: Page) -> None:
        """Show the window with one of its pages in front."""
        self._tabs.setCurrentWidget(self.pages[page])
        self.show()
        self.raise_()
        self.activateWindow()

    def close_workers(self) -> None:
        """End the threads of all pages."""
        for page in self.pages.values():
            page.runner.close()

    def _stop(self) -> None:
        for page in self.pages.values():
            page.runner.stop()
