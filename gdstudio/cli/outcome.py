"""How a command ends: its exit status, and the two ways to say why it cannot be done."""

from __future__ import annotations

DONE, FAILED, WRONG_REQUEST, INTERRUPTED = 0, 1, 2, 130


class Failure(Exception):
    """The work cannot be done; the text is the one line to show."""


class WrongRequest(Exception):
    """What was asked for makes no sense; the text is the one line to show."""
