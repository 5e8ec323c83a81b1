"""The terminal that a command writes to: how wide it is, and a bar of the progress."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

from gdstudio.text_table import width_of

_BAR_WIDTH = 30


def screen_width() -> int | None:
    """Columns of the terminal that is written to; None for a file or a pipe, where nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@contextlib.contextmanager
def progress_bar(stream: TextIO, work: str) -> Iterator[Callable[[float], None] | None]:
    """Gives a function of the fraction done that draws a bar on a terminal, and wipes it at the end."""
    if not stream.isatty():
        yield None
        return
    drawn, width = 0.0, 0

    def show(fraction: float) -> None:
        nonlocal drawn, width
        now = time.monotonic()
        if now - drawn < 0.05 and fraction < 1.0:
            return
        drawn = now
        full = round(fraction * _BAR_WIDTH)
        line = f"{work} {'█' * full}{'░' * (_BAR_WIDTH - full)} {fraction:4.0%}"
        width = width_of(line)
        stream.write(f"\r{line}")
        stream.flush()

    try:
        show(0.0)
        yield show
    finally:
        # Spaces: not every terminal of Windows knows the sequence that wipes a line.
        stream.write(f"\r{' ' * width}\r")
        stream.flush()
