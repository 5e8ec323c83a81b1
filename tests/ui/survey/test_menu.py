from __future__ import annotations

import pytest

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
