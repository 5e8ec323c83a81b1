"""The stand-in for PySide6.QtOpenGL draws the same relief."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = ROOT / "packaging" / "hooks" / "qt_opengl.py"

DRAW = """
import importlib.util, sys
name = "PySide6.QtOpenGL"
if sys.argv[1] == "stand-in":
    spec = importlib.util.spec_from_file_location(name, sys.argv[2])
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
if sys.argv[4] == "core":
    wanted = QSurfaceFormat()
    wanted.setVersion(3, 3)
    wanted.setProfile(QSurfaceFormat.OpenGLContextProfile.CoreProfile)
    QSurfaceFormat.setDefaultFormat(wanted)
app = QApplication([])
from gdstudio.document import library
from gdstudio.ui import results, theme
from gdstudio.ui.landscape.space import SpaceView
from gdstudio.ui.slices import Slice
theme.switch().choose("dark")

class Progress:
    def check(self): pass
    def cancelled(self): return False
    def report(self, fraction): pass

view = SpaceView()
view.resize(900, 700)
view.show()
QTest.qWaitForWindowExposed(view, 30000)
himmelblau = Slice(library.get("himmelblau"))
for pixels in (32, 96):
    view.show_grid(results.compute_grid(himmelblau, pixels, Progress()))
    picture = view.camera.grabFramebuffer()
assert picture.save(sys.argv[3])

from OpenGL import GL
from PySide6.QtOpenGL import QOpenGLBuffer
view.camera.makeCurrent()
def make():
    buffer = QOpenGLBuffer()
    assert not buffer.isCreated() and buffer.create() and buffer.bind()
    buffer.allocate(b"12345678", 8)
    buffer.write(2, b"cd", 2)
    assert buffer.size() == 8
    buffer.release()
    return buffer
first = make()
held = [number for number in range(1, 1000) if GL.glIsBuffer(number)]
del first
again = make()
now = [number for number in range(1, 1000) if GL.glIsBuffer(number)]
assert len(now) == len(held), (held, now)
again.destroy()
assert not again.isCreated()
"""


@pytest.mark.parametrize("profile", ["any", "core"])
def test_the_relief_looks_as_it_does_with_the_binding(display: str, tmp_path: Path, profile: str) -> None:
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    for which in ("stand-in", "binding"):
        command = [sys.executable, "-c", DRAW, which, str(STAND_IN), str(tmp_path / f"{which}.png"), profile]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        if "Could not load the Qt platform plugin" in run.stderr:
            pytest.skip("Qt cannot open windows on X11 here")
        assert (run.returncode, run.stdout) == (0, ""), run.stderr
    assert (tmp_path / "stand-in.png").read_bytes() == (tmp_path / "binding.png").read_bytes()
    assert (tmp_path / "binding.png").stat().st_size > 50_000


def test_it_has_all_that_the_items_of_the_relief_take_from_the_binding() -> None:
    import pyqtgraph

    taken = set()
    for name in ("GLViewWidget", "items/GLMeshItem", "items/GLLinePlotItem", "items/GLTextItem"):
        tree = ast.parse((Path(pyqtgraph.__file__).parent / "opengl" / f"{name}.py").read_text("utf-8"))
        for part in tree.body:
            if not isinstance(part, ast.ClassDef):
                continue
            # Drawing into a texture of one's own is not asked for.
            part.body = [node for node in part.body if getattr(node, "name", "") != "renderToArray"]
            for node in ast.walk(part):
                if isinstance(node, ast.Attribute):
                    owner = ast.unparse(node.value).rpartition(".")[2]
                    if owner == "QtOpenGL" or owner.startswith(("vbo", "m_vbo", "m_ibo", "default_vao")):
                        taken.add(node.attr)
    offered = {
        node.name for node in ast.walk(ast.parse(STAND_IN.read_text("utf-8"))) if hasattr(node, "name")
    }
    assert {"QOpenGLBuffer", "QOpenGLVertexArrayObject", "allocate", "write"} <= taken
    assert taken <= offered
