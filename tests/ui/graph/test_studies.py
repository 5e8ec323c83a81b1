"""The path explorer, and the numerical beside the analytic gradient."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from gdstudio.document.model import Document
from gdstudio.engine import EngineError, parse
from gdstudio.ui import commands
from gdstudio.ui import theme as themes
from gdstudio.ui.graph.looks import Light
from gdstudio.ui.graph.paths import ends, explore

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fork(hand):
    """loss = (x + x²)·x at x = 3: the derivative is 2x + 3x² = 33, over three paths."""
    hand.session.open(Document(graph=parse("a = x**2\nb = x + a\nloss = b * x", parameters={"x": 3.0})))
    hand.settle()
    return hand


def table(hand, name):
    tree = hand.field(name)
    rows = range(tree.topLevelItemCount())
    return [[tree.topLevelItem(i).text(c) for c in range(tree.columnCount())] for i in rows]


def open_paths(hand, *ids):
    hand.editor.scene.select(ids)
    with hand.qtbot.waitSignal(hand.editor.studies.paths.shown):
        hand.key(Key.Key_P)


def lit_wires(hand):
    return {key for key, wire in hand.editor.scene.wires.items() if wire._light is Light.GRADIENT}


def test_every_path_stands_with_its_product_and_they_add_up(fork):
    open_paths(fork, "x")
    rows = table(fork, "pathBarTable")
    products = {row[0]: row[2] for row in rows}
    # b = 12: ∂loss/∂b = 3, ∂a/∂x = 6, ∂loss/∂x directly = 12.
    assert products == {"x → b → loss": "3", "x → a → b → loss": "18", "x → loss": "12", "sum": "33"}
    assert "∂loss/∂x = 33" in fork.field("pathBarSentence").text()


def test_the_paths_are_lit_together_and_one_by_one(fork):
    open_paths(fork, "x")
    assert lit_wires(fork) == set(fork.editor.scene.wires)
    tree = fork.field("pathBarTable")
    assert tree.hasFocus()
    while tree.currentItem().text(0) != "x → loss":
        QTest.keyClick(tree, Key.Key_Up)
    assert lit_wires(fork) == {("loss", 1)}
    QTest.keyClick(tree, Key.Key_Escape)
    assert lit_wires(fork) == set()
    assert not fork.sees("pathBar")
    assert fork.view.hasFocus()


def test_a_failure_stands_in_the_place_of_the_paths(fork, monkeypatch):
    open_paths(fork, "x")

    def fail():
        raise EngineError("there are too many paths")

    monkeypatch.setattr(fork.editor.studies.paths, "job", lambda: fail)
    with fork.qtbot.waitSignal(fork.editor.studies.paths.shown):
        fork.session.edit("Other", commands.set_value(fork.session.document, "x", np.array(2.0)))
    assert fork.field("pathBarSentence").text() == "There are too many paths."
    assert not fork.sees("pathBarTable")
    assert lit_wires(fork) == set()


def test_two_selected_nodes_in_either_order_are_the_ends(fork):
    fork.click(fork.title("b"))
    fork.click(fork.title("x"), SHIFT)
    with fork.qtbot.waitSignal(fork.editor.studies.paths.shown):
        fork.click_tool("graphPaths")
    assert sorted(row[2] for row in table(fork, "pathBarTable")) == ["1", "6", "7"]


def test_the_paths_follow_a_value_and_close_with_their_ends(fork):
    open_paths(fork, "x")
    with fork.qtbot.waitSignal(fork.editor.studies.paths.shown):
        fork.editor.actions_.set_value("x", 1.0)
    assert "∂loss/∂x = 5" in fork.field("pathBarSentence").text()
    fork.editor.actions_.delete(["x"])
    assert not fork.sees("pathBar")


def test_a_film_and_the_paths_do_not_stand_side_by_side(fork):
    open_paths(fork, "x")
    fork.editor.play_backward()
    assert not fork.sees("pathBar") and fork.sees("passBar")
    open_paths(fork, "x")
    assert fork.sees("pathBar") and not fork.sees("passBar")


def test_nodes_without_a_way_between_them_say_so(hand):
    hand.editor.scene.select(["w", "y_true"])
    hand.key(Key.Key_P)
    assert hand.field("graphRefusal").text() == "No path leads from w to y_true or back."
    assert themes.current().error.name() in hand.field("graphRefusal").styleSheet()
    hand.editor.scene.select()
    hand.key(Key.Key_P)
    assert hand.field("graphRefusal").text() == "Select two nodes to see the paths between them."
    # What to do first is no error.
    assert themes.current().error.name() not in hand.field("graphRefusal").styleSheet()


def test_the_order_of_the_ends_follows_the_wires(chain):
    assert ends(chain.graph, "loss", "w") == ("w", "loss")
    assert ends(chain.graph, "w", "w") is None
    assert ends(chain.graph, "w", "b") is None


def test_a_vector_counts_as_its_sum():
    graph = parse("y = w * x", parameters={"w": np.array([1.0, 2.0])}, constants={"x": np.array([3.0, 4.0])})
    report = explore(graph, "w", "y")
    assert [row.product for row in report.rows] == ["[3, 4]"]
    assert report.remark == "y has shape 2: the numbers are derivatives of its sum."


def test_too_many_paths_are_counted_not_listed():
    lines = [f"n{i + 1} = n{i} + n{i}" for i in range(10)]
    report = explore(parse("\n".join(lines), parameters={"n0": 1.0}), "n0", "n10")
    assert report.rows == () and "1,024 paths" in report.remark
    assert report.nodes == {f"n{i}" for i in range(11)}


def test_a_broken_node_on_the_way_is_named():
    graph = parse("y = x * x", parameters={"x": 1.0}).with_nodes()
    broken = graph.connected("y", 1, None)
    report = explore(broken, "x", "y")
    assert report.rows == () and report.remark


def test_both_gradients_of_every_parameter_stand_side_by_side(hand):
    with hand.qtbot.waitSignal(hand.editor.studies.check.shown):
        hand.key(Key.Key_G)
    rows = table(hand, "checkBarTable")
    assert [(row[0], row[1], row[4]) for row in rows] == [("w", "2", "✓ agrees"), ("b", "1", "✓ agrees")]
    assert all(abs(float(row[2]) - float(row[1])) < 1e-6 for row in rows)
    assert hand.field("checkBarSentence").text() == "Both gradients agree for every parameter."
    assert "all 2 numbers in 1 pass" in hand.field("checkBarRemark").text()
    QTest.keyClick(hand.field("checkBarTable"), Key.Key_Down)
    assert len(hand.selected()) == 1
    hand.editor.escape()
    assert not hand.sees("checkBar")


def test_a_kink_is_no_mistake(hand):
    hand.session.open(Document(graph=parse("loss = relu(x)", parameters={"x": 0.0})))
    hand.settle()
    with hand.qtbot.waitSignal(hand.editor.studies.check.shown):
        hand.key(Key.Key_G)
    assert table(hand, "checkBarTable")[0][4] == "∧ kink"
    assert "no gradient at a kink" in hand.field("checkBarSentence").text()


def test_what_cannot_be_checked_says_why(hand):
    hand.session.open(Document(graph=parse("loss = x * x", constants={"x": 1.0})))
    hand.settle()
    hand.key(Key.Key_G)
    assert "no parameter" in hand.field("graphRefusal").text()
    assert not hand.sees("checkBar")


def test_the_buttons_have_names(hand):
    for name in ("graphPaths", "graphCheck"):
        button = hand.editor.findChild(QToolButton, name)
        assert button.accessibleName() and button.toolTip() == button.accessibleName()
