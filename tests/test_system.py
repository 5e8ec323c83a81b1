"""What the machine offers a window, asked of made-up environments and of the Qt that is installed."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest

from gdstudio import system

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux lets libraries be missing"
)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of a screen."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@linux
def test_without_a_display_there_is_no_screen(bare: pytest.MonkeyPatch) -> None:
    assert system.no_screen() == "neither DISPLAY nor WAYLAND_DISPLAY is set"
    assert system.qt_platform() == "xcb"


@linux
def test_a_display_that_does_not_answer_is_no_screen(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DISPLAY", ":9876")
    assert system.no_screen() == "no X display answers at :9876"


@linux
def test_a_wayland_display_that_does_not_answer_is_no_screen(
    bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    bare.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert system.no_screen() == "no Wayland display answers at wayland-7, and DISPLAY is not set"


@pytest.mark.parametrize("platform", ["offscreen", "minimal"])
def test_a_platform_that_nobody_sees_is_no_screen(bare: pytest.MonkeyPatch, platform: str) -> None:
    bare.setenv("QT_QPA_PLATFORM", platform)
    assert system.no_screen() == f"QT_QPA_PLATFORM is {platform}"


def test_a_platform_chosen_by_hand_is_believed(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("QT_QPA_PLATFORM", "vnc:size=800x600")
    assert system.qt_platform() == "vnc"
    assert system.no_screen() is None


@linux
def test_a_missing_library_comes_with_its_package() -> None:
    wanted = {"libc.so.6": "libc6", "libno-such-thing.so.3": "libno-such-thing3"}
    assert system.missing_libraries(wanted) == {"libno-such-thing.so.3": "libno-such-thing3"}
    assert system.installation(["libegl1", "libgl1", "libegl1"]) == "sudo apt-get install libegl1 libgl1"


def needed(path: Path) -> set[str]:
    """The libraries that an ELF file (64-bit, little-endian) asks the loader for."""
    data = path.read_bytes()
    start, size, count = struct.unpack_from("<Q", data, 0x20)[0], *struct.unpack_from("<HH", data, 0x36)
    headers = [struct.unpack_from("<IIQQQQ", data, start + i * size) for i in range(count)]
    dynamic = next(header for header in headers if header[0] == 2)
    entries = [struct.unpack_from("<QQ", data, dynamic[2] + i * 16) for i in range(dynamic[5] // 16)]
    strings = next(value for tag, value in entries if tag == 5)
    for kind, _flags, offset, address, _physical, length in headers:
        if kind == 1 and address <= strings < address + length:
            strings += offset - address
            break
    names = [strings + value for tag, value in entries if tag == 1]
    return {data[name : data.index(b"\0", name)].decode() for name in names}


@linux
@pytest.mark.skipif(
    struct.calcsize("P") != 8 or sys.byteorder != "little", reason="the test reads 64-bit files"
)
@pytest.mark.parametrize(
    ("file", "platform"),
    [
        ("lib/libQt6Core.so.6", "offscreen"),
        ("lib/libQt6Gui.so.6", "offscreen"),
        ("lib/libQt6Widgets.so.6", "offscreen"),
        ("lib/libQt6Svg.so.6", "offscreen"),
        ("lib/libQt6OpenGL.so.6", "offscreen"),
        ("plugins/platforms/libqoffscreen.so", "offscreen"),
        ("plugins/platforms/libqxcb.so", "xcb"),
        ("plugins/xcbglintegrations/libqxcb-glx-integration.so", "xcb"),
        ("plugins/platforms/libqwayland.so", "wayland"),
    ],
)
def test_every_library_that_qt_asks_for_is_known(file: str, platform: str) -> None:
    import PySide6

    path = Path(PySide6.__file__).parent / "Qt" / file
    if not path.exists():
        pytest.skip("this PySide6 has no such file")
    # What every Linux has, what Python itself needs, and what the wheel brings.
    given = "libc. libm. libdl. libpthread. librt. libgcc_s. libstdc++. ld-linux libQt6 libicu libgthread-2.0"
    asked = {name for name in needed(path) if not name.startswith(tuple(given.split()))}
    assert asked <= set(system.platform_libraries(platform))


@linux
@pytest.mark.skipif("DISPLAY" not in os.environ, reason="needs an X display")
def test_a_display_that_answers_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert system.no_screen() is None
