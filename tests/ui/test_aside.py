"""What takes a while with files happens beside the GUI thread, and the program waits for it without standing still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTimer

from gdstudio.document import files, library
from gdstudio.document.model import Document
from gdstudio.engine import Node
from gdstudio.ui import aside as beside
from gdstudio.ui import file_watch
from gdstudio.ui.aside import aside
from tests.ui.helpers import find


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of the line fit that is large for a word of its title."""
    path = tmp_path / "large.gdstudio"
    document = library.get("line_fit")
    files.write(document.replace(extra={"ballast": "x" * (2 * beside.AT_ONCE_BYTES)}), path)
    return path


@pytest.fixture
def threads(monkeypatch) -> Callable[..., set[bool]]:
    """Notes for a function of a module whether its calls are made in the GUI thread."""

    def note(module: Any, name: str) -> set[bool]:
        seen: set[bool] = set()
        function = getattr(module, name)

        def noting(*args: Any) -> Any:
            seen.add(threading.current_thread() is threading.main_thread())
            return function(*args)

        monkeypatch.setattr(module, name, noting)
        return seen

    return note


def test_events_are_handled_until_the_call_is_over(qapp):
    handled = threading.Event()
    QTimer.singleShot(0, handled.set)
    assert aside(lambda: handled.wait(30)) is True


def test_the_pointer_says_that_the_program_works_and_stops(qapp):
    def is_said() -> bool:
        said = threading.Event()
        look = QTimer(interval=5)
        look.timeout.connect(lambda: said.set() if qapp.overrideCursor() is not None else None)
        look.start()
        return aside(lambda: said.wait(30))

    assert is_said()
    assert qapp.overrideCursor() is None


def test_what_the_call_raises_is_raised_here(qapp):
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 / 0)


def test_an_error_that_is_kept_does_not_say_later_that_the_program_works(qapp, qtbot):
    with pytest.raises(ZeroDivisionError) as kept:
        aside(lambda: 1 / 0)
    later = QTimer(singleShot=True, interval=2 * beside.PATIENCE_MS)
    with qtbot.waitSignal(later.timeout, timeout=30_000):
        later.start()
    assert kept.value is not None
    assert qapp.overrideCursor() is None


def test_a_large_file_is_opened_and_watched_beside_the_gui_thread(open_window, large, threads):
    hashed, read = threads(file_watch, "fingerprint"), threads(files, "read")
    window = open_window(library.get("rosenbrock"))
    window.session.undo_stack.setClean()
    window.open_path(large)
    assert window.session.path == large
    assert hashed == {False}
    assert read == {False}
    assert not window.files._watch.differs()


def test_a_large_file_that_a_window_begins_with_is_known_in_the_end(open_window, large, qtbot, threads):
    hashed = threads(file_watch, "fingerprint")
    window = open_window(files.read(large), path=large)
    qtbot.waitUntil(lambda: bool(hashed), timeout=30_000)
    assert hashed == {False}
    with qtbot.waitSignal(window.files.outdated, timeout=30_000):
        files.write(library.get("rosenbrock"), large)


def test_a_large_document_is_saved_beside_the_gui_thread(open_window, tmp_path, threads):
    written = threads(files, "write")
    window = open_window(library.get("small_network"))
    session = window.session
    session.edit("wide", _with_numbers(session.document, 3_000))
    session.save(tmp_path / "wide.gdstudio")
    assert written == {False}
    assert not session.is_modified
    assert files.read(tmp_path / "wide.gdstudio").graph.nodes["wide"].value.shape == (3_000,)


def test_a_large_draft_is_read_beside_the_gui_thread(open_window, tmp_path, threads, qtbot):
    window = open_window(library.get("line_fit"))
    folder = window.settings.data_folder / "drafts"
    folder.mkdir(parents=True, exist_ok=True)
    draft = library.get("line_fit").replace(
        extra={"ballast": "x" * (2 * beside.AT_ONCE_BYTES), "draft_of": {}}
    )
    files.write(draft, folder / "0123.gdstudio")
    read = threads(files, "read")
    assert window.offer_restore()
    assert read == {False}
    find(window, "restoreDialog").reject()


def _with_numbers(document: Document, count: int) -> Document:

    made = Node("wide", "constant", value=np.zeros(count))
    return document.replace(graph=document.graph.with_nodes(made))
