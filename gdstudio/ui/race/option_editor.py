"""A form with everything that the selected racer can be told: its rule's numbers, schedule and gradient."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
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
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import DragLabel, NumberField
from gdstudio.ui.race.numbers import Range
from gdstudio.ui.race.option_rows import OptionRows
from gdstudio.ui.race.schedule_curve import ScheduleCurve
from gdstudio.ui.session import Session


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
        self.setMinimumWidth(250)
        self._session = session
        self._built_for: Any = None
        self._rule_rows: OptionRows | None = None
        self._schedule_rows: OptionRows | None = None
        self._curve: ScheduleCurve | None = None
        self._choices: dict[str, QComboBox] = {}
        self._numbers: dict[str, NumberField] = {}

        self._title = QLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        themes.switch().theme_changed.connect(self._rebuild)
        self.refresh()

    def refresh(self, *_: Any) -> None:
        """Show the selected racer as the document has it."""
        row, racer = self._selected()
        key = self._key(row, racer)
        if key != self._built_for or self._area.widget() is None:
            same_place = key[:2] == self._built_for[:2] if key and self._built_for else False
            self._built_for = key
            self._build(row, racer, keep_place=same_place)
        if racer is not None:
            self._title.setText(racer.label)
            self._show_values(racer)

    def _selected(self) -> tuple[int, RacerSettings | None]:
        row, racers = self._session.selected_racer, self._session.document.race.racers
        return (row, racers[row]) if row is not None and row < len(racers) else (-1, None)

    def _key(self, row: int, racer: RacerSettings | None) -> Any:
        """What decides which fields there are."""
        if racer is None:
            return None
        schedule = racer.schedule[0] if racer.schedule is not None else None
        return row, racer.optimizer, racer.convention, schedule, data_rows(self._session.document)

    def _rebuild(self, *_: Any) -> None:
        self._built_for = None
        self.refresh()

    # Building

    def _build(self, row: int, racer: RacerSettings | None, keep_place: bool) -> None:
        place = self._area.verticalScrollBar().value() if keep_place else 0
        focused = QApplication.focusWidget()
        inside = focused is not None and self._area.isAncestorOf(focused)
        focus_name = focused.objectName() if focused is not None and inside else ""
        self._rule_rows = self._schedule_rows = self._curve = None
        self._choices.clear()
        self._numbers.clear()
        form = QWidget()
        form.setAutoFillBackground(False)
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        if racer is None:
            self._title.setText(self.tr("Hyper-parameters"))
            hint = QLabel(self.tr("Select a racer to see what its rule can be told."))
            hint.setWordWrap(True)
            hint.setStyleSheet(f"color: {themes.current().muted.name()};")
            grid.addWidget(hint, 0, 0)
            grid.setRowStretch(1, 1)
        else:
            line = self._add_rule(grid, row, racer)
            if rules.option_of(racer.optimizer, "learning_rate") is not None:
                line = self._add_schedule(grid, line, row, racer, form)
            line = self._add_gradient(grid, line, row, racer)
            line = self._add_about(grid, line, racer)
            grid.setRowStretch(line, 1)
        old = self._area.takeWidget()
        if old is not None:
            # One of its fields may be the one whose choice asked for the new form.
            old.hide()
            old.deleteLater()
        self._area.setWidget(form)
        form.show()
        if focus_name and (again := form.findChild(QWidget, focus_name)) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.verticalScrollBar().setValue(place)

    def _add_rule(self, grid: QGridLayout, row: int, racer: RacerSettings) -> int:
        rule, line = optimizers.get(racer.optimizer), 0
        if rule.conventions:
            field = self._choice("racerConvention", self.tr("Convention"))
            field.addItem(self.tr("gdstudio"), None)
            for name in rule.conventions:
                field.addItem(optimizers.LIBRARIES[name], name)
            tip = self.tr("Whose defaults and details the rule follows; what is set here by hand stays")
            self._add_choice(
                grid, line, self.tr("as in"), field, tip, partial(self._change, row, "convention")
            )
            line += 1
        rows = OptionRows(grid, line, rule.options, rules.defaults_of(racer), parent=grid.parentWidget())
        rows.value_edited.connect(partial(self._set_option, row))
        self._rule_rows = self._wired(rows)
        return rows.end

    def _wired(self, rows: OptionRows) -> OptionRows:
        rows.refused.connect(self.refused)
        rows.drag_finished.connect(self._session.end_merge)
        return rows

    def _add_schedule(
        self, grid: QGridLayout, line: int, row: int, racer: RacerSettings, form: QWidget
    ) -> int:
        grid.addWidget(_heading(self.tr("Learning rate over time")), line, 0, 1, 3)
        field = self._choice("racerSchedule", self.tr("Schedule of the learning rate"))
        field.addItem(self.tr("none"), None)
        for name in schedules.names():
            field.addItem(schedules.row(name).title, name)
            field.setItemData(field.count() - 1, schedules.row(name).meaning, Qt.ItemDataRole.ToolTipRole)
        tip = self.tr("How the learning rate changes from step to step")
        if racer.schedule is not None:
            tip = schedules.row(racer.schedule[0]).meaning
        self._add_choice(grid, line + 1, self.tr("schedule"), field, tip, partial(self._set_schedule, row))
        line += 2
        if racer.schedule is None:
            return line
        self._curve = named(
            ScheduleCurve(), "scheduleCurve", self.tr("Learning rate over the steps of the race")
        )
        grid.addWidget(self._curve, line, 0, 1, 3)
        kind = schedules.row(racer.schedule[0])
        own = [option for option in kind.options if option.name != "learning_rate"]
        defaults = {option.name: option.default for option in own}
        rows = OptionRows(grid, line + 1, own, defaults, ("schedule", "resetSchedule"), form)
        rows.value_edited.connect(partial(self._set_schedule_option, row))
        self._schedule_rows = self._wired(rows)
        return rows.end

    def _add_gradient(self, grid: QGridLayout, line: int, row: int, racer: RacerSettings) -> int:
        grid.addWidget(_heading(self.tr("Gradient")), line, 0, 1, 3)
        field = self._choice("racerGradient", self.tr("Gradient"))
        field.addItem(self.tr("exact"), "analytic")
        field.addItem(self.tr("differences"), "numerical")
        tip = self.tr("Where the gradient comes from: the graph, or central differences with h = 1e−4")
        self._add_choice(grid, line + 1, self.tr("taken"), field, tip, partial(self._change, row, "gradient"))
        line += 2
        count = data_rows(self._session.document)
        if count and rules.family(racer.optimizer) != "line search":
            tip = self.tr("How many of the {0} rows of data each step sees; 0 = all of them").format(count)
            batch = Range("linear", 0.0, float(count), 0.0, whole=True)
            self._add_number(grid, line, row, "batch_size", self.tr("batch size"), batch, tip)
            line += 1
        tip = self.tr(
            "Standard deviation of random numbers added to every coordinate of the gradient; 0 = none"
        )
        noise = Range("log", 0.0, None, 0.1)
        self._add_number(grid, line, row, "noise", self.tr("noise"), noise, tip)
        return line + 1

    def _add_about(self, grid: QGridLayout, line: int, racer: RacerSettings) -> int:
        rule = optimizers.get(racer.optimizer)
        own = not isinstance(racer.optimizer, str)
        write = named(
            QPushButton(self.tr("Edit the rule…") if own else self.tr("Own rule…")),
            "racerOwnRule",
            self.tr("Write an update rule of your own"),
            self.tr("Write an update rule of your own, beginning with this one, and race it at once"),
        )
        write.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        write.clicked.connect(lambda _=False: self.own_rule_asked.emit())
        source = "" if own else f"<br>{self.tr('Source')}: {rule.source}"
        about = QLabel(f"{rule.title}: {rule.meaning}{source}")
        about.setTextFormat(Qt.TextFormat.RichText)
        about.setWordWrap(True)
        muted = themes.current().muted.name()
        about.setStyleSheet(f"color: {muted}; font-size: {themes.SMALL_FONT_PIXELS}px; padding-top: 4px;")
        grid.addWidget(about, line, 0, 1, 3)
        grid.addWidget(write, line + 1, 0, 1, 3)
        return line + 2

    def _choice(self, name: str, meaning: str) -> QComboBox:
        field = named(QComboBox(), name, meaning)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(11)
        self._choices[name] = field
        return field

    def _add_choice(
        self, grid: QGridLayout, line: int, text: str, field: QComboBox, tip: str, take: Callable[[Any], None]
    ) -> None:
        field.setToolTip(tip)
        field.activated.connect(lambda k: take(field.itemData(k)))
        label = QLabel(text)
        label.setToolTip(tip)
        label.setBuddy(field)
        grid.addWidget(label, line, 0)
        grid.addWidget(field, line, 1, 1, 2)

    def _add_number(
        self, grid: QGridLayout, line: int, row: int, name: str, text: str, allowed: Range, tip: str
    ) -> None:
        field = named(NumberField(allowed, allowed.default), f"racer_{name}", text, tip)
        field.value_edited.connect(partial(self._set_number, row, name))
        field.refused.connect(lambda sentence: self.refused.emit(rules.refusal(name, sentence)))
        label = DragLabel(text, field)
        label.setToolTip(tip)
        label.drag_finished.connect(self._session.end_merge)
        grid.addWidget(label, line, 0)
        grid.addWidget(field, line, 1)
        self._numbers[name] = field

    # Showing

    def _show_values(self, racer: RacerSettings) -> None:
        values, defaults = rules.values_of(racer), rules.defaults_of(racer)
        if self._rule_rows is not None:
            self._rule_rows.show_values(values, {name for name in values if values[name] != defaults[name]})
        if self._schedule_rows is not None and racer.schedule is not None:
            name, given = racer.schedule
            settings = schedules.row(name).resolve(**given)
            self._schedule_rows.show_values(settings, set(given))
        for name, value in (
            ("racerConvention", racer.convention),
            ("racerSchedule", None if racer.schedule is None else racer.schedule[0]),
            ("racerGradient", racer.gradient),
        ):
            if name in self._choices:
                field = self._choices[name]
                field.setCurrentIndex(
                    next((k for k in range(field.count()) if field.itemData(k) == value), 0)
                )
        for name, number in self._numbers.items():
            number.set_value(getattr(racer, name) or 0.0)
        self._show_curve()

    def _show_curve(self, *_: Any) -> None:
        row, racer = self._selected()
        if self._curve is not None and racer is not None:
            rates = self._rates(row, racer)
            self._curve.show_rates(rates, themes.current().racer(row, racer.color))
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

    def _edit(self, row: int, what: str, document: Document, merge: str | None = None) -> None:
        label = self._session.document.race.racers[row].label
        text = self.tr("Change {0} of {1}").format(rules.spoken(what), label)
        self._session.edit(text, document, merge)

    def _set_option(self, row: int, name: str, value: Any, dragging: bool) -> None:
        merge = f"racer {row} {name}" if dragging else None
        self._edit(row, name, edits.set_option(self._session.document, row, name, value), merge)

    def _set_schedule(self, row: int, name: str | None) -> None:
        self._edit(row, "schedule", edits.set_schedule(self._session.document, row, name))

    def _set_schedule_option(self, row: int, name: str, value: Any, dragging: bool) -> None:
        racer = self._session.document.race.racers[row]
        if racer.schedule is None:
            return
        try:
            options = {key: given for key, given in racer.schedule[1].items() if key != name}
            schedules.get(racer.schedule[0], **options, **({} if value is None else {name: value}))
        except EngineError as error:
            self.refused.emit(str(error))
            self.refresh()
            return
        merge = f"racer {row} schedule {name}" if dragging else None
        document = edits.set_schedule_option(self._session.document, row, name, value)
        self._edit(row, f"schedule's {rules.spoken(name)}", document, merge)

    def _set_number(self, row: int, name: str, value: float, dragging: bool) -> None:
        setting = (int(value) or None) if name == "batch_size" else value
        merge = f"racer {row} {name}" if dragging else None
        self._edit(row, name, edits.change_racer(self._session.document, row, **{name: setting}), merge)

    def _change(self, row: int, name: str, value: Any) -> None:
        self._edit(row, name, edits.change_racer(self._session.document, row, **{name: value}))


def data_rows(document: Document) -> int:
    """How many rows of data batches can be drawn from; 0 = the graph holds none."""
    shapes = [
        node.value.shape
        for node in document.graph.nodes.values()
        if node.op == "data" and node.value is not None
    ]
    return max((shape[0] for shape in shapes if shape), default=0)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    now = themes.current()
    label.setStyleSheet(
        f"color: {now.muted.name()}; border-top: 1px solid {now.line.name()}; padding-top: 5px;"
    )
    return label
