"""What all interactions of the mouse with the canvas share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QMouseEvent

if TYPE_CHECKING:
    from gdstudio.ui.graph.view import GraphView

Modifier = Qt.KeyboardModifier

# A press that moves less than this, in screen pixels, is a click.
CLICK_PIXELS = 4


class Interaction:
    """One press, its moves and its release.

    `scrolls` says whether the picture follows when the mouse comes to its edge.
    """

    scrolls = True

    def __init__(self, view: GraphView, event: QMouseEvent) -> None:
        self.view = view
        self.scene = view.graph_scene
        self.actions = view.editor.actions_
        self.button = event.button()
        self.start = event.position()
        self.start_point = self.at(event)

    def at(self, event: QMouseEvent) -> QPointF:
        """The scene point of an event."""
        return self.view.mapToScene(event.position().toPoint())

    def is_click(self, event: QMouseEvent) -> bool:
        """Whether the mouse is still about where it was pressed."""
        return QLineF(self.start, event.position()).length() < CLICK_PIXELS

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved."""

    def finish(self, event: QMouseEvent) -> None:
        """The button was released."""

    def cancel(self) -> None:
        """It was given up."""

    def drop(self) -> None:
        """The graph became another one beneath it: nothing of it stays on the canvas, and no edit is made."""
        self.cancel()
