"""The sdist and the wheel carry all that the program needs: installed elsewhere, a lesson opens.

Installs packages from the index, so it runs only when asked for: `GDSTUDIO_BUILD=1 python -m pytest tests/packaging`.
"""

from __future__ import annotations

import email
import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from gdstudio import doctor

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("GDSTUDIO_BUILD") or importlib.util.find_spec("build") is None,
        reason='needs the package "build" and GDSTUDIO_BUILD=1',
    ),
]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("distributions")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, cwd=folder
    )
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


def resources() -> set[str]:
    return {
        str(path.relative_to(ROOT / "resources"))
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }


def test_the_sdist_holds_sources_tests_and_resources(distributions: tuple[Path, Path]) -> None:
    with tarfile.open(distributions[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"resources/{name}" for name in resources()} <= names
    assert {
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "packaging/build.py",
        "tests/test_readme.py",
        ".ci/run",
    } <= names
    assert not [name for name in names if name.endswith(".pyc") or ".hypothesis" in name]


def test_the_wheel_holds_the_package_with_its_resources_and_nothing_else(
    distributions: tuple[Path, Path],
) -> None:
    with zipfile.ZipFile(distributions[1]) as archive:
        names = set(archive.namelist())
    assert {f"gdstudio/resources/{name}" for name in resources()} <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"gdstudio"}


def test_the_wheel_says_what_it_is(distributions: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(distributions[1]) as archive:
        (about,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(archive.read(about))
        (commands,) = (name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt"))
        entry = archive.read(commands).decode()
        assert "gdstudio/py.typed" in archive.namelist()
    assert (told["Name"], told["License-Expression"], told["Requires-Python"]) == (
        "gdstudio",
        "MIT",
        ">=3.11",
    )
    assert told["Description-Content-Type"] == "text/markdown" and told.get_payload().startswith("# gdstudio")
    required = {re.split(r"[<>=;]", row)[0] for row in told.get_all("Requires-Dist") if "extra" not in row}
    assert required == set(map(str.lower, doctor.REQUIRED))
    assert entry.split() == ["[console_scripts]", "gdstudio", "=", "gdstudio.cli:main"]


def test_the_wheel_opens_a_lesson_in_a_new_environment(
    distributions: tuple[Path, Path], tmp_path: Path
) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "-q", str(distributions[1])], check=True)
    program = """
from pathlib import Path
import gdstudio
from gdstudio.document import library
from gdstudio.ui import application
from gdstudio.ui.main_window import MainWindow
from PySide6.QtCore import QSettings
app = application.create()
window = MainWindow(library.get("gradient"), QSettings("settings.ini", QSettings.Format.IniFormat))
window.show()
app.processEvents()
assert not window.grab().isNull()
print(Path(gdstudio.__file__).parent, window.session.document.lesson is not None)
"""
    run = subprocess.run(
        [str(python), "-c", program],
        cwd=tmp_path,
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    place, has_lesson = run.stdout.split()
    assert Path(place).is_relative_to(tmp_path / "venv")
    assert has_lesson == "True"
