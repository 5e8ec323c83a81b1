"""Building a large widget in slices of some ten milliseconds, so that its window answers in between.

Such a widget has all of its construction in a generator `slices`, which begins with `super().__init__` and stops where
events may be handled. Its `__init__` runs that to the end.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Protocol, TypeVar


class Sliced(Protocol):
    """A widget that can be built in slices; nobody sees it before the end."""

    def slices(self, *args: Any) -> Generator[None]: ...


_Made = TypeVar("_Made", bound=Sliced)


def in_slices(kind: type[_Made], *args: Any) -> Generator[None, None, _Made]:
    """Build a widget of this kind slice by slice, with what its `__init__` takes; returns it."""
    made = kind.__new__(kind)
    yield from made.slices(*args)
    return made
