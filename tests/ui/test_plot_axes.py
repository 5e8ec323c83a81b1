"""How numbers along an axis are written, and how often a plot is painted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gdstudio.ui.plot import Plot
from gdstudio.ui.plot_axes import NumberAxis
from tests.ui.helpers import Paintings


@pytest.mark.parametrize(
    ("values", "spacing", "written"),
    [
        ([-1.0, -0.5, 0.0, 0.5, 1.0], 0.5, ["−1", "−0.5", "0", "0.5", "1"]),
        ([-20.0, 0.0, 100.0], 20.0, ["−20", "0", "100"]),
        ([0.25, 0.3], 0.05, ["0.25", "0.3"]),
        ([-2e-8, 1e-8], 1e-8, ["−2e−8", "1e−8"]),
        ([-1e6, 10.0], 5e5, ["−1e6", "10"]),
    ],
)
def test_numbers_have_a_minus_and_no_zeros_that_say_nothing(qapp, values, spacing, written):
    assert NumberAxis("left").tickStrings(values, 1.0, spacing) == written


def test_a_plot_has_both_axes_of_this_kind(qtbot):
    plot = Plot()
    qtbot.addWidget(plot)
    assert all(isinstance(plot.getAxis(side), NumberAxis) for side in ("left", "bottom"))


def test_another_range_has_a_plot_painted_once(qtbot):
    plot = Plot()
    qtbot.addWidget(plot)
    plot.plot([0.0, 1.0, 2.0], [1.0, 4.0, 2.0])
    plot.show()
    qtbot.waitExposed(plot)
    plot.setRange(xRange=(0.0, 7.0), yRange=(-3.0, 3.0), padding=0.0)
    _let_settle()
    paintings = Paintings()
    plot.viewport().installEventFilter(paintings)
    plot.setRange(xRange=(0.0, 8.0), yRange=(-3.0, 4.0), padding=0.0)
    _let_settle()
    assert paintings.count == 1


def _let_settle() -> None:
    # Each of several layouts asks for a painting, and that for the next.
    for _ in range(20):
        QApplication.processEvents()


def test_the_words_beside_an_axis_follow_their_text_and_colour(qtbot):
    plot = Plot()
    qtbot.addWidget(plot)
    axis = plot.getAxis("left")
    axis.setLabel("loss", color="#ff0000")
    axis.setRange(0.0, 7.0)
    assert axis.label.toPlainText().strip() == "loss"
    axis.setLabel("step", color="#00ff00")
    assert axis.label.toPlainText().strip() == "step"
    assert "#00ff00" in axis.label.toHtml()
