"""The data dock in a real window: the fit follows the race, and the gradients of batches their size."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QSlider

from gdstudio import engine
from gdstudio.document import library
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.engine import batch_noise
from gdstudio.ui import theme as themes
from gdstudio.ui.data import DataView
from gdstudio.ui.data.plots import class_colours, deviation_ring, log_ticks
from gdstudio.ui.data.surface_cloud import CloudLayer, tips
from gdstudio.ui.main_window import MainWindow
from tests.ui.helpers import find, wait_restyled

X = np.linspace(-1.0, 1.0, 8)


def line(*racers: RacerSettings) -> Document:
    """y = 2x + 1 without noise, from a = b = 0."""
    graph = engine.parse(
        "fit = a*x + b; loss = mean((fit - y)**2)",
        parameters={"a": 0.0, "b": 0.0},
        data={"x": X, "y": 2 * X + 1},
    )
    return Document("Line", graph, race=RaceSettings(steps=60, racers=racers))


FULL = RacerSettings("Full", "sgd", {"learning_rate": 0.3}, color="#ff0080")
BATCH = RacerSettings("Batch", "sgd", {"learning_rate": 0.1}, batch_size=2)


@pytest.fixture
def open_data(qtbot, open_window) -> Callable[[Document], tuple[MainWindow, DataView]]:
    """Opens a window and its data dock from the keyboard's action."""

    def open_one(document: Document) -> tuple[MainWindow, DataView]:
        window = open_window(document)
        window.actions_["actionData"].trigger()
        window.data_dock.raise_()
        qtbot.waitUntil(lambda: window.data_dock.widget().view is not None, timeout=30_000)
        view = window.data_dock.widget().view
        wait(qtbot, view)
        return window, view

    return open_one


def wait(qtbot, view: DataView) -> None:
    qtbot.waitUntil(lambda: view.isVisible() and view.is_idle, timeout=30_000)


def words(view: DataView, name: str) -> str:
    return find(view, name, QLabel).text()


def test_the_curve_is_the_line_of_the_racer_at_the_step_shown(qtbot, open_data):
    window, view = open_data(line(FULL, BATCH))
    result = window.session.race_result
    for step in (0, 5, 60):
        window.session.set_step(step)
        wait(qtbot, view)
        assert words(view, "dataFitWords") == f"Fit of Full at step {step}"
        row, ys = view.fit.curves[-1]
        a, b = result.paths[0][step]
        assert row == 0
        np.testing.assert_allclose(ys, a * view.fit.xs + b, atol=1e-12)
    assert [row for row, _ys in view.fit.curves] == [1, 0]
    window.session.select_racer(1)
    wait(qtbot, view)
    assert words(view, "dataFitWords") == "Fit of Batch at step 60"
    assert view.fit.curves[-1][0] == 1


def test_the_curve_has_the_racers_colour_where_its_line_goes(qtbot, open_data):
    window, view = open_data(line(FULL))
    window.session.set_step(60)
    wait(qtbot, view)
    plot = view.fit_plot
    image = plot.grab().toImage()
    ratio = image.devicePixelRatio()
    for x in (-0.5, 0.1, 0.6):
        at = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, 2 * x + 1)))
        near = {
            image.pixelColor(round((at.x() + dx) * ratio), round((at.y() + dy) * ratio)).name()
            for dx in range(-2, 3)
            for dy in range(-2, 3)
        }
        assert "#ff0080" in near, x


def test_regions_of_classes_have_their_colours_and_the_share_is_said(qtbot, open_data):
    """One logit, x0 + x1 times a weight: the border is the diagonal, and all four points are on their side."""
    points = np.array([[1.0, 1.0], [2.0, 0.5], [-1.0, -1.0], [-2.0, 0.5]])
    graph = engine.parse(
        "loss = binary_cross_entropy(X @ w, y)",
        parameters={"w": np.array([1.0, 1.0])},
        data={"X": points, "y": np.array([1.0, 1.0, 0.0, 0.0])},
    )
    _window, view = open_data(Document("Two classes", graph))
    assert words(view, "dataFitWords") == "Fit at the graph's own point, 100% of the rows on the right side"
    surface = view.fit.surface
    xs, ys = np.meshgrid(view.fit.xs, view.fit.ys, indexing="ij")
    np.testing.assert_array_equal(surface, (xs + ys > 0).astype(int))
    np.testing.assert_allclose(view.fit.border.sum(axis=1), 0.0, atol=1e-9)
    assert len(view.fit.border) > 10
    image = view.fit_plot.grab().toImage()
    box = view.fit_plot.getViewBox()
    for place, number in (((1.5, 0.0), 1), ((-1.5, -0.5), 0)):
        at = view.fit_plot.mapFromScene(box.mapViewToScene(QPointF(*place)))
        shown, own = image.pixelColor(at.x(), at.y()), class_colours()[number]
        ground = themes.current().background
        share = 70 / 255
        for part in ("red", "green", "blue"):
            expected = share * getattr(own, part)() + (1 - share) * getattr(ground, part)()
            assert getattr(shown, part)() == pytest.approx(expected, abs=4)


