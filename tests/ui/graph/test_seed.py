"""A tensor output asks for the v of the vector-Jacobian product; every gradient in view follows it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gdstudio.document import library
from gdstudio.document.model import Document
from gdstudio.engine import parse
from gdstudio.ui.graph.passes import backward_sentence
from gdstudio.ui.graph.step_formulas import backward_formulas
from tests.ui.helpers import find, wait_settled

Key = Qt.Key
ONES = [[1.0] * 3] * 3


@pytest.fixture
def squares(hand):
    """z = 2·(x² + 2) + 1 for a 3×3 of ones: the Jacobian is 4 on its diagonal."""
    hand.session.open(Document(graph=parse("t = x*x + 2\nz = 2*t + 1", parameters={"x": ONES})))
    hand.settle()
    return hand


def gradient(hand, id="x"):
    return hand.editor.trace.gradients[id].ravel().tolist()


def enter(hand, text):
    hand.type("seedField", text)
    hand.settle()


def test_a_scalar_output_has_no_bar(hand):
    assert not hand.sees("seedBar")


def test_a_tensor_output_asks_for_v_says_why_and_begins_with_ones(squares):
    assert squares.sees("seedBar")
    assert "z is a tensor of shape 3×3 and has no single gradient" in squares.field("seedSentence").text()
    assert squares.field("seedField").text() == "1"
    assert not squares.field("seedOnes").isEnabled()
    assert gradient(squares) == [4.0] * 9


def test_any_node_can_become_the_output(hand):
    """Of the chain's four nodes each in turn; the bar comes with the tensor alone."""
    hand.editor.actions_.set_value("x", np.array([1.0, 2.0]))
    hand.settle()
    for id, tensor, slope in (("x1", True, 3.0), ("w", False, 1.0), ("loss", True, None)):
        hand.editor.scene.select([id])
        hand.key(Key.Key_O)
        hand.settle()
        assert hand.sees("seedBar") == tensor
        if slope is not None:
            assert hand.editor.trace.gradients["w"] == slope


def test_one_number_weights_all_elements(squares):
    enter(squares, "1/9")
    np.testing.assert_allclose(gradient(squares), [4 / 9] * 9)
    assert squares.shown("x")[1] == "all 0.4444"


def test_a_list_weights_each_element_and_fills_the_shape(squares):
    enter(squares, "1 2 3 4 5 6 7 8 9")
    assert gradient(squares) == [4.0 * i for i in range(1, 10)]
    assert squares.field("seedField").text() == "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"


def test_one_one_among_zeros_gives_a_row_of_the_jacobian(hand):
    # y = A @ x: row 1 of the Jacobian is row 1 of A.
    graph = parse("y = A @ x", parameters={"x": [1.0, 1.0]}, constants={"A": [[1.0, 2.0], [3.0, 4.0]]})
    hand.session.open(Document(graph=graph))
    hand.settle()
    assert gradient(hand) == [4.0, 6.0]
    enter(hand, "[0, 1]")
    assert gradient(hand) == [3.0, 4.0]
    hand.click_tool("seedOnes")
    hand.settle()
    assert gradient(hand) == [4.0, 6.0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", "v needs the shape 3×3 of z, or one number for all; this has the shape 2."),
        ("nan", "The weights in v are finite numbers; NaN and infinity would spread to every gradient."),
        ("many", "“many” is no number; type one such as 2.5, or a list such as [1, 2, 3]."),
    ],
)
def test_a_wrong_v_is_kept_with_the_reason_and_changes_nothing(squares, text, said):
    enter(squares, text)
    assert squares.field("seedError").text() == said
    assert squares.field("seedField").text() == text
    assert gradient(squares) == [4.0] * 9
    QTest.keyClick(squares.field("seedField"), Key.Key_Escape)
    assert squares.field("seedField").text() == "1"
    assert not squares.sees("seedError")


