"""Tables of numbers and words from CSV files."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import suggestion
from .dataset import MOST_POINTS, Array, DataError, Dataset

# Of a file; a million rows of some dozens of columns.
MOST_BYTES = 256 * 2**20


@dataclass(frozen=True, eq=False)
class Table:
    """A table of numbers; words have become class numbers.

    Attributes:
        name: where it came from.
        columns: the headings.
        values: shape (rows, columns), read-only.
        categories: for columns of words, the words in order of their numbers.
    """

    name: str
    columns: tuple[str, ...]
    values: Array
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def column(self, name: str) -> Array:
        """One column, shape (rows,)."""
        if name not in self.columns:
            near = suggestion(name, self.columns) or f"; there are {', '.join(self.columns)}"
            raise DataError(f'{self.name} has no column "{name}"{near}')
        return self.values[:, self.columns.index(name)]

    def dataset(self, target: str | None = None, inputs: tuple[str, ...] | None = None) -> Dataset:
        """Inputs and target by heading; by default the target is the last column, the inputs all others."""
        target = self.columns[-1] if target is None else target
        chosen = tuple(name for name in self.columns if name != target) if inputs is None else tuple(inputs)
        targets = self.column(target)
        if not chosen:
            raise DataError(
                f'{self.name} has no column besides the target "{target}"; a dataset needs an input'
            )
        columns = [self.column(name) for name in chosen]
        x = columns[0] if len(columns) == 1 else np.stack(columns, axis=1)
        return Dataset(self.name, x, targets, self.categories.get(target, ()))


def read_csv(path: str | Path) -> Table:
    """Reads a table from a CSV file in UTF-8; see `parse_csv`."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if not path.is_file():  # a pipe would be waited for
            raise DataError(f"{path.name} is no file; a table in CSV is needed")
        if size > MOST_BYTES:
            raise DataError(
                f"{path.name} has {size / 2**20:,.0f} MB; at most {MOST_BYTES >> 20} MB can be read"
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start + 1
        raise DataError(
            f"{path.name} is not UTF-8 text (byte {place}); save it as UTF-8, which spreadsheets call CSV UTF-8"
        ) from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from None
    return parse_csv(text, path.name)


def parse_csv(text: str, name: str = "table") -> Table:
    """A table from text: values separated by commas, semicolons or tabs, headings first if there are any.

    A first line of words alone, or with a word above a number, holds the headings. A column whose first value
    is a word holds words throughout, numbered in order of appearance; any other holds finite numbers
    throughout, where `NA`, `null`, `?` and the like are missing. Where commas do not separate, they may stand
    for the decimal point, as in spreadsheets of much of the world. Empty lines are skipped. `DataError` says
    line and column of what does not fit.
    """
    text = text.removeprefix("\ufeff")
    delimiter = _delimiter(text)
    rows: list[tuple[int, list[str]]] = []
    reader = _reader(text, delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, _cells(row, delimiter)))
    except csv.Error as error:
        raise DataError(f"{name} is not a well-formed table: {error}", max(reader.line_num, 1)) from None
    if rows and _announces_separator(text):
        rows.pop(0)
    if not rows:
        raise DataError(f"{name} is empty; a table needs a line of headings and lines of values")
    columns = _headings(rows)
    if not rows:
        raise DataError(f"{name} has headings but no values below them", 1)
    if len(rows) > MOST_POINTS:
        raise DataError(f"{name} has {len(rows):,} rows; at most {MOST_POINTS:,} can be used")
    for line, row in rows:
        if len(row) != len(columns):
            raise DataError(f"{len(row)} values where {len(columns)} columns are expected", line)
    values = np.empty((len(rows), len(columns)))
    categories: dict[str, tuple[str, ...]] = {}
    for index, column in enumerate(columns):
        if _holds_words(rows, index):
            values[:, index], categories[column] = _words(rows, index)
        else:
            values[:, index] = _numbers(rows, index, column)
    values.setflags(write=False)
    return Table(name, columns, values, categories)


