from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gdstudio.ui.survey.cells import CellsPlot, ticks


def test_ticks_of_even_values_stand_where_the_values_are():
    assert ticks(np.linspace(0.0, 10.0, 11))[:2] == [(0.5, "0"), (2.5, "2")]


def test_ticks_of_equal_ratios_are_powers_of_ten():
    found = dict((text, place) for place, text in ticks(np.geomspace(1e-4, 1.0, 9)))
    assert found["0.001"] == pytest.approx(2.5)
    assert found["1"] == pytest.approx(8.5)


@pytest.fixture
def plot(qtbot) -> CellsPlot:
    plot = CellsPlot()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    plot.show_axes(("x", "y"), np.arange(4.0), np.arange(3.0))
    plot.show_cells(np.full((4, 3, 4), 255, dtype=np.uint8))
    return plot


def test_a_click_chooses_the_cell_under_it(plot, qtbot):
    rect = plot.box.mapRectToScene(plot.box.rect())
    # The lower left quarter of the last cell of the first row.
    place = QPoint(int(rect.right() - rect.width() / 8), int(rect.bottom() - rect.height() / 6))
    with qtbot.waitSignal(plot.chosen) as caught:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == [3, 0]


def test_arrows_walk_over_the_cells_and_enter_chooses(plot, qtbot):
    seen = []
    plot.pointed.connect(seen.append)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Up)
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert seen == [(2, 1), (2, 2), (3, 2)]
    with qtbot.waitSignal(plot.chosen) as caught:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert caught.args == [3, 2]
