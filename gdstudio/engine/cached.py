"""A property that is worked out once, without a lock.

`functools.cached_property` of Python 3.11 has one lock for all objects of a class: where a thread compiles one program,
another thread that asks any other program would wait for it, though it has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Value = TypeVar("_Value")


class cached_property(Generic[_Value]):
    """As that of `functools` since Python 3.12.

    Two threads that ask the same object at the same time may both work the value out; both get the same one.
    """

    def __init__(self, work_out: Callable[[Any], _Value]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> cached_property[_Value]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> _Value: ...
    def __get__(self, instance: object | None, owner: type) -> cached_property[_Value] | _Value:
        if instance is None:
            return self
        # Found there from the second time on, before this method is asked.
        known = vars(instance)
        if self._name not in known:
            known.setdefault(self._name, self._work_out(instance))
        return known[self._name]
