"""Tensors on nodes: the table, the picture, and marks on numbers that are not well."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gdstudio.document.model import Document
from gdstudio.engine import parse
from gdstudio.ui import theme
from gdstudio.ui.graph import numbers
from gdstudio.ui.graph.faces import FaceMaker
from gdstudio.ui.graph.heat import Heat, levels
from gdstudio.ui.graph.node_parts import number_rows, number_sizes
from gdstudio.ui.graph.tensor_model import parse_block, parse_shape

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def matrix(hand):
    """loss = sum of (W v)² with W = [[1, 2], [3, 4]], v = [1, −1]."""
    graph = parse(
        "y = W @ v\nloss = sum(y**2)",
        parameters={"W": np.array([[1.0, 2.0], [3.0, 4.0]])},
        constants={"v": np.array([1.0, -1.0])},
    )
    hand.session.open(Document(graph=graph))
    hand.settle()
    return hand


def open_table(hand, id):
    hand.editor.scene.select([id])
    hand.key(Key.Key_T)
    return hand.field("tensorCells")


def value(hand, id):
    return hand.graph().nodes[id].value


def type_cell(hand, cells, row, column, text):
    cells.setCurrentIndex(cells.model().index(row, column))
    QTest.keyClick(cells, Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    hand.qtbot.waitUntil(cells.hasFocus)


def test_a_tensor_opens_as_a_table_and_a_number_as_a_field(matrix):
    matrix.double_click(matrix.number("W"))
    cells = matrix.field("tensorCells")
    assert cells.accessibleName() == "Value of W"
    texts = [[cells.model().index(r, c).data() for c in range(2)] for r in range(2)]
    assert texts == [["1", "2"], ["3", "4"]]
    assert matrix.field("tensorStatistics").text() == ("4 numbers · min 1 · max 4 · mean 2.5 · std 1.118")


def test_cells_are_typed_and_done_is_one_step(matrix):
    cells = open_table(matrix, "W")
    type_cell(matrix, cells, 0, 1, "1/4")
    type_cell(matrix, cells, 1, 0, "-3")
    assert matrix.session.undo_stack.count() == 0
    QTest.mouseClick(matrix.field("tensorDone"), Qt.MouseButton.LeftButton)
    assert value(matrix, "W").tolist() == [[1, 0.25], [-3, 4]]
    assert matrix.session.undo_stack.count() == 1
    matrix.session.undo_stack.undo()
    assert value(matrix, "W").tolist() == [[1, 2], [3, 4]]
    assert matrix.view.hasFocus()


def test_nonsense_in_a_cell_says_so_and_loses_nothing(matrix):
    cells = open_table(matrix, "W")
    type_cell(matrix, cells, 0, 0, "many")
    assert "“many” is no number" in matrix.field("tensorError").text()
    assert cells.model().index(0, 0).data() == "1"
    QTest.keyClick(cells, Key.Key_Escape)
    assert not matrix.sees("tensorTable")
    assert matrix.session.undo_stack.count() == 0


@pytest.mark.parametrize("keys", [False, True])
def test_done_does_not_close_the_table_over_a_cell_that_is_refused(matrix, keys):
    cells = open_table(matrix, "W")
    type_cell(matrix, cells, 1, 1, "7")
    cells.setCurrentIndex(cells.model().index(0, 0))
    QTest.keyClick(cells, Key.Key_Return)
    field, done = QApplication.focusWidget(), matrix.field("tensorDone")
    field.selectAll()
    QTest.keyClicks(field, "3,x")
    if keys:
        QTest.keyClick(field, Key.Key_Return, CTRL)
    else:
        QTest.mouseClick(done, Qt.MouseButton.LeftButton)
    assert "“3,x” is no number" in matrix.field("tensorError").text()
    assert matrix.session.undo_stack.count() == 0
    QTest.mouseClick(done, Qt.MouseButton.LeftButton)
    assert value(matrix, "W").tolist() == [[1, 2], [3, 7]]


def test_done_does_not_close_the_table_over_a_shape_that_is_refused(matrix):
    open_table(matrix, "W")
    shape = matrix.field("tensorShape")
    shape.setFocus()
    shape.selectAll()
    QTest.keyClicks(shape, "big")
    QTest.mouseClick(matrix.field("tensorDone"), Qt.MouseButton.LeftButton)
    assert "is no shape" in matrix.field("tensorError").text()
    QTest.mouseClick(matrix.field("tensorDone"), Qt.MouseButton.LeftButton)
    assert not matrix.sees("tensorTable")


def test_a_block_from_a_spreadsheet_is_pasted_and_grows_the_matrix(matrix):
    cells = open_table(matrix, "W")
    QApplication.clipboard().setText("1,5\t2\n3\t4\n5\t6\n")
    QTest.keyClick(cells, Key.Key_V, CTRL)
    assert matrix.field("tensorShape").text() == "3×2"
    QTest.keyClick(cells, Key.Key_Return, CTRL)
    assert value(matrix, "W").tolist() == [[1.5, 2], [3, 4], [5, 6]]


def test_a_column_from_a_spreadsheet_fills_a_vector(matrix):
    cells = open_table(matrix, "v")
    QApplication.clipboard().setText("7\n8\n9")
    QTest.keyClick(cells, Key.Key_V, CTRL)
    QTest.keyClick(cells, Key.Key_Return, CTRL)
    assert value(matrix, "v").tolist() == [7, 8, 9]


def test_a_block_that_is_none_says_which_cell(matrix):
    cells = open_table(matrix, "W")
    QApplication.clipboard().setText("1\t2\n3\tfour")
    QTest.keyClick(cells, Key.Key_V, CTRL)
    assert matrix.field("tensorError").text() == "“four” in line 2 is no number."
    assert cells.model().index(1, 1).data() == "4"


def test_copied_cells_paste_into_a_spreadsheet(matrix):
    cells = open_table(matrix, "W")
    cells.selectAll()
    QTest.keyClick(cells, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "1\t2\n3\t4"


def test_another_shape_keeps_the_numbers_that_fit(matrix):
    cells = open_table(matrix, "W")
    shape = matrix.field("tensorShape")
    for text, expected in (("4", [1, 2, 3, 4]), ("2×2", [[1, 2], [3, 4]]), ("1x3", [[1, 2, 0]])):
        shape.selectAll()
        QTest.keyClicks(shape, text)
        QTest.keyClick(shape, Key.Key_Return)
        assert cells.model().array.tolist() == expected
    shape.selectAll()
    QTest.keyClicks(shape, "big")
    QTest.keyClick(shape, Key.Key_Return)
    assert "is no shape" in matrix.field("tensorError").text()


def test_the_table_of_an_operation_is_for_reading(matrix):
    cells = open_table(matrix, "y")
    assert [cells.model().index(0, c).data() for c in range(2)] == ["−1", "−1"]
    assert not cells.model().flags(cells.model().index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not matrix.sees("tensorDone")
    QTest.mouseClick(matrix.field("tensorClose"), Qt.MouseButton.LeftButton)
    assert not matrix.sees("tensorTable")


def test_axes_beyond_the_second_stand_below_each_other(hand):
    array = np.arange(12.0).reshape(2, 3, 2)
    hand.session.open(Document(graph=parse("loss = sum(t)", parameters={"t": array})))
    hand.settle()
    cells = open_table(hand, "t")
    model = cells.model()
    assert (model.rowCount(), model.columnCount()) == (6, 2)
    assert model.headerData(4, Qt.Orientation.Vertical) == "1, 1"
    type_cell(hand, cells, 5, 1, "99")
    QTest.keyClick(cells, Key.Key_Return, CTRL)
    assert float(value(hand, "t")[1, 2, 1]) == 99


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1 2\n3 4", [[1, 2], [3, 4]]),
        ("1, 2, 3", [[1, 2, 3]]),
        ("1,5;2,5", [[1.5, 2.5]]),
        ("[[1, 2],\n [3, 4]]", [[1, 2], [3, 4]]),
        ("−1e−3\t\n", [[-0.001, 0]]),
    ],
)
def test_blocks_of_many_kinds_are_read(text, block):
    assert parse_block(text).tolist() == block


@pytest.mark.parametrize("text", ["", "  \n", "1 2\n3", "a b"])
def test_other_texts_are_no_block(text):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_block(text)


def test_shapes_are_read():
    assert parse_shape("3×2") == parse_shape("(3, 2)") == parse_shape("3 x 2") == (3, 2)
    assert parse_shape("") == ()
    for text in ("0", "3×-1", "1000×1000", "a"):
        with pytest.raises(ValueError):
            parse_shape(text)


# Pictures


def test_the_picture_runs_from_the_smallest_to_the_largest_number():
    assert levels(np.array([2.0, 4.0, 3.0])).tolist() == [[0, 1, 0.5]]
    assert levels(np.full((2, 2), 7.0)).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    odd = levels(np.array([[np.nan, 1.0], [2.0, np.inf]]))
    assert np.isnan(odd).tolist() == [[True, False], [False, True]]
    assert levels(np.array([-1e308, 1e308])).tolist() == [[0, 1]]
    assert max(levels(np.zeros((1000, 77))).shape) <= 32


def test_only_tensors_have_a_picture(matrix):
    assert matrix.face("loss").heat is None
    array = value(matrix, "W")
    assert matrix.face("W").heat == Heat(array) != Heat(array.copy())


# Marks


def face_maker(text, parameters, **constants):
    graph = parse(text, parameters=parameters, constants=constants)
    return FaceMaker(graph, graph.trace(partial=True))


def test_the_first_node_with_nan_is_named():
    made = face_maker("a = w - x\nb = log(a)\nc = b * w\nloss = abs(c)", {"w": 1.0}, x=3.0)
    assert made.face("b").begins == "NaN"
    assert made.face("b").trouble == "NaN begins here: b = log(a) = log(−2) = NaN."
    assert made.face("c").trouble == "NaN comes from b." and made.face("c").begins == ""
    assert made.face("a").trouble != "" and made.face("a").begins == ""
    assert "NaN begins here" in made.tooltip("b") and "NaN begins here" in made.spoken("b")


def test_a_gradient_that_becomes_infinite_is_named_where_it_does():
    made = face_maker("a = w**2\nb = log(a)\nloss = exp(b)", {"w": 0.0})
    # log 0 = −∞ is already the value's trouble.
    assert made.face("b").begins == "−∞"
    made = face_maker("a = w * 1e200\nloss = a * 1e200", {"w": 0.0})
    assert made.face("a").begins == "" and made.face("w").begins == "∞"
    assert "on the way back" in made.face("w").trouble


def test_vanishing_and_exploding_gradients_are_marked():
    small = face_maker("a = w * 0.0001\nb = a * 0.0001\nloss = b + v", {"w": 1.0, "v": 1.0})
    assert small.face("w").gradients[0].startswith("↓ ")
    assert small.face("w").trouble == "The gradient vanishes: it is 1e−8 of the largest one."
    assert small.face("a").trouble == ""
    large = face_maker("a = w * 10000\nloss = a * 10000", {"w": 1.0})
    assert large.face("w").gradients[0].startswith("↑ ")
    assert "1e8 times the output's" in large.face("w").trouble
    none = face_maker("loss = v + 0 * w", {"w": 1.0, "v": 1.0})
    assert none.face("w").trouble == ""


def test_the_gradient_by_a_constant_exponent_of_a_negative_base_is_quietly_undefined():
    made = face_maker("p = w ** k\nloss = p * 2", {"w": -3.0}, k=3.0)
    face = made.face("k")
    assert face.undefined and face.gradients[0] == "undefined" and face.begins == ""
    assert "undefined for this base" in face.trouble and "undefined for this base" in made.tooltip("k")
    assert made.marked == frozenset()
    # 3 w² · 2 = 54: what is trained has its gradient.
    assert made.face("w").gradients[0] == "54" and not made.face("w").undefined
    rows = number_rows(face, 40.0, theme.current(), number_sizes(1.0))
    assert [color for *_, color in rows] == [theme.current().value, theme.current().muted]


def test_the_gradient_by_a_trained_exponent_of_a_negative_base_is_an_error():
    made = face_maker("p = w ** k\nloss = p * 2", {"w": -3.0, "k": 3.0})
    face = made.face("k")
    assert face.begins == "NaN" and not face.undefined and made.marked == {"k"}


def test_the_mouse_over_a_node_says_what_ails_it(hand):
    hand.session.open(Document(graph=parse("a = log(w)\nloss = a * 2", parameters={"w": 0.0})))
    hand.settle()
    QTest.mouseMove(hand.viewport, hand.title("loss"))
    assert hand.field("graphProblem").text() == "−∞ comes from a."


def test_a_leaf_takes_only_numbers_that_can_be_saved(matrix):
    cells = open_table(matrix, "W")
    type_cell(matrix, cells, 0, 0, "nan")
    QTest.keyClick(cells, Key.Key_Return, CTRL)
    assert matrix.field("tensorError").text() == (
        "A value has finite numbers only; NaN and infinity cannot be saved."
    )
    assert matrix.session.undo_stack.count() == 0


def test_statistics_leave_out_what_is_not_finite():
    assert numbers.statistics(np.array([1.0, np.nan, 3.0])) == (
        "3 numbers · min 1 · max 3 · mean 2 · std 1 · 1 not finite"
    )
    assert numbers.statistics(np.array([np.nan])) == "1 number · 1 not finite"


def test_nodes_out_of_view_show_the_newest_numbers_once_they_are_looked_at(hand):
    hand.view.set_scale(2.0)
    hand.view.centerOn(QPointF(5000, 5000))
    hand.editor.actions_.set_value("w", 5.0)
    hand.settle()
    assert hand.shown("x1") == ("10", "1")
    hand.view.set_scale(0.3)
    hand.editor.framing.frame_all()
    hand.editor.actions_.set_value("w", 6.0)
    hand.settle()
    assert hand.shown("x1") == ("12", "1")
