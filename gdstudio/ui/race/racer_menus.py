"""The menus of the race: of a racer's row, of its colour, and the ready sets."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from gdstudio.ui import theme as themes
from gdstudio.ui.icons import icon
from gdstudio.ui.race.presets import presets
from gdstudio.ui.race.racer_actions import RacerActions
from gdstudio.ui.race.racers_model import RacersModel
from gdstudio.ui.session import Session


class RacerMenus(QWidget):
    """Makes menus; never shown itself, but their parent.

    Signals:
        rename_asked(int): the name in this row shall be edited.
        options_asked, rule_asked, export_asked: of the selected racer, of the race.
        survey_asked(str): a page of the window of surveys.
    """

    rename_asked = Signal(int)
    options_asked = Signal()
    rule_asked = Signal()
    export_asked = Signal()
    survey_asked = Signal(str)

    def __init__(
        self, session: Session, model: RacersModel, actions: RacerActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._session = session
        self._model = model
        self._actions = actions

    def presets(self) -> QMenu:
        """The ready sets of racers."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for preset in presets():
            action = menu.addAction(preset.title)
            action.setToolTip(preset.meaning)
            action.triggered.connect(lambda _=False, chosen=preset: self._actions.use_preset(chosen))
        return menu

    def of_row(self) -> QMenu:
        """The menu of the selected row; without one, that of the table."""
        actions, row = self._actions, self._actions.selected()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("plus"), self.tr("Add racer"), actions.add)
        if row is None:
            menu.addSeparator()
            self._add_surveys(menu)
            return menu
        racer = self._session.document.race.racers[row]
        menu.addAction(icon("duplicate"), self.tr("Duplicate"), actions.duplicate)
        menu.addAction(icon("minus"), self.tr("Remove"), actions.remove)
        menu.addSeparator()
        menu.addAction(self.tr("Rename…"), lambda: self.rename_asked.emit(row))
        menu.addMenu(self._colors(row, menu))
        switch = menu.addAction(self.tr("Takes part"))
        switch.setCheckable(True)
        switch.setChecked(racer.enabled)
        switch.toggled.connect(lambda on: self._model.set_enabled(row, on))
        up = menu.addAction(icon("up"), self.tr("Move up"), lambda: actions.move(-1))
        down = menu.addAction(icon("down"), self.tr("Move down"), lambda: actions.move(1))
        up.setEnabled(row > 0)
        down.setEnabled(row < self._model.rowCount() - 1)
        menu.addSeparator()
        menu.addAction(icon("sliders"), self.tr("Hyper-parameters"), self.options_asked.emit)
        menu.addAction(self.tr("Own rule…"), self.rule_asked.emit)
        reset = menu.addAction(
            icon("default"), self.tr("Reset hyper-parameters"), lambda: actions.reset_options(row)
        )
        reset.setEnabled(bool(set(racer.options) - {"learning_rate"}))
        share = menu.addAction(self.tr("Start at the graph's values"), lambda: actions.share_start(row))
        share.setEnabled(racer.start is not None)
        menu.addMenu(self._spread(row, menu))
        menu.addSeparator()
        self._add_surveys(menu)
        return menu

    def _add_surveys(self, menu: QMenu) -> None:
        menu.addAction(self.tr("Basins of attraction…"), lambda: self.survey_asked.emit("basins"))
        menu.addAction(self.tr("Swarm…"), lambda: self.survey_asked.emit("swarm"))
        menu.addAction(self.tr("Sweep hyper-parameters…"), lambda: self.survey_asked.emit("sweep"))
        menu.addAction(self.tr("Fair race…"), lambda: self.survey_asked.emit("fair"))
        menu.addSeparator()
        menu.addAction(icon("export"), self.tr("Save the race…"), self.export_asked.emit)

    def _spread(self, row: int, parent: QMenu) -> QMenu:
        actions = self._actions
        menu = QMenu(self.tr("Copies from many starts"), parent)
        menu.addAction(self.tr("A ring of 8"), lambda: actions.spread(row, "ring"))
        menu.addAction(self.tr("A grid of 3 × 3"), lambda: actions.spread(row, "grid"))
        menu.addAction(self.tr("9 at random (the race's seed)"), lambda: actions.spread(row, "random"))
        return menu

    def open_colors(self, row: int, at: QPoint) -> None:
        """Open the menu of colours for a racer."""
        menu = self._colors(row, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _colors(self, row: int, parent: QWidget) -> QMenu:
        """The colours that a racer can have."""
        menu = QMenu(self.tr("Colour"), parent)
        own = self._session.document.race.racers[row].color
        automatic = menu.addAction(self.tr("Automatic"), lambda: self._actions.set_color(row, None))
        automatic.setCheckable(True)
        automatic.setChecked(own is None)
        for color, name in zip(themes.current().racer_colors, self._color_names(), strict=False):
            menu.addAction(
                _patch(color), name, lambda chosen=color: self._actions.set_color(row, chosen.name())
            )
        menu.addAction(self.tr("Other…"), lambda: self._ask_color(row))
        return menu

    def _color_names(self) -> list[str]:
        return [
            self.tr("Orange"), self.tr("Sky blue"), self.tr("Green"), self.tr("Vermilion"),
            self.tr("Purple"), self.tr("Yellow"), self.tr("Blue"), self.tr("Neutral"),
        ]  # fmt: skip

    def _ask_color(self, row: int) -> None:
        racer = self._session.document.race.racers[row]
        dialog = QColorDialog(themes.current().racer(*racer.look(row)).color, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self._actions.set_color(row, color.name()))
        dialog.open()


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
