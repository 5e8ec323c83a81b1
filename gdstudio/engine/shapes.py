"""Static shapes: how arguments broadcast, what a reduction leaves, and what attributes an operation may have.

A shape never contains batch axes; those exist only while a plan runs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

from .errors import ShapeError, shown, suggestion

Shape = tuple[int, ...]


def show(shape: Shape) -> str:
    """A shape as people write it: `scalar`, `(3,)`, `(2, 3)`."""
    return "scalar" if shape == () else str(tuple(shape))


def broadcast(*shapes: Shape, **_attributes: Any) -> Shape:
    """The common shape of elementwise arguments, by numpy's rule."""
    first = shapes[0]
    if shapes.count(first) == len(shapes):
        return first
    ndim = max(map(len, shapes))
    padded = [(1,) * (ndim - len(shape)) + shape for shape in shapes]
    result = []
    for sizes in zip(*padded, strict=True):
        wide = {size for size in sizes if size != 1}
        if len(wide) > 1:
            listed = " and ".join(show(shape) for shape in shapes)
            raise ShapeError(f"shapes {listed} do not fit together: each axis must agree or be 1")
        result.append(wide.pop() if wide else 1)
    return tuple(result)


def axes_of(shape: Shape, axis: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """`axis` as sorted non-negative axes; None means all of them."""
    if axis is None:
        return tuple(range(len(shape)))
    axes = (axis,) if isinstance(axis, int) else axis
    found = set()
    for one in axes:
        if not -len(shape) <= one < len(shape):
            raise ShapeError(f"axis {shown(one)} does not exist in shape {show(shape)}")
        found.add(one % len(shape))
    if len(found) != len(axes):
        raise ShapeError(f"axis {list(axes)} names an axis twice")
    return tuple(sorted(found))


def reduced(shape: Shape, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Shape:
    axes = axes_of(shape, axis)
    if keepdims:
        return tuple(1 if i in axes else size for i, size in enumerate(shape))
    return tuple(size for i, size in enumerate(shape) if i not in axes)


def filled(shape: Shape, axis: int | tuple[int, ...] | None = None) -> tuple[int, ...]:
    """`axes_of`, none of them empty: what a mean or a largest element is taken over."""
    axes = axes_of(shape, axis)
    if any(shape[a] == 0 for a in axes):
        raise ShapeError(f"shape {show(shape)} has no elements to reduce")
    return axes


def extreme(shape: Shape, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Shape:
    """The shape of a largest or smallest element over axes."""
    try:
        filled(shape, axis)
    except ShapeError as error:
        if shape:
            raise
        raise ShapeError(f"{error}; of two values take maximum(a, b) or minimum(a, b)") from None
    return reduced(shape, axis, keepdims)


def _check_one(axis: Any) -> None:
    if not isinstance(axis, int):
        raise ShapeError(f"axis must be one axis, not {'all' if axis is None else list(axis)}")


def along(shape: Shape, axis: int = -1) -> Shape:
    """The shape of an operation that works along one axis and keeps it."""
    _check_one(axis)
    if shape:
        filled(shape, axis)
    return shape


def reshaped(old: Shape, shape: Shape) -> Shape:
    size = math.prod(old)
    if shape.count(-1) > 1 or any(n < -1 for n in shape):
        raise ShapeError(f"shape {show(shape)} may hold one -1 and otherwise sizes of at least 0")
    if -1 in shape:
        rest = -math.prod(shape)
        if rest == 0 or size % rest:
            raise ShapeError(f"{size} elements of shape {show(old)} do not fill shape {show(shape)}")
        return tuple(size // rest if n == -1 else n for n in shape)
    if math.prod(shape) != size:
        raise ShapeError(
            f"shape {show(old)} has {size} elements, shape {show(shape)} needs {math.prod(shape)}"
        )
    return shape


def permutation(shape: Shape, axes: tuple[int, ...] | None = None) -> tuple[int, ...]:
    if axes is None:
        return tuple(reversed(range(len(shape))))
    if sorted(a % len(shape) if shape else a for a in axes) != list(range(len(shape))):
        raise ShapeError(f"axes {list(axes)} must name each axis of shape {show(shape)} once")
    return tuple(a % len(shape) for a in axes)


def transposed(shape: Shape, axes: tuple[int, ...] | None = None) -> Shape:
    return tuple(shape[a] for a in permutation(shape, axes))


def concatenated(*shapes: Shape, axis: int = 0) -> Shape:
    if not shapes:
        raise ShapeError("concatenate needs at least one input")
    first = shapes[0]
    if first == ():
        raise ShapeError(
            "concatenate joins tensors along an axis that they have; a scalar has none (reshape it to (1,))"
        )
    _check_one(axis)
    (axis,) = axes_of(first, axis)
    for shape in shapes[1:]:
        if len(shape) != len(first) or shape[:axis] + shape[axis + 1 :] != first[:axis] + first[axis + 1 :]:
            raise ShapeError(f"shapes {show(first)} and {show(shape)} differ in more than axis {axis}")
    return first[:axis] + (sum(shape[axis] for shape in shapes),) + first[axis + 1 :]


def stacked(*shapes: Shape) -> Shape:
    return (len(shapes), *shapes[0])


def product(a: Shape, b: Shape) -> Shape:
    """The shape of `a @ b` for tensors of at least two axes."""
    if a[-1] != b[-2]:
        raise ShapeError(f"{show(a)} @ {show(b)}: the last axis of the first, {a[-1]}, must equal {b[-2]}")
    return broadcast(a[:-2], b[:-2]) + (a[-2], b[-1])


def indexed(shape: Shape, index: tuple[int | tuple[int, int], ...]) -> Shape:
    """An integer picks along its axis, a pair (start, stop) cuts a slice out of it."""
    if len(index) > len(shape):
        raise ShapeError(f"index {list(index)} has more entries than shape {show(shape)} has axes")
    result = []
    for axis, entry in enumerate(index):
        if isinstance(entry, tuple):
            if not 0 <= entry[0] <= entry[1] <= shape[axis]:
                raise ShapeError(
                    f"the slice {list(entry)} of axis {axis} of shape {show(shape)} must begin and end, "
                    f"in this order, between 0 and {shape[axis]}"
                )
            result.append(entry[1] - entry[0])
        elif not -shape[axis] <= entry < shape[axis]:
            raise ShapeError(f"index {entry} lies outside axis {axis} of shape {show(shape)}")
    return tuple(result) + shape[len(index) :]


def selection(index: tuple[int | tuple[int, int], ...]) -> tuple[int | slice, ...]:
    """`index` as numpy wants it."""
    return tuple(slice(*entry) if isinstance(entry, tuple) else entry for entry in index)


def _integers(value: Any) -> tuple[int, ...]:
    entries = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(entry, Integral) and not isinstance(entry, bool) for entry in entries):
        raise ValueError
    return tuple(int(entry) for entry in entries)


def _axis(value: Any) -> int | tuple[int, ...] | None:
    if value is None:
        return None
    entries = _integers(value)
    return entries if isinstance(value, list | tuple) else entries[0]


def _index(value: Any) -> tuple:
    entries = value if isinstance(value, list | tuple) else [value]
    return tuple(_pair(e) if isinstance(e, list | tuple) else _integers(e)[0] for e in entries)


def _pair(value: Any) -> tuple[int, ...]:
    pair = _integers(value)
    if len(pair) != 2:
        raise ValueError
    return pair


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise ValueError
    return float(value)


def _optional_number(value: Any) -> float | None:
    return None if value is None else _number(value)


def _approximate(value: Any) -> str:
    if value not in ("none", "tanh"):
        raise ValueError
    return value


_ATTRIBUTES = {
    "axis": (_axis, "an integer, a list of integers or null"),
    "axes": (lambda v: None if v is None else _integers(v), "a list of integers or null"),
    "shape": (_integers, "a list of integers"),
    "index": (_index, "an integer, or a list with an integer or a pair [start, stop] for each leading axis"),
    "keepdims": (_switch, "true or false"),
    "approximate": (_approximate, '"none" or "tanh"'),
    "min": (_optional_number, "a number or null"),
    "max": (_optional_number, "a number or null"),
}


def checked_attributes(op: str, defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` over `defaults`, each value checked and made hashable.

    Raises:
        ShapeError: for a name the operation does not have, or a value of the wrong kind.
    """
    result = dict(defaults)
    for name, value in given.items():
        if name not in defaults:
            known = ", ".join(defaults) or "none"
            raise ShapeError(f"{op} has no attribute {name!r} (it has: {known}){suggestion(name, defaults)}")
        convert, wanted = _ATTRIBUTES.get(name, (_number, "a number"))
        try:
            result[name] = convert(value)
        except (ValueError, TypeError, OverflowError):
            raise ShapeError(f"{op}: {name} is {shown(value)}, but must be {wanted}") from None
    return result
