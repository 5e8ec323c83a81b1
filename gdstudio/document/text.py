"""JSON text for people: what fits on a line stays on it, so a node is a line and a change is a short diff."""

from __future__ import annotations

import json
import textwrap
from typing import Any

WIDTH = 110

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def pretty(value: Any, indent: int = 0, used: int = 0) -> str:
    """`value` as JSON; objects and lists that would pass the right margin have one entry a line.

    Args:
        indent: how far the lines after the first are indented.
        used: characters that stand on the first line already.

    Raises:
        ValueError: for a number that is not finite; JSON has no word for it.
    """
    if not isinstance(value, dict | list | tuple) or not value:
        return _ENCODER.encode(value)
    line = _one_line(value, WIDTH - indent - used)
    if line is not None:
        return line
    inner = indent + 2
    begin, end = "\n" + " " * inner, "\n" + " " * indent
    if isinstance(value, dict):
        keys = [f"{_ENCODER.encode(key)}: " for key in value]
        rows = [key + pretty(entry, inner, len(key)) for key, entry in zip(keys, value.values(), strict=True)]
        opening, closing = "{", "}"
    elif all(isinstance(entry, int | float) for entry in value):
        numbers = _ENCODER.encode(value)[1:-1]
        rows = textwrap.wrap(numbers, WIDTH - inner, break_long_words=False, break_on_hyphens=False)
        return f"[{begin}{begin.join(rows)}{end}]"
    else:
        rows = [pretty(entry, inner) for entry in value]
        opening, closing = "[", "]"
    return f"{opening}{begin}{f',{begin}'.join(rows)}{end}{closing}"


def _one_line(value: Any, room: int) -> str | None:
    """`value` on one line, None when that takes more than `room`; stops as soon as it knows."""
    chunks: list[str] = []
    for chunk in _ENCODER.iterencode(value):
        room -= len(chunk)
        if room < 0:
            return None
        chunks.append(chunk)
    return "".join(chunks)
