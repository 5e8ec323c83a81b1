"""The point through which a slice goes is chosen beside the sentence that says it, in one edit each."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTableView, QToolButton

from gdstudio import engine
from gdstudio.document import files
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings

from .support import bowl

# Plain descent with rate 0.1 takes c to 0.8 c in a step, as every coordinate here.
START = (3.0, -1.0, 5.0)


def deep(**landscape) -> Document:
    """x² + y² + c² from (0.5, 0.25, 2), seen along x and y; the least loss in view is c²."""
    graph = engine.parse("loss = x**2 + y**2 + c**2", parameters={"x": 0.5, "y": 0.25, "c": 2.0})
    settings = {"axes": ("x", "y"), "ranges": ((-4.0, 4.0), (-4.0, 4.0)), **landscape}
    racer = RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, start=START)
    return Document("Deep", graph, LandscapeSettings(**settings), RaceSettings(20, racers=(racer,)))


@pytest.fixture
def hand(open_view):
    return open_view(deep())


def click(hand, kind, name: str) -> None:
    button = hand.view.window().findChild(kind, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def table(hand) -> QTableView:
    click(hand, QToolButton, "landscapeThrough")
    return hand.view.findChild(QTableView, "throughTable")


def type_value(cells: QTableView, row: int, text: str) -> None:
    cells.setCurrentIndex(cells.model().index(row, 1))
    cells.edit(cells.currentIndex())
    editor = cells.viewport().findChild(QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # a table takes what was typed with the next event


def least(hand) -> float:
    return float(hand.session.grid.z.min())


def test_the_table_lists_what_is_no_axis_and_a_typed_value_moves_the_slice(hand, settle):
    cells = table(hand)
    model = cells.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["c"]
    assert model.index(0, 1).data() == "2"
    assert least(hand) == pytest.approx(4.0, abs=0.01)
    type_value(cells, 0, "−3")
    settle(hand.session)
    assert hand.session.document.landscape.at == (0.5, 0.25, -3.0)
    assert least(hand) == pytest.approx(9.0, abs=0.01)
    assert "c = −3" in hand.view.findChild(QLabel, "landscapeNote").text()
    assert hand.session.document.start == (0.5, 0.25, 2.0)
    hand.session.undo_stack.undo()
    settle(hand.session)
    assert hand.session.document.landscape.at is None
    assert model.index(0, 1).data() == "2"
    assert least(hand) == pytest.approx(4.0, abs=0.01)


def test_the_slice_goes_where_the_racer_is_or_began(hand, settle):
    table(hand)
    for name in ("throughRacer", "throughStart"):
        assert not hand.view.findChild(QPushButton, name).isEnabled()
    hand.session.select_racer(0)
    hand.session.set_step(2)
    click(hand, QPushButton, "throughRacer")
    assert hand.session.document.landscape.at == pytest.approx(tuple(0.64 * np.array(START)))
    click(hand, QPushButton, "throughStart")
    settle(hand.session)
    assert hand.session.document.landscape.at == START
    assert least(hand) == pytest.approx(25.0, abs=0.01)
    click(hand, QPushButton, "throughOwn")
    assert hand.session.document.landscape.at is None
    assert hand.session.undo_stack.count() == 3


def test_the_button_has_the_name_of_the_racer_letter_by_letter(hand):
    document = hand.session.document
    racer = document.race.racers[0].replace(name="Adam & Eve")
    hand.session.edit("Rename", document.replace(race=document.race.replace(racers=(racer,))))
    hand.session.select_racer(0)
    table(hand)
    assert hand.view.findChild(QPushButton, "throughRacer").text() == "Where Adam && Eve Is"


def test_choosing_a_point_lets_go_of_the_racer(open_view, settle):
    hand = open_view(deep(follow=True))
    hand.session.select_racer(0)
    hand.session.set_step(0)
    settle(hand.session)
    cells = table(hand)
    assert cells.model().index(0, 1).data() == "5"
    type_value(cells, 0, "1")
    settle(hand.session)
    landscape = hand.session.document.landscape
    assert (landscape.at, landscape.follow) == ((3.0, -1.0, 1.0), False)
    assert least(hand) == pytest.approx(1.0, abs=0.01)


def test_what_is_no_number_is_refused_with_a_sentence(hand):
    cells = table(hand)
    type_value(cells, 0, "two")
    assert "“two” is not a number" in hand.view.findChild(QLabel, "throughWords").text()
    assert hand.session.document.landscape.at is None
    assert hand.session.undo_stack.count() == 0


def test_the_point_is_kept_in_the_file(hand, tmp_path):
    cells = table(hand)
    type_value(cells, 0, "0.5")
    files.write(hand.session.document, tmp_path / "deep.gdstudio")
    assert files.read(tmp_path / "deep.gdstudio").landscape.at == (0.5, 0.25, 0.5)


def test_where_every_coordinate_is_an_axis_there_is_nothing_to_choose(open_view):
    hand = open_view(bowl())
    assert not hand.view.findChild(QToolButton, "landscapeThrough").isVisible()


def test_of_many_coordinates_the_wanted_ones_are_searched(open_view):
    graph = engine.parse("loss = sum(W**2) + b**2", parameters={"W": np.ones((4, 5)), "b": 3.0})
    hand = open_view(Document("Wide", graph, LandscapeSettings(("W[0,0]", "W[0,1]"))))
    cells = table(hand)
    assert cells.model().rowCount() == 19
    search = hand.view.findChild(QLineEdit, "throughSearch")
    assert search.isVisible()
    QTest.keyClicks(search, "w[3,")
    assert cells.model().rowCount() == 5
    type_value(cells, 4, "7")
    assert hand.session.document.landscape.at[19] == 7.0


def test_the_dialog_closes_with_its_document(hand):
    table(hand)
    dialog = hand.view.findChild(QDialog, "throughDialog")
    assert dialog.isVisible()
    hand.session.open(bowl())
    assert not dialog.isVisible()
