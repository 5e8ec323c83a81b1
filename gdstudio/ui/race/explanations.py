"""The steps that several views want explained, worked out once.

The page of the rule and the arrows on the surface explain the same step of the same racer. They ask one
`Explanations` of the session, which runs the rule along the path once, in one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from PySide6.QtCore import QObject, Signal

from gdstudio.document.model import RacerSettings
from gdstudio.ui.race.explain import Explainer, Explanation
from gdstudio.ui.session import Session
from gdstudio.ui.worker import Progress, Worker

# A racer's step: the graph, the racer and its path, by identity.
_Key = tuple[Any, Any, Any]


class Explanations(QObject):
    """Explains steps of the session's racers; of what one asker wants, the newest wins.

    Signals:
        explained(asker, version, Explanation or None): None where there is nothing to explain.
        failed(asker, version, error).
    """

    explained = Signal(str, int, object)
    failed = Signal(str, int, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._worker = Worker(("why", "moments"), self)
        self._worker.finished.connect(self.explained)
        self._worker.failed.connect(self.failed)
        self._explainer: tuple[_Key, Explainer] | None = None
        self._last: tuple[Explainer, int, int, Explanation] | None = None  # for the engine's thread alone

    @classmethod
    def of(cls, session: Session) -> Self:
        """Those of a session, the same for whoever asks."""
        return session.findChild(cls) or cls(session)

    def explainer(self, racer: RacerSettings, path: np.ndarray, rates: np.ndarray, index: int) -> Explainer:
        """What explains a racer's steps on the session's graph; the same until graph, racer or path is another.

        Args:
            path, rates, index: as an `Explainer` takes them.
        """
        document = self._session.document
        key = document.graph, racer, path
        if self._explainer is None or any(a is not b for a, b in zip(self._explainer[0], key, strict=True)):
            self._explainer = key, Explainer(document, racer, path, rates, index)
        return self._explainer[1]

    def ask(
        self,
        asker: str,
        version: int,
        explainer: Explainer,
        step: int,
        block: Callable[[Explainer], int | None],
    ) -> None:
        """Have a step explained for the block that is chosen in the thread; a block of None is nothing."""

        def job(progress: Progress) -> Explanation | None:
            chosen = block(explainer)
            return None if chosen is None else self._explained(explainer, step, chosen, progress)

        self._worker.ask(asker, version, job)

    def _explained(
        self, explainer: Explainer, step: int, block: int, progress: Progress
    ) -> Explanation | None:
        last = self._last
        if last is not None and last[0] is explainer and last[1:3] == (step, block):
            return last[3]
        found = explainer.explain(step, block, progress.cancelled)
        if found is not None:
            self._last = explainer, step, found.block, found
        return found
