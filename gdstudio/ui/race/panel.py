"""The race: table of racers, their curves, their hyper-parameters, and playback."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.export import Picture, export_picture
from gdstudio.ui.folders import Folders, OwnFolder, file_name
from gdstudio.ui.landscape.minima import known_points
from gdstudio.ui.previous_runs import PreviousRuns
from gdstudio.ui.race import edits, rules
from gdstudio.ui.race.curves import Curves
from gdstudio.ui.race.export import RaceExport
from gdstudio.ui.race.leaderboard import Leaderboard
from gdstudio.ui.race.named import named
from gdstudio.ui.race.notice import Notice
from gdstudio.ui.race.option_editor import OptionEditor
from gdstudio.ui.race.racer_actions import RacerActions
from gdstudio.ui.race.racer_bar import RacerBar
from gdstudio.ui.race.racer_menus import RacerMenus
from gdstudio.ui.race.racers_model import Column, RacersModel
from gdstudio.ui.race.racers_table import RacersTable
from gdstudio.ui.race.results import RacerResult, part_of
from gdstudio.ui.race.rule_editor import RuleEditor
from gdstudio.ui.race.step_view import StepView
from gdstudio.ui.race.transport import Transport
from gdstudio.ui.session import Session
from gdstudio.ui.theme import Theme

if TYPE_CHECKING:
    from gdstudio.ui.survey.window import Page, SurveyWindow

_TABLE_SHARE = 65
_TABLE_SHARE_BESIDE_LEADERBOARD = 45
# What the table and the leaderboard need beside each other, in pixels.
_TABLE_BESIDE_LEADERBOARD, _LEADERBOARD = 400, 1000
_LEAST_TABLE = 780
_LEAST_TABLE_BESIDE_FORM = 640
_LEAST_CURVES = 420


class _Pages(QStackedWidget):
    """Pages that each take the room that they need themselves, not that of the widest."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class RacePanel(QWidget):
    """The race of a session. Put together here; each part only knows the session.

    Signals:
        written(Path): a file of the race or a picture of its curves is there.
    """

    written = Signal(object)

    def __init__(self, session: Session) -> None:
        for _ in self.slices(session):
            pass

    def slices(self, session: Session) -> Generator[None]:
        """Builds the panel, see `sliced`."""
        super().__init__()
        self.setObjectName("racePanel")
        self.setAccessibleName(self.tr("Race"))
        self.folders: Folders = OwnFolder()
        self._session = session
        self._surveys: SurveyWindow | None = None
        self._export = RaceExport(self)
        self._export.ended.connect(self.say)
        self._export.written.connect(self.written)
        self._before = PreviousRuns.of(session)
        self.model = RacersModel(session, self)
        self.racer_actions = RacerActions(session, self)
        self.table = RacersTable(self.model)
        self._menus = RacerMenus(session, self.model, self.racer_actions, self)
        self._bar = RacerBar(self._menus.presets())
        yield
        self.curves = Curves()
        yield
        self.leaderboard = Leaderboard()
        yield
        self.options = OptionEditor(session)
        self.transport = Transport(session)
        self.why = StepView(session, self.model.result)
        yield
        yield from self._build_layout()
        self._connect()
        self._select(session.selected_racer)
        yield
        self.set_theme(themes.current())

    @property
    def session(self) -> Session:
        return self._session

    # Layout

    def _build_layout(self) -> Generator[None]:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addWidget(self.table, 1)
        yield
        self.notice = named(Notice(left), "raceMessage", self.tr("Message of the race"))

        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(7)
        self._right = _Pages()
        self._right.addWidget(self.curves)
        yield
        self._right.addWidget(self.why)
        self._right.addWidget(self.leaderboard)
        yield
        for widget, share in ((left, _TABLE_SHARE), (self.options, 0), (self._right, 100 - _TABLE_SHARE)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(self._splitter.count() - 1, share)
            yield
        self.options.hide()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.transport)

    def sizeHint(self) -> QSize:
        return QSize(1280, 250)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() <= 0:
            self._share_width()

    def _share_width(self) -> None:
        width = self.width()
        if self._right.currentWidget() is self.leaderboard:
            # Its columns say much of what the table says, so they may have the greater part.
            share = width * _TABLE_SHARE_BESIDE_LEADERBOARD // 100
            table = min(share, max(_TABLE_BESIDE_LEADERBOARD, width - _LEADERBOARD))
        else:
            table = max(min(_LEAST_TABLE, width * 7 // 10), width * _TABLE_SHARE // 100)
        form = self.options.sizeHint().width() if self.options.isVisibleTo(self) else 0
        self._splitter.setSizes([table, form, width - table - form])

    def set_theme(self, _theme: Theme) -> None:
        self._bar.draw_icons()
        self._show_race()

    # Wiring

    def _connect(self) -> None:
        session, table = self._session, self.table
        session.document_changed.connect(self._document_changed)
        session.document_opened.connect(self._show_race)
        session.race_computed.connect(self._show_race)
        session.step_changed.connect(self._show_step)
        session.racer_selected.connect(self._select)
        session.playing_changed.connect(self._show_this_step)
        session.undo_stack.indexChanged.connect(self._forget_message)
        self.model.refused.connect(self.say)
        self.options.refused.connect(self.say)
        self.options.own_rule_asked.connect(self.write_rule)
        self.transport.steps_field.refused.connect(lambda s: self.say(self.tr("steps: {0}").format(s)))
        self.transport.seed_field.refused.connect(lambda s: self.say(self.tr("seed: {0}").format(s)))
        table.row_chosen.connect(session.select_racer)
        self.racer_actions.refused.connect(self.say)
        for source in (table, self._bar):
            source.add_asked.connect(self.racer_actions.add)
            source.duplicate_asked.connect(self.racer_actions.duplicate)
            source.remove_asked.connect(self.racer_actions.remove)
            source.move_asked.connect(self.racer_actions.move)
        self._bar.options_asked.connect(self.show_options)
        self._bar.why_asked.connect(self.show_why)
        self._bar.ranking_asked.connect(self.show_ranking)
        self.leaderboard.racer_asked.connect(session.select_racer)
        self.leaderboard.refused.connect(self.say)
        self.leaderboard.target_edited.connect(self._set_target)
        self.leaderboard.budget_edited.connect(self._set_budget)
        menus = self._menus
        menus.rename_asked.connect(lambda row: table.edit_cell(row, Column.NAME))
        menus.options_asked.connect(lambda: self.show_options(True))
        menus.rule_asked.connect(self.write_rule)
        menus.export_asked.connect(self.export_race)
        menus.survey_asked.connect(self.open_survey)
        table.color_asked.connect(menus.open_colors)
        table.options_asked.connect(lambda _: self.show_options(True))
        table.menu_asked.connect(lambda at: self.context_menu().popup(at))
        table.drag_finished.connect(session.end_merge)
        self.curves.step_asked.connect(self._scrub)
        self.curves.racer_asked.connect(session.select_racer)
        self.curves.compare.toggled.connect(self._before.set_shown)
        self.curves.picture_asked.connect(self._save_curves)
        self._before.changed.connect(self._show_race)
        themes.switch().follow(self.set_theme)

    def say(self, sentence: str) -> None:
        """Show one sentence about an edit that was refused; empty = nothing."""
        self.notice.say(sentence)

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
        styles = [theme.racer(*racer.look(row)) for row, racer in enumerate(racers)]
        results = self.model.results() if self._session.race_result is not None else [None] * len(racers)
        selected = self._session.selected_racer
        problem = self._session.problems.get("race", "")
        names = [rules.full_name(racer) for racer in racers]
        minima = known_points(document)
        before = self._runs_before()
        self.curves.show_race(names, styles, results, document.race.steps, selected, problem, minima, before)
        self.leaderboard.show_race(document.race, styles, results, minima, before)
        self._show_step(self._session.step)
        self._show_buttons()

    def _show_this_step(self) -> None:
        self._show_step(self._session.step)

    def _show_step(self, step: int) -> None:
        self.curves.set_step(step)
        over = step > 0 and step == self._session.last_step and not self._session.playing
        winners = self.leaderboard.winners() if over else []
        for podium in (self._bar.podium, self.leaderboard.podium):
            podium.show_places(winners)

    def _runs_before(self) -> dict[int, RacerResult]:
        """What the racers whose settings were changed last did before, by row."""
        steps = self._session.document.race.steps
        return {row: part_of(run.result, run.index, steps) for row, run in self._before.runs.items()}

    def _show_buttons(self) -> None:
        racers = self._session.document.race.racers
        self._bar.show_selection(self._session.selected_racer, len(racers))

    def _set_target(self, target: float | None) -> None:
        self._session.edit(self.tr("Change target"), edits.set_target(self._session.document, target))

    def _set_budget(self, budget: int) -> None:
        self._session.edit(self.tr("Change budget"), edits.set_budget(self._session.document, budget))

    def _select(self, row: int | None) -> None:
        self.table.select_row(row)
        self.curves.select(row)
        self.leaderboard.select(row)
        self._show_buttons()

    def _scrub(self, step: int) -> None:
        self._session.pause()
        self._session.set_step(step)
        self._show_step(self._session.step)

    # Pages

    def show_options(self, shown: bool | None = None) -> None:
        """Show or hide the form with every hyper-parameter; None = the other way round."""
        shown = not self.options.isVisibleTo(self) if shown is None else shown
        if shown and self.racer_actions.selected() is None and self._session.document.race.racers:
            self._session.select_racer(0)
        if shown != self.options.isVisibleTo(self):
            sizes = self._splitter.sizes()
            self.options.setVisible(shown)
            if shown:
                width = max(self.options.sizeHint().width(), 270)
                # Room for the form comes from where there is most of it.
                room = sizes[0] - _LEAST_TABLE_BESIDE_FORM
                given = max(0, min(room, _LEAST_CURVES + width - sizes[2]))
                self._splitter.setSizes([sizes[0] - given, width, sizes[2] - width + given])
            else:
                self._share_width()
        self._press_buttons()

    def _press_buttons(self) -> None:
        page = self._right.currentWidget()
        self._bar.show_pages(self.options.isVisibleTo(self), page is self.why, page is self.leaderboard)

    def write_rule(self) -> None:
        """Open the editor for a rule of the selected racer's own."""
        row = self.racer_actions.selected()
        if row is not None:
            RuleEditor(self._session, row, self).show()

    def open_survey(self, page: Page) -> None:
        """Open the window of surveys on one of its pages: "basins", "sweep", "fair" or "swarm"."""
        self._survey_window().open_page(page)

    def _survey_window(self) -> SurveyWindow:
        if self._surveys is None:
            # Made when it is first wanted: it is no part of the way to the first race.
            from gdstudio.ui.survey import SurveyWindow

            self._surveys = SurveyWindow(self._session, self)
        return self._surveys

    def follow_surveys(self, before: RacePanel) -> None:
        """Have the window of surveys in sight where that of another panel was."""
        if before._surveys is not None and before._surveys.isVisible():
            self._survey_window().follow_on(before._surveys)

    def export_race(self) -> None:
        """Ask for a file and save the race in it, as CSV, JSON or NPZ."""
        result = self._session.race_result
        if result is None:
            self.say(self.tr("There is no race to save yet; add a racer or switch one on."))
        elif not self._session.is_settled:
            # What is there may be the race of an older document, which could not be run again.
            self.say(self.tr("The race is being computed; save it when it is there."))
        elif self._export.is_writing:
            self.say(self.tr("A race is being saved; save this one when that is done."))
        else:
            self._export.ask(self._session.document, result, self.folders.folder)

    def _save_curves(self) -> None:
        picture = Picture.of_widget(self.curves.plot)
        title = self._session.document.title or self.tr("race")
        suggested = self.folders.folder / f"{file_name(f'{title} – {self.curves.title}')}.png"
        self.say(export_picture(self, picture, suggested, self.written.emit) or "")

    def close_workers(self) -> None:
        """End the threads of surveys and exports."""
        self._export.close()
        if self._surveys is not None:
            self._surveys.close_workers()

    def show_why(self, shown: bool | None = None) -> None:
        """Show why the selected racer takes its step, in place of the curves; None = the other way round."""
        shown = self._right.currentWidget() is not self.why if shown is None else shown
        if shown and self.racer_actions.selected() is None and self._session.document.race.racers:
            self._session.select_racer(0)
        self._show_page(self.why if shown else self.curves)

    def show_ranking(self, shown: bool | None = None) -> None:
        """Show the leaderboard in place of the curves; None = the other way round."""
        shown = self._right.currentWidget() is not self.leaderboard if shown is None else shown
        self._show_page(self.leaderboard if shown else self.curves)

    def _show_page(self, page: QWidget) -> None:
        other = (
            self.leaderboard in (page, self._right.currentWidget())
            and page is not self._right.currentWidget()
        )
        self._right.setCurrentWidget(page)
        if other:
            self._share_width()
        self._press_buttons()

    def context_menu(self) -> QMenu:
        """The menu of the selected row."""
        return self._menus.of_row()

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
