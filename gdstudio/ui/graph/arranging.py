"""The layout of many nodes, computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from gdstudio.ui.graph.layout import Point
from gdstudio.ui.graph.scene import GraphScene
from gdstudio.ui.worker import Progress, Worker

Placed = dict[str, Point]


class Arranger(QObject):
    """Asks for layouts of a scene's graph; the newest request wins, and one for another graph is dropped."""

    def __init__(self, scene: GraphScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._asked = 0
        self._structure: object = None
        self._then: Callable[[Placed], object] | None = None
        self._worker = Worker((), self)
        self._worker.finished.connect(self._receive)

    def ask(
        self, view: tuple[float, float], then: Callable[[Placed], object], ids: Iterable[str] | None = None
    ) -> None:
        """Have these nodes (None: all) laid out for a view of that size, and `then` told their places."""
        self._asked += 1
        self._then, self._structure = then, self._scene.graph.structure
        job = self._scene.layout_job(view, ids)

        def work(_progress: Progress) -> Placed:
            return job()

        self._worker.ask("layout", self._asked, work)

    def _receive(self, _kind: str, version: int, places: Placed) -> None:
        if version == self._asked and self._then and self._structure is self._scene.graph.structure:
            self._then(places)

    def close(self) -> None:
        """Stop computing for good."""
        self._worker.close()
