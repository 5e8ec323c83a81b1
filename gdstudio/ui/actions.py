"""The window's actions: names, texts, icons, shortcuts and tips in one table. The window connects them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from gdstudio.ui import icons, translation
from gdstudio.ui import theme as themes

Key = QKeySequence.StandardKey

# On a Mac, F11 moves all windows aside.
_FULL_SCREEN = Key.FullScreen if sys.platform == "darwin" else "F11"
# How a menu marks the letter that chooses an entry: before it, or in brackets behind a text in another script.
_MNEMONIC = re.compile(r"\s?\(&\w\)|&(?=[^&])")


def plain(text: str) -> str:
    """An action's text without the mark of its letter."""
    return _MNEMONIC.sub("", text).replace("&&", "&")


class Actions(QObject):
    """All actions of a window by object name: `actions["actionPlay"]`."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}
        t = self.tr
        # ruff: noqa: E501
        # fmt: off
        rows: tuple[tuple[str, str, str, Key | str, str], ...] = (
            ("actionNew", t("&New"), "new", Key.New, t("Begin with an empty graph")),
            ("actionNewWindow", t("New &Window"), "", "Ctrl+Shift+N", t("Open another window, with the start page")),
            ("actionOpen", t("&Open…"), "open", Key.Open, t("Open a document")),
            ("actionSave", t("&Save"), "save", Key.Save, t("Write the document to its file")),
            ("actionSaveAs", t("Save &As…"), "", "Ctrl+Shift+S", t("Write the document to another file")),
            ("actionRestore", t("Restore &Unsaved Work…"), "", "", t("Go on with documents that a crash left unsaved")),
            ("actionLoadCsv", t("Load &CSV Data…"), "", "", t("Fill leaves of the graph, or new ones, from the columns of a CSV file")),
            ("actionStartPage", t("S&tart Page"), "home", "", t("Show the start page or go back to the document")),
            ("actionExportWindow", t("Picture of the &Window…"), "export", "Ctrl+E", t("Save a picture of the whole window (PNG, SVG or PDF)")),
            ("actionExportGraph", t("Picture of the &Graph…"), "", "", t("Save a picture of the graph (PNG, SVG or PDF)")),
            ("actionExportProgram", t("Graph as &Program, Formula or PDF…"), "", "", t("Write the graph for PyTorch, JAX, NumPy or LaTeX, or as a PDF picture")),
            ("actionExportLandscape", t("Picture of the &Surface…"), "", "", t("Save a picture of the surface (PNG, SVG or PDF)")),
            ("actionExportRace", t("Picture of the &Race…"), "", "", t("Save a picture of the race (PNG, SVG or PDF)")),
            ("actionExportCurves", t("Picture of the &Curves…"), "", "", t("Save a picture of the curves (PNG, SVG or PDF)")),
            ("actionCopyWindow", t("Copy the &Window"), "", "", t("Copy a picture of the whole window")),
            ("actionCopyGraph", t("Copy the &Graph"), "", "", t("Copy a picture of the graph")),
            ("actionCopyLandscape", t("Copy the &Surface"), "", "", t("Copy a picture of the surface")),
            ("actionCopyRace", t("Copy the &Race"), "", "", t("Copy a picture of the race")),
            ("actionCopyCurves", t("Copy the &Curves"), "", "", t("Copy a picture of the curves")),
            ("actionAnimation", t("&Animation of the Race…"), "", "", t("Save the playback as an animated GIF or WebP")),
            ("actionSaveRace", t("Race as &Data…"), "", "", t("Save every step of the race as CSV, JSON or NPZ")),
            ("actionQuit", t("&Quit"), "", Key.Quit, t("Close the window")),
            ("actionCut", t("Cu&t"), "", "", t("Move the selected nodes to the clipboard")),
            ("actionCopy", t("&Copy"), "", "", t("Copy the selected nodes, as text their formula")),
            ("actionPaste", t("&Paste"), "", "", t("Paste nodes, or a formula as nodes")),
            ("actionDuplicate", t("&Duplicate"), "", "", t("Put a copy beside the selected nodes")),
            ("actionDelete", t("De&lete"), "", "", t("Delete the selected nodes and wires")),
            ("actionSelectAll", t("Select &All"), "", "", t("Select all nodes")),
            ("actionTitle", t("Document Titl&e…"), "", "", t("Give the document a title")),
            ("actionSettings", t("&Settings…"), "", Key.Preferences, t("Appearance, files and unsaved work")),
            ("actionFullScreen", t("F&ull Screen"), "", _FULL_SCREEN, t("Use the whole screen; Esc leaves it")),
            ("actionThemeSystem", t("&System"), "", "", t("Dark or light as the desktop is")),
            ("actionThemeDark", t("&Dark"), "", "", t("Light colours on dark")),
            ("actionThemeLight", t("&Light"), "", "", t("Dark colours on light")),
            *(
                (f"actionText{percent}", t("Text Size {0} %").format(percent), "", "", t("How large text is outside of the graph's canvas"))
                for percent in themes.TEXT_PERCENTS
            ),
            ("actionReducedMotion", t("Reduced &Motion"), "", "", t("Show passes through the graph without moving dots")),
            ("actionLanguageSystem", t("As the &System"), "", "", t("Use the system's language where there is a translation")),
            ("actionLanguageEnglish", translation.NAMES["en"], "", "", t("Use English")),
            ("actionLanguageChinese", translation.NAMES["zh_CN"], "", "", t("Use Simplified Chinese")),
            ("actionToggleTheme", t("Dark or Light"), "theme", "Ctrl+T", t("Change between the dark and the light theme")),
            ("actionAddNode", t("&Add Node…"), "add-node", "Ctrl+Return", t("Add a node to the graph")),
            ("actionAutoLayout", t("Auto &Layout"), "layout", "Ctrl+L", t("Arrange the nodes in layers")),
            ("actionTemplate", t("Insert &Template…"), "", "", t("Add a layer or a small network as a group of nodes")),
            ("actionFormula", t("Graph as Fo&rmula"), "", "", t("Show the graph as text that can be edited")),
            ("actionForwardMode", t("Play For&ward Mode"), "", "", t("Move a leaf by 1 and see node by node what follows")),
            ("actionLocalDerivatives", t("Local &Derivatives"), "", "", t("Show the local derivative on every wire")),
            ("actionPaths", t("Pat&hs"), "", "", t("All paths between two nodes, or from one to the output, with their products")),
            ("actionCheckGradients", t("&Check Gradients"), "", "", t("Numerical beside analytic gradients, with their relative error")),
            ("actionNorms", t("Gradient &Norms"), "", "", t("The norm of the gradient layer by layer")),
            ("actionFrameAll", t("&Frame All"), "frame", "Ctrl+Home", t("Show the whole graph")),
            ("actionForwardPass", t("Play the F&orward Pass"), "forward", "Ctrl+Right", t("Show node by node how the values are computed")),
            ("actionBackwardPass", t("Play the &Backward Pass"), "backward", "Ctrl+Left", t("Show node by node how the gradients flow back")),
            ("actionPlay", t("&Play"), "play", "F5", t("Play the race, or pause it")),
            ("actionStepForward", t("Step &Forward"), "step-forward", "Alt+Right", t("One step forward")),
            ("actionStepBack", t("Step &Back"), "step-back", "Alt+Left", t("One step back")),
            ("actionReset", t("&Reset"), "reset", "Alt+Home", t("Back to the starts")),
            ("actionBasins", t("Basins of A&ttraction…"), "", "", t("Race from every point of the surface and see where each ends")),
            ("actionSwarm", t("Swar&m…"), "", "", t("Race one optimizer from thousands of starts and watch all of them")),
            ("actionSweep", t("S&weep of Hyper-parameters…"), "", "", t("Race one optimizer with every pair of two settings")),
            ("actionFairRace", t("Fa&ir Race…"), "", "", t("Tune every racer with the same budget")),
            ("actionLessons", t("&Lessons"), "lessons", "F6", t("The course on gradients, step by step")),
            ("actionNextPart", t("&Next Part of the Window"), "", "Ctrl+F6", t("Go on with the keyboard in the next part: graph, surface, race, docks")),
            ("actionPreviousPart", t("Pre&vious Part of the Window"), "", "Ctrl+Shift+F6", t("Go back with the keyboard to the part before")),
            ("actionPalette", t("&Command Palette…"), "", "Ctrl+Shift+P", t("Find any command by a part of its name")),
            ("actionShortcuts", t("&Keyboard Shortcuts"), "", Key.HelpContents, t("List all shortcuts")),
            ("actionTour", t("&Tour of the Window"), "", "", t("What the parts of the window are for, in four steps")),
            ("actionAbout", t("&About gdstudio"), "", "", t("Version, licence and what it is made of")),
        )
        for name, text, icon, shortcut, tip in rows:
            self._add(window, name, text, icon, shortcut, tip)
        # fmt: on
        for name in (
            "actionThemeSystem",
            "actionThemeDark",
            "actionThemeLight",
            "actionLanguageSystem",
            "actionLanguageEnglish",
            "actionLanguageChinese",
            "actionFullScreen",
            "actionReducedMotion",
            *(f"actionText{percent}" for percent in themes.TEXT_PERCENTS),
        ):
            self._actions[name].setCheckable(True)
        self._actions["actionQuit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._actions["actionSettings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self._actions["actionAbout"].setMenuRole(QAction.MenuRole.AboutRole)
        themes.switch().follow(self._paint)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def adopt(self, action: QAction, name: str, icon: str = "") -> None:
        """Take in an action that was made elsewhere (undo, redo, a dock's switch)."""
        action.setObjectName(name)
        self._actions[name] = action
        if icon:
            self.set_icon(name, icon)

    def set_icon(self, name: str, icon: str) -> None:
        """Give an action another icon."""
        self._icons[name] = icon
        self._actions[name].setIcon(icons.icon(icon))

    def _add(
        self, window: QMainWindow, name: str, text: str, icon: str, shortcut: Key | str, tip: str
    ) -> None:
        action = QAction(text, window)
        action.setStatusTip(tip)
        if shortcut:
            action.setShortcuts(shortcut) if isinstance(shortcut, Key) else action.setShortcut(shortcut)
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({key})" if key else tip)
        window.addAction(action)
        self.adopt(action, name, icon)

    def _paint(self) -> None:
        for name, icon in self._icons.items():
            self._actions[name].setIcon(icons.icon(icon))
