"""What every test needs: Qt must know before it is imported that no screen is used; and a screen for a few."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from hypothesis import settings

from gdstudio import wording

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

# A slow machine is no fault, and a run that decides about a change must be repeatable.
settings.register_profile("gdstudio", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("gdstudio")


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a virtual screen with software OpenGL."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture(autouse=True)
def english_commands(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command line speaks as its source does, whatever language the machine speaks."""
    monkeypatch.setattr(wording, "chosen", lambda: "en")
    yield
    wording.speak("en")
