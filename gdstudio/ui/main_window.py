"""The main window: puts the views, docks, menus, toolbar and status bar together and connects them.

Every view draws from the session and edits through it; no view knows another. What an action does is
connected here, in one place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QInputDialog,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QUndoView,
    QWidget,
)

from gdstudio.document.model import Document
from gdstudio.ui import commands, dialogs, icons, menus, translation
from gdstudio.ui import theme as themes
from gdstudio.ui.actions import Actions
from gdstudio.ui.export import Picture, copy_picture, export_picture
from gdstudio.ui.files import SUFFIX, FileKeeper, title
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.inspector import Inspector, InspectorPane
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.lessons import LessonsDock
from gdstudio.ui.messages import ElidedLabel, MessageBar, WorkField
from gdstudio.ui.palette import Command, CommandPalette, action_commands
from gdstudio.ui.race import RacePanel
from gdstudio.ui.race.following import Following
from gdstudio.ui.restore_dialog import RestoreDialog
from gdstudio.ui.session import Session
from gdstudio.ui.settings import Settings
from gdstudio.ui.welcome import WelcomePage

if TYPE_CHECKING:
    from gdstudio.ui.animation.dialog import AnimationDialog

# Below this width the inspector would leave the graph and the surface too little room.
WIDE = 1500
DEFAULT_SIZE = QSize(1600, 1000)
_SHORTLY_MS = 4000


class MainWindow(QMainWindow):
    """One window on one document.

    Args:
        document: shown at once; None = the start page.
        settings: where window and theme are remembered; None = the user's own settings.
        path: the file that the document came from.
        continues: a window whose document, history and settings this one takes over, in place of all the others.

    Signals:
        replaced(MainWindow): another window shows the document from now on; this one is gone.
    """

    replaced = Signal(object)

    def __init__(
        self,
        document: Document | None = None,
        settings: QSettings | None = None,
        path: Path | None = None,
        continues: MainWindow | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(icons.application_icon())
        self.setAcceptDrops(True)
        self.settings = Settings(settings) if continues is None else continues.settings
        translation.choose(self.settings.language)
        themes.switch().choose(self.settings.theme)
        themes.switch().choose_text_size(self.settings.text_percent)
        themes.switch().reduced_motion = self.settings.reduced_motion

        if path is not None:
            self.settings.add_recent_file(path)
        self.session = Session(document, path, self)
        if continues is not None:
            self.session.continue_from(continues.session)
        self.files = FileKeeper(self, self.session, self.settings)
        if continues is not None:
            self.files.continue_from(continues.files)
        self.actions_ = Actions(self)
        self._animation: AnimationDialog | None = None
        self._build_views()
        self._build_docks()
        self._build_status_bar()
        self._connect_actions()
        menus.build(self, self.actions_, self.settings, self.files.open_path)
        self._connect_session()
        self._restore()
        if continues is None:
            self.show_start_page(document is None)
        else:
            self.show_start_page(continues.pages.currentWidget() is continues.welcome)
            self.session.select_node(continues.session.selected_node)
            self.session.select_racer(continues.session.selected_racer)
        self._show_title()
        self._show_playing(False)
        self._show_theme()

    # Building

    def _build_views(self) -> None:
        session = self.session
        self.graph = GraphEditor(session)
        self.landscape = LandscapeView(session)
        self.race = RacePanel(session)
        self.following = Following(session, self)
        self.following.changed.connect(self.graph.show_racer)
        self.upper = _splitter("upperSplitter", Qt.Orientation.Horizontal, self.graph, self.landscape)
        # A window within the window: the docks stand beside graph and surface, above the race.
        self.upper_window = QMainWindow(self, Qt.WindowType.Widget)
        self.upper_window.setObjectName("upperWindow")
        self.upper_window.setDockNestingEnabled(True)
        self.upper_window.setCentralWidget(self.upper)
        self.studio = _splitter("studio", Qt.Orientation.Vertical, self.upper_window, self.race)
        self.studio.setStretchFactor(0, 1)
        self.studio.setStretchFactor(1, 0)
        self.welcome = WelcomePage(self.settings)
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.studio)
        self.setCentralWidget(self.pages)
        self.message_bar = MessageBar(self.pages)

    def _build_docks(self) -> None:
        self.inspector = Inspector(self.session)
        self.following.changed.connect(self.inspector.show_racer)
        inspector_pane = InspectorPane(self.inspector, self.session)
        self.following.changed.connect(inspector_pane.tensors.show_racer)
        self.history = QUndoView(self.session.undo_stack)
        self.history.setObjectName("historyList")
        self.history.setAccessibleName(self.tr("Undo history"))
        self.history.setEmptyLabel(self.tr("As opened"))
        self.inspector_dock = self._dock("inspectorDock", self.tr("Inspector"), inspector_pane)
        self.history_dock = self._dock("historyDock", self.tr("History"), self.history)
        self.upper_window.splitDockWidget(self.inspector_dock, self.history_dock, Qt.Orientation.Vertical)
        self.history_dock.hide()
        self.lessons_dock = LessonsDock(self)
        for dock, name, icon, shortcut, tip in (
            (
                self.inspector_dock,
                "actionInspector",
                "inspector",
                "Ctrl+I",
                self.tr("The selected node in full"),
            ),
            (self.history_dock, "actionHistory", "history", "Ctrl+H", self.tr("The list of edits")),
        ):
            action = dock.toggleViewAction()
            action.setShortcut(shortcut)
            action.setStatusTip(tip)
            action.setToolTip(f"{tip} ({shortcut})")
            self.addAction(action)
            self.actions_.adopt(action, name, icon)

    def _dock(self, name: str, caption: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(caption, self.upper_window)
        dock.setObjectName(name)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        dock.setWidget(widget)
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
        bar.addPermanentWidget(self.work)

    def _connect_actions(self) -> None:
        session, stack = self.session, self.session.undo_stack
        undo, redo = stack.createUndoAction(self), stack.createRedoAction(self)
        undo.setShortcuts(menus.Key.Undo)
        undo.setStatusTip(self.tr("Take the last edit back"))
        redo.setShortcuts(menus.Key.Redo)
        redo.setStatusTip(self.tr("Make the edit again"))
        self.actions_.adopt(undo, "actionUndo", "undo")
        self.actions_.adopt(redo, "actionRedo", "redo")
        handlers: dict[str, Callable[[], object]] = {
            "actionNew": self.files.new,
            "actionOpen": self.files.open,
            "actionSave": self.files.save,
            "actionSaveAs": self.files.save_as,
            "actionRestore": self.restore_work,
            "actionStartPage": lambda: self.show_start_page(self.pages.currentWidget() is not self.welcome),
            "actionExportWindow": lambda: self.export("window"),
            "actionExportGraph": lambda: self.export("graph"),
            "actionExportProgram": self.graph.export_program,
            "actionExportLandscape": lambda: self.export("landscape"),
            "actionExportRace": lambda: self.export("race"),
            "actionExportCurves": lambda: self.export("curves"),
            **{
                f"actionCopy{view.capitalize()}": partial(self.copy_picture, view)
                for view in ("window", "graph", "landscape", "race", "curves")
            },
            "actionAnimation": self.ask_animation,
            "actionSaveRace": self.race.export_race,
            "actionQuit": self.close,
            "actionTitle": self.ask_title,
            "actionThemeSystem": lambda: self.choose_theme("system"),
            "actionThemeDark": lambda: self.choose_theme("dark"),
            "actionThemeLight": lambda: self.choose_theme("light"),
            "actionToggleTheme": lambda: self.choose_theme("light" if themes.current().dark else "dark"),
            **{
                f"actionText{percent}": partial(self.choose_text_size, percent)
                for percent in themes.TEXT_PERCENTS
            },
            "actionReducedMotion": self.choose_motion,
            "actionLanguageSystem": lambda: self.choose_language("system"),
            "actionLanguageEnglish": lambda: self.choose_language("en"),
            "actionLanguageChinese": lambda: self.choose_language("zh_CN"),
            "actionAddNode": self.graph.add_node,
            "actionAutoLayout": self.graph.auto_layout,
            "actionFrameAll": self.graph.frame_all,
            "actionForwardPass": self.graph.play_forward,
            "actionBackwardPass": self.graph.play_backward,
            "actionPlay": self.toggle_play,
            "actionStepForward": session.step_forward,
            "actionStepBack": session.step_back,
            "actionReset": session.reset,
            "actionBasins": lambda: self.race.open_survey("basins"),
            "actionSweep": lambda: self.race.open_survey("sweep"),
            "actionFairRace": lambda: self.race.open_survey("fair"),
            "actionLessons": self.lessons_dock.toggle,
            "actionPalette": self.show_palette,
            "actionShortcuts": lambda: dialogs.show_shortcuts(
                self, self.actions_, self.graph.keys.shortcuts()
            ),
            "actionAbout": lambda: dialogs.show_about(self),
        }
        for name, handler in handlers.items():
            # Qt passes `checked`, which no handler wants.
            self.actions_[name].triggered.connect(lambda _checked=False, handler=handler: handler())
        self.actions_["actionFullScreen"].toggled.connect(self._show_full_screen)
        self.welcome.chosen.connect(self.files.show_document)
        self.welcome.file_chosen.connect(self.files.open_path)
        self.welcome.open_asked.connect(self.files.open)
        self.welcome.lessons_asked.connect(self.lessons_dock.toggle)
        self.welcome.lesson_asked.connect(self.lessons_dock.resume)
        self.files.opened.connect(lambda: self.show_start_page(False))
        self.files.opened.connect(self.message_bar.hide)
        for failed in (self.files.failed, self.files.recovery.failed):
            failed.connect(lambda sentence: self.message_bar.show_message(sentence))
        self.files.outdated.connect(
            lambda sentence: self.message_bar.show_message(sentence, self.tr("Load It"), self.files.reload)
        )
        self.work.cancelled.connect(session.cancel_work)

    def _connect_session(self) -> None:
        session = self.session
        session.path_changed.connect(self._show_title)
        session.document_changed.connect(self._show_title)
        session.undo_stack.cleanChanged.connect(self._show_title)
        session.playing_changed.connect(self._show_playing)
        session.busy_changed.connect(self.work.set_busy)
        session.progressed.connect(self.work.set_fraction)
        session.failed.connect(self._show_problem)
        session.settled.connect(self._show_problem)
        session.race_computed.connect(lambda _result: self._enable_playback())
        session.step_changed.connect(lambda _step: self._enable_playback())
        themes.switch().theme_changed.connect(self._show_theme)

    # What the window does itself

    def show_start_page(self, shown: bool) -> None:
        """Show the start page, or the document."""
        self.pages.setCurrentWidget(self.welcome if shown else self.studio)
        if shown:
            self.welcome.refresh()
        for name in menus.NEEDS_DOCUMENT:
            self.actions_[name].setEnabled(not shown)
        self._enable_playback()
        self._show_title()

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
        window = MainWindow(continues=self)
        window.show()
        self.session.undo_stack.setClean()  # nothing is lost, so nothing is asked
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
        drafts = self.files.recovery.left_behind()
        if drafts:
            dialog = RestoreDialog(drafts, self)
            dialog.chosen.connect(self.files.restore)
            dialog.open()
        return bool(drafts)

    def restore_work(self) -> None:
        """The action: offer it, or say that there is nothing."""
        if not self.offer_restore():
            self.message_bar.show_message(self.tr("There is no unsaved work to restore."))

    def show_palette(self) -> None:
        """List every command of the window, and of the canvas while it is in sight."""
        listed = action_commands(action for action in self.actions_ if action.objectName() != "actionPalette")
        if self.pages.currentWidget() is self.studio:
            where = self.tr("In the graph")
            known = {command.name for command in listed}
            listed += [
                Command(meaning, where, key, call)
                for key, meaning, call in self.graph.keys.commands()
                if meaning not in known
            ]
        CommandPalette(listed, self).open_at(self)

    def ask_title(self) -> None:
        """Ask for the document's title."""
        document = self.session.document
        text, accepted = QInputDialog.getText(
            self, self.tr("Document Title"), self.tr("Title:"), text=document.title
        )
        if accepted and text.strip() != document.title:
            self.session.edit(self.tr("Change title"), commands.set_title(document, text.strip()))

    def picture(self, view: str) -> Picture:
        """A picture of the "window", or of a view: "graph", "landscape", "race" or "curves"."""
        if view == "graph":
            return Picture(self.graph.scene.bounds().size().toSize(), self.graph.paint_graph)
        widgets = {"window": self, "landscape": self.landscape, "race": self.race, "curves": self.race.curves}
        return Picture.of_widget(widgets[view])

    def export(self, view: str) -> None:
        """Ask for a file and save a picture in it."""
        suggested = self.settings.folder / f"{title(self.session)} {view}.png"
        error = export_picture(self, self.picture(view), suggested)
        if error:
            self.message_bar.show_message(error)

    def copy_picture(self, view: str) -> None:
        """Put a picture on the clipboard."""
        copy_picture(self.picture(view))
        self.statusBar().showMessage(self.tr("The picture is on the clipboard."), _SHORTLY_MS)

    def ask_animation(self) -> None:
        """Ask how to film the race, and film it."""
        if self._animation is None:
            # Made when it is first wanted: Pillow is no part of the way to the first race.
            from gdstudio.ui.animation.dialog import AnimationDialog

            views = {
                "graph": self.graph,
                "landscape": self.landscape,
                "race": self.race,
                "curves": self.race.curves,
            }
            self._animation = AnimationDialog(self.session, views, self)
            self._animation.ended.connect(lambda why: self.message_bar.show_message(why) if why else None)
        self._animation.open_for_race(self.settings.folder / title(self.session))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space plays only where no focused widget wants it: a button with the focus is pressed by it.
        if event.key() == Qt.Key.Key_Space and self.actions_["actionPlay"].isEnabled():
            self.actions_["actionPlay"].trigger()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_let_go():
            event.ignore()
            return
        self._remember()
        self.welcome.close_worker()
        self.inspector.typesetter.close()
        self.lessons_dock.panel.close_typesetter()
        if self._animation is not None:
            self._animation.close_worker()
        self.graph.close_workers()
        self.race.close_workers()
        self.following.close()
        self.files.recovery.close()
        self.session.close()
        event.accept()

    # Showing states

    def _show_title(self, *_: object) -> None:
        if self.pages.currentWidget() is self.welcome and not self.session.document.graph.nodes:
            self.setWindowTitle("gdstudio[*]")
        else:
            self.setWindowTitle(f"{title(self.session)}[*] – gdstudio")
        self.setWindowFilePath(str(self.session.path or ""))
        self.setWindowModified(self.session.is_modified)

    def _show_playing(self, playing: bool) -> None:
        action = self.actions_["actionPlay"]
        action.setText(self.tr("&Pause") if playing else self.tr("&Play"))
        self.actions_.set_icon("actionPlay", "pause" if playing else "play")

    def _enable_playback(self) -> None:
        shown = self.pages.currentWidget() is self.studio
        session = self.session
        for name, on in (
            ("actionPlay", session.last_step > 0),
            ("actionStepForward", session.step < session.last_step),
            ("actionStepBack", session.step > 0),
            ("actionReset", session.step > 0),
        ):
            self.actions_[name].setEnabled(shown and on)

    def _show_problem(self, *_: object) -> None:
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
        self.inspector_dock.setVisible(self.width() >= WIDE)
        self.lessons_dock.fit()
        self.history_dock.hide()

    # Remembering

    def _restore(self) -> None:
        geometry = self.settings.state("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableSize()
            self.resize(
                min(DEFAULT_SIZE.width(), room.width()), min(DEFAULT_SIZE.height(), room.height() - 40)
            )
            self.upper.setSizes([1, 1])
        state = self.settings.state("docks")
        if state is None or not self.upper_window.restoreState(state):
            self.fit_docks()
        self.lessons_dock.fit()
        for splitter in (self.upper, self.studio):
            state = self.settings.state(splitter.objectName())
            if state is not None:
                splitter.restoreState(state)

    def _remember(self) -> None:
        self.settings.set_state("geometry", self.saveGeometry())
        self.settings.set_state("docks", self.upper_window.saveState())
        for splitter in (self.upper, self.studio):
            self.settings.set_state(splitter.objectName(), splitter.saveState())
        self.settings.sync()


def _splitter(name: str, orientation: Qt.Orientation, first: QWidget, second: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(5)
    for i, widget in enumerate((first, second)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(i, 1)
    return splitter


def _dropped_file(event: QDropEvent) -> Path | None:
    """The one document that is dragged, or None."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix == SUFFIX or path.suffix == ".json" else None
