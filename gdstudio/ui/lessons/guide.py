"""A person's way through the open document's lesson: which step is shown, and what it does to the session."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal

from gdstudio.document import lessons
from gdstudio.document.challenges import Words
from gdstudio.document.goals import Outcome
from gdstudio.document.lessons import Lesson, Step
from gdstudio.document.model import Document, DocumentError
from gdstudio.ui.lessons.progress import Progress
from gdstudio.ui.session import Change, Session
from gdstudio.ui.translation import of_error


class Guide(QObject):
    """Goes through the steps of the session's document.

    Entering a step is an edit like any other, so what a person did before can be had back with undo.

    Signals:
        lesson_changed(): another lesson, or none.
        step_entered(int).
        touched(bool): whether the document differs from what the step shows.
        graph_replaced(): a step has put another graph into the document.
        pass_asked(str): the step plays the "forward" or the "backward" pass.
        judged(object): the Outcome of the newest results, for goals to judge.
    """

    lesson_changed = Signal()
    step_entered = Signal(int)
    touched = Signal(bool)
    graph_replaced = Signal()
    pass_asked = Signal(str)
    judged = Signal(object)

    def __init__(self, session: Session, progress: Progress, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.progress = progress
        self.lesson: Lesson | None = None
        self.name = ""
        self.index = 0
        self.problem = ""  # why the document's lesson cannot be shown
        self._begun: Document | None = None
        self._begun_saved = False
        self._shown: Document | None = None
        self._shown_index = -1
        self._waiting: Step | None = None
        session.document_opened.connect(self._begin)
        session.document_changed.connect(self._follow)
        session.settled.connect(self._settle)
        self._begin()

    @property
    def step(self) -> Step | None:
        """The step that is shown."""
        return None if self.lesson is None else self.lesson.steps[self.index]

    @property
    def is_touched(self) -> bool:
        """Whether the document differs from what the step shows."""
        return self.lesson is not None and self.session.document is not self._shown

    @property
    def done(self) -> frozenset[int]:
        """The steps that are done."""
        return self.progress.done(self.name)

    def enter(self, index: int) -> None:
        """Show a step as the lesson has it, and play what it plays."""
        if self.lesson is None or not 0 <= index < len(self.lesson.steps):
            return
        self._show(index)
        self._waiting = self.step
        if self.session.is_settled:
            self._settle()

    def restore(self) -> None:
        """Back to what the step shows."""
        self.enter(self.index)

    def finish(self) -> None:
        """The question is answered or the challenge met."""
        self.progress.finish(self.name, self.index)

    def solve(self) -> None:
        """The challenge is met for the first time: what a person did for it needs no file to go on to the next lesson."""
        self.finish()
        if self._begun_saved and self.session.path is None:
            self.session.undo_stack.setClean()

    def play(self) -> None:
        """Play what the step plays, once more."""
        step = self.step
        if step is not None and step.play == "race":
            self.session.reset()
            self.session.play()
        elif step is not None and step.play is not None:
            self.pass_asked.emit(step.play)

    def try_changes(self, text: str, document: Document) -> None:
        """Show a document that belongs to the step, such as a solution; `text` names the edit."""
        if self._begun is not None:
            self.session.edit(text, lessons.shown(document, self._begun, self.index))

    def _begin(self) -> None:
        document = self.session.document
        self.index, self._shown, self._waiting = 0, None, None
        self._read(document)
        self._begun = document
        self._begun_saved = not self.session.is_modified
        self.name = str((document.lesson or {}).get("name") or document.title)
        self.lesson_changed.emit()
        if self.lesson is not None:
            at = min(self.lesson.at or self.progress.step(self.name), len(self.lesson.steps) - 1)
            as_shown = lessons.shown(self.lesson.steps[at].document, document, at)
            # A lesson that was begun remembers its start.
            differs = "start" in (document.lesson or {}) and _differ(as_shown, document)
            if self.session.undo_stack.count() or differs:
                # The session goes on in a new window, or a file or a draft brings a person's own work back: it stays.
                self.index = self._shown_index = at
                self._shown = as_shown if differs else document
                self.step_entered.emit(at)
                self.touched.emit(self.is_touched)
                return
            self._show(at)
            # Nothing has been done yet that could be undone.
            self.session.undo_stack.clear()
            if not self._begun_saved:
                self.session.undo_stack.resetClean()

    def _read(self, document: Document) -> None:
        self.lesson, self.problem = None, ""
        if lessons.has_steps(document):
            try:
                self.lesson = lessons.read_lesson(document)
            except DocumentError as error:
                self.problem = of_error(error)

    def _show(self, index: int) -> None:
        session, lesson, begun = self.session, self.lesson, self._begun
        if lesson is None or begun is None:
            return
        step = lesson.steps[index]
        session.pause()
        self.index = index
        was_saved = self._begun_saved or not session.is_modified
        if session.document is not self._shown or index != self._shown_index:
            text = self.tr("Step {0}: {1}").format(index + 1, say(step.title))
            before = session.document
            self._shown = lessons.shown(step.document, begun, index)
            session.edit(text, self._shown)
            if Change(before, self._shown).graph:
                self.graph_replaced.emit()
            if was_saved:
                # A step shows nothing of a person's own, so nothing is there to be saved. Undo brings trials back.
                session.undo_stack.setClean()
        self._shown_index = index
        session.select_node(step.node)
        session.select_racer(step.racer)
        self.progress.enter(self.name, index)
        if step.question is None and step.challenge is None:
            self.finish()
        self.touched.emit(False)
        self.step_entered.emit(index)

    def _follow(self, change: Change) -> None:
        if _steps(change.before) is not _steps(change.after):
            self._read_again()
        elif self.lesson is not None:
            self.touched.emit(self.is_touched)

    def _read_again(self) -> None:
        """The lesson itself was edited: show the step that the document is at."""
        document = self.session.document
        self._begun = self._shown = document
        self._begun_saved = False
        self._waiting = None
        self._read(document)
        if self.lesson is not None:
            self.index = self._shown_index = self.lesson.at
        self.lesson_changed.emit()
        if self.lesson is not None:
            self.step_entered.emit(self.index)
            self.touched.emit(False)

    def _settle(self) -> None:
        step, self._waiting = self._waiting, None
        if step is not None:
            if step.at is not None:
                self.session.set_step(step.at)
            self.play()
        self.judge()

    def judge(self) -> None:
        """Have goals judged by the results that are there, unless others are on their way."""
        session = self.session
        if self.lesson is not None and session.trace is not None and session.is_settled:
            self.judged.emit(Outcome(session.document, session.trace, session.race_result, session.race_rows))


def _differ(shown: Document, document: Document) -> bool:
    """Whether a person has changed what a step shows."""
    change = Change(shown, document)
    parts = change.graph, change.values, change.positions, change.landscape, change.race
    return any(parts) or shown.graph_extra != document.graph_extra


def _steps(document: Document) -> object:
    """The list of steps itself: an edit of the lesson makes another one."""
    return (document.lesson or {}).get("steps")


def language() -> str:
    """The program's language as the lessons write it, such as "zh_CN"."""
    locale = QLocale()
    simplified = locale.script() == QLocale.Script.SimplifiedHanScript
    return "zh_CN" if simplified else locale.name()


def say(words: Words) -> str:
    """A text of a lesson in the program's language."""
    return words.in_language(language())
