"""How numbers along an axis are written."""

from __future__ import annotations

import pytest

from gdstudio.ui.plot_axes import NumberAxis, number_axes


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


def test_a_plot_has_both_axes_of_this_kind(qapp):
    assert {side: axis.orientation for side, axis in number_axes().items()} == {
        "left": "left",
        "bottom": "bottom",
    }
