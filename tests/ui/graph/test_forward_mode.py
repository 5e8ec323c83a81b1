"""Forward mode as a film beside reverse mode, the controls of the films, and their typeset formulas."""

from __future__ import annotations

import numpy as np
import pytest
import ziamath
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from gdstudio.document.model import Document
from gdstudio.engine import parse
from gdstudio.ui.graph.passes import backward_sentence, backward_steps, forward_steps
from gdstudio.ui.graph.step_formulas import backward_formulas, forward_formulas
from gdstudio.ui.graph.tangents import Coordinate, coordinates, forward_mode, passes_needed

Key = Qt.Key


@pytest.fixture
def layer():
    """h = x·W with x (1×2), W (2×2); loss = sum(h): dloss/dW[i,j] = x[i]."""
    return parse(
        "h = x @ W\nloss = sum(h)", parameters={"W": [[1.0, 2.0], [3.0, 4.0]]}, constants={"x": [[5.0, 6.0]]}
    )


def choose(combo: QComboBox, text: str) -> None:
    """Choose an entry as a person does, with the keyboard."""
    combo.setFocus()
    QTest.keyClick(combo, Key.Key_Home)
    for _ in range(combo.findText(text)):
        QTest.keyClick(combo, Key.Key_Down)
    assert combo.currentText() == text
    combo.activated.emit(combo.currentIndex())


# Plain functions


def test_a_tangent_is_told_with_its_rule_and_its_numbers(chain):
    film = forward_mode(chain.graph.trace(), Coordinate("w"))
    said = {step.nodes: step.sentence for step in film.steps}
    assert said["x1",] == "dx1 = w · dx + x · dw = 3 · 0 + 2 · 1 = 2"
    assert said["x2",] == "dx2 = dx1 + db = 2 + 0 = 2"
    assert said["difference",] == "ddifference = dy_true − dx2 = 0 − 2 = −2"
    assert said["loss",] == "dloss = sign(difference) · ddifference = sign(−3) · (−2) = 2"


def test_forward_mode_arrives_at_the_gradient_of_reverse_mode(layer):
    trace = layer.trace()
    for coordinate in coordinates(layer):
        if coordinate.id == "W":
            assert forward_mode(trace, coordinate).values["loss"] == trace.gradients["W"][coordinate.index]
    assert trace.gradients["W"].tolist() == [[5, 5], [6, 6]]


def test_a_function_without_a_rule_is_told_by_its_local_derivative():
    trace = parse("y = gelu(x)", parameters={"x": 0.0}).trace()
    # gelu'(0) is the normal distribution function at 0, a half.
    assert forward_mode(trace, Coordinate("x")).steps[1].sentence == "dy = ∂y/∂x · dx = 0.5 · 1 = 0.5"


def test_each_number_of_each_leaf_can_be_moved(layer):
    names = [str(coordinate) for coordinate in coordinates(layer)]
    assert names == ["W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]", "x[0,0]", "x[0,1]"]
    assert Coordinate("W", (1, 0)).tangent((2, 2)).tolist() == [[0, 0], [1, 0]]
    many = parse("loss = sum(x)", parameters={"x": np.ones(1000)})
    assert len(coordinates(many)) == 400


def test_how_many_passes_each_mode_needs(layer, chain):
    assert passes_needed(chain.graph) == (1, 2)
    assert passes_needed(layer) == (1, 4)
    assert passes_needed(layer.with_output("h")) == (2, 4)


def test_the_formulas_have_the_numbers_in_them(chain):
    trace = chain.graph.trace()
    assert forward_formulas(trace, "x1")[0] == r"x_{1} = x \, w = 2 \cdot 3 = 6"
    assert forward_formulas(trace, "x1")[-1] == r"x_{1} = x \, w"
    assert backward_formulas(trace, "w")[0].endswith(r"= 1 \cdot 2 = 2")
    assert backward_formulas(trace, "x2")[0].endswith(r"= \left({-1}\right) \cdot \left({-1}\right) = 1")
    assert forward_formulas(trace, "w") == backward_formulas(trace, "loss") == ()


