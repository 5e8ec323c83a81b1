"""The secant: the derivative as a limit, until rounding spoils it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider

from gdstudio.ui import commands

from .support import bowl, parabola


@pytest.fixture
def hand(open_view):
    hand = open_view(parabola())
    hand.session.set_step(0)
    hand.view.controls.secant.trigger()
    return hand


def words(hand) -> str:
    return hand.view.findChild(QLabel, "secantText").text()


def test_the_quotient_of_a_parabola_is_its_slope_and_epsilon_more(hand):
    # At the racer's start, x = 3: ((3 + ε)² − 9) / ε = 6 + ε.
    secant = hand.view.pages.line.secant.secant
    assert (secant.epsilon, secant.quotient, secant.slope) == (1.0, pytest.approx(7.0), 6.0)
    assert "secant 7.000" in words(hand) and "tangent 6.000" in words(hand)


def test_the_slider_shrinks_epsilon_by_keys_and_the_secant_nears_the_tangent(hand):
    slider = hand.view.findChild(QSlider, "secantEpsilon")
    assert slider.isVisible()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    secant = hand.view.pages.line.secant.secant
    assert secant.epsilon == 0.001
    assert secant.error == pytest.approx(0.001, rel=1e-6)


def test_rounding_spoils_the_smallest_epsilon(hand):
    hand.view.findChild(QSlider, "secantEpsilon").setValue(150)
    assert hand.view.pages.line.secant.secant.error > 1e-3


def test_it_follows_the_mouse_and_goes_when_switched_off(hand):
    hand.move(-1.0, 5.0)
    assert hand.view.pages.line.secant.secant.x == pytest.approx(-1.0)
    hand.view.controls.secant.trigger()
    assert hand.view.pages.line.secant.secant is None
    assert not hand.view.secant_bar.isVisible()


def test_where_nobody_races_it_stands_at_the_graphs_own_point_and_follows_it(open_view):
    document = parabola()
    hand = open_view(replace(document, race=replace(document.race, racers=())))
    hand.view.controls.secant.trigger()
    # ((x + 1)² − x²) / 1 = 2x + 1
    secant = hand.view.pages.line.secant.secant
    assert (secant.x, secant.quotient, secant.slope) == (-2.0, pytest.approx(-3.0), -4.0)
    session = hand.session
    session.edit("Value", commands.set_value(session.document, "x", 0.5))
    secant = hand.view.pages.line.secant.secant
    assert (secant.x, secant.quotient) == (0.5, pytest.approx(2.0))


def test_a_plane_has_none(open_view):
    hand = open_view(bowl())
    assert not hand.view.controls.secant.isVisible()
    assert not hand.view.secant_bar.isVisible()
