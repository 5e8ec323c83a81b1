"""Rows of a form for the options of a rule or a schedule: label, field, and the way back to the default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gdstudio.engine.schedules import ListOption
from gdstudio.ui.icons import icon
from gdstudio.ui.race import rules
from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import DragLabel, NumberField
from gdstudio.ui.race.numbers import NumberError, Range, format_value, parse_number
from gdstudio.ui.race.wheel_guard import wheel_with_focus
from gdstudio.ui.translation import from_engine


class OptionRows(QObject):
    """Rows for some options in three columns of a grid.

    Signals:
        value_edited(str, object, bool): a person set the option of that name, None = back to its default; True
            while a drag goes on.
        refused(str): something typed cannot be taken, in one sentence.
        drag_finished: the mouse was released.

    Args:
        page: what holds the grid; the widgets are made on it, and the rows go with it.
        grid: where the rows go, from `line` on.
        options: engine options; lists of numbers are typed with commas between.
        defaults: what each option is when nobody has set it.
        prefix: begins the object names, as in "option_beta1" and "reset_beta1".
    """

    value_edited = Signal(str, object, bool)
    refused = Signal(str)
    drag_finished = Signal()

    def __init__(
        self,
        page: QWidget,
        grid: QGridLayout,
        line: int,
        options: Iterable[Any],
        defaults: Mapping[str, Any],
        prefix: tuple[str, str] = ("option", "reset"),
    ) -> None:
        super().__init__(page)
        self._page = page
        self._defaults = defaults
        self._prefix = prefix
        self.fields: dict[str, QWidget] = {}
        self._resets: dict[str, QToolButton] = {}
        self._shown: Mapping[str, Any] = defaults
        for option in options:
            self._add(grid, line, option)
            line += 1
        self.end = line
        self.draw_icons()

    def draw_icons(self) -> None:
        """Draw the icons in the colours of the theme in use."""
        for reset in self._resets.values():
            reset.setIcon(icon("default"))

    def show_values(self, values: Mapping[str, Any], own: Set[str] = frozenset()) -> None:
        """Show a value for every option; those in `own` can be set back to their defaults."""
        self._shown = values
        for name, field in self.fields.items():
            value = values[name]
            if isinstance(field, NumberField):
                field.set_value(value)
            elif isinstance(field, QCheckBox):
                with QSignalBlocker(field):
                    field.setChecked(bool(value))
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            elif isinstance(field, QLineEdit) and not field.isModified():
                field.setText(_list_text(value))
            self._resets[name].setEnabled(name in own)

    def _add(self, grid: QGridLayout, line: int, option: Any) -> None:
        name = rules.spoken(option.name)
        tip = self._tip(option)
        field = self._field(option)
        if isinstance(field, QCheckBox):
            grid.addWidget(field, line, 0, 1, 2)
        else:
            label = self._label(name, field)
            label.setToolTip(tip)
            label.setBuddy(field)
            label.setWordWrap(True)
            if isinstance(label, DragLabel):
                label.drag_finished.connect(self.drag_finished)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        self.fields[option.name] = named(field, f"{self._prefix[0]}_{option.name}", name, tip)
        back = self.tr("Back to the default, {0}").format(self._words(option))
        reset = named(
            QToolButton(self._page),
            f"{self._prefix[1]}_{option.name}",
            self.tr("Reset {0}").format(name),
            back,
        )
        reset.clicked.connect(partial(self._set, option.name, None))
        reset.setFixedSize(22, 22)
        grid.addWidget(reset, line, 2)
        self._resets[option.name] = reset

    def _label(self, name: str, field: QWidget) -> QLabel:
        if isinstance(field, NumberField):
            return DragLabel(name, field, self._page)
        return QLabel(name, self._page)

    def _field(self, option: Any) -> QWidget:
        default = self._defaults[option.name]
        if isinstance(option, ListOption):
            field = QLineEdit(self._page)
            field.editingFinished.connect(partial(self._take_list, option, field))
            return field
        if rules.is_switch(option):
            switch = QCheckBox(rules.spoken(option.name), self._page)
            switch.toggled.connect(partial(self._set, option.name))
            return switch
        if rules.is_choice(option):
            choice = wheel_with_focus(QComboBox(self._page))
            choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            for each in option.choices:
                choice.addItem(from_engine(str(each)), each)
            choice.activated.connect(lambda k: self._set(option.name, choice.itemData(k)))
            return choice
        number = NumberField(Range.of(option), default, self._page)
        number.value_edited.connect(partial(self.value_edited.emit, option.name))
        number.refused.connect(lambda sentence: self.refused.emit(rules.refusal(option.name, sentence)))
        return number

    def _set(self, name: str, value: Any, *_: Any) -> None:
        # A button's `clicked` brings more than a reset has use for.
        self.value_edited.emit(name, value, False)

    def _take_list(self, option: ListOption, field: QLineEdit) -> None:
        if not field.isModified():
            return
        field.setModified(False)
        try:
            numbers = [
                parse_number(part) for part in field.text().replace(";", ",").split(",") if part.strip()
            ]
            self.value_edited.emit(option.name, list(option.checked(numbers)), False)
        except (NumberError, ValueError) as error:
            field.setText(_list_text(self._shown[option.name]))
            self.refused.emit(rules.refusal(option.name, str(error)))

    def _tip(self, option: Any) -> str:
        parts = [from_engine(option.meaning) or rules.spoken(option.name)]
        if isinstance(option, ListOption):
            parts.append(self.tr("Numbers with commas between."))
        elif not rules.is_switch(option) and not rules.is_choice(option):
            parts.append(self.tr("Allowed: {0}.").format(Range.of(option).words()))
        if option.unit:
            parts.append(self.tr("Unit: {0}.").format(from_engine(option.unit)))
        parts.append(self.tr("Default: {0}.").format(self._words(option)))
        return "\n".join(parts)

    def _words(self, option: Any) -> str:
        default = self._defaults[option.name]
        if isinstance(option, ListOption):
            return _list_text(default) or self.tr("none")
        if rules.is_switch(option):
            return self.tr("on") if default else self.tr("off")
        return from_engine(str(default)) if rules.is_choice(option) else format_value(default)


def _list_text(numbers: Iterable[float]) -> str:
    return ", ".join(format_value(number) for number in numbers)
