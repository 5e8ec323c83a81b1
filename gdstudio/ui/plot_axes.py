"""Axes whose numbers are written as everywhere else: with a real minus, and without zeros that say nothing."""

from __future__ import annotations

import pyqtgraph as pg


class NumberAxis(pg.AxisItem):
    """An axis of plain numbers: −1, −0.5, 0, 1e−8."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [_written(text) for text in super().tickStrings(values, scale, spacing)]


def number_axes() -> dict[str, pg.AxisItem]:
    """The two axes of a plot, as `pg.PlotWidget(axisItems=…)` takes them."""
    return {side: NumberAxis(side) for side in ("left", "bottom")}


def _written(text: str) -> str:
    if "e" in text:
        mantissa, power = text.split("e")
        text = f"{mantissa}e{int(power)}"
    elif "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")
