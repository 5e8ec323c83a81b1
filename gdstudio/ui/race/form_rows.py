"""Rows of a form, one below the other: headings, lists and numbers with their labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from gdstudio.ui.race.named import named
from gdstudio.ui.race.number_field import DragLabel, NumberField
from gdstudio.ui.race.numbers import Range
from gdstudio.ui.race.wheel_guard import wheel_with_focus

# A title, what it stands for, and a tip where there is one.
Entry = tuple[str, Any, str] | tuple[str, Any]


class FormRows:
    """Fills three columns of a page's grid from `line` on: label, field, and room for a way back.

    All widgets are made on the page: one that changes its parent is styled again, with all that is in it.

    Attributes:
        page: what holds the grid.
        line: the next free one.
        choices, numbers: the fields by object name.
    """

    def __init__(self, page: QWidget, grid: QGridLayout, drag_finished: Callable[[], None]) -> None:
        self.page = page
        self.grid = grid
        self.line = 0
        self.choices: dict[str, QComboBox] = {}
        self.numbers: dict[str, NumberField] = {}
        self._drag_finished = drag_finished

    def heading(self, text: str) -> None:
        label = QLabel(text, self.page)
        label.setStyleSheet(
            "color: palette(placeholder-text); border-top: 1px solid palette(mid); padding-top: 5px;"
        )
        self.wide(label)

    def wide(self, widget: QWidget) -> None:
        """A widget over all three columns."""
        self.grid.addWidget(widget, self.line, 0, 1, 3)
        self.line += 1

    def choice(
        self,
        name: str,
        text: str,
        meaning: str,
        tip: str,
        entries: Iterable[Entry],
        take: Callable[[Any], None],
    ) -> None:
        """A list; `take` gets what the chosen entry stands for."""
        field = named(wheel_with_focus(QComboBox(self.page)), name, meaning, tip)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(11)
        for title, data, *more in entries:
            field.addItem(title, data)
            if more:
                field.setItemData(field.count() - 1, more[0], Qt.ItemDataRole.ToolTipRole)
        field.activated.connect(lambda k: take(field.itemData(k)))
        label = QLabel(text, self.page)
        label.setToolTip(tip)
        label.setBuddy(field)
        self.grid.addWidget(label, self.line, 0)
        self.grid.addWidget(field, self.line, 1, 1, 2)
        self.choices[name] = field
        self.line += 1

    def number(
        self,
        name: str,
        text: str,
        tip: str,
        allowed: Range,
        take: Callable[[float, bool], None],
        refuse: Callable[[str], None],
    ) -> NumberField:
        """A number; `take` gets it, and whether a drag goes on."""
        field = named(NumberField(allowed, allowed.default, self.page), name, text, tip)
        field.value_edited.connect(take)
        field.refused.connect(refuse)
        label = DragLabel(text, field, self.page)
        label.setToolTip(tip)
        label.drag_finished.connect(self._drag_finished)
        self.grid.addWidget(label, self.line, 0)
        self.grid.addWidget(field, self.line, 1)
        self.numbers[name] = field
        self.line += 1
        return field

    def show_choice(self, name: str, value: Any) -> None:
        """Show what a list stands at, if there is one of that name; its first entry for a value it has not."""
        if name in self.choices:
            field = self.choices[name]
            field.setCurrentIndex(next((k for k in range(field.count()) if field.itemData(k) == value), 0))
