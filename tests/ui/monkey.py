"""A monkey at the window: seeded random use, for a short test and for a long soak.

    python -m tests.ui.monkey --minutes 10 --seed 1

prints, every ten seconds, events done, memory, and the longest time for which the GUI thread was busy without handling
events. It ends with a report (monkey_report.py): the slope of memory after the first minute, and what was done when the
GUI thread was busy for longer than 100 ms. The exit status is 1 when an exception came out of a slot.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from gdstudio.document import library
from gdstudio.ui import application, commands, startup
from gdstudio.ui.main_window import MainWindow
from tests.ui.monkey_report import Report
from tests.ui.watchdog import Watchdog

# Another language puts another window in the place of this one.
LANGUAGES = {"actionLanguageSystem", "actionLanguageEnglish", "actionLanguageChinese"}
# Actions that would wait for a person, since file dialogs and questions run an event loop of their own, or leave the
# window.
_WAITING = {
    "actionOpen", "actionSaveAs", "actionExportWindow", "actionExportGraph", "actionExportLandscape",
    "actionExportRace", "actionExportProgram", "actionSaveRace", "actionTitle", "actionQuit", "actionAddNode",
    "actionSave", "actionNew", "actionNewWindow", "actionRestore", "actionFullScreen", "actionExportCurves",
}  # fmt: skip
_DEED = QEvent.Type(QEvent.registerEventType())
_KEYS = [
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_L,
    Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_F, Qt.Key.Key_O, Qt.Key.Key_M, Qt.Key.Key_Escape, Qt.Key.Key_1,
]  # fmt: skip
_DOCUMENTS = ("line_fit", "abs_graph", "rosenbrock", "himmelblau", "beale")
PLACES = ("graphView", "landscapePlot", "racersTable", "lossCurve", "raceScrubber", "historyList")


class _Hand(QObject):
    """Does a deed when it gets an event, and hands on the exception that comes of it."""

    def __init__(self, note: Callable[..., object]) -> None:
        super().__init__()
        self.deed: Callable[[], object] = lambda: None
        self._note = note

    def event(self, event: QEvent) -> bool:
        if event.type() != _DEED:
            return super().event(event)
        try:
            self.deed()
        except Exception:
            self._note(*sys.exc_info())
        return True


class Monkey:
    """Does one thing after the other to a window; what it does depends on the seed alone.

    Args:
        avoided: names of actions that it leaves alone.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path, avoided: Collection[str] = ()) -> None:
        self._follow(window)
        self.errors: list[str] = []
        self.done: list[str] = []
        self._random = random.Random(seed)
        self._file = folder / "monkey.gdstudio"
        self._avoided = _WAITING.union(avoided)
        # What waits for a person in an event loop of its own gets no answer.
        self._hand = _Hand(self._note)
        self._refuser = QTimer(interval=300)
        self._refuser.timeout.connect(self._refuse)
        self._deeds = [
            (8, self._edit_value), (8, self._click), (4, self._drag), (4, self._key), (5, self._action), (3, self._undo),
            (3, self._scrub), (2, self._wheel), (2, self._menu), (1, self._open), (1, self._save), (1, self._resize),
        ]  # fmt: skip

    def _follow(self, window: MainWindow) -> None:
        """Use this window; another language puts a new one in its place."""
        self.window = window
        window.replaced.connect(self._follow)

    @property
    def doing(self) -> str:
        """What was done last, in words: "edit value", "action actionBasins"."""
        return self.done[-1].strip("_").replace("_", " ") if self.done else "opening the window"

    def act(self, times: int) -> None:
        """Do so many things. Exceptions, those of slots included, are collected in `errors`."""
        hook, sys.excepthook = sys.excepthook, self._note
        self._refuser.start()
        deeds = [deed for _, deed in self._deeds]
        weights = [weight for weight, _ in self._deeds]
        try:
            for _ in range(times):
                (deed,) = self._random.choices(deeds, weights)
                self.done.append(deed.__name__)
                # As what a person does: among the events of a turn of the event loop.
                self._hand.deed = deed
                QApplication.postEvent(self._hand, QEvent(_DEED))
                self._let_work()
        finally:
            self._refuser.stop()
            sys.excepthook = hook

    def _note(self, kind, error, trace) -> None:
        self.errors.append(f"{self.done[-5:]}: " + "".join(traceback.format_exception(kind, error, trace)))

    def _refuse(self) -> None:
        waiting = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if waiting is not None:
            waiting.close()

    def _let_work(self) -> None:
        """Let events be handled, and close what was opened."""
        QApplication.processEvents()
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and isinstance(widget, QMenu | QDialog):
                widget.close()
        # Outside of an event loop, Qt deletes nothing by itself.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def _edit_value(self) -> None:
        session = self.window.session
        names = [name for name in session.document.graph.parameters]
        if not names:
            return
        name = self._random.choice(names)
        shape = np.shape(session.document.graph.nodes[name].value)
        value = np.full(shape, self._random.uniform(-3.0, 3.0))
        session.edit("drag", commands.set_value(session.document, name, value), merge="drag")
        if self._random.random() < 0.3:
            session.end_merge()

    def _place(self) -> tuple[QWidget, QPoint]:
        name = self._random.choice(PLACES)
        found = self.window.findChild(QWidget, name) or self.window
        widget = getattr(found, "viewport", lambda: found)()
        room = max(widget.width() - 1, 1), max(widget.height() - 1, 1)
        return widget, QPoint(self._random.randint(0, room[0]), self._random.randint(0, room[1]))

    def _mouse(self, widget: QWidget, kind: QMouseEvent.Type, at: QPoint, held: bool) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QMouseEvent.Type.MouseMove else left
        event = QMouseEvent(
            kind, QPointF(at), QPointF(widget.mapToGlobal(at)), button, left if held else none,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _click(self) -> None:
        widget, at = self._place()
        if widget.isVisible():
            self._mouse(widget, QMouseEvent.Type.MouseButtonPress, at, True)
            self._mouse(widget, QMouseEvent.Type.MouseButtonRelease, at, False)

    def _drag(self) -> None:
        widget, at = self._place()
        if not widget.isVisible():
            return
        self._mouse(widget, QMouseEvent.Type.MouseButtonPress, at, True)
        for _ in range(4):
            at += QPoint(self._random.randint(-40, 40), self._random.randint(-40, 40))
            self._mouse(widget, QMouseEvent.Type.MouseMove, at, True)
            QApplication.processEvents()
        self._mouse(widget, QMouseEvent.Type.MouseButtonRelease, at, False)

    def _wheel(self) -> None:
        widget, at = self._place()
        turn = QPoint(0, self._random.choice((-120, 120)))
        QApplication.sendEvent(
            widget,
            QWheelEvent(
                QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), turn, Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def _key(self) -> None:
        widget, _ = self._place()
        if widget.isVisible():
            key = self._random.choice(_KEYS)
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

    def _menu(self) -> None:
        """A context menu where it does not wait: those that run a loop of their own are closed from inside."""
        widget, at = self._place()
        if widget.objectName() == "racersTable":
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
            QApplication.postEvent(widget, event)

    def _action(self) -> None:
        usable = [a for a in self.window.actions_ if a.isEnabled() and a.objectName() not in self._avoided]
        action = self._random.choice(usable)
        self.done[-1] += f" {action.objectName()}"
        action.trigger()

    def _undo(self) -> None:
        stack = self.window.session.undo_stack
        (stack.undo if self._random.random() < 0.6 else stack.redo)()

    def _scrub(self) -> None:
        self.window.session.set_step(self._random.randint(0, self.window.session.last_step))

    def _open(self) -> None:
        self.window.session.undo_stack.setClean()
        if self._file.exists() and self._random.random() < 0.5:
            self.window.files.open_path(self._file)
        else:
            self.window.files.show_document(library.get(self._random.choice(_DOCUMENTS)))

    def _save(self) -> None:
        self.window.session.save(self._file)

    def _resize(self) -> None:
        self.window.resize(self._random.randint(1000, 1700), self._random.randint(650, 1050))


def memory() -> float:
    """Resident memory in MB that is this process's own (Linux); nan elsewhere."""
    resident, files = _resident()
    return resident - files


def _resident() -> tuple[float, float]:
    """All resident memory in MB, and the part of it that are pages of files, see proc(5); nan where unknown."""
    try:
        _, resident, files, *_ = map(int, Path("/proc/self/statm").read_text().split())
    except OSError:
        return float("nan"), float("nan")
    return resident * os.sysconf("SC_PAGE_SIZE") / 1e6, files * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description="Use the window at random.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    request = parser.parse_args()
    application.create()
    startup.import_ahead()  # as the program does before a person opens much
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(library.get("line_fit"), settings)
        window.show()
        monkey = Monkey(window, request.seed, Path(folder))
        watchdog = Watchdog(lambda: monkey.doing)
        started, told, samples = time.monotonic(), 0.0, []
        while (now := time.monotonic() - started) < request.minutes * 60:
            monkey.act(20)
            resident, files = _resident()
            samples.append((now / 60, resident - files, files))
            if now - told > 10:
                told = now
                print(f"{now:5.0f} s  {len(monkey.done):6} events  {memory():7.1f} MB  "
                      f"busy {1000 * watchdog.longest:.0f} ms  {len(monkey.errors)} errors", flush=True)  # fmt: skip
                watchdog.forget()
        watchdog.close()
        monkey.window.session.undo_stack.setClean()
        monkey.window.close()
        # The offscreen clipboard outlives Python, and crashes when it lets go of what Python made.
        QApplication.clipboard().clear()
    noted, places = watchdog.noted, watchdog.places
    report = Report(request.seed, len(monkey.done), monkey.errors, samples, watchdog.blocks, noted, places)
    print(report.text())
    return 1 if monkey.errors else 0


if __name__ == "__main__":
    sys.exit(main())
