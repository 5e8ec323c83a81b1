"""Where the program's own files are: in a source tree, in an installed wheel, and in a frozen build.

Files of the user (documents, settings, recent files) are not found here.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a bundled file, such as `resource_path("pictures", "window.png")`; it need not exist."""
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
