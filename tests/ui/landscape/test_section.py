"""Cross-sections of the plane: drawn with Shift, edited by their ends, closed with Esc."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from gdstudio.ui import commands
from gdstudio.ui.landscape.section import Profiler, Section
from tests.ui.helpers import find

from .support import bowl, move_mouse, with_holes

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def draw(
    hand, start: tuple[float, float], end: tuple[float, float], keys=SHIFT, release: bool = True
) -> None:
    """Drag from one point to another with keys held."""
    viewport = hand.shown.plot.viewport()
    pixels = [hand.pixel(*start), hand.pixel(*((np.array(start) + end) / 2)), hand.pixel(*end)]
    QTest.mousePress(viewport, LEFT, keys, pixels[0])
    for at in pixels[1:]:
        move_mouse(viewport, at, keys=keys)
    if release:
        QTest.mouseRelease(viewport, LEFT, keys, pixels[-1])


@pytest.fixture
def cut(open_view, qtbot):
    """A bowl cut from (-4, -3) to (4, -3), where the loss is x0² + 9."""
    hand = open_view(bowl())
    draw(hand, (-4.0, -3.0), (4.0, -3.0))
    wait(hand, qtbot)
    return hand


def wait(hand, qtbot) -> None:
    section = hand.shown.section_layer.section

    def shown() -> bool:
        plot = hand.view.section_plot
        return plot is not None and plot.profile is not None and plot.profile.section == section

    qtbot.waitUntil(shown, timeout=30_000)


def test_shift_and_drag_show_the_loss_along_the_line(cut):
    plot = cut.view.section_plot
    assert plot.isVisible()
    section = plot.profile.section
    assert section.start == pytest.approx((-4.0, -3.0), abs=0.05)
    assert section.end == pytest.approx((4.0, -3.0), abs=0.05)
    way, losses = plot.curve.getData()
    x, y = section.at(way / section.length)
    assert losses == pytest.approx(x**2 + y**2)
    assert losses.min() == pytest.approx(9.0, abs=0.05)
    assert cut.session.undo_stack.count() == 0


def test_the_map_keeps_its_size_while_a_hand_draws(open_view, qtbot):
    hand = open_view(bowl())
    height = hand.shown.plot.height()
    computed = hand.view.findChild(Profiler).computed
    with qtbot.waitSignal(computed, timeout=30_000, check_params_cb=lambda it: it.section.end[0] > 3.9):
        draw(hand, (-4.0, -3.0), (4.0, -3.0), release=False)
    assert hand.view.section_plot is None
    assert hand.shown.plot.height() == height
    QTest.mouseRelease(hand.shown.plot.viewport(), LEFT, SHIFT, hand.pixel(4.0, -3.0))
    wait(hand, qtbot)
    assert hand.view.section_plot.isVisible()
    assert hand.view.section_plot.profile.section.start == pytest.approx((-4.0, -3.0), abs=0.05)


def test_the_line_is_drawn_on_the_map(cut):
    image = cut.shown.plot.grab().toImage()
    blue = image.pixelColor(cut.pixel(-2.0, -3.0))
    assert blue.blue() > 180 and blue.blue() > 1.8 * blue.red()


def test_an_end_can_be_dragged(cut, qtbot):
    draw(cut, (4.0, -3.0), (-4.0, 3.0), keys=Qt.KeyboardModifier.NoModifier)
    wait(cut, qtbot)
    section = cut.view.section_plot.profile.section
    assert section.start == pytest.approx((-4.0, -3.0), abs=0.05)
    assert section.end == pytest.approx((-4.0, 3.0), abs=0.05)
    assert cut.session.undo_stack.count() == 0


def test_escape_closes_it_and_the_selection_stays(cut, qtbot):
    cut.session.select_racer(0)
    qtbot.keyClick(cut.shown.plot, Qt.Key.Key_Escape)
    assert cut.shown.section_layer.section is None
    assert not cut.view.section_plot.isVisible()
    assert cut.session.selected_racer == 0


def test_escape_during_a_drag_takes_the_drag_back(cut, qtbot):
    before = cut.shown.section_layer.section
    draw(cut, (4.0, -3.0), (0.0, 3.0), keys=Qt.KeyboardModifier.NoModifier, release=False)
    assert cut.shown.section_layer.section != before
    qtbot.keyClick(cut.shown.plot, Qt.Key.Key_Escape)
    QTest.mouseRelease(cut.shown.plot.viewport(), LEFT, pos=cut.pixel(0.0, 3.0))
    assert cut.shown.section_layer.section == before


def test_the_cross_closes_it(cut):
    find(cut.view, "landscapeSectionClose", QToolButton).click()
    assert cut.shown.section_layer.section is None
    assert not find(cut.view, "actionLandscapeSection", QAction).isChecked()


def test_the_menu_draws_one_across_the_middle(open_view, qtbot):
    hand = open_view(bowl())
    find(hand.view, "actionLandscapeSection", QAction).trigger()
    wait(hand, qtbot)
    assert hand.view.section_plot.profile.section == Section((-2.5, 0.0), (2.5, 0.0))
    find(hand.view, "actionLandscapeSection", QAction).trigger()
    assert not hand.view.section_plot.isVisible()


def test_the_losses_follow_the_graph(cut, qtbot, settle):
    session = cut.session
    document = session.document
    for node in session.document.graph.nodes.values():
        if node.op in ("square", "power"):
            document = commands.set_operation(document, node.id, "abs")
    session.edit("Operation", document)
    settle(session)
    # |x0| + 3 along the line, between 3 and 7.
    qtbot.waitUntil(lambda: cut.view.section_plot.profile.losses.max() < 7.1, timeout=30_000)


def test_other_axes_close_it(cut, settle):
    cut.session.edit("Axes", commands.set_axes(cut.session.document, ("x1", "x0")))
    settle(cut.session)
    assert cut.shown.section_layer.section is None


def test_pointing_at_the_curve_marks_the_place_on_the_map(cut, qtbot):
    plot = cut.view.section_plot
    section = plot.profile.section
    box = plot.plot.getViewBox()
    at = plot.plot.mapFromScene(box.mapViewToScene(QPointF(section.length / 4, 20.0)))
    QTest.mouseMove(plot.plot.viewport(), at)
    qtbot.waitUntil(lambda: "loss = 13" in plot.label.text(), timeout=30_000)
    assert "−2.0" in plot.label.text()


def test_a_section_through_a_hole_has_a_gap(open_view, qtbot):
    hand = open_view(with_holes())
    draw(hand, (-1.5, 0.5), (1.5, 0.5))
    wait(hand, qtbot)
    way, losses = hand.view.section_plot.curve.getData()
    x = hand.view.section_plot.profile.section.at(way / way[-1])[0]
    assert np.isnan(losses[x < 0]).all() and np.isfinite(losses[x > 0]).all()
