"""The errors of the engine; each says what is wrong and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

_LONGEST = 60


class EngineError(ValueError):
    """What every error of the engine is."""


class GraphError(EngineError):
    """A graph that cannot be evaluated as it stands.

    Attributes:
        node: the id of the node at fault, or None when no single node is.
        place: line and column of the formula that made the node, both counted from 1; None where no formula did.
    """

    def __init__(self, message: str, node: str | None = None) -> None:
        super().__init__(message)
        self.node = node
        self.place: tuple[int, int] | None = None


class FormulaError(EngineError):
    """A formula that cannot be read.

    Attributes:
        reason: what is wrong, without the place.
        line, column: where, both counted from 1.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.reason = message
        self.line = line
        self.column = column


class ShapeError(EngineError):
    """Shapes or attributes that an operation cannot take."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean "adam"?` for a misspelt word, or nothing."""
    near = difflib.get_close_matches(str(word), list(known), n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(chr(34) + n + chr(34) for n in near)}?" if near else ""


def shown(value: Any) -> str:
    """A value as it stands in a sentence: on one line, and not too long."""
    text = " ".join(repr(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
