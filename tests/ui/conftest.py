"""What tests of the window share: documents with numbers known from paper, sessions, windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from gdstudio import engine
from gdstudio.document import files
from gdstudio.document.model import Document, LandscapeSettings, RacerSettings, RaceSettings
from gdstudio.ui import theme as themes
from gdstudio.ui import translation
from gdstudio.ui.main_window import MainWindow
from gdstudio.ui.session import Session
from tests.ui.helpers import wait_restyled, wait_settled


@pytest.fixture(autouse=True, scope="session")
def empty_clipboard_at_the_end(qapp: QApplication) -> Iterator[None]:
    """The offscreen clipboard outlives Python, and crashes when it lets go of what Python made."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left_open(qapp: QApplication) -> Iterator[None]:
    """A dialog that a test leaves open would keep the keys from the windows of the next one."""
    yield
    for widget in qapp.topLevelWidgets():
        if widget.isVisible():
            widget.close()


@pytest.fixture(autouse=True)
def dark_theme(qapp: QApplication) -> None:
    themes.switch().choose("dark")
    themes.switch().choose_text_size(100)


@pytest.fixture(autouse=True)
def english(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are as they stand in the source, whatever language the machine speaks."""
    monkeypatch.setattr(translation, "of_system", lambda: "en")
    translation.choose("en")


@pytest.fixture
def chain() -> Document:
    """loss = |y_true - (w*x + b)| at x = 2, w = 3, b = 1, y_true = 4: loss 3, dloss/dw = 2, dloss/db = 1."""
    graph = engine.parse(
        "x1 = x * w\nx2 = x1 + b\ndifference = y_true - x2\nloss = abs(difference)",
        parameters={"w": 3.0, "b": 1.0},
        constants={"x": 2.0, "y_true": 4.0},
    )
    return Document(
        title="Chain rule",
        graph=graph,
        landscape=LandscapeSettings(axes=("w", "b"), ranges=((-4.0, 4.0), (-4.0, 4.0))),
        race=RaceSettings(
            steps=20,
            racers=(
                RacerSettings("Slow", "sgd", {"learning_rate": 0.01}),
                RacerSettings("Adam", "adam", {"learning_rate": 0.1}, start=(1.0, -2.0)),
            ),
        ),
    )


@pytest.fixture
def saved(chain: Document, tmp_path: Path) -> Path:
    """A file of `chain`."""
    path = tmp_path / "chain.gdstudio"
    files.write(chain, path)
    return path


@pytest.fixture
def session(chain: Document, qtbot) -> Iterator[Session]:
    """A session on `chain` that has computed everything."""
    made = Session(chain)
    wait_settled(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    """Settings of the test's own."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_window(qtbot, store: QSettings) -> Callable[..., MainWindow]:
    """Opens windows that close without a question when the test is over."""

    def open_one(
        document: Document | None = None, size: tuple[int, int] = (1600, 1000), **more
    ) -> MainWindow:
        window = MainWindow(document, store, **more)
        qtbot.addWidget(window, before_close_func=lambda w: w.session.undo_stack.setClean())
        window.resize(*size)
        if not store.contains("window/docks"):
            window.arrangement.fit()
        window.show()
        qtbot.waitExposed(window)
        wait_settled(qtbot, window.session)
        wait_restyled(qtbot)
        return window

    return open_one
