"""The script that enters the program into the Start menu of Windows: what can be told of it without Windows."""

from __future__ import annotations

import re
from pathlib import Path

import platforms
import pytest

from gdstudio.document.files import SUFFIX

CONTENT = (Path(__file__).resolve().parents[2] / "packaging" / "windows" / "install.cmd").read_bytes()
LINES = CONTENT.decode("ascii").split("\r\n")


def test_its_lines_end_as_windows_has_it():
    """With other ends the interpreter may miss a label."""
    assert CONTENT.endswith(b"\r\n") and CONTENT.count(b"\n") == CONTENT.count(b"\r\n")


def test_it_declares_the_type_of_documents_as_other_platforms_do():
    (declared,) = (line for line in LINES if "Content Type" in line)
    assert f"\\{SUFFIX}" in declared and f'/d "{platforms.MIME_TYPE}"' in declared


def test_it_opens_documents_with_the_program_that_is_built():
    assert f'set "program=%~dp0{platforms.NAME}.exe"' in LINES
    (command,) = (line for line in LINES if "shell\\open\\command" in line)
    assert r'/d "\"!program!\" \"%%1\""' in command


def test_every_key_that_it_makes_is_taken_out_again():
    def keys(verb: str) -> set[str]:
        return {match[1] for line in LINES for match in re.finditer(rf'reg {verb} "(%classes%[^"]*)"', line)}

    assert keys("delete") == {"%classes%\\.gdstudio", "%classes%\\gdstudio.document"}
    assert all(any(made.startswith(gone) for gone in keys("delete")) for made in keys("add"))


@pytest.mark.parametrize("label", ["remove", "usage"])
def test_it_goes_to_labels_that_are_there(label: str):
    assert f":{label}" in LINES and any(line.endswith(f"goto {label}") for line in LINES)
