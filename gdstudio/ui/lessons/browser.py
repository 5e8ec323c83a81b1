"""The table of contents of the lessons: chapters, lessons, and how far one has come in each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document import lessons
from gdstudio.ui import theme as themes
from gdstudio.ui.lessons.guide import say
from gdstudio.ui.lessons.progress import Progress

_NAME = Qt.ItemDataRole.UserRole


class LessonBrowser(QWidget):
    """Lists the bundled lessons.

    Signals:
        chosen(str): the name of a lesson.
    """

    chosen = Signal(str)

    def __init__(self, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonBrowser")
        self.setAccessibleName(self.tr("Lessons"))
        self._progress = progress
        self._items: dict[str, QTreeWidgetItem] = {}
        self.resume = QPushButton()
        self.resume.setObjectName("lessonResume")
        self.resume.setAutoDefault(True)  # Enter presses it
        self.resume.clicked.connect(lambda: self.chosen.emit(self.next_lesson()))
        self.summary = QLabel()
        self.summary.setObjectName("lessonSummary")
        self.tree = QTreeWidget()
        self.tree.setObjectName("lessonTree")
        self.tree.setAccessibleName(self.tr("Lessons"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(10)
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 6, 6)
        column.setSpacing(8)
        column.addWidget(self.resume)
        column.addWidget(self.summary)
        column.addWidget(self.tree, 1)
        self._fill()
        self.tree.itemClicked.connect(self._choose)
        self.tree.itemActivated.connect(self._choose)
        progress.changed.connect(self._show_progress)
        themes.switch().follow(self._show_progress)
        self._show_progress()

    def sizeHint(self) -> QSize:
        return QSize(340, 400)

    def next_lesson(self) -> str:
        """The lesson to go on with: the last one, or the first that is not finished after it."""
        names = lessons.names()
        last = self._progress.last
        begin = names.index(last) if last in names else 0
        rows = {row.name: row for row in lessons.contents()}
        for name in names[begin:] + names[:begin]:
            if len(self._progress.done(name)) < rows[name].steps:
                return name
        return names[begin]

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for row in lessons.contents():
            title = say(row.group)
            if title not in groups:
                group = QTreeWidgetItem(self.tree, [title])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = group.font(0)
                font.setBold(True)
                group.setFont(0, font)
                group.setSizeHint(0, QSize(0, 30))
                group.setExpanded(True)
                group.setFirstColumnSpanned(True)
                groups[title] = group
            item = QTreeWidgetItem(groups[title], [f"{row.number}  {say(row.title)}"])
            item.setData(0, _NAME, row.name)
            item.setToolTip(0, say(row.summary))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items[row.name] = item

    def _choose(self, item: QTreeWidgetItem) -> None:
        name = item.data(0, _NAME)
        if name:
            self.chosen.emit(name)

    def _show_progress(self, *_: object) -> None:
        theme = themes.current()
        finished = 0
        rows = lessons.contents()
        for row in rows:
            done = len(self._progress.done(row.name))
            whole = done >= row.steps
            finished += whole
            item = self._items[row.name]
            item.setText(1, "✓" if whole else f"{done}/{row.steps}")
            item.setForeground(1, theme.good if whole else theme.accent if done else theme.muted)
            item.setToolTip(1, self.tr("{0} of %n steps done", "", row.steps).format(done))
        self.summary.setText(self.tr("{0} of {1} lessons finished").format(finished, len(rows)))
        self.summary.setStyleSheet(f"color: {theme.muted.name()};")
        self.resume.setVisible(bool(rows))
        if rows:
            titles = {row.name: say(row.title) for row in rows}
            begun = self._progress.last is not None
            text = self.tr("Go on: {0}") if begun else self.tr("Begin: {0}")
            self.resume.setText(text.format(titles[self.next_lesson()]).replace("&", "&&"))
            self.resume.setAccessibleName(self.resume.text())
