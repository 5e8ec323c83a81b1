"""`gdstudio render --animate`: the same film as the window's, with nobody watching."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop

from gdstudio.animation import even_stride
from gdstudio.document.model import Document
from gdstudio.interruptions import Interruptions
from gdstudio.ui import application
from gdstudio.ui import theme as themes
from gdstudio.ui.animation.recorder import Recorder, Shot
from gdstudio.ui.render import RenderError, prefer_offscreen

_FRAMES = 120


def film(
    document: Document,
    path: Path,
    view: Any = "window",
    size: tuple[int, int] = (1600, 1000),
    every: int | None = None,
    rate: float = 20.0,
    theme: themes.ThemeName = "dark",
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write the playback of a document's race as an animated GIF or WebP.

    Args:
        view: "window", "landscape", "race", "curves" or "graph".
        size: of a frame in pixels.
        every: steps per frame; None = a round number for about 120 frames.
        rate: frames per second.
        progress: called with the fraction done.

    Raises:
        AnimationError: what was asked for cannot be filmed.
        RenderError: the document cannot be filmed, or the file cannot be written.
    """
    prefer_offscreen()
    with Interruptions() as interruptions:
        application.create()
        every = even_stride(document.race.steps, _FRAMES) if every is None else every
        shot = Shot(path, view, size, every, rate)
        shot.check(document.race.steps)
        before = themes.switch().choice
        recorder: Recorder | None = None
        loop = QEventLoop()
        sentences: list[str] = []
        try:
            themes.switch().choose(theme)
            recorder = Recorder(document, shot)
            recorder.ended.connect(sentences.append)
            recorder.ended.connect(loop.quit)
            if progress is not None:
                recorder.progressed.connect(progress)
            recorder.start()
            interruptions.run(loop)
        finally:
            if recorder is not None:
                recorder.close()
            themes.switch().choose(before)
    if sentences and sentences[0]:
        raise RenderError(sentences[0])
