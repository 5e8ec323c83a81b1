"""A searchable combo box of all optimizers, in groups."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QStyledItemDelegate, QWidget

from gdstudio.ui.race import rules

_NAME_ROLE = Qt.ItemDataRole.UserRole + 1


def _model(parent: QWidget) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for group in rules.groups():
        heading = QStandardItem(group.title)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = QFont()
        font.setBold(True)
        heading.setFont(font)
        model.appendRow(heading)
        for name, title in group.rules:
            item = QStandardItem(title)
            item.setData(name, _NAME_ROLE)
            item.setToolTip(rules.shown_meaning(name))
            model.appendRow(item)
    return model


class _Searchable(QSortFilterProxyModel):
    """The list without its headings, for the completer."""

    def filterAcceptsRow(self, row: int, parent: object) -> bool:
        return self.sourceModel().index(row, 0).data(_NAME_ROLE) is not None


class OptimizerCombo(QComboBox):
    """Choose an update rule from a list with headings, or type a part of its title.

    Signals:
        optimizer_chosen(str): a person chose the optimizer of this name.
    """

    optimizer_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Optimizer"))
        self.setModel(_model(self))
        self._search = QLineEdit()
        self._search.setAccessibleName(self.tr("Search for an optimizer"))
        self.setLineEdit(self._search)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(18)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.view().setStyleSheet("QListView::item { min-height: 22px; padding-left: 6px; }")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        searchable = _Searchable(self)
        searchable.setSourceModel(self.model())
        completer = QCompleter(searchable, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.view().installEventFilter(self)
        self._optimizer: rules.Optimizer = ""
        self.activated.connect(self._take_row)
        completer.activated.connect(self._take_title)
        self._search.returnPressed.connect(lambda: self._take_title(self._search.text()))

    def optimizer(self) -> rules.Optimizer:
        """The name of the optimizer chosen last, or the person's own rule that was shown and not replaced."""
        return self._optimizer

    def set_optimizer(self, optimizer: rules.Optimizer) -> None:
        """Show an optimizer; nothing is emitted."""
        self._optimizer = optimizer
        row = next((r for r in range(self.count()) if self.itemData(r, _NAME_ROLE) == optimizer), -1)
        self.setCurrentIndex(row)
        if not isinstance(optimizer, str):
            self._search.setText(optimizer.title)
        self._search.selectAll()

    def open_list(self) -> None:
        """Show the list, with the search field ready."""
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.showPopup()

    def _take_row(self, row: int) -> None:
        name = self.itemData(row, _NAME_ROLE)
        if name and name != self._optimizer:
            self._optimizer = name
            self.optimizer_chosen.emit(name)

    def _take_title(self, title: str) -> None:
        """The rule whose title is typed, or the only one with that text in it."""
        rows = [r for r in range(self.count()) if self.itemData(r, _NAME_ROLE)]
        wanted = title.strip().lower()
        exact = [
            r for r in rows if self.itemText(r).lower() == wanted or self.itemData(r, _NAME_ROLE) == wanted
        ]
        near = exact or [r for r in rows if wanted and wanted in self.itemText(r).lower()]
        if near:
            self.setCurrentIndex(near[0])
            self._take_row(near[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Letters typed over the open list search in it, wherever in a title they stand.
        if watched is self.view() and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.text().isprintable() and event.text().strip():
                self.hidePopup()
                self._search.setFocus()
                self._search.clear()
                QApplication.sendEvent(self._search, event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.showPopup()
            return
        super().keyPressEvent(event)
