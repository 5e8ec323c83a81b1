"""The main window's menus and toolbar: which actions stand where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from gdstudio.ui.actions import Actions, plain
from gdstudio.ui.settings import Settings
from gdstudio.ui.theme import TEXT_PERCENTS

Key = QKeySequence.StandardKey

# What makes no sense on the start page. Playback is not here: it depends on the race, too.
NEEDS_DOCUMENT = (
    "actionSave", "actionSaveAs", "actionExportWindow", "actionExportGraph", "actionExportLandscape",
    "actionExportRace", "actionExportProgram", "actionTitle", "actionAddNode", "actionAutoLayout", "actionFrameAll",
    "actionForwardPass", "actionBackwardPass", "actionInspector", "actionHistory", "actionData",
    "actionBasins", "actionSwarm", "actionSweep", "actionFairRace", "actionSaveRace", "actionAnimation",
    "actionExportCurves", "actionCopyWindow", "actionCopyGraph", "actionCopyLandscape", "actionCopyRace",
    "actionCopyCurves", "actionCut", "actionCopy", "actionPaste", "actionDuplicate", "actionDelete", "actionSelectAll",
    "actionTemplate", "actionFormula", "actionForwardMode", "actionLocalDerivatives", "actionPaths",
    "actionCheckGradients", "actionNorms", "actionLoadCsv", "actionNextPart", "actionPreviousPart",
)  # fmt: skip

_EXPORTS = (
    "actionExportWindow", "actionExportGraph", "actionExportLandscape", "actionExportRace", "actionExportCurves",
)  # fmt: skip
_COPIES = ("actionCopyWindow", "actionCopyGraph", "actionCopyLandscape", "actionCopyRace", "actionCopyCurves")
_EDIT = (
    "actionUndo", "actionRedo", None, "actionCut", "actionCopy", "actionPaste", "actionDuplicate", "actionDelete", None,
    "actionSelectAll", None, "actionTitle",
)  # fmt: skip
_GRAPH = (
    "actionAddNode", "actionTemplate", "actionFormula", None, "actionAutoLayout", "actionFrameAll", None,
    "actionForwardPass", "actionBackwardPass", "actionForwardMode", None,
    "actionLocalDerivatives", "actionPaths", "actionCheckGradients", "actionNorms", None, "actionExportProgram",
)  # fmt: skip
_THEMES = ("actionThemeSystem", "actionThemeDark", "actionThemeLight")
_LANGUAGES = ("actionLanguageSystem", "actionLanguageEnglish", "actionLanguageChinese")
_TEXT_SIZES = tuple(f"actionText{percent}" for percent in TEXT_PERCENTS)
_TOOLBAR = (
    "actionNew", "actionOpen", "actionSave", None, "actionUndo", "actionRedo", None,
    "actionLessons", "actionInspector", "actionHistory", "actionToggleTheme",
)  # fmt: skip


def build(
    window: QMainWindow, actions: Actions, settings: Settings, open_path: Callable[[Path], None]
) -> None:
    """Fill the window's menu bar and add its toolbar; `open_path` opens a recent file."""
    tr = _translate
    bar = window.menuBar()
    file = bar.addMenu(tr("&File"))
    _fill(file, actions, "actionNew", "actionNewWindow", "actionOpen")
    recent = file.addMenu(tr("Open &Recent"))
    recent.setObjectName("menuRecent")
    recent.aboutToShow.connect(lambda: _fill_recent(recent, settings, open_path))
    _fill(file, actions, "actionRestore", "actionStartPage", None, "actionSave", "actionSaveAs", None)
    _fill(file, actions, "actionLoadCsv")
    export = file.addMenu(tr("&Export"))
    _fill(export, actions, *_EXPORTS)
    _fill(export.addMenu(tr("Cop&y Picture")), actions, *_COPIES)
    _fill(export, actions, None, "actionAnimation", "actionExportProgram", "actionSaveRace")
    _fill(file, actions, None, "actionQuit")
    _fill(bar.addMenu(tr("&Edit")), actions, *_EDIT)
    view = bar.addMenu(tr("&View"))
    _fill(view, actions, "actionInspector", "actionData", "actionHistory", None, "actionFrameAll", None)
    _fill(view, actions, "actionNextPart", "actionPreviousPart", None)
    themes = view.addMenu(tr("&Theme"))
    group = QActionGroup(window)
    for name in _THEMES:
        group.addAction(actions[name])
    _fill(themes, actions, *_THEMES, None, "actionToggleTheme")
    sizes = view.addMenu(tr("Te&xt Size"))
    group = QActionGroup(window)
    for name in _TEXT_SIZES:
        group.addAction(actions[name])
    _fill(sizes, actions, *_TEXT_SIZES)
    languages = view.addMenu(tr("&Language"))
    group = QActionGroup(window)
    for name in _LANGUAGES:
        group.addAction(actions[name])
    _fill(languages, actions, *_LANGUAGES)
    _fill(view, actions, "actionReducedMotion", None, "actionFullScreen", None, "actionSettings")
    _fill(bar.addMenu(tr("&Graph")), actions, *_GRAPH)
    race = (
        "actionPlay", "actionStepForward", "actionStepBack", "actionReset", None,
        "actionBasins", "actionSwarm", "actionSweep", "actionFairRace",
    )  # fmt: skip
    _fill(bar.addMenu(tr("&Race")), actions, *race)
    _fill(
        bar.addMenu(tr("&Help")),
        actions,
        "actionLessons",
        "actionTour",
        None,
        "actionPalette",
        "actionShortcuts",
        "actionAbout",
    )
    _add_toolbar(window, actions)


def _add_toolbar(window: QMainWindow, actions: Actions) -> None:
    """The views have tools of their own; the window's few fit beside the menus and cost no row."""
    toolbar = QToolBar(_translate("Tools"), window)
    toolbar.setObjectName("toolbar")
    toolbar.setMovable(False)
    toolbar.setIconSize(QSize(18, 18))
    toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in _TOOLBAR:
        if name is None:
            toolbar.addSeparator()
            continue
        toolbar.addAction(actions[name])
        button = toolbar.widgetForAction(actions[name])
        button.setObjectName(name.replace("action", "tool", 1))
        button.setAccessibleName(plain(actions[name].text()).rstrip("…"))
    if window.menuBar().isNativeMenuBar():
        window.addToolBar(toolbar)
    else:
        window.menuBar().setCornerWidget(toolbar, Qt.Corner.TopRightCorner)


def _fill(menu: QMenu, actions: Actions, *names: str | None) -> None:
    for name in names:
        menu.addSeparator() if name is None else menu.addAction(actions[name])


def _fill_recent(menu: QMenu, settings: Settings, open_path: Callable[[Path], None]) -> None:
    menu.clear()
    files = settings.recent_files
    for number, path in enumerate(files, 1):
        name = str(path).replace("&", "&&")
        action = menu.addAction(f"&{number} {name}" if number < 10 else name)
        action.triggered.connect(lambda _checked=False, path=path: open_path(path))
    if files:
        menu.addSeparator()
        menu.addAction(_translate("&Clear This List")).triggered.connect(settings.clear_recent_files)
    else:
        menu.addAction(_translate("No files yet")).setEnabled(False)


def _translate(text: str) -> str:
    return QCoreApplication.translate("menus", text)
