"""GUI time of the landscape: `python -m tests.benchmarks.frames`. Needs no screen; asserts nothing.

playback   one step of 8 racers with 2,000-step trails over a 512 x 512 surface with contours; the same with a racer
           selected, whose next step is pictured
pan        one move of the map by a hand
grid       a new 256 x 256 surface drawn, and the same at 512 x 512
edit       from an edit of a value to the new surface on the screen
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from gdstudio.document import library  # noqa: E402
from gdstudio.document.model import RacerSettings, RaceSettings  # noqa: E402
from gdstudio.ui import commands  # noqa: E402
from gdstudio.ui.landscape import LandscapeView  # noqa: E402
from gdstudio.ui.session import Session  # noqa: E402

STEPS = 2000
SIZE = (900, 700)
OPTIMIZERS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamax", "nadam")


def main() -> None:
    """Print one line for each number: median and highest of many, in milliseconds."""
    app = QApplication.instance() or QApplication([])
    document = library.get("himmelblau")
    racers = tuple(RacerSettings(name, name, {"learning_rate": 1e-3}) for name in OPTIMIZERS)
    document = document.replace(race=RaceSettings(STEPS, racers=racers))
    session = Session(document)
    view = LandscapeView(session)
    view.resize(*SIZE)
    view.show()
    wait(app, lambda: session.is_settled and view.is_idle)
    plane = view.plane
    large = replace(session.grid, **_grid(session, 512))
    session.grid = large
    view.losses.ready.emit(large)
    wait(app, lambda: view.is_idle)
    view.grab()

    def step(number: int) -> None:
        session.set_step(number)
        plane.plot.viewport().grab()

    report("playback frame, 512 x 512", [timed(step, k) for k in range(0, STEPS, 25)])

    session.set_step(0)
    session.select_racer(OPTIMIZERS.index("adam"))
    report("playback frame, a racer selected", [timed(step, k) for k in range(0, STEPS, 25)])
    session.select_racer(None)

    frame = plane.frame

    def pan(number: int) -> None:
        plane.show_ranges(frame.moved(2.0 * number, 1.0 * number))
        plane.plot.viewport().grab()

    report("pan, 512 x 512", [timed(pan, k) for k in range(60)])
    wait(app, lambda: session.is_settled and view.is_idle)

    for size in (256, 512):
        grid = replace(session.grid, **_grid(session, size))

        def show(_: int, grid: object = grid) -> None:
            plane.show_grid(grid)
            plane.plot.viewport().grab()

        report(f"new grid, {size} x {size}", [timed(show, k) for k in range(30)])

    both = [edited(app, session, view, k) for k in range(30)]
    report("edit to surface on screen", [whole for whole, _ in both])
    report("  of it the GUI thread's own time", [own for _, own in both])
    session.close()


def edited(app: QApplication, session: Session, view: LandscapeView, number: int) -> tuple[float, float]:
    """From an edit of a constant to the new fine surface drawn: milliseconds, and those of the GUI thread alone."""
    node = next(node for node in session.document.graph.nodes.values() if node.op == "constant")
    value = float(node.value) + 1e-3  # another one each time: nothing of it is known
    wait(app, lambda: session.is_settled and view.is_idle)
    before = session.grid
    started, own = time.perf_counter(), time.thread_time()
    session.edit("value", commands.set_value(session.document, node.id, value))
    while session.grid is before or not session.grid.fine:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    view.plane.plot.viewport().repaint()
    return 1e3 * (time.perf_counter() - started), 1e3 * (time.thread_time() - own)


def _grid(session: Session, size: int) -> dict[str, np.ndarray]:
    xs, ys, z = session.grid.landscape.grid(size)
    return {"xs": xs, "ys": ys, "z": z}


def timed(action: Callable[[int], None], number: int) -> float:
    """Milliseconds of the GUI thread's own time in one call: what others do on the machine does not count."""
    started = time.thread_time()
    action(number)
    return 1e3 * (time.thread_time() - started)


def report(name: str, milliseconds: list[float]) -> None:
    """One line: median and highest."""
    print(
        f"{name:<34} median {statistics.median(milliseconds):6.1f} ms   highest {max(milliseconds):6.1f} ms"
    )


def wait(app: QApplication, done: Callable[[], bool]) -> None:
    """Serve events until something is so."""
    while not done():
        app.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
