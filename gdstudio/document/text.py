"""JSON text for people: what fits on a line stays on it, so a node is a line and a change is a short diff."""

from __future__ import annotations

import json
import textwrap
from typing import Any

WIDTH = 110


def compact(value: Any) -> str:
    """`value` on one line. Not-a-number and infinity raise ValueError: JSON has no words for them."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def pretty(value: Any, indent: int = 0, used: int = 0) -> str:
    """`value` as JSON; objects and lists that would pass the right margin have one entry a line.

    Args:
        indent: how far the lines after the first are indented.
        used: characters that stand on the first line already.
    """
    if not isinstance(value, dict | list | tuple) or not value:
        return compact(value)
    line = compact(value)
    if len(line) + indent + used <= WIDTH:
        return line
    inner = indent + 2
    if not isinstance(value, dict) and all(isinstance(entry, int | float) for entry in value):
        return (
            "[\n"
            + textwrap.fill(line[1:-1], WIDTH, initial_indent=" " * inner, subsequent_indent=" " * inner)
            + ("\n" + " " * indent + "]")
        )
    if isinstance(value, dict):
        keys = [f"{json.dumps(key, ensure_ascii=False)}: " for key in value]
        rows = [key + pretty(entry, inner, len(key)) for key, entry in zip(keys, value.values(), strict=True)]
        opening, closing = "{", "}"
    else:
        rows = [pretty(entry, inner) for entry in value]
        opening, closing = "[", "]"
    break_ = ",\n" + " " * inner
    return f"{opening}\n{' ' * inner}{break_.join(rows)}\n{' ' * indent}{closing}"