def test_v_is_edited_as_a_table(squares):
    squares.click_tool("seedTable")
    cells = squares.field("tensorCells")
    cells.model().setData(cells.model().index(1, 2), "5")
    squares.click_tool("tensorDone")
    squares.settle()
    assert gradient(squares) == [4.0] * 5 + [20.0] + [4.0] * 3
    assert squares.field("seedField").text() == "[[1, 1, 1], [1, 1, 5], [1, 1, 1]]"


def test_a_table_of_another_shape_is_refused(squares):
    squares.click_tool("seedTable")
    squares.type("tensorShape", "2")
    squares.click_tool("tensorDone")
    assert "v needs the shape 3×3 of z" in squares.field("tensorError").text()
    assert gradient(squares) == [4.0] * 9


def test_v_stays_through_edits_and_is_no_edit_itself(squares):
    enter(squares, "3")
    assert not squares.session.undo_stack.canUndo()
    squares.editor.actions_.set_value("x", np.full((3, 3), 2.0))
    squares.settle()
    assert gradient(squares) == [24.0] * 9
    squares.editor.actions_.rename("z", "y")
    squares.settle()
    assert gradient(squares) == [24.0] * 9
    squares.editor.actions_.set_output("t")
    squares.settle()
    assert gradient(squares) == [4.0] * 9
    squares.session.undo_stack.undo()
    squares.settle()
    assert gradient(squares) == [24.0] * 9


def test_v_goes_with_its_document_and_with_its_shape(squares):
    enter(squares, "3")
    squares.editor.actions_.set_value("x", np.array([1.0, 2.0]))
    squares.settle()
    assert squares.field("seedField").text() == "1"
    squares.session.open(Document(graph=parse("z = 2*x", parameters={"x": ONES})))
    squares.settle()
    assert gradient(squares) == [2.0] * 9


def test_the_film_begins_with_v_and_names_what_is_derived(squares):
    enter(squares, "3")
    squares.editor.play_backward()
    squares.editor.player.pause()
    squares.editor.player.show_step(0)
    said = squares.field("passSentence").text()
    assert said == "The backward pass begins with v at the output: ∂(vᵀz)/∂z = v = [all 3]"
    assert backward_sentence(squares.editor.trace, "t") == "grad_t = c2 · grad_multiply2 = [all 6]"
    assert backward_formulas(squares.editor.trace, "t")[-1].startswith(
        r"\frac{\partial (v^{\top} z)}{\partial t}"
    )


def test_paths_and_check_follow_v(squares, qtbot):
    enter(squares, "3")
    squares.editor.scene.select(["x"])
    with qtbot.waitSignal(squares.editor.studies.paths.shown, timeout=30_000):
        squares.key(Key.Key_P)
    assert "∂z/∂x = [all 12]" in squares.field("pathBarSentence").text()
    assert squares.field("pathBarRemark").text().endswith("weighted by v.")
    squares.view.setFocus()
    with qtbot.waitSignal(squares.editor.studies.check.shown, timeout=30_000):
        squares.key(Key.Key_G)
    assert squares.field("checkBarSentence").text() == "Both gradients agree for every parameter."
    assert squares.editor.studies.check.table.topLevelItem(0).text(1) == "[all 12]"


def test_the_inspector_names_what_is_derived(open_window, qtbot):
    window = open_window(Document(graph=parse("z = x**2", parameters={"x": [1.0, 2.0]})))
    window.session.select_node("x")
    assert "∂(vᵀz)/∂x = [all 1] · diag [2, 4] = [2, 4]" in find(window, "inspector").toPlainText()


def test_the_lesson_on_autograd_shows_ones_then_takes_a_v(open_window, qtbot):
    window = open_window(library.get("autograd"))
    window.lessons_dock.panel.guide.enter(2)
    wait_settled(qtbot, window.session)
    assert find(window, "seedBar").isVisible()
    assert np.all(window.session.trace.gradients["x"] == 4)
    field = find(window, "seedField")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1/9")
    QTest.keyClick(field, Key.Key_Return)
    wait_settled(qtbot, window.session)
    np.testing.assert_allclose(window.session.trace.gradients["x"], 4 / 9)
