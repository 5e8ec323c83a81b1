"""The landscape view: a row of choices, the plane or the line, and a line of numbers under the mouse.

All connections between the session and what is drawn are made here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdstudio.ui import commands, theme
from gdstudio.ui.landscape import opengl
from gdstudio.ui.landscape.colour_scale import COLOUR_MAPS, SCALES
from gdstudio.ui.landscape.line import LineView
from gdstudio.ui.landscape.plane import PlaneView
from gdstudio.ui.landscape.plot import PlotView
from gdstudio.ui.landscape.readout import Part, Readout
from gdstudio.ui.race.numbers import format_measured
from gdstudio.ui.results import GridResult
from gdstudio.ui.session import Change, Session

if TYPE_CHECKING:
    from gdstudio.ui.landscape.space import SpaceView

_MOST_FIXED = 6
_PLOT_NAME = "landscapePlot"


class LandscapeView(QWidget):
    """The loss of a session's document over one or two of its coordinates."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName("landscapeView")
        self.setAccessibleName(self.tr("Landscape of the loss"))
        self.plane = PlaneView(session)
        self.line = LineView(session)
        self.message = QLabel(
            objectName="landscapeMessage", wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter
        )
        self.message.setAccessibleName(self.tr("Why there is no landscape"))
        self.message.setMargin(40)
        self.note = QLabel(objectName="landscapeNote", wordWrap=True)
        self.note.setAccessibleName(self.tr("Which slice of the loss is shown"))
        self.readout = Readout()
        self.readout.setObjectName("landscapeReadout")
        self.readout.setAccessibleName(self.tr("Coordinates, loss and gradient under the mouse"))
        self.stack = QStackedWidget()
        for page in (self.message, self.plane, self.line):
            self.stack.addWidget(page)
        self.space: SpaceView | None = None
        self._active: PlotView = self.plane
        self._mouse: tuple[float, ...] | None = None

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_row())
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)
        column.addWidget(self.readout)
        self._make_menu()
        self._connect()
        self._activate(self.plane)
        self._dress()
        self._show_document()
        self._show_grid(session.grid)

    # Building

    def _make_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(6)
        self.x_axis = self._combo("landscapeXAxis", self.tr("Coordinate along x"))
        self.y_axis = self._combo("landscapeYAxis", self.tr("Coordinate along y"))
        self.scale = self._combo("landscapeScale", self.tr("Scale of the colours"))
        for kind, label, meaning in zip(
            SCALES,
            (self.tr("linear"), self.tr("log"), self.tr("rank")),
            (
                self.tr("Colours follow the loss"),
                self.tr("Colours follow the logarithm of the height above the lowest loss in view"),
                self.tr("Every colour covers the same area"),
            ),
            strict=True,
        ):
            self.scale.addItem(label, kind)
            self.scale.setItemData(self.scale.count() - 1, meaning, Qt.ItemDataRole.ToolTipRole)
        self.contours = self._toggle("landscapeContours", self.tr("Contours"), self.tr("Lines of equal loss"))
        self.contours.setChecked(True)
        self.arrows = self._toggle(
            "landscapeArrows",
            self.tr("Arrows"),
            self.tr("Directions of steepest descent, −∇loss; longer is steeper"),
        )
        self.relief = self._toggle(
            "landscapeSpace", self.tr("3-D"), self.tr("The surface as a relief that can be turned")
        )
        self.menu_button = QToolButton(objectName="landscapeMenu", text="⋯")
        self.menu_button.setAccessibleName(self.tr("More of the landscape"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.x_label, self.y_label = QLabel("x"), QLabel("y")
        for label, combo in ((self.x_label, self.x_axis), (self.y_label, self.y_axis)):
            label.setBuddy(combo)
            row.addWidget(label)
            row.addWidget(combo)
        row.addSpacing(4)
        row.addWidget(self.contours)
        row.addWidget(self.arrows)
        row.addWidget(self.relief)
        row.addStretch(1)
        # The scale stands above the colour bar that it belongs to.
        row.addWidget(self.scale)
        row.addWidget(self.menu_button)
        return row

    def _combo(self, name: str, meaning: str) -> QComboBox:
        combo = QComboBox(objectName=name, toolTip=meaning)
        combo.setAccessibleName(meaning)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMaximumWidth(140)
        return combo

    def _toggle(self, name: str, text: str, meaning: str) -> QToolButton:
        button = QToolButton(objectName=name, text=text, toolTip=meaning, checkable=True)
        button.setAccessibleName(meaning)
        return button

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        home = self.menu.addAction(self.tr("Reset view"), self._reset_view)
        home.setObjectName("actionLandscapeHome")
        self.top = self.menu.addAction(self.tr("From above"), self._view_from_above)
        self.top.setObjectName("actionLandscapeTop")
        default = self.menu.addAction(
            self.tr("Set view as default"), lambda: self._active.set_view_as_default()
        )
        default.setObjectName("actionLandscapeSetDefault")
        self.unset = self.menu.addAction(self.tr("Start all racers at the graph's point"), self._unset_starts)
        self.unset.setObjectName("actionLandscapeUnsetStarts")
        self.equal = QAction(self.tr("Equal scale on both axes"), self, checkable=True)
        self.equal.setObjectName("actionLandscapeEqualAspect")
        self.equal.toggled.connect(self.plane.set_equal_aspect)
        self.menu.addAction(self.equal)
        self.menu.addSeparator()
        maps = self.menu.addMenu(self.tr("Colour map"))
        group = QActionGroup(self)
        for name in COLOUR_MAPS:
            action = QAction(name, group, checkable=True, checked=name == self.plane.surface.colour_map)
            action.triggered.connect(lambda _, name=name: self._choose_colour_map(name))
            maps.addAction(action)
        self.menu_button.setMenu(self.menu)

    def _connect(self) -> None:
        session = self.session
        session.document_opened.connect(self._open_document)
        session.document_changed.connect(self._change_document)
        session.grid_computed.connect(self._show_grid)
        session.race_computed.connect(self._show_race)
        session.step_changed.connect(self._show_step)
        session.racer_selected.connect(lambda _: self._select_racer())
        session.busy_changed.connect(self._show_busy)
        theme.switch().theme_changed.connect(self._dress)
        self.x_axis.activated.connect(lambda _: self._choose_axes(self.x_axis))
        self.y_axis.activated.connect(lambda _: self._choose_axes(self.y_axis))
        self.scale.activated.connect(self._choose_scale)
        self.contours.toggled.connect(self.plane.set_contours)
        self.arrows.toggled.connect(self.plane.set_arrows)
        self.relief.toggled.connect(self._turn_to_page)
        for view in (self.plane, self.line):
            view.hovered.connect(self._show_point)
            view.menu_wanted.connect(self._open_menu)

    # The session has news

    def _open_document(self) -> None:
        for view in (self.plane, self.line):
            view.forget()
        self._show_document()
        self._show_point(None)

    def _change_document(self, change: Change) -> None:
        before, after = change.before.landscape, change.after.landscape
        gone = not set(self._active.axes) <= set(change.after.coordinates)
        if gone or (before.axes, before.ranges) != (after.axes, after.ranges):
            self._active.follow_document()
        if change.race and not change.race_course:
            self._show_race()
        if change.graph or change.values or change.landscape or change.race:
            self._active.update_marks()
            self._show_document()

    def _show_grid(self, grid: GridResult | None) -> None:
        if grid is None:
            self._show_message(self.session.problems.get("grid", ""))
            return
        view: PlotView = self.line if len(grid.axes) == 1 else self.plane
        if view is not self._active:
            self._active.forget()
            self._activate(view)
        view.show_grid(grid)
        self._turn_to_page()
        self._show_axes(grid.axes)
        self._show_note(grid)
        self._show_numbers()

    def _show_race(self) -> None:
        self._active.show_race()
        self._show_step(self.session.step)

    def _show_step(self, step: int) -> None:
        self._active.show_step(step)
        if self.space is not None and self.space.isVisible():
            self.space.show_race(self.plane.race, step, self.session.selected_racer)

    def _turn_to_page(self) -> None:
        """Show the line, the plane or the relief, whichever is wanted and can be."""
        grid = self.session.grid
        if grid is None:
            return
        if not (self.relief.isChecked() and self._active is self.plane):
            self.stack.setCurrentWidget(self._active)
        elif self._make_space():
            self.stack.setCurrentWidget(self.space)
            self.space.show_grid(grid)
            self.space.show_race(self.plane.race, self.session.step, self.session.selected_racer)
        else:
            self._show_message(
                self.tr("There is no OpenGL here, which the relief needs. The plane shows the same surface.")
            )
        self.top.setVisible(self.space is not None and self.stack.currentWidget() is self.space)
        self._show_numbers()

    def _make_space(self) -> bool:
        """Make the relief when it is first wanted; False when it cannot be made."""
        if self.space is None and opengl.available():
            from gdstudio.ui.landscape.space import SpaceView

            self.space = SpaceView()
            self.space.set_colour_map(self.plane.surface.colour_map)
            self.space.set_contours(self.contours.isChecked())
            self.contours.toggled.connect(self.space.set_contours)
            self.stack.addWidget(self.space)
        return self.space is not None

    def _show_message(self, sentence: str) -> None:
        self.message.setText(sentence or self.tr("The landscape appears here as soon as it is computed."))
        self.stack.setCurrentWidget(self.message)
        self.readout.show_parts(())
        self.note.hide()

    def _show_busy(self, busy: bool) -> None:
        if busy and self.session.grid is None and "grid" not in self.session.problems:
            self._show_message(self.tr("Computing the landscape …"))

    def _select_racer(self) -> None:
        self._active.update_marks()
        self._show_step(self.session.step)
        self._show_numbers()

    def _show_document(self) -> None:
        """Bring the choices up to date with the document."""
        document = self.session.document
        names = list(document.coordinates)
        for combo, extra in ((self.x_axis, []), (self.y_axis, [None] if len(names) > 1 else [])):
            with QSignalBlocker(combo):
                if [combo.itemData(i) for i in range(combo.count())] != names + extra:
                    combo.clear()
                    for name in names:
                        combo.addItem(name, name)
                    for _ in extra:
                        combo.addItem(self.tr("loss"), None)
        self.unset.setEnabled(any(racer.start is not None for racer in document.race.racers))
        with QSignalBlocker(self.scale):
            self.scale.setCurrentIndex(self.scale.findData(document.landscape.scale))
        grid = self.session.grid
        if grid is not None:
            self._show_axes(grid.axes)
            self._show_note(grid)

    def _show_axes(self, axes: tuple[str, ...]) -> None:
        flat = len(axes) == 2
        with QSignalBlocker(self.x_axis), QSignalBlocker(self.y_axis):
            self.x_axis.setCurrentIndex(self.x_axis.findData(axes[0]))
            self.y_axis.setCurrentIndex(self.y_axis.findData(axes[1] if flat else None))
        for widget in (self.y_label, self.y_axis):
            widget.setVisible(flat or self.y_axis.count() > 1)
        for widget in (self.scale, self.contours, self.arrows, self.relief):
            widget.setVisible(flat)
        self.equal.setVisible(flat)

    def _show_note(self, grid: GridResult) -> None:
        """Say which point fixes the other coordinates, and that there is nothing finite to see."""
        document = self.session.document
        fixed = [
            f"{name} = {value:.4g}".replace("-", "−")
            for name, value in zip(document.coordinates, document.start, strict=True)
            if name not in grid.axes
        ]
        parts = []
        if fixed:
            more = f", … ({len(fixed)} in all)" if len(fixed) > _MOST_FIXED else ""
            shown = ", ".join(fixed[:_MOST_FIXED]) + more
            parts.append(
                self.tr("A slice: the other coordinates stay at the graph's own point, {0}.").format(shown)
            )
        if not np.isfinite(grid.z).any():
            parts.append(
                self.tr("The loss is not a finite number anywhere in this region; zoom out or move on.")
            )
        self.note.setText(" ".join(parts))
        self.note.setVisible(bool(parts))

    # The person has wishes

    def _choose_axes(self, chosen: QComboBox) -> None:
        x, y = self.x_axis.currentData(), self.y_axis.currentData()
        grid = self.session.grid
        if x == y and grid is not None:
            # The other axis takes the coordinate that this one gives up.
            given_up = grid.axes[0] if chosen is self.x_axis else grid.axes[-1]
            x, y = (x, given_up) if chosen is self.x_axis else (given_up, y)
        axes = (x,) if y is None else (x, y)
        self.session.edit(self.tr("Choose axes"), commands.set_axes(self.session.document, axes))

    def _choose_scale(self) -> None:
        scale = self.scale.currentData()
        if scale != self.session.document.landscape.scale:
            self.session.edit(
                self.tr("Choose colour scale"), commands.set_scale(self.session.document, scale)
            )

    def _choose_colour_map(self, name: str) -> None:
        self.plane.set_colour_map(name)
        if self.space is not None:
            self.space.set_colour_map(name)

    def _reset_view(self) -> None:
        self._active.show_home()
        if self.space is not None:
            self.space.home()

    def _unset_starts(self) -> None:
        document = commands.set_starts(self.session.document, None)
        self.session.edit(self.tr("Start at the graph's point"), document)

    def _view_from_above(self) -> None:
        if self.space is not None:
            self.space.from_above()

    def _open_menu(self, at: QPoint) -> None:
        self.menu.popup(at)

    def _show_point(self, at: tuple[float, ...] | None) -> None:
        self._mouse = at
        self._show_numbers()

    def _show_numbers(self) -> None:
        """Say what is under the mouse; without a mouse, what it could do."""
        grid, at = self.session.grid, self._mouse
        if at is None or grid is None or len(at) != len(grid.axes):
            self.plane.bar.point_at(None)
            self.readout.show_parts([(hint, "muted") for hint in self._hints()] if grid is not None else ())
            return
        loss, *slopes = _numbers(grid.landscape.value_and_gradient(*at))
        where = [f"{name} = {format_measured(value)}" for name, value in zip(grid.axes, at, strict=True)]
        parts: list[Part] = [("   ".join(where), "text")]
        if math.isfinite(loss):
            gradient = ", ".join(format_measured(slope) for slope in slopes)
            parts.append((self.tr("loss = {0}").format(format_measured(loss)), "value"))
            parts.append(
                (self.tr("slope = {0}" if len(slopes) == 1 else "∇loss = ({0})").format(gradient), "gradient")
            )
        else:
            parts.append((self.tr("the loss is not a finite number here"), "error"))
        self.plane.bar.point_at(loss)
        self.readout.show_parts(parts)

    def _hints(self) -> list[str]:
        """What the mouse can do, the least known first."""
        racers, selected = self.session.document.race.racers, self.session.selected_racer
        if selected is not None:
            what = self.tr("{0} starts there").format(racers[selected].label)
        elif any(racer.enabled for racer in racers):
            what = self.tr("all start there")
        else:
            what = self.tr("the graph goes there")
        if self.stack.currentWidget() is self.space:
            turns = self.tr("Drag: turn"), self.tr("Middle button: move")
            return [*turns, self.tr("Double click: reset"), self.tr("Wheel: zoom")]
        click = self.tr("Click: {0}").format(what)
        return [click, self.tr("Drag: move the map"), self.tr("Double click: reset"), self.tr("Wheel: zoom")]

    # Looks

    def _activate(self, view: PlotView) -> None:
        self._active.plot.setObjectName("")
        self._active = view
        view.plot.setObjectName(_PLOT_NAME)
        view.plot.setAccessibleName(self.tr("Plot of the loss; click to place a start, drag to move the map"))

    def _dress(self) -> None:
        now = theme.current()
        for view in (self.plane, self.line, self.space):
            if view is not None:
                view.dress()
        muted = f"color: {now.muted.name()};"
        self.note.setStyleSheet(
            f"{muted} padding: 0 10px 4px 10px; font-size: {theme.SMALL_FONT_PIXELS + 1}px;"
        )
        self.message.setStyleSheet(f"{muted} background: {now.background.name()}; font-size: 14px;")
        self.readout.setStyleSheet(f"border-top: 1px solid {now.line.name()};")
        self.readout.update()


def _numbers(answer: tuple) -> list[float]:
    """The loss and each component of the gradient as plain numbers."""
    return [float(number) for part in answer for number in np.ravel(part)]
