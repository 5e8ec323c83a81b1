"""Documents small enough to check by hand, and hands for the widgets of the race panel."""

from __future__ import annotations

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget

from gdstudio import engine
from gdstudio.document.model import Document, RacerSettings, RaceSettings
from gdstudio.ui.race import RacePanel
from gdstudio.ui.race.racers_model import Column
from gdstudio.ui.session import Session

SGD = RacerSettings("SGD", "sgd", {"learning_rate": 0.1})
MOMENTUM = RacerSettings("Momentum", "momentum", {"learning_rate": 0.02})
ADAM = RacerSettings("Adam", "adam", {"learning_rate": 0.05})


def line_fit(*racers: RacerSettings, steps: int = 40) -> Document:
    """The line through (0, 1), (1, 2), (2, 3), from a = b = 2: the loss begins at ½(1 + 4 + 9) = 7."""
    graph = engine.parse(
        "loss = 0.5*sum((a*x + b - y)**2)",
        parameters={"a": 2.0, "b": 2.0},
        constants={"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 3.0]},
    )
    return Document("Line fit", graph, race=RaceSettings(steps=steps, racers=racers))


def bowl(*racers: RacerSettings, steps: int = 400) -> Document:
    """x0² + x1² from (−3, 4); a step of gradient descent multiplies the point by 1 − 2·learning_rate."""
    graph = engine.parse("loss = x0**2 + x1**2", parameters={"x0": -3.0, "x1": 4.0})
    return Document("Bowl", graph, race=RaceSettings(steps=steps, racers=racers))


def settle(qtbot, session: Session) -> None:
    """Wait until everything that depends on the document has been computed."""
    if not session.is_settled:
        with qtbot.waitSignal(session.settled, timeout=20_000):
            pass


def child(panel: QObject, kind: type, name: str):
    """The widget of that name; a test fails here when it is gone."""
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def table(panel: RacePanel) -> QTableView:
    return child(panel, QTableView, "racersTable")


def middle(view: QTableView, row: int, column: Column) -> QPoint:
    """The middle of a cell, in pixels of the viewport."""
    return view.visualRect(view.model().index(row, column)).center()


def text(panel: RacePanel, row: int, column: Column) -> str:
    return table(panel).model().index(row, column).data()


def click_cell(panel: RacePanel, row: int, column: Column) -> None:
    view = table(panel)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, row, column))


def wait_for_form(panel: RacePanel) -> None:
    """Handle events until the fields of the selected racer are there."""
    deadline = QDeadlineTimer(30_000)
    while not panel.options.is_complete:
        assert not deadline.hasExpired(), "the form is not complete"
        QApplication.processEvents()


def drag(widget: QWidget, *points: QPoint) -> None:
    """Press at the first point, move through the others with the button held, release at the last."""
    QTest.mouseMove(widget, points[0])
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        # QTest.mouseMove says that no button is down.
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            widget.mapToGlobal(QPointF(point)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=points[-1])


def type_into(field, text: str) -> None:
    """Replace what stands in a field and press Enter."""
    line = field if isinstance(field, QLineEdit) else field.lineEdit()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
