"""The inspector's part for tensors: statistics, histogram, table, and where NaN and infinity come from."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gdstudio import engine
from gdstudio.document.model import Document
from gdstudio.ui import theme as themes
from gdstudio.ui.inspector.histogram import bins_of
from gdstudio.ui.inspector.text import NodeText
from tests.ui.helpers import find, wait_settled

MATRIX = [[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]]


@pytest.fixture
def window(open_window):
    """loss = sum(W²): the gradient is 2·W."""
    return open_window(Document(graph=engine.parse("loss = sum(W**2)", parameters={"W": MATRIX})))


def cells(window):
    model = find(window, "inspectorCells").model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[model.index(r, c).data() for c in columns] for r in rows]


def choose(window, text):
    kind = find(window, "inspectorTensorKind")
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Home if text == "Value" else Qt.Key.Key_End)
    assert kind.currentText() == text


# The histogram


def test_every_number_is_in_one_bin():
    bins = bins_of(np.arange(10.0))
    # Five bins of width 1.8 from 0 to 9.
    assert bins.counts.tolist() == [2, 2, 2, 2, 2]
    np.testing.assert_allclose(bins.edges, [0, 1.8, 3.6, 5.4, 7.2, 9])
    assert bins.said(4) == "2 / 10:  7.2 … 9"


@pytest.mark.parametrize("size", [2, 100, 1_000, 50_000])
def test_the_bins_agree_with_numpy(size):
    array = np.random.default_rng(1).normal(size=size)
    bins = bins_of(array)
    counts, edges = np.histogram(array, bins=len(bins.counts))
    assert bins.counts.tolist() == counts.tolist()
    np.testing.assert_allclose(bins.edges, edges)


def test_only_finite_numbers_count():
    bins = bins_of(np.array([[1.0, np.nan], [np.inf, 2.0]]))
    assert bins.counts.sum() == 2
    assert bins_of(np.array([np.nan, np.inf])) is None


def test_equal_and_huge_numbers_have_bins():
    assert bins_of(np.full(7, 3.0)).counts.tolist() == [7]
    huge = bins_of(np.array([-1e308, 0.0, 1e308]))
    assert huge.counts.sum() == 3
    assert np.isfinite(huge.edges).all()
    close = bins_of(np.array([1.0, np.nextafter(1.0, 2.0)]))
    assert close.counts.sum() == 2


def test_of_very_many_numbers_a_part_is_counted():
    bins = bins_of(np.zeros(1_000_000))
    assert bins.every == 5
    assert bins.counts.sum() == 200_000


# Through the window


def test_a_tensor_is_shown_in_full_and_a_number_is_not(window):
    window.session.select_node("W")
    assert find(window, "inspectorTensor").isVisible()
    assert cells(window) == [["1", "2", "3"], ["4", "5", "9"]]
    assert find(window, "inspectorShape").text() == "2×3"
    # Mean 24 / 6 = 4, variance (9 + 4 + 1 + 0 + 1 + 25) / 6 = 40 / 6, its root 2.582.
    assert find(window, "inspectorStatistics").text() == "6 numbers · min 1 · max 9 · mean 4 · std 2.582"
    assert find(window, "inspectorHistogram").bins.counts.sum() == 6
    window.session.select_node("loss")
    assert not find(window, "inspectorTensor").isVisible()
    window.session.select_node(None)
    assert not find(window, "inspectorTensor").isVisible()


def test_the_gradient_is_shown_in_its_colour(window):
    window.session.select_node("W")
    choose(window, "Gradient")
    assert cells(window) == [["2", "4", "6"], ["8", "10", "18"]]
    assert themes.current().gradient.name() in find(window, "inspectorTensor").styleSheet()
    choose(window, "Value")
    assert cells(window)[0] == ["1", "2", "3"]


def test_the_numbers_follow_an_edit_and_its_undo(window, qtbot):
    window.session.select_node("W")
    window.graph.actions_.set_value("W", np.array([7.0, 8.0]))
    wait_settled(qtbot, window.session)
    assert cells(window) == [["7", "8"]]
    window.session.undo_stack.undo()
    wait_settled(qtbot, window.session)
    assert cells(window)[1] == ["4", "5", "9"]


def test_a_gradient_that_cannot_be_is_said(window, qtbot):
    window.session.select_node("W")
    choose(window, "Gradient")
    window.graph.actions_.delete(["loss"])
    wait_settled(qtbot, window.session)
    assert find(window, "inspectorStatistics").text().startswith("No gradient yet")
    assert not find(window, "inspectorCells").isVisible()


def test_what_is_not_finite_is_counted_and_leads_to_its_origin(open_window, qtbot):
    graph = engine.parse("p = log(x)\nq = 2 * p", parameters={"x": [-1.0, 0.0, 1.0]})
    window = open_window(Document(graph=graph))
    window.session.select_node("q")
    odd = find(window, "inspectorOdd")
    assert odd.isVisible()
    assert "1 NaN, 1 ∞: they come from" in odd.text()
    model = find(window, "inspectorCells").model()
    colors = [model.index(0, c).data(Qt.ItemDataRole.ForegroundRole) for c in range(3)]
    assert colors == [themes.current().error, themes.current().error, None]
    odd.linkActivated.emit("p")
    assert window.session.selected_node == "p"
    assert find(window, "inspectorOdd").text() == "1 NaN, 1 ∞: they begin here."
    window.session.select_node("x")
    assert not find(window, "inspectorOdd").isVisible()


def test_the_text_names_where_nan_begins_and_is_red():
    graph = engine.parse("p = log(x)\nloss = p * 2", parameters={"x": -1.0})
    text = NodeText(graph, graph.trace(), "loss", themes.DARK)
    assert "NaN in the value; it begins at <b>p</b>." in text.odd()
    assert themes.DARK.error.name() in text.value()
    assert NodeText(graph, graph.trace(), "x", themes.DARK).odd() == ""


def test_the_mouse_reads_a_bar(window, qtbot):
    window.session.select_node("W")
    histogram = find(window, "inspectorHistogram")
    qtbot.waitUntil(lambda: histogram.visibleRegion().boundingRect() == histogram.rect(), timeout=30_000)
    QTest.mouseMove(histogram, histogram.bar(0).center().toPoint())
    qtbot.waitUntil(lambda: histogram._lit == 0, timeout=30_000)
    assert histogram.bins.said(0) == "2 / 6:  1 … 2.6"
