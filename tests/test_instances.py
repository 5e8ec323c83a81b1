"""Windows that run already: which one takes a file, and what happens when none answers."""

from __future__ import annotations

import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gdstudio import instances

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows names pipes, which are no files")


@pytest.fixture(autouse=True)
def own_folder(monkeypatch) -> Iterator[Path]:
    """Nothing that runs on this machine is found. The path is short: that of a socket has at most about 100 characters."""
    with tempfile.TemporaryDirectory(prefix="gds") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def running(monkeypatch):
    """Windows of other processes: `running(1234, answers)` notes what it is told."""
    listeners = []

    def run(process: int, **answers: str) -> list[dict]:
        told: list[dict] = []

        def answer(message) -> str:
            told.append(message)
            return answers["ask" if "ask" in message else "show"]

        with monkeypatch.context() as patch:
            patch.setattr(os, "getpid", lambda: process)
            listeners.append(instances.Listener(answer))
        return told

    yield run
    for listener in listeners:
        listener.close()


def test_nobody_runs():
    assert not instances.hand_over(Path("a.gdstudio"))


def test_a_free_window_gets_the_whole_path(running, tmp_path, monkeypatch):
    told = running(1001, ask="free", show="shown")
    monkeypatch.chdir(tmp_path)
    assert instances.hand_over(Path("a.gdstudio"))
    wish = {"file": str(tmp_path / "a.gdstudio"), "name": None}
    assert [message.get("ask", message.get("show")) for message in told] == [wish, wish]
    assert "show" in told[-1]


def test_the_window_that_has_the_file_comes_before_a_free_one(running):
    free, has = running(1001, ask="free", show="shown"), running(1002, ask="has", show="shown")
    assert instances.hand_over(Path("a.gdstudio"))
    assert "show" in has[-1]
    assert all("ask" in message for message in free)


def test_a_busy_window_is_left_alone(running):
    told = running(1001, ask="busy", show="shown")
    assert not instances.hand_over(name="rosenbrock")
    assert [message["ask"]["name"] for message in told] == ["rosenbrock"]


def test_a_window_that_changed_its_mind_is_passed_over(running):
    first, second = running(1001, ask="free", show="busy"), running(1002, ask="free", show="shown")
    assert instances.hand_over()
    assert "show" in first[-1] and "show" in second[-1]


def test_the_address_of_a_process_that_is_gone_is_tidied_up(running, own_folder):
    running(1001, ask="busy", show="busy")
    (address,) = own_folder.iterdir()
    left = address.with_name(f"{address.name}9")
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(left))
    dead.close()
    assert not instances.hand_over()
    assert list(own_folder.iterdir()) == [address]


def test_a_window_on_another_display_is_another_matter(running, monkeypatch):
    told = running(1001, ask="free", show="shown")
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not instances.hand_over()
    assert told == []


def test_nonsense_is_no_request(running, own_folder):
    told = running(1001, ask="free", show="shown")
    (address,) = own_folder.iterdir()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(address))
        client.sendall(b"\x00\x00\x00\x05hello")
        assert client.recv(100) == b""  # it hangs up
    assert told == []
    assert instances.hand_over()


def test_a_window_that_is_stopped_holds_up_nobody(own_folder, monkeypatch):
    monkeypatch.setattr(instances, "PATIENCE_S", 0.05)
    with socket.socket(socket.AF_UNIX) as stopped:
        stopped.bind(instances._address(1001))
        stopped.listen(0)
        # A queue of one is full from the second on; that one is not waited for.
        assert [instances.hand_over() for _ in range(3)] == [False] * 3


def test_windows_lists_the_pipes_of_this_user_s_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    own, other = (instances._address(process) for process in (os.getpid(), 1001))
    assert other.startswith("\\\\.\\pipe\\gdstudio-")
    names = [address.rpartition("\\")[2] for address in (own, other)]
    asked = []
    monkeypatch.setattr(os, "listdir", lambda path: asked.append(path) or [*names, "gdstudio-other-1002"])
    assert instances._addresses() == [other]
    assert asked == ["\\\\.\\pipe\\"]


def test_without_a_runtime_folder_nobody_else_can_reach_the_address(running, own_folder, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(instances.tempfile, "gettempdir", lambda: str(own_folder))
    running(1001, ask="free", show="shown")
    (folder,) = own_folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert instances.hand_over()
    folder.chmod(0o777)
    assert not instances.hand_over()
