"""Watches how long the GUI thread is busy without handling events, and where in the program it is meanwhile.

A timer that fires whenever the event loop turns is the heartbeat. A thread looks at it every few milliseconds; while
the heart does not beat, it notes which functions of the program the GUI thread is in. Times are counted in processor
time of the GUI thread, so that other programs on the machine do not look like faults of this one.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from types import FrameType

from PySide6.QtCore import QTimer

LIMIT = 0.1
_SAMPLING = 0.01


class Watchdog:
    """Begins to watch the thread that makes it.

    Attributes:
        longest: seconds of processor time without a turn of the event loop, at most, since `forget`.
        places: seconds by function, innermost first, of all blocks longer than `LIMIT`.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self.places: Counter[str] = Counter()
        self._blocks = 0
        self._thread_id = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread_id)
        self._beat = self._now()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    @property
    def blocks(self) -> int:
        """How often the event loop did not turn for longer than `LIMIT`."""
        return self._blocks

    def beat(self) -> None:
        """The event loop turns."""
        now = self._now()
        passed, self._beat = now - self._beat, now
        self.longest = max(self.longest, passed)
        self._blocks += passed > LIMIT

    def forget(self) -> None:
        """Begin a new `longest`."""
        self.longest = 0.0

    def close(self) -> None:
        self._timer.stop()
        self._ended.set()
        self._thread.join()

    def _now(self) -> float:
        return time.clock_gettime(self._clock)

    def _watch(self) -> None:
        seen: list[tuple[float, str]] = []
        since, last = self._beat, self._now()
        while not self._ended.wait(_SAMPLING):
            beat, now = self._beat, self._now()
            if beat != since:
                if seen and seen[-1][0] > LIMIT:
                    for (later, place), (earlier, _) in zip(seen, [(0.0, ""), *seen], strict=False):
                        self.places[place] += later - earlier
                seen, since = [], beat
            elif now > last:
                seen.append((now - beat, _place(sys._current_frames().get(self._thread_id))))
            last = now


def _place(frame: FrameType | None) -> str:
    """The innermost three functions of the program on the stack."""
    names: list[str] = []
    while frame is not None and len(names) < 3:
        file = frame.f_code.co_filename
        if "/gdstudio/" in file:
            names.append(f"{file.rsplit('/gdstudio/', 1)[1]}:{frame.f_code.co_qualname}")
        frame = frame.f_back
    return " < ".join(names) or "(Qt alone)"
