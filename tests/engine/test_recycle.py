"""Arrays are given out again only when nobody holds them or a view of them."""

from __future__ import annotations

import weakref

import numpy as np

from gdstudio.engine import recycle

SHAPE = (611, 613)


def test_an_array_in_use_is_never_given_out_again():
    first = recycle.empty(SHAPE)
    second = recycle.empty(SHAPE)
    assert not np.shares_memory(first, second)
    view = first[3:5, ::2].T
    del first
    third = recycle.empty(SHAPE)
    assert not np.shares_memory(view, third) and not np.shares_memory(second, third)


def test_an_array_with_one_holder_is_in_use_however_the_interpreter_counts():
    """Since 3.14 Python counts a local variable less where it lends its value, so the count of an idle array is measured."""
    stock = [np.empty(3)]
    assert recycle._count(stock, 0) == recycle._IDLE
    holder = stock[0]
    assert recycle._count(stock, 0) == recycle._IDLE + 1
    holders = [holder] * 3
    assert recycle._count(stock, 0) == recycle._IDLE + 4
    del holder, holders
    assert recycle._count(stock, 0) == recycle._IDLE


def test_idle_arrays_are_forgotten_and_held_ones_stay_ready():
    held, view = recycle.empty(SHAPE), recycle.empty(SHAPE)[1:]
    gone = weakref.ref(recycle.empty(SHAPE))
    address = held.ctypes.data
    recycle.forget_idle()
    assert gone() is None
    assert view.base is not None
    del held
    assert recycle.empty(SHAPE).ctypes.data == address


def test_an_array_that_was_let_go_is_used_again():
    address = recycle.empty(SHAPE).ctypes.data
    again = [recycle.empty(SHAPE) for _ in range(4)]
    assert address in [array.ctypes.data for array in again]


def test_parts_of_a_slab_lie_apart_and_keep_it():
    slab = recycle.Slab()
    parts = [slab.empty((2, 40_000 + 7 * i)) for i in range(20)]
    parts.append(slab.empty((3_000_000,)))
    parts.append(slab.empty((5,)))
    del slab
    for i, part in enumerate(parts):
        part.fill(float(i))
    for i, part in enumerate(parts):
        assert part.flags.c_contiguous and (part == i).all()
    assert not any(np.shares_memory(a, b) for i, a in enumerate(parts) for b in parts[:i])
    others = recycle.Slab().empty((2, 40_000))
    assert not any(np.shares_memory(others, part) for part in parts)
