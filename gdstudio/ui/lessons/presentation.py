"""Presentation: large type, and only the views that the step is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QStyle, QWidget

from gdstudio.document.lessons import VIEWS
from gdstudio.ui.lessons.panel import LessonPanel

if TYPE_CHECKING:
    from gdstudio.ui.main_window import MainWindow

WIDTH = 480


class Presentation(QObject):
    """Shows a lesson to a room; switched off, everything is as it was."""

    def __init__(self, window: MainWindow, panel: LessonPanel) -> None:
        super().__init__(window)
        self._window = window
        self._panel = panel
        self._hidden: list[QWidget] = []
        self._on = False
        panel.guide.step_entered.connect(self._follow)
        panel.guide.lesson_changed.connect(self._leave_without_lesson)

    @property
    def on(self) -> bool:
        return self._on

    def set_on(self, on: bool) -> None:
        """Begin or end the presentation."""
        if on == self._on:
            return
        self._on = on
        self._panel.page.set_large(on)
        window = self._window
        if on:
            others = (window.inspector_dock, window.history_dock, window.data_dock, window.statusBar())
            self._hidden = [widget for widget in others if not widget.isHidden()]
            for widget in self._hidden:
                widget.hide()
            self._follow()
        else:
            self._panel.setMinimumWidth(self._panel.NARROWEST)
            for widget in self._hidden:
                widget.show()
            self._show_views(VIEWS)

    def leave(self) -> None:
        """End it as a person does, by the entry of the menu."""
        self._panel.page.present.setChecked(False)

    def _follow(self, *_: object) -> None:
        step = self._panel.guide.step
        if self._on and step is not None:
            self._panel.setMinimumWidth(self._panel.NARROWEST)
            self._show_views(step.views)
            self._widen()

    def _widen(self) -> None:
        """Give the panel its width, as far as the window has room: one as wide as the screen must not grow."""
        window = self._window
        # What was hidden keeps its room until the layouts have heard of it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        seam = window.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent, None, window)
        center = window.centralWidget()
        needed = 0 if center is None else center.minimumSizeHint().width()
        spare = window.width() - needed - seam
        self._panel.setMinimumWidth(max(self._panel.NARROWEST, min(WIDTH, spare)))

    def _show_views(self, views: Sequence[str]) -> None:
        window = self._window
        window.graph.setVisible("graph" in views)
        window.landscape.setVisible("landscape" in views)
        window.upper_window.setVisible("graph" in views or "landscape" in views)
        window.race.setVisible("race" in views)

    def _leave_without_lesson(self) -> None:
        if self._panel.guide.lesson is None and self._on:
            self.leave()
