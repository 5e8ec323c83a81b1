"""Files that take the place of others, on systems that differ."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gdstudio.document import replacing as replacings
from gdstudio.document.replacing import replacing


@pytest.fixture
def refused(monkeypatch) -> list[int]:
    """How often a file may not be replaced, as one on Windows that somebody reads; counts down."""
    left = [0]
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "Access is denied", str(source), 5, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(replacings, "_PAUSE_S", 0.0)
    return left


def write(path: Path, text: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(text)


def test_a_file_that_is_being_read_on_windows_is_replaced_a_moment_later(refused, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    path = tmp_path / "graph.gdstudio"
    path.write_text("old")
    refused[0] = 3
    write(path, "new")
    assert path.read_text() == "new" and refused == [0]


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_a_file_that_stays_locked_is_told_and_stays_whole(refused, tmp_path, monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    path = tmp_path / "graph.gdstudio"
    path.write_text("old")
    refused[0] = 1000
    with pytest.raises(PermissionError) as caught:
        write(path, "new")
    assert caught.value.filename == str(path)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_system_that_cannot_open_folders_or_set_owners_keeps_the_file_all_the_same(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "chown")
    monkeypatch.delattr(os, "statvfs")
    opened = os.open

    def no_folders(path, *arguments, **options):
        if os.path.isdir(path):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", no_folders)
    path = tmp_path / "graph.gdstudio"
    write(path, "first")
    write(path, "second")
    assert path.read_text() == "second" and list(tmp_path.iterdir()) == [path]
