"""What a window holds beside its frame and its session: the views, built one by one and connected.

Every view draws from the session and edits through it; no view knows another. What an action does is said here, in
one place. Importing this module imports the engine and the plots.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QUndoView,
    QWidget,
)

from gdstudio.ui import dialogs, guides, parts
from gdstudio.ui import theme as themes
from gdstudio.ui.data import DataPane
from gdstudio.ui.data.surface_cloud import CloudLayer
from gdstudio.ui.graph import GraphEditor
from gdstudio.ui.graph.keys import IN_MENUS
from gdstudio.ui.inspector import Inspector, InspectorPane
from gdstudio.ui.landscape import LandscapeView
from gdstudio.ui.lessons import LessonsDock
from gdstudio.ui.lessons.panel import LessonPanel
from gdstudio.ui.pictures import Pictures
from gdstudio.ui.race import RacePanel
from gdstudio.ui.race.following import Following
from gdstudio.ui.reception import start_another
from gdstudio.ui.settings_dialog import SettingsDialog
from gdstudio.ui.sliced import in_slices

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

# What a text field does by the same names as the canvas.
_TEXT_EDITS = {
    "actionCut": "cut",
    "actionCopy": "copy",
    "actionPaste": "paste",
    "actionSelectAll": "selectAll",
}


def stages(window: MainWindow) -> Generator[None]:
    """Build the views and docks of a window that has its session, stopping after each."""
    session = window.session
    window.graph = yield from in_slices(GraphEditor, session)
    window.graph.folders = window.settings
    yield
    window.landscape = yield from in_slices(LandscapeView, session)
    yield
    window.race = yield from in_slices(RacePanel, session)
    window.race.folders = window.settings
    yield
    window.following = Following(session, window)
    window.following.changed.connect(window.graph.show_racer)
    window.upper = _splitter(window.graph, window.landscape)
    yield
    window.upper_window.setCentralWidget(window.upper)
    yield
    window.studio.addWidget(window.race)
    window.studio.setStretchFactor(0, 1)
    window.studio.setStretchFactor(1, 0)
    yield
    yield from _fill_docks(window)
    yield
    panel = yield from in_slices(LessonPanel, session, window.settings.store)
    window.lessons_dock = LessonsDock(window, panel)
    yield
    docks = (window.inspector_dock, window.history_dock, window.data_dock, window.lessons_dock)
    for part in (window.graph, window.landscape, window.race, *docks):
        themes.switch().wave.add_part(part)
    window.pictures = Pictures(window)
    window.handlers = handlers(window)
    _connect(window)
    yield


def close(window: MainWindow) -> None:
    """End the threads of a window that was built."""
    window.welcome.close_worker()
    window.inspector.typesetter.close()
    window.lessons_dock.panel.close_typesetter()
    window.pictures.close_worker()
    window.data.close_worker()
    window.graph.close_workers()
    window.race.close_workers()
    window.following.close()
    window.files.recovery.close()
    window.session.close()


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What each action does, by the action's name."""
    session, graph, race = window.session, window.graph, window.race
    return {
        "actionNew": window.files.new,
        "actionNewWindow": start_another,
        "actionOpen": window.files.open,
        "actionSave": window.files.save,
        "actionSaveAs": window.files.save_as,
        "actionRestore": window.restore_work,
        "actionLoadCsv": graph.tables.ask,
        "actionStartPage": lambda: window.show_start_page(window.pages.currentWidget() is not window.welcome),
        "actionExportWindow": lambda: window.pictures.export("window"),
        "actionExportGraph": lambda: window.pictures.export("graph"),
        "actionExportProgram": graph.export_program,
        "actionExportLandscape": lambda: window.pictures.export("landscape"),
        "actionExportRace": lambda: window.pictures.export("race"),
        "actionExportCurves": lambda: window.pictures.export("curves"),
        **{
            f"actionCopy{view.capitalize()}": partial(window.pictures.copy, view)
            for view in ("window", "graph", "landscape", "race", "curves")
        },
        "actionAnimation": window.pictures.ask_animation,
        "actionSaveRace": race.export_race,
        "actionQuit": window.close,
        "actionTitle": window.ask_title,
        "actionThemeSystem": lambda: window.preferences.choose_theme("system"),
        "actionThemeDark": lambda: window.preferences.choose_theme("dark"),
        "actionThemeLight": lambda: window.preferences.choose_theme("light"),
        "actionToggleTheme": lambda: window.preferences.choose_theme(
            "light" if themes.current().dark else "dark"
        ),
        **{
            f"actionText{percent}": partial(window.preferences.choose_text_size, percent)
            for percent in themes.TEXT_PERCENTS
        },
        "actionSettings": lambda: SettingsDialog(window).open(),
        "actionReducedMotion": window.preferences.choose_motion,
        "actionLanguageSystem": lambda: window.preferences.choose_language("system"),
        "actionLanguageEnglish": lambda: window.preferences.choose_language("en"),
        "actionLanguageChinese": lambda: window.preferences.choose_language("zh_CN"),
        "actionAddNode": graph.add_node,
        "actionTemplate": graph.add_template,
        **_canvas_handlers(window),
        "actionAutoLayout": graph.framing.auto_layout,
        "actionFrameAll": graph.framing.frame_all,
        "actionForwardPass": graph.play_forward,
        "actionBackwardPass": graph.play_backward,
        "actionPlay": window.toggle_play,
        "actionStepForward": session.step_forward,
        "actionStepBack": session.step_back,
        "actionReset": session.reset,
        "actionBasins": lambda: race.open_survey("basins"),
        "actionSwarm": lambda: race.open_survey("swarm"),
        "actionSweep": lambda: race.open_survey("sweep"),
        "actionFairRace": lambda: race.open_survey("fair"),
        "actionLessons": window.lessons_dock.toggle,
        "actionNextPart": lambda: parts.go(window, 1),
        "actionPreviousPart": lambda: parts.go(window, -1),
        "actionPalette": partial(guides.show_palette, window),
        "actionShortcuts": lambda: dialogs.show_shortcuts(window, window.actions_, graph.keys.shortcuts()),
        "actionTour": partial(guides.show_tour, window),
        "actionAbout": lambda: dialogs.show_about(window),
    }


