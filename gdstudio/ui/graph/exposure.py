"""What of a scene is to be painted anew. A few places are told one by one; hundreds of them are all of the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene

# Each place makes Qt's region of what is to be painted more complicated; from so many on all of it is painted sooner.
_MOST_PLACES = 100

EVERYWHERE = QRectF(-1e7, -1e7, 2e7, 2e7)
_BACKGROUND = QGraphicsScene.SceneLayer.BackgroundLayer


class Exposure:
    """Takes the places of a scene that do not look any more as they are painted.

    Attributes:
        areas: where a view is painting just now; None = in all of what Qt tells an item.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self.areas: Sequence[QRectF] | None = None
        self._scene = scene
        self._places = 0
        self._grounds = 0

    @property
    def is_whole(self) -> bool:
        """Whether all before the background is to be painted anew anyway."""
        return self._places >= _MOST_PLACES

    def place(self, area: QRectF) -> None:
        """Something before the background has changed there."""
        self._places += 1
        if self._places < _MOST_PLACES:
            self._scene.update(area)
        elif self._places == _MOST_PLACES:
            self._scene.update()

    @property
    def is_whole_ground(self) -> bool:
        """Whether the whole background is to be painted anew anyway."""
        return self._grounds >= _MOST_PLACES

    def ground(self, area: QRectF) -> None:
        """The background has changed there."""
        self._grounds += 1
        if self._grounds < _MOST_PLACES:
            self._scene.invalidate(area, _BACKGROUND)
        elif self._grounds == _MOST_PLACES:
            self.all_ground()

    def all_ground(self) -> None:
        """The whole background has changed."""
        self._grounds = _MOST_PLACES
        self._scene.invalidate(self._scene.sceneRect(), _BACKGROUND)

    def begin(self, areas: Sequence[QRectF]) -> None:
        """A view paints now, in these areas: what was told until now is known to it."""
        self.areas = areas
        self._places = self._grounds = 0

    def end(self) -> None:
        """The view has painted."""
        self.areas = None
