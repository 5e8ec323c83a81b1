"""A cross-section of the plane: the loss along a line that a hand has drawn, computed off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from gdstudio.engine import Landscape
from gdstudio.ui import theme
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import Layer
from gdstudio.ui.worker import Progress, Worker

Array = np.ndarray

_KIND = "section"
_POINTS = 241
_REACH = 10.0
_RIM = QColor(10, 12, 16, 190)


@dataclass(frozen=True)
class Section:
    """A line between two points of the axes."""

    start: tuple[float, float]
    end: tuple[float, float]

    def at(self, shares: Array | float) -> tuple[Array, Array]:
        """The points at shares of the way, 0 to 1."""
        (x0, y0), (x1, y1) = self.start, self.end
        shares = np.asarray(shares, dtype=np.float64)
        return x0 + shares * (x1 - x0), y0 + shares * (y1 - y0)

    @property
    def length(self) -> float:
        """In units of the axes."""
        return float(np.hypot(self.end[0] - self.start[0], self.end[1] - self.start[1]))

    def moved(self, end: int, to: tuple[float, float]) -> Section:
        """With end 0 or 1 somewhere else."""
        return Section(to, self.end) if end == 0 else Section(self.start, to)


@dataclass(frozen=True)
class Profile:
    """The losses along a section at even shares of the way; not finite where there is none."""

    section: Section
    shares: Array
    losses: Array


class Profiler(QObject):
    """Computes the losses along sections; the newest wins.

    Signals:
        computed(Profile)
    """

    computed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((_KIND,), self)
        self._worker.finished.connect(self._receive)
        self._version = 0

    def ask(self, landscape: Landscape, section: Section) -> None:
        """Have the losses of a landscape computed along a section."""
        self._version += 1
        self._worker.ask(_KIND, self._version, partial(_profile, landscape, section))

    def forget(self) -> None:
        """Want none."""
        self._version += 1

    def _receive(self, _kind: str, version: int, profile: Profile) -> None:
        if version == self._version:
            self.computed.emit(profile)


def _profile(landscape: Landscape, section: Section, _progress: Progress) -> Profile:
    shares = np.linspace(0.0, 1.0, _POINTS)
    losses, *_ = landscape.value_and_gradient(*section.at(shares))
    return Profile(section, shares, losses)


class SectionLayer(Layer):
    """Draws a section on the plane: its line, its two ends A and B, and the place pointed at."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=9.0)
        self.section: Section | None = None
        self._share: float | None = None

    def set_section(self, section: Section | None) -> None:
        self.section = section
        self.update()

    def point_at(self, share: float | None) -> None:
        """Mark the place at a share of the way; None takes the mark away."""
        self._share = share
        self.update()

    def end_at(self, px: float, py: float) -> int | None:
        """The end within reach of a pixel."""
        if self.section is None:
            return None
        gaps = [
            float(np.hypot(*np.subtract(self.frame.to_pixels(*end), (px, py))))
            for end in (self.section.start, self.section.end)
        ]
        nearest = int(np.argmin(gaps))
        return nearest if gaps[nearest] <= _REACH else None

    def draw(self, painter: QPainter, frame: Frame) -> None:
        if self.section is None:
            return
        ends = [
            QPointF(*(float(v) for v in frame.to_pixels(*end)))
            for end in (self.section.start, self.section.end)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = theme.current().value
        for pen_color, width in ((_RIM, 4.6), (color, 2.2)):
            painter.setPen(QPen(pen_color, width))
            painter.drawLine(*ends)
        painter.setFont(theme.small_font())
        for place, letter in zip(ends, "AB", strict=True):
            painter.setPen(QPen(_RIM, 1.2))
            painter.setBrush(color)
            painter.drawEllipse(place, 8.0, 8.0)
            painter.setPen(theme.current().background)
            painter.drawText(
                int(place.x()) - 8, int(place.y()) - 8, 17, 17, Qt.AlignmentFlag.AlignCenter, letter
            )
        if self._share is not None:
            x, y = self.section.at(self._share)
            painter.setPen(QPen(_RIM, 1.2))
            painter.setBrush(theme.current().text)
            painter.drawEllipse(QPointF(*(float(v) for v in frame.to_pixels(x, y))), 4.5, 4.5)
