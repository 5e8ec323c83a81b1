"""LaTeX formulas as pictures, made off the GUI thread: loading the typesetter alone takes half a second."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from gdstudio.ui import garbage
from gdstudio.ui.worker import Worker

_log = logging.getLogger(__name__)

PIXELS = 17

# The typesetter's time doubles with each level of nesting and grows with the length: these take about a second.
DEEPEST = 7
LONGEST = 3_000
MOST_KEPT = 256
_BRACKETS = re.compile(r"(\\left\b|(?<!\\)\{)|(\\right\b|(?<!\\)\})")


class Typesetter(QObject):
    """Makes pictures of formulas and keeps them.

    Signals:
        typeset(): a picture that was asked for is there, or cannot be made.
    """

    typeset = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker((), self)
        self._worker.finished.connect(self._keep)
        self._worker.failed.connect(self._give_up)
        self._drawings: dict[tuple[str, str], bytes | None] = {}
        self._asked = 0
        self._unfinished: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether every picture that was asked for is there."""
        return not self._unfinished

    def picture(self, latex: str, color: str, ratio: float) -> QImage | None:
        """The formula in `color` ("#rrggbb"), with `ratio` pixels per unit; None while it is being made.

        A formula that cannot be typeset, or that is too long or too deeply nested for it, stays None.
        """
        if len(latex) > LONGEST or nesting(latex) > DEEPEST:
            return None
        key = latex, color
        if key not in self._drawings:
            self._ask(key)
            return None
        drawing = self._drawings[key] = self._drawings.pop(key)  # the last one in order was asked for last
        return None if drawing is None else _painted(drawing, ratio)

    def close(self) -> None:
        """Stop working."""
        self._worker.close()

    def _ask(self, key: tuple[str, str]) -> None:
        while len(self._drawings) >= MOST_KEPT:
            del self._drawings[next(iter(self._drawings))]
        self._drawings[key] = None
        self._asked += 1
        request = f"formula {self._asked}"
        self._unfinished.add(request)
        self._worker.ask(request, 0, lambda _progress: (key, _drawing(*key)))

    def _keep(self, request: str, _version: int, made: tuple[tuple[str, str], bytes]) -> None:
        key, drawing = made
        self._drawings[key] = drawing
        self._finish(request)

    def _give_up(self, request: str, _version: int, error: Exception) -> None:
        _log.warning("a formula cannot be typeset", exc_info=error)
        self._finish(request)

    def _finish(self, request: str) -> None:
        self._unfinished.discard(request)
        self.typeset.emit()


def nesting(latex: str) -> int:
    """How many braces and stretching brackets are open at once, at most."""
    deepest = depth = 0
    for opening, _closing in _BRACKETS.findall(latex):
        depth += 1 if opening else -1
        deepest = max(deepest, depth)
    return deepest


def _drawing(latex: str, color: str) -> bytes:
    return _typesetter()(latex, size=PIXELS, color=color).svg().encode()


@cache
def _typesetter() -> Callable[..., Any]:
    import ziamath

    # Qt draws SVG Tiny 1.2, which lacks the symbols of SVG 2.
    ziamath.config.svg2 = False
    # A name of its own, which another version may not have; collections take longer then.
    garbage.leave_out(getattr(ziamath.zmath, "loadedfonts", ()), ("ziafont", "ziamath"))
    return ziamath.Latex


@lru_cache(maxsize=128)
def _painted(drawing: bytes, ratio: float) -> QImage:
    renderer = QSvgRenderer(QByteArray(drawing))
    size = renderer.defaultSize()
    image = QImage(
        QSize(round(size.width() * ratio), round(size.height() * ratio)), QImage.Format.Format_ARGB32
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
