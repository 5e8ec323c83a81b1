"""The row of choices above a landscape: axes, scale, what is drawn, and the menu. Holds choices, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from gdstudio.document.model import COLOUR_MAPS, LandscapeSettings
from gdstudio.ui import theme as themes
from gdstudio.ui.giving_way import GivingWayRow, ShorteningButton
from gdstudio.ui.landscape.axis_combo import AxisCombo
from gdstudio.ui.landscape.colour_scale import SCALES
from gdstudio.ui.race.named import named

_MOST_SEED = 2**31 - 1
# Letters of what the x axis is, with room and without.
_LEAST_LETTERS, _LONGEST = 4, 16
_SEED_WIDTH = 64
# Begins the entries among the coordinates that stand for two directions; no coordinate's name does.
_DIRECTIONS = "*"
_LEAST_LIST = 64


class Controls(QWidget):
    """Combos, toggles and the menu, which is the plot's context menu too.

    Signals:
        axes_chosen(tuple): one or two coordinates.
        directions_chosen(str): "random" or "principal"; seed_chosen(int).
        scale_chosen(str), colour_map_chosen(str)
        field_chosen(str): "none", "arrows" or "streamlines".
    """

    axes_chosen = Signal(tuple)
    directions_chosen = Signal(str)
    seed_chosen = Signal(int)
    scale_chosen = Signal(str)
    colour_map_chosen = Signal(str)
    field_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes: tuple[str, ...] = ()
        self._coordinates = 0
        self.x_axis = AxisCombo("landscapeXAxis", self.tr("Coordinate along x"))
        self.x_axis.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.y_axis = AxisCombo("landscapeYAxis", self.tr("Coordinate along y"))
        self.y_axis.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scale = _combo("landscapeScale", self.tr("Scale of the colours"))
        names = {"linear": self.tr("linear"), "log": self.tr("log"), "rank": self.tr("rank")}
        meanings = {
            "linear": self.tr("Colours follow the loss"),
            "log": self.tr("Colours follow the logarithm of the height above the lowest loss in view"),
            "rank": self.tr("Every colour covers the same area"),
        }
        for number, kind in enumerate(SCALES):
            self.scale.addItem(names[kind], kind)
            self.scale.setItemData(number, meanings[kind], Qt.ItemDataRole.ToolTipRole)
        self.contours = _toggle("landscapeContours", "◎", self.tr("Contours"), self.tr("Lines of equal loss"))
        self.contours.setChecked(True)
        self.seed = named(
            QSpinBox(),
            "landscapeSeed",
            self.tr("Seed of the random directions"),
            self.tr("Other numbers give other directions"),
        )
        self.seed.setRange(0, _MOST_SEED)
        self.seed.setKeyboardTracking(False)
        self.seed.setFixedWidth(_SEED_WIDTH)
        self.arrows = _toggle("landscapeArrows", "↗", "", "")
        self.arrows.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.arrows.setStyleSheet(
            "QToolButton { padding-right: 19px; } QToolButton::menu-button { border: none; width: 17px; }"
        )
        meaning = self.tr("The surface as a relief that can be turned")
        self.relief = _tool(QToolButton(), "landscapeSpace", self.tr("3-D"), meaning)
        self.relief.setCheckable(True)
        self._menu_button = _tool(QToolButton(), "landscapeMenu", "⋯", self.tr("More of the landscape"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._x_label, self._y_label = QLabel("x"), QLabel("y")
        self._seed_label = QLabel(self.tr("seed"))
        self._last_field = "arrows"
        self._lay_out()
        self._make_menu()
        self._make_field_menu()
        self.x_axis.activated.connect(lambda _: self._choose_axes(self.x_axis))
        self.y_axis.activated.connect(lambda _: self._choose_axes(self.y_axis))
        self.scale.activated.connect(lambda _: self.scale_chosen.emit(self.scale.currentData()))
        self.seed.valueChanged.connect(self.seed_chosen)
        self.arrows.toggled.connect(lambda on: self.field_chosen.emit(self._last_field if on else "none"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "scale"):
            self.scale.setMinimumWidth(themes.scaled(_LEAST_LIST))

    def _lay_out(self) -> None:
        row = GivingWayRow(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(5)
        choices = ((self._x_label, self.x_axis), (self._y_label, self.y_axis), (self._seed_label, self.seed))
        for label, choice in choices:
            label.setBuddy(choice)
            row.addWidget(label)
            row.addWidget(choice)
        # Only random directions have a seed.
        self._seed_label.hide()
        self.seed.hide()
        row.addSpacing(4)
        for toggle in (self.contours, self.arrows, self.relief):
            row.addWidget(toggle)
        row.addStretch(1)
        # The scale stands above the colour bar that it belongs to.
        row.addWidget(self.scale)
        row.addWidget(self._menu_button)

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.home = self._action("actionLandscapeHome", self.tr("Reset view"))
        self.top = self._action("actionLandscapeTop", self.tr("From above"))
        self.default = self._action("actionLandscapeSetDefault", self.tr("Set view as default"))
        self.unset = self._action(
            "actionLandscapeUnsetStarts", self.tr("Start all racers at the graph's point")
        )
        self.equal = self._action("actionLandscapeEqualAspect", self.tr("Equal scale on both axes"))
        self.equal.setCheckable(True)
        self.follow = self._action("actionLandscapeFollow", self.tr("Slice follows the selected racer"))
        self.follow.setToolTip(
            self.tr("The other coordinates are those of the selected racer at the step shown")
        )
        self.follow.setCheckable(True)
        self.batch = self._action("actionLandscapeBatch", self.tr("Loss over the step's batch"))
        self.batch.setToolTip(
            self.tr("The surface that a racer on mini-batches feels at the step shown, not that of all data")
        )
        self.batch.setCheckable(True)
        self.pin = self._action("actionLandscapePin", self.tr("Tangent plane here"))
        self.pin.setToolTip(self.tr("The tangent plane with its numbers; Ctrl + click on the map shows it"))
        self.section = self._action("actionLandscapeSection", self.tr("Cross-section"))
        self.section.setToolTip(self.tr("The loss along a line; Shift + drag on the map draws one"))
        self.section.setCheckable(True)
        self.smooth = self._action("actionLandscapeSmooth", self.tr("Blur the surface"))
        self.smooth.setToolTip(self.tr("Continuation: blur the surface by σ and watch its minima merge"))
        self.smooth.setCheckable(True)
        self.secant = self._action("actionLandscapeSecant", self.tr("Secant"))
        self.secant.setToolTip(self.tr("A line through two points of the curve: the derivative as a limit"))
        self.secant.setCheckable(True)
        self.critical = self._action("actionLandscapeCritical", self.tr("Critical points"))
        self.critical.setToolTip(
            self.tr("Minima, saddles and maxima in view; point at one for its curvature")
        )
        self.steps = self._action("actionLandscapeSteps", self.tr("Arrows of the racer's step"))
        self.steps.setToolTip(
            self.tr(
                "At the selected racer: −learning rate · gradient, what the rule adds to it, and the step"
            )
        )
        for shown in (self.critical, self.steps):
            shown.setCheckable(True)
            shown.setChecked(True)
        self.menu.addSeparator()
        maps = self.menu.addMenu(self.tr("Colour map"))
        group = QActionGroup(self)
        self._maps: dict[str, QAction] = {}
        for name in COLOUR_MAPS:
            action = self._maps[name] = QAction(name, group)
            action.setObjectName(f"actionLandscapeMap{name.title()}")
            action.setCheckable(True)
            action.triggered.connect(lambda _, name=name: self.colour_map_chosen.emit(name))
            maps.addAction(action)
        self._menu_button.setMenu(self.menu)

    def _make_field_menu(self) -> None:
        """Arrows or streamlines: one button shows either, or nothing."""
        menu, group = QMenu(self), QActionGroup(self)
        self._fields: dict[str, QAction] = {}
        for kind, text, meaning in (
            (
                "arrows",
                self.tr("Arrows"),
                self.tr("Directions of steepest descent, −∇loss; longer is steeper"),
            ),
            (
                "streamlines",
                self.tr("Streamlines"),
                self.tr("Where steepest descent in tiny steps would lead, along −∇loss"),
            ),
        ):
            action = self._fields[kind] = QAction(text, group)
            action.setObjectName(f"actionLandscape{kind.title()}")
            action.setToolTip(meaning)
            action.setCheckable(True)
            action.triggered.connect(lambda _, kind=kind: self.field_chosen.emit(kind))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        self.arrows.setMenu(menu)

    def _action(self, name: str, text: str) -> QAction:
        action = self.menu.addAction(text)
        action.setObjectName(name)
        return action

    def show_coordinates(self, names: Sequence[str]) -> None:
        """Offer these coordinates and directions among them, and the loss itself along y where that leaves one."""
        for choice in (self._x_label, self.x_axis, self._y_label, self.y_axis):
            choice.setVisible(bool(names))
        directions = [
            (self.tr("Random"), _DIRECTIONS + "random"),
            (self.tr("PCA"), _DIRECTIONS + "principal"),
        ]
        several = len(names) > 1
        self.y_axis.offer(names, [(self.tr("loss"), None)] if several else [])
        if self.x_axis.offer(names, directions if several else []):
            for kind, meaning in (
                ("random", self.tr("Two random directions, scaled filter by filter")),
                ("principal", self.tr("The two directions in which the race's paths spread most")),
            ):
                entry = self.x_axis.findData(_DIRECTIONS + kind)
                self.x_axis.setItemData(entry, meaning, Qt.ItemDataRole.ToolTipRole)
        self._fit_axes()

    def show_settings(self, settings: LandscapeSettings, coordinates: int) -> None:
        """Show what the document says, of a graph with so many coordinates."""
        with _quiet(self.scale, self.seed, self.contours, self.arrows, self.relief, *self.menu.actions()):
            self.scale.setCurrentIndex(self.scale.findData(settings.scale))
            self.seed.setValue(min(settings.seed, _MOST_SEED))
            self.contours.setChecked(settings.contours)
            self.relief.setChecked(settings.view == "space")
            self.critical.setChecked(settings.critical)
            self.smooth.setChecked(settings.smoothing > 0.0)
            self.secant.setChecked(settings.secant is not None)
            self.follow.setChecked(settings.follow)
            self.arrows.setChecked(settings.field != "none")
        self._maps[settings.colour_map].setChecked(True)
        if settings.field != "none":
            self._last_field = settings.field
        shown = self._fields[self._last_field]
        shown.setChecked(True)
        self.arrows.setText(shown.text())
        self.arrows.setToolTip(shown.toolTip())
        self.arrows.setAccessibleName(shown.toolTip())
        self._coordinates = coordinates
        self._offer_following()

    def offer_axes_alone(self, directions: str) -> None:
        """There is nothing to show along these directions: offer other axes and nothing else."""
        self.x_axis.choose(_DIRECTIONS + directions)
        for choice in (self.scale, self.contours, self.arrows, self.relief, self.y_axis, self._y_label):
            choice.hide()

    def show_axes(self, axes: tuple[str, ...], directions: str = "coordinates") -> None:
        """Show which axes are in use, and only the choices that go with them."""
        self._axes = axes
        flat, named_axes = len(axes) == 2, directions == "coordinates"
        if named_axes:
            self.x_axis.choose(axes[0])
            self.y_axis.choose(axes[1] if flat else None)
        else:
            self.x_axis.choose(_DIRECTIONS + directions)
        self._fit_axes()
        for own in (self._y_label, self.y_axis):
            own.setVisible(named_axes and (flat or self.y_axis.count() > 1) and self.y_axis.count() > 0)
        self._x_label.setVisible(named_axes and self.x_axis.count() > 0)
        for choice in (self._seed_label, self.seed):
            choice.setVisible(directions == "random")
        for other in (self.scale, self.contours, self.arrows, self.relief):
            other.setVisible(flat)
        self.equal.setVisible(flat)
        self.section.setVisible(flat)
        self.pin.setVisible(flat)
        self.steps.setVisible(flat)
        self.secant.setVisible(not flat)
        self._offer_following()

    def _fit_axes(self) -> None:
        for axis in (self.x_axis, self.y_axis):
            axis.fit_choice(_LEAST_LETTERS, _LONGEST)

    def _offer_following(self) -> None:
        """Where every coordinate is an axis, there is nothing to follow."""
        self.follow.setVisible(self._coordinates > len(self._axes))

    def _choose_axes(self, chosen: QComboBox) -> None:
        x, y = self.x_axis.currentData(), self.y_axis.currentData()
        if x.startswith(_DIRECTIONS):
            self.directions_chosen.emit(x.removeprefix(_DIRECTIONS))
            return
        if x == y:
            # The other axis takes the coordinate that this one gives up.
            given_up = self._axes[0] if chosen is self.x_axis else self._axes[-1]
            if self.x_axis.findData(given_up) < 0:
                given_up = self.x_axis.itemData(1 if self.x_axis.currentIndex() == 0 else 0)
            x, y = (x, given_up) if chosen is self.x_axis else (given_up, y)
        self.axes_chosen.emit((x,) if y is None else (x, y))


@contextmanager
def _quiet(*objects: QObject) -> Iterator[None]:
    """No signals of these objects meanwhile."""
    blockers = [QSignalBlocker(each) for each in objects]
    yield
    del blockers


def _combo(name: str, meaning: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setToolTip(meaning)
    combo.setAccessibleName(meaning)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.setMaximumWidth(180)
    # In a narrow window lists give way first: what they stand at can be read on the plot's axes, too.
    combo.setMinimumWidth(themes.scaled(_LEAST_LIST))
    combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return combo


def _tool(button: QToolButton, name: str, text: str, meaning: str) -> QToolButton:
    button.setObjectName(name)
    button.setText(text)
    button.setToolTip(meaning)
    button.setAccessibleName(meaning)
    return button


def _toggle(name: str, sign: str, text: str, meaning: str) -> QToolButton:
    """A button that stays down; `sign` stands for its text where there is no room."""
    button = _tool(ShorteningButton(sign), name, text, meaning)
    button.setCheckable(True)
    return button
