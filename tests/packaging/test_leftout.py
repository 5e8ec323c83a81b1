"""What the build leaves out is no file or module that the program uses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import leftout
import pytest

ROOT = Path(__file__).resolve().parents[2]

STAY = (
    "PySide6/Qt/lib/libQt6Gui.so.6",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/plugins/platforms/qwindows.dll",
    "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "PySide6/Qt/translations/qtbase_zh_CN.qm",
    "pyqtgraph/colors/maps/viridis.csv",
    "pyqtgraph/icons/icons.svg",
    "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
    "numpy-2.4.6.dist-info/METADATA",
    "gdstudio/resources/lessons/gradient.gdstudio",
    "gdstudio/resources/translations/gdstudio_zh_CN.qm",
    "gdstudio/resources/translations/wording_zh_CN.json",
    "gdstudio/resources/translations/gdstudio_zh_CN.qm",
    "PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
    "PIL/_webp.cpython-311-x86_64-linux-gnu.so",
    "python3.11/lib-dynload/_codecs_cn.cpython-311-x86_64-linux-gnu.so",
    "libxcb-cursor.so.0",
    "ziamath/fonts/STIXTwoMath-Regular.ttf",
)
GO = (
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/plugins/platforms/libqvnc.so",
    "PySide6/Qt/plugins/imageformats/libqjpeg.so",
    "PySide6/plugins/imageformats/qjpeg.dll",
    "PySide6\\plugins\\imageformats\\qjpeg.dll",
    "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/Qt/translations/qt_zh_TW.qm",
    "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
    "gdstudio/resources/translations/gdstudio_zh_CN.ts",
    "libstdc++.so.6",
    "gdstudio/resources/pictures/window.png",
)


@pytest.mark.parametrize("place", STAY)
def test_what_the_program_needs_stays(place):
    assert leftout.row_of(place) is None


@pytest.mark.parametrize("place", GO)
def test_what_nobody_needs_goes_and_says_why(place):
    assert leftout.row_of(place).why


def test_no_module_that_goes_is_loaded_when_everything_is_used(tmp_path):
    program = f"""
import json, sys
sys.argv = ["gdstudio"]
from gdstudio import cli
assert cli.main(["render", "line_fit", "-o", {str(tmp_path / "picture.png")!r}]) == 0
assert cli.main(["race", "rosenbrock", "--steps", "5", "--csv", {str(tmp_path / "race.csv")!r}]) == 0
import gdstudio.ui.landscape.space
names = {leftout.MODULES!r}
optional = ("ssl", "_ssl", "_hashlib", "lzma", "_lzma", "bz2", "_bz2", "PySide6.QtTest")
used = [name for name in names if name in sys.modules and name not in optional]
print(json.dumps(used))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    # Python's hashes, shutil and pyqtgraph go on without the optional ones, which the test of the build shows.
    assert json.loads(run.stdout.splitlines()[-1]) == []


def test_libraries_that_nothing_leads_to_are_unneeded(monkeypatch):
    needs = {
        "plugin": ["libone.so.1"],
        "one": ["libtwo.so.2", "libc.so.6"],
        "two": [],
        "three": ["libtwo.so.2"],
    }
    monkeypatch.setattr(leftout, "_needed", needs.__getitem__)
    libraries = {
        "plugins/plugin.so": "plugin",
        "lib/libone.so.1": "one",
        "libtwo.so.2": "two",
        "libthree.so": "three",
    }
    assert leftout.unneeded(libraries, ["plugins/plugin.so"]) == {"libthree.so"}
