"""What leads a person through a window: the list of all its commands, and the tour of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gdstudio.ui.palette import Command, CommandPalette, action_commands, view_commands
from gdstudio.ui.tour import Stop, Tour

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow


def show_palette(window: MainWindow) -> None:
    """List every command of the window, and of those of its views that are in sight."""
    listed = action_commands(action for action in window.actions_ if action.objectName() != "actionPalette")
    if window.pages.currentWidget() is window.studio:
        where = window.tr("In the graph")
        listed += [Command(meaning, where, key, call) for key, meaning, call in window.graph.keys.commands()]
        for view, where in (
            (window.landscape, window.tr("In the surface")),
            (window.race, window.tr("In the race")),
            (window.data_dock, window.tr("In the data view")),
            (window.lessons_dock, window.tr("In the lessons")),
        ):
            listed += view_commands(view, where)
    named = {command.name: command for command in reversed(listed)}
    CommandPalette([command for command in listed if named[command.name] is command], window).open_at(window)


def show_tour(window: MainWindow) -> None:
    """Say what the parts of the window are for."""
    if window.pages.currentWidget() is not window.studio and not window.session.document.graph.nodes:
        window.open_bundled("line_fit")
    window.show_start_page(False)
    t = window.tr
    stops = (
        Stop(
            window.graph,
            t("The graph"),
            t("A formula as nodes. Blue values flow forward to the loss, orange gradients flow back. "
              "Drag a number to change it."),
        ),
        Stop(
            window.landscape,
            t("The surface"),
            t("The loss for every choice of two parameters. Click to let all optimizers start there, or drag "
              "one start alone."),
        ),
        Stop(
            window.race,
            t("The race"),
            t("One row for each optimizer, its curve beside. Press F5 to play; the arrow in each row "
              "says how it does."),
        ),
        Stop(
            window.findChild(QWidget, "toolLessons") or window.menuBar(),
            t("The lessons"),
            t("The open book leads to the course, from the derivative to Adam. Every lesson is live in this "
              "window."),
        ),
    )  # fmt: skip
    for under_way in window.findChildren(Tour):
        under_way.finish()
    tour = Tour(window, stops)
    tour.ended.connect(lambda: setattr(window.settings, "tour_seen", True))
    tour.ended.connect(window.graph.view.setFocus)
