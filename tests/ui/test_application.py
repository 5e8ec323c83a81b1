"""The application: made once, fonts where there are none, and the last resort against unexpected errors."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from gdstudio import __version__
from gdstudio.document import files
from gdstudio.ui import application, commands
from tests.ui.helpers import find


def test_the_application_is_made_once(qapp):
    assert application.create() is application.create() is QApplication.instance()


@pytest.fixture
def rescue(tmp_path, monkeypatch):
    path = tmp_path / "data" / "rescued.gdstudio"
    monkeypatch.setattr(application, "rescue_path", lambda: path)
    return path


def test_an_unexpected_error_is_told_and_the_document_is_kept(open_window, chain, rescue, qtbot, monkeypatch):
    window = open_window(chain)
    window.session.edit("edit", commands.set_value(chain, "w", 5.0))
    resort = application.LastResort(window)
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
    monkeypatch.setattr(application, "rescue_path", lambda: tmp_path / "file" / "rescued.gdstudio")
    shown: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box))
    application.LastResort(open_window(chain)).handle(ValueError, ValueError("no"), None)
    qtbot.waitUntil(lambda: bool(shown))
    assert "could not be written" in shown[0].informativeText()


def test_running_shows_the_window_until_it_is_closed(qapp, chain, store, qtbot, monkeypatch):
    monkeypatch.setattr(application, "MainWindow", lambda *args, **more: opened(*args, store, **more))
    windows = []

    def opened(*args, **more):
        from gdstudio.ui.main_window import MainWindow

        windows.append(MainWindow(*args, **more))
        qtbot.addWidget(windows[-1])
        return windows[-1]

    def event_loop(_app) -> int:
        assert windows[0].isVisible()
        assert windows[0].session.document is chain
        assert sys.excepthook.__self__.__class__ is application.LastResort
        return 0

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(application.signal, "signal", lambda *_: None)
    monkeypatch.setattr(QApplication, "exec", event_loop)
    assert application.run(chain) == 0
