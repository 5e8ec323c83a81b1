"""The film of a pass: node by node, numbers arrive along lit wires. Nothing runs while it stands still."""

from __future__ import annotations

from functools import partial
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtWidgets import QApplication, QStyle

from gdstudio.engine.trace import Trace
from gdstudio.ui import theme as themes
from gdstudio.ui.graph.faces import ALL, Reveal, sentence
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.passes import Step, backward_steps, forward_steps
from gdstudio.ui.graph.scene import GraphScene
from gdstudio.ui.graph.tangents import Coordinate, Tangents, coordinates, forward_mode
from gdstudio.ui.worker import Progress, Worker

# Values forwards, gradients backwards (reverse mode), tangents forwards (forward mode).
Direction = Literal["forward", "backward", "tangent"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

TRAVEL_MS = 520
HOLD_MS = 780


class PassPlayer(QObject):
    """Plays the steps of one pass on a scene.

    Signals:
        opened(): a film begins.    closed(): it is over, everything is in view again.
        step_changed(int): another step is shown.    playing_changed(bool)
        refused(str): one sentence on why there is no film of forward mode.
    """

    opened = Signal()
    closed = Signal()
    step_changed = Signal(int)
    playing_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self, scene: GraphScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._steps: list[Step] = []
        self._index = -1
        self._direction: Direction = "forward"
        self._tangents: Tangents | None = None
        self._trace: Trace | None = None
        self._playing = False
        self._asked = 0
        self._worker = Worker((), self)
        self._worker.finished.connect(self._receive)
        self._worker.failed.connect(self._receive_failure)
        self._travel = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=TRAVEL_MS)
        self._travel.valueChanged.connect(self._move_spot)
        self._travel.finished.connect(self._arrive)
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS, timerType=Qt.TimerType.CoarseTimer)
        self._hold.timeout.connect(self._advance)

    @property
    def is_open(self) -> bool:
        return bool(self._steps)

    @property
    def playing(self) -> bool:
        return self._playing

    @property
    def speed(self) -> float:
        """How many times as fast as usual the film plays."""
        return TRAVEL_MS / self._travel.duration()

    @speed.setter
    def speed(self, speed: float) -> None:
        self._travel.setDuration(max(1, round(TRAVEL_MS / speed)))
        self._hold.setInterval(round(HOLD_MS / speed))

    @property
    def direction(self) -> Direction:
        return self._direction

    @property
    def index(self) -> int:
        return self._index

    @property
    def count(self) -> int:
        return len(self._steps)

    @property
    def trace(self) -> Trace | None:
        """Whose numbers the film shows."""
        return self._trace

    @property
    def coordinate(self) -> Coordinate | None:
        """What moves in a film of forward mode."""
        return None if self._tangents is None else self._tangents.coordinate

    @property
    def has_tensors(self) -> bool:
        """Whether some step is about more than single numbers."""
        trace = self._trace
        return trace is not None and any(
            trace.values[id].ndim > 0 for step in self._steps for id in step.nodes if id in trace.values
        )

    @property
    def step(self) -> Step | None:
        """The step that is shown."""
        return self._steps[self._index] if 0 <= self._index < len(self._steps) else None

    @property
    def gradients_seen(self) -> frozenset[str]:
        """The nodes whose gradients the film has brought into view."""
        if self._direction != "backward":
            return frozenset()
        return frozenset(id for step in self._steps[: self._index + 1] for id in step.nodes)

    @property
    def sentence(self) -> str:
        """What happens in the step that is shown."""
        return "" if self.step is None else self.step.sentence

    def open(self, trace: Trace, direction: Direction, coordinate: Coordinate | None = None) -> bool:
        """Begin the film of a pass and play it; False when there is nothing to show.

        The tangents of forward mode are computed off the GUI thread; its film begins when they are there.

        Args:
            coordinate: what moves in forward mode; None = the first number of the parameters.
        """
        self._asked += 1
        if direction == "tangent":
            coordinate = coordinate or next(iter(coordinates(trace.graph)), None)
            if coordinate is None or coordinate.id not in trace.values:
                return False
            self._worker.ask("tangents", self._asked, partial(_tangents, trace, coordinate))
            return True
        steps = forward_steps(trace) if direction == "forward" else backward_steps(trace)
        if steps:
            self._begin(trace, direction, steps, None)
        return bool(steps)

    def _receive(self, _kind: str, version: int, found: tuple[Trace, Tangents]) -> None:
        if version == self._asked:
            trace, tangents = found
            self._begin(trace, "tangent", tangents.steps, tangents)

    def _receive_failure(self, _kind: str, version: int, error: Exception) -> None:
        if version == self._asked:
            self.refused.emit(sentence(str(error)))

    def _begin(
        self, trace: Trace, direction: Direction, steps: list[Step], tangents: Tangents | None
    ) -> None:
        self._stop_clocks()
        self._steps, self._direction, self._index = steps, direction, -1
        self._tangents, self._trace = tangents, trace
        self.opened.emit()
        self._set_playing(True)
        self._advance()

    def close(self) -> None:
        """End the film and show everything again; one that is still being computed does not begin."""
        self._asked += 1
        if not self._steps:
            return
        self._stop_clocks()
        self._set_playing(False)
        self._steps, self._index = [], -1
        self._tangents = self._trace = None
        self._clear_spots()
        self._scene.lights.show()
        self._scene.show_trace(self._scene.trace, ALL)
        self.closed.emit()

    def close_worker(self) -> None:
        """Stop computing for good."""
        self._worker.close()

    def play(self) -> None:
        """Go on by itself, from the first step again after the last one."""
        if not self._steps or self._playing:
            return
        if self._index >= len(self._steps) - 1:
            self._index = -1
        self._set_playing(True)
        self._advance()

    def pause(self) -> None:
        """Stand still at the step that is shown, its numbers arrived."""
        if self._steps and self._playing:
            self._stop_clocks()
            self._set_playing(False)
            self._show(arrived=True)

    def toggle(self) -> None:
        self.pause() if self._playing else self.play()

    def next(self) -> None:
        self.pause()
        self.show_step(self._index + 1)

    def previous(self) -> None:
        self.pause()
        self.show_step(self._index - 1)

    def show_step(self, index: int) -> None:
        """Show a step with its numbers arrived."""
        if self._steps:
            self._index = min(max(index, 0), len(self._steps) - 1)
            self._show(arrived=True)
            self.step_changed.emit(self._index)

    def _advance(self) -> None:
        if self._index >= len(self._steps) - 1:
            self._set_playing(False)
            return
        self._index += 1
        self.step_changed.emit(self._index)
        if self._steps[self._index].wires and not _reduced_motion():
            self._show(arrived=False)
            self._travel.start()
        else:
            self._arrive()

    def _arrive(self) -> None:
        self._show(arrived=True)
        if self._playing:
            self._hold.start()

    def _show(self, arrived: bool) -> None:
        """Light the step and reveal the numbers that have come so far."""
        self._clear_spots()
        step = self._steps[self._index]
        light = Light.VALUE if self._direction == "forward" else Light.GRADIENT
        seen = {id for past in self._steps[: self._index + arrived] for id in past.nodes}
        if self._direction == "forward":
            reveal = Reveal(values=seen, gradients=frozenset())
        elif self._tangents is not None:
            reveal = Reveal(gradients=seen, tangents=self._tangents.values)
        else:
            reveal = Reveal(gradients=seen)
        self._scene.show_trace(self._scene.trace, reveal)
        self._scene.lights.show(light, step.nodes if arrived else (), step.wires)

    def _move_spot(self, at: float) -> None:
        if self._travel.state() != QVariantAnimation.State.Running or not self._steps:
            return
        along = 1 - at if self._direction == "backward" else at
        for key in self._steps[self._index].wires:
            if key in self._scene.wires:
                self._scene.wires[key].set_spot(along)

    def _clear_spots(self) -> None:
        for wire in self._scene.wires.values():
            wire.set_spot(None)

    def _stop_clocks(self) -> None:
        self._hold.stop()
        # `stop` emits no `finished`, so nothing arrives by it.
        self._travel.stop()

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)


def _tangents(trace: Trace, coordinate: Coordinate, _progress: Progress) -> tuple[Trace, Tangents]:
    return trace, forward_mode(trace, coordinate)


def _reduced_motion() -> bool:
    """Whether the person or the desktop asks for no animation."""
    hint = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return themes.switch().reduced_motion or hint == 0
