"""How losses become colours: linear, logarithmic and rank scales, round numbers on them, and colour maps.

Numbers only, no Qt objects. A scale maps losses to positions from 0 (lowest) to 1 (highest) and back;
everything that shows a loss as a colour or as a mark on the colour bar goes through it, so image, bar and
contour lines agree.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyqtgraph as pg

Array = np.ndarray
ScaleKind = Literal["linear", "log", "rank"]

SCALES: tuple[ScaleKind, ...] = ("linear", "log", "rank")

# Maps that pyqtgraph has under another name: Peter Kovesi's grey scale, even in lightness.
_FILES = {"gray": "CET-L1"}

_HOLE = 0
_COLOURS = 255
_KNOTS = 257
_FLAT = 0.001
_PLATEAU = 0.15


@dataclass(frozen=True)
class ColourScale:
    """A monotone map between losses and positions in [0, 1].

    Attributes:
        kind: "linear"; "log": the logarithm of the height above the lowest loss; "rank": every colour covers
        the
            same area of the picture.
        losses, positions: knots, both ascending; between two of them linear and rank scales are straight.
        offset: on a log scale, what is added to the height so that the lowest loss has a logarithm.
    """

    kind: ScaleKind
    losses: Array
    positions: Array
    offset: float = 0.0

    @classmethod
    def of(cls, z: Array, kind: str, levels: tuple[float, float] | None = None) -> ColourScale:
        """The scale that suits the losses `z` (any shape; non-finite ones are left out).

        Args:
            levels: the losses at both ends; the lowest and the highest of `z` when None.
        """
        finite = z[np.isfinite(z)]
        if levels is not None:
            inside = finite[(finite > levels[0]) & (finite < levels[1])]
            finite = np.concatenate([np.array(levels), inside])
        if finite.size == 0:
            return cls("linear", np.empty(0), np.empty(0))
        low, high = float(finite.min()), float(finite.max())
        if not low < high:
            return cls("linear", np.array([low]), np.array([0.5]))
        if kind == "rank":
            # Quantiles can repeat on plateaus; a plateau takes the middle of the positions that it covers.
            knots = np.quantile(finite, np.linspace(0.0, 1.0, _KNOTS))
            losses, first, count = np.unique(knots, return_index=True, return_counts=True)
            positions = (first + (count - 1) / 2.0) / (_KNOTS - 1)
            positions[0], positions[-1] = 0.0, 1.0
            return cls("rank", losses, positions)
        ends = np.array([low, high]), np.array([0.0, 1.0])
        if kind == "log":
            # The lowest half percent of the picture shares the bottom of the scale. Without this a single
            # grid point that happens to lie on the minimum would spend most colours on losses that nobody can
            # see.
            height = high - low
            offset = float(np.quantile(finite, 0.005)) - low
            return cls("log", *ends, offset=min(max(offset, 1e-12 * height), 0.1 * height))
        return cls("linear", *ends)

    @property
    def empty(self) -> bool:
        """No finite loss at all."""
        return self.losses.size == 0

    @property
    def low(self) -> float:
        return float(self.losses[0]) if self.losses.size else math.nan

    @property
    def high(self) -> float:
        return float(self.losses[-1]) if self.losses.size else math.nan

    def position(self, losses: Array | float) -> Array:
        """Where losses lie on the scale, clipped to [0, 1]; NaN for what is not finite."""
        losses = np.asarray(losses, dtype=float)
        if self.empty:
            return np.full(losses.shape, math.nan)
        if self.kind == "log":
            height = np.clip(losses, self.low, self.high) - self.low
            result = np.log1p(height / self.offset) / math.log1p((self.high - self.low) / self.offset)
        elif self.losses.size == 1:
            result = np.full(losses.shape, 0.5)
        else:
            result = np.interp(losses, self.losses, self.positions)
        return np.where(np.isfinite(losses), result, math.nan)

    def loss(self, positions: Array | float) -> Array:
        """The losses at positions in [0, 1]; the inverse of `position`."""
        positions = np.asarray(positions, dtype=float)
        if self.kind == "log":
            top = math.log1p((self.high - self.low) / self.offset)
            return np.clip(self.low + self.offset * np.expm1(positions * top), self.low, self.high)
        return np.interp(positions, self.positions, self.losses)

    def indices(self, z: Array) -> Array:
        """Indices into a `colour_table`, uint8, of the shape of `z`; 0 marks a hole."""
        position = self.position(z)
        hole = np.isnan(position)
        index = 1.0 + np.rint(np.where(hole, 0.0, position) * (_COLOURS - 1))
        return np.where(hole, _HOLE, index).astype(np.uint8)

    def round_losses(self, count: int) -> list[float]:
        """About `count` round losses, ascending, spread evenly over the scale's positions.

        They label the colour bar and are the levels of contour lines.
        """
        if self.empty or self.losses.size == 1 or count < 1:
            return [float(loss) for loss in self.losses]
        if self.kind == "linear":
            return round_steps(self.low, self.high, count)
        edges = self.loss((np.arange(count)[:, None] + np.array([0.25, 0.75])) / count)
        found = {roundest(float(a), float(b)) for a, b in edges if a < b}
        return sorted(loss for loss in found if self.low <= loss <= self.high)

    def levels(self, z: Array, count: int) -> list[float]:
        """About `count` round losses for contour lines of `z`, but none on a plateau.

        There a line would scatter all over the place and mean nothing but rounding errors.
        """
        losses = self.round_losses(count) if self.losses.size > 1 else []
        some = self.position(z[::4, ::4])
        some = some[np.isfinite(some)]
        near = (np.mean(np.abs(some - self.position(loss)) < _FLAT) for loss in losses)
        return [loss for loss, share in zip(losses, near, strict=True) if share < _PLATEAU]


def roundest(a: float, b: float) -> float:
    """The number in [a, b] with the fewest digits (of several the one with the roundest last digit)."""
    if a <= 0.0 <= b:
        return 0.0
    exponent = math.floor(math.log10(max(abs(a), abs(b)))) + 1
    for power in range(exponent, exponent - 17, -1):
        for digit in (10, 5, 2, 1):
            step = digit * 10.0 ** (power - 1)
            candidate = math.ceil(a / step) * step
            if candidate <= b:
                return float(f"{candidate:.15g}")
    return (a + b) / 2.0


def round_steps(low: float, high: float, count: int) -> list[float]:
    """About `count` multiples of 1, 2 or 5 times a power of ten within [low, high]."""
    rough = (high - low) / max(count, 1)
    unit = 10.0 ** math.floor(math.log10(rough))
    step = min((m * unit for m in (1.0, 2.0, 5.0, 10.0)), key=lambda each: abs(math.log(each / rough)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{k * step:.12g}") for k in range(first, last + 1)]


def number_text(value: float, neighbours: Sequence[float] = ()) -> str:
    """A round loss as a short label: 0.25, 1200, 1e6, −3.

    `neighbours` are the other labels beside it; digits are added until it differs from all of them.
    """
    for digits in range(3, 13):
        text = _short(value, digits)
        if all(other == value or _short(other, digits) != text for other in neighbours):
            break
    return text


@functools.lru_cache(maxsize=4096)
def _short(value: float, digits: int) -> str:
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e5:
        text = np.format_float_positional(value, precision=digits, fractional=False, trim="-")
    else:
        text = np.format_float_scientific(value, precision=digits - 1, trim="-", exp_digits=1).replace(
            "e+", "e"
        )
    return text.replace("-", "\N{MINUS SIGN}")


@functools.lru_cache(maxsize=16)
def colour_table(name: str) -> Array:
    """The colours of a perceptually even map, shape (256, 4), RGBA uint8; row 0 is transparent, for holes."""
    colours = np.empty((_COLOURS + 1, 4), dtype=np.uint8)
    colours[_HOLE] = 0
    colours[1:] = pg.colormap.get(_FILES.get(name, name)).getLookupTable(0.0, 1.0, _COLOURS, alpha=True)
    colours.setflags(write=False)
    return colours
