"""A note below the learning rate: how large it may be here, which would be best, and what rate of convergence follows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from gdstudio.document.model import Document, RacerSettings
from gdstudio.ui import theme as themes
from gdstudio.ui.race.explain import Explainer
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.race.scaling import has_scales, preconditioned, scaled_step
from gdstudio.ui.race.stability import (
    Recurrence,
    Silence,
    added_curvature,
    clips,
    observed_factor,
    recurrence_of,
    silence_of,
)
from gdstudio.ui.session import Session
from gdstudio.ui.theme import Theme
from gdstudio.ui.translation import sentences
from gdstudio.ui.worker import Progress, Worker

_KIND = "curvature"
_WAIT_MS = 100
# The Hessian takes as many products as there are coordinates.
_MOST_COORDINATES = 60


@dataclass(frozen=True)
class Found:
    """What the note is written from.

    Attributes:
        rate: the learning rate at the step.   observed: by how much the last steps multiplied the gradient.
        curvatures: eigenvalues of the Hessian, which the rule's scales precondition where it is `scaled`, in rising
            order; empty where they are not to be had.
        stable, best, factor: the largest stable rate, the quickest one, and by how much a step at `rate` multiplies the
            way to the minimum; nan where the curvatures do not tell.
        clipped: whether the rule clips gradients.
    """

    recurrence: Recurrence
    rate: float
    observed: float | None
    curvatures: np.ndarray
    stable: float
    best: float
    factor: float
    scaled: bool
    clipped: bool


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
        self._explainer: Explainer | None = None
        # Words that change in every frame of a playback could not be read.
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._ask)
        for signal in (session.step_changed, session.race_computed, session.racer_selected):
            signal.connect(self.refresh)
        themes.switch().follow(self.set_theme)
        self.set_theme(themes.current())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._asked = None

    @staticmethod
    def knows(document: Document) -> bool:
        """Whether there are so few coordinates that the eigenvalues of the Hessian can be had."""
        return 0 < len(document.coordinates) <= _MOST_COORDINATES

    def set_theme(self, theme: Theme) -> None:
        themes.make_quiet(self)

    def refresh(self, *_: Any) -> None:
        """Have the note follow soon what is shown now."""
        if self.isVisible() and not self._wait.isActive():
            self._wait.start()

    def _ask(self) -> None:
        """Ask for the curvature where the selected racer is; the note changes when it arrives."""
        session, row = self._session, self._session.selected_racer
        if not self.isVisible() or row is None or row >= len(session.document.race.racers):
            return
        document, racer, result = session.document, session.document.race.racers[row], session.race_result
        recurrence, scaled = recurrence_of(racer), has_scales(racer)
        if recurrence is None and not scaled:
            self._asked = None
            self._version += 1
            self.setText(self._silent(silence_of(racer)))
            return
        if result is None or row not in session.race_rows:
            self._asked = None
            self._version += 1
            self.setText("")
            return
        index = session.race_rows.index(row)
        path = result.paths[index]
        step = min(session.step, len(path) - 1)
        asked = (document.graph, racer, path, step)
        if self._asked is not None and all(a is b for a, b in zip(asked, self._asked, strict=True)):
            return
        if scaled and (
            self._asked is None or any(a is not b for a, b in zip(asked[:3], self._asked, strict=False))
        ):
            place = sum(other.enabled for other in document.race.racers[:row])
            self._explainer = Explainer(document, racer, path, result.learning_rates[index], place)
        self._asked = asked
        rate = float(result.learning_rates[index][step])
        observed = observed_factor(result.gradient_norms[index], step)
        explainer = self._explainer if scaled else None
        self._version += 1

        def job(progress: Progress) -> Found | None:
            return _found(document, racer, path[step], step, rate, observed, explainer, progress.cancelled)

        self._worker.ask(_KIND, self._version, job)

    def _receive(self, _kind: str, version: int, found: Found | None) -> None:
        if found is not None and version == self._version:
            self.setText(self._words(found))

    def _words(self, found: Found) -> str:
        curvatures = found.curvatures
        if found.scaled and not len(curvatures):
            return self.tr("A coordinate has no scale yet, so no bound can be told.")
        if not len(curvatures) or curvatures[-1] <= 0:
            return self.tr(
                "Here the loss curves up in no direction, so no learning rate is too large or best."
            )
        parts = [self._bound(found)]
        if curvatures[0] > 0:
            parts.append(self.tr("Quickest at η = {0}.").format(format_measured(found.best, 3)))
            parts.append(self._predicted(found))
        else:
            parts.append(self.tr("In another direction it curves down, and no minimum is foretold."))
        if found.clipped:
            parts.append(self.tr("This holds for gradients that are too short to be clipped."))
        if found.observed is not None:
            parts.append(
                self.tr("Observed: the last steps multiplied the gradient by {0}.").format(
                    format_measured(found.observed, 4)
                )
            )
        return sentences(*parts)

    def _bound(self, found: Found) -> str:
        number = format_measured(found.stable, 3)
        greatest = "λ<sub>max</sub>(P⁻¹H)" if found.scaled else "λ<sub>max</sub>"
        formula = found.recurrence.bound.format(greatest)
        told = f"{formula} = {number}" if formula else number
        if found.scaled:
            bound = self.tr("With its scales P as they are now, stable below η = {0}").format(told)
            more = self.tr("η = {0} is above, so steps grow until the scales have grown too.")
        else:
            bound = self.tr("Here stable below η = {0}").format(told)
            more = self.tr("η = {0} is too large, so its steps grow.")
        if found.rate < found.stable:
            return self.tr("{0}.").format(bound)
        error = themes.current().error.name()
        more = more.format(format_measured(found.rate, 3))
        return self.tr("{0}; {1}").format(bound, f'<span style="color:{error}">{more}</span>')

    def _predicted(self, found: Found) -> str:
        factor = format_measured(found.factor, 4)
        if found.scaled:
            return self.tr("With these scales a step multiplies the way to the minimum by {0}.").format(
                factor
            )
        return self.tr("A step multiplies the way to the minimum by {0}, in the long run.").format(factor)

    def _silent(self, why: Silence) -> str:
        return {
            "ascent": self.tr("It climbs, so no learning rate brings it to rest at a minimum."),
            "fixed length": self.tr(
                "Its steps do not shrink with the gradient, so no learning rate is stable; a smaller one only circles "
                "closer to the minimum."
            ),
            "own rate": self.tr(
                "It finds the size of its steps as it goes, so the curvature here gives no bound for its learning rate."
            ),
            "line search": self.tr(
                "It takes the length of its steps from the loss or the curvature itself, so no bound is needed."
            ),
            "own rule": self.tr(
                "Of a rule of your own nothing can be foretold; watch the gradient norm instead."
            ),
            "other": self.tr("For this rule no bound is known; watch the gradient norm instead."),
        }[why]


def _found(
    document: Document,
    racer: RacerSettings,
    point: np.ndarray,
    step: int,
    rate: float,
    observed: float | None,
    explainer: Explainer | None,
    cancelled: Callable[[], bool],
) -> Found | None:
    """What there is to say at a point (n,); None when cancelled. Of a rule with scales the explainer has the lines."""
    with np.errstate(all="ignore"):
        hessian = document.graph.compile().hessian(point) + added_curvature(racer) * np.eye(len(point))
        recurrence, scales = recurrence_of(racer), np.ones(len(point))
        for block, places in enumerate(() if explainer is None else explainer.positions):
            lines = explainer.lines(step, block, cancelled) if explainer is not None else None
            if lines is None:
                return None
            recurrence, scales_of_block = scaled_step(racer, lines)
            scales[list(places)] = scales_of_block.ravel()
    assert recurrence is not None, "only asked of rules that are one"
    sound = np.all(np.isfinite(hessian)) and np.all(np.isfinite(scales)) and np.all(scales > 0)
    curvatures = preconditioned(hessian, scales) if sound else np.empty(0)
    stable = best = factor = math.nan
    if len(curvatures) and curvatures[-1] > 0:
        stable = recurrence.stable_rate(float(curvatures[-1]))
    if len(curvatures) and curvatures[0] > 0:
        best, factor = recurrence.best_rate(curvatures), recurrence.factor(rate, curvatures)
    is_scaled = explainer is not None
    return Found(recurrence, rate, observed, curvatures, stable, best, factor, is_scaled, clips(racer))
