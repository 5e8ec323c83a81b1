"""The items of a scene's nodes: hundreds of them are made in slices between which the window lives.

An item costs a tenth of a millisecond. Who asks for one that still waits has it made at once, so nobody else needs to
know; only who draws or measures all nodes looks for those that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from gdstudio.ui.graph.node_item import NodeItem

# So many items are made at once; more of them are made in slices of so many seconds.
_AT_ONCE = 150
_SLICE_SECONDS = 0.015


class NodeItems(Mapping[str, NodeItem]):
    """Items by id, in the order in which they were expected."""

    def __init__(
        self,
        parent: QObject,
        make: Callable[[str], NodeItem],
        in_view: Callable[[], Iterable[str]],
        filled: Callable[[], object],
    ) -> None:
        """`make` makes an item, `in_view` tells which nodes come first, `filled` is called when a view has all of them."""
        self._items: dict[str, NodeItem | None] = {}
        self._waiting: dict[str, None] = {}
        self._make, self._in_view, self._filled = make, in_view, filled
        self._leisure = QTimer(parent, singleShot=True, interval=0)
        self._leisure.timeout.connect(self._go_on)

    def __getitem__(self, id: str) -> NodeItem:
        item = self._items[id]
        if item is None:
            item = self._bring(id)
            item.redraw()
        return item

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, id: object) -> bool:
        return id in self._items

    @property
    def waiting(self) -> Mapping[str, None]:
        """The nodes that have no item yet."""
        return self._waiting

    def made(self, id: str) -> NodeItem | None:
        """The item of a node, None while it waits for one or where there is no such node."""
        return self._items.get(id)

    def all_made(self) -> Iterator[NodeItem]:
        """The items that are there."""
        return (item for item in self._items.values() if item is not None)

    def expect(self, ids: Iterable[str]) -> None:
        """Make items for these nodes, hundreds of them at leisure."""
        self._waiting |= dict.fromkeys(ids)
        self._items |= self._waiting
        if len(self._waiting) <= _AT_ONCE:
            self.finish()
        else:
            self._leisure.start()

    def finish(self) -> None:
        """Make all that wait, for a picture that shows the whole graph."""
        for id in list(self._waiting):
            self[id]

    def drop(self, id: str) -> NodeItem | None:
        """Forget a node; its item, if it has one, is the caller's to remove."""
        self._waiting.pop(id, None)
        return self._items.pop(id)

    def clear(self) -> None:
        """Forget all nodes."""
        self._waiting.clear()
        self._items.clear()

    def _bring(self, id: str) -> NodeItem:
        self._waiting.pop(id, None)
        item = self._items[id] = self._make(id)
        return item

    def _go_on(self) -> None:
        end = perf_counter() + _SLICE_SECONDS
        seen = [id for id in self._in_view() if id in self._waiting]
        left = len(seen)
        for id in chain(seen, list(self._waiting)):
            if perf_counter() >= end:
                break
            if id in self._waiting:
                self._bring(id)
                left -= 1
        # One repaint for all that are seen: each costs as much as a slice.
        if seen and left <= 0:
            self._filled()
        if self._waiting:
            self._leisure.start()
