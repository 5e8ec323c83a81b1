"""Numbers as people write, read and turn them: parsing, short text, steps of arrows, wheels and drags.

No Qt here. Hyper-parameters span many decades, so a step is a factor (1, 2, 5, 10, ...) for rates, the same
factor on the distance to 1 for decay rates such as beta2 = 0.999, and a plain difference for everything else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.ui.translation import of_error

Kind = Literal["log", "decay", "linear"]

MINUS = "\N{MINUS SIGN}"
_LADDER = (1.0, 2.0, 5.0)
_SMALLEST = 1e-12
# Beside the length of the way to it, a coordinate so small is 0.
_NOTHING = 1e-6
_PIXELS_PER_DECADE = 90.0
_PIXELS_PER_RANGE = 240.0


class NumberError(ValueError):
    """A text or a number that a field cannot take; the message is one sentence for the person."""


def parse_number(text: str) -> float:
    """The finite number written in `text`; `1e-3`, `1e−3` and `0,001` are all fine. Raises NumberError."""
    plain = text.strip().replace(MINUS, "-").replace(" ", "").replace("_", "x")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        shown = text.strip()
        raise NumberError(f"“{shown}” is not a number" if shown else "the field is empty") from None
    if not math.isfinite(value):
        raise NumberError(f"“{text.strip()}” is not a finite number")
    return value


def format_value(value: float, digits: int = 12) -> str:
    """A setting in full, without trailing zeros: 0.001, 1e−8, −2.5."""
    value = float(value)
    if not math.isfinite(value):
        return format_measured(value)
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def format_measured(value: float, digits: int = 5) -> str:
    """A computed number with always the same count of significant digits, so that columns stand still."""
    if math.isnan(value):
        return _tr("not a number")
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if -3 <= exponent < digits:
        text = f"{value:.{max(0, digits - 1 - exponent)}f}"
    else:
        mantissa, power = f"{value:.{max(0, digits - 2)}e}".split("e")
        text = f"{mantissa}e{int(power)}"
    return text.replace("-", MINUS)


def format_point(point: Any, digits: int = 3, most: int = 3, size: int | None = None) -> str:
    """A point as text, `(−1.2, 1)`; with more than `most` coordinates the rest is counted.

    Args:
        size: how many coordinates there are, where `point` has only the first of them.
    """
    size = len(point) if size is None else size
    shown = [f"{float(v):.{digits}g}".replace("-", MINUS) for v in point[:most]]
    if size > most:
        shown.append(_tr("… {0} in all").format(size))
    return f"({', '.join(shown)})"


def tidy_end(path: np.ndarray) -> np.ndarray:
    """The end of a path (steps + 1, n), with 0 for what is nothing beside the way there: (3, 0), not (3, 1e−39)."""
    way = float(np.max(np.abs(path - path[-1]), initial=0.0))
    return np.where(np.abs(path[-1]) < _NOTHING * way, 0.0, path[-1])


@dataclass(frozen=True)
class Range:
    """What a number field accepts and how its steps go.

    `low` and `high` are bounds or None, `high` itself excluded when `below_high`; `kind` says how arrows and
    drags move.
    """

    kind: Kind = "linear"
    low: float | None = None
    high: float | None = None
    default: float = 0.0
    whole: bool = False
    below_high: bool = False

    @classmethod
    def of(cls, option: Any) -> Range:
        """The range of an engine option (`.default .low .high .below_high .log`)."""
        default = float(option.default)
        decay = option.below_high and option.high == 1 and default >= 0
        kind: Kind = "log" if option.log else "decay" if decay else "linear"
        return cls(kind, option.low, option.high, default, below_high=option.below_high)

    def contains(self, value: float) -> bool:
        if self.low is not None and value < self.low:
            return False
        return self.high is None or value < self.high or (value == self.high and not self.below_high)

    def clamped(self, value: float) -> float:
        if self.low is not None:
            value = max(value, self.low)
        if self.high is not None and not self.contains(value):
            value = _tidy(self.high - 1e-9) if self.below_high else self.high
        return value

    def words(self) -> str:
        """The bounds as words: `from 0 to 1`, `at least 0`, `any number`."""
        low, high = (None if end is None else format_value(end, 6) for end in (self.low, self.high))
        if low is not None and high is not None:
            both = _tr("from {0} to below {1}") if self.below_high else _tr("from {0} to {1}")
            return both.format(low, high)
        if low is not None:
            return _tr("at least {0}").format(low)
        if high is not None:
            return _tr("at most {0}").format(high)
        return _tr("any number")

    def read(self, text: str) -> float:
        """The number in `text`; NumberError says what is wrong with it and what would be right."""
        right = _tr("; a whole number {0} is right") if self.whole else _tr("; a number {0} is right")
        right = "" if self.low is None and self.high is None else right.format(self.words())
        try:
            value = parse_number(text)
        except NumberError as error:
            raise NumberError(f"{of_error(error)}{right}") from None
        if self.whole and value != round(value):
            raise NumberError(_tr("{0} is not a whole number").format(format_value(value)) + right)
        if not self.contains(value):
            raise NumberError(_tr("{0} is out of range").format(format_value(value)) + right)
        return value

    def stepped(self, value: float, steps: int) -> float:
        """`value` after so many arrow steps (negative = down), inside the range."""
        for _ in range(abs(steps)):
            value = self._one_step(value, 1 if steps > 0 else -1)
        return self.clamped(value)

    def dragged(self, value: float, pixels: float) -> float:
        """`value` after a drag of so many pixels, rounded to two significant digits, inside the range."""
        if self.kind == "log" and value > 0:
            return self.clamped(_rounded(value * 10.0 ** (pixels / _PIXELS_PER_DECADE)))
        if self.kind == "log":
            if pixels <= 4:
                return value
            return self.clamped(_rounded(self._first_rung() * 10.0 ** (pixels / _PIXELS_PER_DECADE)))
        if self.kind == "decay" and value < 1:
            distance = _rounded((1.0 - value) * 10.0 ** (-pixels / _PIXELS_PER_DECADE))
            return self.clamped(_tidy(1.0 - max(distance, 1e-9)))
        if self.low is not None and self.high is not None:
            span = self.high - self.low
        else:
            span = 2.0 * max(abs(self.default), abs(value), 1.0)
        unit = 10.0 ** math.floor(math.log10(span / 100.0))
        if self.whole:
            unit = max(1.0, unit)
        return self.clamped(_tidy(round((value + pixels * span / _PIXELS_PER_RANGE) / unit) * unit))

    def _first_rung(self) -> float:
        """Where a logarithmic field goes from 0: three decades below its usual size."""
        return 10.0 ** math.floor(math.log10(self.default) - 3) if self.default > 0 else 1e-6

    def _one_step(self, value: float, direction: int) -> float:
        if self.kind == "log":
            if value <= 0:
                return self._first_rung() if direction > 0 else value
            lower = _rung(value, direction)
            return 0.0 if self.low == 0 and lower < _SMALLEST else lower
        if self.kind == "decay" and value < 1:
            # Away from 1 in rungs of the distance: 0.9, 0.95, 0.98, 0.99, ...
            return _tidy(1.0 - min(1.0, _rung(1.0 - value, -direction)))
        if self.whole:
            return value + direction
        if self.low is not None and self.high is not None:
            span = self.high - self.low
        else:
            span = max(1.0, 2.0 * abs(self.default))
        return _tidy(value + direction * _rounded(span / 20.0))


def _rung(value: float, direction: int) -> float:
    """The next number of the ladder ... 0.1 0.2 0.5 1 2 5 10 ... above (1) or below (-1) a positive value."""
    exponent = math.floor(math.log10(value))
    rungs = [_tidy(step * 10.0**power) for power in range(exponent - 1, exponent + 3) for step in _LADDER]
    if direction > 0:
        return next(rung for rung in rungs if rung > value * (1 + 1e-9))
    return next(rung for rung in reversed(rungs) if rung < value * (1 - 1e-9))


def _rounded(value: float) -> float:
    return float(f"{value:.1e}")


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 0.30000000000000004 becomes 0.3."""
    return float(f"{value:.12g}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("RaceNumbers", text)
