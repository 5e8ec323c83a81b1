"""The main window: frame, menus, start page, and what the window itself does.

The frame is there at once and imports nothing but Qt. All that needs the engine and the plots is built by
`opening` and `studio`, slice by slice while the start page is in sight already, or in one go when it is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
    QUndoGroup,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QInputDialog,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from gdstudio.ui import garbage, icons, menus, translation
from gdstudio.ui import theme as themes
from gdstudio.ui.actions import Actions
from gdstudio.ui.dragged import DOCUMENTS, TABLES, dragged_file, take
from gdstudio.ui.folders import file_name
from gdstudio.ui.messages import ElidedLabel, FolderButton, MessageBar, WorkField
from gdstudio.ui.paint_turn import PaintTurn
from gdstudio.ui.settings import Settings
from gdstudio.ui.welcome import WelcomePage

if TYPE_CHECKING:
    from gdstudio.document.model import Document
    from gdstudio.ui.animation.dialog import AnimationDialog
    from gdstudio.ui.data import DataPane
    from gdstudio.ui.export import Picture
    from gdstudio.ui.files import FileKeeper
    from gdstudio.ui.graph import GraphEditor
    from gdstudio.ui.inspector import Inspector
    from gdstudio.ui.landscape import LandscapeView
    from gdstudio.ui.lessons import LessonsDock
    from gdstudio.ui.race import RacePanel
    from gdstudio.ui.race.following import Following
    from gdstudio.ui.session import Session

# Below this width the inspector would leave the graph and the surface too little room.
WIDE = 1500
DEFAULT_SIZE = QSize(1600, 1000)

Source = Callable[[], "tuple[Document | None, Path | None]"]
_SHORTLY_MS = 4000
_WRITTEN_MS = 15_000


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
        translation.choose(self.settings.language)
        themes.switch().choose(self.settings.theme)
        themes.switch().choose_text_size(self.settings.text_percent)
        themes.switch().reduced_motion = self.settings.reduced_motion

        self.animation: AnimationDialog | None = None
        self.actions_ = Actions(self)
        self.undo_group = QUndoGroup(self)
        self.handlers: dict[str, Callable[[], object]] = {}
        self._is_complete = self._is_restored = self._has_failed_to_ask = False
        self._build_pages()
        self._build_docks()
        self._build_status_bar()
        self._connect_actions()
        menus.build(self, self.actions_, self.settings, self.open_path)
        self._restore_place()
        self.enable_actions()
        self._show_theme()
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

    def _build_docks(self) -> None:
        """The docks beside the graph, still empty."""
        self.inspector_dock = self._dock("inspectorDock", self.tr("Inspector"))
        self.history_dock = self._dock("historyDock", self.tr("History"))
        self.upper_window.splitDockWidget(self.inspector_dock, self.history_dock, Qt.Orientation.Vertical)
        self.data_dock = self._dock("dataDock", self.tr("Data"))
        self.upper_window.tabifyDockWidget(self.inspector_dock, self.data_dock)
        # Which of them stand there is seen when the window has its size.
        for dock in (self.inspector_dock, self.history_dock, self.data_dock):
            dock.hide()
        for dock, name, icon, shortcut, tip in (
            (
                self.inspector_dock,
                "actionInspector",
                "inspector",
                "Ctrl+I",
                self.tr("The selected node in full"),
            ),
            (
                self.history_dock,
                "actionHistory",
                "history",
                "Ctrl+Y" if sys.platform == "darwin" else "Ctrl+H",  # ⌘H hides every program of a Mac
                self.tr("The list of edits"),
            ),
            (
                self.data_dock,
                "actionData",
                "",
                "Ctrl+B",
                self.tr("The fit to the data as it is trained, and the gradients of batches"),
            ),
        ):
            action = dock.toggleViewAction()
            # A dock that shares its place with another comes to the front.
            action.triggered.connect(lambda shown, dock=dock: dock.raise_() if shown else None)
            action.setShortcut(shortcut)
            action.setStatusTip(tip)
            action.setToolTip(f"{tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
            self.addAction(action)
            self.actions_.adopt(action, name, icon)

    def _dock(self, name: str, caption: str) -> QDockWidget:
        dock = QDockWidget(caption, self.upper_window)
        dock.setObjectName(name)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.upper_window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def _build_status_bar(self) -> None:
        self.problem = ElidedLabel()
        self.problem.setObjectName("statusProblem")
        self.work = WorkField()
        self.work.setObjectName("workField")
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setFixedHeight(26)
        bar.addWidget(self.problem, 1)
        self.folder_button = FolderButton()
        bar.addPermanentWidget(self.work)
        bar.addPermanentWidget(self.folder_button)
        bar.messageChanged.connect(lambda text: None if text else self.folder_button.hide())

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
        themes.switch().follow(self._show_theme)

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
        self._restore_soon()

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

    def choose_theme(self, choice: themes.ThemeChoice) -> None:
        """Use a theme and remember it."""
        themes.switch().choose(choice)
        self.settings.theme = choice
        self._show_theme()

    def choose_text_size(self, percent: int) -> None:
        """Use a size of text and remember it."""
        themes.switch().choose_text_size(percent)
        self.settings.text_percent = percent

    def choose_motion(self) -> None:
        """Use what the action says about motion, and remember it."""
        reduced = self.actions_["actionReducedMotion"].isChecked()
        themes.switch().reduced_motion = self.settings.reduced_motion = reduced

    def choose_language(self, choice: translation.LanguageChoice) -> None:
        """Speak a language and remember it. Where it is another one, a new window takes the place of this one."""
        self.settings.language = choice
        if translation.choose(choice):
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
        self.session.undo_stack.setClean()  # nothing is lost, so nothing is asked
        self.destroyed.connect(garbage.collect_soon)
        self.close()
        self.deleteLater()
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

    def show_palette(self) -> None:
        """List every command of the window, and of those of its views that are in sight."""
        from gdstudio.ui.palette import Command, CommandPalette, action_commands, view_commands

        listed = action_commands(action for action in self.actions_ if action.objectName() != "actionPalette")
        if self.pages.currentWidget() is self.studio:
            where = self.tr("In the graph")
            listed += [
                Command(meaning, where, key, call) for key, meaning, call in self.graph.keys.commands()
            ]
            for view, where in (
                (self.landscape, self.tr("In the surface")),
                (self.race, self.tr("In the race")),
                (self.data_dock, self.tr("In the data view")),
                (self.lessons_dock, self.tr("In the lessons")),
            ):
                listed += view_commands(view, where)
        named = {command.name: command for command in reversed(listed)}
        CommandPalette([command for command in listed if named[command.name] is command], self).open_at(self)

    def show_tour(self) -> None:
        """Say what the parts of the window are for."""
        from gdstudio.ui.tour import Stop, Tour

        if self.pages.currentWidget() is not self.studio and not self.session.document.graph.nodes:
            self.open_bundled("line_fit")
        self.show_start_page(False)
        t = self.tr
        stops = (
            Stop(
                self.graph,
                t("The graph"),
                t("A formula as nodes. Blue values flow forward to the loss, orange gradients flow back. "
                  "Drag a number to change it."),
            ),
            Stop(
                self.landscape,
                t("The surface"),
                t("The loss for every choice of two parameters. Click to let all optimizers start there, or drag "
                  "one start alone."),
            ),
            Stop(
                self.race,
                t("The race"),
                t("One row for each optimizer, its curve beside. Press F5 to play; the arrow in each row "
                  "says how it does."),
            ),
            Stop(
                self.findChild(QWidget, "toolLessons") or self.menuBar(),
                t("The lessons"),
                t("The open book leads to the course, from the derivative to Adam. Every lesson is live in this "
                  "window."),
            ),
        )  # fmt: skip
        for under_way in self.findChildren(Tour):
            under_way.finish()
        tour = Tour(self, stops)
        tour.ended.connect(lambda: setattr(self.settings, "tour_seen", True))
        tour.ended.connect(self.graph.view.setFocus)

    def ask_title(self) -> None:
        """Ask for the document's title."""
        from gdstudio.ui import commands

        document = self.session.document
        text, accepted = QInputDialog.getText(
            self, self.tr("Document Title"), self.tr("Title:"), text=document.title
        )
        if accepted and text.strip() != document.title:
            self.session.edit(self.tr("Change title"), commands.set_title(document, text.strip()))

    def picture(self, view: str) -> Picture:
        """A picture of the "window", or of a view: "graph", "landscape", "race" or "curves"."""
        from gdstudio.ui.export import Picture

        if view == "graph":
            return Picture(self.graph.scene.bounds().size().toSize(), self.graph.paint_graph)
        widgets = {"window": self, "landscape": self.landscape, "race": self.race, "curves": self.race.curves}
        return Picture.of_widget(widgets[view])

    def export(self, view: str) -> None:
        """Ask for a file and save a picture in it."""
        from gdstudio.ui.export import export_picture
        from gdstudio.ui.files import title

        suggested = self.settings.folder / f"{file_name(title(self.session))} {view}.png"
        error = export_picture(self, self.picture(view), suggested, self.tell_written)
        if error:
            self.message_bar.show_message(error)

    def copy_picture(self, view: str) -> None:
        """Put a picture on the clipboard."""
        from gdstudio.ui.export import copy_picture

        copy_picture(self.picture(view))
        self.tell(self.tr("The picture is on the clipboard."))

    def ask_animation(self) -> None:
        """Ask how to film the race, and film it."""
        from gdstudio.ui.files import title

        if self.animation is None:
            # Made when it is first wanted: Pillow is no part of the way to the first race.
            from gdstudio.ui.animation.dialog import AnimationDialog

            views = {
                "graph": self.graph,
                "landscape": self.landscape,
                "race": self.race,
                "curves": self.race.curves,
            }
            self.animation = AnimationDialog(self.session, views, self)
            self.animation.written.connect(self.tell_written)
            self.animation.ended.connect(lambda why: self.message_bar.show_message(why) if why else None)
        self.animation.open_for_race(self.settings.folder / file_name(title(self.session)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space plays only where no focused widget wants it: a button with the focus is pressed by it.
        if event.key() == Qt.Key.Key_Space and self.actions_["actionPlay"].isEnabled():
            self.actions_["actionPlay"].trigger()
        else:
            super().keyPressEvent(event)

    def tell(self, sentence: str) -> None:
        """Say in the status bar for a moment what was done."""
        self.statusBar().showMessage(sentence, _SHORTLY_MS)
        self.folder_button.hide()

    def tell_written(self, path: Path) -> None:
        """Say in the status bar that a file was written and where; the next dialog begins in its folder."""
        folder = path.resolve().parent
        self.settings.folder = folder
        self.statusBar().showMessage(self.tr("Saved {0} in {1}").format(path.name, folder), _WRITTEN_MS)
        self.folder_button.offer(folder)

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

    def show_problem(self) -> None:
        """What could not be computed. That an empty graph has no surface needs no telling."""
        empty = not self.session.document.graph.nodes
        sentences = [] if empty else dict.fromkeys(self.session.problems.values())
        self.problem.set_full_text("   ".join(sentences))

    def _show_theme(self, *_: object) -> None:
        choice = themes.switch().choice
        for name, own in (
            ("actionThemeSystem", "system"),
            ("actionThemeDark", "dark"),
            ("actionThemeLight", "light"),
        ):
            self.actions_[name].setChecked(choice == own)
        for percent in themes.TEXT_PERCENTS:
            self.actions_[f"actionText{percent}"].setChecked(themes.switch().text_percent == percent)
        self.actions_["actionReducedMotion"].setChecked(themes.switch().reduced_motion)
        for name, language in (
            ("actionLanguageSystem", "system"),
            ("actionLanguageEnglish", "en"),
            ("actionLanguageChinese", "zh_CN"),
        ):
            self.actions_[name].setChecked(self.settings.language == language)
        self.problem.setStyleSheet(f"color: {themes.current().error.name()}; padding-left: 8px;")

    def _show_full_screen(self, on: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if on
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def fit_docks(self) -> None:
        """Show the docks that fit the window's width."""
        self._fit_views()
        self.lessons_dock.fit()

    def _fit_views(self) -> None:
        self.inspector_dock.setVisible(self.width() >= WIDE)
        self.history_dock.hide()
        self.data_dock.hide()

    # Remembering

    def _restore_place(self) -> None:
        geometry = self.settings.state("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableSize()
            self.resize(
                min(DEFAULT_SIZE.width(), room.width()), min(DEFAULT_SIZE.height(), room.height() - 40)
            )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._restore_soon()

    def _restore_soon(self) -> None:
        """Arrange the views as they were left when they come into sight; before, they have not the room for it."""
        shown = self.isVisible() and self.pages.currentWidget() is self.studio
        if self._is_complete and shown and not self._is_restored:
            self._is_restored = True
            themes.switch().wave.unveil(self)
            QTimer.singleShot(0, self, self._restore_views)

    def _restore_views(self) -> None:
        state = self.settings.state("docks")
        if state is None or not self.upper_window.restoreState(state):
            self._fit_views()
        race = self.race.sizeHint().height()
        halves = [self.upper.width()] * 2
        for splitter, sizes in ((self.upper, halves), (self.studio, [self.studio.height() - race, race])):
            state = self.settings.state(splitter.objectName())
            if state is None or not splitter.restoreState(state):
                splitter.setSizes(sizes)

    def _remember(self) -> None:
        self.settings.set_state("geometry", self.saveGeometry())
        if self._is_restored:
            self.settings.set_state("docks", self.upper_window.saveState())
            for splitter in (self.upper, self.studio):
                self.settings.set_state(splitter.objectName(), splitter.saveState())
        self.settings.sync()
