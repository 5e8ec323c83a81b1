"""Trails that go along with the racers' own: runs before the last change, and moving averages of paths.

They are faint and whole; a ring shows where each is at the step of the playback.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gdstudio.ui import theme
from gdstudio.ui.landscape import polyline, strokes
from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.layers import CachedLayer, Layer
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.landscape.trails import Trail
from gdstudio.ui.previous_runs import PreviousRuns

_WIDTH = 1.6
_FAINT = 0.6
_AVERAGE_DASH = (2.0, 3.0)
_RING = 4.0
_DOT = 5.0


class FaintLines(CachedLayer):
    """Trails as lines."""

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__(box, z=-0.5)
        self.trails: Sequence[Trail] = ()

    def draw(self, painter: QPainter, frame: Frame) -> None:
        for trail in self.trails:
            segments = polyline.visible(*frame.to_pixels(trail.x, trail.y), frame.width, frame.height)
            painter.setPen(QPen(_faint(trail), _WIDTH))
            if trail.style.dash:
                pattern = [_WIDTH * length for length in trail.style.dash]
                segments = strokes.dashed(segments, pattern, 0.0)
            strokes.draw_segments(painter, segments)


class FaintDots(FaintLines):
    """The places of trails as dots: along a curve, lines would lie on the curve."""

    def draw(self, painter: QPainter, frame: Frame) -> None:
        for trail in self.trails:
            segments = polyline.visible(*frame.to_pixels(trail.x, trail.y), frame.width, frame.height)
            pen = QPen(_faint(trail), _DOT)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in segments[:, 2:].tolist()]))


class Companions(Layer):
    """The rings at the step of the playback; keeps the trails below the racers' own.

    Args:
        view: whose racers these go along with.
        trails: what draws the trails.
    """

    def __init__(self, view: PlotView, trails: type[FaintLines] = FaintLines) -> None:
        super().__init__(view.box, z=5.0)
        self._view = view
        self._step = 0
        self._paths = trails(view.box)
        self._runs = PreviousRuns.of(view.session)
        self._runs.changed.connect(self.refresh)

    @property
    def trails(self) -> Sequence[Trail]:
        return self._paths.trails

    def refresh(self) -> None:
        """Show what goes along with the race of the session as it is."""
        self._paths.trails = [*self._previous(), *self._averages()]
        self._paths.changed()
        self.update()

    def set_step(self, step: int) -> None:
        if step != self._step:
            self._step = step
            if self.trails:
                self.update()

    def _previous(self) -> list[Trail]:
        found = []
        for row, run in self._runs.runs.items():
            path, losses = run.result.paths[run.index], run.result.losses[run.index]
            trail = self._trail(row, path, losses, run.result.coordinates)
            found += [trail] if trail is not None else []
        return found

    def _averages(self) -> list[Trail]:
        session, result, found = self._view.session, self._view.session.race_result, []
        rows = session.race_rows if result is not None else ()
        for index, row in enumerate(rows):
            if result is not None and result.racers[index].average_decay:
                path, losses = result.averages[index], result.average_losses[index]
                trail = self._trail(row, path, losses, result.coordinates, _AVERAGE_DASH)
                found += [trail] if trail is not None else []
        return found

    def _trail(
        self,
        row: int,
        path: np.ndarray,
        losses: np.ndarray,
        coordinates: Sequence[str],
        dash: tuple[float, ...] | None = None,
    ) -> Trail | None:
        racers = self._view.session.document.race.racers
        columns = self._view.lens.positions(np.asarray(path), tuple(coordinates))
        if columns is None or row >= len(racers) or not len(path):
            return None
        style = theme.current().racer(*racers[row].look(row))
        style = style if dash is None else style._replace(dash=dash)
        return self._view.trail(columns, np.asarray(losses), style=style, racer=row)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trail in self.trails:
            x, y = (float(v) for v in frame.to_pixels(*trail.at(self._step)))
            if np.isfinite(x) and np.isfinite(y) and max(abs(x), abs(y)) < 1e5:
                painter.setPen(QPen(_faint(trail), _WIDTH))
                painter.drawEllipse(QPointF(x, y), _RING, _RING)


def _faint(trail: Trail) -> QColor:
    color = QColor(trail.style.color)
    color.setAlphaF(_FAINT)
    return color
