"""`gdstudio doctor` tells what is here, and what is missing with the command that brings it."""

from __future__ import annotations

import pytest

from gdstudio import cli, doctor, system


def lines(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The report by name, with its mark: {"numpy": "ok 2.4.6"}."""
    rows = (line.split("  ") for line in capsys.readouterr().out.splitlines() if line[:1] not in ("", " "))
    cells = ([cell.strip() for cell in row if cell.strip()] for row in rows)
    return {row[1]: f"{row[0]} {row[2]}" for row in cells if len(row) == 3}


def test_a_sound_machine_is_called_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 0
    report = lines(capsys)
    assert report["PySide6-Essentials"].startswith("ok 6.")
    assert report["system libraries"] == "ok all there"
    assert report["Qt on offscreen"].startswith("ok works, Qt 6.")


def test_missing_libraries_are_named_with_their_packages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda libraries=None: {"libEGL.so.1": "libegl1"})
    assert cli.main(["doctor"]) == 1
    output = capsys.readouterr().out
    assert "MISSING  system libraries" in output
    assert "-> sudo apt-get install libegl1" in output
    assert output.rstrip().endswith("1 missing: system libraries.")


def test_a_missing_package_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "REQUIRED", ("numpy", "no-such-package"))
    assert cli.main(["doctor"]) == 1
    output = capsys.readouterr().out
    assert "no-such-package   not installed" in output
    assert "-m pip install no-such-package" in output


def test_a_package_that_does_not_load_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "REQUIRED", ("numpy",))
    monkeypatch.setitem(doctor.COMPILED, "numpy", "gdstudio.no_such_module")
    assert cli.main(["doctor"]) == 1
    output = capsys.readouterr().out
    assert "does not load: No module named 'gdstudio.no_such_module'" in output
    assert "-m pip install --force-reinstall numpy" in output


def test_a_platform_on_which_qt_ends_the_process_is_reported() -> None:
    answer = doctor.probe("no-such-platform")
    assert "no-such-platform" in answer["error"]
