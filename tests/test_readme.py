"""What the README shows is true: its code runs, its file is read, its commands and links exist."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from gdstudio.cli import arguments
from gdstudio.document import to_json
from gdstudio.document.files import from_text

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def block(language: str) -> str:
    (found,) = [text for name, text in BLOCKS if name == language]
    return found


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(compile(block("python"), "README.md", "exec"), names)
    assert capsys.readouterr().out
    assert names["z"].shape == (256, 256)


def test_the_file_example_is_a_sound_document() -> None:
    document = from_text(block("json"))
    assert document.title == "Two steps of the chain rule"
    assert document.graph.trace().values["loss"] == 4.5
    assert len(document.race_inputs()) == 1
    assert to_json(document)["landscape"] == {"axes": ["w"], "ranges": [[-4.0, 4.0]]}


@pytest.mark.parametrize("line", block("text").splitlines())
def test_the_commands_are_those_of_the_program(line: str) -> None:
    command = line.split()[1]
    if command == "[FILE]":
        return
    commands = next(action for action in arguments.parser()._actions if action.choices)
    usage = commands.choices[command].format_usage()
    for option in re.findall(r"--?[a-z]+\b", line.split("   ")[0]):
        assert option in usage
    for choice in arguments.TOPICS if command == "list" else ():
        assert choice in line


def test_the_first_two_commands_install_and_open_and_install_and_test() -> None:
    first, second = [text for name, text in BLOCKS if name == "sh"]
    assert first.count("\n") == second.count("\n") == 1
    assert first.endswith("&& .venv/bin/gdstudio\n")
    assert second.endswith("&& .venv/bin/python -m pytest -n 2\n")


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0
    extraction = re.search(r"^command=\$\((.*)\)$", script.read_text(), re.MULTILINE)
    shown = subprocess.run(
        ["bash", "-c", extraction[1]], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert shown == [text for name, text in BLOCKS if name == "sh"][1]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT))))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_places_that_it_names_exist() -> None:
    for name in re.findall(r"`((?:gdstudio|tests|resources|\.ci)/[\w./]*)`", TEXT):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"^(\w+/[\w./]*|\w+/)  ", TEXT, re.MULTILINE):
        assert (ROOT / name).exists(), name
