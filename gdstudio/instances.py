"""Windows of this program that run already: asks them whether they take a file, and answers such questions.

Every window listens at an address of its own, a Unix socket or a Windows pipe, which only its user can reach. Its name
tells the user's settings, the display and the process, so windows on other displays are left in peace. Imports no Qt: a
start that hands its file on to another window is over at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gdstudio.paths import config_folder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# What a window says: it shows that file already, it can take it, or it has other work.
Answer = Literal["has", "free", "busy"]

PATIENCE_S = 2.0
LONGEST = 1 << 16  # bytes of a message
_PIPES = "\\\\.\\pipe\\"


def hand_over(file: Path | None = None, name: str | None = None) -> bool:
    """Have a running window show a file, a bundled document, or just itself; False = none takes it.

    A window that shows the file already comes first, then one that shows its start page.
    """
    wish = {"file": None if file is None else str(file.absolute()), "name": name}
    with ExitStack() as stack:
        free: list[Connection] = []
        for address in _addresses():
            connection = _connect(address)
            if connection is None:
                continue
            stack.callback(connection.close)
            answer = _exchange(connection, {"ask": wish})
            if answer == "has":
                return _exchange(connection, {"show": wish, **_activation()}) == "shown"
            if answer == "free":
                free.append(connection)
        return any(_exchange(connection, {"show": wish, **_activation()}) == "shown" for connection in free)


class Listener:
    """Listens for other starts of the program, in a thread of its own.

    Args:
        answer: called in that thread with every message, a dictionary; gives the reply.
    """

    def __init__(self, answer: Callable[[Mapping[str, object]], str]) -> None:
        from multiprocessing import connection

        self._answer = answer
        self.address = _address(os.getpid())
        if sys.platform != "win32":
            Path(self.address).unlink(missing_ok=True)
        self._listener = connection.Listener(self.address)
        self._closed = False
        threading.Thread(target=self._listen, name="instances", daemon=True).start()

    def close(self) -> None:
        """Be found no more."""
        self._closed = True
        with suppress(OSError):
            self._listener.close()  # takes the address away, too
        if sys.platform == "win32":
            # The pipe that the thread waits at stays until somebody has come.
            connection = _connect(self.address)
            if connection is not None:
                connection.close()

    def _listen(self) -> None:
        while not self._closed:
            with suppress(OSError, EOFError, ValueError):
                connection = self._listener.accept()
                if self._closed:
                    connection.close()
                    return
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        with connection, suppress(OSError, EOFError, ValueError):
            while connection.poll(2 * PATIENCE_S):
                message = json.loads(connection.recv_bytes(LONGEST))
                if not isinstance(message, dict):
                    return
                connection.send_bytes(self._answer(message).encode())


def _connect(address: str) -> Connection | None:
    """A connection; None where nobody listens, or where too many wait already, as at a process that is stopped."""
    from multiprocessing import connection

    try:
        if sys.platform == "win32":
            return connection.Client(address)
        # `Client` would wait in that queue, and for ever.
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE_S)
            client.connect(address)
            client.setblocking(True)
            return connection.Connection(client.detach())
    except ConnectionRefusedError:
        # Its process is gone and could not tidy up.
        with suppress(OSError):
            os.unlink(address)
    except OSError:
        pass
    return None


def _exchange(connection: Connection, message: Mapping[str, object]) -> str:
    """The reply to a message; empty when there is none in time."""
    try:
        connection.send_bytes(json.dumps(message).encode())
        return connection.recv_bytes(LONGEST).decode() if connection.poll(PATIENCE_S) else ""
    except (OSError, EOFError, ValueError):
        return ""


def _activation() -> dict[str, str]:
    """What Wayland wants to see before a window of another process may come to the front."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN")
    return {"token": token} if token else {}


def _addresses() -> list[str]:
    """Where windows of this user listen on this display, besides this process."""
    prefix = _prefix()
    try:
        own = _address(os.getpid())
        if sys.platform == "win32":
            found = [_PIPES + name for name in os.listdir(_PIPES) if name.startswith(prefix)]
        else:
            found = [str(path) for path in _folder().glob(f"{prefix}*")]
    except OSError:
        return []
    return sorted(address for address in found if address != own)


def _address(process: int) -> str:
    name = f"{_prefix()}{process}"
    return _PIPES + name if sys.platform == "win32" else str(_folder() / name)


def _prefix() -> str:
    """The same for all windows with these settings on this display."""
    displays = (os.environ.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY"))
    key = "\0".join((str(config_folder()), *displays))
    return f"gdstudio-{hashlib.blake2b(key.encode(), digest_size=6).hexdigest()}-"


def _folder() -> Path:
    """A folder of this user alone.

    Raises:
        OSError: there is none that nobody else can write to.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.path.isdir(runtime):
        return Path(runtime)
    folder = Path(tempfile.gettempdir(), f"gdstudio-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        raise PermissionError(f"{folder} is open to other users")
    return folder
