"""What a person may set on an optimizer or a schedule: its range, unit and meaning, and how it is checked."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .errors import EngineError, shown, suggestion


@dataclass(frozen=True)
class Option:
    """One thing about a rule that a person may set.

    Attributes:
        default: a bool makes the option a switch, a string with `choices` a choice, anything else a number.
        low, high: the range, both ends included unless `below_high`; None = no limit.
        unit: what the number counts, "" for a pure number.
        log: whether a slider should be logarithmic.
    """

    name: str
    default: float | bool | str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    meaning: str = ""
    log: bool = False
    choices: tuple[str, ...] = ()
    below_high: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is neither a switch nor a choice of words."""
        return not isinstance(self.default, (bool, str))

    def checked(self, value: Any) -> float | bool | str:
        """`value` as this option stores it; EngineError with one sentence when it cannot be."""
        if isinstance(self.default, bool):
            if not isinstance(value, bool):
                raise EngineError(f"{self.name} is a switch: give true or false, not {shown(value)}")
            return value
        if isinstance(self.default, str):
            if not isinstance(value, str) or value not in self.choices:
                near = suggestion(str(value), self.choices)
                raise EngineError(f"{self.name} is one of {listed(self.choices)}, not {shown(value)}{near}")
            return value
        try:
            if isinstance(value, (bool, str, complex)):
                raise TypeError
            number = float(value)
        except OverflowError:
            number = math.inf if value > 0 else -math.inf
        except (TypeError, ValueError):
            raise EngineError(f"{self.name} is a number, not {shown(value)}") from None
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if not low <= number <= high or (self.below_high and number == high) or not math.isfinite(number):
            raise EngineError(f"{self.name} is {number:g}; it must be {self.range}")
        return number

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest number that is allowed."""
        low = -math.inf if self.low is None else float(self.low)
        high = math.inf if self.high is None else float(self.high)
        return low, math.nextafter(high, low) if self.below_high else high

    @property
    def range(self) -> str:
        """The range in words, for messages and tooltips."""
        if self.low is None and self.high is None:
            return "finite"
        if self.high is None:
            return f"finite and at least {self.low:g}"
        if self.low is None:
            return f"below {self.high:g}" if self.below_high else f"at most {self.high:g}"
        if self.below_high:
            return f"at least {self.low:g} and below {self.high:g}"
        return f"at least {self.low:g} and at most {self.high:g}"


def find_option(row: Any, name: str) -> Option:
    """The option of that name; EngineError names the nearest one."""
    for option in row.options:
        if option.name == name:
            return option
    known = [option.name for option in row.options]
    raise EngineError(
        f"{row.name} has no option {name!r}{suggestion(name, known) or f'; it has {listed(known)}'}"
    )


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
