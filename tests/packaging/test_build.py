"""The packaged program: built, then used with an empty environment as a person would use it.

Takes minutes and needs PyInstaller, so it runs only when asked for: `GDSTUDIO_BUILD=1 python -m pytest tests/packaging`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from gdstudio.document import library, write

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 180  # the first start reads everything from the disk, on a machine that may be busy

needs_xdotool = pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("GDSTUDIO_BUILD") or importlib.util.find_spec("PyInstaller") is None,
        reason="needs PyInstaller and GDSTUDIO_BUILD=1",
    ),
]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both builds; `GDSTUDIO_BUILD` may name one that was built before."""
    given = Path(os.environ["GDSTUDIO_BUILD"])
    if given.is_dir():
        return given
    folder = tmp_path_factory.mktemp("packaged")
    command = [sys.executable, str(ROOT / "packaging" / "build.py"), "--output", str(folder / "dist")]
    subprocess.run([*command, "--work", str(folder / "work")], check=True)
    return folder / "dist"


@pytest.fixture(scope="session", params=["folder", "file"])
def program(built: Path, request: pytest.FixtureRequest) -> Path:
    """The executable of the one-folder or of the one-file build."""
    if request.param == "folder":
        return built / "gdstudio" / "gdstudio"
    (found,) = (path for path in built.glob("gdstudio-*") if path.is_file())
    return found


