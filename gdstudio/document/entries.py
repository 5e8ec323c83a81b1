"""Checked access to parsed JSON: every entry knows its path, so that a complaint can name it.

Nothing here knows what a document is; `files` does.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NoReturn

import numpy as np

from gdstudio.document.model import DocumentError

MAX_DEPTH = 64
MAX_TENSOR_DEPTH = 16
_LARGEST = int(sys.float_info.max)
_JSON_TYPES = {dict, list, str, float, int, bool, type(None)}


class RepeatedKey(dict):
    """A JSON object that had one key twice; `key` is the first such."""

    key = ""


def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For `json.loads(object_pairs_hook=...)`: a dict that remembers a repeated key, lest a value be lost."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = RepeatedKey(found)
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            repeated.key = name
            break
        seen.add(name)
    return repeated


def check_tree(value: Any) -> None:
    """Refuse what no entry may be: a repeated key, a number not finite, half a character, deep nesting.

    Raises:
        DocumentError: with the path of the entry.
    """
    if not _is_sound(value):
        _complain(value, 0)


def _is_sound(value: Any) -> bool:
    """Whether `_complain` has nothing to say. It knows no paths and takes a level at a time, which is quick.

    A False may be wrong, a True is not.
    """
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        kinds = set(map(type, level))
        found = {kind: _of(kind, kinds, level) for kind in kinds}
        if not (
            kinds <= _JSON_TYPES
            and all(map(math.isfinite, found.get(float, ())))
            and all(-_LARGEST <= number <= _LARGEST for number in found.get(int, ()))
            and all(map(_encodes, found.get(str, ())))
        ):
            return False
        objects, lists = found.get(dict, ()), found.get(list, ())
        if not objects and not lists:
            return True
        keys = set(chain.from_iterable(objects))
        if not all(type(key) is str and _encodes(key) for key in keys):
            return False
        level = [*chain.from_iterable(lists), *chain.from_iterable(map(dict.values, objects))]
    return False


def _of(kind: type, kinds: set[type], values: list[Any]) -> list[Any]:
    """Those of one kind."""
    return values if len(kinds) == 1 else [value for value in values if type(value) is kind]


def _complain(value: Any, depth: int) -> None:
    """Raise for the first fault, with its path, which is put together on the way out."""
    if isinstance(value, str):
        if not _encodes(value):
            raise DocumentError("holds half of a character (a lone surrogate)")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise DocumentError(f"must be a finite number, not {value}")
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise DocumentError("is too large for a float64 number")
    elif isinstance(value, dict | list):
        if depth == MAX_DEPTH:
            raise DocumentError(f"is nested more than {MAX_DEPTH} levels deep")
        if isinstance(value, RepeatedKey):
            raise DocumentError("this key stands twice", join("", value.key))
        _complain_inside(value, depth + 1)
    elif value is not None:
        raise DocumentError(f"cannot be written as JSON: {type(value).__name__}")


def _complain_inside(value: dict[str, Any] | list[Any], depth: int) -> None:
    rows: Iterable[tuple[Any, Any]] = enumerate(value) if isinstance(value, list) else value.items()
    for key, inner in rows:
        try:
            if isinstance(key, str):
                _complain(key, depth)
            _complain(inner, depth)
        except DocumentError as error:
            raise _within(join("", key) if isinstance(key, str) else f"[{key}]", error) from None


def _within(outer: str, error: DocumentError) -> DocumentError:
    """The same complaint, seen from one level further out."""
    entry = f"{outer}.{error.entry}" if error.entry[:1] not in ("", "[") else f"{outer}{error.entry}"
    return DocumentError(error.reason, entry)


def _encodes(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def join(path: str, key: str) -> str:
    """The path of `key` inside `path`; a key that is no plain word is quoted."""
    name = key if key.isidentifier() else f'["{shorten(key)}"]'
    return f"{path}.{name}" if path and not name.startswith("[") else f"{path}{name}"


def shorten(text: str, length: int = 60) -> str:
    """`text`, cut in the middle when it would fill the screen."""
    return text if len(text) <= length else f"{text[: length - 21]}…{text[-20:]}"


def described(value: Any) -> str:
    """A JSON value for a sentence: small ones as they are, big ones by their kind."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return shorten(f"{value:.17g}" if isinstance(value, float) else str(value))
        case str():
            return f'"{shorten(value)}"'
        case list():
            return f"a list of {len(value)}"
        case _:
            return "an object"


