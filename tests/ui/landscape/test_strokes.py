"""Segments drawn as they are, and dashes cut from them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from gdstudio.ui.landscape.strokes import dashed, draw_segments, lengths

BENT = np.array([[0.0, 0.0, 10.0, 0.0], [10.0, 0.0, 10.0, 6.0]])


def test_dashes_go_round_corners():
    # 8 on, 4 off, 8 on along 16 pixels: 0-8 and 12-16.
    assert dashed(BENT, (8.0, 4.0)).tolist() == [[0.0, 0.0, 8.0, 0.0], [10.0, 2.0, 10.0, 6.0]]


def test_a_dash_over_a_corner_is_two_pieces():
    assert dashed(BENT, (12.0, 4.0)).tolist() == [[0.0, 0.0, 10.0, 0.0], [10.0, 0.0, 10.0, 2.0]]


def test_dashes_go_on_where_the_last_piece_ended():
    whole = dashed(BENT, (5.0, 2.0, 1.0, 2.0))
    parts = [dashed(BENT[:1], (5.0, 2.0, 1.0, 2.0)), dashed(BENT[1:], (5.0, 2.0, 1.0, 2.0), offset=10.0)]
    assert np.vstack(parts) == pytest.approx(whole)


def test_dashes_cover_their_share():
    t = np.linspace(0.0, 6.0, 400)
    x, y = 100.0 * np.cos(t), 100.0 * np.sin(t)
    circle = np.column_stack([x[:-1], y[:-1], x[1:], y[1:]])
    share = lengths(dashed(circle, (10.0, 5.0))).sum() / lengths(circle).sum()
    assert share == pytest.approx(2.0 / 3.0, abs=0.01)


def test_nothing_to_dash():
    assert dashed(np.empty((0, 4)), (5.0, 2.0)).shape == (0, 4)
    assert len(dashed(np.array([[3.0, 3.0, 3.0, 3.0]]), (5.0, 2.0))) == 0


def test_segments_are_drawn_where_they_are(qapp):
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    painter.setPen(QColor("white"))
    draw_segments(painter, np.array([[2.0, 5.0, 8.0, 5.0], [12.0, 1.0, 12.0, 18.0]]))
    draw_segments(painter, np.empty((0, 4)))
    painter.end()
    lit = {(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y) == QColor("white")}
    assert lit == {(x, 5) for x in range(2, 9)} | {(12, y) for y in range(1, 19)}
