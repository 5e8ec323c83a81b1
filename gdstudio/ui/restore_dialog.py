"""The question after a crash: which of the documents that were not saved to go on with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui.actions import plain
from gdstudio.ui.recovery import Draft


class _AsWideAsTheList(QStyledItemDelegate):
    """Rows that take the width there is, so that long lines are shortened."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())


class RestoreDialog(QDialog):
    """Lists drafts; those that are neither restored nor discarded are released when it closes.

    Signals:
        chosen(Draft): this one is to be restored.
    """

    chosen = Signal(object)

    def __init__(self, drafts: Sequence[Draft], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("restoreDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Restore Unsaved Work"))
        self._drafts = list(drafts)
        text = QLabel(
            self.tr("gdstudio did not close as it should. These changes were not saved:"), wordWrap=True
        )
        self._list = QListWidget()
        self._list.setObjectName("restoreList")
        self._list.setAccessibleName(self.tr("Unsaved documents"))
        # Of a long path, folder and file stay in sight.
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setItemDelegate(_AsWideAsTheList(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Rows of two lines in full accent would be louder than the button that has the focus.
        self._list.setStyleSheet(
            "QListWidget { outline: none; }"
            " QListWidget::item { padding: 6px 8px; border-left: 3px solid transparent; }"
            " QListWidget::item:selected { background: palette(light); color: palette(text);"
            " border-left-color: palette(highlight); }"
        )
        for draft in self._drafts:
            self._list.addItem(self._item(draft))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self._restore)
        buttons = QDialogButtonBox()
        Role = QDialogButtonBox.ButtonRole
        for name, label, tip, role, handler in (
            ("restoreRestore", self.tr("&Restore"), self.tr("Go on with this document"), Role.AcceptRole,
             self._restore),
            ("restoreDiscard", self.tr("&Discard"), self.tr("Delete these changes for good"),
             Role.DestructiveRole, self._discard),
            ("restoreLater", self.tr("&Later"), self.tr("Keep them; File, Restore Unsaved Work asks again"),
             Role.RejectRole, self.reject),
        ):  # fmt: skip
            button = QPushButton(label)
            button.setObjectName(name)
            button.setAccessibleName(plain(label))
            button.setToolTip(tip)
            button.setDefault(role == Role.AcceptRole)
            buttons.addButton(button, role)
            button.clicked.connect(handler)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.setContentsMargins(18, 16, 18, 14)
        column.addWidget(text)
        column.addWidget(self._list)
        column.addWidget(buttons)
        self.resize(640, 260)
        self.finished.connect(self._release)

    def _item(self, draft: Draft) -> QListWidgetItem:
        """A draft on two lines, its file on a third.

        When it was kept and how large it is tell two of one title apart.
        """
        document = draft.document
        name = document.title or (draft.path.stem if draft.path else self.tr("Untitled"))
        locale = QLocale()
        to_the_second = locale.dateTimeFormat(QLocale.FormatType.ShortFormat).replace("mm", "mm:ss")
        facts = (
            locale.toString(QDateTime.fromSecsSinceEpoch(int(draft.changed.timestamp())), to_the_second),
            self.tr("%n node(s)", "", len(document.graph.nodes)),
            self.tr("%n racer(s)", "", len(document.race.racers)),
        )
        where = "" if draft.path else self.tr("never saved")
        lines = [name, "   –   ".join(filter(None, (*facts, where)))]
        if draft.path:
            lines.append(str(draft.path))
        item = QListWidgetItem("\n".join(lines))
        item.setToolTip(str(draft.path or ""))
        return item

    def _restore(self, *_: object) -> None:
        draft = self._drafts.pop(self._list.currentRow())
        self.accept()
        self.chosen.emit(draft)

    def _discard(self) -> None:
        row = self._list.currentRow()
        self._drafts.pop(row).discard()
        self._list.takeItem(row)
        if not self._drafts:
            self.reject()

    def _release(self, _result: int) -> None:
        for draft in self._drafts:
            draft.release()
        self._drafts.clear()
