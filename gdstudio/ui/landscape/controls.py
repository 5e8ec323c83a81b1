"""The row of choices above a landscape: axes, scale, what is drawn, and the menu. Holds choices, changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from gdstudio.ui.landscape.colour_scale import COLOUR_MAPS, SCALES


class Controls(QWidget):
    """Combos, toggles and the menu, which is the plot's context menu too.

    Signals:
        axes_chosen(tuple): one or two coordinates.
        scale_chosen(str), colour_map_chosen(str)
    """

    axes_chosen = Signal(tuple)
    scale_chosen = Signal(str)
    colour_map_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes: tuple[str, ...] = ()
        self.x_axis = _combo("landscapeXAxis", self.tr("Coordinate along x"))
        self.y_axis = _combo("landscapeYAxis", self.tr("Coordinate along y"))
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
        self.contours = _toggle("landscapeContours", self.tr("Contours"), self.tr("Lines of equal loss"))
        self.contours.setChecked(True)
        self.arrows = _toggle(
            "landscapeArrows",
            self.tr("Arrows"),
            self.tr("Directions of steepest descent, −∇loss; longer is steeper"),
        )
        self.relief = _toggle(
            "landscapeSpace", self.tr("3-D"), self.tr("The surface as a relief that can be turned")
        )
        self._menu_button = _tool("landscapeMenu", "⋯", self.tr("More of the landscape"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._x_label, self._y_label = QLabel("x"), QLabel("y")
        self._lay_out()
        self._make_menu()
        self.x_axis.activated.connect(lambda _: self._choose_axes(self.x_axis))
        self.y_axis.activated.connect(lambda _: self._choose_axes(self.y_axis))
        self.scale.activated.connect(lambda _: self.scale_chosen.emit(self.scale.currentData()))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(6)
        for label, combo in ((self._x_label, self.x_axis), (self._y_label, self.y_axis)):
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
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
        for name in COLOUR_MAPS:
            action = QAction(name, group)
            action.setCheckable(True)
            action.setChecked(name == COLOUR_MAPS[0])
            action.triggered.connect(lambda _, name=name: self.colour_map_chosen.emit(name))
            maps.addAction(action)
        self._menu_button.setMenu(self.menu)

    def _action(self, name: str, text: str) -> QAction:
        action = self.menu.addAction(text)
        action.setObjectName(name)
        return action

    def show_coordinates(self, names: Sequence[str]) -> None:
        """Offer these coordinates, and the loss itself along y where that leaves one out."""
        for choice in (self._x_label, self.x_axis, self._y_label, self.y_axis):
            choice.setVisible(bool(names))
        for combo, loss in ((self.x_axis, False), (self.y_axis, len(names) > 1)):
            offered = [(name, name) for name in names] + ([(self.tr("loss"), None)] if loss else [])
            if offered != [(combo.itemText(i), combo.itemData(i)) for i in range(combo.count())]:
                combo.clear()
                for text, name in offered:
                    combo.addItem(text, name)

    def show_axes(self, axes: tuple[str, ...]) -> None:
        """Show which axes are in use, and only the choices that go with them."""
        self._axes = axes
        flat = len(axes) == 2
        self.x_axis.setCurrentIndex(self.x_axis.findData(axes[0]))
        self.y_axis.setCurrentIndex(self.y_axis.findData(axes[1] if flat else None))
        for choice in (self._y_label, self.y_axis):
            choice.setVisible(flat or self.y_axis.count() > 1)
        for other in (self.scale, self.contours, self.arrows, self.relief):
            other.setVisible(flat)
        self.equal.setVisible(flat)
        self.steps.setVisible(flat)
        self.secant.setVisible(not flat)

    def show_scale(self, kind: str) -> None:
        with QSignalBlocker(self.scale):
            self.scale.setCurrentIndex(self.scale.findData(kind))

    def _choose_axes(self, chosen: QComboBox) -> None:
        x, y = self.x_axis.currentData(), self.y_axis.currentData()
        if x == y:
            # The other axis takes the coordinate that this one gives up.
            given_up = self._axes[0] if chosen is self.x_axis else self._axes[-1]
            x, y = (x, given_up) if chosen is self.x_axis else (given_up, y)
        self.axes_chosen.emit((x,) if y is None else (x, y))


def _combo(name: str, meaning: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setToolTip(meaning)
    combo.setAccessibleName(meaning)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    combo.setMaximumWidth(140)
    return combo


def _tool(name: str, text: str, meaning: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolTip(meaning)
    button.setAccessibleName(meaning)
    return button


def _toggle(name: str, text: str, meaning: str) -> QToolButton:
    button = _tool(name, text, meaning)
    button.setCheckable(True)
    return button
