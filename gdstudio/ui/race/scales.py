"""The vertical scale of the curves and its axis: logarithmic, linear, or logarithmic on both sides of 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from gdstudio.ui.plot_axes import NumberAxis

ScaleName = Literal["linear", "log", "symlog"]
MOST_DECADES = 18


class Scale:
    """The vertical scale: logarithmic, linear, or logarithmic on both sides of 0 (symlog).

    Args:
        name: which.
        threshold: for symlog, the size below which the scale is linear.
        zero: for log, the height at which an exact 0 is drawn.
    """

    def __init__(self, name: ScaleName, threshold: float = 1.0, zero: float = math.nan) -> None:
        self.name = name
        self.threshold = threshold
        self.zero = zero

    @classmethod
    def fitting(cls, values: Sequence[np.ndarray], logarithmic: bool) -> Scale:
        """The scale for these curves: logarithmic when asked for and every value is >= 0, else symlog."""
        if not logarithmic:
            return cls("linear")
        finite = [v[np.isfinite(v)] for v in values]
        together = np.concatenate(finite) if finite else np.empty(0)
        if not np.any(together < 0):
            return cls("log", zero=_height_of_zero(together[together > 0], [v[0] for v in finite if len(v)]))
        size = np.abs(together[together != 0])
        return cls("symlog", 10.0 ** math.floor(math.log10(float(np.median(size))) - 2) if len(size) else 1.0)

    def heights(self, values: np.ndarray) -> np.ndarray:
        """Values as heights on the plot; what cannot be drawn becomes not-a-number."""
        with np.errstate(all="ignore"):
            if self.name == "log":
                logarithms = np.log10(np.where(values > 0, values, 1.0))
                return np.where(values > 0, logarithms, np.where(values == 0, self.zero, np.nan))
            if self.name == "symlog":
                return np.sign(values) * np.log10(1.0 + np.abs(values) / self.threshold)
            return np.asarray(values, dtype=float)

    def value(self, height: float) -> float:
        """The value at a height: the inverse of `heights`."""
        if self.name == "log":
            return 10.0**height if height < 308 else math.inf
        if self.name == "symlog":
            size = self.threshold * (10.0 ** abs(height) - 1.0) if abs(height) < 300 else math.inf
            return math.copysign(size, height)
        return height


def _height_of_zero(positive: np.ndarray, starts: Sequence[float]) -> float:
    """Below every positive value, but not so far that the others become flat."""
    if not len(positive):
        return 0.0
    top = math.log10(max([start for start in starts if start > 0], default=1.0))
    return float(max(math.floor(math.log10(float(np.min(positive)))) - 1, math.floor(top) - MOST_DECADES))


class ValueAxis(NumberAxis):
    """A left axis of fixed width with labels in the values of a Scale."""

    def __init__(self) -> None:
        super().__init__("left")
        self._scale = Scale("linear")
        self.setWidth(58)

    def set_scale(self, scale: Scale) -> None:
        self._scale = scale
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if self._scale.name == "linear":
            return super().tickValues(low, high, size)
        every = max(1, math.ceil((high - low) / max(1.0, size / 26.0)))
        if self._scale.name == "symlog":
            return [(float(every), self._round_marks(low, high, every))]
        first = math.ceil(low / every) * every
        major = [float(k) for k in range(first, math.floor(high) + 1, every)]
        if len(major) >= 2:
            return [(float(every), major)]
        # Less than a decade in view: round values between, labelled too.
        marks = [
            k + math.log10(m) for k in range(math.floor(low), math.ceil(high) + 1) for m in (1, 2, 3, 5, 7)
        ]
        return [(1.0, [mark for mark in marks if low <= mark <= high])]

    def _round_marks(self, low: float, high: float, every: int) -> list[float]:
        """Heights of 0 and of the threshold times powers of ten, on both sides of 0."""
        powers = np.arange(every, math.ceil(max(abs(low), abs(high))) + 1, every, dtype=float)
        sizes = self._scale.threshold * 10.0**powers
        heights = self._scale.heights(np.concatenate([-sizes[::-1], [0.0], sizes]))
        return [float(height) for height in heights if low <= height <= high]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self._scale.name == "linear":
            return super().tickStrings(values, scale, spacing)
        return [tick_text(self._scale.value(v)) for v in values]


def tick_text(value: float) -> str:
    """A value as short as a tick needs it: 0.01, 1e−8."""
    text = f"{value:.2g}"
    if "e" in text:
        mantissa, power = text.split("e")
        text = f"{mantissa}e{int(power)}"
    return text.replace("-", "−")
