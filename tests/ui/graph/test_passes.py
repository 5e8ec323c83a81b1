"""The film of forward and backward pass, its sentences, and local derivatives on wires."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QPainterPath
from PySide6.QtTest import QTest

from gdstudio.engine import parse
from gdstudio.ui.graph.passes import backward_sentence, backward_steps, forward_sentence, forward_steps

Key = Qt.Key


@pytest.fixture
def trace(chain):
    return chain.graph.trace()


@pytest.mark.parametrize(
    ("id", "sentence"),
    [
        ("x1", "x1 = x · w = 2 · 3 = 6"),
        ("x2", "x2 = x1 + b = 6 + 1 = 7"),
        ("difference", "difference = y_true − x2 = 4 − 7 = −3"),
        ("loss", "loss = |difference| = |−3| = 3"),
    ],
)
def test_forward_sentences_have_the_numbers(trace, id, sentence):
    assert forward_sentence(trace, id) == sentence


@pytest.mark.parametrize(
    ("id", "sentence"),
    [
        ("w", "∂loss/∂w = ∂loss/∂x1 · ∂x1/∂w = 1 · 2 = 2"),
        ("b", "∂loss/∂b = ∂loss/∂x2 · ∂x2/∂b = 1 · 1 = 1"),
        ("difference", "∂loss/∂difference = 1 · (−1) = −1"),
        ("x2", "∂loss/∂x2 = ∂loss/∂difference · ∂difference/∂x2 = (−1) · (−1) = 1"),
    ],
)
def test_backward_sentences_multiply_along_the_wire(trace, id, sentence):
    assert backward_sentence(trace, id) == sentence


def test_two_ways_to_the_output_are_summed():
    # loss = w·w + 5·w at w = 3: 2·3 + 5 = 11
    trace = parse("q = w * w\nr = k * w\nloss = q + r", parameters={"w": 3.0}, constants={"k": 5.0}).trace()
    assert backward_sentence(trace, "w") == (
        "∂loss/∂w = ∂loss/∂q · ∂q/∂w + ∂loss/∂q · ∂q/∂w + ∂loss/∂r · ∂r/∂w = 1 · 3 + 1 · 3 + 1 · 5 = 11"
    )


def test_tensors_are_told_by_their_numbers_or_range():
    trace = parse("e = a * x\nloss = sum(e)", parameters={"a": 2.0}, constants={"x": [1.0, 2.0, 3.0]}).trace()
    assert forward_sentence(trace, "e") == "e = a · x = 2 · [1, 2, 3] = [2, 4, 6]"
    assert backward_sentence(trace, "a") == "∂loss/∂a = ∂loss/∂e · ∂e/∂a = [all 1] · [1, 2, 3] = 6"


def test_steps_go_in_topological_order_and_back(trace):
    order = [id for step in forward_steps(trace) for id in step.nodes]
    assert set(order[:4]) == {"w", "b", "x", "y_true"}
    assert order[4:] == ["x1", "x2", "difference", "loss"]
    back = [id for step in backward_steps(trace) for id in step.nodes]
    assert back[:4] == ["loss", "difference", *back[2:4]]
    assert back.index("x2") < back.index("x1") < back.index("w")


def test_the_film_says_that_the_gradient_of_the_loss_by_itself_is_one(trace):
    first, second = (step.telling for step in backward_steps(trace)[:2])
    assert first.sentence == (
        "The backward pass begins at the output, whose gradient is 1 by definition: ∂loss/∂loss = 1"
    )
    assert second.words == (
        "difference feeds loss directly: the output's own gradient, 1 by definition, times the local derivative."
    )
    assert not any("loss}{\\partial \\mathrm{loss}" in text for text in second.formulas)


def test_there_is_no_backward_pass_without_a_scalar_output():
    graph = parse("v = a * x", parameters={"a": 2.0}, constants={"x": [1.0, 2.0]})
    assert backward_steps(graph.trace(partial=True)) == []


def test_forward_film_reveals_value_by_value(hand):
    hand.editor.play_forward()
    hand.editor.player.pause()
    hand.editor.player.show_step(0)
    assert hand.shown("w") == ("3", "–")
    assert hand.shown("x1") == ("–", "–")
    QTest.mouseClick(hand.field("passNext"), Qt.MouseButton.LeftButton)
    assert hand.shown("x1") == ("6", "–")
    assert hand.shown("loss") == ("–", "–")
    assert hand.field("passSentence").text() == "x1 = x · w = 2 · 3 = 6"
    assert hand.field("passCounter").text() == "2 / 5"
    QTest.mouseClick(hand.field("passPrevious"), Qt.MouseButton.LeftButton)
    assert hand.shown("x1") == ("–", "–")


def test_backward_film_lets_gradients_flow_back(hand):
    hand.editor.play_backward()
    hand.editor.player.pause()
    hand.editor.player.show_step(0)
    assert hand.shown("loss") == ("3", "1")
    assert hand.shown("w") == ("3", "–")
    for _ in range(hand.editor.player.count):
        QTest.mouseClick(hand.field("passNext"), Qt.MouseButton.LeftButton)
    assert hand.shown("w") == ("3", "2")


def test_a_film_plays_to_its_end_and_stands_still(hand, qtbot):
    player = hand.editor.player
    player.speed = 500.0
    hand.editor.play_forward()
    assert player.playing
    qtbot.waitUntil(lambda: not player.playing, timeout=10_000)
    assert player.index == player.count - 1
    assert not any(timer.isActive() for timer in player.findChildren(QTimer))
    assert hand.sees("passBar")
    hand.key(Key.Key_Escape)
    assert not hand.sees("passBar")
    assert hand.shown("w") == ("3", "2")


def test_an_edit_ends_the_film(hand):
    hand.editor.play_forward()
    hand.editor.actions_.set_value("w", 5.0)
    hand.settle()
    assert not hand.editor.player.is_open
    assert hand.shown("loss")[0] == "7"


def test_a_pass_that_cannot_be_says_why(hand):
    hand.editor.actions_.set_value("x", np.array([1.0, 2.0]))
    hand.editor.actions_.set_value("w", np.array([1.0, 2.0, 3.0]))
    hand.settle()
    hand.editor.play_backward()
    assert hand.field("graphRefusal").text() == (
        "The output cannot be computed; mend the nodes with a red outline first."
    )


def test_wires_carry_local_derivatives_on_demand(hand):
    wires = hand.editor.scene.wires
    assert {wire.label for wire in wires.values()} == {""}
    QTest.mouseClick(hand.field("graphLocals"), Qt.MouseButton.LeftButton)
    assert wires["x1", 1].label == "2"
    assert wires["x1", 0].label == "3"
    assert wires["difference", 1].label == "−1"
    hand.key(Key.Key_L)
    assert {wire.label for wire in wires.values()} == {""}


def test_between_nodes_side_by_side_a_derivative_is_short(hand):
    hand.editor.actions_.set_value("x", np.array(0.31831))
    hand.settle()
    hand.key(Key.Key_L)
    wire = hand.editor.scene.wires["x1", 1]
    assert wire.label == "0.318"
    hand.key(Key.Key_L)
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(200, 0)
    wire.set_path(path)
    hand.key(Key.Key_L)
    assert wire.label == "0.31831"


def test_a_selected_wire_spells_its_derivative(hand):
    wire = hand.editor.scene.wires["x1", 1]
    hand.click(hand.pixel(wire.path.pointAtPercent(0.5)))
    assert wire.label == "∂x1/∂w = 2"


def test_wires_of_a_selected_node_show_their_derivatives(hand):
    hand.click(hand.title("x2"))
    labels = {key: wire.label for key, wire in hand.editor.scene.wires.items() if wire.label}
    assert labels == {("x2", 0): "1", ("x2", 1): "1", ("difference", 1): "−1"}
