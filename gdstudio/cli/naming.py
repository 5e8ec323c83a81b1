"""What a command is told to read and to write: documents by file or name, and folders that are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gdstudio.cli.outcome import WrongRequest

if TYPE_CHECKING:
    from gdstudio.document import Document


def find(name: str) -> Document:
    """The file or the bundled document of that name."""
    from gdstudio import raised_limits
    from gdstudio.document import library

    return library.find(name, raised_limits.limits())


def check_folder(path: str) -> None:
    """Refuse what cannot be written before any work is done for it."""
    if not path:
        raise WrongRequest("a file to write needs a name")
    if Path(path).is_dir():
        raise WrongRequest(f"{path} is a folder, not a file to write")
    folder = Path(path).parent
    if not folder.is_dir():
        raise WrongRequest(f"there is no folder {folder} to write {Path(path).name} to")
