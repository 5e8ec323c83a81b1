"""Some hundred random events on the whole window, as `python -m tests.ui.monkey` does for minutes, and what stays."""

from __future__ import annotations

import gc
import weakref
from collections import Counter

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from gdstudio.document import library
from gdstudio.ui import commands, garbage
from gdstudio.ui.data.view import DataView
from gdstudio.ui.graph.editor import GraphEditor
from gdstudio.ui.inspector.panel import Inspector
from gdstudio.ui.inspector.tensors import TensorPanel
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.main_window import MainWindow
from gdstudio.ui.race.panel import RacePanel
from gdstudio.ui.session import Session
from gdstudio.ui.tour import Tour
from tests.ui.helpers import wait_restyled, wait_settled
from tests.ui.monkey import LANGUAGES, Monkey, memory


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_finds_no_exception(open_window, tmp_path, seed):
    monkey = Monkey(open_window(library.get("line_fit")), seed, tmp_path, LANGUAGES)
    monkey.act(150)
    assert not monkey.errors, monkey.errors[0]


def _kept() -> float:
    """Resident memory in MB without garbage and without what the heap holds free, which is returned now and then."""
    gc.collect()
    garbage.return_free_memory()
    return memory()


@pytest.mark.slow
def test_memory_stays_where_it_is(open_window, tmp_path):
    monkey = Monkey(open_window(library.get("line_fit")), 3, tmp_path, LANGUAGES)
    monkey.act(200)
    before = _kept()
    monkey.act(200)
    after = _kept()
    assert not monkey.errors, monkey.errors[0]
    assert after - before < 40.0 or after != after


def _wait_idle(window, qtbot) -> None:
    """Return when no view waits for anything: what comes late, such as critical points, is not left behind."""
    qtbot.waitUntil(lambda: window.session.is_settled and window.landscape.is_idle, timeout=30_000)
    wait_restyled(qtbot)
    window.grab()  # pictures of nodes are kept from the first painting on


def _live() -> Counter[str]:
    """How many objects of this program's classes there are, and widgets, when all that was let go is gone."""
    for _ in range(3):
        QApplication.processEvents()
        # Outside of an event loop, Qt deletes nothing by itself.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.unfreeze()  # what the program counts as staying is no exception
    gc.collect()
    # Of a metaclass's classes, the module may be no text.
    found = Counter(
        kind.__qualname__
        for kind in map(type, gc.get_objects())
        if str(kind.__module__).startswith("gdstudio.ui")
    )
    found["widgets"] = len(QApplication.allWidgets())
    return found


@pytest.mark.parametrize("make", [GraphEditor, LandscapeView, RacePanel, DataView, Inspector, TensorPanel])
def test_a_view_that_is_gone_takes_its_session_with_it(make, chain, qtbot):
    session = Session(chain)
    view = make(session)
    view.resize(800, 600)
    view.show()
    wait_settled(qtbot, session)
    kept = weakref.ref(view), weakref.ref(session)
    session.close()
    view.close()
    view.deleteLater()
    del view, session
    _live()
    assert [reference() for reference in kept] == [None, None]


def _open_documents(window: MainWindow, qtbot) -> MainWindow:
    for name in ("rosenbrock", "abs_graph", "line_fit"):
        window.session.undo_stack.setClean()
        window.files.show_document(library.get(name))
        wait_settled(qtbot, window.session)
    return window


def _drag_a_value(window: MainWindow, qtbot) -> MainWindow:
    session = window.session
    for value in range(6):
        session.edit("drag", commands.set_value(session.document, "a", float(value)), merge="drag")
        wait_settled(qtbot, session)
    session.end_merge()
    session.undo_stack.clear()
    return window


def _change_theme(window: MainWindow, qtbot) -> MainWindow:
    for name in ("actionThemeLight", "actionThemeDark") * 3:
        window.actions_[name].trigger()
    return window


def _open_dialogs(window: MainWindow, qtbot) -> MainWindow:
    for name in ("actionSettings", "actionShortcuts", "actionAbout", "actionTour", "actionTour"):
        window.actions_[name].trigger()
        for dialog in window.findChildren(QDialog):
            dialog.close()
    for tour in window.findChildren(Tour):
        tour.finish()
    return window


def _change_language(window: MainWindow, qtbot) -> MainWindow:
    for name in ("actionLanguageChinese", "actionLanguageEnglish"):
        put: list[MainWindow] = []
        window.replaced.connect(put.append)
        window.actions_[name].trigger()
        (window,) = put
        qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
        wait_settled(qtbot, window.session)
    return window


@pytest.mark.parametrize(
    "use",
    [_open_documents, _drag_a_value, _change_theme, _open_dialogs, _change_language],
    ids=lambda use: use.__name__.strip("_"),
)
def test_what_is_let_go_leaves_nothing_behind(open_window, qtbot, use):
    window = use(open_window(library.get("line_fit")), qtbot)  # what is made once is made now
    _wait_idle(window, qtbot)
    before = _live()
    window = use(window, qtbot)
    _wait_idle(window, qtbot)
    after = _live()
    assert {name: (before[name], after[name]) for name in after if after[name] > before[name]} == {}
