"""How numbers and words along an axis are written."""

from __future__ import annotations

import pytest

from gdstudio.ui.plot import Plot
from gdstudio.ui.plot_axes import NumberAxis


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
