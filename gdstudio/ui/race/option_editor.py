"""The form with everything that the selected racer can be told, and the edits that are made in it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import EngineError, schedules
from gdstudio.ui import theme as themes
from gdstudio.ui import turns
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.racer_form import RacerForm
from gdstudio.ui.race.stability_note import StabilityNote
from gdstudio.ui.session import Session
from gdstudio.ui.translation import of_error

_LEAST_WIDTH = 270


class OptionEditor(QFrame):
    """The settings of one racer.

    While it is shown, the form for another kind of racer is built slice by slice, and takes the place of the last one
    when it is complete; until then title and fields are those of the racer before.

    Signals:
        refused(str): a typed number that cannot be taken, in one sentence.
        own_rule_asked: the racer's rule shall be written anew.
    """

    refused = Signal(str)
    own_rule_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("optionEditor")
        self.setAccessibleName(self.tr("Hyper-parameters of the selected racer"))
        self._session = session
        self._row = -1  # whose settings the form shows and edits
        self._count = 0  # of racers when it was shown
        self._racer: RacerSettings | None = None  # as it was shown
        self._form: RacerForm | None = None
        self._key: Any = None  # of the form
        self._wanted: Any = None  # the key of the form that is being built
        self._rest: Generator[None] | None = None
        self._patience = turns.Patience()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

        self._stability = StabilityNote(session, self)
        self._stability.hide()
        self._title = QLabel()
        self._title.setObjectName("optionsTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setStyleSheet("font-weight: bold;")
        self._hint = QLabel(self.tr("Select a racer to see what its rule can be told."))
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setStyleSheet("color: palette(placeholder-text);")
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Forms come and go in it, since what changes its parent is styled again with all that is in it.
        self._holder = QWidget()
        self._forms = QVBoxLayout(self._holder)
        self._forms.setContentsMargins(0, 0, 0, 0)
        self._forms.addWidget(self._hint)
        self._area.setWidget(self._holder)
        self._holder.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._area, 1)

        session.racer_selected.connect(self.refresh)
        session.document_changed.connect(self.refresh)
        session.document_opened.connect(self.refresh)
        session.race_computed.connect(self._show_curve)
        session.step_changed.connect(self._show_step)
        themes.switch().follow(self._dress)
        self._dress()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if visible:
            self.refresh()
            self.complete()

    def refresh(self, *_: Any) -> None:
        """Show the selected racer as the document has it, soon; nothing while the form is put away."""
        if self.isHidden():
            return
        row, racer = self._selected()
        key = None if racer is None else self._key_of(racer)
        if racer is None or (key == self._key and self._form is not None):
            self._stop()
            self._turn_to(row, racer)
        elif key != self._wanted:
            self._stop()
            self._wanted, self._rest = key, self._build(racer)
            self._turn.start()
            if self._count != len(self._session.document.race.racers):
                self.complete()  # the racer whose fields are in sight may stand elsewhere, or be gone

    @property
    def is_complete(self) -> bool:
        """Whether the form for the selected racer is there."""
        return self._rest is None

    def complete(self) -> None:
        """Build at once what is not there yet."""
        while self._rest is not None:
            next(self._rest, None)

    def _selected(self) -> tuple[int, RacerSettings | None]:
        row, racers = self._session.selected_racer, self._session.document.race.racers
        return (row, racers[row]) if row is not None and row < len(racers) else (-1, None)

    def _shown(self) -> RacerSettings | None:
        racers = self._session.document.race.racers
        return racers[self._row] if 0 <= self._row < len(racers) else None

    def _key_of(self, racer: RacerSettings) -> Any:
        """What decides which fields there are."""
        document = self._session.document
        return RacerForm.key(document, racer), StabilityNote.knows(document)

    def _dress(self, *_: Any) -> None:
        self.setMinimumWidth(themes.scaled(_LEAST_WIDTH))
        if self._form is not None:
            self._form.dress()
        self._show_curve()

    # Building

    def _go_on(self) -> None:
        if self._rest is not None and not self._patience.must_wait(turns.is_long()):
            next(self._rest, None)

    def _stop(self) -> None:
        """Build no further."""
        self._turn.stop()
        rest, self._rest, self._wanted = self._rest, None, None
        if rest is not None:
            rest.close()

    def _build(self, racer: RacerSettings) -> Generator[None]:
        key = self._wanted
        form = RacerForm.__new__(RacerForm)
        try:
            yield from form.slices(self._holder, self._session.document, racer)
            yield
        except GeneratorExit:
            self._delete(form)
            raise
        form.option_edited.connect(self._set_option)
        form.schedule_option_edited.connect(self._set_schedule_option)
        form.schedule_chosen.connect(self._set_schedule)
        form.changed.connect(self._change)
        form.refused.connect(self.refused)
        form.drag_finished.connect(self._session.end_merge)
        form.own_rule_asked.connect(self.own_rule_asked)
        self._turn.stop()
        self._rest = self._wanted = None
        row, now = self._selected()
        if now is not None and self._key_of(now) == key:
            self._turn_to(row, now, form, key)
        else:
            self._delete(form)

    @staticmethod
    def _delete(form: RacerForm) -> None:
        """Later, since one of its fields may be the one whose choice asked for another form."""
        if shiboken6.isValid(form):
            form.hide()
            form.forget_names()
            form.deleteLater()

    def _turn_to(
        self, row: int, racer: RacerSettings | None, form: RacerForm | None = None, key: Any = None
    ) -> None:
        """Show a racer, in a new form when there is one."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._holder.isAncestorOf(focused)
        focus_name = focused.objectName() if focused is not None and inside else ""
        count = len(self._session.document.race.racers)
        same_row = row == self._row and (count == self._count or racer is self._racer)
        last = self._form
        if focused is not None and inside and not same_row and last is not None:
            # What is typed belongs to the racer that was shown, if that is still there.
            last.blockSignals(self._shown() is not self._racer)
            focused.clearFocus()
            last.blockSignals(False)
        place = self._area.verticalScrollBar().value()
        same_rule = bool(form is not None and self._key and key[0][0] == self._key[0][0])
        if form is not None or racer is None:
            self._put_away()
            self._form, self._key = form, key
        self._row, self._count, self._racer = row, count, racer
        self._hint.setVisible(racer is None)
        if racer is None:
            self._title.setText(self.tr("Hyper-parameters"))
        else:
            self._title.setText(racer.label)
            assert self._form is not None
            self._form.show_values(racer)
            self._show_curve()
        if form is not None:
            if StabilityNote.knows(self._session.document):
                form.hold(self._stability)
            self._forms.addWidget(form)
            form.show()
        if not same_row or (form is not None and not same_rule):
            self._area.verticalScrollBar().setValue(0)
        elif form is not None:
            self._area.verticalScrollBar().setValue(place)
        if focus_name and (again := self._holder.findChild(QWidget, focus_name)) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        # The note outlives the form, with the thread that it computes in.
        self._stability.hide()
        self._stability.setParent(self)
        if self._form is not None:
            self._form.blockSignals(
                True
            )  # the racer of what is typed in it is gone, or has another rule by now
            self._forms.removeWidget(self._form)
            self._delete(self._form)

    # Showing

    def _show_curve(self, *_: Any) -> None:
        racer = self._shown()
        if self._form is not None and racer is not None:
            self._form.show_rates(self._rates(racer), themes.current().racer(*racer.look(self._row)))
            self._form.show_step(self._session.step)

    def _show_step(self, step: int) -> None:
        if self._form is not None:
            self._form.show_step(step)

    def _rates(self, racer: RacerSettings) -> np.ndarray:
        """The learning rate at every step; for a schedule that watches the loss, those of the last race."""
        if racer.schedule is None:
            return np.empty(0)
        try:
            schedule = schedules.get(racer.schedule[0], **racer.schedule[1])
        except EngineError:
            return np.empty(0)
        session = self._session
        if schedule.needs_loss:
            result = session.race_result
            row = self._row
            known = result is not None and row in session.race_rows
            return result.learning_rates[session.race_rows.index(row)] if result and known else np.empty(0)
        with np.errstate(all="ignore"):
            factors = schedule(np.arange(session.document.race.steps + 1))
        return np.asarray(float(rules.value_of(racer, "learning_rate") or 0.0) * factors)

    # Edits

    def _edit(self, what: str, document: Document, merge: str | None = None) -> None:
        label = self._session.document.race.racers[self._row].label
        text = self.tr("Change {0} of {1}").format(rules.spoken(what), label)
        self._session.edit(text, document, merge)

    def _set_option(self, name: str, value: Any, dragging: bool) -> None:
        merge = f"racer {self._row} {name}" if dragging else None
        self._edit(name, edits.set_option(self._session.document, self._row, name, value), merge)

    def _set_schedule(self, name: str | None) -> None:
        self._edit("schedule", edits.set_schedule(self._session.document, self._row, name))

    def _set_schedule_option(self, name: str, value: Any, dragging: bool) -> None:
        racer = self._session.document.race.racers[self._row]
        if racer.schedule is None:
            return
        try:
            options = {key: given for key, given in racer.schedule[1].items() if key != name}
            schedules.get(racer.schedule[0], **options, **({} if value is None else {name: value}))
        except EngineError as error:
            self.refused.emit(of_error(error))
            self.refresh()
            return
        merge = f"racer {self._row} schedule {name}" if dragging else None
        document = edits.set_schedule_option(self._session.document, self._row, name, value)
        self._edit(name, document, merge)

    def _change(self, name: str, value: Any, dragging: bool = False) -> None:
        merge = f"racer {self._row} {name}" if dragging else None
        self._edit(name, edits.change_racer(self._session.document, self._row, **{name: value}), merge)
