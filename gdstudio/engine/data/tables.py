"""Tables of numbers and words from CSV files."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
        raise DataError(f"{path.name} is not UTF-8 text: byte {error.start + 1} is {error.reason}") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from None
    return parse_csv(text, path.name)


def parse_csv(text: str, name: str = "table") -> Table:
    """A table from text: values separated by commas, semicolons or tabs, headings first if there are any.

    A first line of words alone, or with a word above a number, holds the headings. A column whose first value
    is a word holds words throughout, numbered in order of appearance; any other holds finite numbers
    throughout. Empty lines are skipped. `DataError` says line and column of what does not fit.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error as error:
        raise DataError(f"{name} is not a well-formed table: {error}", max(reader.line_num, 1)) from None
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
        if _number(rows[0][1][index]) is None and rows[0][1][index]:
            values[:, index], categories[column] = _words(rows, index)
        else:
            values[:, index] = _numbers(rows, index, column)
    values.setflags(write=False)
    return Table(name, columns, values, categories)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


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
            what = f'"{row[index]}" is not a finite number' if row[index] else "a value is missing"
            raise DataError(f'{what}; the column "{column}" holds numbers', line, index + 1)
        values.append(number)
    return values
