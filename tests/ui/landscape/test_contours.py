"""Contour lines lie on their level, avoid holes, and their labels sit on them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from gdstudio.ui.landscape.contours import contours, labels
from gdstudio.ui.landscape.frame import Frame

from .support import bowl

XS = np.linspace(-2.0, 2.0, 81)
YS = np.linspace(-3.0, 3.0, 121)
Z = XS[:, None] ** 2 + YS[None, :] ** 2


def test_lines_of_a_round_bowl_are_circles():
    for line in contours(XS, YS, Z, [0.25, 1.0]):
        radius = np.hypot(line.x, line.y)
        assert radius[np.isfinite(radius)] == pytest.approx(np.sqrt(line.loss), abs=2e-3)


def test_levels_that_are_not_reached_have_no_line():
    assert [line.loss for line in contours(XS, YS, Z, [-1.0, 1.0, 50.0])] == [1.0]


def test_no_line_runs_through_a_hole():
    z = Z.copy()
    z[XS > 0.5] = np.nan
    (line,) = contours(XS, YS, z, [1.0])
    assert np.nanmax(line.x) <= 0.5


def test_labels_sit_on_their_lines_upright_and_apart():
    x, y = 250.0 + 0 * XS, 100.0 + 60.0 * XS
    found = labels([(1.0, x, y), (2.0, x + 20.0, y), (3.0, x + 150.0, y)], 500.0, 200.0)
    assert [label.loss for label in found] == [1.0, 2.0, 3.0]
    for label, column in zip(found, (250.0, 270.0, 400.0), strict=True):
        assert label.x == column and -90.0 <= label.angle <= 90.0
    apart = [np.hypot(a.x - b.x, a.y - b.y) for a in found for b in found if a is not b]
    assert min(apart) > 50.0


def test_no_label_where_a_line_is_too_short_or_too_bent():
    angle = np.linspace(0.0, 2.0 * np.pi, 50)
    assert labels([(1.0, 100.0 + 8.0 * np.cos(angle), 100.0 + 8.0 * np.sin(angle))], 200.0, 200.0) == []


def picture(layer, frame: Frame) -> np.ndarray:
    """What a layer draws in a frame, RGB of shape (height, width, 3)."""
    image = QImage(int(frame.width), int(frame.height), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    layer.draw(painter, frame)
    painter.end()
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)[..., :3].astype(int)


@pytest.mark.parametrize("name", ["surface", "trails"])
def test_lines_and_labels_move_along_with_a_map_that_is_pushed(open_view, name):
    hand = open_view(bowl())
    layer, frame = getattr(hand.view.plane, name), hand.shown.frame
    frame = Frame(frame.x, frame.y, 600.0, 400.0)
    before = picture(layer, frame)
    pushed = Frame(*frame.moved(30.0, -12.0), frame.width, frame.height)
    after = picture(layer, pushed)
    assert before[12:, :570].std() > 5.0
    assert np.abs(after[:-12, 30:] - before[12:, :-30]).mean() < 0.5
    zoomed = Frame(*frame.zoomed(0.5, 10.0, 10.0), frame.width, frame.height)
    assert np.abs(picture(layer, zoomed) - before).mean() > 0.5


def test_only_a_push_has_an_offset():
    frame = Frame((-5.0, 5.0), (-2.0, 2.0), 600.0, 400.0)
    assert Frame(*frame.moved(30.0, -12.0), 600.0, 400.0).offset(frame) == pytest.approx((30.0, -12.0))
    assert Frame(*frame.zoomed(0.5, 300.0, 200.0), 600.0, 400.0).offset(frame) is None
    assert Frame(frame.x, frame.y, 500.0, 400.0).offset(frame) is None


def test_a_very_fine_grid_has_the_contours_of_a_screen():
    x = np.linspace(-2.0, 2.0, 600)
    (circle,) = contours(x, x, x[:, None] ** 2 + x[None, :] ** 2, [1.0])
    assert np.hypot(circle.x, circle.y) == pytest.approx(np.ones(len(circle.x)), abs=1e-4)
    assert len(circle.x) < 1000
