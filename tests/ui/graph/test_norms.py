"""The strip of gradient norms: layers, marks, choosing a node, and the lessons that show it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gdstudio.document import library
from gdstudio.document.lessons import read_lesson
from gdstudio.document.model import Document, DocumentError
from gdstudio.document.schema import from_json, to_json
from gdstudio.engine import parse
from gdstudio.ui.graph.norm_strip import Scale
from gdstudio.ui.graph.norms import Layers
from tests.ui.helpers import find, wait_settled

Key = Qt.Key


def layers(trace):
    return Layers().of(trace)


def named(trace):
    return [[node.id for node in layer.nodes] for layer in layers(trace)]


def test_a_layer_is_what_stands_equally_far_from_the_output(chain):
    # loss = |y − (w·x + b)| at x = 2: ∂loss/∂w = 2; w feeds x1, b feeds x2; constants are no part of it.
    assert named(chain.graph.trace()) == [["w", "x1"], ["x2", "b"], ["difference"], ["loss"]]
    assert [layer.away for layer in layers(chain.graph.trace())] == [3, 2, 1, 0]
    assert [layer.title for layer in layers(chain.graph.trace())] == ["x1", "x2", "difference", "loss"]


def test_the_layers_of_a_trace_are_found_anew_when_the_graph_or_its_output_differs():
    finder = Layers()
    parameters = {"x": 3.0, "w": 2.0}
    product = parse("a = x * w\nloss = a ** 2", parameters=parameters)
    # ∂(xw)²/∂x = 2xw·w and ∂(xw)²/∂w = 2xw·x: 24 and 36 at (3, 2), 8 and 4 at (1, 2).
    found = [[(node.id, node.norm) for node in layer.nodes] for layer in finder.of(product.trace())]
    assert found == [[("w", 36.0), ("x", 24.0), ("a", 12.0)], [("loss", 1.0)]]
    moved = product.with_value("x", 1.0)
    norms = {node.id: node.norm for layer in finder.of(moved.trace()) for node in layer.nodes}
    assert norms == {"x": 8.0, "w": 4.0, "a": 4.0, "loss": 1.0}
    inner = product.with_output("a").trace()
    assert [[node.id for node in layer.nodes] for layer in finder.of(inner)] == [["w", "x", "a"]]
    other = parse("loss = x * w", parameters=parameters)
    assert [[node.id for node in layer.nodes] for layer in finder.of(other.trace())] == [["w", "x", "loss"]]


def test_a_norm_is_the_length_of_the_gradient():
    # loss = 3·a₀ + 4·a₁: the gradient is (3, 4), 5 long.
    trace = parse("loss = sum(c * a)", parameters={"a": [0.0, 0.0]}, constants={"c": [3.0, 4.0]}).trace()
    norms = {node.id: node.norm for layer in layers(trace) for node in layer.nodes}
    assert norms["a"] == pytest.approx(5.0)


def test_a_huge_gradient_has_a_finite_norm():
    trace = parse("loss = sum(c * a)", parameters={"a": [0.0, 0.0]}, constants={"c": [3e200, 4e200]}).trace()
    assert layers(trace)[0].largest.norm == pytest.approx(5e200)


def test_what_vanishes_explodes_and_is_not_finite_is_marked():
    def marks(text, **parameters):
        return {
            node.id: node.mark
            for layer in layers(parse(text, parameters=parameters).trace())
            for node in layer.nodes
        }

    assert marks("a = 1e-4 * x\nb = 1e-4 * a\nloss = b + 0", x=1.0)["x"] == "vanishing"
    assert marks("a = 1e4 * x\nb = 1e4 * a\nloss = b + 0", x=1.0)["x"] == "exploding"
    assert marks("loss = log(x)", x=0.0)["x"] == "odd"
    assert set(marks("a = 2 * x\nloss = a + 0", x=1.0).values()) == {""}


@pytest.mark.parametrize(
    ("norms", "low", "high"),
    [([1.0], -1, 1), ([2e-7, 0.3], -7, 0), ([0.0, math.nan], -1, 0), ([1e-300, 1.0], -23, 1)],
)
def test_the_scale_spans_whole_decades(norms, low, high):
    assert (Scale.around(norms).low, Scale.around(norms).high) == (low, high)


def test_a_thousandth_of_a_scale_of_six_decades_stands_in_the_middle():
    assert Scale(-6, 0).parts([1e-3, 0.0, math.inf, math.nan, 1e-7, 10.0]) == [0.5, 0.0, 1.0, 1.0, 0.0, 1.0]


def test_the_strip_comes_and_goes_by_key_button_and_menu(hand):
    assert not hand.sees("normStrip")
    hand.key(Key.Key_S)
    assert hand.sees("normStrip")
    assert hand.editor.tools.norms.isChecked()
    hand.click_tool("graphNorms")
    assert not hand.sees("normStrip")
    hand.click_tool("graphNorms")
    hand.field("normStrip").setFocus()
    QTest.keyClick(hand.field("normStrip"), Key.Key_Escape)
    assert not hand.sees("normStrip")
    assert hand.view.hasFocus()


def test_it_says_where_the_gradient_is_largest_and_smallest(hand):
    hand.key(Key.Key_S)
    assert hand.field("normStrip").sentence == "Largest 2 at w, smallest 1 at x2"
    hand.editor.actions_.set_value("x", 20.0)
    hand.settle()
    assert hand.field("normStrip").sentence == "Largest 20 at w, smallest 1 at x2"
    assert hand.field("normStrip").accessibleDescription() == hand.field("normStrip").sentence


def test_the_mouse_names_a_bar_and_a_click_selects_its_node(hand):
    hand.key(Key.Key_S)
    strip = hand.field("normStrip")
    place = strip.place(0, 0).toPoint()
    QTest.mouseMove(strip, place + QPoint(0, 1))
    assert strip.sentence == "w: gradient norm 2, layer 1 of 4"
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    assert hand.selected() == ["w"]
    assert hand.session.selected_node == "w"
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.place(0, 1).toPoint())
    assert hand.selected() == ["x1"]


def test_the_keyboard_walks_the_layers(hand):
    hand.key(Key.Key_S)
    strip = hand.field("normStrip")
    strip.setFocus()
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Left, Key.Key_Down):
        QTest.keyClick(strip, key)
    assert strip.sentence.startswith("b: gradient norm 1")
    QTest.keyClick(strip, Key.Key_Return)
    assert hand.selected() == ["b"]


def test_without_a_gradient_it_says_so(hand):
    hand.key(Key.Key_S)
    hand.session.open(Document(graph=parse("loss = c + 1", constants={"c": 1.0})))
    hand.settle()
    assert hand.field("normStrip").layers == []
    assert hand.field("normStrip").sentence.startswith("No gradient flows")


def test_it_follows_another_graph(hand):
    hand.key(Key.Key_S)
    text = "\n".join(f"h{i} = sigmoid(h{i - 1})" for i in range(1, 11)).replace("h0", "x")
    hand.session.open(Document(graph=parse(text, parameters={"x": 0.5})))
    hand.settle()
    strip = hand.field("normStrip")
    assert len(strip.layers) == 10
    # The slope of each sigmoid is s(1 − s), at most 1/4.
    norms = [layer.nodes[0].norm for layer in strip.layers]
    assert np.all(np.diff(np.log10(norms)) >= math.log10(4) - 1e-9)
    assert [node.mark for node in strip.layers[0].nodes if node.id == "x"] == ["vanishing"]


def test_the_whole_graph_stays_in_view_above_the_strip(hand):
    hand.editor.framing.frame_all()
    hand.key(Key.Key_S)
    hand.qtbot.waitUntil(lambda: hand.view.shows(hand.editor.scene.bounds()), timeout=30_000)


def test_the_graph_is_as_large_as_before_when_a_bar_has_come_and_gone(hand):
    hand.editor.framing.touch()
    hand.editor.framing.frame_all()
    before = hand.view.scale_now
    hand.editor.resize(760, 430)
    hand.key(Key.Key_S)
    hand.qtbot.waitUntil(lambda: hand.view.scale_now < before, timeout=30_000)
    hand.key(Key.Key_S)
    hand.editor.resize(760, 660)
    hand.qtbot.waitUntil(lambda: abs(hand.view.scale_now - before) < 0.01, timeout=30_000)


def test_the_lesson_on_vanishing_gradients_shows_it_for_two_steps(open_window, qtbot):
    window = open_window(library.get("vanishing_gradients"))
    shown = []
    for index in range(4):
        window.lessons_dock.panel.guide.enter(index)
        wait_settled(qtbot, window.session)
        shown.append(find(window, "normStrip").isVisible())
    assert shown == [False, True, True, False]


def test_a_strip_that_was_opened_by_hand_stays_in_a_lesson(open_window, qtbot):
    window = open_window(library.get("vanishing_gradients"))
    window.graph.show_norms(True)
    window.lessons_dock.panel.guide.enter(1)
    window.lessons_dock.panel.guide.enter(3)
    assert window.graph.norms_shown


def test_a_step_can_show_nothing_else(chain):
    step = {"title": "t", "text": "t", "show": "everything"}
    data = to_json(chain) | {"lesson": {"steps": [step]}}
    with pytest.raises(DocumentError, match=r"lesson\.steps\[0\]\.show"):
        read_lesson(from_json(data))
