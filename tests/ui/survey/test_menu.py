from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTabWidget

from tests.ui.helpers import find


@pytest.mark.parametrize("action", ["actionBasins", "actionSwarm", "actionSweep", "actionFairRace"])
def test_the_menu_opens_the_window_of_surveys_on_its_page(open_window, chain, action):
    window = open_window(chain)
    window.actions_[action].trigger()
    surveys = find(window, "surveyWindow")
    pages = {
        "actionBasins": "basins",
        "actionSwarm": "swarm",
        "actionSweep": "sweep",
        "actionFairRace": "fair",
    }
    page = pages[action]
    assert surveys.isVisible()
    assert surveys.pages[page].isVisible()
    window.race.close_workers()


def test_a_page_is_made_when_it_is_first_in_front(open_survey, chain):
    surveys = open_survey(chain, "sweep").window()
    assert set(surveys.pages) == {"sweep"}
    made = surveys.pages["sweep"]
    tabs = find(surveys, "surveyTabs", QTabWidget)
    tabs.setCurrentIndex(0)
    assert set(surveys.pages) == {"sweep", "basins"}
    assert surveys.pages["basins"].isVisible()
    surveys.open_page("sweep")
    assert surveys.pages["sweep"] is made and made.isVisible()
