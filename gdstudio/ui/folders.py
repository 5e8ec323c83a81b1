"""Where file dialogs begin: in the folder that was used last."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


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
