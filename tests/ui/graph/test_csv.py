"""Data from CSV files: asked for in the window, dropped on it, spread over the leaves of the graph as one edit."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QTableWidget,
    QWidget,
)

from gdstudio.document.model import Document
from gdstudio.engine import parse
from gdstudio.engine.data import parse_csv
from gdstudio.engine.graph import Graph
from gdstudio.ui.graph import csv_columns
from gdstudio.ui.graph.csv_dialog import TableDialog
from tests.ui.helpers import find, wait_settled

LEFT = Qt.MouseButton.LeftButton
NODE = 2


def fit() -> Document:
    graph = parse(
        "loss = mse(a*x + b, y)",
        parameters={"a": 0.0, "b": 0.0},
        data={"x": np.array([0.0, 1.0]), "y": np.array([1.0, 3.0])},
    )
    return Document("Fit", graph)


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("y,place,x\n1.5,north,0\n2.5,south,1\n4,north,2\n")
    return path


@pytest.fixture
def window(open_window):
    return open_window(fit(), (1280, 720))


def dialog_of(qtbot, window) -> TableDialog:
    def shown():
        found = [d for d in window.findChildren(TableDialog) if d.isVisible()]
        assert len(found) == 1

    qtbot.waitUntil(shown, timeout=30_000)
    return next(d for d in window.findChildren(TableDialog) if d.isVisible())


def assigned(dialog: TableDialog) -> list[str]:
    table = find(dialog, "tableColumns", QTableWidget)
    return [table.item(row, NODE).text() for row in range(table.rowCount())]


def open_cells(table: QTableWidget) -> list[QComboBox]:
    return [field for field in table.findChildren(QComboBox, "tableNode") if field.isVisible()]


def assign(qtbot, dialog: TableDialog, row: int, name: str) -> None:
    """Type the name of a node into a cell, as a hand does."""
    table = find(dialog, "tableColumns", QTableWidget)
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualItemRect(table.item(row, NODE)).center())
    (field,) = open_cells(table)
    field.lineEdit().selectAll()
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Delete)
    QTest.keyClicks(field.lineEdit(), name)
    QTest.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not open_cells(table) and table.item(row, NODE).text() == name, timeout=30_000)


def load(qtbot, window, dialog: TableDialog) -> None:
    QTest.mouseClick(find(dialog, "tableLoad", QPushButton), LEFT)
    wait_settled(qtbot, window.session)


def summary(dialog: TableDialog) -> str:
    return find(dialog, "tableSummary", QLabel).text()


def value(window, id: str) -> list:
    return window.session.document.graph.nodes[id].value.tolist()


def drop(widget: QWidget, path, at: QPoint) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    details = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at, *details)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(at), *details))
    return enter.isAccepted()


def test_columns_go_to_the_leaves_of_their_names_in_one_step(window, qtbot, points):
    window.actions_["actionLoadCsv"].trigger()
    find(window, "tableFileDialog", QFileDialog).fileSelected.emit(str(points))
    dialog = dialog_of(qtbot, window)
    assert assigned(dialog) == ["y", "", "x"]
    assert summary(dialog) == "y: 3 · x: 3"
    load(qtbot, window, dialog)
    assert value(window, "x") == [0, 1, 2] and value(window, "y") == [1.5, 2.5, 4]
    assert window.statusBar().currentMessage() == "Loaded from points.csv: y: 3, x: 3"
    assert window.session.undo_stack.count() == 1
    assert window.session.undo_stack.undoText() == "Load points.csv"
    window.session.undo_stack.undo()
    assert value(window, "x") == [0, 1] and value(window, "y") == [1, 3]
    assert window.settings.folder == points.parent


def test_a_node_can_be_typed_and_a_new_name_makes_a_new_leaf(window, qtbot, points):
    window.graph.tables.load(points)
    dialog = dialog_of(qtbot, window)
    assign(qtbot, dialog, 1, "where")
    assert assigned(dialog) == ["y", "where", "x"]
    load(qtbot, window, dialog)
    node = window.session.document.graph.nodes["where"]
    assert node.op == "data" and node.value.tolist() == [0, 1, 0]
    places = window.graph.scene.places()
    assert places["where"][0] < min(x for id, (x, _) in places.items() if id != "where")


def test_what_does_not_fit_is_said_before_it_is_loaded(window, qtbot, points):
    window.graph.tables.load(points)
    dialog = dialog_of(qtbot, window)
    button = find(dialog, "tableLoad", QPushButton)
    assign(qtbot, dialog, 0, "")
    assert summary(dialog).startswith("x: 3\nSomething else has to change with it: ") and button.isEnabled()
    assign(qtbot, dialog, 0, "2y")
    assert '"2y" cannot be a name' in summary(dialog) and not button.isEnabled()
    assign(qtbot, dialog, 0, "loss")
    assert "loss is computed by mse" in summary(dialog) and not button.isEnabled()
    QTest.mouseClick(find(dialog, "tableCancel", QPushButton), LEFT)
    assert window.session.undo_stack.count() == 0 and value(window, "x") == [0, 1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "a,b\n1,2\n3,four\n",
            'bad.csv, line 3, column 2: "four" is not a finite number; the column "b" holds numbers.',
        ),
        ("a,b\n1,2\n3\n", "bad.csv, line 3: 1 values where 2 columns are expected."),
        ("", "bad.csv is empty; a table needs a line of headings and lines of values."),
    ],
)
def test_a_bad_file_gets_a_sentence_with_line_and_column(window, qtbot, tmp_path, text, sentence):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with qtbot.waitSignal(window.graph.tables.failed, timeout=30_000):
        window.graph.tables.load(path)
    assert window.message_bar.isVisible() and window.message_bar.text() == sentence
    assert window.session.undo_stack.count() == 0


def test_a_message_about_a_bad_file_goes_when_another_one_is_loaded(window, qtbot, tmp_path, points):
    path = tmp_path / "bad.csv"
    path.write_text("a,b\n1,2\n3,four\n")
    with qtbot.waitSignal(window.graph.tables.failed, timeout=30_000):
        window.graph.tables.load(path)
    assert window.message_bar.isVisible()
    window.graph.tables.load(points)
    load(qtbot, window, dialog_of(qtbot, window))
    assert not window.message_bar.isVisible()


def test_a_table_dropped_on_a_leaf_fills_that_leaf(window, qtbot, tmp_path):
    path = tmp_path / "column.csv"
    path.write_text("5\n6\n")
    view = window.graph.view
    at = view.mapFromScene(window.graph.scene.nodes["y"].scene_body().center())
    assert drop(view.viewport(), path, at)
    dialog = dialog_of(qtbot, window)
    assert assigned(dialog) == ["y"]
    load(qtbot, window, dialog)
    assert value(window, "y") == [5, 6] and value(window, "x") == [0, 1]


def test_a_table_dropped_on_the_start_page_makes_leaves(open_window, qtbot, points):
    window = open_window(None)
    assert drop(window, points, QPoint(300, 300))
    dialog = dialog_of(qtbot, window)
    assert assigned(dialog) == ["y", "place", "x"]
    load(qtbot, window, dialog)
    assert window.pages.currentWidget() is window.studio
    assert set(window.session.document.graph.nodes) == {"x", "y", "place"}
    assert window.graph.view.shows(window.graph.scene.bounds())


def test_the_table_of_a_leaf_its_menu_and_the_data_dock_ask_for_a_file(window, qtbot, points):
    def asked() -> int:
        dialogs = [d for d in window.findChildren(QFileDialog, "tableFileDialog") if d.isVisible()]
        for dialog in dialogs:
            dialog.reject()
        return len(dialogs)

    editor = window.graph
    editor.in_place.open_table("x")
    QTest.mouseClick(find(editor, "tensorLoad", QPushButton), LEFT)
    find(window, "tableFileDialog", QFileDialog).fileSelected.emit(str(points))
    asked()
    dialog = dialog_of(qtbot, window)
    load(qtbot, window, dialog)
    assert value(window, "x") == [0, 1, 2]
    assert not any(table.isVisible() for table in editor.findChildren(QWidget, "tensorTable"))
    editor.open_menu(editor.scene.nodes["x"].scene_body().center(), QPoint(10, 10))
    menu = find(editor, "graphNodeMenu", QMenu)
    next(action for action in menu.actions() if action.objectName() == "graphMenuLoadCsv").trigger()
    menu.close()
    assert asked() == 1
    window.actions_["actionData"].trigger()
    qtbot.waitUntil(lambda: window.data.view is not None and window.data.view.isVisible(), timeout=30_000)
    QTest.mouseClick(find(window, "dataLoad", QPushButton), LEFT)
    assert asked() == 1


def test_the_seed_of_a_backward_pass_is_not_loaded_from_files(window):
    window.graph.in_place.open_array("v", np.ones(2), lambda array: None, "loss")
    assert window.graph.findChild(QPushButton, "tensorLoad") is None


# What a table becomes

IRIS = "length,width,kind\n5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,virginica\n5,3.6,setosa\n"


def leaves(**values) -> Graph:
    return parse("loss = 1*1", data={name: np.asarray(value, dtype=float) for name, value in values.items()})


def test_matrices_take_the_first_columns_and_one_hot_targets_the_words():
    table, graph = parse_csv(IRIS), leaves(T=np.eye(3), X=np.zeros((3, 2)))
    assert csv_columns.proposal(table, graph, "X") == ("X", "X", "")
    assert csv_columns.proposal(table, graph, "T") == ("", "", "T")
    found = csv_columns.arrays(table, graph, ("X", "X", "T"))
    assert found["X"].tolist() == [[5.1, 3.5], [7, 3.2], [6.3, 3.3], [5, 3.6]]
    assert found["T"].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_leaves_take_columns_in_order_matrices_first():
    table = parse_csv(IRIS)
    assert csv_columns.proposal(table, leaves(t=[0.0, 1.0], X=np.zeros((2, 2)))) == ("X", "X", "t")
    assert csv_columns.proposal(table, leaves(t=[0.0, 1.0])) == ("t", "", "")
    assert csv_columns.proposal(table, leaves(X=np.zeros((2, 9)))) == ("", "", "")


def test_a_matrix_stays_a_matrix_and_headings_become_names():
    table = parse_csv("sepal length (cm),if,e,a b,a-b\n1,2,3,4,5\n")
    names = csv_columns.proposal(table, parse("loss = 1*1"))
    assert names == ("sepal_length_cm", "x_if", "e_", "a_b", "a_b_2")
    found = csv_columns.arrays(table, leaves(X=np.zeros((3, 1))), ("X", "", "", "", ""))
    assert found["X"].shape == (1, 1)
