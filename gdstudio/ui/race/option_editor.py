"""A form with everything that the selected racer can be told: its rule's numbers, schedule and gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import EngineError, optimizers, schedules
from gdstudio.ui import theme as themes
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.form_rows import FormRows
from gdstudio.ui.race.gradient_rows import GradientRows
from gdstudio.ui.race.named import named
from gdstudio.ui.race.option_rows import OptionRows
from gdstudio.ui.race.schedule_curve import ScheduleCurve
from gdstudio.ui.race.stability_note import StabilityNote
from gdstudio.ui.session import Session
from gdstudio.ui.translation import from_engine, of_error

_LEAST_WIDTH = 270
_ABOUT_STYLE = "padding-top: 4px;"


class OptionEditor(QFrame):
    """The settings of one racer.

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
        self._built_for: Any = None
        self._rule_rows: list[OptionRows] = []
        self._schedule_rows: OptionRows | None = None
        self._curve: ScheduleCurve | None = None
        self._form: FormRows | None = None
        self._gradient_rows: GradientRows | None = None
        self._about: QLabel | None = None

        self._stability = StabilityNote(session, self)
        self._title = QLabel()
        self._title.setStyleSheet("font-weight: bold;")
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Forms come and go in it, since what changes its parent is styled again with all that is in it.
        self._holder = QWidget()
        self._forms = QVBoxLayout(self._holder)
        self._forms.setContentsMargins(0, 0, 0, 0)
        self._area.setWidget(self._holder)
        self._holder.setAutoFillBackground(False)
        self._page: QWidget | None = None
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
        self.refresh()
        self._dress()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if visible:
            self.refresh()

    def refresh(self, *_: Any) -> None:
        """Show the selected racer as the document has it, unless the form is put away."""
        if self.isHidden():
            return
        row, racer = self._selected()
        same_row = row == self._row
        focused = QApplication.focusWidget()
        inside = focused is not None and self._holder.isAncestorOf(focused)
        focus_name = focused.objectName() if focused is not None and inside else ""
        if not same_row:
            if focused is not None and inside and self._row < len(self._session.document.race.racers):
                focused.clearFocus()  # what is typed belongs to the racer that was shown
            self._row = row
        key = self._key(racer)
        if key != self._built_for or self._page is None:
            same_rule = bool(key and self._built_for and key[0] == self._built_for[0])
            self._built_for = key
            self._build(racer, keep_place=same_row and same_rule)
        elif not same_row:
            self._area.verticalScrollBar().setValue(0)
        if racer is not None:
            self._title.setText(racer.label)
            self._show_values(racer)
        if focus_name and (again := self._holder.findChild(QWidget, focus_name)) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _selected(self) -> tuple[int, RacerSettings | None]:
        row, racers = self._session.selected_racer, self._session.document.race.racers
        return (row, racers[row]) if row is not None and row < len(racers) else (-1, None)

    def _key(self, racer: RacerSettings | None) -> Any:
        """What decides which fields there are."""
        if racer is None:
            return None
        schedule = racer.schedule[0] if racer.schedule is not None else None
        return (
            racer.optimizer,
            racer.convention,
            schedule,
            StabilityNote.knows(self._session.document),
            GradientRows.key(self._session.document, racer),
        )

    def _dress(self, *_: Any) -> None:
        self.setMinimumWidth(themes.scaled(_LEAST_WIDTH))
        if self._about is not None:
            themes.make_quiet(self._about, rest=_ABOUT_STYLE)
        for rows in (*self._rule_rows, self._schedule_rows):
            if rows is not None:
                rows.draw_icons()
        self._show_curve()

    # Building

    def _build(self, racer: RacerSettings | None, keep_place: bool) -> None:
        place = self._area.verticalScrollBar().value() if keep_place else 0
        self._rule_rows = []
        self._schedule_rows = self._curve = self._form = self._gradient_rows = self._about = None
        # It outlives the form, with the thread that it computes in.
        self._stability.setParent(self)
        self._stability.hide()
        page = QWidget(self._holder)
        page.setAutoFillBackground(False)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        if racer is None:
            self._title.setText(self.tr("Hyper-parameters"))
            hint = QLabel(self.tr("Select a racer to see what its rule can be told."))
            hint.setWordWrap(True)
            hint.setStyleSheet("color: palette(placeholder-text);")
            grid.addWidget(hint, 0, 0)
            grid.setRowStretch(1, 1)
        else:
            form = self._form = FormRows(page, grid, self._session.end_merge)
            self._add_rule(form, racer)
            if rules.option_of(racer.optimizer, "learning_rate") is not None:
                self._add_schedule(form, racer)
            rows = self._gradient_rows = GradientRows(form, self._session.document, racer)
            rows.changed.connect(self._change)
            rows.refused.connect(self.refused)
            self._add_about(form, racer)
            grid.setRowStretch(form.line, 1)
        self._put_away()
        self._page = page
        self._forms.addWidget(page)
        page.show()
        self._area.verticalScrollBar().setValue(place)

    def _put_away(self) -> None:
        """Take the form away. One of its fields may be the one whose choice asked for the new form."""
        old = self._page
        if old is None:
            return
        old.hide()
        self._forms.removeWidget(old)
        for widget in old.findChildren(QWidget):
            widget.setObjectName("")  # so that nobody finds it by its name
        old.deleteLater()

    def _add_rule(self, form: FormRows, racer: RacerSettings) -> None:
        rule = optimizers.get(racer.optimizer)
        if rule.conventions:
            libraries = [(from_engine(optimizers.LIBRARIES[name]), name) for name in rule.conventions]
            form.choice(
                "racerConvention",
                self.tr("as in"),
                self.tr("Convention"),
                self.tr("Whose defaults and details the rule follows; what is set here by hand stays"),
                [(self.tr("gdstudio"), None), *libraries],
                lambda name: self._change("convention", name),
            )
        rates = [option for option in rule.options if option.name == "learning_rate"]
        self._add_options(form, racer, rates)
        if rates and StabilityNote.knows(self._session.document):
            form.wide(self._stability)
            self._stability.show()
        self._add_options(form, racer, [option for option in rule.options if option not in rates])

    def _add_options(self, form: FormRows, racer: RacerSettings, options: list[Any]) -> None:
        rows = OptionRows(form.page, form.grid, form.line, options, rules.defaults_of(racer))
        rows.value_edited.connect(self._set_option)
        self._rule_rows.append(self._wired(rows))
        form.line = rows.end

    def _wired(self, rows: OptionRows) -> OptionRows:
        rows.refused.connect(self.refused)
        rows.drag_finished.connect(self._session.end_merge)
        return rows

    def _add_schedule(self, form: FormRows, racer: RacerSettings) -> None:
        form.heading(self.tr("Learning rate over time"))
        tip = self.tr("How the learning rate changes from step to step")
        if racer.schedule is not None:
            tip = from_engine(schedules.row(racer.schedule[0]).meaning)
        rows_ = [schedules.row(name) for name in schedules.names()]
        known = [(from_engine(row.title), row.name, from_engine(row.meaning)) for row in rows_]
        form.choice(
            "racerSchedule",
            self.tr("schedule"),
            self.tr("Schedule of the learning rate"),
            tip,
            [(self.tr("none"), None), *known],
            self._set_schedule,
        )
        if racer.schedule is None:
            return
        self._curve = named(
            ScheduleCurve(form.page), "scheduleCurve", self.tr("Learning rate over the steps of the race")
        )
        form.wide(self._curve)
        kind = schedules.row(racer.schedule[0])
        own = [option for option in kind.options if option.name != "learning_rate"]
        defaults = {option.name: option.default for option in own}
        rows = OptionRows(form.page, form.grid, form.line, own, defaults, ("schedule", "resetSchedule"))
        rows.value_edited.connect(self._set_schedule_option)
        self._schedule_rows = self._wired(rows)
        form.line = rows.end

    def _add_about(self, form: FormRows, racer: RacerSettings) -> None:
        rule = optimizers.get(racer.optimizer)
        own = not isinstance(racer.optimizer, str)
        write = named(
            QPushButton(self.tr("Edit the rule…") if own else self.tr("Own rule…"), form.page),
            "racerOwnRule",
            self.tr("Write an update rule of your own"),
            self.tr("Write an update rule of your own, beginning with this one, and race it at once"),
        )
        write.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        write.clicked.connect(lambda _=False: self.own_rule_asked.emit())
        source = "" if own else f"<br>{self.tr('Source')}: {rule.source}"
        title, meaning = rules.shown_title(racer.optimizer), rules.shown_meaning(racer.optimizer)
        about = QLabel(f"{title}: {meaning}{source}", form.page)
        about.setTextFormat(Qt.TextFormat.RichText)
        about.setWordWrap(True)
        themes.make_quiet(about, rest=_ABOUT_STYLE)
        self._about = about
        form.wide(about)
        form.wide(write)

    # Showing

    def _show_values(self, racer: RacerSettings) -> None:
        values, defaults = rules.values_of(racer), rules.defaults_of(racer)
        own = {name for name in values if values[name] != defaults[name]}
        for rows in self._rule_rows:
            rows.show_values(values, own)
        if self._schedule_rows is not None and racer.schedule is not None:
            name, given = racer.schedule
            settings = schedules.row(name).resolve(**given)
            self._schedule_rows.show_values(settings, set(given))
        if self._form is not None and self._gradient_rows is not None:
            self._form.show_choice("racerConvention", racer.convention)
            self._form.show_choice("racerSchedule", None if racer.schedule is None else racer.schedule[0])
            self._gradient_rows.show_values(racer)
        self._show_curve()

    def _show_curve(self, *_: Any) -> None:
        row, racer = self._selected()
        if self._curve is not None and racer is not None:
            rates = self._rates(row, racer)
            self._curve.show_rates(rates, themes.current().racer(*racer.look(row)))
            self._show_step(self._session.step)

    def _show_step(self, step: int) -> None:
        if self._curve is not None:
            self._curve.set_step(step)

    def _rates(self, row: int, racer: RacerSettings) -> np.ndarray:
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
