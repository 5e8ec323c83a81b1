"""Random clicks, drags and keys: nothing raises, undo goes all the way back, the document can be saved."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio.document import files

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier

KEYS = [
    (Key.Key_Tab, NONE), (Key.Key_Backtab, SHIFT), (Key.Key_Left, NONE), (Key.Key_Down, NONE),
    (Key.Key_Right, SHIFT), (Key.Key_Left, SHIFT), (Key.Key_Return, NONE), (Key.Key_F2, NONE),
    (Key.Key_C, NONE), (Key.Key_O, NONE), (Key.Key_Delete, NONE), (Key.Key_Delete, CTRL), (Key.Key_A, CTRL),
    (Key.Key_C, CTRL), (Key.Key_X, CTRL), (Key.Key_V, CTRL), (Key.Key_D, CTRL), (Key.Key_F, NONE),
    (Key.Key_0, CTRL), (Key.Key_Minus, CTRL), (Key.Key_L, NONE), (Key.Key_Escape, NONE),
    (Key.Key_Space, NONE), (Key.Key_P, NONE), (Key.Key_G, NONE), (Key.Key_G, CTRL), (Key.Key_N, NONE),
    (Key.Key_T, NONE), (Key.Key_M, NONE), (Key.Key_Home, NONE),
]  # fmt: skip
TEXTS = [
    "3",
    "sigmoid chain 2",
    "dense layer",
    "[1, 2]",
    "relu",
    "+",
    "k = 2",
    "w * 2 + q",
    "nonsense",
    "loss2",
    "@",
    "concatenate",
    "sum",
    "",
]


class Monkey:
    """Acts on the canvas at random, wherever the focus has gone meanwhile."""

    def __init__(self, hand, seed: int) -> None:
        self.hand, self.dice = hand, random.Random(seed)

    def place(self) -> QPoint:
        """A node, a port or any place."""
        nodes = self.hand.editor.scene.nodes
        if nodes and self.dice.random() < 0.8:
            id = self.dice.choice(list(nodes))
            slots = nodes[id].ports
            spots = [self.hand.title, self.hand.number, self.hand.body, self.hand.output]
            if slots and self.dice.random() < 0.3:
                return self.hand.input(id, self.dice.randrange(slots))
            return self.dice.choice(spots)(id)
        marks = list(self.hand.editor.scene.marks.values())
        if marks and self.dice.random() < 0.4:
            return self.hand.pixel(self.dice.choice(marks).handle().center())
        size = self.hand.viewport.size()
        return QPoint(self.dice.randrange(size.width()), self.dice.randrange(size.height()))

    def act(self) -> None:
        choice = self.dice.random()
        if choice < 0.25:
            self.hand.click(self.place(), self.dice.choice([NONE, NONE, SHIFT, CTRL]))
        elif choice < 0.35:
            self.hand.double_click(self.place())
        elif choice < 0.6:
            self.hand.drag(self.place(), self.place(), modifiers=self.dice.choice([NONE, NONE, NONE, CTRL]))
        elif choice < 0.9:
            QTest.keyClick(self.hand.view, *self.dice.choice(KEYS))
        elif choice < 0.95:
            stack = self.hand.session.undo_stack
            stack.undo() if self.dice.random() < 0.6 else stack.redo()
        else:
            self.dice.choice([self.hand.editor.play_forward, self.hand.editor.play_backward])()
        self.type_somewhere()

    def type_somewhere(self) -> None:
        """Answer a field that has opened, sensibly or not."""
        for name in ("nodePaletteSearch", "nodeValueEditor", "nodeNameEditor", "frameTitleEditor"):
            for field in self.hand.editor.findChildren(QWidget, name):
                if field.isVisible():
                    field.selectAll()
                    QTest.keyClicks(field, self.dice.choice(TEXTS))
                    QTest.keyClick(field, self.dice.choice([Key.Key_Return, Key.Key_Return, Key.Key_Escape]))
        for name in ("noteEditor", "tensorCells"):
            for field in self.hand.editor.findChildren(QWidget, name):
                if field.isVisible():
                    QTest.keyClicks(field, self.dice.choice(TEXTS))
                    QTest.keyClick(field, self.dice.choice([Key.Key_Return, Key.Key_Escape]), CTRL)


@pytest.mark.parametrize("seed", range(10))
def test_random_hands_break_nothing(hand, seed):
    start = hand.session.document
    monkey = Monkey(hand, seed)
    for _ in range(250):
        monkey.act()
        if QApplication.activePopupWidget() is not None:
            QApplication.activePopupWidget().close()
    hand.settle()
    graph = hand.graph()
    assert set(hand.editor.scene.nodes) == set(graph.nodes)
    wires = {
        (id, i): s for id, node in graph.nodes.items() for i, s in enumerate(node.inputs) if s is not None
    }
    assert {key: item.source for key, item in hand.editor.scene.wires.items()} == wires
    assert files.from_text(files.to_text(hand.session.document)) == hand.session.document
    while hand.session.undo_stack.canRedo():
        hand.session.undo_stack.redo()
    hand.undo_all()
    assert hand.session.document == start
