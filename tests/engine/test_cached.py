"""A property that is worked out once, and makes no other thread wait."""

from __future__ import annotations

import threading

from gdstudio.engine.cached import cached_property


class Square:
    """The square of a number, once it may be worked out."""

    def __init__(self, number: int, may: threading.Event) -> None:
        self.number, self.may, self.times = number, may, 0
        self.begun = threading.Event()

    @cached_property
    def value(self) -> int:
        """The number times itself."""
        self.begun.set()
        assert self.may.wait(30.0)
        self.times += 1
        return self.number**2


def test_a_value_is_worked_out_once():
    square = Square(3, threading.Event())
    square.may.set()
    assert (square.value, square.value, square.times) == (9, 9, 1)
    assert Square.value.__doc__ == "The number times itself."


def test_no_thread_waits_for_the_value_of_another_object():
    """A lock for all objects would never let the second one go on."""
    slow, quick = Square(3, threading.Event()), Square(4, threading.Event())
    quick.may.set()
    thread = threading.Thread(target=lambda: slow.value, daemon=True)
    thread.start()
    assert slow.begun.wait(30.0)
    found: list[int] = []
    other = threading.Thread(target=lambda: found.append(quick.value), daemon=True)
    other.start()
    other.join(30.0)
    assert found == [16]
    slow.may.set()
    thread.join(30.0)
    assert slow.value == 9


def test_threads_that_work_it_out_together_get_one_object():
    class Made:
        def __init__(self) -> None:
            self.together = threading.Barrier(2)

        @cached_property
        def it(self) -> object:
            self.together.wait(30.0)
            return object()

    made, got = Made(), []
    threads = [threading.Thread(target=lambda: got.append(made.it), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30.0)
    assert got[0] is got[1]
