"""A racer's start as people read and type it: the first numbers of a long one, and `…` for the rest."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdstudio.document.model import Document, RacerSettings, coordinates_of
from gdstudio.ui.race.numbers import NumberError, format_value, parse_number

# So many numbers of a start are written out.
MOST_NUMBERS = 12
_REST = "…"


def first_of_start(document: Document, racer: RacerSettings) -> tuple[Sequence[float], int]:
    """The first numbers of a start, and how many it has; a network's are too many to be listed for a cell."""
    if racer.start is not None:
        return racer.start[:MOST_NUMBERS], len(racer.start)
    nodes = document.graph.nodes
    values = [value for name in document.graph.parameters if (value := nodes[name].value) is not None]
    first = itertools.chain.from_iterable(value.ravel()[:MOST_NUMBERS].tolist() for value in values)
    return tuple(itertools.islice(first, MOST_NUMBERS)), sum(value.size for value in values)


def _texts(document: Document, racer: RacerSettings) -> list[str]:
    numbers, size = first_of_start(document, racer)
    shown = [format_value(number) for number in numbers]
    return shown if size == len(numbers) else [*shown, _REST]


def start_text(document: Document, racer: RacerSettings) -> str:
    """A start to be edited, each number in full: `−1.2, 1`."""
    return ", ".join(_texts(document, racer))


def named_start(document: Document, racer: RacerSettings) -> str:
    """A start with the names of its coordinates: `x = −1.2, y = 1`."""
    names = itertools.chain.from_iterable(coordinates_of(document.graph).values())
    # Where there is no name for it, the last is the … of a long start.
    pairs = itertools.zip_longest(itertools.islice(names, MOST_NUMBERS), _texts(document, racer))
    return ", ".join(text if name is None else f"{name} = {text}" for name, text in pairs)


def read_start(document: Document, racer: RacerSettings, text: str) -> tuple[float, ...] | None:
    """The start that a text stands for; None = the values in the graph, for an empty text.

    A `…` at the end stands for the numbers that the racer has there.

    Raises:
        NumberError: the text is no such list, or has too few numbers or too many.
    """
    plain = text.strip().strip("()[]").replace(";", ",")
    if not plain:
        return None
    names = document.coordinates
    parts = [part for part in plain.split(",") if part.strip()]
    kept: tuple[float, ...] = ()
    if parts and parts[-1].strip() in (_REST, "..."):
        parts.pop()
        kept = (document.start if racer.start is None else racer.start)[len(parts) :]
    if len(parts) + len(kept) != len(names):
        listed = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
        told = QCoreApplication.translate(
            "RacersModel", "a start needs {0} numbers with commas between, for {1}"
        )
        raise NumberError(told.format(len(names), listed))
    return (*map(parse_number, parts), *kept)
