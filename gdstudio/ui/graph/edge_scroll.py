"""Scrolling while something is dragged to the edge of a view or beyond it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRect, QTimer
from PySide6.QtGui import QMouseEvent

# A drag this near to the edge of the view, in pixels, scrolls it, at most so many pixels in one tick.
_EDGE = 12
_MOST = 16.0
_TICK_MS = 25


class EdgeScroll(QObject):
    """Tells in ticks how far the picture moves; faster, the further out the mouse is."""

    def __init__(self, parent: QObject, scroll: Callable[[QPointF, QMouseEvent], object]) -> None:
        """`scroll` is told the way in pixels and the last move of the mouse."""
        super().__init__(parent)
        self._scroll = scroll
        self._last: QMouseEvent | None = None
        self._way = QPointF()
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._tick)

    def watch(self, event: QMouseEvent, room: QRect) -> None:
        """The mouse was dragged; begin or end to scroll."""
        self._last = event.clone()
        at = event.position()
        self._way = QPointF(_step(at.x(), room.width()), _step(at.y(), room.height()))
        if self._way.isNull():
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()

    @property
    def is_active(self) -> bool:
        """Whether the picture moves by itself."""
        return self._clock.isActive()

    def stop(self) -> None:
        self._clock.stop()

    def _tick(self) -> None:
        if self._last is not None:
            self._scroll(self._way, self._last)


def _step(place: float, length: int) -> float:
    """How far one direction scrolls in a tick."""
    out = min(place - _EDGE, 0.0) + max(place - (length - _EDGE), 0.0)
    return -max(-_MOST, min(_MOST, out / 2))
