"""Documents on the disk: `*.gdstudio`, UTF-8 JSON, described in the README under "File format".

A file is data: its size is checked before it is read, and every entry before anything is built from it.
Saving is atomic: the old file stands until the new one is wholly on the disk.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gdstudio.document.entries import object_of
from gdstudio.document.limits import HIGHEST, LIMITS, Limits
from gdstudio.document.model import Document, DocumentError
from gdstudio.document.replacing import replacing
from gdstudio.document.schema import from_json, to_json
from gdstudio.document.text import pretty

SUFFIX = ".gdstudio"


def read(
    path: str | os.PathLike[str], limits: Limits = LIMITS, tell: Callable[[float], None] | None = None
) -> Document:
    """The document in a file.

    Args:
        tell: called with the fraction that is done, now and then; what it raises ends the reading.

    Raises:
        DocumentError: the file cannot be read or is no sound document; says where, and what would be right.
    """
    path = Path(path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise DocumentError(f"{path} is a folder, not a document")
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError(f"{path} is not an ordinary file")
        with open(path, "rb") as file:
            # Some files of the system claim to be empty, and any may grow meanwhile.
            content = b"" if found.st_size > limits.bytes else file.read(limits.bytes + 1)
        size = max(found.st_size, len(content))
        if size > limits.bytes:
            raise DocumentError(f"{path} has {size:,} bytes; at most {limits.bytes:,} are read")
    except OSError as error:
        raise DocumentError(f"cannot read {path}: {_reason(error)}") from error
    except ValueError as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(f"cannot read {str(path)!r}: {error}") from error
    return from_text(content, limits, tell)


def from_text(
    content: str | bytes, limits: Limits = LIMITS, tell: Callable[[float], None] | None = None
) -> Document:
    """The document in the text of a file; arguments and errors are those of `read`."""
    with _no_collection():
        data = _parsed(content, limits)
        return from_json(data, limits, tell)


def _parsed(content: str | bytes, limits: Limits) -> Any:
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        _refuse_masses(text, limits)
        if not text.strip():
            raise DocumentError("not a gdstudio document: it is empty")
        return json.loads(text, object_pairs_hook=object_of)
    except UnicodeDecodeError as error:
        raise DocumentError(f"not a gdstudio document: byte {error.start} is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"not a gdstudio document: line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except RecursionError as error:
        raise DocumentError("not a gdstudio document: nested too deeply") from error
    except ValueError as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("not a gdstudio document: a number has too many digits") from error


def _refuse_masses(text: str, limits: Limits) -> None:
    """Refuse a text of very many values before any of them is made.

    A list or object of n entries has n - 1 commas, so that the marks of a text are at least its values less one.
    Those inside of strings count too; no text has millions.
    """
    values = sum(map(text.count, ",[{"))
    if values > limits.values:
        raise DocumentError(f"there are about {values:,} values in it; at most {limits.values:,} are read")


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """No collecting of garbage meanwhile: what is read has no cycles, and looking for some takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write(document: Document, path: str | os.PathLike[str]) -> None:
    """Save a document atomically: whatever fails, a file that was there before is still there, whole.

    What could not be read again, with limits raised as far as they go, is not written.

    Raises:
        DocumentError: the document holds what a file cannot, or the file cannot be written.
    """
    data = to_json(document)
    from_json(data, HIGHEST)
    content = _text(data).encode()
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # Renaming a file over a device, such as /dev/null, would take the device's place.
        raise DocumentError(f"cannot save {path}: it is no ordinary file; choose another name")
    try:
        with replacing(target) as temporary:
            temporary.write_bytes(content)
    except (OSError, ValueError) as error:
        reason = _reason(error) if isinstance(error, OSError) else str(error)
        raise DocumentError(f"cannot save {path}: {reason}") from error


def to_text(document: Document) -> str:
    """The text of a document's file."""
    return _text(to_json(document))


def _text(data: dict[str, Any]) -> str:
    return pretty(data) + "\n"


def _reason(error: OSError) -> str:
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
