"""The longest time without a turn of the event loop, deed by deed: `python -m tests.benchmarks.blocks`. Asserts nothing.

A window is used by a script: themes, sizes of text, documents, docks, surveys, another language, and a graph of 2,000
operations. Times are processor time of the GUI thread, so that others on the machine disturb little; a first and a later
time are told apart, since the first imports and draws what the later ones find.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog

from gdstudio import engine
from gdstudio.document import files, library
from gdstudio.document.model import Document
from gdstudio.ui import application, commands
from gdstudio.ui.main_window import MainWindow
from tests.ui.watchdog import Watchdog

_QUIET_SECONDS = 0.5
_ACTIONS = (
    *("actionThemeLight", "actionThemeDark", "actionText130", "actionText100"),
    *("actionInspector", "actionHistory", "actionData", "actionLessons", "actionLessons"),
    *("actionBasins", "actionSwarm", "actionSweep", "actionFairRace", "actionSettings", "actionShortcuts"),
)
_DOCUMENTS = ("rosenbrock", "abs_graph", "himmelblau", "adam", "small_network")


def large_document(operations: int) -> Document:
    """A chain of so many operations with eight parameters."""
    lines = ["x0 = w * x"]
    lines += [f"x{i} = tanh(x{i - 1} * w{i % 7})" for i in range(1, operations // 2)]
    lines.append(f"loss = square(x{operations // 2 - 1})")
    parameters = {"w": 1.0} | {f"w{i}": 0.5 for i in range(7)}
    return Document(graph=engine.parse("\n".join(lines), parameters=parameters, constants={"x": 1.0}))


class Use:
    """A window, and whoever follows it in another language."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self._store = store
        self.window: MainWindow

    def begin(self) -> None:
        self._follow(MainWindow(library.get("line_fit"), self._store))
        self.window.resize(1600, 1000)
        self.window.show()

    def _follow(self, window: MainWindow) -> None:
        self.window = window
        window.replaced.connect(self._follow)

    def deeds(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What is done, and how; each is called before the next is asked for."""
        for name in _ACTIONS:
            yield name, self.window.actions_[name].trigger
        for name in _DOCUMENTS:
            yield f"open {name}", partial(self._open, name)
        for name in ("actionLanguageChinese", "actionLanguageEnglish"):
            yield name, self.window.actions_[name].trigger
        large = self._folder / "large.gdstudio"
        files.write(large_document(2000), large)
        yield "open a large graph", partial(self._open, large)
        yield "edit a value in it", self._edit
        for name in ("actionThemeLight", "actionAutoLayout", "actionUndo"):
            yield f"{name} in it", self.window.actions_[name].trigger
        yield "leave it", partial(self._open, "rosenbrock")

    def _open(self, what: str | Path) -> None:
        self.window.session.undo_stack.setClean()
        if isinstance(what, Path):
            self.window.open_path(what)
        else:
            self.window.open_bundled(what)

    def _edit(self) -> None:
        session = self.window.session
        session.edit("value", commands.set_value(session.document, "w1", 0.3))

    def rest(self) -> None:
        """Handle events until nothing more comes, and close what was opened."""
        quiet = time.monotonic() + _QUIET_SECONDS
        while time.monotonic() < quiet or not self.window.session.is_settled:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.001)
        for dialog in self.window.findChildren(QDialog):
            dialog.close()


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    application.create()
    with tempfile.TemporaryDirectory() as folder:
        use = Use(Path(folder))
        use.begin()
        use.rest()
        watchdog = Watchdog()
        for again in ("first", "later"):
            for name, deed in use.deeds():
                use.rest()
                watchdog.beat()
                watchdog.forget()
                deed()
                use.rest()
                print(f"{again:6} {name:28} {1000 * watchdog.longest:6.0f} ms", flush=True)
        watchdog.close()
        use.window.session.undo_stack.setClean()
        use.window.close()


if __name__ == "__main__":
    main()
