"""The command palette: every action of the window and of its views, found by typing a part of its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QBrush, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme as themes
from gdstudio.ui.actions import plain

SIZE = (900, 420)
NAME_WIDTH = 310
_MARGIN = 20  # between the palette and the edges of a narrow window
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Command:
    """One line of the palette.

    Attributes:
        name, meaning, key: what a person reads.
        enabled: whether it can be done now.
        menus: the titles of its submenus.
        words: what else it is found by: its name in English, in every language, and what stands on a button.
    """

    name: str
    meaning: str
    key: str
    run: Callable[[], object]
    enabled: bool = True
    menus: str = ""
    words: str = ""


def action_commands(actions: Iterable[QAction]) -> list[Command]:
    """The commands that actions are."""
    native = QKeySequence.SequenceFormat.NativeText
    commands = []
    for action in actions:
        # A key that only counts on the canvas stands behind a tab, as menus show it.
        text, _, key = plain(action.text()).partition("\t")
        key = key or action.shortcut().toString(native)
        name = text.rstrip("…")
        menus = _submenus(action)
        commands.append(
            Command(
                name, action.statusTip(), key, action.trigger, action.isEnabled(), menus, _english(action)
            )
        )
    return commands


def view_commands(view: QWidget, where: str) -> Iterator[Command]:
    """What the menus and buttons of a view offer while it is in sight; `where` says whose they are."""
    if not view.isVisible():
        return
    for menu in view.findChildren(QMenu):
        offered = [action for action in menu.actions() if action.text() and action.menu() is None]
        for command, action in zip(action_commands(offered), offered, strict=True):
            tip = action.toolTip()
            yield replace(
                command, meaning=_told(where, command.name, command.menus if tip == action.text() else tip)
            )
    for button in view.findChildren(QAbstractButton):
        opens_menu = isinstance(button, QToolButton) and button.menu() is not None
        if button.objectName() and button.isVisible() and not opens_menu:
            name = plain(button.accessibleName() or button.text()).rstrip("…")
            meaning = _told(where, name, button.toolTip())
            key = button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            words = f"{_english(button)} {plain(button.text())}"
            yield Command(name, meaning, key, button.click, button.isEnabled(), words=words)


def _english(named: QObject) -> str:
    """The words of an object's name: "toggle theme" of actionToggleTheme."""
    return " ".join(re.findall("[A-Z][a-z]+|[A-Z]+(?![a-z])", named.objectName())).casefold()


def _told(where: str, name: str, tip: str) -> str:
    """Where a command belongs, and what its tip says beyond its name."""
    return where if not tip or plain(tip).startswith(name) else f"{where}: {tip}"


def _submenus(action: QAction) -> str:
    """The titles of the submenus that lead to an action; those of the menu bar would match too much."""
    titles = []
    ways = [menu for menu in action.associatedObjects() if isinstance(menu, QMenu)]
    for menu in ways:
        above = menu.parentWidget()
        if isinstance(above, QMenu):
            titles.append(plain(menu.title()))
            ways.append(above)
    return " ".join(titles)


def found(commands: Sequence[Command], query: str) -> list[Command]:
    """The commands that hold every word of `query`; first those that can be done and whose name begins with it."""
    words = query.casefold().split()

    def rank(command: Command) -> tuple[bool, int]:
        name = command.name.casefold()
        if name.startswith(query.casefold().strip()):
            quality = 0
        elif all(any(part.startswith(word) for part in name.split()) for word in words):
            quality = 1
        else:
            quality = 2 if all(word in name for word in words) else 3
        return not command.enabled, quality

    def text(command: Command) -> str:
        return f"{command.name} {command.meaning} {command.menus} {command.words}".casefold()

    return sorted((c for c in commands if all(word in text(c) for word in words)), key=rank)


class CommandPalette(QDialog):
    """A field and the list of what it finds. Enter or a click does the command, Escape nothing."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = commands
        self._shown: list[Command] = []
        self._search = QLineEdit(placeholderText=self.tr("What do you want to do?"), clearButtonEnabled=True)
        self._search.setObjectName("paletteSearch")
        self._search.setStyleSheet("padding: 5px 6px;")
        self._search.setAccessibleName(self.tr("Search commands"))
        self._search.textChanged.connect(self._fill)
        self._search.returnPressed.connect(self._run_current)
        self._search.installEventFilter(self)
        self._list = QTreeWidget(columnCount=3)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setStyleSheet("QTreeView { border: none; } QTreeView::item { padding: 5px 6px; }")
        header = self._list.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate(("Fixed", "Stretch", "ResizeToContents")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        header.resizeSection(0, themes.scaled(NAME_WIDTH))
        self._list.itemClicked.connect(lambda _item, _column: self._run_current())
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(8, 8, 8, 8)
        column_layout.addWidget(self._search)
        column_layout.addWidget(self._list)
        self._fill("")

    def open_at(self, window: QWidget) -> None:
        """Show the palette in the upper middle of a window."""
        self.resize(min(themes.scaled(SIZE[0]), window.width() - 2 * _MARGIN), SIZE[1])
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + 48)
        self.show()
        self._search.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """An edge, which a popup has none of: it has the colour of what it lies on."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(themes.current().muted)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self._list.keyPressEvent(event)
            return True
        return False

    def _fill(self, query: str) -> None:
        muted = QBrush(themes.current().muted)
        self._shown = found(self._commands, query)
        self._list.clear()
        for command in self._shown:
            item = QTreeWidgetItem([command.name, command.meaning, command.key])
            item.setToolTip(0, command.name)
            item.setToolTip(1, command.meaning)
            for column in range(0 if not command.enabled else 1, 3):
                item.setForeground(column, muted)
            if not command.enabled:
                item.setToolTip(0, self.tr("Not possible now"))
            self._list.addTopLevelItem(item)
        if not self._shown:
            nothing = QTreeWidgetItem([self.tr("No command has these words.")])
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addTopLevelItem(nothing)
            nothing.setFirstColumnSpanned(True)
        self._list.setCurrentIndex(self._list.model().index(0, 0))

    def _run_current(self) -> None:
        index = self._list.currentIndex().row()
        if 0 <= index < len(self._shown) and self._shown[index].enabled:
            self.close()
            self._shown[index].run()
