"""Notices when another program, or another window of this one, writes to the file of the open document."""

from __future__ import annotations

import hashlib
import stat
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gdstudio.document.limits import LIMITS
from gdstudio.ui.aside import AT_ONCE_BYTES, aside_if

# Programs write in several steps; what the file holds is looked at when they have been quiet for this long.
QUIET_MS = 300

GONE = ""


def fingerprint(path: Path) -> str:
    """A text that is equal for files with the same content; `GONE` when there is no ordinary file to read.

    Of a file that is larger than usual, the beginning and the size count.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return GONE  # a pipe would be waited for
        with open(path, "rb") as file:
            content = file.read(LIMITS.bytes)
        return f"{hashlib.blake2b(content, digest_size=16).hexdigest()}-{max(about.st_size, len(content))}"
    except (OSError, ValueError):
        return GONE


def held_by(path: Path) -> str:
    """The fingerprint of a file; events are handled meanwhile where it is a large one."""
    return aside_if(size_of(path) > AT_ONCE_BYTES, partial(fingerprint, path))


def size_of(path: Path) -> int:
    """The bytes of a file; 0 where there is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


class FileWatch(QObject):
    """Watches one file. `changed` fires each time it holds something that is not known yet, or is gone."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._known = GONE
        self._told = GONE
        self._watcher = QFileSystemWatcher(self)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _path: self._quiet.start())
        self._watcher.directoryChanged.connect(lambda _path: self._quiet.start())

    @property
    def known(self) -> str:
        """The fingerprint of what was read or written last."""
        return self._known

    def follow(self, path: Path | None, known: str | None = None) -> None:
        """Watch `path` from now on; `known` is what it held when it was read (None: what it holds now)."""
        watched = self._watcher.files() + self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)
        self._quiet.stop()
        self._path = path
        self._known = self._told = GONE if path is None else held_by(path) if known is None else known
        if path is not None:
            self._watch(path)
            if known is not None:
                self._quiet.start()

    def differs(self) -> bool:
        """Whether the file is there and holds something else than what was read or written last."""
        if self._path is None:
            return False
        return held_by(self._path) not in (self._known, GONE)

    def is_gone(self) -> bool:
        """Whether there is a file no more, as was found when it was looked at last."""
        return self._path is not None and self._told == GONE

    def _watch(self, path: Path) -> None:
        """Watch file and folder: a file that is replaced is no longer watched by itself."""
        self._watcher.addPaths([str(found) for found in (path, path.parent) if found.exists()])

    def _look(self) -> None:
        if self._path is None:
            return
        path = self._path
        self._watch(path)
        now = held_by(path)
        # Another file may be the one that is watched by now.
        if path == self._path and now != self._told:
            self._told = now
            if now != self._known:
                self.changed.emit()
