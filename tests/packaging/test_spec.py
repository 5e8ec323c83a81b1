"""What the spec file has PyInstaller make on each platform, with PyInstaller's own makers replaced."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import platforms
import pytest

pytest.importorskip("PyInstaller")

SPEC = Path(__file__).resolve().parents[2] / "packaging" / "gdstudio.spec"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs the spec file for a platform; gives what was made: (maker, arguments, settings) in order."""

    def run(platform: str) -> list[tuple[str, tuple, dict[str, Any]]]:
        calls: list[tuple[str, tuple, dict[str, Any]]] = []

        def maker(kind: str) -> Any:
            return lambda *arguments, **settings: calls.append((kind, arguments, settings)) or kind

        found = [
            ("python3.dll", __file__, "BINARY"),
            ("PySide6/plugins/tls/qopensslbackend.dll", __file__, "BINARY"),
        ]
        analysis = SimpleNamespace(scripts=[], pure=[], binaries=found, datas=[])
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.delitem(sys.modules, "leftout", raising=False)
        monkeypatch.setattr(platforms, "version_resource", lambda version: f"resource {version}")
        monkeypatch.setenv("GDSTUDIO_ICONS", str(tmp_path))
        monkeypatch.setenv("GDSTUDIO_ONE_FILE_NAME", "gdstudio-1.0-some-machine")
        monkeypatch.setattr(sys, "path", list(sys.path))
        names = {kind: maker(kind) for kind in ("PYZ", "EXE", "COLLECT", "BUNDLE")}
        names |= {"Analysis": lambda *_, **settings: calls.append(("Analysis", (), settings)) or analysis}
        source = compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec")
        exec(source, {"SPECPATH": str(SPEC.parent), "workpath": str(tmp_path), **names})
        return calls

    yield run
    sys.modules.pop("leftout", None)  # that of another platform


def test_windows_gets_a_window_without_a_terminal_and_a_program_for_the_terminal(made: Any) -> None:
    calls = made("win32")
    programs = {how["name"]: how for kind, _, how in calls if kind == "EXE"}
    assert {name: how["console"] for name, how in programs.items()} == {
        "gdstudio": False,
        "gdstudio-terminal": True,
        "gdstudio-1.0-some-machine": False,
    }
    assert all(how["version"].startswith("resource ") for how in programs.values())
    assert all(how["icon"].endswith("gdstudio.ico") and not how["strip"] for how in programs.values())
    ((_, parts, _),) = (call for call in calls if call[0] == "COLLECT")
    assert parts[:2] == ("EXE", "EXE")
    assert [place for place, _, _ in parts[2]] == ["python3.dll"]


def test_macos_gets_a_bundle_with_its_settings(made: Any) -> None:
    calls = made("darwin")
    ((_, parts, how),) = (call for call in calls if call[0] == "BUNDLE")
    assert parts == ("COLLECT",) and how["name"] == "gdstudio.app"
    assert how["info_plist"]["CFBundleDocumentTypes"] and how["icon"].endswith("gdstudio.icns")
    assert [how["console"] for kind, _, how in calls if kind == "EXE"] == [False, False]


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_only_linux_has_parts_that_are_made_for_it(made: Any, platform: str) -> None:
    ((_, _, settings),) = (call for call in made(platform) if call[0] == "Analysis")
    assert settings["runtime_hooks"] == []
    assert not [name for name in settings["hiddenimports"] if name.startswith("OpenGL.platform")]
    assert "PySide6.QtOpenGL" not in settings["excludes"]
    assert not [name for name in settings["excludes"] if name.startswith("encodings.")]
