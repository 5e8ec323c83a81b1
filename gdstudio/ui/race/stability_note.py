"""A note below the learning rate: how large it may be here, which would be best, and what rate of convergence follows."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from gdstudio.document.model import Document
from gdstudio.ui import theme as themes
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.race.stability import Recurrence, observed_factor, recurrence_of
from gdstudio.ui.session import Session
from gdstudio.ui.theme import Theme
from gdstudio.ui.worker import Worker

_KIND = "curvature"
_WAIT_MS = 100
# The Hessian takes as many products as there are coordinates.
_MOST_COORDINATES = 60


class StabilityNote(QLabel):
    """Says it for the selected racer at the step shown; computes nothing while it is hidden."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("racerStability")
        self.setAccessibleName(self.tr("Stability of the learning rate"))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self._session = session
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._version = 0
        self._asked: Any = None
        # Words that change in every frame of a playback could not be read.
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._ask)
        for signal in (session.step_changed, session.race_computed, session.racer_selected):
            signal.connect(self.refresh)
        themes.switch().theme_changed.connect(self.set_theme)
        self.set_theme(themes.current())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._asked = None

    @staticmethod
    def knows(document: Document, row: int) -> bool:
        """Whether there is something to say about the racer in a row."""
        few = 0 < len(document.coordinates) <= _MOST_COORDINATES
        return few and recurrence_of(document.race.racers[row]) is not None

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(f"color: {theme.muted.name()}; font-size: {themes.small_pixels()}px;")

    def refresh(self, *_: Any) -> None:
        """Have the note follow soon what is shown now."""
        if self.isVisible() and not self._wait.isActive():
            self._wait.start()

    def _ask(self) -> None:
        """Ask for the curvature where the selected racer is; the note changes when it arrives."""
        session, row = self._session, self._session.selected_racer
        if not self.isVisible() or row is None or row >= len(session.document.race.racers):
            return
        graph, racer, result = session.document.graph, session.document.race.racers[row], session.race_result
        recurrence = recurrence_of(racer)
        if result is None or row not in session.race_rows or recurrence is None:
            self.setText("")
            return
        index = session.race_rows.index(row)
        path = result.paths[index]
        step = min(session.step, len(path) - 1)
        asked = (graph, racer, path, step)
        if self._asked is not None and all(a is b for a, b in zip(asked, self._asked, strict=True)):
            return
        self._asked = asked
        point, rate = path[step], float(result.learning_rates[index][step])
        observed = observed_factor(result.gradient_norms[index], step)
        self._version += 1

        def job(_progress: object) -> tuple[Recurrence, float, float | None, np.ndarray]:
            with np.errstate(all="ignore"):
                hessian = graph.compile().hessian(point)
            finite = bool(np.all(np.isfinite(hessian)))
            return recurrence, rate, observed, np.linalg.eigvalsh(hessian) if finite else np.empty(0)

        self._worker.ask(_KIND, self._version, job)

    def _receive(
        self, _kind: str, version: int, found: tuple[Recurrence, float, float | None, np.ndarray]
    ) -> None:
        if version == self._version:
            self.setText(self._words(*found))

    def _words(
        self, recurrence: Recurrence, rate: float, observed: float | None, curvatures: np.ndarray
    ) -> str:
        if not len(curvatures) or curvatures[-1] <= 0:
            return self.tr(
                "Here the loss curves up in no direction, so no learning rate is too large or best."
            )
        stable = recurrence.stable_rate(float(curvatures[-1]))
        parts = [self._bound(recurrence, rate, stable)]
        if curvatures[0] > 0:
            best = recurrence.best_rate(curvatures)
            parts.append(self.tr("Quickest at η = {0}.").format(format_measured(best, 3)))
            predicted = format_measured(recurrence.factor(rate, curvatures), 4)
            parts.append(
                self.tr("A step multiplies the way to the minimum by {0}, in the long run.").format(predicted)
            )
        else:
            parts.append(self.tr("In another direction it curves down, and no minimum is foretold."))
        if observed is not None:
            parts.append(
                self.tr("Observed: the last steps multiplied the gradient by {0}.").format(
                    format_measured(observed, 4)
                )
            )
        return " ".join(parts)

    def _bound(self, recurrence: Recurrence, rate: float, stable: float) -> str:
        formula = {
            "heavy ball": "2(1+β)/λ<sub>max</sub>",
            "nesterov": "2(1+β)/((1+2β)λ<sub>max</sub>)",
        }[recurrence.kind]
        formula = formula if recurrence.momentum else "2/λ<sub>max</sub>"
        bound = self.tr("Here stable below η = {0} = {1}").format(formula, format_measured(stable, 3))
        if rate < stable:
            return self.tr("{0}.").format(bound)
        error = themes.current().error.name()
        more = self.tr("η = {0} is too large, so its steps grow.").format(format_measured(rate, 3))
        return self.tr("{0}; {1}").format(bound, f'<span style="color:{error}">{more}</span>')
