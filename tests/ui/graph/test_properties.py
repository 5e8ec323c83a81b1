"""Random sequences of edits: undo leads back to the very start, redo to the very end, files lose nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from gdstudio.document import files
from gdstudio.document.model import Document
from gdstudio.ui import commands
from gdstudio.ui.graph import clipboard
from gdstudio.ui.graph.marks import Frame, Note, marks_of
from gdstudio.ui.graph.scene import Port
from gdstudio.ui.graph.templates import TEMPLATES

OPS = ["add", "multiply", "tanh", "sum", "matmul", "concatenate", "parameter", "constant", "square", "where"]
VALUES = [0.0, -2.5, 1e300, [1.0, 2.0], [[1.0, 0.0], [0.0, 1.0]], float("nan"), float("inf")]
NAMES = ["w", "κ", "loss", "x1", "new_name", "2bad", "", "frame", "note"]
FORMULAS = ["r = w * b", "s = tanh(q)", "u = sum([1, 2])", "nonsense (", "", "loss = (w - 1)**2"]
TEXTS = ["Group", "two\nlines", "", "  spaced  ", "∂"]
NUMBERS = st.integers(0, 10**6)
# Each edit takes what it needs from four numbers, by remainder.
STEPS = st.lists(st.tuples(st.sampled_from(range(24)), NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=14)


class Hands:
    """Makes one edit of each kind by number, on whatever is there."""

    def __init__(self, editor: Any) -> None:
        self.editor, self.actions, self.scene = editor, editor.actions_, editor.scene

    def _node(self, number: int) -> str | None:
        nodes = list(self.scene.nodes)
        return nodes[number % len(nodes)] if nodes else None

    def _wire(self, number: int) -> tuple[str, int] | None:
        wires = list(self.scene.wires)
        return wires[number % len(wires)] if wires else None

    def make(self, kind: int, a: int, b: int, c: int) -> None:
        one, two, wire = self._node(a), self._node(b), self._wire(a)
        marks = list(self.scene.marks)
        place = QPointF(a % 2000 - 1000, b % 2000 - 1000)
        if kind == 0:
            self.actions.add(OPS[a % len(OPS)], place)
        elif kind == 1:
            self.actions.add_value(
                "parameter", place, VALUES[a % len(VALUES)], NAMES[b % len(NAMES)] if c % 2 else None
            )
        elif kind == 2:
            self.actions.add_formula(FORMULAS[a % len(FORMULAS)], place)
        elif kind == 3:
            self.actions.add_template(
                TEMPLATES[a % len(TEMPLATES)].name, place, b % 4, one if c % 2 else None
            )
        elif kind == 4 and one is not None:
            self.actions.add(OPS[b % len(OPS)], place, Port(one, -1))
        elif kind == 5 and one is not None and two is not None:
            slots = self.scene.nodes[two].ports
            if slots:
                self.actions.connect_ports(one, two, c % slots)
        elif kind == 6 and wire is not None:
            self.actions.disconnect_wires([wire])
        elif kind == 7 and one is not None:
            self.actions.delete([one], [wire] if wire is not None and b % 2 else [])
        elif kind == 8 and one is not None:
            self.actions.delete_and_join([one])
        elif kind == 9 and one is not None:
            self.actions.rename(one, NAMES[b % len(NAMES)])
        elif kind == 10 and one is not None and self.actions.document.graph.nodes[one].is_leaf:
            self.actions.set_value(one, VALUES[b % len(VALUES)])
        elif kind == 11 and one is not None:
            self.actions.set_operation(one, OPS[b % len(OPS)])
        elif kind == 12 and one is not None:
            self.actions.set_output(one)
        elif kind == 13 and one is not None:
            self.actions.move({one: (float(b % 999), float(c % 999))}, merge="drag" if a % 2 else None)
        elif kind == 14 and one is not None and two is not None:
            self.actions.add_frame(dict.fromkeys((one, two)), TEXTS[c % len(TEXTS)])
        elif kind == 15:
            self.actions.add_note(TEXTS[c % len(TEXTS)], place)
        elif kind == 16 and marks:
            self.actions.set_text(marks[a % len(marks)], TEXTS[b % len(TEXTS)])
        elif kind == 17 and marks:
            self.actions.delete_marks([marks[a % len(marks)]])
        elif kind == 18:
            self.scene.select([id for id in (one, two) if id is not None], marks=marks[:1])
            self.actions.duplicate() if a % 2 else self.actions.nudge(1, -2)
        elif kind == 19:
            self.actions.lay_out((640.0, 480.0))
        elif kind == 20 and marks:
            self.scene.select([one] if one is not None and b % 2 else [], marks=[marks[a % len(marks)]])
            self.actions.duplicate() if c % 2 else self.actions.nudge(2, 1)
        elif kind == 21:
            self.scene.select([id for id in (one, two) if id is not None], marks=marks[: a % 3])
            self.actions.cut() if c % 2 else self.actions.copy()
        elif kind == 22:
            self.actions.paste(place)
        elif kind == 23 and marks:
            self.actions.delete([one] if one is not None and b % 2 else [], (), marks[: 1 + c % 2])


def same(a: Document, b: Document) -> bool:
    """Equal, with NaN equal to itself: as files, which is what matters in the end."""
    return files.to_text(a) == files.to_text(b)


def assert_in_step(editor: Any, document: Document) -> None:
    """What is on the canvas is the document, no more and no less."""
    graph = document.graph
    assert set(editor.scene.nodes) == set(graph.nodes)
    wires = {
        (id, i): s for id, node in graph.nodes.items() for i, s in enumerate(node.inputs) if s is not None
    }
    assert {key: item.source for key, item in editor.scene.wires.items()} == wires
    assert set(editor.scene.marks) == set(marks_of(document))


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_undoing_all_is_the_start_and_redoing_all_is_the_end(editor, chain, steps):
    session = editor.session
    session.open(chain)
    hands, stack = Hands(editor), session.undo_stack
    start = session.document
    for step in steps:
        before, index = session.document, stack.index()
        hands.make(*step)
        after = session.document
        assert_in_step(editor, after)
        assert same(files.from_text(files.to_text(after)), after)
        if stack.index() == index + 1:
            stack.undo()
            assert session.document is before
            stack.redo()
            assert session.document is after
            assert_in_step(editor, after)
        else:
            # Nothing happened, or a drag went on.
            assert stack.index() == index
    end = session.document
    stack.setIndex(0)
    assert session.document is start
    assert_in_step(editor, start)
    while stack.canRedo():
        stack.redo()
    assert session.document is end
    assert_in_step(editor, end)
    assert all(stack.text(i) for i in range(stack.count()))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_edited_can_be_cut_and_pasted_whole(editor, chain, seed):
    dice = np.random.default_rng(seed)
    editor.session.open(chain)
    hands = Hands(editor)
    for _ in range(25):
        hands.make(*(int(number) for number in (dice.integers(20), *dice.integers(10**6, size=3))))
    document = editor.session.document
    everything = list(document.graph.nodes)
    known = marks_of(document)
    data, _text = clipboard.copied(document, everything, known, editor.scene.places())
    pasted, ids, keys = clipboard.pasted(Document(), clipboard.read(data))
    assert len(ids) == len(everything)
    names = dict(zip(everything, ids, strict=True))
    for id in everything:
        mine, other = document.graph.nodes[id], pasted.graph.nodes[names[id]]
        assert other.op == mine.op and other.attrs == mine.attrs
        assert [None if s is None else names[s] for s in mine.inputs] == list(other.inputs)
    assert len(keys) == len(known)
    for key, mark in zip(keys, known.values(), strict=True):
        other = marks_of(pasted)[key]
        if isinstance(mark, Frame):
            assert other == Frame(mark.title, tuple(names[id] for id in mark.nodes))
        else:
            assert other == Note(mark.text, (mark.pos[0] + 32.0, mark.pos[1] + 32.0))
    emptied = commands.delete_nodes(document, everything)
    assert dict(emptied.graph.nodes) == {}
