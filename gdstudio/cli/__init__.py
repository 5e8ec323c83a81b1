"""The command line: open | eval | race | render | list | lessons | doctor.

Exit status: 0 done, 1 the work failed, 2 the request was wrong. An error is one line on standard error. Qt is
imported only by what needs a window or a picture. People are spoken to in their language; JSON and CSV have one.

`arguments` says what can be asked for; `printing`, `racing` and `showing` do it. Here a command is run, and whatever
goes wrong becomes its line and its status.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence

from gdstudio import wording
from gdstudio.cli import arguments as asked
from gdstudio.cli import printing, racing, showing
from gdstudio.cli.outcome import DONE, FAILED, INTERRUPTED, WRONG_REQUEST, Failure, WrongRequest
from gdstudio.wording import from_engine, say

# What does the work of each command; returns the exit status.
WORK: dict[str, Callable[[argparse.Namespace], int]] = {
    "open": showing.open_window,
    "eval": printing.evaluate,
    "race": racing.race,
    "render": showing.render,
    "list": printing.list_topic,
    "lessons": printing.list_lessons,
    "doctor": printing.examine,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # A program of Windows that has no terminal has no streams either.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character shows "?" for it.
            stream.reconfigure(errors="replace")
    # The engine has threads of its own; those of OpenBLAS would wait for each other by spinning (see `engine.blas`).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    wording.speak(wording.chosen())
    try:
        status = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _complain(say("interrupted"), INTERRUPTED)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else DONE
    except WrongRequest as error:
        return _complain(error, WRONG_REQUEST)
    except Failure as error:
        return _complain(error, FAILED)
    except Exception as error:
        if _has_no_reader(error):
            # It has what it wanted. Python would complain once more when it flushes at exit.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        if sys.flags.dev_mode:
            raise
        return _complain(*_explained(error))


def _run(arguments: Sequence[str]) -> int:
    request = asked.parse(arguments)
    return WORK[request.command](request)


def _has_no_reader(error: Exception) -> bool:
    """Whether output was refused since nobody reads it any more; Windows calls that an invalid argument."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _explained(error: Exception) -> tuple[str, int]:
    """One line and an exit status for an exception from further down."""
    if isinstance(error, ImportError):
        return say("{0} (gdstudio doctor tells what is missing)").format(error), FAILED
    from gdstudio.document import DocumentError
    from gdstudio.engine import EngineError

    match error:
        case DocumentError():
            return str(error), WRONG_REQUEST
        case EngineError():
            return str(error), FAILED
        case MemoryError():
            return say("not enough memory for this"), FAILED
        case OSError(strerror=str(reason)):
            reason = wording.reason(reason)
            return f"{error.filename}: {reason}" if error.filename else reason, FAILED
        case OSError():
            return str(error), FAILED
    told = say("unexpected {0}: {1} (python -X dev -m gdstudio shows where)")
    return told.format(type(error).__name__, error), FAILED


def _complain(message: object, status: int) -> int:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sentence = from_engine(" ".join(str(message).split()))
        print(f"gdstudio: {sentence}", file=sys.stderr)
    return status
