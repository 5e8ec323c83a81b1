"""What an adaptive rule remembers where the selected racer is: its velocity, and the scale of its gradients as an ellipse.

Gradient, velocity and ellipse are gradients, so they share a scale of their own beside that of the step. The ellipse
has the root of the mean squared gradient along each axis for its half-axes: the step is the velocity measured by it,
which is why a rule like Adam goes as far along a gentle axis as along a steep one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from gdstudio.ui import theme
from gdstudio.ui.landscape.arrowheads import RIM, draw_arrow
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.session import Session

if TYPE_CHECKING:
    from gdstudio.ui.race.explain import Explanation
    from gdstudio.ui.race.explanations import Explanations

Pair = tuple[float, float]

_REACH = 95.0
_KIND = "moments"
# Lines of a rule that hold its velocity and its squared gradients, corrected for their bias where it does that.
_VELOCITIES = ("m_hat", "m")
_SQUARES = ("v_hat", "s_hat", "v", "s", "n")
_SIZES = ("u",)


@dataclass(frozen=True)
class Moments:
    """Along the two axes, in units of the gradient.

    Attributes:
        gradient: there.
        velocity: the rule's mean of gradients; None when it keeps none.
        scale: the root of its mean (or sum) of squared gradients, not negative.
    """

    gradient: Pair
    velocity: Pair | None
    scale: Pair


def moments_of(explanation: Explanation, axes: Sequence[str]) -> Moments | None:
    """The moments in an explained step; None for rules without squared gradients, and off the axes."""
    if not set(axes) <= set(explanation.coordinates):
        return None
    places = [explanation.coordinates.index(axis) for axis in axes]
    lines = {line.name: line for line in explanation.lines}
    count = len(explanation.coordinates)

    def pair(values: Any) -> Pair | None:
        values = np.ravel(np.asarray(values, dtype=float))
        if len(values) != count or not np.all(np.isfinite(values[places])):
            return None
        return float(values[places[0]]), float(values[places[1]])

    scale = None
    squares = [name for name in _SQUARES if name in lines and _squares(lines, name)]
    sizes = [name for name in _SIZES if name in lines and "abs(g)" in lines[name].expression]
    if squares:
        with np.errstate(invalid="ignore"):
            scale = pair(np.sqrt(lines[squares[0]].value))
    elif sizes:
        scale = pair(lines[sizes[0]].value)
    gradient = pair(explanation.gradient)
    if scale is None or gradient is None:
        return None
    velocities = [name for name in _VELOCITIES if name in lines]
    return Moments(gradient, pair(lines[velocities[0]].value) if velocities else None, scale)


def _squares(lines: dict[str, Any], name: str) -> bool:
    """Whether a line averages or adds squared gradients, or corrects one that does."""
    if re.search(r"\bg\b.*\*\*2", lines[name].expression):
        return True
    stem = name.removesuffix("_hat")
    return stem != name and stem in lines and _squares(lines, stem)


class MomentsSource(QObject):
    """Works out the moments of the selected racer's steps in a thread.

    Signals:
        changed: what `latest` says is new.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._explanations: Explanations | None = None
        self._version = self._oldest = 0
        self._asked: Any = None
        self._axes: tuple[str, ...] = ()
        self.latest: Moments | None = None

    def forget(self) -> None:
        """Nothing is shown now."""
        self.latest = self._asked = None
        self._oldest = self._version + 1

    def ask(self, row: int, index: int, step: int, axes: tuple[str, ...]) -> None:
        """Work out a step of the racer in a row of the document, which is racer `index` of the race."""
        explanations, result = self._source(), self._session.race_result
        assert result is not None, "only asked where a race is shown"
        racer = self._session.document.race.racers[row]
        explainer = explanations.explainer(racer, result.paths[index], result.learning_rates[index], index)
        before, self._asked = self._asked, (explainer, axes, step)
        if before is not None and before[0] is explainer and before[1:] == (axes, step):
            return
        self._version += 1
        if before is None or before[0] is not explainer or before[1] != axes:
            self._oldest, self.latest, self._axes = self._version, None, axes
        explanations.ask(_KIND, self._version, explainer, step, lambda known: known.block_of(axes))

    def _source(self) -> Explanations:
        if self._explanations is None:
            # Both rooms look into each other, so one of them waits until it is needed.
            from gdstudio.ui.race.explanations import Explanations

            self._explanations = Explanations.of(self._session)
            self._explanations.explained.connect(self._receive)
        return self._explanations

    def _receive(self, asker: str, version: int, explanation: Explanation | None) -> None:
        if asker != _KIND or version < self._oldest:
            return
        moments = None if explanation is None else moments_of(explanation, self._axes)
        if moments != self.latest:
            self.latest = moments
            self.changed.emit()


def draw_moments(painter: QPainter, frame: Frame, origin: QPointF, moments: Moments) -> None:
    """Draw the ellipse, and the arrows of minus the gradient and minus the velocity, all to one scale."""
    pixels = np.abs(np.asarray(frame.scale, dtype=float))
    pairs = [pair for pair in (moments.gradient, moments.velocity, moments.scale) if pair is not None]
    longest = max(float(np.hypot(*(pixels * pair))) for pair in pairs)
    if not np.isfinite(longest) or longest == 0:
        return
    factor = _REACH / longest
    half_axes = factor * pixels * moments.scale
    painter.setBrush(QColor(255, 255, 255, 28))
    for color, width in ((RIM, 3.4), (QColor(255, 255, 255, 230), 1.6)):
        pen = QPen(color, width)
        pen.setDashPattern([7.0 / width, 4.0 / width])
        painter.setPen(pen)
        painter.drawEllipse(origin, float(half_axes[0]), float(half_axes[1]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pair, color in (
        (moments.velocity, theme.current().text),
        (moments.gradient, theme.current().gradient),
    ):
        if pair is not None:
            end = -factor * np.asarray(frame.scale) * pair
            draw_arrow(painter, origin, origin + QPointF(float(end[0]), float(end[1])), color)
