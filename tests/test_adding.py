"""docs/adding.md is true: its edits are made in a copy of the tree, and what it says comes out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EDIT = re.compile(r"<!-- in (\S+) before: (.*?) -->\n```python\n(.*?)```", re.DOTALL)
RUN = re.compile(r"<!-- run -->\n```python\n(.*?)```", re.DOTALL)
LESSON = re.compile(r"<!-- lesson -->\n```json\n(.*?)```", re.DOTALL)


def run(place: Path, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("what", ["An operation", "An optimizer", "A landscape"])
def test_what_the_page_says_of_adding(what: str, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "gdstudio", tmp_path / "gdstudio", ignore=shutil.ignore_patterns("ui", "__pycache__")
    )
    (tmp_path / "resources").symlink_to(ROOT / "resources")
    section = SECTIONS[what]
    for file, anchor, rows in EDIT.findall(section):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count(anchor) == 1, f"{anchor} stands once in {file}"
        (tmp_path / file).write_text(text.replace(anchor, rows + anchor), encoding="utf-8")
    (program,) = RUN.findall(section)
    run(tmp_path, "-c", program)


def test_the_lesson_of_the_page_can_be_gone_through(tmp_path: Path) -> None:
    (tmp_path / "too_far.gdstudio").write_text(LESSON.findall(SECTIONS["A lesson"])[0], encoding="utf-8")
    said = run(ROOT, "-m", "gdstudio", "lessons", "--check", str(tmp_path / "too_far.gdstudio"))
    assert said == "1 lesson, none broken\n"
    evaluated = run(ROOT, "-m", "gdstudio", "eval", str(tmp_path / "too_far.gdstudio"))
    assert re.search(r"^x +parameter +1 +2$", evaluated, re.MULTILINE)


def test_each_is_at_most_a_page() -> None:
    assert list(SECTIONS) == ["An operation", "An optimizer", "A landscape", "A lesson"]
    assert all(text.count("\n") <= 60 for text in SECTIONS.values())


def test_places_that_it_names_exist() -> None:
    named = re.findall(r"`((?:gdstudio|tests|resources|packaging)/[\w./]*)`", PAGE)
    assert named and all((ROOT / name).exists() for name in named)
