"""What the engine computes from the open document: what is asked of it, when that can be spared, and what arrives.

`Requests` numbers what is asked, `Slicing` knows which surface is wanted, `results` has the jobs themselves.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from gdstudio.document.model import Document, DocumentError
from gdstudio.engine import EngineError
from gdstudio.ui import results, translation
from gdstudio.ui.change import Change
from gdstudio.ui.requests import Job, Requests
from gdstudio.ui.results import GridResult, RaceOutcome
from gdstudio.ui.slices import Slice, Slicing
from gdstudio.ui.worker import Progress

if TYPE_CHECKING:
    from gdstudio.engine import Trace

_log = logging.getLogger(__name__)

# In order of urgency. "fine" is the surface again, at full resolution: quick where a hand expects it, and where it is
# not, the worker lets the race in between.
KINDS = ("trace", "grid", "fine", "race")
SURFACE = frozenset({"grid", "fine"})


def affected(change: Change) -> set[str]:
    """The kinds of results that may differ after an edit."""
    kinds: set[str] = set()
    if change.graph or change.values:
        kinds |= set(KINDS)
    if change.landscape or change.race:
        # Default ranges follow the starts; the same surface is found out before computing.
        kinds |= SURFACE
    if change.race_course:
        kinds.add("race")
    return kinds


@dataclass(frozen=True)
class Subject:
    """What results are computed of.

    Attributes:
        document: the open one.
        seed: the v of a tensor output.
        point: where the racer is that the surface may follow, one number for each coordinate.
        draw_ahead: gives, in the GUI thread, what draws a surface in the engine's.
    """

    document: Document
    seed: np.ndarray | None = None
    point: np.ndarray | None = None
    draw_ahead: Callable[[], Callable[[GridResult], object]] | None = None


class Computing(QObject):
    """Computes results of one subject at a time, the newest it was given.

    Attributes:
        requests: the worker's; says when all has arrived.
        slicing: the surface that is wanted.
        problems: why there is no result, in one sentence each: "trace" | "grid" | "race" -> sentence.

    Signals:
        trace_computed(Trace), grid_computed(GridResult or None), race_computed(RaceOutcome)
        failed(str): one sentence about something that could not be computed.
    """

    trace_computed = Signal(object)
    grid_computed = Signal(object)
    race_computed = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.slicing = Slicing()
        self.problems: dict[str, str] = {}
        self.requests = Requests(KINDS, self)
        self.requests.arrived.connect(self._receive)
        self.requests.failed.connect(self._receive_failure)
        self._subject = Subject(Document())
        self._grid: GridResult | None = None
        self._last_fine = math.inf  # seconds that the last fine surface took

    def forget(self) -> None:
        """Another document comes: nothing of the old one's is to arrive any more."""
        self.requests.outdate()
        self.slicing.forget()
        self.problems.clear()
        self._grid = None
        self._last_fine = math.inf

    def compute(self, kinds: Iterable[str], subject: Subject) -> None:
        """Ask the worker for these kinds of results, the surface only where it is another one."""
        self._subject = subject
        kinds = set(kinds)
        wanted = self._slice(subject)
        if "grid" in kinds and not self._is_new_surface(wanted, "race" in kinds):
            kinds -= SURFACE
        if "fine" in kinds and self._last_fine < results.QUICK:
            kinds.discard("grid")
        self.requests.ask({kind: self._job(kind, wanted) for kind in kinds})

    def follow_point(self, subject: Subject) -> None:
        """Move the surface along with the subject's point, where it follows one."""
        if subject.document.landscape.follow and self.slicing.differs(self._slice(subject)):
            self.compute(SURFACE, subject)

    def cancel(self) -> None:
        """Stop computing; what has not arrived stays away until something is asked for again."""
        for kind in self.requests.cancel():
            self.problems[_shown(kind)] = self.tr("Computing was stopped; the next change starts it again.")
        self.slicing.invalidate()

    def _slice(self, subject: Subject) -> Slice:
        """The surface that is wanted of a subject."""
        return self.slicing.slice(subject.document, subject.point)

    def _job(self, kind: str, wanted: Slice) -> Job:
        """What the worker does for a request of this kind."""
        subject = self._subject
        if kind == "trace":
            return partial(_traced, subject.document, subject.seed)
        if kind == "race":
            return partial(results.compute_race, subject.document)
        draw = None if subject.draw_ahead is None else subject.draw_ahead()
        n = results.FINE if kind == "fine" else results.COARSE
        return partial(results.compute_grid, wanted, n, draw=draw)

    def _is_new_surface(self, wanted: Slice, race_comes: bool) -> bool:
        """Whether the surface must be computed; one along the race's main directions waits for the race."""
        racing = race_comes or self.requests.awaits("race")
        if racing and wanted.document.landscape.directions == "principal":
            self.slicing.invalidate()
            return False
        new = self.slicing.is_new(wanted)
        if not new and self._grid is not None and self._grid.scale != self._subject.document.landscape.scale:
            self._pass_on(self._grid)
        return new

    def _receive(self, kind: str, number: int, result: Any) -> None:
        self.problems.pop(_shown(kind), None)
        if kind == "trace":
            self.trace_computed.emit(result)
        elif kind == "race":
            self._pass_on_race(result)
        elif kind == "fine" or number > self.requests.answered("fine"):
            self._last_fine = result.seconds if kind == "fine" else self._last_fine
            self._pass_on(result)

    def _pass_on(self, grid: GridResult | None) -> None:
        scale = self._subject.document.landscape.scale
        if grid is not None and grid.scale != scale:
            grid = replace(grid, scale=scale)
        self._grid = grid
        self.grid_computed.emit(grid)

    def _pass_on_race(self, outcome: RaceOutcome) -> None:
        self.slicing.follow_race(None if outcome.result is None else outcome.result.paths)
        self.race_computed.emit(outcome)

    def _receive_failure(self, kind: str, error: Exception) -> None:
        if isinstance(error, (EngineError, DocumentError)):
            sentence = translation.of_error(error)
        else:
            _log.error("computing the %s failed", _shown(kind), exc_info=error)
            sentence = self.tr("The engine failed ({0}: {1}).").format(type(error).__name__, error)
        known = sentence in self.problems.values()
        news = self.problems.get(_shown(kind)) != sentence
        self.problems[_shown(kind)] = sentence
        if kind == "race":
            self._pass_on_race(RaceOutcome(None, ()))
        elif kind != "trace":
            self.slicing.invalidate()
            if self._grid is not None or kind == "grid" or news:
                self._pass_on(None)
        if not known:
            self.failed.emit(sentence)


def _shown(kind: str) -> str:
    return "grid" if kind == "fine" else kind


def _traced(document: Document, seed: np.ndarray | None, _progress: Progress) -> Trace:
    return results.compute_trace(document, seed)
