"""The report of a soak: what it counts, and what it leaves out."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from tests.ui.monkey_report import Report
from tests.ui.watchdog import Block


def _report(**changes) -> Report:
    values = {"seed": 3, "events": 40, "errors": (), "samples": (), "blocks": 0, "noted": ()}
    return Report(**(values | changes))


def test_the_first_minute_does_not_count():
    # 300 MB at the second minute and 2 MB more with each that follows, after a steep beginning.
    samples = [
        (0.1, 90.0, 40.0),
        (0.9, 250.0, 80.0),
        *((minutes, 296.0 + 2.0 * minutes, 100.0 + minutes) for minutes in (2.0, 3.0, 4.0, 6.0)),
    ]
    report = _report(samples=samples)
    assert report.slope == pytest.approx(2.0)
    text = report.text()
    assert "+2.00 MB a minute (least squares, 4 samples)" in text
    assert "300 MB at its beginning, 308 MB at the end, 308 MB at most" in text
    assert "102 to 106 MB" in text


def test_a_run_without_a_second_minute_has_no_slope():
    report = _report(samples=[(0.2, 100.0, 50.0), (0.9, 120.0, 50.0)])
    assert math.isnan(report.slope)
    assert "too short" in report.text()


def test_the_longest_ten_blocks_are_told_with_what_was_done():
    noted = [Block(0.1 + 0.01 * i, f"deed {i}", "wave.py:run") for i in range(12)]
    lines = _report(blocks=14, noted=noted, places=Counter({"wave.py:run": 1.5})).text().splitlines()
    assert lines[2].endswith(": 14 times")
    told = [line.split() for line in lines if "deed" in line]
    assert [row[:4] for row in told] == [[f"{210 - 10 * i}", "ms", "deed", f"{11 - i}"] for i in range(10)]
    assert lines[-1].split() == ["1.50", "s", "wave.py:run"]


def test_exceptions_are_told():
    text = _report(errors=["deed: ValueError: no"]).text()
    assert text.splitlines()[0].endswith("exceptions: 1")
    assert text.endswith("exception 1, after deed: ValueError: no")
