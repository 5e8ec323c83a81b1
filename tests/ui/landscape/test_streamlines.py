"""Streamlines lead straight down, keep apart, and are drawn where they lead."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from gdstudio.ui.landscape.frame import Frame
from gdstudio.ui.landscape.streamlines import Streamlines, streamlines
from tests.ui.helpers import find

from .support import bowl, with_holes


def bowl_lines(steep: float = 1.0) -> Streamlines:
    """Of x² + steep y² on [-4, 4]²."""
    x = np.linspace(-4.0, 4.0, 65)
    gx, gy = np.meshgrid(2 * x, 2 * steep * x, indexing="ij")
    return streamlines(x, x, gx, gy, (20, 20))


def pieces(lines: Streamlines) -> list[np.ndarray]:
    """Each line's points, shape (n, 2)."""
    points = np.stack([lines.x, lines.y], axis=1)
    ends = np.flatnonzero(np.isnan(lines.x))
    return [piece[: len(piece) - 1] for piece in np.split(points, ends + 1) if len(piece) > 1]


def test_in_a_round_bowl_every_line_runs_along_its_radius():
    for line in pieces(bowl_lines()):
        ahead = np.diff(line, axis=0)
        cross = line[:-1, 0] * ahead[:, 1] - line[:-1, 1] * ahead[:, 0]
        assert np.abs(cross).max() < 1e-6


def test_in_an_oval_bowl_lines_follow_the_exact_curve():
    # dy/dx = 4 y / x along the gradient of x² + 4 y², so that y / x⁴ stays.
    lines = [line for line in pieces(bowl_lines(steep=4.0)) if (np.abs(line) > 0.3).all()]
    assert len(lines) > 10
    for line in lines:
        ratio = line[:, 1] / line[:, 0] ** 4
        assert ratio == pytest.approx(np.full(len(ratio), ratio[0]), rel=0.05)


def test_lines_lead_downhill():
    for line in pieces(bowl_lines(steep=3.0)):
        assert (np.diff(line[:, 0] ** 2 + 3.0 * line[:, 1] ** 2) < 0).all()


def test_no_two_lines_share_a_cell():
    seen: set[tuple[int, int]] = set()
    lines = pieces(bowl_lines(steep=3.0))
    assert len(lines) > 20
    for line in lines:
        cells = {tuple(cell) for cell in np.minimum((line + 4.0) / 8.0 * 20, 19).astype(int)}
        assert not cells & seen
        seen |= cells


def test_a_flat_surface_and_holes_have_no_lines():
    x = np.linspace(0.0, 1.0, 9)
    flat, holes = np.zeros((9, 9)), np.full((9, 9), np.nan)
    assert len(streamlines(x, x, flat, flat, (8, 8)).x) == 0
    assert len(streamlines(x, x, holes, flat, (8, 8)).x) == 0


def test_arrow_heads_point_the_way_of_their_line():
    lines = bowl_lines()
    frame = Frame((-4.0, 4.0), (-4.0, 4.0), 400.0, 400.0)
    barbs = lines.head_segments(frame)
    tip, end = barbs[:, :2] - 200.0, barbs[:, 2:] - 200.0
    # Downhill is towards the middle, so a barb goes back, away from it.
    assert (np.hypot(*end.T) > np.hypot(*tip.T)).all()


def test_streamlines_are_chosen_beside_arrows_and_drawn(open_view, qtbot):
    hand = open_view(bowl(contours=False, critical=False))
    before = hand.shown.plot.grab().toImage()
    find(hand.view, "actionLandscapeStreamlines", QAction).trigger()
    assert hand.session.document.landscape.field == "streamlines"
    qtbot.waitUntil(lambda: hand.view.is_idle, timeout=30_000)
    streams = hand.shown.surface.streams
    assert streams is not None and hand.shown.surface.arrows is None
    after = hand.shown.plot.grab().toImage()
    spots = [k for k in range(0, len(streams.x), 7) if np.isfinite(streams.x[k])]
    changed = [
        after.pixelColor(pixel) != before.pixelColor(pixel)
        for pixel in (hand.pixel(float(streams.x[k]), float(streams.y[k])) for k in spots)
    ]
    assert np.mean(changed) > 0.8
    find(hand.view, "landscapeArrows", QToolButton).click()
    assert hand.session.document.landscape.field == "none"
    assert hand.shown.surface.streams is None


def test_streamlines_stop_at_holes(open_view, qtbot):
    document = with_holes()
    settings = document.landscape.replace(field="streamlines")
    hand = open_view(document.replace(landscape=settings))
    qtbot.waitUntil(lambda: hand.view.is_idle and hand.shown.surface.streams is not None, timeout=30_000)
    x = hand.shown.surface.streams.x
    assert np.nanmin(x) >= 0.0
