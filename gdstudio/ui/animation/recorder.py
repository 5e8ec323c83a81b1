"""The filming: frames are drawn one by one in the GUI thread when it has nothing else to do, and written in another."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from gdstudio import animation
from gdstudio.animation import AnimationError
from gdstudio.document.model import Document
from gdstudio.ui import theme as themes
from gdstudio.ui.animation.stage import Stage, View
from gdstudio.ui.translation import as_sentence, of_error
from gdstudio.ui.worker import Progress, Worker

MOST_FRAMES = 3000
MOST_PIXELS = 4096
LEAST_PIXELS = 64

_KIND = "animation"
_AHEAD = 3
_PAUSE_MS = 4
_POLL = 0.1


@dataclass(frozen=True)
class Shot:
    """What is to be filmed.

    Attributes:
        path: the file; its end, .gif or .webp, is the format.
        view: "landscape", "race", "curves", "graph", or "window" for graph, surface and race.
        size: width and height of a frame in pixels.
        every: steps from one frame to the next; the last step is always shown.
        rate: frames per second.
    """

    path: Path
    view: View
    size: tuple[int, int]
    every: int
    rate: float

    def check(self, last_step: int) -> None:
        """Refuse what cannot be filmed.

        Raises:
            AnimationError: one sentence says what is wrong and what would be right.
        """
        animation.checked_suffix(self.path)
        if not all(LEAST_PIXELS <= pixels <= MOST_PIXELS for pixels in self.size):
            raise AnimationError(
                f"a frame has {LEAST_PIXELS} to {MOST_PIXELS} pixels each way, not {self.size[0]}x{self.size[1]}"
            )
        if last_step < 1:
            raise AnimationError("there is no race to play; add a racer or switch one on")
        frames = len(animation.frame_steps(last_step, self.every))
        if frames > MOST_FRAMES:
            least = animation.even_stride(last_step, MOST_FRAMES)
            raise AnimationError(
                f"{frames:,} frames are too many; with {least} steps per frame they are at most {MOST_FRAMES:,}"
            )


class Recorder(QObject):
    """Films one playback.

    Signals:
        progressed(float): the fraction of frames that are drawn.
        ended(str): it is over; empty when the file is written or a person stopped it (see `written`), else a sentence.
    """

    progressed = Signal(float)
    ended = Signal(str)

    def __init__(
        self,
        document: Document,
        shot: Shot,
        looks: Mapping[str, QWidget] | None = None,
        selected: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`looks` are the views on the screen by name, `selected` the racer selected there."""
        super().__init__(parent)
        self.written = False
        self._document = document
        self._shot = shot
        self._looks = dict(looks or {})
        self._selected = selected
        self._stage: Stage | None = None
        self._slices: Iterator[None] = iter(())
        self._frames: queue.Queue[QImage] = queue.Queue(_AHEAD)
        self._worker: Worker | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin; returns at once."""
        self._slices = self._work()
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop; no part of a file remains."""
        if self._worker is not None:
            self._worker.cancel()
        else:
            self._end("")

    def close(self) -> None:
        """Stop at once, without a word."""
        self.blockSignals(True)
        self._end("")

    def _go_on(self) -> None:
        """Do one slice of the work, and leave the GUI thread to others before the next."""
        try:
            next(self._slices)
        except StopIteration:
            return
        except AnimationError as error:
            self._end(as_sentence(of_error(error)))
            return
        except Exception:
            self._end(self.tr("The animation cannot be drawn."))
            raise
        self._timer.start(_PAUSE_MS)

    def _work(self) -> Iterator[None]:
        stage = self._stage = Stage(self._document, self._shot.view, QSize(*self._shot.size))
        session = stage.session
        yield from stage.build()
        yield from _until(lambda: session.is_settled)
        if session.race_result is None and "race" in session.problems:
            raise AnimationError(session.problems["race"])
        self._shot.check(session.last_step)
        yield from stage.imitate(self._looks, self._selected)
        steps = animation.frame_steps(session.last_step, self._shot.every)
        racers = self._document.race.racers
        colours = [themes.current().racer(*racer.look(row)).color for row, racer in enumerate(racers)]
        self._write(len(steps), [(c.red(), c.green(), c.blue()) for c in colours])
        # All colours are in the picture of the end, which goes first, for the palette.
        for number, step in enumerate([steps[-1], *steps]):
            stage.show_step(step)
            yield
            yield from _until(lambda: stage.is_still and not self._frames.full())
            image = stage.blank()
            yield from stage.draw(image)
            self._frames.put_nowait(image)
            self.progressed.emit(number / len(steps))
            yield

    def _write(self, count: int, keep: list[tuple[int, int, int]]) -> None:
        """Have the frames written as they come."""
        shot, waiting = self._shot, self._frames

        def job(progress: Progress) -> None:
            def come() -> Iterator[np.ndarray]:
                for _ in range(count + 1):
                    while True:
                        progress.check()
                        try:
                            image = waiting.get(timeout=_POLL)
                            break
                        except queue.Empty:
                            continue
                    yield pixels(image)

            frames = come()
            palette = next(frames)
            animation.write_animation(shot.path, frames, count, shot.rate, palette, keep)

        worker = self._worker = Worker((_KIND,), self)
        worker.finished.connect(lambda *_: self._finish())
        worker.cancelled.connect(lambda *_: self._end(""))
        worker.failed.connect(self._fail)
        worker.ask(_KIND, 1, job)

    def _finish(self) -> None:
        self.written = True
        self._end("")

    def _fail(self, _kind: str, _version: int, error: Exception) -> None:
        words = QCoreApplication.translate("Recorder", "The animation cannot be written: {0}.")
        self._end(words.format(of_error(error).rstrip(".。")))

    def _end(self, sentence: str) -> None:
        self._timer.stop()
        self._slices = iter(())
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        if self._stage is not None:
            self._stage.close()
            self._stage = None
        self.ended.emit(sentence)


def pixels(image: QImage) -> np.ndarray:
    """A picture of 32-bit RGB as uint8 (height, width, 3)."""
    rows = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(
        image.height(), image.bytesPerLine() // 4
    )
    words = rows[:, : image.width()]
    return np.stack([(words >> shift).astype(np.uint8) for shift in (16, 8, 0)], axis=-1)


def _until(done: Callable[[], bool]) -> Iterator[None]:
    while not done():
        yield
