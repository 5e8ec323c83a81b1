"""Commands that show something with Qt: open, the window, and render, a picture or a film of it without a screen."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdstudio import instances, system
from gdstudio.cli.naming import check_folder, find
from gdstudio.cli.outcome import DONE, Failure, WrongRequest
from gdstudio.cli.racing import print_race
from gdstudio.cli.terminal import progress_bar
from gdstudio.interruptions import Interruptions
from gdstudio.wording import say

if TYPE_CHECKING:
    from gdstudio.document import Document, Limits

START_DOCUMENT = "line_fit"
FALLBACK_PICTURE = "gdstudio.png"
_FILM_RATE = 20  # frames per second


def open_window(request: argparse.Namespace) -> int:
    """The command open: a window that runs may show the document; without a screen there is a picture."""
    unseen = system.no_screen()
    if unseen:
        return _open_unseen(None if request.file is None else find(request.file), unseen)
    path = None if request.file is None else Path(request.file)
    if path is None or path.is_file():
        if not request.new_window and instances.hand_over(path):
            return DONE
        # It is read when the window is in sight, which also tells what is wrong with it.
        return _run_window(*(() if path is None else (partial(_read, path), path, path.name)))
    from gdstudio.document import library

    document, path = library.find(request.file), library.path_of(request.file)
    if path is None and not request.new_window and instances.hand_over(name=request.file):
        return DONE
    return _run_window(lambda _limits: document, path, request.file)


def _run_window(*document: Any) -> int:
    _require_qt(system.qt_platform())
    from gdstudio.ui import application

    return application.run(*document)


def _read(path: Path, limits: Limits) -> Document:
    from gdstudio.document import files

    return files.read(path, limits)


def _open_unseen(document: Document | None, reason: str) -> int:
    """With nobody to see a window: its picture, and the race in words."""
    from gdstudio.document import library

    document = document or library.get(START_DOCUMENT)
    told = say("No screen here: {0}. Drawing the window to {1} instead.")
    print(f"{told.format(reason, FALLBACK_PICTURE)}\n", flush=True)
    print_race(document, document.race.steps)
    _draw(document, FALLBACK_PICTURE, view="window", size=(1600, 1000))
    print(f"\n{say('{0} shows the window.').format(FALLBACK_PICTURE)}")
    return DONE


def render(request: argparse.Namespace) -> int:
    """The command render."""
    document = find(request.file)
    if request.animate is not None:
        if request.step is not None:
            raise WrongRequest("--step is for a picture; a film shows every step, or each of --every")
        _film(document, request)
        return DONE
    if request.every is not None or request.rate is not None:
        raise WrongRequest("--every and --rate are for a film; --animate says where it goes")
    if request.step is not None and request.step > document.race.steps:
        raise WrongRequest(f"the race has steps 0 to {document.race.steps}, not {request.step}")
    _draw(
        document, request.output, view=request.view, size=request.size, step=request.step, theme=request.theme
    )
    return DONE


def _film(document: Document, request: argparse.Namespace) -> None:
    with Interruptions():
        _prepare_drawing(request.animate)
        from gdstudio.animation import AnimationError
        from gdstudio.ui.animation import command

    try:
        with progress_bar(sys.stderr, say("filming")) as progress:
            command.film(
                document, Path(request.animate), view=request.view, size=request.size, every=request.every,
                rate=request.rate or _FILM_RATE, theme=request.theme, progress=progress,
            )  # fmt: skip
    except AnimationError as error:
        raise WrongRequest(str(error)) from None


def _draw(document: Document, path: str, **how: Any) -> None:
    with Interruptions():
        _prepare_drawing(path)
        from gdstudio.ui import render
        from gdstudio.ui.export import PictureError

    try:
        render.render(document, path, **how)
    except PictureError as error:
        raise WrongRequest(str(error)) from None


def _prepare_drawing(path: str) -> None:
    """Have Qt draw without a screen, into a file that can be written."""
    check_folder(path)
    if sys.platform.startswith("linux"):
        # Pictures are the same with and without a screen; what that platform cannot do is nobody's concern.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    _require_qt("offscreen")


def _require_qt(platform: str) -> None:
    """Refuse with the names of Debian packages where Qt would end the process, or not even load."""
    missing = system.missing_libraries(system.platform_libraries(platform))
    if missing:
        raise Failure(
            f"Qt needs {', '.join(missing)}, which this system lacks; "
            f"on Debian or Ubuntu: {system.installation(missing.values())}"
        )
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        raise Failure(f"Qt does not load: {error} (gdstudio doctor tells more)") from error
