"""Where settings are, on each system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gdstudio import paths

HOME = Path("/home/ada")


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, ".config/gdstudio"),
        ("linux", {"XDG_CONFIG_HOME": "/elsewhere"}, "/elsewhere/gdstudio"),
        ("darwin", {"XDG_CONFIG_HOME": "/elsewhere"}, "Library/Preferences/gdstudio"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/gdstudio"),
        ("win32", {}, "AppData/Roaming/gdstudio"),
    ],
)
def test_settings_are_where_the_system_has_them(platform, environment, folder, monkeypatch) -> None:
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Path, "home", lambda: HOME)
    monkeypatch.setattr(sys, "platform", platform)
    assert paths.config_folder() == HOME / folder
