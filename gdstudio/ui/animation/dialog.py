"""The dialog of an animation: which view, how large, how many frames; then a file, and progress until it is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio import animation
from gdstudio.animation import AnimationError
from gdstudio.ui import theme as themes
from gdstudio.ui.animation.recorder import Recorder, Shot
from gdstudio.ui.aside import PATIENCE_MS
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import NumberField
from gdstudio.ui.race.numbers import Range
from gdstudio.ui.session import Session
from gdstudio.ui.translation import as_sentence, of_error

_SIZES = ((640, 480), (800, 600), (1280, 720), (1600, 1000))
_RATES = (5, 10, 20, 25, 50)
_RATE = 20
_FRAMES = 120
_WIDTH = 380


class AnimationDialog(QDialog):
    """Asks what to film and films it.

    Signals:
        written(Path): the film is in its file.
        ended(str): a film is over; empty when it is written or was stopped, else a sentence.
    """

    written = Signal(object)
    ended = Signal(str)

    def __init__(self, session: Session, views: Mapping[str, QWidget], parent: QWidget) -> None:
        """`views` are the graph, the landscape, the race and its curves on the screen, by these names."""
        super().__init__(parent)
        self._window = parent
        self.setObjectName("animationDialog")
        self.setWindowTitle(self.tr("Animation of the Race"))
        self.setMinimumWidth(_WIDTH)
        self._session = session
        self._views = dict(views)
        self._suggested = Path()
        self._offered = 1
        self._recorder: Recorder | None = None
        self._progress: QProgressDialog | None = None

        self._view = named(QComboBox(), "animationView", self.tr("What is filmed"))
        for title, view in (
            (self.tr("Surface"), "landscape"),
            (self.tr("Race: table and curves"), "race"),
            (self.tr("Curves"), "curves"),
            (self.tr("Graph, following the selected racer"), "graph"),
            (self.tr("Graph, surface and race"), "window"),
        ):
            self._view.addItem(title, view)
        self._size = named(QComboBox(), "animationSize", self.tr("Size of a frame in pixels"))
        meaning = self.tr("Steps of the race from one frame to the next")
        self._every = named(
            NumberField(Range("log", 1, 1_000_000, 1, whole=True), 1), "animationSteps", meaning, meaning
        )
        self._rate = named(QComboBox(), "animationRate", self.tr("Frames per second"))
        for rate in _RATES:
            self._rate.addItem(str(rate), rate)
        self._rate.setCurrentIndex(_RATES.index(_RATE))
        self._summary = named(QLabel(), "animationSummary", self.tr("Number of frames and length"))
        self._summary.setWordWrap(True)

        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("View"), self._view)
        form.addRow(self.tr("Size"), self._size)
        form.addRow(self.tr("Steps per frame"), self._every)
        form.addRow(self.tr("Frames per second"), self._rate)
        cancel = named(QPushButton(self.tr("Cancel")), "animationCancel", self.tr("Close without a film"))
        self._save = named(
            QPushButton(self.tr("Save…")), "animationSave", self.tr("Choose a file and film the race")
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (cancel, self._save):
            button.setAutoDefault(False)  # Enter in a field means that field
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._summary)
        layout.addLayout(buttons)

        cancel.clicked.connect(lambda _=False: self.reject())
        self._save.clicked.connect(lambda _=False: self._ask_for_file())
        self._view.currentIndexChanged.connect(self._offer_sizes)
        for changed in (self._size.currentIndexChanged, self._rate.currentIndexChanged):
            changed.connect(self._show_summary)
        self._every.value_edited.connect(self._show_summary)
        self._every.refused.connect(self._summary.setText)
        session.settled.connect(self._follow_race)

    def open_for_race(self, suggested: Path) -> None:
        """Show the dialog with what suits the race as it is; `suggested` is a file without its end."""
        if self._recorder is not None:
            return
        self._suggested = suggested
        self._offer_stride()
        self._offer_sizes()
        self.open()

    def _offer_stride(self) -> None:
        self._offered = animation.even_stride(self._session.last_step, _FRAMES)
        self._every.set_value(self._offered)

    def _follow_race(self) -> None:
        """The race may have come only now."""
        if self.isVisible():
            if self._every.value() == self._offered:
                self._offer_stride()
            self._show_summary()

    def close_worker(self) -> None:
        """Stop a film that is under way; nothing of it remains."""
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None

    def film(self, path: Path) -> None:
        """Film what is chosen, into a file; both its format and its name are the person's choice."""
        shot = Shot(
            path,
            self._view.currentData(),
            self._size.currentData(),
            int(self._every.value()),
            self._chosen_rate,
        )
        session = self._session
        recorder = Recorder(session.document, shot, self._views, session.selected_racer, self)
        self._recorder = recorder
        words = self.tr("Filming {0} …").format(path.name)
        progress = QProgressDialog(words, self.tr("Stop"), 0, 1000, self.parentWidget())
        progress.setObjectName("animationProgress")
        progress.setMinimumDuration(PATIENCE_MS)
        progress.setAutoReset(False)
        progress.canceled.connect(recorder.cancel)
        self._progress = progress
        recorder.progressed.connect(lambda share: progress.setValue(round(1000 * share)))
        recorder.ended.connect(partial(self._end, path))
        recorder.start()

    @property
    def _chosen_rate(self) -> float:
        return float(self._rate.currentData())

    def _offer_sizes(self, *_: object) -> None:
        """The size on the screen first; all views together are as large as the window."""
        view = self._views.get(self._view.currentData())
        shown = (view or self._window).size()
        chosen = self._size.currentIndex()
        self._size.clear()
        for text, size in [
            (self.tr("As on the screen, {0}"), _even(shown)),
            *(("{0}", size) for size in _SIZES),
        ]:
            self._size.addItem(text.format(f"{size[0]} × {size[1]}"), size)
        self._size.setCurrentIndex(max(0, chosen))
        self._show_summary()

    def _show_summary(self, *_: object) -> None:
        """Say how long the film is, or why there can be none."""
        last, every = self._session.last_step, int(self._every.value())
        try:
            Shot(
                Path("race.gif"), self._view.currentData(), self._size.currentData() or _SIZES[0], every, 1.0
            ).check(last)
        except AnimationError as error:
            self._tell(as_sentence(of_error(error)), wrong=True)
            return
        frames = len(animation.frame_steps(last, every))
        seconds = (frames - 1) / self._chosen_rate + animation.HOLD
        self._tell(self.tr("%n frames, {0:.1f} s", "", frames).format(seconds), wrong=False)

    def _tell(self, sentence: str, wrong: bool) -> None:
        now = themes.current()
        self._summary.setText(sentence)
        self._summary.setStyleSheet(f"color: {(now.error if wrong else now.muted).name()};")
        self._save.setEnabled(not wrong)

    def _ask_for_file(self) -> None:
        self._every.commit()
        if not self._save.isEnabled():
            return
        dialog = QFileDialog(self, self.tr("Save the Animation"), str(self._suggested.parent))
        dialog.setObjectName("animationFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {self.tr("Animated GIF (*.gif)"): "gif", self.tr("Animated WebP (*.webp)"): "webp"}
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix("gif")
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(filters[text]))
        dialog.selectFile(f"{self._suggested.name}.gif")
        dialog.fileSelected.connect(self._accept_file)
        dialog.open()

    def _accept_file(self, name: str) -> None:
        self.accept()
        self.film(Path(name))

    def _end(self, path: Path, sentence: str) -> None:
        recorder, self._recorder = self._recorder, None
        if self._progress is not None:
            self._progress.canceled.disconnect()
            self._progress.reset()
            self._progress.deleteLater()
            self._progress = None
        if recorder is not None:
            recorder.deleteLater()
        self.ended.emit(sentence)
        if recorder is not None and recorder.written:
            self.written.emit(path)


def _even(size: QSize) -> tuple[int, int]:
    """A size with even sides, which every player takes."""
    return size.width() // 2 * 2, size.height() // 2 * 2
