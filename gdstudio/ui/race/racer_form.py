"""The fields of a form for one racer: its rule's numbers, schedule and gradient. What is edited, others do."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gdstudio.document.model import Document, RacerSettings
from gdstudio.engine import optimizers, schedules
from gdstudio.ui import theme as themes
from gdstudio.ui.race import rules
from gdstudio.ui.race.form_rows import FormRows
from gdstudio.ui.race.gradient_rows import GradientRows
from gdstudio.ui.race.named import named
from gdstudio.ui.race.option_rows import OptionRows
from gdstudio.ui.race.schedule_curve import ScheduleCurve
from gdstudio.ui.theme import RacerStyle
from gdstudio.ui.translation import from_engine

_ABOUT_STYLE = "padding-top: 4px;"


class RacerForm(QWidget):
    """The fields that fit a racer; those of another racer of the same kind, see `key`, can be shown in them, too.

    Signals:
        option_edited, schedule_option_edited(str, object, bool): a person set the option of that name, None = back
            to its default; True while a drag goes on.
        schedule_chosen(object): the name of a schedule, or None.
        changed(str, object, bool): a person set another setting of the racer; True while a drag goes on.
        refused(str): something typed cannot be taken, in one sentence.
        drag_finished: the mouse was released.
        own_rule_asked: the racer's rule shall be written anew.
    """

    option_edited = Signal(str, object, bool)
    schedule_option_edited = Signal(str, object, bool)
    schedule_chosen = Signal(object)
    changed = Signal(str, object, bool)
    refused = Signal(str)
    drag_finished = Signal()
    own_rule_asked = Signal()

    def __init__(self, parent: QWidget, document: Document, racer: RacerSettings) -> None:
        for _ in self.slices(parent, document, racer):
            pass

    def slices(self, parent: QWidget, document: Document, racer: RacerSettings) -> Generator[None]:
        """Builds the form, see `sliced`."""
        super().__init__(parent)
        self.hide()
        self.setAutoFillBackground(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        self._grid = grid
        self._rows = FormRows(self, grid, self.drag_finished.emit)
        self._rule_rows: list[OptionRows] = []
        self._schedule_rows: OptionRows | None = None
        self._curve: ScheduleCurve | None = None
        yield
        yield from self._add_rule(racer)
        yield
        if rules.option_of(racer.optimizer, "learning_rate") is not None:
            self._add_schedule(racer)
            yield
        self._gradient_rows = GradientRows(self._rows, document, racer)
        self._gradient_rows.changed.connect(self.changed)
        self._gradient_rows.refused.connect(self.refused)
        yield
        self._add_about(racer)
        grid.setRowStretch(self._rows.line, 1)

    @staticmethod
    def key(document: Document, racer: RacerSettings) -> Any:
        """What decides which fields there are; equal keys, the same fields."""
        schedule = racer.schedule[0] if racer.schedule is not None else None
        return racer.optimizer, racer.convention, schedule, GradientRows.key(document, racer)

    def hold(self, note: QWidget) -> None:
        """Take a note about the learning rate in, below its field."""
        if self._note_line is not None:
            self._grid.addWidget(note, self._note_line, 0, 1, 3)
            note.show()

    def dress(self) -> None:
        """Take on the size of text and the colours in use."""
        themes.make_quiet(self._about, rest=_ABOUT_STYLE)
        for rows in (*self._rule_rows, self._schedule_rows):
            if rows is not None:
                rows.draw_icons()

    def forget_names(self) -> None:
        """Be found by name no longer: another form takes the place of this one."""
        for widget in self.findChildren(QWidget):
            widget.setObjectName("")

    # Building

    def _add_rule(self, racer: RacerSettings) -> Generator[None]:
        rule = optimizers.get(racer.optimizer)
        if rule.conventions:
            libraries = [(from_engine(optimizers.LIBRARIES[name]), name) for name in rule.conventions]
            self._rows.choice(
                "racerConvention",
                self.tr("as in"),
                self.tr("Convention"),
                self.tr("Whose defaults and details the rule follows; what is set here by hand stays"),
                [(self.tr("gdstudio"), None), *libraries],
                lambda name: self.changed.emit("convention", name, False),
            )
        rates = [option for option in rule.options if option.name == "learning_rate"]
        self._add_options(racer, rates)
        self._note_line = self._rows.line if rates else None
        self._rows.line += 1
        yield
        self._add_options(racer, [option for option in rule.options if option not in rates])

    def _add_options(self, racer: RacerSettings, options: list[Any]) -> None:
        rows = OptionRows(self, self._grid, self._rows.line, options, rules.defaults_of(racer))
        rows.value_edited.connect(self.option_edited)
        self._rule_rows.append(self._wired(rows))

    def _wired(self, rows: OptionRows) -> OptionRows:
        rows.refused.connect(self.refused)
        rows.drag_finished.connect(self.drag_finished)
        self._rows.line = rows.end
        return rows

    def _add_schedule(self, racer: RacerSettings) -> None:
        self._rows.heading(self.tr("Learning rate over time"))
        tip = self.tr("How the learning rate changes from step to step")
        if racer.schedule is not None:
            tip = from_engine(schedules.row(racer.schedule[0]).meaning)
        kinds = [schedules.row(name) for name in schedules.names()]
        known = [(from_engine(kind.title), kind.name, from_engine(kind.meaning)) for kind in kinds]
        self._rows.choice(
            "racerSchedule",
            self.tr("schedule"),
            self.tr("Schedule of the learning rate"),
            tip,
            [(self.tr("none"), None), *known],
            self.schedule_chosen.emit,
        )
        if racer.schedule is None:
            return
        words = self.tr("Learning rate over the steps of the race")
        self._curve = named(ScheduleCurve(self), "scheduleCurve", words)
        self._rows.wide(self._curve)
        kind = schedules.row(racer.schedule[0])
        own = [option for option in kind.options if option.name != "learning_rate"]
        defaults = {option.name: option.default for option in own}
        names = ("schedule", "resetSchedule")
        rows = OptionRows(self, self._grid, self._rows.line, own, defaults, names)
        rows.value_edited.connect(self.schedule_option_edited)
        self._schedule_rows = self._wired(rows)

    def _add_about(self, racer: RacerSettings) -> None:
        rule = optimizers.get(racer.optimizer)
        own = not isinstance(racer.optimizer, str)
        write = named(
            QPushButton(self.tr("Edit the rule…") if own else self.tr("Own rule…"), self),
            "racerOwnRule",
            self.tr("Write an update rule of your own"),
            self.tr("Write an update rule of your own, beginning with this one, and race it at once"),
        )
        write.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        write.clicked.connect(lambda _=False: self.own_rule_asked.emit())
        source = "" if own else f"<br>{self.tr('Source')}: {rule.source}"
        title, meaning = rules.shown_title(racer.optimizer), rules.shown_meaning(racer.optimizer)
        self._about = QLabel(f"{title}: {meaning}{source}", self)
        self._about.setTextFormat(Qt.TextFormat.RichText)
        self._about.setWordWrap(True)
        themes.make_quiet(self._about, rest=_ABOUT_STYLE)
        self._rows.wide(self._about)
        self._rows.wide(write)

    # Showing

    def show_values(self, racer: RacerSettings) -> None:
        """Show a racer's settings."""
        values, defaults = rules.values_of(racer), rules.defaults_of(racer)
        own = {name for name in values if values[name] != defaults[name]}
        for rows in self._rule_rows:
            rows.show_values(values, own)
        if self._schedule_rows is not None and racer.schedule is not None:
            name, given = racer.schedule
            settings = schedules.row(name).resolve(**given)
            self._schedule_rows.show_values(settings, set(given))
        self._rows.show_choice("racerConvention", racer.convention)
        self._rows.show_choice("racerSchedule", None if racer.schedule is None else racer.schedule[0])
        self._gradient_rows.show_values(racer)

    def show_rates(self, rates: np.ndarray, style: RacerStyle) -> None:
        """Show the learning rate at every step, (steps + 1,), in the colour of the racer."""
        if self._curve is not None:
            self._curve.show_rates(rates, style)

    def show_step(self, step: int) -> None:
        """Mark a step in it."""
        if self._curve is not None:
            self._curve.set_step(step)
