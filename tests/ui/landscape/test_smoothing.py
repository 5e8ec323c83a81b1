"""Continuation: the surface blurred by σ."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings

from .support import bowl, parabola


@pytest.fixture
def blurred(open_view, qtbot):
    """The bowl x0² + x1² over 10 by 10, blurred."""
    hand = open_view(bowl())
    with qtbot.waitSignal(hand.view.losses.ready, timeout=20_000):
        hand.view.controls.smooth.trigger()
    return hand


def test_a_blurred_bowl_is_the_bowl_lifted_by_the_width_squared(blurred):
    # E[(x + σz)²] = x² + σ², along both axes.
    width = 10.0 * blurred.view.smooth_bar.share
    grid = blurred.view.plane.grid
    expected = grid.xs[:, None] ** 2 + grid.ys[None, :] ** 2 + 2 * width**2
    assert np.allclose(grid.z, expected, rtol=1e-9)
    blurred.move(1.0, 2.0)
    assert blurred.view.pages.grid.landscape.value_and_gradient(1.0, 2.0)[0] == pytest.approx(
        5 + 2 * width**2
    )


def test_the_slider_widens_the_blur_by_keys(blurred, qtbot):
    before, slider = blurred.view.smooth_bar.share, blurred.view.findChild(QSlider, "smoothWidth")
    with qtbot.waitSignal(blurred.view.losses.ready, timeout=20_000):
        QTest.keyClick(slider, Qt.Key.Key_End)
    assert blurred.view.smooth_bar.share == pytest.approx(0.3) and before < 0.3
    assert "x0: 3.00" in blurred.view.findChild(QLabel, "smoothText").text()
    assert blurred.view.plane.grid.z.min() == pytest.approx(2 * 3.0**2, rel=0.01)


def test_switched_off_the_surface_is_sharp_again(blurred):
    blurred.view.controls.smooth.trigger()
    assert blurred.view.plane.grid is blurred.session.grid
    assert not blurred.view.smooth_bar.isVisible()


def test_zooming_keeps_the_width(blurred, qtbot, settle):
    with qtbot.waitSignal(blurred.view.losses.ready, timeout=20_000):
        blurred.turn_wheel(0.0, 0.0, 2)
    settle(blurred.session)
    assert blurred.view.pages.grid.landscape.sigma[0] == pytest.approx(10.0 * blurred.view.smooth_bar.share)


def test_a_line_is_blurred_too(open_view, qtbot):
    hand = open_view(parabola())
    with qtbot.waitSignal(hand.view.losses.ready, timeout=20_000):
        hand.view.controls.smooth.trigger()
    width = 8.0 * hand.view.smooth_bar.share
    assert hand.view.pages.line.grid.z == pytest.approx(hand.view.pages.line.grid.xs**2 + width**2)


def test_minima_merge_as_the_width_grows(open_view, qtbot):
    graph = engine.parse("loss = cos(4*x)*cos(4*y) + 0.2*(x**2 + y**2)", parameters={"x": 0.5, "y": 0.5})
    hand = open_view(Document("Ripples", graph, LandscapeSettings(("x", "y"), ((-3.0, 3.0), (-3.0, 3.0)))))

    def minima() -> int:
        qtbot.waitUntil(lambda: hand.view.is_idle, timeout=30_000)
        return sum(mark.kind == "minimum" for mark in hand.shown.marks.critical)

    assert minima() > 4
    hand.view.smooth_bar.slider.setValue(60)
    hand.view.controls.smooth.trigger()
    assert minima() == 1
    # A ripple cos(4x)·cos(4y) is damped by exp(−16σ²), here to nothing.
    assert math.exp(-16 * (6 * 0.3) ** 2) < 1e-20
