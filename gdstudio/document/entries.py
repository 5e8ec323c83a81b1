"""Checked access to parsed JSON: every entry knows its path, so that a complaint can name it.

Nothing here knows what a document is; `files` does.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from gdstudio.document.model import DocumentError

MAX_DEPTH = 64
MAX_TENSOR_DEPTH = 16
_LARGEST = int(sys.float_info.max)


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


def check_tree(value: Any, depth: int = 0) -> None:
    """Refuse what no entry may be: a repeated key, a number not finite, half a character, deep nesting.

    Raises:
        DocumentError: with the path, put together on the way out, so that a sound tree costs little.
    """
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
        _check_inside(value, depth + 1)
    elif value is not None:
        raise DocumentError(f"cannot be written as JSON: {type(value).__name__}")


def _check_inside(value: dict[str, Any] | list[Any], depth: int) -> None:
    """`check_tree` for every entry of an object or list."""
    if isinstance(value, list):
        if set(map(type, value)) == {float} and all(map(math.isfinite, value)):
            return
        rows: Iterable[tuple[Any, Any]] = enumerate(value)
    else:
        rows = value.items()
    for key, inner in rows:
        if inner is None or inner is True or inner is False:
            continue
        try:
            if isinstance(key, str):
                check_tree(key, depth)
            check_tree(inner, depth)
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

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: str = "") -> None:
        self.value = value
        self.path = path

    def fail(self, message: str) -> NoReturn:
        raise DocumentError(message, self.path)

    def wrong(self, expected: str) -> NoReturn:
        self.fail(f"must be {expected}, not {described(self.value)}")

    def __getitem__(self, key: str) -> Entry:
        """The entry at `key`, which must be there."""
        if key not in self.mapping():
            raise DocumentError("is missing", join(self.path, key))
        return Entry(self.value[key], join(self.path, key))

    def get(self, key: str) -> Entry | None:
        """The entry at `key`; None when it is missing or null."""
        value = self.mapping().get(key)
        return None if value is None else Entry(value, join(self.path, key))

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
        return (Entry(value, f"{self.path}[{i}]") for i, value in enumerate(self.entries(length)))

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
        numbers: list[float] = []
        self._collect(shape, numbers)
        return np.array(numbers, dtype=np.float64).reshape(shape)

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

    def _collect(self, shape: Sequence[int], numbers: list[float]) -> None:
        if not shape:
            numbers.append(self.number())
        elif len(shape) == 1 and isinstance(self.value, list) and len(self.value) == shape[0]:
            if all(type(value) is float for value in self.value):
                numbers.extend(self.value)
            else:
                numbers.extend(inner.number() for inner in self.items())
        else:
            if not isinstance(self.value, list) or len(self.value) != shape[0]:
                self.wrong(f"a list of {shape[0]} like its neighbours")
            for inner in self.items():
                inner._collect(shape[1:], numbers)
