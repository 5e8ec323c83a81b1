"""A form with every hyper-parameter of the selected racer, and the way back to each default."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import Gradient, RacerSettings
from gdstudio.engine import optimizers
from gdstudio.ui import commands
from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import DragLabel, NumberField
from gdstudio.ui.race.numbers import Range, format_value
from gdstudio.ui.session import Session


class OptionEditor(QFrame):
    """The hyper-parameters of one racer.

    Signals:
        refused(str): a typed number that cannot be taken, in one sentence.
    """

    refused = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("optionEditor")
        self.setAccessibleName(self.tr("Hyper-parameters of the selected racer"))
        self.setMinimumWidth(250)
        self._session = session
        self._built_for: tuple[int, str] | None = None
        self._fields: dict[str, QWidget] = {}
        self._resets: dict[str, QToolButton] = {}

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
        themes.switch().theme_changed.connect(self._rebuild)
        self.refresh()

    def field(self, option: str) -> QWidget | None:
        """The widget of an option of the selected racer."""
        return self._fields.get(option)

    def refresh(self, *_: Any) -> None:
        """Show the selected racer as the document has it."""
        row, racer = self._selected()
        key = None if racer is None else (row, racer.optimizer)
        if key != self._built_for or self._area.widget() is None:
            self._built_for = key
            self._build(row, racer)
        if racer is not None:
            self._title.setText(racer.label)
            self._show_values(racer)

    def _selected(self) -> tuple[int, RacerSettings | None]:
        row, racers = self._session.selected_racer, self._session.document.race.racers
        return (row, racers[row]) if row is not None and row < len(racers) else (-1, None)

    def _rebuild(self, *_: Any) -> None:
        self._built_for = None
        row, racer = self._selected()
        self._build(row, racer)
        self.refresh()

    # Building

    def _build(self, row: int, racer: RacerSettings | None) -> None:
        self._fields.clear()
        self._resets.clear()
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
            self._area.setWidget(form)
            return
        rule = optimizers.get(racer.optimizer)
        line = 0
        for option in rule.options:
            self._add_row(grid, line, row, option)
            line += 1
        self._add_gradient(grid, line, row)
        about = QLabel(f"{rule.title}: {rule.meaning}<br>{self.tr('Source')}: {rule.source}")
        about.setTextFormat(Qt.TextFormat.RichText)
        about.setWordWrap(True)
        muted = themes.current().muted.name()
        about.setStyleSheet(f"color: {muted}; font-size: {themes.SMALL_FONT_PIXELS}px; padding-top: 4px;")
        grid.addWidget(about, line + 1, 0, 1, 3)
        grid.setRowStretch(line + 2, 1)
        self._area.setWidget(form)

    def _add_row(self, grid: QGridLayout, line: int, row: int, option: Any) -> None:
        name = rules.spoken(option.name)
        field: QWidget
        if rules.is_switch(option):
            switch = field = QCheckBox(name)
            switch.toggled.connect(partial(self._set, row, option.name))
            grid.addWidget(switch, line, 0, 1, 2)
        else:
            field = self._choice(row, option) if rules.is_choice(option) else self._number(row, option)
            label = DragLabel(name, field) if isinstance(field, NumberField) else QLabel(name)
            label.setToolTip(self._tip(option))
            if isinstance(label, DragLabel):
                label.drag_finished.connect(self._session.end_merge)
            else:
                label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        named(field, f"option_{option.name}", name, self._tip(option))
        self._fields[option.name] = field
        default = self._words(option, option.default)
        tip = self.tr("Back to the default, {0}").format(default)
        reset = named(QToolButton(), f"reset_{option.name}", self.tr("Reset {0}").format(name), tip)
        reset.setIcon(icon("default"))
        reset.clicked.connect(partial(self._set, row, option.name, None))
        reset.setFixedSize(22, 22)
        grid.addWidget(reset, line, 2)
        self._resets[option.name] = reset

    def _number(self, row: int, option: Any) -> NumberField:
        field = NumberField(Range.of(option), option.default)
        field.value_edited.connect(partial(self._set_number, row, option.name))
        field.refused.connect(lambda sentence: self.refused.emit(rules.refusal(option.name, sentence)))
        return field

    def _choice(self, row: int, option: Any) -> QComboBox:
        field = QComboBox()
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for choice in option.choices:
            field.addItem(str(choice), choice)
        field.activated.connect(lambda k: self._set(row, option.name, field.itemData(k)))
        return field

    def _add_gradient(self, grid: QGridLayout, line: int, row: int) -> None:
        field = named(QComboBox(), "racerGradient", self.tr("Gradient"))
        field.addItem(self.tr("exact"), "analytic")
        field.addItem(self.tr("differences"), "numerical")
        field.setToolTip(
            self.tr("Where the gradient comes from: the graph, or central differences with h = 1e−4")
        )
        field.activated.connect(lambda k: self._set_gradient(row, field.itemData(k)))
        grid.addWidget(QLabel(self.tr("gradient")), line, 0)
        grid.addWidget(field, line, 1)
        self._fields["gradient "] = field

    def _tip(self, option: Any) -> str:
        parts = [option.meaning or rules.spoken(option.name)]
        if not rules.is_switch(option) and not rules.is_choice(option):
            parts.append(self.tr("Allowed: {0}.").format(Range.of(option).words()))
            if option.unit:
                parts.append(self.tr("Unit: {0}.").format(option.unit))
        parts.append(self.tr("Default: {0}.").format(self._words(option, option.default)))
        return "\n".join(parts)

    def _words(self, option: Any, value: Any) -> str:
        if rules.is_switch(option):
            return self.tr("on") if value else self.tr("off")
        return str(value) if rules.is_choice(option) else format_value(value)

    def _show_values(self, racer: RacerSettings) -> None:
        for option in optimizers.get(racer.optimizer).options:
            field, value = self._fields[option.name], racer.options.get(option.name, option.default)
            if isinstance(field, NumberField):
                field.set_value(value)
            elif isinstance(field, QCheckBox):
                field.blockSignals(True)
                field.setChecked(bool(value))
                field.blockSignals(False)
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            own = option.name in racer.options and racer.options[option.name] != option.default
            self._resets[option.name].setEnabled(own)
        gradient = self._fields["gradient "]
        if isinstance(gradient, QComboBox):
            gradient.setCurrentIndex(gradient.findData(racer.gradient))

    # Edits

    def _set_number(self, row: int, name: str, value: float, dragging: bool) -> None:
        self._set(row, name, value, f"racer {row} {name}" if dragging else None)

    def _set(self, row: int, name: str, value: Any, merge: str | None = None) -> None:
        document = self._session.document
        text = self.tr("Change {0} of {1}").format(rules.spoken(name), document.race.racers[row].label)
        self._session.edit(text, commands.set_option(document, row, name, value), merge)

    def _set_gradient(self, row: int, gradient: Gradient) -> None:
        document = self._session.document
        text = self.tr("Change gradient of {0}").format(document.race.racers[row].label)
        self._session.edit(text, edits.set_gradient(document, row, gradient))
