"""A graph of a thousand nodes in the real editor, and hands that drag, edit, pan and zoom until it is painted."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.session import Session

_GROUPS = 166
_COLUMN, _ROW = 160.0, 192.0
_ROWS = 14
NODE = "m20"
LEAF = "w20"
SIZE = (1600, 1000)
# Of the whole graph, and as nodes are drawn with names and with numbers.
SCALES = {"whole": None, "40 %": 0.4, "100 %": 1.0}

_LEFT, _NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_NONE = Qt.KeyboardModifier.NoModifier


def thousand() -> Document:
    """A sum of tanh(w_i x + b_i), 1,001 nodes: one leaf feeds 166 others, and one value changes all gradients."""
    lines, parameters = ["s0 = square(x)"], {}
    places = {id: (i * _COLUMN, 0.0) for i, id in enumerate(("x", "s0", "y", "loss"))}
    for i in range(_GROUPS):
        parameters |= {f"w{i}": 0.01 * (i + 1), f"b{i}": 0.1}
        lines += [f"m{i} = x * w{i}", f"a{i} = m{i} + b{i}", f"t{i} = tanh(a{i})", f"s{i + 1} = s{i} + t{i}"]
        left, top = (i // _ROWS) * 6 * _COLUMN, (i % _ROWS) * _ROW + _ROW
        for column, id in enumerate((f"w{i}", f"b{i}", f"m{i}", f"a{i}", f"t{i}", f"s{i + 1}")):
            places[id] = left + column * _COLUMN, top + (_ROW / 2 if column == 1 else 0.0)
    lines.append(f"loss = (s{_GROUPS} - y)**2")
    graph = engine.parse("\n".join(lines), parameters=parameters, constants={"x": 0.5, "y": 3.0})
    placed = [graph.nodes[id].replace(pos=place) for id, place in places.items()]
    return Document(graph=graph.with_nodes(*placed))


class Canvas:
    """The editor in a window of its own. Each method is one step of a hand; it returns when all is painted."""

    def __init__(self) -> None:
        self.session = Session(thousand())
        self.editor = GraphEditor(self.session)
        self.editor.resize(*SIZE)
        self.editor.show()
        QTest.qWaitForWindowExposed(self.editor)
        self.scene, self.view = self.editor.scene, self.editor.view
        self._viewport: QWidget = self.view.viewport()
        self._numbers: Iterator[int] = iter(range(1, 10**9))
        self.settle()

    def close(self) -> None:
        self.editor.close()
        self.session.close()

    def settle(self) -> None:
        """Until values and gradients are there and all is drawn finely; surface and race are left out."""
        while self.session.trace is None:
            self._wait_for(self.session.trace_computed)
        if not self.session.is_settled:
            self.session.cancel_work()
        while self.scene.node_layer.hurry:
            QTest.qWait(20)
        self._paint()

    def look_at(self, scale: float | None) -> None:
        """Show the whole graph, or the middle of it at a scale."""
        self.view.cancel_interaction()
        self.editor.framing.touch()
        self.editor.framing.frame_all()
        if scale is not None:
            self.view.set_scale(scale)
            self.view.centerOn(self.scene.nodes[NODE].scene_body().center())
        self.settle()

    def repaint(self) -> None:
        """Everything that is in view, as after another window lay over it."""
        self._viewport.repaint()

    def take(self) -> None:
        """Press the mouse on a node."""
        self._grip = self.view.mapFromScene(self.scene.nodes[NODE].pos() + QPointF(60, 10))
        self._mouse(QEvent.Type.MouseButtonPress, self._grip)

    def drag(self) -> None:
        """Move the mouse that has taken a node."""
        i = next(self._numbers)
        self._mouse(QEvent.Type.MouseMove, self._grip + QPoint(7 * (i % 10) + 5, 5 * (i % 9) + 5))
        self._paint()

    def edit(self) -> None:
        """Give a parameter another value, wait for all values and gradients, and paint them."""
        self.editor.actions_.set_value(LEAF, 0.5 + 0.001 * next(self._numbers), merge="edit")
        self._wait_for(self.session.trace_computed)
        self._paint()

    def pan(self) -> None:
        side = 1 if next(self._numbers) % 2 else -1
        self.view.pan(QPointF(9 * side, 5 * side))
        self._paint()

    def zoom(self) -> None:
        """One notch of the wheel, in and out by turns."""
        angle = 120 if next(self._numbers) % 2 else -120
        middle = QPointF(self._viewport.rect().center())
        event = QWheelEvent(
            middle, QPointF(self._viewport.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, angle),
            _NO_BUTTON, _NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self._viewport, event)
        self._paint()

    def _mouse(self, kind: QEvent.Type, at: QPoint) -> None:
        button = _NO_BUTTON if kind is QEvent.Type.MouseMove else _LEFT
        above = QPointF(self._viewport.mapToGlobal(at))
        QApplication.sendEvent(self._viewport, QMouseEvent(kind, QPointF(at), above, button, _LEFT, _NONE))

    def _paint(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def _wait_for(self, signal) -> None:
        loop = QEventLoop()
        QTimer.singleShot(60_000, loop.quit)
        signal.connect(loop.quit)
        loop.exec()
        signal.disconnect(loop.quit)
