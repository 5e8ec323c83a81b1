"""The keys of the canvas in one table, for the view that obeys them and for the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Binding(NamedTuple):
    """A key, what it does, and the words for it."""

    key: Qt.Key
    modifiers: Qt.KeyboardModifier
    action: str
    meaning: str


# What the window's menus offer, too: the name of the action there, and of what it does on the canvas.
IN_MENUS = {
    "actionCut": "cut",
    "actionCopy": "copy",
    "actionPaste": "paste",
    "actionDuplicate": "duplicate",
    "actionDelete": "delete_selected",
    "actionSelectAll": "select_all",
    "actionFormula": "open_formula",
    "actionForwardMode": "play_forward_mode",
    "actionLocalDerivatives": "toggle_locals",
    "actionPaths": "explore_paths",
    "actionCheckGradients": "check_gradients",
    "actionNorms": "toggle_norms",
}


def _bindings() -> tuple[Binding, ...]:
    t = _tr
    return (
        Binding(
            Key.Key_Tab,
            NONE,
            "next_or_palette",
            t("Next node along the graph; with none selected, add a node"),
        ),
        Binding(Key.Key_Backtab, SHIFT, "previous_node", t("Previous node")),
        Binding(Key.Key_Backtab, NONE, "previous_node", t("Previous node")),
        Binding(
            Key.Key_Left,
            NONE,
            "left",
            t("Nudge to the left; with none selected, select one; in a film, a step back"),
        ),
        Binding(Key.Key_Right, NONE, "right", t("Nudge to the right; in a film, a step on")),
        Binding(Key.Key_Up, NONE, "up", t("Nudge up")),
        Binding(Key.Key_Down, NONE, "down", t("Nudge down")),
        Binding(Key.Key_Left, SHIFT, "go_upstream", t("Select what feeds the node")),
        Binding(Key.Key_Right, SHIFT, "go_downstream", t("Select what the node feeds")),
        Binding(Key.Key_Up, SHIFT, "previous_node", t("Previous node")),
        Binding(Key.Key_Down, SHIFT, "next_node", t("Next node")),
        Binding(
            Key.Key_BracketLeft, NONE, "select_upstream", t("Select everything that feeds the selection")
        ),
        Binding(Key.Key_BracketRight, NONE, "select_downstream", t("Select everything that it feeds")),
        Binding(Key.Key_Return, NONE, "edit_selected", t("Edit the value, or change the operation")),
        Binding(Key.Key_Enter, NONE, "edit_selected", t("Edit the value, or change the operation")),
        Binding(Key.Key_T, NONE, "open_table", t("The value as a table")),
        Binding(Key.Key_F2, NONE, "rename_selected", t("Rename")),
        Binding(Key.Key_C, NONE, "connect_selected", t("Connect the output to an input")),
        Binding(Key.Key_O, NONE, "make_output", t("Make the node the output")),
        Binding(Key.Key_Delete, NONE, "delete_selected", t("Delete nodes and wires")),
        Binding(Key.Key_Backspace, NONE, "delete_selected", t("Delete nodes and wires")),
        Binding(Key.Key_Delete, CTRL, "delete_and_join", t("Delete and reconnect")),
        Binding(Key.Key_X, NONE, "delete_selected", t("Delete nodes and wires")),
        Binding(Key.Key_A, CTRL, "select_all", t("Select all")),
        Binding(Key.Key_A, SHIFT, "open_palette", t("Add a node")),
        Binding(Key.Key_C, CTRL, "copy", t("Copy as nodes and as a formula")),
        Binding(Key.Key_X, CTRL, "cut", t("Cut")),
        Binding(Key.Key_V, CTRL, "paste", t("Paste nodes or a formula")),
        Binding(Key.Key_D, CTRL, "duplicate", t("Duplicate")),
        Binding(Key.Key_G, CTRL, "frame_nodes", t("Put a titled frame around the selected nodes")),
        Binding(Key.Key_N, NONE, "new_note", t("Write a note")),
        Binding(Key.Key_F, NONE, "frame_selection", t("Frame the selection, or all")),
        Binding(Key.Key_Home, NONE, "frame_all", t("Frame all")),
        Binding(Key.Key_0, CTRL, "zoom_to_100", t("100 %")),
        Binding(Key.Key_Plus, CTRL, "zoom_in", t("Zoom in")),
        Binding(Key.Key_Equal, CTRL, "zoom_in", t("Zoom in")),
        Binding(Key.Key_Minus, CTRL, "zoom_out", t("Zoom out")),
        Binding(Key.Key_M, NONE, "toggle_minimap", t("Map of the graph, where not all of it is in view")),
        Binding(Key.Key_L, NONE, "toggle_locals", t("Show the local derivative on every wire")),
        Binding(
            Key.Key_P, NONE, "explore_paths", t("All paths between two nodes, or from one to the output")
        ),
        Binding(Key.Key_G, NONE, "check_gradients", t("Numerical beside analytic gradient")),
        Binding(
            Key.Key_J, NONE, "play_forward_mode", t("Play forward mode: move the leaf by 1, see what follows")
        ),
        Binding(Key.Key_S, NONE, "toggle_norms", t("Gradient norm layer by layer")),
        Binding(Key.Key_K, CTRL, "open_formula", t("The graph as a formula")),
        Binding(Key.Key_Menu, NONE, "open_menu", t("Open the menu")),
        Binding(Key.Key_F10, SHIFT, "open_menu", t("Open the menu")),
    )


class KeyMap:
    """Calls the methods of `target` that the table names."""

    def __init__(self, target: object) -> None:
        self._bindings = _bindings()
        self._calls: dict[tuple[int, int], Callable[[], None]] = {
            (int(b.key), _bits(b.modifiers)): getattr(target, b.action) for b in self._bindings
        }

    def shortcuts(self) -> list[tuple[str, str]]:
        """(key, meaning) of every binding, for people."""
        return [
            (_words(b), b.meaning)
            for b in self._bindings
            if b.key not in (Key.Key_Enter, Key.Key_Backtab, Key.Key_Equal, Key.Key_Menu)
        ]

    def commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """(key, meaning, call) of everything that a key does and no menu offers, each once."""
        found: dict[str, tuple[str, str, Callable[[], None]]] = {}
        for b in self._bindings:
            if b.action not in IN_MENUS.values():
                found.setdefault(
                    b.action, (_words(b), b.meaning, self._calls[int(b.key), _bits(b.modifiers)])
                )
        return list(found.values())

    def of_action(self, name: str) -> tuple[str, Callable[[], None]]:
        """(key, call) of an action of the window's menus."""
        binding = next(b for b in self._bindings if b.action == IN_MENUS[name])
        return _words(binding), self._calls[int(binding.key), _bits(binding.modifiers)]

    def knows(self, event: QKeyEvent) -> bool:
        """Whether the canvas has a use for this key."""
        return self._key(event) in self._calls

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key says; False when it says nothing here."""
        call = self._calls.get(self._key(event))
        if call is not None:
            call()
        return call is not None

    @staticmethod
    def _key(event: QKeyEvent) -> tuple[int, int]:
        ignored = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
        return event.key(), _bits(event.modifiers() & ~ignored)


def _words(binding: Binding) -> str:
    sequence = QKeySequence(_bits(binding.modifiers) | int(binding.key))
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def _bits(modifiers: Qt.KeyboardModifier) -> int:
    return modifiers.value


def _tr(text: str) -> str:
    return QCoreApplication.translate("GraphKeys", text)