_DELIMITERS = ",;\t"
_LOOKED_AT = 20
_MISSING = frozenset(("", "na", "n/a", "null", "none", "?", "-", "."))
# With signs for thousands, per cent or money: a number to a person, a word to `float`.
_NUMBER_LIKE = re.compile(r"[+\-(]?[$€£¥]?\d[\d.,'\s]*[%$€£¥)]?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?|[+-]?\d+,")


def _reader(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)


def _announces_separator(text: str) -> bool:
    """Whether the first line is Excel's `sep=;`."""
    first = text.split("\n", 1)[0].strip().strip('"')
    return len(first) == 5 and first.startswith("sep=") and first[4] in _DELIMITERS


def _delimiter(text: str) -> str:
    """The mark that cuts the first lines into columns of one count, with the most numbers in them."""
    if _announces_separator(text):
        return text.split("sep=", 1)[1][0]

    def merit(delimiter: str) -> tuple[bool, float, int]:
        rows: list[list[str]] = []
        with contextlib.suppress(csv.Error):
            rows.extend(_cells(row, delimiter) for row in islice(_reader(text, delimiter), _LOOKED_AT))
        counts = {len(row) for row in rows if any(row)}
        if len(counts) != 1 or counts == {1}:
            return False, 0.0, len(rows[0]) if rows else 0
        cells = [cell for row in rows for cell in row]
        return True, sum(_number(cell) is not None for cell in cells) / len(cells), counts.pop()

    return max(_DELIMITERS, key=merit)


def _cells(row: list[str], delimiter: str) -> list[str]:
    """The cells of a row, with decimal points for decimal commas where those cannot be anything else."""
    cells = [cell.strip() for cell in row]
    if delimiter == ",":
        return cells
    return [cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell for cell in cells]


def _number(text: str) -> float | None:
    try:
        # `float` would also read the underscores of Python.
        return None if "_" in text else float(text.replace("−", "-"))
    except ValueError:
        return None


def _holds_words(rows: list[tuple[int, list[str]]], index: int) -> bool:
    """Whether the first value of a column that is not missing is a word.

    Raises:
        DataError: when it is a number in a form that cannot be read for certain.
    """
    for line, row in rows:
        if row[index].casefold() not in _MISSING:
            if _number(row[index]) is not None:
                return False
            if _NUMBER_LIKE.fullmatch(row[index]):
                raise DataError(
                    f'"{row[index]}" cannot be read as a number; write it with digits and one decimal point only, '
                    "such as 1234.5", line, index + 1,
                )  # fmt: skip
            return True
    return bool(rows[0][1][index])


def _headings(rows: list[tuple[int, list[str]]]) -> tuple[str, ...]:
    """The headings, taken off the top of `rows`; made up where the first line is a row of values already."""
    line, first = rows[0]
    words = [_number(cell) is None for cell in first]
    # A line of words and numbers is a heading only if one of its words stands above a number.
    below = rows[1][1] if len(rows) > 1 else []
    over_number = any(word and _number(cell) is not None for word, cell in zip(words, below, strict=False))
    if not (all(words) or over_number):
        return tuple(f"column{i + 1}" for i in range(len(first)))
    for index, heading in enumerate(first):
        if not heading:
            raise DataError("a heading is missing", line, index + 1)
        if heading in first[:index]:
            raise DataError(f'the heading "{heading}" occurs twice', line, index + 1)
    rows.pop(0)
    return tuple(first)


def _words(rows: list[tuple[int, list[str]]], index: int) -> tuple[list[int], tuple[str, ...]]:
    numbers: dict[str, int] = {}
    for line, row in rows:
        if not row[index]:
            raise DataError("a value is missing", line, index + 1)
        numbers.setdefault(row[index], len(numbers))
    return [numbers[row[index]] for _, row in rows], tuple(numbers)


def _numbers(rows: list[tuple[int, list[str]]], index: int, column: str) -> list[float]:
    values = []
    for line, row in rows:
        number = _number(row[index])
        if number is None or not math.isfinite(number):
            if row[index].casefold() in _MISSING:
                raise DataError(f'a value is missing; the column "{column}" holds numbers', line, index + 1)
            raise DataError(
                f'"{row[index]}" is not a finite number; the column "{column}" holds numbers', line, index + 1
            )
        values.append(number)
    return values
