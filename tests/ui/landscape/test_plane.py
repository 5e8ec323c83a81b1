"""The plane under a person's hand: numbers, starts, panning and zooming, holes, scales, axes."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QToolButton, QWidget

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings
from gdstudio.ui import commands, theme
from gdstudio.ui.landscape.colour_scale import colour_table
from tests.ui.helpers import find

from .support import bowl, with_holes


def numbers(text: str) -> list[float]:
    """The numbers that follow =, ( or a comma in a readout."""
    found = re.findall(r"[=(,]\s*(−?\d+(?:\.\d+)?(?:e−?\d+)?)", text)
    return [float(number.replace("−", "-")) for number in found]


def colour_at(hand, x: float, y: float) -> QColor:
    return hand.shown.plot.grab().toImage().pixelColor(hand.pixel(x, y))


def ranges(hand):
    frame = hand.shown.frame
    return [*frame.x, *frame.y]


def test_everything_a_person_uses_has_a_name(open_view):
    view = open_view(bowl()).view
    names = "Plot Readout Arrows Scale XAxis YAxis Contours Menu ColourBar Message Note"
    for name in names.split():
        (widget,) = view.findChildren(QWidget, f"landscape{name}")
        assert widget.accessibleName(), name


def test_readout_says_position_loss_and_gradient_under_the_mouse(open_view):
    hand = open_view(bowl())
    hand.move(3.0, -1.0)
    # The point is the roundest one under the pixel, and the numbers are those at this very point.
    assert numbers(hand.view.readout.text()) == [3.0, -1.0, 10.0, 6.0, -2.0]


def test_dragging_a_start_moves_it_and_is_one_undo_step(open_view, settle):
    hand = open_view(bowl())
    session = hand.session
    hand.drag((-3.0, 4.0), (-2.0, 3.0), (0.0, 1.0), (2.0, -2.5))
    assert session.document.race.racers[0].start == pytest.approx((2.0, -2.5), abs=0.03)
    assert session.document.race.racers[1].start is None
    assert session.undo_stack.count() == 1
    settle(session)
    assert tuple(session.race_result.paths[0][0]) == session.document.race.racers[0].start
    session.undo_stack.undo()
    assert session.document.race.racers[0].start == (-3.0, 4.0)
    session.undo_stack.redo()
    assert session.document.race.racers[0].start == pytest.approx((2.0, -2.5), abs=0.03)


def test_two_drags_are_two_undo_steps(open_view):
    hand = open_view(bowl())
    hand.drag((-3.0, 4.0), (-2.0, 3.0))
    start = hand.session.document.race.racers[0].start
    hand.drag(start, (0.0, -3.0))
    assert hand.session.undo_stack.count() == 2


def test_the_race_follows_while_the_hand_still_drags(open_view, qtbot):
    hand = open_view(bowl())
    target = hand.pixel(3.0, 3.0)
    hand.press(-3.0, 4.0)
    hand.drag_over([hand.pixel(0.0, 4.0), target])
    qtbot.waitUntil(
        lambda: tuple(hand.session.race_result.paths[0][0]) == pytest.approx((3.0, 3.0), abs=0.03)
    )
    assert hand.shown.trails.trails[0].x[0] == pytest.approx(3.0, abs=0.03)
    hand.release(target)


def test_escape_takes_a_drag_back(open_view, qtbot):
    hand = open_view(bowl())
    target = hand.pixel(3.0, 3.0)
    hand.press(-3.0, 4.0)
    hand.drag_over([hand.pixel(0.0, 4.0), target])
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_Escape)
    hand.release(target)
    assert hand.session.document.race.racers[0].start == (-3.0, 4.0)


def test_dragging_the_graphs_point_changes_the_parameters(open_view):
    document = bowl()
    document = commands.remove_racer(document, 1)
    hand = open_view(document)
    hand.drag((1.0, 2.0), (0.0, 0.0), (-4.0, -1.0))
    assert hand.session.document.start == pytest.approx((-4.0, -1.0), abs=0.03)
    assert hand.session.undo_stack.count() == 1


def test_a_click_starts_all_racers_there(open_view):
    hand = open_view(bowl())
    hand.click(-1.0, -3.0)
    for racer in hand.session.document.race.racers:
        assert racer.start == pytest.approx((-1.0, -3.0), abs=0.02)
    assert hand.session.undo_stack.count() == 1


def test_a_click_starts_the_selected_racer_there_and_no_other(open_view):
    hand = open_view(bowl())
    hand.session.select_racer(1)
    hand.click(-1.0, -3.0)
    first, second = hand.session.document.race.racers
    assert first.start == (-3.0, 4.0)
    assert second.start == pytest.approx((-1.0, -3.0), abs=0.02)


def test_a_click_without_racers_moves_the_graphs_point(open_view):
    document = bowl()
    hand = open_view(document.replace(race=document.race.replace(racers=())))
    hand.click(-1.0, -3.0)
    assert hand.session.document.start == pytest.approx((-1.0, -3.0), abs=0.02)


def test_a_click_on_a_racer_selects_it_and_moves_nothing(open_view):
    hand = open_view(bowl())
    before = hand.session.document
    hand.session.set_step(5)
    x, y = hand.session.race_result.paths[1][5]
    hand.click(x, y)
    assert hand.session.selected_racer == 1
    assert hand.session.document is before


@pytest.mark.parametrize(
    "button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton]
)
def test_dragging_empty_ground_moves_the_map_without_an_edit(open_view, settle, button):
    hand = open_view(bowl())
    hand.drag((4.0, -4.0), (3.5, -4.0), (3.0, -3.0), button=button)
    assert ranges(hand) == pytest.approx([-4.0, 6.0, -6.0, 4.0], abs=0.05)
    assert hand.session.undo_stack.count() == 0
    hand.shown._settle.timeout.emit()
    settle(hand.session)
    assert np.ravel(hand.session.grid.ranges) == pytest.approx(ranges(hand))
    assert hand.session.grid.fine


def test_the_wheel_zooms_about_the_mouse_and_a_double_click_resets(open_view, settle):
    hand = open_view(bowl())
    before = hand.pixel(2.0, 1.0)
    hand.turn_wheel(2.0, 1.0, notches=4)
    low, high, *_ = ranges(hand)
    assert high - low == pytest.approx(10.0 / 1.2**4)
    assert (hand.pixel(2.0, 1.0) - before).manhattanLength() <= 2
    settle(hand.session)
    assert hand.session.grid.ranges != ((-5.0, 5.0), (-5.0, 5.0))
    hand.double_click(2.0, 1.0)
    settle(hand.session)
    assert ranges(hand) == pytest.approx([-5.0, 5.0, -5.0, 5.0])
    assert hand.session.grid.ranges == ((-5.0, 5.0), (-5.0, 5.0))


def test_a_double_click_leaves_the_starts_alone(open_view):
    hand = open_view(bowl())
    hand.double_click(2.0, 1.0)
    assert hand.session.document.race.racers[0].start == (-3.0, 4.0)


def test_the_old_picture_stays_until_the_new_region_has_come(open_view):
    hand = open_view(bowl())
    before = hand.shown.surface.surface
    hand.turn_wheel(0.0, 0.0, notches=3)
    assert hand.shown.surface.surface is before
    assert colour_at(hand, 1.0, 1.0) != theme.current().background


def test_view_becomes_the_documents_region_only_when_asked(open_view, settle):
    hand = open_view(bowl())
    hand.turn_wheel(0.0, 0.0, notches=2)
    (action,) = [
        a for a in hand.view.controls.menu.actions() if a.objectName() == "actionLandscapeSetDefault"
    ]
    action.trigger()
    expected = 5.0 / 1.2**2
    assert np.ravel(hand.session.document.landscape.ranges) == pytest.approx(
        [-expected, expected] * 2, abs=0.02
    )
    hand.session.undo_stack.undo()
    settle(hand.session)
    assert ranges(hand) == pytest.approx([-5.0, 5.0, -5.0, 5.0])


def test_moving_a_start_does_not_move_a_map_without_ranges_of_its_own(open_view, settle):
    hand = open_view(bowl(ranges=None))
    before = ranges(hand)
    hand.drag((-3.0, 4.0), (before[0] + 0.5, 4.0))
    settle(hand.session)
    assert ranges(hand) == before


def test_colours_are_those_of_the_map(open_view):
    hand = open_view(bowl())
    for part in ("landscapeContours",):
        hand.view.findChild(QToolButton, part).setChecked(False)
    table = colour_table("viridis")
    for x, y in ((4.0, -4.0), (-2.0, -2.5), (3.0, 0.5)):
        index = 1 + round((x * x + y * y) / 50.0 * 254)
        found = colour_at(hand, x, y)
        assert (found.red(), found.green(), found.blue()) == pytest.approx(tuple(table[index][:3]), abs=4)


@pytest.mark.parametrize(("label", "kind"), [("log", "log"), ("rank", "rank"), ("linear", "linear")])
def test_choosing_a_scale_recolours_and_can_be_undone(open_view, qtbot, label, kind):
    hand = open_view(bowl(scale="rank" if kind == "linear" else "linear"))
    combo = hand.view.findChild(QComboBox, "landscapeScale")
    before = colour_at(hand, 3.0, -3.0)
    combo.setFocus()
    qtbot.keyClicks(combo, label)
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert hand.session.document.landscape.scale == kind
    assert hand.shown.surface.colour_scale.kind == kind
    assert colour_at(hand, 3.0, -3.0) != before
    hand.session.undo_stack.undo()
    assert combo.currentData() == hand.session.document.landscape.scale != kind


def test_a_racers_colour_is_where_it_is_at_each_step(open_view):
    hand = open_view(bowl())
    colour = theme.current().racer(0).color
    for step in (0, 3, 50):
        hand.session.set_step(step)
        x, y = hand.session.race_result.paths[0][step]
        # At the start the handle's ring lies around the racer's mark.
        assert colour_at(hand, x, y) == colour


def test_trails_reach_the_step_that_is_shown_and_no_further(open_view):
    hand = open_view(bowl())
    hand.view.findChild(QToolButton, "landscapeContours").setChecked(False)
    path = hand.session.race_result.paths[0]
    hand.session.set_step(0)
    middle = tuple((path[1] + path[2]) / 2)
    bare = colour_at(hand, *middle)
    hand.session.set_step(3)
    assert colour_at(hand, *middle) != bare
    hand.session.set_step(0)
    assert colour_at(hand, *middle) == bare


def test_drawing_into_a_file_leaves_the_picture_on_the_screen_whole(open_view):
    hand = open_view(bowl())
    hand.session.set_step(2)
    hand.shown.plot.grab()
    hand.session.set_step(30)
    # An enlarged picture is drawn anew, without the one that is kept for the screen.
    large = QImage(1800, 1200, QImage.Format.Format_RGB32)
    painter = QPainter(large)
    painter.scale(2.0, 2.0)
    hand.shown.plot.render(painter)
    painter.end()
    kept = hand.shown.plot.grab().toImage()
    hand.shown.trails.changed()
    assert hand.shown.plot.grab().toImage() == kept


def test_holes_show_the_background_and_the_readout_says_so(open_view):
    hand = open_view(with_holes())
    finite, hole = theme.current(), set()
    for x in np.linspace(-1.9, -0.1, 25):
        hole.add(colour_at(hand, x, 0.55).name())
    assert hole <= {finite.background.name(), finite.line.name()} or len(hole) < 8
    hand.move(-1.0, 0.5)
    assert "not a finite number" in hand.view.readout.text()
    hand.move(1.0, 0.5)
    assert numbers(hand.view.readout.text())[2] == pytest.approx(0.25, abs=0.03)


def test_a_region_without_any_loss_says_so(open_view):
    document = with_holes()
    hand = open_view(commands.set_ranges(document, ((-4.0, -2.0), (-1.0, 1.0))))
    note = hand.view.findChild(QLabel, "landscapeNote")
    assert note.isVisible() and "not a finite number" in note.text()


def test_known_minima_are_marked(open_view):
    function = engine.functions.get("himmelblau")
    document = Document(
        graph=function.graph(), landscape=LandscapeSettings(axes=function.coordinates, ranges=function.domain)
    )
    hand = open_view(document)
    assert sorted(hand.shown.marks.minima) == sorted(minimum.point for minimum in function.minima)


def test_arrows_come_and_go(open_view):
    hand = open_view(bowl())
    hand.view.findChild(QToolButton, "landscapeContours").click()
    plain = hand.shown.plot.grab().toImage()
    button = hand.view.findChild(QToolButton, "landscapeArrows")
    button.click()
    assert hand.shown.plot.grab().toImage() != plain
    button.click()
    assert hand.shown.plot.grab().toImage() == plain


def test_starts_go_back_to_the_graphs_point(open_view):
    hand = open_view(bowl())
    (action,) = [
        a for a in hand.view.controls.menu.actions() if a.objectName() == "actionLandscapeUnsetStarts"
    ]
    action.trigger()
    assert [racer.start for racer in hand.session.document.race.racers] == [None, None]
    assert not action.isEnabled()
    hand.session.undo_stack.undo()
    assert hand.session.document.race.racers[0].start == (-3.0, 4.0)


def test_a_racers_own_colour_is_drawn_at_once(open_view):
    hand = open_view(bowl())
    hand.session.set_step(3)
    hand.session.edit("Colour", commands.set_color(hand.session.document, 0, "#ff00ff"))
    assert colour_at(hand, *hand.session.race_result.paths[0][3]) == QColor("#ff00ff")


def test_without_a_mouse_the_readout_says_what_a_click_does(open_view):
    hand = open_view(bowl())
    assert "all start there" in hand.view.readout.text()
    hand.session.select_racer(1)
    assert "Slow starts there" in hand.view.readout.text()


def test_choosing_the_other_axis_coordinate_swaps_both_with_their_ranges(open_view, qtbot, settle):
    hand = open_view(bowl(ranges=((-5.0, 5.0), (-2.0, 2.0))))
    combo = hand.view.findChild(QComboBox, "landscapeXAxis")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    settle(hand.session)
    assert hand.session.document.landscape.axes == ("x1", "x0")
    assert hand.session.document.landscape.ranges == ((-2.0, 2.0), (-5.0, 5.0))
    assert hand.session.grid.axes == ("x1", "x0")
    assert hand.view.findChild(QComboBox, "landscapeYAxis").currentData() == "x0"


def test_keys_zoom_reset_and_deselect(open_view, qtbot, settle):
    hand = open_view(bowl())
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_Plus)
    assert ranges(hand) == pytest.approx([-5.0 / 1.2, 5.0 / 1.2] * 2)
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_Minus)
    assert ranges(hand) == pytest.approx([-5.0, 5.0, -5.0, 5.0])
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_Minus)
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_0)
    settle(hand.session)
    assert ranges(hand) == pytest.approx([-5.0, 5.0, -5.0, 5.0])
    hand.session.select_racer(1)
    qtbot.keyClick(hand.shown.plot, Qt.Key.Key_Escape)
    assert hand.session.selected_racer is None


def test_a_changed_constant_has_no_known_minima(open_view, settle):
    function = engine.functions.get("himmelblau")
    hand = open_view(Document(graph=function.graph()))
    assert len(hand.shown.marks.minima) == 4
    constant = next(node.id for node in function.graph().nodes.values() if node.op == "constant")
    hand.session.edit("Change", commands.set_value(hand.session.document, constant, 5.0))
    settle(hand.session)
    assert list(hand.shown.marks.minima) == []


def test_a_slice_says_which_point_fixes_the_rest(open_view):
    graph = engine.parse("loss = a**2 + b**2 + c**2", parameters={"a": 1.0, "b": 2.0, "c": -3.5})
    hand = open_view(Document(graph=graph))
    assert "c = −3.5" in hand.view.findChild(QLabel, "landscapeNote").text()
    assert hand.session.grid.axes == ("a", "b")


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: engine.parse("loss = c**2", constants={"c": 1.0}), "parameter"),
        (
            lambda: engine.parse("loss = x**2 + y", parameters={"x": 1.0, "y": 1.0}).connected(
                "loss", 1, None
            ),
            "loss",
        ),
    ],
)
def test_without_a_landscape_a_sentence_says_why(open_view, make, word):
    hand = open_view(Document(graph=make()))
    message = hand.view.findChild(QLabel, "landscapeMessage")
    assert message.isVisible() and word in message.text() and message.text().endswith(".")
    assert not hand.view.controls.isEnabled()
    assert not find(hand.view, "landscapeSeed", QSpinBox).isVisible()


def test_a_mended_graph_shows_its_landscape_again(open_view, settle):
    document = bowl()
    hand = open_view(document)
    broken = document.replace(graph=document.graph.without("loss"))
    hand.session.edit("Delete", broken)
    settle(hand.session)
    assert hand.view.findChild(QLabel, "landscapeMessage").isVisible()
    hand.session.undo_stack.undo()
    settle(hand.session)
    assert hand.shown is hand.view.plane and ranges(hand) == pytest.approx([-5.0, 5.0, -5.0, 5.0])


def test_another_document_brings_its_own_region(open_view, settle):
    hand = open_view(bowl())
    hand.turn_wheel(0.0, 0.0, notches=3)
    hand.session.open(with_holes())
    settle(hand.session)
    assert ranges(hand) == pytest.approx([-2.0, 2.0, -1.0, 1.0])
    assert hand.shown.trails.trails == []


def test_the_light_theme_repaints(open_view):
    hand = open_view(with_holes())
    theme.switch().choose("light")
    image = hand.shown.plot.grab().toImage()
    assert image.pixelColor(2, 2) == theme.LIGHT.background


def test_the_view_follows_values_that_leave_it_unless_the_document_has_a_region(open_view, settle):
    graph = engine.parse("loss = x**2 + y**2", parameters={"x": 0.0, "y": 0.0})
    hand = open_view(Document("Free", graph))
    session = hand.session
    settle(session)
    home = ranges(hand)
    assert home == [-1.0, 1.0, -1.0, 1.0]
    session.edit("Set x", commands.set_value(session.document, "x", np.array(0.5)))
    settle(session)
    assert ranges(hand) == home  # what is in view stays where it is
    session.edit("Set x", commands.set_value(session.document, "x", np.array(3.0)))
    settle(session)
    assert ranges(hand) == [0.0, 6.0, -1.0, 1.0] and session.grid.ranges[0] == (0.0, 6.0)
    hand.shown.show_ranges(((-9.0, -8.0), (-9.0, -8.0)))  # a person looks elsewhere
    session.edit("Set x", commands.set_value(session.document, "x", np.array(40.0)))
    settle(session)
    assert ranges(hand) == [-9.0, -8.0, -9.0, -8.0]


def test_the_view_stays_in_the_region_of_the_document_when_values_leave_it(open_view, settle):
    hand = open_view(bowl())
    session = hand.session
    settle(session)
    document = commands.set_starts(session.document, None)
    session.edit("Set x0", commands.set_value(document, "x0", np.array(30.0)))
    settle(session)
    assert ranges(hand) == [-5.0, 5.0, -5.0, 5.0]
