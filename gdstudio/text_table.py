"""Plain text for terminals: tables in columns, and lines no wider than the screen.

Knows how wide letters are; computes and prints nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
# What stays together: a word, or one East Asian character, with the marks that open before and close after it.
_PIECES = re.compile(rf"\s+|[（《「]*(?:[^\s{_WIDE}]+|[{_WIDE}])[，。；：、！？）》」]*")

Cells = Sequence[Sequence[str]]


def table(header: Sequence[str], rows: Cells, numeric: Iterable[int] = (), width: int | None = None) -> str:
    """Rows below a header in columns two spaces apart; see `aligned`."""
    return aligned((header, *rows), numeric, width)


def aligned(rows: Cells, numeric: Iterable[int] = (), width: int | None = None) -> str:
    """Rows in columns two spaces apart; the columns in `numeric` are right-aligned.

    Args:
        width: of the screen; the last column is cut to fit when given.
    """
    right = set(numeric)
    columns = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [_pad(cell, columns[i], i in right) for i, cell in enumerate(row)]
        line = "  ".join(cells).rstrip()
        lines.append(_cut(line, width) if width else line)
    return "\n".join(lines)


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, but for words that are longer; East Asian text needs no spaces."""
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        if lines[-1] and width_of(lines[-1] + piece.rstrip()) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def width_of(text: str) -> int:
    """Columns of a terminal that the text fills: East Asian characters two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _pad(text: str, columns: int, right: bool) -> str:
    space = " " * (columns - width_of(text))
    return space + text if right else text + space


def _cut(text: str, columns: int) -> str:
    if width_of(text) <= columns:
        return text
    while width_of(text) > columns - 1:
        text = text[:-1]
    return text + "…"
