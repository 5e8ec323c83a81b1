"""What a drag from the desktop brings: the one file, where it is of a kind that is taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

DOCUMENTS = (".gdstudio", ".json")
TABLES = (".csv", ".tsv")


def dragged_file(data: QMimeData, suffixes: tuple[str, ...]) -> Path | None:
    """The file that is dragged; None where it is none of these, or not the only one."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in suffixes else None


def take(event: QDropEvent) -> None:
    """Accept a drag as a copy: who is told that a file was moved may delete it, while it is open here."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