def test_the_formula_of_a_tensor_is_its_rule_with_matrices(layer):
    first, second, names = backward_formulas(layer.trace(), "W")
    assert names.startswith(r"\frac{\partial \mathrm{loss}}{\partial W} = {x}^{T}")
    assert r"\begin{pmatrix}5 & 5\\ 6 & 6\end{pmatrix}" in second
    assert r"\begin{pmatrix}5 & 6\end{pmatrix}" in first


@pytest.mark.parametrize("text", ["a / b", "tanh(a)"])
def test_formulas_with_matrices_can_be_drawn(text):
    leaves = {"a": [[1.0, -2.0], [0.5, 3.0]], "b": [[1.0, 2.0], [2.0, -1.0]]}
    graph = parse(
        f"y = {text}", parameters={name: value for name, value in leaves.items() if name in text[-7:]}
    )
    trace = graph.trace(seed=np.ones((2, 2)))
    film = forward_mode(trace, Coordinate("a", (0, 0)))
    steps = [forward_steps(trace)[-1], backward_steps(trace)[-1], film.steps[-1]]
    drawn = [ziamath.Latex(step.formulas[0], size=17).svg() for step in steps]
    assert all("<path" in picture for picture in drawn)


def test_large_tensors_are_named_and_told_by_their_rule():
    graph = parse(
        "h = x @ W\nloss = sum(h)", parameters={"W": np.ones((20, 30))}, constants={"x": np.ones((10, 20))}
    )
    trace = graph.trace()
    assert backward_sentence(trace, "W") == "grad_W = xᵀ @ grad_h = [all 10]"
    assert len(backward_formulas(trace, "W")) == 2
    words = {step.nodes: step.words for step in (*forward_steps(trace), *backward_steps(trace))}
    assert (
        words["W",]
        == "W [20×30] reaches loss through h [10×30]: what arrives there, times the local derivative."
    )


# Through the window


def test_forward_mode_moves_the_selected_leaf(hand):
    hand.editor.scene.select(["b"])
    with hand.qtbot.waitSignal(hand.editor.player.opened, timeout=30_000):
        hand.key(Key.Key_J)
    hand.editor.player.pause()
    hand.editor.player.show_step(0)
    assert hand.shown("b") == ("1", "d = 1")
    assert hand.shown("w") == ("3", "d = 0")
    assert hand.shown("x2") == ("7", "–")
    assert hand.field("passWords").text() == "b moves by 1, every other leaf stands still."
    for _ in range(hand.editor.player.count):
        QTest.mouseClick(hand.field("passNext"), Qt.MouseButton.LeftButton)
    assert hand.shown("loss") == ("3", "d = 1")
    assert hand.shown("x1") == ("6", "d = 0")
    hand.key(Key.Key_Escape)
    assert hand.shown("b") == ("1", "1")


def test_only_wires_that_carry_a_movement_are_lit(hand):
    hand.editor.scene.select(["w"])
    with hand.qtbot.waitSignal(hand.editor.player.opened, timeout=30_000):
        hand.key(Key.Key_J)
    steps = {step.nodes: step.wires for step in hand.editor.player._steps}
    assert steps["x2",] == (("x2", 0),)


def test_the_bar_changes_between_the_passes_and_the_number_that_moves(hand):
    hand.editor.play_backward()
    assert not hand.sees("passCoordinate")
    player = hand.editor.player
    choose(hand.field("passKind"), "Forward mode: derivatives")
    hand.qtbot.waitUntil(lambda: player.direction == "tangent", timeout=30_000)
    assert hand.field("passCoordinate").currentText() == "dw"
    choose(hand.field("passCoordinate"), "db")
    hand.qtbot.waitUntil(lambda: str(player.coordinate) == "b", timeout=30_000)
    player.pause()
    player.show_step(99)
    assert hand.shown("loss")[1] == "d = 1"
    choose(hand.field("passKind"), "Forward pass: values")
    assert hand.editor.player.direction == "forward"


def test_a_film_that_is_not_there_yet_does_not_begin_after_escape(hand):
    player, worker = hand.editor.player, hand.editor.player._worker
    with hand.qtbot.waitSignal(worker.finished, timeout=30_000):
        hand.editor.play_forward_mode()
        assert not player.is_open
        player.close()
    assert not player.is_open


