"""Writing a file so that the old one stands until the new one is wholly on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

# Letters of the file's name in the temporary one's: a name has 255 bytes at most, a letter up to four of them.
_LETTERS = 40
# How often, and how many seconds apart, a file is put in the place of one that is being read.
_TRIES, _PAUSE_S = 10, 0.05


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Gives the name for a new file beside `path`, which takes its place when the block has ended well.

    A link stays a link, and what it points to is replaced; permissions stay, and the owner where the system allows
    it. Whatever fails, a file that was there before is still there, whole, and nothing else is left. A device or a pipe
    is not replaced: its own name is given.

    Raises:
        OSError: the file cannot be written, or is write-protected; names `path`.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        yield target
        return
    if target.exists() and not os.access(target, os.W_OK):
        # Renaming would replace it all the same.
        code = errno.EROFS if _is_read_only(target) else errno.EACCES
        raise OSError(code, os.strerror(code), str(path))
    temporary = target.with_name(f".{target.name[:_LETTERS]}.{secrets.token_hex(4)}.tmp")
    try:
        yield temporary
        _sync(temporary)
        if target.exists():
            _take_over(temporary, target.stat())
        _rename(temporary, target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (temporary, str(temporary)):
            error.filename = str(path)
        raise
    _sync_folder(target.parent)


def _is_read_only(file: Path) -> bool:
    """Whether nothing at all can be written where a file lies; asked where the system can tell."""
    return hasattr(os, "statvfs") and bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _sync(path: Path) -> None:
    """Have a file on the disk, where the file system can tell; a disk that is full may say so only now."""
    with open(path, "rb+") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise


def _take_over(file: Path, of: os.stat_result) -> None:
    """Owner and permissions, as far as they go: memory sticks and network folders have none to set."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(file, of.st_uid, of.st_gid)
    with contextlib.suppress(OSError):
        os.chmod(file, stat.S_IMODE(of.st_mode))


def _rename(file: Path, target: Path) -> None:
    """Put a file in the place of another. Windows refuses while anybody reads that: virus scanners, this program."""
    tries = _TRIES if sys.platform == "win32" else 1
    for _ in range(tries - 1):
        try:
            os.replace(file, target)
            return
        except PermissionError:
            time.sleep(_PAUSE_S)
    os.replace(file, target)


def _sync_folder(folder: Path) -> None:
    """Make a renamed file survive a power cut; not every system can, and the file itself is safe already."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
