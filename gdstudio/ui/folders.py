"""Where file dialogs begin, in the folder that was used last, with a name that every system takes; and how they end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

# What Windows has in no name, and names that are devices there, whatever their end. See "Naming Files" of its documentation.
_SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)\d)(\..*)?", re.IGNORECASE)
# Letters of up to four bytes, where most systems allow 255 bytes with the end.
_LONGEST = 60


def file_name(title: str) -> str:
    """A title as the name of a file, without an end."""
    name = _SIGNS.sub("_", title)[:_LONGEST].strip(" .")
    return f"_{name}" if not name or _DEVICES.fullmatch(name) else name


def asked(dialog: QFileDialog) -> Path | None:
    """The file that a person chooses; the dialog is gone then."""
    chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    dialog.deleteLater()
    return chosen


class Folders(Protocol):
    """What remembers the folder; a window's `Settings` do."""

    @property
    def folder(self) -> Path: ...

    @folder.setter
    def folder(self, folder: Path) -> None: ...


@dataclass
class OwnFolder:
    """Remembers a folder for a view that stands in no window."""

    folder: Path = field(default_factory=Path.home)