def test_the_bar_says_what_each_mode_costs(hand):
    hand.editor.play_backward()
    said = hand.editor.pass_bar.findChild(type(hand.field("passRemark")), "passRemark").full_text()
    assert said == "Passes for all derivatives: reverse mode 1, forward mode 2"
    hand.editor.play_forward()
    assert not hand.sees("passRemark")


def test_arrow_keys_step_through_a_film_and_nudge_without_one(hand):
    hand.editor.scene.select(["w"])
    place = hand.editor.scene.places()["w"]
    hand.editor.play_forward()
    hand.key(Key.Key_Right)
    assert (hand.editor.player.index, hand.editor.player.playing) == (1, False)
    hand.key(Key.Key_Left)
    assert hand.editor.player.index == 0
    assert hand.editor.scene.places()["w"] == place
    hand.key(Key.Key_Escape)
    hand.key(Key.Key_Right)
    assert hand.editor.scene.places()["w"][0] > place[0]


def test_the_strip_and_the_v_make_room_for_a_film(hand):
    hand.editor.actions_.set_value("x", np.array([1.0, 2.0]))
    hand.settle()
    hand.key(Key.Key_S)
    assert hand.sees("normStrip") and hand.sees("seedBar")
    hand.editor.play_backward()
    assert hand.sees("normStrip") and not hand.sees("seedBar")
    hand.key(Key.Key_Escape)
    hand.editor.resize(760, 420)
    hand.editor.play_backward()
    assert not hand.sees("normStrip")
    hand.key(Key.Key_Escape)
    assert hand.sees("normStrip") and hand.sees("seedBar")


def test_the_strip_shows_what_the_film_has_brought(hand):
    hand.key(Key.Key_S)
    strip = hand.field("normStrip")
    whole = strip.grab().toImage()
    hand.editor.play_backward()
    hand.editor.player.pause()
    hand.editor.player.show_step(0)
    begun = strip.grab().toImage()
    assert hand.editor.player.gradients_seen == {"loss"}
    assert strip.sentence == ""
    assert begun != whole
    hand.key(Key.Key_Escape)
    assert strip.sentence == "Largest 2 at w, smallest 1 at x2"


def test_the_speed_is_chosen(hand):
    hand.editor.play_forward()
    choose(hand.field("passSpeed"), "4×")
    assert hand.editor.player.speed == pytest.approx(4.0)
    choose(hand.field("passSpeed"), "½×")
    assert hand.editor.player.speed == pytest.approx(0.5)


def test_the_sentence_is_typeset_with_its_numbers(hand):
    hand.editor.play_forward()
    hand.editor.player.pause()
    hand.editor.player.show_step(1)
    label = hand.field("passSentence")
    hand.qtbot.waitUntil(lambda: label.formula != "", timeout=30_000)
    assert label.formula == r"x_{1} = x \, w = 2 \cdot 3 = 6"
    assert label.text() == "x1 = x · w = 2 · 3 = 6"
    image = label.grab().toImage()
    ink = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())}
    assert len(ink) > 2, "nothing is drawn"


def test_a_narrow_bar_takes_a_shorter_formula(hand):
    hand.editor.play_backward()
    hand.editor.player.pause()
    hand.editor.player.show_step(99)
    label = hand.field("passSentence")
    hand.qtbot.waitUntil(lambda: label.formula != "", timeout=30_000)
    assert label.formula.endswith(r"1 \cdot 2 = 2")
    label.setFixedWidth(130)
    hand.qtbot.waitUntil(lambda: label.formula.count("=") == 1 or label.formula == "", timeout=30_000)


def test_the_canvas_keeps_its_height_from_step_to_step(hand, layer):
    hand.session.open(Document(graph=layer))
    hand.settle()
    hand.editor.play_backward()
    hand.editor.player.pause()
    heights = set()
    for index in range(hand.editor.player.count):
        hand.editor.player.show_step(index)
        heights.add(hand.editor.pass_bar.sizeHint().height())
    assert len(heights) == 1


def test_a_document_without_leaves_has_no_forward_mode(hand):
    hand.session.open(Document())
    hand.settle()
    hand.key(Key.Key_J)
    assert hand.sees("graphRefusal")
    assert not hand.sees("passBar")
