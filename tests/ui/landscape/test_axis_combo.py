"""The axes of a graph with far more coordinates than a list can show."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RaceSettings
from gdstudio.ui.landscape.axis_combo import MOST_LISTED
from gdstudio.ui.landscape.controls import Controls
from tests.ui.helpers import find

from .support import bowl

# Of a 60 × 50 parameter W and a scalar w: 3,001 coordinates.
NAMES = (*(f"W[{row},{column}]" for row in range(60) for column in range(50)), "w")


@pytest.fixture
def controls(qtbot) -> Controls:
    shown = Controls()
    qtbot.addWidget(shown)
    shown.show()
    shown.show_coordinates(NAMES)
    shown.show_axes(("W[0,0]", "W[0,1]"))
    return shown


def write(qtbot, combo: QComboBox, text: str) -> None:
    combo.setFocus()
    combo.lineEdit().selectAll()
    qtbot.keyClicks(combo.lineEdit(), text)
    qtbot.keyClick(combo.lineEdit(), Qt.Key.Key_Return)


def test_the_first_coordinates_are_listed_and_directions_after_them(controls):
    x, y = find(controls, "landscapeXAxis", QComboBox), find(controls, "landscapeYAxis", QComboBox)
    assert x.count() == MOST_LISTED + 2
    assert y.count() == MOST_LISTED + 1
    assert [x.itemData(i) for i in range(MOST_LISTED)] == list(NAMES[:MOST_LISTED])
    assert [x.itemText(MOST_LISTED + i) for i in (0, 1)] == ["Random", "PCA"]


def test_chosen_coordinates_are_listed_wherever_they_are(controls):
    controls.show_axes(("W[59,49]", "w"))
    x, y = find(controls, "landscapeXAxis", QComboBox), find(controls, "landscapeYAxis", QComboBox)
    assert (x.currentText(), x.currentData()) == ("W[59,49]", "W[59,49]")
    assert (y.currentText(), y.currentData()) == ("w", "w")
    assert x.count() == MOST_LISTED + 3


@pytest.mark.parametrize("typed", ["W[12,7]", " W[12, 7] ", "W[0,3]"])
def test_a_typed_coordinate_is_chosen_once(controls, qtbot, typed):
    chosen = []
    controls.axes_chosen.connect(chosen.append)
    write(qtbot, find(controls, "landscapeXAxis", QComboBox), typed)
    assert chosen == [("".join(typed.split()), "W[0,1]")]


def test_capitals_matter(controls, qtbot):
    chosen = []
    controls.axes_chosen.connect(chosen.append)
    write(qtbot, find(controls, "landscapeYAxis", QComboBox), "w")
    write(qtbot, find(controls, "landscapeYAxis", QComboBox), "w[0,5]")
    assert chosen == [("W[0,0]", "w")]


def test_typing_the_other_axis_coordinate_swaps_them(controls, qtbot):
    chosen = []
    controls.axes_chosen.connect(chosen.append)
    controls.show_axes(("W[30,1]", "W[40,2]"))
    write(qtbot, find(controls, "landscapeXAxis", QComboBox), "W[40,2]")
    assert chosen == [("W[40,2]", "W[30,1]")]


def test_a_wrong_name_changes_nothing_and_is_answered_with_one_that_exists(controls, qtbot):
    chosen = []
    controls.axes_chosen.connect(chosen.append)
    combo = find(controls, "landscapeXAxis", QComboBox)
    write(qtbot, combo, "W[60,0]")
    assert chosen == []
    assert combo.accessibleDescription() == (
        "The graph has no coordinate W[60,0]; write the name of one, such as W[59,49]."
    )
    assert combo.currentText() == "W[60,0]"  # stays to be corrected
    controls.scale.setFocus()
    assert combo.currentText() == "W[0,0]"


def test_a_few_coordinates_are_a_plain_list(controls):
    controls.show_coordinates(("a", "b"))
    controls.show_axes(("b", "a"))
    combo = find(controls, "landscapeXAxis", QComboBox)
    assert not combo.isEditable()
    assert [combo.itemText(i) for i in range(combo.count())] == ["a", "b", "Random", "PCA"]
    assert combo.currentText() == "b"


def test_a_typed_coordinate_becomes_the_axis_of_the_document(open_view, qtbot, settle):
    graph = engine.parse("loss = sum(W**2)", parameters={"W": np.ones((30, 20))})
    hand = open_view(Document("Wide", graph, LandscapeSettings(), RaceSettings(2)))
    write(qtbot, find(hand.view, "landscapeYAxis", QComboBox), "W[29,19]")
    settle(hand.session)
    assert hand.session.document.landscape.axes == ("W[0,0]", "W[29,19]")
    assert hand.session.undo_stack.undoText() == "Choose axes"
    assert hand.session.grid.axes == ("W[0,0]", "W[29,19]")
    assert not find(open_view(bowl()).view, "landscapeXAxis", QComboBox).isEditable()
