"""From start to first paint: the packaged program beside an empty PySide6 + pyqtgraph window, packaged as well.

    python packaging/start_time.py dist/gdstudio/gdstudio

Starts both in turn under Xvfb and looks at the screen until something is drawn. Linux only; needs Xvfb.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EMPTY = """
import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget(background="w"))
window.resize(1280, 800)
window.show()
application.exec()
"""
LIMIT = 1.3
PATIENCE_S = 60.0
STRIP = (200, 300, 600, 1)  # x, y, width, height: within every window, which Xvfb shows at the top left
ZPIXMAP, ALL_PLANES = 2, 0xFFFFFFFFFFFFFFFF


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the time from start to first paint.")
    parser.add_argument("program", type=Path, help="the packaged gdstudio")
    parser.add_argument("arguments", nargs="*", help="what it is started with")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "gdstudio-empty-window")
    request = parser.parse_args()
    commands = {
        "empty window": [str(empty_program(request.work))],
        "gdstudio": [str(request.program.resolve()), *request.arguments],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(request.rounds + 1):
            for name, command in commands.items():
                # A screen of its own for each, since nothing wipes the picture of a window that is gone.
                with screen() as display:
                    seconds = first_paint(command, display, home)
                if turn:  # the first fills the disk cache
                    times[name].append(seconds)
    for name, seconds in times.items():
        print(f"{name:14} median {statistics.median(seconds):.3f} s, fastest {min(seconds):.3f} s")
    ratio = min(times["gdstudio"]) / min(times["empty window"])
    middle = statistics.median(times["gdstudio"]) / statistics.median(times["empty window"])
    print(f"ratio          median {middle:.2f}, fastest {ratio:.2f}; at most {LIMIT} is wanted")
    return 0 if min(ratio, middle) <= LIMIT else 1


def empty_program(work: Path) -> Path:
    """The empty window, packaged as PyInstaller does by itself; made once."""
    program = work / "dist" / "empty" / "empty"
    if not program.exists():
        work.mkdir(parents=True, exist_ok=True)
        script = work / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "PyInstaller",
            "--noconfirm",
            "--log-level",
            "ERROR",
            "--specpath",
            str(work),
        ]
        command += ["--distpath", str(work / "dist"), "--workpath", str(work / "build"), str(script)]
        subprocess.run(command, check=True, cwd=work)
    return program


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of its own; gives the name of its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def first_paint(command: list[str], display: str, home: str) -> float:
    """Seconds until the program has drawn on the empty screen; it is then ended."""
    x11 = _x11()
    connection = x11.XOpenDisplay(display.encode())
    try:
        environment = {"DISPLAY": display, "HOME": home}
        start = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            while _is_empty(x11, connection):
                if process.poll() is not None:
                    raise RuntimeError(
                        f"{command[0]} ended with status {process.returncode} and drew nothing"
                    )
                if time.perf_counter() - start > PATIENCE_S:
                    raise RuntimeError(f"{command[0]} drew nothing within {PATIENCE_S:g} s")
                time.sleep(0.004)
            return time.perf_counter() - start
        finally:
            process.terminate()
            process.wait()
    finally:
        x11.XCloseDisplay(connection)


def _x11() -> ctypes.CDLL:
    library = ctypes.CDLL("libX11.so.6")
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XOpenDisplay.argtypes = [ctypes.c_char_p]
    library.XCloseDisplay.argtypes = [ctypes.c_void_p]
    library.XDefaultRootWindow.restype = ctypes.c_ulong
    library.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    library.XGetImage.restype = ctypes.c_void_p
    library.XGetImage.argtypes = [
        *(ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int),
        *(ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int),
    ]
    library.XGetPixel.restype = ctypes.c_ulong
    library.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    library.XDestroyImage.argtypes = [ctypes.c_void_p]
    return library


def _is_empty(x11: ctypes.CDLL, connection: int) -> bool:
    """Whether the strip has the colour of the bare screen, black, throughout."""
    root = x11.XDefaultRootWindow(connection)
    image = x11.XGetImage(connection, root, *STRIP, ALL_PLANES, ZPIXMAP)
    try:
        return not any(x11.XGetPixel(image, x, 0) & 0xFFFFFF for x in range(0, STRIP[2], 20))
    finally:
        x11.XDestroyImage(image)


if __name__ == "__main__":
    sys.exit(main())
