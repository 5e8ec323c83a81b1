from __future__ import annotations

import numpy as np
import pytest

from gdstudio.engine.optimizers.rule import Option
from gdstudio.ui.race.numbers import (
    NumberError,
    Range,
    format_measured,
    format_point,
    format_value,
    parse_number,
    tidy_end,
)

RATE = Range("log", 1e-12, 1e6, 0.01)
DECAY = Range("decay", 0, 1, 0.9, below_high=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.01", 0.01), ("1e-3", 1e-3), ("1e−3", 1e-3), (" 2 ", 2.0), ("0,5", 0.5), ("−4", -4.0), (".5", 0.5)],
)
def test_numbers_are_read_in_any_usual_notation(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "abc", "1e", "nan", "inf", "1_000", "1,2,3", "0x10"])
def test_what_is_no_finite_number_is_refused(text):
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.001, "0.001"), (1e-8, "1e−8"), (-2.5, "−2.5"), (10.0, "10"), (0.0, "0"), (1e20, "1e20")],
)
def test_settings_are_shown_in_full_and_read_back(value, text):
    assert format_value(value) == text
    assert parse_number(text) == value


def test_measured_numbers_keep_their_count_of_digits():
    assert [format_measured(v) for v in (0.125, 12.5, 1234.5, 1e-7, 2.5e9)] == [
        "0.12500",
        "12.500",
        "1234.5",
        "1.000e−7",
        "2.500e9",
    ]
    assert format_measured(float("inf")) == "∞"


def test_long_points_are_cut_and_counted():
    assert format_point((-1.2, 1.0)) == "(−1.2, 1)"
    assert format_point(range(9)) == "(0, 1, 2, … 9 in all)"


def test_rates_step_one_two_five_per_decade():
    assert [RATE.stepped(0.01, k) for k in (-3, -2, -1, 1, 2, 3)] == [0.001, 0.002, 0.005, 0.02, 0.05, 0.1]
    assert RATE.stepped(0.03, 1) == 0.05
    assert RATE.stepped(0.03, -1) == 0.02
    assert RATE.stepped(1e6, 1) == 1e6


def test_decay_rates_step_by_their_distance_to_one():
    assert [DECAY.stepped(0.9, k) for k in (1, 2, 3, 4)] == [0.95, 0.98, 0.99, 0.995]
    assert DECAY.stepped(0.9, -1) == 0.8
    assert DECAY.stepped(0.0, -1) == 0.0


def test_a_range_that_includes_zero_can_be_left_and_reached():
    allowed = Range("log", 0.0, 100.0, 0.0)
    assert allowed.stepped(0.0, 1) == 1e-6
    assert allowed.stepped(1e-12, -1) == 0.0


def test_a_drag_of_ninety_pixels_is_one_decade():
    assert RATE.dragged(0.01, 90) == pytest.approx(0.1)
    assert RATE.dragged(0.01, -90) == pytest.approx(0.001)
    assert DECAY.dragged(0.9, 90) == pytest.approx(0.99)
    assert DECAY.dragged(0.9, 900) < 1


def test_ranges_say_what_would_be_right():
    with pytest.raises(NumberError, match="from 0 to below 1 is right"):
        DECAY.read("1")
    with pytest.raises(NumberError, match="not a whole number"):
        Range("linear", 1, 10, 5, whole=True).read("2.5")


def test_an_option_of_the_engine_gives_its_range():
    allowed = Range.of(Option("beta2", 0.999, 0.0, 1.0, below_high=True))
    assert (allowed.kind, allowed.contains(1.0), allowed.contains(0.0)) == ("decay", False, True)


def test_the_end_of_a_path_is_told_without_what_is_nothing_beside_the_way():
    path = np.array([[4.0, 4.0, 1e-9], [3.0, -5e-39, 2e-9], [3.0, 4e-7, 3e-9]])
    assert tidy_end(path).tolist() == [3.0, 0.0, 0.0]
    # Of a short way small numbers are all there is.
    assert tidy_end(1e-9 * path[:, :1]) == pytest.approx([3e-9], rel=1e-12)
    assert tidy_end(np.array([[1e-9]])).tolist() == [1e-9]
