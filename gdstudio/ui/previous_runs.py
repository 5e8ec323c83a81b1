"""The run that each racer made before the last change of its settings, to be seen beside the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Signal

from gdstudio.document.model import RacerSettings
from gdstudio.ui.change import Change
from gdstudio.ui.session import Session

if TYPE_CHECKING:
    from gdstudio.engine import RaceResult


@dataclass(frozen=True, eq=False)
class Run:
    """Racer `index` of a race that is over."""

    result: RaceResult
    index: int


class PreviousRuns(QObject):
    """Remembers one run for each racer that the last edit changed, as long as the graph stays the same.

    A drag is one edit: what it is compared with is the run before the mouse was pressed.

    Signals:
        changed: other runs are kept, or whether they are shown is another.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._shown = False
        self._runs: dict[int, Run] = {}
        self._waiting: dict[int, Run] | None = None
        self._latest: dict[int, Run] = {}
        self._place = session.undo_stack.index()
        session.race_computed.connect(self._take)
        session.document_changed.connect(self._follow)
        session.document_opened.connect(self._forget)
        session.undo_stack.indexChanged.connect(self._settle)
        self._take()

    @classmethod
    def of(cls, session: Session) -> Self:
        """Those of a session, the same for whoever asks."""
        return session.findChild(cls) or cls(session)

    @property
    def shown(self) -> bool:
        """Whether a person wants to see them."""
        return self._shown

    def set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()

    @property
    def runs(self) -> Mapping[int, Run]:
        """Row of the racer -> its run before; empty while nobody wants to see them."""
        return self._runs if self._shown else {}

    def _take(self, *_: object) -> None:
        session, result = self._session, self._session.race_result
        rows = session.race_rows if result is not None else ()
        self._latest = {row: Run(result, index) for index, row in enumerate(rows) if result is not None}

    def _forget(self) -> None:
        self._waiting, self._latest = None, {}
        self._place = self._session.undo_stack.index()
        self._keep({})

    def _follow(self, change: Change) -> None:
        """Note what an edit is about to replace. Whether it goes on from the edit before is known after it."""
        before, after = change.before.race.racers, change.after.race.racers
        if change.graph or change.values or len(before) != len(after):
            self._waiting = None
            self._keep({})
        elif change.race_course and not _are_same(before, after):
            rows = [
                row for row, pair in enumerate(zip(before, after, strict=True)) if not _same_course(*pair)
            ]
            self._waiting = {row: _alone(self._latest[row]) for row in rows if row in self._latest}
        elif change.race_course:
            # Rows have changed places, or the race has another length or seed.
            self._waiting = None
            self._keep({})

    def _settle(self, place: int) -> None:
        waiting, self._waiting = self._waiting, None
        merged, self._place = place == self._place, place
        if waiting is not None and not merged:
            self._keep(waiting)

    def _keep(self, runs: dict[int, Run]) -> None:
        if runs != self._runs:
            self._runs = runs
            self.changed.emit()


def _alone(run: Run) -> Run:
    """The same without the other racers, whose paths may be long."""
    result, index = run.result, run.index
    names = (part.name for part in fields(result) if part.name != "coordinates")
    return Run(replace(result, **{name: (getattr(result, name)[index],) for name in names}), 0)


def _are_same(before: Sequence[RacerSettings], after: Sequence[RacerSettings]) -> bool:
    """Whether the racers are the same ones, though perhaps in another order."""
    known, kept = set(map(id, before)), set(map(id, after))
    gone = [racer for racer in before if id(racer) not in kept]
    come = [racer for racer in after if id(racer) not in known]
    return all(any(racer.is_same(other) for other in gone) for racer in come)


def _same_course(a: RacerSettings, b: RacerSettings) -> bool:
    def plain(racer: RacerSettings) -> RacerSettings:
        return racer.plain(enabled=True)

    return plain(a) == plain(b)
