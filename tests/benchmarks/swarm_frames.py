"""Frames of a swarm of 10,000 racers: `python -m tests.benchmarks.swarm_frames`. Prints, asserts nothing."""

from __future__ import annotations

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gdstudio.document import library
from gdstudio.engine import Landscape
from gdstudio.engine.swarm import starts, swarm
from gdstudio.ui import application
from gdstudio.ui.session import Session
from gdstudio.ui.survey.swarm import Scene, SwarmPage

RACERS, STEPS, GRID = 10_000, 400, 192


def main() -> None:
    app = application.create()
    for name, size in (("himmelblau", (820, 620)), ("rosenbrock", (1600, 1000))):
        document = library.get(name)
        landscape = Landscape(document.graph.compile(), *document.axes_and_ranges())
        racer = document.race.racers[0].engine_racer(document.start)
        began = time.perf_counter()
        found = swarm(landscape, racer, starts(landscape, RACERS), STEPS)
        raced = time.perf_counter() - began
        session = Session(document)
        page = SwarmPage(session)
        page.resize(*size)
        page.result = Scene(document.axes_and_ranges(), *landscape.grid(GRID), found)
        page.show()
        page.show_result()
        page.pause()
        for _ in range(20):
            app.processEvents()
        times = []
        for frame in range(STEPS + 1):
            began = time.perf_counter()
            page._scrubber.setValue(frame)
            page.plot.viewport().repaint()
            times.append(1000.0 * (time.perf_counter() - began))
        times.sort()
        print(
            f"{name} at {size[0]}x{size[1]}: {RACERS:,} racers, {STEPS} steps raced in {raced:.2f} s; "
            f"a frame takes {statistics.median(times):.1f} ms, 95 % of them less than {times[int(0.95 * STEPS)]:.1f} ms "
            f"({1000.0 / statistics.median(times):.0f} a second)"
        )
        page.runner.close()
        session.close()


if __name__ == "__main__":
    main()
