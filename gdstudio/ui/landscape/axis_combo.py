"""The list that chooses what lies along an axis; of a large tensor it lists the first numbers, and takes the others
typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolTip, QWidget

# A list with more coordinates than this is slow to make and no choice for a hand.
MOST_LISTED = 400
_MOST_WIDE = 180
_LEAST_WIDE = 60
_SCROLL_BAR = 24
_BESIDE = 4  # pixels around the letters of the choice


class AxisCombo(QComboBox):
    """Coordinates, then further entries; an entry's data is the coordinate's name or what the entry stands for.

    With more than `MOST_LISTED` coordinates the name of any can be typed, and those chosen join the list.
    """

    def __init__(self, name: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._more: list[tuple[str, str | None]] = []
        self._listed = 0
        self.setObjectName(name)
        self.setToolTip(meaning)
        self.setAccessibleName(meaning)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaximumWidth(_MOST_WIDE)
        # In a narrow window lists give way first: what they stand at can be read on the plot's axes, too.
        self.setMinimumWidth(_LEAST_WIDE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def offer(self, names: Sequence[str], more: Sequence[tuple[str, str | None]]) -> bool:
        """Offer these coordinates and then `more`, pairs of text and data; False where all of it stands there."""
        names = tuple(names)
        if names == self._names and list(more) == self._more:
            return False
        self._names, self._more = names, list(more)
        self.clear()
        for name in names[:MOST_LISTED]:
            self.addItem(name, name)
        self._listed = self.count()
        for text, data in more:
            self.addItem(text, data)
        self._let_type(len(names) > MOST_LISTED)
        self.fit_list()
        return True

    def fit_list(self) -> None:
        """The open list is as wide as its longest entry, while the choice itself takes what it needs."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _SCROLL_BAR)

    def fit_choice(self, least: int, most: int) -> None:
        """Have room for the entry in use, from `least` to `most` letters wide; in a narrow row for it alone."""
        text = self.currentText()[:most]
        self.setMinimumContentsLength(0)
        alone = self.sizeHint().width() + self.fontMetrics().horizontalAdvance(text) + _BESIDE
        self.setMinimumContentsLength(max(len(text), least))
        self.setMinimumWidth(min(max(alone, _LEAST_WIDE), self.maximumWidth()))

    def choose(self, data: str | None) -> None:
        """Stand at an entry; a coordinate that is not listed joins the list."""
        index = self.findData(data)
        if index < 0 and data in self._names:
            index = self._listed
            self.insertItem(index, data, data)
            self._listed += 1
            self.fit_list()
        self.setCurrentIndex(index)
        if self.isEditable():
            self.setEditText(self.itemText(index))

    def _let_type(self, on: bool) -> None:
        if on == self.isEditable():
            return
        self.setEditable(on)
        line = self.lineEdit()
        if line is not None:
            # A completer would take w for W, and both may be names. Qt takes None; its type stubs do not say so.
            self.setCompleter(None)  # type: ignore[arg-type]
            line.setAccessibleName(self.accessibleName())
            line.returnPressed.connect(self._take_typed)

    def _take_typed(self) -> None:
        """Choose the coordinate whose name was typed, or say that there is none; listed ones Qt has chosen."""
        typed = self.currentText()
        name = "".join(typed.split())
        if not name or self.findText(typed, Qt.MatchFlag.MatchExactly) >= 0:
            return
        if name in self._names:
            self.choose(name)
            self.activated.emit(self.currentIndex())
            return
        sentence = self.tr("The graph has no coordinate {0}; write the name of one, such as {1}.").format(
            name, self._example()
        )
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), sentence, self)
        self.setAccessibleDescription(sentence)

    def _example(self) -> str:
        """An element of a tensor, the last one: its numbers say how far the names go."""
        return next((name for name in reversed(self._names) if "[" in name), self._names[-1])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isEditable() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setEditText(self.itemText(self.currentIndex()))
            self.setAccessibleDescription("")
