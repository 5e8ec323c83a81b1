"""Errors that nothing caught, wherever they come from: told once, the document kept, the window still of use."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from gdstudio.document import files
from gdstudio.ui import application, commands, last_resort
from gdstudio.ui.main_window import MainWindow
from tests.ui.helpers import find, wait_settled

# The hook is the one under test, not that of pytest-qt.
pytestmark = pytest.mark.qt_no_exception_capture


class Flaw(Exception):
    """What goes wrong in these tests."""


@pytest.fixture
def shown(monkeypatch) -> list[QMessageBox]:
    """The dialogs that were shown; each is answered at once."""
    boxes: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append(box))
    return boxes


@pytest.fixture
def rescue(tmp_path, monkeypatch):
    path = tmp_path / "data" / "rescued.gdstudio"
    monkeypatch.setattr(last_resort, "rescue_path", lambda: path)
    return path


@pytest.fixture
def window(open_window, chain, rescue, monkeypatch) -> Iterator[MainWindow]:
    """A window with an edit, and a last resort that takes what nothing catches."""
    opened = open_window(chain)
    opened.session.edit("edit", commands.set_value(chain, "w", 5.0))
    resort = last_resort.LastResort(opened)
    monkeypatch.setattr("sys.excepthook", resort.handle)
    monkeypatch.setattr("threading.excepthook", resort._handle_in_thread)
    monkeypatch.setattr("sys.__stderr__", None)
    yield opened


def _fail(*_: object) -> None:
    raise Flaw("here")


def _in_a_slot(window: MainWindow, qtbot) -> None:
    button = QPushButton("Press", window)
    button.clicked.connect(_fail)
    button.click()


def _in_a_timer(window: MainWindow, qtbot) -> None:
    QTimer.singleShot(0, window, _fail)


def _in_a_paint_event(window: MainWindow, qtbot) -> None:
    class Broken(QWidget):
        def paintEvent(self, event) -> None:
            _fail()

    broken = Broken(window)
    broken.setGeometry(0, 0, 200, 200)
    QTimer.singleShot(0, broken, broken.show)
    again = QTimer(broken, interval=1)
    again.timeout.connect(broken.update)
    again.start()


def _in_an_event_filter(window: MainWindow, qtbot) -> None:
    class Filter(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.User:
                _fail()
            return False

    window.filter = Filter(window)
    window.race.installEventFilter(window.filter)
    for _ in range(20):
        QApplication.postEvent(window.race, QEvent(QEvent.Type.User))


def _in_an_undo_command(window: MainWindow, qtbot) -> None:
    class Command(QUndoCommand):
        def redo(self) -> None:
            pass

        def undo(self) -> None:
            _fail()

    window.session.undo_stack.push(Command("broken"))
    window.session.undo_stack.undo()


def _in_a_thread(window: MainWindow, qtbot) -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()


def _in_an_action(window: MainWindow, qtbot) -> None:
    window.handlers["actionAutoLayout"] = _fail
    for _ in range(3):
        window.actions_["actionAutoLayout"].trigger()


@pytest.mark.parametrize(
    "fail",
    [
        _in_a_slot,
        _in_a_timer,
        _in_a_paint_event,
        _in_an_event_filter,
        _in_an_undo_command,
        _in_a_thread,
        _in_an_action,
    ],
    ids=lambda fail: fail.__name__,
)
def test_an_error_is_told_once_and_work_goes_on(window, shown, rescue, qtbot, fail):
    fail(window, qtbot)
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    qtbot.wait(20)
    assert len(shown) == 1
    assert "Flaw" in shown[0].text() and "here" in shown[0].text()
    assert "you can go on" in shown[0].informativeText()
    assert float(files.read(rescue).graph.nodes["w"].value) == 5.0
    assert "Flaw" in rescue.with_name("error-report.txt").read_text()
    # The window still takes edits and computes.
    window.session.edit("edit", commands.set_value(window.session.document, "w", 6.0))
    wait_settled(qtbot, window.session)
    assert float(window.session.trace.values["w"]) == 6.0


def test_an_error_of_another_kind_is_told_and_reported_too(window, shown, rescue, qtbot):
    _in_a_slot(window, qtbot)
    qtbot.waitUntil(lambda: len(shown) == 1, timeout=30_000)
    QTimer.singleShot(0, window, lambda: [][1])
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=30_000)
    report = rescue.with_name("error-report.txt").read_text()
    assert "Flaw" in report and "IndexError" in report


def test_the_same_error_later_is_a_sentence_in_the_window(window, shown, qtbot, monkeypatch):
    _in_a_slot(window, qtbot)
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    monkeypatch.setattr(last_resort, "QUIET_S", 0.0)
    _in_a_slot(window, qtbot)
    qtbot.waitUntil(lambda: "Flaw: here" in window.message_bar.text(), timeout=30_000)
    assert window.message_bar.isVisible()
    assert len(shown) == 1


def test_where_the_question_at_closing_fails_the_window_stays_and_closes_the_next_time(
    window, shown, rescue, qtbot, monkeypatch
):
    monkeypatch.setattr(window.files, "may_let_go", _fail)
    QTimer.singleShot(0, window, window.close)
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    assert rescue.exists()
    assert window.isVisible()
    window.close()
    assert not window.isVisible()


def test_an_error_while_a_window_goes_is_told_after_it(window, shown, rescue, monkeypatch, qtbot):
    resort = last_resort.LastResort(window)
    monkeypatch.setattr("sys.excepthook", resort.handle)
    let_go = window._let_go
    monkeypatch.setattr(window, "_let_go", lambda: (let_go(), _fail()))
    window.session.undo_stack.setClean()
    with pytest.raises(Flaw):
        window.close()
    assert not window.isVisible()
    resort.handle(Flaw, Flaw("here"), None)
    resort.tell_rest()
    assert len(shown) == 1
    assert rescue.exists()
    assert "you can go on" not in shown[0].informativeText()


def test_before_there_is_a_window_the_error_is_told_and_reported(shown, rescue, qapp):
    resort = last_resort.LastResort()
    resort.handle(Flaw, Flaw("no window"), None)
    resort.tell_rest()
    assert "no window" in shown[0].text()
    assert "could not start" in shown[0].informativeText()
    assert "no window" in rescue.with_name("error-report.txt").read_text()
    assert not rescue.exists()


def test_a_program_that_cannot_start_says_why_and_ends(shown, rescue, qapp, monkeypatch):
    monkeypatch.setattr(application, "Startup", _fail)
    # The program puts its own hooks in place of these.
    monkeypatch.setattr("sys.excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", threading.excepthook)
    assert application.run() == 1
    assert "Flaw: here" in shown[0].text()


def test_a_window_that_is_not_complete_is_said_to_be_so(shown, rescue, store, qtbot):
    window = MainWindow(settings=store, source=lambda: (None, None))
    qtbot.addWidget(window)
    resort = last_resort.LastResort(window)
    resort.handle(Flaw, Flaw("half"), None)
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    assert "start gdstudio again" in shown[0].informativeText()


def test_the_real_dialog_is_closed_with_the_keyboard(window, rescue, qtbot):
    closed = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            closed.append(box.objectName())
            qtbot.keyClick(box, Qt.Key.Key_Escape)

    timer = QTimer(interval=20)
    timer.timeout.connect(answer)
    timer.start()
    _in_a_paint_event(window, qtbot)
    qtbot.waitUntil(lambda: closed == ["errorDialog"], timeout=30_000)
    timer.stop()
    assert find(window, "studio").isVisible()
