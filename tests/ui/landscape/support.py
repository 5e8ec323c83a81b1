"""Documents with numbers known by hand, and a hand for the mouse on a landscape."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gdstudio import engine
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.session import Session


def bowl(**landscape) -> Document:
    """x0² + x1² with one racer from (-3, 4) and one from the graph's own point (1, 2)."""
    graph = engine.parse("loss = x0**2 + x1**2", parameters={"x0": 1.0, "x1": 2.0})
    settings = {"axes": ("x0", "x1"), "ranges": ((-5.0, 5.0), (-5.0, 5.0)), **landscape}
    racers = (
        RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, start=(-3.0, 4.0)),
        RacerSettings("Slow", "sgd", {"learning_rate": 0.01}),
    )
    return Document("Bowl", graph, LandscapeSettings(**settings), RaceSettings(50, racers=racers))


def parabola() -> Document:
    """x² with a racer from 3; one coordinate."""
    graph = engine.parse("loss = x**2", parameters={"x": -2.0})
    racer = RacerSettings("SGD", "sgd", {"learning_rate": 0.1}, start=(3.0,))
    return Document(
        "Parabola", graph, LandscapeSettings(ranges=((-4.0, 4.0),)), RaceSettings(30, racers=(racer,))
    )


def with_holes() -> Document:
    """log(x) + y², which has no value where x <= 0."""
    graph = engine.parse("loss = log(x) + y**2", parameters={"x": 1.0, "y": 1.0})
    return Document("Holes", graph, LandscapeSettings(("x", "y"), ((-2.0, 2.0), (-1.0, 1.0))))


def move_mouse(
    widget: QWidget,
    at: QPoint,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Move the mouse over a widget, by default with a button held.

    The event goes straight to the widget: where a window that another test left open lies above it, Qt's own mouse would
    never reach it.
    """
    place, screen = QPointF(at), QPointF(widget.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, place, screen, Qt.MouseButton.NoButton, button, keys)
    QApplication.sendEvent(widget, event)


@dataclass
class Hand:
    """Moves the mouse over the plot that is shown; positions are coordinates of the plot's axes."""

    view: LandscapeView
    session: Session

    @property
    def shown(self) -> PlotView:
        return self.view.pages.currentWidget()

    def pixel(self, x: float, y: float) -> QPoint:
        plot = self.shown
        px, py = (float(v) for v in plot.frame.to_pixels(x, y))
        return plot.plot.mapFromScene(plot.box.mapToScene(QPointF(px, py)))

    def move(self, x: float, y: float) -> None:
        move_mouse(self.shown.plot.viewport(), self.pixel(x, y), Qt.MouseButton.NoButton)
        QApplication.processEvents()

    def click(self, x: float, y: float) -> None:
        QTest.mouseClick(self.shown.plot.viewport(), Qt.MouseButton.LeftButton, pos=self.pixel(x, y))

    def double_click(self, x: float, y: float) -> None:
        """As a hand does it: the first click of the two arrives as a click of its own."""
        self.click(x, y)
        QTest.mouseDClick(self.shown.plot.viewport(), Qt.MouseButton.LeftButton, pos=self.pixel(x, y))

    def press(self, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mousePress(self.shown.plot.viewport(), button, pos=self.pixel(x, y))

    def drag_over(self, pixels: list[QPoint], button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Move with the button held; `QTest.mouseMove` has no buttons."""
        for at in pixels:
            move_mouse(self.shown.plot.viewport(), at, button)

    def release(self, at: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mouseRelease(self.shown.plot.viewport(), button, pos=at)

    def drag(
        self, start: tuple[float, float], *places: tuple[float, float], button=Qt.MouseButton.LeftButton
    ) -> None:
        """Press at `start`, move over `places`, release at the last. All of them are found before anything
        moves.
        """
        pixels = [self.pixel(*place) for place in places]
        self.press(*start, button)
        self.drag_over(pixels, button)
        self.release(pixels[-1], button)

    def turn_wheel(self, x: float, y: float, notches: int) -> None:
        viewport = self.shown.plot.viewport()
        at = QPointF(self.pixel(x, y))
        screen = QPointF(viewport.mapToGlobal(at.toPoint()))
        event = QWheelEvent(
            at, screen, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
