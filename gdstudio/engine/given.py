"""What callers may hand to the public functions: kinds of values, and the decorator that checks arguments.

A wrong argument is refused before anything is computed from it, by one sentence that names it and says what would be
right.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from numbers import Real
from typing import Any, ParamSpec, TypeVar

import numpy as np

from .errors import EngineError, shown
from .numeric import numbers

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Kind:
    """A kind of values.

    Attributes:
        words: what stands after "must be" in a sentence.
        holds: whether a value is of this kind.
    """

    words: str
    holds: Callable[[Any], bool]


def instance(kind: type | tuple[type, ...], words: str) -> Kind:
    """Objects of a class."""
    return Kind(words, lambda value: isinstance(value, kind))


def whole(low: int, high: int, example: str = "") -> Kind:
    """Whole numbers of a range."""
    return Kind(
        f"a whole number from {low:,} to {high:,}{example}",
        lambda value: (
            isinstance(value, int | np.integer) and not isinstance(value, bool) and low <= int(value) <= high
        ),
    )


def optional(kind: Kind) -> Kind:
    """Also None."""
    return Kind(f"{kind.words}, or None", lambda value: value is None or kind.holds(value))


def several(kind: type | tuple[type, ...], words: str) -> Kind:
    """Lists and other sequences of objects of a class."""
    return Kind(
        words,
        lambda value: (
            isinstance(value, Sequence)
            and not isinstance(value, str)
            and all(isinstance(entry, kind) for entry in value)
        ),
    )


def _are_numbers(value: Any) -> bool:
    try:
        numbers(value)
    except (ValueError, TypeError, OverflowError):
        return False
    return True


def _is_number(value: Any) -> bool:
    if not isinstance(value, Real) or isinstance(value, bool):
        return False
    try:
        float(value)
    except OverflowError:
        return False
    return True


def one_of(*words: str) -> Kind:
    """One of some words."""
    return Kind(
        " or ".join(f'"{word}"' for word in words), lambda value: isinstance(value, str) and value in words
    )


TEXT = instance(str, "text")
NAME = instance(str, "a name, which is text")
NAMES = several(str, 'a list of names, such as ["w", "b"]')
BY_NAME = instance(Mapping, 'values by name, such as {"w": 3.0}')
NUMBER = Kind("a number", _is_number)
NUMBERS = Kind("numbers", _are_numbers)
SEED = Kind("a whole number from 0 up", whole(0, 1 << 128).holds)
SWITCH = instance(bool, "true or false")
CALLABLE = Kind("a function", callable)


def takes(
    error: type[EngineError] = EngineError, **kinds: Kind
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Checks the arguments of a function by their names; for `*names` each of them.

    Raises:
        error: for the first that is not of its kind. Arguments that are left out are not looked at.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters.values()
        by_place = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        names = [parameter.name for parameter in parameters if parameter.kind in by_place]
        rest = next((p.name for p in parameters if p.kind is inspect.Parameter.VAR_POSITIONAL), "")

        def check(name: str, value: Any) -> None:
            kind = kinds.get(name)
            if kind is not None and not kind.holds(value):
                raise error(f"{name} must be {kind.words}, not {shown(value)}")

        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            for number, value in enumerate(args):
                check(names[number] if number < len(names) else rest, value)
            for name, value in kwargs.items():
                check(name, value)
            return function(*args, **kwargs)

        return checked

    return decorate


def floats(value: Any, what: str) -> np.ndarray:
    """Numbers as a float64 array.

    Raises:
        EngineError: for anything else; `what` names it.
    """
    if type(value) is np.ndarray and value.dtype == np.float64:
        return value
    try:
        return numbers(value)
    except (ValueError, TypeError, OverflowError):
        raise EngineError(f"{what} must be numbers, not {shown(value)}") from None
