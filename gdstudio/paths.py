"""Where files are: the program's own (in a source tree, a wheel, a frozen build), and the user's settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a bundled file, such as `resource_path("pictures", "window.png")`; it need not exist."""
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def config_folder() -> Path:
    """The folder of this user's settings; it need not exist."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "gdstudio"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "gdstudio"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "gdstudio"


def settings_text() -> str:
    """What the user's settings hold, in the form of INI files, for what reads them without Qt; "" where there are none."""
    try:
        return (config_folder() / "settings.ini").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
