"""What is selected on a canvas: nodes, wires, frames and notes, by what names them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

from gdstudio.ui.graph.marks import Key

if TYPE_CHECKING:
    from gdstudio.ui.graph.wire_item import WireKey

K = TypeVar("K")


class Selectable:
    """What is drawn in another way while it is selected; it begins with `_selected` as False."""

    __slots__ = ()
    _selected: bool

    @property
    def is_selected(self) -> bool:
        return self._selected

    def set_selected(self, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected  # type: ignore[misc]  # the slot is the heir's
            self._follow_selection()

    def _follow_selection(self) -> None:
        """Have it painted anew."""
        raise NotImplementedError


class Chosen(Generic[K]):
    """The selected ones of one kind, and the items that show it."""

    def __init__(self, item: Callable[[K], Selectable | None]) -> None:
        """`item` gives what is drawn; None while it is not there."""
        self.keys: set[K] = set()
        self._item = item

    def choose(self, keys: Iterable[K]) -> bool:
        """Select exactly these; whether that is another selection."""
        wanted = set(keys)
        changed = self.keys ^ wanted
        self.keys = wanted
        for key in changed:
            item = self._item(key)
            if item is not None:
                item.set_selected(key in wanted)
        return bool(changed)

    def forget(self, keys: Iterable[K]) -> bool:
        """These are gone; whether one of them was selected."""
        gone = self.keys.intersection(keys)
        self.keys -= gone
        return bool(gone)

    def within(self, order: Collection[K]) -> list[K]:
        """The selected ones, in the order of the whole."""
        return [key for key in order if key in self.keys] if len(self.keys) > 1 else list(self.keys)


class Selection:
    """What is selected of a scene."""

    def __init__(
        self,
        node: Callable[[str], Selectable | None],
        wire: Callable[[WireKey], Selectable | None],
        mark: Callable[[Key], Selectable | None],
    ) -> None:
        self.nodes, self.wires, self.marks = Chosen(node), Chosen(wire), Chosen(mark)

    def choose(self, nodes: Iterable[str], wires: Iterable[WireKey], marks: Iterable[Key]) -> bool:
        """Select exactly these; whether that is another selection."""
        # No `or`: each of them is to follow.
        return any([self.nodes.choose(nodes), self.wires.choose(wires), self.marks.choose(marks)])

    def forget(
        self, nodes: Iterable[str] = (), wires: Iterable[WireKey] = (), marks: Iterable[Key] = ()
    ) -> bool:
        """These are gone; whether one of them was selected."""
        return any([self.nodes.forget(nodes), self.wires.forget(wires), self.marks.forget(marks)])
