"""From start to the first finished race, beside an empty window: `python -m tests.benchmarks.start`. Asserts nothing.

Both are started in turn, as processes of their own, from source with compiled bytecode beside it, as an installation
has it. Of each moment the wall time since the process was
started is printed, and the processor time of all its threads, which others on the machine do not disturb.

paint    the window has been painted for the first time
race     the race is finished
shown    all views are there and have been painted with it
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

EMPTY = """
import json, sys, time
import pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Plot(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.tell)

    def tell(self):
        print(json.dumps({"paint": (time.time() - float(sys.argv[1]), time.process_time())}), flush=True)
        QApplication.exit()

application = QApplication([])
window = QMainWindow()
window.setCentralWidget(Plot(background="w"))
window.resize(1280, 800)
window.show()
application.exec()
"""

OURS = """
import json, os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from gdstudio.ui import application
from gdstudio.ui.startup import Startup

def read(limits):
    from gdstudio.document import library
    return library.get(sys.argv[2])

moments = {}
def note(name):
    moments.setdefault(name, (time.time() - float(sys.argv[1]), time.process_time()))

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            note("paint")
        return False

app = application.create()
startup = Startup(read, None, sys.argv[2])
window = startup.window
filter = Painted()
window.installEventFilter(filter)

def listen():
    session = getattr(window, "session", None)
    if session is None:
        QTimer.singleShot(1, listen)
    elif session.race_result is None:
        session.race_computed.connect(lambda _: note("race"))
    else:
        note("race")

class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and window.is_complete and window.session.is_settled:
            QTimer.singleShot(0, tell)
        return False

def tell():
    note("shown")
    print(json.dumps(moments), flush=True)
    os._exit(0)

def finish():
    if not window.session.is_settled:
        window.session.settled.connect(finish)
        return
    window.seen = Seen()
    viewport = window.landscape.plane.plot.viewport()
    viewport.installEventFilter(window.seen)
    viewport.update()

QTimer.singleShot(0, listen)
window.completed.connect(finish)
startup.show()
app.exec()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--document", default="himmelblau")
    request = parser.parse_args()
    programs = {"empty": EMPTY, "ours": OURS}
    found: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="gdstudio-bytecode-") as bytecode:
        for turn in range(request.rounds + 1):
            for name, program in programs.items():
                moments = run(program, request.document, bytecode)
                for moment, times in moments.items() if turn else ():  # the first fills the caches
                    found.setdefault(f"{name} {moment}", []).append(times)
    wall, own = (statistics.median(column) for column in zip(*found["empty paint"], strict=True))
    for name, times in found.items():
        seconds, processor = (statistics.median(column) for column in zip(*times, strict=True))
        print(
            f"{name:<12} {seconds:6.2f} s ({seconds / wall:4.2f} times the empty window), "
            f"processor {processor:6.2f} s ({processor / own:4.2f})"
        )


def run(program: str, document: str, bytecode: str) -> dict[str, tuple[float, float]]:
    """Wall and processor time in seconds of each moment of one start; compiled bytecode is kept in a folder."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program, str(time.time()), document]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    moments: dict[str, tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return moments


if __name__ == "__main__":
    main()
