"""Drafts: copies of unsaved documents that survive a crash.

While a document has unsaved changes, it is written to a draft every few seconds, in a thread of its own. A draft is
an ordinary document file with one more key. Beside it lies a lock that ends with its process, so a draft whose lock
is free was left behind by a crash. Saving, discarding and closing remove the draft.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from gdstudio.document import files
from gdstudio.document.limits import HIGHEST
from gdstudio.document.model import Document, DocumentError
from gdstudio.ui.aside import AT_ONCE_BYTES, aside_if
from gdstudio.ui.file_watch import size_of
from gdstudio.ui.session import Session
from gdstudio.ui.translation import of_error
from gdstudio.ui.worker import Progress, Worker

_log = logging.getLogger(__name__)

# A change is in the draft after this time at the latest, plus what writing takes.
INTERVAL_MS = 3000
# A draft that could not be written, on a full disk for example, is tried again after this time.
RETRY_MS = 5000
DRAFT_KEY = "draft_of"


@dataclass(frozen=True, eq=False)
class Draft:
    """A draft that a crash left behind; it stays locked against other windows until `release`.

    Attributes:
        file: the draft itself.
        document: what was open, without the draft's own key.
        path: the document's file, None when it had none.
        fingerprint: of that file as it was known (`FileWatch`), None when not known.
        changed: when the draft was written.
    """

    file: Path
    document: Document
    path: Path | None
    fingerprint: str | None
    changed: datetime
    lock: QLockFile

    def release(self) -> None:
        """Leave the draft for later."""
        self.lock.unlock()

    def discard(self) -> None:
        """Delete the draft."""
        _remove(self.file)
        self.lock.unlock()


class Recovery(QObject):
    """Keeps the draft of one session's document; tries again, with `retry`, while it cannot be written.

    Signals:
        kept(Document): this state is in the draft, on the disk.
        failed(str): one sentence; the draft cannot be written. Emitted once until a draft is written again.
    """

    kept = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is made when the first draft is written."""
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._file = folder / f"{secrets.token_hex(8)}{files.SUFFIX}"
        self._lock: QLockFile | None = None
        self._fingerprint: str | None = None
        self._is_failing = False
        self._timer = QTimer(self, singleShot=True, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._keep)
        self.retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self.retry.timeout.connect(self._follow)
        self._worker = Worker(("draft",), self)
        self._worker.finished.connect(self._was_kept)
        self._worker.failed.connect(self._has_failed)
        session.document_changed.connect(self._follow)
        session.document_opened.connect(self._follow)
        session.undo_stack.cleanChanged.connect(self._follow)

    @property
    def interval(self) -> int:
        """Milliseconds from a change to its draft."""
        return self._timer.interval()

    @interval.setter
    def interval(self, milliseconds: int) -> None:
        self._timer.setInterval(milliseconds)

    def know_file(self, fingerprint: str | None) -> None:
        """Remember in the next draft what the document's file held when it was read or written."""
        self._fingerprint = fingerprint

    def left_behind(self) -> list[Draft]:
        """The drafts of processes that are gone, the newest first; each is locked, so `release` or take them."""
        drafts = []
        for file in self._folder.glob(f"*{files.SUFFIX}"):
            if file == self._file and self._lock is not None:
                continue
            lock = _lock(file)
            if not lock.tryLock(0):
                continue
            try:
                drafts.append(_read(file, lock))
            except (DocumentError, OSError) as error:
                _log.warning("the draft %s cannot be read: %s", file, error)
                lock.unlock()
        return sorted(drafts, key=lambda draft: draft.changed, reverse=True)

    def restore(self, draft: Draft) -> None:
        """Open a draft in the session, as a document with unsaved changes, and go on with it as the draft."""
        self._session.open(draft.document, draft.path, modified=True)
        if self._lock is not None:
            self._forget()
            self._lock.unlock()
        self._file, self._lock = draft.file, draft.lock
        self._follow()

    def continue_from(self, other: Recovery) -> None:
        """Go on with another session's draft; the other one writes no more."""
        other._stop()
        other._worker.close()
        self._file, self._lock, other._lock = other._file, other._lock, None
        self._follow()

    def close(self) -> None:
        """End without a crash: whatever was to be saved is saved, so no draft stays."""
        self._stop()
        self._worker.close()
        if self._lock is not None:
            with suppress(OSError):
                _remove(self._file)
            self._lock.unlock()
            self._lock = None

    def _follow(self, *_: object) -> None:
        if not self._session.is_modified:
            self._forget()
        elif not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        if self._lock is None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                self._has_failed("draft", 0, error)
                return
            self._lock = _lock(self._file)
        if not self._lock.isLocked():
            self._lock.tryLock(0)  # where there is no room for it, there may be later
        about = {
            "path": None if self._session.path is None else str(self._session.path.absolute()),
            "fingerprint": self._fingerprint,
        }
        self._worker.ask("draft", 0, partial(_write, self._session.document, about, self._file))

    def _stop(self) -> None:
        self._timer.stop()
        self.retry.stop()

    def _forget(self) -> None:
        self._stop()
        if self._lock is not None:
            self._worker.ask("draft", 0, partial(_remove, self._file))

    def _was_kept(self, _kind: str, _version: int, document: Document | None) -> None:
        if document is not None:
            self._is_failing = False
            self.kept.emit(document)

    def _has_failed(self, _kind: str, _version: int, error: Exception) -> None:
        _log.warning("the draft %s cannot be written: %s", self._file, error)
        self.retry.start()
        if not self._is_failing:
            self._is_failing = True
            sentence = self.tr("Unsaved changes cannot be kept against a crash: {0}").format(of_error(error))
            self.failed.emit(sentence)


def _lock(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(
        0
    )  # a window may be open for days; a process that is gone is found out all the same
    return lock


def _write(document: Document, about: Mapping[str, Any], file: Path, _progress: Progress) -> Document:
    files.write(document.replace(extra={**document.extra, DRAFT_KEY: dict(about)}), file)
    return document


def _remove(file: Path, _progress: Progress | None = None) -> None:
    """Delete a draft, and what a kill in the middle of a write has left of one."""
    for left in (file, *file.parent.glob(f".{file.name}.*.tmp")):
        left.unlink(missing_ok=True)


def _read(file: Path, lock: QLockFile) -> Draft:
    # What was open was allowed when it was opened.
    document = aside_if(size_of(file) > AT_ONCE_BYTES, partial(files.read, file, HIGHEST))
    extra = dict(document.extra)
    about = extra.pop(DRAFT_KEY, None)
    about = about if isinstance(about, dict) else {}
    path, fingerprint = about.get("path"), about.get("fingerprint")
    return Draft(
        file,
        document.replace(extra=extra),
        Path(path) if isinstance(path, str) else None,
        fingerprint if isinstance(fingerprint, str) else None,
        datetime.fromtimestamp(file.stat().st_mtime),
        lock,
    )
