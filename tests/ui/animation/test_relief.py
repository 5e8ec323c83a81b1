"""A film of the relief while the window shows one, too: two OpenGL contexts at once, under a virtual screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

SCRIPT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from gdstudio.ui import application
app = application.create()
from gdstudio.document import library
from gdstudio.ui.animation import Recorder, Shot
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.session import Session
document = library.get("himmelblau")
document = document.replace(landscape=document.landscape.replace(view="space"))
session = Session(document)
view = LandscapeView(session)
view.resize(600, 450)
view.show()
QTest.qWaitForWindowExposed(view, 30000)
for _ in range(5000):
    if session.is_settled and view.pages.space is not None and view.pages.space.camera.isValid():
        break
    QTest.qWait(5)
recorder = Recorder(document, Shot(Path(sys.argv[1]), "landscape", (480, 360), 75, 10), {"landscape": view})
loop = QEventLoop()
recorder.ended.connect(loop.quit)
recorder.start()
QTimer.singleShot(90000, loop.quit)
loop.exec()
print(json.dumps(recorder.written))
session.close()
"""


@pytest.mark.slow
def test_the_relief_and_its_racers_are_in_every_frame(tmp_path):
    if shutil.which("xvfb-run") is None:
        pytest.skip("Xvfb is not installed")
    path = tmp_path / "relief.webp"
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "xcb", "PYQTGRAPH_QT_LIB": "PySide6",
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip
    command = ["xvfb-run", "-a", "-s", "-screen 0 1200x900x24", sys.executable, "-c", SCRIPT, str(path)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    if "no Qt platform plugin" in run.stderr or "Could not load the Qt platform plugin" in run.stderr:
        pytest.skip("Qt cannot open windows on X11 here")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.strip().splitlines()[-1]) is True
    with Image.open(path) as film:
        assert (film.n_frames, film.size) == (3, (480, 360))
        frames = []
        for number in range(3):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGB")).astype(int))
    for picture in frames:
        assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 1000
    # The trails of four racers come between the first frame and the last.
    assert (np.abs(frames[0] - frames[2]).max(axis=-1) > 60).sum() > 200
