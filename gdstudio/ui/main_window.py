"""The main window: frame, menus, start page, and what the window itself does.

The frame is there at once and imports nothing but Qt. All that needs the engine and the plots is built by
`opening` and `studio`, slice by slice while the start page is in sight already, or in one go when it is asked for.
`arrangement` shares the room, `preferences` takes theme and language, `status` is the line below, and `pictures` saves
what is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
    QUndoGroup,
)
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
)

from gdstudio.ui import garbage, icons, menus, preferences
from gdstudio.ui import theme as themes
from gdstudio.ui.actions import Actions
from gdstudio.ui.arrangement import Arrangement
from gdstudio.ui.docks import make_docks
from gdstudio.ui.dragged import DOCUMENTS, TABLES, dragged_file, take
from gdstudio.ui.messages import MessageBar
from gdstudio.ui.paint_turn import PaintTurn
from gdstudio.ui.settings import Settings
from gdstudio.ui.status_bar import StatusBar
from gdstudio.ui.welcome import WelcomePage

if TYPE_CHECKING:
    from gdstudio.document.model import Document
    from gdstudio.ui.data import DataPane
    from gdstudio.ui.files import FileKeeper
    from gdstudio.ui.graph import GraphEditor
    from gdstudio.ui.inspector import Inspector
    from gdstudio.ui.landscape import LandscapeView
    from gdstudio.ui.lessons import LessonsDock
    from gdstudio.ui.pictures import Pictures
    from gdstudio.ui.race import RacePanel
    from gdstudio.ui.race.following import Following
    from gdstudio.ui.session import Session

_TITLE_WIDTH = 420
Source = Callable[[], "tuple[Document | None, Path | None]"]


class MainWindow(QMainWindow):
    """One window on one document.

    Args:
        document: shown at once; None = the start page.
        settings: where window and theme are remembered; None = the user's own settings.
        path: the file that the document came from.
        source: gives document and file later, when the views are built; it may raise a `DocumentError`, which is
            then shown. With a source only the frame is built now; `build_next` or `complete` build the rest.
        continues: a window whose document, history and settings this one takes over, in place of all the others.

    Signals:
        completed(): session and views are there.
        replaced(MainWindow): another window shows the document from now on; this one is gone.
    """

    completed = Signal()
    replaced = Signal(object)

    # Made by `opening` and `studio`.
    session: Session
    files: FileKeeper
    graph: GraphEditor
    landscape: LandscapeView
    race: RacePanel
    following: Following
    inspector: Inspector
    data: DataPane
    lessons_dock: LessonsDock
    pictures: Pictures
    upper: QSplitter
    _let_go: Callable[[], None]

    def __init__(
        self,
        document: Document | None = None,
        settings: QSettings | None = None,
        path: Path | None = None,
        source: Source | None = None,
        continues: MainWindow | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        PaintTurn(self)
        self.setWindowIcon(icons.application_icon())
        self.setAcceptDrops(True)
        self.settings: Settings = Settings(settings) if continues is None else continues.settings
        preferences.use(self.settings)

        self.actions_ = Actions(self)
        self.undo_group = QUndoGroup(self)
        self.handlers: dict[str, Callable[[], object]] = {}
        self._is_complete = self._has_failed_to_ask = False
        self._build_pages()
        self.inspector_dock, self.history_dock, self.data_dock = make_docks(
            self, self.upper_window, self.actions_
        )
        self.status = StatusBar(self.settings)
        self.setStatusBar(self.status)
        self._connect_actions()
        menus.build(self, self.actions_, self.settings, self.open_path)
        self.preferences = preferences.Preferences(self.settings, self.actions_, self)
        self.preferences.language_changed.connect(self._speak_anew)
        self.arrangement = Arrangement(self)
        self.arrangement.place_window()
        self.enable_actions()
        self._rest = self._stages(source or (lambda: (document, path)), continues)
        if source is None:
            self.complete()

    # Building

    def _build_pages(self) -> None:
        # A window within the window: the docks stand beside graph and surface, above the race.
        self.upper_window = QMainWindow(self, Qt.WindowType.Widget)
        self.upper_window.setObjectName("upperWindow")
        self.upper_window.setDockNestingEnabled(True)
        self.studio = QSplitter(Qt.Orientation.Vertical)
        self.studio.setObjectName("studio")
        self.studio.setChildrenCollapsible(False)
        self.studio.setHandleWidth(5)
        self.studio.addWidget(self.upper_window)
        self.welcome = WelcomePage(self.settings)
        self.opening = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.opening.setObjectName("openingPage")
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        for page in (self.welcome, self.studio, self.opening):
            self.pages.addWidget(page)
        self.setCentralWidget(self.pages)
        self.message_bar = MessageBar(self.pages)

    def _connect_actions(self) -> None:
        undo, redo = self.undo_group.createUndoAction(self), self.undo_group.createRedoAction(self)
        for action in self.actions_:
            name = action.objectName()
            # Qt passes `checked`, which no handler wants.
            if name == "actionFullScreen":
                action.toggled.connect(self._show_full_screen)
            elif name not in ("actionInspector", "actionHistory", "actionData"):
                action.triggered.connect(lambda _checked=False, name=name: self._do(name))
        undo.setShortcuts(menus.Key.Undo)
        undo.setStatusTip(self.tr("Take the last edit back"))
        redo.setShortcuts(menus.Key.Redo)
        redo.setStatusTip(self.tr("Make the edit again"))
        self.actions_.adopt(undo, "actionUndo", "undo")
        self.actions_.adopt(redo, "actionRedo", "redo")
        self.welcome.chosen.connect(self.open_bundled)
        self.welcome.file_chosen.connect(self.open_path)
        self.welcome.open_asked.connect(self.actions_["actionOpen"].trigger)
        self.welcome.lessons_asked.connect(self.actions_["actionLessons"].trigger)
        self.welcome.lesson_asked.connect(self.resume_course)

    def _stages(self, source: Source, continues: MainWindow | None) -> Generator[None]:
        """Builds the rest; stops between slices of some ten milliseconds."""
        from gdstudio.ui import opening

        has_document = opening.open_session(self, source, continues)
        yield
        from gdstudio.ui import studio

        garbage.keep_imports()
        self._let_go = partial(studio.close, self)
        yield from studio.stages(self)
        self._is_complete = True
        self.lessons_dock.fit()
        self.show_playing(False)
        if continues is None:
            self.show_start_page(not has_document)
        else:
            self.show_start_page(continues.pages.currentWidget() is continues.welcome)
            self.session.select_node(continues.session.selected_node)
            self.session.select_racer(continues.session.selected_racer)
            self.lessons_dock.setVisible(continues.lessons_dock.isVisible())
        self.completed.emit()

    @property
    def is_complete(self) -> bool:
        """Whether session and views are there."""
        return self._is_complete

    @property
    def is_free(self) -> bool:
        """Whether another document can be shown without taking one away: the start page is in sight, over nothing."""
        if self.pages.currentWidget() is not self.welcome:
            return False
        return not self._is_complete or (
            not self.session.is_modified and not self.session.document.graph.nodes
        )

    def build_next(self) -> bool:
        """Build the next slice; False = there is none, since the window is complete or closed."""
        return next(self._rest, self) is None

    def complete(self) -> None:
        """Build what is not there yet."""
        for _ in self._rest:
            pass

    def _do(self, name: str) -> None:
        """What an action does; the views are there from the first one on."""
        self.complete()
        self.handlers[name]()

    # What the window does itself

    def show_start_page(self, shown: bool) -> None:
        """Show the start page, or the document."""
        focus = self.focusWidget()
        is_free = focus is None or self.welcome.isAncestorOf(focus)
        self.pages.setCurrentWidget(self.welcome if shown else self.studio)
        if not shown and is_free:
            # Else Qt gives the focus to some button when the window becomes active, and a key would press it.
            self.pages.setFocus()
        if shown:
            self.welcome.refresh()
            if self._is_complete:
                self.welcome.draw_surfaces()
        self.enable_actions()
        self.show_title()
        self.arrangement.restore_soon()

    def show_opening(self, name: str) -> None:
        """Say that a document is being opened, until the window is complete."""
        self.opening.setText(self.tr("Opening {0}…").format(name))
        self.pages.setCurrentWidget(self.opening)

    def open_path(self, path: Path) -> None:
        """Open a file, after the question about the open document."""
        self.complete()
        self.files.open_path(path)

    def open_bundled(self, name: str) -> None:
        """Open a bundled document by its name, after the question about the open document."""
        self.complete()
        from gdstudio.document import library

        self.files.show_document(library.get(name))

    def resume_course(self) -> None:
        """Open the lesson to go on with."""
        self.complete()
        self.lessons_dock.resume()

    def _speak_anew(self) -> None:
        """Have a new window in another language take the place of this one."""
        self.replaced.emit(self._reopen())

    def _reopen(self) -> MainWindow:
        self._remember()
        window = MainWindow(source=lambda: (None, None), continues=self)
        window.build_next()  # takes over the document and the playback
        self.session.pause()
        # What is painted anew would be half in the new language.
        self.setUpdatesEnabled(False)
        try:
            # Keys and clicks wait for the new window: an edit of this one would be lost.
            while window.build_next():
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        finally:
            self.setUpdatesEnabled(True)
        window.show()
        window.race.follow_surveys(self.race)
        self.session.undo_stack.setClean()  # nothing is lost, so nothing is asked
        self.destroyed.connect(garbage.collect_soon)
        self.close()
        # That takes some time, too, and waits until the new window is painted.
        themes.switch().wave.when_still(self, self.deleteLater)
        return window

    def toggle_play(self) -> None:
        if self.session.playing:
            self.session.pause()
        else:
            self.session.play()

    def offer_restore(self) -> bool:
        """Ask what to do with work that a crash left unsaved; False = there is none."""
        from gdstudio.ui.restore_dialog import RestoreDialog

        drafts = self.files.recovery.left_behind()
        if drafts:
            dialog = RestoreDialog(drafts, self)
            dialog.chosen.connect(self.files.restore)
            dialog.open()
        return bool(drafts)

    def restore_work(self) -> None:
        """The action: offer it, or say that there is nothing."""
        if not self.offer_restore():
            self.message_bar.show_note(self.tr("There is no unsaved work to restore."))

    def ask_title(self) -> None:
        """Ask for the document's title."""
        from gdstudio.ui import commands

        document = self.session.document
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Document Title"))
        dialog.setLabelText(self.tr("Title"))
        dialog.setTextValue(document.title)
        # Qt makes it too narrow for most titles.
        dialog.resize(themes.scaled(_TITLE_WIDTH), dialog.sizeHint().height())
        accepted, text = dialog.exec(), dialog.textValue()
        dialog.deleteLater()
        if accepted and text.strip() != document.title:
            self.session.edit(self.tr("Change title"), commands.set_title(document, text.strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space plays only where no focused widget wants it: a button with the focus is pressed by it. Escape ends what
        # it can in a view before it ends what fills the screen.
        if event.key() == Qt.Key.Key_Space and self.actions_["actionPlay"].isEnabled():
            self.actions_["actionPlay"].trigger()
        elif event.key() == Qt.Key.Key_Escape and self._is_complete and self.lessons_dock.presentation.on:
            self.lessons_dock.presentation.leave()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.actions_["actionFullScreen"].setChecked(False)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_file(event.mimeData(), (*DOCUMENTS, *TABLES)) is not None:
            take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        document, table = (dragged_file(event.mimeData(), kind) for kind in (DOCUMENTS, TABLES))
        if document is not None:
            take(event)
            # In a turn of its own: the desktop waits for the end of the drop, and a question may come first.
            QTimer.singleShot(0, self, partial(self.open_path, document))
        elif table is not None:
            take(event)
            QTimer.singleShot(0, self, partial(self._load_table, table))

    def _load_table(self, path: Path) -> None:
        self.complete()
        self.show_start_page(False)
        self.graph.tables.load(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        # The window stays where asking fails; the next time it goes without the question, or it could never be closed.
        event.ignore()
        if self._is_complete and not self._has_failed_to_ask:
            self._has_failed_to_ask = True
            may_go = self.files.may_let_go()
            self._has_failed_to_ask = False
            if not may_go:
                return
        event.accept()
        self._rest.close()
        if self._is_complete:
            self._remember()
            self._let_go()

    def _remember(self) -> None:
        """Keep how the window stands, and not what a presentation makes of it for a while."""
        self.lessons_dock.presentation.leave()
        self.arrangement.remember()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The desktop ends it, too, and a window comes back as it was left.
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_["actionFullScreen"].setChecked(self.isFullScreen())

    # Showing states

    def enable_actions(self) -> None:
        """Switch actions on and off by what is in sight."""
        shown = self.pages.currentWidget() is self.studio
        for name in menus.NEEDS_DOCUMENT:
            self.actions_[name].setEnabled(shown)
        self.enable_playback()

    def enable_playback(self) -> None:
        """Switch the actions of the race on and off by its step."""
        shown = self._is_complete and self.pages.currentWidget() is self.studio
        step, last = (self.session.step, self.session.last_step) if shown else (0, 0)
        for name, on in (
            ("actionPlay", last > 0),
            ("actionStepForward", step < last),
            ("actionStepBack", step > 0),
            ("actionReset", step > 0),
        ):
            self.actions_[name].setEnabled(on)

    def show_title(self) -> None:
        """Name the document, its file, and whether it has changes."""
        if not self._is_complete:
            self.setWindowTitle("gdstudio[*]")
            return
        from gdstudio.ui.files import title

        if self.pages.currentWidget() is self.welcome and not self.session.document.graph.nodes:
            self.setWindowTitle("gdstudio[*]")
        else:
            self.setWindowTitle(f"{title(self.session)}[*] – gdstudio")
        self.setWindowFilePath(str(self.session.path or ""))
        self.setWindowModified(self.session.is_modified)

    def show_playing(self, playing: bool) -> None:
        """Let the action that plays the race say what it does now."""
        action = self.actions_["actionPlay"]
        action.setText(self.tr("&Pause") if playing else self.tr("&Play"))
        self.actions_.set_icon("actionPlay", "pause" if playing else "play")

    def show_problems(self) -> None:
        """Say what could not be computed. That an empty graph has no surface needs no telling."""
        known = self.session.problems.values() if self.session.document.graph.nodes else ()
        self.status.show_problems(known)

    def _show_full_screen(self, on: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if on
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.arrangement.restore_soon()
