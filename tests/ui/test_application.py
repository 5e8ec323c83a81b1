"""The application: made once, fonts where there are none, and the last resort against unexpected errors."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTableView

from gdstudio import __version__
from gdstudio.document import files
from gdstudio.document.model import DocumentError
from gdstudio.ui import application, commands, last_resort, startup
from gdstudio.ui.main_window import MainWindow
from tests.ui.helpers import find, wait_settled


def test_the_application_is_made_once(qapp):
    assert application.create() is application.create() is QApplication.instance()


def test_tab_reaches_every_control_where_the_desktop_has_it_reach_text_alone(qapp):
    qapp.styleHints().setTabFocusBehavior(Qt.TabFocusBehavior.TabFocusTextControls)
    application.suit_desktop(qapp)
    assert qapp.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls


@pytest.mark.parametrize(("frozen", "told"), [(False, ["io.github.gdstudio"]), (True, [])])
def test_the_taskbar_of_windows_is_told_that_this_is_not_python(qapp, monkeypatch, frozen, told):
    names: list[str] = []
    shell = SimpleNamespace(SetCurrentProcessExplicitAppUserModelID=names.append)
    monkeypatch.setattr(application.ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    application.suit_desktop(qapp)
    assert names == told


@pytest.fixture
def rescue(tmp_path, monkeypatch):
    path = tmp_path / "data" / "rescued.gdstudio"
    monkeypatch.setattr(last_resort, "rescue_path", lambda: path)
    return path


def test_an_unexpected_error_is_told_and_the_document_is_kept(open_window, chain, rescue, qtbot, monkeypatch):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    resort = last_resort.LastResort(window)
    shown: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box))
    try:
        raise ZeroDivisionError("the sky fell")
    except ZeroDivisionError as error:
        resort.handle(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(shown))
    (box,) = shown
    assert "the sky fell" in box.text()
    assert "test_application.py" in box.detailedText()
    assert str(rescue) in box.informativeText()
    report = rescue.with_name("error-report.txt")
    assert str(report) in box.informativeText()
    assert f"gdstudio {__version__}" in report.read_text()
    assert "ZeroDivisionError: the sky fell" in report.read_text()
    assert float(files.read(rescue).graph.nodes["w"].value) == 5.0
    assert float(window.session.document.graph.nodes["w"].value) == 5.0
    assert find(window, "studio").isVisible()


def test_a_rescue_that_fails_is_told_too(open_window, chain, tmp_path, qtbot, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(last_resort, "rescue_path", lambda: tmp_path / "file" / "rescued.gdstudio")
    shown: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box))
    resort = last_resort.LastResort(open_window(chain))
    resort.handle(ValueError, ValueError("no"), None)
    qtbot.waitUntil(lambda: bool(shown))
    assert "could not be written" in shown[0].informativeText()


@pytest.fixture
def running(qapp, store, qtbot, monkeypatch):
    """Runs the program with settings of the test's own, and `during(window)` in place of the event loop."""

    def run(during, *arguments) -> int:
        made = []

        def opened(**how) -> MainWindow:
            made.append(MainWindow(settings=store, **how))
            qtbot.addWidget(made[-1])
            return made[-1]

        def event_loop() -> int:
            during(made[0])
            return 0

        monkeypatch.setattr(startup, "MainWindow", opened)
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        monkeypatch.setattr(application.signal, "signal", lambda *_: None)
        monkeypatch.setattr(QApplication, "exec", lambda _app=None: event_loop())
        return application.run(*arguments)

    return run


def test_the_start_page_is_there_before_the_views_are(running, qtbot):
    def during(window: MainWindow) -> None:
        assert window.isVisible()
        assert find(window, "welcomePage").isVisible()
        assert find(window, "welcomeRosenbrock").isVisible()
        assert not window.is_complete
        assert sys.excepthook.__self__.__class__ is last_resort.LastResort
        qtbot.waitUntil(lambda: window.is_complete, timeout=30_000)
        assert find(window, "welcomePage").isVisible()
        assert not window.session.document.graph.nodes

    assert running(during) == 0


def test_a_document_is_read_while_the_window_is_in_sight(running, chain, qtbot, tmp_path):
    def during(window: MainWindow) -> None:
        assert "chain.gdstudio" in find(window, "openingPage", QLabel).text()
        assert find(window, "openingPage").isVisible()
        qtbot.waitUntil(lambda: window.is_complete, timeout=30_000)
        assert window.session.document is chain
        assert window.session.path == tmp_path / "chain.gdstudio"
        assert find(window, "studio").isVisible()
        # What was computed before a view was built is in it all the same.
        wait_settled(qtbot, window.session)
        table = find(window, "racersTable", QTableView).model()
        assert "–" not in [table.loss_text(row) for row in range(table.rowCount())]

    assert running(during, lambda limits: chain, tmp_path / "chain.gdstudio", "chain.gdstudio") == 0


def test_a_document_that_cannot_be_read_is_told_on_the_start_page(running, qtbot):
    def refuse(_limits):
        raise DocumentError("graph.nodes[0]: no operation")

    def during(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.is_complete, timeout=30_000)
        assert "no operation" in find(window, "messageText", QLabel).text()
        assert find(window, "messageBar").isVisible()
        assert find(window, "welcomePage").isVisible()

    assert running(during, refuse, None, "wrong.gdstudio") == 0


def test_what_is_asked_for_before_the_views_are_there_is_done(running, qtbot):
    def during(window: MainWindow) -> None:
        assert not window.is_complete
        qtbot.mouseClick(find(window, "welcomeLineFit"), Qt.MouseButton.LeftButton)
        assert window.is_complete
        assert "a" in window.session.document.graph.nodes
        assert find(window, "studio").isVisible()

    assert running(during) == 0


def test_a_window_that_is_closed_early_builds_no_views(running, qtbot):
    def during(window: MainWindow) -> None:
        assert window.close()
        assert not window.build_next()
        assert not window.is_complete

    assert running(during) == 0


def test_nothing_heavy_is_imported_for_the_first_paint():
    heavy = ("numpy", "pyqtgraph", "OpenGL", "contourpy", "ziamath", "gdstudio.engine", "gdstudio.document")
    script = f"""
import sys
from gdstudio.ui import application
from gdstudio.ui.startup import Startup
application.create()
Startup().window.grab()
print([name for name in {heavy!r} if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert ran.stdout.strip() == "[]", ran.stderr


def test_what_is_opened_later_is_imported_once_the_window_is_there():
    script = """
import sys
from PySide6.QtCore import QTimer
from gdstudio.ui import application, startup
app = application.create()
begun = startup.Startup()
begun.window.completed.connect(lambda: print([name for name in startup.OPENED_LATER if name in sys.modules]))
look = QTimer(interval=5)
look.timeout.connect(lambda: startup.OPENED_LATER[0] in sys.modules and app.quit())
look.start()
begun.show()
app.exec()
begun.wait()
print([name for name in startup.OPENED_LATER if name not in sys.modules])
begun.window.close()
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert ran.stdout.split("\n") == ["[]", "[]", ""], ran.stderr
