"""The race: table of racers, their curves, their hyper-parameters, and playback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.document.model import Document, DocumentError
from gdstudio.ui import commands
from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.landscape.minima import known_points
from gdstudio.ui.race import edits
from gdstudio.ui.race.curves import Curves
from gdstudio.ui.race.export import RaceExport
from gdstudio.ui.race.named import named
from gdstudio.ui.race.notice import Notice
from gdstudio.ui.race.option_editor import OptionEditor
from gdstudio.ui.race.presets import presets
from gdstudio.ui.race.racers_model import Column, RacersModel
from gdstudio.ui.race.racers_table import RacersTable
from gdstudio.ui.race.rule_editor import RuleEditor
from gdstudio.ui.race.step_view import StepView
from gdstudio.ui.race.transport import Transport
from gdstudio.ui.session import Session
from gdstudio.ui.theme import Theme

if TYPE_CHECKING:
    from gdstudio.ui.survey.window import Page, SurveyWindow

_TABLE_SHARE = 65
_LEAST_TABLE = 780
_LEAST_CURVES = 420


class RacePanel(QWidget):
    """The race of a session. Put together here; each part only knows the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("racePanel")
        self.setAccessibleName(self.tr("Race"))
        self._session = session
        self._pictures: dict[QToolButton, str] = {}
        self._surveys: SurveyWindow | None = None
        self._export = RaceExport(self)
        self._export.ended.connect(self.say)
        self.model = RacersModel(session, self)
        self.table = RacersTable(self.model)
        self.curves = Curves()
        self.options = OptionEditor(session)
        self.transport = Transport(session)
        self.why = StepView(session, self.model.result)

        self._build_layout()
        self._connect()
        self._select(session.selected_racer)
        self._show_race()
        self.set_theme(themes.current())

    @property
    def session(self) -> Session:
        return self._session

    # Layout

    def _build_layout(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(2)
        self._add = self._button(
            "racerAdd", "plus", self.tr("Add a racer (Insert)"), self.add_racer, self.tr("Add")
        )
        self._duplicate = self._button(
            "racerDuplicate",
            "duplicate",
            self.tr("Duplicate the selected racer (Ctrl+D)"),
            self.duplicate_racer,
        )
        self._remove = self._button(
            "racerRemove", "minus", self.tr("Remove the selected racer (Delete)"), self.remove_racer
        )
        self._up = self._button(
            "racerUp", "up", self.tr("Move the racer up (Alt+↑)"), lambda: self.move_racer(-1)
        )
        self._down = self._button(
            "racerDown", "down", self.tr("Move the racer down (Alt+↓)"), lambda: self.move_racer(1)
        )
        self._presets = named(
            QToolButton(), "racerPresets", self.tr("Presets"), self.tr("Replace all racers by a ready set")
        )
        self._presets.setText(self.tr("Presets ▾"))
        self._presets.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._presets.setMenu(self._preset_menu())
        self._options_button = self._button(
            "racerOptions",
            "sliders",
            self.tr("Show every hyper-parameter of the selected racer"),
            self.show_options,
            self.tr("Hyper-parameters"),
        )
        self._options_button.setCheckable(True)
        self._why_button = self._button(
            "racerWhy",
            "why",
            self.tr("Show the selected racer's rule with the numbers of the step shown"),
            self.show_why,
            self.tr("Why this step"),
        )
        self._why_button.setCheckable(True)
        for button in (self._add, self._duplicate, self._remove, self._up, self._down, self._presets):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._why_button)
        bar.addWidget(self._options_button)

        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self._notice = named(Notice(left), "raceMessage", self.tr("Message of the race"))

        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(7)
        self._right = QStackedWidget()
        self._right.addWidget(self.curves)
        self._right.addWidget(self.why)
        for widget, share in ((left, _TABLE_SHARE), (self.options, 0), (self._right, 100 - _TABLE_SHARE)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(self._splitter.count() - 1, share)
        self.options.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.transport)

    def _button(self, name: str, picture: str, tip: str, action: Any, text: str = "") -> QToolButton:
        button = named(QToolButton(), name, tip.partition(" (")[0], tip)
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda _=False: action())
        self._pictures[button] = picture
        return button

    def _preset_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for preset in presets():
            action = menu.addAction(preset.title)
            action.setToolTip(preset.meaning)
            action.triggered.connect(lambda _=False, chosen=preset: self.use_preset(chosen))
        return menu

    def sizeHint(self) -> QSize:
        return QSize(1280, 250)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() <= 0:
            self._share_width()

    def _share_width(self) -> None:
        width = self.width()
        table = max(min(_LEAST_TABLE, width * 7 // 10), width * _TABLE_SHARE // 100)
        form = self.options.sizeHint().width() if self.options.isVisibleTo(self) else 0
        self._splitter.setSizes([table, form, width - table - form])

    def set_theme(self, _theme: Theme) -> None:
        for button, picture in self._pictures.items():
            button.setIcon(icon(picture))
        self._show_race()

    # Wiring

    def _connect(self) -> None:
        session, table = self._session, self.table
        session.document_changed.connect(self._document_changed)
        session.document_opened.connect(self._show_race)
        session.race_computed.connect(self._show_race)
        session.step_changed.connect(self.curves.set_step)
        session.racer_selected.connect(self._select)
        session.undo_stack.indexChanged.connect(self._forget_message)
        self.model.refused.connect(self.say)
        self.options.refused.connect(self.say)
        self.options.own_rule_asked.connect(self.write_rule)
        self.transport.steps_field.refused.connect(lambda s: self.say(self.tr("steps: {0}").format(s)))
        self.transport.seed_field.refused.connect(lambda s: self.say(self.tr("seed: {0}").format(s)))
        table.row_chosen.connect(session.select_racer)
        table.add_asked.connect(self.add_racer)
        table.duplicate_asked.connect(self.duplicate_racer)
        table.remove_asked.connect(self.remove_racer)
        table.move_asked.connect(self.move_racer)
        table.color_asked.connect(self.choose_color)
        table.options_asked.connect(lambda _: self.show_options(True))
        table.menu_asked.connect(self._open_menu)
        table.drag_finished.connect(session.end_merge)
        self.curves.step_asked.connect(self._scrub)
        self.curves.racer_asked.connect(session.select_racer)
        themes.switch().theme_changed.connect(self.set_theme)

    def say(self, sentence: str) -> None:
        """Show one sentence about an edit that was refused; empty = nothing."""
        self._notice.say(sentence)

    def _forget_message(self, *_: Any) -> None:
        self.say("")

    def _document_changed(self, change: Any) -> None:
        if change.race:
            self._show_buttons()
            if not change.race_course:
                self._show_race()

    def _show_race(self, *_: Any) -> None:
        document = self._session.document
        theme = themes.current()
        racers = document.race.racers
        styles = [theme.racer(row, racer.color) for row, racer in enumerate(racers)]
        results = self.model.results() if self._session.race_result is not None else [None] * len(racers)
        selected = self._session.selected_racer
        problem = self._session.problems.get("race", "")
        names = [racer.label for racer in racers]
        minima = known_points(document)
        self.curves.show_race(names, styles, results, document.race.steps, selected, problem, minima)
        self.curves.set_step(self._session.step)
        self._show_buttons()

    def _show_buttons(self) -> None:
        row, count = self._session.selected_racer, len(self._session.document.race.racers)
        place = -1 if row is None or row >= count else row
        self._duplicate.setEnabled(place >= 0)
        self._remove.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < count - 1)

    def _select(self, row: int | None) -> None:
        self.table.select_row(row)
        self.curves.select(row)
        self._show_buttons()

    def _scrub(self, step: int) -> None:
        self._session.pause()
        self._session.set_step(step)
        self.curves.set_step(self._session.step)

    # Edits

    def _edit(self, text: str, document: Document) -> None:
        self._session.edit(text, document)

    def _selected(self) -> int | None:
        row = self._session.selected_racer
        return row if row is not None and row < len(self._session.document.race.racers) else None

    def add_racer(self) -> None:
        """Add a racer below the selected one, or at the end."""
        document, row = self._session.document, self._selected()
        index = len(document.race.racers) if row is None else row + 1
        racer = edits.another_racer(document, row)
        self._edit(self.tr("Add racer {0}").format(racer.label), commands.add_racer(document, racer, index))
        self._session.select_racer(index)

    def duplicate_racer(self) -> None:
        row = self._selected()
        if row is not None:
            document = self._session.document
            text = self.tr("Duplicate racer {0}").format(document.race.racers[row].label)
            self._edit(text, commands.duplicate_racer(document, row))
            self._session.select_racer(row + 1)

    def remove_racer(self) -> None:
        row = self._selected()
        if row is not None:
            document = self._session.document
            text = self.tr("Remove racer {0}").format(document.race.racers[row].label)
            self._edit(text, commands.remove_racer(document, row))
            left = len(self._session.document.race.racers)
            self._session.select_racer(min(row, left - 1) if left else None)

    def move_racer(self, by: int) -> None:
        """Move the selected racer `by` rows down (negative = up)."""
        row, document = self._selected(), self._session.document
        if row is not None and 0 <= row + by < len(document.race.racers):
            text = self.tr("Move racer {0}").format(document.race.racers[row].label)
            self._edit(text, commands.move_racer(document, row, row + by))
            self._session.select_racer(row + by)

    def use_preset(self, preset: Any) -> None:
        """Replace all racers by those of a preset."""
        document = self._session.document
        racers = preset.racers(document, self._selected())
        self._edit(self.tr("Preset: {0}").format(preset.title), edits.set_racers(document, racers))
        self._session.select_racer(None)

    def show_options(self, shown: bool | None = None) -> None:
        """Show or hide the form with every hyper-parameter; None = the other way round."""
        shown = not self.options.isVisibleTo(self) if shown is None else shown
        self._options_button.setChecked(shown)
        if shown and self._selected() is None and self._session.document.race.racers:
            self._session.select_racer(0)
        if shown != self.options.isVisibleTo(self):
            sizes = self._splitter.sizes()
            width = max(self.options.sizeHint().width(), 270)
            self.options.setVisible(shown)
            if shown:
                # Room for the form comes from where there is most of it.
                given = max(0, min(sizes[0] - _LEAST_TABLE, _LEAST_CURVES + width - sizes[2]))
                self._splitter.setSizes([sizes[0] - given, width, sizes[2] - width + given])
            else:
                self._share_width()

    def write_rule(self) -> None:
        """Open the editor for a rule of the selected racer's own."""
        row = self._selected()
        if row is None:
            return
        RuleEditor(self._session, row, self).show()

    def open_survey(self, page: Page) -> None:
        """Open the window of surveys on one of its pages: "basins", "sweep" or "fair"."""
        if self._surveys is None:
            # Made when it is first wanted: it is no part of the way to the first race.
            from gdstudio.ui.survey import SurveyWindow

            self._surveys = SurveyWindow(self._session, self)
        self._surveys.open_page(page)

    def export_race(self) -> None:
        """Ask for a file and save the race in it, as CSV, JSON or NPZ."""
        result = self._session.race_result
        if result is None:
            self.say(self.tr("There is no race to save yet; add a racer or switch one on."))
        else:
            self._export.ask(self._session.document, result)

    def close_workers(self) -> None:
        """End the threads of surveys and exports."""
        self._export.close()
        if self._surveys is not None:
            self._surveys.close_workers()

    def show_why(self, shown: bool | None = None) -> None:
        """Show why the selected racer takes its step, in place of the curves; None = the other way round."""
        shown = self._right.currentWidget() is not self.why if shown is None else shown
        self._why_button.setChecked(shown)
        if shown and self._selected() is None and self._session.document.race.racers:
            self._session.select_racer(0)
        self._right.setCurrentWidget(self.why if shown else self.curves)

    # Menus

    def _open_menu(self, at: QPoint) -> None:
        self.context_menu().popup(at)

    def context_menu(self) -> QMenu:
        """The menu of the selected row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self._selected()
        menu.addAction(icon("plus"), self.tr("Add racer"), self.add_racer)
        if row is None:
            menu.addSeparator()
            self._add_surveys(menu)
            return menu
        racer = self._session.document.race.racers[row]
        menu.addAction(icon("duplicate"), self.tr("Duplicate"), self.duplicate_racer)
        menu.addAction(icon("minus"), self.tr("Remove"), self.remove_racer)
        menu.addSeparator()
        menu.addAction(self.tr("Rename…"), lambda: self.table.edit_cell(row, Column.NAME))
        menu.addMenu(self._color_menu(row))
        switch = menu.addAction(self.tr("Takes part"))
        switch.setCheckable(True)
        switch.setChecked(racer.enabled)
        switch.toggled.connect(lambda on: self.model.set_enabled(row, on))
        up = menu.addAction(icon("up"), self.tr("Move up"), lambda: self.move_racer(-1))
        down = menu.addAction(icon("down"), self.tr("Move down"), lambda: self.move_racer(1))
        up.setEnabled(row > 0)
        down.setEnabled(row < self.model.rowCount() - 1)
        menu.addSeparator()
        menu.addAction(icon("sliders"), self.tr("Hyper-parameters"), lambda: self.show_options(True))
        menu.addAction(self.tr("Own rule…"), self.write_rule)
        reset = menu.addAction(icon("default"), self.tr("Reset hyper-parameters"), lambda: self._reset(row))
        reset.setEnabled(bool(set(racer.options) - {"learning_rate"}))
        share = menu.addAction(self.tr("Start at the graph's values"), lambda: self._share_start(row))
        share.setEnabled(racer.start is not None)
        menu.addMenu(self._spread_menu(row))
        menu.addSeparator()
        self._add_surveys(menu)
        return menu

    def _add_surveys(self, menu: QMenu) -> None:
        menu.addAction(self.tr("Basins of attraction…"), lambda: self.open_survey("basins"))
        menu.addAction(self.tr("Sweep hyper-parameters…"), lambda: self.open_survey("sweep"))
        menu.addAction(self.tr("Fair race…"), lambda: self.open_survey("fair"))
        menu.addSeparator()
        menu.addAction(icon("export"), self.tr("Save the race…"), self.export_race)

    def _spread_menu(self, row: int) -> QMenu:
        menu = QMenu(self.tr("Copies from many starts"), self)
        menu.addAction(self.tr("A ring of 8"), lambda: self._spread(row, "ring"))
        menu.addAction(self.tr("A grid of 3 × 3"), lambda: self._spread(row, "grid"))
        menu.addAction(self.tr("9 at random (the race's seed)"), lambda: self._spread(row, "random"))
        return menu

    def _spread(self, row: int, kind: Literal["ring", "grid", "random"]) -> None:
        document = self._session.document
        text = self.tr("Spread starts of {0}").format(document.race.racers[row].label)
        try:
            self._edit(text, edits.spread_starts(document, row, kind))
        except DocumentError as error:
            self.say(str(error))

    def _reset(self, row: int) -> None:
        document = self._session.document
        text = self.tr("Reset hyper-parameters of {0}").format(document.race.racers[row].label)
        self._edit(text, edits.reset_options(document, row))

    def _share_start(self, row: int) -> None:
        document = self._session.document
        text = self.tr("Move start of {0}").format(document.race.racers[row].label)
        self._edit(text, commands.set_start(document, row, None))

    def choose_color(self, row: int, at: QPoint) -> None:
        """Open the menu of colours for a racer."""
        menu = self._color_menu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _color_menu(self, row: int) -> QMenu:
        menu = QMenu(self.tr("Colour"), self)
        own = self._session.document.race.racers[row].color
        automatic = menu.addAction(self.tr("Automatic"), lambda: self._set_color(row, None))
        automatic.setCheckable(True)
        automatic.setChecked(own is None)
        names = self._color_names()
        for color, name in zip(themes.current().racer_colors, names, strict=False):
            menu.addAction(_patch(color), name, lambda chosen=color: self._set_color(row, chosen.name()))
        menu.addAction(self.tr("Other…"), lambda: self._ask_color(row))
        return menu

    def _color_names(self) -> list[str]:
        return [
            self.tr("Orange"), self.tr("Sky blue"), self.tr("Green"), self.tr("Vermilion"),
            self.tr("Purple"), self.tr("Yellow"), self.tr("Blue"), self.tr("Neutral"),
        ]  # fmt: skip

    def _ask_color(self, row: int) -> None:
        racer = self._session.document.race.racers[row]
        dialog = QColorDialog(themes.current().racer(row, racer.color).color, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self._set_color(row, color.name()))
        dialog.open()

    def _set_color(self, row: int, color: str | None) -> None:
        document = self._session.document
        text = self.tr("Recolour {0}").format(document.race.racers[row].label)
        edited = commands.set_color(document, row, color)
        if edited is not document:
            self._edit(text, edited)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = (event.key() == Qt.Key.Key_Right) - (event.key() == Qt.Key.Key_Left)
        if steps and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            self._scrub(self._session.step + (10 * steps if modifiers else steps))
            return
        if modifiers:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Space:
                self.transport.toggle()
            case Qt.Key.Key_Home:
                self._session.reset()
            case Qt.Key.Key_End:
                self.transport.to_end()
            case _:
                super().keyPressEvent(event)


def _patch(color: QColor) -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(1, 1, 12, 12)
    painter.end()
    return QIcon(pixmap)
