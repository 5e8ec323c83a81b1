"""Rectangles by key in one array, so that a thousand of them are searched in microseconds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF

K = TypeVar("K")
_FIRST_ROOM = 64


class Boxes(Generic[K]):
    """The rectangles of nodes or wires, in scene coordinates."""

    def __init__(self) -> None:
        self._row: dict[K, int] = {}
        self._keys: list[K] = []
        self._edges = np.empty((_FIRST_ROOM, 4))

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, key: K) -> QRectF:
        left, top, right, bottom = self._edges[self._row[key]].tolist()
        return QRectF(left, top, right - left, bottom - top)

    @property
    def edges(self) -> np.ndarray:
        """Rows of (left, top, right, bottom), shape (n, 4); to read only, valid until the next change."""
        return self._edges[: len(self._keys)]

    def set(self, key: K, rect: QRectF) -> None:
        """Give a key a rectangle, in the place of the one it has."""
        row = self._row.get(key)
        if row is None:
            row = self._row[key] = len(self._keys)
            self._keys.append(key)
            if row == len(self._edges):
                self._edges = np.concatenate([self._edges, np.empty_like(self._edges)])
        self._edges[row] = rect.left(), rect.top(), rect.right(), rect.bottom()

    def move(self, keys: Iterable[K], by: QPointF) -> None:
        """Move the rectangles of these keys."""
        rows = [self._row[key] for key in keys]
        self._edges[rows] += by.x(), by.y(), by.x(), by.y()

    def clear(self) -> None:
        """Forget all."""
        self._row.clear()
        self._keys.clear()

    def discard_all(self, keys: Iterable[K]) -> None:
        """Forget those of many keys that are there."""
        gone = [row for key in keys if (row := self._row.pop(key, None)) is not None]
        if gone:
            self._edges = np.concatenate([np.delete(self.edges, gone, axis=0), np.empty((_FIRST_ROOM, 4))])
            self._keys = [key for key in self._keys if key in self._row]
            self._row = {key: row for row, key in enumerate(self._keys)}

    def without(self, keys: Collection[K]) -> np.ndarray:
        """The rectangles of all but these, shape (n, 4)."""
        return np.delete(self.edges, [self._row[key] for key in keys], axis=0)

    def meeting(self, area: QRectF) -> list[K]:
        """The keys whose rectangles meet an area or touch it."""
        return self.meeting_any([area])

    def meeting_any(self, areas: Sequence[QRectF]) -> list[K]:
        """The keys whose rectangles meet one of these areas or touch it."""
        edges = self.edges
        hit = np.zeros(len(edges), dtype=bool)
        for area in areas:
            hit |= (
                (edges[:, 0] <= area.right())
                & (edges[:, 2] >= area.left())
                & (edges[:, 1] <= area.bottom())
                & (edges[:, 3] >= area.top())
            )
        return [self._keys[row] for row in np.flatnonzero(hit)]

    def around(self) -> QRectF:
        """The rectangle around all; a null one where there are none."""
        if not self._keys:
            return QRectF()
        left, top = self.edges[:, :2].min(axis=0)
        right, bottom = self.edges[:, 2:].max(axis=0)
        return QRectF(left, top, right - left, bottom - top)


def around(point: QPointF, reach: float) -> QRectF:
    """The square whose sides lie `reach` away from a point."""
    return QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
