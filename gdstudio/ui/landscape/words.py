"""What a landscape says in words: the slice that it is, the numbers under the mouse, what the mouse can do."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject

from gdstudio.document.model import Document
from gdstudio.engine import CriticalPoint, Landscape
from gdstudio.ui import slices
from gdstudio.ui.landscape.readout import Part
from gdstudio.ui.landscape.step_arrows import StepArrows
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Session
from gdstudio.ui.translation import sentences

_MOST_FIXED = 6


class Words(QObject):
    """Sentences and coloured parts for the note above a landscape and the readout below it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    # The note

    def note(self, grid: GridResult) -> str:
        """Which slice is shown, and that there is nothing finite to see; empty when both go without saying."""
        told = [self._slice(grid)]
        if not np.isfinite(grid.z).any():
            told.append(
                self.tr("The loss is not a finite number anywhere in this region; zoom out or move on.")
            )
        return sentences(*told)

    def _slice(self, grid: GridResult) -> str:
        document, landscape = self._session.document, grid.landscape
        names = document.coordinates
        if len(names) != len(landscape.at):
            return ""
        if grid.axes == slices.RANDOM:
            where = self.tr("A slice along two random directions through {0}; trails are projected onto it.")
            return where.format(self._through(document, grid))
        if grid.axes == slices.PRINCIPAL:
            moves = self.tr("Starts stay where they are: these axes turn with every path.")
            where = self.tr(
                "A slice along the directions in which the paths spread most; they are projected onto it."
            )
            return sentences(where, moves)
        fixed = [
            (name, value) for name, value in zip(names, landscape.at, strict=True) if name not in grid.axes
        ]
        if not fixed:
            return ""
        listed = ", ".join(
            f"{name} = {value:.4g}".replace("-", "\N{MINUS SIGN}") for name, value in fixed[:_MOST_FIXED]
        )
        if len(fixed) > _MOST_FIXED:
            listed += self.tr(", … ({0} in all)").format(len(fixed))
        if grid.point is not None:
            return self.tr("A slice through {0}, {1}; the trails are projected onto it.").format(
                self._through(document, grid), listed
            )
        where = self.tr("A slice: the other coordinates stay at the graph's own point, {0}.")
        if document.landscape.at is not None:
            where = self.tr("A slice: the other coordinates stay at {0}.")
        races = any(racer.enabled for racer in document.race.racers)
        trails = self.tr("Trails are projected onto it.") if races else ""
        return sentences(where.format(listed), trails)

    def _through(self, document: Document, grid: GridResult) -> str:
        """The point that the slice goes through, by its name."""
        selected = self._session.selected_racer
        if grid.point is not None and selected is not None:
            return document.race.racers[selected].label
        at = document.landscape.at
        return self.tr("the graph's own point") if at is None else self.tr("the chosen point")

    # The readout

    def numbers(self, grid: GridResult, at: Sequence[float]) -> tuple[list[Part], float]:
        """Position, loss and gradient at a point of the axes, and the loss itself."""
        loss, *slopes = (float(number) for number in grid.landscape.value_and_gradient(*at))
        where = [f"{name} = {format_measured(value)}" for name, value in zip(grid.axes, at, strict=True)]
        parts: list[Part] = [("   ".join(where), "text")]
        if math.isfinite(loss):
            gradient = ", ".join(format_measured(slope) for slope in slopes)
            meaning = self.tr("slope = {0}") if len(slopes) == 1 else self.tr("∇loss = ({0})")
            parts.append((self.tr("loss = {0}").format(format_measured(loss)), "value"))
            parts.append((meaning.format(gradient), "gradient"))
        else:
            parts.append((self.tr("the loss is not a finite number here"), "error"))
        return parts, loss

    def critical(self, found: CriticalPoint) -> list[Part]:
        """What a critical point is."""
        kinds = {
            "minimum": self.tr("minimum"),
            "saddle": self.tr("saddle"),
            "maximum": self.tr("maximum"),
        }
        where = ", ".join(format_measured(number, 4) for number in found.position)
        bends = (
            self.tr("a kink")
            if found.kink
            else self.tr("curvature {0}").format(_eigenvalues(found.eigenvalues))
        )
        loss = self.tr("loss = {0}").format(format_measured(found.value, 4))
        return [(f"{kinds[found.kind]} ({where})", "good"), (loss, "value"), (bends, "text")]

    def curvature(self, landscape: Landscape, at: Sequence[float]) -> list[Part]:
        """How the surface bends at a point."""
        with np.errstate(all="ignore"):
            hessian = np.atleast_2d(landscape.hessian(*at))
        if not np.isfinite(hessian).all():
            return []
        return [
            (self.tr("curvature {0}").format(_eigenvalues(np.linalg.eigvalsh(hessian).tolist())), "muted")
        ]

    def step(self, arrows: StepArrows) -> list[Part]:
        """What the arrows at the selected racer are."""
        words: list[Part] = []
        if arrows.moments is not None:
            words.append((self.tr("→ −∇loss"), "gradient"))
            if arrows.moments.velocity is not None:
                words.append((self.tr("→ −velocity"), "text"))
            words.append((self.tr("◌ root of squared gradients"), "muted"))
        elif arrows.descent is not None:
            words.append((self.tr("→ −η·∇loss"), "gradient"))
        words.append((self.tr("→ the racer's step"), "text", arrows.color))
        if arrows.adds_to_descent:
            words.append((self.tr("╌ what the rule adds"), "muted"))
        return words

    def hints(self, grid: GridResult, in_space: bool) -> list[Part]:
        """What the mouse can do, the least known first."""
        if in_space:
            turns = self.tr("Drag: turn"), self.tr("Middle button: move")
            hints = [*turns, self.tr("Double click: reset"), self.tr("Wheel: zoom")]
        else:
            is_map = len(grid.axes) == 2
            flat = self.tr("Shift + drag: cross-section"), self.tr("Ctrl + click: tangent plane")
            drag = self.tr("Drag: move the map") if is_map else self.tr("Drag: move along the axis")
            moves = drag, self.tr("Double click: reset"), self.tr("Wheel: zoom")
            hints = [*self._click(grid), *(flat if is_map else ()), *moves]
        return [(hint, "muted") for hint in hints]

    def _click(self, grid: GridResult) -> list[str]:
        """What a click does; along directions some of it has no meaning."""
        if grid.axes == slices.PRINCIPAL:
            return []
        racers, selected = self._session.document.race.racers, self._session.selected_racer
        if selected is not None:
            return [self.tr("Click: {0} starts there").format(racers[selected].label)]
        if any(racer.enabled for racer in racers):
            return [self.tr("Click: all start there")]
        return [] if grid.axes == slices.RANDOM else [self.tr("Click: the graph goes there")]


def _eigenvalues(numbers: Sequence[float]) -> str:
    return "λ = " + ", ".join(format_measured(number, 4) for number in numbers)