class Entry:
    """One value of a file that `check_tree` found sound, and its path."""

    __slots__ = ("_key", "_within", "value")

    def __init__(self, value: Any, within: Entry | str = "", key: str | int | None = None) -> None:
        """The entry at a path, or at `key` within another entry; its path is put together when it is asked for."""
        self.value = value
        self._within = within
        self._key = key

    @property
    def path(self) -> str:
        """Where it stands, such as `graph.nodes[3].inputs[1]`."""
        if isinstance(self._within, str):
            return self._within
        outer = self._within.path
        return join(outer, self._key) if isinstance(self._key, str) else f"{outer}[{self._key}]"

    def fail(self, message: str) -> NoReturn:
        raise DocumentError(message, self.path)

    def wrong(self, expected: str) -> NoReturn:
        self.fail(f"must be {expected}, not {described(self.value)}")

    def __getitem__(self, key: str) -> Entry:
        """The entry at `key`, which must be there."""
        if key not in self.mapping():
            raise DocumentError("is missing", join(self.path, key))
        return Entry(self.value[key], self, key)

    def get(self, key: str) -> Entry | None:
        """The entry at `key`; None when it is missing or null."""
        value = self.mapping().get(key)
        return None if value is None else Entry(value, self, key)

    def rest(self, *known: str) -> dict[str, Any]:
        """The keys of this object that are not among `known`."""
        return {key: value for key, value in self.mapping().items() if key not in known}

    def mapping(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            self.wrong("an object")
        return self.value

    def entries(self, length: int | None = None) -> list[Any]:
        if not isinstance(self.value, list):
            self.wrong("a list" if length is None else f"a list of {length}")
        if length is not None and len(self.value) != length:
            self.wrong(f"a list of {length}")
        return self.value

    def items(self, length: int | None = None) -> Iterator[Entry]:
        """The entries of a list."""
        return (Entry(value, self, i) for i, value in enumerate(self.entries(length)))

    def text(self, length: int = 100_000) -> str:
        if not isinstance(self.value, str):
            self.wrong("a text")
        if len(self.value) > length:
            self.fail(f"is longer than {length:,} characters")
        return self.value

    def choice(self, *allowed: str) -> str:
        if self.value not in allowed:
            self.wrong(" or ".join(f'"{name}"' for name in allowed))
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.wrong("true or false")
        return self.value

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.wrong("a number")
        return float(self.value)

    def numbers(self, length: int | None = None) -> list[float]:
        """The numbers of a list."""
        found = self.entries(length)
        return found if set(map(type, found)) == {float} else [inner.number() for inner in self.items()]

    def size(self) -> float:
        """A number that is not negative."""
        number = self.number()
        if number < 0:
            self.wrong("at least 0")
        return number

    def whole(self, low: int, high: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.wrong("a whole number")
        if not low <= self.value <= high:
            self.wrong(f"between {low} and {high}")
        return self.value

    def tensor(self, max_numbers: int) -> np.ndarray:
        """A number or nested lists of numbers as a float64 array; every row must have the same shape."""
        shape = self._shape()
        if math.prod(shape) > max_numbers:
            self.fail(f"its {math.prod(shape):,} numbers are too many; there is room for {max_numbers:,}")
        numbers = [self.value]
        for axis, size in enumerate(shape):
            for place, row in enumerate(numbers):
                if type(row) is not list or len(row) != size:
                    self._at(place, shape[:axis]).wrong(f"a list of {size} like its neighbours")
            numbers = list(chain.from_iterable(numbers))
        if not set(map(type, numbers)) <= {float, int}:
            place = next(i for i, number in enumerate(numbers) if type(number) not in (float, int))
            self._at(place, shape).wrong("a number")
        return np.array(numbers, dtype=np.float64).reshape(shape)

    def _at(self, place: int, shape: Sequence[int]) -> Entry:
        """The entry at a place of these nested lists, counted row by row."""
        entry = self
        for i in np.unravel_index(place, shape):
            entry = Entry(entry.value[i], entry, int(i))
        return entry

    def _shape(self) -> tuple[int, ...]:
        """The shape that the first element of each level announces."""
        shape: list[int] = []
        value = self.value
        while isinstance(value, list):
            if not value:
                self.fail("an empty list holds no number")
            if len(shape) == MAX_TENSOR_DEPTH:
                self.fail(f"a tensor has at most {MAX_TENSOR_DEPTH} axes")
            shape.append(len(value))
            value = value[0]
        return tuple(shape)
