"""What is drawn of a surface ahead of time is what a view would draw of it, and is drawn only for what is shown."""

from __future__ import annotations

import numpy as np
import pytest

from gdstudio.document import library
from gdstudio.ui import commands
from gdstudio.ui.landscape.drawing import CONTOUR_COUNT, Drawing, Surface
from gdstudio.ui.landscape.frame import Frame

from .support import bowl


def edited(hand, settle, value: float) -> None:
    """Edit the first constant of the graph and wait for what follows from it."""
    session = hand.session
    node = next(node for node in session.document.graph.nodes.values() if node.op == "constant")
    session.edit("value", commands.set_value(session.document, node.id, value))
    settle(session)


def test_an_edit_brings_the_surface_with_its_picture(open_view, settle):
    hand = open_view(library.get("himmelblau"))
    edited(hand, settle, 10.5)
    ahead = hand.session.grid.drawing
    assert isinstance(ahead, Drawing)
    assert hand.shown.surface.drawing is ahead
    here = Drawing.of(hand.session.grid, hand.shown.frame, None)
    assert ahead.image("viridis") == here.image("viridis")
    (lines, push), (expected, _) = (d.lines(hand.shown.frame, "viridis") for d in (ahead, here))
    assert push == (0.0, 0.0)
    assert [path for path, _ in lines.paths] == [path for path, _ in expected.paths]
    assert [(text, label) for label, text, _ in lines.labels] == [
        (text, label) for label, text, _ in expected.labels
    ]
    assert 3 <= len(here.contours) <= 2 * CONTOUR_COUNT
    assert 1 <= len(lines.paths) <= 2  # on dark colours and on light ones


def test_contours_that_share_a_path_are_not_joined(open_view):
    """Around a bowl they are circles some pixels apart, of much shorter pieces."""
    hand = open_view(bowl())
    drawing, frame = hand.shown.surface.drawing, hand.shown.frame
    (lines, _), count = drawing.lines(frame, "gray"), 0
    for path, _ in lines.paths:
        elements = [path.elementAt(i) for i in range(path.elementCount())]
        for before, after in zip(elements, elements[1:], strict=False):
            if after.isLineTo():
                count += 1
                assert np.hypot(after.x - before.x, after.y - before.y) < 8.0
    assert count > 100 and len(drawing.contours) >= 3


def test_colours_with_chosen_ends_are_drawn_ahead_too(open_view, settle):
    hand = open_view(library.get("himmelblau"))
    document = hand.session.document
    hand.session.edit("levels", commands.set_landscape(document, levels=(1.0, 40.0)))
    edited(hand, settle, 10.5)
    drawing = hand.shown.surface.drawing
    assert drawing is hand.session.grid.drawing
    assert (drawing.scale.low, drawing.scale.high) == (1.0, 40.0)
    assert drawing.whole.high > 100.0


def test_a_picture_for_other_colours_is_not_shown(open_view, settle):
    hand = open_view(library.get("himmelblau"))
    edited(hand, settle, 10.5)
    ahead = hand.session.grid.drawing
    hand.session.edit("scale", commands.set_landscape(hand.session.document, scale="rank"))
    assert hand.shown.surface.drawing is not ahead
    assert hand.shown.surface.colour_scale.kind == "rank"


@pytest.mark.parametrize("window", [((-1.0, 1.0), (0.0, 2.0)), ((-2.0, 2.0), (-1.0, 0.5))])
def test_colours_are_spread_over_what_is_in_view(open_view, window):
    grid = open_view(bowl()).session.grid
    drawing = Drawing.of(grid, Frame(*window, 400.0, 300.0), None)
    spots = [(x, y) for x in grid.xs for y in grid.ys]
    inside = [
        x * x + y * y
        for x, y in spots
        if window[0][0] <= x <= window[0][1] and window[1][0] <= y <= window[1][1]
    ]
    assert drawing.scale.low == pytest.approx(min(inside))
    assert drawing.scale.high == pytest.approx(max(inside))


def test_where_a_frame_shows_hardly_a_point_all_count():
    surface = Surface(np.linspace(0.0, 1.0, 3), np.linspace(0.0, 1.0, 3), np.arange(9.0).reshape(3, 3))
    assert surface.z[surface.within(Frame((0.1, 0.2), (0.1, 0.2), 10.0, 10.0))].size == 9