def test_the_slider_sets_the_rows_of_a_batch_and_the_words_the_standard_error(qtbot, open_data):
    window, view = open_data(line(BATCH))
    window.session.set_step(0)
    wait(qtbot, view)
    slider = find(view, "dataBatchSize", QSlider)
    assert view.batch_size == 2  # the racer's own
    assert words(view, "dataBatchSizeLabel") == "n = 2 of 8"
    rows = batch_noise.batch_gradients(
        window.session.document.graph.compile(), np.zeros(2), np.arange(8)[:, None]
    )
    # At a = b = 0 a row's gradient is −2·y·(x, 1).
    np.testing.assert_allclose(rows, -2 * (2 * X + 1)[:, None] * np.stack([X, np.ones(8)], axis=1))
    for size in (2, 3):
        expected = np.linalg.norm(batch_noise.standard_error(rows, size))
        assert view.cloud.size == size
        assert view.cloud.error == pytest.approx(expected, rel=1e-9)
        assert f"standard error {expected:.3g}" in words(view, "dataCloudWords")
        QTest.keyClick(slider, Qt.Key.Key_Right)
        wait(qtbot, view)
    assert words(view, "dataBatchSizeLabel") == "n = 4 of 8"
    QTest.keyClick(slider, Qt.Key.Key_End)
    wait(qtbot, view)
    assert view.cloud.size == 8 and view.cloud.spread == pytest.approx(0.0, abs=1e-12)


def test_the_cloud_is_where_the_racer_is(qtbot, open_data):
    window, view = open_data(line(FULL))
    for step in (0, 10):
        window.session.set_step(step)
        wait(qtbot, view)
        point = window.session.race_result.paths[0][step]
        expected = window.session.document.graph.compile().value_and_gradient(point)[1]
        np.testing.assert_allclose(view.cloud.full, expected, rtol=1e-9, atol=1e-12)


def test_a_graph_without_data_says_so_and_an_edit_brings_the_new_fit(qtbot, open_data):
    window, view = open_data(library.get("rosenbrock"))
    assert "no fit to draw" in words(view, "dataFitWords")
    assert not view.fit_plot.isVisible() and not find(view, "dataBatchSize", QSlider).isVisible()
    window.session.open(line(FULL))
    qtbot.waitUntil(lambda: view.fit is not None and view.cloud is not None and view.is_idle, timeout=30_000)
    assert find(view, "dataBatchSize", QSlider).isVisible()
    window.session.undo_stack.setClean()


def test_in_a_narrow_dock_the_words_stand_above_the_button_in_their_full_width(qtbot, open_data):
    window, view = open_data(library.get("rosenbrock"))
    label, button = find(view, "dataFitWords", QLabel), find(view, "dataLoad", QPushButton)
    width = view.width()
    window.upper_window.resizeDocks(
        [window.data_dock], [window.data.minimumWidth()], Qt.Orientation.Horizontal
    )
    qtbot.waitUntil(lambda: view.width() < width, timeout=30_000)
    qtbot.waitUntil(lambda: button.geometry().top() >= label.geometry().bottom(), timeout=30_000)
    qtbot.waitUntil(lambda: label.width() > 0.8 * view.width(), timeout=30_000)


def test_a_hidden_dock_computes_nothing(qtbot, open_data):
    window, view = open_data(line(FULL))
    before = view.fit
    window.actions_["actionData"].trigger()
    window.session.set_step(3)
    assert view.is_idle and view.fit is before
    window.actions_["actionData"].trigger()
    window.data_dock.raise_()
    wait(qtbot, view)
    assert words(view, "dataFitWords") == "Fit of Full at step 3"


