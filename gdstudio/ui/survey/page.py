"""What every survey has: a start and a stop, progress, a sentence, and an end when the document changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gdstudio.document.model import Document, DocumentError, RacerSettings, Range
from gdstudio.engine import EngineError
from gdstudio.ui import results
from gdstudio.ui import theme as themes
from gdstudio.ui.race.named import named
from gdstudio.ui.session import Change, Session
from gdstudio.ui.survey.invitation import Invitation
from gdstudio.ui.survey.runner import Job, SurveyRunner
from gdstudio.ui.translation import as_sentence, of_error


class SurveyPage(QWidget):
    """One kind of survey. Subclasses put their fields into `head` and their result into `body`.

    Args:
        name: begins the object names: "basins" gives "basinsStart".
        action: what the button that starts it says.
    """

    def __init__(self, session: Session, name: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Page")
        self._session = session
        self._name = name
        self._key: Any = None
        self.result: Any = None
        self._is_refused = False
        self._invitation: Invitation | None = None
        self.runner = SurveyRunner(self)
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.body = QVBoxLayout()
        self._start = named(QPushButton(action), f"{name}Start", action)
        self._stop = named(QPushButton(self.tr("Stop")), f"{name}Stop", self.tr("Stop the survey"))
        self._stop.setAutoDefault(False)
        self._bar = named(QProgressBar(), f"{name}Progress", self.tr("Progress of the survey"))
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        kept = self._bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing moves when a survey begins and ends
        self._bar.setSizePolicy(kept)
        self._say_label = named(QLabel(), f"{name}Message", self.tr("State of the survey"))
        self._say_label.setWordWrap(True)
        self._say_label.setTextFormat(Qt.TextFormat.PlainText)

        foot = QHBoxLayout()
        foot.addWidget(self._say_label, 1)
        foot.addWidget(self._stop)
        foot.addWidget(self._start)
        layout = QVBoxLayout(self)
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)
        layout.addWidget(self._bar)
        layout.addLayout(foot)
        self._start.clicked.connect(lambda _=False: self.begin())
        self._stop.clicked.connect(lambda _=False: self.runner.stop())
        self.runner.arrived.connect(self._take)
        self.runner.ended.connect(self._end)
        self.runner.progressed.connect(lambda fraction: self._bar.setValue(round(1000 * fraction)))
        session.document_changed.connect(self._change)
        session.document_opened.connect(self._reopen)
        themes.switch().follow(self.dress)
        self._show_running(False)

    # For subclasses

    def job(self) -> Job:
        """What to run, made of the document as it is. Raises EngineError or DocumentError."""
        raise NotImplementedError

    def key(self) -> Any:
        """What the result depends on; another key and it is no longer shown."""
        raise NotImplementedError

    def show_result(self) -> None:
        """Show `result`, or nothing when it is None."""
        raise NotImplementedError

    def follow(self) -> None:
        """The document is another: bring choices up to date."""

    def summary(self) -> str:
        """One sentence about a complete result."""
        return ""

    def invite(self, over: QWidget, sentence: str) -> None:
        """Say over the middle of a widget what will be there, while there is no result and none is on its way."""
        name, meaning = f"{self._name}Invitation", self.tr("What the survey shows")
        self._invitation = named(Invitation(over, sentence), name, meaning)
        self._show_running(False)

    def dress(self, *_: Any) -> None:
        """Take the colours of the theme in use."""
        self.say(self._say_label.text(), self._is_refused)

    # Running

    @property
    def has_begun(self) -> bool:
        """Whether a survey runs, or has left a result that is shown."""
        return self._key is not None

    def take_enter(self) -> None:
        """Have Enter start this survey: a dialog has one button for it, whatever page is in front."""
        self._start.setDefault(True)

    def begin(self) -> None:
        """Start the survey anew."""
        try:
            job, key = self.job(), self.key()
        except (EngineError, DocumentError) as error:
            self.say(of_error(error), wrong=True)
            return
        self._drop()
        self._key = key
        self._bar.setValue(0)
        self._show_running(True)
        self.say(self.tr("Racing …"))
        self.runner.start(job)

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Show a sentence beside the buttons."""
        now = themes.current()
        self._is_refused = wrong
        self._say_label.setText(as_sentence(sentence))
        self._say_label.setStyleSheet(f"color: {(now.error if wrong else now.muted).name()};")

    def _take(self, result: Any) -> None:
        self.result = result
        self._show_running(True)
        self.show_result()

    def _end(self, sentence: str) -> None:
        self._show_running(False)
        if sentence:
            self.say(sentence, wrong=True)
        elif self.result is None:
            self.say(self.tr("Stopped before there was a result."))
        elif not self.result.done:
            self.say(self.tr("Stopped; what was found so far is shown."))
        else:
            self.say(self.summary())

    def _show_running(self, running: bool) -> None:
        self._start.setEnabled(not running)
        self._stop.setEnabled(running)
        self._bar.setVisible(running)
        if self._invitation is not None:
            self._invitation.setVisible(not running and self.result is None)

    def _drop(self) -> None:
        self.runner.stop()
        self._key = None
        had, self.result = self.result is not None, None
        if had:
            self._show_running(False)
            self.show_result()

    def _change(self, _change: Change) -> None:
        self.follow()
        if self._is_refused and self._key is None:
            self.say("")  # what stood in the way may be mended
        self.check_key(self.tr("The race has changed since; start again to see how it is now."))

    def check_key(self, why: str = "") -> None:
        """Drop a result that no longer belongs to what is chosen, and say why: a choice, unless told otherwise."""
        if self._key is None:
            return
        try:
            same = self.key() == self._key
        except (EngineError, DocumentError):
            same = False
        if not same:
            self._drop()
            self.say(why or self.tr("Something else is chosen now; start again to see what it gives."))

    def _reopen(self) -> None:
        self._drop()
        self.say("")
        self.follow()


class RacerChoice(QComboBox):
    """A list of the document's racers that follows the selected one."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, self.tr("Racer to survey"))
        self.setMinimumContentsLength(12)
        self._session = session
        session.racer_selected.connect(self._select)
        self.follow()
        self._select(session.selected_racer)

    def follow(self) -> None:
        """List the racers as the document has them."""
        names = [racer.label for racer in self._session.document.race.racers]
        if names != [self.itemText(k) for k in range(self.count())]:
            row = self.currentIndex()
            with QSignalBlocker(self):
                self.clear()
                self.addItems(names)
                self.setCurrentIndex(min(max(row, 0), len(names) - 1))

    def racer(self) -> RacerSettings | None:
        """The racer chosen, None when there is none at all."""
        racers, row = self._session.document.race.racers, self.currentIndex()
        return racers[row] if 0 <= row < len(racers) else None

    def _select(self, row: int | None) -> None:
        if row is not None and row < self.count():
            self.setCurrentIndex(row)


def region_in_view(session: Session) -> tuple[tuple[str, ...], tuple[Range, ...]]:
    """Axes and ranges of the surface as it is looked at, or the document's own where it lies along directions."""
    grid, document = session.grid, session.document
    if grid is not None and set(grid.axes) <= set(document.coordinates):
        return grid.axes, grid.ranges
    return document.axes_and_ranges()


def program_key(document: Document, axes: Sequence[str] = ()) -> Any:
    """A value that is equal for documents with the same loss; coordinates along `axes` are left out."""
    settings = document.landscape.replace(axes=tuple(axes) or None, ranges=None)
    _axes, _ranges, *rest = results.surface_key(document.replace(landscape=settings))
    return rest, document.race.steps, document.race.seed
