"""The longest time without a turn of the event loop, deed by deed: `python -m tests.benchmarks.blocks`. Asserts nothing.

A window is used by a script: themes, sizes of text, documents, docks, surveys, another language, and a graph of thousands
of operations, which is edited, moved, selected, copied, deleted and looked at. Times are processor time of the GUI thread,
so that others on the machine disturb little; a first and a later time are told apart, since the first imports and draws
what the later ones find.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QSettings
from PySide6.QtWidgets import QApplication, QDialog

from gdstudio import engine
from gdstudio.document import files, library
from gdstudio.document.model import Document
from gdstudio.ui import application, commands
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.graph.key_actions import KeyActions
from gdstudio.ui.main_window import MainWindow
from tests.ui.watchdog import Watchdog

_QUIET_SECONDS = 0.5
_ACTIONS = (
    *("actionThemeLight", "actionThemeDark", "actionText130", "actionText100"),
    *("actionInspector", "actionHistory", "actionData", "actionLessons", "actionLessons"),
    *("actionBasins", "actionSwarm", "actionSweep", "actionFairRace", "actionSettings", "actionShortcuts"),
)
_ACTIONS_ON_LARGE = (
    *("actionUndo", "actionThemeLight", "actionThemeDark", "actionText130", "actionText100"),
    *("actionAutoLayout", "actionUndo", "actionRedo"),
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

    def __init__(self, folder: Path, operations: int) -> None:
        self._folder, self._operations = folder, operations
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
        files.write(large_document(self._operations), large)
        yield "open a large graph", partial(self._open, large)
        yield "edit a value in it", self._edit
        for name in _ACTIONS_ON_LARGE:
            yield f"{name} in it", self.window.actions_[name].trigger
        for what, deed in self._by_hand():
            yield f"{what} in it", deed
        yield "leave it", partial(self._open, "rosenbrock")

    def _by_hand(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What keys and mouse do on the canvas."""
        editor = self.window.findChild(GraphEditor, "graphEditor")
        scene, view, edits, keys = editor.scene, editor.view, editor.actions_, KeyActions(editor)
        undo = self.window.actions_["actionUndo"].trigger
        ids = list(scene.nodes)
        operations = [id for id in ids if scene.graph.nodes[id].inputs]
        half, middle = ids[: len(ids) // 2], operations[len(operations) // 2]
        yield "select all", keys.select_all
        yield "copy", keys.copy
        yield "paste", keys.paste
        yield "undo paste", undo
        yield "select half", partial(scene.select, half)
        yield "nudge half", keys.right
        yield "undo nudge", undo
        yield "delete half", keys.delete_selected
        yield "undo delete", undo
        yield "frame half", partial(edits.add_frame, half, "half")
        yield "undo frame", undo
        yield "connect", partial(edits.connect_ports, operations[3], operations[-3], 0)
        yield "undo connect", undo
        yield "rename", partial(edits.rename, middle, "renamed")
        yield "undo rename", undo
        yield "add", partial(edits.add, "tanh", QPointF())
        yield "undo add", undo
        yield "zoom to 100 %", keys.zoom_to_100
        yield "pan", partial(view.pan, QPointF(90, 50))
        yield "zoom out", keys.zoom_out
        yield "local derivatives", keys.toggle_locals
        yield "no local derivatives", keys.toggle_locals
        yield "zoom to fit", keys.frame_all
        yield "pan the whole", partial(view.pan, QPointF(90, 50))
        yield "select what feeds", lambda: (scene.select([ids[-1]]), keys.select_upstream())
        yield "select nothing", scene.select
        yield "norms", keys.toggle_norms
        yield "no norms", keys.toggle_norms
        yield "forward mode", keys.play_forward_mode
        yield "a step of it", keys.right
        yield "no forward mode", editor.player.close
        yield "formula", keys.open_formula
        yield "no formula", partial(editor.show_formula, False)

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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=2000, help="of the large graph")
    parser.add_argument("--only", default="", help="a part of the names of the deeds whose times are told")
    given = parser.parse_args()
    application.create()
    with tempfile.TemporaryDirectory() as folder:
        use = Use(Path(folder), given.operations)
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
                if given.only in name:
                    print(f"{again:6} {name:30} {1000 * watchdog.longest:6.0f} ms", flush=True)
        watchdog.close()
        use.window.session.undo_stack.setClean()
        use.window.close()


if __name__ == "__main__":
    main()
