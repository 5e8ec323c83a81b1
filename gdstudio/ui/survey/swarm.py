"""The swarm: one racer's rule from thousands of starts, played step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gdstudio import engine
from gdstudio.document.model import Document, DocumentError, RacerSettings, Range
from gdstudio.engine.swarm import Spread, Swarm, starts, swarm
from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.race.named import named
from gdstudio.ui.session import Session
from gdstudio.ui.survey.page import RacerChoice, SurveyPage, program_key, region_in_view
from gdstudio.ui.survey.runner import Job
from gdstudio.ui.survey.swarm_plot import SwarmPlot

_COUNTS = (1_024, 4_096, 10_000, 40_000)
_COUNT = 10_000
_GRID = 192
_FRAME_MS = 16
# A whole swarm is played in about this many seconds, but not quicker than a frame for each step.
_SECONDS = 8.0
_SLOWEST, _QUICKEST = 10.0, 60.0

Region = tuple[tuple[str, ...], tuple[Range, ...]]


@dataclass(frozen=True, eq=False)
class Scene:
    """A swarm and the surface that it runs over; `done` as every result of a survey has it."""

    region: Region
    xs: np.ndarray
    ys: np.ndarray
    z: np.ndarray
    swarm: Swarm
    done: bool = True


def _run(
    document: Document,
    racer: RacerSettings,
    region: Region,
    count: int,
    spread: Spread,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[Scene]:
    landscape = engine.Landscape(document.graph.compile(), *region)
    xs, ys, z = landscape.grid(_GRID)
    race = document.race
    begun = starts(landscape, count, spread, race.seed)
    subject = racer.engine_racer(document.start)
    found = swarm(landscape, subject, begun, race.steps, race.seed, progress, cancelled)
    if found is not None:
        yield Scene(region, xs, ys, z, found)


class SwarmPage(SurveyPage):
    """Races one racer's rule from a grid of starts, or from random ones, and plays all of them at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "swarm", QCoreApplication.translate("SwarmPage", "Race the swarm"), parent)
        self._region: Region | None = None
        self._frame = 0.0
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=_FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self.racer = RacerChoice(session, "swarmRacer")
        self._count = named(QComboBox(), "swarmCount", self.tr("Number of racers"))
        for count in _COUNTS:
            self._count.addItem(f"{count:,}", count)
        self._count.setCurrentIndex(_COUNTS.index(_COUNT))
        self._spread = named(QComboBox(), "swarmSpread", self.tr("Where the racers start"))
        self._spread.addItem(self.tr("a grid"), "grid")
        self._spread.addItem(self.tr("random starts"), "random")
        self.head.addWidget(QLabel(self.tr("Race")))
        self.head.addWidget(self.racer)
        self.head.addWidget(self._count)
        self.head.addWidget(QLabel(self.tr("times, from")))
        self.head.addWidget(self._spread)
        self.head.addWidget(QLabel(self.tr("over the surface in view")), 1)

        self.plot = named(SwarmPlot(), "swarmPlot", self.tr("The surface and every racer on it"))
        self._play = named(QToolButton(), "swarmPlay", self.tr("Play the swarm"), self.tr("Play or pause"))
        self._play.clicked.connect(lambda _=False: self.toggle())
        self._scrubber = named(
            QSlider(Qt.Orientation.Horizontal), "swarmStep", self.tr("Step of the swarm that is shown")
        )
        self._scrubber.valueChanged.connect(self._scrub)
        self._step = named(QLabel(), "swarmStepLabel", self.tr("Step"))
        self._step.setMinimumWidth(self._step.fontMetrics().horizontalAdvance("step 00000 of 00000"))
        row = QHBoxLayout()
        row.addWidget(self._play)
        row.addWidget(self._scrubber, 1)
        row.addWidget(self._step)
        self.body.addWidget(self.plot, 1)
        self.body.addLayout(row)
        self.invite(
            self.plot,
            self.tr(
                "Thousands of racers with the same rule, from starts all over the surface, played step by step.\n"
                "Press “Race the swarm”."
            ),
        )
        self.racer.currentIndexChanged.connect(lambda _: self.check_key())
        self.dress()
        self.show_result()

    # The survey

    def follow(self) -> None:
        self.racer.follow()

    def job(self) -> Job:
        racer = self.racer.racer()
        if racer is None:
            raise DocumentError("there is no racer whose swarm could race; add one first")
        document = self._session.document
        self._region = region_in_view(self._session)
        if len(self._region[0]) != 2:
            raise DocumentError("a swarm runs over a surface; choose two coordinates for the landscape")
        region, count, spread = self._region, self._count.currentData(), self._spread.currentData()
        return lambda progress, cancelled: _run(document, racer, region, count, spread, progress, cancelled)

    def key(self) -> Any:
        racer = self.racer.racer()
        if racer is None or self._region is None:
            raise DocumentError("there is no swarm")
        told = racer.plain(start=None, enabled=True)
        return program_key(self._session.document, self._region[0]), told

    def summary(self) -> str:
        found = self.result.swarm
        lost = int(found.diverged.sum())
        words = self.tr("{0:,} racers, {1:,} steps.")
        if lost:
            words = self.tr("{0:,} racers, {1:,} steps, {2:,} diverged.")
        return words.format(found.positions.shape[1], found.steps[-1], lost)

    def show_result(self) -> None:
        self.pause()
        scene = self.result
        for control in (self._play, self._scrubber):
            control.setEnabled(scene is not None)
        if scene is None:
            self.plot.clear_swarm()
            self._step.setText("")
            return
        racer, scale = self.racer.racer(), self._session.document.landscape.scale
        row = max(0, self.racer.currentIndex())
        look = (row, None) if racer is None else racer.look(row)
        self.plot.swarm.colour = themes.current().racer(*look).color
        self.plot.show_surface(scene.region[0], scene.xs, scene.ys, scene.z, scale)
        self._scrubber.setRange(0, len(scene.swarm.steps) - 1)
        self._frame = 0.0
        self._scrubber.setValue(0)
        self._show_frame(0)
        self.play()

    def dress(self, *_: Any) -> None:
        super().dress()
        if hasattr(self, "plot"):
            self.plot.dress()
            self._show_playing()

    # Playing

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def play(self) -> None:
        """Play from here, or from the start when the end is reached."""
        if self.result is None or self.playing:
            return
        if self._frame >= self._scrubber.maximum():
            self._frame = 0.0
        self._elapsed.start()
        self._timer.start()
        self._show_playing()

    def pause(self) -> None:
        self._timer.stop()
        self._show_playing()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pause()

    def _tick(self) -> None:
        last = self._scrubber.maximum()
        rate = min(_QUICKEST, max(_SLOWEST, last / _SECONDS))
        self._frame = min(float(last), self._frame + self._elapsed.restart() / 1000.0 * rate)
        self._scrubber.setValue(int(self._frame))
        if self._frame >= last:
            self.pause()

    def _scrub(self, frame: int) -> None:
        if int(self._frame) != frame:
            self._frame = float(frame)
        self._show_frame(frame)

    def _show_frame(self, frame: int) -> None:
        scene = self.result
        if scene is not None:
            found = scene.swarm
            self.plot.swarm.show_positions(found.positions[frame])
            self._step.setText(self.tr("step {0} of {1}").format(found.steps[frame], found.steps[-1]))

    def _show_playing(self) -> None:
        self._play.setIcon(icon("pause" if self.playing else "play"))
        words = self.tr("Pause the swarm") if self.playing else self.tr("Play the swarm")
        self._play.setAccessibleName(words)
