"""What Windows and macOS are told."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import platforms
import pytest

from gdstudio.document.files import SUFFIX

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("1.2", (1, 2, 0, 0)),
        ("1.2.3.4", (1, 2, 3, 4)),
        ("2.0.1rc2", (2, 0, 1, 0)),
        ("1.2rc1", (1, 2, 0, 0)),
    ],
)
def test_a_version_becomes_the_four_numbers_of_windows(version, numbers):
    assert platforms.numbers(version) == numbers


def test_the_bundle_owns_its_documents_and_can_be_written_as_a_property_list():
    settings = plistlib.loads(plistlib.dumps(platforms.bundle_settings("0.1.0")))
    (declared,) = settings["UTExportedTypeDeclarations"]
    (shown,) = settings["CFBundleDocumentTypes"]
    assert shown["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [SUFFIX.removeprefix(".")]
    assert settings["CFBundleShortVersionString"] == settings["CFBundleVersion"] == "0.1.0"


def test_the_bundle_has_a_version_of_three_numbers():
    assert platforms.bundle_settings("1.2rc1")["CFBundleVersion"] == "1.2.0"


def test_every_platform_calls_the_type_of_documents_the_same():
    assert f'type="{platforms.MIME_TYPE}"' in (LINUX / "gdstudio.xml").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "win32", reason="PyInstaller makes version resources on Windows alone")
def test_the_windows_resource_names_program_and_version():
    pytest.importorskip("PyInstaller")
    resource = str(platforms.version_resource("0.1.0"))
    assert "gdstudio.exe" in resource and "filevers=(0, 1, 0, 0)" in resource
