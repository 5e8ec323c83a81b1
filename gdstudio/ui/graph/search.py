"""Fuzzy search over what can be added: names, symbols, categories, numbers, formulas. No widgets."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdstudio.engine.ops import operations
from gdstudio.engine.shapes import Shape
from gdstudio.engine.syntax import is_name
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.templates import MOST, TEMPLATES, get
from gdstudio.ui.translation import from_engine

EntryKind = Literal["operation", "value", "formula", "target", "template"]


@dataclass(frozen=True)
class Entry:
    """One line of the palette.

    Attributes:
        kind: what choosing it does.
        key: the operation, the formula text, or the name of a new leaf (empty = any).
        title, symbol, hint: what is shown.
        category: searched, too.
        op, value: for a leaf with a value.
        number: for a template, how many units or layers; None = as many as usual.
    """

    kind: EntryKind
    key: str
    title: str
    symbol: str = ""
    hint: str = ""
    category: str = ""
    op: str = ""
    value: np.ndarray | None = None
    number: int | None = None


_NUMBERED = re.compile(r"(.*\D)\s*(\d{1,4})")
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
        Entry(
            "operation", row.name, row.name, row.symbol, from_engine(row.meaning), from_engine(row.category)
        )
        for row in operations.values()
    ]


def template_entries(shape: Shape | None = None) -> list[Entry]:
    """An entry for every template, or for those that an input of this shape may feed."""
    return [
        Entry("template", row.name, _tr(row.title), "▦", _tr(row.meaning), _tr("template"))
        for row in TEMPLATES
        if shape is None or row.fits(shape)
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
    known = list(known)
    counted = _NUMBERED.fullmatch(query)
    if counted is not None:
        # "sigmoid chain 12": the words find the template, the number sizes it.
        known += [_sized(entry, int(counted[2])) for entry in known if entry.kind == "template"]
    ranked = [(score(query, entry), i, entry) for i, entry in enumerate(known)]
    found = [entry for rank, _, entry in sorted(ranked, key=lambda r: (-r[0], r[1])) if rank > 0]
    made = [entry for entry in _made(query) if entry.kind in spelled]
    # What was typed out in full comes first, unless it is the very name or sign of an operation.
    exact = found and score(query, found[0]) >= 90
    return [*found, *made] if exact else [*made, *found]


def score(query: str, entry: Entry) -> int:
    """How well an entry fits a query; 0 = not at all. Symbols count as they are, all else in lower case."""
    if entry.number is not None:
        query = query.rstrip("0123456789").strip()
        return score(query, replace(entry, title=entry.title.rsplit(" · ", 1)[0], number=None))
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


def _sized(entry: Entry, number: int) -> Entry:
    """The entry of a template with a number of units or layers in its title."""
    unit = get(entry.key).sizes[0]
    number = min(max(number, 1), MOST)
    return replace(entry, title=f"{entry.title} · {number} {_tr(unit)}", number=number) if unit else entry


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
            Entry("value", "", _tr("constant {0}").format(shown), "c", op="constant", value=value),
            Entry("value", "", _tr("parameter {0}").format(shown), "θ", op="parameter", value=value),
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
                Entry(
                    "value",
                    name,
                    _tr("parameter {0}").format(f"{name} = {shown}"),
                    "θ",
                    op="parameter",
                    value=value,
                ),
                Entry(
                    "value",
                    name,
                    _tr("constant {0}").format(f"{name} = {shown}"),
                    "c",
                    op="constant",
                    value=value,
                ),
            ]
    if any(sign in query for sign in "=()+*/@") or (" - " in query):
        return [Entry("formula", query, query, "ƒ", _tr("the nodes of this formula"))]
    return []


def _tr(text: str) -> str:
    return QCoreApplication.translate("NodeSearch", text)