@pytest.fixture
def run(program: Path, tmp_path: Path) -> Callable[..., str]:
    """Runs the program in an empty folder with an empty environment; gives what it prints."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [str(program), *arguments],
            cwd=tmp_path,
            env={},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


@pytest.mark.parametrize("counting", [["--apparent-size", "--block-size=1"], ["--block-size=1"]])
def test_it_weighs_no_more_than_promised(built: Path, counting: list[str]) -> None:
    """130 MB of 10**6 bytes, in files and in blocks of the disk."""
    command = ["du", "-s", *counting, str(built / "gdstudio")]
    weighed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(weighed.stdout.split()[0]) <= 130_000_000


def test_the_doctor_finds_all_that_is_needed_and_its_own_python(run: Callable[..., str]) -> None:
    report = run("doctor")
    assert "All that gdstudio needs is here." in report
    assert "(packaged)" in report
    assert "Qt on offscreen" in report and "MISSING" not in report


def test_it_evaluates_a_graph(run: Callable[..., str]) -> None:
    answer = json.loads(run("eval", "abs_graph", "--json"))
    assert answer["values"]["loss"] == 3.0
    assert answer["gradients"] == answer["gradients"] | {"w": 2.0, "b": 1.0}


def test_it_races(run: Callable[..., str], tmp_path: Path) -> None:
    answer = json.loads(run("race", "rosenbrock", "--steps", "30", "--json", "--csv", "race.csv"))
    assert [racer["steps"] for racer in answer["racers"]] == [30] * len(answer["racers"])
    header, *rows = (tmp_path / "race.csv").read_text(encoding="utf-8").splitlines()
    assert header == "racer,step,loss,gradient_norm,learning_rate,x,y"
    assert len(rows) == 31 * len(answer["racers"])


def test_it_brings_the_lessons(run: Callable[..., str]) -> None:
    lessons = {path.stem for path in (ROOT / "resources" / "lessons").glob("*.gdstudio")}
    listed = {line.split()[0] for line in run("list", "lessons").splitlines()[1:] if line.strip()}
    assert lessons and lessons <= listed | {"name"}
    assert json.loads(run("eval", sorted(lessons)[0], "--json"))["values"]


@pytest.mark.parametrize("view", ["window", "graph", "landscape", "race"])
def test_its_pictures_are_those_of_the_source_tree(
    run: Callable[..., str], tmp_path: Path, view: str
) -> None:
    """Typeset formulas, laid-out graph, contours, icons: all there. A smoothed edge may round another way."""
    request = ("render", "himmelblau", "--view", view, "--size", "1280x720", "--step", "20", "-o")
    run(*request, "packaged.png")
    ours = tmp_path / "source.png"
    subprocess.run([sys.executable, "-m", "gdstudio", *request, str(ours)], cwd=ROOT, check=True)
    assert np.count_nonzero(pixels_of(tmp_path / "packaged.png") != pixels_of(ours)) < 50


def pixels_of(path: Path) -> np.ndarray:
    """The pixels of a picture, as numbers in rows."""
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


@needs_xdotool
def test_its_window_opens_plays_a_race_and_closes(program: Path, tmp_path: Path, display: str) -> None:
    log = tmp_path / "log.txt"
    with open(log, "w") as lines:
        process = subprocess.Popen(
            [str(program), "rosenbrock"],
            cwd=tmp_path,
            env={"DISPLAY": display, "HOME": str(tmp_path)},
            stdout=lines,
            stderr=lines,
        )
    try:
        window = until(lambda: find_window(display, "Rosenbrock"))
        xdotool(display, "windowfocus", "--sync", window)
        before = until(lambda: settled_screenshot(display, tmp_path))
        xdotool(display, "key", "F5")
        until(lambda: screenshot(display, tmp_path) != before)
        # It runs on nothing but what it brought and the system's own libraries.
        if program.parent.name == "gdstudio":
            maps = Path(f"/proc/{process.pid}/maps").read_text()
            loaded = {line.split()[-1] for line in maps.splitlines() if ".so" in line}
            assert not [
                path for path in loaded if not path.startswith((str(program.parent), "/usr/lib", "/lib"))
            ]
        xdotool(display, "key", "ctrl+q")
        assert process.wait(PATIENCE_S) == 0
    finally:
        process.kill()
        process.wait()
    assert log.read_text() == ""


@needs_xdotool
def test_its_relief_is_drawn(program: Path, tmp_path: Path, display: str) -> None:
    """What does not draw prints why; what does shows hundreds of colours, where the sentence has few."""
    document = library.get("himmelblau")
    write(document.replace(landscape=document.landscape.replace(view="space")), tmp_path / "relief.gdstudio")
    log = tmp_path / "log.txt"
    with open(log, "w") as lines:
        process = subprocess.Popen(
            [str(program), "relief.gdstudio"],
            cwd=tmp_path,
            env={"DISPLAY": display, "HOME": str(tmp_path)},
            stdout=lines,
            stderr=lines,
        )
    try:
        until(lambda: find_window(display, "Himmelblau"))
        until(lambda: relief_colours(display, tmp_path) > 1000)
    finally:
        process.kill()
        process.wait()
    assert log.read_text() == ""


def relief_colours(display: str, folder: Path) -> int:
    screenshot(display, folder)
    pixels = pixels_of(folder / "screen.png")
    height, width = pixels.shape
    return len(np.unique(pixels[height // 8 : height // 2, width // 2 :]))


def until(answer: Callable[[], str | bytes | bool | None]) -> str:
    """The first answer that is true."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := answer():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {PATIENCE_S} s in vain")


def xdotool(display: str, *arguments: str) -> str:
    run = subprocess.run(
        ["xdotool", *arguments], env=os.environ | {"DISPLAY": display}, capture_output=True, text=True
    )
    return run.stdout.strip()


def find_window(display: str, title: str) -> str:
    return xdotool(display, "search", "--onlyvisible", "--name", title).partition("\n")[0]


def screenshot(display: str, folder: Path) -> bytes:
    """What the screen shows, in the bytes of a PNG."""
    path = folder / "screen.png"
    program = (
        "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]);"
        "sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))"
    )
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    subprocess.run([sys.executable, "-c", program, str(path)], env=environment, check=True)
    return path.read_bytes()


def settled_screenshot(display: str, folder: Path) -> bytes | None:
    """A screenshot once two in a row are equal, with a window in it."""
    first = screenshot(display, folder)
    return first if first == screenshot(display, folder) and len(first) > 50_000 else None
