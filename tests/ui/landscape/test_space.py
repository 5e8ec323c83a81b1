"""The space view: made when first wanted, in step with the plane, and a sentence where there is no OpenGL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from gdstudio.ui.landscape import opengl

from .support import bowl, parabola

SCRIPT = """
import json, sys
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
app = QApplication([])
from support import bowl
from gdstudio.ui import theme
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.session import Session
theme.switch().choose("dark")
session = Session(bowl())
view = LandscapeView(session)
view.resize(900, 700)
view.show()
def wait_for(what):
    for _ in range(5000):
        if what():
            return
        QTest.qWait(5)
    sys.exit("waited in vain")
QTest.qWaitForWindowExposed(view, 30000)
wait_for(lambda: session.is_settled and session.last_step == 50)
before = view.pages.space is None
view.controls.relief.click()
wait_for(lambda: view.pages.space is not None)
session.select_racer(0)
camera = view.pages.space.camera
def look(step):
    session.set_step(step)
    small = camera.grabFramebuffer().scaled(90, 70)
    return [small.pixelColor(x, y).name() for x in range(90) for y in range(70)]
wait_for(lambda: camera.isValid() and len(set(look(50))) > 200)
first, last = look(0), look(50)
view.pages.look_from_above()
top = look(50)
racers = [racer.replace(average_decay=0.9) for racer in session.document.race.racers]
session.edit("average", session.document.replace(race=session.document.race.replace(racers=tuple(racers))))
wait_for(lambda: session.is_settled and len(view.plane.companions.trails) == 2)
averaged = look(50)
session.close()
print(json.dumps({
    "averages": averaged != top,
    "lazy": before, "colours": len(set(first)), "moved": first != last, "turned": top != last,
    "background": first.count(theme.current().background.name()) / len(first),
}))
"""


def test_without_opengl_a_sentence_says_so_and_the_plane_still_works(open_view, monkeypatch):
    monkeypatch.setattr(opengl, "available", lambda: False)
    hand = open_view(bowl())
    button = hand.view.findChild(QToolButton, "landscapeSpace")
    button.click()
    message = hand.view.findChild(QLabel, "landscapeMessage")
    assert message.isVisible() and "OpenGL" in message.text()
    button.click()
    assert hand.shown is hand.view.plane
    hand.move(3.0, -1.0)
    assert "loss = 10.000" in hand.view.readout.text()


def test_a_curve_has_no_relief(open_view):
    hand = open_view(parabola())
    assert not hand.view.findChild(QToolButton, "landscapeSpace").isVisible()


def test_the_relief_is_drawn_and_follows_the_race(display):
    here = Path(__file__).parent
    environment = {
        **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYQTGRAPH_QT_LIB": "PySide6",
        "PYTHONPATH": os.pathsep.join([str(here), str(here.parents[2])]),
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120
    )
    if "no Qt platform plugin" in run.stderr or "Could not load the Qt platform plugin" in run.stderr:
        pytest.skip("Qt cannot open windows on X11 here")
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.strip().splitlines()[-1])
    assert seen["lazy"] and seen["moved"] and seen["turned"] and seen["averages"]
    assert seen["colours"] > 200
    assert 0.3 < seen["background"] < 0.9
