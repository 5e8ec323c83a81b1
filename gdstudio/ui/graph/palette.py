"""The palette that adds nodes: a search field and a list, over the canvas where it was asked for."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import theme
from gdstudio.ui.graph.lettering import fitting, font
from gdstudio.ui.graph.search import Entry, EntryKind, matches

_ENTRY = Qt.ItemDataRole.UserRole
_SIZE = QSize(320, 340)
_ROW = 26
_AROUND_LIST = 84
Index = QModelIndex | QPersistentModelIndex
_SYMBOL_WIDTH = 66


class NodePalette(QFrame):
    """Search and choose. `chosen(Entry)` fires for Enter or a click, `closed()` whenever it goes away."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.setObjectName("nodePalette")
        self.setAccessibleName(self.tr("Add a node"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self._known: list[Entry] = []
        self._spelled: Container[EntryKind] = ()
        self._title = QLabel()
        self._title.setObjectName("nodePaletteTitle")
        self._complaint = QLabel()
        self._complaint.setObjectName("nodePaletteComplaint")
        self._complaint.setWordWrap(True)
        self._search = QLineEdit()
        self._search.setObjectName("nodePaletteSearch")
        self._search.setAccessibleName(self.tr("Search for an operation, or type a number or a formula"))
        self._list = QListWidget()
        self._list.setObjectName("nodePaletteList")
        self._list.setAccessibleName(self.tr("What can be added"))
        self._list.setItemDelegate(EntryDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        for widget in (self._title, self._search, self._complaint, self._list):
            layout.addWidget(widget)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._choose)
        theme.switch().follow(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        colors = theme.current()
        self.setStyleSheet(
            f"NodePalette {{ background: {colors.panel.name()}; border: 1px solid {colors.line.name()};"
            f" border-radius: 8px; }} QListWidget {{ border: none; background: transparent; }}"
            f" #nodePaletteTitle {{ color: {colors.muted.name()}; }}"
            f" #nodePaletteComplaint {{ color: {colors.error.name()}; }}"
            f" QScrollBar {{ background: transparent; width: 8px; }}"
            f" QScrollBar::handle {{ background: {colors.line.name()}; border-radius: 4px; }}"
            " QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
        )

    def open_at(
        self, point: QPoint, title: str, known: Sequence[Entry], spelled: Container[EntryKind] = ()
    ) -> None:
        """Open at `point` (parent's coordinates) with the choices `known` and what may be spelled out."""
        # A word that all choices share says nothing.
        shared = len({entry.category for entry in known}) == 1
        self._known = [replace(entry, category="") if shared else entry for entry in known]
        self._spelled = spelled
        self._title.setText(title)
        self._search.setPlaceholderText(
            self.tr("Search, or type 3.5, w = 2, abs(x − y)")
            if "formula" in spelled
            else self.tr("Search, or type a number")
            if "value" in spelled
            else self.tr("Search")
        )
        room = self._home.rect().adjusted(6, 6, -6, -6)
        # Few choices need little room; what may be spelled out has two lines at most.
        height = _ROW * max(len(self._known), 2) + _AROUND_LIST
        size = QSize(_SIZE.width(), min(_SIZE.height(), height)).boundedTo(room.size())
        place = QRect(point - QPoint(20, 20), size)
        place.moveLeft(max(room.left(), min(place.left(), room.right() - size.width() + 1)))
        place.moveTop(max(room.top(), min(place.top(), room.bottom() - size.height() + 1)))
        self.setGeometry(place)
        self._search.clear()
        self._filter("")
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def ask_again(self, complaint: str) -> None:
        """Open once more with what was typed, and say why it cannot be."""
        self._complaint.setText(complaint)
        self._complaint.show()
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Go away without a choice."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _filter(self, query: str) -> None:
        self._complaint.hide()
        self._list.clear()
        for entry in matches(query, self._known, self._spelled):
            item = QListWidgetItem(entry.title)
            item.setData(_ENTRY, entry)
            item.setToolTip(entry.hint)
            self._list.addItem(item)
        if self._list.count():
            self._list.setCurrentRow(0)
        else:
            empty = QListWidgetItem(self.tr("Nothing has that name."))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(empty)

    def _choose(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item is not None else None
        if entry is not None:
            self.hide()
            self.closed.emit()
            self.chosen.emit(entry)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the search field that belong to the list."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(event)
        if watched is self._search and isinstance(event, QFocusEvent) and event.lostFocus():
            # A click elsewhere closes the palette; a switch of windows does not.
            if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason):
                self.close_palette()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if event.key() in steps:
            row = self._list.currentRow() + steps[Qt.Key(event.key())]
            self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True


class EntryDelegate(QStyledItemDelegate):
    """A line of the palette: symbol, name, category."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_ENTRY)
        if not isinstance(entry, Entry):
            super().paint(painter, option, index)
            return
        colors = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent if chosen else colors.hover)
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 5, 5)
        ink = colors.accent_text if chosen else colors.text
        faint = colors.accent_text if chosen else colors.muted
        center = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(13, bold=True))
        painter.setPen(ink)
        sign = area.adjusted(8, 0, 0, 0)
        sign.setWidth(_SYMBOL_WIDTH - 12)
        painter.drawText(sign, center | Qt.AlignmentFlag.AlignHCenter, _sign(entry))
        text = area.adjusted(_SYMBOL_WIDTH + 4, 0, -8, 0)
        if entry.category:
            painter.setPen(faint)
            painter.setFont(font(11))
            painter.drawText(text, center | Qt.AlignmentFlag.AlignRight, entry.category)
            text.setRight(text.right() - painter.fontMetrics().horizontalAdvance(entry.category) - 8)
        painter.setPen(ink)
        painter.setFont(font(13))
        painter.drawText(text, center | Qt.AlignmentFlag.AlignLeft, fitting([entry.title], text.width(), 13))
        painter.restore()


def _sign(entry: Entry) -> str:
    """The symbol, where it is short and says more than the name."""
    return entry.symbol if len(entry.symbol) <= 7 and entry.symbol != entry.title else ""
