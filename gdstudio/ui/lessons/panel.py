"""What the lessons dock holds: the list of lessons, or the lesson of the open document."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QSettings, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gdstudio.document import lessons
from gdstudio.ui import theme as themes
from gdstudio.ui.inspector.typeset import Typesetter
from gdstudio.ui.lessons.author import Author
from gdstudio.ui.lessons.browser import LessonBrowser
from gdstudio.ui.lessons.guide import Guide
from gdstudio.ui.lessons.page import LessonPage
from gdstudio.ui.lessons.progress import Progress
from gdstudio.ui.session import Session


class LessonPanel(QStackedWidget):
    """Goes with a session: a document with steps is shown as a lesson, others leave the list.

    Signals:
        lesson_chosen(str): the name of a bundled lesson to open.
        lesson_begun(): the open document is a lesson now.
        graph_replaced(): a step has put another graph into the document.
        pass_asked(str): a step plays the "forward" or "backward" pass.
    """

    lesson_chosen = Signal(str)
    lesson_begun = Signal()
    graph_replaced = Signal()
    pass_asked = Signal(str)

    NARROWEST = 230

    def __init__(self, session: Session, store: QSettings) -> None:
        for _ in self.slices(session, store):
            pass

    def slices(self, session: Session, store: QSettings) -> Generator[None]:
        """Builds the panel, see `sliced`."""
        super().__init__()
        self.setObjectName("lessonPanel")
        self.setAccessibleName(self.tr("Lessons"))
        self.setMinimumWidth(self.NARROWEST)
        self.progress = Progress(store, self)
        self._typesetter = Typesetter(self)
        self.guide = Guide(session, self.progress, self)
        self.browser = LessonBrowser(self.progress)
        yield
        self.page = LessonPage(self.guide, self._typesetter)
        yield
        self.fault = QLabel(wordWrap=True)
        self.fault.setObjectName("lessonFault")
        self.fault.setAccessibleName(self.tr("What is wrong with this lesson"))
        self.fault.setContentsMargins(14, 10, 14, 0)
        contents = QWidget()
        column = QVBoxLayout(contents)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fault)
        column.addWidget(self.browser, 1)
        self.make = QPushButton(self.tr("Make a Lesson…"))
        self.make.setObjectName("lessonMake")
        self.make.setAutoDefault(True)  # Enter presses it
        self.make.setAccessibleName(self.tr("Make a lesson of this document"))
        self.make.setToolTip(self.tr("Make a lesson of this document"))
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 6, 10)
        row.addWidget(self.make)
        column.addLayout(row)
        yield
        self._contents = contents
        self.author = Author(self.guide, self)
        self.make.clicked.connect(self.author.record)
        self.page.record_asked.connect(self.author.record)
        self.page.edit_asked.connect(self.author.edit_texts)
        self.page.delete_asked.connect(self.author.delete)
        session.document_changed.connect(self._show_make)
        self.addWidget(contents)
        self.addWidget(self.page)
        self.guide.lesson_changed.connect(self._show)
        self.guide.graph_replaced.connect(self.graph_replaced)
        self.guide.pass_asked.connect(self.pass_asked)
        self.browser.chosen.connect(self._choose)
        self.page.contents_asked.connect(self.show_contents)
        self.page.next_asked.connect(self._go_on)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    @property
    def has_lesson(self) -> bool:
        """Whether the open document is a lesson, or tries to be one."""
        return self.guide.lesson is not None or bool(self.guide.problem)

    def show_contents(self) -> None:
        """Show the list of lessons."""
        self.setCurrentWidget(self._contents)

    def close_typesetter(self) -> None:
        """Stop making formulas."""
        self._typesetter.close()

    def _show_make(self, *_: object) -> None:
        document = self.guide.session.document
        self.make.setVisible(not self.has_lesson and bool(document.graph.nodes))

    def _choose(self, name: str) -> None:
        if self.guide.lesson is not None and self.guide.name == name:
            self.setCurrentWidget(self.page)
        else:
            self.lesson_chosen.emit(name)

    def _go_on(self) -> None:
        names = lessons.names()
        after = names.index(self.guide.name) + 1 if self.guide.name in names else len(names)
        if after < len(names):
            self.lesson_chosen.emit(names[after])
        else:
            self.show_contents()

    def _show(self) -> None:
        problem = self.guide.problem
        self.fault.setText(self.tr("The lesson of this document cannot be shown: {0}").format(problem))
        self.fault.setStyleSheet(f"color: {themes.current().error.name()};")
        self.fault.setVisible(bool(problem))
        self.setCurrentWidget(self.page if self.guide.lesson is not None else self._contents)
        self._show_make()
        if self.has_lesson:
            self.lesson_begun.emit()
