"""The clock of a race: which step is shown, and the timer that moves it while it plays.

A race is computed as data first, so playing, scrubbing and rewinding only move an index. No timer runs while
nothing plays.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

FRAME_MS = 16
DEFAULT_SPEED = 20.0


class Playback(QObject):
    """The step that is shown, from 0 (the starts) to `last_step`.

    Signals:
        step_changed(int)
        playing_changed(bool)
    """

    step_changed = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._step = 0
        self._last = 0
        self._at_end = True
        self._since = 0.0
        self.speed = DEFAULT_SPEED
        self.loop = False
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def step(self) -> int:
        return self._step

    @property
    def last_step(self) -> int:
        return self._last

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def set_step(self, step: int) -> None:
        """Show a step; one beyond the race means its end."""
        step = max(0, min(int(step), self._last))
        self._at_end = step == self._last
        if step != self._step:
            self._step = step
            self.step_changed.emit(step)

    def set_last_step(self, last: int) -> None:
        """Say how long the race is now. What stood at the end stays at the end."""
        follow = self._at_end and not self.playing
        self._last = max(0, last)
        self.set_step(self._last if follow else self._step)

    def rewind_for(self) -> None:
        """Forget where the last document's race was: the next race is shown to its end."""
        self.pause()
        self._last = 0
        self.set_step(0)

    def play(self) -> None:
        """Play from here, or from the start when the end is reached."""
        if self.playing or self._last == 0:
            return
        if self._step >= self._last:
            self.set_step(0)
        self._since = 0.0
        self._elapsed.start()
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def _tick(self) -> None:
        self._since += self._elapsed.restart() / 1000.0 * self.speed
        whole = math.floor(self._since)
        if whole < 1:
            return
        self._since -= whole
        if self._step + whole <= self._last:
            self.set_step(self._step + whole)
        elif self.loop and self._step == self._last:
            self.set_step(0)
        else:
            self.set_step(self._last)
        if self._step == self._last and not self.loop:
            self.pause()
