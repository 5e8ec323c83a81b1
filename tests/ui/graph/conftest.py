"""A graph editor in a window of its own, and a hand that clicks, drags and types on its canvas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.graph.geometry import value_rect
from gdstudio.ui.session import Session

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Mouse and keys on the canvas of an editor; places are given as nodes and ports."""

    def __init__(self, editor: GraphEditor, session: Session, qtbot: Any) -> None:
        self.editor, self.session, self.qtbot = editor, session, qtbot
        self.view = editor.view
        self.viewport = editor.view.viewport()

    # Places, in pixels of the viewport

    def pixel(self, point: QPointF) -> QPoint:
        return self.view.mapFromScene(point)

    def output(self, id: str) -> QPoint:
        return self.pixel(self.editor.scene.nodes[id].port(-1))

    def input(self, id: str, slot: int) -> QPoint:
        return self.pixel(self.editor.scene.nodes[id].port(slot))

    def title(self, id: str) -> QPoint:
        return self.pixel(self.editor.scene.nodes[id].pos() + QPointF(30, 12))

    def number(self, id: str) -> QPoint:
        return self.pixel(self.editor.scene.nodes[id].pos() + value_rect().center() + QPointF(25, 0))

    def body(self, id: str) -> QPoint:
        return self.pixel(self.editor.scene.nodes[id].pos() + QPointF(28, 52))

    def nowhere(self) -> QPoint:
        """A place of the canvas far from all nodes and wires."""
        bounds = self.editor.scene.bounds()
        return self.pixel(QPointF(bounds.center().x(), bounds.bottom() + 30))

    # Doing

    def click(self, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.viewport, LEFT, modifiers, at)

    def double_click(self, at: QPoint) -> None:
        QTest.mouseDClick(self.viewport, LEFT, NONE, at)

    def drag(
        self, start: QPoint, *way: QPoint, modifiers: Qt.KeyboardModifier = NONE, release: bool = True
    ) -> None:
        QTest.mousePress(self.viewport, LEFT, modifiers, start)
        before = start
        for point in way:
            QTest.mouseMove(self.viewport, before + (point - before) / 2)
            QTest.mouseMove(self.viewport, point)
            before = point
        if release:
            QTest.mouseRelease(self.viewport, LEFT, modifiers, before)

    def move_mouse(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Move the pressed mouse with keys held; QTest moves it without."""
        place = QPointF(at)
        kind, above = QEvent.Type.MouseMove, QPointF(self.viewport.mapToGlobal(at))
        QApplication.sendEvent(self.viewport, QMouseEvent(kind, place, above, LEFT, LEFT, modifiers))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def click_tool(self, name: str) -> None:
        """Click a button of the editor."""
        QTest.mouseClick(self.field(name), LEFT)

    def type(self, name: str, text: str, enter: bool = True) -> QWidget:
        """Type into the field called `name` in the place of what is there."""
        field = self.field(name)
        field.selectAll()
        QTest.keyClicks(field, text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
        return field

    def field(self, name: str) -> Any:
        """The visible widget with an object name."""
        found = [widget for widget in self.editor.findChildren(QWidget, name) if widget.isVisible()]
        assert len(found) == 1, f"{len(found)} widgets called {name} are in view"
        return found[0]

    def sees(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.editor.findChildren(QWidget, name))

    # Asking

    def settle(self) -> None:
        """Wait until everything that depends on the last change is there."""
        if not self.session.is_settled:
            with self.qtbot.waitSignal(self.session.settled, timeout=20_000):
                pass

    def face(self, id: str) -> Any:
        return self.editor.scene.nodes[id].face

    def shown(self, id: str) -> tuple[str, str]:
        """The value and the gradient that a node shows."""
        face = self.face(id)
        return (face.values or ("–",))[0], (face.gradients or ("–",))[0]

    def graph(self) -> Any:
        return self.session.document.graph

    def selected(self) -> list[str]:
        return self.editor.scene.selected_nodes()

    def undo_all(self) -> None:
        while self.session.undo_stack.canUndo():
            self.session.undo_stack.undo()


@pytest.fixture
def editor(session: Session, qtbot) -> Iterator[GraphEditor]:
    """A shown editor on |y_true − (w·x + b)|, everything computed."""
    made = GraphEditor(session)
    qtbot.addWidget(made)
    made.resize(760, 660)
    made.show()
    qtbot.waitExposed(made)
    made.view.setFocus()
    qtbot.waitUntil(lambda: made.scene.nodes["loss"].face.gradients != ())
    yield made


@pytest.fixture
def hand(editor: GraphEditor, session: Session, qtbot) -> Hand:
    return Hand(editor, session, qtbot)
