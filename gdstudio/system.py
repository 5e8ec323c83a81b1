"""What this machine offers a window: the system libraries that Qt needs, fonts, a screen. Imports no Qt.

Qt ends the process when a library or the screen is missing, so both are looked for first. They can only be
missing on Linux; elsewhere Qt brings all it needs.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from gdstudio.wording import say

# Library -> Debian package, for all that the PySide6 wheel links to and does not bring.
CORE_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
}
XCB_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
FONT_PACKAGE = "fonts-dejavu-core"

# Platforms of Qt that draw without anybody seeing it.
UNSEEN = ("offscreen", "minimal", "minimalegl")


def platform_libraries(platform: str) -> dict[str, str]:
    """The libraries, with packages, that Qt needs on one of its platforms: "xcb", "wayland", "offscreen"."""
    if platform == "xcb":
        return CORE_LIBRARIES | XCB_LIBRARIES
    if platform == "wayland":
        return CORE_LIBRARIES | WAYLAND_LIBRARIES
    return CORE_LIBRARIES


def missing_libraries(libraries: dict[str, str] = CORE_LIBRARIES) -> dict[str, str]:
    """Those of `libraries` that cannot be loaded here, with their Debian packages. Empty away from Linux."""
    if not sys.platform.startswith("linux"):
        return {}
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def installation(packages: Iterable[str]) -> str:
    """The command that installs Debian packages."""
    return f"sudo apt-get install {' '.join(dict.fromkeys(packages))}"


def has_fonts() -> bool:
    """Whether there is any font to write with; PySide6 brings none."""
    if not sys.platform.startswith("linux"):
        return True
    return any(_font_files())


def _font_files() -> Iterator[Path]:
    home = Path(os.environ.get("HOME") or Path.cwd())
    for folder in (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
    ):
        for _root, _folders, files in os.walk(folder):
            yield from (
                Path(name) for name in files if name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb"))
            )


def qt_platform() -> str:
    """The platform that Qt would choose here, such as "wayland" or "xcb"; empty away from Linux."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if chosen:
        return chosen.removesuffix("-egl")
    if not sys.platform.startswith("linux"):
        return ""
    return "wayland" if os.environ.get("WAYLAND_DISPLAY") and _wayland_answers() else "xcb"


def no_screen() -> str | None:
    """Why no window can be seen here, as a clause; None when one can."""
    chosen = qt_platform()
    if chosen in UNSEEN:
        return say("QT_QPA_PLATFORM is {0}").format(chosen)
    if chosen != "xcb":
        return None
    display = os.environ.get("DISPLAY")
    if not display:
        wayland = os.environ.get("WAYLAND_DISPLAY")
        if wayland:
            return say("no Wayland display answers at {0}, and DISPLAY is not set").format(wayland)
        return say("neither DISPLAY nor WAYLAND_DISPLAY is set")
    return None if _x11_answers() else say("no X display answers at {0}").format(display)


def _wayland_answers() -> bool:
    address = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), os.environ["WAYLAND_DISPLAY"])
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(2.0)
        try:
            client.connect(str(address))
        except OSError:
            return False
    return True


def _x11_answers() -> bool:
    """Connect as Qt would, cookies and all. Without libxcb nobody can tell, which is reported elsewhere."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
