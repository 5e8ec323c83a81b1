"""Wheel and trackpad on the canvas, with the events that Qt makes of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Phase = Qt.ScrollPhase
Gesture = Qt.NativeGestureType


def device(kind: QInputDevice.DeviceType, fingers: int) -> QPointingDevice:
    capabilities = QInputDevice.Capability.Position | QInputDevice.Capability.PixelScroll
    pointer = QPointingDevice.PointerType.Finger
    return QPointingDevice("test", 7, kind, pointer, capabilities, fingers, 3)


@pytest.fixture
def trackpad():
    return device(QInputDevice.DeviceType.TouchPad, 2)


@pytest.fixture
def mouse():
    return device(QInputDevice.DeviceType.Mouse, 1)


def scroll(hand, dev, pixels=(0, 0), angle=(0, 0), modifiers=NONE, phase=Phase.NoScrollPhase, at=(200, 150)):
    place = QPointF(*at)
    above = QPointF(hand.viewport.mapToGlobal(place.toPoint()))
    event = QWheelEvent(
        place, above, QPoint(*pixels), QPoint(*angle), Qt.MouseButton.NoButton, modifiers, phase, False,
        Qt.MouseEventSource.MouseEventNotSynthesized, dev,
    )  # fmt: skip
    QApplication.sendEvent(hand.viewport, event)
    assert event.isAccepted()


def gesture(hand, dev, kind, value=0.0, delta=(0, 0), at=(200, 150)):
    place = QPointF(*at)
    above = QPointF(hand.viewport.mapToGlobal(place.toPoint()))
    event = QNativeGestureEvent(kind, dev, 2, place, place, above, value, QPointF(*delta))
    QApplication.sendEvent(hand.viewport, event)


def corner(hand):
    """Where a node lies in the window."""
    return hand.pixel(hand.editor.scene.nodes["x1"].pos())


@pytest.fixture
def still(hand):
    """A hand on a graph at 100 %, which nothing frames by itself any more."""
    hand.key(Qt.Key.Key_0, CTRL)
    return hand


def test_two_fingers_pan(still, trackpad):
    before, scale = corner(still), still.view.scale_now
    scroll(still, trackpad, pixels=(-30, 12), angle=(-60, 24), phase=Phase.ScrollUpdate)
    assert corner(still) - before == QPoint(-30, 12)
    assert still.view.scale_now == scale


def test_fingers_without_pixels_pan_by_the_angle(still, trackpad):
    before = corner(still)
    scroll(still, trackpad, angle=(0, -40))
    assert corner(still) - before == QPoint(0, -40)


def test_scrolling_with_a_beginning_and_an_end_pans_whatever_the_device_is(still, mouse):
    before, scale = corner(still), still.view.scale_now
    scroll(still, mouse, pixels=(0, 25), angle=(0, 50), phase=Phase.ScrollUpdate)
    assert corner(still) - before == QPoint(0, 25)
    assert still.view.scale_now == scale


def test_two_fingers_with_ctrl_zoom_at_the_cursor(still, trackpad):
    point = still.view.mapToScene(QPoint(200, 150))
    scroll(still, trackpad, pixels=(0, 40), modifiers=CTRL, phase=Phase.ScrollUpdate)
    assert still.view.scale_now == pytest.approx(1.0015**80)
    assert (still.view.mapFromScene(point) - QPoint(200, 150)).manhattanLength() <= 2


def test_a_wheel_zooms_by_the_notch_and_pans_sideways_with_shift(still, mouse):
    scroll(still, mouse, angle=(0, 120))
    assert still.view.scale_now == pytest.approx(1.0015**120)
    scroll(still, mouse, angle=(0, -120))
    assert still.view.scale_now == pytest.approx(1.0)
    before = corner(still)
    scroll(still, mouse, angle=(0, 120), modifiers=SHIFT)
    assert corner(still) - before == QPoint(120, 0)
    scroll(still, mouse, angle=(-120, 0))
    assert corner(still) == before
    assert still.view.scale_now == pytest.approx(1.0)


def test_a_pinch_zooms_at_the_fingers(still, trackpad):
    point = still.view.mapToScene(QPoint(200, 150))
    gesture(still, trackpad, Gesture.BeginNativeGesture)
    for _ in range(3):
        gesture(still, trackpad, Gesture.ZoomNativeGesture, 0.1)
    gesture(still, trackpad, Gesture.EndNativeGesture)
    assert still.view.scale_now == pytest.approx(1.1**3)
    assert (still.view.mapFromScene(point) - QPoint(200, 150)).manhattanLength() <= 3


def test_a_pinch_to_nothing_stops_at_the_smallest_scale(still, trackpad):
    for value in (-0.5, -1.0, -2.0):
        gesture(still, trackpad, Gesture.ZoomNativeGesture, value)
    assert still.view.scale_now == pytest.approx(0.08)


def test_fingers_that_pan_and_a_double_tap(still, trackpad):
    before = corner(still)
    gesture(still, trackpad, Gesture.PanNativeGesture, delta=(15, -8))
    assert corner(still) - before == QPoint(15, -8)
    still.view.set_scale(0.5)
    gesture(still, trackpad, Gesture.SmartZoomNativeGesture)
    assert still.view.scale_now == pytest.approx(1.0)
    still.view.pan(QPointF(2000, 0))
    gesture(still, trackpad, Gesture.SmartZoomNativeGesture)
    assert still.view.shows(still.editor.scene.bounds())


def test_zooming_in_a_hurry_ends_as_sharp_as_without(still, mouse, qtbot):
    def looks():
        return still.viewport.grab().toImage()

    scroll(still, mouse, angle=(0, -240))
    assert still.editor.scene.node_layer.hurry
    qtbot.waitUntil(lambda: not still.editor.scene.node_layer.hurry, timeout=30_000)
    after = looks()
    still.editor.scene.node_layer.forget()
    still.view.draw_anew()
    assert looks() == after
