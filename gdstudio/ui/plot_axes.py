"""Axes whose numbers are written as everywhere else: with a real minus, and without zeros that say nothing."""

from __future__ import annotations

import pyqtgraph as pg


class NumberAxis(pg.AxisItem):
    """An axis of plain numbers: −1, −0.5, 0, 1e−8."""

    # The words beside the axis as they are laid out.
    _words: str | None = None

    def _updateLabel(self) -> None:
        """pyqtgraph lays the words out anew with each range; mostly they are the same."""
        words = self.labelString()
        if words == self._words:
            self.picture = None
            self.update()
        else:
            self._words = words
            super()._updateLabel()

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [_written(text) for text in super().tickStrings(values, scale, spacing)]


def _written(text: str) -> str:
    if "e" in text:
        mantissa, power = text.split("e")
        text = f"{mantissa}e{int(power)}"
    elif "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")
