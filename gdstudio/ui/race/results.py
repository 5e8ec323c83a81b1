"""Which part of a race's result belongs to which racer of the document.

A result lists the enabled racers only, and rows move, come and go before the next result arrives; racers are
matched by value, so that no row shows the numbers of another racer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import Document, RacerSettings
from gdstudio.ui.race.numbers import format_point, tidy_end


@dataclass(frozen=True)
class RacerResult:
    """What one racer did. Arrays of a diverged racer end at its last finite step.

    Attributes:
        path: (steps + 1, n).   losses, gradient_norms, learning_rates: (steps + 1,).
        evaluations, epochs: (steps + 1,), what coming so far took, as `engine.RaceResult` counts it.
        average_losses: (steps + 1,), at the moving average of the path.
        status: "running" "converged" "stalled" or "diverged".   reason: one sentence.
        complete: whether it took every step of the race.
    """

    path: np.ndarray
    losses: np.ndarray
    gradient_norms: np.ndarray
    learning_rates: np.ndarray
    evaluations: np.ndarray
    epochs: np.ndarray
    average_losses: np.ndarray
    status: str
    reason: str
    complete: bool = True

    @property
    def last_step(self) -> int:
        return len(self.losses) - 1

    def loss_at(self, step: int) -> float | None:
        """The loss at a step, None after a diverged racer's end."""
        return float(self.losses[step]) if 0 <= step < len(self.losses) else None

    def divergence_step(self) -> int | None:
        """The first step without a finite loss, or the one that the reason names; None when it names none."""
        if not self.complete:
            return self.last_step + 1
        named = re.search(r"step (\d+)", self.reason)
        return int(named[1]) if named else None

    def status_words(self) -> str:
        """The outcome in a few words: `converged`, `stalled on a saddle`, `oscillating`, `diverged at step 12`."""
        if self.status == "diverged":
            step = self.divergence_step()
            return _tr("diverged") if step is None else _tr("diverged at step {0}").format(step)
        if self.status == "stalled":
            reason = self.reason.lower()
            if "saddle" in reason:
                return _tr("stalled on a saddle")
            return _tr("stalled on a plateau") if "plateau" in reason else _tr("stalled")
        if self.status == "running" and "oscillates" in self.reason:
            return _tr("oscillating")
        return {"converged": _tr("converged"), "running": _tr("running")}.get(self.status, self.status)

    def status_word(self) -> str:
        """The outcome in one word: `diverged`, without the step."""
        return _tr(self.status) if self.status in ("diverged", "stalled") else self.status_words()

    def outcome(self) -> str:
        """The outcome with where it rests, or why it is lost: `converged at (3, 2)`, `diverged at step 12, overflow`."""
        words = self.status_words()
        if self.status in ("converged", "stalled"):
            return _tr("{0} at {1}").format(words, format_point(tidy_end(self.path)))
        if self.status == "diverged":
            why = _tr("left the region") if self.complete else _tr("overflow")
            return _tr("{0}, {1}").format(words, why)
        return words


class RowResults:
    """The newest result by row of the racers table."""

    def __init__(self) -> None:
        self._known: list[tuple[RacerSettings, RacerResult | None]] = []

    def take(self, document: Document, result: Any, rows: Sequence[int]) -> None:
        """Remember `result` (an engine RaceResult or None); `rows[i]` is the row of its racer i.

        While racers come and go quickly a result may be of the document before: a part whose racer is not the
        one in its row is left out.
        """
        self._known = [(racer, None) for racer in document.race.racers]
        for index, row in enumerate(rows if result is not None else ()):
            if row < len(self._known):
                racer, raced = self._known[row][0], result.racers[index]
                if (raced.optimizer, raced.name) == (racer.optimizer, racer.label):
                    self._known[row] = (racer, part_of(result, index, document.race.steps))

    def rows(self, document: Document) -> list[RacerResult | None]:
        """The result for each racer of `document`; None where there is none (off, new).

        Racers are found by what decides their path, so that results move with their rows; one that was just
        changed in place keeps its last result until the next arrives.
        """
        left = list(enumerate(self._known))
        found: list[RacerResult | None] = [None] * len(document.race.racers)
        changed = []
        for row, racer in enumerate(document.race.racers):
            match = next((pair for pair in left if same_path(pair[1][0], racer)), None)
            if match is None:
                changed.append(row)
            else:
                left.remove(match)
                found[row] = match[1][1] if racer.enabled else None
        if len(self._known) == len(found):
            for row in changed:
                found[row] = next((known for k, (_, known) in left if k == row), None)
        return found


def part_of(result: Any, index: int, steps: int) -> RacerResult:
    """What racer `index` of an engine RaceResult of so many steps did."""
    return RacerResult(
        np.asarray(result.paths[index]),
        np.asarray(result.losses[index]),
        np.asarray(result.gradient_norms[index]),
        np.asarray(result.learning_rates[index]),
        np.asarray(result.evaluations[index]),
        np.asarray(result.epochs[index]),
        np.asarray(result.average_losses[index]),
        result.status[index],
        result.reasons[index],
        len(result.losses[index]) > steps,
    )


def same_path(a: RacerSettings, b: RacerSettings) -> bool:
    """Whether two racers walk the same path on one graph: their names and colours do not matter."""
    return _course(a) == _course(b)


def _course(racer: RacerSettings) -> RacerSettings:
    return racer.plain(enabled=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RacerResult", text)