def _canvas_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What canvas and menus both offer. The menus show the key, which only counts where the canvas has the focus."""
    calls: dict[str, Callable[[], object]] = {}
    for name in IN_MENUS:
        key, call = window.graph.keys.of_action(name)
        action = window.actions_[name]
        action.setText(f"{action.text().partition(chr(9))[0]}\t{key}")
        calls[name] = partial(_edit_in_focus, window, name, call)
    return calls


def _edit_in_focus(window: MainWindow, name: str, call: Callable[[], None]) -> None:
    """Cut, copy, paste and select all in the text that has the focus, else on the canvas."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit) and name in _TEXT_EDITS:
        getattr(focus, _TEXT_EDITS[name])()
        return
    window.graph.view.setFocus()
    call()


def _splitter(first: QWidget, second: QWidget) -> QSplitter:
    """Graph and surface, side by side."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setObjectName("upperSplitter")
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(5)
    for i, widget in enumerate((first, second)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(i, 1)
    return splitter


def _fill_docks(window: MainWindow) -> Generator[None]:
    window.inspector = Inspector(window.session)
    window.following.changed.connect(window.inspector.show_racer)
    pane = InspectorPane(window.inspector, window.session)
    window.following.changed.connect(pane.tensors.show_racer)
    window.inspector_dock.setWidget(pane)
    yield
    window.data = DataPane(window.session)
    window.data.cloud_placed.connect(CloudLayer(window.landscape.plane.box).set_cloud)
    window.data_dock.setWidget(window.data)
    history = QUndoView(window.session.undo_stack)
    history.setObjectName("historyList")
    history.setAccessibleName(window.tr("Undo history"))
    history.setEmptyLabel(window.tr("As opened"))
    window.history_dock.setWidget(history)


def _connect(window: MainWindow) -> None:
    """Let the frame follow the session and the files."""
    session, files, bar = window.session, window.files, window.message_bar
    files.opened.connect(lambda: window.show_start_page(False))
    files.opened.connect(bar.hide)
    bar.stay_above(window.race.transport, window.race.notice)
    files.failed.connect(lambda sentence: bar.show_message(sentence, matter="file"))
    files.saved.connect(lambda: bar.settle("file"))
    files.recovery.failed.connect(lambda sentence: bar.show_message(sentence))
    for written in (window.graph.written, window.race.written):
        written.connect(window.status.tell_written)
    window.graph.tables.failed.connect(lambda sentence: bar.show_message(sentence, matter="table"))
    window.graph.tables.loaded.connect(lambda _sentence: bar.settle("table"))
    window.graph.tables.loaded.connect(lambda sentence: window.status.tell(sentence))
    window.data.csv_asked.connect(window.graph.tables.ask)
    files.outdated.connect(
        lambda sentence: bar.show_message(sentence, window.tr("Load It"), files.reload, matter="file")
    )
    window.status.work.cancelled.connect(session.cancel_work)
    for changed in (session.path_changed, session.document_changed, session.undo_stack.cleanChanged):
        changed.connect(lambda *_: window.show_title())
    # To paint all views of another document takes longer than a frame or two.
    session.document_opened.connect(lambda: themes.switch().wave.unveil(window))
    session.playing_changed.connect(window.show_playing)
    session.busy_changed.connect(window.status.work.set_busy)
    # Large graphs keep the engine busy since before the views were built.
    window.status.work.set_busy(session.is_busy)
    session.progressed.connect(window.status.work.set_fraction)
    session.failed.connect(lambda _sentence: window.show_problems())
    session.settled.connect(window.show_problems)
    session.race_computed.connect(lambda _result: window.enable_playback())
    session.step_changed.connect(lambda _step: window.enable_playback())
