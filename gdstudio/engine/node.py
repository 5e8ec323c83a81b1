"""The node of a computation graph, and the value of a leaf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import ops
from .errors import GraphError, shown
from .numeric import numbers


@dataclass(frozen=True, eq=False)
class Node:
    """One node of a graph.

    Attributes:
        id: its name in formulas, unique in its graph.
        op: "parameter", "constant", "data", or the name of an operation.
        inputs: ids by slot; None where nothing is connected.
        attrs: attributes of the operation, such as {"axis": 0}; absent ones have their default.
        value: float64 array of a leaf, None for all other nodes. Not to be written to.
        pos: top left corner on the canvas; the engine never reads it.
        extra: further keys of the file, kept.
    """

    id: str
    op: str
    inputs: tuple[str | None, ...] = ()
    attrs: Mapping[str, Any] = field(default_factory=dict)
    value: np.ndarray | None = None
    pos: tuple[float, float] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.op, str):
            raise GraphError(f'the op of a node is a name, such as "add", not {shown(self.op)}')
        if not isinstance(self.inputs, tuple) or not all(
            source is None or isinstance(source, str) for source in self.inputs
        ):
            raise GraphError(
                f"the inputs of a node are ids by slot, or None, in a tuple, not {shown(self.inputs)}"
            )
        if not isinstance(self.attrs, Mapping) or not _are_attributes(self.attrs):
            raise GraphError(
                "the attributes of a node are numbers, texts or lists of them by name, in a dict, "
                f"not {shown(self.attrs)}"
            )
        if self.value is not None and not _are_numbers(self.value):
            raise GraphError(
                f"the value of a node is an array of numbers, such as leaf_value makes it, not {shown(self.value)}"
            )

    def replace(self, **changes: Any) -> Node:
        """A copy with some fields changed."""
        return Node(**{**self.__dict__, **changes})

    @property
    def is_leaf(self) -> bool:
        """Whether it holds a value of its own: a parameter, a constant or data."""
        return self.op in ops.LEAF_OPS

    @property
    def array(self) -> np.ndarray:
        """The value of a leaf that has one."""
        assert self.value is not None, f"{self.id} has no value"
        return self.value

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids that are connected, by slot; all slots of a sound node are."""
        return tuple(source for source in self.inputs if source is not None)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Node):
            return NotImplemented
        same = (self.id, self.op, self.inputs, self.pos) == (other.id, other.op, other.inputs, other.pos)
        return (
            same
            and set(frozen(self.attrs)) == set(frozen(other.attrs))
            and dict(self.extra) == dict(other.extra)
            and _same_value(self.value, other.value)
        )

    def __hash__(self) -> int:
        return hash((self.id, self.op, self.inputs))


def _same_value(a: np.ndarray | None, b: np.ndarray | None) -> bool:
    if a is None or b is None:
        return a is b
    return a is b or (a.shape == b.shape and np.array_equal(a, b, equal_nan=True))


def leaf_value(name: str, value: Any) -> np.ndarray:
    """`value` as the read-only float64 array of a leaf.

    Raises:
        GraphError: when it is no number or nested list of numbers in rows of equal length.
    """
    try:
        array = numbers(value)
    except (ValueError, TypeError, OverflowError):
        raise GraphError(
            f"{name}: the value must be a number or nested lists of numbers in rows of equal length", name
        ) from None
    array.flags.writeable = False
    return array


def _are_numbers(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf"


def _are_attributes(attrs: Mapping[Any, Any]) -> bool:
    try:
        hash(frozen(attrs))
    except (TypeError, RecursionError):
        return False
    return all(isinstance(name, str) for name in attrs)


def frozen(attrs: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Attributes as a hashable key."""
    return tuple((key, _hashable(value)) for key, value in attrs.items())


def _hashable(value: Any) -> Any:
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value
