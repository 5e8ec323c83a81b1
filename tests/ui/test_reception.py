"""Files that come from outside: from another start of the program, and from the desktop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from gdstudio.ui import reception as receptions
from gdstudio.ui.reception import Reception
from tests.ui.helpers import find, wait_settled

HAND_OVER = """
import sys
from pathlib import Path
from gdstudio import instances
kind, what = sys.argv[1:]
wish = {"file": Path(what)} if kind == "file" else {"name": what} if kind == "name" else {}
print(instances.hand_over(**wish))
"""


@pytest.fixture
def reception(open_window, tmp_path_factory, monkeypatch) -> Iterator[Callable[..., Reception]]:
    """Makes windows that other processes find."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    made = []

    def make(*document) -> Reception:
        made.append(Reception(open_window(*document)))
        made[-1].open()
        return made[-1]

    yield make
    for one in made:
        one.close()


def started(qtbot, kind: str, what: object = "") -> bool:
    """Start the program once more; whether the window took what was wanted."""
    process = QProcess()
    process.start(sys.executable, ["-c", HAND_OVER, kind, str(what)])
    qtbot.waitUntil(lambda: process.state() == QProcess.ProcessState.NotRunning, timeout=30_000)
    assert process.exitCode() == 0, process.readAllStandardError().data()
    return process.readAllStandardOutput().data().decode().strip() == "True"


def test_a_file_opens_in_the_window_that_shows_its_start_page(reception, saved, qtbot):
    window = reception()._window
    assert started(qtbot, "file", saved)
    qtbot.waitUntil(lambda: window.session.path == saved, timeout=30_000)
    assert find(window, "studio").isVisible()


def test_a_bundled_document_opens_there_too(reception, qtbot):
    window = reception()._window
    assert started(qtbot, "name", "rosenbrock")
    qtbot.waitUntil(lambda: window.session.document.title == "Rosenbrock", timeout=30_000)


def test_a_window_with_a_document_keeps_it(reception, chain, saved, qtbot):
    window = reception(chain)._window
    assert not started(qtbot, "file", saved)
    assert not started(qtbot, "nothing")
    assert window.session.document is chain


def test_a_file_that_is_open_already_comes_to_the_front(reception, saved, qtbot):
    window = reception()._window
    window.files.open_path(saved)
    wait_settled(qtbot, window.session)
    document = window.session.document
    window.showMinimized()
    assert started(qtbot, "file", saved)
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=30_000)
    assert window.session.document is document


def test_a_file_that_is_wrong_is_told_in_the_window(reception, tmp_path, qtbot):
    window = reception()._window
    wrong = tmp_path / "wrong.gdstudio"
    wrong.write_text("{")
    assert started(qtbot, "file", wrong)
    qtbot.waitUntil(lambda: find(window, "messageBar").isVisible(), timeout=30_000)
    assert "wrong.gdstudio" in find(window, "messageText", QLabel).text()


def test_a_file_from_the_desktop_opens_here_or_in_another_window(
    reception, saved, tmp_path, monkeypatch, qtbot
):
    others: list[str] = []
    monkeypatch.setattr(receptions, "start_another", lambda file=None: others.append(file))
    desk = reception()
    desk.receive(saved)
    qtbot.waitUntil(lambda: desk._window.session.path == saved, timeout=30_000)
    desk.receive(tmp_path / "other.gdstudio")
    assert others == [str(tmp_path / "other.gdstudio")]


@pytest.fixture
def begun(monkeypatch) -> list[tuple[str, list[str]]]:
    """Programs that were started, with their arguments; none of them runs."""
    begun: list[tuple[str, list[str]]] = []

    class Noted(QProcess):
        def startDetached(self) -> bool:
            begun.append((self.program(), self.arguments()))
            return True

    monkeypatch.setattr(receptions, "QProcess", Noted)
    return begun


def test_a_new_window_is_a_start_of_its_own(open_window, chain, begun):
    find(open_window(chain), "actionNewWindow", QAction).trigger()
    assert begun == [(sys.executable, ["-m", "gdstudio", "open", "--new-window"])]


@pytest.mark.parametrize(
    ("frozen", "running", "beside", "started"),
    [
        (False, "python.exe", "pythonw.exe", "pythonw.exe"),
        (False, "python.exe", "nothing.exe", "python.exe"),
        (True, "gdstudio-terminal.exe", "gdstudio.exe", "gdstudio.exe"),
        (True, "gdstudio-0.1.0-windows-amd64.exe", "nothing.exe", "gdstudio-0.1.0-windows-amd64.exe"),
    ],
)
def test_on_windows_a_new_window_brings_no_terminal(
    frozen, running, beside, started, begun, tmp_path, monkeypatch
):
    (tmp_path / beside).touch()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / running))
    assert receptions.start_another("graph.gdstudio")
    ((program, arguments),) = begun
    assert program == str(tmp_path / started)
    assert arguments[-3:] == ["open", "--new-window", "graph.gdstudio"]


def test_macos_asks_for_a_file_by_an_event():
    script = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from gdstudio.ui import application
app = application.create()
app.file_opened.connect(lambda path: print(path.name))
app.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/lessons/one.gdstudio")))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "one.gdstudio", ran.stderr
