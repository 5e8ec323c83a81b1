from __future__ import annotations

import numpy as np
import pytest

from gdstudio.document.model import LandscapeSettings
from gdstudio.ui.race import edits
from tests.ui.race.support import ADAM, SGD, bowl, settle

WIDE = LandscapeSettings(("x0", "x1"), ((-10.0, 10.0), (-5.0, 5.0)))


def starts(document, count: int) -> np.ndarray:
    return np.array([racer.start for racer in document.race.racers[:count]])


def test_a_ring_and_a_grid_lie_around_the_middle_of_the_surface():
    document = bowl(SGD, ADAM).replace(landscape=WIDE)
    ring = edits.spread_starts(document, 0, "ring")
    assert len(ring.race.racers) == 9 and ring.race.racers[8] == ADAM.replace(style=1)
    points = starts(ring, 8)
    assert np.allclose(points[[0, 2]], [(8.0, 0.0), (0.0, 4.0)], atol=1e-6)
    assert np.allclose(points.mean(axis=0), 0.0, atol=1e-6)
    grid = starts(edits.spread_starts(document, 0, "grid"), 9)
    assert sorted(set(grid[:, 0])) == [-7.0, 0.0, 7.0] and sorted(set(grid[:, 1])) == [-3.5, 0.0, 3.5]


def test_random_starts_follow_the_seed():
    document = bowl(SGD).replace(landscape=WIDE)
    first = starts(edits.spread_starts(document, 0, "random"), 9)
    assert np.array_equal(first, starts(edits.spread_starts(document, 0, "random"), 9))
    other = document.replace(race=document.race.replace(seed=1))
    assert not np.array_equal(first, starts(edits.spread_starts(other, 0, "random"), 9))
    assert (np.abs(first) < (10.0, 5.0)).all()


@pytest.mark.parametrize("entry", ["A ring of 8", "A grid of 3 × 3"])
def test_the_menu_spreads_the_selected_racer_as_one_edit(open_panel, qtbot, entry):
    panel = open_panel(bowl(SGD).replace(landscape=WIDE))
    before = panel.session.document
    panel.session.select_racer(0)
    menu = panel.context_menu()
    spread = next(a.menu() for a in menu.actions() if a.menu() and "many starts" in a.text())
    next(action for action in spread.actions() if action.text() == entry).trigger()
    names = [racer.label for racer in panel.session.document.race.racers]
    assert names[:2] == ["SGD", "SGD 2"] and len(set(names)) == len(names)
    settle(qtbot, panel.session)
    panel.session.undo_stack.undo()
    assert panel.session.document is before
