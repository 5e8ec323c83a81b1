"""Watches how long the GUI thread is busy without handling events, what for, and where in the program it is meanwhile.

A timer that fires whenever the event loop turns is the heartbeat. A thread looks at it every few milliseconds; while
the heart does not beat, it notes which functions of the program the GUI thread is in. Times are counted in processor
time of the GUI thread, so that other programs on the machine do not look like faults of this one.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QTimer

LIMIT = 0.1
_SAMPLING = 0.01


@dataclass(frozen=True)
class Block:
    """One time for which the event loop did not turn.

    Attributes:
        seconds: of processor time of the GUI thread; up to a sampling interval (10 ms) less than it was.
        doing: what was being done.
        place: the functions in which most of that time was spent, innermost first.
    """

    seconds: float
    doing: str
    place: str


class Watchdog:
    """Begins to watch the thread that makes it.

    Args:
        doing: says, from any thread, what is being done now.

    Attributes:
        longest: seconds of processor time without a turn of the event loop, at most, since `forget`.
        places: seconds by function, innermost first, of all blocks longer than `LIMIT`.
        noted: these blocks, in their order; those shorter than `LIMIT` + 10 ms may be missing.
    """

    def __init__(self, doing: Callable[[], str] = str) -> None:
        self.longest = 0.0
        self.places: Counter[str] = Counter()
        self.noted: list[Block] = []
        self._doing = doing
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
        since, last, doing = self._beat, self._now(), ""
        while not self._ended.wait(_SAMPLING):
            beat, now = self._beat, self._now()
            if beat != since:
                if seen and seen[-1][0] > LIMIT:
                    self._note(seen, doing)
                seen, since = [], beat
            elif now > last:
                seen.append((now - beat, _place(sys._current_frames().get(self._thread_id))))
                doing = self._doing()
            last = now

    def _note(self, seen: list[tuple[float, str]], doing: str) -> None:
        """Keep a block: (seconds since its beginning, place) at each look."""
        spent: Counter[str] = Counter()
        for (later, place), (earlier, _) in zip(seen, [(0.0, ""), *seen], strict=False):
            spent[place] += later - earlier
        self.places += spent
        self.noted.append(Block(seen[-1][0], doing, spent.most_common(1)[0][0]))


def _place(frame: FrameType | None) -> str:
    """The innermost three functions of the program on the stack."""
    names: list[str] = []
    while frame is not None and len(names) < 3:
        file = frame.f_code.co_filename
        if "/gdstudio/" in file:
            names.append(f"{file.rsplit('/gdstudio/', 1)[1]}:{frame.f_code.co_qualname}")
        frame = frame.f_back
    return " < ".join(names) or "(Qt alone)"
