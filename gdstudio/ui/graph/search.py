"""Fuzzy search over what can be added: names, symbols, categories, numbers, formulas. No widgets."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdstudio.engine.ops import operations
from gdstudio.engine.syntax import is_name
from gdstudio.ui.graph import numbers

EntryKind = Literal["operation", "value", "formula", "target"]


@dataclass(frozen=True)
class Entry:
    """One line of the palette.

    Attributes:
        kind: what choosing it does.
        key: the operation, the formula text, or the name of a new leaf (empty = any).
        title, symbol, hint: what is shown.
        category: searched, too.
        op, value: for a leaf with a value.
    """

    kind: EntryKind
    key: str
    title: str
    symbol: str = ""
    hint: str = ""
    category: str = ""
    op: str = ""
    value: np.ndarray | None = None


_ALIASES = {
    "multiply": "times product *", "subtract": "minus -", "add": "plus +", "divide": "over ratio /",
    "power": "pow ** ^", "abs": "absolute modulus", "square": "squared **2", "sqrt": "root",
    "matmul": "dot product @", "negative": "neg minus", "log": "ln", "mean": "average", "sum": "total",
    "parameter": "weight variable leaf", "constant": "number leaf", "norm": "length l2",
    "concatenate": "join stack", "index": "item element slice", "where": "if select",
}  # fmt: skip


def entries() -> list[Entry]:
    """An entry for every operation that people meet, leaves first."""
    return [
        Entry("operation", row.name, row.name, row.symbol, row.meaning, row.category)
        for row in operations.values()
    ]


def matches(
    query: str, known: Iterable[Entry], spelled: Container[EntryKind] = ("value", "formula")
) -> list[Entry]:
    """The entries that fit `query`, the best first; all of them for an empty query.

    Where `spelled` allows it, a number spells a constant, `w = 3` a parameter ("value"), and text with an
    operator or a call the nodes of a formula ("formula").
    """
    query = query.strip()
    if not query:
        return list(known)
    ranked = [(score(query, entry), i, entry) for i, entry in enumerate(known)]
    found = [entry for rank, _, entry in sorted(ranked, key=lambda r: (-r[0], r[1])) if rank > 0]
    made = [entry for entry in _made(query) if entry.kind in spelled]
    # What was typed out in full comes first, unless it is the very name or sign of an operation.
    exact = found and score(query, found[0]) >= 90
    return [*found, *made] if exact else [*made, *found]


def score(query: str, entry: Entry) -> int:
    """How well an entry fits a query; 0 = not at all. Symbols count as they are, all else in lower case."""
    name = entry.title.lower()
    words = name.replace("_", " ").split()
    if query == entry.symbol:
        return 100
    query = query.lower()
    if query == name:
        return 100
    if query in _ALIASES.get(entry.key, "").split():
        return 90
    if name.startswith(query):
        return 80
    if any(word.startswith(query) for word in words) or query == "".join(word[0] for word in words):
        return 70
    if query in name:
        return 60
    if entry.category.lower().startswith(query):
        return 50
    if any(alias.startswith(query) for alias in _ALIASES.get(entry.key, "").split()):
        return 45
    if query in entry.hint.lower() or query in entry.category.lower():
        return 30
    return 20 if len(query) > 1 and _is_subsequence(query, name) else 0


def _is_subsequence(query: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query)


def _made(query: str) -> list[Entry]:
    """Entries that the query itself spells out."""
    try:
        value = numbers.parse_value(query)
    except ValueError:
        pass
    else:
        shown = numbers.summaries(value)[0]
        return [
            Entry("value", "", f"constant {shown}", "c", op="constant", value=value),
            Entry("value", "", f"parameter {shown}", "θ", op="parameter", value=value),
        ]
    name, equals, rest = query.partition("=")
    if equals and is_name(name.strip()):
        try:
            value = numbers.parse_value(rest)
        except ValueError:
            pass
        else:
            name = name.strip()
            shown = numbers.summaries(value)[0]
            return [
                Entry("value", name, f"parameter {name} = {shown}", "θ", op="parameter", value=value),
                Entry("value", name, f"constant {name} = {shown}", "c", op="constant", value=value),
            ]
    if any(sign in query for sign in "=()+*/@") or (" - " in query):
        return [Entry("formula", query, query, "ƒ", "the nodes of this formula")]
    return []
