"""Reading files while the window goes on: progress, giving up, and refusals that arrive."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton

from gdstudio.document import Document, DocumentError, files, library
from gdstudio.engine import Graph, Node
from gdstudio.ui import loader
from gdstudio.ui.loader import Loader
from tests.ui.helpers import wait_settled


def chain_of(length: int) -> Document:
    """abs(abs(… a …)), with the parameter last, so that its refusal comes late."""
    names = [f"a{i}" for i in range(length)]
    nodes = [Node(name, "abs", (names[i + 1],), pos=(0.0, 60.0 * i)) for i, name in enumerate(names[:-1])]
    start = Node(names[-1], "parameter", value=np.array(3.0))
    return Document(graph=Graph([*nodes, start], "a0"))


class Gate:
    """Stands in for `files.read`: says that 40 % are done, and goes on when it is opened."""

    def __init__(self, document: Document) -> None:
        self.opened = threading.Event()
        self.ended = threading.Event()
        self._document = document

    def read(self, path: Path, limits: object, tell) -> Document:
        try:
            tell(0.4)
            self.opened.wait(30)
            tell(0.8)
            return self._document
        finally:
            self.ended.set()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A sound file that is too large to be read at once."""
    path = tmp_path / "large.gdstudio"
    document = chain_of(900)
    files.write(document, path)
    assert path.stat().st_size > loader.AT_ONCE_BYTES
    return path


@pytest.fixture
def gate(monkeypatch) -> Gate:
    made = Gate(library.get("line_fit"))
    monkeypatch.setattr(loader.files, "read", made.read)
    return made


def when_shown(act) -> None:
    """Have `act(dialog)` called once the dialog is there and shows 40 %."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QProgressDialog) and dialog.isVisible() and dialog.value() == 40:
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def test_a_large_file_opens(open_window, qtbot, large):
    window = open_window(library.get("line_fit"))
    window.files.open_path(large)
    wait_settled(qtbot, window.session)
    assert window.session.path == large
    assert float(window.session.trace.values["a0"]) == 3.0


def test_a_large_file_that_is_refused_leaves_the_document(open_window, qtbot, large):
    window = open_window(library.get("line_fit"))
    before = window.session.document
    large.write_text(large.read_text().replace('"a899"]', '"nowhere"]'))
    with qtbot.waitSignal(window.files.failed, timeout=30_000) as told:
        window.files.open_path(large)
    assert 'graph.nodes[898].inputs[0]: no node "nowhere"' in told.args[0]
    assert window.session.document is before


def test_the_dialog_shows_how_far_it_is(open_window, qtbot, large, gate):
    window = open_window(library.get("line_fit"))
    when_shown(lambda dialog: gate.opened.set())
    assert Loader(window).read(large) == library.get("line_fit")
    assert QApplication.activeModalWidget() is None


def test_giving_up_leaves_the_document_and_ends_the_thread(open_window, qtbot, large, gate):
    window = open_window(library.get("line_fit"))
    before = window.session.document
    when_shown(lambda dialog: qtbot.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton))
    window.files.open_path(large)
    assert window.session.document is before and window.session.path is None
    assert not gate.ended.is_set()  # nobody waited for it
    gate.opened.set()
    assert gate.ended.wait(30)


def test_a_small_file_is_read_at_once(open_window, tmp_path, monkeypatch):
    path = tmp_path / "small.gdstudio"
    files.write(library.get("line_fit"), path)
    monkeypatch.setattr(loader, "_Reading", None)
    assert Loader(open_window(library.get("line_fit"))).read(path) == library.get("line_fit")


def test_what_is_no_file_is_refused_at_once(open_window, tmp_path):
    with pytest.raises(DocumentError, match="is a folder"):
        Loader(open_window(library.get("line_fit"))).read(tmp_path)
