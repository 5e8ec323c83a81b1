"""What a canvas has to say over its graph: why something cannot be, and what ails the node under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF

from gdstudio.ui.graph.notice import Notice
from gdstudio.ui.graph.scene import GraphScene
from gdstudio.ui.graph.view import GraphView

_REFUSAL_SECONDS = 6.0


class Notices:
    """The two sentences over a view, one in sight at a time."""

    def __init__(self, view: GraphView, scene: GraphScene) -> None:
        self._view, self._scene = view, scene
        self._refusal = Notice("graphRefusal", view.viewport())
        self._problem = Notice("graphProblem", view.viewport())
        view.zoomed.connect(lambda _scale: self.show_problem(None))

    @property
    def refuses(self) -> bool:
        """Whether it is in view why something cannot be."""
        return self._refusal.isVisible()

    def show_refusal(
        self, text: str, place: QPoint | None = None, seconds: float | None = _REFUSAL_SECONDS
    ) -> None:
        """A sentence on why something cannot be, at `place` of the viewport or in its middle."""
        self._problem.hide()
        where = self._view.viewport().rect().center() if place is None else place
        self._refusal.show_at(text, where, seconds)

    def show_hint(self, text: str) -> None:
        """A sentence on what to do first, in the middle of the view."""
        self._problem.hide()
        middle = self._view.viewport().rect().center()
        self._refusal.show_at(text, middle, _REFUSAL_SECONDS, is_hint=True)

    def show_refusal_at_cursor(self, text: str) -> None:
        """A sentence on why something cannot be, where the mouse is."""
        self.show_refusal(text, self._view.mapFromScene(self._view.cursor_point()))

    def clear(self) -> None:
        """Show none."""
        self._refusal.hide()
        self._problem.hide()

    def show_problem(self, id: str | None) -> None:
        """The sentence on a broken node or on odd numbers below it, while the mouse is over it."""
        item = self._scene.nodes.get(id) if id is not None else None
        words = "" if item is None else item.hidden_words(self._view.scale_now)
        if item is None or not words:
            self._problem.hide()
        elif self._problem.isHidden() or self._problem.text() != words:
            body = item.scene_body()
            below = self._view.mapFromScene(QPointF(body.center().x(), body.bottom()))
            self._problem.show_at(words, below - QPoint(0, 8), is_hint=item.face.undefined)
