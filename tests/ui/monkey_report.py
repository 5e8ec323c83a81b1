"""What a soak of the window has shown, as lines that can be read without knowing the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.ui.watchdog import LIMIT, Block

_LISTED = 10


@dataclass
class Report:
    """A soak in numbers.

    Attributes:
        seed: with which it can be done again.
        events: how many things were done.
        errors: exceptions that came out of slots, as text.
        samples: (minutes since the beginning, MB of memory that is the process's own, MB of files that lie in memory,
            such as libraries and fonts: the system takes these pages back when it needs them).
        blocks: how often the GUI thread was busy for longer than `LIMIT`.
        noted: these times, as far as the watchdog saw what was done in them.
        places: seconds by function in all of them.
    """

    seed: int
    events: int
    errors: Sequence[str]
    samples: Sequence[tuple[float, float, float]]
    blocks: int
    noted: Sequence[Block]
    places: Counter[str] = field(default_factory=Counter)

    @property
    def late(self) -> np.ndarray:
        """The samples after the first minute, in which everything is built for the first time; shape (n, 3)."""
        return np.array([sample for sample in self.samples if sample[0] > 1.0]).reshape(-1, 3)

    @property
    def slope(self) -> float:
        """MB a minute after the first one, by least squares; nan for fewer than three samples."""
        late = self.late
        return float(np.polyfit(late[:, 0], late[:, 1], 1)[0]) if len(late) > 2 else float("nan")

    def text(self) -> str:
        """Everything, one finding a line."""
        minutes = self.samples[-1][0] if self.samples else 0.0
        lines = [
            f"seed {self.seed}: {self.events} events in {minutes:.1f} minutes; exceptions: {len(self.errors)}",
            *self._memory(),
            *self._busy(),
        ]
        lines += [f"\nexception {i}, after {error}" for i, error in enumerate(self.errors[:5], 1)]
        return "\n".join(lines)

    def _memory(self) -> list[str]:
        late = self.late
        if len(late) < 3:
            return ["memory: too short a run to say; the first minute does not count"]
        third = len(late) // 3
        parts = ", ".join(f"{part.mean():.0f}" for part in np.split(late[:, 1], [third, 2 * third]))
        return [
            f"memory after the first minute: {self.slope:+.2f} MB a minute (least squares, {len(late)} samples)",
            f"    {late[0, 1]:.0f} MB at its beginning, {late[-1, 1]:.0f} MB at the end, "
            f"{late[:, 1].max():.0f} MB at most; mean of each third: {parts} MB",
            f"    and pages of files, which the system takes back at need: {late[0, 2]:.0f} to {late[-1, 2]:.0f} MB",
        ]

    def _busy(self) -> list[str]:
        lines = [
            f"GUI thread busy for longer than {1000 * LIMIT:.0f} ms of its processor time: {self.blocks} times"
        ]
        longest = sorted(self.noted, key=lambda block: -block.seconds)[:_LISTED]
        if longest:
            lines.append(f"the longest {len(longest)}: time, what was done, where most of the time went")
        for block in longest:
            lines.append(f"{1000 * block.seconds:7.0f} ms  {block.doing:32}  {block.place}")
        if self.places:
            lines.append("seconds by function in all of them")
        lines += [f"{seconds:8.2f} s  {place}" for place, seconds in self.places.most_common(_LISTED)]
        return lines