def test_a_hidden_dock_forgets_the_gradients_of_a_document_with_fewer_coordinates(qtbot, open_data):
    window, view = open_data(line(FULL))
    window.actions_["actionData"].trigger()
    graph = engine.parse("loss = a**2 + b**2 + c**2 + d**2", parameters=dict.fromkeys("abcd", 1.0))
    ranges = ((-4.0, 4.0), (-4.0, 4.0))
    window.session.open(Document("Four", graph, landscape=LandscapeSettings(axes=("c", "d"), ranges=ranges)))
    themes.switch().choose("light")
    wait_restyled(qtbot)
    assert view.cloud is None


def test_removed_racers_are_left_out_before_the_next_race_is_there(qtbot, open_data):
    """The race of 20000 steps is still computed when the fit is there."""
    document = line(FULL, BATCH)
    window, view = open_data(dc.replace(document, race=dc.replace(document.race, steps=20_000)))
    session = window.session
    session.edit("Clear", dc.replace(session.document, race=dc.replace(session.document.race, racers=())))
    wait(qtbot, view)
    assert words(view, "dataFitWords") == "Fit at the graph's own point"


def test_another_theme_draws_again(qtbot, open_data):
    _window, view = open_data(line(FULL))
    themes.switch().choose("light")
    wait_restyled(qtbot)
    corner = view.fit_plot.grab().toImage().pixelColor(2, 2)
    assert corner == themes.LIGHT.background


def test_the_cloud_is_drawn_on_the_surface_at_the_racer(qtbot, open_data):
    """At a = b = 0 the gradient is −2 · mean of y·(x, 1), so descent goes up and to the right."""
    window, view = open_data(line(BATCH))
    window.session.set_step(0)
    wait(qtbot, view)
    (layer,) = [item for item in window.landscape.plane.box.childItems() if isinstance(item, CloudLayer)]
    assert layer.cloud is None
    QTest.mouseClick(find(view, "dataCloudOnSurface", QCheckBox), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    cloud, frame = layer.cloud, window.landscape.plane.frame
    assert (cloud.axes, cloud.x, cloud.y) == (("a", "b"), 0.0, 0.0)
    y = 2 * X + 1
    np.testing.assert_allclose(cloud.full, [-2 * np.mean(y * X), -2 * np.mean(y)])
    full, batches = tips(cloud, frame)
    origin = np.array(frame.to_pixels(0.0, 0.0))
    assert full[0] > origin[0] and full[1] < origin[1]
    lengths = np.hypot(*(batches - origin).T)
    assert np.quantile(lengths, 0.85) <= 90.5 and lengths.max() >= 85
    plane = window.landscape.plane
    at = plane.plot.mapFromScene(plane.box.mapToScene(QPointF(*(origin + 0.6 * (full - origin)).tolist())))
    image = plane.plot.grab().toImage()
    near = {image.pixelColor(at.x() + d, at.y() + e).name() for d in (-1, 0, 1) for e in (-1, 0, 1)}
    assert themes.current().gradient.name() in near
    window.actions_["actionData"].trigger()
    assert layer.cloud is None


def test_the_ring_is_one_standard_deviation():
    """Dots at (±2, 0) and (0, ±1): variances 8/3 and 2/3."""
    ring = deviation_ring(np.array([[2.0, 0.0], [-2.0, 0.0], [0.0, 1.0], [0.0, -1.0]]))
    assert np.abs(ring[:, 0]).max() == pytest.approx(np.sqrt(8 / 3))
    assert np.abs(ring[:, 1]).max() == pytest.approx(np.sqrt(2 / 3))


def test_ticks_are_round_and_few():
    assert [text for _place, text in log_ticks(0.0, np.log10(64), 8)] == ["1", "2", "5", "10", "20", "50"]
    assert [text for _place, text in log_ticks(-6.0, 0.0, 5)] == ["1e-06", "0.0001", "0.01", "1"]


def test_the_dock_comes_before_the_inspector_whose_place_it_shares(open_window, qtbot):
    window = open_window(library.get("line_fit"))
    if not window.inspector_dock.isVisible():
        window.actions_["actionInspector"].trigger()
    window.actions_["actionData"].trigger()
    qtbot.waitUntil(lambda: not window.data_dock.visibleRegion().isEmpty(), timeout=30_000)
    assert window.inspector_dock.visibleRegion().isEmpty()
