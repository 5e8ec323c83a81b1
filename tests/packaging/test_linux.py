"""Menu entry and file type on Linux, and the script that installs them."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from gdstudio.document import write
from gdstudio.document.files import SUFFIX
from gdstudio.document.library import get

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
TYPE = "application/vnd.gdstudio+json"


def entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_menu_entry_opens_documents_of_the_type_that_is_declared():
    shown = entry(LINUX / "gdstudio.desktop")
    assert shown["Type"] == "Application"
    assert shown["Exec"] == "gdstudio %f"
    assert shown["MimeType"] == f"{TYPE};"
    declared = ElementTree.parse(LINUX / "gdstudio.xml").getroot().find(f"{MIME}mime-type")
    assert declared.get("type") == TYPE
    assert declared.find(f"{MIME}glob").get("pattern") == f"*{SUFFIX}"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_the_menu_entry_is_valid():
    """desktop-file-validate also gives hints, which count here, too."""
    checked = subprocess.run(
        ["desktop-file-validate", str(LINUX / "gdstudio.desktop")], capture_output=True, text=True
    )
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script for Linux")
def test_the_script_enters_the_program_into_the_menu_and_takes_it_out_again(tmp_path):
    build, home = tmp_path / "R&D | 100 % \\1$" / "gdstudio", tmp_path / "home"
    for source, place in (
        ("gdstudio.desktop", "share/applications"),
        ("gdstudio.xml", "share/mime/packages"),
    ):
        (build / place).mkdir(parents=True)
        shutil.copy(LINUX / source, build / place)
    shutil.copy(LINUX / "install.sh", build)
    (build / "gdstudio").touch(mode=0o755)
    home.mkdir()

    def install(*arguments: str) -> int:
        environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
        return subprocess.run([str(build / "install.sh"), *arguments], env=environment).returncode

    assert install() == 0
    shown = entry(home / ".local/share/applications/gdstudio.desktop")
    # Quoted once as a text of the file, once as an argument of the command.
    named = str(build).replace("\\", "\\" * 4).replace("%", "%%").replace("$", "\\\\$")
    assert shown["Exec"] == f'"{named}/gdstudio" %f'
    assert (home / ".local/bin/gdstudio").resolve() == build / "gdstudio"
    if shutil.which("update-mime-database") and shutil.which("xdg-mime"):
        document = tmp_path / f"one{SUFFIX}"
        write(get("line_fit"), document)
        asked = subprocess.run(
            ["xdg-mime", "query", "filetype", str(document)],
            env={"HOME": str(home), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
        )
        assert asked.stdout.strip() == TYPE
    assert install("--remove") == 0
    assert not (home / ".local/share/applications/gdstudio.desktop").exists()
    assert not (home / ".local/share/mime/packages/gdstudio.xml").exists()
    assert not (home / ".local/bin/gdstudio").exists()
    assert install("--nonsense") == 2
